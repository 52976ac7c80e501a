"""SLEDAI-2K: 24 descriptors, each absent or present, over the 30 days before the visit; total 0 to 105.

Gladman DD, Ibañez D, Urowitz MB. J Rheumatol 2002;29:288-91 (PMID 11838846); 30 days: Touma Z et al. Lupus
2010;19:49-51 (doi 10.1177/0961203309346505). A descriptor counts only if due to SLE; persistent
proteinuria, rash, alopecia and ulcers count as well as new ones.

Missing answers: the total is final only when every descriptor is known, since each one can change it; until
then `minimum` and `maximum` bound it. The laboratory block suggests and never scores: the clinician
confirms attribution.

Parts: points by descriptor (None while unknown); `clinical` (also `csledai2k`), all but the two serological
ones; `serologic`, 0, 2 or 4; and from the block `labs`: `suggested`, `contradictions`, `upcr_mg_g` (see
`labs`).
Warnings: `proteinuria_measures_disagree`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anifro_desktop.scores.keys import Absent, Block, Key, YesNo
from anifro_desktop.scores.labs import LABS, contradictions, measures_disagree, spot_ratio, suggest
from anifro_desktop.scores.model import Part, Score

RULE = "sledai2k"
NUMBER = 1
TITLE = "SLEDAI-2K"
SOURCE = "Gladman 2002, PMID 11838846; Touma 2010, doi 10.1177/0961203309346505"
SETTINGS = ("sledai2k",)

# Descriptor and points, in the order of the instrument.
WEIGHTS: dict[str, int] = {
    "seizure": 8,
    "psychosis": 8,
    "organic_brain_syndrome": 8,
    "visual_disturbance": 8,
    "cranial_nerve_disorder": 8,
    "lupus_headache": 8,
    "cva": 8,
    "vasculitis": 8,
    "arthritis": 4,
    "myositis": 4,
    "urinary_casts": 4,
    "hematuria": 4,
    "proteinuria": 4,
    "pyuria": 4,
    "rash": 2,
    "alopecia": 2,
    "mucosal_ulcers": 2,
    "pleurisy": 2,
    "pericarditis": 2,
    "low_complement": 2,
    "increased_dna_binding": 2,
    "fever": 1,
    "thrombocytopenia": 1,
    "leukopenia": 1,
}
SEROLOGIC = ("low_complement", "increased_dna_binding")
CLINICAL = tuple(item for item in WEIGHTS if item not in SEROLOGIC)

ITEM_KEYS: dict[str, Key] = dict.fromkeys(WEIGHTS, YesNo())
KEYS: dict[str, Key] = {**ITEM_KEYS, "labs": Block(LABS)}
ABSENT = Absent(dict.fromkeys(WEIGHTS, False))  # values of `labs` are readings, never absent

_WEIGHTS = tuple(WEIGHTS.items())


def score(answers: Mapping[str, Any]) -> Score:
    """SLEDAI-2K from the descriptors (True, False, None) and the optional laboratory block `labs`."""
    get = answers.get
    parts: dict[str, Part] = {}
    missing = []
    total = could_add = 0
    for item, weight in _WEIGHTS:
        present = get(item)
        if present is None:
            parts[item] = None
            missing.append(item)
            could_add += weight
        elif present:
            parts[item] = weight
            total += weight
        else:
            parts[item] = 0
    complement, antibodies = parts["low_complement"], parts["increased_dna_binding"]
    serologic = None if complement is None or antibodies is None else complement + antibodies
    parts["clinical"] = parts["csledai2k"] = _clinical(total, missing, complement, antibodies)
    parts["serologic"] = serologic
    labs = get("labs") or {}
    suggested = suggest(labs)
    parts["suggested"] = suggested
    parts["contradictions"] = contradictions(answers, suggested)
    parts["upcr_mg_g"] = spot_ratio(labs)
    warnings = ("proteinuria_measures_disagree",) if labs and measures_disagree(labs) else ()
    if missing:
        return Score(
            RULE, None, False, total, total + could_add, parts, missing=tuple(missing), warnings=warnings
        )
    return Score(RULE, total, True, parts=parts, warnings=warnings)


def _clinical(total: int, missing: list[str], complement: int | None, antibodies: int | None) -> int | None:
    """The total without serology, known as soon as no clinical descriptor is open."""
    if len(missing) > (complement is None) + (antibodies is None):
        return None
    return total - (complement or 0) - (antibodies or 0)
