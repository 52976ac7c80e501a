"""LLDAS: five items, all of which must be met.

Franklyn K et al. Ann Rheum Dis 2016;75:1615-21 (doi 10.1136/annrheumdis-2015-207726); ceilings: see
`ceilings`. 1 total SLEDAI-2K up to 4, serology included, without major-organ, haemolytic or
gastrointestinal activity; 2 no new feature since the previous assessment; 3 PhGA up to 1; 4 prednisone
equivalent up to 7.5 mg/day; 5 standard maintenance doses, tolerated, nothing investigational.

Interpretation (settings): item 2 fails if a descriptor is present now and was absent at the previous
assessment, or `other_new_feature`; without a previous assessment it is unknown, unless `other_new_feature`
fails it. Myositis is no major organ (literal reading, with a warning). `other_major_organ_activity` fails
item 1. A pulse for activity within 30 days fails item 4. `drugs` is {drug: amount}; {} is no drug, None not
recorded.

Missing answers: three-valued, totals judged by their bounds; one failing item is enough for "not met".

Units: `phga` 0 to 3; `pred_eq` mg/day; `drugs` mg in the ceiling's period; `weight_kg` kg.

Parts: `sledai2k` (total, None while open), `lldas_activity`, `lldas_no_new`, `lldas_phga`, `lldas_gc`,
`lldas_drugs`; descriptive: `lldas5` (item 4 at 5 mg/day).
Reasons: `sledai2k_gt_4`, `major_organ`, `hemolytic_anemia_active`, `gi_lupus_activity`,
`other_major_organ_activity`, `new_feature`, `other_new_feature`, `phga_gt_1`, `pred_eq_gt_7_5`,
`pulse_30d`, `drug_gt_ceiling_<drug>`, `not_tolerated`, `investigational`.
Warnings: `myositis_not_major_organ`, `rituximab_clinician_decides`, `other_clinician_decides`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anifro_desktop.scores import ceilings
from anifro_desktop.scores.glucocorticoid import dose_condition, dose_reasons, unknown_keys
from anifro_desktop.scores.keys import Absent, Block, Key, Number, YesNo
from anifro_desktop.scores.lldas_activity import ACTIVITY_FLAGS, MOST_POINTS, Descriptors, compare
from anifro_desktop.scores.model import Part, Score, Tri, at_most, both, negated
from anifro_desktop.scores.sledai2k import ITEM_KEYS, WEIGHTS
from anifro_desktop.study.protocol import PROTOCOL

RULE = "lldas"
NUMBER = 1
TITLE = "Lupus low disease activity state|Stato di bassa attività del lupus (LLDAS)"
SOURCE = "Franklyn 2016, doi 10.1136/annrheumdis-2015-207726; Golder 2016, doi 10.1186/s13075-016-1163-2"
SETTINGS = ("lldas", "sledai2k", "glucocorticoid", "ceiling", "rituximab")

DOSE = PROTOCOL.number("lldas.gc_max")
STRICT_DOSE = PROTOCOL.number("lldas.gc_max_strict")
PHGA = 1

KEYS: dict[str, Key] = {
    **ITEM_KEYS,
    "previous": Block(ITEM_KEYS),
    "phga": Number(0, 3),
    "pred_eq": Number(0, unit="mg/d"),
    "pulse_30d": YesNo(),
    **dict.fromkeys(ACTIVITY_FLAGS, YesNo()),
    "other_new_feature": YesNo(),
    "drugs": Block({drug: Number(0, unit=unit) for drug, unit in ceilings.AMOUNT_UNITS.items()}),
    "not_tolerated": YesNo(),
    "investigational": YesNo(),
    "weight_kg": Number(0, above=True, unit="kg"),
}
_ITEMS_ABSENT = dict.fromkeys(WEIGHTS, False)
ABSENT = Absent(
    {
        **_ITEMS_ABSENT,
        **dict.fromkeys(["pulse_30d", *ACTIVITY_FLAGS, "other_new_feature"], False),
        "drugs": {},
        "not_tolerated": False,
        "investigational": False,
    },
    inside={"previous": Absent(_ITEMS_ABSENT)},
)


def score(answers: Mapping[str, Any]) -> Score:
    """LLDAS (value True, False or None) from both assessments' items, PhGA, dose and drugs."""
    get = answers.get
    found = compare(answers)
    phga, dose, pulse = get("phga"), get("pred_eq"), get("pulse_30d")
    activity, no_new = found.quiet(answers), found.no_new(get("other_new_feature"))
    low_phga: Tri = None if phga is None else round(phga, 9) <= PHGA
    dose_met = dose_condition(dose, pulse, DOSE)
    drugs: Mapping[str, float | None] = get("drugs") or {}
    verdicts = ceilings.judge(drugs, get("weight_kg"))
    doubtful = ceilings.undecidable(drugs, verdicts)
    drugs_met = _drugs(answers, verdicts)
    value = both(activity, no_new, low_phga, dose_met, drugs_met)
    strict = dose_condition(dose, pulse, STRICT_DOSE)
    parts: dict[str, Part] = {
        "sledai2k": found.low if found.low == found.high else None,
        "lldas_activity": activity,
        "lldas_no_new": no_new,
        "lldas_phga": low_phga,
        "lldas_gc": dose_met,
        "lldas_drugs": drugs_met,
        "lldas5": both(activity, no_new, low_phga, strict, drugs_met),
    }
    missing = _missing(answers, found, stuck=bool(doubtful)) if value is None else ()
    reasons = () if value is not False else _reasons(answers, found, low_phga, verdicts)
    warnings = ["myositis_not_major_organ"] if get("myositis") and activity is not False else []
    warnings += [f"{drug}_clinician_decides" for drug in doubtful]
    return Score(RULE, value, value is not None, None, None, parts, missing, reasons, tuple(warnings))


