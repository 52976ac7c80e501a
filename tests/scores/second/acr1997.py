"""A second, plain ACR 1997, without anything of the program: the list as printed, for answers that are complete."""

from __future__ import annotations

LIST = """
 1 malar_rash
 2 discoid_rash
 3 photosensitivity
 4 oral_ulcers
 5 arthritis
 6 serositis
 7 renal
 8 neurologic
 9 hematologic
10 immunologic
11 ana
"""
CRITERIA = [line.split()[1] for line in LIST.strip().splitlines()]


def count(answers: dict[str, bool]) -> int:
    return len([criterion for criterion in CRITERIA if answers[criterion]])


def classified(answers: dict[str, bool]) -> bool:
    return count(answers) not in (0, 1, 2, 3)
