"""Events of a patient: adverse events, doses, courses, hospital stays and all that happens between visits.

An event is one record with one form, under a key of its own (`ae-001`). It is opened, saved, completed, signed and
amended exactly as a visit is (see `visits`); only its making and its listing are here.

Rules kept here:
- A number once given is never given again, not even after the event was voided.
- An event is dated by the field its form names; until that is answered it has no date.
- An event that began after withdrawal of consent or death is not completed (see `withdrawing`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from anifro_desktop.forms.model import Definitions, Form, Label
from anifro_desktop.forms.spans import first_day
from anifro_desktop.forms.types import TYPES
from anifro_desktop.record import Missing, Value
from anifro_desktop.study.visit_keys import event_key, event_number, is_event, key_before
from anifro_desktop.workflows.errors import DateRefused, NotYourRole, UnknownVisit
from anifro_desktop.workflows.happened import event_answers
from anifro_desktop.workflows.model import OpenVisit, Place
from anifro_desktop.workflows.site import ENTERING, place_json
from anifro_desktop.workflows.visits import put_on_desk
from anifro_desktop.workflows.withdrawing import check_day

if TYPE_CHECKING:
    from anifro_desktop.store.subjects import VisitRow
    from anifro_desktop.workflows.site import Site


@dataclass(frozen=True, slots=True)
class EventRow:
    """A line of a patient's events. began: as far as it is known, for reading (`03/2026`). order: for sorting, the
    first day it can be. title: what the form names it by, in both languages; it stays on this computer."""

    key: str
    form: str
    state: str
    began: str
    order: date | None
    title: Label


def events(site: Site, subject: str) -> list[EventRow]:
    """The events of a patient, the latest first, those without a date on top."""
    answers = event_answers(site, subject)
    rows = [_row(site.definitions, row, answers[row.key]) for row in site.clinical.events(subject)]
    return sorted(rows, key=lambda row: (row.order or date.max, row.key), reverse=True)


def open_event(site: Site, subject: str, form: str) -> OpenVisit:
    """Begin an event of a form, as a draft.

    Raises:
        UnknownVisit: no such form of events. NotYourRole. DateRefused: the patient is not enrolled. SubjectJoined.
    """
    known = {item.id: item for item in site.definitions.of_level("event")}
    if form not in known:
        raise UnknownVisit(form)
    if not site.may(*ENTERING):
        raise NotYourRole("add an event", "investigator or data entry")
    if site.clinical.subject(subject).enrolled is None:
        raise DateRefused("no_enrolment")
    check_day(site, subject, None)
    with site.clinical.transaction():
        key = event_key(known[form].prefix, next_number(site, subject, known[form].prefix))
        row = site.clinical.open_visit_row(subject, key, None, site.definitions.digest)
        placed = replace(row, place=place_json(Place(subject, key, form)))
        return put_on_desk(site, placed)


def go_on(site: Site, subject: str, key: str) -> OpenVisit:
    """An event that exists, to go on with it or to read it (UnknownVisit: there is none of that key)."""
    row = next((item for item in site.clinical.events(subject) if item.key == key), None)
    if row is None:
        raise UnknownVisit(key)
    return put_on_desk(site, row)


def next_number(site: Site, subject: str, prefix: str) -> int:
    """The number of the next event with a prefix."""
    keys = map(key_before, site.clinical.event_keys(subject, prefix, voided=True))
    taken = [event_number(key) for key in keys if is_event(key) and key.startswith(f"{prefix}-")]
    return max(taken, default=0) + 1


def _row(definitions: Definitions, row: VisitRow, answers: Mapping[str, Value]) -> EventRow:
    form = definitions.event_form(row.key)
    item, dated = definitions.fields[form.dated], answers.get(form.dated)
    known = dated is not None and not isinstance(dated, Missing)
    words = TYPES[item.type].text(dated, item, "it") if known and dated is not None else ""
    return EventRow(row.key, form.id, row.state, words, first_day(dated), _title(definitions, form, answers))


def _title(definitions: Definitions, form: Form, answers: Mapping[str, Value]) -> Label:
    item, value = definitions.fields[form.title], answers.get(form.title)
    if value is None or isinstance(value, Missing):
        return Label("", "")
    kind = TYPES[item.type]
    return Label(kind.text(value, item, "it"), kind.text(value, item, "en"))
