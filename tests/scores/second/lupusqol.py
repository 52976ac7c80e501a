"""A second, plain LupusQoL, without anything of the program."""

from __future__ import annotations

from fractions import Fraction

# first item, last item
DOMAINS = {
    "physical_health": (1, 8),
    "pain": (9, 11),
    "planning": (12, 14),
    "intimate_relationships": (15, 16),
    "burden_to_others": (17, 19),
    "emotional_health": (20, 25),
    "body_image": (26, 30),
    "fatigue": (31, 34),
}


def domains(answers: dict[str, int | None]) -> dict[str, Fraction | None]:
    found: dict[str, Fraction | None] = {}
    for name, (first, last) in DOMAINS.items():
        items = [str(item) for item in range(first, last + 1)]
        given = [answer for item in items if (answer := answers.get(item)) is not None]
        enough = Fraction(len(given), len(items)) >= Fraction(1, 2)
        found[name] = Fraction(sum(given), len(given)) / 4 * 100 if enough else None
    return found
