"""How a database is, in numbers: for a support file, which holds no answer, no identity and no date of a patient."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlcipher3 import dbapi2 as driver

from anifro_desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class Condition:
    """schema, newest: version of the file's tables, and the one this program makes. rows: by table; size, wal: bytes.
    entries: of the trail; suspect: those with a clock that could not be believed; ahead: the newest one is later than
    now by this computer's clock. behind: older than its anchor; unsound: anchors found damaged."""

    schema: int
    newest: int
    rows: dict[str, int]
    size: int
    wal: int
    pages: int
    free_pages: int
    entries: int
    suspect: int
    ahead: bool
    behind: bool
    unsound: int


def condition(store: Database, utc: str) -> Condition:
    """The condition of an open database. utc: now, as the trail writes instants."""
    audit = store.SCHEMA.audit
    wal = store.path.with_name(f"{store.path.name}-wal")
    with store.transaction() as tx:
        run = tx.connection.exec_driver_sql
        schema, pages, free = (
            int(run(f"PRAGMA {name}").scalar_one())
            for name in ("user_version", "page_count", "freelist_count")
        )
        rows = {
            table.name: int(tx.connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
            for table in store.SCHEMA.metadata.sorted_tables
        }
        suspect = sa.select(sa.func.count()).select_from(audit).where(audit.c.clock_ok.is_(False))
        last = tx.connection.execute(sa.select(sa.func.max(audit.c.utc))).scalar()
        return Condition(
            schema,
            len(store.SCHEMA.migrations),
            rows,
            store.path.stat().st_size,
            wal.stat().st_size if wal.exists() else 0,
            pages,
            free,
            store.audit_head().seq,
            int(tx.connection.execute(suspect).scalar_one()),
            last is not None and last > utc,
            store.behind is not None,
            len(store.unsound),
        )


def library(store: Database) -> dict[str, str]:
    """The versions of SQLite and of its cipher."""
    with store.transaction() as tx:
        cipher = str(tx.connection.exec_driver_sql("PRAGMA cipher_version").scalar_one())
    return {"sqlite": driver.sqlite_version, "sqlcipher": cipher}
