"""The visit windows, transcribed a second time: months, days before, days after; and a target by counting months."""

from __future__ import annotations

from datetime import date, timedelta

PLANNED = {
    "baseline": (0, 30, 0),
    "m06": (6, 30, 30),
    "m12": (12, 45, 45),
    "m24": (24, 60, 60),
    "m36": (36, 60, 60),
    "m48": (48, 60, 60),
    "m60": (60, 60, 60),
}
OPTIONAL = {"m01": (1, 14, 14), "m03": (3, 21, 21), "m09": (9, 30, 30)}
DAY_24_WEEKS = 24 * 7


def target(day0: date, months: int) -> date:
    """Walk to the first of the month `months` later, then to the same day or the month's last."""
    on = day0.replace(day=1)
    for _ in range(months):
        on = (on + timedelta(days=31)).replace(day=1)
    month = on.month
    for _ in range(day0.day - 1):
        if (on + timedelta(days=1)).month != month:
            break
        on += timedelta(days=1)
    return on


def chosen(dates: list[date], middle: date, before: int, after: int) -> date | None:
    """Look outwards from the target, one day at a time, on each day first to the earlier side."""
    for away in range(max(before, after) + 1):
        for on, limit in ((middle - timedelta(days=away), before), (middle + timedelta(days=away), after)):
            if away <= limit and on in dates:
                return on
    return None
