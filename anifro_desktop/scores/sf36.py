"""SF-36 version 1, Italian standard scoring: eight scales from 0 to 100 (higher is better), and PCS and MCS.

Ware JE et al. SF-36 manual (1993) and summary scales manual (1994); Italian: Apolone G, Mosconi P. J Clin Epidemiol
1998;51:1025-36 (doi 10.1016/s0895-4356(98)00094-8). Past 4 weeks. PCS and MCS use the norms and weights of the
United States of 1990, as the Italian scoring program does: 50 is their mean, 10 their standard deviation (setting).
Version 2 has other answers and norms and is not scored here (setting).

Input: `answers`, 36 whole numbers or null in the order of the questionnaire.

Missing answers: a scale needs at least half of its items, and each one missing takes the person's mean of the recoded
others. The two items of pain are recoded by each other: 22 counts one more beside a 21 of 1, and is spread over the
full range where 21 is missing; either is enough. PCS and MCS need all eight scales.

Value: PCS (setting), with MCS and the scales among the parts; without all eight scales there is none, and no bounds
are given, since a provisional norm-based score means nothing. `missing` names every unanswered item of a scale, also
where the others are enough for a result.

Parts: `PF`, `RP`, `BP`, `GH`, `VT`, `SF`, `RE`, `MH`; `transition` (item 2, a category from 1 to 5, in no scale);
`PCS`, `MCS`.
Warnings: `partly_answered_pf` and so on, for each scale that lacks some answers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from anifro_desktop.scores.keys import Absent, Key, Number, Numbers
from anifro_desktop.scores.model import Score
from anifro_desktop.scores.questionnaire import Answer, Scale, names, profile, recode, unanswered

RULE = "sf36"
NUMBER = 1
TITLE = "SF-36 version 1 (PCS)|SF-36 versione 1 (PCS)"
SOURCE = (
    "Ware 1993 and 1994; Apolone and Mosconi 1998, doi 10.1016/s0895-4356(98)00094-8"
    "|Ware 1993 e 1994; Apolone e Mosconi 1998, doi 10.1016/s0895-4356(98)00094-8"
)
SETTINGS = ("questionnaires", "sf36")

LENGTH = 36
TRANSITION = 2  # the item that compares with a year ago
PAIN, HINDRANCE = 21, 22

# Scale: items, fewest answers, least and greatest value of a recoded item.
SCALES: dict[str, Scale] = {
    "PF": Scale((3, 4, 5, 6, 7, 8, 9, 10, 11, 12), 5, 1, 3),
    "RP": Scale((13, 14, 15, 16), 2, 1, 2),
    "BP": Scale((21, 22), 1, 1, 6),
    "GH": Scale((1, 33, 34, 35, 36), 3, 1, 5),
    "VT": Scale((23, 27, 29, 31), 2, 1, 6),
    "SF": Scale((20, 32), 1, 1, 5),
    "RE": Scale((17, 18, 19), 2, 1, 2),
    "MH": Scale((24, 25, 26, 28, 30), 3, 1, 6),
}
# Scale: mean, standard deviation, weight in PCS, weight in MCS (United States, 1990).
NORMS: dict[str, tuple[float, float, float, float]] = {
    "PF": (84.52404, 22.89490, 0.42402, -0.22999),
    "RP": (81.19907, 33.79729, 0.35119, -0.12329),
    "BP": (75.49196, 23.55879, 0.31754, -0.09731),
    "GH": (72.21316, 20.16964, 0.24954, -0.01571),
    "VT": (61.05453, 20.86942, 0.02877, 0.23534),
    "SF": (83.59753, 22.37642, -0.00753, 0.26876),
    "RE": (81.29467, 33.02717, -0.19206, 0.43407),
    "MH": (74.84212, 18.01189, -0.22069, 0.48581),
}

_THREE = (1, 2, 3)
_TWO = (1, 2)
_FIVE = (1, 2, 3, 4, 5)
_SIX = (1, 2, 3, 4, 5, 6)
_FIVE_REVERSED = (5, 4, 3, 2, 1)
_SIX_REVERSED = (6, 5, 4, 3, 2, 1)
# Item: what the answers 1, 2, 3 ... count. Item 22 is as beside a 21 above 1.
RECODES: dict[int, tuple[float, ...]] = {
    1: (5, 4.4, 3.4, 2, 1),
    TRANSITION: _FIVE,
    **dict.fromkeys(range(3, 13), _THREE),
    **dict.fromkeys(range(13, 20), _TWO),
    20: _FIVE_REVERSED,
    PAIN: (6, 5.4, 4.2, 3.1, 2.2, 1),
    HINDRANCE: (5, 4, 3, 2, 1),
    23: _SIX_REVERSED,
    24: _SIX,
    25: _SIX,
    26: _SIX_REVERSED,
    27: _SIX_REVERSED,
    28: _SIX,
    29: _SIX,
    30: _SIX_REVERSED,
    31: _SIX,
    32: _FIVE,
    33: _FIVE,
    34: _FIVE_REVERSED,
    35: _FIVE,
    36: _FIVE_REVERSED,
}
HINDRANCE_ALONE = (6, 4.75, 3.5, 2.25, 1)
HINDRANCE_WITHOUT_PAIN = 6  # both items answered 1

KEYS: dict[str, Key] = {
    "answers": Numbers(
        LENGTH, tuple(Number(1, len(RECODES[item]), whole=True) for item in range(1, LENGTH + 1))
    )
}
ABSENT = Absent({})  # an item that was not answered is never assumed

NOTHING: tuple[None, ...] = (None,) * LENGTH
SCORED = tuple(item for item in range(1, LENGTH + 1) if item != TRANSITION)
SCORED_NAMES = names(SCORED)
_TABLES = tuple(RECODES[item] for item in range(1, LENGTH + 1))


def score(answers: Mapping[str, Any]) -> Score:
    """The SF-36 of one person: value PCS, the scales and MCS among the parts."""
    given: Sequence[Answer] = answers.get("answers") or NOTHING
    parts, warnings = profile(SCALES, _recoded(given))
    scales = [parts[name] for name in SCALES]
    parts["transition"] = given[TRANSITION - 1]
    if None in scales:
        parts["PCS"] = parts["MCS"] = None
    else:
        parts["PCS"], parts["MCS"] = _summaries(scales)
    missing = unanswered(SCORED_NAMES, [given[item - 1] for item in SCORED])
    value = parts["PCS"]
    return Score(RULE, value, value is not None, parts=parts, missing=missing, warnings=warnings)


def _recoded(given: Sequence[Answer]) -> list[Answer]:
    """Every item by its table, and item 22 by what item 21 says."""
    recoded = recode(given, _TABLES)
    pain, hindrance = given[PAIN - 1], given[HINDRANCE - 1]
    if hindrance is not None and pain is None:
        recoded[HINDRANCE - 1] = HINDRANCE_ALONE[int(hindrance) - 1]
    elif hindrance == pain == 1:
        recoded[HINDRANCE - 1] = HINDRANCE_WITHOUT_PAIN
    return recoded


def _summaries(scales: Sequence[float]) -> tuple[float, float]:
    """PCS and MCS of the eight scales."""
    physical, mental = [], []
    for scale, (mean, deviation, in_pcs, in_mcs) in zip(scales, NORMS.values(), strict=True):
        z = (scale - mean) / deviation
        physical.append(z * in_pcs)
        mental.append(z * in_mcs)
    return 50 + 10 * math.fsum(physical), 50 + 10 * math.fsum(mental)
