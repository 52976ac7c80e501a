"""Which answers feed the questionnaires and scales that the patient fills: decided once, here (see `inputs`)."""

from __future__ import annotations

from typing import Any

from anifro_desktop.forms.inputs import VisitInputs
from anifro_desktop.scores import eq5d5l, facit_fatigue, lupusqol, sf36, vas

VAS_SCALES = {1: "vas_0_100", 2: "nrs_0_10"}


def sf36_inputs(visit: VisitInputs) -> dict[str, Any]:
    """The 36 answers."""
    return _numbered(visit, "sf36_", sf36.LENGTH)


def facit_inputs(visit: VisitInputs) -> dict[str, Any]:
    """The 13 answers."""
    return _numbered(visit, "facit_", len(facit_fatigue.ITEMS))


def eq5d_inputs(visit: VisitInputs) -> dict[str, Any]:
    """The five dimensions and the visual scale."""
    levels = {dimension: visit.whole(f"eq5d_{dimension.lower()}") for dimension in eq5d5l.DECREMENTS}
    return {**levels, "eq_vas": visit.whole("eq_vas")}


def lupusqol_inputs(visit: VisitInputs) -> dict[str, Any]:
    """The 34 answers by number; "not applicable" is no answer."""
    return {"answers": {item: visit.whole(f"lupusqol_{item}") for item in lupusqol.ITEMS}}


def pain_inputs(visit: VisitInputs) -> dict[str, Any]:
    """The pain scale as it was filled."""
    return _scale(visit, "pain_vas")


def fatigue_inputs(visit: VisitInputs) -> dict[str, Any]:
    """The fatigue scale as it was filled."""
    return _scale(visit, "fatigue_vas")


def ptga_inputs(visit: VisitInputs) -> dict[str, Any]:
    """The patient's global as it was filled."""
    return _scale(visit, "ptga")


def _numbered(visit: VisitInputs, prefix: str, length: int) -> dict[str, Any]:
    return {"answers": [visit.whole(f"{prefix}{number}") for number in range(1, length + 1)]}


def _scale(visit: VisitInputs, field: str) -> dict[str, Any]:
    """A number that its scale does not have (a check keeps it from being signed) is no answer."""
    code, raw = visit.whole("vas_scale"), visit.number(field)
    scale = None if code is None else VAS_SCALES[code]
    if scale is not None and raw is not None and raw > vas.SCALES[scale][0]:
        raw = None
    return {"raw": raw, "scale": scale}
