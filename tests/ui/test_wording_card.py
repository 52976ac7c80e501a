"""The licensed wording in the settings: loaded from a file, its faults, taken away. All texts are made up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from shell_driver import TODAY, Program

from anifro_desktop.workflows import patients

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
GOOD = '[facit_1]\nlabel = { it = "Frase di prova", en = "Sample sentence" }\n'
BAD = '[facit_1]\nlabel = { it = "Frase" }\noptions.9 = { it = "x" }\n[phga]\nlabel = { it = "x" }\n'


@pytest.fixture
def card(program: Program) -> Any:
    """The card in the settings of an unlocked site."""
    program.unlock()
    program.shell.show_place("settings")
    program.until(lambda: type(program.page).__name__ == "SettingsPage")
    found = program.page.wording
    found.program = program
    return found


def load(card: Any, text: str, name: str = "texts.toml") -> None:
    """Type the path of a file that holds this, and Enter."""
    path: Path = card.program.folder.parent / name
    path.write_text(text, encoding="utf-8")
    card.path.clear()
    card.program.type(card.path, str(path))
    card.program.key(Qt.Key.Key_Return)
    card.program.settle()


def test_wording_is_loaded_by_its_path_and_shown_from_then_on(card: Any) -> None:
    program = card.program
    assert card.state.text() == "No wording is loaded."
    assert not card.remove_button.isVisible()
    load(card, GOOD)
    assert card.state.text() == "Loaded: FACIT-Fatigue (1 question)."
    assert "shown from now on" in card.banner.accessibleName()
    row = next(one for one in patients.patients(program.shell.desk.site) if one.status == "enrolled")
    program.shell.open_visit(row.subject, "unscheduled", TODAY)
    program.until(lambda: type(program.page).__name__ == "VisitPage")
    program.page.go_to_field("facit_1")
    assert QApplication.focusWidget().accessibleName() == "FACIT-Fatigue, item 1: Sample sentence"


def test_all_faults_are_listed_and_nothing_is_loaded(card: Any) -> None:
    load(card, GOOD)
    load(card, BAD, "bad.toml")
    dialog = QApplication.activeModalWidget()
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert 'facit_1: "9" is no answer of this question (0–4)' in said
    assert "phga: this is not a question that the patient fills" in said
    dialog.reject()
    card.refresh()
    card.program.settle()
    assert card.state.text() == "Loaded: FACIT-Fatigue (1 question)."


def test_a_file_that_is_not_there_is_told_at_the_card(card: Any) -> None:
    card.program.click(card.load_button)
    assert "Write where the file is" in card.banner.accessibleName()
    card.program.type(card.path, str(card.program.folder / "nowhere.toml"))
    card.program.click(card.load_button)
    card.program.settle()
    assert "cannot be read" in card.banner.accessibleName()


def test_wording_is_taken_away_after_asking(card: Any) -> None:
    load(card, GOOD)
    card.program.click(card.remove_button)
    dialog = QApplication.activeModalWidget()
    assert "No answer changes" in dialog.accessibleDescription()
    card.program.until(lambda: dialog.isAncestorOf(QApplication.focusWidget()))
    card.program.bot.keyClick(dialog, Qt.Key.Key_Return)
    card.program.until(lambda: card.state.text() == "No wording is loaded.")
    assert not card.remove_button.isVisible()
    assert not card.program.shell.desk.site.wording.questions
