"""An Excel workbook as lines of cells: one sheet, its saved values, read as a stream and never carried out.

Before the library sees the file, its size when unpacked is known and it holds no XML declarations of its own. A formula
gives the value that Excel saved with it; without one it is no empty cell but a broken one.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from anifro_desktop.workflows.importing.cells import Broken, Cell
from anifro_desktop.workflows.importing.mapping import Layout
from anifro_desktop.workflows.importing.words import FaultyTable, Said, said

_MOST_BYTES, _MOST_FILES = 256 << 20, 4_000
_MOST_CELLS_WIDE = 4_000
_BOOK = "xl/workbook.xml"
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")  # UTF-16, in which nothing above would be found
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=\"([A-Z]+[0-9]+:[A-Z]+[0-9]+)\"")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_CHUNK = 1 << 20
_UNZIPPED = (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, zlib.error)


def read_workbook(data: bytes, layout: Layout) -> tuple[list[list[Cell]], tuple[Said, ...]]:
    """The lines of the sheet that the mapping names, or of the only one.

    Raises:
        FaultyTable: no workbook, one that cannot be read or is not safe to read, or no clear sheet in it.
    """
    _check(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts of a workbook that are not read
            return _read(data, layout)
    except FaultyTable:
        raise
    except Exception as error:  # the library raises whatever it stumbles over
        raise FaultyTable([said("file_broken_excel")]) from error


def _check(data: bytes) -> None:
    """Look at the container before anything in it is believed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            members = box.infolist()
            if _BOOK not in {member.filename for member in members}:
                raise FaultyTable([said("file_other_zip")])
            if len(members) > _MOST_FILES or sum(member.file_size for member in members) > _MOST_BYTES:
                raise FaultyTable([said("file_bomb", size=_MOST_BYTES >> 20)])
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    _check_part(box, member)
    except _UNZIPPED as error:
        raise FaultyTable([said("file_broken_excel")]) from error


def _check_part(box: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    with box.open(member) as part:
        tail = b""
        while chunk := part.read(_CHUNK):
            if _DECLARED.search(tail + chunk) or (not tail and chunk.startswith(_WIDE)):
                raise FaultyTable([said("file_doctype")])
            tail = chunk[-16:]


def _read(data: bytes, layout: Layout) -> tuple[list[list[Cell]], tuple[Said, ...]]:
    import openpyxl

    values = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    formulas = values
    try:
        name = _sheet(values, layout)
        if _has_formulas(data, values[name]):
            formulas = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        hidden = [sheet.title for sheet in values.worksheets if sheet.sheet_state != "visible"]
        remarks = (said("noted_hidden", sheets=", ".join(hidden)),) if hidden else ()
        return list(_lines(values[name], formulas[name], layout.header)), remarks
    finally:
        values.close()
        formulas.close()


def _sheet(book: Any, layout: Layout) -> str:
    """The title of the sheet to read."""
    states = {sheet.title: sheet.sheet_state for sheet in book.worksheets}
    shown = [title for title, state in states.items() if state == "visible"]
    if layout.sheet:
        if layout.sheet not in states:
            raise FaultyTable([said("file_no_sheet", sheet=layout.sheet, sheets=", ".join(states))])
        if layout.sheet not in shown:
            raise FaultyTable([said("file_hidden_sheet", sheet=layout.sheet)])
        return layout.sheet
    if len(shown) != 1:
        raise FaultyTable([said("file_sheets", sheets=", ".join(shown))])
    return str(shown[0])


def _has_formulas(data: bytes, sheet: Any) -> bool:
    """Whether a sheet has to be read a second time, as it is written.

    Raises:
        FaultyTable: it has merged cells. Only the first of them has the value: what the others mean, nobody can tell.
    """
    found = False
    with zipfile.ZipFile(io.BytesIO(data)) as box, box.open(sheet._worksheet_path) as part:
        tail = b""
        while chunk := part.read(_CHUNK):
            if match := _MERGED.search(tail + chunk):
                raise FaultyTable([said("file_merged", cells=match[1].decode("ascii"))])
            found = found or _FORMULA.search(tail + chunk) is not None
            tail = chunk[-200:]
    return found


def _lines(values: Any, formulas: Any, header: int) -> Iterator[list[Cell]]:
    from anifro_desktop.workflows.importing.tables import MOST_ROWS

    for sheet in (values, formulas):
        sheet.reset_dimensions()  # what a file says about its own size may be anything
    kept = 0
    for number, (saved, written) in enumerate(_both(values, formulas), start=1):
        line = [_cell(one, other) for one, other in zip(saved[:_MOST_CELLS_WIDE], written, strict=False)]
        kept += number > header and any(cell is not None for cell in line)
        if kept > MOST_ROWS:
            raise FaultyTable([said("file_rows", most=MOST_ROWS)])
        yield line


def _both(values: Any, formulas: Any) -> Iterator[tuple[Any, Any]]:
    if formulas is values:
        yield from ((row, row) for row in values.iter_rows())
    else:
        yield from zip(values.iter_rows(), formulas.iter_rows(), strict=True)


def _cell(saved: Any, written: Any) -> Cell:
    value = saved.value
    if saved.data_type == "e" or (written.data_type == "e" and value is not None):
        return Broken("cell_error")
    if value is None:
        return Broken("cell_formula") if written.data_type == "f" else None
    if isinstance(value, time | timedelta):
        return Broken("cell_time")
    if isinstance(value, datetime | str | bool | int | float):
        return value
    return Broken("cell_error")
