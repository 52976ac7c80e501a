"""One synthetic subject with events, and the tables of safety by their names."""

from __future__ import annotations

from collections.abc import Sequence

from centre_builders import DEFINITIONS, enrolment, received, revision, schedule

from anifro_desktop.centre.analysis.flares import flares
from anifro_desktop.centre.analysis.hospital import hospital
from anifro_desktop.centre.analysis.person import Person, person
from anifro_desktop.centre.analysis.safety import adverse_events
from anifro_desktop.centre.analysis.special_interest import special_interest
from anifro_desktop.centre.analysis.table import Row, Table
from anifro_desktop.centre.assembling import Subject, subjects
from anifro_desktop.record import Revision

CODE = "P03-7KQF-4"
MAKERS = (adverse_events, hospital, special_interest, flares)


def subject_of(*events: Revision, end: int = 900, dose: int | None = 0, outcome: int = 1) -> Subject:
    """A subject seen last on a day, with some events."""
    made = [enrolment(CODE, outcome, dose), schedule(CODE, "m60", dose or 0)]
    made.append(revision(CODE, "u01", "visit_summary", {"visit_date": end}, end))
    (found,) = subjects(received([*made, *events]), DEFINITIONS)
    return found


def one(*events: Revision, end: int = 900, dose: int | None = 0, outcome: int = 1) -> Person:
    """The same as the tables take it."""
    return person(subject_of(*events, end=end, dose=dose, outcome=outcome))


def people_of(revisions: Sequence[Revision]) -> list[Person]:
    """Everybody of some revisions."""
    return [person(subject) for subject in subjects(received(revisions), DEFINITIONS)]


def table_of(people: Sequence[Person], name: str) -> Table:
    """The table of that name."""
    return next(table for make in MAKERS for table in make(people).tables if table.name == name)


def row(table: Table, *heads: str) -> Row:
    """The line under those names."""
    (found,) = (line for line in table.rows if tuple(head.name for head in line.heads) == heads)
    return found


def counts(table: Table, *heads: str) -> tuple[float | None, ...]:
    """Events and subjects of a line."""
    return tuple(cell.value for cell in row(table, *heads).cells[:2])
