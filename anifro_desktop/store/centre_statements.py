"""What the centre's store asks, each statement made once: to make one takes longer than to run it.

`dialect` is the name of that of the connection.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa

from anifro_desktop.store.among import among
from anifro_desktop.store.centre_schema import REVISIONS

_PLACE = ("record", "ver", "digest", "site", "writer", "epoch")
_LIGHT = ("subject", *_PLACE, "visit", "day", "earlier", "op", "bundle")


@cache
def rows(table: sa.Table, columns: tuple[str, ...], which: tuple[str, ...]) -> sa.Select[Any]:
    """Rows in which some columns have the values that are given with them, in order of the key."""
    by = table.primary_key.columns
    asked = [table.c[name] == sa.bindparam(name) for name in which]
    return sa.select(*(table.c[name] for name in columns)).where(*asked).order_by(*by)


@cache
def of_subjects(table: sa.Table, columns: tuple[str, ...], dialect: str) -> sa.Select[Any]:
    """Rows about the subjects that are given, in order of the key."""
    query = sa.select(*(table.c[name] for name in columns)).where(among(table.c.subject, "subjects", dialect))
    return query.order_by(*table.primary_key.columns)


@cache
def of_records(columns: tuple[str, ...], dialect: str) -> sa.Select[Any]:
    """Every version of the records that are given."""
    query = sa.select(*(REVISIONS.c[name] for name in columns))
    return query.where(among(REVISIONS.c.record, "records", dialect))


@cache
def lightly(dialect: str) -> sa.Select[Any]:
    """One form of the subjects that are given, without what is in it."""
    table = REVISIONS.c
    query = sa.select(*(table[name] for name in _LIGHT)).where(table.form == sa.bindparam("form"))
    ordered = query.order_by(table.subject, table.record, table.ver, table.digest)
    return ordered.where(among(table.subject, "subjects", dialect))


@cache
def places(dialect: str) -> sa.Select[Any]:
    """What there is of the subjects that are given under the keys or in the forms that are given."""
    table = REVISIONS.c
    some = among(table.visit, "visits", dialect) | among(table.form, "forms", dialect)
    query = sa.select(*(table[name] for name in ("subject", "visit", "form", *_PLACE)))
    return query.where(among(table.subject, "subjects", dialect), some)
