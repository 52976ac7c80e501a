"""A second, slow and plain SF-36 version 1, without anything of the program: exact fractions, scale after scale.

Written from the publications' tables alone, which are transcribed here again on purpose. An answer is a whole number or
None; a result is a Fraction or None.
"""

from __future__ import annotations

from fractions import Fraction

# scale | items, R where recoded | raw least, greatest | fewest answers
SCALES = """
PF | 3 4 5 6 7 8 9 10 11 12 | 10 30 | 5
RP | 13 14 15 16 | 4 8 | 2
BP | 21R 22R | 2 12 | 1
GH | 1R 33 34R 35 36R | 5 25 | 3
VT | 23R 27R 29 31 | 4 24 | 2
SF | 20R 32 | 2 10 | 1
RE | 17 18 19 | 3 6 | 2
MH | 24 25 26R 28 30R | 5 30 | 3
"""

# scale | mean | standard deviation | PCS | MCS
NORMS = """
PF | 84.52404 | 22.89490 | 0.42402 | -0.22999
RP | 81.19907 | 33.79729 | 0.35119 | -0.12329
BP | 75.49196 | 23.55879 | 0.31754 | -0.09731
GH | 72.21316 | 20.16964 | 0.24954 | -0.01571
VT | 61.05453 | 20.86942 | 0.02877 | 0.23534
SF | 83.59753 | 22.37642 | -0.00753 | 0.26876
RE | 81.29467 | 33.02717 | -0.19206 | 0.43407
MH | 74.84212 | 18.01189 | -0.22069 | 0.48581
"""


def greatest_answer(item: int) -> int:
    """The greatest answer of an item; the least is 1."""
    if 3 <= item <= 12:
        return 3
    if 13 <= item <= 19:
        return 2
    if item == 21 or 23 <= item <= 31:
        return 6
    return 5


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def recoded(item: int, answer: int) -> Fraction:
    """A reversed item, pain excepted."""
    if item == 1:
        return Fraction(("5", "4.4", "3.4", "2", "1")[answer - 1])
    if item in (20, 34, 36):
        return Fraction(6 - answer)
    assert item in (23, 26, 27, 30)
    return Fraction(7 - answer)


def pain(how_much: int | None, how_far: int | None) -> Fraction | None:
    """The sum of items 21 and 22."""
    first = None if how_much is None else Fraction(("6", "5.4", "4.2", "3.1", "2.2", "1")[how_much - 1])
    if how_far is None:
        return None if first is None else first * 2
    if first is None:
        return Fraction(("6", "4.75", "3.5", "2.25", "1")[how_far - 1]) * 2
    if how_far == 1:
        return first + (6 if how_much == 1 else 5)
    return first + (6 - how_far)


def scales(answers: list[int | None]) -> dict[str, Fraction | None]:
    found: dict[str, Fraction | None] = {}
    for name, items, limits, fewest in rows(SCALES):
        least, greatest = map(int, limits.split())
        values = []
        for item in items.split():
            number = int(item.rstrip("R"))
            answer = answers[number - 1]
            if answer is not None and name != "BP":
                values.append(recoded(number, answer) if item.endswith("R") else Fraction(answer))
        if name == "BP":
            raw = pain(answers[20], answers[21])
        elif len(values) >= int(fewest):
            gaps = len(items.split()) - len(values)
            raw = sum(values, Fraction(0)) + gaps * (sum(values, Fraction(0)) / len(values))
        else:
            raw = None
        found[name] = None if raw is None else (raw - least) / (greatest - least) * 100
    return found


def summaries(found: dict[str, Fraction | None]) -> tuple[Fraction | None, Fraction | None]:
    """PCS and MCS."""
    physical = mental = Fraction(0)
    for name, mean, deviation, in_pcs, in_mcs in rows(NORMS):
        score = found[name]
        if score is None:
            return None, None
        z = (score - Fraction(mean)) / Fraction(deviation)
        physical += z * Fraction(in_pcs)
        mental += z * Fraction(in_mcs)
    return 50 + 10 * physical, 50 + 10 * mental
