"""The cumulative glucocorticoid dose of a window: what lies inside it to the day, and unknown with what is missing."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from anifro_desktop.forms.cumulative import Arrival, Cumulative, Event, cumulative, days_of_date
from anifro_desktop.record import Missing
from anifro_desktop.scores.prednisone import EQUIVALENT_TO_5

FIRST, LAST = date(2026, 3, 4), date(2026, 9, 3)  # 184 days, both included
WINDOW = 184
NOT_KNOWN = Missing.NOT_KNOWN


def day(number: int) -> date:
    """A day of the window, the first being 0."""
    return FIRST + timedelta(days=number)


def course(start: object, stop: object = None, key: str = "gc-001", **more: Any) -> Event:
    answers: dict[str, Any] = {"gcc_drug": 1, "gcc_mg": Decimal(10), "gcc_cycle_days": 1, "gcc_start": start}
    answers |= {"gcc_ongoing": 1} if stop is None else {"gcc_ongoing": 0, "gcc_stop": stop}
    return Event(key, "gc_course", _given(answers | more))


def pulse(start: object, days: object = 3, key: str = "gp-001", **more: Any) -> Event:
    answers = {"gcp_date": start, "gcp_drug": 3, "gcp_mg": Decimal(500), "gcp_days": days, "gcp_reason": 1}
    return Event(key, "gc_pulse", _given(answers | more))


def _given(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if value is not None}


def summed(*events: Event, arrivals: tuple[Arrival, ...] = (), last: date = LAST) -> Cumulative:
    return cumulative(events, arrivals, FIRST.toordinal(), last.toordinal(), days_of_date)


def arrival(on: date, mg: float | None, key: str = "m06") -> Arrival:
    return Arrival(key, on.toordinal(), mg)


# Days inside the window


@pytest.mark.parametrize(
    ("start", "stop", "days"),
    [
        (day(0), day(0), 1),  # one day, the first
        (LAST, LAST, 1),  # one day, the last
        (day(5), day(5), 1),  # first and last day are the same: one day
        (day(5), day(6), 2),  # both ends are included
        (day(-10), day(-1), 0),  # over the day before
        (day(-10), day(0), 1),  # its last day is the first of the window
        (LAST, None, 1),  # begun on the last day
        (LAST + timedelta(days=1), None, 0),  # begun after it
        (LAST + timedelta(days=1), LAST + timedelta(days=9), 0),
        (day(-100), None, WINDOW),  # going on: to the end of the window, and no day before it
        (day(0), None, WINDOW),
        (day(-1), LAST + timedelta(days=1), WINDOW),  # cut at both ends
        (day(0), LAST, WINDOW),
    ],
)
def test_a_course_counts_the_days_inside_the_window(start: date, stop: date | None, days: int) -> None:
    found = summed(course(start, stop))
    assert (found.mg, found.courses, found.open) == (10 * days, int(days > 0), ())


@pytest.mark.parametrize(
    ("start", "given", "days"),
    [
        (day(-3), 3, 0),
        (day(-2), 3, 1),
        (day(-1), 3, 2),
        (day(0), 3, 3),
        (LAST - timedelta(days=2), 3, 3),
        (LAST - timedelta(days=1), 3, 2),
        (LAST, 3, 1),
        (LAST + timedelta(days=1), 3, 0),
        (day(7), 1, 1),
    ],
)
def test_a_series_of_pulses_counts_the_days_inside_the_window(start: date, given: int, days: int) -> None:
    found = summed(pulse(start, given))
    assert (found.mg, found.pulses) == (625 * days, int(days > 0))


def test_the_sum_is_over_courses_and_pulses_and_overlaps_count_both() -> None:
    found = summed(
        course(day(0), day(29)),
        course(day(10), day(23), "gc-002", gcc_drug=3, gcc_mg=Decimal(8)),
        pulse(day(12)),
    )
    assert found.mg == 30 * 10 + 14 * 10 + 3 * 625
    assert (found.courses, found.pulses) == (2, 1)


def test_a_cycle_of_several_days_counts_by_its_average() -> None:
    assert summed(course(day(0), day(6), gcc_mg=Decimal(10), gcc_cycle_days=2)).mg == 35


def test_pulses_count_whatever_they_were_for_and_by_either_route() -> None:
    for reason in (1, 2, 3, NOT_KNOWN):
        assert summed(pulse(day(3), 1, gcp_reason=reason, gcp_route=2)).mg == 625


def test_nothing_recorded_and_nothing_taken_at_the_visits_is_none() -> None:
    found = summed(arrivals=(arrival(FIRST, 0, "baseline"), arrival(LAST, 0)))
    assert (found.mg, found.courses, found.pulses) == (0, 0, 0)


def test_windows_that_follow_each_other_add_up() -> None:
    chance = random.Random(7)
    for _ in range(200):
        events = [_random_course(chance), _random_course(chance), _random_pulse(chance)]
        cut = chance.randrange(WINDOW - 1)
        whole = summed(*events).mg
        assert whole is not None
        before = summed(*events, last=day(cut)).mg
        after = cumulative(events, (), day(cut + 1).toordinal(), LAST.toordinal(), days_of_date).mg
        assert before is not None
        assert after is not None
        assert before + after == pytest.approx(whole)


def test_the_sum_is_that_of_the_days_one_by_one() -> None:
    chance = random.Random(11)
    for _ in range(200):
        events = [_random_course(chance), _random_course(chance), _random_pulse(chance)]
        by_day = sum(_on(event, day(number)) for event in events for number in range(WINDOW))
        assert summed(*events).mg == pytest.approx(by_day)


_DRUGS = tuple(EQUIVALENT_TO_5.values())  # in the order of the code list


def _random_course(chance: random.Random) -> Event:
    start = day(chance.randrange(-90, WINDOW + 30))
    stop = None if chance.random() < 0.3 else start + timedelta(days=chance.randrange(120))
    mg, cycle = Decimal(chance.randrange(1, 60)), chance.choice((1, 1, 2, 7))
    return course(start, stop, gcc_drug=chance.randrange(1, 10), gcc_mg=mg, gcc_cycle_days=cycle)


def _random_pulse(chance: random.Random) -> Event:
    return pulse(
        day(chance.randrange(-5, WINDOW + 5)), chance.randrange(1, 6), gcp_drug=chance.randrange(1, 10)
    )


def _on(event: Event, on: date) -> float:
    """Prednisone equivalent of one day."""
    answers = event.answers
    if event.form == "gc_pulse":
        given = answers["gcp_date"] <= on < answers["gcp_date"] + timedelta(days=answers["gcp_days"])
        return given * float(answers["gcp_mg"]) * 5 / _DRUGS[answers["gcp_drug"] - 1]
    given = answers["gcc_start"] <= on <= answers.get("gcc_stop", date.max)
    dose = float(answers["gcc_mg"]) / answers["gcc_cycle_days"] * 5
    return given * dose / _DRUGS[answers["gcc_drug"] - 1]


# What is open


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"gcc_drug": None}, ("gcc_drug",)),
        ({"gcc_drug": NOT_KNOWN}, ("gcc_drug",)),
        ({"gcc_mg": NOT_KNOWN}, ("gcc_mg",)),
        ({"gcc_cycle_days": None}, ("gcc_cycle_days",)),
        ({"gcc_mg": None, "gcc_cycle_days": None}, ("gcc_mg", "gcc_cycle_days")),
        ({"gcc_start": None}, ("gcc_start",)),
        ({"gcc_start": NOT_KNOWN}, ("gcc_start",)),
        ({"gcc_start": "2026-05"}, ("gcc_start",)),
        ({"gcc_start": "2026"}, ("gcc_start",)),
        ({"gcc_stop": NOT_KNOWN}, ("gcc_stop",)),
        ({"gcc_stop": None}, ("gcc_stop",)),
        ({"gcc_stop": "2026-07"}, ("gcc_stop",)),
        ({"gcc_stop": None, "gcc_ongoing": None}, ("gcc_ongoing",)),
        ({"gcc_stop": None, "gcc_ongoing": NOT_KNOWN}, ("gcc_ongoing",)),
        ({"gcc_start": None, "gcc_stop": NOT_KNOWN}, ("gcc_start", "gcc_stop")),
    ],
)
def test_a_course_with_an_open_answer_leaves_the_sum_unknown_and_is_named(
    changes: Mapping[str, Any], missing: tuple[str, ...]
) -> None:
    known = course(day(0), day(9), "gc-007")
    vague = course(day(20), day(120), "gc-002")
    vague = replace(vague, answers=_given({**vague.answers, **changes}))
    found = summed(known, vague)
    assert found.mg is None
    assert [(item.key, item.fields) for item in found.open] == [("gc-002", missing)]
    assert found.least >= 100
    assert (found.courses, found.pulses) == (2, 0)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"gcp_drug": None}, ("gcp_drug",)),
        ({"gcp_mg": NOT_KNOWN}, ("gcp_mg",)),
        ({"gcp_days": None}, ("gcp_days",)),
        ({"gcp_date": NOT_KNOWN}, ("gcp_date",)),
        ({"gcp_date": "2026-09"}, ("gcp_date",)),
        ({"gcp_date": None, "gcp_days": None}, ("gcp_date", "gcp_days")),
    ],
)
def test_a_pulse_with_an_open_answer_leaves_the_sum_unknown_and_is_named(
    changes: Mapping[str, Any], missing: tuple[str, ...]
) -> None:
    vague = pulse(day(20))
    found = summed(replace(vague, answers=_given({**vague.answers, **changes})))
    assert found.mg is None
    assert [(item.key, item.fields) for item in found.open] == [("gp-001", missing)]


def test_an_open_answer_that_changes_nothing_inside_the_window_is_not_missing() -> None:
    # A partial first day that is before the window whichever day it was; a last day after it.
    assert summed(course("2026-02", LAST)).mg == 10 * WINDOW
    assert summed(course("2025", "2026-10")).mg == 10 * WINDOW
    # Over before the window, or begun after it, whatever is open.
    assert summed(course(NOT_KNOWN, day(-1))).mg == 0
    assert summed(course(day(-9), "2026-02", gcc_drug=NOT_KNOWN)).mg == 0
    assert summed(course("2026-10", NOT_KNOWN, gcc_mg=NOT_KNOWN)).mg == 0
    assert summed(course(LAST, NOT_KNOWN)).mg == 10  # it ended on that day or later
    assert summed(pulse("2026-05")).mg == 3 * 625  # all its days lie inside
    assert summed(pulse("2026-02")).mg == 0  # over by the 2nd of March
    assert summed(pulse("2026-02", 5)).mg is None  # one that began on the 28th went on to the 4th
    assert summed(pulse("2026-10", NOT_KNOWN)).mg == 0
    assert summed(pulse(LAST, NOT_KNOWN)).mg == 625


def test_dates_that_contradict_each_other_are_no_course_of_0_days() -> None:
    found = summed(course(day(20), day(10)))
    assert found.mg is None
    assert found.open[0].fields == ("gcc_stop",)
    both = course(day(20), day(30), gcc_ongoing=1)
    assert summed(both).mg is None
    assert summed(both).open[0].fields == ("gcc_ongoing",)


def test_an_event_with_nothing_answered_is_named_whole() -> None:
    found = summed(Event("gc-001", "gc_course", {}), Event("gp-001", "gc_pulse", {}))
    assert found.mg is None
    assert [item.key for item in found.open] == ["gc-001", "gp-001"]


# Against what the visits say is taken


def test_a_visit_with_a_dose_that_no_course_gives_leaves_the_sum_unknown() -> None:
    found = summed(pulse(day(30)), arrivals=(arrival(FIRST, 0, "baseline"), arrival(LAST, 5)))
    assert (found.mg, found.least) == (None, 3 * 625)
    assert found.unrecorded == (arrival(LAST, 5),)


def test_a_visit_that_says_more_than_the_courses_leaves_the_sum_unknown() -> None:
    assert summed(course(day(0)), arrivals=(arrival(LAST, 12.5),)).unrecorded == (arrival(LAST, 12.5),)
    assert summed(course(day(0)), arrivals=(arrival(LAST, 10),)).mg == 10 * WINDOW
    assert summed(course(day(0)), arrivals=(arrival(LAST, 5),)).mg == 10 * WINDOW


def test_the_dose_on_arrival_may_have_been_changed_on_that_day() -> None:
    visit = day(90)
    tapered = (course(day(0), day(89)), course(visit, None, "gc-002", gcc_mg=Decimal(5)))
    for mg in (10, 5):
        assert summed(*tapered, arrivals=(arrival(visit, mg),)).mg == 10 * 90 + 5 * (WINDOW - 90)
    assert summed(*tapered, arrivals=(arrival(day(91), 10),)).mg is None


def test_a_visit_whose_dose_is_open_is_passed_where_a_course_covers_it_and_else_not() -> None:
    assert summed(course(day(0)), arrivals=(arrival(LAST, None),)).mg == 10 * WINDOW
    found = summed(course(day(0), day(9)), arrivals=(arrival(LAST, None),))
    assert (found.mg, found.unrecorded) == (None, (arrival(LAST, None),))
    assert summed(arrivals=(arrival(LAST, None),)).mg is None


def test_visits_outside_the_window_say_nothing_of_it() -> None:
    later, earlier = arrival(LAST + timedelta(days=1), 20), arrival(FIRST - timedelta(days=2), 20)
    assert summed(arrivals=(later, earlier)).mg == 0


def test_the_visit_at_which_a_window_begins_tells_of_it_too() -> None:
    before = arrival(FIRST - timedelta(days=1), 20)
    assert summed(arrivals=(before, arrival(LAST, 0))).mg is None  # it went on into the window, perhaps
    over = course(FIRST - timedelta(days=60), FIRST - timedelta(days=2), gcc_mg=Decimal(20))
    assert summed(over, arrivals=(before,)).mg == 0
