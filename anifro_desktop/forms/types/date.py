"""A whole date, typed day first.

`140326`, `14032026`, `14/3/26`, `14.3.2026`, `14-03-2026` and ISO `2026-03-14` are the same day. A year of two
digits lies in the 2000s (study dates). What may still become a date (`14/3`) is unfinished, not wrong.
"""

from __future__ import annotations

import re
from datetime import date

from anifro_desktop.forms.model import Field
from anifro_desktop.forms.types.base import Fault
from anifro_desktop.record import Json, Value

NAME = "date"
STATA = "long"
REDCAP = ("text", "date_dmy")
ODM = "date"

_DAY_FIRST = re.compile(r"([0-9]{1,2})([./ -])([0-9]{1,2})\2([0-9]{2}|[0-9]{4})", re.ASCII)
_DIGITS = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2}|[0-9]{4})", re.ASCII)
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_UNFINISHED = re.compile(
    r"[0-9]{1,5}|[0-9]{7}"
    r"|[0-9]{1,2}([./ -])(?:[0-9]{1,2}(?:\1(?:[0-9]|[0-9]{3})?)?)?"
    r"|[0-9]{4}-(?:[0-9]{1,2}(?:-[0-9]?)?)?",
    re.ASCII,
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def parse(text: str, item: Field) -> Value | Fault:
    """The day, or why there is none: impossible (31/02), unfinished, or not a date."""
    if match := _ISO.fullmatch(text):
        return _day(match[1], match[2], match[3])
    if match := _DIGITS.fullmatch(text):
        return _day(match[3], match[2], match[1])
    if match := _DAY_FIRST.fullmatch(text):
        return _day(match[4], match[3], match[1])
    return Fault("date_unfinished" if _UNFINISHED.fullmatch(text) else "date_none")


def text(value: Value, item: Field, lang: str) -> str:
    """`dd/mm/yyyy` in both languages, always with four digits for the year."""
    assert isinstance(value, date)
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def to_json(value: Value) -> Json:
    """ISO text; what leaves the site is `leave`."""
    assert isinstance(value, date)
    return value.isoformat()


def from_json(data: Json, item: Field) -> Value:
    """The date of an ISO text."""
    if not isinstance(data, str) or not _ISO.fullmatch(data):
        raise ValueError("not an ISO date")
    return date.fromisoformat(data)


def leave(value: Value, enrolled: date) -> Json:
    """Whole days since enrolment."""
    assert isinstance(value, date)
    return (value - enrolled).days


def _day(year: str, month: str, day: str) -> Value | Fault:
    full = int(year) + (2000 if len(year) == 2 else 0)
    if not _FIRST_YEAR <= full <= _LAST_YEAR:
        return Fault("date_impossible")
    try:
        return date(full, int(month), int(day))
    except ValueError:
        return Fault("date_impossible")
