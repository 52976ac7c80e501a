"""SELENA-SLEDAI Flare Index (SFI): none, mild or moderate, severe, against the previous assessment.

Petri M, Buyon J, Kim M. Lupus 1999;8:685-91; Buyon JP et al. Ann Intern Med 2005;142:953-62. BLISS variant:
Navarra SV et al. Lancet 2011;377:721-31; Furie R et al. Arthritis Rheum 2011;63:3918-30. One criterion is
enough, the highest class wins, and every criterion is kept, so that another variant can be worked out later.

Interpretation (settings): SLEDAI-2K stands in for SELENA-SLEDAI. `classic` knows all criteria. `bliss` has no
`sv_sledai`, and its `mm_sledai` is any rise of 3 points, also past 12. `value` is the configured one.
`sv_sledai` from above 12 wants a rise of 3. `sv_pred` is also a pulse for activity. "Doubled" is twice or more,
or any start from 0. `sv_organ` wants a manifestation and the dose doubled, or raised past 0.5 mg/kg, or the
hospital; a pulse is no part of it. A rise for another reason (`gc_raised_for_activity` false) fires nothing; left
out, a rise is due to SLE; null, its reason is unknown. A new biologic is recorded and does not count.

Missing answers: any severe criterion true is severe; else, while one is unknown, so is the class, and
`minimum` is the least class that is certain, `maximum` the highest that is possible. A raised dose without a
weight is `mm_pred` or `sv_pred`: at least mild or moderate. `new_or_worse` and `new_immunosuppressants` are
whole lists ([] is nothing, null is not recorded) or, from a form, objects by name.

Units: `sledai` points; `phga` 0 to 3; `pred_eq` mg/day; `weight_kg` the last known weight.

Parts: each criterion by its key, as the classic index reads it; `mm_sledai_bliss`, the one that the BLISS variant
reads otherwise; `classic`, `bliss` (classes, None while unknown); `classic_fired`, `bliss_fired` (criteria that
are true, in the order of the instrument).
Warnings: `new_biologic_not_counted`; `hydroxychloroquine_not_counted` (listed among the immunosuppressants,
which do not know it, and not under `nsaid_or_hcq_added`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from anifro_desktop.scores.ceilings import DRUGS
from anifro_desktop.scores.keys import Absent, Block, Key, Number, Words, YesNo
from anifro_desktop.scores.model import Part, Score, Tri, both, either
from anifro_desktop.scores.sfi_criteria import (
    PHGA_MOST,
    SLEDAI_MOST,
    Dose,
    dose_change,
    phga_change,
    sledai_change,
)
from anifro_desktop.study.protocol import PROTOCOL

RULE = "sfi"
NUMBER = 1
TITLE = "SELENA-SLEDAI Flare Index"
SOURCE = (
    "Petri 1999;8:685-91; Buyon 2005;142:953-62; BLISS variant: Navarra 2011;377:721-31"
    "|Petri 1999;8:685-91; Buyon 2005;142:953-62; variante BLISS: Navarra 2011;377:721-31"
)
SETTINGS = ("sfi",)

VARIANT = PROTOCOL.word("sfi.variant")
NONE, MILD_MODERATE, SEVERE = "none", "mild_moderate", "severe"
# What was found: a whole list, or each name with yes, no or unknown (as a form asks it).
Given = Collection[str] | Mapping[str, Tri]
CLASSES = (NONE, MILD_MODERATE, SEVERE)

# Manifestations that are a mild or moderate criterion by themselves, with its key.
MILD_MANIFESTATIONS: dict[str, str] = {
    "rash": "mm_rash",
    "nasopharyngeal_ulcers": "mm_ulcers",
    "pleuritis": "mm_pleuritis",
    "pericarditis": "mm_pericarditis",
    "arthritis": "mm_arthritis",
    "fever": "mm_fever",
}
# Manifestations that are severe together with a step of treatment.
ORGAN_MANIFESTATIONS = (
    "cns",
    "vasculitis",
    "nephritis",
    "myositis",
    "thrombocytopenia_lt60",
    "hemolytic_anemia",
)
MANIFESTATIONS = (*MILD_MANIFESTATIONS, *ORGAN_MANIFESTATIONS)
SEVERE_DRUGS = (
    "cyclophosphamide",
    "azathioprine",
    "methotrexate",
    "mycophenolate_mofetil",
    "mycophenolic_acid",
)
MILD_CRITERIA = ("mm_sledai", *MILD_MANIFESTATIONS.values(), "mm_pred", "mm_drug", "mm_phga")
SEVERE_CRITERIA = ("sv_sledai", "sv_organ", "sv_pred", "sv_drug", "sv_hosp", "sv_phga")
CRITERIA = (*MILD_CRITERIA, *SEVERE_CRITERIA)

_ASSESSMENT: dict[str, Key] = {
    "sledai": Number(0, SLEDAI_MOST, whole=True),
    "phga": Number(0, PHGA_MOST),
    "pred_eq": Number(0, unit="mg/d"),
}
KEYS: dict[str, Key] = {
    "previous": Block(_ASSESSMENT),
    "now": Block(_ASSESSMENT),
    "weight_kg": Number(0, above=True, unit="kg"),
    "new_or_worse": Words(MANIFESTATIONS),
    "nsaid_or_hcq_added": YesNo(),
    "new_immunosuppressants": Words(DRUGS),
    "hospitalised_for_sle": YesNo(),
    "iv_pulse_for_activity": YesNo(),
    "new_biologic_for_activity": YesNo(),
    "gc_raised_for_activity": YesNo(),
}
# Scores, doses and weight are readings, never absent.
ABSENT = Absent(
    {
        "new_or_worse": [],
        "nsaid_or_hcq_added": False,
        "new_immunosuppressants": [],
        "hospitalised_for_sle": False,
        "iv_pulse_for_activity": False,
        "new_biologic_for_activity": False,
    }
)

_NOTHING: Mapping[str, Any] = {}


def score(answers: Mapping[str, Any]) -> Score:
    """The flare class of the configured variant, from two assessments and what happened between them."""
    return score_as(VARIANT, answers)


def score_as(variant: str, answers: Mapping[str, Any]) -> Score:
    """The same with the class of `variant` ("classic" or "bliss") as its value."""
    get = answers.get
    previous, now = get("previous") or _NOTHING, get("now") or _NOTHING
    points = sledai_change(previous.get("sledai"), now.get("sledai"))
    globe = phga_change(previous.get("phga"), now.get("phga"))
    dose = dose_change(
        previous.get("pred_eq"), now.get("pred_eq"), get("weight_kg"), get("gc_raised_for_activity", True)
    )
    found = get("new_or_worse")
    parts: dict[str, Part] = {"mm_sledai": points.mild}
    for manifestation, key in MILD_MANIFESTATIONS.items():
        parts[key] = _any_of(found, (manifestation,))
    parts["mm_pred"] = dose.mild
    parts["mm_drug"] = get("nsaid_or_hcq_added")
    parts["mm_phga"] = globe.mild
    parts["sv_sledai"] = points.severe
    hospital = get("hospitalised_for_sle")
    parts["sv_organ"] = both(
        _any_of(found, ORGAN_MANIFESTATIONS), either(dose.doubled, dose.severe, hospital)
    )
    parts["sv_pred"] = either(dose.severe, get("iv_pulse_for_activity"))
    parts["sv_drug"] = _any_of(get("new_immunosuppressants"), SEVERE_DRUGS)
    parts["sv_hosp"] = hospital
    parts["sv_phga"] = globe.severe
    parts["mm_sledai_bliss"] = points.mild_bliss
    return _score(variant, answers, parts, dose)


def _score(variant: str, answers: Mapping[str, Any], parts: dict[str, Part], dose: Dose) -> Score:
    classic = {key: parts[key] for key in CRITERIA}
    bliss = {**classic, "mm_sledai": parts["mm_sledai_bliss"], "sv_sledai": False}
    classes = {"classic": _class(classic, dose.certain), "bliss": _class(bliss, dose.certain)}
    for name, (least, most) in classes.items():
        parts[name] = least if least == most else None
    parts["classic_fired"] = [key for key in CRITERIA if classic[key]]
    parts["bliss_fired"] = [key for key in CRITERIA if bliss[key]]
    least, most = classes[variant]
    warnings = _warnings(answers)
    if least == most:
        return Score(RULE, least, True, parts=parts, warnings=warnings)
    missing = _missing(answers, classic if variant == "classic" else bliss, dose)
    return Score(RULE, None, False, least, most, parts, missing, warnings=warnings)


def _class(criteria: Mapping[str, Tri], dose_raised: bool) -> tuple[str, str]:
    """The least and the highest class that the criteria leave possible."""
    severe = either(*[criteria[key] for key in SEVERE_CRITERIA])
    if severe:
        return SEVERE, SEVERE
    mild = either(*[criteria[key] for key in MILD_CRITERIA])
    least = MILD_MODERATE if mild or dose_raised else NONE
    if severe is None:
        return least, SEVERE
    return least, NONE if mild is False else MILD_MODERATE


def _any_of(given: Given | None, names: Collection[str]) -> Tri:
    """Whether one of the names is given: by a whole list, or name by name, where one left open may be."""
    if given is None:
        return None
    if isinstance(given, Mapping):
        return either(*[given[name] for name in names if name in given])
    return any(name in names for name in given)


def _missing(answers: Mapping[str, Any], criteria: Mapping[str, Tri], dose: Dose) -> tuple[str, ...]:
    """The open answers that could still settle the class, given that no severe criterion is certain."""
    get = answers.get
    mild_open = not dose.certain and not any(criteria[key] for key in MILD_CRITERIA)

    def turns(mild: str, severe: str) -> bool:
        return criteria[severe] is None or (mild_open and criteria[mild] is None)

    organ = _any_of(get("new_or_worse"), ORGAN_MANIFESTATIONS)
    signs_open = any(criteria[key] is None for key in MILD_MANIFESTATIONS.values())
    by_doubling = dose.doubled_mild and organ is not False
    dose_turns = dose.severe is None or (dose.mild is None and (mild_open or by_doubling))
    decisive = {
        "sledai": turns("mm_sledai", "sv_sledai"),
        "phga": turns("mm_phga", "sv_phga"),
        "pred_eq": dose_turns,
        # with a manifestation of an organ, a doubled dose is severe whatever the weight
        "weight_kg": dose.severe is None and not (organ and dose.only_doubled),
        "new_or_worse": (mild_open and signs_open) or (by_doubling and organ is None),
        "nsaid_or_hcq_added": mild_open,
        "new_immunosuppressants": criteria["sv_drug"] is None,
        "hospitalised_for_sle": True,
        "iv_pulse_for_activity": True,
        "gc_raised_for_activity": dose_turns and "gc_raised_for_activity" in answers,
    }
    keys = []
    for visit in ("previous", "now"):
        given = get(visit) or _NOTHING
        keys += [f"{visit}.{key}" for key in _ASSESSMENT if decisive[key] and given.get(key) is None]
    keys += [key for key in KEYS if decisive.get(key) and _is_open(get(key))]
    return tuple(keys)


def _is_open(given: Any) -> bool:
    return None in given.values() if isinstance(given, Mapping) else given is None


def _warnings(answers: Mapping[str, Any]) -> tuple[str, ...]:
    codes = ["new_biologic_not_counted"] if answers.get("new_biologic_for_activity") else []
    listed = _any_of(answers.get("new_immunosuppressants"), ("hydroxychloroquine",))
    if listed and not answers.get("nsaid_or_hcq_added"):
        codes.append("hydroxychloroquine_not_counted")
    return tuple(codes)
