"""FACIT-Fatigue: 13 items from 0 to 4 over the past 7 days; 0 to 52, higher is less fatigue.

Yellen SB et al. J Pain Symptom Manage 1997;13:63-74; in lupus: Lai JS et al.
J Rheumatol 2011;38:672-9. Every item is reversed but the seventh and the eighth (An5 and
An7). One public page scores the other way round: it is not followed.

Input: `answers`, 13 whole numbers or null in the order of the questionnaire.

Missing answers: with more than half of the items (7 of 13) the score is their sum x 13 / how many there are, not
rounded; with fewer there is none, and `minimum` and `maximum` bound it. `missing` names every unanswered item, also
where the others are enough.

Parts: `answered` (how many).
Warnings: `partly_answered`, where the score rests on some of the items.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from anifro_desktop.scores.keys import Absent, Key, Number, Numbers
from anifro_desktop.scores.model import Score
from anifro_desktop.scores.questionnaire import PARTLY, Answer, names, unanswered

RULE = "facit_fatigue"
NUMBER = 1
TITLE = "FACIT-Fatigue"
SOURCE = "Yellen 1997, J Pain Symptom Manage 13:63-74; Lai 2011, J Rheumatol 38:672-9"
SETTINGS = ("questionnaires",)

# The publisher's codes of the items, in the order of the questionnaire.
ITEMS = (
    "HI7", "HI12", "An1", "An2", "An3", "An4", "An5", "An7", "An8", "An12", "An14", "An15", "An16",
)  # fmt: skip
NOT_REVERSED = ("An5", "An7")
FEWEST = 7
MOST_POINTS = 4

KEYS: dict[str, Key] = {"answers": Numbers(len(ITEMS), (Number(0, MOST_POINTS, whole=True),) * len(ITEMS))}
ABSENT = Absent({})  # an item that was not answered is never assumed

_NOTHING: tuple[None, ...] = (None,) * len(ITEMS)
_NAMES = names(range(1, len(ITEMS) + 1))
_REVERSED = tuple(item not in NOT_REVERSED for item in ITEMS)


def score(answers: Mapping[str, Any]) -> Score:
    """The FACIT-Fatigue score of one person."""
    given: Sequence[Answer] = answers.get("answers") or _NOTHING
    points = [
        MOST_POINTS - answer if turned else answer
        for answer, turned in zip(given, _REVERSED, strict=True)
        if answer is not None
    ]
    total, answered = sum(points), len(points)
    parts = {"answered": answered}
    missing = unanswered(_NAMES, given)
    if answered < FEWEST:
        highest = total + MOST_POINTS * len(missing)
        return Score(RULE, None, False, total, highest, parts, missing)
    value = total * len(ITEMS) / answered
    return Score(RULE, value, True, parts=parts, missing=missing, warnings=(PARTLY,) if missing else ())
