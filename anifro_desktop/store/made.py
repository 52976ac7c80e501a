"""Who made each signature and each version of a record, when and where, as the trail tells of it.

Rules kept here:
- Of several entries about one of them the last counts, which is the one that the row must be as (`verify`).
- Of what was taken over with a patient the trail that came along tells, if it was taken over by somebody who may (see
  `transfers`); who took it over made none of it.
- The trail has no index for this: what was read is kept for as long as the store is open, and only what came since is
  read. What the open transaction is to tell counts, and is not kept.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from anifro_desktop.record import Json
from anifro_desktop.store.clock import local_text
from anifro_desktop.store.database import Database
from anifro_desktop.store.schema import AUDIT, HANDOVER, HANDOVERS, REVISION, SIGNATURE, TAKEN, TAKEN_VERSION

TAKEN_OVER = "taken_over"  # the reason of entries about what came with a patient
MOVING = frozenset(("investigator", "site_admin"))  # who may hand over and take over
_SIG = "/sig"
_MAKING = ("user", "utc", "utc_offset", "device", "seq")  # columns of a `Making`, in its order
Place = tuple[str, str, str]  # table, record and field of an entry


class Making(NamedTuple):
    """By whom, when (UTC and minutes of offset as in the trail), and at which installation. seq: number of the entry
    in the trail there."""

    user: str
    utc: str
    offset: int
    device: str
    seq: int

    def at(self, when: str) -> bool:
        """Whether a moment with its offset, as records bear it, is this one, written in the one way."""
        try:
            return when == local_text(self.utc, self.offset)
        except (OverflowError, ValueError):
            return False


class Maker(NamedTuple):
    """Somebody: all roles and names that this person ever had, and the keys that nobody else could open."""

    roles: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    keys: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Came:
    """What came along with patients. origins: the installations at which versions were made, by record and number;
    told: what the trails tell; people: by installation and code, as in `transfers.HandoverRow.signers`."""

    origins: Mapping[tuple[str, int], str] = field(default_factory=dict)
    told: Mapping[Place, Making] = field(default_factory=dict)
    people: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Makings:
    """What a trail tells up to the entry `seq`, by table, record and field, and what came along. lent: keys that sign
    no record."""

    seq: int = 0
    lent: frozenset[bytes] = frozenset()
    told: dict[Place, Making] = field(default_factory=dict)
    came: Came = field(default_factory=Came)

    def version(self, record: str, ver: int) -> Making | None:
        """Of a version; None if no trail tells of it where it was made."""
        place, origin = (REVISION.name, record, str(ver)), self.came.origins.get((record, ver))
        if origin is None:
            return self.told.get(place)
        there = self.came.told.get(place)
        return there if there is not None and there.device == origin else None

    def signature(self, record: str, ver: int, signer: str) -> Making | None:
        """Of a signature; None if no trail tells of it."""
        place = (SIGNATURE.name, f"{record}/{ver}", f"{signer}{_SIG}")
        return self.told.get(place) or self.came.told.get(place)


_READ: WeakKeyDictionary[Database, Makings] = WeakKeyDictionary()


def makings(store: Database, *, anew: bool = False) -> Makings:
    """Those of a clinical store, as its trail is now. anew: trust nothing that was read before."""
    known = Makings() if anew else _READ.get(store, Makings())
    columns = (AUDIT.c[name] for name in ("table", "record", "field", *_MAKING, "reason"))
    about = AUDIT.c.table.in_((REVISION.name, HANDOVER.name, TAKEN_VERSION.name))
    signed = (AUDIT.c.table == SIGNATURE.name) & AUDIT.c.field.endswith(_SIG)
    query = sa.select(*columns).where(AUDIT.c.seq > known.seq, about | signed)
    with store.transaction() as tx:
        taking = any(one.table == HANDOVER.name for one in tx.entries)
        if taking:  # what came may be undone again: it is kept by nobody
            known = replace(known, told=dict(known.told))
        else:
            _READ[store] = known
        if tx.head.seq > known.seq:
            moved = False
            for table, record, name, *making, reason in tx.connection.execute(query.order_by(AUDIT.c.seq)):
                moved = moved or table in (HANDOVER.name, TAKEN_VERSION.name)
                if reason != TAKEN_OVER and table in (REVISION.name, SIGNATURE.name):
                    known.told[table, record, name] = Making(*making)
            known.seq = tx.head.seq
            if moved:
                known.came = _came(store, tx.connection)
        coming = told_in(one._asdict() for one in tx.entries)
        came = _came(store, tx.connection) if taking else known.came
    known.lent = store.lent()
    told = {**known.told, **coming}
    return Makings(known.seq, known.lent, told, came) if coming or taking else known


def told_in(trail: Iterable[Mapping[str, Json]]) -> dict[Place, Making]:
    """What entries tell of versions and signatures that were made where they were written."""
    told: dict[Place, Making] = {}
    for entry in trail:
        table, name = entry.get("table"), str(entry.get("field"))
        ours = table == REVISION.name or (table == SIGNATURE.name and name.endswith(_SIG))
        if ours and entry.get("reason") != TAKEN_OVER:
            told[str(table), str(entry.get("record")), name] = _making(entry)
    return told


def _making(entry: Mapping[str, Json]) -> Making:
    """As an entry tells; no record bears the moment of one whose offset is no number."""
    match entry:
        case {"utc": str(utc), "utc_offset": int(offset), "seq": int(seq)}:
            return Making(str(entry.get("user")), utc, offset, str(entry.get("device")), seq)
    return Making("", "", 0, "", 0)


def person(people: Mapping[str, Any], device: str, code: str) -> Maker:
    """Somebody of another installation. people: as in `Came`."""
    found = people.get(device, {}).get(code, {})
    keys = tuple(bytes.fromhex(key) for key in found.get("keys", ()))
    return Maker(frozenset(found.get("roles", ())), frozenset(found.get("names", ())), keys)


def read_packed(data: bytes | None) -> list[dict[str, Json]]:
    """The entries of a packed trail that was kept here."""
    return [] if data is None else [json.loads(line) for line in zlib.decompress(data).splitlines()]


def _came(store: Database, connection: sa.Connection) -> Came:
    """What came with hand-overs of which the trail tells nothing by somebody who never might take one over."""
    fit = [code for code, roles in store.keys.roles.items() if roles & MOVING]
    unfit = sa.select(AUDIT.c.record).where(AUDIT.c.table == HANDOVER.name, AUDIT.c.user.not_in(fit))
    query = sa.select(HANDOVERS.c.id, HANDOVERS.c.trail, HANDOVERS.c.signers)
    query = query.where(HANDOVERS.c.trail.is_not(None), HANDOVERS.c.id.not_in(unfit))
    told: dict[Place, Making] = {}
    people: dict[str, Any] = {}
    believed = set()
    for row in connection.execute(query.order_by(HANDOVERS.c.made)).all():
        believed.add(row.id)
        told |= told_in(read_packed(bytes(row.trail)))
        people |= row.signers or {}
    versions = connection.execute(sa.select(TAKEN.c.record, TAKEN.c.ver, TAKEN.c.origin, TAKEN.c.handover))
    origins = {(row.record, row.ver): row.origin for row in versions if row.handover in believed}
    return Came(origins, told, people)
