"""Entering a visit file: the whole file tried first, then typed into sessions as a person would.

Order: enrolment, history, events, visits; events come first so that the visits know what has happened in between.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anifro_desktop.forms.model import Label
from anifro_desktop.workflows import events, patients, visits
from anifro_desktop.workflows.model import OpenVisit
from anifro_desktop.workflows.rehearsing import PERSON, known_subject, refused_age, rehearse
from anifro_desktop.workflows.transcription import (
    ENROLLED,
    Fault,
    FaultyVisitFile,
    Transcript,
    Typed,
    TypedVisit,
    read_transcript,
)
from anifro_desktop.workflows.typist import type_whole

if TYPE_CHECKING:
    from anifro_desktop.workflows.site import Site

Told = Callable[[OpenVisit], None]


@dataclass(frozen=True, slots=True)
class EnteredVisit:
    """What was typed under one key: the history, an event or a visit. state: `draft` or `signed`."""

    visit: str
    state: str


@dataclass(frozen=True, slots=True)
class Entered:
    """What a file became. before: history and events."""

    subject: str
    before: tuple[EnteredVisit, ...]
    visits: tuple[EnteredVisit, ...]


def enter(site: Site, data: bytes, passphrase: str) -> Entered:
    """Type all that a file holds; all of it or nothing.

    Raises:
        FaultyVisitFile: every fault at once; nothing was changed. WrongPassphrase and the refusals of each act.
    """
    transcript = read_transcript(data, site.definitions)
    faults = rehearse(site, transcript)
    if faults:
        raise FaultyVisitFile(faults)
    visits.confirm(site, passphrase)
    return enter_confirmed(site, transcript)


def enter_confirmed(
    site: Site, transcript: Transcript, told: Told | None = None, *, trial: bool = False
) -> Entered:
    """`enter` for a caller that has just confirmed the passphrase and knows that the file holds. told: hears of each
    session once it is typed and kept. trial: the caller takes all of it back, so the identity is not kept at all.

    Raises:
        FaultyVisitFile: the first record with a fault; nothing was changed.
    """
    hear = told or (lambda _opened: None)
    with site.clinical.transaction():
        subject = known_subject(site, transcript) or _enrol(site, transcript, hear)
        before = []
        if transcript.history is not None:
            before.append(_keep(site, visits.open_history(site, subject), transcript.history, hear))
        for event in transcript.events:
            before.append(_keep(site, events.open_event(site, subject, event.form), event.typed, hear))
        entered = [_enter_visit(site, subject, visit, hear) for visit in transcript.visits]
        # The other database commits by itself: last, so that nothing can be refused after it.
        if transcript.identity is not None and not trial:
            patients.save_identity(site, subject, transcript.identity)
    return Entered(subject, tuple(before), tuple(entered))


def _enrol(site: Site, transcript: Transcript, hear: Told) -> str:
    opened = patients.start_enrolment(site)
    _type(opened, transcript.enrolment, ENROLLED)
    _save(site, opened)
    if transcript.identity is not None:
        patients.apply_age(opened, transcript.identity)
        if (words := refused_age(opened.session)) is not None:
            fault = Fault(PERSON, "birth_date", words)
            raise FaultyVisitFile([fault.label], [fault])
    patients.finish_with(site, opened, transcript.identity)
    site.clinical.set_place(opened.id, {"open": False})
    hear(opened)
    return opened.subject


def _enter_visit(site: Site, subject: str, visit: TypedVisit, hear: Told) -> EnteredVisit:
    key = visit.key or next(
        item.key for item in visits.visit_choices(site, subject, visit.on) if item.proposed
    )
    opened = visits.open_visit(site, subject, key, visit.on)
    if opened.session.answers.get("visit_date") != visit.on:  # a draft that was begun under another date
        opened.session.set_value("visit_date", visit.on)
    return _keep(site, opened, visit.typed, hear)


def _keep(site: Site, opened: OpenVisit, typed: Typed, hear: Told) -> EnteredVisit:
    """Type a record, keep it as a draft, and sign it if it is to be."""
    _type(opened, typed, Label(opened.key, opened.key))
    _save(site, opened)
    if typed.sign:
        visits.sign_confirmed(site, opened, "responsible")
    site.clinical.set_place(opened.id, {"open": False})
    hear(opened)
    return EnteredVisit(opened.key, opened.state)


def _type(opened: OpenVisit, typed: Typed, where: Label) -> None:
    faults = type_whole(opened.session, typed, where)
    if faults:
        raise FaultyVisitFile([fault.label for fault in faults], faults)


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
