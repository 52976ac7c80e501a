"""The study days that a date may be of which only the month or year is known. The centre has no calendar.

Such a date came as a difference of calendar months or years to enrolment, whose own day of the month stays at the site.
So `{"months": 1}` is any day from 1 (enrolled on the last of a month) to 61 (enrolled on the first of July). The bounds
hold whatever the day of enrolment was; they may be wider than it allowed by the days of leap years, never narrower.
Study days: whole days since enrolment.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from anifro_desktop.centre.answering import Apart

Span = tuple[int, int]

_SHORT_YEAR, _LONG_YEAR = 365, 366
_MONTHS = 12
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LEAP_LENGTHS = (31, 29, *_LENGTHS[2:])


def span(answer: Any) -> Span | None:
    """First and last study day that an answer may be; None where it is no date."""
    if type(answer) is int:
        return answer, answer
    if not isinstance(answer, Apart):
        return None
    if answer.months is not None:
        return _around(answer.months, _least_months, _most_months)
    return _around(answer.years or 0, _least_years, _most_years)


def _around(apart: int, least: Callable[[int], int], most: Callable[[int], int]) -> Span:
    """So many months (years) away: at least the whole ones between, at most those with both ends."""
    if apart == 0:
        longest = most(1) - 1
        return -longest, longest
    low, high = least(abs(apart) - 1) + 1, most(abs(apart) + 1) - 1
    return (low, high) if apart > 0 else (-high, -low)


def _least_months(count: int) -> int:
    return count // _MONTHS * _SHORT_YEAR + min(_runs(_LENGTHS, count % _MONTHS))


def _most_months(count: int) -> int:
    return count // _MONTHS * _LONG_YEAR + max(_runs(_LEAP_LENGTHS, count % _MONTHS))


def _runs(lengths: tuple[int, ...], count: int) -> list[int]:
    """The days of so many months in a row, from each month of the year."""
    return [sum((lengths * 2)[start : start + count]) for start in range(_MONTHS)]


def _least_years(count: int) -> int:
    return count * _SHORT_YEAR


def _most_years(count: int) -> int:
    return count * _LONG_YEAR
