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
    _fill_numbers(desk, "36,6", "62")
    desk.press("Enter")  # next section
    _fill_numbers(desk, "1", "0", "0")
    desk.press("Enter")
    _fill_numbers(desk, "132", "3.4", "120")
    desk.press("Enter")  # the unit of the spot ratio stays open
    _fill_numbers(desk, "1", "2")
    desk.press("1", "2", "3", "d", "2")  # C3 low, C4 normal, CH50 not done, anti-dsDNA normal
    desk.press("Enter")
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
    assert desk.field == "visit_date"
    desk.type("221126")
    desk.press("Enter")
    assert desk.session.answers["visit_date"] == date(2026, 11, 22)
    desk.type("Mo")
    desk.press("Ctrl+R")
    scores = desk.session.scores
    assert scores["sledai2k"].value == 4
    assert scores["sledas"].parts["score_2dp"] == 2.09
    assert scores["prednisone"].value == 5
    assert scores["lldas"].value is True
    assert scores["doris"].value is False
    assert desk.session.can_sign()


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
