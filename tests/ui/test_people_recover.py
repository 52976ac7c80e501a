"""A forgotten passphrase on a locked site: what can be done, and the sheet typed in by keys."""

from __future__ import annotations

import pytest
import shiboken6
from people_parts import OWN, in_sight, left_of, unlock_as, words
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shell_driver import Program

from anifro_desktop.store.errors import WrongPassphrase
from anifro_desktop.store.vault import open_vault
from anifro_desktop.ui import theme
from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.ui.widgets import LineEdit
from anifro_desktop.workflows import people, site

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def make_sheet(program: Program) -> list[str]:
    """The rows of a sheet that was printed before."""
    opened = site.unlock(program.folder, "U01", PASSPHRASE, program.window._clock)
    made = people.make_sheet(opened)
    people.sheet_shown(opened, made.number)
    opened.close()
    return [" ".join(row) for row in made.rows]


def forget(program: Program) -> None:
    unlock = program.front
    program.bot.waitUntil(lambda: unlock.forgot.height() > 0)  # laid out
    program.click(unlock.forgot)
    program.until(lambda: type(program.front).__name__ == "RecoverPage" and not shiboken6.isValid(unlock))


def fill(program: Program, rows: list[str], first: str = OWN, second: str = OWN) -> None:
    page = program.front
    fields = [*page.sheet.fields, page.new.first, page.new.second]
    for field, text in zip(fields, [*rows, first, second], strict=True):
        field.edit.clear()
        program.type(field.edit, text)
    program.key(Qt.Key.Key_Return)
    program.settle()


def test_the_unlock_page_says_what_is_true_of_a_forgotten_passphrase(program: Program) -> None:
    said = words(program.front)
    assert "Another administrator or the recovery sheet gives a new one" in said
    assert "cannot be recovered" not in said


def test_the_sheet_gives_an_administrator_a_new_passphrase_by_keys_alone(program: Program) -> None:
    rows = make_sheet(program)
    forget(program)
    page = program.front
    assert "recovery sheet 1" in words(page)
    assert "Ask another site administrator" in words(page)
    assert page.person.currentData() == "U01"
    for text in (*[row.lower().replace(" ", "-") for row in rows], OWN, OWN):
        program.bot.keyClicks(QApplication.focusWidget(), text)
        program.key(Qt.Key.Key_Return)
    assert page.progress.isVisible()
    program.until(lambda: type(program.front).__name__ == "UnlockPage")
    assert "new passphrase of U01 is set" in program.front.note.accessibleName()
    assert "print a new recovery sheet" in program.front.note.accessibleName()
    with pytest.raises(WrongPassphrase):
        open_vault(program.folder, "U01", PASSPHRASE)
    unlock_as(program, "U01", OWN)
    program.until(lambda: program.shell is not None and program.page.keys.isVisible())


def test_each_row_that_was_mistyped_is_named(program: Program) -> None:
    rows = make_sheet(program)
    forget(program)
    fill(program, [rows[0], rows[2], rows[1], rows[3][:-1]])
    page = program.front
    assert [field.problem.isVisible() for field in page.sheet.fields] == [False, True, True, True]
    assert page.sheet.fields[1].edit.hasFocus()
    assert page.new.first.text == OWN
    page.sheet.fields[1].edit.clear()
    program.bot.keyClicks(page.sheet.fields[1].edit, rows[1])
    assert not page.sheet.fields[1].problem.isVisible(), "it is of what stood there"
    program.key(Qt.Key.Key_Return)
    assert page.sheet.fields[2].edit.hasFocus()
    assert not page.sheet.fields[1].problem.isVisible()
    assert page.sheet.fields[2].problem.isVisible()
    fill(program, rows, OWN, OWN + "x")
    assert not any(field.problem.isVisible() for field in page.sheet.fields)
    assert "not the same" in words(page)
    assert open_vault(program.folder, "U01", PASSPHRASE).user.code == "U01"


def test_an_older_sheet_is_refused_in_one_sentence_and_nothing_typed_is_lost(program: Program) -> None:
    old = make_sheet(program)
    make_sheet(program)
    program.window.show_start()
    forget(program)
    assert "recovery sheet 2" in words(program.front)
    fill(program, old)
    assert "does not open this site" in program.front.banner.accessibleName()
    assert [field.text for field in program.front.sheet.fields] == old
    assert program.front.button.isEnabled()


def test_without_a_sheet_the_page_says_so_and_leads_back(program: Program) -> None:
    forget(program)
    page = program.front
    assert "No recovery sheet was made" in words(page)
    assert not page.findChildren(LineEdit)
    alone = {type(one).__name__ for one in QApplication.topLevelWidgets()}
    assert not alone & {"SheetRows", "NewPassphrase", "ComboBox", "PrimaryButton"}, "made, and then not shown"
    assert QApplication.focusWidget() is page.back
    program.key(Qt.Key.Key_Return)
    program.until(lambda: type(program.front).__name__ == "UnlockPage")


def test_a_damaged_key_file_is_said_and_not_a_crash(program: Program) -> None:
    for name in ("keyslots.json", "keyslots.json.bak"):
        (program.folder / name).write_bytes(b"{")
    program.click(program.front.forgot)
    program.until(lambda: type(program.front).__name__ == "TroublePage")
    assert "damaged" in words(program.front)


@pytest.mark.parametrize(("scale", "height"), [(1.0, 768), (2.0, 768), (2.0, 600)])
def test_the_main_button_is_in_sight_whatever_is_wrong(
    qapp, program: Program, scale: float, height: int
) -> None:
    make_sheet(program)
    theme.apply(qapp, "light", scale)
    program.window.resize(1366, height)
    program.window.show_start()
    forget(program)
    page = program.front
    assert in_sight(page.button)
    page.sheet.first_focus()
    program.key(Qt.Key.Key_Return)
    program.click(page.button)  # each row is wrong: the card is higher now
    program.settle()
    assert page.sheet.fields[3].problem.isVisibleTo(page)
    assert in_sight(page.button)
    assert abs(left_of(page.button) - left_of(page.sheet)) <= theme.px(4), "the foot keeps to the card"
    assert in_sight(page.sheet.fields[0].edit), "it has the focus"
    for _ in range(20):
        if QApplication.focusWidget() is page.button:
            break
        program.key(Qt.Key.Key_Tab)
        assert in_sight(QApplication.focusWidget())
    assert QApplication.focusWidget() is page.button
