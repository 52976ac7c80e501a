"""Reading the results that a record carries: JSON as the site wrote it, floats as their shortest exact text.

Unknown, left out or of another kind than expected is None; that something is wrong with it is said by `rescoring`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, TypeGuard

from anifro_desktop.scores.model import Tri

Scores = Mapping[str, Any]
_MOST = 10**9  # no result is as large; beyond it a site could keep a data set from being written
_OF_RESULT = ("value", "minimum", "maximum")


def found(scores: Scores, rule: str, part: str = "value") -> Any:
    """A part of a result, or its `value`, `minimum` or `maximum`; None where there is none."""
    result = scores.get(rule)
    if not _is_object(result):
        return None
    place = result if part in _OF_RESULT else result.get("parts")
    return place.get(part) if _is_object(place) else None


def _is_object(value: Any) -> TypeGuard[Mapping[str, Any]]:
    return type(value) is dict or isinstance(value, Mapping)  # the first is quick, and nearly always so


def state(scores: Scores, rule: str, part: str = "value") -> Tri:
    """A part that is met, not met or unknown."""
    value = found(scores, rule, part)
    return value if isinstance(value, bool) else None


def number(scores: Scores, rule: str, part: str = "value") -> float | None:
    """A part that is a number, of those that have a limit."""
    value = found(scores, rule, part)
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        read = float(value)
    except ValueError:
        return None
    return read if math.isfinite(read) and abs(read) <= _MOST else None


def whole(scores: Scores, rule: str, part: str = "value") -> int | None:
    """A part that is a whole number."""
    value = number(scores, rule, part)
    return int(value) if value is not None and value.is_integer() else None


def complete(scores: Scores, rule: str) -> bool:
    """Whether a result says of itself that it is final."""
    result = scores.get(rule)
    return isinstance(result, Mapping) and result.get("complete") is True
