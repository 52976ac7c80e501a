"""SLICC/ACR Damage Index (SDI): 41 items in 12 domains, total 0 to 47.

Gladman D et al. Arthritis Rheum 1996;39:363-9 (PMID 8607884); Gladman DD et al. Arthritis Rheum
1997;40:809-13; items as in Gomez A et al. Lupus Sci Med 2025;12:e001403 (doi 10.1136/lupus-2024-001403).
Irreversible change since diagnosis (setting), whatever its cause, present for 6 months unless the item says
"ever". Printed maxima differ (46, 47, 49); this is the version of 41 items and 47 points, with proteinuria from
3.5 g per 24 h and diabetes whatever its treatment.

Renal (setting): end-stage renal disease (3) replaces `gfr_lt50` and `proteinuria_3_5`, which then matter no
longer; the domain never exceeds 3.

Damage does not go away: an item lower than at the previous assessment is among the `contradictions`, and needs a
correction of one of the two. It is scored as answered, and an item that is open now is not read from the past.

Missing answers: the total is final once no open item can change it; `accrual` as soon as both bounds agree.

Units: points; `previous` the items of the previous assessment; `baseline` the total at baseline.

Parts: points by item as answered; `domains` (points by domain, the renal rule applied; endocrine is two domains of
one item); `change` (total minus baseline), `accrual` (a rise of 1 or more; setting), `contradictions`.
Warnings: `total_below_baseline` (the total is certainly lower than at baseline).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anifro_desktop.scores.keys import Absent, Block, Key, Number
from anifro_desktop.scores.model import Part, Score, Tri
from anifro_desktop.study.protocol import PROTOCOL

RULE = "sdi"
NUMBER = 1
TITLE = "SLICC/ACR Damage Index"
SOURCE = "Gladman 1996, PMID 8607884; Gladman 1997;40:809-13"
SETTINGS = ("sdi",)

# Domain, its items and the points that an item may have.
_ONE, _TWO, _ESRD = (0, 1), (0, 1, 2), (0, 3)
DOMAINS: dict[str, dict[str, tuple[int, ...]]] = {
    "ocular": {"cataract": _ONE, "retinal_optic": _ONE},
    "neuropsychiatric": {
        "cognitive_psychosis": _ONE,
        "seizures_6m": _ONE,
        "stroke": _TWO,
        "neuropathy": _ONE,
        "transverse_myelitis": _ONE,
    },
    "renal": {"gfr_lt50": _ONE, "proteinuria_3_5": _ONE, "esrd": _ESRD},
    "pulmonary": {
        "pulm_hypertension": _ONE,
        "pulm_fibrosis": _ONE,
        "shrinking_lung": _ONE,
        "pleural_fibrosis": _ONE,
        "pulm_infarction": _ONE,
    },
    "cardiovascular": {
        "angina_cabg": _ONE,
        "mi": _TWO,
        "cardiomyopathy": _ONE,
        "valvular": _ONE,
        "pericarditis_6m": _ONE,
    },
    "peripheral_vascular": {
        "claudication_6m": _ONE,
        "minor_tissue_loss": _ONE,
        "significant_tissue_loss": _TWO,
        "venous_thrombosis": _ONE,
    },
    "gastrointestinal": {
        "gi_infarction_resection": _TWO,
        "mesenteric_insufficiency": _ONE,
        "chronic_peritonitis": _ONE,
        "stricture_upper_gi_surgery": _ONE,
        "pancreatic_insufficiency": _ONE,
    },
    "musculoskeletal": {
        "muscle_atrophy": _ONE,
        "deforming_arthritis": _ONE,
        "osteoporosis_fracture": _ONE,
        "avascular_necrosis": _TWO,
        "osteomyelitis": _ONE,
        "ruptured_tendon": _ONE,
    },
    "skin": {"scarring_alopecia": _ONE, "skin_scarring": _ONE, "skin_ulcer_6m": _ONE},
    "endocrine": {"gonadal_failure": _ONE, "diabetes": _ONE},
    "malignancy": {"malignancy": _TWO},
}
ITEMS: dict[str, tuple[int, ...]] = {
    item: points for items in DOMAINS.values() for item, points in items.items()
}
RENAL_MOST = 3
MOST = 47
REPLACED_BY_ESRD = ("gfr_lt50", "proteinuria_3_5")
ACCRUAL = PROTOCOL.number("sdi.accrual")

ITEM_KEYS: dict[str, Key] = {
    item: Number(0, points[-1], whole=True, only=points) for item, points in ITEMS.items()
}
KEYS: dict[str, Key] = {
    **ITEM_KEYS,
    "previous": Block(ITEM_KEYS),
    "baseline": Number(0, MOST, whole=True),
}
ABSENT = Absent(dict.fromkeys(ITEMS, 0))


def score(answers: Mapping[str, Any]) -> Score:
    """SDI from its items, with the change since baseline and what contradicts the previous assessment."""
    get = answers.get
    parts: dict[str, Part] = {item: get(item) for item in ITEMS}
    bounds = {domain: _bounds(parts, domain) for domain in DOMAINS}
    low = sum([least for least, _ in bounds.values()])
    high = sum([most for _, most in bounds.values()])
    parts["domains"] = {domain: least if least == most else None for domain, (least, most) in bounds.items()}
    parts["contradictions"] = _lower_than_before(parts, get("previous") or {})
    warnings = _changes(parts, get("baseline"), low, high)
    if low == high:
        return Score(RULE, low, True, parts=parts, warnings=warnings)
    replaced = REPLACED_BY_ESRD if parts["esrd"] else ()
    missing = tuple([item for item in ITEMS if parts[item] is None and item not in replaced])
    return Score(RULE, None, False, low, high, parts, missing, warnings=warnings)


def _bounds(points: Mapping[str, Part], domain: str) -> tuple[int, int]:
    """The least and the most points of a domain."""
    if domain == "renal" and points["esrd"]:
        return RENAL_MOST, RENAL_MOST
    low = high = 0
    for item, allowed in DOMAINS[domain].items():
        known = points[item]
        low += 0 if known is None else int(known)
        high += allowed[-1] if known is None else int(known)
    return (low, min(high, RENAL_MOST)) if domain == "renal" else (low, high)


def _lower_than_before(points: Mapping[str, Part], previous: Mapping[str, Any]) -> list[str]:
    lower = []
    for item in ITEMS if previous else ():
        before, now = previous.get(item), points[item]
        if before is not None and now is not None and now < before:
            lower.append(item)
    return lower


def _changes(parts: dict[str, Part], baseline: float | None, low: int, high: int) -> tuple[str, ...]:
    """Write the change since baseline into the parts; returns the warnings."""
    accrual: Tri = None
    if baseline is not None:
        least, most = low - baseline >= ACCRUAL, high - baseline >= ACCRUAL
        accrual = least if least == most else None
    parts["change"] = low - baseline if baseline is not None and low == high else None
    parts["accrual"] = accrual
    return ("total_below_baseline",) if baseline is not None and high < baseline else ()
