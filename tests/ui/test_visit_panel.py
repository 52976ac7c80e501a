"""The live scores: ranges, changes, criteria, links, and what assistive technology is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pages import VisitDesk, baseline_answers, half_done, month_6, month_6_answers
from PySide6.QtWidgets import QApplication

from anifro_desktop.ui.visit import criteria
from anifro_desktop.ui.visit.boards import board
from anifro_desktop.ui.visit.score_lines import MOST_LINKS, Block

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def half(qtbot) -> Iterator[VisitDesk]:
    made = VisitDesk(month_6(half_done(), "en"))
    yield made
    made.close()


def _block(session, rule: str) -> Block:
    return next(block for block in board(session) if block.rule == rule)


def test_a_score_with_open_answers_is_a_range_never_a_plain_number(qapp) -> None:
    block = _block(month_6(half_done(), "en"), "sledai2k")
    assert block.figure == "8–16"
    assert [line.text for line in block.lines] == ["arthritis 4 · rash 2 · low complement 2", "5 unanswered"]


def test_an_empty_visit_shows_the_widest_range(qapp) -> None:
    blocks = {block.rule: block for block in board(month_6(lang="en"))}
    assert blocks["sledai2k"].figure == "0–105"
    assert blocks["sledas"].figure.startswith("≥ ")
    assert blocks["prednisone"].figure == "?"
    assert blocks["doris"].badge == blocks["lldas"].badge == "unknown"


def test_a_complete_score_shows_value_parts_and_change(qapp) -> None:
    session = month_6(month_6_answers(), "en")
    sledai, sledas = _block(session, "sledai2k"), _block(session, "sledas")
    assert (sledai.figure, sledai.changes) == ("4", ("▼ 10 since Baseline",))
    assert sledai.lines[0].text == "alopecia 2 · low complement 2"
    assert (sledas.figure, sledas.badge) == ("2.09", "mild")
    assert _block(session, "prednisone").figure == "5"


def test_numbers_take_the_comma_in_italian(qapp, translations) -> None:
    translations.use("it")
    assert _block(month_6(month_6_answers()), "sledas").figure == "2,09"


def test_each_criterion_of_doris_has_mark_value_and_threshold(qapp) -> None:
    found = criteria.of(month_6(month_6_answers(), "en"), "doris")
    assert [(one.met, one.text) for one in found] == [
        (False, "clinical SLEDAI-2K 2, must be 0"),
        (True, "PhGA 0.4, below 0.5"),
        (True, "prednisone 5 mg/day, at most 5"),
        (True, "stable treatment"),
    ]


def test_each_criterion_of_lldas_has_mark_value_and_threshold(qapp) -> None:
    found = criteria.of(month_6(month_6_answers(), "en"), "lldas")
    assert [one.met for one in found] == [True] * 5
    assert found[0].text == "SLEDAI-2K 4, at most 4, no major organ"
    assert found[2].text == "PhGA 0.4, at most 1"
    assert found[3].text == "prednisone 5 mg/day, at most 7.5"


def test_an_unmet_criterion_settles_the_state_though_others_are_unknown(qapp) -> None:
    block = _block(month_6(half_done(), "en"), "doris")
    assert block.badge == "not met"
    marks = [line.met for line in block.lines]
    assert marks == [False, None, True, None]


def test_unknown_names_the_answers_that_would_settle_it(qapp) -> None:
    answers = month_6_answers()
    answers |= {"alopecia": 0}
    del answers["phga"]
    session = month_6(answers, "en")
    block = _block(session, "doris")
    assert block.badge == "unknown"
    assert [[link.field for link in line.links] for line in block.lines] == [[], ["phga"], [], []]


def test_a_pulse_is_said_at_the_dose(qapp) -> None:
    session = month_6(month_6_answers() | {"pulse_30d": 1}, "en")
    dose = criteria.of(session, "doris")[2]
    assert (dose.met, dose.text) == (False, "prednisone 5 mg/day, at most 5; pulse within 30 days")


def test_a_major_organ_is_said_at_the_first_criterion(qapp) -> None:
    session = month_6(
        month_6_answers() | {"fever": 1, "temperature_c": month_6_answers()["temperature_c"]}, "en"
    )
    assert "major-organ activity present" in criteria.of(session, "lldas")[0].text


def test_baseline_is_not_evaluable_for_new_activity(qapp) -> None:
    session = month_6(baseline_answers(), "en")
    session.previous = None
    assert "there is no visit before" in criteria.of(session, "lldas")[1].text


def test_more_links_than_there_is_room_for_are_counted(qapp) -> None:
    line = _block(month_6(half_done(), "en"), "sledai2k").lines[1]
    assert len(line.links) == MOST_LINKS
    assert line.more == 2


def test_a_key_changes_the_panel_and_nothing_else_is_redrawn(half: VisitDesk) -> None:
    half.go("mucosal_ulcers")
    before = half.shown("prednisone")
    half.press("2")
    assert half.view.body.panel.blocks["sledai2k"].title._block.figure == "8–14"
    assert half.shown("prednisone") == before


def test_a_link_moves_the_focus_to_its_question(half: VisitDesk) -> None:
    half.go("tjc28")
    links = half.block("sledai2k").lines[1].findChildren(type(half.view.header.again))
    shown = [link for link in links if link.isVisibleTo(half.view)]
    assert [link.text() for link in shown] == ["Mucosal ulcers", "Pleurisy", "Pericarditis"]
    shown[1].setFocus()
    half.press("Enter")
    assert half.field == "pleurisy"
    assert half.view.body.form == "sledai2k"


def test_changes_are_announced_once_per_pause(half: VisitDesk, qtbot) -> None:
    told: list[str] = []
    half.view.body.panel.announced.connect(told.append)
    half.go("mucosal_ulcers")
    half.press("2", "2", "2")
    assert not told
    qtbot.waitUntil(lambda: bool(told), timeout=4000)
    assert len(told) == 1
    assert "SLEDAI-2K 8 to 10" in told[0]


def test_the_panel_says_once_that_it_is_no_advice(half: VisitDesk) -> None:
    words = [
        label.text()
        for label in half.view.findChildren(type(half.view.header.line))
        if "not for treatment" in label.text()
    ]
    assert words == ["Research data; not for treatment decisions"]


def test_the_marks_are_told_in_words_too(half: VisitDesk) -> None:
    description = half.block("doris").accessibleDescription()
    assert "not met: clinical SLEDAI-2K at least 6, must be 0" in description
    assert "unknown: PhGA ?, below 0.5" in description


def test_keys_go_through_the_panel(half: VisitDesk) -> None:
    half.go("seizure")
    half.press("F6")
    first = QApplication.focusWidget()
    half.press("Down")
    assert QApplication.focusWidget() is not first
    half.press("Up")
    assert QApplication.focusWidget() is first
