"""What is typed, pasted, picked and pointed at: numbers, dates, lists, contradictions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from pages import MONTH_6, PATIENT, VisitDesk, half_done, month_6, month_6_answers
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QCheckBox, QLineEdit

from anifro_desktop import forms
from anifro_desktop.forms.session import Visit, VisitSession
from anifro_desktop.record import Missing
from anifro_desktop.ui.visit.editor import PAUSE_MS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(qtbot) -> Iterator[VisitDesk]:
    made = VisitDesk(month_6(lang="en"))
    yield made
    made.close()


@pytest.fixture
def half(qtbot) -> Iterator[VisitDesk]:
    made = VisitDesk(month_6(half_done(), "en"))
    yield made
    made.close()


@pytest.mark.parametrize("text", ["3,4", "3.4"])
def test_comma_and_point_are_the_same(desk: VisitDesk, text: str) -> None:
    desk.go("wbc")
    desk.type(text)
    desk.press("Enter")
    assert desk.session.answers["wbc"] == Decimal("3.4")
    assert desk.row("wbc").editor.line.text() == "3.4"


def test_a_number_is_shown_with_the_comma_in_italian(desk: VisitDesk, translations) -> None:
    translations.use("it")
    desk.view.retranslate()
    desk.go("wbc")
    desk.type("3.4")
    desk.press("Enter")
    assert desk.row("wbc").editor.line.text() == "3,4"


def test_a_problem_is_said_when_the_field_is_left_not_while_typing(desk: VisitDesk) -> None:
    desk.go("platelets")
    desk.type("1,2,3")
    desk.view.flush()
    assert desk.notice("platelets") == ""
    desk.press("Enter")
    assert "separator" in desk.notice("platelets")
    assert desk.row("platelets").editor.line.text() == "1,2,3"
    assert "platelets" not in desk.session.answers


def test_typing_is_given_out_after_a_pause_well_within_two_seconds(desk: VisitDesk, qtbot) -> None:
    assert PAUSE_MS <= 1000
    desk.go("platelets")
    with qtbot.waitSignal(desk.view.entries_ready, timeout=20_000) as saved:
        desk.type("132")
    entries, place = saved.args
    assert [entry.field for entry in entries] == ["platelets"]
    assert (place.form, place.field) == ("laboratory", "platelets")
    assert desk.row("platelets").editor.line.cursorPosition() == 3


def test_a_choice_is_saved_at_once(desk: VisitDesk, qtbot) -> None:
    desk.go("seizure")
    with qtbot.waitSignal(desk.view.entries_ready, timeout=0):
        desk.press("2")


def test_a_number_stands_right_with_its_unit_after_it(desk: VisitDesk) -> None:
    desk.go("platelets")
    row = desk.row("platelets")
    assert row.editor.line.alignment() & Qt.AlignmentFlag.AlignRight
    words = [label for label in row.editor.findChildren(type(desk.view.header.line)) if "10⁹" in label.text()]
    assert words
    assert words[0].x() > row.editor.line.x()


def test_there_is_no_spin_box_and_no_tick_box(half: VisitDesk) -> None:
    for page in half.view.body.pages:
        half.view.body.show_form(page.form.id)
    assert not half.view.findChildren(QAbstractSpinBox)
    assert not half.view.findChildren(QCheckBox)


def test_what_is_pasted_is_trimmed(desk: VisitDesk) -> None:
    desk.go("platelets")
    QGuiApplication.clipboard().setText("  132 \n")
    desk.press("Ctrl+V", "Enter")
    assert desk.session.answers["platelets"] == 132


def test_an_emptied_field_is_empty(half: VisitDesk) -> None:
    half.go("platelets")
    half.press("Ctrl+A", "Backspace", "Enter")
    assert "platelets" not in half.session.answers


@pytest.mark.parametrize("typed", ["221126", "22/11/26", "22.11.2026", "22112026"])
def test_a_date_is_understood_in_one_go_and_shown_with_four_digits(desk: VisitDesk, typed: str) -> None:
    desk.go("visit_date")
    desk.type(typed)
    desk.press("Enter")
    assert desk.session.answers["visit_date"] == date(2026, 11, 22)
    assert [part.text() for part in desk.row("visit_date").editor.parts] == ["22", "11", "2026"]


def test_a_date_in_three_fields(desk: VisitDesk) -> None:
    desk.go("visit_date")
    for part in ("22", "11", "2026"):
        desk.type(part)
        desk.press("Tab")
    assert desk.session.answers["visit_date"] == date(2026, 11, 22)


def test_the_cursor_never_jumps_to_the_next_part_by_itself(desk: VisitDesk) -> None:
    desk.go("visit_date")
    desk.type("22")
    desk.view.flush()
    desk.settle()
    assert QApplication.focusWidget() is desk.row("visit_date").editor.parts[0]


@pytest.mark.parametrize(("letter", "day"), [("t", date(2026, 11, 23)), ("y", date(2026, 11, 22))])
def test_today_and_yesterday_by_a_letter(desk: VisitDesk, letter: str, day: date) -> None:
    desk.go("visit_date")
    desk.type(letter)
    assert desk.session.answers["visit_date"] == day


def test_a_future_date_is_said_when_the_field_is_left(desk: VisitDesk) -> None:
    desk.go("visit_date")
    desk.type("311226")
    desk.press("Enter")
    assert desk.notice("visit_date")
    assert not desk.session.can_sign()


def test_a_list_takes_type_ahead_and_arrows_do_not_change_it(half: VisitDesk) -> None:
    half.go("gc1_drug")
    before = half.session.answers["gc1_drug"]
    half.press("Down", "Up")
    assert half.session.answers["gc1_drug"] == before
    half.go("gc1_drug")
    half.type("Hydro")
    assert half.session.state("gc1_drug").text == "Hydrocortisone"


def _wheel(widget) -> None:
    middle = widget.rect().center()
    event = QWheelEvent(
        QPointF(middle),
        QPointF(widget.mapToGlobal(middle)),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_the_wheel_never_changes_an_answer(half: VisitDesk) -> None:
    half.view.body.show_form("treatment")
    half.settle()
    before = dict(half.session.answers)
    _wheel(half.row("gc1_drug").editor.list)
    for line in half.view.body.view.findChildren(QLineEdit):
        _wheel(line)
    half.settle()
    assert dict(half.session.answers) == before


def test_a_click_answers_and_a_second_click_clears(desk: VisitDesk) -> None:
    desk.go("seizure")
    desk.click("seizure", "Present")
    assert desk.session.answers["seizure"] == 1
    desk.click("seizure", "Present")
    assert "seizure" not in desk.session.answers


def test_a_click_on_missing_asks_for_the_reason(desk: VisitDesk) -> None:
    desk.go("seizure")
    desk.click("seizure", "Missing")
    reasons = desk.row("seizure").editor.reasons
    assert reasons is not None
    next(one for one in reasons.segments if one.text() == "Refused").click()
    assert desk.session.answers["seizure"] is Missing.REFUSED


def test_the_last_visit_stands_beside_and_nothing_is_pre_filled(desk: VisitDesk) -> None:
    assert not desk.session.answers
    desk.go("seizure")
    choice = desk.row("rash").editor.choice
    assert "Baseline 23/05/2026: present" in choice.accessibleDescription()


def test_a_contradiction_stands_at_the_item_and_the_suggestion_can_be_taken(half: VisitDesk) -> None:
    half.go("thrombocytopenia")
    assert "84" in half.notice("thrombocytopenia")
    assert not half.session.can_sign()
    half.row("thrombocytopenia").notice.accept_link.click()
    half.settle()
    assert half.session.answers["thrombocytopenia"] == 1
    assert half.notice("thrombocytopenia") == ""
    assert half.session.can_sign()


def test_an_answer_is_kept_against_the_laboratory_with_a_reason(half: VisitDesk) -> None:
    half.go("thrombocytopenia")
    half.press("Ctrl+Shift+G")
    dialog = half.view.prompts.open_one
    assert dialog is not None
    assert not dialog.go.isEnabled()
    half.press("1")
    assert dialog.go.isEnabled()
    dialog.go.click()
    half.settle()
    assert half.session.answers["thrombocytopenia"] == 0
    assert half.session.notes["thrombocytopenia"].reason == 1
    assert half.session.can_sign()
    assert "Kept" in half.notice("thrombocytopenia")


def test_another_reason_needs_words(half: VisitDesk) -> None:
    half.go("thrombocytopenia")
    half.press("Ctrl+Shift+G", "5")
    dialog = half.view.prompts.open_one
    assert not dialog.go.isEnabled()
    dialog.words.setFocus()
    half.type("clumped in EDTA")
    assert dialog.go.isEnabled()
    dialog.go.click()
    half.settle()
    assert half.session.notes["thrombocytopenia"].text == "clumped in EDTA"


def test_a_suggestion_for_an_open_item_can_be_taken_by_key(half: VisitDesk) -> None:
    half.go("thrombocytopenia")
    half.press("2")
    assert "thrombocytopenia" not in half.session.answers
    half.go("thrombocytopenia")
    assert "Suggested: present" in half.notice("thrombocytopenia")
    half.press("Ctrl+G")
    assert half.session.answers["thrombocytopenia"] == 1


def test_a_signed_visit_can_be_read_and_not_changed(qtbot) -> None:
    desk = VisitDesk(month_6(month_6_answers(), "en"), "signed")
    before = dict(desk.session.answers)
    desk.go("rash")
    desk.press("1", "Ctrl+M", "Ctrl+Z", "Ctrl+D", "Ctrl+Return")
    assert desk.view.prompts.open_one is None
    desk.go("platelets")
    desk.type("7")
    desk.press("Enter")
    assert dict(desk.session.answers) == before
    assert desk.view.header.review_button.isHidden()
    desk.close()


def test_amending_asks_for_a_reason_and_opens_the_visit_again(qtbot) -> None:
    desk = VisitDesk(month_6(month_6_answers(), "en"), "signed")
    desk.view.prompts.amend()
    dialog = desk.view.prompts.open_one
    desk.settle()
    desk.press("1")
    with qtbot.waitSignal(desk.view.amend_asked) as asked:
        dialog.go.click()
    assert asked.args == [1, ""]
    desk.view.set_visit_state("amending")
    desk.go("rash")
    desk.press("1")
    assert desk.session.answers["rash"] == 1
    desk.close()


def test_enter_after_a_number_leads_to_the_question_that_it_opens(qtbot) -> None:
    history = VisitSession(forms.load(), ["history"], PATIENT, Visit("history"), today=MONTH_6, lang="en")
    desk = VisitDesk(history)
    desk.go("hx_vax_covid_doses")
    desk.type("3")
    desk.press("Enter")
    assert desk.field == "hx_vax_covid_date"
    desk.press("Up")
    desk.type("0")
    desk.press("Enter")
    assert desk.field == "hx_vax_hpv"
    desk.close()


def test_a_question_that_opens_another_shows_it_at_once(half: VisitDesk) -> None:
    half.go("on_methotrexate")
    assert "methotrexate_dose" not in half.view.body.page.asked
    half.press("1")
    assert half.field == "methotrexate_dose"
    half.press("Up", "2")
    assert not half.row("methotrexate_dose").isVisible()
