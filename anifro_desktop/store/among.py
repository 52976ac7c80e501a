"""Rows of which a column is one of many values, in one short statement.

A placeholder for each value makes a statement as long as the list. The driver of the embedded store keeps a handful of
statements, whatever it is asked; long ones then hold the memory that every small piece of work would come from, and
each is locked and wiped by itself: an insertion took three times as long.
"""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa


def among(
    column: sa.Column[str], values: Collection[str], connection: sa.Connection
) -> sa.ColumnElement[bool]:
    """The condition that a column is one of some texts."""
    if connection.dialect.name != "sqlite":
        return column.in_(values)
    listed = sa.func.json_each(sa.bindparam(None, list(values), sa.JSON)).table_valued("value")
    return column.in_(sa.select(listed.c.value))
