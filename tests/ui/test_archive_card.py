"""The site's archive from the settings, by keys and clicks: written, stopped, refused in words, checked."""

from __future__ import annotations

import errno
import os
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from people_parts import GIVEN, add_beforehand, unlock_as, words
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shell_driver import PATIENCE, Program

from anifro_desktop.workflows.archive import shelf
from anifro_desktop.workflows.facts import Person

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def settings(program: Program) -> Any:
    """The card, in sight."""
    program.shell.show_place("settings")
    program.until(lambda: type(program.page).__name__ == "SettingsPage" and not program.window.backup.busy)
    program.settle()
    card = program.page.archive
    program.page.scroller.ensureWidgetVisible(card)
    return card


@pytest.fixture
def card(program: Program) -> Any:
    program.unlock()
    return settings(program)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder


@pytest.fixture
def surnames(program: Program, card: Any) -> list[str]:
    """Of the patients of the practice site."""
    return [one.surname for one in program.shell.desk.site.names.values()]


def ask(program: Program, card: Any, folder: Path | str) -> Any:
    """Type the folder and Enter: the dialog that writes."""
    card.path.clear()
    program.type(card.path, str(folder))
    program.key(Qt.Key.Key_Return)
    program.settle()
    return card.dialog


def write(program: Program, card: Any, folder: Path) -> Any:
    """Write it and wait for the end."""
    dialog = ask(program, card, folder)
    program.bot.waitUntil(dialog.isActiveWindow)
    program.click(dialog.go)
    assert dialog.busy
    assert dialog.progress.isVisible()
    program.settle()
    return dialog


def text(folder: Path) -> str:
    """All that is text in an archive."""
    return "".join(
        path.read_text("utf-8") for path in folder.rglob("*") if path.is_file() and path.suffix != ".pdf"
    )


def archives(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_an_archive_is_written_without_names_and_said_in_words(
    program: Program, card: Any, stick: Path, surnames: list[str]
) -> None:
    write(program, card, stick)
    said = card.banner.accessibleName()
    assert card.banner.isVisible()
    assert "7 patients" in said
    (made,) = archives(stick)
    assert made.name in said
    assert str(stick) in said
    assert "verify_archive.py" in said
    assert "real dates" in said
    assert sha256((made / "SHA256SUMS").read_bytes()).hexdigest() in said.replace(
        " ", ""
    )  # to be noted on paper
    assert surnames
    assert not any(name in text(made) for name in surnames)
    assert card.path.text() == str(stick)


def test_names_are_put_in_only_with_a_reason(
    program: Program, card: Any, stick: Path, surnames: list[str]
) -> None:
    dialog = ask(program, card, stick)
    program.bot.waitUntil(dialog.isActiveWindow)
    dialog.names.boxes[0].setFocus()
    program.key(Qt.Key.Key_Space)
    assert dialog.reason.isVisible()
    program.click(dialog.go)
    assert "reason" in dialog.reason.problem.text()
    assert archives(stick) == []
    program.type(dialog.reason.edit, "close-out of the site")
    program.key(Qt.Key.Key_Return)
    program.settle()
    (made,) = archives(stick)
    assert all(name in (made / "identities.json").read_text("utf-8") for name in surnames)
    assert "names" in card.banner.accessibleName()


def test_it_is_stopped_and_leaves_nothing(program: Program, card: Any, stick: Path) -> None:
    dialog = ask(program, card, stick)
    program.bot.waitUntil(dialog.isActiveWindow)
    program.click(dialog.go)
    program.bot.waitUntil(lambda: dialog.progress.value() >= 1, timeout=PATIENCE)
    program.key(Qt.Key.Key_Space)  # the focus is on the button that stops
    program.until(dialog.banner.isVisible)
    assert "stopped" in dialog.banner.accessibleName()
    assert archives(stick) == []
    program.until(dialog.go.isEnabled)
    program.key(Qt.Key.Key_Escape)
    program.settle()
    assert not card.banner.isVisible()


def test_escape_before_it_begins_writes_nothing(program: Program, card: Any, stick: Path) -> None:
    dialog = ask(program, card, stick)
    program.bot.waitUntil(dialog.isActiveWindow)
    program.key(Qt.Key.Key_Escape)
    program.settle()
    assert archives(stick) == []


class _FullAfter:
    """The system's calls for the archive's own files, on a disk that is full after some of them."""

    def __init__(self, error: int) -> None:
        self._left, self._error = 5, error

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def fsync(self, descriptor: int) -> None:
        self._left -= 1
        if self._left < 0:
            raise OSError(self._error, os.strerror(self._error))


@pytest.mark.parametrize(
    ("error", "said"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "may be written to"), (errno.ENODEV, "not there")],
)
def test_a_place_that_is_full_read_only_or_pulled_out_is_said_in_one_sentence(
    program: Program, card: Any, stick: Path, monkeypatch: pytest.MonkeyPatch, error: int, said: str
) -> None:
    monkeypatch.setattr(shelf, "os", _FullAfter(error))
    dialog = write(program, card, stick)
    assert said in dialog.banner.accessibleName()
    assert archives(stick) == []


