"""From revisions of every version to subjects, visits and events as they stand now.

Rules kept here:
- A record is told from others by its subject, its form and its id: the same id elsewhere is another record.
- Of one record the highest version counts; a version that exists with two contents counts for nothing until
  one of them is followed by a higher version, so the result is the same whatever arrived first or twice.
- Two records of one form under one key (a visit typed again after a restored backup, or after it was voided): the one
  of the later epoch counts, and within an epoch one that is not voided, then the one whose id sorts first.
- A voided record arrives as a tombstone, under a key of its own that tells which it had; it is nobody's answer and
  leaves nothing behind. Of a subject whose enrolment was voided nothing that the program computed stays either.
- Enrolment and history are the subject's own answers; a visit has many forms, an event is one record of one form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from anifro_desktop.centre.packs import answers_now, merged, own_packs
from anifro_desktop.centre.spans import span
from anifro_desktop.forms.library import Library
from anifro_desktop.forms.model import Definitions
from anifro_desktop.record import Answers, Revision
from anifro_desktop.study.visit_keys import (
    ENROLMENT,
    HISTORY,
    event_number,
    is_event,
    is_visit,
    key_before,
)

SUMMARY = "visit_summary"  # the form that makes a visit a visit: its date, its scores
ENROLMENT_FORM = "enrolment"
CLASSIFICATION = "classification"  # the form of the subject that carries scores
OWN_KEYS = (ENROLMENT, HISTORY)  # under which the subject's own forms stand


@dataclass(frozen=True, slots=True)
class Received:
    """A revision as the centre holds it: which site and which epoch of its writer sent it, and whether it was
    said to be deleted (a tombstone). digest: of the revision, where it was worked out before. turn: of a subject that
    was handed over, the place of the sender among its keepers. sender: of such a subject, the site that sent it, whose
    people made it (empty: the site that keeps the subject)."""

    site: str
    epoch: int
    revision: Revision
    deleted: bool = False
    digest: str = field(default="", compare=False, repr=False)
    turn: int = 0
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit. day: whole days since enrolment. forms: the agreed revision of each form received. signed:
    whether all of them are. packs: those of its records, as far as they are known, oldest first."""

    site: str
    subject: str
    key: str
    day: int | None
    answers: Answers
    forms: Mapping[str, Revision]
    signed: bool
    packs: tuple[Definitions, ...] = ()

    @property
    def summary(self) -> Revision | None:
        """The form that carries the scores; None while it has not been received."""
        return self.forms.get(SUMMARY)

    @property
    def scores(self) -> Mapping[str, Any]:
        """The scores as the site computed and signed them, by rule."""
        return self.summary.scores if self.summary else {}


