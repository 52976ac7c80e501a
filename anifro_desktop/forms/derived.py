"""Quantities worked out from several answers, by name, for conditions and for the scores.

`upcr_mg_g`: the spot protein/creatinine ratio in mg/g, converted from mg/mmol with the factor of the protocol, from
mg/mg (g/g) by 1000.
`protein_mg_day`: 24-hour protein in mg, typed in mg (also where no unit is named) or in g. `crp`: in mg/L, typed so
(likewise) or in mg/dL. A missing reason stays one.
`proteinuria_mg`: mg of protein per 24 h; where that was not measured, the spot ratio in mg/g stands for it (500 mg/g
is read as 0.5 g/24 h). Unknown without a value, or without the ratio's unit.
`phga`: the physician's global on 0–3, however it was marked: typed on 0–3 (also where no scale is named), or the
number read on 0–10 or 0–100 mm times the factor of its scale (`scores.vas`), exactly and unrounded. A missing reason
stays one; a number that its scale does not have (a check keeps it from being signed) is no answer.
`n_tender28`, `n_swollen28`, `n_active28`: joint counts, however they were recorded (`joint_counts`).
`gc_mg_visit`: prednisone by mouth on arrival, mg a day to hundredths (`oral_dose`).
`haemoglobin_fall`: g/dL below the visit before; below 0 where it rose.
Those of `among` hold an event against the rest of its patient's record.
`class_met`: whether the chosen classification criteria (any, while none is chosen) are met: 1, 0 or unknown.
Sources: Gladman 2002 (PMID 11838846), with the spot ratio as the protocol reads it (`sledai2k.upcr_factor`); Piga 2022
(PISCOS), Lancet Rheumatol 4:e441, with the conversions of the protocol (`vas.phga_0_10`, `vas.phga_0_100`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from anifro_desktop.forms import joint_counts, oral_dose
from anifro_desktop.forms.among import TOLD
from anifro_desktop.forms.classifying import CLASSIFICATION_FIELDS, class_met
from anifro_desktop.forms.types.numbers import shortest
from anifro_desktop.record import Value
from anifro_desktop.scores import vas
from anifro_desktop.study.protocol import PROTOCOL

UPCR_FACTOR = Decimal(str(PROTOCOL.number("sledai2k.upcr_factor")))
# What 1 is in mg/g, by code of `upcr_unit`: mg/mmol, mg/g, mg/mg.
UPCR_UNITS: Mapping[Any, Decimal] = {1: UPCR_FACTOR, 2: Decimal(1), 3: Decimal(1000)}
IN_GRAMS, IN_MG_DL = 2, 2  # of `proteinuria_unit`, of `crp_unit`
# Scales on which the physician's global is marked other than on 0–3, by code: greatest number, and what 1 is on 0–3.
PHGA_SCALES: Mapping[Any, tuple[Decimal, Decimal]] = {
    code: (Decimal(greatest), Decimal(str(step)))
    for code, (greatest, step) in {2: vas.SCALES["phga_0_10"], 3: vas.SCALES["phga_0_100"]}.items()
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A derived quantity. sources: the fields it is worked out from."""

    sources: tuple[str, ...]
    value: Callable[[Mapping[str, Any]], Decimal | None]  # of answers, and of the facts of the session


def number(value: object) -> Decimal | None:
    """A measured value, or None where there is none (unanswered, or a missing reason)."""
    return value if isinstance(value, Decimal) else None


def upcr_mg_g(answers: Mapping[str, Any]) -> Decimal | None:
    """The spot ratio in mg/g."""
    ratio, factor = number(answers.get("upcr")), UPCR_UNITS.get(answers.get("upcr_unit"))
    return None if ratio is None or factor is None else ratio * factor


def daily_protein(answers: Mapping[str, Any]) -> Value | None:
    """24-hour protein in mg, or the reason why there is none."""
    if answers.get("proteinuria_unit") != IN_GRAMS:
        return answers.get("proteinuria_mg_24h")
    return _times(answers.get("proteinuria_g_24h"), 1000)


def crp(answers: Mapping[str, Any]) -> Value | None:
    """C-reactive protein in mg/L, or the reason why there is none."""
    if answers.get("crp_unit") != IN_MG_DL:
        return answers.get("crp")
    return _times(answers.get("crp_mg_dl"), 10)


def _times(value: Value | None, factor: int) -> Value | None:
    return shortest(value * factor) if isinstance(value, Decimal) else value


def haemoglobin_fall(answers: Mapping[str, Any]) -> Decimal | None:
    """How far haemoglobin fell since the visit before."""
    before, now = number(answers.get("was_haemoglobin")), number(answers.get("haemoglobin"))
    return None if before is None or now is None else before - now


def proteinuria_mg(answers: Mapping[str, Any]) -> Decimal | None:
    """Protein in mg/24 h, or mg/g from a spot ratio."""
    daily = number(daily_protein(answers))
    return upcr_mg_g(answers) if daily is None else daily


def phga(answers: Mapping[str, Any]) -> Value | None:
    """The physician's global on 0–3, or the reason why there is none."""
    scale = PHGA_SCALES.get(answers.get("phga_scale"))
    if scale is None:
        return answers.get("phga")
    raw, (greatest, step) = answers.get("phga_raw"), scale
    if not isinstance(raw, int | Decimal):
        return raw
    return shortest(raw * step) if raw <= greatest else None


# Questions that another may stand for; whoever reads their answer for the study reads it here.
STOOD_FOR: Mapping[str, Callable[[Mapping[str, Any]], Value | None]] = {
    "phga": phga,
    "crp": crp,
    "proteinuria_mg_24h": daily_protein,
}

# Those that conditions may name.
QUANTITIES: Mapping[str, Quantity] = {
    "upcr_mg_g": Quantity(("upcr_unit", "upcr"), upcr_mg_g),
    "protein_mg_day": Quantity(
        ("proteinuria_unit", "proteinuria_mg_24h", "proteinuria_g_24h"),
        lambda answers: number(daily_protein(answers)),
    ),
    "n_tender28": Quantity(joint_counts.SOURCES, joint_counts.tender28),
    "n_swollen28": Quantity(joint_counts.SOURCES, joint_counts.swollen28),
    "n_active28": Quantity(joint_counts.SOURCES, joint_counts.active28),
    "gc_mg_visit": Quantity(oral_dose.SOURCES, oral_dose.mg_a_day),
    "haemoglobin_fall": Quantity(("haemoglobin",), haemoglobin_fall),
    "class_met": Quantity(CLASSIFICATION_FIELDS, class_met),
    **{name: Quantity(sources, told) for name, (sources, told) in TOLD.items()},
}
