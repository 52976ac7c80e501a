"""What is asked of the trail and what it answers: plain frozen facts, every text in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from anifro_desktop.forms.model import Label
from anifro_desktop.record import Json


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for; empty or None: anything.

    subject: study code. visit: key (empty: the enrolment), only with a subject. form, fields: ids; a field may be the
    name of a result such as `sledai2k`. by: code of a person. kinds: of `words.KINDS`; without any, all but technical
    details. since, until: days of this computer's calendar, both included. after: `completion` or `signature`.
    """

    subject: str = ""
    visit: str | None = None
    form: str = ""
    fields: tuple[str, ...] = ()
    by: str = ""
    kinds: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    after: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words.

    number: in the trail. when: the local time as the computer showed it, with its zone; utc: as stored. clock_ok: False
    where the time is suspect. who: code; name: of that person, where still known. sort: the kind in words. what: the
    question, result or act; place: patient, visit and form. old, new: as read on the form. table, record, field: as
    stored. words: of the reason, that a person gave.
    """

    number: int
    when: datetime
    utc: str
    clock_ok: bool
    who: str
    name: str
    role: str
    device: str
    kind: str
    sort: Label
    subject: str
    visit: str
    place: Label
    what: Label
    old: Label
    new: Label
    reason: Label
    table: str
    record: str
    field: str
    form: str = ""
    words: str = ""

    @property
    def change(self) -> Label:
        """`12 → 15`; what there is now, where there was nothing before."""
        return Label(_change(self.old.it, self.new.it), _change(self.old.en, self.new.en))


@dataclass(frozen=True, slots=True)
class Past:
    """One value that an answer or a result had.

    when, who, name, clock_ok: of its entry. value, note: as read on the form. why: the reason of the change. version:
    the first completed version of the form that holds it, None while it was only typed. completed: when that was.
    """

    number: int
    when: datetime
    who: str
    name: str
    clock_ok: bool
    value: Label
    note: Label
    why: Label
    version: int | None = None
    completed: datetime | None = None


@dataclass(frozen=True, slots=True)
class History:
    """Every value of one answer or result of a visit, the oldest first. computed: the program works it out."""

    subject: str
    place: Label
    question: Label
    computed: bool
    values: tuple[Past, ...]


@dataclass(frozen=True, slots=True)
class Late:
    """A visit that was entered long after its day. days: from the visit to its first answer here."""

    subject: str
    visit: str
    name: Label
    on: date
    entered: date
    days: int
    who: str


@dataclass(frozen=True, slots=True)
class Often:
    """How often a question was changed after its form was completed. endpoint: it feeds an endpoint of the study."""

    field: str
    question: Label
    changes: int
    endpoint: bool


@dataclass(frozen=True, slots=True)
class Burst:
    """Many answers given in one act, or answers given at night. on: the local day; acts: `bulk`, `night`,
    `all_absent`, `unchanged` or `transcribed`."""

    act: str
    on: date
    who: str
    count: int
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trusted:
    """A record signed with a key that was chosen after somebody else had chosen a passphrase for the signer, and so may
    have been chosen by whoever that was. by: code of that person, or of the recovery sheet; reset: when, None where the
    trail does not tell."""

    subject: str
    visit: str
    name: Label
    who: str
    when: datetime
    by: str
    reset: datetime | None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Somebody said that the trail was reviewed. to: number of the last entry of what was reviewed."""

    when: datetime
    who: str
    to: int
    words: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a review looks at.

    since, to: numbers of the first entry left out and of the last one looked at. late: visits entered late. completed,
    signed: numbers of the changes made by people after completion and after signature; recalculated: of results that
    followed. often: the most-changed questions. by: changes after completion of each person. reasons: how often each
    was given. bursts: night and bulk edits. trusted: signatures after a reset. reviews: those before.
    """

    since: int
    to: int
    changes: int
    late: tuple[Late, ...]
    completed: tuple[int, ...]
    signed: tuple[int, ...]
    recalculated: int
    endpoint: tuple[int, ...]
    often: tuple[Often, ...]
    by: Mapping[str, int]
    reasons: tuple[tuple[Label, int], ...]
    bursts: tuple[Burst, ...]
    reviews: tuple[Reviewed, ...] = ()
    suspect: int = 0
    trusted: tuple[Trusted, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be asked for here. visits: of one patient, if one is named; forms, people: id or code to words."""

    subjects: tuple[str, ...]
    visits: Mapping[str, Label] = field(default_factory=dict)
    forms: Mapping[str, Label] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)


def as_json(line: Line, lang: str) -> dict[str, Json]:
    """A line for a machine: words in one language, and everything as stored."""
    return {
        "number": line.number,
        "utc": line.utc,
        "local": line.when.isoformat(timespec="milliseconds"),
        "clock_ok": line.clock_ok,
        "user": line.who,
        "name": line.name,
        "role": line.role,
        "device": line.device,
        "kind": line.kind,
        "subject": line.subject,
        "visit": line.visit,
        "form": line.form,
        "place": line.place.get(lang),
        "what": line.what.get(lang),
        "old": line.old.get(lang),
        "new": line.new.get(lang),
        "reason": line.reason.get(lang),
        "table": line.table,
        "record": line.record,
        "field": line.field,
    }


def _change(old: str, new: str) -> str:
    return new if old in ("", "–") else f"{old} → {new}"
