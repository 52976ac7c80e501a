"""From flares seen at assessments to separate flare events, for the study's counts and rates.

A flare at an assessment has an onset (the clinician's date, else the visit's, as a day of the study) and a class
(`sfi`). A new event needs an onset at least so many days (setting) after the onset of the event before; an
earlier one belongs to that event and raises it to the higher class. The distance is measured from the first
onset of the event, so a long series of close flares is not one event without end. Each event counts once, at
its highest class. Assessments without a flare, or whose class is unknown, make no event; one whose class is
unknown and certainly a flare may be given with that least class.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from anifro_desktop.scores.sfi import MILD_MODERATE, SEVERE
from anifro_desktop.study.protocol import PROTOCOL

SEPARATION_DAYS = PROTOCOL.number("flare.separation_days")


@dataclass(frozen=True, slots=True)
class FlareEvent:
    """One flare. onset: day of the study on which it began. flare: its highest class, `mild_moderate` or
    `severe`. assessments: how many belong to it."""

    onset: int
    flare: str
    assessments: int = 1


def flare_events(flares: Iterable[tuple[int, str | None]]) -> tuple[FlareEvent, ...]:
    """The separate events, by onset, of (day of onset, class) in any order."""
    events: list[FlareEvent] = []
    seen = sorted((day, flare) for day, flare in flares if flare in (MILD_MODERATE, SEVERE))
    for day, flare in seen:
        if events and day - events[-1].onset < SEPARATION_DAYS:
            last = events[-1]
            worst = SEVERE if SEVERE in (flare, last.flare) else MILD_MODERATE
            events[-1] = FlareEvent(last.onset, worst, last.assessments + 1)
        else:
            events.append(FlareEvent(day, flare))
    return tuple(events)
