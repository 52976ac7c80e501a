"""Standard maintenance ceilings of drugs, for LLDAS item 5; equal to the ceiling passes.

Golder V et al. Arthritis Res Ther 2016;18:260 (doi 10.1186/s13075-016-1163-2) and the settings of the
protocol. Amounts are mg in the ceiling's own period (day, week, 4 weeks), never mg/kg: a ceiling per kg is
multiplied by the weight, and without the weight the answer is unknown. 0 mg is no use. Cyclophosphamide:
any use fails. Rituximab: the amount is months since the last course; more than 6 passes, otherwise unknown,
since the clinician decides. `other`: no ceiling is known, so any use leaves the answer unknown.
"""

from __future__ import annotations

from collections.abc import Mapping

from anifro_desktop.scores.model import Tri
from anifro_desktop.study.protocol import PROTOCOL

_SETTINGS = PROTOCOL.section("ceiling")
CEILINGS: dict[str, float] = {drug: PROTOCOL.number(f"ceiling.{drug}") for drug in _SETTINGS}
PER_KG = frozenset(drug for drug, setting in _SETTINGS.items() if "/kg" in setting.unit)
RITUXIMAB_MONTHS = PROTOCOL.number("rituximab.months_since_course")

# Drugs whose use can be left undecided however completely it is recorded.
CLINICIAN_DECIDES = ("rituximab", "other")
DRUGS = (*CEILINGS, *CLINICIAN_DECIDES)
# Unit of the amount that is recorded: that of the ceiling, without the weight.
AMOUNT_UNITS: dict[str, str] = {
    **{drug: setting.unit.replace("/kg", "") for drug, setting in _SETTINGS.items()},
    "rituximab": "mo",
    "other": "mg",
}


def judge(drugs: Mapping[str, float | None], weight_kg: float | None) -> dict[str, Tri]:
    """For each drug that is given: whether its amount (in its unit) is standard maintenance."""
    return {drug: _within_ceiling(drug, amount, weight_kg) for drug, amount in drugs.items()}


def over_ceiling(verdicts: Mapping[str, Tri]) -> list[str]:
    """Drugs certainly above their ceiling, in the order of the table."""
    return [drug for drug in CEILINGS if verdicts.get(drug) is False]


def undecidable(drugs: Mapping[str, float | None], verdicts: Mapping[str, Tri]) -> list[str]:
    """Drugs whose amount is known and still leaves the answer to the clinician."""
    return [drug for drug in CLINICIAN_DECIDES if drugs.get(drug) is not None and verdicts[drug] is None]


def open_amounts(drugs: Mapping[str, float | None], stuck: bool) -> list[str]:
    """Amounts that could still settle the ceilings, as keys; stuck: the clinician decides about a drug."""
    return [
        f"drugs.{drug}"
        for drug in DRUGS
        if drug in drugs and drugs[drug] is None and not (stuck and drug in CLINICIAN_DECIDES)
    ]


def weight_needed(drugs: Mapping[str, float | None]) -> bool:
    """Whether a drug whose ceiling goes by weight is or may be taken."""
    return any(drug in drugs and drugs[drug] != 0 for drug in PER_KG)


def _within_ceiling(drug: str, amount: float | None, weight_kg: float | None) -> Tri:
    if amount is None:
        return None
    if drug == "rituximab":
        return True if round(amount, 9) > RITUXIMAB_MONTHS else None
    if drug == "other":
        return None if amount else True
    ceiling = CEILINGS[drug]
    if drug in PER_KG:
        if weight_kg is None:
            return None if amount else True
        ceiling = round(ceiling * weight_kg, 9)
    return round(amount, 9) <= ceiling
