"""Putting a backup back before a site is open: from the first run, the unlock page and where a site is damaged."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from people_parts import GIVEN, OWN, add_beforehand, in_sight, left_of, words
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shell_driver import CLOCK, Program

from anifro_desktop.ui import theme
from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.workflows import backups, people
from anifro_desktop.workflows.site import unlock

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def back_up(folder: Path, stick: Path) -> Path:
    """A backup of a site, made elsewhere."""
    stick.mkdir(exist_ok=True)
    opened = unlock(folder, "U01", PASSPHRASE, CLOCK)
    try:
        return backups.make(opened, stick).path
    finally:
        opened.close()


@pytest.fixture(scope="module")
def kept(practice_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A stick with one backup of the practice site, and the rows of the recovery sheet of then."""
    home = tmp_path_factory.mktemp("kept")
    shutil.copytree(practice_folder / "site", home / "site")
    opened = unlock(home / "site", "U01", PASSPHRASE, CLOCK)
    rows = [" ".join(row) for row in people.make_sheet(opened).rows]
    opened.close()
    return back_up(home / "site", home / "stick").parent, rows


@pytest.fixture
def fresh(qtbot, tmp_path: Path, translations) -> Iterator[Program]:
    """The window on a new computer."""
    running = Program(qtbot, tmp_path / "data", translations)
    yield running
    running.close()


def go_to_restore(program: Program, link: Any) -> Any:
    before = program.front
    program.bot.waitUntil(lambda: link.height() > 0)
    program.click(link)
    program.until(lambda: type(program.front).__name__ == "RestorePage" and not shiboken6.isValid(before))
    return program.front


def from_first_run(program: Program) -> Any:
    return go_to_restore(program, program.front.steps[0].restore)


def look_in(program: Program, page: Any, folder: Path) -> None:
    page.path.edit.clear()
    program.type(page.path.edit, str(folder))
    program.key(Qt.Key.Key_Return)
    program.settle()


def to_unlock(program: Program) -> None:
    program.click(program.front.on)
    program.until(lambda: type(program.front).__name__ == "UnlockPage")


def test_a_new_computer_gets_its_site_back_by_keys_alone(
    fresh: Program, kept: tuple[Path, list[str]]
) -> None:
    stick, _ = kept
    page = from_first_run(fresh)
    assert not page.button.isVisible()
    assert QApplication.focusWidget() is page.path.edit
    look_in(fresh, page, stick)
    assert "23/11/2026" in page.backup.currentText()
    assert page.person.currentData() == "U01"
    assert QApplication.focusWidget() is page.passphrase.edit
    fresh.bot.keyClicks(page.passphrase.edit, PASSPHRASE)
    fresh.key(Qt.Key.Key_Return)
    assert page.progress.isVisible()
    assert not page.back.isEnabled()
    fresh.until(lambda: not page.asking.isVisible())
    said = words(page)
    assert "data are those of 23/11/2026" in said
    assert "Sending begins anew (epoch " in said
    assert "Tell Pisa" in said
    assert "files of before" not in said
    assert page.passphrase.edit.text() == ""
    assert QApplication.focusWidget() is page.on
    fresh.key(Qt.Key.Key_Return)
    fresh.until(lambda: type(fresh.front).__name__ == "UnlockPage")
    fresh.unlock()
    assert fresh.page.table.items


def test_the_backup_itself_may_be_named_and_back_leads_to_the_first_run(
    fresh: Program, kept: tuple[Path, list[str]]
) -> None:
    stick, _ = kept
    page = from_first_run(fresh)
    look_in(fresh, page, next(stick.iterdir()))
    assert page.backup.count() == 1
    fresh.click(page.back)
    fresh.until(lambda: type(fresh.front).__name__ == "FirstRun")
    assert not (fresh.folder / "keyslots.json").exists()


