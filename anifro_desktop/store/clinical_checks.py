"""What `verify` asks of a clinical database: records follow one another, signatures hold, bundles are as sealed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from anifro_desktop.crypto import signing
from anifro_desktop.record import RecordError, Revision, encoded
from anifro_desktop.store.database import Database
from anifro_desktop.store.erasing import erased_bodies
from anifro_desktop.store.findings import Finding
from anifro_desktop.store.outbox import NOTHING
from anifro_desktop.store.revisions import signature_text
from anifro_desktop.store.schema import OUTBOX, RECEIPTS, REVISIONS, SETTINGS, SIGNATURES

# Who may sign a record, by the key file: roles that a person has, or had. A schedule is nobody's answer; whoever sends
# signs it as worked out.
SIGNING = frozenset(("investigator",))
SCHEDULE, SIGNING_SCHEDULES = "schedule", frozenset(("investigator", "site_admin"))
_BATCH = 500


def record_findings(store: Database) -> Iterator[Finding]:
    """Revisions whose text, number or predecessor is not right, and signatures that do not hold."""
    previous = ("", 0, "")
    erased = erased_bodies(store)
    query = sa.select(REVISIONS).order_by(REVISIONS.c.record, REVISIONS.c.ver)
    with store.transaction() as tx:
        for row in tx.connection.execute(query.execution_options(yield_per=_BATCH)):
            where: dict[str, str | int] = {"record": row.record, "ver": row.ver}
            revision = _revision(row)
            if revision is None or revision.digest() != row.digest:
                yield Finding("record_changed", where)
            elif revision.struck() != erased.get((row.record, row.ver), frozenset()):
                yield Finding("record_hidden", where)
            record, ver, digest = previous
            follows = (ver + 1, digest) if record == row.record else (1, "")
            if (row.ver, row.prev) != follows:
                yield Finding("record_broken", where)
            previous = (row.record, row.ver, row.digest)
    yield from _signature_findings(store)


def _revision(row: sa.Row[Any]) -> Revision | None:
    """The version in a row, if it is the one that the row says."""
    try:
        revision = Revision.from_json(json.loads(row.body))
    except (RecordError, ValueError):
        return None
    columns = (row.record, row.ver, row.prev, row.subject, row.visit, row.form)
    inside = (revision.id, revision.ver, revision.prev, revision.subject, revision.visit, revision.form)
    # A signature stands in a table of its own, and a body that brings one along is not as it was written.
    written = not revision.signature and encoded(revision.to_json()).decode("utf-8") == row.body
    return revision if columns == inside and written else None


def _signature_findings(store: Database) -> Iterator[Finding]:
    joined = sa.and_(SIGNATURES.c.record == REVISIONS.c.record, SIGNATURES.c.ver == REVISIONS.c.ver)
    query = sa.select(SIGNATURES, REVISIONS.c.body).join(REVISIONS, joined)
    with store.transaction() as tx:
        for row in tx.connection.execute(query.execution_options(yield_per=_BATCH)).mappings():
            facts = {"by": row["signer"], "name": row["name"], "meaning": row["meaning"]}
            facts |= {"when": row["signed"], "digest": row["digest"]}
            if not holds(store, row["body"], facts, row["sig"]):
                found: dict[str, str | int] = {
                    "signer": row["signer"],
                    "record": row["record"],
                    "ver": row["ver"],
                }
                yield Finding("signature_broken", found)


def holds(store: Database, body: str, facts: dict[str, str], sig: str) -> bool:
    """Whether a signature is over this version, by somebody who may sign it, or might then."""
    try:
        revision = Revision.from_json(json.loads(body))
        raw = bytes.fromhex(sig)
    except (RecordError, ValueError):
        return False
    text = signature_text(revision, facts)
    if not store.keys.roles.get(facts["by"], frozenset()) & signing_roles(revision.form):
        return False
    return revision.digest() == facts["digest"] and any(
        signing.verify(public, text, raw) for public in store.keys.signers.get(facts["by"], ())
    )


def signing_roles(form: str) -> frozenset[str]:
    """The roles whose signature on a form counts."""
    return SIGNING_SCHEDULES if form == SCHEDULE else SIGNING


def outbox_findings(store: Database) -> Iterator[Finding]:
    """Bundles that are not as sealed or do not follow one another, and receipts ahead of them.

    A receipt about an epoch that was left behind says nothing any more: the new one sends everything again.
    """
    sealed: dict[int, tuple[int, str]] = {}
    query = sa.select(OUTBOX).order_by(OUTBOX.c.epoch, OUTBOX.c.seq)
    with store.transaction() as tx:
        for row in tx.connection.execute(query.execution_options(yield_per=1)):
            bundle = f"{row.epoch}/{row.seq}"
            seq, last = sealed.get(row.epoch, (0, NOTHING))
            if hashlib.sha256(row.bytes).hexdigest() != row.sha256 or len(row.bytes) != row.size:
                yield Finding("bundle_changed", {"bundle": bundle})
            if (row.seq, row.prev) != (seq + 1, last):
                yield Finding("bundle_chain", {"bundle": bundle})
            sealed[row.epoch] = (row.seq, row.sha256)
        value = tx.connection.execute(sa.select(SETTINGS.c.value).where(SETTINGS.c.key == "epoch")).scalar()
        epoch = int(value) if value else 1
        for row in tx.connection.execute(sa.select(RECEIPTS)):
            if hashlib.sha256(row.bytes).hexdigest() != row.sha256:
                yield Finding("bundle_changed", {"bundle": f"receipt {row.rno}"})
            if row.epoch >= epoch and row.acked_to > sealed.get(row.epoch, (0, ""))[0]:
                yield Finding("receipt_ahead", {"acked": row.acked_to, "epoch": row.epoch})
