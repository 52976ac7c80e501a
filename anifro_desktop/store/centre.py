"""`centre.db`: what came from the sites, and what the centre made of it.

Rules kept here:
- One bundle is one transaction of the caller's: data, chain, receipt. `with store.transaction(): ...`
- Nothing that arrived is overwritten: two texts under one version number are both kept, and `agreed` passes over them.
- Values in and out are plain; what they mean (signatures, chains, receipts) is not this module's business.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa

from anifro_desktop.record import RecordError, Revision, canonical
from anifro_desktop.store.centre_answers import Answers
from anifro_desktop.store.centre_rows import (
    CentreBundle,
    CentreReceipt,
    ChainRow,
    DifferenceRow,
    QuarantineRow,
    ReceivedRevision,
    WriterRow,
)
from anifro_desktop.store.centre_schema import (
    BUNDLE,
    BUNDLES,
    CENTRE,
    CHAIN,
    CHAINS,
    DIFFERENCE,
    DIFFERENCES,
    QUARANTINE,
    QUARANTINED,
    RECEIPT,
    RECEIPTS,
    REVISION,
    REVISIONS,
    WRITER,
    WRITERS,
)
from anifro_desktop.store.clock import Clock
from anifro_desktop.store.errors import Conflict, NotFound
from anifro_desktop.store.findings import Finding
from anifro_desktop.store.slots import Keys

Row = TypeVar("Row", WriterRow, ChainRow, CentreBundle, QuarantineRow, DifferenceRow, CentreReceipt)


class CentreStore(Answers):
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

    def set_writer_state(self, site: str, writer: str, state: str, reason: str) -> None:
        """Revoke an installation, or let it send again.

        Raises:
            NotFound: it is not registered.
        """
        with self.transaction() as tx:
            if not any((row.site, row.writer) == (site, writer) for row in self.writers()):
                raise NotFound("installation", f"{site}/{writer[:8]}")
            tx.put(WRITER, {"site": site, "writer": writer, "state": state}, reason)

    def writers(self) -> tuple[WriterRow, ...]:
        """Every installation, by site."""
        return self._all(WRITERS, WriterRow)

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

    def seen(self, site: str, writer: str, epoch: int) -> dict[int, str]:
        """Number to SHA-256 of every applied bundle of an epoch."""
        rows = self.bundles(site=site, writer=writer, epoch=epoch, state="applied")
        return {row.seq: row.sha256 for row in rows}

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
        """Keep versions of records; says how many were new. The same version again changes nothing."""
        new = 0
        with self.transaction() as tx:
            for item in revisions:
                key: dict[str, Any] = {"site": item.site, "writer": item.writer, "record": item.revision.id}
                key |= {"ver": item.revision.ver, "digest": item.revision.digest()}
                if not self._count(REVISIONS, key):
                    tx.put(REVISION, key | _revision_row(item))
                    new += 1
        return new

    def revisions(self, subject: str | None = None, form: str | None = None) -> tuple[ReceivedRevision, ...]:
        """Every version of every record that arrived, by subject, record and number."""
        return tuple(_received(row) for row in self._revision_rows(subject, form))

    def agreed(self, subject: str | None = None, form: str | None = None) -> tuple[ReceivedRevision, ...]:
        """The version of each record that counts: the highest that came with one text only; tombstones too."""
        agreed = []
        for _, versions in groupby(self._revision_rows(subject, form), key=lambda row: row.record):
            texts = {ver: list(rows) for ver, rows in groupby(versions, key=lambda row: row.ver)}
            single = [rows[0] for _, rows in sorted(texts.items()) if len(rows) == 1]
            agreed += [_received(row) for row in single[-1:]]
        return tuple(agreed)

    def conflicts(self) -> tuple[tuple[str, int], ...]:
        """Record and number of every version that came with more than one text."""
        query = sa.select(REVISIONS.c.record, REVISIONS.c.ver).group_by(REVISIONS.c.record, REVISIONS.c.ver)
        query = query.having(sa.func.count() > 1).order_by(REVISIONS.c.record, REVISIONS.c.ver)
        with self.transaction() as tx:
            return tuple((row.record, row.ver) for row in tx.connection.execute(query))

    def set_differences(self, subject: str, found: Iterable[DifferenceRow]) -> None:
        """Note what a look at a subject's scores found; earlier findings not among them are no longer open."""
        with self.transaction() as tx:
            known = {_place(row): row for row in self._all(DIFFERENCES, DifferenceRow, subject=subject)}
            for row in found:
                old = known.pop(_place(row), None)
                first = old.found if old else tx.stamp.utc
                tx.put(DIFFERENCE, asdict(replace(row, subject=subject, open=True, found=first)))
            for row in known.values():
                tx.put(DIFFERENCE, asdict(replace(row, open=False)))

    def differences(self, *, only_open: bool = True) -> tuple[DifferenceRow, ...]:
        """What was found about scores."""
        return self._all(DIFFERENCES, DifferenceRow, **({"open": True} if only_open else {}))

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

    def receipt_bytes(self, site: str, writer: str, rno: int) -> bytes:
        """The very bytes of a receipt.

        Raises:
            NotFound: no such receipt.
        """
        which = (RECEIPTS.c.site == site, RECEIPTS.c.writer == writer, RECEIPTS.c.rno == rno)
        return self._bytes(RECEIPTS, sa.and_(*which), str(rno))

    def own_findings(self) -> Iterator[Finding]:
        """Bundles, receipts and records that are not the bytes that came or went."""
        with self.transaction() as tx:
            for table in (BUNDLES, RECEIPTS, QUARANTINE):
                query = sa.select(table.c.sha256, table.c.bytes).execution_options(yield_per=1)
                for sha256, data in tx.connection.execute(query):
                    if hashlib.sha256(data).hexdigest() != sha256:
                        yield Finding("bundle_changed", {"bundle": sha256[:16]})
            for row in self._revision_rows(None, None):
                if not _is_its_text(row):
                    yield Finding("record_changed", {"record": row.record, "ver": row.ver})

    def _all(self, table: sa.Table, kind: type[Row], **which: str | int) -> tuple[Row, ...]:
        columns = [table.c[name] for name in kind.__slots__]
        query = sa.select(*columns).order_by(*table.primary_key.columns)
        for name, value in which.items():
            query = query.where(table.c[name] == value)
        with self.transaction() as tx:
            return tuple(kind(*row) for row in tx.connection.execute(query))

    def _count(self, table: sa.Table, key: Mapping[str, Any]) -> int:
        query = sa.select(sa.func.count()).select_from(table).filter_by(**key)
        with self.transaction() as tx:
            return int(tx.connection.execute(query).scalar_one())

    def _bytes(self, table: sa.Table, where: sa.ColumnElement[bool], name: str) -> bytes:
        with self.transaction() as tx:
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
        with self.transaction() as tx:
            return list(tx.connection.execute(query.order_by(*order)))


def _place(row: DifferenceRow) -> tuple[str, str, str]:
    return row.visit, row.rule, row.part


def _revision_row(item: ReceivedRevision) -> dict[str, Any]:
    return {
        "subject": item.revision.subject,
        "form": item.revision.form,
        "op": item.op,
        "body": canonical(item.revision.to_json()).decode("utf-8"),
        "extra": dict(item.extra) or None,
        "bundle": item.bundle,
    }


def _received(row: sa.Row[Any]) -> ReceivedRevision:
    revision = Revision.from_json(json.loads(row.body))
    return ReceivedRevision(row.site, row.writer, revision, row.bundle, row.op, row.extra or {})


def _is_its_text(row: sa.Row[Any]) -> bool:
    try:
        revision = Revision.from_json(json.loads(row.body))
    except (RecordError, ValueError):
        return False
    inside = (revision.id, revision.ver, revision.subject, revision.form, revision.digest())
    return inside == (row.record, row.ver, row.subject, row.form, row.digest)
