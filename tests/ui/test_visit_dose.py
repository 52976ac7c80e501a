"""The cumulative glucocorticoid dose in the panel: how much, from what, and what is missing, as the answers stand."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from pages import BASELINE, MONTH_6, VisitDesk, month_6, month_6_answers

from anifro_desktop.forms.cumulative import Arrival, Event, Taken
from anifro_desktop.record import Missing
from anifro_desktop.ui.visit.boards import board

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

COURSE = {"gcc_drug": 1, "gcc_mg": Decimal(10), "gcc_cycle_days": 1, "gcc_start": BASELINE, "gcc_ongoing": 1}
PULSE = {"gcp_drug": 3, "gcp_mg": Decimal(500), "gcp_days": 3, "gcp_date": MONTH_6, "gcp_reason": 1}
AT_BASELINE = Arrival("baseline", BASELINE.toordinal(), 10)


def taken(*events: Event, arrivals: tuple[Arrival, ...] = (AT_BASELINE,)) -> Taken:
    return Taken(events, arrivals)


def course(**changes: Any) -> Event:
    return Event("gc-002", "gc_course", {**COURSE, **changes})


def lines(given: Taken | None, answers: Mapping[str, Any] | None = None, lang: str = "en") -> list[str]:
    session = month_6(month_6_answers() if answers is None else answers, lang, taken=given)
    block = next(one for one in board(session) if one.rule == "prednisone")
    return [line.text for line in block.lines]


def test_the_sum_says_since_when_and_of_what(qapp) -> None:
    assert (
        lines(taken(course(), Event("gp-001", "gc_pulse", PULSE)))
        == [
            "Cumulative since enrolment: 2465 mg (1 course, 1 series of pulses)",  # 184 days, and one of the pulses
            "Cumulative since Baseline: 2455 mg (1 course, 1 series of pulses)",
        ]
    )


def test_in_italian(qapp, translations) -> None:
    translations.use("it")
    events = (course(), course(gcc_mg=Decimal("2.5")), course(gcc_drug=Missing.NOT_KNOWN))
    assert lines(taken(*events[:2]), lang="it")[0] == (
        "Dose cumulativa dall’arruolamento: 2300 mg (2 schemi)"
    )
    assert lines(taken(*events[::2]), lang="it") == [
        "Dose cumulativa dall’arruolamento: non nota, almeno 2208 mg (2 schemi)",
        "Dose cumulativa da Basale: non nota, almeno 2196 mg (2 schemi)",
        "Schema di glucocorticoide per os 2, manca: farmaco",
    ]


def test_what_is_missing_is_named_record_by_record(qapp) -> None:
    vague = course(gcc_ongoing=0, gcc_mg=Missing.NOT_KNOWN)
    found = lines(taken(vague, Event("gp-001", "gc_pulse", {"gcp_date": MONTH_6})))
    assert found[0] == "Cumulative since enrolment: not known (1 course, 1 series of pulses)"
    assert found[2:] == [
        "Course of oral glucocorticoid 2, missing: mg per cycle and last day",
        "Glucocorticoid pulse 1, missing: drug and dose per day",
    ]


def test_a_dose_that_no_course_gives_is_told(qapp) -> None:
    found = lines(taken())
    assert found == [
        "Cumulative since enrolment: not known (no course or pulse recorded)",
        "Cumulative since Baseline: not known (no course or pulse recorded)",
        "Baseline: 10 mg/day by mouth, more than the courses recorded give",
        "Month 6: 5 mg/day by mouth, more than the courses recorded give",
    ]


def test_of_many_gaps_the_first_are_named(qapp) -> None:
    many = tuple(Arrival(f"u{number:02d}", BASELINE.toordinal() + number, 5) for number in range(1, 9))
    found = lines(taken(arrivals=many))
    assert found[2].startswith("Unscheduled 1: 5 mg/day")
    assert (len(found), found[-1]) == (6, "and 6 more")  # eight, and the visit itself


def test_nothing_is_said_where_nothing_is_known_of_events(qapp) -> None:
    assert lines(None) == []


def test_the_sum_follows_the_answer_about_the_dose(qtbot) -> None:
    answers = {name: one for name, one in month_6_answers().items() if not name.startswith("gc")}
    desk = VisitDesk(month_6(answers, "en", taken=taken(arrivals=())))
    try:
        assert "Month 6: dose by mouth not known, no course recorded" in _said(desk)
        desk.go("gc_oral")
        desk.click("gc_oral", "No")
        assert _said(desk)[:2] == [
            "Cumulative since enrolment: 0 mg (no course or pulse recorded)",
            "Cumulative since Baseline: 0 mg (no course or pulse recorded)",
        ]
    finally:
        desk.close()


def _said(desk: VisitDesk) -> list[str]:
    """The lines of the block that can be seen, links left out."""
    return [line.accessibleName() for line in desk.block("prednisone").lines if line.isVisible()]
