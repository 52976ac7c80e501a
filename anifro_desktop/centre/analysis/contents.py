"""The contents of the report: every section, in the order of the protocol's synopsis.

A new analysis is a maker `def NAME(people: Sequence[Person]) -> Section` in a module of its own, and one line here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from anifro_desktop.centre.analysis import (
    baseline,
    changes,
    disposition,
    flares,
    hospital,
    safety,
    special_interest,
    states,
    subgroups,
    times,
)
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.centre.analysis.table import Contents, Named, Section
from anifro_desktop.forms.model import Label

Maker = Callable[[Sequence[Person]], Section]

SECTIONS: tuple[Maker, ...] = (
    disposition.disposition,
    baseline.baseline,
    states.primary,
    states.remission,
    states.response,
    states.glucocorticoid,
    states.damage,
    changes.activity,
    changes.reported,
    flares.flares,
    times.time_to_response,
    times.time_to_flare,
    times.time_to_damage,
    times.drug_retention,
    times.time_to_infection,
    safety.adverse_events,
    hospital.hospital,
    special_interest.special_interest,
    subgroups.subgroups,
)
_NOTES = (
    Label(
        "I soggetti che hanno revocato il consenso all'uso dei dati raccolti non sono in alcun numero.",
        "Subjects who withdrew the consent to the use of the data collected are in no number.",
    ),
    Label(
        "Indici e stati sono quelli calcolati e firmati dal centro clinico; un valore ignoto non vale mai «no».",
        "Scores and states are those that the site computed and signed; what is unknown is never a “no”.",
    ),
    Label(
        "Il giorno 0 è quello della prima dose, o dell'arruolamento per chi non ne ha; un mese sono 30,4375 giorni.",
        "Day 0 is that of the first dose, or of enrolment without one; a month has 30.4375 days.",
    ),
)


def contents(
    people: Sequence[Person], facts: Sequence[tuple[Named, str]] = (), sections: Sequence[Maker] = SECTIONS
) -> Contents:
    """Everything that the report says of some people, whose data may be used. facts: what stands at its head."""
    return Contents(tuple(facts), tuple(make(people) for make in sections), _NOTES)
