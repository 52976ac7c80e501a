"""The centre's questions in the window: listed, read at their question, answered, amended; and source verification."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from people_parts import GIVEN, add_beforehand, unlock_as
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shell_driver import CLOCK, Program

from anifro_desktop.thread import Act, Query
from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.workflows import patients, queries, site, visits
from anifro_desktop.workflows.facts import Person

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
FIELD = "platelets"
ASKED = "Il valore è giusto?"


def asked(folder: Path, field: str = FIELD, form: str = "laboratory", kind: str = "field") -> Query:
    """A question of the centre about a signed baseline, as a file of questions would have brought it."""
    opened = site.unlock(folder, "U01", PASSPHRASE, CLOCK)
    try:
        subject = next(
            row.subject
            for row in patients.patients(opened)
            if any(one.key == "baseline" and one.state == "signed" for one in row.visits)
        )
        (record,) = opened.clinical.revisions(subject, "baseline", form)
        query = Query(str(uuid.uuid4()), subject, kind, "baseline", form, field, record.id, record.ver)
        raised = Act(str(uuid.uuid4()), query.id, 1, "raise", ASKED, "C01", "2026-11-22T10:00:00Z")
        with opened.clinical.transaction():
            opened.clinical.keep_query(query)
            opened.clinical.keep_act(raised)
    finally:
        opened.close()
    return query


def state(program: Program, query: Query) -> str:
    thread = program.shell.desk.site.clinical.thread_of(query.id)
    assert thread is not None
    return str(thread.state)


def listed(program: Program) -> None:
    program.key(Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier)
    program.until(lambda: type(program.page).__name__ == "QueriesPage" and program.page._loaded)


def at_visit(program: Program) -> None:
    program.until(lambda: type(program.page).__name__ == "VisitPage" and program.page.said._threads)


@pytest.fixture
def query(program: Program) -> Query:
    made = asked(program.folder)
    program.unlock()
    return made


def test_today_says_what_waits_and_leads_to_the_question(program: Program, query: Query) -> None:
    card = program.page.queries
    program.until(lambda: card.isVisible() and card.lines)
    assert "(1)" in card.heading.text()
    assert ASKED in card.lines[0].accessibleName()
    program.click(card.lines[0])
    at_visit(program)
    assert program.page.view.field == FIELD
    row = program.page.view.body.view.rows[FIELD]
    assert row.said is not None
    assert row.said.isVisible()
    assert row.said.badge.text == "Pisa asks: waiting for us"
    program.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    program.until(lambda: type(program.page).__name__ == "TodayPage")


def test_a_question_is_answered_from_the_list_by_keys_alone(program: Program, query: Query) -> None:
    listed(program)
    assert program.page.table.hasFocus()
    assert program.page.card.lines[0].text() == ASKED
    program.key(Qt.Key.Key_Tab)
    assert program.page.card.words.hasFocus()
    QTest.keyClicks(program.page.card.words, "Ripetuto, confermato.")
    program.key(Qt.Key.Key_Return)
    program.until(lambda: state(program, query) == "answered")
    program.until(program.page.banner.isVisible)
    assert "Waiting for Pisa (1)" in [one.option.text for one in program.page.which.segments]
    assert program.page.table.items == ()
    program.page.show_which("centre")
    assert [one.text() for one in program.page.card.lines] == [ASKED, "Ripetuto, confermato."]


def test_words_that_may_not_leave_are_refused_and_stay_in_the_field(program: Program, query: Query) -> None:
    listed(program)
    card = program.page.card
    program.type(card.words, "visto il 12/03/2026")
    program.key(Qt.Key.Key_Return)
    program.until(lambda: "may not leave" in card.field.problem.text())
    assert card.words.text() == "visto il 12/03/2026"
    assert state(program, query) == "open"


def test_enter_on_a_line_goes_to_the_question_and_back_comes_back(program: Program, query: Query) -> None:
    listed(program)
    program.key(Qt.Key.Key_Return)
    at_visit(program)
    assert program.page.view.field == FIELD
    program.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    program.until(lambda: type(program.page).__name__ == "QueriesPage")


def test_f3_shows_the_thread_at_its_question_and_it_is_answered_there(program: Program, query: Query) -> None:
    program.shell.open_visit(query.subject, "baseline")
    at_visit(program)
    program.key(Qt.Key.Key_F3)  # to the question
    assert program.page.view.field == FIELD
    program.key(Qt.Key.Key_F3)  # what is asked there
    dialog = program.page.view.prompts.open_one
    assert dialog is not None
    program.until(dialog.cards[0].words.hasFocus)
    QTest.keyClicks(QApplication.focusWidget(), "Confermato.")
    program.key(Qt.Key.Key_Return)
    program.until(lambda: state(program, query) == "answered")
    program.until(lambda: len(dialog.cards[0].lines) == 2)
    program.key(Qt.Key.Key_Escape)
    program.until(lambda: program.page.view.prompts.open_one is None)
    row = program.page.view.body.view.rows[FIELD]
    program.until(lambda: row.said.badge.text == "Pisa asked: waiting for Pisa")


def test_the_way_to_amend_leads_from_the_thread(program: Program, query: Query) -> None:
    program.shell.open_visit(query.subject, "baseline", None, FIELD)
    at_visit(program)
    program.key(Qt.Key.Key_F3)
    program.click(program.page.view.prompts.open_one.amend_button)
    program.until(lambda: type(program.page.view.prompts.open_one).__name__ == "ReasonDialog")


def test_a_question_about_a_whole_form_stands_over_it(program: Program) -> None:
    asked(program.folder, field="", kind="other")
    program.unlock()
    program.shell.open_visit(asked_subject(program), "baseline", None, FIELD)
    at_visit(program)
    button = program.page.view.body.head.asked_button
    assert button.isVisible()
    assert button.text() == "1 question from Pisa"
    program.click(button)
    assert program.page.view.prompts.open_one.cards[0].lines[0].text() == ASKED


def asked_subject(program: Program) -> str:
    return str(program.shell.desk.site.clinical.threads()[0].query.subject)


def test_the_page_of_the_patient_says_what_waits(program: Program, query: Query) -> None:
    program.shell.show_patient(query.subject)
    program.until(lambda: type(program.page).__name__ == "PatientPage" and program.page.asked.isVisible())
    assert "waiting for us: 1 · waiting for Pisa: 0" in program.page.asked.accessibleName()
    program.click(program.page.asked)
    program.until(lambda: type(program.page).__name__ == "QueriesPage" and program.page._loaded)
    assert program.page.patient.currentData() == query.subject


def test_an_answer_alone_can_be_sent(program: Program, query: Query) -> None:
    queries.answer(program.shell.desk.site, query.id, "Confermato.")
    program.shell.show_place("send")
    program.until(lambda: type(program.page).__name__ == "SendPage" and program.page._preview is not None)
    assert program.page._preview.answers == 1
    assert program.page.save.isEnabled()


@pytest.fixture
def monitored(program: Program) -> Query:
    """A question, at a site with a monitor."""
    query = asked(program.folder)
    add_beforehand(program, Person("U09", "Marco Inventato", ("monitor",)))
    return query


def by_monitor(program: Program) -> None:
    unlock_as(program, "U09", GIVEN)
    program.until(lambda: program.shell is not None and program.shell.page is not None)


def test_a_monitor_verifies_a_form_and_takes_it_back(program: Program, monitored: Query) -> None:
    by_monitor(program)
    program.shell.open_visit(monitored.subject, "baseline", None, FIELD)
    at_visit(program)
    head = program.page.view.body.head
    assert head.source_button.isVisible()
    program.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    program.until(lambda: head.source.text == "Verified with its source")
    program.click(head.source_button)
    program.until(lambda: head.source.text == "")


def test_a_monitor_reads_questions_and_answers_none(program: Program, monitored: Query) -> None:
    by_monitor(program)
    listed(program)
    assert program.page.card.lines[0].text() == ASKED
    assert not program.page.card.words.isVisible()
    assert not program.page.card.answer.isVisible()


def test_what_changed_since_it_was_verified_is_seen(program: Program, monitored: Query) -> None:
    from anifro_desktop.workflows import source_marks

    opened = site.unlock(program.folder, "U09", GIVEN, CLOCK)
    source_marks.mark(opened, monitored.subject, "baseline", "laboratory")
    opened.close()
    opened = site.unlock(program.folder, "U01", PASSPHRASE, CLOCK)
    visit = visits.open_visit(opened, monitored.subject, "baseline", CLOCK.now().date())
    visits.amend(opened, visit, 1)
    changed = visit.session.set_text(FIELD, "191")
    visits.save_draft(opened, visit, visit.session.entries(changed.fields))
    visits.complete(opened, visit)
    opened.close()
    program.unlock()
    program.shell.open_visit(monitored.subject, "baseline", None, FIELD)
    at_visit(program)
    said = program.page.view.body.view.rows[FIELD].said
    assert said.source.text == "Changed since verified with its source"
    assert said.badge.text == "Pisa asked: waiting for Pisa"  # the correction answered the question
    assert program.page.view.body.head.source.text == "Changed since verified with its source"
    assert not program.page.view.body.head.source_button.isVisible()
