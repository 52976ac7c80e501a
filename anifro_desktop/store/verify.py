"""Whether a database is what its users left: pages, structure, audit trail, rows, signatures, anchors.

In order: anchors and key file as found at opening; first bytes; checkpoint; `cipher_integrity_check`;
`integrity_check`; `foreign_key_check`; tables and triggers; the trail's chain and signatures; every live row against
its last entry; what each kind of store adds (revisions, signatures, bundles, receipts).

Rules kept here:
- No finding is acted on here, and nothing but a checkpoint is written.
- What was found about the anchors stays in the trail and is found again until somebody says it was seen:
  `store.log("checked")`, which counts if it is by an administrator, or by an investigator, who may begin sending anew.
- A checkpoint comes before `cipher_integrity_check`, which after a crash would else raise false alarms.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from anifro_desktop.record import Json
from anifro_desktop.store.audit import TABLES, Head, Sealed, check_chain
from anifro_desktop.store.common import objects
from anifro_desktop.store.database import Database, sealed_of
from anifro_desktop.store.engine import memory_engine
from anifro_desktop.store.erasing import erased_after
from anifro_desktop.store.errors import DatabaseDamaged
from anifro_desktop.store.findings import Finding
from anifro_desktop.store.prepared import same
from anifro_desktop.store.slots import ADMINISTRATORS

QUICK_ENTRIES = 500
SEEING = frozenset((*ADMINISTRATORS, "investigator"))
_SQLITE_HEADER = 16
_BATCH = 500

# Told of how many entries more were checked; raising there stops the check.
Pulse = Callable[[int], object]

# (table, record, field) to the `new` of the last entry about it.
Last = dict[tuple[str, str, str], Json]


def unheard(_more: int) -> None:
    """For those who need not be told."""


def verify(store: Database, *, quick: bool = False, pulse: Pulse = unheard) -> list[Finding]:
    """Everything wrong with a database, or nothing. quick: anchors, first bytes and the newest 500 entries only.

    Raises:
        CannotSave: the checkpoint was not possible (disk full, another program): nothing could be checked.
    """
    found = list(_as_found(store))
    try:
        if quick:
            return _distinct([*found, *_newest(store), *_told(store)])
        store.checkpoint()
        found += _pages(store) if store.EMBEDDED else store.structure_findings()
        last: Last = {}
        found += _trail(store, last, pulse)
        found += _rows(store, last)
        pulse(0)
        found += store.own_findings()
        found += _told(store)
    except DatabaseDamaged:
        # Pages that do not even read; whatever came before is still worth saying.
        found.append(Finding("page_damaged", {"name": store.path.name, "count": 1}))
    return _distinct(found)


def _distinct(found: list[Finding]) -> list[Finding]:
    """Each finding once: what was found at opening may stand in the trail as well."""
    return list({repr(item): item for item in found}.values())


def _as_found(store: Database) -> Iterator[Finding]:
    for name in store.keys.damaged:
        yield Finding("key_file_mended", {"name": name})
    if store.EMBEDDED:
        with store.path.open("rb") as stream:
            if stream.read(_SQLITE_HEADER) != store.key.salt:
                yield Finding("header_damaged", {"name": store.path.name})
    for name in store.unsound:
        yield Finding("anchor_damaged", {"name": name})
    if store.behind is not None:
        yield Finding("rolled_back", {"name": store.path.name, "seq": store.behind.seq})


def _told(store: Database) -> Iterator[Finding]:
    """What the trail tells of anchors, and of this kind of database, since somebody last said that it was seen."""
    audit = store.SCHEMA.audit
    fit = [code for code, roles in store.keys.roles.items() if roles & SEEING]
    last = sa.select(sa.func.coalesce(sa.func.max(audit.c.seq), 0)).where(
        audit.c.table == "act", audit.c.field == "checked", audit.c.user.in_(fit)
    )
    query = sa.select(audit.c.field, audit.c.new).where(audit.c.table == "anchor")
    with store.reading() as tx:
        seen = int(tx.connection.execute(last).scalar_one())
        rows = tx.connection.execute(query.where(audit.c.seq > seen).order_by(audit.c.seq)).all()
    for kind, new in rows:
        if kind == "behind":
            yield Finding("rolled_back", {"name": store.path.name, "seq": new["seq"]})
        else:
            yield from (Finding("anchor_damaged", {"name": name}) for name in new)
    yield from store.told_findings(seen)


def _pages(store: Database) -> Iterator[Finding]:
    name = store.path.name
    with store.reading() as tx:
        run = tx.connection.exec_driver_sql
        bad = run("PRAGMA cipher_integrity_check").all()
        if bad:
            yield Finding("page_damaged", {"name": name, "count": len(bad)})
            return
        structure = [row[0] for row in run("PRAGMA integrity_check") if row[0] != "ok"]
        if structure:
            yield Finding("structure_damaged", {"name": name, "count": len(structure)})
        links = Counter(row[0] for row in run("PRAGMA foreign_key_check"))
        for table, count in links.items():
            yield Finding("link_broken", {"table": table, "count": count})
        stored, wanted = objects(tx.connection), _wanted_objects(store.SCHEMA.migrations)
    for item in sorted(stored.keys() | wanted.keys()):
        if stored.get(item) != wanted.get(item):
            yield Finding("schema_changed", {"name": name, "object": item})


@functools.cache
def _wanted_objects(migrations: tuple[Callable[[sa.Connection], None], ...]) -> Mapping[str, Any]:
    """What a database made by these is to hold."""
    engine = memory_engine()
    try:
        with engine.begin() as connection:
            for step in migrations:
                step(connection)
            return objects(connection)
    finally:
        engine.dispose()


def _newest(store: Database) -> Iterator[Finding]:
    seq = store.audit_head().seq
    start = max(0, seq - QUICK_ENTRIES)
    entries = store.audit_entries(after=max(0, start - 1))
    head = Head()
    if start:
        head, entries = Head(entries[0].entry.seq, entries[0].hash), entries[1:]
    # The first transaction may be cut in two; only a missing signature would show it, and none is asked for there.
    yield from _faults(store, entries, head, erased_after(store, max(0, start - 1)))


def _trail(store: Database, last: Last, pulse: Pulse) -> Iterator[Finding]:
    vouched = {spec.name for spec in store.SCHEMA.audited}

    def remembered() -> Iterator[Sealed]:
        query = sa.select(store.SCHEMA.audit).order_by(store.SCHEMA.audit.c.seq)
        for number, row in enumerate(
            tx.connection.execute(query.execution_options(yield_per=_BATCH)), start=1
        ):
            if number % _BATCH == 0:
                pulse(_BATCH)
            sealed = sealed_of(row)
            entry = sealed.entry
            if entry.table in vouched:
                last[entry.table, entry.record, entry.field] = entry.new
            yield sealed

    with store.reading() as tx:
        yield from _faults(store, remembered(), Head(), erased_after(store))


def _faults(
    store: Database, entries: Any, head: Head, erased: Mapping[int, frozenset[str]]
) -> Iterator[Finding]:
    tables = TABLES | {spec.name for spec in store.SCHEMA.audited}
    keys = store.keys
    for fault in check_chain(entries, keys.signers, head, erased, keys.roles, tables, store.lent()):
        yield Finding(f"trail_{fault.code}", {"name": store.path.name, "seq": fault.seq})


def _rows(store: Database, last: Last) -> Iterator[Finding]:
    """Every live row against its last entry; what is left over afterwards was a row and is none."""
    with store.reading() as tx:
        for spec in store.SCHEMA.audited:
            query = sa.select(spec.table).execution_options(yield_per=_BATCH)
            for row in map(dict, tx.connection.execute(query).mappings()):
                record = spec.record(row)
                for name, value in spec.facts(row):
                    said = last.pop((spec.name, record, name), None)
                    if not same(said, value) and (said, value) != (None, ""):
                        yield Finding("row_changed", {"table": spec.name, "record": record, "field": name})
    for (table, record, name), value in last.items():
        if value not in (None, ""):
            where: dict[str, str | int] = {"table": table, "record": record, "field": name}
            yield Finding("row_missing", where | {"name": store.path.name})
