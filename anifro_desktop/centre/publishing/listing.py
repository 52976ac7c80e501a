"""Tables as CSV for programs: full precision, decimal point, stable names, and the records behind each count.

A table has a line a row: its heads by name and in words, then of each column its value, and `_low` and `_high` where
the column has limits. `records.csv` has a line a record mentioned: table, row (names of its heads, joined by `/`),
column, site, subj_id, key.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice

from anifro_desktop.centre.analysis.table import Contents, Row, Table

_PIECE = 10_000  # lines
RECORD_COLUMNS = ("table", "row", "column", "site", "subj_id", "key")


def table_csv(table: Table, lang: str) -> bytes:
    """One table as CSV."""
    limited = [named.limits for named in table.columns]
    head: list[str] = []
    for named in table.heads:
        head += [named.name, f"{named.name}_label"]
    for named, limits in zip(table.columns, limited, strict=True):
        head += [named.name, f"{named.name}_low", f"{named.name}_high"] if limits else [named.name]
    return _csv([head, *(_line(row, limited, lang) for row in table.rows)])


def records_csv(contents: Contents) -> Iterator[bytes]:
    """Every record behind every number, in pieces: of thousands of subjects there are millions."""
    lines: Iterator[Iterable[str]] = (
        (table.name, name, column.name, *record)
        for table in contents.tables()
        for row, name in ((row, row_name(row)) for row in table.rows)
        for column, cell in zip(table.columns, row.cells, strict=True)
        for record in cell.behind
    )
    yield _csv([RECORD_COLUMNS])
    while some := list(islice(lines, _PIECE)):
        yield _csv(some)


def mentions(contents: Contents) -> int:
    """How many records are mentioned in all."""
    return sum(len(cell.behind) for table in contents.tables() for row in table.rows for cell in row.cells)


def row_name(row: Row) -> str:
    """The stable name of a row within its table."""
    return "/".join(head.name for head in row.heads)


def _line(row: Row, limited: list[bool], lang: str) -> list[str]:
    line: list[str] = []
    for head in row.heads:
        line += [head.name, head.label.get(lang)]
    for cell, limits in zip(row.cells, limited, strict=True):
        found = (cell.value, cell.low, cell.high) if limits else (cell.value,)
        line += ["" if one is None else _number(one) for one in found]
    return line


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _csv(lines: Iterable[Iterable[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(lines)
    return stream.getvalue().encode()
