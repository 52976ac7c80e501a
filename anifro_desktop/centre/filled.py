"""The cells of a column as they come, held compactly: eight bytes a number, and the reasons for missing ones apart.

A table of 10,000 subjects has some ten million cells; as objects they would not fit beside the file in the making.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator, Sequence

from anifro_desktop.centre.stata import REASON_LETTERS, Cell, Column, cell_fault, name_faults
from anifro_desktop.record import Missing

_NONE = math.nan


class Filled:
    """A column and its cells. blanks: so many cells before the first, not entered.

    numbers: of a column of numbers, NaN for what is missing; texts: of one of texts. reasons: why a cell is missing,
    by its place, where that is said. faults: what its readers would stumble over.
    """

    def __init__(self, column: Column, blanks: int = 0) -> None:
        self.column = column
        self.numbers = array("d", [_NONE] * (0 if column.kind == "text" else blanks))
        self.texts: list[str] = [""] * (blanks if column.kind == "text" else 0)
        self.reasons: dict[int, Missing] = {}
        self.faults: set[str] = set()

    def __len__(self) -> int:
        return len(self.texts) if self.column.kind == "text" else len(self.numbers)

    def add(self, cell: Cell) -> None:
        """Add the cell of the next row; one that cannot stand there is a fault and leaves it empty."""
        fault = cell_fault(self.column, cell)
        if fault is not None:
            self.faults.add(fault)
            cell = None
        if self.column.kind == "text":
            self.texts.append(cell if isinstance(cell, str) else "")
        elif isinstance(cell, Missing):
            self.reasons[len(self.numbers)] = cell
            self.numbers.append(_NONE)
        else:
            self.numbers.append(_NONE if cell is None or isinstance(cell, str) else cell)

    def cells(self) -> Iterator[Cell]:
        """Every cell again, whole numbers as such."""
        if self.column.kind == "text":
            yield from self.texts
            return
        whole = self.column.kind == "whole"
        for place, number in enumerate(self.numbers):
            if math.isnan(number):
                yield self.reasons.get(place)
            else:
                yield int(number) if whole else number

    def stored(self) -> Sequence[float | str | None]:
        """Every cell of a column of numbers as a writer takes it: a reason by its letter, None for not entered."""
        made: list[float | str | None] = [None if math.isnan(number) else number for number in self.numbers]
        for place, reason in self.reasons.items():
            made[place] = REASON_LETTERS[reason]
        return made


def fill(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> list[Filled]:
    """Columns with the cells of some rows."""
    made = [Filled(column) for column in columns]
    for row in rows:
        for filled, cell in zip(made, row, strict=True):
            filled.add(cell)
    return made


def faults(filled: Sequence[Filled]) -> list[str]:
    """Everything that Stata, or a reader of its files, would not take; empty when all is well."""
    found = list(name_faults([one.column for one in filled]))
    for one in filled:
        found += [f"{one.column.name}: {what}" for what in sorted(one.faults)]
    return found
