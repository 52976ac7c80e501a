"""Signatures as they were printed, each looked at again: by whom, what it means, when, over which version, and whether
it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from anifro_desktop.store.clinical_checks import SCHEDULE, SIGNING, Signers
from anifro_desktop.store.database import Database
from anifro_desktop.store.schema import REVISIONS, SIGNATURES, TAKEN


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature on one version of a record. name: as it was printed; when: with its zone. holds: it is by this
    person's own key, over this very record, version and text, and this person may sign, or might then."""

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
    signers = Signers(store)
    return tuple(_signed(signers, row) for row in rows)


def _signed(signers: Signers, row: sa.RowMapping) -> Signed:
    facts = {"by": row["signer"], "name": row["name"], "meaning": row["meaning"]}
    facts |= {"when": row["signed"], "digest": row["digest"]}
    sound = signers.holds(row["body"], facts, row["sig"])
    when = datetime.fromisoformat(row["signed"])
    return Signed(row["record"], row["ver"], row["signer"], row["name"], row["meaning"], when, sound)


def unfit(store: Database) -> frozenset[tuple[str, str]]:
    """Under which keys of which subjects somebody signed who may not: subject and key."""
    signers = Signers(store)
    joined = sa.and_(SIGNATURES.c.record == REVISIONS.c.record, SIGNATURES.c.ver == REVISIONS.c.ver)
    places = (
        REVISIONS.c.subject,
        REVISIONS.c.visit,
        SIGNATURES.c.record,
        SIGNATURES.c.ver,
        SIGNATURES.c.signer,
    )
    query = sa.select(*places).join(SIGNATURES, joined).where(REVISIONS.c.form != SCHEDULE)
    fit = [code for code, roles in store.keys.roles.items() if roles & SIGNING]
    taken = sa.exists().where(TAKEN.c.record == SIGNATURES.c.record, TAKEN.c.ver == SIGNATURES.c.ver)
    with store.transaction() as tx:
        rows = tx.connection.execute(query.where(SIGNATURES.c.signer.not_in(fit) | taken)).all()
    return frozenset(
        (row.subject, row.visit)
        for row in rows
        if not signers.of(row.record, row.ver, row.signer)[0] & SIGNING
    )
