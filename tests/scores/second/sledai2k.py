"""SLEDAI-2K once more, from the papers and the protocol alone: points, and what laboratory values say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

Answers = dict[str, Any]

EIGHT = (
    "seizure psychosis organic_brain_syndrome visual_disturbance cranial_nerve_disorder "
    "lupus_headache cva vasculitis"
)
FOUR = "arthritis myositis urinary_casts hematuria proteinuria pyuria"
TWO = "rash alopecia mucosal_ulcers pleurisy pericarditis low_complement increased_dna_binding"
ONE = "fever thrombocytopenia leukopenia"
POINTS = {
    item: points for points, items in ((8, EIGHT), (4, FOUR), (2, TWO), (1, ONE)) for item in items.split()
}
SEROLOGY = {"low_complement", "increased_dna_binding"}

# Descriptor, measure, and the value that is not enough for it; `more` or `less` is.
LABORATORY = (
    ("hematuria", "urine_rbc_hpf", "more", "5"),
    ("pyuria", "urine_wbc_hpf", "more", "5"),
    ("fever", "temperature_c", "more", "38"),
    ("thrombocytopenia", "platelets", "less", "100"),
    ("leukopenia", "wbc", "less", "3"),
)
MG_G_PER_MG_MMOL = Decimal("8.84")
PROTEINURIA = Decimal(500)


def exact(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal("1e-9"))


def sledai2k(a: Answers) -> int:
    return sum(points for item, points in POINTS.items() if a[item])


def clinical(a: Answers) -> int:
    return sum(points for item, points in POINTS.items() if a[item] and item not in SEROLOGY)


def suggested(labs: Answers) -> dict[str, bool | None]:
    """What each measure says of its descriptor; a measure that was not taken says nothing."""
    found: dict[str, bool | None] = {}
    for item, measure, side, limit in LABORATORY:
        value = labs.get(measure)
        if value is None:
            found[item] = None
        else:
            found[item] = exact(value) > Decimal(limit) if side == "more" else exact(value) < Decimal(limit)
    measures = [exact(labs[key]) for key in ("proteinuria_mg_24h", "upcr_mg_g") if labs.get(key) is not None]
    if labs.get("upcr_mg_mmol") is not None:
        measures.append(exact(float(Decimal(repr(labs["upcr_mg_mmol"])) * MG_G_PER_MG_MMOL)))
    found["proteinuria"] = max(measures) > PROTEINURIA if measures else None
    low = [labs.get(key) for key in ("c3_low", "c4_low", "ch50_low")]
    found["low_complement"] = True if True in low else None if None in low else False
    found["increased_dna_binding"] = labs.get("dsdna_raised")
    return found
