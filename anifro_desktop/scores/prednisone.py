"""Prednisone equivalent: average daily dose by mouth on arrival at the visit, and cumulative dose.

Equivalents (mg equal to prednisone 5 mg) are settings of the protocol: Meikle & Tyler 1977;63:200;
deflazacort 6 from the product information; betamethasone 0.6 and dexamethasone 0.75 where tables differ.
Exact quotients, no rounding before a comparison. Daily dose = sum over drugs of mg per cycle x factor /
days in the cycle, so that 10 mg on alternate days are 5 mg/day. Pulses are not averaged into it.

Value: `pred_eq` from `schedules`; where only `oral` or `pulses` are given, `cumulative_pred_eq`.
Missing answers: the dose is final once no open answer can change it; thresholds as soon as both bounds
agree. An open drug lies between the weakest and the strongest, an open amount has no upper limit, an open
cycle is a day or longer.

Units: `mg_per_cycle`, `mg` mg; `mg_day`, `baseline_pred_eq` mg/day; `cycle_days`, `days` days; `n` pulses.

Parts: `pred_eq`, `le_5`, `le_7_5` (dose alone), `steroid_le5` (and no pulse for activity), `stop_denominator`
(baseline dose above 0), `steroid_stopped` (dose 0), `cumulative_pred_eq`.
Reasons, for `steroid_le5`: `pred_eq_gt_5`, `pulse_30d`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anifro_desktop.scores.glucocorticoid import dose_reasons
from anifro_desktop.scores.keys import LIMIT, Absent, Block, Key, Number, OneOf, Rows, YesNo
from anifro_desktop.scores.model import Part, Score, at_most, both, negated
from anifro_desktop.study.protocol import PROTOCOL

RULE = "prednisone"
NUMBER = 1
TITLE = "Prednisone equivalent|Equivalente di prednisone"
SOURCE = (
    "Meikle and Tyler 1977;63:200; equivalents set by the protocol"
    "|Meikle e Tyler 1977;63:200; equivalenti fissati dal protocollo"
)
SETTINGS = ("equivalent", "glucocorticoid")

EQUIVALENT_TO_5: dict[str, float] = {
    drug: PROTOCOL.number(f"equivalent.{drug}") for drug in PROTOCOL.section("equivalent")
}
LONGEST_CYCLE = LIMIT
_WEAKEST, _STRONGEST = max(EQUIVALENT_TO_5.values()), min(EQUIVALENT_TO_5.values())

_DRUG = OneOf(tuple(EQUIVALENT_TO_5))
_MG, _MG_DAY = Number(0, unit="mg"), Number(0, unit="mg/d")
KEYS: dict[str, Key] = {
    "schedules": Rows(
        Block({"drug": _DRUG, "mg_per_cycle": _MG, "cycle_days": Number(1, whole=True, unit="d")})
    ),
    "oral": Rows(Block({"drug": _DRUG, "mg_day": _MG_DAY, "days": Number(0, whole=True, unit="d")})),
    "pulses": Rows(Block({"drug": _DRUG, "mg": _MG, "n": Number(0, whole=True, unit="{pulses}")})),
    "baseline_pred_eq": _MG_DAY,
    "pulse_30d": YesNo(),
}
# Daily and cumulative dose are asked for by their own lists: giving one is no claim about the other.
ABSENT = Absent(
    {"schedules": [], "oral": [], "pulses": [], "pulse_30d": False},
    unless={"schedules": ("oral", "pulses"), "oral": ("schedules",), "pulses": ("schedules",)},
)


# The keys of each list's rows: amount, what multiplies it, what divides it.
_ROWS: dict[str, tuple[str, str, str]] = {
    "schedules": ("mg_per_cycle", "", "cycle_days"),
    "oral": ("mg_day", "days", ""),
    "pulses": ("mg", "n", ""),
}


@dataclass(frozen=True, slots=True)
class _Dose:
    """A dose known to lie from low to high, and the open answers that keep it from being one number."""

    low: float
    high: float
    missing: tuple[str, ...]

    @property
    def exact(self) -> float | None:
        return self.low if self.low == self.high else None


def score(answers: Mapping[str, Any]) -> Score:
    """Prednisone equivalent in mg/day (or, from `oral` and `pulses` alone, in mg in all)."""
    get = answers.get
    daily = _sum(answers, "schedules")
    total = _cumulative(answers)
    pulse, baseline = get("pulse_30d"), get("baseline_pred_eq")
    within_5 = at_most(daily.low, daily.high, 5)
    parts: dict[str, Part] = {
        "pred_eq": daily.exact,
        "le_5": within_5,
        "le_7_5": at_most(daily.low, daily.high, 7.5),
        "steroid_le5": both(within_5, negated(pulse)),
        "stop_denominator": None if baseline is None else round(baseline, 9) > 0,
        "steroid_stopped": at_most(daily.low, daily.high, 0),
        "cumulative_pred_eq": None if total is None else total.exact,
    }
    asked = total if total is not None and get("schedules") is None else daily
    reasons = tuple(dose_reasons(daily.low, pulse, 5)) if parts["steroid_le5"] is False else ()
    if asked.exact is not None:
        return Score(RULE, asked.exact, True, parts=parts, reasons=reasons)
    highest = None if math.isinf(asked.high) else asked.high
    return Score(RULE, None, False, asked.low, highest, parts, asked.missing, reasons)


def _cumulative(answers: Mapping[str, Any]) -> _Dose | None:
    """Oral doses and pulses together in mg, or None where neither was asked about."""
    if answers.get("oral") is None and answers.get("pulses") is None:
        return None
    oral, pulses = _sum(answers, "oral"), _sum(answers, "pulses")
    return _Dose(oral.low + pulses.low, oral.high + pulses.high, oral.missing + pulses.missing)


def _sum(answers: Mapping[str, Any], key: str) -> _Dose:
    """The sum over a list of doses; a list that is not given may hold anything."""
    rows = answers.get(key)
    if rows is None:
        return _Dose(0.0, math.inf, (key,))
    doses = [_row(row, f"{key}.{number}.", *_ROWS[key]) for number, row in enumerate(rows)]
    return _Dose(
        math.fsum([dose.low for dose in doses]),
        math.fsum([dose.high for dose in doses]),
        tuple([name for dose in doses for name in dose.missing]),
    )


def _row(row: Mapping[str, Any], path: str, amount_key: str, times_key: str, cycle_key: str) -> _Dose:
    """One row: amount x factor x times / cycle, between its bounds while an answer is open."""
    drug, amount = row.get("drug"), row.get(amount_key)
    times = row.get(times_key) if times_key else 1
    cycle = row.get(cycle_key) if cycle_key else 1
    if amount == 0 or times == 0:
        return _Dose(0.0, 0.0, ())
    if drug is not None and amount is not None and times is not None and cycle is not None:
        dose = amount * 5 / EQUIVALENT_TO_5[drug] * times / cycle
        return _Dose(dose, dose, ())
    names = [key for key in ("drug", amount_key, times_key, cycle_key) if key and row.get(key) is None]
    missing = tuple([path + name for name in names])
    if amount is None or times is None:
        return _Dose(0.0, math.inf, missing)
    weakest, strongest = (_WEAKEST, _STRONGEST) if drug is None else (EQUIVALENT_TO_5[drug],) * 2
    low = amount * 5 / weakest * times / (LONGEST_CYCLE if cycle is None else cycle)
    return _Dose(low, amount * 5 / strongest * times / (cycle or 1), missing)
