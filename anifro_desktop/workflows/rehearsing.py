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

from anifro_desktop.forms.last_known import last_weight, most_damage
from anifro_desktop.forms.model import Definitions, Label
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
from anifro_desktop.workflows.audit import words as audit_words
from anifro_desktop.workflows.desk import DONE, Earlier, forms_under, past_visit, subject_facts
from anifro_desktop.workflows.dosing import DOSE, days_given
from anifro_desktop.workflows.errors import IdentityRefused
from anifro_desktop.workflows.packs import is_older
from anifro_desktop.workflows.transcription import (
    ENROLLED,
    HISTORY_PART,
    Transcript,
    Typed,
    TypedVisit,
    event_part,
    said_at,
    visit_part,
)
from anifro_desktop.workflows.typist import in_words, type_in

if TYPE_CHECKING:
    from anifro_desktop.workflows.site import Site

_THE_SAME = 100  # the same numbers, or the same name and birth date
_ENROLLED = 1
_HERE = "in this file"
PERSON = Label('"identity"', '"identity"')
_REFUSED = {
    "characters": Label(
        "contiene un a capo o altri caratteri illeggibili: scriverlo di nuovo.",
        "holds a line break or other characters that cannot be read: type it again.",
    ),
    "tax_code": Label(
        "la lettera di controllo del codice fiscale non corrisponde: rileggerlo dalla tessera.",
        "the tax code has a wrong check letter: read it again from the card.",
    ),
    "birth_date": Label(
        "la data di nascita è nel futuro o dopo l'arruolamento: va corretta.",
        "the birth date lies in the future or after the enrolment: correct it.",
    ),
}
_FUTURE = Label("è nel futuro.", "lies in the future.")
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


def rehearse(site: Site, transcript: Transcript) -> list[Label]:
    """Everything that would be refused on the way."""
    faults: list[Label] = []
    if transcript.subject is None:
        subject = _enrolment(site, transcript, faults)
        course = Course(site.definitions, site.today(), subject, stated=subject.first_dose)
    else:
        code = known_subject(site, transcript)
        if code is None:
            return [_nobody(transcript.subject)]
        course = _standing(site, code)
    if transcript.history is not None:
        faults += _history(course, transcript.history)
    for number, event in enumerate(transcript.events, start=1):
        session = course.session(event_key(site.definitions.form(event.form).prefix, number))
        faults += type_in(session, event.typed, event_part(number))
        course.note(event.form, dict(session.answers), complete=event.typed.sign)
    for number, visit in enumerate(transcript.visits, start=1):
        faults += _visit(course, visit, visit_part(number))
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


def _history(course: Course, typed: Typed) -> list[Label]:
    state = course.states.get(HISTORY)
    if state not in (None, "draft"):
        return [said_at(HISTORY_PART, _taken(state))]
    return type_in(course.session(HISTORY), typed, HISTORY_PART)


def _visit(course: Course, visit: TypedVisit, where: Label) -> list[Label]:
    faults = [said_at(where, _FUTURE, "date")] if visit.on > course.today else []
    state = course.states.get(visit.key or "") if visit.key else None
    if state not in (None, "draft"):
        return [*faults, said_at(where, _taken(state, visit.key or ""))]
    if visit.key and state is None and visit.key not in visits.CODES:
        codes = ", ".join(visits.CODES)
        words = Label(
            f"la visita {visit.key} non esiste; sono ammesse {codes}.",
            f"there is no visit {visit.key}; allowed are {codes}.",
        )
        return [*faults, said_at(where, words)]
    key = visit.key or _key_of(course, visit.on)
    session = course.session(key, visit.on)
    session.set_value("visit_date", visit.on)
    faults += type_in(session, visit.typed, where)
    if key != UNSCHEDULED:
        course.states[key] = _HERE
    if visit.typed.sign:
        course.done.append(PastVisit(key, visit.on, dict(session.answers)))
    return faults


def _taken(state: str, key: str = "") -> Label:
    head = f"{key} " if key else ""
    if state == _OLDER:
        return Label(
            f"{head}è stata iniziata con un'altra versione delle schede; aprirla prima nella finestra.",
            f"{head}was begun under another version of the forms; open it in the window first.",
        )
    if state == _HERE:
        return Label(
            f"{head}sta già in questo file; tenerne una.", f"{head}is in this file already; keep one of them."
        )
    word = audit_words.STATES[state]
    return Label(
        f"{head}è già nello stato «{word.it}»; correggerla nella finestra.",
        f"{head}is {word.en} already; amend it in the window.",
    )


