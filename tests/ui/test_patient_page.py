"""The page of a patient: the course with the cursor on what is next, events added and found by keys, the way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from patient_parts import DAY_0, add, enrolled, last_dose, on, on_patient, open_page, save, shown
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shell_driver import TODAY, Program

from anifro_desktop.workflows import events, patients, visits

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def inside(program: Program) -> Program:
    program.unlock()
    program.until(lambda: program.page.table.items)
    program.site = program.shell.desk.site
    return program


@pytest.fixture
def subject(inside: Program) -> str:
    """A patient without events, seen at baseline and not at month 6."""
    return enrolled(inside.site)


def test_the_list_leads_to_the_page_and_the_cursor_stands_on_what_is_next(inside: Program) -> None:
    row = next(one for one in patients.patients(inside.site) if one.due and one.due.state == "due")
    inside.key(Qt.Key.Key_2, ALT)
    inside.until(lambda: type(inside.page).__name__ == "PatientsPage" and inside.page.table.items)
    inside.bot.keyClicks(QApplication.focusWidget(), row.subject)
    inside.key(Qt.Key.Key_Down)
    inside.key(Qt.Key.Key_Return)
    on_patient(inside)
    assert inside.page.visits.hasFocus()
    assert inside.page.visits.item.key == row.due.visit
    inside.key(Qt.Key.Key_Return)
    inside.until(lambda: type(inside.page).__name__ == "NewVisitPage" and inside.page.open_button.hasFocus())
    assert inside.page.choice.chosen_key == row.due.visit


def test_the_page_says_who_and_how_the_visits_went(inside: Program) -> None:
    row = next(one for one in patients.patients(inside.site) if len(one.sledai) > 1)
    page = open_page(inside, row.subject)
    assert page.header.title.text() == row.subject
    assert row.name in page.header.line.text()
    assert "Enrolled" in page.header.line.text()
    said = shown(page.visits)
    assert said.startswith("Enrolment\n–\nSigned")
    assert f"Baseline\n{row.visits[0].date:%d/%m/%Y}\nSigned\n{row.sledai[0]:.0f}" in said


def test_a_gap_of_anifrolumab_is_said_until_it_is_accounted_for(inside: Program, subject: str) -> None:
    assert not open_page(inside, subject).gap.isVisible()
    last_dose(inside.site, subject, TODAY - timedelta(days=85))
    page = open_page(inside, subject)
    inside.until(page.gap.isVisible)
    assert page.gap.accessibleName().startswith("85 days without anifrolumab Last dose ")
    inside.until(page.visits.hasFocus)
    inside.key(Qt.Key.Key_G)
    inside.until(lambda: type(inside.page).__name__ == "VisitPage" and inside.page.visit.key == "dc-001")
    opened = inside.page.visit
    for field, text in {"dc_what": "5", "dc_date": f"{TODAY:%d/%m/%Y}"}.items():
        opened.session.set_text(field, text)
    save(inside.site, opened)
    assert not open_page(inside, subject).gap.isVisible()


def test_names_stay_hidden_on_the_page_too(inside: Program, subject: str) -> None:
    hidden = replace(inside.window.preferences, hide_names=True)
    inside.shell.desk.preferences_wanted.emit(hidden)
    inside.settle()
    page = open_page(inside, subject)
    assert page.course.row.name not in page.header.line.text()
    assert "• • •" in page.header.line.text()


def test_an_event_is_added_by_its_first_letters_and_its_category_is_answered(
    inside: Program, subject: str
) -> None:
    open_page(inside, subject)
    page = add(inside, "herpes")
    assert page.visit.key == "ae-001"
    assert "Adverse event 1" in page.view.header.line.text()
    inside.until(lambda: page.autosave.state.kind == "saved")
    draft = inside.site.clinical.draft(page.visit.id)
    assert {entry.field: entry.value_json for entry in draft} == {"aesi_category": 1}
    assert page.view.session.can_undo
    assert page.view.field == "ae_verbatim"
    inside.key(Qt.Key.Key_Left, ALT)
    on_patient(inside)
    assert inside.page.events.hasFocus()
    assert inside.page.events.item.key == "ae-001"


def test_back_from_an_event_leads_to_the_same_question_of_the_visit(inside: Program, subject: str) -> None:
    inside.shell.open_visit(subject, "unscheduled", TODAY)
    on(inside, "VisitPage")
    inside.page.go_to_field("since_ae")
    assert inside.page.visit.session.state("since_ae").suggestion is None
    page = add(inside, "adverse")
    page.view.binding.type_text("ae_start", f"{TODAY:%d/%m/%Y}")
    inside.settle()
    inside.key(Qt.Key.Key_Left, ALT)
    inside.until(lambda: type(inside.page).__name__ == "VisitPage" and inside.page.visit.key == "u01")
    assert inside.page.view.body.view.field_of(QApplication.focusWidget()) == "since_ae"
    suggestion = inside.page.visit.session.state("since_ae").suggestion
    assert suggestion is not None
    assert suggestion.value == 1


def test_an_event_is_completed_like_a_visit_and_then_the_way_back_has_the_focus(
    inside: Program, subject: str
) -> None:
    open_page(inside, subject)
    page = add(inside, "vaccin")
    assert page.view.body.panel is None
    page.view.binding.put("vx_vaccine", 1)
    page.view.binding.type_text("vx_date", "2025")
    inside.until(lambda: page.autosave.state.kind == "saved")
    page.view.act("review")
    inside.until(lambda: page.review is not None)
    page.review.sign.complete_button.click()
    inside.until(lambda: page.visit.state == "complete")
    assert page.view.header.back_button.hasFocus()
    inside.key(Qt.Key.Key_Return)
    on_patient(inside)
    row = inside.page.events.item
    assert (row.key, row.began, row.state) == ("vx-001", "2025", "complete")


def test_many_events_are_searched_by_kind_words_date_or_number(inside: Program, subject: str) -> None:
    for number in range(9):
        made = events.open_event(inside.site, subject, "adverse_event")
        change = made.session.set_text("ae_verbatim", "cefalea" if number % 2 else "nausea")
        visits.save_draft(inside.site, made, made.session.entries(change.fields))
    page = open_page(inside, subject)
    assert page.search.isVisible()
    inside.type(page.search, "cefa")
    assert {row.key for row in page.events.items} == {"ae-002", "ae-004", "ae-006", "ae-008"}
    page.search.clear()
    inside.type(page.search, "ae-009")
    assert [row.key for row in page.events.items] == ["ae-009"]


def test_one_key_notes_a_missed_visit(inside: Program, subject: str) -> None:
    page = open_page(inside, subject)
    page.visits.selectRow([line.key for line in page.course.lines].index("m06"))
    inside.key(Qt.Key.Key_M)
    on(inside, "VisitPage")
    inside.until(lambda: inside.page.autosave.state.kind == "saved")
    session = inside.page.visit.session
    assert session.forms[0].id == "missed_visit"
    assert session.state("mv_visit").text == "Month 6"
    assert inside.page.view.field != "mv_visit"


def test_a_missed_visit_may_have_been_made_after_all(inside: Program, subject: str) -> None:
    page = open_page(inside, subject)
    page.visits.selectRow([line.key for line in page.course.lines].index("m06"))
    inside.key(Qt.Key.Key_Return)
    inside.until(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    words = [button.text() for button in dialog.findChildren(type(page.back))]
    assert {"Enter a visit", "Note it as missed", "Go back"} <= set(words)
    next(one for one in dialog.findChildren(type(page.back)) if one.text() == "Enter a visit").click()
    on(inside, "NewVisitPage")


def test_a_visit_made_too_late_stands_beside_the_planned_one_that_was_missed(
    inside: Program, subject: str
) -> None:
    late = visits.open_visit(inside.site, subject, "m06", DAY_0 + timedelta(days=231))
    visits.complete(inside.site, late)
    page = open_page(inside, subject)
    missed, made = (place for place, line in enumerate(page.course.lines) if line.key == "m06")
    assert "Missed" in shown(page.visits)
    assert "out of window" in shown(page.visits)
    page.visits.selectRow(made)
    inside.key(Qt.Key.Key_Return)
    on(inside, "VisitPage")
    inside.click(inside.page.view.header.back_button)
    page = on_patient(inside)
    assert page.visits.item.made
    page.refresh()
    inside.until(lambda: page.visits.item.made)
    page.visits.selectRow(missed)
    inside.key(Qt.Key.Key_M)
    on(inside, "VisitPage")
    assert inside.page.visit.session.forms[0].id == "missed_visit"


def test_the_history_is_opened_from_the_page_and_back(inside: Program, subject: str) -> None:
    page = open_page(inside, subject)
    page.visits.selectRow(1)
    inside.key(Qt.Key.Key_Return)
    on(inside, "VisitPage")
    assert inside.page.visit.key == "history"
    assert "Medical history" in inside.page.view.header.line.text()
    inside.click(inside.page.view.header.back_button)
    on_patient(inside)
    assert inside.page.visits.item.key == "history"


def test_after_a_lock_the_page_is_there_again(inside: Program, subject: str) -> None:
    open_page(inside, subject)
    inside.window.lock()
    inside.until(lambda: inside.window.shell is None)
    inside.unlock()
    on(inside, "PatientPage")
    assert inside.page.subject == subject


def test_another_size_keeps_the_page_and_the_way_back(inside: Program, subject: str) -> None:
    open_page(inside, subject)
    inside.shell.desk.preferences_wanted.emit(replace(inside.window.preferences, text=125))
    inside.until(lambda: inside.window.preferences.text == 125)
    on(inside, "PatientPage")
    inside.settle()
    inside.click(inside.page.back)
    on(inside, "TodayPage")


def test_who_withdrew_is_shown_as_such_and_nothing_later_can_be_entered(
    inside: Program, subject: str
) -> None:
    last = next(row for row in patients.patients(inside.site) if row.subject == subject).visits[-1].date
    gone = events.open_event(inside.site, subject, "withdrawal")
    gone.session.set_value("wd_date", last)
    visits.save_draft(inside.site, gone, gone.session.entries(["wd_date"]))
    visits.complete(inside.site, gone)
    page = open_page(inside, subject)
    assert "Consent withdrawn" in page.header.line.text()
    assert f"{last:%d/%m/%Y}" in page.banner.accessibleName()
    page.visits.setFocus()
    inside.key(Qt.Key.Key_N, CTRL | Qt.KeyboardModifier.ShiftModifier)
    on(inside, "NewVisitPage")
    inside.until(inside.page.day.problem.isVisible)
    assert "withdrew consent before that day" in inside.page.day.problem.text()
    assert not inside.page.open_button.isEnabled()
