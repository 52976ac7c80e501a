"""What Stata takes: names, labels, value labels and coded missing reasons. `filled` holds the cells, `stata_file`
writes them.

Rules kept here:
- A name that Stata would not take is our error, with every fault listed; nothing is ever renamed silently.
- `.` was not entered; `.a` not done, `.b` not applicable, `.c` not known, `.d` refused, each with a value
  label.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from anifro_desktop.record import Missing

# What a cell may hold. None is "not entered".
Cell = int | float | str | Missing | None
Kind = Literal["text", "whole", "number"]

REASON_LETTERS: Mapping[Missing, str] = {
    Missing.NOT_DONE: "a",
    Missing.NOT_APPLICABLE: "b",
    Missing.NOT_KNOWN: "c",
    Missing.REFUSED: "d",
}
REASON_LABELS: Mapping[str, Mapping[str, str]] = {
    "it": {"a": "non eseguito", "b": "non applicabile", "c": "non noto", "d": "rifiutato"},
    "en": {"a": "not done", "b": "not applicable", "c": "not known", "d": "refused"},
}
NAME = re.compile(r"[a-z][a-z0-9_]{0,31}\Z")
RESERVED = frozenset({"byte", "double", "float", "if", "in", "int", "long", "using", "with"})
MAX_LABEL = 80  # characters, of a variable and of a data set
MAX_TEXT_BYTES = 2045
LOWEST, HIGHEST = -2_147_483_647, 2_147_483_620


@dataclass(frozen=True, slots=True)
class Column:
    """One variable. codes: value to label. reasons: whether its cells may hold a `Missing`."""

    name: str
    label: str
    kind: Kind
    codes: Mapping[int, str] = field(default_factory=dict)
    reasons: bool = False


def shorten(label: str, note: str = "") -> str:
    """A label of at most 80 characters; one that is cut ends in an ellipsis, the codebook has it whole. note: stands
    behind it and is never cut."""
    room = MAX_LABEL - len(note)
    return (label if len(label) <= room else label[: room - 1].rstrip() + "…") + note


def name_faults(columns: Sequence[Column]) -> Iterable[str]:
    """Every name, label or code that Stata, or a reader of its files, would not take."""
    seen: set[str] = set()
    labelled = 0
    for column in columns:
        if not NAME.match(column.name) or column.name in RESERVED or re.match(r"str[0-9l]*\Z", column.name):
            yield f"{column.name!r} is no name for Stata (1-32 of a-z, 0-9, _, from a letter, not reserved)"
        if column.name in seen:
            yield f"the name {column.name} stands twice"
        seen.add(column.name)
        if not column.label.strip() or len(column.label) > MAX_LABEL:
            yield f"{column.name}: label empty or longer than {MAX_LABEL} characters"
        labelled += bool(column.codes or column.reasons)
        # pyreadstat names the set of value labels after the variable and a running number.
        if (column.codes or column.reasons) and len(f"{column.name}{labelled}") > 32:
            yield f"{column.name}: the name of its value labels would be longer than 32 characters"
        for code, label in column.codes.items():
            if not LOWEST <= code <= HIGHEST or not label.strip() or len(label.encode()) > 32_000:
                yield f"{column.name}: code {code} is out of range or has no usable label"


def cell_fault(column: Column, cell: Cell) -> str | None:
    """Why a cell cannot stand in a column; None if it can."""
    if isinstance(cell, Missing):
        return None if column.reasons else "a missing reason where none is declared"
    if column.kind == "text":
        whole = isinstance(cell, str) and len(cell.encode()) <= MAX_TEXT_BYTES and "\0" not in cell
        return None if whole else f"not text of at most {MAX_TEXT_BYTES} bytes"
    if cell is None:
        return None
    return "text in a column of numbers" if isinstance(cell, str) else _number_fault(column, cell)


def _number_fault(column: Column, cell: int | float) -> str | None:
    if column.kind == "number":
        return None if math.isfinite(cell) and abs(cell) < 8.9e307 else "a number without limit"
    if not isinstance(cell, int) or not LOWEST <= cell <= HIGHEST:
        return "a number that is not whole, or too large"
    return "a code without a label" if column.codes and cell not in column.codes else None


def value_labels(columns: Sequence[Column], lang: str) -> dict[str, dict[int | str, str]]:
    """Labels of codes and of reasons, for each column that has any."""
    labels: dict[str, dict[int | str, str]] = {}
    for column in columns:
        own: dict[int | str, str] = dict(column.codes.items())
        if column.reasons:
            own.update(REASON_LABELS[lang].items())
        if own:
            labels[column.name] = own
    return labels
