"""What a site's archive is made of, read in the order of the files: whole patients, and the trail in one pass.

Rules kept here:
- Nothing is written, and no more than one patient and one number for each entry of the trail is held in memory.
- The text of a version is given out as it was hashed, so that its digest can be checked by anybody.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from anifro_desktop.record import Json, Revision
from anifro_desktop.store.audit import ENTRY_FIELDS, Entry, Sealed
from anifro_desktop.store.database import Database, sealed_of
from anifro_desktop.store.erasing import TABLE as ERASURE
from anifro_desktop.store.erasing import erased_bodies
from anifro_desktop.store.schema import AUDIT, REVISIONS, SIGNATURES, SUBJECTS, VISITS

_ID = 36  # characters of an id
_BATCH = 2000
_MANY = 500  # numbers in one statement


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature over a version. signer: code; name: as printed; signed: ISO instant with offset; sig: hex."""

    signer: str
    name: str
    meaning: str
    signed: str
    digest: str
    sig: str


@dataclass(frozen=True, slots=True)
class Version:
    """A completed version of a form. text: what the digest is over, unless a text in it was erased since."""

    text: str
    digest: str
    revision: Revision
    signatures: tuple[Signed, ...]
    erased: bool


def versions(store: Database, subject: str, erased: Container[tuple[str, int]]) -> tuple[Version, ...]:
    """Every version of every form of a subject, by visit, form and number.

    erased: record and number of those in which a text was erased, as the trail says (`Owners.versions`).
    """
    order = [REVISIONS.c[name] for name in ("visit", "form", "record", "ver")]
    query = sa.select(REVISIONS).where(REVISIONS.c.subject == subject).order_by(*order)
    with store.transaction() as tx:
        rows = tx.connection.execute(query).all()
        records = tuple({row.record for row in rows})
        signatures = _signatures(tx.connection, records)
    return tuple(
        Version(
            row.body,
            row.digest,
            Revision.from_json(json.loads(row.body)),
            tuple(signatures.get((row.record, row.ver), ())),
            (row.record, row.ver) in erased,
        )
        for row in rows
    )


def _signatures(connection: sa.Connection, records: tuple[str, ...]) -> dict[tuple[str, int], list[Signed]]:
    found: dict[tuple[str, int], list[Signed]] = {}
    for start in range(0, len(records), _MANY):
        query = sa.select(SIGNATURES).where(SIGNATURES.c.record.in_(records[start : start + _MANY]))
        for row in connection.execute(query.order_by(SIGNATURES.c.signed)):
            one = Signed(row.signer, row.name, row.meaning, row.signed, row.digest, row.sig)
            found.setdefault((row.record, row.ver), []).append(one)
    return found


def trail(store: Database) -> Iterator[Sealed]:
    """The whole trail in order, with hashes and signatures."""
    audit = store.SCHEMA.audit
    last = 0
    while True:
        query = sa.select(audit).where(audit.c.seq > last).order_by(audit.c.seq).limit(_BATCH)
        with store.transaction() as tx:
            rows = tx.connection.execute(query).all()
        yield from map(sealed_of, rows)
        if len(rows) < _BATCH:
            return
        last = rows[-1].seq


class Owners:
    """Whose entries of the clinical trail are: told each entry in order, it keeps the numbers of every subject.

    entries: how many it was told; versions: record and number of completed versions in which a text was erased.
    """

    def __init__(self, store: Database) -> None:
        self.numbers: dict[str, array[int]] = {}
        self.entries = 0
        self.versions = frozenset(erased_bodies(store))
        self._of: dict[str, str] = {}
        with store.transaction() as tx:
            for row in tx.connection.execute(sa.select(SUBJECTS.c.code)):
                self._of[row.code] = row.code
                self.numbers[row.code] = array("q")
            for row in tx.connection.execute(sa.select(VISITS.c.id, VISITS.c.subject)):
                self._of[row.id] = row.subject
            for row in tx.connection.execute(sa.select(REVISIONS.c.record, REVISIONS.c.subject).distinct()):
                self._of[row.record] = row.subject
            query = sa.select(AUDIT.c.record).where(AUDIT.c.table == ERASURE, AUDIT.c.field == "entry")
            self._erased: dict[str, str] = dict.fromkeys(tx.connection.execute(query).scalars(), "")

    def note(self, entry: Entry) -> None:
        """Keep the number of an entry that is about a subject."""
        self.entries += 1
        owner = self._owner(entry)
        if owner:
            self.numbers[owner].append(entry.seq)
        if str(entry.seq) in self._erased:
            self._erased[str(entry.seq)] = owner

    def _owner(self, entry: Entry) -> str:
        record = entry.record
        if entry.table == ERASURE and entry.field == "entry":
            return self._erased.get(record, "")
        begin = record.partition("/")[0]
        for name in (record, begin, record.removeprefix("amending/"), record[-_ID:]):
            if name in self._of:
                return self._of[name]
        return ""


def entries(store: Database, numbers: Iterable[int]) -> Iterator[Entry]:
    """The entries of these numbers, in order."""
    wanted = sorted(numbers)
    for start in range(0, len(wanted), _MANY):
        some = wanted[start : start + _MANY]
        columns: list[Any] = [AUDIT.c[name] for name in ENTRY_FIELDS]
        with store.transaction() as tx:
            rows = tx.connection.execute(
                sa.select(*columns).where(AUDIT.c.seq.in_(some)).order_by(AUDIT.c.seq)
            ).all()
        yield from (Entry(*row) for row in rows)


def stands(store: Database, subject: str) -> dict[str, tuple[str, str]]:
    """The key, and of a completed form its form, of every visit and record of a subject, by its id."""
    found: dict[str, tuple[str, str]] = {}
    with store.transaction() as tx:
        for row in tx.connection.execute(sa.select(VISITS).where(VISITS.c.subject == subject)):
            found[row.id] = (row.key, "")
        columns = (REVISIONS.c.record, REVISIONS.c.visit, REVISIONS.c.form)
        for record, visit, form in tx.connection.execute(
            sa.select(*columns).where(REVISIONS.c.subject == subject).distinct()
        ):
            found[record] = (visit, form)
    return found


def trail_line(sealed: Sealed) -> dict[str, Json]:
    """An entry as a line of the archive: its own facts, hash and signature (hex, empty but on the last of an act)."""
    facts: dict[str, Json] = dict(sealed.entry._asdict())
    return facts | {"hash": sealed.hash, "signature": sealed.signature.hex()}


def packs_used(store: Database) -> tuple[str, ...]:
    """Digests of the packs that any version was made under."""
    pack = sa.func.json_extract(REVISIONS.c.body, "$.definition")
    with store.transaction() as tx:
        return tuple(tx.connection.execute(sa.select(pack).distinct().order_by(pack)).scalars())