def _nobody(code: str) -> Label:
    """No such patient. What was typed is repeated only where it is a study code: else it may be a name."""
    shown = f" {code}" if check_code(code) is not None else ""
    return Label(
        f"Questo centro non ha un paziente{shown} con questo codice. Controllare il codice.",
        f"There is no patient{shown} of that code at this site. Check the code.",
    )


def _key_of(course: Course, on: date) -> str:
    """The visit that the date decides for."""
    day0 = day_zero(course.subject.first_dose, course.subject.enrolled)
    if day0 is None:
        return UNSCHEDULED
    key = planned_visit_for(day0, on) or visit_for(day0, on)
    return UNSCHEDULED if key is None or key in course.states else key


def _enrolment(site: Site, transcript: Transcript, faults: list[Label]) -> Subject:
    subject, identity = Subject(""), transcript.identity or Identity()
    definitions = site.definitions
    session = VisitSession(
        definitions, forms_under(definitions, ENROLMENT), subject, Visit(ENROLMENT), today=site.today()
    )
    faults += type_in(session, replace(transcript.enrolment, sign=True), ENROLLED)
    enrolled, stated = session.answers.get("enrolment_date"), session.answers.get("first_dose_date")
    if not isinstance(enrolled, date):
        words = Label("serve per inserire le visite.", "is needed to enter visits.")
        faults.append(said_at(ENROLLED, words, "enrolment_date"))
        return subject
    faults += _identity(site, identity, enrolled)
    if not faults:
        faults += _eligible(session, identity, enrolled, bool(transcript.visits))
    if not transcript.another_person:
        faults += [
            said_at(
                PERSON,
                Label(
                    f'questa persona è già arruolata qui come {item.subject}: indicare quel codice in "subject" o '
                    'scrivere "another_person": true.',
                    f'this person is enrolled here as {item.subject}. Give that code as "subject", or say '
                    '"another_person": true.',
                ),
            )
            for item in patients.doubles(site, "", identity)
            if item.alike == _THE_SAME
        ]
    return replace(subject, enrolled=enrolled, first_dose=stated if isinstance(stated, date) else None)


def _identity(site: Site, identity: Identity, enrolled: date) -> list[Label]:
    faults = []
    if not (identity.surname and identity.name and identity.birth_date):
        faults.append(
            Label("servono surname, name e birth_date.", "surname, name and birth_date are needed.")
        )
    elif identity.birth_date > enrolled:
        faults.append(
            Label("la data di nascita viene dopo l'arruolamento.", "the birth date lies after the enrolment.")
        )
    try:
        patients.check_identity(site, identity)
    except IdentityRefused as refusal:
        part, words = refused_identity(refusal)
        return [*(said_at(PERSON, fault) for fault in faults), said_at(PERSON, words, part)]
    return [said_at(PERSON, fault) for fault in faults]


def refused_identity(refusal: IdentityRefused) -> tuple[str, Label]:
    """Which part of an identity is refused, and why."""
    return str(refusal.params["part"]), _REFUSED[str(refusal.params["why"])]


def refused_age(session: VisitSession) -> Label | None:
    """Why the age at enrolment, which the birth date makes, cannot be; None where it can."""
    problem = session.state("age_at_enrolment").problem
    return None if problem is None else in_words(session, problem)


def _eligible(session: VisitSession, identity: Identity, enrolled: date, with_visits: bool) -> list[Label]:
    """What the age at enrolment and the criteria forbid: a screening failure has no study visits."""
    if identity.birth_date is not None:
        session.set_value("age_at_enrolment", age_at(identity.birth_date, enrolled))
    if (words := refused_age(session)) is not None:
        return [said_at(PERSON, words, "birth_date")]
    if with_visits and session.answers.get("screening_outcome") != _ENROLLED:
        words = Label(
            "con queste risposte il paziente non è arruolato, quindi il file non può contenere visite.",
            "with these answers the patient is not enrolled, so the file may hold no visits.",
        )
        return [said_at(ENROLLED, words)]
    return []
