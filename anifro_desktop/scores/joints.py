"""Joint counts: 28 joints (the study's count), and 68 tender / 66 swollen; active joints; 50 % response.

28 joints and active joint (tender and swollen): Morand EF et al. N Engl J Med 2020;382:211-21 (doi
10.1056/NEJMoa1912196); response and its denominator: Vital EM et al. Ann Rheum Dis 2022;81:951-61 (doi
10.1136/annrheumdis-2021-221425).

A joint is named by its side and name, such as `r_mcp2` or `l_knee`; the constants list all of them from head to
foot, right before left. Hips are asked for tenderness only, so a swollen hip is no answer. `midfoot` is the tarsus.

`value` is the number of active joints of 28. Response (settings): tender and swollen counts both at most half of
their baseline; evaluable, for the primary set, from 6 tender and 6 swollen. Where a baseline count is 0 a fall is
undefined, and the response not met only if the other count fails it.

Missing answers: `tender` and `swollen` are whole lists: [] is none, null is not examined. Active joints are bounded
by the list that is known; none of 28 there, and there are no active ones whatever the other says.

Units: joints.

Parts: `tjc28`, `sjc28`, `tjc68`, `sjc66`, `active28`, `response50_evaluable`, `response50`; `contradictions`
(`active28` where the counts of a visit do not allow it).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anifro_desktop.scores.keys import Absent, Key, Number, Words
from anifro_desktop.scores.model import Part, Score, Tri, both
from anifro_desktop.study.protocol import PROTOCOL

RULE = "joints"
NUMBER = 1
TITLE = "Joint counts|Conta articolare"
SOURCE = "Morand 2020, doi 10.1056/NEJMoa1912196; Vital 2022, doi 10.1136/annrheumdis-2021-221425"
SETTINGS = ("joints",)

SIDES = ("r", "l")


def _series(name: str, first: int) -> tuple[str, ...]:
    return tuple(f"{name}{number}" for number in range(first, 6))


# Joints without their side, from head to foot.
JOINTS = (
    "tmj",
    "sternoclavicular",
    "acromioclavicular",
    "shoulder",
    "elbow",
    "wrist",
    *_series("mcp", 1),
    "thumb_ip",
    *_series("pip", 2),
    *_series("dip", 2),
    "hip",
    "knee",
    "ankle",
    "midfoot",
    *_series("mtp", 1),
    "great_toe_ip",
    *_series("toe_pip", 2),
)
TENDER_ONLY = ("hip",)
STUDY_JOINTS = ("shoulder", "elbow", "wrist", *_series("mcp", 1), "thumb_ip", *_series("pip", 2), "knee")

JOINTS_68 = tuple(f"{side}_{joint}" for joint in JOINTS for side in SIDES)
JOINTS_66 = tuple(f"{side}_{joint}" for joint in JOINTS if joint not in TENDER_ONLY for side in SIDES)
JOINTS_28 = tuple(f"{side}_{joint}" for joint in STUDY_JOINTS for side in SIDES)
RESPONSE_BASELINE = PROTOCOL.number("joints.response_baseline")

KEYS: dict[str, Key] = {
    "tender": Words(JOINTS_68),
    "swollen": Words(JOINTS_66),
    "baseline_tjc28": Number(0, 28, whole=True, unit="{joints}"),
    "baseline_sjc28": Number(0, 28, whole=True, unit="{joints}"),
}
ABSENT = Absent({"tender": [], "swollen": []})

_IN_28 = frozenset(JOINTS_28)


def score(answers: Mapping[str, Any]) -> Score:
    """The counts of a visit that recorded its joints one by one."""
    tender, swollen = answers.get("tender"), answers.get("swollen")
    tender28 = None if tender is None else _IN_28.intersection(tender)
    swollen28 = None if swollen is None else _IN_28.intersection(swollen)
    active = None if tender28 is None or swollen28 is None else len(tender28 & swollen28)
    parts: dict[str, Part] = {
        "tjc28": _count(tender28),
        "sjc28": _count(swollen28),
        "tjc68": _count(tender),
        "sjc66": _count(swollen),
    }
    missing = [key for key in ("tender", "swollen") if answers.get(key) is None]
    return _score(parts, active, missing, answers.get("baseline_tjc28"), answers.get("baseline_sjc28"))


def from_counts(
    tjc28: int | None,
    sjc28: int | None,
    active28: int | None,
    baseline_tjc28: int | None,
    baseline_sjc28: int | None,
) -> Score:
    """The same for a visit that recorded counts only (None = unknown); counts of 68 and 66 stay unknown."""
    parts: dict[str, Part] = {"tjc28": tjc28, "sjc28": sjc28, "tjc68": None, "sjc66": None}
    missing = [] if active28 is not None else ["active28"]
    if active28 is None:
        missing = [key for key in ("tjc28", "sjc28") if parts[key] is None] + missing
    return _score(parts, active28, missing, baseline_tjc28, baseline_sjc28)


def _count(joints: Any) -> int | None:
    return None if joints is None else len(joints)


def _score(
    parts: dict[str, Part],
    active: int | None,
    missing: list[str],
    baseline_tender: float | None,
    baseline_swollen: float | None,
) -> Score:
    tender, swollen = parts["tjc28"], parts["sjc28"]
    least, most = _active_bounds(tender, swollen)
    denied = active is not None and not least <= active <= most
    if active is None and least == most:
        active = least
    parts["active28"] = active
    parts["response50_evaluable"] = both(
        *[
            None if count is None else count >= RESPONSE_BASELINE
            for count in (baseline_tender, baseline_swollen)
        ]
    )
    parts["response50"] = both(_halved(tender, baseline_tender), _halved(swollen, baseline_swollen))
    parts["contradictions"] = ["active28"] if denied else []
    if active is None:
        return Score(RULE, None, False, least, most, parts, tuple(missing))
    return Score(RULE, active, True, parts=parts)


def _active_bounds(tender: int | None, swollen: int | None) -> tuple[int, int]:
    """The fewest and the most joints of 28 that can be both, given how many are each."""
    everything = len(JOINTS_28)
    most_tender = everything if tender is None else tender
    most_swollen = everything if swollen is None else swollen
    least = max(0, (tender or 0) + (swollen or 0) - everything)
    return least, min(most_tender, most_swollen)


def _halved(now: int | None, baseline: float | None) -> Tri:
    """Whether a count is at most half of its baseline; undefined at baseline 0."""
    return None if now is None or not baseline else 2 * now <= baseline
