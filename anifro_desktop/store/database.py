"""An encrypted database with its audit trail: the base of the clinical, identity and centre stores.

Rules kept here:
- Everything happens in `transaction()`; what joins it from inside is one transaction with it, and nothing of it is
  saved if any part fails. "Saved" may be said when it returns, not before.
- The trail's entries, the signature of the last one and the change they tell of are one COMMIT.
- One connection, used by one thread at a time. A second thread waits.
- `reading()` is for looking only; where several programs share a store, it waits for nobody (see `on_server`).
- A database that is behind its anchor is opened, since its rows are needed, and the next transaction writes
  down what was found before the anchor moves on.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import sqlalchemy as sa

from anifro_desktop.crypto import signing
from anifro_desktop.files import fsync_folder
from anifro_desktop.record import Json
from anifro_desktop.store.anchor import Anchor
from anifro_desktop.store.audit import Entry, Head, Sealed, seal
from anifro_desktop.store.clock import Clock, Doubt, SystemClock, Watch
from anifro_desktop.store.engine import change_key, open_engine, spoken_errors
from anifro_desktop.store.errors import (
    CannotSave,
    DatabaseDamaged,
    DatabaseMissing,
    NewerSchema,
    NotCompacted,
)
from anifro_desktop.store.findings import Finding
from anifro_desktop.store.prepared import Prepared, column
from anifro_desktop.store.rawkeys import DatabaseKey
from anifro_desktop.store.slots import Keys
from anifro_desktop.store.transaction import Schema, Transaction


class Database:
    """An open database. Subclasses name the file, the anchors and the schema.

    unsound: anchor files found damaged at opening. behind: the head that an anchor knew and this database does not.
    """

    NAME: ClassVar[str]
    EMBEDDED: ClassVar[bool] = True  # in an encrypted file of its own
    ANCHOR: ClassVar[str] = "anchor"
    ANCHORS: ClassVar[type[Anchor]] = Anchor
    SCHEMA: ClassVar[Schema]

    def __init__(self, folder: Path, keys: Keys, clock: Clock | None = None) -> None:
        """Open `folder`/NAME.db, or make it if this vault never had one.

        Raises:
            DatabaseMissing: it was there and is gone. DatabaseDamaged: it does not open with its key.
            NewerSchema: a later version wrote it. CannotSave, OldSqlite: the machine cannot.
        """
        self.folder = folder
        self.path = folder / f"{self.NAME}.db"
        self.keys = keys
        self._lock = threading.RLock()
        self._open: Transaction | None = None
        self._pen: tuple[bytes, signing.Signer] | None = None
        self._away = False  # closed for a change of keys, and not opened again yet
        candidates = keys.database(self.NAME)
        self._anchor = self.ANCHORS(folder, self.ANCHOR, self.NAME, *(one.key for one in candidates))
        self._engine, self.key = self._open_engine(candidates)
        try:
            with self._spoken(), ExitStack() as failed:
                self._connection = self._engine.connect()
                failed.callback(self._connection.close)
                self._migrate()
                self._head, last = self._stored_head()
                failed.pop_all()
        except BaseException:
            self._engine.dispose()
            raise
        self._watch = Watch(clock or SystemClock(), last)
        if self._head.seq == 0 and not self._anchor.exists():
            self._anchor.begin(self._watch.stamp().utc)
        self.unsound = tuple(self._anchor.faults())
        self.behind = self._find_behind()
        self._untold = bool(self.unsound or self.behind)

    def _spoken(self) -> AbstractContextManager[None]:
        """Turns errors of the driver into refusals; see `spoken_errors`."""
        return spoken_errors(self.path)

    def _open_engine(self, candidates: Sequence[DatabaseKey]) -> tuple[sa.Engine, DatabaseKey]:
        fresh = not self.path.exists()
        if fresh and self._anchor.exists():
            raise DatabaseMissing(self.path.name)
        for key in candidates:
            try:
                engine = open_engine(self.path, key)
            except DatabaseDamaged:
                if key is candidates[-1]:
                    raise
                continue
            if fresh:
                fsync_folder(self.folder)
            return engine, key
        raise DatabaseDamaged(self.path.name)

    def _migrate(self) -> None:
        with self._connection.begin():
            version = int(self._connection.exec_driver_sql("PRAGMA user_version").scalar_one())
            steps = self.SCHEMA.migrations[version:]
            if version > len(self.SCHEMA.migrations):
                raise NewerSchema(self.path.name)
            for step in steps:
                step(self._connection)
            if steps:
                self._connection.exec_driver_sql(f"PRAGMA user_version = {version + len(steps)}")

    def _stored_head(self) -> tuple[Head, str | None]:
        audit = self.SCHEMA.audit
        query = sa.select(audit.c.seq, audit.c.hash, audit.c.utc).order_by(audit.c.seq.desc()).limit(1)
        with self._connection.begin():
            row = self._connection.execute(query).one_or_none()
        return (Head(row.seq, row.hash), row.utc) if row is not None else (Head(), None)

    def _find_behind(self) -> Head | None:
        known = self._anchor.known()
        if known is None or known.seq == 0:
            return None
        audit = self.SCHEMA.audit
        with self._spoken(), self._connection.begin():
            query = sa.select(audit.c.hash).where(audit.c.seq == known.seq)
            return None if self._connection.execute(query).scalar() == known.hash else known

    def own_findings(self) -> Iterable[Finding]:
        """What `verify` asks of this kind of database beyond pages, trail and rows."""
        return ()

    def structure_findings(self) -> Iterable[Finding]:
        """What `verify` asks of tables that lie in no file."""
        return ()

    def lent(self) -> frozenset[bytes]:
        """Signing keys that sign nothing in this trail but an unlocking and a change of passphrase."""
        return self.keys.lent

    def told_findings(self, after: int) -> Iterable[Finding]:
        """What the trail of this kind of database tells of since the entry `after`, when somebody last said that all of
        it was seen."""
        return ()

    @property
    def closed(self) -> bool:
        """Whether the file was let go of."""
        return self._connection.closed and not self._away

    @property
    def clock_doubt(self) -> Doubt | None:
        """The first stored time since opening that could not be believed."""
        return self._watch.doubt

    def audit_head(self) -> Head:
        """Number and hash of the newest entry of the trail."""
        return self._head

    def has(self, head: Head) -> bool:
        """Whether the trail has an entry; the head of an empty one is in every trail."""
        audit = self.SCHEMA.audit
        query = sa.select(audit.c.hash).where(audit.c.seq == head.seq)
        with self.reading() as tx:
            return head == Head() or tx.connection.execute(query).scalar() == head.hash

    @contextmanager
    def transaction(self, *about: str) -> Iterator[Transaction]:
        """A transaction, or the one already open in this thread. about: what alone it looks at and changes, where
        others may work on the rest meanwhile; nothing: the whole store.

        Raises:
            CannotSave: nothing was saved. Conflict: a rule of the database forbids it; nothing was saved.
            DatabaseDamaged: pages that do not check.
        """
        yield from self._within(about)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A look at what is stored, as of one moment, or part of the transaction already open. Nothing is changed in
        it.

        Raises:
            CannotSave, DatabaseDamaged: as for `transaction`.
        """
        yield from self._within(None)

    def _within(self, about: tuple[str, ...] | None) -> Iterator[Transaction]:
        with self._lock:
            if self._open is not None:
                yield from self._join(self._open)
                return
            self._come_back()
            with self._spoken(), self._connection.begin():
                self._reserve(about)
                self._open = current = self._begin()
                try:
                    yield current
                    sealed = self._finish(current)
                finally:
                    self._open = None
            if sealed:
                self._watch.keep(current.stamp)
                self._untold = False
                self._head = Head(sealed[-1].entry.seq, sealed[-1].hash)
                self._anchor.note(self._head)

    def _reserve(self, about: tuple[str, ...] | None) -> None:
        """Wait until a transaction may go on. Here its beginning did: a second one waits at its BEGIN."""

    def _join(self, outer: Transaction) -> Iterator[Transaction]:
        try:
            yield outer
        except BaseException:
            outer.failed = True
            raise

    def _begin(self) -> Transaction:
        user = self.keys.user
        author = (user.code, "+".join(user.roles), self.keys.writer)
        return Transaction(self._connection, self._watch.stamp(), [], self._head, author)

    def _finish(self, transaction: Transaction) -> list[Sealed]:
        if transaction.failed:
            raise CannotSave("part")
        if not transaction.entries:
            return []
        if self._untold and self.behind is not None:
            found: Json = {"seq": self.behind.seq, "hash": self.behind.hash}
            transaction.record("anchor", self.NAME, "behind", None, found)
        if self._untold and self.unsound:
            transaction.record("anchor", self.NAME, "damaged", None, list(self.unsound))
        return self._seal(transaction)

    def _seal(self, transaction: Transaction) -> list[Sealed]:
        """Chain and sign the entries, and write them."""
        sealed = seal(transaction.entries, self._head, self._signer())
        _insert(self.SCHEMA.audit).many(self._connection, map(_audit_row, sealed))
        return sealed

    def _signer(self) -> signing.Signer:
        """Of the person's own key, which a change of passphrase replaces."""
        seed = self.keys.secrets.signing_seed
        if self._pen is None or self._pen[0] != seed:
            self._pen = (seed, signing.signer(seed))
        return self._pen[1]

    def log(self, act: str, about: str = "", detail: Json = None, reason: str = "") -> None:
        """Tell the trail of something done: an unlocking, an export, a look at an identity."""
        with self.transaction() as tx:
            tx.record("act", about, act, None, detail, reason)

    def audit_entries(
        self,
        *,
        table: str | None = None,
        record: str | None = None,
        field: str | None = None,
        after: int = 0,
        limit: int | None = None,
    ) -> tuple[Sealed, ...]:
        """The trail in order, or the part of it about a table, record or field, from after a number."""
        audit = self.SCHEMA.audit
        query = sa.select(audit).where(audit.c.seq > after).order_by(audit.c.seq).limit(limit)
        for asked, value in ((audit.c.table, table), (audit.c.record, record), (audit.c.field, field)):
            if value is not None:
                query = query.where(asked == value)
        with self.reading() as tx:
            return tuple(sealed_of(row) for row in tx.connection.execute(query))

    @contextmanager
    def still(self) -> Iterator[Any]:
        """The driver's connection, checkpointed, while no other thread may use this database: for a backup.

        Raises:
            CannotSave: as for `checkpoint`.
        """
        with self._lock:
            self.checkpoint()
            yield self._connection.connection.driver_connection

    def checkpoint(self) -> None:
        """Move everything from the WAL into the database file, and settle the anchor: on idle, lock and export.

        Raises:
            CannotSave: the disk is full or failed; nothing acknowledged is lost.
        """
        with self._lock, self._spoken():
            self._come_back()
            cursor = self._connection.connection.cursor()
            try:
                busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                cursor.close()
            if busy:
                raise CannotSave("busy")
            if not self._untold:
                self._anchor.settle(self._head, self._watch.stamp().utc)

    def anchors_seen(self) -> None:
        """Write the anchors anew; what was found of them at opening is in the trail and need not be found again.

        Raises:
            CannotSave: as for `checkpoint`.
        """
        self.checkpoint()
        self.unsound = tuple(self._anchor.faults())

    def compact(self) -> None:
        """Write the file anew, so that nothing is left in it of what was overwritten, and empty the WAL.

        Raises:
            NotCompacted: the disk is full or failed; nothing acknowledged is lost.
        """
        try:
            with self._lock, spoken_errors(self.path):
                self._come_back()
                cursor = self._connection.connection.cursor()
                try:
                    cursor.execute("VACUUM").fetchall()
                finally:
                    cursor.close()
                self.checkpoint()
        except CannotSave as error:
            raise NotCompacted(str(error.params["why"])) from error

    def rekey(self, keys: Keys) -> None:
        """Put the file and its anchors under the newest key of `keys`, which hold the one it is under too.

        Killed at any moment, the file opens with exactly one of the two.

        Raises:
            CannotSave: the disk is full or failed; the file is under the key of before.
        """
        with self._lock:
            wanted = keys.database(self.NAME)[0]
            self.keys = keys
            self.checkpoint()
            if wanted != self.key:
                self._change_key(wanted)
            if wanted != self.key:  # the library calls a change of keys done that a full disk has undone
                raise CannotSave("full")
            self._anchor.renew(
                self._head, self._watch.stamp().utc, *(one.key for one in keys.database(self.NAME))
            )
            self.checkpoint()

    def _change_key(self, wanted: DatabaseKey) -> None:
        try:
            with spoken_errors(self.path):
                change_key(self._connection, wanted)
        finally:
            self._away = True
            self._connection.close()
            self._engine.dispose()
        self._come_back()

    def _come_back(self) -> None:
        """Open the file again after a change of keys, now or when the disk allows it, by whichever key it is under."""
        if not self._away:
            return
        self._engine, self.key = self._open_engine(self.keys.database(self.NAME))
        with spoken_errors(self.path):
            self._connection = self._engine.connect()
        self._away = False

    def close(self) -> None:
        """Checkpoint, settle the anchor and let go of the file; the file is let go of in any case."""
        with self._lock:
            if self.closed:
                return
            try:
                self.checkpoint()
            finally:
                self._away = False
                self._anchor.close()
                self._connection.close()
                self._engine.dispose()


def sealed_of(row: sa.Row[Any]) -> Sealed:
    """A row of an audit table, whose columns stand in the order of `Entry`, then hash and signature."""
    values: tuple[Any, ...] = tuple(row)
    return Sealed(Entry(*values[:-2]), values[-2], values[-1] or b"")


def _audit_row(sealed: Sealed) -> dict[str, Any]:
    entry = sealed.entry
    row: dict[str, Any] = entry._asdict() | {"old": column(entry.old), "new": column(entry.new)}
    return row | {"hash": sealed.hash, "signature": sealed.signature or None}


@cache
def _insert(table: sa.Table) -> Prepared:
    return Prepared(sa.insert(table))
