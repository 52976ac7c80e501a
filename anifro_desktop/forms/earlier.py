"""What the scores of a visit need of the visits before it, worked out once for many scorings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from anifro_desktop.scores.model import Score, Tri


@dataclass(frozen=True, slots=True)
class Before:
    """Facts of earlier visits; None where there was no such visit or it left them open.

    Of the previous visit: items (SLEDAI-2K), sledas, sledai, phga, pred_eq. Of baseline: clasi_activity,
    tjc28, sjc28, base_pred_eq, base_sdi. damage: the most points found so far by item, None without any damage index.
    weight_kg: the last known.
    """

    items: Mapping[str, Tri] | None = None
    sledas: float | None = None
    sledai: float | None = None
    phga: float | None = None
    pred_eq: float | None = None
    clasi_activity: float | None = None
    tjc28: int | None = None
    sjc28: int | None = None
    base_pred_eq: float | None = None
    base_sdi: float | None = None
    damage: Mapping[str, int | None] | None = None
    weight_kg: float | None = None


def number(score: Score | None) -> float | None:
    """The value of a numeric score, or None while it is unknown or no number."""
    value = None if score is None else score.value
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
