"""The days that a date of unknown day may be: never fewer than the calendar allows, and of use all the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from anifro_desktop.centre.answering import Apart
from anifro_desktop.centre.spans import span
from anifro_desktop.forms.types.partial_date import leave
from anifro_desktop.record import Missing

days = some.dates(date(1950, 1, 1), date(2060, 12, 31))


@given(days, days, some.sampled_from([4, 7, 10]))
def test_the_true_day_is_always_inside(enrolled: date, on: date, known: int) -> None:
    sent = leave(on.isoformat()[:known], enrolled)
    answer = Apart(**sent) if isinstance(sent, dict) else sent  # type: ignore[arg-type]
    found = span(answer)
    assert found is not None
    assert found[0] <= (on - enrolled).days <= found[1]


def _every_day(apart: str, count: int) -> set[int]:
    """All differences in days that such a difference of months or years can be, for enrolments over 8 years."""
    start, end = date(2020, 1, 1), date(2028, 12, 31)
    found = set()
    for step in range((end - start).days + 1):
        enrolled = start + timedelta(days=step)
        month = enrolled.year * 12 + enrolled.month - 1 + count
        first = (
            date(month // 12, month % 12 + 1, 1) if apart == "months" else date(enrolled.year + count, 1, 1)
        )
        after = (
            date((month + 1) // 12, (month + 1) % 12 + 1, 1)
            if apart == "months"
            else date(first.year + 1, 1, 1)
        )
        found |= {(first - enrolled).days, (after - enrolled).days - 1}
    return found


@pytest.mark.parametrize("count", [*range(-14, 15), 24, 60, -36])
def test_months_reach_no_further_than_leap_years_allow(count: int) -> None:
    low, high = span(Apart(months=count)) or (0, 0)
    true = _every_day("months", count)
    assert min(true) - 2 <= low <= min(true)
    assert max(true) <= high <= max(true) + 4


@pytest.mark.parametrize("count", [-9, -1, 0, 1, 5])
def test_years_reach_no_further_than_leap_years_allow(count: int) -> None:
    low, high = span(Apart(years=count)) or (0, 0)
    true = _every_day("years", count)
    assert min(true) - 9 <= low <= min(true)
    assert max(true) <= high <= max(true) + 9


@pytest.mark.parametrize("answer", [None, Missing.NOT_KNOWN, "2026", True])
def test_what_is_no_date_has_no_days(answer: object) -> None:
    assert span(answer) is None
