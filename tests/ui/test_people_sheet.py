"""The recovery sheet in the window: made, saved where the user says, read back; asked for until that is done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from people_parts import GIVEN, add_beforehand, show, unlock_as, words
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication
from shell_driver import CENTRE, CLOCK, Program

from anifro_desktop.store import sheet as sheets
from anifro_desktop.ui.people import printing
from anifro_desktop.ui.people.sheet_paper import Page, paint_sheet, sheet_html, sheet_pdf
from anifro_desktop.ui.screens.practice import PASSPHRASE, PERSON
from anifro_desktop.workflows import facts, model, people, recovery, site
from anifro_desktop.workflows.people import Sheet

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def sheet_page(program: Program) -> Program:
    """On the page where a sheet is made."""
    program.unlock()
    show(program, "sheet")
    return program


def make_and_save(program: Program, panel: Any, path: Path) -> Sheet:
    program.click(panel.make_button)
    program.settle()
    sheet = panel._sheet
    program.type(panel.path, str(path))
    program.key(Qt.Key.Key_Return)
    program.until(panel.checking.isVisible)
    return sheet


def type_back(program: Program, panel: Any, sheet: Sheet, wrong: bool = False) -> None:
    """Read the two groups off the paper, as their labels ask."""
    for field in panel.groups:
        row, group = map(int, re.findall(r"\d", field.edit.accessibleName()))
        field.edit.clear()
        text = sheet.rows[row - 1][group - 1]
        program.type(field.edit, text[::-1] + "A" if wrong else text.lower())
    program.key(Qt.Key.Key_Return)
    program.settle()


def test_a_sheet_is_saved_read_back_and_then_counts(sheet_page: Program, tmp_path: Path) -> None:
    panel, site_now = sheet_page.page.panel, sheet_page.shell.desk.site
    sheet = make_and_save(sheet_page, panel, tmp_path / "stick" / "sheet")
    saved = tmp_path / "stick" / "sheet.pdf"
    assert saved.read_bytes().startswith(b"%PDF-")
    assert recovery.standing(site_now) == recovery.Standing(1, kept=False, unseen=1)
    type_back(sheet_page, panel, sheet, wrong=True)
    assert "Not as printed" in panel.groups[0].problem.text()
    assert not recovery.standing(site_now).kept
    type_back(sheet_page, panel, sheet)
    assert "Recovery sheet 1 is in force" in panel.banner.accessibleName()
    assert recovery.standing(site_now) == recovery.Standing(1, kept=True)
    assert panel._sheet is None, "the letters are still held"
    sheet_page.click(sheet_page.page.back)
    sheet_page.until(lambda: type(sheet_page.page).__name__ == "PeoplePage")
    sheet_page.settle()
    assert "Recovery sheet 1 opens this site" in words(sheet_page.page)


def test_the_letters_are_in_no_widget_and_in_no_other_file(sheet_page: Program, tmp_path: Path) -> None:
    panel = sheet_page.page.panel
    sheet = make_and_save(sheet_page, panel, tmp_path / "stick" / "sheet.pdf")
    groups = {group for row in sheet.rows for group in row}
    assert not groups & set(re.findall(r"\w+", words(sheet_page.window)))
    secret = "".join(group for row in sheet.rows for group in row).encode()
    for path in tmp_path.rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            assert secret not in held, path.name
            assert not any(" ".join(row).encode() in held for row in sheet.rows), path.name
    assert [path.name for path in (tmp_path / "stick").glob("*.pdf*")] == ["sheet.pdf"]


def test_a_sheet_is_not_saved_beside_the_data_nor_over_another_file(
    sheet_page: Program, tmp_path: Path
) -> None:
    panel = sheet_page.page.panel
    sheet_page.click(panel.make_button)
    sheet_page.settle()
    (tmp_path / "kept.pdf").write_bytes(b"something else")
    for text, said in (
        ("", "Write where"),
        (str(sheet_page.folder / "sub" / "sheet.pdf"), "Not beside the data"),
        (str(tmp_path / "kept.pdf"), "a file of this name already"),
        (str(tmp_path / "nowhere" / "sheet.pdf"), "folder"),
    ):
        panel.path.clear()
        sheet_page.type(panel.path, text)
        sheet_page.click(panel.save_button)
        sheet_page.settle()
        assert said in panel.banner.accessibleName()
        assert not panel.checking.isVisible()
    assert (tmp_path / "kept.pdf").read_bytes() == b"something else"


def test_a_printed_sheet_is_asked_for_as_well(sheet_page: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[Page] = []

    def printer(_parent: Any, page: Page, done: Callable[[], object]) -> None:
        printed.append(page)
        done()

    monkeypatch.setattr(printing, "ask_to_print", printer)
    panel = sheet_page.page.panel
    sheet_page.key(Qt.Key.Key_Return)
    sheet_page.until(panel.print_button.hasFocus)
    sheet_page.key(Qt.Key.Key_Return)
    assert panel.checking.isVisible()
    assert QApplication.focusWidget() is panel.groups[0].edit
    assert (printed[0].site_code, printed[0].sheet.number) == ("P03", 1)
    type_back(sheet_page, panel, printed[0].sheet)
    assert recovery.standing(sheet_page.shell.desk.site).kept


def test_a_second_sheet_ends_the_first_once_it_is_typed_back(program: Program, tmp_path: Path) -> None:
    program.unlock()
    first = people.make_sheet(program.shell.desk.site)
    recovery.keep(program.shell.desk.site, first.number)
    panel = show(program, "sheet").panel
    assert "takes the place of sheet 1" in panel.earlier.text()
    second = make_and_save(program, panel, tmp_path / "stick" / "second.pdf")
    assert second.number == 2
    secret = sheets.typed(" ".join(group for row in second.rows for group in row))
    assert sheets.open_with(program.folder, secret).site == "P03"
    old = sheets.typed(" ".join(group for row in first.rows for group in row))
    assert sheets.open_with(program.folder, old).site == "P03", (
        "the new one may still be lost on its way to paper"
    )
    show(program, "today")
    line = program.page.keys.lines[0].accessibleName()
    assert "Sheet 2 was made and never checked on paper: sheet 1 still opens this site" in line
    page = show(program, "people")
    program.until(lambda: "Recovery sheet 2 was made and never checked" in page.sheet_state.text())
    panel = show(program, "sheet").panel
    third = make_and_save(program, panel, tmp_path / "stick" / "third.pdf")
    type_back(program, panel, third)
    assert "Recovery sheet 3 is in force" in panel.banner.accessibleName()
    assert recovery.standing(program.shell.desk.site) == recovery.Standing(3, kept=True)
    for ended in (old, secret):
        with pytest.raises(Exception, match="does not open this folder"):
            sheets.open_with(program.folder, ended)


def test_today_asks_the_administrator_until_the_sheet_was_read_back(program: Program, tmp_path: Path) -> None:
    program.unlock()
    program.until(program.page.keys.isVisible)
    line = program.page.keys.lines[0]
    assert line.accessibleName().startswith("Print the recovery sheet")
    program.click(line)
    program.until(lambda: type(program.page).__name__ == "SheetPage")
    program.settle()
    sheet = make_and_save(program, program.page.panel, tmp_path / "stick" / "sheet.pdf")
    panel = program.page.panel
    show(program, "today")
    assert "Sheet 1 was made but not checked" in program.page.keys.lines[0].accessibleName()
    recovery.keep(program.shell.desk.site, sheet.number)
    show(program, "today")
    assert not any("sheet 1" in line.accessibleName().lower() for line in program.page.keys.lines)
    assert panel is not None


def test_today_says_that_there_is_only_one_administrator_until_there_is_another(program: Program) -> None:
    add_beforehand(program)  # a nurse is none
    program.unlock()
    program.until(program.page.keys.isVisible)
    line = program.page.keys.lines[-1]
    assert line.accessibleName().startswith("There is only one administrator")
    assert "only the recovery sheet helps" in line.accessibleName()
    line.setFocus()
    program.key(Qt.Key.Key_Return)
    program.until(lambda: type(program.page).__name__ == "PeoplePage" and program.page.table.items)
    program.window.lock()
    program.until(lambda: program.shell is None)
    add_beforehand(program, facts.Person("U03", "Ada Inventata", ("site_admin",)))
    program.unlock()
    program.until(program.page.keys.isVisible)
    assert not any("administrator" in line.accessibleName() for line in program.page.keys.lines)


def test_a_disabled_administrator_does_not_count(program: Program) -> None:
    add_beforehand(program, facts.Person("U03", "Ada Inventata", ("site_admin",)))
    opened = site.unlock(program.folder, "U01", PASSPHRASE, program.window._clock)
    people.disable(opened, "U03", "away")
    opened.close()
    program.unlock()
    program.until(program.page.keys.isVisible)
    assert "only one administrator" in program.page.keys.lines[-1].accessibleName()


def test_nobody_else_is_asked(program: Program) -> None:
    add_beforehand(program)
    unlock_as(program, "U02", GIVEN)
    program.settle()
    assert not program.page.keys.isVisible()


# The first run


@pytest.fixture
def made(qtbot, tmp_path: Path, translations) -> Iterator[Program]:
    """A site that was made in this run of the program, and is not unlocked yet."""
    running = Program(qtbot, tmp_path / "data", translations)
    setup = model.Setup(
        "P07",
        "Reumatologia sintetica",
        facts.Person("U01", PERSON.name, PERSON.roles),
        PASSPHRASE,
        CENTRE.keyset,
        CENTRE.fingerprint,
    )
    site.create_site(running.folder, setup, CLOCK)
    running.window._site_made("U01")
    unlock_as(running, "U01", PASSPHRASE)
    (tmp_path / "stick").mkdir()
    yield running
    running.close()


def test_after_the_first_unlocking_of_a_new_site_the_sheet_comes_first(made: Program, tmp_path: Path) -> None:
    page = made.front
    assert type(page).__name__ == "FirstSheet"
    assert made.shell is None
    assert not page.go_on.isVisible()
    sheet = make_and_save(made, page.panel, tmp_path / "stick" / "sheet.pdf")
    type_back(made, page.panel, sheet)
    assert QApplication.focusWidget() is page.go_on
    assert not page.later.isVisible()
    made.key(Qt.Key.Key_Return)
    made.until(lambda: made.shell is not None)
    made.settle()
    assert not any("sheet" in line.accessibleName().partition(".")[0] for line in made.page.keys.lines)


def test_the_sheet_may_wait_and_is_asked_for_on_today(made: Program) -> None:
    assert "Today asks for it until it is done" in words(made.front)
    made.click(made.front.later)
    made.until(lambda: made.shell is not None and made.page.keys.isVisible())
    made.click(made.shell.rail.buttons["lock"])
    made.until(lambda: type(made.front).__name__ == "UnlockPage")
    made.unlock()
    made.until(made.page.keys.isVisible)


# The paper

SHEET = Sheet(3, sheets.printed(bytes(range(32))))
PAGE = Page("P03", "Reumatologia <Padova>", date(2026, 11, 23), SHEET)


def test_the_page_holds_site_number_date_and_four_rows_in_both_languages(qapp) -> None:
    document = QTextDocument()
    document.setHtml(sheet_html(PAGE))
    text = document.toPlainText()
    for said in (
        *("P03", "Reumatologia <Padova>", "n. 3", "23/11/2026"),
        *("busta chiusa", "Mai vicino al computer", "mai a Pisa"),
        *("sealed and signed envelope", "Never near the computer", "never to Pisa"),
    ):
        assert said in text
    found = [line for line in text.splitlines() if re.fullmatch("[A-Z2-7]{4}", line)]
    assert found == [group for row in SHEET.rows for group in row]


def test_the_sheet_is_one_page_of_a4(qapp) -> None:
    made = sheet_pdf(PAGE)
    assert len(re.findall(rb"/Type /Page\b", made)) == 1
    width, height = map(float, re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", made)[0])
    assert (round(width), round(height)) == (595, 842)


def test_a_printer_gets_the_same_page(qapp, tmp_path: Path) -> None:
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    paint_sheet(printer, PAGE)
    made = (tmp_path / "printed.pdf").read_bytes()
    assert len(re.findall(rb"/Type /Page\b", made)) == 1
