"""A course typed into sessions, and what they gave: the only thing that figures are computed from.

With a site, through its workflows (drafts, completion, signature); without one, through the same sessions, which then
nobody keeps. A fault in an invented file is a fault of the generator and stops it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from anifro_desktop.forms.model import Definitions, Label
from anifro_desktop.forms.session import PastVisit, Subject, Visit, VisitSession
from anifro_desktop.record import Answers, Missing
from anifro_desktop.scores.model import Score
from anifro_desktop.study.schedule import UNSCHEDULED, age_at
from anifro_desktop.study.visit_keys import ENROLMENT, HISTORY, event_key
from anifro_desktop.workflows.desk import forms_under
from anifro_desktop.workflows.rehearsing import Course
from anifro_desktop.workflows.transcription import (
    ENROLLED,
    FaultyVisitFile,
    Transcript,
    Typed,
    TypedEvent,
    read_transcript,
)
from anifro_desktop.workflows.typist import type_in
from anifro_desktop.workflows.visits import CODES

if TYPE_CHECKING:
    from anifro_desktop.workflows.model import OpenVisit
    from anifro_desktop.workflows.site import Site


_NOT_GIVEN = 0  # of the list `dose_given`


@dataclass(frozen=True, slots=True)
class Record:
    """What one session gave. key: of the enrolment (""), the history, an event or a visit. asked, open: how many
    required questions it asked, and how many of them have no value, by form."""

    key: str
    on: date | None
    answers: Answers
    scores: Mapping[str, Score]
    asked: Mapping[str, int]
    open: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Patient:
    """All records of one patient. age: whole years at enrolment, which the identity tells."""

    age: int
    records: tuple[Record, ...]


def type_without_store(
    data: bytes, definitions: Definitions, today: date, *, until: timedelta | None = None
) -> Patient:
    """Type a visit file into sessions of its own. until: how long after the first visit to stop; None for all.

    Raises:
        FaultyVisitFile: a session refuses something.
    """
    script = read_transcript(data, definitions)
    opening = VisitSession(
        definitions, forms_under(definitions, ENROLMENT), Subject(""), Visit(ENROLMENT), today=today
    )
    records = [_typed(opening, replace(script.enrolment, sign=True), ENROLMENT, None)]
    subject = _subject(script, opening)
    course = Course(definitions, today, subject, stated=subject.first_dose)
    if script.history is not None:
        records.append(_typed(course.session(HISTORY), script.history, HISTORY, None))
    stop = today if until is None else script.visits[0].on + until
    numbers: dict[str, int] = {}
    for event in script.events:
        if _begins(event, definitions) > stop:
            continue
        numbers[event.form] = numbers.get(event.form, 0) + 1
        key = event_key(definitions.form(event.form).prefix, numbers[event.form])
        course.subject = replace(course.subject, last_dose=_last_dose(course))
        record = _typed(course.session(key), event.typed, key, None)
        course.note(event.form, record.answers, complete=event.typed.sign)
        records.append(record)
    for visit in script.visits:
        key = visit.key or UNSCHEDULED
        if visit.on <= stop:
            session = course.session(key, visit.on)
            session.set_value("visit_date", visit.on)
            session.set_value("visit_planned", CODES[key])
            record = _typed(session, visit.typed, key, visit.on)
            course.done.append(PastVisit(key, visit.on, record.answers))
            records.append(record)
    return Patient(_age(script), tuple(records))


def type_at(site: Site, data: bytes) -> Patient:
    """Type a visit file at a site that is unlocked and whose passphrase was just confirmed; all of it or nothing.

    Raises:
        FaultyVisitFile: a session refuses something; nothing was kept.
    """
    from anifro_desktop.workflows.entering import enter_confirmed

    script = read_transcript(data, site.definitions)
    records: list[Record] = []

    def keep(opened: OpenVisit) -> None:
        records.append(record_of(opened.session, opened.key, opened.session.visit.date))

    enter_confirmed(site, script, keep)
    return Patient(_age(script), tuple(records))


def record_of(session: VisitSession, key: str, on: date | None) -> Record:
    """What a session holds now."""
    asked: dict[str, int] = {}
    left: dict[str, int] = {}
    given, fields = session.answers, session.definitions.fields
    for section in session.sections():
        required = [name for name in section.visible_fields if fields[name].required] if section.total else []
        open_ = [name for name in required if isinstance(given.get(name), Missing | None)]
        asked[section.form] = asked.get(section.form, 0) + len(required)
        left[section.form] = left.get(section.form, 0) + len(open_)
    return Record(key, on, dict(given), dict(session.scores), asked, left)


def _last_dose(course: Course) -> date | None:
    """The last dose given so far, which the onset of an adverse event is counted from."""
    doses = course.events.get("administration", ())
    days = [dose.get("ad_date") for dose in doses if dose.get("ad_given") != _NOT_GIVEN]
    return max((day for day in days if isinstance(day, date)), default=None)


def _begins(event: TypedEvent, definitions: Definitions) -> date:
    """The day that dates an event of the generator, which is known in full."""
    return date.fromisoformat(event.typed.answers[definitions.form(event.form).dated])


def _typed(session: VisitSession, typed: Typed, key: str, on: date | None) -> Record:
    faults = type_in(session, typed, Label(key, key) if key else ENROLLED)
    if faults:
        raise FaultyVisitFile(faults)
    return record_of(session, key, on)


def _subject(script: Transcript, opening: VisitSession) -> Subject:
    enrolled, first_dose = opening.answers.get("enrolment_date"), opening.answers.get("first_dose_date")
    return Subject(
        "",
        age=_age(script),
        enrolled=enrolled if isinstance(enrolled, date) else None,
        first_dose=first_dose if isinstance(first_dose, date) else None,
    )


def _age(script: Transcript) -> int:
    born = script.identity.birth_date if script.identity is not None else None
    enrolled = date.fromisoformat(script.enrolment.answers["enrolment_date"])
    return age_at(born or enrolled, enrolled)
