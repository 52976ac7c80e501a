"""ACR 1997 classification criteria: classified with 4 or more of 11.

Hochberg MC. Arthritis Rheum 1997;40:1725 (doi 10.1002/art.1780400928), an update of Tan EM et al. 1982. Criteria are
cumulative: present once ever is present. The LE-cell test of 1982 was dropped. Renal: more than 0.5 g of protein a
day or a dipstick of 3+ or more (setting), or cellular casts.

Missing answers: the count is judged by its bounds. Classified as soon as 4 are present, not classified as soon as 4
can no longer be reached; otherwise unknown. `minimum` and `maximum` bound the count while it is open, also when the
class is settled.

Parts: each criterion (True, False, None), `count` (None while open).
Reasons: `count_lt_4`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anifro_desktop.scores.classification import bounds, reached, tally
from anifro_desktop.scores.keys import Absent, Key, YesNo
from anifro_desktop.scores.model import Part, Score

RULE = "acr1997"
NUMBER = 1
TITLE = "ACR 1997 criteria|Criteri ACR 1997"
SOURCE = "Hochberg 1997, doi 10.1002/art.1780400928"
SETTINGS = ("acr1997",)

CRITERIA = (
    "malar_rash",
    "discoid_rash",
    "photosensitivity",
    "oral_ulcers",
    "arthritis",
    "serositis",
    "renal",
    "neurologic",
    "hematologic",
    "immunologic",
    "ana",
)
NEEDED = 4

KEYS: dict[str, Key] = dict.fromkeys(CRITERIA, YesNo())
ABSENT = Absent(dict.fromkeys(CRITERIA, False))


def score(answers: Mapping[str, Any]) -> Score:
    """Whether 4 or more of the 11 criteria (True, False, None) were ever present."""
    low, high = tally(answers, CRITERIA)
    value = reached(low >= NEEDED, high >= NEEDED)
    parts: dict[str, Part] = {criterion: answers.get(criterion) for criterion in CRITERIA}
    parts["count"] = low if low == high else None
    minimum, maximum = bounds(value, low, high)
    return Score(
        RULE,
        value,
        value is not None,
        minimum,
        maximum,
        parts,
        tuple(key for key in CRITERIA if parts[key] is None) if value is None else (),
        ("count_lt_4",) if value is False else (),
    )
