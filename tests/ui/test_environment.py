"""What the machine does to the data, in the window: checks behind the work, a clock that jumps, a second instance, a
place or a library that is not safe. One sentence each, in both languages, and nothing lost.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from shell_driver import Program

from anifro_desktop.errors import Refusal
from anifro_desktop.store import engine, instance
from anifro_desktop.store.errors import OldSqlite, OtherInstance, UnsafeFolder
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.workflows import checking

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def inside(program: Program) -> Program:
    program.unlock()
    program.site = program.window.shell.desk.site
    return program


def test_the_weekly_check_runs_behind_the_work_and_says_what_it_found(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "due", lambda _site: True)
    with program.bot.waitSignal(program.window.weekly.done, timeout=20_000) as done:
        program.unlock()
    assert done.args == [[]]
    site = program.window.shell.desk.site
    assert site.clinical.audit_entries(table="act", field=checking.ACT)
    program.window.weekly.done.emit([checking.Finding("trail_gap", "", {"name": "clinical.db", "seq": 3})])
    assert "check behind the work found something wrong (1)" in program.page.banner.accessibleName()


def test_a_clock_that_jumped_is_said_once_and_stays_in_the_line_at_the_foot(inside: Program) -> None:
    assert not inside.shell.status.clock.isVisible()
    clock, watch = inside.site.clock, inside.site.clinical._watch
    watch._last = clock.now().replace(year=2027)
    inside.site.clinical.log("send", "x")
    inside.shell.desk.changed.emit()
    assert "clock went back" in inside.page.banner.accessibleName()
    assert inside.shell.status.clock.isVisible()
    inside.page.banner.hide()
    inside.shell.desk.changed.emit()
    assert not inside.page.banner.isVisible()


def test_a_second_window_on_the_same_folder_is_told_in_one_sentence(
    inside: Program, qtbot: Any, translations: Any, tmp_path: Path
) -> None:
    second = Program(qtbot, inside.folder, translations)
    second.type(second.front.passphrase.edit, PASSPHRASE)
    second.key(Qt.Key.Key_Return)
    second.until(lambda: "already open" in _said(second))
    second.close()


@pytest.mark.parametrize(
    ("refusal", "italian", "english"),
    [
        (OtherInstance(), "già aperto", "already open"),
        (UnsafeFolder("cloud", "OneDrive"), "servizio cloud", "cloud"),
        (UnsafeFolder("network", "cifs"), "disco di rete", "network"),
        (OldSqlite("3.40.0"), "3.40.0", "too old"),
    ],
)
def test_each_is_one_sentence_in_both_languages(
    translations: Any, refusal: Refusal, italian: str, english: str
) -> None:
    said = {}
    for language, word in (("it", italian), ("en", english)):
        translations.use(language)
        said[language] = sentence(refusal)
        assert word in said[language]
        assert said[language].endswith(".")
        assert "{" not in said[language]
    assert said["it"] != said["en"]


def _cloud(program: Program, _patch: pytest.MonkeyPatch) -> Path:
    moved = program.folder.parent / "OneDrive - Ospedale" / "site"
    shutil.copytree(program.folder, moved)
    return moved


def _network(program: Program, patch: pytest.MonkeyPatch) -> Path:
    patch.setattr(instance, "_network", lambda _path: "nfs")
    return program.folder


def _old(program: Program, patch: pytest.MonkeyPatch) -> Path:
    patch.setattr(engine, "LEAST_SQLITE", (99, 0, 0))
    return program.folder


@pytest.mark.parametrize(("make", "word"), [(_cloud, "cloud"), (_network, "network"), (_old, "too old")])
def test_a_place_or_a_library_that_is_not_safe_opens_nothing_and_says_so(
    program: Program,
    qtbot: Any,
    translations: Any,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[Program, pytest.MonkeyPatch], Path],
    word: str,
) -> None:
    folder = make(program, monkeypatch)
    before = (folder / "clinical.db").read_bytes()
    there = Program(qtbot, folder, translations)
    there.type(there.front.passphrase.edit, PASSPHRASE)
    there.key(Qt.Key.Key_Return)
    there.until(lambda: word in _said(there))
    assert there.window.shell is None
    assert (folder / "clinical.db").read_bytes() == before
    there.close()


def _said(program: Program) -> str:
    return " ".join(label.text() for label in program.window.findChildren(QLabel) if label.isVisible())
