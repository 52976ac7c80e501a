"""Entering a visit file: the whole file tried first, then typed into sessions as a person would."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from anifro_desktop.errors import Refusal
from anifro_desktop.forms.session import PastVisit, Subject, Visit, VisitSession
from anifro_desktop.identity import Identity
from anifro_desktop.study.schedule import PLANNED, UNSCHEDULED, age_at
from anifro_desktop.study.subject_code import check_code
from anifro_desktop.workflows import patients, visits
from anifro_desktop.workflows.desk import SUBJECT_FORMS, subject_facts, visit_forms
from anifro_desktop.workflows.model import OpenVisit
from anifro_desktop.workflows.transcription import (
    FaultyVisitFile,
    Transcript,
    TypedVisit,
    read_transcript,
    type_answers,
    type_visit,
)

if TYPE_CHECKING:
    from anifro_desktop.workflows.site import Site

_THE_SAME = 100  # the same numbers, or the same name and birth date
_ENROLLED = 1
_OPENABLE = (*(item.key for item in PLANNED), UNSCHEDULED)


@dataclass(frozen=True, slots=True)
class EnteredVisit:
    """A visit that was typed. state: `draft` or `signed`."""

    visit: str
    state: str


@dataclass(frozen=True, slots=True)
class Entered:
    """What a file became."""

    subject: str
    visits: tuple[EnteredVisit, ...]


def enter(site: Site, data: bytes, passphrase: str) -> Entered:
    """Type the visits of a file; all of it or nothing.

    Raises:
        FaultyVisitFile: every fault at once; nothing was changed. WrongPassphrase and the refusals of each act.
    """
    transcript = read_transcript(data, site.definitions)
    faults = _rehearse(site, transcript)
    if faults:
        raise FaultyVisitFile(faults)
    visits.confirm(site, passphrase)
    with site.clinical.transaction():
        subject = _known(site, transcript) or _enrol(site, transcript)
        entered = [_enter_visit(site, subject, visit) for visit in transcript.visits]
        # The other database commits by itself: last, so that nothing can be refused after it.
        if transcript.identity is not None:
            patients.save_identity(site, subject, transcript.identity)
    return Entered(subject, tuple(entered))


def _known(site: Site, transcript: Transcript) -> str | None:
    if transcript.subject is None:
        return None
    code = check_code(transcript.subject)
    return code if code in {row.code for row in site.clinical.subjects()} else None


def _rehearse(site: Site, transcript: Transcript) -> list[str]:
    """Everything that would be refused on the way, tried on sessions that nobody keeps."""
    faults: list[str] = []
    if transcript.subject is None:
        subject = _rehearse_enrolment(site, transcript, faults)
    else:
        code = _known(site, transcript)
        if code is None:
            return [f"There is no patient {transcript.subject} at this site. Check the code."]
        subject = subject_facts(site, site.clinical.subject(code))
    states = {row.key: row.state for row in site.clinical.visits(subject.code)} if subject.code else {}
    past: PastVisit | None = None
    for number, visit in enumerate(transcript.visits, start=1):
        where = f"visit {number}"
        faults += _impossible(site, visit, states, where)
        session = _rehearsal(site, visit, subject, past)
        faults += type_visit(session, visit, where)
        past = PastVisit(session.visit.key, visit.on, dict(session.answers))
    return faults


def _rehearse_enrolment(site: Site, transcript: Transcript, faults: list[str]) -> Subject:
    subject, identity = Subject(""), transcript.identity or Identity()
    session = VisitSession(site.definitions, SUBJECT_FORMS, subject, Visit("", None), today=site.today())
    faults += type_answers(session, transcript.enrolment, "enrolment")
    faults += [
        f"enrolment, {item.field}: {session.problem_text(item, 'en')}"
        for item in session.problems()
        if item.field not in transcript.enrolment and item.severity != "soft"
    ]
    enrolled = session.answers.get("enrolment_date")
    if not isinstance(enrolled, date):
        faults.append("enrolment, enrolment_date: is needed to enter visits.")
        return subject
    if not (identity.surname and identity.name and identity.birth_date):
        faults.append('"identity": surname, name and birth_date are needed.')
    elif identity.birth_date > enrolled:
        faults.append('"identity": the birth date lies after the enrolment.')
    try:
        patients.check_identity(site, identity)
    except Refusal as refusal:
        faults.append(f'"identity": {refusal}')
    if not faults:
        faults += _eligible(session, identity, enrolled, bool(transcript.visits))
    if not transcript.another_person:
        faults += [
            f'"identity": this person is enrolled here as {item.subject}. Give that code as "subject", or say '
            '"another_person": true.'
            for item in patients.doubles(site, "", identity)
            if item.alike == _THE_SAME
        ]
    return replace(subject, enrolled=enrolled)


def _eligible(session: VisitSession, identity: Identity, enrolled: date, with_visits: bool) -> list[str]:
    """What the age at enrolment and the criteria forbid: a screening failure has no study visits."""
    if identity.birth_date is not None:
        session.set_value("age_at_enrolment", age_at(identity.birth_date, enrolled))
    problem = session.state("age_at_enrolment").problem
    if problem is not None:
        return [f'"identity", birth_date: {session.problem_text(problem, "en")}']
    if with_visits and session.answers.get("screening_outcome") != _ENROLLED:
        return ["enrolment: with these answers the patient is not enrolled, so the file may hold no visits."]
    return []


def _impossible(site: Site, visit: TypedVisit, states: dict[str, str], where: str) -> list[str]:
    """What is wrong with the visit itself. states: of the visits there are; this one is added to them."""
    faults = [f"{where}, date: lies in the future."] if visit.on > site.today() else []
    state = states.get(visit.key or "")
    if visit.key and state not in (None, "draft"):
        faults.append(f"{where}: {visit.key} is {state} already; amend it in the window.")
    elif visit.key and state is None and visit.key not in _OPENABLE:
        faults.append(f"{where}: there is no visit {visit.key}; allowed are {', '.join(_OPENABLE)}.")
    if visit.key and visit.key != UNSCHEDULED:
        states[visit.key] = "in this file"
    return faults


def _rehearsal(site: Site, visit: TypedVisit, subject: Subject, past: PastVisit | None) -> VisitSession:
    return VisitSession(
        site.definitions,
        visit_forms(site.definitions),
        subject,
        Visit(visit.key or UNSCHEDULED, visit.on),
        today=site.today(),
        previous=past,
    )


def _enrol(site: Site, transcript: Transcript) -> str:
    opened = patients.start_enrolment(site)
    type_answers(opened.session, transcript.enrolment, "enrolment")
    _save(site, opened)
    patients.finish_with(site, opened, transcript.identity)
    site.clinical.set_place(opened.id, {"open": False})
    return opened.subject


def _enter_visit(site: Site, subject: str, visit: TypedVisit) -> EnteredVisit:
    key = visit.key or next(
        item.key for item in visits.visit_choices(site, subject, visit.on) if item.proposed
    )
    opened = visits.open_visit(site, subject, key, visit.on)
    if opened.session.answers.get("visit_date") != visit.on:  # a draft that was begun under another date
        opened.session.set_value("visit_date", visit.on)
    type_visit(opened.session, visit, opened.key)
    _save(site, opened)
    if visit.sign:
        visits.sign_confirmed(site, opened, "responsible")
    site.clinical.set_place(opened.id, {"open": False})
    return EnteredVisit(opened.key, opened.state)


def _save(site: Site, opened: OpenVisit) -> None:
    """Keep what was typed as drafts, as the window does key by key."""
    given = [
        entry
        for entry in opened.session.entries(_asked(opened))
        if entry.value_json is not None or entry.raw_text
    ]
    visits.save_draft(site, opened, given)


def _asked(opened: OpenVisit) -> list[str]:
    return [field.id for form in opened.session.forms for field in form.fields]
