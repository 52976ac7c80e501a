"""Rows of which a column is one of many values, in one short statement.

A placeholder for each value makes a statement as long as the list. The driver of the embedded store keeps a handful of
statements, whatever it is asked: those that ran most often. Long ones then hold the memory that every small piece of
work would come from, and each is locked and wiped by itself: an insertion took three times as long. So what is long
runs once for many rows, not once for each.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa


def among(column: sa.Column[Any], name: str, dialect: str) -> sa.ColumnElement[bool]:
    """The condition that a column is one of some texts, which are given as a list under a name when the statement runs:
    so it is made once. dialect: the name of that of the connection."""
    if dialect != "sqlite":
        return column.in_(sa.bindparam(name, expanding=True))
    listed = sa.func.json_each(sa.bindparam(name, type_=sa.JSON)).table_valued("value")
    return column.in_(sa.select(listed.c.value))
