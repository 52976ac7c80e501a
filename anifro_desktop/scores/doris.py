"""DORIS 2021 remission: clinical SLEDAI-2K 0, PhGA below 0.5, prednisone equivalent up to 5 mg/day, stable
drugs.

van Vollenhoven R et al. Lupus Sci Med 2021;8:e000538 (doi 10.1136/lupus-2021-000538). Judged at one visit,
without any duration. Serology neither causes nor prevents it. PhGA 0.5 fails; 5 mg/day passes (the abstract
and the 2016 framework against one table that prints "<5"). A pulse for activity within 30 days fails the
dose (setting).

Missing answers: three-valued; one failing component is enough for "not met".

Units: `phga` 0 to 3; `pred_eq` mg/day; `stable`, `pulse_30d`, `immunosuppressant`, `biologic` yes/no.

Parts: `csledai2k` (number, None while open), `doris_csledai`, `doris_phga`, `doris_gc`, `doris_stable`;
descriptive: `doris_off_gc` (and dose 0), `doris_off_treatment` (2016 framework: no glucocorticoid,
immunosuppressant or biologic; antimalarials allowed), `doris_complete` (and normal serology).
Reasons: `csledai2k_gt_0`, `phga_ge_0_5`, `pred_eq_gt_5`, `pulse_30d`, `not_stable`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anifro_desktop.scores.glucocorticoid import dose_condition, dose_reasons, unknown_keys
from anifro_desktop.scores.keys import Absent, Key, Number, YesNo
from anifro_desktop.scores.labs import below
from anifro_desktop.scores.model import Part, Score, Tri, both, negated
from anifro_desktop.scores.sledai2k import CLINICAL, ITEM_KEYS, SEROLOGIC, WEIGHTS
from anifro_desktop.study.protocol import PROTOCOL

RULE = "doris"
NUMBER = 1
TITLE = "DORIS 2021 remission|Remissione DORIS 2021"
SOURCE = "van Vollenhoven 2021, doi 10.1136/lupus-2021-000538"
SETTINGS = ("doris", "sledai2k", "glucocorticoid")

DOSE = PROTOCOL.number("doris.gc_max")
PHGA_BELOW = PROTOCOL.number("doris.phga_below")

KEYS: dict[str, Key] = {
    **ITEM_KEYS,
    "phga": Number(0, 3),
    "pred_eq": Number(0, unit="mg/d"),
    "stable": YesNo(),
    "pulse_30d": YesNo(),
    "immunosuppressant": YesNo(),
    "biologic": YesNo(),
}
# `stable` is a judgement, not a finding: left out, it stays unknown.
ABSENT = Absent(dict.fromkeys([*WEIGHTS, "pulse_30d", "immunosuppressant", "biologic"], False))


def score(answers: Mapping[str, Any]) -> Score:
    """DORIS remission (value True, False or None) from the SLEDAI-2K items, PhGA, dose and stability."""
    get = answers.get
    open_items = [item for item in CLINICAL if get(item) is None]
    points = sum([WEIGHTS[item] for item in CLINICAL if get(item)])
    silent: Tri = False if points else (None if open_items else True)
    dose, pulse, stable = get("pred_eq"), get("pulse_30d"), get("stable")
    low_phga = below(get("phga"), PHGA_BELOW)
    dose_met = dose_condition(dose, pulse, DOSE)
    value = both(silent, low_phga, dose_met, stable)
    parts: dict[str, Part] = {
        "csledai2k": None if open_items else points,
        "doris_csledai": silent,
        "doris_phga": low_phga,
        "doris_gc": dose_met,
        "doris_stable": stable,
    }
    _sub_states(parts, answers, value)
    missing = (
        (*open_items, *unknown_keys(answers, "phga", "pred_eq", "stable", "pulse_30d"))
        if value is None
        else ()
    )
    reasons = [] if silent is not False else ["csledai2k_gt_0"]
    reasons += ["phga_ge_0_5"] if low_phga is False else []
    reasons += dose_reasons(dose, pulse, DOSE)
    reasons += ["not_stable"] if stable is False else []
    return Score(RULE, value, value is not None, None, None, parts, missing, tuple(reasons))


def _sub_states(parts: dict[str, Part], answers: Mapping[str, Any], value: Tri) -> None:
    get = answers.get
    dose = get("pred_eq")
    no_dose = None if dose is None else round(dose, 9) == 0
    parts["doris_off_gc"] = both(value, no_dose)
    parts["doris_off_treatment"] = both(
        parts["doris_csledai"],
        parts["doris_phga"],
        no_dose,
        negated(get("pulse_30d")),
        negated(get("immunosuppressant")),
        negated(get("biologic")),
    )
    parts["doris_complete"] = both(value, *[negated(get(item)) for item in SEROLOGIC])
