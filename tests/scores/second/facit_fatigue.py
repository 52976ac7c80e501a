"""A second, plain FACIT-Fatigue, without anything of the program."""

from __future__ import annotations

from fractions import Fraction

CODES = "HI7 HI12 An1 An2 An3 An4 An5 An7 An8 An12 An14 An15 An16"


def score(answers: list[int | None]) -> Fraction | None:
    """Prorated from more than half of the items; all but An5 and An7 are turned round."""
    by_code = {
        code: answer for code, answer in zip(CODES.split(), answers, strict=True) if answer is not None
    }
    if 2 * len(by_code) <= 13:
        return None
    turned = sum(answer if code in ("An5", "An7") else 4 - answer for code, answer in by_code.items())
    return Fraction(turned * 13, len(by_code))
