"""The keys under which records of a subject stand: visits, the subject's own forms, and events.

`""` is the enrolment, `history` the medical history; `baseline`, `m06` ... are planned visits, `m01`, `m03`, `m09`
optional ones, `u01`, `u02` ... unscheduled ones, `early` the visit at early termination; `ae-001` is the first event of
the form whose prefix is `ae`. A key never changes and is never used again for something else.
"""

from __future__ import annotations

import re

ENROLMENT, HISTORY, UNSCHEDULED, EARLY = "", "history", "unscheduled", "early"
# The kinds of visit that a form's timetable may name.
KINDS = (
    "baseline",
    "m01",
    "m03",
    "m06",
    "m09",
    "m12",
    "m24",
    "m36",
    "m48",
    "m60",
    UNSCHEDULED,
    EARLY,
)
PREFIX = re.compile(r"[a-z]{2,4}")

_VOID = "~"
_EVENT = re.compile(r"([a-z]{2,4})-([0-9]{3,})")
_UNSCHEDULED = re.compile(r"u[0-9]{2,}")


def kind_of(key: str) -> str:
    """The kind of a visit (`u02` is unscheduled); empty for what is no visit."""
    if _UNSCHEDULED.fullmatch(key):
        return UNSCHEDULED
    return key if key in KINDS else ""


def is_visit(key: str) -> bool:
    """Whether the key is of a visit."""
    return kind_of(key) != ""


def is_event(key: str) -> bool:
    """Whether the key is of an event."""
    return _EVENT.fullmatch(key) is not None


def void_key(key: str, number: int) -> str:
    """The key under which a mistake goes on to be kept."""
    return f"{key}{_VOID}{number}"


def key_before(key: str) -> str:
    """The key that a mistake had before; any other key as it is."""
    return key.partition(_VOID)[0]


def event_key(prefix: str, number: int) -> str:
    """The key of a form's event number 1, 2, 3 ..."""
    return f"{prefix}-{number:03}"


def event_number(key: str) -> int:
    """The number of an event's key (ValueError: not of an event)."""
    match = _EVENT.fullmatch(key)
    if match is None:
        raise ValueError("not the key of an event")
    return int(match[2])
