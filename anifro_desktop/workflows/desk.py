"""Laying a visit on the desk: its session, made of what was completed, what is in draft, and the visits before it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from anifro_desktop.forms.last_known import last_weight, most_damage
from anifro_desktop.forms.model import Definitions
from anifro_desktop.forms.session import PastVisit, Subject, Visit, VisitSession
from anifro_desktop.record import Revision
from anifro_desktop.study.schedule import BASELINE, baseline_among, day_zero, window
from anifro_desktop.study.visit_keys import ENROLMENT, HISTORY, is_event, is_visit
from anifro_desktop.workflows.among import facts_among
from anifro_desktop.workflows.elsewhere import known_elsewhere
from anifro_desktop.workflows.happened import event_answers, facts_for, last_dose
from anifro_desktop.workflows.packs import answers_of, pack_of, recorded
from anifro_desktop.workflows.taken import taken_by

if TYPE_CHECKING:
    from anifro_desktop.store.subjects import SubjectRow, VisitRow
    from anifro_desktop.workflows.site import Site

DONE, VOID = ("complete", "signed", "amending"), "void"


@dataclass(frozen=True, slots=True)
class Earlier:
    """The completed visits that one is compared with; None where there is none. damage: those with damage, as one;
    weight: the one with the last known weight, where the previous has none (see `forms.last_known`)."""

    previous: PastVisit | None = None
    baseline: PastVisit | None = None
    damage: PastVisit | None = None
    weight: PastVisit | None = None


# The forms of the subject itself, by the key they stand under.
SUBJECT_FORMS: Mapping[str, tuple[str, ...]] = {
    ENROLMENT: ("enrolment", "classification"),
    HISTORY: ("history",),
}


def forms_under(definitions: Definitions, key: str) -> tuple[str, ...]:
    """The forms that stand under a key, in order: of the subject, of a visit, or of an event."""
    if key in SUBJECT_FORMS:
        known = {form.id for form in definitions.forms}
        return tuple(form for form in SUBJECT_FORMS[key] if form in known)
    if is_event(key):
        return (definitions.event_form(key).id,)
    return tuple(form.id for form in definitions.of_visit(key))


def record_id(visit: VisitRow, form: str) -> str:
    """The id of a form's record: the same at every version, on every run."""
    return str(uuid.uuid5(uuid.UUID(visit.id), form))


def lay_out(site: Site, row: VisitRow) -> VisitSession:
    """The session of a visit, or of the enrolment if the visit's key is empty, under its own pack."""
    definitions = pack_of(site, row.pack)
    session = empty_session(site, row, definitions, site.clinical.revisions(row.subject, row.key))
    if row.state in ("draft", "amending"):
        session.load_entries(site.clinical.draft(row.id))
    return session


def empty_session(
    site: Site, row: VisitRow, definitions: Definitions, completed: Iterable[Revision] = ()
) -> VisitSession:
    """The session of a visit under a pack, without what is in draft. completed: revisions whose answers it begins
    with."""
    subject = subject_facts(site, site.clinical.subject(row.subject))
    if is_event(row.key):
        subject = replace(subject, last_dose=last_dose(site, row.subject))
    earlier, given = earlier_visits(site, row, definitions), tuple(completed)
    answers, notes = answers_of(site, definitions, given)
    events = event_answers(site, row.subject) if is_visit(row.key) else {}
    return VisitSession(
        definitions,
        forms_under(definitions, row.key),
        subject,
        Visit(row.key, row.date),
        today=site.today(),
        answers=answers,
        notes=notes,
        previous=earlier.previous,
        baseline=earlier.baseline,
        damage=earlier.damage,
        weight=earlier.weight,
        facts={
            **facts_for(site, row, earlier.previous, events),
            **facts_among(site, row, events),
            **known_elsewhere(site, row, definitions),
        },
        taken=taken_by(site, row.subject, events, row.key) if is_visit(row.key) else None,
        recorded=recorded(definitions, given),
        completed=row.state in DONE,
    )


def subject_facts(site: Site, row: SubjectRow) -> Subject:
    """What a session knows of its subject."""
    sex: Any = row.sex
    return Subject(row.code, sex, row.age, row.enrolled, row.first_dose)


def earlier_visits(site: Site, row: VisitRow, under: Definitions) -> Earlier:
    """The visits before one that its scores are compared with, under the ids of a pack: the last, baseline (see
    `study.schedule`), those with damage, and the one with the last known weight.

    Only completed ones count. An event has one before it where something is the same each time, as the regimen of a
    dose; a form of the subject has none.
    """
    if not is_visit(row.key):
        return Earlier(previous=_event_before(site, row, under))
    on = row.date or site.today()
    done = [
        item
        for item in site.clinical.visits(row.subject)
        if item.key and item.state in DONE and item.id != row.id and item.date is not None
    ]
    before = sorted((item for item in done if (item.date or on) < on), key=_in_order, reverse=True)
    baseline = _baseline(site, row, done)
    chosen = [item for item in (*before[:1], baseline) if item is not None]
    read = {item.id: past_visit(site, item, under) for item in chosen}
    damage = (past_visit(site, item, under, "damage") for item in before)
    weight = (past_visit(site, item, under, "vitals") for item in before)
    return Earlier(
        previous=read[before[0].id] if before else None,
        baseline=read[baseline.id] if baseline is not None else None,
        damage=most_damage(one for one in damage if one.answers),  # offered more often than it is done
        weight=last_weight(weight),
    )


def _baseline(site: Site, row: VisitRow, done: Iterable[VisitRow]) -> VisitRow | None:
    """The visit that is baseline, if it lies before this one; this one counts as though it were completed."""
    facts, on = site.clinical.subject(row.subject), row.date or site.today()
    day0 = day_zero(facts.first_dose, facts.enrolled)
    if day0 is None:
        return None
    held = [(item.key, item.date) for item in done if item.date is not None]
    key = baseline_among([*held, (row.key, on)], window(day0, BASELINE))
    return next((item for item in done if item.key == key and item.date is not None and item.date < on), None)


def _event_before(site: Site, row: VisitRow, under: Definitions) -> PastVisit | None:
    """The last completed event of the same form, if the form has anything to carry over."""
    if not is_event(row.key) or not any(item.carry for item in under.event_form(row.key).fields):
        return None
    prefix, on = row.key.partition("-")[0], row.date or site.today()
    done = [
        item
        for item in site.clinical.events(row.subject)
        if item.key.partition("-")[0] == prefix and item.state in DONE and item.id != row.id
        if item.date is not None and (item.date, item.key) < (on, row.key)
    ]
    last = max(done, key=_in_order, default=None)
    return None if last is None else past_visit(site, last, under)


def past_visit(site: Site, row: VisitRow, under: Definitions, form: str | None = None) -> PastVisit:
    """A completed visit, or one form of it, to read beside another, under the ids of its pack."""
    answers, _ = answers_of(site, under, site.clinical.revisions(row.subject, row.key, form))
    return PastVisit(row.key, row.date, answers)


def _in_order(row: VisitRow) -> tuple[date, str]:
    return (row.date or date.min, row.key)
