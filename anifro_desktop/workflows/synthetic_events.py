"""What happens to a synthetic patient between visits: doses of anifrolumab, now and then a pulse or an infection.

Nothing is dated on the day of a visit but a dose, and nothing after the last visit.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

EVERY = timedelta(days=28)
_DOSES = 7  # the first half year, and the last one before today; those between would add nothing to look at
_PULSE = timedelta(days=30)
_PULSE_DAYS = 2  # of one series


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of a course."""

    form: str
    on: date
    answers: dict[str, Any]

    def typed(self) -> dict[str, Any]:
        """The event as a visit file holds it."""
        return {"form": self.form, "answers": self.answers, "sign": True}


def events(rng: random.Random, days: Sequence[date], today: date, *, responder: bool) -> list[Happened]:
    """The events of a course. days: of the visits, the first of them baseline."""
    last = (today - days[0]) // EVERY
    numbers = sorted({*range(min(_DOSES, last + 1)), last})
    found = [_dose(number, days[0] + number * EVERY) for number in numbers]
    for before, after in pairwise(days):
        if rng.random() < (0.05 if responder else 0.3):
            found.append(_pulse(before + (after - before) * rng.uniform(0.2, 0.9)))
        if rng.random() < 0.25:
            found.append(_infection(rng, before + (after - before) * rng.uniform(0.1, 0.8)))
    return sorted(found, key=lambda event: event.on)


def between(happened: Iterable[Happened], before: date | None, on: date) -> dict[str, int]:
    """What a visit is asked about the time since the one before: adverse events, pulses, pulses of the last 30 days."""
    since = [event for event in happened if before is not None and before < event.on < on]
    pulses = [event.on for event in since if event.form == "gc_pulse"]
    return {
        "ae": sum(event.form == "adverse_event" for event in since),
        "pulse": len(pulses),
        "pulse_30d": sum(day + timedelta(days=_PULSE_DAYS - 1) >= on - _PULSE for day in pulses),
    }


def _dose(number: int, on: date) -> Happened:
    return Happened(
        "administration",
        on,
        {
            "ad_given": 1,
            "ad_date": on.isoformat(),
            "ad_planned": on.isoformat(),
            "ad_batch": f"SYN-{number + 1:03d}",
            "ad_batch_checked": 1,
            "ad_reaction": 0,
            "ad_route": 1,
            "ad_dose_mg": 300,
            "ad_interval_days": 28,
            "ad_access": 1,
        },
    )


def _pulse(on: date) -> Happened:
    return Happened(
        "gc_pulse",
        on,
        {
            "gcp_date": on.isoformat(),
            "gcp_drug": 3,
            "gcp_route": 1,
            "gcp_mg": 250,
            "gcp_days": _PULSE_DAYS,
            "gcp_reason": 1,
        },
    )


def _infection(rng: random.Random, on: date) -> Happened:
    """A mild infection, over within three weeks and not due to the drug."""
    criteria = ("death", "life_threatening", "hospitalisation", "disability", "congenital", "important")
    return Happened(
        "adverse_event",
        on,
        {
            "aesi_category": 3,
            "ae_verbatim": "infezione respiratoria (sintetica)",
            "ae_system": 1,
            "ae_start": on.isoformat(),
            "ae_ongoing": 0,
            "ae_end": (on + timedelta(days=rng.randrange(4, 9))).isoformat(),
            "ae_grade": rng.choice((1, 2)),
            "first_or_repeat": 1,
            **{f"ser_{criterion}": 0 for criterion in criteria},
            "oinf_site": rng.choice((1, 2, 3)),
            "causality_who": 4,
            "action_taken": 4,
            "interrupted": 0,
            "outcome": 1,
            "treatment_given": 0,
        },
    )
