"""Tables as CSV (RFC 4180, UTF-8): decimal point, codes as numbers, a reason for a missing value as `.a` to `.d` as in
Stata, nothing where nothing was entered. What a spreadsheet would take for a formula is not marked: these files are for
programs, and a mark would change the answer."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from anifro_desktop.centre.errors import DatasetRefused
from anifro_desktop.centre.filled import Filled, faults
from anifro_desktop.centre.stata import REASON_LETTERS, Cell
from anifro_desktop.record import Missing


def as_csv(filled: Sequence[Filled]) -> bytes:
    """A table with its names above.

    Raises:
        DatasetRefused: names or values that break a rule of the data set.
    """
    if found := faults(filled):
        raise DatasetRefused(found)
    columns = [map(_said, one.cells()) for one in filled]
    return lines_as_csv([one.column.name for one in filled], zip(*columns, strict=True))


def lines_as_csv(names: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """Lines of texts with their names above."""
    return "".join(map(csv_line, (names, *lines))).encode()


def csv_line(cells: Sequence[str]) -> str:
    """One line of texts, with its end."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _said(cell: Cell) -> str:
    if isinstance(cell, Missing):
        return f".{REASON_LETTERS[cell]}"
    return "" if cell is None else cell if isinstance(cell, str) else repr(cell)
