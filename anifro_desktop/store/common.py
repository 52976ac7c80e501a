"""What every database of the program has: settings, secrets, the audit trail, and triggers that keep rows for ever."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateIndex, CreateTable

# Absent and null are one thing in a column: nothing there.
JSON = sa.JSON(none_as_null=True)


@compiles(sa.JSON, "sqlite")
def _json_is_text(*_: Any, **__: Any) -> str:
    # A column of type "JSON" has SQLite's numeric affinity: the text 1 would come back as a number.
    return "TEXT"


def settings_table(metadata: sa.MetaData) -> sa.Table:
    """Settings: a name and a JSON value."""
    return sa.Table(
        "settings",
        metadata,
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", JSON),
        sqlite_with_rowid=False,
    )


def secrets_table(metadata: sa.MetaData) -> sa.Table:
    """Keys of the site or centre itself, and key files of others: a name and bytes."""
    return sa.Table(
        "secrets",
        metadata,
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )


def audit_table(metadata: sa.MetaData) -> sa.Table:
    """The trail; see `audit.Entry` for its columns.

    It has no second index: one would cost every save three more enciphered pages, a third of its writing, and spare
    the rare look at a field's history a scan of a few tenths of a second.
    """
    return sa.Table(
        "audit",
        metadata,
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("utc", sa.Text, nullable=False),
        sa.Column("utc_offset", sa.Integer, nullable=False),
        sa.Column("clock_ok", sa.Boolean, nullable=False),
        sa.Column("user", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("table", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("old", JSON),
        sa.Column("new", JSON),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("tx", sa.Integer, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("signature", sa.LargeBinary),
    )


def create_all(
    connection: sa.Connection, tables: Iterable[sa.Table], append_only: tuple[sa.Table, ...]
) -> None:
    """Make every one of the tables and index, and the triggers that forbid to change or delete what is append-only."""
    for table in tables:
        connection.execute(CreateTable(table))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(CreateIndex(index))
    for table in append_only:
        for act in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table.name}_no_{act.lower()} BEFORE {act} ON {table.name} "
                f"BEGIN SELECT RAISE(ABORT, '{table.name} is append-only'); END"
            )


def objects(connection: sa.Connection) -> dict[str, Any]:
    """Every table, index and trigger by name, with its definition: what `verify` compares."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master ORDER BY name").all()
    return {row[0]: row[1] for row in rows}
