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
from anifro_desktop.store.keyacts import GIVING, KEY, RECOVERED, TOLD_LATER

if TYPE_CHECKING:
    from anifro_desktop.store.audit import Entry
    from anifro_desktop.store.slots import Reset


def lent_keys(store: Database) -> frozenset[bytes]:
    """The lent keys, by the key file and by the trail of a store."""
    sheets = [one for one in store.keys.resets.values() if one.key not in store.keys.lent]
    if not sheets:
        return store.keys.lent
    told = reset_acts(store)
    return store.keys.lent | {one.key for one in sheets if not _recovered(one, told.get(one.key))}


def _recovered(reset: Reset, told: Entry | None) -> bool:
    return told is not None and (told.field, told.user, told.record) == (RECOVERED, reset.by, reset.code)


def reset_acts(store: Database) -> dict[bytes, Entry]:
    """What the trail of a store tells of resets, by the key that each gave."""
    audit = store.SCHEMA.audit
    query = sa.select(audit).where(audit.c.table == "act", audit.c.field.in_((*GIVING, TOLD_LATER)))
    with store.reading() as tx:
        entries = [_then(sealed_of(row).entry) for row in tx.connection.execute(query.order_by(audit.c.seq))]
    return {key: entry for entry in entries if entry.field in GIVING and (key := _key_in(entry.new))}


def _then(entry: Entry) -> Entry:
    """An act that a later opening told of, as it would have been told. Whoever tells it proves nothing: the entry of
    the key file bears the signature of the sheet or of the administrator."""
    match entry.new:
        case {"act": str(act), "by": str(by), "utc": str(utc), "detail": detail} if entry.field == TOLD_LATER:
            return entry._replace(field=act, user=by, utc=utc, new=detail)
    return entry


def _key_in(new: Json) -> bytes:
    text = new.get(KEY) if isinstance(new, Mapping) else None
    try:
        return bytes.fromhex(text) if isinstance(text, str) else b""
    except ValueError:
        return b""
