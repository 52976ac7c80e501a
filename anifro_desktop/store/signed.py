"""Signatures as they were printed, each looked at again: by whom, what it means, when, over which version, and whether
it holds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from anifro_desktop.crypto import signing
from anifro_desktop.record import RecordError, Revision
from anifro_desktop.store.clinical_checks import Makers
from anifro_desktop.store.database import Database
from anifro_desktop.store.lending import reset_acts
from anifro_desktop.store.made import makings
from anifro_desktop.store.revisions import signature_text
from anifro_desktop.store.schema import REVISIONS, SIGNATURES

if TYPE_CHECKING:
    from anifro_desktop.store.audit import Entry


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature on one version of a record. name: as it was printed; when: with its zone. holds: it is by this
    person's own key, over this very record, version and text, this person may sign, or might then, and the trail tells
    that this person gave it then."""

    record: str
    ver: int
    by: str
    name: str
    meaning: str
    when: datetime
    holds: bool


def signatures(store: Database, subject: str, visit: str) -> tuple[Signed, ...]:
    """The signatures on every version of what a subject has under a key, the oldest first."""
    joined = sa.and_(SIGNATURES.c.record == REVISIONS.c.record, SIGNATURES.c.ver == REVISIONS.c.ver)
    query = (
        sa.select(SIGNATURES, REVISIONS.c.body)
        .join(REVISIONS, joined)
        .where(REVISIONS.c.subject == subject, REVISIONS.c.visit == visit)
        .order_by(SIGNATURES.c.signed, SIGNATURES.c.record, SIGNATURES.c.ver)
    )
    with store.transaction() as tx:
        rows = tx.connection.execute(query).mappings().all()
    makers = Makers(store)
    return tuple(_signed(makers, row) for row in rows)


def _signed(makers: Makers, row: sa.RowMapping) -> Signed:
    sound = _holds(makers, row)
    when = datetime.fromisoformat(row["signed"])
    return Signed(row["record"], row["ver"], row["signer"], row["name"], row["meaning"], when, sound)


def _holds(makers: Makers, row: sa.RowMapping) -> bool:
    return makers.holds(row["body"], _facts(row), row["sig"])


@dataclass(frozen=True, slots=True)
class AfterReset:
    """A signature with a key that was chosen after somebody else had chosen a passphrase for its person. subject,
    visit: where it stands; by: whose it is; when: with its zone; seq: number of its entry in the trail; reset: by whom
    the passphrase was chosen before; told: the entry that tells of that, None where the trail does not."""

    subject: str
    visit: str
    by: str
    when: datetime
    seq: int
    reset: str
    told: Entry | None


def after_reset(store: Database) -> tuple[AfterReset, ...]:
    """The signatures with such keys, in the order of the trail."""
    resets = store.keys.resets
    people = {one.code for one in resets.values()}
    if not people:
        return ()
    joined = sa.and_(SIGNATURES.c.record == REVISIONS.c.record, SIGNATURES.c.ver == REVISIONS.c.ver)
    columns = (REVISIONS.c.body, REVISIONS.c.subject, REVISIONS.c.visit)
    query = sa.select(SIGNATURES, *columns).join(REVISIONS, joined).where(SIGNATURES.c.signer.in_(people))
    with store.transaction() as tx:
        rows = tx.connection.execute(query).mappings().all()
    made, told, found = makings(store), reset_acts(store), []
    for row in rows:
        reset = next(
            (one for key, one in resets.items() if one.code == row["signer"] and _with(key, row)), None
        )
        making = made.signature(row["record"], row["ver"], row["signer"])
        if reset is not None and making is not None:
            when = datetime.fromisoformat(row["signed"])
            place = (row["subject"], row["visit"], row["signer"])
            found.append(AfterReset(*place, when, making.seq, reset.by, told.get(reset.key)))
    return tuple(sorted(found, key=lambda one: one.seq))


def _with(key: bytes, row: sa.RowMapping) -> bool:
    """Whether a signature was made with a key."""
    try:
        revision, raw = Revision.from_json(json.loads(row["body"])), bytes.fromhex(row["sig"])
    except (RecordError, ValueError):
        return False
    return signing.verify(key, signature_text(revision, _facts(row)), raw)


def _facts(row: sa.RowMapping) -> dict[str, str]:
    facts = {"by": row["signer"], "name": row["name"], "meaning": row["meaning"]}
    return facts | {"when": row["signed"], "digest": row["digest"]}


def unfit(store: Database) -> frozenset[tuple[str, str]]:
    """Under which keys of which subjects a last version has a signature that does not hold: subject and key."""
    joined = sa.and_(SIGNATURES.c.record == REVISIONS.c.record, SIGNATURES.c.ver == REVISIONS.c.ver)
    columns = (REVISIONS.c.body, REVISIONS.c.subject, REVISIONS.c.visit)
    query = sa.select(SIGNATURES, *columns).join(REVISIONS, joined).where(_is_last())
    makers = Makers(store)
    with store.transaction() as tx:
        rows = tx.connection.execute(query).mappings().all()
    return frozenset((row["subject"], row["visit"]) for row in rows if not _holds(makers, row))


def last_signed(store: Database, subject: str | None = None) -> dict[str, bool]:
    """Whether the last version of each record, or of those of one patient, has a signature, be it one that does not
    hold; by record."""
    key = sa.and_(SIGNATURES.c.record == REVISIONS.c.record, SIGNATURES.c.ver == REVISIONS.c.ver)
    query = sa.select(REVISIONS.c.record, sa.exists().where(key).label("has")).where(_is_last())
    if subject is not None:
        query = query.where(REVISIONS.c.subject == subject)
    with store.transaction() as tx:
        return {row.record: bool(row.has) for row in tx.connection.execute(query)}


def _is_last() -> sa.ColumnElement[bool]:
    newer = REVISIONS.alias("newer")
    return ~sa.exists().where(newer.c.record == REVISIONS.c.record, newer.c.ver > REVISIONS.c.ver)
