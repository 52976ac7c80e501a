"""Taking a text typed by mistake out of a database for ever, the audit trail included, and saying so.

Rules kept here:
- An entry of the trail whose values are erased keeps its hash, so the chain goes on. A later entry, `erasure`, chained
  and signed like any other, tells its hash and the SHA-256 of what is left of it; `verify` asks for that one. Whoever
  changes a trail without it, or touches it again afterwards, is found out as before.
- In place of each text stands its SHA-256: whoever has the text from elsewhere can show that it was this one. A name or
  a date could also be guessed until the hash fits, by somebody who may open the database anyhow.
- A completed version keeps its digest and its signatures, which were given to the text as it was; what is left of it is
  vouched for in the same way. Only a version that was followed by another one may be erased in: the last one is mended
  first, as any answer is, and signed anew.
- The triggers that forbid all this are put aside within the one transaction and are there again at its COMMIT.
- The bytes are gone after `Database.compact`, and not before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from anifro_desktop.record import Json, Revision, canonical
from anifro_desktop.store.audit import Entry, Erased
from anifro_desktop.store.prepared import encoded, same
from anifro_desktop.store.schema import AUDIT, DRAFTS, REVISIONS

if TYPE_CHECKING:
    from anifro_desktop.store.database import Database
    from anifro_desktop.store.subjects import VisitRow
    from anifro_desktop.store.transaction import Transaction

TABLE = "erasure"  # what the trail calls it
MARK = "[---]"  # stands in a completed version where a text was erased
# Field of the trail and its value to what is to stand there.
Strip = Callable[[str, Json], Json]


@dataclass(frozen=True, slots=True)
class Gone:
    """What was erased. entries: of the trail; present: whether what stood there now went too; versions: completed
    versions of a form."""

    entries: int
    present: bool = False
    versions: int = 0

    def __bool__(self) -> bool:
        return bool(self.entries or self.present or self.versions)


def marked(value: Json) -> Json:
    """What stands in the trail for a text that was erased; anything but a text stays."""
    if not isinstance(value, str) or not value:
        return value
    return {"erased": hashlib.sha256(canonical(value)).hexdigest()}


def without_words(value: Json) -> Json:
    """A note or a text of the trail without the words in it."""
    if isinstance(value, dict) and isinstance(words := value.get("text"), str) and words:
        return {**value, "text": "", "erased": hashlib.sha256(canonical(words)).hexdigest()}
    return marked(value)


def erase_in_trail(
    tx: Transaction, audit: sa.Table, about: sa.ColumnElement[bool], strip: Strip, reason: str
) -> int:
    """Erase in the old and new values of some entries; the number of entries that changed."""
    rows = tx.connection.execute(sa.select(audit).where(about).order_by(audit.c.seq)).all()
    changed: list[tuple[Entry, str]] = []
    for row in rows:
        entry = Entry(*tuple(row)[: len(Entry._fields)])
        left = entry._replace(old=strip(entry.field, entry.old), new=strip(entry.field, entry.new))
        if not (same(left.old, entry.old) and same(left.new, entry.new)):
            changed.append((left, row.hash))
    with _writable(tx.connection, audit):
        for left, _ in changed:
            values = {"old": left.old, "new": left.new}
            tx.connection.execute(sa.update(audit).where(audit.c.seq == left.seq).values(values))
    for left, held in changed:
        tx.record(TABLE, str(left.seq), "entry", {"hash": held}, {"fingerprint": left.fingerprint()}, reason)
    return len(changed)


def erase_in_versions(
    tx: Transaction,
    records: sa.ColumnElement[bool],
    field: str,
    kept: tuple[Json, ...],
    reason: str,
    *,
    free: bool,
) -> int:
    """Erase the text of a field, and the words beside it, in every version of some records but the last; how many.

    kept: texts that stand there now and therefore stay wherever they stand. free: see `erase_former`.
    """
    rows = tx.connection.execute(
        sa.select(REVISIONS).where(records).order_by(REVISIONS.c.record, REVISIONS.c.ver)
    ).all()
    last = {row.record: row.ver for row in rows}
    changed = []
    for row in rows:
        revision = Revision.from_json(json.loads(row.body))
        left = _without(revision, field, kept, free=free)
        if row.ver != last[row.record] and left != revision:
            changed.append((row, encoded(left.to_json())))
    with _writable(tx.connection, REVISIONS):
        for row, body in changed:
            key = sa.and_(REVISIONS.c.record == row.record, REVISIONS.c.ver == row.ver)
            tx.connection.execute(sa.update(REVISIONS).where(key).values(body=body.decode("utf-8")))
    for row, body in changed:
        left_of_it: Json = {"fingerprint": hashlib.sha256(body).hexdigest()}
        tx.record(TABLE, f"{row.record}/{row.ver}", "body", {"hash": row.digest}, left_of_it, reason)
    return len(changed)


def _without(revision: Revision, field: str, kept: tuple[Json, ...], *, free: bool) -> Revision:
    values, notes = dict(revision.values), dict(revision.notes)
    if free and isinstance(text := values.get(field), str) and text not in (*kept, MARK):
        values[field] = MARK
    note = notes.get(field)
    if isinstance(note, dict) and note.get("text") and note["text"] not in (*kept, MARK):
        notes[field] = {**note, "text": MARK}
    return replace(revision, values=values, notes=notes)


def erased_after(store: Database, seq: int = 0) -> dict[int, Erased]:
    """What the trail says, after a number, of entries with erased values, by their number; the last word counts."""
    return {int(record): told for record, told in _told(store, "entry", seq)}


def erased_bodies(store: Database) -> dict[tuple[str, int], Erased]:
    """What the trail says of completed versions with an erased text, by record and version."""
    found = ((record.rpartition("/"), told) for record, told in _told(store, "body", 0))
    return {(record, int(ver)): told for (record, _, ver), told in found}


def _told(store: Database, field: str, seq: int) -> Iterator[tuple[str, Erased]]:
    audit = store.SCHEMA.audit
    query = sa.select(audit.c.record, audit.c.old, audit.c.new).where(
        audit.c.seq > seq, audit.c.table == TABLE, audit.c.field == field
    )
    with store.transaction() as tx:
        rows = tx.connection.execute(query.order_by(audit.c.seq)).all()
    for record, old, new in rows:
        if isinstance(old, dict) and isinstance(new, dict):  # whatever else it is, its own hash will not fit
            yield record, Erased(str(old.get("hash")), str(new.get("fingerprint")))


@contextmanager
def _writable(connection: sa.Connection, table: sa.Table) -> Iterator[None]:
    """The table without its triggers. They come back as they were, or the transaction fails and never was."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    triggers: list[Any] = list(connection.exec_driver_sql(query, (table.name,)).all())
    for name, _ in triggers:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    for _, sql in triggers:
        connection.exec_driver_sql(sql)


