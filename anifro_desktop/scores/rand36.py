"""RAND 36-Item Health Survey 1.0: the items of the SF-36 version 1 by RAND's own arithmetic, eight scales 0 to 100.

Hays RD, Sherbourne CD, Mazel RM. Health Econ 1993;2:217-27. Past 4 weeks; higher is
better. Every answer becomes a percentage and a scale is their mean; with all items answered only pain and general
health differ from the SF-36. Scored beside the SF-36, not instead of it, and never under its name.

Input: `answers`, 36 whole numbers or null in the order of the questionnaire. Item 2 is in no scale.

Missing answers: a scale is the mean of the items that were answered, one being enough.

Value: RAND has no total. So that a result has one, it is `general_health` (setting) as soon as all eight scales have a
result, and none before; no bounds. `missing` names every unanswered item of a scale, also where the others are enough.

Parts: `physical_functioning`, `role_physical`, `role_emotional`, `energy`, `emotional`, `social`, `pain`,
`general_health`.
Warnings: `partly_answered_<scale>`, for each scale that lacks some answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from anifro_desktop.scores import sf36
from anifro_desktop.scores.keys import Absent, Key
from anifro_desktop.scores.model import Score
from anifro_desktop.scores.questionnaire import Answer, Scale, profile, recode, unanswered

RULE = "rand36"
NUMBER = 1
TITLE = "RAND-36 (general health)|RAND-36 (salute generale)"
SOURCE = "Hays 1993, Health Econ 2:217-27"
SETTINGS = ("questionnaires", "rand36")

# Scale: items, fewest answers, least and greatest value of a recoded item.
SCALES: dict[str, Scale] = {
    "physical_functioning": Scale((3, 4, 5, 6, 7, 8, 9, 10, 11, 12), 1, 0, 100),
    "role_physical": Scale((13, 14, 15, 16), 1, 0, 100),
    "role_emotional": Scale((17, 18, 19), 1, 0, 100),
    "energy": Scale((23, 27, 29, 31), 1, 0, 100),
    "emotional": Scale((24, 25, 26, 28, 30), 1, 0, 100),
    "social": Scale((20, 32), 1, 0, 100),
    "pain": Scale((21, 22), 1, 0, 100),
    "general_health": Scale((1, 33, 34, 35, 36), 1, 0, 100),
}

_FIVE_DOWN = (100, 75, 50, 25, 0)
_FIVE_UP = (0, 25, 50, 75, 100)
_SIX_DOWN = (100, 80, 60, 40, 20, 0)
_SIX_UP = (0, 20, 40, 60, 80, 100)
# Item: what the answers 1, 2, 3 ... count.
RECODES: dict[int, tuple[float, ...]] = {
    **dict.fromkeys((1, 2, 20, 22, 34, 36), _FIVE_DOWN),
    **dict.fromkeys(range(3, 13), (0, 50, 100)),
    **dict.fromkeys(range(13, 20), (0, 100)),
    **dict.fromkeys((21, 23, 26, 27, 30), _SIX_DOWN),
    **dict.fromkeys((24, 25, 28, 29, 31), _SIX_UP),
    **dict.fromkeys((32, 33, 35), _FIVE_UP),
}

KEYS: dict[str, Key] = sf36.KEYS
ABSENT = Absent({})  # an item that was not answered is never assumed

_TABLES = tuple(RECODES[item] for item in range(1, sf36.LENGTH + 1))


def score(answers: Mapping[str, Any]) -> Score:
    """The RAND-36 of one person: value general health, all scales among the parts."""
    given: Sequence[Answer] = answers.get("answers") or sf36.NOTHING
    parts, warnings = profile(SCALES, recode(given, _TABLES))
    whole = None not in parts.values()
    value = parts["general_health"] if whole else None
    missing = unanswered(sf36.SCORED_NAMES, [given[item - 1] for item in sf36.SCORED])
    return Score(RULE, value, whole, parts=parts, missing=missing, warnings=warnings)
