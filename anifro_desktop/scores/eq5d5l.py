"""EQ-5D-5L: five dimensions at five levels on the day itself; index by the Italian value set, 1 to -0.571.

Finch AP et al. Soc Sci Med 2022;292:114519 (doi 10.1016/j.socscimed.2021.114519). 1 is the best health (all at level
1), 0 as bad as death, below 0 worse. The index is 1 less the decrement of each dimension, with 3 decimals; nothing
else is taken off. The value set is a setting: other countries have others.

Input: `MO`, `SC`, `UA`, `PD`, `AD`, levels 1 (best) to 5; `eq_vas`, 0 (worst) to 100 (best).

Missing answers: any dimension missing leaves no index; `minimum` and `maximum` bound it. The visual scale is reported
beside the index and is no part of it.

Parts: `MO` to `AD` (the decrement of each dimension), `index` (the value), `eq_vas`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anifro_desktop.scores.keys import Absent, Key, Number
from anifro_desktop.scores.model import Part, Score

RULE = "eq5d5l"
NUMBER = 1
TITLE = "EQ-5D-5L index (Italy)|Indice EQ-5D-5L (Italia)"
SOURCE = "Finch 2022, doi 10.1016/j.socscimed.2021.114519"
SETTINGS = ("questionnaires", "eq5d5l")

# Dimension and what levels 1 to 5 take off.
DECREMENTS: dict[str, tuple[float, float, float, float, float]] = {
    "MO": (0, 0.051, 0.064, 0.244, 0.329),
    "SC": (0, 0.046, 0.056, 0.216, 0.257),
    "UA": (0, 0.050, 0.064, 0.225, 0.255),
    "PD": (0, 0.047, 0.088, 0.353, 0.408),
    "AD": (0, 0.044, 0.109, 0.318, 0.322),
}

KEYS: dict[str, Key] = {**dict.fromkeys(DECREMENTS, Number(1, 5, whole=True)), "eq_vas": Number(0, 100)}
ABSENT = Absent({})  # a level is never assumed

# Whole thousandths, so that the sum is exact.
_THOUSANDTHS = tuple(
    (dimension, [round(1000 * decrement) for decrement in decrements])
    for dimension, decrements in DECREMENTS.items()
)


def score(answers: Mapping[str, Any]) -> Score:
    """The Italian index of one person, and the visual scale beside it."""
    parts: dict[str, Part] = {}
    missing = []
    best = worst = 1000
    for dimension, decrements in _THOUSANDTHS:
        level = answers.get(dimension)
        if level is None:
            missing.append(dimension)
            parts[dimension] = None
            worst -= decrements[-1]
        else:
            taken = decrements[int(level) - 1]
            parts[dimension] = taken / 1000
            best -= taken
            worst -= taken
    index = None if missing else best / 1000
    parts["index"] = index
    parts["eq_vas"] = answers.get("eq_vas")
    if missing:
        return Score(RULE, None, False, worst / 1000, best / 1000, parts, tuple(missing))
    return Score(RULE, index, True, parts=parts)
