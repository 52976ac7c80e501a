"""What leaves the site: sealed bundles kept as they were sent, how far each record went, and the centre's receipts.

Rules kept here:
- Picking, sealing and noting how far each record went are one transaction of the caller's: `with store.transaction()`.
- Sealed bytes are kept, so that sending again sends the same bytes.
- How far a record went counts within an epoch: a new epoch starts from nothing, with everything still to be sent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from anifro_desktop.record import Json, Revision
from anifro_desktop.store import epochs
from anifro_desktop.store.errors import NotFound
from anifro_desktop.store.revisions import ORDER, Revisions, signed_revisions, with_signature
from anifro_desktop.store.schema import (
    ANSWERS_READ,
    BUNDLE,
    DELIVERY,
    OUTBOX,
    POSITION,
    RECEIPT,
    RECEIPTS,
    REVISIONS,
    SEALED,
    SETTING,
    SETTINGS,
)

NOTHING = "00" * 32
_LOCKED = "sending_locked"  # the setting that says why
_FACTS = [column for column in OUTBOX.c if column.name != "bytes"]


@dataclass(frozen=True, slots=True)
class Position:
    """Where the next bundle goes in this site's chain. prev: SHA-256 of the file before, zeros at seq 1."""

    epoch: int
    seq: int
    prev: str


@dataclass(frozen=True, slots=True)
class BundleRow:
    """A sealed bundle. state: `sealed`, `delivered` or `acknowledged`; made: UTC; size: bytes. contents: how many
    versions of each form of each subject it holds."""

    epoch: int
    seq: int
    prev: str
    sha256: str
    name: str
    state: str
    made: str
    records: int
    size: int
    contents: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One attempt to put a bundle somewhere. number: from 1. way: `folder`, or the kind of a connection; place: its
    folder's or server's name. code: why it did not come there, empty if it did. tried, due: UTC; due: not again before,
    empty if no sooner than wished."""

    epoch: int
    seq: int
    number: int
    way: str
    place: str
    code: str
    tried: str
    due: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A receipt of the centre. received: UTC; body: what it says."""

    rno: int
    sha256: str
    epoch: int
    acked_to: int
    received: str
    body: Mapping[str, Json] = field(default_factory=dict)


