"""A second, slow and plain transcription of the rules for answers that are complete, to compare with.

Written from the papers and the protocol, without anything of the program: tables are transcribed again on purpose.
Rounding and comparison use decimal arithmetic. None as a result means that no answer could settle it.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Answers = dict[str, Any]

EIGHT = (
    "seizure psychosis organic_brain_syndrome visual_disturbance cranial_nerve_disorder "
    "lupus_headache cva vasculitis"
)
FOUR = "arthritis myositis urinary_casts hematuria proteinuria pyuria"
TWO = "rash alopecia mucosal_ulcers pleurisy pericarditis low_complement increased_dna_binding"
ONE = "fever thrombocytopenia leukopenia"
POINTS = {
    item: points for points, items in ((8, EIGHT), (4, FOUR), (2, TWO), (1, ONE)) for item in items.split()
}
SEROLOGY = {"low_complement", "increased_dna_binding"}
HARMLESS = (
    "arthritis myositis rash alopecia mucosal_ulcers low_complement increased_dna_binding "
    "thrombocytopenia leukopenia"
)
MG_FOR_PREDNISONE_5 = {
    "prednisone": "5",
    "prednisolone": "5",
    "methylprednisolone": "4",
    "triamcinolone": "4",
    "deflazacort": "6",
    "dexamethasone": "0.75",
    "betamethasone": "0.6",
    "hydrocortisone": "20",
    "cortisone": "25",
}
FIXED = {
    "hydroxychloroquine": 400,
    "chloroquine": 250,
    "mepacrine": 100,
    "methotrexate": 30,
    "azathioprine": 200,
    "mycophenolate_mofetil": 3000,
    "mycophenolic_acid": 2160,
    "leflunomide": 20,
    "voclosporin": 47.4,
    "cyclophosphamide": 0,
    "belimumab_sc": 200,
    "anifrolumab_iv": 300,
    "anifrolumab_sc": 120,
}
PER_KG = {"ciclosporin": 5, "tacrolimus": 0.2, "belimumab_iv": 10}


def exact(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal("1e-9"))


def shown(value: float) -> Decimal:
    return exact(value).quantize(Decimal("0.01"), ROUND_HALF_UP)


def sledai2k(a: Answers) -> int:
    return sum(points for item, points in POINTS.items() if a[item])


def clinical(a: Answers) -> int:
    return sum(points for item, points in POINTS.items() if a[item] and item not in SEROLOGY)


def _arthritis(a: Answers) -> bool:
    return bool(a.get("arthritis", True) and a["swollen28"] >= 1)


def sledas(a: Answers) -> float:
    total = 0.366
    if _arthritis(a):
        total += 3.132 + 0.454 * a["swollen28"]
    total += 4.408 * a["mucocutaneous_vasculitis"]
    total += 3.887 if a["rash_general"] else 3.138 * a["rash_local"]
    total += 0.973 * a["alopecia"] + 2.769 * a["mucosal_ulcers"]
    total += 0.754 * a["low_complement"] + 0.956 * a["anti_dsdna"]
    if a.get("proteinuria", True) and a["proteinuria_mg"] > 500:
        total += -17.584 + 3.811 * math.log(a["proteinuria_mg"])
    if a.get("thrombocytopenia", True) and a["platelets"] < 100:
        total += 26.105 - 5.577 * math.log(a["platelets"])
    if a.get("leukopenia", True) and a["wbc"] < 3:
        total += 6.118 - 5.058 * math.log(a["wbc"])
    total += 18 * (a["neuropsychiatric"] + a["systemic_vasculitis"] + a["cardiac_pulmonary"])
    return total + 9 * (a["myositis"] + a["hemolytic_anemia"]) + 6 * a["serositis"]


def sledas_parts(a: Answers) -> dict[str, Any]:
    value = sledas(a)
    two = shown(value)
    gc5 = exact(a["pred_eq"]) <= 5 and not a["pulse_30d"]
    gc75 = exact(a["pred_eq"]) <= Decimal("7.5") and not a["pulse_30d"]
    bare = {**a, "low_complement": False, "anti_dsdna": False}
    item = sledas(bare) != 0.366
    remission = two <= Decimal("2.08") and gc5
    change = shown(value - a["previous"])
    return {
        "score_2dp": float(two),
        "category": "remission_range"
        if two <= Decimal("2.08")
        else ("mild" if two <= Decimal("7.64") else "moderate_severe"),
        "clinical_item_present": item,
        "sledas_remission": remission,
        "sledas_lda": two <= Decimal("2.48") and gc75,
        "sledas_remission_strict": remission and not item,
        "meaningful_worsening": change >= Decimal("1.72"),
        "meaningful_improvement": change <= Decimal("-1.72"),
    }


def doris_parts(a: Answers) -> dict[str, Any]:
    quiet = clinical(a) == 0
    phga = exact(a["phga"]) < Decimal("0.5")
    gc = exact(a["pred_eq"]) <= 5 and not a["pulse_30d"]
    none = exact(a["pred_eq"]) == 0
    doris = quiet and phga and gc and a["stable"]
    return {
        "doris": doris,
        "doris_csledai": quiet,
        "doris_phga": phga,
        "doris_gc": gc,
        "doris_stable": a["stable"],
        "doris_off_gc": doris and none,
        "doris_off_treatment": quiet
        and phga
        and none
        and not (a["pulse_30d"] or a["immunosuppressant"] or a["biologic"]),
        "doris_complete": doris and not (a["low_complement"] or a["increased_dna_binding"]),
    }


def _all(*tests: bool | None) -> bool | None:
    if any(test is False for test in tests):
        return False
    return None if any(test is None for test in tests) else True


def drug_passes(drug: str, amount: float, weight: float) -> bool | None:
    if drug == "rituximab":
        return True if exact(amount) > 6 else None
    if drug == "other":
        return True if amount == 0 else None
    if drug in PER_KG:
        return bool(exact(amount) <= exact(PER_KG[drug] * weight))
    return bool(exact(amount) <= exact(FIXED[drug]))


def lldas_parts(a: Answers) -> dict[str, Any]:
    flags = a["hemolytic_anemia_active"] or a["gi_lupus_activity"] or a["other_major_organ_activity"]
    major = any(a[item] for item in POINTS if item not in HARMLESS.split())
    activity = sledai2k(a) <= 4 and not major and not flags
    before = a["previous"]
    new: bool | None = a["other_new_feature"] or (
        None if before is None else any(a[item] and not before[item] for item in POINTS)
    )
    no_new = None if new is None else not new
    drugs = _all(
        *(drug_passes(drug, amount, a["weight_kg"]) for drug, amount in a["drugs"].items()),
        not a["not_tolerated"],
        not a["investigational"],
    )
    phga = exact(a["phga"]) <= 1

    def gc(most: str) -> bool:
        return exact(a["pred_eq"]) <= Decimal(most) and not a["pulse_30d"]

    return {
        "lldas": _all(activity, no_new, phga, gc("7.5"), drugs),
        "lldas_activity": activity,
        "lldas_no_new": no_new,
        "lldas_phga": phga,
        "lldas_gc": gc("7.5"),
        "lldas_drugs": drugs,
        "lldas5": _all(activity, no_new, phga, gc("5"), drugs),
    }


def daily_dose(rows: list[Answers]) -> Decimal:
    return sum(
        (
            Decimal(repr(row["mg_per_cycle"]))
            * 5
            / Decimal(MG_FOR_PREDNISONE_5[row["drug"]])
            / Decimal(repr(row["cycle_days"]))
            for row in rows
        ),
        Decimal(0),
    )
