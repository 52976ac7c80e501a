"""The terms of SLE-DAS: what each item contributes, least and greatest, while answers are open.

Coefficients: Jesus D et al. Ann Rheum Dis 2019;78:365-71, Fig. 1 (doi 10.1136/annrheumdis-2018-214502). The
reading of items that go with a number is described in `sledas`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from anifro_desktop.scores.model import Part, Tri

NO_LIMIT = math.inf
RASH_LOCAL = 3.138
RASH_GENERAL = 3.887


@dataclass(frozen=True, slots=True)
class Measured:
    """An item that counts through its number. past: whether the number passes the threshold; points: what
    it then contributes; most: the greatest contribution of any number."""

    item: str
    number: str
    past: Callable[[float], bool]
    points: Callable[[float], float]
    most: float
    false_denies: bool = False  # the item is its number, so that False beside it is a contradiction


PROTEINURIA = Measured(
    "proteinuria",
    "proteinuria_mg",
    lambda mg: round(mg, 9) > 500,
    lambda mg: -17.584 + 3.811 * math.log(mg),
    NO_LIMIT,
)
ARTHRITIS = Measured(
    "arthritis",
    "swollen28",
    lambda joints: joints >= 1,
    lambda joints: 3.132 + 0.454 * joints,
    3.132 + 0.454 * 28,
    false_denies=True,
)
THROMBOCYTOPENIA = Measured(
    "thrombocytopenia",
    "platelets",
    lambda count: round(count, 9) < 100,
    lambda count: 26.105 - 5.577 * math.log(count),
    NO_LIMIT,
)
LEUKOPENIA = Measured(
    "leukopenia",
    "wbc",
    lambda count: round(count, 9) < 3,
    lambda count: 6.118 - 5.058 * math.log(count),
    NO_LIMIT,
)
MEASURED = (PROTEINURIA, ARTHRITIS, THROMBOCYTOPENIA, LEUKOPENIA)

# Every item in the order of the instrument; a plain one has its coefficient.
_ORDER: tuple[tuple[str, float | Measured], ...] = (
    ("neuropsychiatric", 18),
    ("systemic_vasculitis", 18),
    ("mucocutaneous_vasculitis", 4.408),
    ("cardiac_pulmonary", 18),
    ("serositis", 6),
    ("proteinuria", PROTEINURIA),
    ("arthritis", ARTHRITIS),
    ("myositis", 9),
    ("rash_local", RASH_LOCAL),
    ("rash_general", RASH_GENERAL),
    ("alopecia", 0.973),
    ("mucosal_ulcers", 2.769),
    ("hemolytic_anemia", 9),
    ("thrombocytopenia", THROMBOCYTOPENIA),
    ("leukopenia", LEUKOPENIA),
    ("low_complement", 0.754),
    ("anti_dsdna", 0.956),
)
ITEMS = tuple(item for item, _ in _ORDER)
SEROLOGIC = ("low_complement", "anti_dsdna")


@dataclass(slots=True)
class Terms:
    """The contributions of one set of answers. low, high: bounds of those that are not 0; parts: by item,
    None while unknown; clinical: whether any item but the serological ones contributes; missing: open
    answers that count."""

    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    parts: dict[str, Part] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)
    clinical: Tri = False

    def add(self, item: str, low: float, high: float) -> None:
        """Count one item that contributes from low to high."""
        self.parts[item] = low if low == high else None
        if high:
            self.low.append(low)
            self.high.append(high)
            if not self.clinical and item not in SEROLOGIC:
                self.clinical = True if low else None


def terms(answers: Mapping[str, Any]) -> Terms:
    """The contributions of the answers (yes/no by item, numbers by their keys, None or left out =
    unknown)."""
    found = Terms()
    for item, kind in _ORDER:
        if isinstance(kind, Measured):
            _add_measured(found, kind, answers)
        elif item == "rash_local":
            _add_rash(found, answers.get(item), answers.get("rash_general"))
        elif item != "rash_general":
            present = answers.get(item)
            found.add(item, kind if present else 0, 0 if present is False else kind)
            if present is None:
                found.missing.append(item)
    return found


def _add_rash(found: Terms, local: Tri, general: Tri) -> None:
    """One rash counts, the generalised one first; the local answer is irrelevant beside it."""
    if general is False:
        found.add("rash_local", RASH_LOCAL if local else 0, 0 if local is False else RASH_LOCAL)
        found.parts["rash_general"] = 0
    elif general:
        found.parts["rash_local"] = 0
        found.add("rash_general", RASH_GENERAL, RASH_GENERAL)
    else:
        found.parts["rash_local"] = 0 if local is False else None
        found.add("rash_general", RASH_LOCAL if local else 0, RASH_GENERAL)
    if general is not True and local is None:
        found.missing.append("rash_local")
    if general is None:
        found.missing.append("rash_general")


def _add_measured(found: Terms, kind: Measured, answers: Mapping[str, Any]) -> None:
    given = kind.item in answers
    present, number = answers.get(kind.item), answers.get(kind.number)
    past = None if number is None else kind.past(number)
    if (given and present is False) or past is False:
        found.add(kind.item, 0, 0)
        if (kind.false_denies and past) if present is False else present:
            found.contradictions.append(kind.item)
        return
    most = kind.most if number is None else kind.points(number)
    sure = past and (present or not given)
    found.add(kind.item, most if sure else 0, most)
    if given and present is None:
        found.missing.append(kind.item)
    if number is None:
        found.missing.append(kind.number)