class Outbox(Revisions):
    """The part of the clinical store about sending."""

    def unsealed(self, urgent: Callable[[Revision], bool] = lambda _: False) -> tuple[Revision, ...]:
        """Every version not sent in this epoch, up to the last one of each record that is signed or does not wait for
        its signature; in order of version."""
        with self.transaction() as tx:
            sent = sa.and_(SEALED.c.record == REVISIONS.c.record, SEALED.c.epoch == self._epoch())
            query = with_signature().outerjoin(SEALED, sent).order_by(*ORDER)
            query = query.where(REVISIONS.c.ver > sa.func.coalesce(SEALED.c.ver, 0))
            waiting = tuple(signed_revisions(tx.connection.execute(query)))
        reached = {item.id: item.ver for item in waiting if item.signature or urgent(item)}
        return tuple(item for item in waiting if item.ver <= reached.get(item.id, 0))

    def sealed(self, records: Iterable[str]) -> dict[str, int]:
        """The highest version that was ever sealed, in any epoch, of those records of which any was."""
        query = sa.select(SEALED.c.record, sa.func.max(SEALED.c.ver)).group_by(SEALED.c.record)
        query = query.where(SEALED.c.record.in_(list(records)))
        with self.transaction() as tx:
            return {row[0]: row[1] for row in tx.connection.execute(query)}

    def gone_now(self, records: Iterable[str]) -> set[str]:
        """Those of some records of which a version was sealed in this epoch."""
        with self.transaction() as tx:
            query = sa.select(SEALED.c.record).where(SEALED.c.epoch == self._epoch())
            return set(records) & set(tx.connection.execute(query).scalars())

    def next_position(self) -> Position:
        """Where the next bundle goes."""
        with self.transaction() as tx:
            epoch = self._epoch()
            query = sa.select(OUTBOX.c.seq, OUTBOX.c.sha256).where(OUTBOX.c.epoch == epoch)
            last = tx.connection.execute(query.order_by(OUTBOX.c.seq.desc()).limit(1)).one_or_none()
        return Position(epoch, last.seq + 1, last.sha256) if last else Position(epoch, 1, NOTHING)

    def add_bundle(
        self,
        position: Position,
        name: str,
        data: bytes,
        records: Mapping[str, int],
        contents: Mapping[str, Mapping[str, int]] | None = None,
    ) -> BundleRow:
        """Keep a sealed bundle. records: the version of each record that it reaches; contents: as of `BundleRow`."""
        with self.transaction() as tx:
            digest = hashlib.sha256(data).hexdigest()
            size = len(data)
            facts = (position.epoch, position.seq, position.prev, digest, name, "sealed")
            row = BundleRow(*facts, tx.stamp.utc, len(records), size, dict(contents or {}))
            tx.put(BUNDLE, _row(row) | {"bytes": data})
            for record, ver in records.items():
                tx.put(POSITION, {"epoch": position.epoch, "record": record, "ver": ver})
        return row

    def bundles(self) -> tuple[BundleRow, ...]:
        """Every bundle, oldest first."""
        query = sa.select(*_FACTS).order_by(OUTBOX.c.epoch, OUTBOX.c.seq)
        with self.transaction() as tx:
            return tuple(BundleRow(*row) for row in tx.connection.execute(query))

    def bundle_bytes(self, epoch: int, seq: int) -> bytes:
        """The very bytes that were sealed.

        Raises:
            NotFound: no such bundle.
        """
        query = sa.select(OUTBOX.c.bytes).where(OUTBOX.c.epoch == epoch, OUTBOX.c.seq == seq)
        with self.transaction() as tx:
            data = tx.connection.execute(query).scalar()
        if data is None:
            raise NotFound("bundle", f"{epoch}/{seq}")
        return bytes(data)

    def set_bundle_state(self, epoch: int, seq: int, state: str) -> None:
        """Note that a bundle was `delivered` or `acknowledged`.

        Raises:
            NotFound: no such bundle.
        """
        with self.transaction() as tx:
            if not any((row.epoch, row.seq) == (epoch, seq) for row in self.bundles()):
                raise NotFound("bundle", f"{epoch}/{seq}")
            tx.put(BUNDLE, {"epoch": epoch, "seq": seq, "state": state})

    def add_delivery(
        self, epoch: int, seq: int, way: str, place: str, code: str, due: str = ""
    ) -> DeliveryRow:
        """Note an attempt to put a bundle somewhere; arguments as of `DeliveryRow`."""
        table = DELIVERY.table
        query = sa.select(sa.func.max(table.c.number)).where(table.c.epoch == epoch, table.c.seq == seq)
        with self.transaction() as tx:
            number = (tx.connection.execute(query).scalar() or 0) + 1
            row = DeliveryRow(epoch, seq, number, way, place, code, tx.stamp.utc, due)
            tx.put(DELIVERY, {name: getattr(row, name) for name in DeliveryRow.__slots__})
        return row

    def deliveries(self) -> tuple[DeliveryRow, ...]:
        """Every attempt, by bundle and number."""
        table = DELIVERY.table
        query = sa.select(*(table.c[name] for name in DeliveryRow.__slots__))
        query = query.order_by(table.c.epoch, table.c.seq, table.c.number)
        with self.transaction() as tx:
            return tuple(DeliveryRow(*row) for row in tx.connection.execute(query))

    def versions(self) -> dict[tuple[str, str], int]:
        """How many completed versions there are of each form of each subject."""
        columns = (REVISIONS.c.subject, REVISIONS.c.form)
        query = sa.select(*columns, sa.func.count()).group_by(*columns)
        with self.transaction() as tx:
            return {(row[0], row[1]): row[2] for row in tx.connection.execute(query)}

    def mistaken(self) -> set[tuple[str, str]]:
        """Subject and form of everything that was declared a mistake."""
        query = sa.select(REVISIONS.c.subject, REVISIONS.c.form).distinct()
        with self.transaction() as tx:
            rows = tx.connection.execute(query.where(REVISIONS.c.visit.contains("~")))
            return {(row[0], row[1]) for row in rows}

    def reached(self) -> dict[tuple[str, str], int]:
        """How many of them lie at or below the version that was sealed last of their record in this epoch."""
        columns = (REVISIONS.c.subject, REVISIONS.c.form)
        same = sa.and_(SEALED.c.record == REVISIONS.c.record, SEALED.c.ver >= REVISIONS.c.ver)
        query = sa.select(*columns, sa.func.count()).join(SEALED, same)
        with self.transaction() as tx:
            query = query.where(SEALED.c.epoch == self._epoch()).group_by(*columns)
            return {(row[0], row[1]): row[2] for row in tx.connection.execute(query)}

    def add_receipt(
        self, rno: int, epoch: int, acked_to: int, body: Mapping[str, Json], data: bytes
    ) -> ReceiptRow:
        """Keep a receipt that was verified.

        Raises:
            Conflict: another receipt of that number was kept before.
        """
        with self.transaction() as tx:
            digest = hashlib.sha256(data).hexdigest()
            row = ReceiptRow(rno, digest, epoch, acked_to, tx.stamp.utc, dict(body))
            tx.put(RECEIPT, {name: getattr(row, name) for name in row.__slots__} | {"bytes": data})
        return row

    def receipts(self) -> tuple[ReceiptRow, ...]:
        """Every receipt, oldest first."""
        query = sa.select(*(RECEIPTS.c[name] for name in ReceiptRow.__slots__)).order_by(RECEIPTS.c.rno)
        with self.transaction() as tx:
            return tuple(ReceiptRow(*row) for row in tx.connection.execute(query))

    def note_read(self, hash16: str) -> None:
        """Note that a file of the centre was read. hash16: the beginning of its hash, as its name has it."""
        with self.transaction() as tx:
            tx.connection.execute(insert(ANSWERS_READ).values(hash16=hash16).on_conflict_do_nothing())

    def answers_read(self) -> frozenset[str]:
        """The beginnings of the hashes of all that were noted so."""
        with self.transaction() as tx:
            return frozenset(tx.connection.execute(sa.select(ANSWERS_READ.c.hash16)).scalars())

    def start_epoch(self, reason: str, *, after: int = 0) -> int:
        """Begin a new epoch, after a restore or a roll-back: everything is still to be sent, and sending is open again.

        It is later than `after`, and than any that a bundle, a receipt or the data folder tells of.

        Raises:
            CannotWrite: none was begun.
        """
        with self.transaction() as tx:
            told = (
                tx.connection.execute(sa.select(sa.func.max(table.c.epoch))).scalar()
                for table in (OUTBOX, RECEIPTS)
            )
            beside = epochs.known(self.folder, self.keys.writer)
            epoch = max(self._epoch(), after, beside, *(known or 0 for known in told)) + 1
            epochs.keep(self.folder, self.keys.writer, epoch)
            tx.put(SETTING, {"key": "epoch", "value": epoch}, reason)
            tx.put(SETTING, {"key": _LOCKED, "value": None}, reason)
        return epoch

    def sending_locked(self) -> bool:
        """Whether a receipt knew more than this database, and no new epoch began since."""
        with self.transaction() as tx:
            query = sa.select(SETTINGS.c.value).where(SETTINGS.c.key == _LOCKED)
            return bool(tx.connection.execute(query).scalar())

    def lock_sending(self, why: str) -> None:
        """Seal nothing more in this epoch. why: `rolled_back` or `fork`."""
        with self.transaction() as tx:
            tx.put(SETTING, {"key": _LOCKED, "value": why})

    def _epoch(self) -> int:
        with self.transaction() as tx:
            value = tx.connection.execute(
                sa.select(SETTINGS.c.value).where(SETTINGS.c.key == "epoch")
            ).scalar()
        return int(value) if value else 1


def _row(row: BundleRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in BundleRow.__slots__}
