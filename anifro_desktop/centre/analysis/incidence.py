"""What a table of incidence has: how many events, in how many subjects of how many, and per 100 patient-years.

A subject counts once in a line, however many events it had; patient-years are not cut short by events.
"""

from __future__ import annotations

from collections.abc import Iterable

from anifro_desktop.centre.analysis.limits import limited, rate, share
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.centre.analysis.table import Cell, Named, Record, counted
from anifro_desktop.forms.model import Label

EVENTS = Named("events", Label("eventi", "events"))
SUBJECTS = Named("subjects", Label("soggetti con\u00a0≥\u00a01", "subjects with\u00a0≥\u00a01"))
OF = Named("of", Label("su", "of"))
SHARE = Named("share", limited("quota", "share"), limits=True)
COLUMNS = (
    EVENTS,
    SUBJECTS,
    OF,
    SHARE,
    Named("years", Label("anni-paziente", "patient-years")),
    Named("rate", limited("eventi per 100 anni-paziente", "events per 100 patient-years"), limits=True),
)


def incidence(
    events: Iterable[Record], struck: Iterable[Record], among: Cell, years: float
) -> tuple[Cell, ...]:
    """A cell for each of the columns. struck: subjects with at least one event; among: the count of all of them."""
    happened, once = counted(events), counted(struck)
    return (
        happened,
        once,
        among,
        share(int(once.value or 0), int(among.value or 0)),
        Cell(years, "number"),
        rate(int(happened.value or 0), years),
    )


def years(person: Person) -> float:
    """Patient-years from entry into observation to its end; 0 for whoever was not observed after entry."""
    return person.exposure.years(person.exposure.entry) or 0.0
