"""The flare index once more, from the papers and the protocol alone, for answers that are complete.

Doses and PhGA have one decimal and are compared as whole tenths, so nothing here rounds.
"""

from __future__ import annotations

from typing import Any

Answers = dict[str, Any]

MM = "mm_sledai mm_rash mm_ulcers mm_pleuritis mm_pericarditis mm_arthritis mm_fever mm_pred mm_drug mm_phga"
SV = "sv_sledai sv_organ sv_pred sv_drug sv_hosp sv_phga"
SIGNS = {
    "mm_rash": "rash",
    "mm_ulcers": "nasopharyngeal_ulcers",
    "mm_pleuritis": "pleuritis",
    "mm_pericarditis": "pericarditis",
    "mm_arthritis": "arthritis",
    "mm_fever": "fever",
}
ORGANS = {"cns", "vasculitis", "nephritis", "myositis", "thrombocytopenia_lt60", "hemolytic_anemia"}
DRUGS = {"cyclophosphamide", "azathioprine", "methotrexate", "mycophenolate_mofetil", "mycophenolic_acid"}
CLASSES = ["none", "mild_moderate", "severe"]
SEPARATION = 30


def tenths(value: float) -> int:
    return round(value * 10)


def criteria(a: Answers) -> dict[str, bool]:
    """Every criterion as the classic index reads it."""
    s0, s1 = a["previous.sledai"], a["now.sledai"]
    g0, g1 = tenths(a["previous.phga"]), tenths(a["now.phga"])
    d0, d1 = tenths(a["previous.pred_eq"]), tenths(a["now.pred_eq"])
    raised = d1 > d0 and a["gc_raised_for_activity"]
    above_half = 2 * d1 > tenths(a["weight_kg"])
    doubled = raised and (d0 == 0 or d1 >= 2 * d0)
    signs = set(a["new_or_worse"])
    step = doubled or (raised and above_half) or a["hospitalised_for_sle"]
    return {
        "mm_sledai": s1 - s0 >= 3 and s1 <= 12,
        **{key: sign in signs for key, sign in SIGNS.items()},
        "mm_pred": raised and not above_half,
        "mm_drug": a["nsaid_or_hcq_added"],
        "mm_phga": g1 - g0 >= 10 and g1 <= 25,
        "sv_sledai": s1 > 12 and s1 > s0 and (s0 <= 12 or s1 - s0 >= 3),
        "sv_organ": bool(signs & ORGANS) and step,
        "sv_pred": (raised and above_half) or a["iv_pulse_for_activity"],
        "sv_drug": bool(set(a["new_immunosuppressants"]) & DRUGS),
        "sv_hosp": a["hospitalised_for_sle"],
        "sv_phga": g1 > 25 and g1 > g0,
    }


def bliss(a: Answers) -> dict[str, bool]:
    """The same for the BLISS variant."""
    rise = a["now.sledai"] - a["previous.sledai"]
    return {**criteria(a), "mm_sledai": rise >= 3, "sv_sledai": False}


def flare(fired: dict[str, bool]) -> str:
    if any(fired[key] for key in SV.split()):
        return "severe"
    return "mild_moderate" if any(fired[key] for key in MM.split()) else "none"


def events(flares: list[tuple[int, str | None]]) -> list[tuple[int, str]]:
    """Onset and class of each event: every flare looks for the event it falls in."""
    found: dict[int, str] = {}
    for day in sorted({day for day, kind in flares if kind in CLASSES[1:]}):
        kinds = [kind for other, kind in flares if other == day and kind in CLASSES[1:]]
        home = next((onset for onset in found if onset <= day < onset + SEPARATION), day)
        found[home] = max([found.get(home, "mild_moderate"), *kinds], key=CLASSES.index)
    return list(found.items())
