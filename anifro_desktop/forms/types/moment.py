"""A day with its time, typed as `14/03/2026 9:30`; it stands in the time zone of the study.

Stored as ISO text with the offset of that moment, so that 24 hours later is 24 hours later also when the clocks change.
Only its day leaves the site, as whole days since enrolment.
"""

from __future__ import annotations

import re
from datetime import date as day
from datetime import datetime
from zoneinfo import ZoneInfo

from anifro_desktop.forms.model import Field
from anifro_desktop.forms.types import date
from anifro_desktop.forms.types.base import Fault
from anifro_desktop.record import Json, Value
from anifro_desktop.study.protocol import PROTOCOL

NAME = "moment"
STATA = "long"
REDCAP = ("text", "datetime_dmy")
ODM = "datetime"
ZONE = str(PROTOCOL.settings["study.time_zone"].value)

_TYPED = re.compile(
    r"(\S+(?: \S+)*?)(?: +|T)([0-9]{1,2})[:.]?([0-9]{2})(?::[0-9]{2})?(?:[+-][0-9:]+)?", re.ASCII
)


def parse(text: str, item: Field) -> Value | Fault:
    """The moment, or why there is none: date as elsewhere, then hours and minutes (`9:30`, `0930`)."""
    match = _TYPED.fullmatch(text)
    if match is None:
        return Fault("moment_unfinished")
    found = date.parse(match[1], item)
    if isinstance(found, Fault):
        return found
    assert isinstance(found, day)
    hour, minute = int(match[2]), int(match[3])
    if hour > 23 or minute > 59:
        return Fault("moment_impossible")
    local = datetime(found.year, found.month, found.day, hour, minute, tzinfo=ZoneInfo(ZONE))
    return local.isoformat(timespec="minutes")


def text(value: Value, item: Field, lang: str) -> str:
    """`14/03/2026 09:30`."""
    moment = datetime.fromisoformat(str(value))
    return f"{date.text(moment.date(), item, lang)} {moment:%H:%M}"


def to_json(value: Value) -> Json:
    """ISO text with its offset."""
    assert isinstance(value, str)
    return value


def from_json(data: Json, item: Field) -> Value:
    """The moment of such a text."""
    if not isinstance(data, str) or datetime.fromisoformat(data).tzinfo is None:
        raise ValueError("not a moment with its offset")
    return data


def leave(value: Value, enrolled: day) -> Json:
    """Whole days since enrolment; the time of day stays."""
    return (datetime.fromisoformat(str(value)).date() - enrolled).days
