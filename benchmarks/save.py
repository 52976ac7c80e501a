"""One durable save: a field of the draft, a revision and the audit trail, in one transaction.

Ours is the store as the program uses it: encrypted pages, old values looked up, entries hashed, chained and signed,
anchor moved on. The reference is SQLAlchemy on a plain SQLite file of the same tables, with the same WAL and
`synchronous=FULL`: it looks up what those rows have to name (old value, last version, end of the trail) and writes
ready-made rows of the same kind and number. The ratio to the bare writes, without any looking up, is told beside it.
"""

from __future__ import annotations

import sqlite3
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.pool import StaticPool

from anifro_desktop.forms.state import Entry
from anifro_desktop.record import Revision
from anifro_desktop.store import vault
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.doorplate import User
from anifro_desktop.store.schema import AUDIT, DRAFTS, METADATA, REVISIONS
from benchmarks.harness import Figure, Paired, paired, timed

LIMIT = 1.5
ROUNDS = 400
SUBJECT = "P03-7KQF-W"
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY")


def main() -> list[Figure]:
    """The ratio of one save to its reference, median over pairs taken in turn, and its own time."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with _ours(folder) as (ours, rows), _reference(folder / "plain.db", rows) as (same, bare):
            result = paired(lambda: timed(ours), lambda: timed(same), rounds=ROUNDS, warm_up=20)
            writes = paired(lambda: timed(ours), lambda: timed(bare), rounds=ROUNDS)
    return [
        Figure("one durable save, encrypted and signed", result.ratio, "×", LIMIT, _against(result)),
        Figure("one durable save, against bare writes", writes.ratio, "×", None, _against(writes)),
        Figure("one durable save, 95th percentile", result.ours.p95, "ms"),
    ]


def _against(result: Paired) -> str:
    return f"plain SQLite, {result.reference.median:.2f} ms"


@contextmanager
def _ours(folder: Path) -> Iterator[tuple[Callable[[], None], dict[str, list[dict[str, Any]]]]]:
    user = User("U01", "Bench", ("investigator", "site_admin"))
    keys = vault.create_vault(folder, "P03", user, "a passphrase to measure", cost=vault.FLOOR)
    store = ClinicalStore(folder, keys)
    store.add_subject(SUBJECT)
    visit = store.open_visit_row(SUBJECT, "baseline", None)
    numbers = count(1)

    def save() -> None:
        value = f"{next(numbers) % 300 / 100:.2f}"
        values = {"phga": value}
        revision = Revision(
            str(uuid.uuid4()), SUBJECT, "baseline", "phga", 1, "", values, "0" * 64, "", "", 0
        )
        with store.transaction():
            store.save_draft(visit.id, [Entry("phga", value, None)])
            store.append_revision(revision)

    try:
        save()
        yield save, _rows(store)
    finally:
        store.close()


def _rows(store: ClinicalStore) -> dict[str, list[dict[str, Any]]]:
    """The rows of one save, as they stand in the store."""
    with store.transaction() as tx:
        last = tx.connection.execute(sa.select(sa.func.max(AUDIT.c.tx))).scalar_one()
        found = {
            "draft": tx.connection.execute(sa.select(DRAFTS)),
            "revision": tx.connection.execute(sa.select(REVISIONS)),
            "audit": tx.connection.execute(sa.select(AUDIT).where(AUDIT.c.tx == last)),
        }
        return {name: [dict(row._mapping) for row in rows] for name, rows in found.items()}


@contextmanager
def _reference(
    path: Path, rows: dict[str, list[dict[str, Any]]]
) -> Iterator[tuple[Callable[[], None], Callable[[], None]]]:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None)
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=StaticPool)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        METADATA.create_all(connection)
        _parents(connection, rows)
    new = insert(DRAFTS)
    changed = {name: new.excluded[name] for name in ("value", "note", "raw_text", "seq", "utc")}
    upsert = new.on_conflict_do_update(index_elements=["visit_id", "field"], set_=changed)
    numbers = count(1)
    draft, record = rows["draft"][0], rows["revision"][0]["record"]
    old = sa.select(DRAFTS).where(DRAFTS.c.visit_id == draft["visit_id"], DRAFTS.c.field == draft["field"])
    last = sa.select(REVISIONS.c.body).where(REVISIONS.c.record == record)
    head = sa.select(AUDIT.c.seq, AUDIT.c.hash).order_by(AUDIT.c.seq.desc()).limit(1)

    def write(connection: sa.Connection) -> None:
        number = next(numbers)
        audit = [
            row | {"seq": number * len(rows["audit"]) + place} for place, row in enumerate(rows["audit"])
        ]
        connection.execute(upsert, rows["draft"][0] | {"value": f"{number % 300 / 100:.2f}"})
        connection.execute(sa.insert(REVISIONS), rows["revision"][0] | {"record": str(uuid.uuid4())})
        connection.execute(sa.insert(AUDIT), audit)

    def same() -> None:
        with engine.begin() as connection:
            connection.execute(old).one()
            connection.execute(last).scalar()
            connection.execute(head).first()
            write(connection)

    def bare() -> None:
        with engine.begin() as connection:
            write(connection)

    try:
        bare()
        yield same, bare
    finally:
        engine.dispose()


def _parents(connection: sa.Connection, rows: dict[str, list[dict[str, Any]]]) -> None:
    tables = METADATA.tables
    subject = {"code": SUBJECT, "status": "enrolled", "created": ""}
    connection.execute(sa.insert(tables["subjects"]), subject)
    visit = {"id": rows["draft"][0]["visit_id"], "subject": SUBJECT, "key": "baseline", "state": "draft"}
    connection.execute(sa.insert(tables["visits"]), visit)
