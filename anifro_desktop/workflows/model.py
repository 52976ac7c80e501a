"""What the user's verbs take and give back: plain frozen facts, shown by a screen or printed by a command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from anifro_desktop.forms.moving import Answer, Move
from anifro_desktop.forms.session import VisitSession
from anifro_desktop.scores.model import Tri
from anifro_desktop.workflows.facts import Person


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything the first run asks. keyset: bytes of the centre's file; fingerprint: as read aloud by the centre;
    second: the folder for a second copy of each backup."""

    code: str
    name: str
    person: Person
    passphrase: str
    keyset: bytes
    fingerprint: str
    practice: bool = False
    second: Path | None = None


@dataclass(frozen=True, slots=True)
class Created:
    """A site that has just been made. card: the file to hand to the centre; fingerprint: to read to it aloud."""

    card: Path
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody was: subject, visit key, form, field (any may be empty)."""

    subject: str = ""
    visit: str = ""
    form: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Recovered:
    """A draft that was open when the program last ended without locking. when: of its last confirmed save."""

    place: Place
    fields: int
    when: datetime


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first screen says after unlocking. findings: of the quick check."""

    recovered: Recovered | None
    last_sent: datetime | None
    failed_attempts: int
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """The planned visit a subject is next expected for. state: `due` (window open), `late`, `coming`, `draft`."""

    visit: str
    target: date
    opens: date
    closes: date
    days_late: int
    state: str


@dataclass(frozen=True, slots=True)
class PatientRow:
    """A line of the patient list. status: `screening`, `enrolled`, `screening_failure`, `withdrawn`, `dead`, `joined`,
    `moved`.

    name: only on this computer. last_*: of the last completed visit. sledai: totals in visit order, None = unknown.
    ended: the last day of the study for a patient who withdrew or died. goes_on_as: of a joined one, the code that
    stays. moved_to: of one handed over, the site and the start of the computer's name that go on.
    """

    subject: str
    name: str
    status: str
    sex: str | None
    age: int | None
    enrolled: date | None
    due: Due | None
    draft: str | None
    draft_done: int
    draft_total: int
    visits: tuple[VisitRow, ...]
    sledai: tuple[float | None, ...]
    pred_eq: float | None
    doris: Tri
    lldas: Tri
    ended: date | None = None
    goes_on_as: str = ""
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit that exists. state: `draft`, `complete`, `signed`, `amending`. in_window: None without a window."""

    key: str
    date: date
    day: int
    state: str
    in_window: Tri


@dataclass(frozen=True, slots=True)
class VisitChoice:
    """A visit that could be opened on a date. proposed: the one whose window holds the date, else unscheduled."""

    key: str
    proposed: bool
    opens: date | None
    closes: date | None


@dataclass(slots=True)
class OpenVisit:
    """A visit (or, with an empty key, the enrolment) on the desk: its session and where it was left."""

    id: str
    subject: str
    key: str
    session: VisitSession
    state: str
    place: Place
    recovered: Recovered | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How an open record stands to the versions of the forms. move: what moving it to the one in use would do, where
    it is being filled under an older one by somebody who may; aside: answers given to questions that are no longer
    asked."""

    move: Move | None = None
    aside: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Saved:
    """A save that has been committed to disk."""

    when: datetime
    seq: int


@dataclass(frozen=True, slots=True)
class Double:
    """A known person who may be the same. alike: 0 to 100."""

    subject: str
    name: str
    alike: int


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Something that stays here. why: `draft`, `unsigned`, `not_enrolled`; visit and form name it."""

    subject: str
    visit: str
    why: str
    forms: int


@dataclass(frozen=True, slots=True)
class Leaving:
    """What leaves for one subject: (visit key, form id, version) of each record, and how many values.

    unsigned: how many leave before their signature, because they tell of a serious adverse event. voided: how many say
    that something was a mistake.
    """

    subject: str
    records: tuple[tuple[str, str, int], ...]
    values: int
    unsigned: int = 0
    voided: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """What the next bundle would hold. columns: form id to the exact field ids that may leave. answers, marks: to
    questions of the centre, and of source verification, that leave too; moves: what is said of patients who were handed
    over or taken; keys: new ones of this computer are announced."""

    seq: int
    leaving: tuple[Leaving, ...]
    held_back: tuple[HeldBack, ...]
    columns: Mapping[str, tuple[str, ...]]
    centre_key: str
    site_key: str
    answers: int = 0
    marks: int = 0
    moves: int = 0
    keys: bool = False

    @property
    def something(self) -> bool:
        """Whether a bundle would say anything."""
        records = any(one.records for one in self.leaving)
        return records or bool(self.answers or self.marks or self.moves or self.keys)


@dataclass(frozen=True, slots=True)
class SentBundle:
    """A bundle that was sealed. state: `sealed`, `sent`, `received`, `merged`, `refused`; receipt: when one came."""

    seq: int
    name: str
    made: datetime
    records: int
    size: int
    state: str
    to: str
    receipt: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class Received:
    """What a file that came in meant. state: `receipt`, `repeated`, `queries`, `forms` (a new version of them) or
    `repeated_forms`, `keyset` (newer keys of the centre), `repeated_keyset` or `keyset_waits` (for a person to
    confirm), `of_before` (not readable any more, but a later file said what it says), or `refused` where it is not what
    its name says; why: the refusal's code then. acked_to: the centre has all up to here. Of a file of questions: asked,
    new ones; said, other new messages of the centre; regained, own messages that this computer had lost."""

    name: str
    state: str
    acked_to: int
    missing: tuple[int, ...]
    differences: int
    asked: int = 0
    said: int = 0
    regained: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something `verify` found: a stable code, the sentence, and what to do is in it. params: what fills its blanks."""

    code: str
    sentence: str
    params: Mapping[str, str | int] = field(default_factory=dict)
