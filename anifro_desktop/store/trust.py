"""Why a key file is believed: its MAC, and a chain of administrators' signatures from the first one.

Rules kept here:
- The first entry's signing key is the root; the clinical database pins it. Whoever it or a trusted administrator
  signed as an administrator is trusted; every entry must be signed by somebody trusted.
- Who was an administrator once is trusted for what was signed then: the entry keeps the certificate of that time. So
  whoever was made administrator by somebody may change that person, and what both signed still holds. That a former
  one signs anew is not seen here; it needs a key of the database, makes a newer version of the file, and the trail
  then tells of that version without an act (see `kept`).
- Trust is in keys, not in codes: after a reset the same code has two, and what the older one signed still holds.
- The order of entries says nothing: the first administrator may have been disabled by the second.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import replace

from anifro_desktop.crypto import kdf, signing
from anifro_desktop.record import canonical
from anifro_desktop.store.errors import VaultDamaged
from anifro_desktop.store.rawkeys import DatabaseKey
from anifro_desktop.store.slots import ADMINISTRATORS, USER_DOMAIN, Certificate, Slot, Table


def mac(table: Table, key: DatabaseKey) -> bytes:
    """What only somebody who opens the database could have written under the table."""
    return hmac.digest(kdf.hkdf(key.key, b"anifro/slots/mac"), canonical(table.body()), "sha256")


def check_macs(table: Table, first: Sequence[DatabaseKey]) -> None:
    """Whether the table is as somebody left it who could open the first database.

    Raises:
        VaultDamaged: it is not.
    """
    if not first:
        raise VaultDamaged("no key")
    if not is_sound(table, first):
        raise VaultDamaged("changed by somebody without the key")


def is_sound(table: Table, first: Sequence[DatabaseKey]) -> bool:
    """Whether the table's MACs are right: under the newest of these keys, and under older ones it was written with.

    A change of keys whose last write failed leaves a table without the older ones, while they are still held.
    """
    newest, *older = first
    asked = (newest, *(key for key in older if key.id in table.macs))
    return all(hmac.compare_digest(table.macs.get(key.id, b""), mac(table, key)) for key in asked)


def check_signatures(table: Table) -> None:
    """Whether administrators signed every entry.

    Raises:
        VaultDamaged: an entry that nobody trusted signed.
    """
    trusted: dict[str, set[bytes]] = {table.slots[0].user.code: {table.slots[0].signing_key}}
    while new := [slot for slot in table.slots if _lends(table, slot, trusted)]:
        for slot in new:
            trusted.setdefault(slot.user.code, set()).add(slot.signing_key)
    if not all(_holds(table, slot, slot.certificate, trusted) for slot in table.slots):
        raise VaultDamaged("a user that no administrator signed")


def remembering(old: Slot, new: Slot) -> Slot:
    """A changed entry that keeps what made its person an administrator, if anything did."""
    return replace(new, past=(*old.past, old.certificate) if _administers(old.certificate) else old.past)


def signers(table: Table) -> dict[str, tuple[bytes, ...]]:
    """The signing keys that each code ever had, the newest first."""
    found: dict[str, tuple[bytes, ...]] = {}
    for slot in table.slots:
        found[slot.user.code] = (slot.signing_key, *found.get(slot.user.code, ()))
    return found


def _lends(table: Table, slot: Slot, trusted: dict[str, set[bytes]]) -> bool:
    """Whether it is, or was, one more administrator to trust."""
    if slot.signing_key in trusted.get(slot.user.code, set()):
        return False
    said = (slot.certificate, *slot.past)
    return any(_administers(one) and _holds(table, slot, one, trusted) for one in said)


def _administers(certificate: Certificate) -> bool:
    return bool(set(certificate.roles) & set(ADMINISTRATORS))


def _holds(table: Table, slot: Slot, said: Certificate, trusted: dict[str, set[bytes]]) -> bool:
    message = USER_DOMAIN + canonical(slot.entry(table.site, said))
    return any(signing.verify(key, message, said.signature) for key in trusted.get(said.signed_by, ()))