def test_a_recovery_sheet_brings_back_a_site_whose_passphrases_are_lost(
    fresh: Program, kept: tuple[Path, list[str]]
) -> None:
    stick, rows = kept
    page = from_first_run(fresh)
    look_in(fresh, page, stick)
    page.means.segments[1].click()
    assert not page.passphrase.isVisible()
    page.sheet.fields[0].edit.setFocus()
    for row in (rows[0], rows[2], rows[1], rows[3]):
        fresh.bot.keyClicks(QApplication.focusWidget(), row.lower())
        fresh.key(Qt.Key.Key_Return)
    assert [field.problem.isVisible() for field in page.sheet.fields] == [False, True, True, False]
    for field, row in zip(page.sheet.fields, rows, strict=True):
        field.edit.clear()
        fresh.type(field.edit, row)
    fresh.key(Qt.Key.Key_Return)
    fresh.until(lambda: not page.asking.isVisible())
    assert "same recovery sheet" in words(page)
    to_unlock(fresh)
    unlock_page = fresh.front
    fresh.bot.waitUntil(lambda: unlock_page.forgot.height() > 0)
    fresh.click(unlock_page.forgot)
    fresh.until(lambda: type(fresh.front).__name__ == "RecoverPage")
    fields = [*fresh.front.sheet.fields, fresh.front.new.first, fresh.front.new.second]
    for field, text in zip(fields, [*rows, OWN, OWN], strict=True):
        fresh.type(field.edit, text)
    fresh.key(Qt.Key.Key_Return)
    fresh.until(lambda: type(fresh.front).__name__ == "UnlockPage")
    fresh.unlock(OWN)
    assert fresh.page.table.items


def test_refusals_are_said_and_leave_the_folder_empty(
    fresh: Program, kept: tuple[Path, list[str]], tmp_path: Path
) -> None:
    stick, _ = kept
    page = from_first_run(fresh)
    fresh.key(Qt.Key.Key_Return)
    assert "Write the folder" in page.path.problem.text()
    look_in(fresh, page, tmp_path)
    assert "no backup" in page.path.problem.text()
    assert not page.button.isVisible()
    look_in(fresh, page, stick)
    assert not page.path.problem.isVisible()
    fresh.click(page.button)
    assert "Type the passphrase" in page.passphrase.problem.text()
    fresh.type(page.passphrase.edit, "not this one at all")
    fresh.key(Qt.Key.Key_Return)
    fresh.until(page.banner.isVisible)
    assert "not right" in page.banner.accessibleName()
    assert page.button.isEnabled()
    assert not (fresh.folder / "keyslots.json").exists()


def test_a_damaged_backup_is_refused_and_a_whole_one_is_offered_first(
    fresh: Program, kept: tuple[Path, list[str]], tmp_path: Path
) -> None:
    stick, _ = kept
    shutil.copytree(stick, tmp_path / "stick")
    (whole,) = (tmp_path / "stick").iterdir()
    shorter = whole.with_name(whole.name.replace("20261123T", "20261124T"))
    shutil.copytree(whole, shorter)
    (shorter / "identity.db").write_bytes(b"")
    page = from_first_run(fresh)
    look_in(fresh, page, tmp_path / "stick")
    assert page.backup.count() == 2
    assert whole.name in page.backup.currentText()
    assert page.backup.itemText(1).endswith("damaged")
    page.backup.setFocus()
    page.backup.picked.emit("1")
    fresh.type(page.passphrase.edit, PASSPHRASE)
    fresh.key(Qt.Key.Key_Return)
    fresh.until(page.banner.isVisible)
    assert "damaged or was changed" in page.banner.accessibleName()
    page.backup.picked.emit("0")
    fresh.click(page.button)
    fresh.until(lambda: not page.asking.isVisible())


def test_from_the_unlock_page_the_site_of_now_is_kept_beside(program: Program) -> None:
    stick = program.folder.parent / "backups"
    back_up(program.folder, stick)
    add_beforehand(program)
    page = go_to_restore(program, program.front.restore)
    assert "files of now are kept" in words(page)
    look_in(program, page, stick)
    program.type(page.passphrase.edit, PASSPHRASE)
    program.key(Qt.Key.Key_Return)
    program.until(lambda: not page.asking.isVisible())
    assert "Nothing was deleted" in words(page)
    (aside,) = program.folder.glob("before-restore-*")
    assert aside.name in words(page)
    assert (aside / "clinical.db").is_file()
    to_unlock(program)
    assert [program.front.person.itemData(at) for at in range(program.front.person.count())] == ["U01"]


