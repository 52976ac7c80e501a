"""Why a key file is believed: its MAC, and a chain of administrators' signatures from the first one.

Rules kept here:
- The first entry's signing key is the root; the clinical database pins it. Whoever it or a trusted administrator
  signed as an administrator is trusted; every entry must be signed by somebody trusted.
- What an entry said before is kept with it, as it was signed then: who was an administrator once is trusted for what
  was signed then, and who might sign records once, for the signatures of then. So
  whoever was made administrator by somebody may change that person, and what both signed still holds. That a former
  one signs anew is not seen here; it needs a key of the database, makes a newer version of the file, and the trail
  then tells of that version without an act (see `kept`).
- Whoever chooses a passphrase gets new keys and signs for them with those of before: same name, same roles.
- An entry of somebody who was here already, which this person did not sign, is of a reset: whoever made it chose the
  passphrase, whatever the entry says of itself. Only the trail tells of one with a recovery sheet (see `lending`).
- Trust is in keys, not in codes: after a reset the same code has two, and what the older one signed still holds.
- The order of entries says nothing: the first administrator may have been disabled by the second.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from anifro_desktop.crypto import kdf, signing
from anifro_desktop.record import canonical
from anifro_desktop.store.doorplate import ACTIVE, MADE, RECOVERY, REPLACED, VOID
from anifro_desktop.store.errors import VaultDamaged
from anifro_desktop.store.rawkeys import DatabaseKey
from anifro_desktop.store.slots import ADMINISTRATORS, USER_DOMAIN, Certificate, Reset, Slot, Table


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
    trusted = _trusted(table)
    before: dict[str, Slot] = {}  # the last entry of each code, which was checked
    for slot in table.slots:
        known = before.get(slot.user.code)
        if not (_holds(table, slot, slot.certificate, trusted) or _is_own(table, slot, known, trusted)):
            raise VaultDamaged("a user that no administrator signed")
        before[slot.user.code] = slot


def remembering(old: Slot, new: Slot) -> Slot:
    """A changed entry that keeps what it said before."""
    return replace(new, past=(*old.past, old.certificate))


def people(table: Table) -> dict[str, Any]:
    """What `slots.Keys` tell of everybody: `signers`, `roles`, `names`, `lent` and `resets`."""
    trusted = _trusted(table)
    roles: dict[str, frozenset[str]] = {}
    names: dict[str, frozenset[str]] = {}
    for slot in table.slots:
        code = slot.user.code
        said = [one for one in (slot.certificate, *slot.past) if _holds(table, slot, one, trusted)]
        roles[code] = roles.get(code, frozenset()).union(*(one.roles for one in said))
        names[code] = names.get(code, frozenset()) | {one.name for one in said}
    resets = _resets(table, trusted)
    sheets = {slot.user.code for slot in table.slots if slot.state in (MADE, RECOVERY, VOID)}
    lent = {slot.signing_key for slot in table.slots if slot.temporary}
    lent |= {one.key for one in resets.values() if one.by not in sheets}
    facts: dict[str, Any] = {"signers": _signers(table), "roles": roles, "names": names}
    return facts | {"lent": frozenset(lent), "resets": resets}


def _resets(table: Table, trusted: dict[str, set[bytes]]) -> dict[bytes, Reset]:
    """The last reset before each signing key that came with one or after one."""
    found: dict[bytes, Reset] = {}
    before: dict[str, Slot] = {}
    for slot in table.slots:
        code = slot.user.code
        known, said = before.get(code), (*slot.past, slot.certificate)
        before[code] = slot
        if known is None:
            continue
        if not any(_follows(table, slot, one, known) for one in said):
            by = next((one.signed_by for one in said if _holds(table, slot, one, trusted)), "")
            found[slot.signing_key] = Reset(code, by, slot.signing_key)
        elif known.signing_key in found:
            found[slot.signing_key] = found[known.signing_key]
    return found


def _signers(table: Table) -> dict[str, tuple[bytes, ...]]:
    """The signing keys that each code ever had, the newest first."""
    found: dict[str, tuple[bytes, ...]] = {}
    for slot in table.slots:
        found[slot.user.code] = (slot.signing_key, *found.get(slot.user.code, ()))
    return found


def _trusted(table: Table) -> dict[str, set[bytes]]:
    """The signing keys of whoever is or was an administrator, by code."""
    trusted: dict[str, set[bytes]] = {table.slots[0].user.code: {table.slots[0].signing_key}}
    while new := [slot for slot in table.slots if _lends(table, slot, trusted)]:
        for slot in new:
            trusted.setdefault(slot.user.code, set()).add(slot.signing_key)
    return trusted


def _lends(table: Table, slot: Slot, trusted: dict[str, set[bytes]]) -> bool:
    """Whether it is, or was, one more administrator to trust."""
    if slot.signing_key in trusted.get(slot.user.code, set()):
        return False
    said = (slot.certificate, *slot.past)
    return any(_administers(one) and _holds(table, slot, one, trusted) for one in said)


def _is_own(table: Table, slot: Slot, known: Slot | None, trusted: dict[str, set[bytes]]) -> bool:
    """Whether the person signed it when choosing a passphrase: the entry that is replaced with the key in it, the new
    one with the key of the one before (`known`); neither says anything of the person that was not vouched for."""
    said = slot.certificate
    if said.signed_by != slot.user.code:
        return False
    if said.state == ACTIVE:
        return _follows(table, slot, said, known)
    vouched = [one for one in slot.past if one.state == ACTIVE and _same_person(one, said)]
    return (
        said.state == REPLACED
        and _signed_with(table, slot, said, slot.signing_key)
        and any(_holds(table, slot, one, trusted) or _follows(table, slot, one, known) for one in vouched)
    )


def _follows(table: Table, slot: Slot, said: Certificate, known: Slot | None) -> bool:
    """Whether the entry before it, which is replaced, signed it as the same person."""
    return (
        known is not None
        and known.state == REPLACED
        and _same_person(known.certificate, said)
        and _signed_with(table, slot, said, known.signing_key)
    )


def _same_person(one: Certificate, other: Certificate) -> bool:
    return (one.name, one.roles) == (other.name, other.roles)


def _signed_with(table: Table, slot: Slot, said: Certificate, key: bytes) -> bool:
    return signing.verify(key, USER_DOMAIN + canonical(slot.entry(table.site, said)), said.signature)


def _administers(certificate: Certificate) -> bool:
    return bool(set(certificate.roles) & set(ADMINISTRATORS))


def _holds(table: Table, slot: Slot, said: Certificate, trusted: dict[str, set[bytes]]) -> bool:
    return any(_signed_with(table, slot, said, key) for key in trusted.get(said.signed_by, ()))
