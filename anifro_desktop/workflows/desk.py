"""Laying a visit on the desk: its session, made of what was completed, what is in draft, and the visits before it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from anifro_desktop.forms.model import Definitions
from anifro_desktop.forms.session import PastVisit, Subject, Visit, VisitSession
from anifro_desktop.forms.types import from_json
from anifro_desktop.record import Note, Revision, Value

if TYPE_CHECKING:
    from anifro_desktop.store.subjects import SubjectRow, VisitRow
    from anifro_desktop.workflows.site import Site

DONE = ("complete", "signed", "amending")
SUBJECT_FORMS = ("enrolment",)


def visit_forms(definitions: Definitions) -> tuple[str, ...]:
    """The forms a visit is made of, in order."""
    return tuple(form.id for form in definitions.of_level("visit") if not form.derived)


def record_id(visit: VisitRow, form: str) -> str:
    """The id of a form's record: the same at every version, on every run."""
    return str(uuid.uuid5(uuid.UUID(visit.id), form))


def lay_out(site: Site, row: VisitRow) -> VisitSession:
    """The session of a visit, or of the enrolment if the visit's key is empty."""
    definitions = site.definitions
    subject = subject_facts(site, site.clinical.subject(row.subject))
    forms = visit_forms(definitions) if row.key else SUBJECT_FORMS
    answers, notes = answers_of(definitions, site.clinical.revisions(row.subject, row.key))
    previous = past_visit(site, row, before=row) if row.key else None
    baseline = past_visit(site, row, key="baseline") if row.key not in ("", "baseline") else None
    session = VisitSession(
        definitions,
        forms,
        subject,
        Visit(row.key, row.date),
        today=site.today(),
        answers=answers,
        notes=notes,
        previous=previous,
        baseline=baseline,
        completed=row.state in DONE,
    )
    if row.state in ("draft", "amending"):
        session.load_entries(site.clinical.draft(row.id))
    return session


def subject_facts(site: Site, row: SubjectRow) -> Subject:
    """What a session knows of its subject."""
    sex: Any = row.sex
    return Subject(row.code, sex, row.age, row.enrolled, row.first_dose)


def past_visit(
    site: Site, row: VisitRow, *, before: VisitRow | None = None, key: str = ""
) -> PastVisit | None:
    """The completed visit last before one, or the completed visit of a key."""
    done = [
        item
        for item in site.clinical.visits(row.subject)
        if item.key and item.state in DONE and item.id != row.id
    ]
    if before is not None:
        on = before.date or site.today()
        done = [item for item in done if item.date is not None and item.date < on]
        chosen = max(done, key=lambda item: (item.date or date.min, item.key), default=None)
    else:
        chosen = next((item for item in done if item.key == key), None)
    if chosen is None:
        return None
    answers, _ = answers_of(site.definitions, site.clinical.revisions(row.subject, chosen.key))
    return PastVisit(chosen.key, chosen.date, answers)


def answers_of(
    definitions: Definitions, revisions: Iterable[Revision]
) -> tuple[dict[str, Value], dict[str, Note]]:
    """The answers and notes that completed forms hold."""
    answers: dict[str, Value] = {}
    notes: dict[str, Note] = {}
    for revision in revisions:
        for name, value in revision.values.items():
            if name in definitions.fields:
                answers[name] = from_json(definitions.fields[name], value)
        for name, note in revision.notes.items():
            if isinstance(note, Mapping):
                notes[name] = Note.from_json(note)
    return answers, notes
