"""Rows that the audit trail vouches for: how they are written, and how they are compared with it later.

Rules kept here:
- A row is changed through `put`, which writes an entry with old and new for every column that changed.
- The reverse holds at any time: each such column of a live row equals the `new` of its last entry. `verify` asks.
- Columns named `hashed` (secrets, long texts) stand in the trail by their hash; those named `together` all by one,
  where a row is written once and never changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from anifro_desktop.record import Json
from anifro_desktop.store.audit import witness


@dataclass(frozen=True)
class Audited:
    """What of a table the trail vouches for. plain, hashed: columns.

    together: columns.
    within: number of leading key columns that name the record in the trail; the rest of the key goes before the
    column's name in its field. short: the column that goes without its own name then.
    """

    table: sa.Table
    plain: tuple[str, ...] = ()
    hashed: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    within: int | None = None
    short: str = ""

    @cached_property
    def name(self) -> str:
        """The table's name, as the plain text that the driver takes without asking."""
        return "".join(self.table.name)

    @cached_property
    def key(self) -> tuple[str, ...]:
        """Names of the primary key's columns."""
        return tuple(column.name for column in self.table.primary_key.columns)

    def record(self, row: Mapping[str, Any]) -> str:
        """What the trail calls this row."""
        return "/".join(str(row[name]) for name in self.key[: self.within])

    def field(self, row: Mapping[str, Any], column: str) -> str:
        """What the trail calls this column of this row."""
        if self.within is None:
            return column
        prefix = "/".join(str(row[name]) for name in self.key[self.within :])
        return prefix if column == self.short else f"{prefix}/{column}"

    def facts(self, row: Mapping[str, Any]) -> Iterator[tuple[str, Json]]:
        """Each vouched column present in `row`: its field in the trail and the value as the trail holds it."""
        for column in self.plain:
            if column in row:
                yield self.field(row, column), row[column]
        for column in self.hashed:
            if column in row:
                yield self.field(row, column), witness(row[column])
        if self.together and row.keys() >= set(self.together):
            yield self.field(row, self.short), witness({name: _short(row[name]) for name in self.together})

    def where(self, row: Mapping[str, Any]) -> sa.ColumnElement[bool]:
        """The condition that finds the row by its key."""
        return sa.and_(*(self.table.c[name] == row[name] for name in self.key))


def _short(value: Json) -> Json:
    """A value, or the hash of a text."""
    return hashlib.sha256(value.encode("utf-8")).hexdigest() if isinstance(value, str) else value
