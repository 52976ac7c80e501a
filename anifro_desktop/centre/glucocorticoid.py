"""The glucocorticoid of each visit of a subject, summed from the courses and pulses that were received, and whether a
stop is a sustained one.

The sum and what makes it unknown are those of the site's screen (`forms.cumulative`), in days since enrolment. A date
that came as months or years is any day that it may be (`centre.spans`). The doses that visits say are taken on arrival,
against which the courses are held, are those the site computed and signed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from anifro_desktop.centre import carried
from anifro_desktop.centre.assembling import Subject
from anifro_desktop.centre.spans import span
from anifro_desktop.forms.cumulative import FORMS, Arrival, Event, cumulative, sustained_stop
from anifro_desktop.scores.model import Tri


@dataclass(frozen=True, slots=True)
class Doses:
    """mg of prednisone up to a visit's day, that included; None where unknown. since_enrolment: from day 0.
    since_last: from the day after the visit before; None also without one. off: whether none was taken by mouth at
    the visit and on the days before it that make a stop a sustained one."""

    since_enrolment: float | None = None
    since_last: float | None = None
    off: Tri = None


def doses(subject: Subject) -> Mapping[str, Doses]:
    """The doses of a subject by the key of the visit; visits before enrolment have none."""
    events = [Event(one.key, one.form, one.answers) for form in FORMS for one in subject.events_of(form)]
    arrivals = [
        Arrival(visit.key, visit.day, carried.number(visit.scores, "prednisone", "pred_eq"))
        for visit in subject.visits
        if visit.summary is not None and visit.day is not None
    ]

    def summed(first: int, last: int) -> float | None:
        return cumulative(events, arrivals, first, last, span).mg

    found = {}
    for arrival in arrivals:
        before = max((one.day for one in arrivals if one.day < arrival.day), default=None)
        if arrival.day >= 0:
            last = None if before is None else summed(before + 1, arrival.day)
            off = sustained_stop(events, arrivals, arrival, span)
            found[arrival.key] = Doses(summed(0, arrival.day), last, off)
    return found
