"""A store whose tables lie in a PostgreSQL database, beside the rules that the embedded one keeps (see `database`).

The same tables, columns and triggers; key slots and anchor stay in the folder.

Rules kept here:
- Several programs may write at once. A transaction that says what it is about shares the store with others about
  something else; one that does not has it to itself. Locks are taken in one order, so nobody waits in a circle, and
  they fall with the connection of whoever is killed.
- The trail stays one chain: its end is locked last, and only then are entries numbered, given their time, chained and
  signed. Where another computer's clock is ahead, the time of what comes after is not believed.
- Each statement after a lock sees what was committed before it (READ COMMITTED); a look sees one moment.
- Secrets are sealed with the vault's key, bound to their names, before they go there.
- Texts sort by their code points, as they do in the embedded store.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Set
from contextlib import AbstractContextManager
from typing import Any, ClassVar, NoReturn

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex, CreateTable

from anifro_desktop.record import Json
from anifro_desktop.store.anchor import Anchor
from anifro_desktop.store.audit import Head, Sealed, seal
from anifro_desktop.store.errors import DatabaseMissing, NewerSchema, NotOnServer, ServerTrouble
from anifro_desktop.store.findings import Finding
from anifro_desktop.store.kept import Kept
from anifro_desktop.store.rawkeys import DatabaseKey
from anifro_desktop.store.server import (
    open_server,
    opened_secret,
    recall,
    remember,
    sealed_secret,
    server_errors,
)
from anifro_desktop.store.slots import Keys
from anifro_desktop.store.transaction import Transaction

_VERSION = "anifro_version"
_WHICH_VERSION = "SELECT version FROM anifro_version"
_RAISE_VERSION = sa.text("UPDATE anifro_version SET version = :version")
_GUARD = "anifro_append_only"
_GUARD_BODY = "BEGIN RAISE EXCEPTION 'append-only'; END"
_WHOLE, _TRAIL = "store", "trail"
# The lock of each thing is a number of 64 bits: the start of the hash of its name.
_LOCK = sa.text("SELECT pg_advisory_xact_lock(:key)")
_SHARE = sa.text("SELECT pg_advisory_xact_lock_shared(:key)")
_LOOK = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


class SettledAnchor(Anchor):
    """An anchor that several programs write: one file, at close, never back to an earlier head."""

    def known(self) -> Head | None:
        """The head that the file vouches for, if it is whole."""
        return self._settled_head()

    def faults(self) -> list[str]:
        """The file's name where it is missing, damaged or made by somebody without the key."""
        return [] if self._settled_head() is not None else [self.settled.name]

    def begin_at(self, head: Head, utc: str) -> None:
        """Write the file for a head, whatever it said."""
        super().settle(head, utc)

    def note(self, head: Head) -> None:
        """A single save moves nothing."""

    def settle(self, head: Head, utc: str) -> None:
        """Write the file, unless it knows a later head."""
        known = self._settled_head()
        if known is None or known.seq <= head.seq:
            super().settle(head, utc)


