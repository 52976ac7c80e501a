"""A date that may be known only to its month or year, as the first and last day it can be."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from anifro_desktop.record import Missing, Value


def first_day(value: Value | None) -> date | None:
    """The first day that the answer to a dated question can be; None without one."""
    return span(value)[0] if isinstance(value, date | str) and not isinstance(value, Missing) else None


def span(value: date | str) -> tuple[date, date]:
    """First and last possible day of a date, or of `2024-05-03`, `2024-05`, `2024`.

    Raises:
        ValueError: not such a text.
    """
    if isinstance(value, date):
        return value, value
    if len(value) == 4:
        return date(int(value), 1, 1), date(int(value), 12, 31)
    if len(value) == 7:
        year, month = int(value[:4]), int(value[5:])
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    day = date.fromisoformat(value)
    return day, day
