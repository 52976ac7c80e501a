"""What `verify` asks of a clinical database: records follow one another and are by whom the trail says, who might enter
answers; signatures hold; bundles are as sealed.

Rules kept here:
- A version is by the author of the trail's entry of it, at that moment; so is a signature.
- A signature is by somebody who may sign, or might then, with a key that nobody else could open (see `lending`) and
  under a name of this person.
- Answers are entered, and patients and visits changed, by somebody who may, or might then. An administrator who erases
  the words of a reason writes a version again, with the same answers; and a schedule is worked out, by whoever sends.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from anifro_desktop.crypto import signing
from anifro_desktop.record import RecordError, Revision, encoded
from anifro_desktop.store.database import Database
from anifro_desktop.store.erasing import erased_bodies
from anifro_desktop.store.findings import Finding
from anifro_desktop.store.made import Makings, makings
from anifro_desktop.store.outbox import NOTHING
from anifro_desktop.store.revisions import signature_text
from anifro_desktop.store.schema import (
    AUDIT,
    DRAFT,
    OUTBOX,
    RECEIPTS,
    REVISIONS,
    SETTINGS,
    SIGNATURES,
    SUBJECT,
    VISIT,
)
from anifro_desktop.store.slots import ADMINISTRATORS

# Who may sign a record or enter answers, by the key file: roles that a person has, or had. A schedule is nobody's
# answer; whoever sends signs it as worked out.
SIGNING, ENTERING = frozenset(("investigator",)), frozenset(("investigator", "data_entry"))
SCHEDULE, SIGNING_SCHEDULES = "schedule", frozenset(("investigator", "site_admin"))
_OF_ITSELF = ("ver", "prev", "who", "when", "why", "why_text", "salt")  # what each version has of its own
_BATCH = 500


def record_findings(store: Database) -> Iterator[Finding]:
    """Revisions whose text, number, predecessor or author is not right, and signatures that do not hold."""
    previous, before = ("", 0, ""), None
    erased, made = erased_bodies(store), makings(store, anew=True)
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
            if revision is not None and not _is_by(made, revision):
                yield Finding("record_author", where)
            elif revision is not None and not _may_write(store, revision, before):
                yield Finding("record_role", where)
            previous, before = (row.record, row.ver, row.digest), revision
    yield from _signature_findings(store, made)
    yield from _entering_findings(store)


def _is_by(made: Makings, revision: Revision) -> bool:
    """Whether a version bears the name and moment of whoever wrote it by the trail."""
    making = made.version(revision.id, revision.ver)
    return making is not None and making.user == revision.who and making.at(revision.when)


def _may_write(store: Database, revision: Revision, before: Revision | None) -> bool:
    """Whether its author may write this version, or might then. before: the version read before it."""
    roles = store.keys.roles.get(revision.who, frozenset())
    if roles & (SIGNING_SCHEDULES if revision.form == SCHEDULE else ENTERING):
        return True
    if not roles & frozenset(ADMINISTRATORS) or before is None:
        return False
    told = {name: getattr(revision, name) for name in _OF_ITSELF}
    return replace(before, **told).digest() == revision.digest()


def _entering_findings(store: Database) -> Iterator[Finding]:
    """The first entry in the trail of each person who never might enter answers about what only those write: answers,
    patients, visits."""
    fit = [code for code, roles in store.keys.roles.items() if roles & ENTERING]
    schedules = sa.select(REVISIONS.c.record).where(REVISIONS.c.form == SCHEDULE)
    typed = (AUDIT.c.table == "answers") & AUDIT.c.record.not_in(schedules)
    kept = AUDIT.c.table.in_((DRAFT.name, SUBJECT.name, VISIT.name)) & sa.not_(_reopened(store))
    query = sa.select(sa.func.min(AUDIT.c.seq)).where(AUDIT.c.user.not_in(fit), kept | typed)
    with store.transaction() as tx:
        found = tx.connection.execute(query.group_by(AUDIT.c.user)).scalars().all()
    yield from (Finding("trail_entering", {"name": store.path.name, "seq": seq}) for seq in found)


def _reopened(store: Database) -> sa.ColumnElement[bool]:
    """A signed visit that waits for its signature again, since an administrator erased the words of a reason in it."""
    erasing = [code for code, roles in store.keys.roles.items() if roles & frozenset(ADMINISTRATORS)]
    acts = sa.select(AUDIT.c.tx).where(
        AUDIT.c.table == "act", AUDIT.c.field == "text_erased", AUDIT.c.user.in_(erasing)
    )
    old, new = (sa.type_coerce(AUDIT.c[name], sa.Text) for name in ("old", "new"))
    state = (AUDIT.c.table == VISIT.name) & (AUDIT.c.field == "state")
    return state & (old == '"signed"') & (new == '"complete"') & AUDIT.c.tx.in_(acts)


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


def _signature_findings(store: Database, made: Makings) -> Iterator[Finding]:
    joined = sa.and_(SIGNATURES.c.record == REVISIONS.c.record, SIGNATURES.c.ver == REVISIONS.c.ver)
    query = sa.select(SIGNATURES, REVISIONS.c.body).join(REVISIONS, joined)
    with store.transaction() as tx:
        for row in tx.connection.execute(query.execution_options(yield_per=_BATCH)).mappings():
            facts = {"by": row["signer"], "name": row["name"], "meaning": row["meaning"]}
            facts |= {"when": row["signed"], "digest": row["digest"]}
            if not holds(store, made, row["body"], facts, row["sig"]):
                found: dict[str, str | int] = {
                    "signer": row["signer"],
                    "record": row["record"],
                    "ver": row["ver"],
                }
                yield Finding("signature_broken", found)


def holds(store: Database, made: Makings, body: str, facts: dict[str, str], sig: str) -> bool:
    """`sound`, of a version as it is stored."""
    try:
        revision = Revision.from_json(json.loads(body))
    except (RecordError, ValueError):
        return False
    return sound(store, made, revision, facts, sig)


def sound(store: Database, made: Makings, revision: Revision, facts: dict[str, str], sig: str) -> bool:
    """Whether a signature is over this version, by somebody who may sign it, or might then, at the moment and under the
    name that it bears."""
    by, keys = facts["by"], store.keys
    may = keys.roles.get(by, frozenset()) & (SIGNING_SCHEDULES if revision.form == SCHEDULE else SIGNING)
    making = made.signature(revision.id, revision.ver, by)
    if not may or making is None or making.user != by or not making.at(facts["when"]):
        return False
    if facts["name"] not in keys.names.get(by, frozenset()) or revision.digest() != facts["digest"]:
        return False
    try:
        raw = bytes.fromhex(sig)
    except ValueError:
        return False
    text = signature_text(revision, facts)
    own = (public for public in keys.signers.get(by, ()) if public not in made.lent)
    return any(signing.verify(public, text, raw) for public in own)


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
