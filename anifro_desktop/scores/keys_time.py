"""Kinds of keys that hold a day, a moment or a time zone, written as text in ISO 8601.

Only the forms named here are read, so that nobody guesses which number is the month: `2026-03-14`,
`2026-03-14T09:30:00+01:00`, `Europe/Rome`. Days that do not exist and years outside 1900 to 2199 are refused. A
moment always carries its offset from UTC; without one it would be another moment in another place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from anifro_desktop.scores.faults import Fault, not_allowed

FIRST_YEAR, LAST_YEAR = 1900, 2199

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-5][0-9])"
)
_LARGEST_OFFSET = timedelta(hours=14)
_NOT_ZONES = frozenset(("Factory", "localtime", "posixrules"))  # files beside the zones, the same nowhere


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar, as text: `2026-03-14`."""

    def allowed(self) -> str:
        """What may be given."""
        return (
            f"a date such as 2026-03-14 (years {FIRST_YEAR} to {LAST_YEAR}), or null"
            f"|una data come 2026-03-14 (anni dal {FIRST_YEAR} al {LAST_YEAR}), o null"
        )

    def faults(self, value: Any, place: str, path: str) -> list[Fault]:
        """Another form, or a day that does not exist."""
        return [] if is_day(value) else [not_allowed(self.allowed(), place, path)]


@dataclass(frozen=True, slots=True)
class Days:
    """A list of days; the same day may come twice."""

    def allowed(self) -> str:
        """What may be given."""
        return (
            f"a list of dates such as 2026-03-14 (years {FIRST_YEAR} to {LAST_YEAR}), or null"
            f"|una lista di date come 2026-03-14 (anni dal {FIRST_YEAR} al {LAST_YEAR}), o null"
        )

    def faults(self, value: Any, place: str, path: str) -> list[Fault]:
        """Not a list, or a list with anything but days."""
        if isinstance(value, list) and all(map(is_day, value)):
            return []
        return [not_allowed(self.allowed(), place, path)]


@dataclass(frozen=True, slots=True)
class Moment:
    """A date and time with its offset from UTC, as text: `2026-03-14T09:30:00+01:00`."""

    def allowed(self) -> str:
        """What may be given."""
        return (
            "a date and time with its offset from UTC such as 2026-03-14T09:30:00+01:00"
            f" (years {FIRST_YEAR} to {LAST_YEAR}), or null"
            "|una data e ora con la differenza dall'UTC come 2026-03-14T09:30:00+01:00"
            f" (anni dal {FIRST_YEAR} al {LAST_YEAR}), o null"
        )

    def faults(self, value: Any, place: str, path: str) -> list[Fault]:
        """Another form, no offset, or a moment that does not exist."""
        return [] if _is_moment(value) else [not_allowed(self.allowed(), place, path)]


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone by its name in the IANA database: `Europe/Rome`."""

    def allowed(self) -> str:
        """What may be given."""
        return (
            "a time zone of the IANA database such as Europe/Rome, or null"
            "|un fuso orario della banca dati IANA come Europe/Rome, o null"
        )

    def faults(self, value: Any, place: str, path: str) -> list[Fault]:
        """Anything but the name of a zone."""
        known = isinstance(value, str) and value in _zones()
        return [] if known else [not_allowed(self.allowed(), place, path)]


def as_date(text: str) -> date:
    """The day that a valid answer of the kind Day names."""
    return date.fromisoformat(text)


def as_moment(text: str) -> datetime:
    """The moment, with its offset, that a valid answer of the kind Moment names."""
    return datetime.fromisoformat(text)


def is_day(value: Any) -> bool:
    """Whether a value is a day of the calendar in the one form that is read."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return False
    try:
        return FIRST_YEAR <= as_date(value).year <= LAST_YEAR
    except ValueError:
        return False


def _is_moment(value: Any) -> bool:
    """Whether a value is a moment in the one form that is read; -00:00 says that the offset is not known."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value) or value.endswith("-00:00"):
        return False
    try:
        moment = as_moment(value)
    except ValueError:
        return False
    offset = moment.utcoffset()
    return FIRST_YEAR <= moment.year <= LAST_YEAR and offset is not None and abs(offset) <= _LARGEST_OFFSET


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones()) - _NOT_ZONES