class OnServer(Kept):
    """The part of a store that is otherwise than in a file of its own."""

    ANCHORS: ClassVar[type[Anchor]] = SettledAnchor
    EMBEDDED: ClassVar[bool] = False

    def _open_engine(self, candidates: Any) -> tuple[sa.Engine, DatabaseKey]:
        self.address = recall(self.folder, *candidates)
        return open_server(self.address), candidates[0]

    def _spoken(self) -> AbstractContextManager[None]:
        return server_errors(self.path.name)

    def _migrate(self) -> None:
        with self._connection.begin():
            self._connection.execute(_LOCK, {"key": _key(_WHOLE)})
            found = _tables(self._connection)
            if not found:
                if self._anchor.exists():
                    raise DatabaseMissing(self.path.name)
                _create(self._connection, self.SCHEMA.metadata, self.SCHEMA.append_only, self._version)
            elif _VERSION not in found:
                raise ServerTrouble("foreign")
            else:
                version = int(self._connection.exec_driver_sql(_WHICH_VERSION).scalar_one())
                if version > self._version:
                    raise NewerSchema(self.path.name)
                if version < self._version:  # so far a newer version only has more tables
                    _add(self._connection, self.SCHEMA.metadata, self.SCHEMA.append_only, found)
                    self._connection.execute(_RAISE_VERSION, {"version": self._version})

    @property
    def _version(self) -> int:
        return len(self.SCHEMA.migrations)

    def audit_head(self) -> Head:
        """Number and hash of the newest entry of the trail, whoever wrote it."""
        with self.reading() as tx:
            return self._newest(tx.connection)[0]

    def _newest(self, connection: sa.Connection) -> tuple[Head, str]:
        """The newest entry of the trail, and its time."""
        audit = self.SCHEMA.audit
        query = sa.select(audit.c.seq, audit.c.hash, audit.c.utc).order_by(audit.c.seq.desc()).limit(1)
        row = connection.execute(query).one_or_none()
        return (Head(), "") if row is None else (Head(row.seq, row.hash), row.utc)

    def _reserve(self, about: tuple[str, ...] | None) -> None:
        run = self._connection
        if about is None:
            run.exec_driver_sql(_LOOK)
            return
        run.execute(_SHARE if about else _LOCK, {"key": _key(_WHOLE)})
        for key in sorted({_key(name) for name in about}):
            run.execute(_LOCK, {"key": key})

    def _seal(self, transaction: Transaction) -> list[Sealed]:
        self._connection.execute(_LOCK, {"key": _key(_TRAIL)})
        (head, last), first = self._newest(self._connection), transaction.entries[0].seq
        now = self._watch.stamp()
        moved = [
            entry._replace(
                seq=head.seq + 1 + entry.seq - first,
                tx=head.seq + 1,
                utc=now.utc,
                utc_offset=now.offset,
                clock_ok=now.ok and now.utc >= last,
            )
            for entry in transaction.entries
        ]
        sealed = seal(moved, head, self._signer())
        rows = [
            one.entry._asdict() | {"hash": one.hash, "signature": one.signature or None} for one in sealed
        ]
        self._connection.execute(sa.insert(self.SCHEMA.audit), rows)
        return sealed

    def secret(self, name: str) -> bytes | None:
        """A key or key file kept here.

        Raises:
            VaultDamaged: somebody changed it on the server.
        """
        value = super().secret(name)
        return None if value is None else opened_secret(self.keys.database(self.NAME), name, value)

    def keep_secret(self, name: str, value: bytes, reason: str = "") -> None:
        """Keep a key or key file, sealed; the trail tells only the hash of what lies on the server."""
        super().keep_secret(name, sealed_secret(self.keys.database(self.NAME)[0], name, value), reason)

    def still(self) -> NoReturn:
        """There is no file to copy.

        Raises:
            NotOnServer: always.
        """
        raise NotOnServer

    def checkpoint(self) -> None:
        """Settle the anchor; what was committed is on the server's disk.

        Raises:
            CannotSave: the folder cannot be written, or the server does not answer.
        """
        with self._lock:
            if not self._untold:
                self._anchor.settle(self.audit_head(), self._watch.stamp().utc)

    def compact(self) -> None:
        """What was overwritten is cleared by the server in its own time; see the administrator's pages."""
        self.checkpoint()

    def rekey(self, keys: Keys) -> None:
        """Seal the secrets, the address and the anchor under the newest key of `keys`, which hold the older one too.

        Killed at any moment, each of them opens with one of the two.

        Raises:
            CannotSave: nothing was changed on the server.
        """
        with self._lock:
            with self.transaction():
                kept = {name: self.secret(name) for name in self.secret_names()}
                self.keys = keys
                for name, value in kept.items():
                    if value is not None:
                        self.keep_secret(name, value, "rekey")
            self.key = keys.database(self.NAME)[0]
            remember(self.folder, self.address, self.key)
            self._anchor.renew(
                self._head, self._watch.stamp().utc, *(one.key for one in keys.database(self.NAME))
            )

    def structure_findings(self) -> Iterator[Finding]:
        """Tables, columns and triggers that are not as they were made: what `verify` compares."""
        with self.reading() as tx:
            stored = _objects(tx.connection)
        wanted = _wanted(self.SCHEMA.metadata, self.SCHEMA.append_only)
        for item in sorted(stored.keys() | wanted.keys()):
            if stored.get(item) != wanted.get(item):
                yield Finding("schema_changed", {"name": self.path.name, "object": item})


