"""CLASI once more, from the papers and the protocol alone: the score sheet, and its sums for complete answers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

Answers = dict[str, Any]

# Area: which of the four columns are asked there.
SHEET = """
scalp                    erythema scale dyspigmentation
ears                     erythema scale dyspigmentation scarring
nose_malar               erythema scale dyspigmentation scarring
rest_of_face             erythema scale dyspigmentation scarring
v_neck                   erythema scale dyspigmentation scarring
posterior_neck_shoulders erythema scale dyspigmentation scarring
chest                    erythema scale dyspigmentation scarring
abdomen                  erythema scale dyspigmentation scarring
back_buttocks            erythema scale dyspigmentation scarring
arms                     erythema scale dyspigmentation scarring
hands                    erythema scale dyspigmentation scarring
legs                     erythema scale dyspigmentation scarring
feet                     erythema scale dyspigmentation scarring
"""
ROWS = [line.split() for line in SHEET.split("\n") if line]
VALUES: dict[str, list[int]] = {
    "erythema": [0, 1, 2, 3],
    "scale": [0, 1, 2],
    "dyspigmentation": [0, 1],
    "scarring": [0, 1, 2],
    "mucous": [0, 1],
    "recent_hair_loss": [0, 1],
    "alopecia_nonscarring": [0, 1, 2, 3],
    "scalp_scarring": [0, 3, 4, 5, 6],
}
BAND = {**dict.fromkeys(range(10), "mild"), **dict.fromkeys(range(10, 21), "moderate")}


def areas(column: str) -> list[str]:
    return [row[0] for row in ROWS if column in row[1:]]


def parts(a: Answers) -> dict[str, Any]:
    """All parts of complete answers."""
    column = {name: sum(a[name][area] for area in areas(name)) for name in list(VALUES)[:4]}
    activity = (
        column["erythema"] + column["scale"] + a["mucous"] + a["recent_hair_loss"] + a["alopecia_nonscarring"]
    )
    pigment = column["dyspigmentation"] + (column["dyspigmentation"] if a["dyspig_ge_12m"] else 0)
    baseline = a.get("baseline_activity")
    left = Fraction(activity, baseline) if baseline else None
    return {
        "activity": activity,
        "band": BAND.get(activity, "severe"),
        "damage": pigment + column["scarring"] + a["scalp_scarring"],
        "pct_change": None if left is None else float((left - 1) * 100),
        "clasi50_evaluable": None if baseline is None else baseline > 9,
        "clasi50": None if left is None else left <= Fraction(1, 2),
    }
