"""From one answer to every score, state, range and explanation of the whole visit.

Ours is the session as the screen uses it: the answer is judged, every result of a visit that it touches, of sixteen, is
worked out anew with what is missing and why, undo is kept, and the fields that may look different are read again. The
reference is the formulas of five of them (SLEDAI-2K, SLE-DAS, prednisone, DORIS, LLDAS) written out by hand in plain
Python, with no definitions, no missing reasons, no undo: a yardstick of the machine, not a rival. The limit that a
user feels is the one in milliseconds.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from anifro_desktop.forms.session import VisitSession
from anifro_desktop.scores.model import half_up
from anifro_desktop.scores.prednisone import EQUIVALENT_TO_5
from anifro_desktop.scores.sledai2k import WEIGHTS
from benchmarks._visit import session
from benchmarks.harness import Figure, paired, spread, timed

ROUNDS = 400
MAJOR = (
    *(
        "urinary_casts",
        "hematuria",
        "proteinuria",
        "pyuria",
        "seizure",
        "psychosis",
        "organic_brain_syndrome",
    ),
    *("visual_disturbance", "cranial_nerve_disorder", "lupus_headache", "cva", "pleurisy", "pericarditis"),
    *("vasculitis", "fever"),
)
FLAGS = ("hemolytic_anemia", "gi_lupus_activity", "other_major_organ_activity")
STEPS = (("seizure", 1), ("rash", 0), ("platelets", 132), ("phga", Decimal("0.4")), ("arthritis", 0))


def by_hand(now: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """The five scores with ranges, what is missing and why a state is not met, as a person would write them once."""
    get = now.get
    total = sum(weight for item, weight in WEIGHTS.items() if get(item) == 1)
    missing = [item for item in WEIGHTS if get(item) is None]
    highest = total + sum(WEIGHTS[item] for item in missing)
    clinical = total - 2 * (get("low_complement") == 1) - 2 * (get("increased_dna_binding") == 1)
    parts = {item: WEIGHTS[item] if get(item) == 1 else 0 for item in WEIGHTS}
    dose = 0.0
    if get("gc_oral") == 1:
        dose = float(now["gc1_mg"]) * 5 / EQUIVALENT_TO_5["prednisone"] / now["gc1_cycle_days"]
    phga = float(now["phga"])
    return {
        "sledai2k": (total, highest, missing, parts),
        "sledas": half_up(_sledas(now), 2),
        "prednisone": dose,
        "doris": _doris(now, clinical, phga, dose),
        "lldas": _lldas(now, before, total, phga, dose),
    }


def _doris(now: Mapping[str, Any], clinical: int, phga: float, dose: float) -> list[str]:
    """Why DORIS is not met."""
    failing = {
        "csledai2k_gt_0": clinical > 0,
        "phga_ge_0_5": phga >= 0.5,
        "pred_eq_gt_5": dose > 5,
        "pulse_30d": now.get("pulse_30d") == 1,
        "not_stable": now.get("stable") != 1,
    }
    return [code for code, fails in failing.items() if fails]


def _lldas(
    now: Mapping[str, Any], before: Mapping[str, Any], total: int, phga: float, dose: float
) -> list[str]:
    """Why LLDAS is not met."""
    get = now.get
    failing = {
        "sledai2k_gt_4": total > 4,
        "major_organ": any(get(item) == 1 for item in MAJOR),
        "new_feature": any(get(item) == 1 and before.get(item) == 0 for item in WEIGHTS),
        "phga_gt_1": phga > 1,
        "pred_eq_gt_7_5": dose > 7.5,
        "pulse_30d": get("pulse_30d") == 1,
        "drugs": float(get("azathioprine_dose") or 0) > 200 or get("not_tolerated") == 1,
        **{flag: get(flag) == 1 for flag in FLAGS},
    }
    return [code for code, fails in failing.items() if fails]


def _sledas(now: Mapping[str, Any]) -> float:
    swollen = now.get("sjc28") or 0
    score = 0.366 + (3.132 + 0.454 * swollen if swollen else 0)
    score += 4.408 * (now.get("mucocutaneous_vasculitis") == 1)
    if now.get("rash") == 1:
        score += {1: 3.138, 2: 3.887}.get(now.get("rash_extent"), 0)
    for item, points in (
        *(("alopecia", 0.973), ("mucosal_ulcers", 2.769), ("low_complement", 0.754), ("myositis", 9.0)),
        *(("increased_dna_binding", 0.956), ("neuropsychiatric", 18.0), ("systemic_vasculitis", 18.0)),
        *(("cardiac_pulmonary", 18.0), ("hemolytic_anemia", 9.0), ("serositis", 6.0)),
    ):
        score += points * (now.get(item) == 1)
    if now.get("proteinuria") == 1 and now["proteinuria_mg_24h"] > 500:
        score += -17.584 + 3.811 * math.log(now["proteinuria_mg_24h"])
    if now.get("thrombocytopenia") == 1 and now["platelets"] < 100:
        score += 26.105 - 5.577 * math.log(now["platelets"])
    if now.get("leukopenia") == 1 and now["wbc"] < 3:
        score += 6.118 - 5.058 * math.log(now["wbc"])
    return score


def answer(visit: VisitSession, field: str, value: Any) -> None:
    """Give one answer and read everything that the screen would show anew."""
    change = visit.set_value(field, value)
    for rule in change.scores:
        visit.changes(rule)
    for name in change.redraw:
        state = visit.state(name)
        if state.problem is not None:
            visit.problem_text(state.problem, "it")
    visit.sections()


def check(visit: VisitSession) -> None:
    """Both sides must say the same, or there is nothing to compare."""
    hand = by_hand(visit.answers, visit.previous.answers if visit.previous else {})
    scores = visit.scores
    assert scores["sledai2k"].value == hand["sledai2k"][0]
    assert scores["sledas"].parts["score_2dp"] == hand["sledas"]
    assert scores["prednisone"].value == hand["prednisone"]
    assert (scores["doris"].value, scores["lldas"].value) == (not hand["doris"], not hand["lldas"])


def main() -> list[Figure]:
    """Time of one answer, and how much more it is than the bare formulas."""
    visit = session()
    check(visit)
    first = {field: visit.answers[field] for field, _ in STEPS}
    before = visit.previous.answers if visit.previous else {}
    turn = 0

    def ours() -> float:
        nonlocal turn
        field, other = STEPS[turn % len(STEPS)]
        value = other if turn // len(STEPS) % 2 == 0 else first[field]
        turn += 1
        return timed(lambda: answer(visit, field, value))

    def reference() -> float:
        now = dict(visit.answers)
        return timed(lambda: by_hand(now, before))

    found = paired(ours, reference, ROUNDS, warm_up=20)
    against = f"{spread([found.reference.median]).median * 1000:.0f} µs by hand"
    return [
        Figure("one answer to all scores, p95", found.ours.p95, "ms", 1.0),
        Figure("one answer, times five of the formulas by hand", found.ratio, "×", 35.0, against),
    ]
