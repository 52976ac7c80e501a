"""Which organ systems are active, by the descriptors of the SLEDAI-2K.

The systems are those of the instrument, as the pooled trials of anifrolumab group them: Vital EM et al., Ann Rheum Dis
2022 (organ domains by SLEDAI-2K); Gladman 2002, PMID 11838846.
"""

from __future__ import annotations

from collections.abc import Mapping

from anifro_desktop.centre import carried
from anifro_desktop.forms.model import Label

SYSTEMS: Mapping[str, tuple[Label, tuple[str, ...]]] = {
    "mucocutaneous": (Label("Mucocutaneo", "Mucocutaneous"), ("rash", "alopecia", "mucosal_ulcers")),
    "musculoskeletal": (Label("Muscoloscheletrico", "Musculoskeletal"), ("arthritis", "myositis")),
    "neurological": (
        Label("Neurologico", "Nervous system"),
        ("seizure", "psychosis", "organic_brain_syndrome", "visual_disturbance", "cranial_nerve_disorder",
         "lupus_headache", "cva"),
    ),
    "vascular": (Label("Vascolare", "Vascular"), ("vasculitis",)),
    "renal": (Label("Renale", "Renal"), ("urinary_casts", "hematuria", "proteinuria", "pyuria")),
    "serosal": (Label("Sierositi", "Serosal"), ("pleurisy", "pericarditis")),
    "haematological": (Label("Ematologico", "Haematological"), ("thrombocytopenia", "leukopenia")),
    "constitutional": (Label("Febbre", "Fever"), ("fever",)),
    "immunological": (Label("Sierologia", "Serology"), ("low_complement", "increased_dna_binding")),
}  # fmt: skip


def organs(scores: carried.Scores) -> dict[str, bool]:
    """Whether each system is active at a visit, as far as known: one descriptor present is enough, absent it is only
    where all its descriptors are known to be."""
    found = {}
    for system, (_, items) in SYSTEMS.items():
        points = [carried.number(scores, "sledai2k", item) for item in items]
        if any(point is not None and point > 0 for point in points):
            found[system] = True
        elif None not in points:
            found[system] = False
    return found
