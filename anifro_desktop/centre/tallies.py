"""Short tables of the report beside the states by visit: flares per 100 patient-years, and adverse events counted.

Rules kept here:
- Incidence: 100 x flares / patient-years, both from entry to the end of observation; without patient-years there is
  none. A flare counts once, at its highest class.
- Adverse events that began within observation, or may have: how many, and how many subjects with at least one. One of
  which it is open whether it was serious stands in a line of its own, in no other guess.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from anifro_desktop.centre.adverse import Adverse
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.centre.observing import counts
from anifro_desktop.scores.sfi import MILD_MODERATE, SEVERE

_FLARES = {"any": (MILD_MODERATE, SEVERE), MILD_MODERATE: (MILD_MODERATE,), SEVERE: (SEVERE,)}
_EVENTS: dict[str, Callable[[Adverse], bool]] = {
    "any": lambda one: True,
    "serious": lambda one: one.serious is True,
    "not_serious": lambda one: one.serious is False,
    "seriousness_unknown": lambda one: one.serious is None,
    "treatment_emergent": lambda one: one.emergent is True,
    "serious_treatment_emergent": lambda one: one.serious is True and one.emergent is True,
    "related": lambda one: one.related == "related",
}


@dataclass(frozen=True, slots=True)
class Rate:
    """Flares of a severity. subjects: with at least one. per_100: per 100 patient-years, None without any."""

    severity: str
    events: int
    subjects: int
    patient_years: float
    per_100: float | None


@dataclass(frozen=True, slots=True)
class Count:
    """Adverse events of a kind. subjects: with at least one."""

    kind: str
    events: int
    subjects: int


def flare_rates(people: Sequence[Person]) -> tuple[Rate, ...]:
    """Flares by severity."""
    years = sum(one.exposure.years(one.exposure.entry) or 0.0 for one in people)
    rates = []
    for severity, classes in _FLARES.items():
        each = [sum(flare.flare in classes for flare in one.flares) for one in people]
        events = sum(each)
        rate = 100 * events / years if years else None
        rates.append(Rate(severity, events, sum(map(bool, each)), years, rate))
    return tuple(rates)


def event_counts(people: Sequence[Person]) -> tuple[Count, ...]:
    """Adverse events by kind."""
    told = []
    for kind, test in _EVENTS.items():
        found = [
            sum(test(event) for event in one.adverse if counts(one.exposure, event.start)) for one in people
        ]
        told.append(Count(kind, sum(found), sum(map(bool, found))))
    return tuple(told)
