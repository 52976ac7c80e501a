"""SLE-DAS: 17 items, a continuous score from 0.366 without upper limit.

Jesus D et al. Ann Rheum Dis 2019;78:365-71 (doi 10.1136/annrheumdis-2018-214502); cut-offs 2.08 and 7.64:
Jesus D et al. Ann Rheum Dis 2021;80:1568-74 (doi 10.1136/annrheumdis-2021-220363); 2.48: Assunção H et al.
Rheumatology 2022; change 1.72: Jesus 2019. Units: `proteinuria_mg` mg per 24 h (or mg/g); `platelets`,
`wbc` 10^9/L; `swollen28` joints.

Interpretation: arthritis, proteinuria, thrombocytopenia and leukopenia count only with their number past
its threshold (1 or more joints; above 500; below 100; below 3). Left out, they follow from the number;
False (not due to SLE) contributes nothing and needs no number; None stays unknown. Both rashes ticked: the
generalised one counts. Cut-offs and changes are compared at 2 decimals. The dose states also need
prednisone equivalent and no pulse within 30 days.

Missing answers: the score is final once no open answer can change it; category and states as soon as both
ends of the possible range agree.

Parts: contribution by item (None while unknown), `score_2dp`, `category` (`remission_range` up to 2.08,
`mild` up to 7.64, `moderate_severe`), `clinical_item_present` (any item but the two serological
contributes), `sledas_remission` (up to 2.08, dose up to 5), `sledas_lda` (up to 2.48, dose up to 7.5),
`sledas_remission_strict` (and no clinical item), `change`, `meaningful_worsening`, `meaningful_improvement`
(1.72 or more), `contradictions` (an item True whose number denies it; arthritis False with a swollen
joint).
Reasons, for the two states: `sledas_gt_2_08`, `pred_eq_gt_5`, `sledas_gt_2_48`, `pred_eq_gt_7_5`,
`pulse_30d`.
Warnings: `rash_both_ticked`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from anifro_desktop.scores.glucocorticoid import dose_condition, dose_reasons
from anifro_desktop.scores.keys import Absent, Key, Number, YesNo
from anifro_desktop.scores.model import Part, Score, Tri, at_most, both, half_up, negated
from anifro_desktop.scores.sledas_terms import ITEMS, MEASURED, Terms, terms
from anifro_desktop.study.protocol import PROTOCOL

RULE = "sledas"
NUMBER = 1
TITLE = "SLE-DAS"
SOURCE = "Jesus 2019, doi 10.1136/annrheumdis-2018-214502; Jesus 2021, doi 10.1136/annrheumdis-2021-220363"
SETTINGS = ("sledas", "glucocorticoid")

CONSTANT = 0.366
REMISSION = 2.08
LOW_ACTIVITY = 2.48
MILD = 7.64
MEANINGFUL = 1.72
REMISSION_DOSE = 5
LOW_ACTIVITY_DOSE = 7.5
DECIMALS = int(PROTOCOL.number("sledas.decimals"))

KEYS: dict[str, Key] = {
    **dict.fromkeys(ITEMS, YesNo()),
    "proteinuria_mg": Number(0, unit="mg/(24.h)"),
    "swollen28": Number(0, 28, whole=True, unit="{joints}"),
    "platelets": Number(0, above=True, unit="10*9/L"),
    "wbc": Number(0, above=True, unit="10*9/L"),
    "pred_eq": Number(0, unit="mg/d"),
    "pulse_30d": YesNo(),
    "previous": Number(0),
}
ABSENT = Absent(
    dict.fromkeys([*ITEMS, "pulse_30d"], False), unless={one.item: (one.number,) for one in MEASURED}
)


def score(answers: Mapping[str, Any]) -> Score:
    """SLE-DAS from its items and numbers, with the states that also need `pred_eq` and `pulse_30d`."""
    found = terms(answers)
    low = math.fsum((CONSTANT, *found.low))
    complete = not found.missing
    high = low if complete else math.fsum((CONSTANT, *found.high))
    low_shown, high_shown = half_up(low, DECIMALS), half_up(high, DECIMALS)
    parts = found.parts
    parts["score_2dp"] = low_shown if complete else None
    category = _category(low_shown)
    parts["category"] = category if category == _category(high_shown) else None
    reasons = _states(parts, found, answers, low_shown, high_shown)
    _changes(parts, answers.get("previous"), low, high, complete)
    parts["contradictions"] = found.contradictions
    return Score(
        RULE,
        low if complete else None,
        complete,
        None if complete else low,
        None if complete or math.isinf(high) else high,
        parts,
        tuple(found.missing),
        reasons,
        ("rash_both_ticked",) if answers.get("rash_local") and answers.get("rash_general") else (),
    )


def _category(shown: float) -> str:
    if shown <= REMISSION:
        return "remission_range"
    return "mild" if shown <= MILD else "moderate_severe"


def _states(
    parts: dict[str, Part], found: Terms, answers: Mapping[str, Any], low: float, high: float
) -> tuple[str, ...]:
    """Write the states into the parts; low and high bound the score at 2 decimals. Returns why they are not
    met."""
    dose, pulse = answers.get("pred_eq"), answers.get("pulse_30d")
    remission_range = at_most(low, high, REMISSION)
    low_activity_range = at_most(low, high, LOW_ACTIVITY)
    remission = both(remission_range, dose_condition(dose, pulse, REMISSION_DOSE))
    parts["clinical_item_present"] = found.clinical
    parts["sledas_remission"] = remission
    parts["sledas_lda"] = both(low_activity_range, dose_condition(dose, pulse, LOW_ACTIVITY_DOSE))
    parts["sledas_remission_strict"] = both(remission, negated(found.clinical))
    reasons = ["sledas_gt_2_08"] if remission_range is False else []
    reasons += dose_reasons(dose, False, REMISSION_DOSE)
    reasons += ["sledas_gt_2_48"] if low_activity_range is False else []
    reasons += dose_reasons(dose, pulse, LOW_ACTIVITY_DOSE)
    return tuple(reasons)


def _changes(parts: dict[str, Part], previous: float | None, low: float, high: float, complete: bool) -> None:
    """Now minus previous, and whether it is meaningful; definite when both ends of the range agree."""
    worse: Tri = None
    better: Tri = None
    if previous is not None:
        least, most = half_up(low - previous, DECIMALS), half_up(high - previous, DECIMALS)
        worse = _agreed(least >= MEANINGFUL, most >= MEANINGFUL)
        better = _agreed(least <= -MEANINGFUL, most <= -MEANINGFUL)
    parts["change"] = low - previous if complete and previous is not None else None
    parts["meaningful_worsening"] = worse
    parts["meaningful_improvement"] = better


def _agreed(at_least: bool, at_most: bool) -> Tri:
    return at_least if at_least == at_most else None
