"""The glucocorticoid condition that the states share: average dose by mouth at most a ceiling, and no pulse.

The dose is the prednisone equivalent in mg/day on arrival at the visit. A pulse for SLE activity within the
days set by the protocol fails the condition in every state, whatever the dose (setting of the study).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anifro_desktop.scores.model import Tri


def dose_condition(dose: float | None, pulse: Tri, ceiling: float) -> Tri:
    """Whether the dose (mg/day, unknown = None) is at most the ceiling and there was no pulse."""
    if pulse or (dose is not None and round(dose, 9) > ceiling):
        return False
    return None if dose is None or pulse is None else True


def dose_reasons(dose: float | None, pulse: Tri, ceiling: float) -> list[str]:
    """Codes of what fails the condition: `pred_eq_gt_<ceiling>` (a point becomes `_`) and `pulse_30d`."""
    found = []
    if dose is not None and round(dose, 9) > ceiling:
        found.append(f"pred_eq_gt_{ceiling:g}".replace(".", "_"))
    if pulse:
        found.append("pulse_30d")
    return found


def unknown_keys(answers: Mapping[str, Any], *keys: str) -> list[str]:
    """Those of the keys that have no answer."""
    return [key for key in keys if answers.get(key) is None]
