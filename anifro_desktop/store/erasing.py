"""Taking a text typed by mistake out of a database for ever, the audit trail included, and saying so.

Rules kept here:
- In place of each text stands its SHA-256. Digests, and with them the chain of the trail and the signatures, are over
  hashes of texts (`record.veiled`): they hold as before, and nothing can have gone but a text of this hash. Whoever has
  the text from elsewhere can show that it was this one. A name or a date could also be guessed until the hash fits, by
  somebody who may open the database anyhow.
- A later entry, `erasure`, chained and signed like any other, names the hashes of what was taken out of an entry or a
  version. It counts if its author is or was an administrator by the key file. `verify` wants it for each text that is
  gone, and each text gone for it; what it believed so it can name (`told`).
- Only a version that was followed by another one may be erased in: the last one is mended first, as any answer is, and
  signed anew.
- The words of a reason for change go wherever the same words are a reason; its code stays. The last version of a form
  that was given with them is written again without them first, and waits for a signature.
- The triggers that forbid all this are put aside within the one transaction and are there again at its COMMIT.
- The bytes are gone after `Database.compact`, and not before.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from anifro_desktop.record import STRUCK, Json, Revision, encoded, struck, text_hash
from anifro_desktop.store.audit import Entry, reason_parts
from anifro_desktop.store.prepared import same
from anifro_desktop.store.revisions import FIRST
from anifro_desktop.store.schema import AUDIT, DRAFTS, REVISIONS, SETTING, SETTINGS, VISITS
from anifro_desktop.store.slots import ADMINISTRATORS

if TYPE_CHECKING:
    from anifro_desktop.store.clinical import ClinicalStore
    from anifro_desktop.store.database import Database
    from anifro_desktop.store.subjects import VisitRow
    from anifro_desktop.store.transaction import Transaction

TABLE = "erasure"  # what the trail calls it
MARK = "[---]"  # how `STRUCK` is shown
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


@dataclass(frozen=True, slots=True)
class Told:
    """One act of erasing, as the trail tells of it. utc, utc_offset: when; entries, versions: in how many texts were
    erased."""

    utc: str
    utc_offset: int
    user: str
    reason: str
    entries: int
    versions: int


def marked(value: Json) -> Json:
    """What stands in the trail for a text that was erased; anything but a text stays."""
    if not isinstance(value, str) or not value:
        return value
    return {"erased": text_hash(value)}


def without_words(value: Json) -> Json:
    """A note or a text of the trail without the words in it."""
    if isinstance(value, dict) and isinstance(words := value.get("text"), str) and words:
        return {**value, "text": "", "erased": text_hash(words)}
    return marked(value)


def reason_words(reason: str) -> str:
    """A person's own words in a reason of the trail, without its code; nothing where they were erased."""
    words = reason_parts(reason)[1]
    return "" if STRUCK.fullmatch(words) else words


def erase_in_trail(
    tx: Transaction, audit: sa.Table, about: sa.ColumnElement[bool], strip: Strip, reason: str
) -> int:
    """Erase in the old and new values of some entries; the number of entries that changed."""

    def left(entry: Entry) -> Entry:
        return entry._replace(old=strip(entry.field, entry.old), new=strip(entry.field, entry.new))

    return _erase_entries(tx, audit, about, left, reason)


def _erase_entries(
    tx: Transaction,
    audit: sa.Table,
    about: sa.ColumnElement[bool],
    left_of: Callable[[Entry], Entry],
    reason: str,
) -> int:
    """Put what is left of some entries in their place, and vouch for it; the number of entries that changed."""
    rows = tx.connection.execute(sa.select(audit).where(about).order_by(audit.c.seq)).all()
    changed: list[tuple[Entry, frozenset[str]]] = []
    for row in rows:
        entry = Entry(*tuple(row)[: len(Entry._fields)])
        left = left_of(entry)
        if not (same(left.old, entry.old) and same(left.new, entry.new) and left.reason == entry.reason):
            changed.append((left, left.struck() - entry.struck()))
    with writable(tx.connection, audit):
        for left, _ in changed:
            values = {"old": left.old, "new": left.new, "reason": left.reason}
            tx.connection.execute(sa.update(audit).where(audit.c.seq == left.seq).values(values))
    for left, gone in changed:
        _tell(tx, str(left.seq), "entry", gone, reason)
    return len(changed)