def _drugs(answers: Mapping[str, Any], verdicts: Mapping[str, Tri]) -> Tri:
    get = answers.get
    doses = None if get("drugs") is None else both(*verdicts.values())
    return both(doses, negated(get("not_tolerated")), negated(get("investigational")))


def _missing(answers: Mapping[str, Any], found: Descriptors, *, stuck: bool) -> tuple[str, ...]:
    """The open answers that could still settle the state, given that nothing known fails it; stuck: it cannot
    become met, as the clinician decides about a drug."""
    drugs = answers.get("drugs") or {}
    return (
        *found.open_now(),
        *found.open_before(stuck),
        *unknown_keys(answers, "phga", "pred_eq", "pulse_30d", *ACTIVITY_FLAGS, "other_new_feature", "drugs"),
        *ceilings.open_amounts(drugs, stuck),
        *unknown_keys(answers, "not_tolerated", "investigational"),
        *(unknown_keys(answers, "weight_kg") if ceilings.weight_needed(drugs) else ()),
    )


def _reasons(
    answers: Mapping[str, Any], found: Descriptors, low_phga: Tri, verdicts: Mapping[str, Tri]
) -> tuple[str, ...]:
    get = answers.get
    codes = ["sledai2k_gt_4"] if at_most(found.low, found.high, MOST_POINTS) is False else []
    codes += ["major_organ"] if found.major else []
    codes += [flag for flag in ACTIVITY_FLAGS if get(flag)]
    codes += ["new_feature"] if found.new else []
    codes += ["other_new_feature"] if get("other_new_feature") else []
    codes += ["phga_gt_1"] if low_phga is False else []
    codes += dose_reasons(get("pred_eq"), get("pulse_30d"), DOSE)
    codes += [f"drug_gt_ceiling_{drug}" for drug in ceilings.over_ceiling(verdicts)]
    codes += [flag for flag in ("not_tolerated", "investigational") if get(flag)]
    return tuple(codes)
