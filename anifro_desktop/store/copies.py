"""Databases as they lie in their files, for copying: held still, read without a store, under whatever schema.

Rules kept here:
- Nothing is written: a database under an older schema stays so, and a missing one is not made.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from anifro_desktop.files import cannot_write, sync_file
from anifro_desktop.store.audit import Head
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.database import Database
from anifro_desktop.store.engine import copy_pages, open_engine, spoken_errors
from anifro_desktop.store.errors import CannotSave, DatabaseDamaged, DatabaseMissing
from anifro_desktop.store.identities import IdentityStore
from anifro_desktop.store.rawkeys import DatabaseKey
from anifro_desktop.store.slots import Keys

STORES: Mapping[str, type[Database]] = {"clinical": ClinicalStore, "identity": IdentityStore}


@dataclass(frozen=True, slots=True)
class Source:
    """A database to copy, held still. name: of its file; connection: the driver's; key: what opened it."""

    name: str
    connection: Any
    key: DatabaseKey


@contextmanager
def open_sources(*stores: Database) -> Iterator[dict[str, Source]]:
    """Open stores, held still together."""
    if not stores:
        yield {}
        return
    first, *rest = stores
    with first.still() as connection, open_sources(*rest) as others:
        yield {first.NAME: Source(first.path.name, connection, first.key), **others}


@contextmanager
def closed_sources(folder: Path, keys: Keys) -> Iterator[dict[str, Source]]:
    """The databases of a folder that no store has opened; those that the keys include.

    Raises:
        DatabaseMissing, DatabaseDamaged: one is not there, or does not open.
    """
    engines: list[sa.Engine] = []
    try:
        found: dict[str, Source] = {}
        for name in STORES:
            if name not in keys.databases:
                continue
            path = folder / f"{name}.db"
            engine, key = _open_either(path, keys.database(name))
            engines.append(engine)
            found[name] = Source(path.name, engine.raw_connection().driver_connection, key)
        yield found
    finally:
        for engine in engines:
            engine.dispose()


def _open_either(path: Path, keys: tuple[DatabaseKey, ...]) -> tuple[sa.Engine, DatabaseKey]:
    if not path.exists():
        raise DatabaseMissing(path.name)
    for key in keys:
        try:
            return open_engine(path, key), key
        except DatabaseDamaged:
            continue
    raise DatabaseDamaged(path.name)


def copy(source: Source, target: Path) -> None:
    """Copy a database into a new file under the same key, synced.

    Raises:
        DiskFull, FolderGone: it was not copied. DatabaseDamaged: pages that do not check.
    """
    try:
        copy_pages(source.connection, target, source.key)
    except CannotSave as error:
        # In the words of a file that could not be written: what is typed has nothing to do with it.
        number = errno.ENOSPC if error.params["why"] == "full" else errno.EIO
        raise cannot_write(target, OSError(number, "copying")) from error
    sync_file(target)


def head(source: Source) -> Head:
    """Where its trail stands."""
    found = _all(source, "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
    return Head(*found[0]) if found else Head()


def epoch(source: Source) -> int:
    """The epoch in which a clinical database sends."""
    found = _all(source, "SELECT value FROM settings WHERE key = 'epoch' AND value IS NOT NULL")
    return int(json.loads(found[0][0])) if found else 1


def rows(source: Source) -> dict[str, int]:
    """How many rows each table has."""
    tables = _all(source, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return {name: _all(source, f'SELECT count(*) FROM "{name}"')[0][0] for (name,) in tables}  # noqa: S608


def is_older(name: str, source: Source) -> bool:
    """Whether the store of that name would change its tables on opening it."""
    ((version,),) = _all(source, "PRAGMA user_version")
    return bool(0 < version < len(STORES[name].SCHEMA.migrations))


def _all(source: Source, query: str) -> list[tuple[Any, ...]]:
    with spoken_errors(Path(source.name)):
        found: list[tuple[Any, ...]] = source.connection.execute(query).fetchall()
    return found
