"""Joints as they were recorded, joint by joint or only counted, as counts of the 28 and as lists of the 68.

`joint_method`: 1 joint by joint (28), 2 joint by joint (66/68), 3 counts only. A joint is normal 0, tender 1, swollen
2, or both 3. A count is known once every joint it counts is; one joint left open leaves its counts unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from anifro_desktop.scores.joints import JOINTS_28, JOINTS_68, TENDER_ONLY

PREFIX = "j_"
SINGLE_28, SINGLE_68, COUNTED = 1, 2, 3
_TENDER, _SWOLLEN, _BOTH = (1, 3), (2, 3), 3
FIELDS_28 = tuple(PREFIX + joint for joint in JOINTS_28)
SOURCES = ("joint_method", "tjc28", "sjc28", "active28", *FIELDS_28)


class Counts(NamedTuple):
    """Tender, swollen, and tender and swollen joints of the 28; None while unknown."""

    tender: int | None
    swollen: int | None
    active: int | None


UNKNOWN = Counts(None, None, None)


def counts(answers: Mapping[str, Any]) -> Counts:
    """The counts of the 28 joints, however they were recorded."""
    method = answers.get("joint_method")
    if method == COUNTED:
        given = [answers.get(name) for name in ("tjc28", "sjc28", "active28")]
        return Counts(*[value if type(value) is int else None for value in given])
    if method not in (SINGLE_28, SINGLE_68):
        return UNKNOWN
    states = [answers.get(name) for name in FIELDS_28]
    if not all(type(state) is int for state in states):
        return UNKNOWN
    return Counts(
        sum(state in _TENDER for state in states),
        sum(state in _SWOLLEN for state in states),
        states.count(_BOTH),
    )


class Bounds(NamedTuple):
    """The least and the most that a count can still become."""

    least: int
    most: int


def bounds(answers: Mapping[str, Any], joints: Sequence[str] = JOINTS_28) -> tuple[Bounds, Bounds, Bounds]:
    """Tender, swollen, and tender and swollen joints as far as each was examined (a hip is never swollen)."""
    least, most = [0, 0, 0], [0, 0, 0]
    for joint in joints:
        state = answers.get(PREFIX + joint)
        known = type(state) is int
        for at, states in enumerate((_TENDER, _SWOLLEN, (_BOTH,))):
            least[at] += known and state in states
            possible = at == 0 or joint.partition("_")[2] not in TENDER_ONLY
            most[at] += state in states if known else possible
    tender, swollen, active = (Bounds(low, high) for low, high in zip(least, most, strict=True))
    return tender, swollen, active


def lists(answers: Mapping[str, Any]) -> tuple[list[str], list[str]] | None:
    """Tender and swollen joints of all 68 (hips are never swollen), or None while one of them is open."""
    if answers.get("joint_method") != SINGLE_68:
        return None
    states = {joint: answers.get(PREFIX + joint) for joint in JOINTS_68}
    if not all(type(state) is int for state in states.values()):
        return None
    return (
        [joint for joint, state in states.items() if state in _TENDER],
        [joint for joint, state in states.items() if state in _SWOLLEN],
    )


def tender28(answers: Mapping[str, Any]) -> Decimal | None:
    """Tender joints of 28, as conditions read it."""
    return _number(counts(answers).tender)


def swollen28(answers: Mapping[str, Any]) -> Decimal | None:
    """Swollen joints of 28, as conditions read it."""
    return _number(counts(answers).swollen)


def active28(answers: Mapping[str, Any]) -> Decimal | None:
    """Joints of 28 both tender and swollen, as conditions read it."""
    return _number(counts(answers).active)


def _number(count: int | None) -> Decimal | None:
    return None if count is None else Decimal(count)
