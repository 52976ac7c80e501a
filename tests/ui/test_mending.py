"""Mistakes of people: a record that should not be there, one of another patient, a person enrolled twice."""

from __future__ import annotations

from typing import Any

import pytest
from patient_parts import enrolled, on, on_patient, open_page, save, shown
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from shell_driver import TODAY, Program

from anifro_desktop.ui.rows import Rows
from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.workflows import events, patients, visits, voided

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def inside(program: Program) -> Program:
    program.unlock()
    program.until(lambda: program.page.table.items)
    program.site = program.shell.desk.site
    return program


@pytest.fixture
def subject(inside: Program) -> str:
    return enrolled(inside.site)


def adverse_event(site: Any, subject: str) -> str:
    """An adverse event in draft; its key."""
    opened = events.open_event(site, subject, "adverse_event")
    opened.session.set_text("ae_verbatim", "cefalea")
    save(site, opened)
    return opened.key


def open_mistake(program: Program, subject: str, key: str) -> Any:
    """The page on which a record is declared a mistake, by the menu of the record."""
    program.shell.open_visit(subject, key)
    program.until(lambda: type(program.page).__name__ == "VisitPage" and program.page.visit.key == key)
    choose_act(program.page.view.menu, "Entered by mistake")
    on(program, "MistakePage")
    program.settle()
    return program.page


def choose_act(menu: QMenu, words: str) -> None:
    next(one for one in menu.actions() if one.text().startswith(words)).trigger()


def confirm(page: Any, reason: int = 0, passphrase: str = PASSPHRASE) -> None:
    page.card.reasons.segments[reason].click()
    if page.card.signer.code is not None:
        page.card.signer.code.edit.setText("U01")
    page.card.passphrase.edit.setText(passphrase)
    page.card.act.click()


def test_a_record_declared_a_mistake_leaves_the_lists_and_can_be_read(inside: Program, subject: str) -> None:
    key = adverse_event(inside.site, subject)
    page = open_mistake(inside, subject, key)
    assert not page.card.act.isEnabled()
    inside.key(Qt.Key.Key_Space)
    assert page.card.outcome.text().startswith(f"Adverse event 1 of {subject} is declared a mistake.")
    confirm(page, reason=2)
    on_patient(inside)
    assert "Adverse event 1 was declared a mistake" in inside.page.banner.accessibleName()
    assert inside.page.events.items == ()
    choose_act(inside.page.menu, "What was entered by mistake…")
    inside.until(lambda: QApplication.activeModalWidget() is not None)
    table = QApplication.activeModalWidget().findChild(Rows)
    assert "Never happened" in shown(table)
    inside.bot.keyClick(table, Qt.Key.Key_Return)
    on(inside, "VisitPage")
    assert inside.page.visit.session.answers["ae_verbatim"] == "cefalea"
    assert inside.page.view.binding.read_only
    assert inside.page.view.header.badge.text == "Entered by mistake"
    assert not inside.page.view.header.review_button.isVisible()


def test_a_wrong_passphrase_changes_nothing_and_is_said_at_the_field(inside: Program, subject: str) -> None:
    key = adverse_event(inside.site, subject)
    page = open_mistake(inside, subject, key)
    page.choice.segments[0].click()
    confirm(page, passphrase="not this one at all")
    inside.until(page.card.passphrase.problem.isVisible)
    assert page.card.act.isEnabled()
    assert [row.key for row in events.events(inside.site, subject)] == [key]
    inside.click(page.card.back)
    on(inside, "VisitPage")
    assert inside.page.visit.key == key


def test_what_is_missing_is_asked_for_before_anything_is_done(inside: Program, subject: str) -> None:
    page = open_mistake(inside, subject, adverse_event(inside.site, subject))
    page.choice.segments[0].click()
    page.card.act.click()
    assert "Choose why" in page.card.banner.accessibleName()
    page.card.reasons.segments[3].click()
    page.card.act.click()
    assert "words" in page.card._told.problem.text()
    page.card.words.setText("doppio clic")
    page.card.act.click()
    assert page.card.passphrase.problem.isVisible()
    assert not inside.tasks.busy


def test_a_visit_goes_to_the_patient_it_belongs_to_as_a_draft(inside: Program, subject: str) -> None:
    other = enrolled(inside.site, "Altra-Sintetica")
    opened = visits.open_visit(inside.site, subject, "unscheduled", TODAY)
    opened.session.set_text("temperature_c", "36.9")
    save(inside.site, opened)
    page = open_mistake(inside, subject, "u01")
    page.choice.segments[1].click()
    assert page.picker.row is None
    assert not page.card.act.isEnabled()
    inside.type(page.picker.search, "altra")
    assert page.picker.row.subject == other
    assert page.card.act.text() == f"Move to {other}"
    assert f"go from {subject} to {other}" in page.card.outcome.text()
    confirm(page)
    inside.until(lambda: type(inside.page).__name__ == "VisitPage" and inside.page.visit.subject == other)
    assert inside.page.visit.key == "u01"
    assert str(inside.page.visit.session.answers["temperature_c"]) == "36.9"
    assert f"was moved here from {subject}" in inside.page.banner.accessibleName()
    inside.click(inside.page.view.header.back_button)
    assert on_patient(inside).subject == other
    assert [one.was for one in voided.voided(inside.site, subject)] == ["u01"]


def test_a_refusal_is_said_in_words_and_leaves_all_as_it_was(inside: Program, subject: str) -> None:
    other = enrolled(inside.site, "Altra-Sintetica")
    page = open_mistake(inside, subject, "baseline")
    page.choice.segments[1].click()
    inside.type(page.picker.search, other)
    confirm(page)
    inside.until(page.card.banner.isVisible)
    assert "already has this visit" in page.card.banner.accessibleName()
    assert voided.voided(inside.site, subject) == []


def test_two_codes_of_one_person_are_joined_after_saying_what_moves(inside: Program, subject: str) -> None:
    second = enrolled(inside.site)
    key = adverse_event(inside.site, second)
    assert key == "ae-001"
    page = open_page(inside, subject)
    choose_act(page.menu, "This person was enrolled twice…")
    on(inside, "TwicePage")
    inside.until(lambda: inside.page.picker.row is not None)
    page = inside.page
    assert page.picker.row.subject == second
    assert not page.card.act.isEnabled()
    page.choice.segments[0].click()
    inside.until(page.card.act.isEnabled)
    said = page.card.outcome.text()
    assert f"To {subject} go, as drafts to look through and sign: Adverse event 1." in said
    assert "Both have: Baseline." in said
    assert f"{second} is closed" in said
    page.card.signer.code.edit.setText("U01")
    page.card.passphrase.edit.setText(PASSPHRASE)
    page.card.act.click()
    assert on_patient(inside).subject == subject
    assert second in inside.page.banner.accessibleName()
    assert [row.key for row in inside.page.events.items] == ["ae-001"]
    row = next(one for one in patients.patients(inside.site) if one.subject == second)
    assert (row.status, row.goes_on_as) == ("joined", subject)
    page = open_page(inside, second)
    assert f"goes on as {subject}" in page.banner.accessibleName()
    assert not page.add_event.isEnabled()
