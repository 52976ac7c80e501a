"""New keys for the databases, so that a removed person, an old passphrase or an old recovery sheet opens nothing that
is written from now on.

Keys are sealed to public keys, so nobody's passphrase is needed. In order: the key file with old and new keys, each
database under its new key, the key file with the new keys alone. Between any two of these steps both are held by
everybody who stays, and unlocking tries both: the next one goes on where it stopped.

Rules kept here:
- A removed person's entry loses its keys in the first step; its name and signing key stay, for what it signed.
- Backups made before are opened with the keys of before, by the removed person too.
- The new keys are sealed to the public keys of those who stay: whoever's passphrase is known to others chooses another
  first (`staff.change_passphrase`, `reset`), which changes those too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from anifro_desktop.store import staff, trust
from anifro_desktop.store.doorplate import ACTIVE, DISABLED, MADE, RECOVERY, User
from anifro_desktop.store.rawkeys import DatabaseKey
from anifro_desktop.store.slots import Keys, Slot, Table
from anifro_desktop.store.vault import (
    DATABASES,
    Before,
    databases_of,
    new_key,
    unannounced,
    wrapped,
    write,
)

_HOLDERS = (ACTIVE, DISABLED, RECOVERY, MADE)


def begin(
    folder: Path,
    keys: Keys,
    names: Sequence[str],
    *,
    without: str = "",
    user: User | None = None,
    entries: Sequence[Slot] = (),
    before: Before = unannounced,
) -> Keys:
    """Hold a new key beside the one in force for some databases.

    without: code of a person who is removed; user: one whose roles change; entries: all of them, changed by the caller
    in another way. All in the same step.

    Raises:
        RoleRefused, VaultDamaged, CannotWrite: nothing was changed. UnknownUser, LastAdministrator: see `staff`.
    """
    table = staff.for_administrator(folder, keys, "change the keys")
    if entries:
        table = replace(table, slots=tuple(entries))
    if user is not None:
        table = replace(table, slots=staff.with_user(table, keys, user))
    slots = staff.without(table, keys, without) if without else table.slots
    fresh = {name: (_next(keys.database(name)),) for name in names}
    salts = {(name, key.id): key.salt for name, (key,) in fresh.items()}
    slots = tuple(_holding(table, slot, fresh) for slot in slots)
    held = {name: (*fresh.get(name, ()), *known) for name, known in keys.databases.items()}
    table = replace(table, salts={**table.salts, **salts})
    written = write(folder, table, slots, held[DATABASES[table.kind][0]], before)
    return replace(keys, **trust.people(written), databases=held, version=written.version)


def unfinished(keys: Keys) -> bool:
    """Whether a change of keys was begun and not ended."""
    return any(len(known) > 1 for known in keys.databases.values())


def finish(folder: Path, keys: Keys, before: Before = unannounced) -> Keys:
    """Drop the older keys of every database; all are under their newest one, which the caller has seen.

    Raises:
        VaultDamaged, CannotWrite: both keys are still held.
    """
    table = staff.read(folder, keys)
    newest = {name: (known[0],) for name, known in keys.databases.items()}
    kept = {(name, known[0].id) for name, known in newest.items()}
    others = set(DATABASES[table.kind]) - set(newest)

    def holds(place: tuple[str, str]) -> bool:
        return place in kept or place[0] in others

    slots = [
        replace(slot, sealed={place: sealed for place, sealed in slot.sealed.items() if holds(place)})
        for slot in table.slots
    ]
    table = replace(table, salts={place: salt for place, salt in table.salts.items() if holds(place)})
    written = write(folder, table, tuple(slots), newest[DATABASES[table.kind][0]], before)
    return replace(keys, databases=newest, version=written.version)


def _next(known: Sequence[DatabaseKey]) -> DatabaseKey:
    return new_key(int(known[0].id.partition("-")[0]) + 1)


def _holding(table: Table, slot: Slot, fresh: Mapping[str, Sequence[DatabaseKey]]) -> Slot:
    """A slot with those of the new keys that its roles include."""
    if slot.state not in _HOLDERS:
        return slot
    names = databases_of(table.kind, slot.user.roles)
    mine = {name: keys for name, keys in fresh.items() if name in names}
    return replace(
        slot, sealed={**slot.sealed, **wrapped(table.site, slot.user.code, slot.sealing_key, mine)}
    )
