"""A number read on a scale that another answer names: what a screen says beside it.

So far the physician's global alone (`derived.phga`): its limits on the scale chosen, what it comes to on 0–3, and the
global of the visit before, which may have been marked on another scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from anifro_desktop.forms.derived import PHGA_SCALES, STOOD_FOR, phga
from anifro_desktop.forms.model import Limits
from anifro_desktop.record import Answers, Value

_RAW, _SCALE = "phga_raw", "phga_scale"


@dataclass(frozen=True, slots=True)
class Scaled:
    """limits: of the scale chosen. on_0_3: what the number comes to; None without one that the scale has.
    previous_on_0_3: the answer of the visit before stands on 0–3, since it was marked on another scale than now."""

    limits: Limits
    on_0_3: Decimal | None
    previous_on_0_3: bool


def scaled(field: str, answers: Answers, previous: Answers) -> Scaled | None:
    """What is said beside a field; None beside all others, and while no scale is chosen."""
    found = PHGA_SCALES.get(answers.get(_SCALE)) if field == _RAW else None
    if found is None:
        return None
    value = phga(answers)
    return Scaled(
        Limits(Decimal(0), found[0]),
        value if isinstance(value, Decimal) else None,
        isinstance(phga(previous), int | Decimal) and not _same_scale(answers, previous),
    )


def before(field: str, answers: Answers, previous: Answers) -> Value | None:
    """The answer of the visit before, as it is to be read beside this field."""
    if field in STOOD_FOR:
        return STOOD_FOR[field](previous)
    if field == _RAW and not _same_scale(answers, previous):
        return phga(previous)
    return previous.get(field)


def _same_scale(answers: Answers, previous: Answers) -> bool:
    return answers.get(_SCALE) == previous.get(_SCALE)
