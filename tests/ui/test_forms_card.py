"""A new version of the forms in the settings: what it changes is read before it is put into use."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from shell_driver import CLOCK, Program

from anifro_desktop.forms import library, loader
from anifro_desktop.store.amended import PackRow
from anifro_desktop.study.protocol import PROTOCOL
from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.ui.widgets import Button
from anifro_desktop.workflows import site

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NECK = """
[[section.field]]
id = "neck_cm"
type = "integer"
unit = "cm"
hard = { min = 20, max = 90 }
required = false
label = { it = "Collo", en = "Neck" }
help = { it = "Misurato in piedi.", en = "Measured standing." }
"""


def row(rules: dict[str, str] | None = None) -> PackRow:
    """A version with one more question."""
    texts = loader.texts_in(Path(library.__file__).parent / "definitions")
    texts["pack.toml"] = re.sub(
        r'^id = ".*"$', 'id = "2026.9"\npublished = 2026-11-01', texts["pack.toml"], flags=re.M
    )
    texts["vitals.toml"] += NECK
    known = loader.rules_here() | (rules or {})
    digest = loader.read(texts, protocol=PROTOCOL.digest(), rules=known).digest
    return PackRow(1, "2026.9", digest, "", PROTOCOL.digest(), known, texts)


def card(program: Program, kept: PackRow | None) -> Any:
    """The card in the settings of a site that received a version before."""
    if kept is not None:
        opened = site.unlock(program.folder, "U01", PASSPHRASE, CLOCK)
        opened.clinical.add_pack(kept)
        opened.close()
    program.unlock()
    program.shell.show_place("settings")
    program.until(lambda: type(program.page).__name__ == "SettingsPage")
    program.settle()
    return program.page.forms


def test_without_a_new_version_only_the_one_in_use_is_named(program: Program) -> None:
    found = card(program, None)
    assert "In use: 2026.1-draft" in found.state.text()
    assert not found.use_button.isVisible()
    assert not found.area.isVisible()


def test_what_it_changes_is_read_and_then_it_is_put_into_use(program: Program) -> None:
    found = card(program, row())
    assert "2026.9 has come from Pisa" in found.banner.accessibleName()
    note = program.shell.desk.site.definitions.pack.note.en
    assert f"{note.rstrip('.')}. New visits" in found.banner.accessibleName()
    assert found.changes.text() == "• Vital signs, new question: Neck"
    program.click(found.use_button)
    dialog = QApplication.activeModalWidget()
    assert "no way back" in dialog.findChildren(type(found.state))[-1].text()
    use = next(one for one in dialog.findChildren(Button) if one.text() == "Put it into use")
    program.click(use)
    program.until(lambda: "2026.9" in found.state.text())
    assert "in use from now on" in found.banner.accessibleName()
    assert "neck_cm" in program.shell.desk.site.definitions.fields
    assert not found.use_button.isVisible()


def test_one_that_needs_a_newer_program_waits_and_says_so(program: Program) -> None:
    found = card(program, row({"sledai2k": "99"}))
    assert "needs a newer version of the program" in found.banner.accessibleName()
    assert not found.use_button.isVisible()
