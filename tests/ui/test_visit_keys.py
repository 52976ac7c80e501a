"""A visit is filled without touching the mouse, and every key does what the sheet says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pages import VisitDesk, half_done, month_6
from PySide6.QtWidgets import QApplication, QPushButton

from anifro_desktop.record import Missing
from anifro_desktop.ui.visit.keys import acts

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(qtbot) -> Iterator[VisitDesk]:
    made = VisitDesk()
    yield made
    made.close()


@pytest.fixture
def half(qtbot) -> Iterator[VisitDesk]:
    made = VisitDesk(month_6(half_done(), "en"))
    yield made
    made.close()


def test_focus_starts_on_the_first_open_question(desk: VisitDesk) -> None:
    assert desk.field == "since_ae"


def test_one_key_answers_and_moves_on(desk: VisitDesk) -> None:
    desk.go("seizure")
    desk.press("2", "1")
    assert desk.session.answers["seizure"] == 0
    assert desk.session.answers["psychosis"] == 1
    assert desk.field == "organic_brain_syndrome"
    assert desk.chosen("psychosis") == "Present"


def test_the_same_digit_clears_and_stays(desk: VisitDesk) -> None:
    desk.go("seizure")
    desk.press("1", "Up", "1")
    assert "seizure" not in desk.session.answers
    assert desk.field == "seizure"
    assert desk.chosen("seizure") == ""


@pytest.mark.parametrize(
    ("letter", "reason"),
    [
        ("d", Missing.NOT_DONE),
        ("k", Missing.NOT_KNOWN),
        ("a", Missing.NOT_APPLICABLE),
        ("r", Missing.REFUSED),
    ],
)
def test_three_and_a_letter_say_why_there_is_no_answer(desk: VisitDesk, letter: str, reason: Missing) -> None:
    desk.go("seizure")
    desk.press("3", letter)
    assert desk.session.answers["seizure"] is reason
    assert desk.field == "psychosis"
    assert desk.chosen("seizure") != "Missing"


def test_escape_leaves_the_missing_reasons(desk: VisitDesk) -> None:
    desk.go("seizure")
    desk.press("3", "Esc", "2")
    assert desk.session.answers["seizure"] == 0


def test_the_letters_are_those_of_the_language(desk: VisitDesk, translations) -> None:
    translations.use("it")
    desk.view.retranslate()
    desk.go("seizure")
    desk.press("3", "n")
    desk.press("3", "s")
    assert desk.session.answers["seizure"] is Missing.NOT_DONE
    assert desk.session.answers["psychosis"] is Missing.NOT_KNOWN


def test_digits_do_not_answer_while_a_text_field_has_the_focus(desk: VisitDesk) -> None:
    desk.go("temperature_c")
    desk.type("37,5")
    desk.press("Enter")
    assert str(desk.session.answers["temperature_c"]) == "37.5"
    assert desk.field == "weight_kg"
    assert set(desk.session.answers) == {"temperature_c"}


def test_enter_and_arrows_move_between_questions(desk: VisitDesk) -> None:
    desk.go("seizure")
    desk.press("Enter", "Down")
    assert desk.field == "organic_brain_syndrome"
    desk.press("Up")
    assert desk.field == "psychosis"
    assert not desk.session.answers


def test_left_and_right_move_within_a_choice_and_answer_nothing(desk: VisitDesk) -> None:
    desk.go("seizure")
    desk.press("Right")
    assert QApplication.focusWidget().text() == "Absent"
    assert not desk.session.answers
    desk.press("Space")
    assert desk.session.answers["seizure"] == 0


def test_a_digit_on_the_last_question_never_answers_the_next_form(desk: VisitDesk) -> None:
    desk.go("leukopenia")
    desk.press("2")
    assert desk.field == ""
    assert isinstance(QApplication.focusWidget(), QPushButton)
    before = dict(desk.session.answers)
    desk.press("2")
    assert desk.session.answers == before
    desk.press("Enter")
    assert desk.view.body.form == "sledas"
    assert desk.field == "neuropsychiatric"


def test_next_open_question_crosses_forms(half: VisitDesk) -> None:
    half.go("rash")
    seen = []
    for _ in range(8):
        half.press("Ctrl+Down")
        seen.append(half.field)
    assert seen[:5] == ["mucosal_ulcers", "pleurisy", "pericarditis", "fever", "leukopenia"]
    assert seen[5:] == ["rash_extent", "phga", "stable"]


def test_page_keys_go_to_the_next_and_the_last_section(desk: VisitDesk) -> None:
    desk.press("PgDown")
    assert (desk.view.body.form, desk.field) == ("vitals", "temperature_c")
    desk.press("PgDown")
    assert (desk.view.body.form, desk.field) == ("joints", "joint_method")
    desk.press("PgUp")
    assert desk.view.body.form == "vitals"


def test_all_remaining_absent_asks_once_says_how_many_and_is_one_step(half: VisitDesk) -> None:
    half.go("mucosal_ulcers")
    half.press("Ctrl+Return")
    dialog = half.view.prompts.open_one
    assert dialog is not None
    assert "5" in dialog.windowTitle()
    half.press("Enter")
    answered = ("mucosal_ulcers", "pleurisy", "pericarditis", "fever", "leukopenia")
    assert {half.session.answers[name] for name in answered} == {0}
    assert {half.session.notes[name].kind for name in answered} == {"all_absent"}
    half.press("Ctrl+Z")
    assert not set(answered) & set(half.session.answers)
    half.press("Ctrl+Y")
    assert set(answered) <= set(half.session.answers)


def test_all_remaining_absent_can_be_declined(half: VisitDesk) -> None:
    half.go("mucosal_ulcers")
    half.press("Ctrl+Return", "Esc")
    assert "mucosal_ulcers" not in half.session.answers
    assert half.field == "mucosal_ulcers"


def test_same_as_last_visit_for_an_item_and_a_section(desk: VisitDesk) -> None:
    desk.go("arthritis")
    desk.press("Ctrl+D")
    assert desk.session.answers["arthritis"] == 1
    assert desk.session.notes["arthritis"].kind == "unchanged"
    desk.press("Ctrl+Shift+D")
    assert desk.session.answers["seizure"] == 0
    assert desk.session.answers["rash"] == 1
    desk.press("Ctrl+Z")
    assert "seizure" not in desk.session.answers
    assert "arthritis" in desk.session.answers


def test_same_as_last_visit_is_not_offered_for_the_physicians_global(desk: VisitDesk) -> None:
    desk.go("phga")
    desk.press("Ctrl+D")
    assert not desk.session.answers


def test_definition_shows_meaning_and_source_and_gives_the_focus_back(desk: VisitDesk) -> None:
    desk.go("vasculitis")
    desk.press("F1")
    dialog = desk.view.prompts.open_one
    assert dialog is not None
    words = " ".join(label.text() for label in dialog.findChildren(type(desk.view.header.line)))
    assert "Vasculitis" in words
    assert "Gladman" in words
    desk.press("Esc")
    assert desk.field == "vasculitis"


def test_f6_goes_round_list_questions_and_scores(desk: VisitDesk) -> None:
    desk.go("seizure")
    body = desk.view.body
    desk.press("F6")
    assert body.panel.isAncestorOf(QApplication.focusWidget())
    desk.press("F6")
    assert body.list.isAncestorOf(QApplication.focusWidget())
    desk.press("F6")
    assert desk.field == "seizure"


def test_undo_covers_every_answer_across_forms_and_goes_back_to_it(desk: VisitDesk) -> None:
    desk.go("seizure")
    desk.press("2")
    desk.go("urine_rbc_hpf")
    desk.type("4")
    desk.press("Enter", "Ctrl+Z")
    assert "urine_rbc_hpf" not in desk.session.answers
    assert desk.field == "urine_rbc_hpf"
    desk.press("Ctrl+Z")
    assert "seizure" not in desk.session.answers
    assert desk.view.body.form == "sledai2k"


def test_undo_while_typing_takes_back_what_was_typed(desk: VisitDesk) -> None:
    desk.go("platelets")
    desk.type("12")
    desk.press("Ctrl+Z")
    assert "platelets" not in desk.session.answers
    assert desk.row("platelets").editor.line.text() == ""


def test_a_missing_reason_by_keys_where_a_number_is_asked(desk: VisitDesk) -> None:
    desk.go("platelets")
    desk.press("Ctrl+M", "d")
    assert desk.session.answers["platelets"] is Missing.NOT_DONE
    assert desk.row("platelets").editor.line.text() == ""


def test_every_act_stands_in_the_menu_and_on_the_sheet_with_its_keys(desk: VisitDesk) -> None:
    in_menu = {action.text(): action.shortcut().toString() for action in desk.view.menu.actions()}
    assert in_menu == {act.text: act.keys[0] if act.keys else "" for act in acts()}
    desk.press("Ctrl+?")
    dialog = desk.view.prompts.open_one
    assert dialog is not None
    words = {label.text() for label in dialog.findChildren(type(desk.view.header.line))}
    assert {act.text for act in acts()} <= words
    dialog.reject()


def test_tab_order_is_reading_order_and_shift_tab_undoes_it(desk: VisitDesk) -> None:
    desk.go("seizure")
    fields = desk.view.body.page.asked
    seen = [desk.field]
    while len(seen) < len(fields):
        desk.press("Tab")
        if desk.field != seen[-1]:
            seen.append(desk.field)
    assert tuple(seen) == fields
    desk.press("Tab", "Shift+Tab")
    assert desk.field == fields[-1]
