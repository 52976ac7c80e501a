"""LLDAS once more, from the papers and the protocol alone, for answers that are complete.

None as a result means that no answer could settle it: there is no previous visit, or the clinician decides.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

Answers = dict[str, Any]

# Descriptor and points; the second list may be present with a total up to 4, the first may not.
MAJOR = """
urinary_casts 4
hematuria 4
proteinuria 4
pyuria 4
seizure 8
psychosis 8
organic_brain_syndrome 8
visual_disturbance 8
cranial_nerve_disorder 8
lupus_headache 8
cva 8
pleurisy 2
pericarditis 2
vasculitis 8
fever 1
"""
ALLOWED = """
arthritis 4
myositis 4
rash 2
alopecia 2
mucosal_ulcers 2
low_complement 2
increased_dna_binding 2
thrombocytopenia 1
leukopenia 1
"""
MAJOR_POINTS = {line.split()[0]: int(line.split()[1]) for line in MAJOR.strip().splitlines()}
ALLOWED_POINTS = {line.split()[0]: int(line.split()[1]) for line in ALLOWED.strip().splitlines()}
EVERY = {**MAJOR_POINTS, **ALLOWED_POINTS}
FLAGS = ("hemolytic_anemia_active", "gi_lupus_activity", "other_major_organ_activity")
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
RITUXIMAB_MONTHS = 6
POINTS_UP_TO, PHGA_UP_TO, DOSE_UP_TO, STRICT_DOSE_UP_TO = 4, 1, "7.5", "5"


def exact(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal("1e-9"))


def _all(*tests: bool | None) -> bool | None:
    if any(test is False for test in tests):
        return False
    return None if any(test is None for test in tests) else True


def drug_passes(drug: str, amount: float, weight: float) -> bool | None:
    if drug == "rituximab":
        return True if exact(amount) > RITUXIMAB_MONTHS else None
    if drug == "other":
        return True if amount == 0 else None
    if drug in PER_KG:
        return bool(exact(amount) <= exact(PER_KG[drug] * weight))
    return bool(exact(amount) <= exact(FIXED[drug]))


def lldas_parts(a: Answers) -> dict[str, Any]:
    total = sum(points for item, points in EVERY.items() if a[item])
    activity = total <= POINTS_UP_TO and not any(a[item] for item in (*MAJOR_POINTS, *FLAGS))
    before = a["previous"]
    new: bool | None = a["other_new_feature"] or (
        None if before is None else any(a[item] and not before[item] for item in EVERY)
    )
    no_new = None if new is None else not new
    drugs = _all(
        *(drug_passes(drug, amount, a["weight_kg"]) for drug, amount in a["drugs"].items()),
        not a["not_tolerated"],
        not a["investigational"],
    )
    phga = exact(a["phga"]) <= PHGA_UP_TO

    def gc(most: str) -> bool:
        return exact(a["pred_eq"]) <= Decimal(most) and not a["pulse_30d"]

    return {
        "lldas": _all(activity, no_new, phga, gc(DOSE_UP_TO), drugs),
        "lldas_activity": activity,
        "lldas_no_new": no_new,
        "lldas_phga": phga,
        "lldas_gc": gc(DOSE_UP_TO),
        "lldas_drugs": drugs,
        "lldas5": _all(activity, no_new, phga, gc(STRICT_DOSE_UP_TO), drugs),
    }
