"""What an analysis gives: tables of numbers, and figures, with the records behind each number.

Nothing here is rounded or worded for a reader: a cell is a number in full precision, its kind says how it is read, and
labels stand in both languages. Names are stable: they are file names, columns of CSV and anchors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from anifro_desktop.forms.model import Label

# count: people, visits or events. share: 0 to 1. number: measured, or a rate. days: time since day 0. p: of a test.
Kind = Literal["count", "share", "number", "days", "p"]


class Record(NamedTuple):
    """A record that a number counts. key: of the visit or event, empty for the subject itself."""

    site: str
    subject: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One number. value: None where there is none, as a share of nobody. low, high: 95 % limits, where there are any;
    None beside a value is a limit that cannot be computed. behind: the records it counts; a share or a rate has none of
    its own, they stand at the counts beside it."""

    value: float | None
    kind: Kind = "count"
    low: float | None = None
    high: float | None = None
    behind: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A column, or the head of a row: its stable name and how it is called."""

    name: str
    label: Label


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a head for each of the table's heads, a cell for each of its columns. quiet: an entry of a long list
    with nothing to tell, which only programs read."""

    heads: tuple[Named, ...]
    cells: tuple[Cell, ...]
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table. name: lower case, of letters, digits and `_`. heads: what the heads of its rows are (the visit, the
    severity); notes: denominators, definitions and conventions that stand under it."""

    name: str
    title: Label
    heads: tuple[Named, ...]
    columns: tuple[Named, ...]
    rows: tuple[Row, ...]
    notes: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a series. x: months or days since day 0, or the place of a category; low, high: 95 % limits."""

    x: float
    y: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a figure. at_risk: how many are under observation (or measured) at each of the figure's marks.
    censored: where somebody left, in the unit of x."""

    name: str
    label: Label
    points: tuple[Point, ...]
    at_risk: tuple[int, ...] = ()
    censored: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. kind: `steps` (survival; y from 0 to 1), `means` (a measure by visit), `shares` (a state by visit;
    y from 0 to 1). marks: ticks of x, under which the numbers at risk stand. table: name of that with the numbers."""

    name: str
    title: Label
    kind: Literal["steps", "means", "shares"]
    x: Label
    y: Label
    series: tuple[Series, ...]
    marks: tuple[float, ...]
    table: str
    notes: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of the report, in the order of the protocol's synopsis."""

    name: str
    title: Label
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()
    notes: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a report says. facts: what stands at its head (the cut, its digest, the packs), as name, label and text
    that is the same in both languages; notes: what a reader must know to trust it."""

    facts: tuple[tuple[Named, str], ...]
    sections: tuple[Section, ...]
    notes: tuple[Label, ...] = ()

    def tables(self) -> Iterator[Table]:
        """Every table, in order."""
        for section in self.sections:
            yield from section.tables


def as_read(contents: Contents) -> Contents:
    """The contents as people read them: without the quiet lines."""
    sections = (
        replace(
            section,
            tables=tuple(
                replace(table, rows=tuple(row for row in table.rows if not row.quiet))
                for table in section.tables
            ),
        )
        for section in contents.sections
    )
    return replace(contents, sections=tuple(sections))


def counted(behind: Iterable[Record]) -> Cell:
    """The cell that counts some records."""
    found = tuple(behind)
    return Cell(len(found), behind=found)
