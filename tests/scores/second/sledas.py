"""SLE-DAS once more, from the papers and the protocol alone, for answers that may be unknown.

Here an item is the list of contributions that the answers leave possible, and the score the sums of those: nothing is
said about an item that its list does not say.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Answers = dict[str, Any]
Possible = list[float]

FORMULA = """
neuropsychiatric 18
systemic_vasculitis 18
mucocutaneous_vasculitis 4.408
cardiac_pulmonary 18
serositis 6
myositis 9
alopecia 0.973
mucosal_ulcers 2.769
hemolytic_anemia 9
low_complement 0.754
anti_dsdna 0.956
"""
TICKED = {line.split()[0]: float(line.split()[1]) for line in FORMULA.strip().splitlines()}
CONSTANT = 0.366
LOCAL, GENERAL = 3.138, 3.887
MOST_JOINTS = 28
# Item: its number, whether it counts there, what it then adds, and the most it can add.
BY_NUMBER = {
    "arthritis": ("swollen28", lambda n: n >= 1, lambda n: 3.132 + 0.454 * n, 3.132 + 0.454 * MOST_JOINTS),
    "proteinuria": ("proteinuria_mg", lambda n: n > 500, lambda n: -17.584 + 3.811 * math.log(n), math.inf),
    "thrombocytopenia": ("platelets", lambda n: n < 100, lambda n: 26.105 - 5.577 * math.log(n), math.inf),
    "leukopenia": ("wbc", lambda n: n < 3, lambda n: 6.118 - 5.058 * math.log(n), math.inf),
}
SEROLOGY = {"low_complement", "anti_dsdna"}
CUT_OFFS = {"remission": "2.08", "mild": "7.64", "lda": "2.48", "change": "1.72"}
DOSES = {"remission": "5", "lda": "7.5"}


def shown(value: float) -> Decimal:
    if math.isinf(value):
        return Decimal(value)
    nine = Decimal(repr(value)).quantize(Decimal("1e-9"), ROUND_HALF_UP)
    return nine.quantize(Decimal("0.01"), ROUND_HALF_UP)


def possible(a: Answers) -> dict[str, Possible]:
    """For each item that counts by itself (the two rashes together): what it may add."""
    found: dict[str, Possible] = {}
    for item, points in TICKED.items():
        found[item] = {True: [points], False: [0.0], None: [0.0, points]}[a.get(item)]
    for item, (number, counts, adds, most) in BY_NUMBER.items():
        value = a.get(number)
        if item in a and a[item] is False:
            found[item] = [0.0]
        elif value is None:
            found[item] = [0.0, most]
        elif not counts(round(value, 9)):
            found[item] = [0.0]
        else:
            found[item] = [adds(value)] if a.get(item, True) else [0.0, adds(value)]
    locals_ = [a.get("rash_local")] if a.get("rash_local") is not None else [False, True]
    generals = [a.get("rash_general")] if a.get("rash_general") is not None else [False, True]
    found["rash"] = sorted({GENERAL if g else LOCAL if x else 0.0 for g in generals for x in locals_})
    return found


def _agreed(values: list[Any]) -> Any:
    return values[0] if all(value == values[0] for value in values) else None


def _and(*tests: bool | None) -> bool | None:
    return False if False in tests else None if None in tests else True


def _category(two: Decimal) -> str:
    if two <= Decimal(CUT_OFFS["remission"]):
        return "remission_range"
    return "mild" if two <= Decimal(CUT_OFFS["mild"]) else "moderate_severe"


def _dose(a: Answers, most: str) -> bool | None:
    dose = a.get("pred_eq")
    low = None if dose is None else round(Decimal(repr(dose)), 9) <= Decimal(most)
    return _and(low, None if a.get("pulse_30d") is None else not a["pulse_30d"])


def sledas(a: Answers) -> dict[str, Any]:
    """Ends of the range, and every part that is a state; None where the answers do not say."""
    items = possible(a)
    ends = [CONSTANT + math.fsum(pick(points) for points in items.values()) for pick in (min, max)]
    two = [shown(end) for end in ends]
    clinical = [points for item, points in items.items() if item not in SEROLOGY]
    present = True if any(min(points) > 0 for points in clinical) else None
    if all(max(points) == 0 for points in clinical):
        present = False
    remission = _and(
        _agreed([one <= Decimal(CUT_OFFS["remission"]) for one in two]), _dose(a, DOSES["remission"])
    )
    low = _and(_agreed([one <= Decimal(CUT_OFFS["lda"]) for one in two]), _dose(a, DOSES["lda"]))
    parts: dict[str, Any] = {
        "category": _agreed([_category(one) for one in two]),
        "clinical_item_present": present,
        "sledas_remission": remission,
        "sledas_lda": low,
        "sledas_remission_strict": _and(remission, None if present is None else not present),
        "meaningful_worsening": None,
        "meaningful_improvement": None,
    }
    if a.get("previous") is not None:
        rises = [shown(end - a["previous"]) for end in ends]
        least = Decimal(CUT_OFFS["change"])
        parts["meaningful_worsening"] = _agreed([rise >= least for rise in rises])
        parts["meaningful_improvement"] = _agreed([rise <= -least for rise in rises])
    return {"low": ends[0], "high": ends[1], "items": items, "parts": parts}


def contradictions(a: Answers) -> set[str]:
    """Items ticked whose number denies them, and arthritis denied beside a swollen joint."""
    found = set()
    for item, (number, counts, _, _) in BY_NUMBER.items():
        value = a.get(number)
        if a.get(item) and value is not None and not counts(round(value, 9)):
            found.add(item)
    if a.get("arthritis") is False and (a.get("swollen28") or 0) >= 1:
        found.add("arthritis")
    return found
