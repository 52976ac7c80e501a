"""Stata 118 files: names, labels, coded missing reasons. Written, read back and compared before they count.

Rules kept here:
- A name that Stata would not take is our error, with every fault listed; nothing is ever renamed silently.
- `.` was not entered; `.a` not done, `.b` not applicable, `.c` not known, `.d` refused, each with a value
  label.
- A column that may hold a reason is stored as double even when its values are whole: pyreadstat reads `.`
  after a coded reason in an integer column as 0 (measured, pyreadstat 1.3.7), and nobody shall analyse that
  zero.
- Stata 118 (Stata 14 and later, UTF-8), because 117 garbles accents and 119 is refused by other readers.
"""

from __future__ import annotations

import math
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from anifro_desktop.centre.errors import DatasetRefused, LibraryMissing
from anifro_desktop.files import write_atomic
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


def faults(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[str]:
    """Everything that Stata, or a reader of its files, would not take; empty when all is well."""
    found = list(_name_faults(columns))
    for index, column in enumerate(columns):
        wrong = sorted({what for row in rows if (what := _cell_fault(column, row[index]))})
        found += [f"{column.name}: {what}" for what in wrong]
    return found


def write(
    path: Path, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, title: str, lang: str
) -> None:
    """Write one `.dta`, read it back, and only then put it in place of an older one.

    Raises:
        DatasetRefused: names, labels or values that break a rule, or a file that does not read back as
        written. LibraryMissing: pyreadstat is not installed. FilesError: the file cannot be written.
    """
    if found := faults(columns, rows):
        raise DatasetRefused(found)
    with tempfile.TemporaryDirectory(prefix=".dta-", dir=path.parent) as folder:
        draft = Path(folder) / path.name
        _write(draft, columns, rows, shorten(title), lang)
        if found := _differences(draft, columns, rows, lang):
            raise DatasetRefused(found)
        write_atomic(path, draft.read_bytes())


def _name_faults(columns: Sequence[Column]) -> Iterable[str]:
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


def _cell_fault(column: Column, cell: Cell) -> str | None:
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


def _value_labels(columns: Sequence[Column], lang: str) -> dict[str, dict[int | str, str]]:
    """Labels of codes and of reasons, for each column that has any."""
    labels: dict[str, dict[int | str, str]] = {}
    for column in columns:
        own: dict[int | str, str] = dict(column.codes.items())
        if column.reasons:
            own.update(REASON_LABELS[lang].items())
        if own:
            labels[column.name] = own
    return labels


def _write(
    draft: Path, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], title: str, lang: str
) -> None:
    pandas, pyreadstat = _libraries()
    frame = pandas.DataFrame(
        {column.name: _series(pandas, column, [row[i] for row in rows]) for i, column in enumerate(columns)}
    )
    pyreadstat.write_dta(
        frame,
        draft,
        version=14,  # Stata 14, that is release 118
        file_label=title,
        column_labels={column.name: column.label for column in columns},
        variable_value_labels=_value_labels(columns, lang),
        missing_user_values={c.name: sorted(REASON_LETTERS.values()) for c in columns if c.reasons},
    )


def _series(pandas: Any, column: Column, cells: Sequence[Cell]) -> Any:
    if column.kind == "text":
        return pandas.Series(cells, dtype="str")
    if column.kind == "whole" and not column.reasons:
        return pandas.Series(cells, dtype="Int32")
    if not any(isinstance(cell, Missing) for cell in cells):
        return pandas.Series(cells, dtype="float64")
    return pandas.Series([_stored(cell) for cell in cells], dtype="object")


def _stored(cell: Cell) -> float | str | None:
    if isinstance(cell, Missing):
        return REASON_LETTERS[cell]
    return None if cell is None else float(cell)


def _differences(
    draft: Path, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], lang: str
) -> list[str]:
    """What reads back otherwise than it was written: cells, names, labels."""
    _, pyreadstat = _libraries()
    frame, meta = pyreadstat.read_dta(draft, user_missing=True)
    if list(frame.columns) != [column.name for column in columns] or len(frame) != len(rows):
        return ["the file does not read back with the same rows and names"]
    found = []
    expected_labels = _value_labels(columns, lang)
    for index, column in enumerate(columns):
        back = [_read_back(cell) for cell in frame[column.name]]
        if back != [_read_back(_stored_or_text(row[index])) for row in rows]:
            found.append(f"{column.name}: values do not read back as written")
        if meta.column_names_to_labels[column.name] != column.label:
            found.append(f"{column.name}: label does not read back as written")
        if meta.variable_value_labels.get(column.name, {}) != expected_labels.get(column.name, {}):
            found.append(f"{column.name}: value labels do not read back as written")
    return found


def _stored_or_text(cell: Cell) -> float | str | None:
    return cell if isinstance(cell, str) and not isinstance(cell, Missing) else _stored(cell)


def _read_back(cell: Any) -> float | str | None:
    if isinstance(cell, str):
        return cell
    return None if cell is None or math.isnan(cell) else float(cell)


def _libraries() -> tuple[Any, Any]:
    """pandas and pyreadstat, imported here only: nothing else of the program waits for them."""
    try:
        import pandas
        import pyreadstat
    except ImportError as error:
        raise LibraryMissing(error.name or "pyreadstat") from error
    return pandas, pyreadstat
