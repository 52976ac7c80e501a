"""Targets, windows, which visit counts, and what is due."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anifro_desktop.study import schedule
from anifro_desktop.study.schedule import PLANNED, Window

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def test_the_planned_visits() -> None:
    assert [(one.key, one.months, one.before_days, one.after_days) for one in PLANNED] == [
        ("baseline", 0, 30, 0),
        ("m06", 6, 30, 30),
        ("m12", 12, 45, 45),
        ("m24", 24, 60, 60),
        ("m36", 36, 60, 60),
        ("m48", 48, 60, 60),
        ("m60", 60, 60, 60),
    ]


@pytest.mark.parametrize(
    ("day0", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
        (date(2026, 5, 31), 6, date(2026, 11, 30)),
        (date(2026, 3, 1), 0, date(2026, 3, 1)),
    ],
)
def test_targets_follow_the_calendar(day0: date, months: int, expected: date) -> None:
    assert schedule.target(day0, months) == expected


def test_a_target_beyond_the_calendar() -> None:
    with pytest.raises(OverflowError):
        schedule.target(date(9999, 6, 1), 12)


@given(DAYS)
def test_day_168_lies_in_the_window_of_month_6(day0: date) -> None:
    assert schedule.planned_visit_for(day0, day0 + timedelta(days=168)) == "m06"
    assert 181 <= (schedule.target(day0, 6) - day0).days <= 184


@given(DAYS)
def test_windows_never_overlap_and_hold_their_ends(day0: date) -> None:
    spans = list(schedule.windows(day0).values())
    for earlier, later in pairwise(spans):
        assert earlier.closes < later.opens
    for key, span in schedule.windows(day0).items():
        assert schedule.planned_visit_for(day0, span.opens) == key
        assert schedule.planned_visit_for(day0, span.closes) == key
        assert schedule.planned_visit_for(day0, span.opens - timedelta(days=1)) != key
        assert schedule.planned_visit_for(day0, span.closes + timedelta(days=1)) is None


def test_47_days_after_the_target_is_unscheduled() -> None:
    day0 = date(2026, 1, 10)
    assert schedule.planned_visit_for(day0, schedule.target(day0, 6) + timedelta(days=47)) is None


def test_due_only_once_the_window_has_closed() -> None:
    day0 = date(2026, 1, 10)
    closes = schedule.window(day0, "m06").closes
    assert schedule.due_through(day0, day0 - timedelta(days=1)) is None
    assert schedule.due_through(day0, day0) == "baseline"
    assert schedule.due_through(day0, closes - timedelta(days=1)) == "baseline"
    assert schedule.due_through(day0, closes) == "m06"
    assert schedule.due_through(day0, date(2040, 1, 1)) == "m60"


def test_the_closest_visit_counts_and_on_a_tie_the_earlier() -> None:
    windows = {"m06": Window(181, 151, 211), "m12": Window(365, 320, 410)}
    visits = [("u01", 170), ("u02", 192), ("u03", 300), ("u04", 190)]
    assert schedule.select(visits, windows) == {"m06": "u04"}
    assert schedule.select([("late", 191), ("early", 171)], windows) == {"m06": "early"}
    assert schedule.select([("first", 181), ("second", 181)], windows) == {"m06": "first"}
    assert schedule.select([("edge", 151), ("other", 410)], windows) == {"m06": "edge", "m12": "other"}
    assert schedule.select([("before", 150), ("after", 212)], windows) == {}


def test_selection_on_dates() -> None:
    day0 = date(2026, 1, 10)
    visits = [("v1", day0), ("v2", day0 - timedelta(days=20)), ("v3", date(2026, 7, 8))]
    assert schedule.select(visits, schedule.windows(day0)) == {"baseline": "v1", "m06": "v3"}


def test_windows_leave_as_days_since_enrolment() -> None:
    enrolment, day0 = date(2026, 1, 1), date(2026, 1, 11)
    assert schedule.in_days(schedule.window(day0, "baseline"), enrolment) == Window(10, -20, 10)
    assert schedule.study_day(enrolment, date(2025, 12, 31)) == -1


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2026, 1, 1), "2026H1"), (date(2026, 6, 30), "2026H1"), (date(2026, 7, 1), "2026H2")],
)
def test_half_years(on: date, expected: str) -> None:
    assert schedule.half_year(on) == expected


def test_ages() -> None:
    assert schedule.age_at(date(1990, 5, 20), date(2026, 5, 19)) == 35
    assert schedule.age_at(date(1990, 5, 20), date(2026, 5, 20)) == 36
    assert schedule.age_at(date(2000, 2, 29), date(2026, 2, 28)) == 25
    assert schedule.age_at(date(2000, 2, 29), date(2026, 3, 1)) == 26
    with pytest.raises(ValueError, match="before birth"):
        schedule.age_at(date(2000, 1, 2), date(2000, 1, 1))