def tell_of_newest(tx: Transaction, reason: str) -> None:
    """Vouch for the entry just recorded, in which the hash of a text stands from the beginning."""
    newest = tx.entries[-1]
    _tell(tx, str(newest.seq), "entry", newest.struck(), reason)


def _tell(tx: Transaction, record: str, field: str, gone: Iterable[str], reason: str) -> None:
    texts: list[Json] = [*sorted(gone)]
    tx.record(TABLE, record, field, None, {"texts": texts}, reason)


def erase_in_versions(
    tx: Transaction,
    records: sa.ColumnElement[bool],
    left_of: Callable[[Revision], Revision],
    reason: str,
) -> int:
    """Put what is left of every version of some records but the last in its place, and vouch for it; how many."""
    rows = tx.connection.execute(
        sa.select(REVISIONS).where(records).order_by(REVISIONS.c.record, REVISIONS.c.ver)
    ).all()
    last = {row.record: row.ver for row in rows}
    changed = []
    for row in rows:
        revision = Revision.from_json(json.loads(row.body))
        left = left_of(revision)
        if row.ver != last[row.record] and left != revision:
            changed.append((row, left, left.struck() - revision.struck()))
    with writable(tx.connection, REVISIONS):
        for row, left, _ in changed:
            key = sa.and_(REVISIONS.c.record == row.record, REVISIONS.c.ver == row.ver)
            body = encoded(left.to_json()).decode("utf-8")
            tx.connection.execute(sa.update(REVISIONS).where(key).values(body=body))
    for row, _, gone in changed:
        _tell(tx, f"{row.record}/{row.ver}", "body", gone, reason)
    return len(changed)


def _without(revision: Revision, field: str, kept: tuple[Json, ...], *, free: bool) -> Revision:
    """A version without the text of a field and the words beside it, but for texts that stand there now."""
    values, notes = dict(revision.values), dict(revision.notes)
    if free and isinstance(text := values.get(field), str) and _goes(text, kept):
        values[field] = struck(text)
    note = notes.get(field)
    if isinstance(note, dict) and isinstance(text := note.get("text"), str) and _goes(text, kept):
        notes[field] = {**note, "text": struck(text)}
    return replace(revision, values=values, notes=notes)


def _goes(text: str, kept: tuple[Json, ...]) -> bool:
    return bool(text) and text not in kept and not STRUCK.fullmatch(text)


def erased_after(store: Database, seq: int = 0) -> dict[int, frozenset[str]]:
    """The hashes of texts that administrators erased in entries, as entries after a number say, by that of the
    entry."""
    return {int(record): texts for record, texts in _texts(store, "entry", seq).items() if record.isdigit()}


def erased_bodies(store: Database) -> dict[tuple[str, int], frozenset[str]]:
    """The same of completed versions, by record and version."""
    found = ((record.rpartition("/"), texts) for record, texts in _texts(store, "body", 0).items())
    return {(record, int(ver)): texts for (record, _, ver), texts in found if ver.isdigit()}


def told(store: Database) -> tuple[Told, ...]:
    """The acts of erasing that count."""
    found: dict[int, Told] = {}
    for row in _by_administrators(store, 0):
        one = found.get(row.tx) or Told(row.utc, row.utc_offset, row.user, row.reason, 0, 0)
        found[row.tx] = (
            replace(one, versions=one.versions + 1)
            if row.field == "body"
            else replace(one, entries=one.entries + 1)
        )
    return tuple(found.values())


def _texts(store: Database, field: str, seq: int) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for row in _by_administrators(store, seq):
        texts = row.new.get("texts") if isinstance(row.new, dict) else None
        if row.field == field and isinstance(texts, list):
            found[row.record] = found.get(row.record, frozenset()) | frozenset(map(str, texts))
    return found


