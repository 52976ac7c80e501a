"""Visual and numeric scales: the number as it was marked, brought to one scale.

Pain, fatigue and the patient's global: 0 to 100, 0 is none; a numeric scale from 0 to 10 is multiplied by 10. The
physician's global (PhGA): 0 to 3, from 0 to 10 or 0 to 100 by a linear conversion (settings: 0.3 and 0.03), with the
bands of Piga M et al. (PISCOS), Lancet Rheumatol 2022;4:e441-9: inactive below 0.5, mild up to 1, moderate up to 2,
severe up to 3. Bands are judged on the converted value, rounded to 9 decimals and no further: 16 mm is 0.48 and
inactive, 17 mm is 0.51 and mild.

Missing answers: without the number or its scale the value is unknown; a number alone, 0 included, has no unit. A
number outside the range of its scale is refused.

Parts: `band` (`inactive`, `mild`, `moderate`, `severe`; None on the patient's scales).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anifro_desktop.scores.faults import Fault
from anifro_desktop.scores.keys import Absent, Key, Number, OneOf
from anifro_desktop.scores.model import Score, nine
from anifro_desktop.study.protocol import PROTOCOL

RULE = "vas"
NUMBER = 1
TITLE = "Visual and numeric scales|Scale visive e numeriche"
SOURCE = (
    "PhGA bands: Piga 2022 (PISCOS), Lancet Rheumatol 4:e441; conversions set by the protocol"
    "|Fasce del PhGA: Piga 2022 (PISCOS), Lancet Rheumatol 4:e441; conversioni fissate dal protocollo"
)
SETTINGS = ("vas",)

# By scale: the greatest number on it, and what one step is on the scale of the result.
SCALES: dict[str, tuple[float, float]] = {
    "vas_0_100": (100, 1),
    "nrs_0_10": (10, 10),
    "phga_0_3": (3, 1),
    "phga_0_10": (10, PROTOCOL.number("vas.phga_0_10")),
    "phga_0_100": (100, PROTOCOL.number("vas.phga_0_100")),
}
PHGA = frozenset(scale for scale in SCALES if scale.startswith("phga"))
INACTIVE_BELOW = 0.5
MILD_UP_TO = 1
MODERATE_UP_TO = 2


class _OnScale(Number):
    """A number whose greatest value depends on another answer: `faults` looks at both."""

    def allowed(self) -> str:
        ends = sorted({greatest for greatest, _ in SCALES.values()})
        english, italian = (f"{ends[0]:g}, {ends[1]:g} {word} {ends[2]:g}" for word in ("or", "o"))
        return (
            f"a number from 0 to the end of its scale ({english}), or null"
            f"|un numero da 0 al massimo della sua scala ({italian}), o null"
        )


KEYS: dict[str, Key] = {"raw": _OnScale(0), "scale": OneOf(tuple(SCALES))}
ABSENT = Absent({})  # a scale has no item that could be absent

_RANGES = {scale: Number(0, greatest) for scale, (greatest, _) in SCALES.items()}
_WIDEST = Number(0, 100)  # where the scale is not told


def faults(answers: Mapping[str, Any], place: str) -> list[Fault]:
    """A number outside the range of its scale; what is wrong with each answer by itself is found elsewhere."""
    raw, scale = answers.get("raw"), answers.get("scale")
    if raw is None or KEYS["raw"].faults(raw, place, "raw"):
        return []
    known = _RANGES.get(scale, _WIDEST) if isinstance(scale, str) else _WIDEST
    return known.faults(raw, place, "raw")


def score(answers: Mapping[str, Any]) -> Score:
    """The number on 0 to 100, of the PhGA on 0 to 3 with its band, from `raw` and `scale`."""
    raw, scale = answers.get("raw"), answers.get("scale")
    if raw is None or scale is None:
        missing = tuple(key for key in KEYS if answers.get(key) is None)
        return Score(RULE, None, False, parts={"band": None}, missing=missing)
    value = nine(raw * SCALES[scale][1])
    return Score(RULE, value, True, parts={"band": phga_band(value) if scale in PHGA else None})


def phga_band(phga: float) -> str:
    """The band of a physician's global on 0 to 3."""
    exact = nine(phga)
    if exact < INACTIVE_BELOW:
        return "inactive"
    if exact <= MILD_UP_TO:
        return "mild"
    return "moderate" if exact <= MODERATE_UP_TO else "severe"
