"""Statements of every keystroke: compiled once by SQLAlchemy, then run by the driver on the same connection.

A save is a handful of statements, and compiling, binding and wrapping them anew would cost as much as its fsync.
JSON goes in and comes out as text here: `column` and `decode`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from anifro_desktop.record import Json, canonical

_encoder = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def column(value: Json) -> str | None:
    """JSON as a column holds it; nothing is NULL."""
    return None if value is None else _encoder.encode(value)


def checked(value: Json) -> Json:
    """The value, if it may stand in a database.

    Raises:
        RecordError: a float, a broken character, something that is not JSON.
    """
    if isinstance(value, str):
        if not value.isascii():
            canonical(value)
    elif value is not None and not isinstance(value, int):
        canonical(value)
    return value


def decode(text: str | None) -> Json:
    """The JSON of a column."""
    value: Json = None if text is None else json.loads(text)
    return value


def same(one: Json, other: Json) -> bool:
    """Whether two JSON values are the same text; 1 and true are not."""
    if type(one) is type(other) and isinstance(one, str | int | None):
        return one == other
    return canonical(one) == canonical(other)


class Prepared:
    """A statement with named parameters."""

    def __init__(self, statement: sa.sql.elements.CompilerElement) -> None:
        self._statement = statement

    @cached_property
    def _compiled(self) -> tuple[str, tuple[str, ...]]:
        compiled = self._statement.compile(dialect=SQLiteDialect_pysqlite(paramstyle="qmark"))
        return str(compiled), tuple(getattr(compiled, "positiontup", None) or ())

    def all(self, connection: sa.Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Every row, as tuples."""
        text, names = self._compiled
        driver: Any = connection.connection.driver_connection
        rows: list[tuple[Any, ...]] = driver.execute(text, [values[name] for name in names]).fetchall()
        return rows

    def many(self, connection: sa.Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run it for each row of parameters."""
        text, names = self._compiled
        driver: Any = connection.connection.driver_connection
        driver.executemany(text, [[row[name] for name in names] for row in rows])
