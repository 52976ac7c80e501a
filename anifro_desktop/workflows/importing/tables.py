"""A file as a table: the names of its columns and its rows, from CSV text here or from a workbook (`workbooks`).

Rules kept here:
- The file is read whole and judged before any row is: what is wrong with it is one sentence.
- What the mapping does not say is found out only where a single answer fits; else the file is refused.
- Rows bear the number that a spreadsheet shows beside them.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from anifro_desktop.workflows.importing.cells import Cell, class_of, is_empty
from anifro_desktop.workflows.importing.loading import meant
from anifro_desktop.workflows.importing.mapping import Layout, Plan
from anifro_desktop.workflows.importing.words import CLASSES, FaultyTable, Said, hint, said

MOST_ROWS, MOST_COLUMNS = 20_000, 2_000
_SIGNS = (",", ";", "\t", "|")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # Excel's own first line
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class Row:
    """One row. number: as a spreadsheet counts it. width: how many cells it has; cells: by column."""

    number: int
    width: int
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A file as a table. digest: SHA-256 of its bytes; remarks: what a person should know about how it was read."""

    digest: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    remarks: tuple[Said, ...] = field(default=())


def read_table(data: bytes, layout: Layout) -> Table:
    """The table in a file.

    Raises:
        FaultyTable: it is none, or not a clear one.
    """
    if not data.strip():
        raise FaultyTable([said("file_empty")])
    if data.startswith(_OLE):
        raise FaultyTable([said("file_old_excel")])
    lines: Sequence[Sequence[Cell]]
    if data.startswith(_ZIP):
        from anifro_desktop.workflows.importing.workbooks import read_workbook

        lines, remarks = read_workbook(data, layout)
    else:
        lines, remarks = _read_text(data, layout)
    columns, rows = tabulate(lines, layout.header)
    return Table(hashlib.sha256(data).hexdigest(), columns, rows, remarks)


def check_columns(table: Table, plan: Plan) -> None:
    """See that the columns of a table are those of the mapping.

    Raises:
        FaultyTable: a column without a place, or a place without its column.
    """
    named, here = plan.columns, set(table.columns)
    faults = []
    unmapped = [f'"{name}"' for name in table.columns if name not in named]
    if unmapped:
        faults.append(said("file_unmapped", columns=", ".join(unmapped)))
    for name in sorted(named - here - set(plan.ignore)):
        faults.append(said("file_no_column", column=name, meant=hint(meant(name, here))))
    if faults:
        raise FaultyTable(faults)


def tabulate(lines: Iterable[Sequence[Cell]], header: int) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Names and rows from lines of cells. header: the line of the names, from 1.

    Raises:
        FaultyTable: no names, a name twice, values without a name, too many rows.
    """
    names: list[str] = []
    rows: list[Row] = []
    for number, line in enumerate(lines, start=1):
        if number == header:
            names = _names(line, header)
        elif number > header and not all(map(is_empty, line)):
            if len(rows) == MOST_ROWS:
                raise FaultyTable([said("file_rows", most=MOST_ROWS)])
            rows.append(_row(number, line, names))
    if not names:
        raise FaultyTable([said("file_header", row=header)])
    if not rows:
        raise FaultyTable([said("file_no_rows")])
    return tuple(filter(None, names)), tuple(rows)


def _names(line: Sequence[Cell], header: int) -> list[str]:
    names = ["" if is_empty(cell) else _printable(str(cell)) for cell in line]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise FaultyTable([said("file_header", row=header)])
    if any(not is_empty(cell) and class_of(cell) != CLASSES["text"] for cell in line):
        # Without names the first row is somebody's: its cells must not become names that are said or written.
        raise FaultyTable([said("file_header_values", row=header)])
    if len(names) > MOST_COLUMNS:
        raise FaultyTable([said("file_columns", most=MOST_COLUMNS)])
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise FaultyTable([said("file_twice", columns=", ".join(twice))])
    return names


def _printable(text: str) -> str:
    """A name on one line, without signs that a terminal would obey."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _row(number: int, line: Sequence[Cell], names: Sequence[str]) -> Row:
    cells = list(line)
    while len(cells) > len(names) and is_empty(cells[-1]):
        cells.pop()
    for place, (name, cell) in enumerate(zip(names, cells, strict=False), start=1):
        if not name and not is_empty(cell):
            raise FaultyTable([said("file_nameless", number=place)])
    return Row(number, len(cells), {name: cell for name, cell in zip(names, cells, strict=False) if name})


# Text


def _read_text(data: bytes, layout: Layout) -> tuple[list[list[str]], tuple[Said, ...]]:
    text, remarks = _decoded(data, layout.encoding)
    if _CONTROL.search(text):
        raise FaultyTable([said("file_not_text")])
    sign = layout.delimiter
    if match := _SEPARATOR.match(text):
        sign = sign or match[1]
        text = text[match.end() :]
    return _lines(text, sign or _sniffed(text, layout.header), declared=bool(sign), layout=layout), remarks


def _decoded(data: bytes, encoding: str) -> tuple[str, tuple[Said, ...]]:
    """The text of a file, in the encoding that it is marked with, that the mapping says or that alone fits."""
    marked = next((name for bom, name in _BOMS if data.startswith(bom)), "")
    wanted = marked or encoding
    try:
        return data.decode(wanted or "utf-8"), ()
    except UnicodeDecodeError as error:
        if wanted:
            line = data.count(b"\n", 0, error.start) + 1
            raise FaultyTable([said("file_encoding", encoding=wanted, line=line)]) from None
    try:
        return data.decode("cp1252"), (said("noted_encoding", encoding="Windows-1252"),)
    except UnicodeDecodeError:
        raise FaultyTable([said("file_not_text")]) from None


def _sniffed(text: str, header: int) -> str:
    """The one sign with which the names fall into several columns and most rows into as many."""
    fitting = [sign for sign in _SIGNS if _fits(text, sign, header)]
    if len(fitting) != 1:
        raise FaultyTable([said("file_delimiter")])
    return fitting[0]


def _fits(text: str, sign: str, header: int) -> bool:
    widths: list[int] = []
    try:
        for number, line in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=sign), start=1):
            if number >= header and line:
                widths.append(len(line))
            if len(widths) > 200:
                break
    except csv.Error:
        return False
    if not widths or widths[0] < 2:
        return False
    return 2 * sum(width == widths[0] for width in widths) > len(widths)


def _lines(text: str, sign: str, *, declared: bool, layout: Layout) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    lines: list[list[str]] = []
    try:
        for line in _capped(reader, layout.header):
            lines.append(line)
    except csv.Error:
        raise FaultyTable([said("file_quotes", line=reader.line_num)]) from None
    if declared and len(lines) >= layout.header and len(lines[layout.header - 1]) < 2:
        raise FaultyTable([said("file_delimiter_declared")])
    return lines


def _capped(lines: Iterable[list[str]], header: int) -> Iterator[list[str]]:
    """No more lines than can be a table, so that a wrong file does not fill the memory."""
    kept = 0
    for number, line in enumerate(lines, start=1):
        kept += number > header and any(cell.strip() for cell in line)
        if kept > MOST_ROWS:
            raise FaultyTable([said("file_rows", most=MOST_ROWS)])
        yield line
