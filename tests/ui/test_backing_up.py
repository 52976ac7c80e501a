"""The daily backup behind an open site: made without being asked for, in nobody's way, and said where it fails."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from shell_driver import Program

from anifro_desktop.store.manifest import listed
from anifro_desktop.ui.screens import practice
from anifro_desktop.workflows import backups
from anifro_desktop.workflows.site import unlock


@pytest.fixture(autouse=True)
def no_backup_yet(program: Program) -> None:
    """Takes away the one that the practice site comes with."""
    shutil.rmtree(program.folder / "backups")


def unlocked_and_backed_up(program: Program) -> None:
    with program.bot.waitSignal(program.window.backup.made, timeout=20_000):
        program.unlock()


def test_unlocking_makes_the_backup_of_the_day_and_not_a_second_one(program: Program) -> None:
    unlocked_and_backed_up(program)
    (made,) = listed(program.folder / "backups")
    assert made.whole
    assert made.manifest is not None
    assert made.manifest.why == "daily"
    program.window.lock()
    program.until(lambda: program.window.shell is None)
    program.unlock()
    program.settle()
    assert len(listed(program.folder / "backups")) == 1


def test_a_site_locked_meanwhile_is_locked_at_once_and_gets_its_backup_next_time(program: Program) -> None:
    program.type(program.front.passphrase.edit, practice.PASSPHRASE)
    program.key(Qt.Key.Key_Return)
    program.bot.waitUntil(lambda: program.window.shell is not None, timeout=20_000)
    program.window.lock()
    program.until(lambda: program.window.shell is None)
    unlocked_and_backed_up(program)
    assert len(listed(program.folder / "backups")) == 1


def test_a_second_place_that_is_not_there_is_said_on_the_page(program: Program, tmp_path: Path) -> None:
    stick = tmp_path / "backups"
    stick.mkdir()
    site = unlock(program.folder, "U01", practice.PASSPHRASE, program.window._clock)
    backups.set_second(site, stick)
    site.close()
    stick.rmdir()
    unlocked_and_backed_up(program)
    program.until(program.page.banner.isVisible)
    assert "folder for the backups is not there" in _texts(program)


def _texts(program: Program) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in program.page.banner.findChildren(QLabel))


def test_a_full_disk_is_said_and_work_goes_on(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    from anifro_desktop import files

    monkeypatch.setattr(files, "free_bytes", lambda _: 10 << 20)
    with program.bot.waitSignal(program.window.backup.refused, timeout=20_000):
        program.unlock()
    program.until(program.page.banner.isVisible)
    assert "200 MB" in _texts(program)
    assert listed(program.folder / "backups") == []