def _by_administrators(store: Database, seq: int) -> list[sa.Row[Any]]:
    """The entries of erasures after a number whose author is or was an administrator."""
    audit = store.SCHEMA.audit
    authors = [code for code, roles in store.keys.roles.items() if roles & set(ADMINISTRATORS)]
    query = sa.select(audit).where(audit.c.seq > seq, audit.c.table == TABLE, audit.c.user.in_(authors))
    with store.transaction() as tx:
        return list(tx.connection.execute(query.order_by(audit.c.seq)).all())


@contextmanager
def writable(connection: sa.Connection, table: sa.Table) -> Iterator[None]:
    """The table without its triggers. They come back as they were, or the transaction fails and never was."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    triggers: list[Any] = list(connection.exec_driver_sql(query, (table.name,)).all())
    for name, _ in triggers:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    for _, sql in triggers:
        connection.exec_driver_sql(sql)


@dataclass(frozen=True, slots=True)
class _Former:
    """Where the former texts of one question of a visit are: entries of the trail (`about`), and records."""

    about: sa.ColumnElement[bool]
    records: tuple[str, ...]
    kept: tuple[Json, ...]
    free: bool

    def text(self, name: str, value: Json) -> str:
        """The text in a value of the trail that is to go; nothing where it stays."""
        typed = self.free or name.endswith(("/note", "/raw_text")) or name.startswith("note:")
        words = value.get("text") if isinstance(value, dict) else value
        return words if typed and isinstance(words, str) and words not in self.kept else ""

    def strip(self, name: str, value: Json) -> Json:
        """What is to stand for a value of the trail."""
        return without_words(value) if self.text(name, value) else value


def _former(tx: Transaction, visit: VisitRow, field: str, *, free: bool) -> _Former:
    records = sa.and_(REVISIONS.c.subject == visit.subject, REVISIONS.c.visit == visit.key)
    holding = _records_with(tx, records, field)
    about = sa.or_(_drafted(visit.id, field), _completed(holding, field))
    return _Former(about, holding, _present(tx, visit.id, holding, field), free)


def former_texts(store: Database, visit: VisitRow, field: str, *, free: bool) -> tuple[str, ...]:
    """What `erase_former` would erase, the oldest first."""
    with store.transaction() as tx:
        former = _former(tx, visit, field, free=free)
        columns = (AUDIT.c.field, AUDIT.c.old, AUDIT.c.new)
        rows = tx.connection.execute(sa.select(*columns).where(former.about).order_by(AUDIT.c.seq)).all()
    found = (former.text(row.field, value) for row in rows for value in (row.old, row.new))
    return tuple(dict.fromkeys(text for text in found if text))


def changed_fields(store: Database, subject: str) -> tuple[tuple[str, str], ...]:
    """The questions of a subject that once said something else, or beside which something else stood: id of the visit
    and of the question, by visit."""
    own = sa.select(VISITS.c.id).where(VISITS.c.subject == subject).order_by(VISITS.c.date, VISITS.c.key)
    query = sa.select(REVISIONS.c.record, VISITS.c.id).join(
        VISITS, sa.and_(VISITS.c.subject == REVISIONS.c.subject, VISITS.c.key == REVISIONS.c.visit)
    )
    columns = (AUDIT.c.record, AUDIT.c.field)
    changed = sa.select(*columns).where(
        AUDIT.c.table.in_(("draft_values", "answers")), AUDIT.c.old.is_not(None)
    )
    with store.transaction() as tx:
        of = {
            row.record: row.id for row in tx.connection.execute(query.where(REVISIONS.c.subject == subject))
        }
        rows = tx.connection.execute(changed.distinct()).all()
        visits = tx.connection.execute(own).scalars().all()
    of |= {visit: visit for visit in visits}
    found = {(of[row.record], _question(row.field)) for row in rows if row.record in of}
    order = {visit: at for at, visit in enumerate(visits)}
    return tuple(sorted(found, key=lambda item: (order.get(item[0], 0), item[1])))


def _question(name: str) -> str:
    """The question of a field of the trail."""
    return name.removeprefix("note:").removesuffix("/note").removesuffix("/raw_text")


def erase_former(store: Database, visit: VisitRow, field: str, *, free: bool, reason: str) -> Gone:
    """Erase what was typed into one question of a visit, and the words beside it, and stands there no longer.

    free: the question takes a free text; else only words beside its value and texts that were no value are erased.

    Raises:
        CannotSave: nothing was changed.
    """
    with store.transaction() as tx:
        former = _former(tx, visit, field, free=free)
        entries = erase_in_trail(tx, AUDIT, former.about, former.strip, reason)
        versions = erase_in_versions(
            tx,
            REVISIONS.c.record.in_(former.records),
            lambda revision: _without(revision, field, former.kept, free=free),
            reason,
        )
    return Gone(entries, versions=versions)


def given_with(store: Database, words: str) -> tuple[Revision, ...]:
    """The last versions, of records of any kind, that were given with these words for a reason."""
    newer = REVISIONS.alias("newer")
    query = sa.select(REVISIONS.c.body).where(
        _with_words(words),
        ~sa.exists().where(newer.c.record == REVISIONS.c.record, newer.c.ver > REVISIONS.c.ver),
    )
    with store.transaction() as tx:
        bodies = tx.connection.execute(query.order_by(REVISIONS.c.record)).scalars().all()
    return tuple(Revision.from_json(json.loads(body)) for body in bodies)


def erase_reason(store: ClinicalStore, words: str, reason: str) -> Gone:
    """Erase the words of a reason for change wherever they are one: in the trail, in versions, and in what a visit was
    opened for changes with.

    Raises:
        CannotSave: nothing was changed.
    """
    with store.transaction() as tx:
        for last in given_with(store, words):
            why = _AGAIN if last.why == FIRST else last.why
            store.append_revision(replace(last, why=why, why_text="", signature={}))
        _erase_opened(tx, words, reason)
        entries = erase_reason_in_trail(store, words, reason)
        holding = sa.select(REVISIONS.c.record).where(_with_words(words))
        versions = erase_in_versions(
            tx,
            REVISIONS.c.record.in_(holding),
            lambda revision: (
                replace(revision, why_text=struck(words)) if revision.why_text == words else revision
            ),
            reason,
        )
    return Gone(entries, versions=versions)


def erase_reason_in_trail(store: Database, words: str, reason: str) -> int:
    """Erase the words of a reason in the trail of a database; the number of entries that changed.

    Raises:
        CannotSave: nothing was changed.
    """
    audit = store.SCHEMA.audit

    def left(entry: Entry) -> Entry:
        if reason_words(entry.reason) == words:
            entry = entry._replace(reason=entry.reason.removesuffix(words) + struck(words))
        if entry.table == SETTINGS.name:
            old, new = (
                without_words(value) if _words(value) == words else value for value in (entry.old, entry.new)
            )
            entry = entry._replace(old=old, new=new)
        return entry

    opened = sa.and_(audit.c.table == SETTINGS.name, audit.c.record.startswith(_OPENED, autoescape=True))
    about = sa.or_(audit.c.reason.endswith(words, autoescape=True), opened)
    with store.transaction() as tx:
        return _erase_entries(tx, audit, about, left, reason)


def count_reason(store: Database, words: str) -> int:
    """How many entries of the trail have these words for their reason."""
    audit = store.SCHEMA.audit
    query = sa.select(audit.c.reason).where(audit.c.reason.endswith(words, autoescape=True))
    with store.transaction() as tx:
        return sum(reason_words(one) == words for one in tx.connection.execute(query).scalars())


_AGAIN = "signed"  # why a version is the same again: it waits for its signature
_OPENED = "amending/"  # begins the settings that keep why a visit was opened for changes


def _erase_opened(tx: Transaction, words: str, reason: str) -> None:
    """Take the words out of what visits were opened for changes with."""
    query = sa.select(SETTINGS).where(SETTINGS.c.key.startswith(_OPENED, autoescape=True))
    for row in tx.connection.execute(query).all():
        if _words(row.value) == words:
            left: Json = {**row.value, "text": ""}
            tx.connection.execute(sa.update(SETTINGS).where(SETTINGS.c.key == row.key).values(value=left))
            tx.record(SETTING.name, row.key, "value", without_words(row.value), left, reason)
            tell_of_newest(tx, reason)


def _with_words(words: str) -> sa.ColumnElement[bool]:
    return sa.func.json_extract(REVISIONS.c.body, "$.why_text") == words


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
