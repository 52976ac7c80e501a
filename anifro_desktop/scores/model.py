"""What every score gives back, and the three-valued logic all of them share.

Unknown in, unknown out: `None` is never read as absent or 0. A result is definite exactly when the answers
that are known force it, whatever the others turn out to be.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Tri = bool | None
Part = Any  # number, yes/no, text, None, or a list/mapping of these


@dataclass(frozen=True, slots=True)
class Score:
    """One score or state from one set of answers.

    value: number, yes/no, class name, or None while unknown. minimum, maximum: bounds that are certain
    while the score is incomplete (None where they mean nothing or have no limit). parts: every component by
    its stable key. missing: keys of the answers that could still settle it (an answer that no longer
    matters is not among them), in the order of the instrument; keys inside lists and objects are dotted.
    reasons: why a state is not met, as codes. warnings: what a reader should know all the same, as codes.
    """

    rule: str
    value: float | int | bool | str | None
    complete: bool
    minimum: float | int | str | None = None
    maximum: float | int | str | None = None
    parts: Mapping[str, Part] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def both(*tests: Tri) -> Tri:
    """AND: any false is false; else any unknown is unknown."""
    if False in tests:
        return False
    return None if None in tests else True


def either(*tests: Tri) -> Tri:
    """OR: any true is true; else any unknown is unknown."""
    if True in tests:
        return True
    return None if None in tests else False


def negated(test: Tri) -> Tri:
    """NOT: unknown stays unknown."""
    return None if test is None else not test


def at_most(low: float, high: float, limit: float) -> Tri:
    """Whether a number known to lie from `low` to `high` is at most `limit`, after rounding to 9 decimals."""
    if round(high, 9) <= limit:
        return True
    return False if round(low, 9) > limit else None


def nine(value: float) -> float:
    """The value rounded to 9 decimals, so that binary arithmetic never decides a comparison."""
    return round(value, 9)


def half_up(value: float, decimals: int) -> float:
    """The value as it is shown: rounded to 9 decimals first, then a half away from zero (8.885 gives
    8.89)."""
    if math.isinf(value):
        return value
    scale = float(10**decimals)
    steps = math.floor(round(abs(round(value, 9)) * scale, 9 - decimals) + 0.5)
    return -steps / scale if value < 0 and steps else steps / scale
