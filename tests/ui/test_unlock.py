"""Unlocking: the first screen of the day, by keys alone; a wrong passphrase is said calmly and costs time."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from shell_driver import Program

from anifro_desktop.store.attempts import LONGEST_WAIT, wait_after
from anifro_desktop.store.errors import WrongPassphrase
from anifro_desktop.store.vault import open_vault
from anifro_desktop.ui.screens.practice import PASSPHRASE, PERSON

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def fail(program: Program) -> None:
    program.front.passphrase.edit.clear()
    program.type(program.front.passphrase.edit, "wrong passphrase")
    program.key(Qt.Key.Key_Return)
    program.until(program.front.banner.isVisible)


def test_the_focus_is_on_the_passphrase_and_enter_unlocks(program: Program) -> None:
    assert QApplication.focusWidget() is program.front.passphrase.edit
    program.unlock()
    assert type(program.page).__name__ == "TodayPage"
    assert "Irene Sintetica" in program.shell.status.state.text()


def test_the_window_lives_while_the_passphrase_is_tried(program: Program) -> None:
    page = program.front
    program.type(page.passphrase.edit, PASSPHRASE)
    program.key(Qt.Key.Key_Return)
    assert page.progress.isVisible()
    assert not page.button.isEnabled()
    program.until(lambda: program.window.shell is not None)


def test_a_wrong_passphrase_is_one_sentence_and_may_be_tried_again(program: Program) -> None:
    fail(program)
    assert "The passphrase is not right" in program.front.banner.accessibleName()
    assert program.front.passphrase.edit.hasSelectedText()
    program.unlock()


def test_the_second_wrong_passphrase_makes_one_wait_in_plain_sight(program: Program) -> None:
    fail(program)
    fail(program)
    assert "2 seconds" in program.front.banner.accessibleName()
    assert not program.front.button.isEnabled()
    program.front.unlock()
    assert not program.tasks.busy, "a try during the wait was not held back"
    program.until(program.front.button.isEnabled)
    program.unlock()


def test_waits_grow_and_end_at_a_minute() -> None:
    assert [wait_after(failures) for failures in range(1, 8)] == [0, 2, 4, 8, 16, 32, LONGEST_WAIT]
    assert wait_after(100) == LONGEST_WAIT


def test_a_wait_goes_on_after_the_program_was_started_anew(program: Program) -> None:
    for _ in range(2):
        with pytest.raises(WrongPassphrase):
            open_vault(program.window._folder, PERSON.code, "wrong passphrase")
    program.type(program.front.passphrase.edit, PASSPHRASE)
    program.key(Qt.Key.Key_Return)
    program.until(program.front.banner.isVisible)
    assert "wrong several times" in program.front.banner.accessibleName()
    program.until(program.front.button.isEnabled)
    program.unlock()


def test_failed_tries_are_named_after_unlocking(program: Program) -> None:
    fail(program)
    program.unlock()
    program.until(program.page.banner.isVisible)
    assert "1 wrong passphrase since the last unlocking" in program.page.banner.accessibleName()


def test_an_empty_passphrase_is_asked_for(program: Program) -> None:
    program.key(Qt.Key.Key_Return)
    assert "Type the passphrase" in program.front.passphrase.problem.text()
    assert not program.tasks.busy


def test_the_passphrase_can_be_shown_and_hidden(program: Program) -> None:
    field = program.front.passphrase
    assert field.edit.echoMode() == QLineEdit.EchoMode.Password
    program.click(field.toggle)
    assert field.edit.echoMode() == QLineEdit.EchoMode.Normal
    assert field.toggle.accessibleName() == "Hide the passphrase"
    program.click(field.toggle)
    assert field.edit.echoMode() == QLineEdit.EchoMode.Password


def test_the_capitals_key_is_noticed_by_what_it_does(program: Program) -> None:
    field = program.front.passphrase
    program.type(field.edit, "a")
    assert field.capitals.isHidden()
    program.bot.keyClick(field.edit, "A")  # a capital although Shift is not pressed
    assert field.capitals.isVisible()
    program.bot.keyClick(field.edit, "b")
    assert field.capitals.isHidden()


def test_the_language_is_changed_before_unlocking(program: Program) -> None:
    program.front.languages.segments[0].click()
    assert program.front.button.text() == "Sblocca"
    assert program.window.preferences.language == "it"
    program.unlock()
    assert program.page.header.title.text() == "Oggi"


def test_nothing_is_kept_of_a_passphrase_that_opened(program: Program) -> None:
    page = program.front
    program.type(page.passphrase.edit, PASSPHRASE)
    program.key(Qt.Key.Key_Return)
    seen: list[str] = []
    page.unlocked.connect(lambda _site: seen.append(page.passphrase.text))
    program.until(lambda: program.window.shell is not None)
    assert seen == [""]


def test_another_program_on_the_same_data_is_said_in_words(program: Program) -> None:
    from shell_driver import CLOCK

    from anifro_desktop.workflows import site

    other = site.unlock(program.folder, "U01", PASSPHRASE, CLOCK)
    try:
        program.type(program.front.passphrase.edit, PASSPHRASE)
        program.key(Qt.Key.Key_Return)
        program.until(program.front.banner.isVisible)
        assert "already open on this data" in program.front.banner.accessibleName()
        assert program.front.button.isEnabled(), "this is nobody's wrong passphrase: no wait"
    finally:
        other.close()
