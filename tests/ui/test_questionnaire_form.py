"""A questionnaire as the clinic types it from paper: one digit an answer, the site's wording, handing it over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pages import VisitDesk, month_6
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from anifro_desktop.forms.model import Label
from anifro_desktop.forms.wording import Worded, Wording
from anifro_desktop.ui.visit.view import VisitView

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
QUESTIONNAIRES = {"scales", "sf36", "facit_fatigue", "eq5d5l", "lupusqol"}


@pytest.fixture
def desk(qtbot) -> Iterator[VisitDesk]:
    made = VisitDesk()
    yield made
    made.close()


def answers(desk: VisitDesk, form: str, count: int) -> list[object]:
    return [desk.session.answers.get(f"{form}_{number}") for number in range(1, count + 1)]


def test_a_questionnaire_is_filled_with_one_key_for_each_answer(desk: VisitDesk) -> None:
    desk.go("facit_1")
    desk.press(*"0123432101234")
    assert answers(desk, "facit", 13) == [int(digit) for digit in "0123432101234"]
    assert QApplication.focusWidget() is desk.view.body.end_button
    desk.press("Enter")  # the habit's
    assert desk.view.body.form == "facit_fatigue"
    desk.press("Enter")
    assert desk.view.body.form == "eq5d5l"


def test_a_digit_and_enter_answer_the_same_questions(desk: VisitDesk) -> None:
    desk.go("sf36_1")
    for digit in "3412":
        desk.press(digit, "Enter")
    assert answers(desk, "sf36", 5) == [3, 4, 1, 2, None]
    assert desk.field == "sf36_5"
    desk.press("Enter")
    assert desk.field == "sf36_6"
    desk.press("Up", "2", "Enter", "Down", "Up", "Enter")
    assert desk.field == "sf36_7", "only straight after the digit does an Enter stay"


def test_a_digit_that_is_no_answer_stays_and_is_said_at_once(desk: VisitDesk) -> None:
    desk.go("sf36_3")
    desk.press("7")
    assert desk.field == "sf36_3"
    assert "1 to 3" in desk.notice("sf36_3")
    assert desk.session.state("sf36_3").value is None
    desk.press("2")
    assert (desk.session.answers["sf36_3"], desk.field) == (2, "sf36_4")
    assert desk.notice("sf36_3") == ""


def test_the_same_digit_again_keeps_the_answer_and_delete_takes_it_back(desk: VisitDesk) -> None:
    desk.go("facit_1")
    desk.press("4")
    desk.press("Up", "4")
    assert (desk.session.answers["facit_1"], desk.field) == (4, "facit_2")
    desk.press("Up", "Delete", "Down")
    assert "facit_1" not in desk.session.answers
    desk.press("Ctrl+Z")
    assert desk.session.answers["facit_1"] == 4


def test_a_reason_and_longer_numbers_are_given_as_everywhere(desk: VisitDesk) -> None:
    desk.go("eq5d_ad")
    desk.press("Ctrl+M", "r")
    assert desk.field == "eq_vas"
    desk.press("7")
    assert desk.field == "eq_vas"
    desk.press("5", "Enter")
    assert desk.session.answers["eq_vas"] == 75
    desk.go("weight_kg")
    desk.press("6")
    assert desk.field == "weight_kg"


def test_handing_over_is_offered_where_the_patient_answers_all_of_it(desk: VisitDesk) -> None:
    for page in desk.view.body.pages:
        desk.view.body.show_form(page.form.id)
        assert desk.view.body.head.hand_button.isVisible() is (page.form.id in QUESTIONNAIRES)
    desk.view.set_visit_state("signed")
    desk.view.body.show_form("sf36")
    assert not desk.view.body.head.hand_button.isVisible()
    desk.view.act("hand_over")
    assert desk.view.prompts.open_one is None


def test_declining_to_hand_over_leads_back_to_the_question(desk: VisitDesk) -> None:
    asked: list[object] = []
    desk.view.hand_over_asked.connect(asked.append)
    desk.go("sf36_4")
    desk.press("F9", "Esc")
    assert desk.field == "sf36_4"
    assert asked == []


def worded() -> VisitView:
    """Month 6 with a made-up wording of one question."""
    options = {1: Label("mai", "never"), 3: Label("sempre", "always")}
    wording = Wording({"sf36_3": Worded(Label("Frase di prova", "Sample sentence"), options)})
    return VisitView(month_6(lang="en"), wording=wording)


def test_the_wording_of_the_site_is_shown_where_it_is_loaded(desk: VisitDesk) -> None:
    desk.view.hide()
    view = worded()
    view.resize(1302, 740)
    view.show()
    view.go.to_field("sf36_3")
    desk.settle()
    rows = view.body.view.rows
    line = QAccessible.queryAccessibleInterface(rows["sf36_3"].editor.line)
    assert line.text(QAccessible.Text.Name) == "SF-36, item 3: Sample sentence"
    assert "1 = never · 3 = always" in line.text(QAccessible.Text.Description)
    other = QAccessible.queryAccessibleInterface(rows["sf36_4"].editor.line)
    assert other.text(QAccessible.Text.Name) == "SF-36, item 4"
    # Lists of problems, the definition and what is stored keep the number alone.
    assert view.session.state("sf36_3").field.label.en == "SF-36, item 3"
    view.binding.type_text("sf36_3", "2")
    assert view.session.entries(["sf36_3"])[0].value_json == 2
    view.close()
    view.deleteLater()
