"""Inputs from a CSV: a header with dotted keys at any depth, one input a row.

Cells are `true`, `false`, `1`, `0`, numbers with a decimal point, words, dates, or empty for unknown. A list stands
in one cell, its entries separated by `;`: an empty place among numbers is an unknown entry, and a lone `;` is the
list of words or dates without any. An object whose cells are all empty is itself unknown. Lists of objects cannot
be written in a CSV. An empty line is no row; with one column it could be one whose cell is empty, and is refused.

A study is re-scored in one go, so this is made for a hundred thousand rows: each column remembers what its texts
mean (few different ones in most), and a row is kept as the values of its columns until its object is asked for.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from anifro_desktop.scores.faults import Fault, printable, unknown_key
from anifro_desktop.scores.keys import Block, Days, Key, Number, Numbers, Rows, Words, YesNo

MOST_REMEMBERED = 20_000  # texts of one column: all that a study has, and little memory if there are more

_MOST_DIGITS = 300  # beyond it a number is not finite for us
_NUMBER_CHARACTERS = frozenset("0123456789+-.eE")
_YES_NO = {"true": True, "1": True, "false": False, "0": False}
# What is allowed, in JSON and in a cell: unknown is an empty one, a yes/no may be 1 or 0, a list stands in one.
_IN_A_CELL = (
    ("true, false or null", "true, false, 1, 0 or empty"),
    ("true, false o null", "true, false, 1, 0 o vuoto"),
    ("or null", "or empty"),
    ("o null", "o vuoto"),
    ("a list of", "a list, separated by ;, of"),
    ("una lista di", "una lista, separata da ;, di"),
)


# Finds what is wrong with the answers of one input together, at a place.
Together = Callable[[Mapping[str, Any], str], list[Fault]]


class _Refused(ValueError):
    """A cell holds what its key does not take."""


class _Column(dict[str, Any]):
    """The texts of a column with what they mean; a text that is not known yet is read and checked."""

    def __init__(self, name: str, kind: Key) -> None:
        self.name, self.kind, self.value = name, kind, _reader(kind)

    def __missing__(self, text: str) -> Any:
        value = self.value(text.strip())
        if value is not None and self.kind.faults(value, "", self.name):
            raise _Refused
        if len(self) < MOST_REMEMBERED:
            self[text] = value
        return value

    def faults(self, value: Any, place: str) -> list[Fault]:
        """All that is wrong with the value of a cell."""
        found = [] if value is None else self.kind.faults(value, place, self.name)
        return [_of_a_cell(fault) for fault in found]


@dataclass(slots=True)
class _Shape:
    """Where the values of an object stand in a row: its own, and those of the objects in it."""

    keys: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    inside: dict[str, _Shape] = field(default_factory=dict)

    def add(self, path: Sequence[str], place: int) -> None:
        """Put a column at its place in the object."""
        head, *rest = path
        if rest:
            self.inside.setdefault(head, _Shape()).add(rest, place)
        else:
            self.keys.append(head)
            self.places.append(place)

    def object(self, values: Sequence[Any]) -> dict[str, Any]:
        """The object of one row."""
        found = {key: values[place] for key, place in zip(self.keys, self.places, strict=True)}
        for key, shape in self.inside.items():
            inner = shape.object(values)
            known = [value for value in inner.values() if value is not None]
            found[key] = inner if known else None
        return found


@dataclass(frozen=True, slots=True)
class TableAnswers:
    """The answers of every row, each made when it is asked for, as often as asked."""

    shape: _Shape
    rows: list[list[Any]]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(self.shape.object, self.rows)


def table_columns(keys: Mapping[str, Key]) -> dict[str, Key]:
    """Every column that a CSV may have, with what its cells hold; lists of objects cannot be written there."""
    return {name: kind for name, kind in _dotted(keys).items() if not isinstance(kind, Rows)}


def read_rows(
    keys: Mapping[str, Key], text: str, together: Together | None = None
) -> tuple[TableAnswers, list[Fault]]:
    """The answers of a CSV whose columns are those keys, with all that is wrong with them; a broken CSV has that
    fault alone. together: finds what is wrong with answers together that are right one by one."""
    nothing = TableAnswers(_Shape(), [])
    lines = csv.reader(io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8", newline=""), strict=True)
    try:
        header = next((row for row in lines if row), None)
        if header is None:
            return nothing, [Fault("", "", "nothing")]
        if len(header) == 1 and any(mark in header[0] for mark in ";\t"):
            return nothing, [Fault("", "", "no_commas")]
        columns, faults = _header(keys, [name.strip() for name in header])
        shape = _Shape()
        for place, column in enumerate(column for column in columns if column is not None):
            shape.add(column.name.split("."), place)
        answers = TableAnswers(shape, [])
        faults += _read_all(lines, columns, answers, together)
    except csv.Error as error:
        return nothing, [Fault("", "", "not_csv", {"what": str(error)})]
    return answers, faults


def _read_all(
    lines: Any, columns: list[_Column | None], answers: TableAnswers, together: Together | None
) -> list[Fault]:
    """Fill in the rows; returns all that is wrong with them."""
    known = [column for column in columns if column is not None]
    faults = []
    for row in lines:
        if len(row) != len(columns):
            if row or len(columns) == 1:
                faults.append(Fault(_place(lines), "", "row_length" if row else "empty_line"))
            continue
        texts = row
        if len(known) < len(columns):
            texts = [text for column, text in zip(columns, row, strict=True) if column is not None]
        try:
            values = [column[text] for column, text in zip(known, texts, strict=True)]
        except _Refused:
            values = [column.value(text.strip()) for column, text in zip(known, texts, strict=True)]
            for column, value in zip(known, values, strict=True):
                faults += column.faults(value, _place(lines))
        if together is not None:
            found = together(answers.shape.object(values), _place(lines))
            faults += [_of_a_cell(fault) for fault in found]
        answers.rows.append(values)
    return faults


def _place(lines: Any) -> str:
    return f"line {lines.line_num}|riga {lines.line_num}"


def _header(keys: Mapping[str, Key], names: list[str]) -> tuple[list[_Column | None], list[Fault]]:
    """The columns, None for one that cannot be read, and what is wrong with those."""
    columns: list[_Column | None] = []
    faults = []
    seen = set()
    for name in names:
        found = Fault("", printable(name), "given_twice") if name in seen else _column(keys, name)
        seen.add(name)
        if isinstance(found, Fault):
            faults.append(found)
            columns.append(None)
        else:
            columns.append(found)
    return columns, faults


def _column(known: Mapping[str, Key], name: str) -> _Column | Fault:
    """The column of that name, or why there is none."""
    if not name:
        return Fault("", "", "no_column_name")
    keys: Mapping[str, Key] = known
    parts = name.split(".")
    for part in parts:
        kind = keys.get(part)
        if isinstance(kind, Rows):
            return Fault("", printable(name), "json_only")
        keys = kind.keys if isinstance(kind, Block) else {}
    if isinstance(kind, Block):
        return Fault("", name, "own_columns", {"example": next(iter(_dotted({name: kind})))})
    return unknown_key(name, _dotted(known), "") if kind is None else _Column(name, kind)


def _dotted(known: Mapping[str, Key], head: str = "") -> dict[str, Key]:
    """Every name that a column may have, those of the keys inside objects included."""
    names: dict[str, Key] = {}
    for key, kind in known.items():
        names |= _dotted(kind.keys, f"{head}{key}.") if isinstance(kind, Block) else {head + key: kind}
    return names


def _reader(kind: Key) -> Callable[[str], Any]:
    """What makes a value of the text of a cell; one that says nothing stays a text, for the kind to refuse."""
    if isinstance(kind, YesNo):
        return _yes_no
    if isinstance(kind, Number):
        return _number
    if isinstance(kind, Numbers):
        return _numbers
    return _list if isinstance(kind, Words | Days) else _text


def _yes_no(text: str) -> bool | str | None:
    return _YES_NO.get(text, text) if text else None


def _number(text: str) -> float | str | None:
    """A number with a decimal point; any other text as it is."""
    if not text:
        return None
    if not _NUMBER_CHARACTERS.issuperset(text):
        return text
    try:
        return whole(text) if text.isdigit() else float(text)
    except ValueError:
        return text


def _numbers(text: str) -> list[float | str | None] | None:
    return [_number(entry.strip()) for entry in text.split(";")] if text else None


def _list(text: str) -> list[str] | None:
    if text == ";":
        return []
    return [entry.strip() for entry in text.split(";")] if text else None


def _text(text: str) -> str | None:
    return text or None


def whole(digits: str) -> int | float:
    """A whole number as written, in a CSV or in JSON; infinite where it is absurdly long."""
    return int(digits) if len(digits) <= _MOST_DIGITS else math.inf


def _of_a_cell(fault: Fault) -> Fault:
    """The fault in the words of a CSV."""
    params = dict(fault.params)
    for json, cell in _IN_A_CELL:
        params = {name: text.replace(json, cell) for name, text in params.items()}
    return Fault(fault.place, fault.key, fault.code, params)
