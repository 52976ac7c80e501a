"""Targets, windows, which visit counts, and what is due."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anifro_desktop.study import schedule, visit_keys
from anifro_desktop.study.schedule import OPTIONAL, PLANNED, TIMETABLE, Standing, Window

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


def test_the_optional_visits() -> None:
    assert [(one.key, one.months, one.before_days, one.after_days) for one in OPTIONAL] == [
        ("m01", 1, 14, 14),
        ("m03", 3, 21, 21),
        ("m09", 9, 30, 30),
    ]
    kinds = [one.key for one in TIMETABLE]
    assert [*kinds, schedule.UNSCHEDULED, schedule.EARLY] == list(visit_keys.KINDS)


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
    assert schedule.target(date(9998, 6, 1), 12) == date(9999, 6, 1)


@given(DAYS)
def test_day_168_lies_in_the_window_of_month_6(day0: date) -> None:
    assert schedule.planned_visit_for(day0, day0 + timedelta(days=168)) == "m06"
    assert 181 <= (schedule.target(day0, 6) - day0).days <= 184


@given(DAYS)
def test_windows_never_overlap_and_hold_their_ends(day0: date) -> None:
    assert list(schedule.windows(day0)) == [visit.key for visit in PLANNED]
    assert list(schedule.all_windows(day0)) == [visit.key for visit in TIMETABLE]
    for earlier, later in pairwise(schedule.all_windows(day0).values()):
        assert earlier.closes < later.opens
    for key, span in schedule.all_windows(day0).items():
        assert span == schedule.window(day0, key)
        assert schedule.visit_for(day0, span.opens) == key
        assert schedule.visit_for(day0, span.closes) == key
        assert schedule.visit_for(day0, span.opens - timedelta(days=1)) != key
        assert schedule.visit_for(day0, span.closes + timedelta(days=1)) != key
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


def test_day_zero_is_the_first_dose_stated_else_the_first_one_recorded_else_enrolment() -> None:
    assert schedule.first_dose(3, [1, 40]) == 3
    assert schedule.first_dose(None, [40, 12]) == 12
    assert schedule.first_dose(0, [12]) == 0  # the day of enrolment is a day like any other
    assert schedule.first_dose(None, []) is None
    assert schedule.day_zero(0, 5) == 0
    assert schedule.day_zero(None, 5) == 5


@pytest.mark.parametrize(
    ("held", "key"),
    [
        ([("u01", -30), ("baseline", -31)], "u01"),
        ([("u01", -30), ("u02", -2)], "u02"),
        ([("u01", -2), ("baseline", 0)], "baseline"),
        ([("u01", -2), ("baseline", 1)], "u01"),
        ([("u01", 0), ("baseline", 0)], "baseline"),  # on one day: by key, in whatever order they are given
        ([("baseline", 150)], None),
        ([], None),
    ],
)
def test_baseline_is_the_last_visit_of_the_30_days_up_to_the_first_dose(
    held: list[tuple[str, int]], key: str | None
) -> None:
    assert schedule.baseline_among(held, Window(0, -30, 0)) == key


def test_the_day_that_counts() -> None:
    span = Window(181, 151, 211)
    assert schedule.closest([192, 170, 190], span) == 190
    assert schedule.closest([191, 171], span) == 171
    assert schedule.closest([150, 212], span) is None
    assert schedule.closest([], span) is None


def test_optional_visits_are_selected_too() -> None:
    day0 = date(2026, 1, 10)
    visits = [("u01", date(2026, 4, 20)), ("m03", date(2026, 4, 9)), ("early", date(2026, 12, 30))]
    assert schedule.select(visits, schedule.all_windows(day0)) == {"m03": "m03", "m12": "early"}


DAY_WINDOWS = {
    "baseline": Window(0, -30, 0),
    "m01": Window(31, 17, 45),
    "m06": Window(181, 151, 211),
    "m09": Window(273, 243, 303),
    "m12": Window(365, 320, 410),
}


def _states(
    today: int, held: list[tuple[str, int]] | None = None, enrolled: int = 0, ended: int | None = None
) -> dict[str, str]:
    found = schedule.standings(DAY_WINDOWS, held or [], today, enrolled, ended)
    assert list(found) == ["baseline", "m06", "m12"]
    return {key: one.state for key, one in found.items() if key != "m12"}


@pytest.mark.parametrize(
    ("today", "expected"),
    [(150, "coming"), (151, "due"), (181, "due"), (182, "overdue"), (211, "overdue"), (212, "missed")],
)
def test_how_a_visit_stands_as_time_goes_on(today: int, expected: str) -> None:
    assert _states(today, [("baseline", -1)]) == {"baseline": "served", "m06": expected}


def test_a_visit_in_the_window_serves_whatever_it_is_called() -> None:
    found = schedule.standings(DAY_WINDOWS, [("u01", 205), ("m06", 212)], 300, 0)
    assert found["m06"] == Standing("m06", "served", "u01")
    assert found["m12"] == Standing("m12", "coming")
    assert schedule.missed(found) == ("baseline",)


def test_47_days_late_is_missed_and_optional_visits_never_are() -> None:
    found = schedule.standings(DAY_WINDOWS, [("baseline", 0), ("u01", 181 + 47)], 900, 0)
    assert schedule.missed(found) == ("m06", "m12")
    assert not any(visit.key in found for visit in OPTIONAL)


def test_delayed_entry_a_window_that_closed_before_enrolment_is_neither_due_nor_missed() -> None:
    span = DAY_WINDOWS["m06"]
    assert _states(900, enrolled=211) == {"baseline": "before_enrolment", "m06": "missed"}
    assert _states(900, enrolled=212) == {"baseline": "before_enrolment", "m06": "before_enrolment"}
    assert schedule.is_due(span, 211, 211)
    assert not schedule.is_due(span, 210, 211)
    assert not schedule.is_due(span, 900, 212)
    assert schedule.is_due(span, 900)
    assert _states(900, [("m06", 180)], enrolled=250) == {"baseline": "before_enrolment", "m06": "served"}


def test_patient_v4_enrolled_in_month_5_and_gone_on_day_400() -> None:
    day0 = date(2026, 1, 10)
    spans = schedule.all_windows(day0)
    held = [("u01", schedule.target(day0, 6) + timedelta(days=47))]
    left = day0 + timedelta(days=400)
    found = schedule.standings(spans, held, date(2040, 1, 1), date(2026, 6, 10), left)
    assert {key: one.state for key, one in found.items()} == {
        "baseline": "before_enrolment",
        "m06": "missed",
        **dict.fromkeys(("m12", "m24", "m36", "m48", "m60"), "ended"),
    }
    assert schedule.missed(found) == ("m06",)


def test_who_left_or_died_misses_only_what_was_over_by_then() -> None:
    held = [("baseline", 0)]
    assert _states(900, held, ended=210)["m06"] == "ended"
    assert _states(900, held, ended=211)["m06"] == "missed"
    assert _states(900, [*held, ("m06", 170)], ended=171)["m06"] == "served"


@given(st.integers(-200, 1500), st.integers(-40, 420), st.lists(st.integers(-40, 420), max_size=4))
def test_missed_visits_are_those_due_that_nobody_served(today: int, enrolled: int, days: list[int]) -> None:
    held = [(f"u{number:02d}", day) for number, day in enumerate(days, 1)]
    found = schedule.standings(DAY_WINDOWS, held, today, enrolled)
    served = schedule.select(held, DAY_WINDOWS)
    for key, one in found.items():
        assert one.served_by == served.get(key)
        due = schedule.is_due(DAY_WINDOWS[key], today - 1, enrolled)
        assert (key in schedule.missed(found)) is (due and key not in served)


def test_a_window_that_did_not_arrive_stands_nowhere() -> None:
    assert list(schedule.standings({"m12": DAY_WINDOWS["m12"]}, [], 0, 0)) == ["m12"]


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
    assert schedule.age_at(date(2000, 1, 2), date(2000, 1, 2)) == 0
    with pytest.raises(ValueError, match="before birth"):
        schedule.age_at(date(2000, 1, 2), date(2000, 1, 1))
