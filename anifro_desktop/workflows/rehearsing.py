"""Trying a visit file: typed whole into sessions that nobody keeps, so that every fault is found before anything is
written.

Each session knows what the real one will know: the visits completed before it, in the store or in the file, and what
the events of both say has happened in between.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from anifro_desktop.errors import Refusal
from anifro_desktop.forms.last_known import last_weight, most_damage
from anifro_desktop.forms.model import Definitions
from anifro_desktop.forms.session import PastVisit, Subject, Visit, VisitSession
from anifro_desktop.identity import Identity
from anifro_desktop.record import Answers
from anifro_desktop.study.schedule import (
    BASELINE,
    UNSCHEDULED,
    age_at,
    baseline_among,
    day_zero,
    first_dose,
    planned_visit_for,
    visit_for,
    window,
)
from anifro_desktop.study.subject_code import check_code
from anifro_desktop.study.visit_keys import ENROLMENT, HISTORY, event_key
from anifro_desktop.workflows import happened, patients, visits
from anifro_desktop.workflows.among import first_dose_said
from anifro_desktop.workflows.desk import DONE, Earlier, forms_under, past_visit, subject_facts
from anifro_desktop.workflows.dosing import DOSE, days_given
from anifro_desktop.workflows.packs import is_older
from anifro_desktop.workflows.transcription import Transcript, Typed, TypedVisit
from anifro_desktop.workflows.typist import type_in

if TYPE_CHECKING:
    from anifro_desktop.workflows.site import Site

_THE_SAME = 100  # the same numbers, or the same name and birth date
_ENROLLED = 1
_OLDER = "older"  # a draft under another pack: moved in the window, where a person sees what that does


@dataclass
class Course:
    """A patient as far as the file has been read. states: of the records there are, by key; done: completed visits;
    stated: the first dose as the enrolment states it."""

    definitions: Definitions
    today: date
    subject: Subject
    states: dict[str, str] = field(default_factory=dict)
    done: list[PastVisit] = field(default_factory=list)
    events: dict[str, list[Answers]] = field(default_factory=dict)
    stated: date | None = None

    def note(self, form: str, answers: Answers, *, complete: bool) -> None:
        """Take in an event; a dose may be the first."""
        self.events.setdefault(form, []).append(answers)
        if complete and form == DOSE:
            known = [] if self.subject.first_dose is None else [self.subject.first_dose]
            first = first_dose(self.stated, [*known, *days_given([answers])])
            self.subject = replace(self.subject, first_dose=first)

    def session(self, key: str, on: date | None = None) -> VisitSession:
        """A session for what stands under a key."""
        earlier = self._earlier(key, on) if on is not None else Earlier()
        since = None if earlier.previous is None else earlier.previous.date
        return VisitSession(
            self.definitions,
            forms_under(self.definitions, key),
            self.subject,
            Visit(key, on),
            today=self.today,
            previous=earlier.previous,
            baseline=earlier.baseline,
            damage=earlier.damage,
            weight=earlier.weight,
            facts={} if on is None else happened.facts_at(self.events, on, since, self.subject.first_dose),
        )

    def _earlier(self, key: str, on: date) -> Earlier:
        before = sorted(
            (one for one in self.done if one.date is not None and one.date < on),
            key=lambda one: (one.date, one.key),
            reverse=True,
        )
        baseline = self._baseline(key, on, before)
        damage = most_damage(one for one in before if self._has_damage(one.answers))
        return Earlier(before[0] if before else None, baseline, damage, last_weight(before))

    def _baseline(self, key: str, on: date, before: Iterable[PastVisit]) -> PastVisit | None:
        """As on the desk: the visit that is baseline, if it lies before this one."""
        day0 = day_zero(self.subject.first_dose, self.subject.enrolled)
        if day0 is None:
            return None
        held = [(one.key, one.date) for one in self.done if one.date is not None and one.key != key]
        chosen = baseline_among([*held, (key, on)], window(day0, BASELINE))
        return next((one for one in before if one.key == chosen), None)

    def _has_damage(self, names: Iterable[str]) -> bool:
        return any(self.definitions.fields[name].form == "damage" for name in names)


def rehearse(site: Site, transcript: Transcript) -> list[str]:
    """Everything that would be refused on the way."""
    faults: list[str] = []
    if transcript.subject is None:
        subject = _enrolment(site, transcript, faults)
        course = Course(site.definitions, site.today(), subject, stated=subject.first_dose)
    else:
        code = known_subject(site, transcript)
        if code is None:
            return [f"There is no patient {transcript.subject} at this site. Check the code."]
        course = _standing(site, code)
    if transcript.history is not None:
        faults += _history(course, transcript.history)
    for number, event in enumerate(transcript.events, start=1):
        session = course.session(event_key(site.definitions.form(event.form).prefix, number))
        faults += type_in(session, event.typed, f"event {number}")
        course.note(event.form, dict(session.answers), complete=event.typed.sign)
    for number, visit in enumerate(transcript.visits, start=1):
        faults += _visit(course, visit, f"visit {number}")
    return faults


def known_subject(site: Site, transcript: Transcript) -> str | None:
    """The code of the patient that the file names, if this site has it."""
    if transcript.subject is None:
        return None
    code = check_code(transcript.subject)
    return code if code in {row.code for row in site.clinical.subjects()} else None


def _standing(site: Site, code: str) -> Course:
    """A known patient, with all that is in the store."""
    rows = site.clinical.entries(code)
    subject = subject_facts(site, site.clinical.subject(code))
    course = Course(site.definitions, site.today(), subject, stated=first_dose_said(site, code))
    course.states = {
        row.key: _OLDER if row.state == "draft" and is_older(site, row) else row.state for row in rows
    }
    course.done = [
        past_visit(site, row, site.definitions)
        for row in site.clinical.visits(code)
        if row.key and row.state in DONE
    ]
    for key, answers in happened.event_answers(site, code).items():
        course.events.setdefault(site.definitions.event_form(key).id, []).append(answers)
    return course


def _history(course: Course, typed: Typed) -> list[str]:
    state = course.states.get(HISTORY)
    if state not in (None, "draft"):
        return [f"history: {_taken(state)}"]
    return type_in(course.session(HISTORY), typed, "history")


def _visit(course: Course, visit: TypedVisit, where: str) -> list[str]:
    faults = [f"{where}, date: lies in the future."] if visit.on > course.today else []
    state = course.states.get(visit.key or "") if visit.key else None
    if state not in (None, "draft"):
        return [*faults, f"{where}: {visit.key} {_taken(state)}"]
    if visit.key and state is None and visit.key not in visits.CODES:
        return [*faults, f"{where}: there is no visit {visit.key}; allowed are {', '.join(visits.CODES)}."]
    key = visit.key or _key_of(course, visit.on)
    session = course.session(key, visit.on)
    session.set_value("visit_date", visit.on)
    faults += type_in(session, visit.typed, where)
    if key != UNSCHEDULED:
        course.states[key] = "in this file"
    if visit.typed.sign:
        course.done.append(PastVisit(key, visit.on, dict(session.answers)))
    return faults


def _taken(state: str) -> str:
    if state == _OLDER:
        return "was begun under another version of the forms; open it in the window first."
    return f"is {state} already; amend it in the window."


def _key_of(course: Course, on: date) -> str:
    """The visit that the date decides for."""
    day0 = day_zero(course.subject.first_dose, course.subject.enrolled)
    if day0 is None:
        return UNSCHEDULED
    key = planned_visit_for(day0, on) or visit_for(day0, on)
    return UNSCHEDULED if key is None or key in course.states else key


def _enrolment(site: Site, transcript: Transcript, faults: list[str]) -> Subject:
    subject, identity = Subject(""), transcript.identity or Identity()
    definitions = site.definitions
    session = VisitSession(
        definitions, forms_under(definitions, ENROLMENT), subject, Visit(ENROLMENT), today=site.today()
    )
    faults += type_in(session, replace(transcript.enrolment, sign=True), "enrolment")
    enrolled, stated = session.answers.get("enrolment_date"), session.answers.get("first_dose_date")
    if not isinstance(enrolled, date):
        faults.append("enrolment, enrolment_date: is needed to enter visits.")
        return subject
    faults += _identity(site, identity, enrolled)
    if not faults:
        faults += _eligible(session, identity, enrolled, bool(transcript.visits))
    if not transcript.another_person:
        faults += [
            f'"identity": this person is enrolled here as {item.subject}. Give that code as "subject", or say '
            '"another_person": true.'
            for item in patients.doubles(site, "", identity)
            if item.alike == _THE_SAME
        ]
    return replace(subject, enrolled=enrolled, first_dose=stated if isinstance(stated, date) else None)


def _identity(site: Site, identity: Identity, enrolled: date) -> list[str]:
    faults = []
    if not (identity.surname and identity.name and identity.birth_date):
        faults.append('"identity": surname, name and birth_date are needed.')
    elif identity.birth_date > enrolled:
        faults.append('"identity": the birth date lies after the enrolment.')
    try:
        patients.check_identity(site, identity)
    except Refusal as refusal:
        faults.append(f'"identity": {refusal}')
    return faults


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
