"""What the three sets of classification criteria share: counting criteria by their bounds.

The sets are ACR 1997, SLICC 2012 and EULAR/ACR 2019. In all of them criteria are cumulative: present once ever is
present, and two need not have been there together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from anifro_desktop.scores.model import Tri


def tally(answers: Mapping[str, Any], criteria: Iterable[str]) -> tuple[int, int]:
    """How many of the criteria are certainly present, and how many at most."""
    certain = possible = 0
    for criterion in criteria:
        present = answers.get(criterion)
        if present:
            certain += 1
        if present is not False:
            possible += 1
    return certain, possible


def reached(low: bool, high: bool) -> Tri:
    """A test that the least possible answers meet (low), and the greatest (high)."""
    return True if low else None if high else False


def bounds(value: Tri, low: int, high: int) -> tuple[int | None, int | None]:
    """Least and greatest count or total; nothing once both the class and the number are final."""
    return (None, None) if value is not None and low == high else (low, high)
