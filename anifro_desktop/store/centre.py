"""`centre.db`: what came from the sites, and what the centre made of it.

Rules kept here:
- One bundle is one transaction of the caller's: data, chain, receipt. `with store.transaction(): ...`
- Nothing that arrived is overwritten: two texts under one version number are both kept.
- Values in and out are plain; what they mean (signatures, chains, receipts) is not this module's business.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa

from anifro_desktop.record import RecordError, Revision
from anifro_desktop.store import centre_statements as statements
from anifro_desktop.store.amended import Amended
from anifro_desktop.store.centre_answers import Answers
from anifro_desktop.store.centre_custody import Custodies
from anifro_desktop.store.centre_cuts import Cuts
from anifro_desktop.store.centre_rows import (
    CentreBundle,
    CentreReceipt,
    ChainRow,
    DifferenceRow,
    Place,
    QuarantineRow,
    QueryFile,
    ReceivedRevision,
    StandingRow,
    WriterRow,
)
from anifro_desktop.store.centre_schema import (
    BUNDLE,
    BUNDLES,
    CENTRE,
    CHAIN,
    CHAINS,
    CONFLICT,
    CONFLICTS,
    DIFFERENCE,
    DIFFERENCES,
    QUARANTINE,
    QUARANTINED,
    QUERY_FILE,
    QUERY_FILES,
    RECEIPT,
    RECEIPTS,
    REVISION,
    REVISIONS,
    STANDING,
    STANDINGS,
    WRITER,
    WRITERS,
)
from anifro_desktop.store.centre_slices import Slices, received
from anifro_desktop.store.clock import Clock
from anifro_desktop.store.errors import Conflict, NotFound
from anifro_desktop.store.findings import Finding
from anifro_desktop.store.keyacts import untold
from anifro_desktop.store.lending import lent_keys
from anifro_desktop.store.slots import Keys
from anifro_desktop.store.threads import Threads
from anifro_desktop.store.writer_keys import WriterKeys
from anifro_desktop.study.visit_keys import key_before

_MANY = 5000  # values in one statement
Row = TypeVar(
    "Row",
    WriterRow,
    ChainRow,
    CentreBundle,
    QuarantineRow,
    DifferenceRow,
    CentreReceipt,
    QueryFile,
    StandingRow,
)


class CentreStore(Answers, Custodies, Slices, Cuts, Threads, Amended, WriterKeys):
    """The database of the centre; made on first opening."""

    NAME = "centre"
    SCHEMA = CENTRE

    def __init__(self, folder: Path, keys: Keys, clock: Clock | None = None) -> None:
        """Open or make; see `Database` for what is refused.

        Raises:
            VaultDamaged: the key file belongs to other people than this database.
        """
        super().__init__(folder, keys, clock)
        try:
            self._pin_root()
            self._pin_version()
        except BaseException:
            self.close()
            raise

    def lent(self) -> frozenset[bytes]:
        """As in every trail, and what a recovery sheet gave without this one telling of it."""
        return lent_keys(self)

    def told_findings(self, after: int) -> Iterable[Finding]:
        """Versions of the key file that no act is told of."""
        return untold(self, after)

    def register_writer(self, writer: WriterRow) -> WriterRow:
        """Let an installation send.

        Raises:
            Conflict: it is registered already.
        """
        with self.transaction() as tx:
            if any((row.site, row.writer) == (writer.site, writer.writer) for row in self.writers()):
                raise Conflict("registration")
            row = replace(writer, registered=tx.stamp.utc)
            tx.put(WRITER, asdict(row))
        return row

    def change_writer(self, site: str, writer: str, reason: str = "", **facts: Any) -> None:
        """Change what is known of an installation; `facts` are fields of `WriterRow`.

        Raises:
            NotFound: it is not registered.
        """
        with self.transaction() as tx:
            if self.writer(site, writer) is None:
                raise NotFound("installation", f"{site}/{writer[:8]}")
            tx.put(WRITER, {"site": site, "writer": writer} | facts, reason)

    def writers(self) -> tuple[WriterRow, ...]:
        """Every installation, by site."""
        return self._all(WRITERS, WriterRow)

    def writer(self, site: str, writer: str) -> WriterRow | None:
        """One installation; None if it is not registered."""
        found = self._all(WRITERS, WriterRow, site=site, writer=writer)
        return found[0] if found else None

    def chain(self, site: str, writer: str, epoch: int) -> ChainRow | None:
        """How far an epoch has come; None if nothing of it was met."""
        found = self._all(CHAINS, ChainRow, site=site, writer=writer, epoch=epoch)
        return found[0] if found else None

    def chains(self) -> tuple[ChainRow, ...]:
        """Every epoch of every writer."""
        return self._all(CHAINS, ChainRow)

    def set_chain(self, chain: ChainRow) -> None:
        """Note how far an epoch has come."""
        with self.transaction() as tx:
            tx.put(CHAIN, asdict(chain))

    def seen(self, site: str, writer: str, epoch: int, seq: int) -> str | None:
        """SHA-256 of the applied bundle of a number; None if there is none."""
        rows = self.bundles(site=site, writer=writer, epoch=epoch, seq=seq, state="applied")
        return rows[0].sha256 if rows else None

    def keep_bundle(self, bundle: CentreBundle, data: bytes) -> CentreBundle:
        """Keep a bundle, or change the state of one that is kept already."""
        with self.transaction() as tx:
            kept = self._all(BUNDLES, CentreBundle, sha256=bundle.sha256)
            received = kept[0].received if kept else tx.stamp.utc
            row = replace(bundle, size=len(data), received=received)
            tx.put(BUNDLE, asdict(row) | {"bytes": data})
        return row

    def bundles(self, **which: str | int) -> tuple[CentreBundle, ...]:
        """Bundles by number; `which` names values of `site`, `writer`, `epoch`, `seq` or `state`."""
        rows = self._all(BUNDLES, CentreBundle, **which)
        return tuple(sorted(rows, key=lambda row: (row.site, row.writer, row.epoch, row.seq, row.sha256)))

    def bundle_bytes(self, sha256: str) -> bytes:
        """The very bytes that arrived.

        Raises:
            NotFound: no such bundle.
        """
        return self._bytes(BUNDLES, BUNDLES.c.sha256 == sha256, sha256[:16])

    def quarantine(self, name: str, code: str, data: bytes) -> QuarantineRow:
        """Keep a file that nobody can believe, once, and count how often it comes."""
        sha256 = hashlib.sha256(data).hexdigest()
        with self.transaction() as tx:
            kept = self._all(QUARANTINE, QuarantineRow, sha256=sha256)
            times, received = (kept[0].times + 1, kept[0].received) if kept else (1, tx.stamp.utc)
            row = QuarantineRow(sha256, name, code, len(data), times, received)
            tx.put(QUARANTINED, asdict(row) | {"bytes": data})
        return row

    def quarantined(self) -> tuple[QuarantineRow, ...]:
        """Every file that nobody could believe."""
        return self._all(QUARANTINE, QuarantineRow)

    def add_revisions(self, revisions: Iterable[ReceivedRevision]) -> int:
        """Keep versions of records; says how many were new. The same version again in one epoch changes nothing; each
        epoch's own is kept, as it may count where the other does not."""
        rows: dict[tuple[Any, ...], dict[str, Any]] = {}
        for item in revisions:
            row = _revision_row(item)
            rows.setdefault(tuple(row[name] for name in REVISION.key), row)
        with self.transaction() as tx:
            known = set[tuple[Any, ...]]()
            query = statements.of_records(tuple(REVISION.key), tx.connection.dialect.name)
            for some in _in_parts(sorted({row["record"] for row in rows.values()})):
                known |= {tuple(row) for row in tx.connection.execute(query, {"records": some})}
            new = [row for place, row in rows.items() if place not in known]
            tx.add(REVISION, new)
            for record, ver in _twice({*known, *rows}):
                tx.put(CONFLICT, {"record": record, "ver": ver})
        return len(new)

    def revisions(self, subject: str | None = None, form: str | None = None) -> tuple[ReceivedRevision, ...]:
        """Every version of every record that arrived, by subject, record and number."""
        return tuple(received(row) for row in self._revision_rows(subject, form))

    def light_revisions(self, subjects: Collection[str], form: str) -> tuple[ReceivedRevision, ...]:
        """Every version of one form of some subjects without what is in it: day, and the keys of the earlier visits
        that its results rest on, as its context."""
        with self.reading() as tx:
            query = statements.lightly(tx.connection.dialect.name)
            rows = tx.connection.execute(query, {"subjects": list(subjects), "form": form}).all()
        return tuple(_light(row, form) for row in rows)

    def set_standings(self, rows: Iterable[StandingRow], known: Mapping[str, StandingRow]) -> None:
        """Note where some subjects stand. known: what `standings_of` says of them in this transaction."""
        were = {subject: _standing_row(row) for subject, row in known.items()}
        with self.transaction() as tx:
            tx.put_all(STANDING, [(were.get(row.subject), _standing_row(row)) for row in rows])

    def standings_of(self, subjects: Collection[str]) -> dict[str, StandingRow]:
        """Where some subjects stand, as far as that was ever noted."""
        return {row.subject: _standing(row) for row in self._about(STANDINGS, StandingRow, subjects)}

    def standings(self) -> tuple[StandingRow, ...]:
        """Where every subject stands of which something counts."""
        return tuple(_standing(row) for row in self._all(STANDINGS, StandingRow) if row.site)

    def some_revisions(
        self,
        visits: Mapping[str, Collection[str]],
        forms: Collection[str] = (),
        known: Mapping[Place, ReceivedRevision] | None = None,
    ) -> tuple[ReceivedRevision, ...]:
        """What arrived of some subjects under some keys of each, also as a mistake, and everything of some forms.
        known: what need not be read again."""
        known = known or {}
        asked = {
            "subjects": list(visits),
            "visits": sorted(set().union(*visits.values())),
            "forms": list(forms),
        }
        with self.reading() as tx:
            dialect = tx.connection.dialect.name
            rows = tx.connection.execute(statements.places(dialect), asked)
            # Put in order here: in the store each row would be locked and wiped for it.
            places = sorted(
                tuple(place)
                for subject, visit, form, *place in rows
                if visit in visits[subject] or form in forms
            )
            found = [known[place] for place in places if place in known]
            wanted = {place for place in places if place not in known}
            bodies = statements.of_records(tuple(REVISIONS.c.keys()), dialect)
            for part in _in_parts(sorted({place[0] for place in wanted})):
                found += [
                    received(row)
                    for row in tx.connection.execute(bodies, {"records": part})
                    if (row.record, row.ver, row.digest, row.site, row.writer, row.epoch) in wanted
                ]
        return tuple(found)

    def revisions_of(self, records: Iterable[str]) -> tuple[ReceivedRevision, ...]:
        """Every version of some records, whoever sent them."""
        found = list[ReceivedRevision]()
        with self.reading() as tx:
            query = statements.of_records(tuple(REVISIONS.c.keys()), tx.connection.dialect.name)
            ordered = query.order_by(REVISIONS.c.record, REVISIONS.c.ver)
            for some in _in_parts(sorted(set(records))):
                found += map(received, tx.connection.execute(ordered, {"records": some}))
        return tuple(found)

    def conflicts(self) -> tuple[tuple[str, int], ...]:
        """Record and number of every version that came with more than one text, from whomever."""
        query = sa.select(CONFLICTS.c.record, CONFLICTS.c.ver).order_by(CONFLICTS.c.record, CONFLICTS.c.ver)
        with self.reading() as tx:
            return tuple((row.record, row.ver) for row in tx.connection.execute(query))

    def set_differences(
        self, subject: str, found: Iterable[DifferenceRow], visits: Collection[str] | None = None
    ) -> None:
        """Note what a look at a subject's scores found; earlier findings not among them are no longer open. visits: the
        keys that were looked at (None: all)."""
        with self.transaction() as tx:
            rows = self._all(DIFFERENCES, DifferenceRow, subject=subject)
            known = {_place(row): row for row in rows if visits is None or row.visit in visits}
            for row in found:
                old = known.pop(_place(row), None)
                first = old.found if old else tx.stamp.utc
                tx.put(DIFFERENCE, asdict(replace(row, subject=subject, open=True, found=first)))
            for row in known.values():
                tx.put(DIFFERENCE, asdict(replace(row, open=False)))

    def differences_of(self, subjects: Collection[str]) -> tuple[DifferenceRow, ...]:
        """What was ever found about scores of some subjects, open or not."""
        return self._about(DIFFERENCES, DifferenceRow, subjects)

    def differences(self, *, only_open: bool = True) -> tuple[DifferenceRow, ...]:
        """What was found about scores."""
        which: dict[str, str | int] = {"open": True} if only_open else {}
        return self._all(DIFFERENCES, DifferenceRow, **which)

    def add_receipt(self, receipt: CentreReceipt, data: bytes) -> CentreReceipt:
        """Keep a receipt that was made.

        Raises:
            Conflict: that number was given before.
        """
        with self.transaction() as tx:
            row = replace(receipt, made=tx.stamp.utc)
            tx.put(RECEIPT, asdict(row) | {"bytes": data})
        return row

    def receipts(self, site: str, writer: str) -> tuple[CentreReceipt, ...]:
        """A writer's receipts, oldest first."""
        return self._all(RECEIPTS, CentreReceipt, site=site, writer=writer)

    def last_rno(self, site: str, writer: str) -> int:
        """The number of a writer's newest receipt; 0 if there is none."""
        which = (RECEIPTS.c.site == site, RECEIPTS.c.writer == writer)
        with self.reading() as tx:
            return tx.connection.execute(sa.select(sa.func.max(RECEIPTS.c.rno)).where(*which)).scalar() or 0

    def receipt_bytes(self, site: str, writer: str, rno: int) -> bytes:
        """The very bytes of a receipt.

        Raises:
            NotFound: no such receipt.
        """
        which = (RECEIPTS.c.site == site, RECEIPTS.c.writer == writer, RECEIPTS.c.rno == rno)
        return self._bytes(RECEIPTS, sa.and_(*which), str(rno))

    def keep_query_file(self, file: QueryFile, data: bytes) -> None:
        """Keep the newest file of questions for a writer, in place of the one before it."""
        with self.transaction() as tx:
            tx.put(QUERY_FILE, asdict(replace(file, made=tx.stamp.utc)) | {"bytes": data})

    def query_files(self, site: str, writer: str) -> tuple[QueryFile, ...]:
        """The parts of the newest file of questions for a writer."""
        return self._all(QUERY_FILES, QueryFile, site=site, writer=writer)

    def query_file_bytes(self, site: str, writer: str, part: int) -> bytes:
        """The very bytes of it.

        Raises:
            NotFound: no such file.
        """
        table = QUERY_FILES.c
        return self._bytes(
            QUERY_FILES, sa.and_(table.site == site, table.writer == writer, table.part == part), str(part)
        )

    def versions(self, site: str, writer: str) -> dict[str, dict[str, int]]:
        """How many versions of each form of each subject came from a writer; two of one number count once."""
        columns = (REVISIONS.c.subject, REVISIONS.c.form)
        each = sa.select(*columns, REVISIONS.c.record, REVISIONS.c.ver).distinct()
        own = each.where(REVISIONS.c.site == site, REVISIONS.c.writer == writer).subquery()
        query = sa.select(own.c.subject, own.c.form, sa.func.count()).group_by(own.c.subject, own.c.form)
        found: dict[str, dict[str, int]] = {}
        with self.transaction() as tx:
            for subject, form, count in tx.connection.execute(query.order_by(own.c.subject, own.c.form)):
                found.setdefault(subject, {})[form] = count
        return found

    def own_findings(self) -> Iterator[Finding]:
        """Bundles, receipts and records that are not the bytes that came or went."""
        with self.reading() as tx:
            for table in (BUNDLES, RECEIPTS, QUARANTINE, QUERY_FILES):
                query = sa.select(table.c.sha256, table.c.bytes).execution_options(yield_per=1)
                for sha256, data in tx.connection.execute(query):
                    if hashlib.sha256(data).hexdigest() != sha256:
                        yield Finding("bundle_changed", {"bundle": sha256[:16]})
            for row in self._revision_rows(None, None):
                if not _is_its_text(row):
                    yield Finding("record_changed", {"record": row.record, "ver": row.ver})

    def _about(self, table: sa.Table, kind: type[Row], subjects: Collection[str]) -> tuple[Row, ...]:
        """Rows about some subjects."""
        with self.reading() as tx:
            query = statements.of_subjects(table, tuple(kind.__slots__), tx.connection.dialect.name)
            return tuple(kind(*row) for row in tx.connection.execute(query, {"subjects": list(subjects)}))

    def _all(self, table: sa.Table, kind: type[Row], **which: str | int) -> tuple[Row, ...]:
        query = statements.rows(table, tuple(kind.__slots__), tuple(which))
        with self.reading() as tx:
            return tuple(kind(*row) for row in tx.connection.execute(query, which))

    def _bytes(self, table: sa.Table, where: sa.ColumnElement[bool], name: str) -> bytes:
        with self.reading() as tx:
            data = tx.connection.execute(sa.select(table.c.bytes).where(where)).scalar()
        if data is None:
            raise NotFound("bundle", name)
        return bytes(data)

    def _revision_rows(self, subject: str | None, form: str | None) -> list[sa.Row[Any]]:
        query = sa.select(REVISIONS)
        for column, value in ((REVISIONS.c.subject, subject), (REVISIONS.c.form, form)):
            if value is not None:
                query = query.where(column == value)
        order = (REVISIONS.c[name] for name in ("subject", "record", "ver", "digest"))
        with self.reading() as tx:
            return list(tx.connection.execute(query.order_by(*order)))