@dataclass(frozen=True, slots=True)
class Event:
    """One event: one record of one form. day: whole days from enrolment to the day its form is dated by, None where
    that is open or known to its month or year only; not_before: the first day that it may be, None where it is open.
    packs: its own, if it is known."""

    site: str
    subject: str
    key: str
    form: str
    day: int | None
    answers: Mapping[str, Any]
    revision: Revision
    packs: tuple[Definitions, ...] = ()
    not_before: int | None = None

    @property
    def number(self) -> int:
        """The number of its key: 3 for `ae-003`."""
        return event_number(self.key)

    @property
    def signed(self) -> bool:
        """Whether the record is."""
        return bool(self.revision.signature)


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject: answers of the forms that belong to no visit, the visits in order of their days, and the events in
    order of their keys. signed: whether its own forms are (derived ones, written by the program at export, are
    nobody's to sign). packs: those of its own forms, as far as they are known, oldest first. seen: where later days
    are left out, the day up to which they tell that the subject was observed all the same."""

    site: str
    code: str
    answers: Answers
    forms: Mapping[str, Revision]
    visits: tuple[Visit, ...]
    signed: bool
    events: tuple[Event, ...] = ()
    packs: tuple[Definitions, ...] = ()
    seen: int | None = None

    @property
    def scores(self) -> Mapping[str, Any]:
        """The results that the classification form carries, as the site computed and signed them."""
        form = self.forms.get(CLASSIFICATION)
        return form.scores if form else {}

    def visit(self, key: str) -> Visit | None:
        """The visit of that key, if any of its forms was received."""
        return next((visit for visit in self.visits if visit.key == key), None)

    def events_of(self, form: str) -> tuple[Event, ...]:
        """The events of one form."""
        return tuple(event for event in self.events if event.form == form)


def agreed(received: Iterable[Received]) -> list[Received]:
    """For each form under each key, the revision that counts now."""
    return [item for item in _chosen(received) if not item.deleted]


def _chosen(received: Iterable[Received]) -> list[Received]:
    """The same with the tombstones of what does not count any more."""
    records: dict[tuple[str, str, str], list[Received]] = defaultdict(list)
    for item in received:
        revision = item.revision
        records[revision.subject, revision.form, revision.id].append(item)
    chosen: dict[tuple[str, str, str], Received] = {}
    for agreed_one in filter(None, map(_of_record, records.values())):
        revision = agreed_one.revision
        place = (revision.subject, key_before(revision.visit), revision.form)
        rival = chosen.get(place)
        if rival is None or _precedence(agreed_one) < _precedence(rival):
            chosen[place] = agreed_one
    return [chosen[place] for place in sorted(chosen)]


def _of_record(some: Sequence[Received]) -> Received | None:
    """What counts of everything that came of one record."""
    if len(some) == 1:
        return some[0]
    by_version: dict[int, dict[str, Received]] = defaultdict(dict)
    for item in some:
        contents, digest = by_version[item.revision.ver], item.digest or item.revision.digest()
        known = contents.get(digest)
        if known is None or _outdoes(item, known):
            contents[digest] = item
    return _agreed_version(by_version)


def _outdoes(item: Received, known: Received) -> bool:
    """Of two with the same content: signed later is the same version."""
    return _weight(item) > _weight(known)


def _weight(item: Received) -> tuple[bool, int, int]:
    return bool(item.revision.signature), item.turn, item.epoch


def _agreed_version(by_version: Mapping[int, Mapping[str, Received]]) -> Received | None:
    """The highest version of a record that came with one content. A later keeper knew all that those before it had:
    what these send otherwise gives way to it."""
    last = max(item.turn for contents in by_version.values() for item in contents.values())
    reached = max(
        ver for ver, contents in by_version.items() if any(item.turn == last for item in contents.values())
    )
    for ver in sorted((ver for ver in by_version if ver <= reached), reverse=True):
        turn = max(item.turn for item in by_version[ver].values())
        latest = [item for item in by_version[ver].values() if item.turn == turn]
        if len(latest) == 1:
            return latest[0]
    return None


def disagreements(received: Iterable[Received]) -> list[tuple[str, int]]:
    """Records (id, version) that were received with two different contents."""
    contents: dict[tuple[str, int], set[str]] = defaultdict(set)
    for item in received:
        contents[item.revision.id, item.revision.ver].add(item.revision.digest())
    return sorted(key for key, digests in contents.items() if len(digests) > 1)


def subjects(
    received: Iterable[Received], definitions: Definitions, packs: Library | None = None
) -> list[Subject]:
    """Every subject with the visits and events that count now, in order of site and code. packs: the current one and
    those before it (None: only the current one is known)."""
    known = packs or Library.of(definitions)
    by_subject: dict[tuple[str, str], list[Revision]] = defaultdict(list)
    chosen = _chosen(received)
    gone = {item.revision.subject for item in chosen if item.deleted and item.revision.form == ENROLMENT_FORM}
    derived = {form.id for form in definitions.forms if form.derived}
    for item in chosen:
        left_over = item.revision.subject in gone and item.revision.form in derived
        if not item.deleted and not left_over:
            by_subject[item.site, item.revision.subject].append(item.revision)
    return [_subject(site, code, revisions, known) for (site, code), revisions in sorted(by_subject.items())]


def _precedence(item: Received) -> tuple[int, int, bool, str]:
    return (-item.turn, -item.epoch, item.deleted, item.revision.id)


def _subject(site: str, code: str, revisions: list[Revision], packs: Library) -> Subject:
    """One subject; a key of a kind that its pack does not know is passed over."""
    own: dict[str, Revision] = {}
    by_visit: dict[str, dict[str, Revision]] = defaultdict(dict)
    events = []
    for revision in revisions:
        if revision.visit in OWN_KEYS:
            own[revision.form] = revision
        elif is_visit(revision.visit):
            by_visit[revision.visit][revision.form] = revision
        elif is_event(revision.visit):
            events += _event(site, revision, packs)
    visits = [_visit(site, code, key, forms, packs) for key, forms in by_visit.items()]
    visits.sort(key=lambda visit: (visit.day is None, visit.day or 0, visit.key))
    events.sort(key=lambda event: (event.form, event.number))
    return Subject(
        site,
        code,
        merged(own.values(), packs),
        own,
        tuple(visits),
        _signed(own, packs.current),
        tuple(events),
        own_packs(own.values(), packs),
    )


def _visit(site: str, code: str, key: str, forms: Mapping[str, Revision], packs: Library) -> Visit:
    summary = forms.get(SUMMARY)
    days = sorted({form.day for form in forms.values() if form.day is not None})
    day = summary.day if summary else (days[0] if days else None)
    return Visit(
        site,
        code,
        key,
        day,
        merged(forms.values(), packs),
        forms,
        _signed(forms, packs.current),
        own_packs(forms.values(), packs),
    )


def _event(site: str, revision: Revision, packs: Library) -> list[Event]:
    """The event of a record; none for a form that there is not under such a key."""
    forms = {form.id: form for form in packs.current.of_level("event")}
    form = forms.get(revision.form)
    if form is None or not revision.visit.startswith(f"{form.prefix}-"):
        return []
    answers = answers_now(revision, packs)
    dated = answers.get(form.dated)
    day = dated if type(dated) is int else None
    start = span(dated)
    return [
        Event(
            site,
            revision.subject,
            revision.visit,
            form.id,
            day,
            answers,
            revision,
            own_packs((revision,), packs),
            None if start is None else start[0],
        )
    ]


def _signed(forms: Mapping[str, Revision], definitions: Definitions) -> bool:
    derived = {form.id for form in definitions.forms if form.derived}
    asked = [revision for revision in forms.values() if revision.form not in derived]
    return bool(asked) and all(revision.signature for revision in asked)
