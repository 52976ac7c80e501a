"""Review and sign: problems first, in the same words, as links; then meaning, name, passphrase."""

from __future__ import annotations

import pytest
from pages import half_done, month_6, month_6_answers
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from anifro_desktop.forms.session import Visit
from anifro_desktop.record import Missing
from anifro_desktop.store.errors import CannotSave, WrongPassphrase
from anifro_desktop.ui.review import Asked, ReviewPage
from anifro_desktop.ui.review_facts import findings
from anifro_desktop.workflows.model import Person

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

INVESTIGATOR = Person("rossi", "Anna Rossi", ("investigator",))
NURSE = Person("verdi", "Carla Verdi", ("data_entry",))


@pytest.fixture
def page(qtbot):
    made: list[ReviewPage] = []

    def show(session, person: Person = INVESTIGATOR, state: str = "draft") -> ReviewPage:
        review = ReviewPage(session, person, state)
        qtbot.addWidget(review)
        review.resize(1100, 700)
        review.show()
        review.activateWindow()
        QApplication.processEvents()
        review.first_focus()
        QApplication.processEvents()
        made.append(review)
        return review

    return show


def test_problems_stand_on_top_in_the_same_words_as_at_the_question(page) -> None:
    session = month_6(half_done(), "en")
    review = page(session)
    assert review.findings[0].group == "block"
    problem = session.state("thrombocytopenia").problem
    assert review.findings[0].words == session.problem_text(problem, "en")
    assert QApplication.focusWidget() is review.links[0]


def test_a_link_leads_to_its_question(page, qtbot) -> None:
    review = page(month_6(half_done(), "en"))
    with qtbot.waitSignal(review.go_to) as asked:
        QTest.keyClick(review.links[0], Qt.Key.Key_Return)
    assert asked.args == ["thrombocytopenia"]


def test_groups_come_in_order_of_weight(qapp) -> None:
    answers = half_done() | {"urine_rbc_hpf": Missing.NOT_DONE, "hematuria": Missing.NOT_DONE}
    session = month_6(answers, "en")
    session.set_text("wbc", "44")
    session.set_text("tjc28", "x")
    groups = [found.group for found in findings(session)]
    order = ("block", "look", "window", "open", "missing", "kept")
    assert groups == sorted(groups, key=order.index)
    assert {"block", "look", "open", "missing"} <= set(groups)


def test_missing_answers_stand_with_their_reason(qapp) -> None:
    session = month_6(month_6_answers() | {"urine_rbc_hpf": Missing.NOT_DONE}, "en")
    found = [one for one in findings(session) if one.group == "missing"]
    assert [(one.field, one.words) for one in found] == [("urine_rbc_hpf", "Not done")]


def test_what_was_kept_with_a_reason_is_listed(qapp) -> None:
    session = month_6(month_6_answers() | {"platelets": 84}, "en")
    session.explain("thrombocytopenia", 1)
    assert [one.field for one in findings(session) if one.group == "kept"] == ["thrombocytopenia"]


def test_a_visit_out_of_its_window_is_said(qapp) -> None:
    session = month_6(month_6_answers(), "en")
    session.visit = Visit("m12", session.visit.date)
    found = [one for one in findings(session) if one.group == "window"]
    assert len(found) == 1
    assert "22/11/2026 lies outside the window of Month 12" in found[0].words


def test_open_questions_are_one_line_a_section(qapp) -> None:
    found = [one for one in findings(month_6(half_done(), "en")) if one.group == "open"]
    assert ("mucosal_ulcers", "3 unanswered: Mucosal ulcers, Pleurisy, Pericarditis") in [
        (one.field, one.words) for one in found
    ]


def test_signing_is_closed_while_something_blocks_it(page) -> None:
    review = page(month_6(half_done(), "en"))
    assert not review.sign.sign_button.isEnabled()
    assert review.sign.complete_button.isEnabled()


def test_signing_asks_for_meaning_and_passphrase(page, qtbot) -> None:
    review = page(month_6(month_6_answers(), "en"))
    asked: list[Asked] = []
    review.sign_asked.connect(asked.append)
    review.sign.sign_button.click()
    assert "means" in review.sign.passphrase.problem.text()
    review.sign.choice.segments[0].click()
    review.sign.sign_button.click()
    assert not asked
    QTest.keyClicks(review.sign.passphrase.edit, "four horses walk home")
    review.sign.sign_button.click()
    assert asked == [Asked("responsible", "four horses walk home")]
    assert not review.sign.sign_button.isEnabled()


def test_the_printed_name_stands_over_the_signature(page) -> None:
    review = page(month_6(month_6_answers(), "en"))
    words = [label.text() for label in review.sign.findChildren(type(review.sign.passphrase.problem))]
    assert "Signed by: Anna Rossi (rossi)" in words


def test_a_wrong_passphrase_is_said_at_the_passphrase(page) -> None:
    review = page(month_6(month_6_answers(), "en"))
    review.sign.set_busy(True)
    review.refused(WrongPassphrase("U01"))
    assert "passphrase is not right" in review.sign.passphrase.problem.text()
    assert review.sign.sign_button.isEnabled()


def test_another_refusal_is_said_on_top(page) -> None:
    review = page(month_6(month_6_answers(), "en"))
    review.refused(CannotSave("full"))
    assert review.banner.isVisible()
    assert "the disk is full" in review.banner.accessibleName()


def test_who_may_not_sign_can_complete(page, qtbot) -> None:
    review = page(month_6(month_6_answers(), "en"), NURSE)
    assert not review.sign.sign_button.isVisible()
    with qtbot.waitSignal(review.complete_asked):
        review.sign.complete_button.click()


def test_a_complete_visit_is_not_completed_again(page) -> None:
    review = page(month_6(month_6_answers(), "en"), state="complete")
    assert not review.sign.complete_button.isVisible()
    assert review.sign.sign_button.isEnabled()


def test_going_back_is_a_verb(page, qtbot) -> None:
    review = page(month_6(month_6_answers(), "en"))
    assert review.sign.back_button.text() == "Go back"
    with qtbot.waitSignal(review.back_asked):
        review.sign.back_button.click()
