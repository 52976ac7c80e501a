"""A patient moves between two computers in the window, by keys and clicks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from patient_parts import enrolled, on, open_page
from people_parts import words
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shell_driver import CLOCK, Program

from anifro_desktop.store.vault import FLOOR
from anifro_desktop.sync.keyset import read_card
from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.workflows import site, transfer
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.model import Setup
from anifro_desktop.workflows.site import Site

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
_KEY = Qt.Key


def at(folder: Path, act: Callable[[Site], Any]) -> Any:
    """Do something at a computer that nobody uses just then."""
    opened = site.unlock(folder, "U01", PASSPHRASE, CLOCK)
    try:
        return act(opened)
    finally:
        opened.close()


@pytest.fixture
def other(program: Program, tmp_path: Path) -> Path:
    """A second computer of the same study, without patients."""
    folder = tmp_path / "other"
    keyset, mark = at(program.folder, lambda one: (one.clinical.centre_keyset(), one.keyset().fingerprint))
    person = Person("U01", "Dr. Altra Prova", ("investigator", "site_admin"))
    setup = Setup("P08", "Un altro centro", person, PASSPHRASE, keyset, mark, True)
    site.create_site(folder, setup, CLOCK, cost=FLOOR)
    return folder


@pytest.fixture
def subject(program: Program) -> str:
    return str(at(program.folder, enrolled))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "between"
    folder.mkdir()
    return folder


def card_of(folder: Path) -> tuple[Path, str]:
    (file,) = folder.glob("card-*.anfk")
    return file, read_card(file.read_bytes()).fingerprint


def give_page(program: Program, subject: str) -> Any:
    """By the menu of the patient's page."""
    page = open_page(program, subject)
    move = next(act for act in page.menu.actions() if act.text() == "Move to another computer…")
    move.trigger()
    on(program, "GivePage")
    program.settle()
    return program.page


def fill_in(program: Program, *fields: tuple[Any, object]) -> None:
    for edit, text in fields:
        edit.clear()
        program.type(edit, str(text))


def hand_over(program: Program, page: Any, other: Path, stick: Path, mark: str = "") -> None:
    file, own = card_of(other)
    fill_in(
        program,
        (page.card_file.edit, file),
        (page.mark.edit, mark or own),
        (page.folder.edit, stick),
        (page.passphrase.edit, PASSPHRASE),
    )
    program.key(_KEY.Key_Return)
    program.settle()


def test_handed_over_read_only_and_taken_back(
    program: Program, subject: str, other: Path, stick: Path
) -> None:
    program.unlock()
    page = give_page(program, subject)
    assert "never by way of Pisa" in words(page)
    hand_over(program, page, other, stick)
    assert "Handed over to P08/" in page.banner.accessibleName()
    assert len(list(stick.glob("*.anfb"))) == 1
    program.click(page.back)
    on(program, "PatientPage")
    program.settle()
    assert "goes on at P08/" in program.page.banner.accessibleName()
    assert not program.page.new_visit.isEnabled()
    assert not program.page.add_event.isEnabled()
    page = give_page(program, subject)
    assert not page.give.isVisible()
    fill_in(program, (page.reason.edit, "the stick was lost"), (page.turn_passphrase.edit, PASSPHRASE))
    program.key(_KEY.Key_Return)
    program.settle()
    assert page.give.isVisible()
    assert program.shell.desk.site.clinical.subject(subject).status == "enrolled"


def test_a_wrong_fingerprint_hands_nothing_over(
    program: Program, subject: str, other: Path, stick: Path
) -> None:
    program.unlock()
    page = give_page(program, subject)
    hand_over(program, page, other, stick, mark="AAAAA-AAAAA-AAAAA-AAAAA-AAAAA")
    assert "fingerprint" in page.refused.accessibleName()
    assert list(stick.iterdir()) == []
    assert page.card_file.text  # nothing typed is lost


def test_a_visit_of_a_patient_who_moved_is_only_read(
    program: Program, subject: str, other: Path, stick: Path
) -> None:
    card, mark = card_of(other)
    at(
        program.folder,
        lambda one: transfer.hand_over(one, subject, card.read_bytes(), mark, stick, PASSPHRASE),
    )
    program.unlock()
    program.shell.open_visit(subject, "baseline")
    on(program, "VisitPage")
    program.settle()
    assert program.page.visit.state == "moved"
    assert not [
        one
        for one in program.page.findChildren(type(program.page.banner))
        if "cannot" in one.accessibleName()
    ]


def test_a_patient_is_looked_at_and_taken_over(program: Program, other: Path, stick: Path) -> None:
    subject = at(other, lambda one: enrolled(one, "Forestiera"))
    card, mark = card_of(program.folder)
    made = at(other, lambda one: transfer.hand_over(one, subject, card.read_bytes(), mark, stick, PASSPHRASE))
    program.unlock()
    program.key(_KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    program.until(lambda: program.shell.commands.finder is not None)
    finder = program.shell.commands.finder
    program.bot.waitUntil(finder.isActiveWindow)
    QTest.keyClicks(finder.line, "take a patient")
    program.key(_KEY.Key_Return)
    on(program, "TakePage")
    program.window.activateWindow()
    program.bot.waitUntil(program.window.isActiveWindow)
    page = program.page
    assert not page.comes_card.isVisible()
    fill_in(program, (page.file.edit, stick / made.name), (page.mark.edit, "AAAAA"))
    program.key(_KEY.Key_Return)
    program.settle()
    assert "fingerprint" in page.refused.accessibleName()
    fill_in(program, (page.mark.edit, made.fingerprint))
    program.key(_KEY.Key_Return)
    program.settle()
    assert page.comes_card.isVisible()
    assert subject in page.who.text()
    assert "Forestiera" in page.who.text()
    assert subject not in {row.code for row in program.shell.desk.site.clinical.subjects()}
    program.type(page.passphrase.edit, PASSPHRASE)
    program.key(_KEY.Key_Return)
    on(program, "PatientPage")
    program.settle()
    assert program.page.subject == subject
    assert program.page.new_visit.isEnabled()
    assert QApplication.focusWidget() is not None
