"""A second, plain RAND-36, without anything of the program. The ladders are transcribed again on purpose."""

from __future__ import annotations

from fractions import Fraction

LADDERS = """
1 2 20 22 34 36 : 100 75 50 25 0
3 4 5 6 7 8 9 10 11 12 : 0 50 100
13 14 15 16 17 18 19 : 0 100
21 23 26 27 30 : 100 80 60 40 20 0
24 25 28 29 31 : 0 20 40 60 80 100
32 33 35 : 0 25 50 75 100
"""

SCALES = """
physical_functioning : 3 4 5 6 7 8 9 10 11 12
role_physical : 13 14 15 16
role_emotional : 17 18 19
energy : 23 27 29 31
emotional : 24 25 26 28 30
social : 20 32
pain : 21 22
general_health : 1 33 34 35 36
"""


def ladder(item: int) -> list[int]:
    """What the answers 1, 2, 3 ... of an item count."""
    for line in LADDERS.strip().splitlines():
        items, values = line.split(":")
        if str(item) in items.split():
            return [int(value) for value in values.split()]
    raise KeyError(item)


def scales(answers: list[int | None]) -> dict[str, Fraction | None]:
    found: dict[str, Fraction | None] = {}
    for line in SCALES.strip().splitlines():
        name, items = line.split(":")
        values = [
            ladder(int(item))[answer - 1]
            for item in items.split()
            if (answer := answers[int(item) - 1]) is not None
        ]
        found[name.strip()] = Fraction(sum(values), len(values)) if values else None
    return found
