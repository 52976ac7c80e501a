"""Backups in the settings, by keys and clicks: made, tried, kept in a second place, refused in words."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from people_parts import GIVEN, add_beforehand, unlock_as, words
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shell_driver import PATIENCE, Program

from anifro_desktop.store.manifest import listed
from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.workflows import backups
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.site import Site

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

DAY = "23/11/2026"


def settings(program: Program) -> Any:
    """The card, once the backup of the day is made and shown."""
    program.shell.show_place("settings")
    program.until(lambda: type(program.page).__name__ == "SettingsPage" and not program.window.backup.busy)
    card = program.page.backup
    card.refresh()
    program.settle()
    program.page.scroller.ensureWidgetVisible(card)
    return card


@pytest.fixture
def card(program: Program) -> Any:
    program.unlock()
    return settings(program)


def made(program: Program) -> list[Any]:
    """The backups of this computer, newest first; of one day rotation keeps the last."""
    return listed(program.folder / "backups")


def back_up(program: Program, card: Any) -> None:
    with program.bot.waitSignal(program.window.backup.made, timeout=PATIENCE):
        program.click(card.make_button)
        assert not card.make_button.isEnabled()
        assert not card.try_button.isEnabled()
        assert card.during.isVisible()
    program.settle()


def try_newest(program: Program, card: Any, passphrase: str) -> Any:
    program.click(card.try_button)
    dialog = card.dialog
    program.bot.waitUntil(dialog.isActiveWindow)
    program.type(dialog.passphrase.edit, passphrase)
    program.key(Qt.Key.Key_Return)
    program.settle()
    return dialog


def test_the_newest_backup_is_said_and_listed(card: Any) -> None:
    assert DAY in card.newest.text()
    assert "on this computer" in card.newest.text()
    assert "None was tried" in card.tried.text()
    assert "no second copy" in card.second.text()
    assert len(card.table.items) == 1
    assert card.table.accessibleName() == "Backups, newest first"


def test_a_backup_is_made_when_asked_for_and_while_it_is_made_none_is_tried(
    program: Program, card: Any
) -> None:
    before = made(program)[0].path
    back_up(program, card)
    assert made(program)[0].path != before
    assert "made and verified" in card.banner.accessibleName()
    assert [one.name for one in card.table.items] == [one.path.name for one in made(program)]
    assert card.make_button.isEnabled()
    assert card.try_button.isEnabled()


def test_a_drill_asks_for_the_passphrase_and_its_result_is_dated(program: Program, card: Any) -> None:
    dialog = try_newest(program, card, "not this one at all")
    assert "not right" in dialog.banner.accessibleName()
    assert dialog.isVisible()
    program.until(dialog.go.isEnabled)
    dialog.passphrase.edit.clear()
    program.type(dialog.passphrase.edit, PASSPHRASE)
    program.key(Qt.Key.Key_Return)
    program.until(card.banner.isVisible)
    assert f"Tried on {DAY}" in card.banner.accessibleName()
    assert "opens and is whole" in card.banner.accessibleName()
    assert f"found good, on {DAY}" in card.tried.text()
    assert card.table.items[0].tried is not None


def test_a_drill_without_a_passphrase_says_so_at_the_field(program: Program, card: Any) -> None:
    program.click(card.try_button)
    program.bot.waitUntil(card.dialog.isActiveWindow)
    program.key(Qt.Key.Key_Return)
    assert "Type the passphrase" in card.dialog.passphrase.problem.text()
    program.key(Qt.Key.Key_Escape)
    program.settle()
    assert "None was tried" in card.tried.text()


def test_a_damaged_backup_is_found_by_the_drill_and_said(program: Program, card: Any) -> None:
    path = card.table.items[0].path / "clinical.db"
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)
    dialog = try_newest(program, card, PASSPHRASE)
    assert "is damaged or was changed" in dialog.banner.accessibleName()
    program.key(Qt.Key.Key_Escape)
    program.settle()
    assert "None was tried" in card.tried.text()


def test_a_second_place_is_typed_used_and_given_up(
    program: Program, card: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from anifro_desktop.workflows import backups

    stick = tmp_path / "second"
    stick.mkdir()
    program.type(card.path, str(stick))
    program.key(Qt.Key.Key_Return)
    program.settle()
    assert str(stick) in card.second.text()
    assert "same disk as the data" in card.second.text()
    monkeypatch.setattr(backups, "same_disk", lambda *_: False)
    back_up(program, card)
    assert "same disk" not in card.second.text()
    assert "on this computer and in the second place" in card.newest.text()
    assert [one.whole for one in listed(stick)] == [True]
    program.click(card.none_button)
    program.settle()
    assert "no second copy" in card.second.text()
    assert not card.none_button.isVisible()


def test_a_stick_that_is_gone_spoils_no_backup_and_is_said(
    program: Program, card: Any, tmp_path: Path
) -> None:
    stick = tmp_path / "second"
    stick.mkdir()
    program.type(card.path, str(stick))
    program.click(card.use_button)
    program.settle()
    shutil.rmtree(stick)
    before = made(program)[0].path
    back_up(program, card)
    assert "There is no second copy of it" in card.banner.accessibleName()
    assert "folder for the backups is not there" in card.banner.accessibleName()
    assert made(program)[0].path != before


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Write the folder"), ("nowhere", "is not there"), ("site/log", "lies in the data folder")],
)
def test_a_folder_that_cannot_be_used_is_refused_in_words(
    program: Program, card: Any, tmp_path: Path, typed: str, said: str
) -> None:
    (tmp_path / "site" / "log").mkdir(exist_ok=True)
    program.type(card.path, str(tmp_path / typed) if typed else "")
    program.key(Qt.Key.Key_Return)
    program.settle()
    assert said in card.banner.accessibleName()
    assert card.path.text() == (str(tmp_path / typed) if typed else "")
    assert "no second copy" in card.second.text()


def test_a_full_disk_is_said_where_it_is_seen_and_another_try_is_possible(
    program: Program, card: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from anifro_desktop import files

    monkeypatch.setattr(files, "free_bytes", lambda _: 10 << 20)
    with program.bot.waitSignal(program.window.backup.refused, timeout=PATIENCE):
        program.click(card.make_button)
    program.settle()
    assert "200 MB" in program.page.banner.accessibleName()
    assert program.page.banner.isVisible()
    assert card.make_button.isEnabled()
    assert not card.during.isVisible()


def test_a_backup_asked_for_goes_on_when_the_page_is_left(program: Program, card: Any) -> None:
    before = made(program)[0].path
    with program.bot.waitSignal(program.window.backup.made, timeout=PATIENCE):
        program.click(card.make_button)
        program.shell.show_place("today")
    program.settle()
    assert settings(program).table.items[0].path != before


def test_who_sees_no_names_makes_and_tries_none_and_who_is_no_administrator_chooses_no_place(
    program: Program,
) -> None:
    add_beforehand(program, Person("U02", "Marco Inventato", ("monitor",)))
    add_beforehand(program, Person("U03", "Nadia Finta", ("data_entry",)))
    unlock_as(program, "U02", GIVEN)
    program.until(lambda: program.shell is not None and program.shell.page is not None)
    monitored = settings(program)
    assert "holds the patients' names" in words(monitored)
    for part in (monitored.make_button, monitored.try_button, monitored.path, monitored.use_button):
        assert not part.isVisible()
    program.window.lock()
    program.until(lambda: program.window.shell is None)
    unlock_as(program, "U03", GIVEN)
    program.until(lambda: program.shell is not None and program.shell.page is not None)
    entered = settings(program)
    assert entered.make_button.isVisible()
    assert not entered.path.isVisible()
    assert "holds the patients' names" not in words(entered)


def test_everything_is_reached_by_tab_alone(program: Program, card: Any) -> None:
    card.make_button.setFocus()
    reached = []
    for _ in range(6):
        reached.append(QApplication.focusWidget())
        program.key(Qt.Key.Key_Tab)
    assert reached == [
        card.make_button,
        card.try_button,
        card.path,
        card.use_button,
        card.choose_button,
        card.table,
    ]


# What today asks an administrator


def today(program: Program) -> Any:
    program.shell.show_place("today")
    program.settle()
    return program.page.backups


def test_today_asks_an_administrator_for_a_second_place_and_for_the_trial_of_the_month(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Site, "practice", False)
    monkeypatch.setattr(backups, "DRILL", timedelta(0))  # each moment is a month after the one before
    program.unlock()
    stick = tmp_path / "second"
    stick.mkdir()
    assert titles(today(program)) == ["Choose a second place", "Try the newest backup"]
    program.click(program.page.backups.lines[0])
    program.until(lambda: type(program.page).__name__ == "SettingsPage")
    program.until(program.page.backup.path.hasFocus)
    program.type(program.page.backup.path, str(stick))
    program.key(Qt.Key.Key_Return)
    program.settle()
    assert titles(today(program)) == ["Try the newest backup"]
    program.click(program.page.backups.lines[0])
    program.until(lambda: type(program.page).__name__ == "SettingsPage")
    card = program.page.backup
    program.until(card.try_button.hasFocus)
    try_newest(program, card, PASSPHRASE)
    monkeypatch.undo()
    monkeypatch.setattr(Site, "practice", False)
    assert not today(program).isVisible()


def test_a_site_for_practice_is_not_asked(program: Program) -> None:
    program.unlock()
    assert not today(program).isVisible()


def titles(asked: Any) -> list[str]:
    return [line.accessibleName().split(".")[0] for line in asked.lines]
