"""Why a key file is believed: its MAC, and a chain of administrators' signatures from the first one.

Rules kept here:
- The first entry's signing key is the root; the clinical database pins it. Whoever it or a trusted administrator
  signed as an administrator is trusted; every entry must be signed by somebody trusted.
- Trust is in keys, not in codes: after a reset the same code has two, and what the older one signed still holds.
- The order of entries says nothing: the first administrator may have been disabled by the second.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence

from anifro_desktop.crypto import kdf, signing
from anifro_desktop.record import canonical
from anifro_desktop.store.errors import VaultDamaged
from anifro_desktop.store.rawkeys import DatabaseKey
from anifro_desktop.store.slots import ADMINISTRATORS, USER_DOMAIN, Slot, Table


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
    """Whether the table's MACs under these keys are right."""
    return all(hmac.compare_digest(table.macs.get(key.id, b""), mac(table, key)) for key in first)


def check_signatures(table: Table) -> None:
    """Whether administrators signed every entry.

    Raises:
        VaultDamaged: an entry that nobody trusted signed.
    """
    if _unheld(table):
        raise VaultDamaged("a user that no administrator signed")


def mended(table: Table, sign: Callable[[Slot], Slot]) -> tuple[Slot, ...]:
    """The entries of a table, those signed again that nobody trusted vouches for now; sign: does it.

    For a table whose signatures all held before one entry was changed: whoever is no administrator any more may have
    signed others.
    """
    unheld = _unheld(table)
    return tuple(sign(slot) if slot in unheld else slot for slot in table.slots)


def _unheld(table: Table) -> list[Slot]:
    """Entries that nobody trusted signed."""
    trusted: dict[str, set[bytes]] = {table.slots[0].user.code: {table.slots[0].signing_key}}
    while new := [slot for slot in table.slots if _lends(slot, trusted) and _holds(table, slot, trusted)]:
        for slot in new:
            trusted.setdefault(slot.user.code, set()).add(slot.signing_key)
    return [slot for slot in table.slots if not _holds(table, slot, trusted)]


def signers(table: Table) -> dict[str, tuple[bytes, ...]]:
    """The signing keys that each code ever had, the newest first."""
    found: dict[str, tuple[bytes, ...]] = {}
    for slot in table.slots:
        found[slot.user.code] = (slot.signing_key, *found.get(slot.user.code, ()))
    return found


def _lends(slot: Slot, trusted: dict[str, set[bytes]]) -> bool:
    """Whether it would be one more administrator to trust."""
    known = trusted.get(slot.user.code, set())
    return bool(set(slot.user.roles) & set(ADMINISTRATORS)) and slot.signing_key not in known


def _holds(table: Table, slot: Slot, trusted: dict[str, set[bytes]]) -> bool:
    message = USER_DOMAIN + canonical(slot.entry(table.site))
    return any(signing.verify(key, message, slot.signature) for key in trusted.get(slot.signed_by, ()))
