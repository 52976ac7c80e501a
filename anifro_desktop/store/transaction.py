"""One transaction of a database on its way to its COMMIT, and what a database's schema is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from anifro_desktop.record import Json
from anifro_desktop.store.audit import Entry, Head
from anifro_desktop.store.audited import Audited
from anifro_desktop.store.clock import Stamp
from anifro_desktop.store.prepared import checked, same


@dataclass(frozen=True, slots=True)
class Schema:
    """The tables of one database. migrations: functions that lead from version n to n + 1, the first from nothing.

    audit: the trail's table; audited: what the trail vouches for; append_only: tables whose rows nobody changes.
    """

    metadata: sa.MetaData
    audit: sa.Table
    audited: tuple[Audited, ...]
    migrations: tuple[Callable[[sa.Connection], None], ...]
    append_only: tuple[sa.Table, ...] = ()


@dataclass(slots=True)
class Transaction:
    """One transaction on its way. stamp: its one reading of the clock; entries: what the trail will say of it."""

    connection: sa.Connection
    stamp: Stamp
    entries: list[Entry]
    head: Head
    author: tuple[str, str, str]
    failed: bool = False

    @property
    def seq(self) -> int:
        """Number of the newest entry, this transaction's included."""
        return self.head.seq + len(self.entries)

    def record(self, table: str, record: str, field: str, old: Json, new: Json, reason: str = "") -> None:
        """Add an entry to the trail."""
        head, stamp = self.head.seq, self.stamp
        entry = Entry(
            self.seq + 1,
            stamp.utc,
            stamp.offset,
            stamp.ok,
            *self.author,
            table,
            record,
            field,
            checked(old),
            checked(new),
            reason,
            head + 1,
        )
        self.entries.append(entry)

    def put(self, spec: Audited, row: Mapping[str, Any], reason: str = "") -> bool:
        """Insert or update one row, telling the trail of each column that changed; says whether any did."""
        key = _key(spec, row)
        old = self.connection.execute(_select(spec), key).mappings().one_or_none()
        if old is None:
            self.connection.execute(sa.insert(spec.table), dict(row))
        else:
            changed = _changed(dict(old), row)
            if not changed:
                return False
            self.connection.execute(_update(spec, frozenset(changed)), changed | key)
        self._tell(spec, {} if old is None else dict(old), row, reason)
        return True

    def put_all(
        self, spec: Audited, rows: Iterable[tuple[Mapping[str, Any] | None, Mapping[str, Any]]]
    ) -> None:
        """The same for many rows. Each comes with what is there, every column, as it was read in this transaction
        (None: nothing)."""
        new: list[Mapping[str, Any]] = []
        moved: dict[frozenset[str], list[dict[str, Any]]] = {}
        for old, row in rows:
            if old is None:
                new.append(row)
            elif changed := _changed(old, row):
                moved.setdefault(frozenset(changed), []).append(changed | _key(spec, row))
                self._tell(spec, old, row)
        self.add(spec, new)
        for columns, values in moved.items():
            self.connection.execute(_update(spec, columns), values)

    def _tell(self, spec: Audited, old: Mapping[str, Any], row: Mapping[str, Any], reason: str = "") -> None:
        before = dict(spec.facts(old))
        for field, new in spec.facts(row):
            if not same(was := before.get(field), new):
                self.record(spec.name, spec.record(row), field, was, new, reason)

    def add(self, spec: Audited, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows of which none is there, telling the trail of each."""
        if rows:
            self.connection.execute(sa.insert(spec.table), list(rows))
        for row in rows:
            for field, new in spec.facts(row):
                if new is not None:
                    self.record(spec.name, spec.record(row), field, None, new)


def _changed(old: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if old[name] != value}


def _key(spec: Audited, row: Mapping[str, Any]) -> dict[str, Any]:
    return {f"key_{name}": row[name] for name in spec.key}


@cache
def _select(spec: Audited) -> sa.Select[Any]:
    condition = sa.and_(*(spec.table.c[name] == sa.bindparam(f"key_{name}") for name in spec.key))
    return sa.select(spec.table).where(condition)


@cache
def _update(spec: Audited, columns: frozenset[str]) -> sa.Update:
    condition = sa.and_(*(spec.table.c[name] == sa.bindparam(f"key_{name}") for name in spec.key))
    return sa.update(spec.table).where(condition).values({name: sa.bindparam(name) for name in columns})
