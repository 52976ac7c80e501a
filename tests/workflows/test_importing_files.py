"""Files as they come: what is read out of them, and one clear sentence about what is no clear table."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from import_parts import (
    COLUMNS,
    FIRST,
    MAPPING,
    SECOND,
    bring,
    csv_of,
    reasons,
    repacked,
    states,
    table_of,
    workbook,
)
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from anifro_desktop.workflows.importing import tables
from anifro_desktop.workflows.importing.cells import Broken
from anifro_desktop.workflows.importing.mapping import Layout
from anifro_desktop.workflows.importing.tables import read_table
from anifro_desktop.workflows.importing.words import FaultyTable
from anifro_desktop.workflows.site import Site

DAY = datetime.fromisoformat("2026-03-04")  # as Excel has it: a day without a time zone
HEAD = ("id", "visita", "phga")


def rows_of(data: bytes, **layout: Any) -> list[dict[str, Any]]:
    return [row.cells for row in table_of(data, **layout).rows]


# Text

PLAIN = "id;nome;phga\n1;Niccolò;1,8\n2;Zoë;0,5\n"
TWO = [{"id": "1", "nome": "Niccolò", "phga": "1,8"}, {"id": "2", "nome": "Zoë", "phga": "0,5"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_is_read_in_the_encodings_that_spreadsheets_write(encoding: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    table = table_of(mark + PLAIN.encode(encoding))
    assert [row.cells for row in table.rows] == TWO
    assert [remark.code for remark in table.remarks] == (["noted_encoding"] if encoding == "cp1252" else [])


def test_an_encoding_that_is_declared_holds() -> None:
    assert rows_of(PLAIN.encode("latin-1"), encoding="latin-1") == TWO
    with pytest.raises(FaultyTable, match=r"not utf-8 \(line 2\)"):
        table_of(PLAIN.encode("cp1252"), encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "id,nome,phga\n1,Niccolò,\"1,8\"\n2,Zoë,\"0,5\"\n",
        "id\tnome\tphga\n1\tNiccolò\t1,8\n2\tZoë\t0,5\n",
        "id|nome|phga\r\n1|Niccolò|1,8\r\n2|Zoë|0,5",
        "sep=;\n" + PLAIN,
        PLAIN + "\n;;\n",
        PLAIN.replace("\n", ";;\n"),
    ],
    ids=["comma", "tab", "bar", "sep line", "empty lines", "empty columns"],
)  # fmt: skip
def test_the_sign_between_columns_is_found(text: str) -> None:
    assert rows_of(text.encode()) == TWO


def test_rows_have_the_numbers_of_a_spreadsheet_also_with_line_ends_in_cells() -> None:
    table = table_of(b'Elenco 2026;\n\nid;phga\n1;"1\n2"\n;\n2;3\n', header=3)
    assert [(row.number, row.cells["id"]) for row in table.rows] == [(4, "1"), (6, "2")]


TEXTS: dict[str, tuple[bytes, str]] = {
    "empty": (b" \n", "file_empty"),
    "one column": (b"id\n1\n", "file_delimiter"),
    "two signs": (b"a,b;c,d\n1,2;3,4\n", "file_delimiter"),
    "utf-16 without its mark": (PLAIN.encode("utf-16-le"), "file_not_text"),
    "binary": (bytes(range(256)), "file_not_text"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(64), "file_not_text"),
    "a broken quotation": (b'id;nome\n1;"Nic\n2;Zo\n', "file_quotes"),
    "a name twice": (b"id;phga; phga \n1;2;3\n", "file_twice"),
    "values without a name": (b"id;;phga\n1;2;3\n", "file_nameless"),
    "no names": (b"1;Sintetica;20/05/1991\n2;Sintetico;02/11/1979\n", "file_header_values"),
    "names only": (b"id;phga\n", "file_no_rows"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file_old_excel"),
    "cut workbook": (b"PK\x03\x04" + bytes(60), "file_broken_excel"),
    "too many columns": (
        (";".join(f"c{n}" for n in range(2001)) + "\n" + "1;" * 2000 + "\n").encode(),
        "file_columns",
    ),
    "too many rows": (b"id;phga\n" + b"1;2\n" * 100_000, "file_rows"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_no_clear_table_is_one_clear_sentence(name: str) -> None:
    data, code = TEXTS[name]
    refused(data, code)


def refused(data: bytes, code: str, **layout: Any) -> None:
    with pytest.raises(FaultyTable) as faulty:
        read_table(data, Layout(**layout))
    (fault,) = faulty.value.faults
    assert fault.code == code
    for lang in ("it", "en"):
        assert fault.get(lang)[-1] in ".!"
        assert "{" not in fault.get(lang)


def test_a_header_that_is_not_there_and_a_sign_that_does_not_fit() -> None:
    refused(PLAIN.encode(), "file_header", header=9, delimiter=";")
    refused(PLAIN.encode(), "file_delimiter_declared", delimiter="|")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_sentence(data: bytes) -> None:
    for mark in (b"", b"PK\x03\x04", b"\xff\xfe"):
        with suppress(FaultyTable):
            assert read_table(mark + data, Layout()).columns


# Workbooks


def test_a_workbook_gives_what_excel_shows() -> None:
    data = workbook(
        ("id", "visita", "phga", "plt", "quando", "testo"),
        (1, DAY, 0.1 + 0.2, 184.0, DAY.replace(hour=9, minute=30), " a "),
        (None, None, None, None, None, None),
        (2, date(2026, 9, 4), 11.8, 1e20, time(9, 30), True),
    )
    first, second = table_of(data).rows
    assert (first.number, second.number) == (2, 4)
    assert first.cells["visita"] == DAY
    assert second.cells["quando"] == Broken("cell_time")
    assert second.cells["testo"] is True


def test_names_of_columns_are_on_one_line_and_command_no_terminal() -> None:
    assert table_of(workbook(("id\nnuovo", "a\u202eb"), ("1", "2"))).columns == ("id nuovo", "a b")


def test_an_import_of_a_workbook_is_that_of_the_same_table_as_text(site: Site) -> None:
    def change(book: Any) -> None:
        sheet = book.active
        sheet["D2"], sheet["E2"], sheet["G2"] = date(1991, 5, 20), date(2026, 3, 4), DAY
        sheet["H2"], sheet["I2"], sheet["H3"], sheet["G3"] = 1.8, 184, 0.5, date(2026, 9, 4)
        sheet["A2"] = sheet["A3"] = 1

    rows = [[row.get(name) for name in COLUMNS] for row in (FIRST, SECOND)]
    data = workbook(COLUMNS, *rows, change=change)
    assert states(bring(site, data)) == ["new", "new"]
    assert states(bring(site, csv_of(FIRST, SECOND))) == ["there", "there"]


def test_a_workbook_of_the_old_macintosh_has_the_same_days() -> None:
    def change(book: Any) -> None:
        book.epoch = CALENDAR_MAC_1904

    data = workbook(HEAD, (1, DAY, 1), change=change)
    assert rows_of(data)[0]["visita"] == DAY


@pytest.mark.parametrize(
    ("order", "serial"), [("excel-1900", "46085"), ("excel-1904", "44623")], ids=["1900", "1904"]
)
def test_days_as_numbers_are_read_only_when_the_mapping_says_so(site: Site, order: str, serial: str) -> None:
    mapping = MAPPING.replace('date = "visita"', f'date = {{ column = "visita", dates = "{order}" }}')
    (taken,) = bring(site, csv_of(FIRST | {"visita": serial}), mapping).outcomes
    (row,) = [row for row in site.clinical.entries(taken.subject) if row.key == "baseline"]
    assert row.date == date(2026, 3, 4)


@pytest.mark.parametrize("serial", ["60", "0", "46085,5", "999999", "4/3/2026"])
def test_numbers_that_are_no_days_of_excel_are_refused(site: Site, serial: str) -> None:
    mapping = MAPPING.replace('date = "visita"', 'date = { column = "visita", dates = "excel-1900" }')
    assert reasons(bring(site, csv_of(FIRST | {"visita": serial}), mapping).outcomes[0]) == ["cell_date"]


def test_a_number_in_a_column_of_dates_and_a_date_in_one_of_numbers(site: Site) -> None:
    def change(book: Any) -> None:
        book.active["G3"], book.active["H2"] = 46085, date(2026, 8, 1)  # 1.8 typed as a date by Excel

    rows = [[row.get(name) for name in COLUMNS] for row in (FIRST, SECOND)]
    taken = bring(site, workbook(COLUMNS, *rows, change=change), apply=False)
    assert [reasons(outcome) for outcome in taken.outcomes] == [["cell_date_here"], ["cell_serial"]]


def test_a_formula_counts_by_its_saved_value_and_without_one_it_is_no_empty_cell(site: Site) -> None:
    def change(book: Any) -> None:
        book.active["H3"] = "=1/2"

    rows = [[row.get(name) for name in COLUMNS] for row in (FIRST, SECOND)]
    data = workbook(COLUMNS, *rows, change=change)
    assert reasons(bring(site, data, apply=False).outcomes[1]) == ["cell_formula"]
    saved = repacked(
        data, lambda name, part: part.replace(b"<v></v>", b"<v>0.5</v>").replace(b"<v />", b"<v>0.5</v>")
    )
    assert saved != data
    assert states(bring(site, saved, apply=False)) == ["new", "new"]


def test_an_error_of_excel_is_no_value(site: Site) -> None:
    def change(book: Any) -> None:
        book.active["H2"] = "#DIV/0!"

    data = workbook(COLUMNS, [FIRST.get(name) for name in COLUMNS], change=change)
    assert reasons(bring(site, data, apply=False).outcomes[0]) == ["cell_error"]


def sheets(*titles: str, hidden: str = "") -> bytes:
    def change(book: Any) -> None:
        for title in titles:
            sheet = book.create_sheet(title)
            sheet.append(HEAD)
            sheet.append((title, "04/03/2026", 1))
            sheet.sheet_state = "hidden" if title == hidden else "visible"
        book.remove(book.worksheets[0])

    return workbook(change=change)


def test_the_sheet_is_the_only_one_or_the_one_named() -> None:
    assert rows_of(sheets("Visite"))[0]["id"] == "Visite"
    assert rows_of(sheets("Visite", "Farmaci"), sheet="Farmaci")[0]["id"] == "Farmaci"
    refused(sheets("Visite", "Farmaci"), "file_sheets")
    refused(sheets("Visite"), "file_no_sheet", sheet="Farmaci")


def test_a_hidden_sheet_is_not_read_and_that_is_said() -> None:
    data = sheets("Visite", "Vecchio", hidden="Vecchio")
    table = table_of(data)
    assert table.rows[0].cells["id"] == "Visite"
    assert [remark.get("en") for remark in table.remarks] == ["Hidden sheets that were not read: Vecchio."]
    refused(data, "file_hidden_sheet", sheet="Vecchio")


def test_merged_cells_are_refused_with_their_place() -> None:
    data = workbook(
        HEAD, (1, "04/03/2026", 1), (None, "05/03/2026", 2), change=lambda b: b.active.merge_cells("A2:A3")
    )
    with pytest.raises(FaultyTable, match="A2:A3"):
        table_of(data)


def test_a_workbook_with_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 5)
    refused(workbook(HEAD, *[(number, "x", 1) for number in range(6)]), "file_rows")
    assert len(table_of(workbook(HEAD, *[(number, "x", 1) for number in range(5)])).rows) == 5


def bomb() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box,
        box.open("xl/workbook.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(260):
            part.write(bytes(1 << 20))
    return out.getvalue()


def entities(name: str, part: bytes) -> bytes:
    """A declaration of Excel's own is the only one there is."""
    return (
        part.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet', 1)
        if "sheet1" in name
        else part
    )


