"""Who made each signature and each version of a record, and when, as the trail tells of it.

Rules kept here:
- Of several entries about one of them the last counts, which is the one that the row must be as (`verify`).
- The trail has no index for this: what was read is kept for as long as the store is open, and only what came since is
  read. What the open transaction is to tell counts, and is not kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from anifro_desktop.store.clock import local_text
from anifro_desktop.store.database import Database
from anifro_desktop.store.schema import AUDIT, REVISION, SIGNATURE

_SIG = "/sig"


class Making(NamedTuple):
    """By whom, and when: UTC and minutes of offset as in the trail. seq: number of the entry."""

    user: str
    utc: str
    offset: int
    seq: int

    def at(self, when: str) -> bool:
        """Whether a moment with its offset, as records bear it, is this one, written in the one way."""
        try:
            return when == local_text(self.utc, self.offset)
        except ValueError:
            return False


@dataclass(slots=True)
class Makings:
    """What a trail tells up to the entry `seq`, by table, record and field. lent: keys that sign no record."""

    seq: int = 0
    lent: frozenset[bytes] = frozenset()
    told: dict[tuple[str, str, str], Making] = field(default_factory=dict)

    def version(self, record: str, ver: int) -> Making | None:
        """Of a version; None if the trail does not tell of it."""
        return self.told.get((REVISION.name, record, str(ver)))

    def signature(self, record: str, ver: int, signer: str) -> Making | None:
        """Of a signature; None if the trail does not tell of it."""
        return self.told.get((SIGNATURE.name, f"{record}/{ver}", f"{signer}{_SIG}"))


_READ: WeakKeyDictionary[Database, Makings] = WeakKeyDictionary()


def makings(store: Database, *, anew: bool = False) -> Makings:
    """Those of a clinical store, as its trail is now. anew: trust nothing that was read before."""
    known = Makings() if anew else _READ.get(store, Makings())
    _READ[store] = known
    columns = (AUDIT.c[name] for name in ("table", "record", "field", "user", "utc", "utc_offset", "seq"))
    signed = (AUDIT.c.table == SIGNATURE.name) & AUDIT.c.field.endswith(_SIG)
    query = sa.select(*columns).where(AUDIT.c.seq > known.seq, (AUDIT.c.table == REVISION.name) | signed)
    with store.transaction() as tx:
        if tx.head.seq > known.seq:
            for table, record, name, *told in tx.connection.execute(query.order_by(AUDIT.c.seq)):
                known.told[table, record, name] = Making(*told)
            known.seq = tx.head.seq
        coming = {
            (one.table, one.record, one.field): Making(one.user, one.utc, one.utc_offset, one.seq)
            for one in tx.entries
            if one.table == REVISION.name or (one.table == SIGNATURE.name and one.field.endswith(_SIG))
        }
    known.lent = store.lent()
    return Makings(known.seq, known.lent, {**known.told, **coming}) if coming else known
