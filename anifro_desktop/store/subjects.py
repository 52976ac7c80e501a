"""Subjects and their visits in the clinical store: what every list is made of.

Rules kept here:
- A subject code is given once and never changes. So is a visit's key, but that a mistake leaves its key free and goes
  on under one of its own. Nothing is deleted.
- The lists of a whole site are a few queries, however many subjects there are.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

import sqlalchemy as sa

from anifro_desktop.record import Json
from anifro_desktop.store.database import Database
from anifro_desktop.store.errors import Conflict, NotFound, SubjectAway
from anifro_desktop.store.prepared import Prepared
from anifro_desktop.store.schema import DRAFTS, SUBJECT, SUBJECTS, VISIT, VISITS
from anifro_desktop.store.transaction import Transaction
from anifro_desktop.study.visit_keys import ENROLMENT, is_event, is_visit, void_key

VOID = "void"
AWAY = "moved"  # the status of a subject that was handed over to another installation
_STATUS = Prepared(sa.select(SUBJECTS.c.status).where(SUBJECTS.c.code == sa.bindparam("subject")))


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A subject. status: `screening`, `enrolled`, `screening_failure`, `withdrawn`, `dead`, `joined` with another one,
    or `moved` to another installation; age: whole years at enrolment; created: UTC."""

    code: str
    status: str
    sex: str | None
    age: int | None
    enrolled: date | None
    first_dose: date | None
    created: str


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit of a subject; key `` stands for the forms of the subject itself.

    key: see `study.visit_keys`; of an event, `date` is when it began, as far as it is known. state: `draft`,
    `complete`, `signed`, `amending` or `void`. place: where it was last left (form, section, field). pack: digest of
    the definitions that it is filled under.
    """

    id: str
    subject: str
    key: str
    date: date | None
    state: str
    place: Mapping[str, Json] = field(default_factory=dict)
    pack: str = ""


@dataclass(frozen=True, slots=True)
class DraftCount:
    """How far a draft is. values: answered fields; utc, seq: of its last save."""

    values: int
    utc: str
    seq: int


class Subjects(Database):
    """The part of the clinical store about subjects and visits."""

    def add_subject(
        self,
        code: str,
        *,
        status: str = "screening",
        sex: str | None = None,
        age: int | None = None,
        enrolled: date | None = None,
        first_dose: date | None = None,
    ) -> SubjectRow:
        """A new subject.

        Raises:
            Conflict: the code is taken.
        """
        facts = {"status": status, "sex": sex, "age": age, "enrolled": enrolled, "first_dose": first_dose}
        with self.transaction() as tx:
            if tx.connection.execute(sa.select(SUBJECTS.c.code).where(SUBJECTS.c.code == code)).first():
                raise Conflict("subject code")
            tx.put(SUBJECT, {"code": code, "created": tx.stamp.utc} | _plain(facts))
        return self.subject(code)

    def update_subject(self, code: str, *, reason: str = "", **facts: str | int | date | None) -> SubjectRow:
        """Change `status`, `sex`, `age`, `enrolled` or `first_dose`.

        Raises:
            NotFound: no such subject.
        """
        unknown = set(facts) - {"status", "sex", "age", "enrolled", "first_dose"}
        if unknown:
            raise TypeError(f"not a fact of a subject: {', '.join(sorted(unknown))}")
        with self.transaction() as tx:
            self.subject(code)
            check_here(tx, code)
            tx.put(SUBJECT, {"code": code} | _plain(facts), reason)
        return self.subject(code)

    def subject(self, code: str) -> SubjectRow:
        """One subject.

        Raises:
            NotFound: no such subject.
        """
        with self.transaction() as tx:
            row = tx.connection.execute(sa.select(SUBJECTS).where(SUBJECTS.c.code == code)).one_or_none()
        if row is None:
            raise NotFound("subject", code)
        return _subject(row)

    def subjects(self) -> tuple[SubjectRow, ...]:
        """Every subject, by code."""
        with self.transaction() as tx:
            rows = tx.connection.execute(sa.select(SUBJECTS).order_by(SUBJECTS.c.code)).all()
        return tuple(map(_subject, rows))

    def open_visit_row(self, subject: str, key: str, on: date | None, pack: str = "") -> VisitRow:
        """The visit of that key, made as a draft if it is not there; `on` and `pack` count only then.

        Raises:
            NotFound: no such subject.
        """
        with self.transaction() as tx:
            self.subject(subject)
            query = sa.select(VISITS).where(VISITS.c.subject == subject, VISITS.c.key == key)
            row = tx.connection.execute(query).one_or_none()
            if row is not None:
                return _visit(row)
            check_here(tx, subject)
            new = {"id": str(uuid.uuid4()), "subject": subject, "key": key, "state": "draft", "pack": pack}
            tx.put(VISIT, new | _plain({"date": on}))
        return VisitRow(new["id"], subject, key, on, "draft", pack=pack)

    def visit(self, visit_id: str) -> VisitRow:
        """One visit.

        Raises:
            NotFound: no such visit.
        """
        with self.transaction() as tx:
            row = tx.connection.execute(sa.select(VISITS).where(VISITS.c.id == visit_id)).one_or_none()
        if row is None:
            raise NotFound("visit", visit_id)
        return _visit(row)

    def visits(self, subject: str | None = None) -> tuple[VisitRow, ...]:
        """The enrolment (key ``) and the visits of a subject or of all, by subject and date; voided ones left out."""
        return tuple(row for row in self.entries(subject) if row.key == ENROLMENT or is_visit(row.key))

    def events(self, subject: str | None = None, prefixes: Collection[str] = ()) -> tuple[VisitRow, ...]:
        """The events of a subject or of all, by subject and date; voided ones left out. prefixes: of these only."""
        return tuple(row for row in self.entries(subject, prefixes=prefixes) if is_event(row.key))

    def entries(
        self, subject: str | None = None, *, voided: bool = False, prefixes: Collection[str] = ()
    ) -> tuple[VisitRow, ...]:
        """Everything that stands under a key of a subject or of all: enrolment, history, visits and events.

        prefixes: only events of these, which a subject may have by the hundred.
        """
        query = sa.select(VISITS).order_by(VISITS.c.subject, VISITS.c.date, VISITS.c.key)
        if subject is not None:
            query = query.where(VISITS.c.subject == subject)
        if not voided:
            query = query.where(VISITS.c.state != VOID)
        if prefixes:
            query = query.where(sa.or_(*(VISITS.c.key.startswith(f"{prefix}-") for prefix in prefixes)))
        with self.transaction() as tx:
            return tuple(map(_visit, tx.connection.execute(query).all()))

    def event_keys(self, subject: str, prefix: str, *, voided: bool = False) -> tuple[str, ...]:
        """The keys of a subject's events of one prefix, in order."""
        query = sa.select(VISITS.c.key).where(
            VISITS.c.subject == subject, VISITS.c.key.startswith(f"{prefix}-")
        )
        if not voided:
            query = query.where(VISITS.c.state != VOID)
        with self.transaction() as tx:
            return tuple(tx.connection.execute(query.order_by(VISITS.c.key)).scalars())

    def set_visit_state(self, visit_id: str, state: str, reason: str = "") -> None:
        """Move a visit to `draft`, `complete`, `signed` or `amending`.

        Raises:
            NotFound: no such visit.
        """
        with self.transaction() as tx:
            check_here(tx, self.visit(visit_id).subject)
            tx.put(VISIT, {"id": visit_id, "state": state}, reason)

    def void_visit(self, visit_id: str, reason: str) -> VisitRow:
        """Declare a visit a mistake: its key is free again, and it is kept under the next one of its own.

        Raises:
            NotFound: no such visit.
        """
        with self.transaction() as tx:
            row = self.visit(visit_id)
            check_here(tx, row.subject)
            taken = {item.key for item in self.entries(row.subject, voided=True)}
            number = next(n for n in count(1) if void_key(row.key, n) not in taken)
            changed = {"id": visit_id, "key": void_key(row.key, number), "state": VOID}
            tx.put(VISIT, changed, reason)
        return self.visit(visit_id)

    def set_visit_date(self, visit_id: str, on: date | None, reason: str = "") -> None:
        """Correct the date of a visit or an event. on: None where an event's is not known any more.

        Raises:
            NotFound: no such visit.
        """
        with self.transaction() as tx:
            check_here(tx, self.visit(visit_id).subject)
            tx.put(VISIT, {"id": visit_id, "date": None if on is None else on.isoformat()}, reason)

    def set_visit_pack(self, visit_id: str, pack: str, reason: str) -> None:
        """Go on with a visit under another pack.

        Raises:
            NotFound: no such visit.
        """
        with self.transaction() as tx:
            check_here(tx, self.visit(visit_id).subject)
            tx.put(VISIT, {"id": visit_id, "pack": pack}, reason)

    def set_place(self, visit_id: str, place: Mapping[str, Json]) -> None:
        """Remember where a visit was left; not an act that the trail tells of."""
        with self.transaction() as tx:
            tx.connection.execute(sa.update(VISITS).where(VISITS.c.id == visit_id).values(place=dict(place)))

    def draft_counts(self) -> dict[str, DraftCount]:
        """How far every visit is that is a draft or being amended, by visit id."""
        query = (
            sa.select(
                DRAFTS.c.visit_id,
                sa.func.count(DRAFTS.c.value),
                sa.func.max(DRAFTS.c.utc),
                sa.func.max(DRAFTS.c.seq),
            )
            .join(VISITS, VISITS.c.id == DRAFTS.c.visit_id)
            .where(VISITS.c.state.in_(("draft", "amending")))
            .group_by(DRAFTS.c.visit_id)
        )
        with self.transaction() as tx:
            rows = tx.connection.execute(query).all()
        return {row[0]: DraftCount(row[1], row[2], row[3]) for row in rows}


def check_here(tx: Transaction, subject: str) -> None:
    """Let a subject be changed.

    Raises:
        SubjectAway: it was handed over to another installation.
    """
    found = _STATUS.all(tx.connection, {"subject": subject})
    if found and found[0][0] == AWAY:
        raise SubjectAway(subject)


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _subject(row: sa.Row[Any]) -> SubjectRow:
    return SubjectRow(
        row.code, row.status, row.sex, row.age, _day(row.enrolled), _day(row.first_dose), row.created
    )


def _visit(row: sa.Row[Any]) -> VisitRow:
    return VisitRow(row.id, row.subject, row.key, _day(row.date), row.state, row.place or {}, row.pack or "")
