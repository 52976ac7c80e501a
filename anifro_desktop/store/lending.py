"""Keys that somebody else could use: what an administrator's passphrase opened, and what the trail knows of resets.

Rules kept here:
- A key whose passphrase somebody else chose is lent: it signs no record, and in the trail only what an unlocking and a
  change of passphrase write. Whoever chooses a passphrase of his own has a key of his own.
- One that came with a recovery sheet is not lent if the trail tells, signed by that sheet, whom it let in again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import sqlalchemy as sa

from anifro_desktop.record import Json
from anifro_desktop.store.database import Database, sealed_of
from anifro_desktop.store.schema import AUDIT

if TYPE_CHECKING:
    from anifro_desktop.store.audit import Entry
    from anifro_desktop.store.slots import Reset

RESET, RECOVERED = "passphrase_reset", "recovered"
_KEY = "signing_key"


def key_told(key: bytes) -> dict[str, Json]:
    """What an act says of the key that a new passphrase came with."""
    return {_KEY: key.hex()}


def lent_keys(store: Database) -> frozenset[bytes]:
    """The lent keys, by the key file and by the trail of a clinical store."""
    sheets = [one for one in store.keys.resets.values() if one.key not in store.keys.lent]
    if not sheets:
        return store.keys.lent
    told = reset_acts(store)
    return store.keys.lent | {one.key for one in sheets if not _recovered(one, told.get(one.key))}


def _recovered(reset: Reset, told: Entry | None) -> bool:
    return told is not None and (told.field, told.user, told.record) == (RECOVERED, reset.by, reset.code)


def reset_acts(store: Database) -> dict[bytes, Entry]:
    """What the trail of a clinical store tells of resets, by the key that each gave."""
    query = sa.select(AUDIT).where(AUDIT.c.table == "act", AUDIT.c.field.in_((RESET, RECOVERED)))
    with store.transaction() as tx:
        entries = [sealed_of(row).entry for row in tx.connection.execute(query.order_by(AUDIT.c.seq))]
    return {key: entry for entry in entries if (key := _key_in(entry.new))}


def _key_in(new: Json) -> bytes:
    text = new.get(_KEY) if isinstance(new, Mapping) else None
    try:
        return bytes.fromhex(text) if isinstance(text, str) else b""
    except ValueError:
        return b""
