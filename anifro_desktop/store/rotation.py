"""Which backups to keep: the newest of each of 7 days, 4 weeks and 12 months that have one.

Rules kept here:
- Days, weeks and months are counted among those that have a backup, never from today: a clock put forward deletes
  nothing, and a computer that was off for a year keeps all it had.
- Weeks are those of ISO 8601, and everything is by UTC, as the backups are named.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from datetime import datetime

DAYS, WEEKS, MONTHS = 7, 4, 12


def kept(moments: Collection[datetime]) -> frozenset[datetime]:
    """Those to keep of the moments of verified backups; the newest is always among them."""
    newest_first = sorted(set(moments), reverse=True)
    return frozenset(
        moment for count, period in _PERIODS for moment in _newest_of_each(newest_first, period)[:count]
    )


def _newest_of_each(newest_first: list[datetime], period: Callable[[datetime], Hashable]) -> list[datetime]:
    found: dict[Hashable, datetime] = {}
    for moment in newest_first:
        found.setdefault(period(moment), moment)
    return list(found.values())


def _day(moment: datetime) -> Hashable:
    return moment.date()


def _week(moment: datetime) -> Hashable:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> Hashable:
    return (moment.year, moment.month)


_PERIODS = ((DAYS, _day), (WEEKS, _week), (MONTHS, _month))
