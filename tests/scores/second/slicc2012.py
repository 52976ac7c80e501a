"""A second, plain SLICC 2012, without anything of the program: the lists as printed, for answers that are complete."""

from __future__ import annotations

CLINICAL_LIST = """
acute_cutaneous, chronic_cutaneous, oral_nasal_ulcers, nonscarring_alopecia, synovitis, serositis, renal, neurologic,
hemolytic_anemia, leukopenia_or_lymphopenia, thrombocytopenia
"""
IMMUNOLOGIC_LIST = "ana, anti_dsdna, anti_sm, antiphospholipid, low_complement, direct_coombs"
CLINICAL = [word.strip() for word in CLINICAL_LIST.split(",")]
IMMUNOLOGIC = [word.strip() for word in IMMUNOLOGIC_LIST.split(",")]
NEPHRITIS = "biopsy_lupus_nephritis"


def n_clinical(answers: dict[str, bool]) -> int:
    return len({criterion for criterion in CLINICAL if answers[criterion]})


def immunologic(answers: dict[str, bool]) -> set[str]:
    found = {criterion for criterion in IMMUNOLOGIC if answers[criterion]}
    return found - {"direct_coombs"} if answers["hemolytic_anemia"] else found


def n_immunologic(answers: dict[str, bool]) -> int:
    return len(immunologic(answers))


def rule_a(answers: dict[str, bool]) -> bool:
    clinical, others = n_clinical(answers), n_immunologic(answers)
    return clinical != 0 and others != 0 and clinical + others > 3


def rule_b(answers: dict[str, bool]) -> bool:
    return answers[NEPHRITIS] and bool(immunologic(answers) & {"ana", "anti_dsdna"})


def classified(answers: dict[str, bool]) -> bool:
    return rule_a(answers) or rule_b(answers)