def _standing_row(row: StandingRow) -> dict[str, Any]:
    return asdict(row) | {"late": list(row.late), "serious": [list(item) for item in row.serious]}


def _standing(row: StandingRow) -> StandingRow:
    return replace(row, late=tuple(row.late), serious=tuple((record, since) for record, since in row.serious))


def _light(row: sa.Row[Any], form: str) -> ReceivedRevision:
    context = {"earlier": row.earlier} if row.earlier else {}
    revision = Revision(
        row.record, row.subject, row.visit, form, row.ver, "", {}, "", "", "", row.day, context=context
    )
    return ReceivedRevision(
        row.site, row.writer, revision, row.bundle, row.op, digest=row.digest, epoch=row.epoch
    )


def _twice(places: Iterable[tuple[Any, ...]]) -> list[tuple[str, int]]:
    """Record and number of what is there with more than one text. places: keys of rows."""
    where = itemgetter(*(REVISION.key.index(name) for name in ("record", "ver", "digest")))
    texts = set(map(where, places))
    counts = Counter((record, ver) for record, ver, _ in texts)
    return sorted(place for place, count in counts.items() if count > 1)


def _in_parts(names: list[str]) -> Iterator[list[str]]:
    """As many as one statement takes."""
    return (names[start : start + _MANY] for start in range(0, len(names), _MANY))


def _place(row: DifferenceRow) -> tuple[str, str, str]:
    return row.visit, row.rule, row.part


def _revision_row(item: ReceivedRevision) -> dict[str, Any]:
    body, digest = (item.body, item.digest) if item.body else item.revision.written()
    return {
        "site": item.site,
        "writer": item.writer,
        "record": item.revision.id,
        "ver": item.revision.ver,
        "digest": digest,
        "epoch": item.epoch,
        "subject": item.revision.subject,
        "visit": key_before(item.revision.visit),
        "form": item.revision.form,
        "op": item.op,
        "day": item.revision.day,
        "earlier": " ".join(item.revision.context.values()),
        "body": body,
        "extra": dict(item.extra) or None,
        "bundle": item.bundle,
    }


def _is_its_text(row: sa.Row[Any]) -> bool:
    try:
        revision = Revision.from_json(json.loads(row.body))
    except (RecordError, ValueError):
        return False
    inside = _revision_row(
        ReceivedRevision(row.site, row.writer, revision, row.bundle, row.op, row.extra or {}, epoch=row.epoch)
    )
    return all(inside[name] == getattr(row, name) for name in inside if name not in ("body", "extra"))