def test_after_a_full_disk_the_same_dialog_writes_and_nothing_of_the_same_moment_is_written_over(
    program: Program, card: Any, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "os", _FullAfter(errno.ENOSPC))
    dialog = write(program, card, stick)
    monkeypatch.undo()
    program.click(dialog.go)
    program.settle()
    (made,) = archives(stick)
    before = (made / "SHA256SUMS").read_bytes()
    dialog = write(program, card, stick)  # the clock stands still here
    assert "already" in dialog.banner.accessibleName()
    assert (made / "SHA256SUMS").read_bytes() == before
    assert archives(stick) == [made]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write the folder"),
        ("nowhere", "is not there"),
        ("site/log", "inside the data folder"),
        ("Dropbox", "cloud"),
    ],
)
def test_a_folder_that_cannot_be_used_is_refused_before_anything_is_asked(
    program: Program, card: Any, tmp_path: Path, typed: str, said: str
) -> None:
    (tmp_path / "site" / "log").mkdir(exist_ok=True)
    (tmp_path / "Dropbox").mkdir()
    ask(program, card, tmp_path / typed if typed else "")
    assert card.dialog is None
    assert said in card.banner.accessibleName()


def test_an_archive_is_checked_and_what_was_touched_is_named(
    program: Program, card: Any, stick: Path
) -> None:
    write(program, card, stick)
    (made,) = archives(stick)
    check(program, card, made)
    said = card.banner.accessibleName()
    assert "whole" in said
    assert "23/11/2026" in said, "the trail tells of this very archive"
    path = made / "trail.jsonl"
    path.write_text(path.read_text("utf-8").replace('"user":"U01"', '"user":"U07"', 1), "utf-8")
    check(program, card, made)
    said = card.banner.accessibleName()
    assert "not as it was written" in said
    assert "trail.jsonl" in said


@pytest.mark.parametrize("typed", ["", "usb", "nowhere"])
def test_what_is_no_archive_is_said_so(program: Program, card: Any, tmp_path: Path, typed: str) -> None:
    (tmp_path / "usb").mkdir()
    (tmp_path / "usb" / "SHA256SUMS").write_text("nonsense\n")
    check(program, card, tmp_path / typed if typed else Path())
    said = card.banner.accessibleName()
    assert ("Write the folder" if not typed else "no archive") in said
    assert "Traceback" not in said


def check(program: Program, card: Any, folder: Path) -> None:
    card.path.clear()
    if folder.parts:
        program.type(card.path, str(folder))
    program.click(card.check_button)
    program.bot.waitUntil(lambda: not card.during.isVisible() and card.banner.isVisible(), timeout=PATIENCE)
    program.settle()


def test_who_may_not_sees_why_and_can_still_check(program: Program) -> None:
    add_beforehand(program, Person("U02", "Nadia Finta", ("data_entry",)))
    unlock_as(program, "U02", GIVEN)
    program.until(lambda: program.shell is not None and program.shell.page is not None)
    card = settings(program)
    assert "An investigator or a site administrator" in words(card)
    assert not card.write_button.isVisible()
    assert card.check_button.isVisible()


def test_everything_is_reached_by_tab_alone(program: Program, card: Any) -> None:
    card.path.setFocus()
    reached = []
    for _ in range(4):
        reached.append(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert reached == [card.path, card.choose_button, card.write_button, card.check_button]
