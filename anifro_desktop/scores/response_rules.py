"""The six rules of time to response: who is evaluable, and whether an assessment meets the rule.

See `response` for their table. Thresholds are settings of the protocol; half is part of what CLASI-50 and the
50 % joint response are. Comparisons after rounding to 9 decimals. Each test is three-valued.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anifro_desktop.scores.model import Tri, both, either, negated, nine
from anifro_desktop.study.protocol import PROTOCOL

SLEDAI_FALL = PROTOCOL.number("response.sledai_fall")
CLASI_BASELINE = PROTOCOL.number("clasi.response_baseline")
JOINTS_BASELINE = PROTOCOL.number("joints.response_baseline")
DOSE = PROTOCOL.number("response.gc_max")

Measures = Mapping[str, Any]

# Rule to the measures that an assessment needs for it.
MEASURES: dict[str, tuple[str, ...]] = {
    "ttr_lldas": ("lldas",),
    "ttr_doris": ("doris",),
    "ttr_sledai4": ("sledai",),
    "ttr_clasi50": ("clasi_activity",),
    "ttr_joint50": ("tjc28", "sjc28"),
    "ttr_gc5": ("pred_eq",),
}
RULES = tuple(MEASURES)
# The items of LLDAS that can fail at baseline: "no new activity" asks for an assessment before it.
LLDAS_AT_BASELINE = ("lldas_activity", "lldas_phga", "lldas_gc", "lldas_drugs")


def evaluable(rule: str, baseline: Measures) -> Tri:
    """Whether a response can be looked for, given what baseline showed."""
    if rule == "ttr_lldas":
        return _fails_lldas(baseline)
    if rule == "ttr_doris":
        return negated(baseline.get("doris"))
    if rule == "ttr_gc5":
        dose = baseline.get("pred_eq")
        return None if dose is None else nine(dose) > DOSE
    least = {"ttr_sledai4": SLEDAI_FALL, "ttr_clasi50": CLASI_BASELINE, "ttr_joint50": JOINTS_BASELINE}[rule]
    return both(*[_at_least(baseline.get(measure), least) for measure in MEASURES[rule]])


def judge(rule: str, baseline: Measures, now: Measures) -> Tri:
    """Whether an assessment meets the rule; for a baseline that is evaluable."""
    if rule in ("ttr_lldas", "ttr_doris"):
        state: Tri = now.get(MEASURES[rule][0])
        return state
    if rule == "ttr_gc5":
        return _at_most(now.get("pred_eq"), DOSE)
    if rule == "ttr_sledai4":
        return _at_most(now.get("sledai"), baseline["sledai"] - SLEDAI_FALL)
    return both(*[_at_most(now.get(measure), baseline[measure] / 2) for measure in MEASURES[rule]])


def open_at_baseline(rule: str, baseline: Measures) -> list[str]:
    """The unknown measures that could still say whether the subject is evaluable."""
    measures = (*LLDAS_AT_BASELINE, "lldas") if rule == "ttr_lldas" else MEASURES[rule]
    keys = [measure for measure in measures if baseline.get(measure) is None]
    if rule == "ttr_lldas" and baseline.get("lldas_no_new") is None and baseline.get("lldas") is not True:
        keys.append("lldas_no_new")
    return keys


def open_now(rule: str, now: Measures) -> list[str]:
    """The unknown measures of an assessment that cannot be judged yet."""
    return [measure for measure in MEASURES[rule] if now.get(measure) is None]


def _fails_lldas(baseline: Measures) -> Tri:
    """Whether an item other than "no new activity" fails; the state itself may say so where items are
    open."""
    fails = either(*[negated(baseline.get(item)) for item in LLDAS_AT_BASELINE])
    if fails is None and baseline.get("lldas") is True:
        return False
    if fails is None and baseline.get("lldas") is False and baseline.get("lldas_no_new") is True:
        return True
    return fails


def _at_least(value: float | None, least: float) -> Tri:
    return None if value is None else nine(value) >= least


def _at_most(value: float | None, most: float) -> Tri:
    return None if value is None else nine(value) <= nine(most)