def erase_former(store: Database, visit: VisitRow, field: str, *, free: bool, reason: str) -> Gone:
    """Erase what was typed into one question of a visit, and the words beside it, and stands there no longer.

    free: the question takes a free text; else only words beside its value and texts that were no value are erased.

    Raises:
        CannotSave: nothing was changed.
    """
    with store.transaction() as tx:
        records = sa.and_(REVISIONS.c.subject == visit.subject, REVISIONS.c.visit == visit.key)
        holding = _records_with(tx, records, field)
        kept = _present(tx, visit.id, holding, field)

        def strip(name: str, value: Json) -> Json:
            typed = free or name.endswith(("/note", "/raw_text")) or name.startswith("note:")
            words = value.get("text") if isinstance(value, dict) else value
            return without_words(value) if typed and words not in kept else value

        about = sa.or_(_drafted(visit.id, field), _completed(holding, field))
        entries = erase_in_trail(tx, AUDIT, about, strip, reason)
        versions = erase_in_versions(tx, REVISIONS.c.record.in_(holding), field, kept, reason, free=free)
    return Gone(entries, versions=versions)


def _records_with(tx: Transaction, records: sa.ColumnElement[bool], field: str) -> tuple[str, ...]:
    """The records of a visit in any version of which something stands at a field."""
    rows = tx.connection.execute(sa.select(REVISIONS.c.record, REVISIONS.c.body).where(records)).all()
    found: dict[str, None] = {}
    for row in rows:
        body = json.loads(row.body)
        if field in body["values"] or field in body["notes"]:
            found[row.record] = None
    return tuple(found)


def _present(tx: Transaction, visit: str, records: tuple[str, ...], field: str) -> tuple[Json, ...]:
    """The texts that stand at a field now: in its draft and in the last version."""
    here = sa.and_(DRAFTS.c.visit_id == visit, DRAFTS.c.field == field)
    found: list[Json] = []
    for row in tx.connection.execute(sa.select(DRAFTS).where(here)):
        found += [row.value, row.raw_text, _words(row.note)]
    bodies: dict[str, str] = {}
    query = sa.select(REVISIONS.c.record, REVISIONS.c.body).where(REVISIONS.c.record.in_(records))
    for row in tx.connection.execute(query.order_by(REVISIONS.c.record, REVISIONS.c.ver)):
        bodies[row.record] = row.body
    for body in map(json.loads, bodies.values()):
        found += [body["values"].get(field), _words(body["notes"].get(field))]
    return tuple(text for text in found if isinstance(text, str) and text)


def _words(note: Json) -> Json:
    return note.get("text") if isinstance(note, dict) else None


def _drafted(visit: str, field: str) -> sa.ColumnElement[bool]:
    names = (field, f"{field}/note", f"{field}/raw_text")
    return sa.and_(AUDIT.c.table == "draft_values", AUDIT.c.record == visit, AUDIT.c.field.in_(names))


def _completed(records: tuple[str, ...], field: str) -> sa.ColumnElement[bool]:
    names = (field, f"note:{field}")
    return sa.and_(AUDIT.c.table == "answers", AUDIT.c.record.in_(records), AUDIT.c.field.in_(names))
