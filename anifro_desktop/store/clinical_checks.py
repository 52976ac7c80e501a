"""What `verify` asks of a clinical database: records follow one another and are by whom the trail says, who might enter
answers; signatures hold; bundles are as sealed.

Rules kept here:
- A version is by the author of the trail's entry of it, at that moment; so is a signature.
- A signature is by somebody who may sign, or might then, with a key that nobody else could open (see `lending`) and
  under a name of this person.
- Answers are entered, and patients and visits changed, by somebody who may, or might then. An administrator who erases
  the words of a reason writes a version again, with the same answers; and a schedule is worked out, by whoever sends.
- What was taken over with a patient is asked the same, of the trail and the people that came along (see `made`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from anifro_desktop.crypto import signing
from anifro_desktop.record import RecordError, Revision, encoded
from anifro_desktop.store.database import Database
from anifro_desktop.store.erasing import erased_bodies
from anifro_desktop.store.findings import Finding
from anifro_desktop.store.made import MOVING, TAKEN_OVER, Maker, Making, makings, person
from anifro_desktop.store.outbox import NOTHING
from anifro_desktop.store.revisions import signature_text
from anifro_desktop.store.schema import (
    AUDIT,
    DRAFT,
    HANDOVER,
    OUTBOX,
    RECEIPTS,
    REVISIONS,
    SETTINGS,
    SIGNATURES,
    SUBJECT,
    TAKEN,
    VISIT,
)
from anifro_desktop.store.slots import ADMINISTRATORS
from anifro_desktop.store.subjects import AWAY

# Who may sign a record or enter answers, by the key file: roles that a person has, or had. A schedule is nobody's
# answer; whoever sends signs it as worked out.
SIGNING, ENTERING = frozenset(("investigator",)), frozenset(("investigator", "data_entry"))
SCHEDULE, SIGNING_SCHEDULES = "schedule", frozenset(("investigator", "site_admin"))
_OF_ITSELF = ("ver", "prev", "who", "when", "why", "why_text", "salt")  # what each version has of its own
_BATCH = 500


def record_findings(store: Database, subject: str | None = None) -> Iterator[Finding]:
    """Revisions whose text, number, predecessor or author is not right, and signatures that do not hold; or those of
    one patient, with what was read of the trail before."""
    previous, before = ("", 0, ""), None
    erased, makers = erased_bodies(store), Makers(store, anew=subject is None)
    for place, texts in _struck_there(store).items():
        erased[place] = erased.get(place, frozenset()) | texts
    query = sa.select(REVISIONS).where(_of(subject)).order_by(REVISIONS.c.record, REVISIONS.c.ver)
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
            if revision is not None and (code := makers.unfit(revision, before)):
                yield Finding(code, where)
            previous, before = (row.record, row.ver, row.digest), revision
    yield from _signature_findings(store, makers, subject)
    if subject is None:
        yield from _entering_findings(store)


def _of(subject: str | None) -> sa.ColumnElement[bool]:
    return sa.true() if subject is None else REVISIONS.c.subject == subject


def _struck_there(store: Database) -> dict[tuple[str, int], frozenset[str]]:
    """What was erased in versions before they were taken over, by record and version."""
    query = sa.select(TAKEN.c.record, TAKEN.c.ver, TAKEN.c.struck)
    with store.transaction() as tx:
        rows = tx.connection.execute(query).all()
    return {(row.record, row.ver): frozenset(row.struck) for row in rows if row.struck}


def _entering_findings(store: Database) -> Iterator[Finding]:
    """The first entry in the trail of each person who never might enter answers about what only those write: answers,
    patients, visits."""
    fit = [code for code, roles in store.keys.roles.items() if roles & ENTERING]
    schedules = sa.select(REVISIONS.c.record).where(REVISIONS.c.form == SCHEDULE)
    typed = (AUDIT.c.table == "answers") & AUDIT.c.record.not_in(schedules)
    kept = AUDIT.c.table.in_((DRAFT.name, SUBJECT.name, VISIT.name)) & sa.not_(_reopened(store))
    query = sa.select(sa.func.min(AUDIT.c.seq)).where(
        AUDIT.c.user.not_in(fit), kept | typed, sa.not_(_moved(store))
    )
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


def _moved(store: Database) -> sa.ColumnElement[bool]:
    """What is written when somebody who may hands a patient over or takes one: what came, and who has the patient."""
    movers = [code for code, roles in store.keys.roles.items() if roles & MOVING]
    acts = sa.select(AUDIT.c.tx).where(AUDIT.c.table == HANDOVER.name, AUDIT.c.user.in_(movers))
    away = json.dumps(AWAY)
    old, new = (sa.type_coerce(AUDIT.c[name], sa.Text) for name in ("old", "new"))
    turned = (AUDIT.c.table == SUBJECT.name) & (AUDIT.c.field == "status") & ((old == away) | (new == away))
    return ((AUDIT.c.reason == TAKEN_OVER) | turned) & AUDIT.c.tx.in_(acts)


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


def _signature_findings(store: Database, makers: Makers, subject: str | None) -> Iterator[Finding]:
    joined = sa.and_(SIGNATURES.c.record == REVISIONS.c.record, SIGNATURES.c.ver == REVISIONS.c.ver)
    query = sa.select(SIGNATURES, REVISIONS.c.body).join(REVISIONS, joined).where(_of(subject))
    with store.transaction() as tx:
        for row in tx.connection.execute(query.execution_options(yield_per=_BATCH)).mappings():
            facts = {"by": row["signer"], "name": row["name"], "meaning": row["meaning"]}
            facts |= {"when": row["signed"], "digest": row["digest"]}
            if not makers.holds(row["body"], facts, row["sig"]):
                found: dict[str, str | int] = {
                    "signer": row["signer"],
                    "record": row["record"],
                    "ver": row["ver"],
                }
                yield Finding("signature_broken", found)


class Makers:
    """Who made what, and who might: the people of this key file, and those of other installations whose versions and
    signatures were taken over, with their keys and their trail. anew: trust nothing that was read before."""

    def __init__(self, store: Database, *, anew: bool = False) -> None:
        self._keys, self._made = store.keys, makings(store, anew=anew)

    def unfit(self, revision: Revision, before: Revision | None) -> str:
        """The code of what is wrong with the author of a version; nothing if nothing is. before: the version read
        before it."""
        making = self._made.version(revision.id, revision.ver)
        return unfit_author(revision, making, self._maker(making, revision.who), before)

    def holds(self, body: str, facts: Mapping[str, str], sig: str) -> bool:
        """`sound`, of a version as it is stored."""
        try:
            revision = Revision.from_json(json.loads(body))
        except (RecordError, ValueError):
            return False
        return self.sound(revision, facts, sig)

    def sound(self, revision: Revision, facts: Mapping[str, str], sig: str) -> bool:
        """Whether a signature is over this version, by somebody who may sign it, or might then, at the moment and under
        the name that it bears."""
        making = self._made.signature(revision.id, revision.ver, facts["by"])
        return signature_holds(revision, facts, sig, making, self._maker(making, facts["by"]))

    def _maker(self, making: Making | None, code: str) -> Maker:
        keys = self._keys
        if making is not None and making.device != keys.writer:
            return person(self._made.came.people, making.device, code)
        own = tuple(public for public in keys.signers.get(code, ()) if public not in self._made.lent)
        return Maker(keys.roles.get(code, frozenset()), keys.names.get(code, frozenset()), own)


def unfit_author(revision: Revision, making: Making | None, maker: Maker, before: Revision | None) -> str:
    """The code of what is wrong with the author of a version; nothing if nothing is. making: what the trail says."""
    if making is None or making.user != revision.who or not making.at(revision.when):
        return "record_author"
    if maker.roles & (SIGNING_SCHEDULES if revision.form == SCHEDULE else ENTERING):
        return ""
    if not maker.roles & frozenset(ADMINISTRATORS) or before is None:
        return "record_role"
    told = {name: getattr(revision, name) for name in _OF_ITSELF}
    return "" if replace(before, **told).digest() == revision.digest() else "record_role"


def signature_holds(
    revision: Revision, facts: Mapping[str, str], sig: str, making: Making | None, maker: Maker
) -> bool:
    """Whether a signature is over a version, by whom it says, who may sign it, at the moment and under the name that it
    bears. making: what the trail says of it."""
    may = maker.roles & (SIGNING_SCHEDULES if revision.form == SCHEDULE else SIGNING)
    if not may or making is None or making.user != facts["by"] or not making.at(facts["when"]):
        return False
    if facts["name"] not in maker.names or revision.digest() != facts["digest"]:
        return False
    try:
        raw = bytes.fromhex(sig)
    except ValueError:
        return False
    text = signature_text(revision, facts)
    return any(signing.verify(public, text, raw) for public in maker.keys)


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
