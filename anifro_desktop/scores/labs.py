"""What laboratory values and temperature say about SLEDAI-2K descriptors. They suggest; they never score.

Gladman 2002 (PMID 11838846). Boundaries are strict: exactly 500 mg, 5 cells per field, 38 °C, 100 or 3
x10^9/L do not suggest the descriptor. Proteinuria: above 500 mg per 24 h or above 500 mg/g; a ratio in
mg/mmol is converted with the exact factor of the protocol. Low complement: C3, C4 or CH50 below the
laboratory's limit.

Units: proteinuria mg per 24 h; ratio mg/mmol or mg/g; platelets and white cells 10^9/L; temperature °C;
cells per high-power field.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anifro_desktop.scores.keys import Key, Number, YesNo
from anifro_desktop.scores.model import Tri, either, nine
from anifro_desktop.study.protocol import PROTOCOL

UPCR_FACTOR = PROTOCOL.number("sledai2k.upcr_factor")
PROTEINURIA_ABOVE = 500
CELLS_ABOVE = 5
FEVER_ABOVE = 38
PLATELETS_BELOW = 100
WHITE_CELLS_BELOW = 3

LABS: dict[str, Key] = {
    "proteinuria_mg_24h": Number(0, unit="mg/(24.h)"),
    "upcr_mg_mmol": Number(0, unit="mg/mmol"),
    "upcr_mg_g": Number(0, unit="mg/g"),
    "platelets": Number(0, above=True, unit="10*9/L"),
    "wbc": Number(0, above=True, unit="10*9/L"),
    "temperature_c": Number(25, 45, unit="Cel"),
    "urine_rbc_hpf": Number(0, unit="/[HPF]"),
    "urine_wbc_hpf": Number(0, unit="/[HPF]"),
    "c3_low": YesNo(),
    "c4_low": YesNo(),
    "ch50_low": YesNo(),
    "dsdna_raised": YesNo(),
}

# Descriptors with a measured counterpart, in the order of the instrument.
SUGGESTED = (
    "hematuria",
    "proteinuria",
    "pyuria",
    "low_complement",
    "increased_dna_binding",
    "fever",
    "thrombocytopenia",
    "leukopenia",
)


def above(value: float | None, limit: float) -> Tri:
    """Whether the value (None = unknown) exceeds the limit, after rounding to 9 decimals."""
    return None if value is None else round(value, 9) > limit


def below(value: float | None, limit: float) -> Tri:
    """Whether the value (None = unknown) stays under the limit, after rounding to 9 decimals."""
    return None if value is None else round(value, 9) < limit


def spot_ratio(labs: Mapping[str, Any]) -> float | None:
    """The protein to creatinine ratio in mg/g, as given or converted from mg/mmol."""
    direct: float | None = labs.get("upcr_mg_g")
    molar = labs.get("upcr_mg_mmol")
    return direct if direct is not None or molar is None else nine(molar * UPCR_FACTOR)


def suggest(labs: Mapping[str, Any]) -> dict[str, Tri]:
    """For each descriptor with a measured counterpart: present, absent, or None where the values do not
    say."""
    if not labs:
        return dict.fromkeys(SUGGESTED)
    get = labs.get
    return {
        "hematuria": above(get("urine_rbc_hpf"), CELLS_ABOVE),
        "proteinuria": _proteinuria(labs),
        "pyuria": above(get("urine_wbc_hpf"), CELLS_ABOVE),
        "low_complement": either(get("c3_low"), get("c4_low"), get("ch50_low")),
        "increased_dna_binding": get("dsdna_raised"),
        "fever": above(get("temperature_c"), FEVER_ABOVE),
        "thrombocytopenia": below(get("platelets"), PLATELETS_BELOW),
        "leukopenia": below(get("wbc"), WHITE_CELLS_BELOW),
    }


def contradictions(answers: Mapping[str, Any], suggested: Mapping[str, Tri]) -> list[str]:
    """Descriptors answered against their value: present where it denies them, absent where it asserts
    them."""
    return [
        item
        for item, says in suggested.items()
        if says is not None and answers.get(item) is not None and answers[item] is not says
    ]


def measures_disagree(labs: Mapping[str, Any]) -> bool:
    """Whether two measures of proteinuria lie on different sides of the threshold."""
    found = _proteinuria_measures(labs)
    return True in found and False in found


def _proteinuria(labs: Mapping[str, Any]) -> Tri:
    """Any measure above the threshold; the measures that were not taken do not matter."""
    found = _proteinuria_measures(labs)
    return True in found if found else None


def _proteinuria_measures(labs: Mapping[str, Any]) -> list[bool]:
    molar = labs.get("upcr_mg_mmol")
    measures = (
        labs.get("proteinuria_mg_24h"),
        labs.get("upcr_mg_g"),
        None if molar is None else molar * UPCR_FACTOR,
    )
    return [round(value, 9) > PROTEINURIA_ABOVE for value in measures if value is not None]
