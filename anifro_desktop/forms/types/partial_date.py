"""A date of which the day, or day and month, may be unknown: `14/03/2026`, `03/2026`, `2026`.

Whole dates are typed as in `date`. It is stored as ISO text of as much as is known. It leaves the site as whole days
since enrolment where it is whole, else as the difference of calendar months or years: the first or middle day of a
month or year, counted in days from enrolment, would tell the day of the year on which enrolment was.
"""

from __future__ import annotations

import re
from datetime import date as day

from anifro_desktop.forms.model import Field
from anifro_desktop.forms.types import date
from anifro_desktop.forms.types.base import Fault
from anifro_desktop.record import Json, Value

NAME = "partial_date"
STATA = "str"
REDCAP = ("text", "")
ODM = "partialDate"

_YEAR = re.compile(r"[0-9]{4}", re.ASCII)
_MONTH = re.compile(r"([0-9]{1,2})[./ -]([0-9]{4})", re.ASCII)
_ISO_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})", re.ASCII)
_STORED = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def parse(text: str, item: Field) -> Value | Fault:
    """As much of the date as is known, or why there is none."""
    if _YEAR.fullmatch(text):
        return text if _FIRST_YEAR <= int(text) <= _LAST_YEAR else Fault("date_impossible")
    if match := _ISO_MONTH.fullmatch(text):
        return _month(int(match[1]), int(match[2]))
    if match := _MONTH.fullmatch(text):
        return _month(int(match[2]), int(match[1]))
    found = date.parse(text, item)
    if isinstance(found, Fault):
        return Fault({"date_none": "partial_none"}.get(found.code, found.code))
    assert isinstance(found, day)
    return found.isoformat()


def text(value: Value, item: Field, lang: str) -> str:
    """`14/03/2026`, `03/2026` or `2026`."""
    return "/".join(reversed(str(value).split("-")))


def to_json(value: Value) -> Json:
    """ISO text of as much as is known."""
    assert isinstance(value, str)
    return value


def from_json(data: Json, item: Field) -> Value:
    """The date of such a text."""
    if not isinstance(data, str) or not _STORED.fullmatch(data):
        raise ValueError("not a partial date")
    day.fromisoformat((data + "-01-01")[:10])
    return data


def leave(value: Value, enrolled: day) -> Json:
    """Days since enrolment, or `{"months": n}`, `{"years": n}`: differences of the calendar."""
    assert isinstance(value, str)
    year, month, whole = (*value.split("-"), "", "")[:3]
    if whole:
        return (day.fromisoformat(value) - enrolled).days
    if month:
        return {"months": (int(year) - enrolled.year) * 12 + int(month) - enrolled.month}
    return {"years": int(year) - enrolled.year}


def _month(year: int, month: int) -> Value | Fault:
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12):
        return Fault("date_impossible")
    return f"{year:04}-{month:02}"