def _key(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode("utf-8")).digest()[:8], "big", signed=True)


def _fitted(metadata: sa.MetaData) -> sa.MetaData:
    """The same tables as a server has them: numbers of 64 bits, texts in the order of their code points."""
    fitted = sa.MetaData()
    for table in metadata.sorted_tables:
        for column in table.to_metadata(fitted).columns:
            if isinstance(column.type, sa.Text):
                column.type = sa.Text(collation="C")
            elif isinstance(column.type, sa.Integer):
                column.type = sa.BigInteger()
                column.autoincrement = False
    return fitted


def _create(
    connection: sa.Connection, metadata: sa.MetaData, append_only: tuple[sa.Table, ...], version: int
) -> None:
    connection.exec_driver_sql(
        f"CREATE FUNCTION {_GUARD}() RETURNS trigger LANGUAGE plpgsql AS $guard${_GUARD_BODY}$guard$"
    )
    _add(connection, metadata, append_only, frozenset())
    connection.exec_driver_sql(f"CREATE TABLE {_VERSION} (version bigint NOT NULL)")
    connection.execute(sa.text("INSERT INTO anifro_version VALUES (:version)"), {"version": version})


def _add(
    connection: sa.Connection, metadata: sa.MetaData, append_only: tuple[sa.Table, ...], there: Set[str]
) -> None:
    """Make every table that is not there, with its indexes and what guards it."""
    for table in _fitted(metadata).sorted_tables:
        if table.name not in there:
            connection.execute(CreateTable(table))
            for index in sorted(table.indexes, key=lambda index: str(index.name)):
                connection.execute(CreateIndex(index))
    for table in (table for table in append_only if table.name not in there):
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table.name}_keep BEFORE UPDATE OR DELETE ON {table.name} "
            f"FOR EACH ROW EXECUTE FUNCTION {_GUARD}()"
        )
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table.name}_whole BEFORE TRUNCATE ON {table.name} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {_GUARD}()"
        )


def _tables(connection: sa.Connection) -> set[str]:
    query = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
    return set(connection.exec_driver_sql(query).scalars())


def _objects(connection: sa.Connection) -> dict[str, Json]:
    """Columns by table, and triggers with what they do."""
    found: dict[str, Json] = {}
    columns = (
        "SELECT table_name, string_agg(column_name || ' ' || data_type || ' ' || is_nullable, ', ' "
        "ORDER BY ordinal_position) FROM information_schema.columns WHERE table_schema = current_schema() "
        "GROUP BY table_name"
    )
    for table, text in connection.exec_driver_sql(columns).all():
        found[str(table)] = text
    triggers = (
        "SELECT t.tgname, c.relname, t.tgtype, t.tgenabled::text, p.prosrc FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
    )
    for name, table, kind, enabled, body in connection.exec_driver_sql(triggers).all():
        found[str(name)] = [table, int(kind), enabled, body]
    return found


_ROW_CHANGE, _ANY_TRUNCATE = 27, 34  # pg_trigger.tgtype: row, before, delete, update; before, truncate
_TYPES = ((sa.LargeBinary, "bytea"), (sa.Boolean, "boolean"), (sa.Integer, "bigint"), (sa.JSON, "json"))


def _wanted(metadata: sa.MetaData, append_only: tuple[sa.Table, ...]) -> dict[str, Json]:
    wanted: dict[str, Json] = {_VERSION: "version bigint NO"}
    for table in metadata.sorted_tables:
        wanted[table.name] = ", ".join(
            f"{column.name} {_type(column)} {'YES' if column.nullable else 'NO'}" for column in table.columns
        )
    for table in append_only:
        wanted[f"{table.name}_keep"] = [table.name, _ROW_CHANGE, "O", _GUARD_BODY]
        wanted[f"{table.name}_whole"] = [table.name, _ANY_TRUNCATE, "O", _GUARD_BODY]
    return wanted


def _type(column: sa.Column[Any]) -> str:
    return next((name for kind, name in _TYPES if isinstance(column.type, kind)), "text")
