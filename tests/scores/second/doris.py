"""DORIS 2021 once more, from the papers and the protocol alone, for answers that are complete."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

Answers = dict[str, Any]

# All of SLEDAI-2K but complement and anti-DNA antibodies.
CLINICAL = (
    "seizure psychosis organic_brain_syndrome visual_disturbance cranial_nerve_disorder lupus_headache cva "
    "vasculitis arthritis myositis urinary_casts hematuria proteinuria pyuria rash alopecia mucosal_ulcers "
    "pleurisy pericarditis fever thrombocytopenia leukopenia"
)
SEROLOGY = ("low_complement", "increased_dna_binding")
PHGA_UNDER, DOSE_UP_TO = "0.5", "5"


def exact(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal("1e-9"))


def doris_parts(a: Answers) -> dict[str, Any]:
    quiet = not any(a[item] for item in CLINICAL.split())
    phga = exact(a["phga"]) < Decimal(PHGA_UNDER)
    gc = exact(a["pred_eq"]) <= Decimal(DOSE_UP_TO) and not a["pulse_30d"]
    none = exact(a["pred_eq"]) == 0
    doris = quiet and phga and gc and a["stable"]
    return {
        "doris": doris,
        "doris_csledai": quiet,
        "doris_phga": phga,
        "doris_gc": gc,
        "doris_stable": a["stable"],
        "doris_off_gc": doris and none,
        "doris_off_treatment": quiet
        and phga
        and none
        and not (a["pulse_30d"] or a["immunosuppressant"] or a["biologic"]),
        "doris_complete": doris and not any(a[item] for item in SEROLOGY),
    }
