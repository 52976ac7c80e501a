"""A whole visit as at the bedside, key by key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from pages import TODAY, VisitDesk, month_6, month_6_answers

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(qtbot) -> Iterator[VisitDesk]:
    made = VisitDesk()
    yield made
    made.close()


def _fill_numbers(desk: VisitDesk, *texts: str) -> None:
    for text in texts:
        desk.type(text)
        desk.press("Enter")


def test_a_whole_visit_without_the_mouse(desk: VisitDesk) -> None:
    """The synthetic patient's month 6: SLEDAI-2K 4, SLE-DAS 2.09, prednisone 5, LLDAS met, DORIS not met."""
    desk.press(*"22222")  # nothing has happened since the last visit
    desk.press("Enter")  # next section
    _fill_numbers(desk, "36,6", "62")
    desk.press("PgDown")  # height, pressure and pulse stay open
    desk.press("3")  # joints were only counted
    _fill_numbers(desk, "1", "0", "0")
    desk.press("Enter")
    assert desk.field == "skin_involved"
    desk.press("1")
    desk.go("clasi_alopecia")
    desk.press("1", "Ctrl+Return", "Enter", "PgDown")
    _fill_laboratory(desk)
    desk.press("PgDown")
    desk.go("alopecia")
    desk.press("1")
    desk.go("low_complement")
    desk.press("1", "Ctrl+Return", "Enter", "PgDown")
    assert desk.view.body.form == "sledas"
    desk.press("Ctrl+Return", "Enter", "PgDown")
    assert desk.field == "phga"
    _fill_numbers(desk, "0,4")
    desk.press("Enter")
    _fill_treatment(desk)
    desk.press("PgDown")
    assert desk.field == "nw_rash"
    desk.press("Ctrl+Return", "Enter")  # no manifestation is new
    desk.go("nsaid_or_hcq_added")
    desk.press(*"2222222")  # nothing was started for activity
    desk.go("hospitalised_for_sle")
    desk.press("2", "PgDown")
    assert desk.field == "visit_date"
    desk.type("221126")
    desk.press("Enter")
    assert desk.session.answers["visit_date"] == date(2026, 11, 22)
    desk.type("Mo")
    desk.press("Enter")
    _fill_questionnaires(desk)
    desk.press("Ctrl+R")
    scores = desk.session.scores
    assert scores["sledai2k"].value == 4
    assert scores["sledas"].parts["score_2dp"] == 2.09
    assert scores["prednisone"].value == 5
    assert scores["lldas"].value is True
    assert scores["doris"].value is False
    assert (scores["clasi"].value, scores["joints"].value, scores["sfi"].value) == (1, 0, "none")
    assert (scores["pain_vas"].value, scores["facit_fatigue"].value) == (20, 26)
    assert scores["sf36"].complete
    assert scores["eq5d5l"].value == 1
    assert scores["sdi"].value is None  # the damage index is only offered at this visit
    assert desk.session.can_sign()
    left = [section.form for section in desk.session.sections() if section.done < section.total]
    assert left == []


def _fill_laboratory(desk: VisitDesk) -> None:
    desk.go("haemoglobin")
    _fill_numbers(desk, "12,1", "132", "3.4")
    desk.go("proteinuria_mg_24h")
    _fill_numbers(desk, "120")
    desk.go("urine_rbc_hpf")
    _fill_numbers(desk, "1", "2")
    desk.go("c3_low")
    desk.press("1")
    desk.go("c4_low")
    desk.press("2")
    desk.go("ch50_low")
    desk.press("3", "d")  # not done
    desk.go("dsdna_raised")
    desk.press("2")


def _fill_questionnaires(desk: VisitDesk) -> None:
    """What the patient filled on paper: scales, SF-36, FACIT-Fatigue, EQ-5D-5L; the LupusQoL was not done."""
    desk.go("vas_scale")
    desk.press("1")
    _fill_numbers(desk, "20", "35", "20")
    for first, count, answer in (("sf36_1", 36, "2"), ("facit_1", 13, "2"), ("eq5d_mo", 5, "1")):
        desk.go(first)
        _fill_numbers(desk, *[answer] * count)
    _fill_numbers(desk, "75")


def _fill_treatment(desk: VisitDesk) -> None:
    assert desk.field == "gc_oral"
    desk.press("1")
    desk.type("Meth")
    desk.press("Enter")
    _fill_numbers(desk, "4", "1")
    desk.press("2", "2")
    for drug, dose in (("hydroxychloroquine", "400"), ("azathioprine", "100"), ("anifrolumab_iv", "300")):
        desk.go(f"on_{drug}")
        desk.press("1")
        _fill_numbers(desk, dose)
    desk.press("Ctrl+Return", "Enter")
    desk.go("stable")
    desk.press("1", "2", "2")


def test_a_complete_visit_has_nothing_open(qtbot) -> None:
    desk = VisitDesk(month_6(month_6_answers(), "en"))
    assert all(page.status == "done" for page in desk.view.body.pages)
    assert desk.session.today == TODAY
    desk.close()
