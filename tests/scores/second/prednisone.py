"""The prednisone equivalent once more, from the papers and the protocol alone, in exact fractions."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

Answers = dict[str, Any]

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
FACTOR = {drug: 5 / Fraction(mg) for drug, mg in MG_FOR_PREDNISONE_5.items()}


def _exact(value: float) -> Fraction:
    return Fraction(repr(value))


def daily_dose(schedules: list[Answers]) -> Fraction:
    """Average daily dose, over each schedule's own cycle."""
    return sum(
        (_exact(row["mg_per_cycle"]) * FACTOR[row["drug"]] / row["cycle_days"] for row in schedules),
        Fraction(),
    )


def cumulative_dose(oral: list[Answers], pulses: list[Answers]) -> Fraction:
    """Everything taken by mouth and given as a pulse."""
    return sum(
        (
            *(_exact(row["mg_day"]) * FACTOR[row["drug"]] * row["days"] for row in oral),
            *(_exact(row["mg"]) * FACTOR[row["drug"]] * row["n"] for row in pulses),
        ),
        Fraction(),
    )


def parts(schedules: list[Answers], pulse: bool, baseline: float) -> dict[str, Any]:
    dose = round(daily_dose(schedules), 9)
    return {
        "le_5": dose <= 5,
        "le_7_5": dose <= Fraction(15, 2),
        "steroid_le5": dose <= 5 and not pulse,
        "stop_denominator": _exact(baseline) > 0,
        "steroid_stopped": dose == 0,
    }