SMALL = workbook(HEAD, (1, "04/03/2026", 1))
BOOKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb": (bomb, "file_bomb"),
    "entities": (lambda: repacked(SMALL, entities), "file_doctype"),
    "utf-16 inside": (lambda: repacked(SMALL, lambda n, p: p.decode().encode("utf-16") if "sheet1" in n else p),
                      "file_doctype"),
    "another zip": (lambda: repacked(SMALL, lambda n, p: p).replace(b"xl/workbook.xml", b"xl/workbook.xmm"),
                    "file_other_zip"),
    "half a file": (lambda: SMALL[: len(SMALL) // 2], "file_broken_excel"),
    "no XML": (lambda: repacked(SMALL, lambda n, p: b"no xml" if "sheet1" in n else p), "file_broken_excel"),
}  # fmt: skip


@pytest.mark.parametrize("name", BOOKS)
def test_a_workbook_that_is_unsafe_or_damaged_is_one_clear_sentence(name: str) -> None:
    made, code = BOOKS[name]
    refused(made(), code)


def test_a_size_that_a_workbook_claims_for_itself_is_not_believed() -> None:
    claimed = repacked(SMALL, lambda name, part: part.replace(b'ref="A1:C2"', b'ref="A1:XFD1048576"'))
    assert claimed != repacked(SMALL, lambda name, part: part)
    assert len(table_of(claimed).rows) == 1


@given(st.data())
def test_a_workbook_with_any_byte_changed_is_read_or_refused(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(SMALL) - 1))
    broken = SMALL[:place] + bytes([data.draw(st.integers(0, 255))]) + SMALL[place + 1 :]
    with suppress(FaultyTable):
        assert read_table(broken, Layout()).columns
