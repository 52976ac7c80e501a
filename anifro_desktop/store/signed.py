"""Signatures as they were printed, each looked at again: by whom, what it means, when, over which version, and whether
it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from anifro_desktop.store.clinical_checks import Makers
from anifro_desktop.store.database import Database
from anifro_desktop.store.schema import REVISIONS, SIGNATURES


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
    facts = {"by": row["signer"], "name": row["name"], "meaning": row["meaning"]}
    facts |= {"when": row["signed"], "digest": row["digest"]}
    return makers.holds(row["body"], facts, row["sig"])


def unfit(store: Database) -> frozenset[tuple[str, str]]:
    """Under which keys of which subjects a last version has a signature that does not hold: subject and key."""
    joined = sa.and_(SIGNATURES.c.record == REVISIONS.c.record, SIGNATURES.c.ver == REVISIONS.c.ver)
    columns = (REVISIONS.c.body, REVISIONS.c.subject, REVISIONS.c.visit)
    query = sa.select(SIGNATURES, *columns).join(REVISIONS, joined).where(_is_last())
    makers = Makers(store)
    with store.transaction() as tx:
        rows = tx.connection.execute(query).mappings().all()
    return frozenset((row["subject"], row["visit"]) for row in rows if not _holds(makers, row))


def last_signed(store: Database) -> dict[str, bool]:
    """Whether the last version of each record has a signature, be it one that does not hold; by record."""
    key = sa.and_(SIGNATURES.c.record == REVISIONS.c.record, SIGNATURES.c.ver == REVISIONS.c.ver)
    query = sa.select(REVISIONS.c.record, sa.exists().where(key).label("has")).where(_is_last())
    with store.transaction() as tx:
        return {row.record: bool(row.has) for row in tx.connection.execute(query)}


def _is_last() -> sa.ColumnElement[bool]:
    newer = REVISIONS.alias("newer")
    return ~sa.exists().where(newer.c.record == REVISIONS.c.record, newer.c.ver > REVISIONS.c.ver)
