"""Quantities worked out from several answers, by name, for conditions and for the scores.

`upcr_mg_g`: the spot protein/creatinine ratio in mg/g, converted from mg/mmol with the factor of the protocol.
`proteinuria_mg`: mg of protein per 24 h; where that was not measured, the spot ratio in mg/g stands for it (500 mg/g
is read as 0.5 g/24 h). Unknown without a value, or without the ratio's unit.
`n_tender28`, `n_swollen28`, `n_active28`: joint counts, however they were recorded (`joint_counts`).
`class_met`: whether the chosen classification criteria (any, while none is chosen) are met: 1, 0 or unknown.
Source: Gladman 2002 (PMID 11838846), with the spot ratio as the protocol reads it (`sledai2k.upcr_factor`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from anifro_desktop.forms import joint_counts
from anifro_desktop.forms.classifying import CLASSIFICATION_FIELDS, class_met
from anifro_desktop.study.protocol import PROTOCOL

UPCR_MG_MMOL, UPCR_MG_G = 1, 2
UPCR_FACTOR = Decimal(str(PROTOCOL.number("sledai2k.upcr_factor")))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A derived quantity. sources: the fields it is worked out from."""

    sources: tuple[str, ...]
    value: Callable[[Mapping[str, Any]], Decimal | None]


def number(value: object) -> Decimal | None:
    """A measured value, or None where there is none (unanswered, or a missing reason)."""
    return value if isinstance(value, Decimal) else None


def upcr_mg_g(answers: Mapping[str, Any]) -> Decimal | None:
    """The spot ratio in mg/g."""
    ratio = number(answers.get("upcr"))
    unit = answers.get("upcr_unit")
    if ratio is None or unit not in (UPCR_MG_MMOL, UPCR_MG_G):
        return None
    return ratio if unit == UPCR_MG_G else ratio * UPCR_FACTOR


def proteinuria_mg(answers: Mapping[str, Any]) -> Decimal | None:
    """Protein in mg/24 h, or mg/g from a spot ratio."""
    daily = number(answers.get("proteinuria_mg_24h"))
    return upcr_mg_g(answers) if daily is None else daily


# Those that conditions may name.
QUANTITIES: Mapping[str, Quantity] = {
    "upcr_mg_g": Quantity(("upcr_unit", "upcr"), upcr_mg_g),
    "n_tender28": Quantity(joint_counts.SOURCES, joint_counts.tender28),
    "n_swollen28": Quantity(joint_counts.SOURCES, joint_counts.swollen28),
    "n_active28": Quantity(joint_counts.SOURCES, joint_counts.active28),
    "class_met": Quantity(CLASSIFICATION_FIELDS, class_met),
}
