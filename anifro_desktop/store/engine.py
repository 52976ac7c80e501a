"""An encrypted database as a SQLAlchemy engine, opened one way only.

Rules kept here:
- SQLCipher speaks to nobody: its log is off before anything else, since it would print to standard error.
- Key and salt are always given together, as hex, to the driver itself; never in a URL, a name or an error.
- WAL with `synchronous=FULL`: a COMMIT that returned survives a power cut.
- The driver keeps no statements (and none of the key, which is spoken as a script): each takes memory that
  `cipher_memory_security` then locks and wipes piece by piece, which made a save half as slow again.
- Every transaction starts as BEGIN IMMEDIATE, so that it fails at its start or not at all.
- A SQLite older than 3.51.3 (WAL-reset corruption) is refused.
- A new file is its owner's alone; its WAL takes after it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as driver

from anifro_desktop.files import FilesError, free_bytes
from anifro_desktop.record import canonical
from anifro_desktop.store.errors import CannotSave, Conflict, DatabaseDamaged, OldSqlite
from anifro_desktop.store.rawkeys import DatabaseKey

LEAST_SQLITE = (3, 51, 3)

_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "recursive_triggers = ON",  # else INSERT OR REPLACE slips past the append-only triggers
    "trusted_schema = OFF",
    "temp_store = MEMORY",
    "cache_size = -32768",  # KiB; a page that is kept need not be deciphered again
)
_DAMAGED = {driver.SQLITE_CORRUPT, driver.SQLITE_NOTADB}
_ROOM = 1 << 20  # bytes, which a save may need
_CANNOT_SAVE = {
    driver.SQLITE_FULL: "full",
    driver.SQLITE_IOERR: "io",
    driver.SQLITE_READONLY: "readonly",
    driver.SQLITE_CANTOPEN: "readonly",
    driver.SQLITE_PERM: "readonly",
    driver.SQLITE_BUSY: "busy",
    driver.SQLITE_LOCKED: "busy",
}

# What SQLite says where the driver passes no code on, as it does for a copy of pages.
_SAID = {
    "database or disk is full": driver.SQLITE_FULL,
    "disk I/O error": driver.SQLITE_IOERR,
    "attempt to write a readonly database": driver.SQLITE_READONLY,
    "unable to open database file": driver.SQLITE_CANTOPEN,
    "database is locked": driver.SQLITE_BUSY,
    "database disk image is malformed": driver.SQLITE_CORRUPT,
    "file is not a database": driver.SQLITE_NOTADB,
}


def check_library(version: tuple[int, ...] = driver.sqlite_version_info) -> None:
    """Refuse a SQLite that may corrupt a WAL.

    Raises:
        OldSqlite: older than 3.51.3.
    """
    if version < LEAST_SQLITE:
        raise OldSqlite(".".join(str(part) for part in version))


def open_engine(path: Path, key: DatabaseKey) -> sa.Engine:
    """The engine of one encrypted file, with a single connection usable from any one thread at a time.

    Raises:
        OldSqlite: the library is too old.
        DatabaseDamaged: the key does not open the file, or its first pages do not check.
        CannotSave: the file cannot be opened for writing.
    """
    check_library()
    engine = sa.create_engine(
        "sqlite://",
        module=driver,
        creator=_opener(path, key),
        poolclass=StaticPool,
        hide_parameters=True,  # an error must never show an answer
        json_serializer=lambda value: canonical(value).decode("utf-8"),
    )
    sa.event.listen(engine, "begin", _begin_immediate)
    with spoken_errors(path):
        engine.connect().close()
    return engine


def copy_pages(source: Any, target: Path, key: DatabaseKey) -> None:
    """Copy the whole database of a driver connection into a new file under the same key, by SQLite's backup API.

    The copy is as of one moment: nobody else writes through this connection meanwhile. It is not synced.

    Raises:
        DatabaseDamaged: pages that do not check. CannotSave: the target's disk is full or failed.
    """
    with spoken_errors(target):
        _make_private(target)
        copy = driver.connect(str(target), isolation_level=None, cached_statements=0)
        try:
            _speak_key(copy, key)
            # A copy that fails is thrown away, so it needs no journal of its own.
            for pragma in ("journal_mode = OFF", "synchronous = OFF"):
                copy.execute(f"PRAGMA {pragma}").fetchall()
            source.backup(copy)
        finally:
            copy.close()


def change_key(connection: sa.Connection, key: DatabaseKey) -> None:
    """Encipher the whole file anew. The connection is of no use afterwards; the WAL must be empty before.

    Raises:
        sqlalchemy.exc.DBAPIError, driver errors: the file is under the key of before (see `spoken_errors`).
    """
    cursor = connection.connection.cursor()
    try:
        cursor.executescript(f"PRAGMA rekey = \"x'{key.key.hex()}{key.salt.hex()}'\"")
    finally:
        cursor.close()


def memory_engine() -> sa.Engine:
    """A database in memory, to see what a migration makes."""
    return sa.create_engine("sqlite://", module=driver, poolclass=StaticPool)


def _begin_immediate(connection: sa.Connection) -> None:
    driver_connection: Any = connection.connection.driver_connection
    driver_connection.execute("BEGIN IMMEDIATE")


def _opener(path: Path, key: DatabaseKey) -> Callable[[], Any]:
    def open_db() -> Any:
        _make_private(path)
        connection = driver.connect(
            str(path), isolation_level=None, check_same_thread=False, timeout=5.0, cached_statements=0
        )
        try:
            _speak_key(connection, key)
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}").fetchall()
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        except BaseException:
            connection.close()
            raise
        return connection

    return open_db


def _make_private(path: Path) -> None:
    """Make a file that is not there yet, since the driver would make it readable by others of this computer. What goes
    wrong here goes wrong there too, and is said there."""
    with suppress(OSError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600))


def _speak_key(connection: Any, key: DatabaseKey) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
    connection.execute("PRAGMA cipher_memory_security = ON").fetchall()
    # As a script: the driver keeps the words of other statements, a few even where it is told to keep none.
    connection.executescript(f"PRAGMA key = \"x'{key.key.hex()}{key.salt.hex()}'\"")


@contextmanager
def spoken_errors(path: Path) -> Iterator[None]:
    """Turn the driver's errors about a database into refusals that a person understands.

    Raises:
        DatabaseDamaged: pages that do not check. CannotSave: disk full, I/O error, read-only, busy.
        Conflict: a row that is there already, or a change that a trigger forbids.
    """
    try:
        yield
    except sa.exc.DBAPIError as error:
        _speak(path, error.orig or error, error)
        raise
    except driver.Error as error:
        _speak(path, error, error)
        raise
    except MemoryError as error:  # so the library says that it could not decipher a page while it commits
        raise DatabaseDamaged(path.name) from error


def _speak(path: Path, original: BaseException, error: Exception) -> None:
    code = getattr(original, "sqlite_errorcode", _SAID.get(str(original)))
    code = code & 0xFF if isinstance(code, int) else None  # the low byte; the rest is detail
    if code in _DAMAGED:
        raise DatabaseDamaged(path.name) from error
    if code in _CANNOT_SAVE:
        why = _CANNOT_SAVE[code]
        raise CannotSave("full" if why == "io" and _is_full(path) else why) from error
    if code == driver.SQLITE_CONSTRAINT:
        raise Conflict from error


def _is_full(path: Path) -> bool:
    """Whether there is no room beside a file: some file systems tell of it as of a broken disk."""
    try:
        return free_bytes(path.parent) < _ROOM
    except FilesError:
        return False
