"""What costs time by design and need not be done again by each test of one process: keys of passphrases, statements.

The program does neither of this: what it worked out and compiled goes when a site is locked.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from anifro_desktop.crypto import kdf


@contextmanager
def keys() -> Iterator[None]:
    """A passphrase's key costs real time by design; the same passphrase and salt, as on the copies of one site, give
    the same key again. What a new site measures, under a salt of zeros, is really done each time."""
    worked_out = kdf.argon2id
    remembered = functools.lru_cache(maxsize=1000)(worked_out)

    def argon2id(passphrase: str, salt: bytes, **settings: int) -> bytes:
        return (remembered if any(salt) else worked_out)(passphrase, salt, **settings)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kdf, "argon2id", argon2id)
        yield


@contextmanager
def statements() -> Iterator[None]:
    """SQLAlchemy compiles a statement once for each engine, and each site that a test opens has engines of its own:
    here all share what was compiled, as all speak one dialect. The program does not: what is compiled remembers the
    values that it was first asked for, and they go with the engine when a site is locked."""
    create_engine, compiled = sa.create_engine, LRUCache(2000)

    def sharing(*address: Any, **settings: Any) -> sa.Engine:
        options = {"compiled_cache": compiled} | settings.pop("execution_options", {})
        return create_engine(*address, execution_options=options, **settings)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sa, "create_engine", sharing)
        patch.setattr(SQLiteDialect_pysqlite, "__hash__", lambda self: hash(_spoken(self)))
        patch.setattr(SQLiteDialect_pysqlite, "__eq__", lambda self, other: _spoken(self) == _spoken(other))
        yield


def _spoken(dialect: Any) -> tuple[type, bool]:
    """What compiled statements depend on: the database in memory that migrations are tried on writes JSON otherwise."""
    return type(dialect), getattr(dialect, "_json_serializer", None) is None
