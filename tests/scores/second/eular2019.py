"""A second, plain EULAR/ACR 2019, without anything of the program: the table as printed, for answers that are complete.

Domain, kind, and its criteria with their weights; within a domain only the highest weight counts.
"""

from __future__ import annotations

TABLE = """
constitutional    | clinical    | fever 2
hematologic       | clinical    | leukopenia 3, thrombocytopenia 4, autoimmune_hemolysis 4
neuropsychiatric  | clinical    | delirium 2, psychosis 3, seizure 5
mucocutaneous     | clinical    | nonscarring_alopecia 2, oral_ulcers 2, subacute_or_discoid 4, acute_cutaneous 6
serosal           | clinical    | effusion 5, acute_pericarditis 6
musculoskeletal   | clinical    | joint_involvement 6
renal             | clinical    | proteinuria 4, biopsy_II_V 8, biopsy_III_IV 10
antiphospholipid  | immunologic | antiphospholipid 2
complement        | immunologic | low_c3_or_c4 3, low_c3_and_c4 4
sle_specific      | immunologic | anti_dsdna 6, anti_sm 6
"""
ENTRY = "ana_1_80"
KINDS: dict[str, str] = {}
WEIGHTS: dict[str, dict[str, int]] = {}
for line in TABLE.strip().splitlines():
    domain, kind, criteria = (cell.strip() for cell in line.split("|"))
    KINDS[domain] = kind
    WEIGHTS[domain] = {name: int(weight) for name, weight in map(str.split, criteria.split(","))}


def points(answers: dict[str, bool]) -> dict[str, int]:
    return {
        domain: max([0, *(weight for criterion, weight in weights.items() if answers[criterion])])
        for domain, weights in WEIGHTS.items()
    }


def total(answers: dict[str, bool]) -> int:
    return sum(points(answers).values())


def clinical_domains(answers: dict[str, bool]) -> set[str]:
    return {name for name, reached in points(answers).items() if reached and KINDS[name] == "clinical"}


def classified(answers: dict[str, bool]) -> bool:
    return answers[ENTRY] and bool(clinical_domains(answers)) and total(answers) > 9
