"""One's own passphrase: changed while the site is open; chosen before anything is seen, after one for one unlocking."""

from __future__ import annotations

import pytest
from people_parts import GIVEN, OWN, add_beforehand, show, unlock_as, words
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shell_driver import Program

from anifro_desktop.store.errors import WrongPassphrase
from anifro_desktop.store.vault import open_vault
from anifro_desktop.ui.screens.practice import PASSPHRASE

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def fill(program: Program, old: str, new: str, again: str) -> None:
    """All three fields, each left by Enter, which at the end changes it."""
    page = program.page
    for field, text in ((page.old, old), (page.new.first, new), (page.new.second, again)):
        field.edit.clear()
        program.type(field.edit, text)
    program.key(Qt.Key.Key_Return)
    program.settle()


def test_a_passphrase_is_changed_by_keys_alone(program: Program) -> None:
    program.unlock()
    page = show(program, "passphrase")
    assert QApplication.focusWidget() is page.old.edit
    for text in (PASSPHRASE, OWN, OWN):
        program.bot.keyClicks(QApplication.focusWidget(), text)
        program.key(Qt.Key.Key_Return)
    assert page.progress.isVisible()
    program.settle()
    assert "Your passphrase was changed" in page.banner.accessibleName()
    assert not any(field.text for field in (page.old, page.new.first, page.new.second))
    assert open_vault(program.folder, "U01", OWN).user.code == "U01"
    with pytest.raises(WrongPassphrase):
        open_vault(program.folder, "U01", PASSPHRASE)


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("", OWN, OWN, "Type the present passphrase"),
        (PASSPHRASE, "short", "short", "at least 14 characters"),
        (PASSPHRASE, "password12345678", "password12345678", "guessed quickly"),
        (PASSPHRASE, PASSPHRASE, PASSPHRASE, "choose another one"),
        (PASSPHRASE, OWN, OWN + "x", "not the same"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(
    program: Program, old: str, new: str, again: str, said: str
) -> None:
    program.unlock()
    page = show(program, "passphrase")
    fill(program, old, new, again)
    assert said in words(page)
    assert open_vault(program.folder, "U01", PASSPHRASE).user.code == "U01"


def test_a_wrong_present_passphrase_costs_time_and_loses_nothing(program: Program) -> None:
    program.unlock()
    page = show(program, "passphrase")
    fill(program, "not the right one", OWN, OWN)
    assert "not right" in page.old.problem.text()
    assert page.new.first.text == OWN
    fill(program, "not the right one", OWN, OWN)
    assert "Seconds until the next try: 2" in page.old.problem.text()


def test_back_leads_to_the_settings(program: Program) -> None:
    program.unlock()
    show(program, "settings")
    program.click(program.page.people.own)
    program.until(lambda: type(program.page).__name__ == "PassphrasePage")
    program.page.back_wanted.emit()
    program.until(lambda: type(program.page).__name__ == "SettingsPage")


def test_after_a_passphrase_for_one_unlocking_an_own_one_is_chosen_first(program: Program) -> None:
    add_beforehand(program, temporary=True)
    unlock_as(program, "U02", GIVEN)
    page = program.front
    assert program.shell is None, "the site was seen before an own passphrase was chosen"
    assert "Nadia Finta, the passphrase you were given" in words(page)
    assert page.languages.isHidden()
    program.bot.waitUntil(page.new.first.edit.hasFocus)
    for text in (GIVEN, GIVEN):
        program.bot.keyClicks(QApplication.focusWidget(), text)
        program.key(Qt.Key.Key_Return)
    assert "choose another one" in words(page)
    for field in (page.new.first, page.new.second):
        field.edit.clear()
        program.type(field.edit, OWN)
    program.key(Qt.Key.Key_Return)
    program.until(lambda: program.shell is not None)
    assert type(program.page).__name__ == "TodayPage"
    assert not open_vault(program.folder, "U02", OWN).temporary
    assert not program.shell.desk.site.keys.temporary


def test_going_away_without_an_own_passphrase_locks(program: Program) -> None:
    add_beforehand(program, temporary=True)
    unlock_as(program, "U02", GIVEN)
    site = program.window._open_site
    program.click(program.front.leave)
    program.until(lambda: type(program.front).__name__ == "UnlockPage")
    assert site.clinical.closed
    assert not program.window.idle._timer.isActive()
    unlock_as(program, "U02", GIVEN)
    assert program.front.new.first.text == ""
    program.window.idle.expired.emit()
    program.until(lambda: type(program.front).__name__ == "UnlockPage")


def test_the_window_can_be_closed_before_an_own_passphrase_is_chosen(program: Program) -> None:
    add_beforehand(program, temporary=True)
    unlock_as(program, "U02", GIVEN)
    site = program.window._open_site
    program.close()
    assert site.clinical.closed