def test_it_can_be_stopped_and_begun_again(program: Program) -> None:
    stick = program.folder.parent / "backups"
    back_up(program.folder, stick)
    page = go_to_restore(program, program.front.restore)
    look_in(program, page, stick)
    assert not page.stop.isVisible()
    program.type(page.passphrase.edit, PASSPHRASE)
    program.key(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.stop
    program.key(Qt.Key.Key_Space)
    assert not page.stop.isEnabled()
    program.until(page.banner.isVisible)
    assert "Nothing was changed" in page.banner.accessibleName()
    assert not page.stop.isVisible()
    assert QApplication.focusWidget() is page.passphrase.edit
    assert not list(program.folder.glob("*restore*"))
    steps: list[tuple[int, int]] = []
    page.step.connect(lambda done, of: steps.append((done, of)))
    program.click(page.button)
    program.until(lambda: not page.asking.isVisible())
    assert steps[-1][0] == steps[-1][1] == page.progress.maximum()
    assert len(steps) > 3


def test_the_site_s_own_backups_are_listed_at_once_and_who_comes_back_is_said(program: Program) -> None:
    add_beforehand(program)
    opened = unlock(program.folder, "U01", PASSPHRASE, CLOCK)
    backups.make(opened)
    people.remove(opened, "U02", "left")
    opened.close()
    page = go_to_restore(program, program.front.restore)
    program.until(lambda: page.backup.count() == 1)
    assert QApplication.focusWidget() is page.path.edit
    program.type(page.passphrase.edit, PASSPHRASE)
    program.key(Qt.Key.Key_Return)
    program.until(lambda: not page.asking.isVisible())
    assert "may unlock again, as on that day: U02" in words(page)


def test_only_an_administrator_puts_one_back(program: Program) -> None:
    add_beforehand(program)
    stick = program.folder.parent / "backups"
    back_up(program.folder, stick)
    page = go_to_restore(program, program.front.restore)
    look_in(program, page, stick)
    assert [page.person.itemData(at) for at in range(page.person.count())] == ["U01"]
    program.type(page.passphrase.edit, GIVEN)
    program.key(Qt.Key.Key_Return)
    program.until(page.banner.isVisible)
    assert not list(program.folder.glob("before-restore-*"))


def test_a_damaged_key_file_leads_to_a_backup(program: Program) -> None:
    stick = program.folder.parent / "backups"
    back_up(program.folder, stick)
    for name in ("keyslots.json", "keyslots.json.bak"):
        (program.folder / name).write_bytes(b"{")
    program.window.show_start()
    assert type(program.front).__name__ == "TroublePage"
    page = go_to_restore(program, program.front.restore)
    look_in(program, page, stick)
    program.type(page.passphrase.edit, PASSPHRASE)
    program.key(Qt.Key.Key_Return)
    program.until(lambda: not page.asking.isVisible())
    to_unlock(program)
    program.unlock()
    assert program.page.table.items


def test_no_backup_is_offered_for_what_it_does_not_help(program: Program) -> None:
    program.window._show_trouble(PermissionError("no"))
    assert not program.front.restore.isVisible()


@pytest.mark.parametrize(("scale", "height"), [(1.0, 768), (2.0, 768), (2.0, 600)])
def test_the_main_button_is_in_sight_with_the_sheet_too(
    qapp, fresh: Program, kept: tuple[Path, list[str]], scale: float, height: int
) -> None:
    theme.apply(qapp, "light", scale)
    fresh.window.resize(1366, height)
    fresh.window.show_start()
    page = from_first_run(fresh)
    look_in(fresh, page, kept[0])
    page.means.segments[1].click()
    fresh.settle()
    assert in_sight(page.button)
    if scale == 1:
        assert all(in_sight(field) for field in page.sheet.fields)
    fresh.click(page.button)  # each row is wrong: the card is higher now
    fresh.settle()
    assert page.sheet.fields[3].problem.isVisible()
    assert in_sight(page.button)
    assert abs(left_of(page.button) - left_of(page.sheet)) <= theme.px(4), "the foot keeps to the card"
    fresh.until(lambda: in_sight(page.sheet.fields[0].edit))  # it has the focus
    for _ in range(3):
        fresh.key(Qt.Key.Key_Tab)
        assert in_sight(QApplication.focusWidget())
    assert QApplication.focusWidget() is page.sheet.fields[3].edit
    fresh.key(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.button
