"""LupusQoL: 34 items from 0 to 4 over the past 4 weeks; eight domains from 0 (worst) to 100 (best), no total.

McElhone K et al. Arthritis Rheum 2007;57:972-9. A domain is the mean of its items divided by
4, times 100.

Input: `answers`, an object from the item number ("1" to "34") to its answer.

Missing answers: "not applicable" is an item that was not answered; a domain needs at least half of its items and is
the mean of those.

Value: the LupusQoL has no total. So that a result has one, it is `physical_health` (setting) as soon as all eight
domains have a result, and none before; no bounds. `missing` names every unanswered item, also where the others are
enough.

Parts: `physical_health`, `pain`, `planning`, `intimate_relationships`, `burden_to_others`, `emotional_health`,
`body_image`, `fatigue`.
Warnings: `partly_answered_<domain>`, for each domain that lacks some answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anifro_desktop.scores.keys import Absent, Block, Key, Number
from anifro_desktop.scores.model import Score
from anifro_desktop.scores.questionnaire import Answer, Scale, names, profile, unanswered

RULE = "lupusqol"
NUMBER = 1
TITLE = "LupusQoL (physical health)|LupusQoL (salute fisica)"
SOURCE = "McElhone 2007, Arthritis Rheum 57:972-9"
SETTINGS = ("questionnaires", "lupusqol")

LENGTH = 34
# Domain: items, fewest answers, least and greatest answer.
DOMAINS: dict[str, Scale] = {
    "physical_health": Scale((1, 2, 3, 4, 5, 6, 7, 8), 4, 0, 4),
    "pain": Scale((9, 10, 11), 2, 0, 4),
    "planning": Scale((12, 13, 14), 2, 0, 4),
    "intimate_relationships": Scale((15, 16), 1, 0, 4),
    "burden_to_others": Scale((17, 18, 19), 2, 0, 4),
    "emotional_health": Scale((20, 21, 22, 23, 24, 25), 3, 0, 4),
    "body_image": Scale((26, 27, 28, 29, 30), 3, 0, 4),
    "fatigue": Scale((31, 32, 33, 34), 2, 0, 4),
}

ITEMS = tuple(str(item) for item in range(1, LENGTH + 1))
KEYS: dict[str, Key] = {"answers": Block(dict.fromkeys(ITEMS, Number(0, 4, whole=True)))}
ABSENT = Absent({})  # an item that was not answered is never assumed

_NAMES = names(range(1, LENGTH + 1))


def score(answers: Mapping[str, Any]) -> Score:
    """The LupusQoL of one person: value physical health, all domains among the parts."""
    answered: Mapping[str, Answer] = answers.get("answers") or {}
    given = [answered.get(item) for item in ITEMS]
    parts, warnings = profile(DOMAINS, given)
    whole = None not in parts.values()
    value = parts["physical_health"] if whole else None
    return Score(RULE, value, whole, parts=parts, missing=unanswered(_NAMES, given), warnings=warnings)
