"""Who is in the key file: adding, disabling and enabling people, their roles and names, their passphrases.

Rules kept here:
- Only an administrator changes entries, and not one of them is ever deleted or given to another person.
- Nobody learns another person's passphrase: an administrator who resets one gives a passphrase for one unlocking. What
  is signed with the keys that it opens is no signature (see `lending`).
- A new passphrase means new keys of the person: with an old passphrase and a copy of the key file of then, nobody signs
  or opens what is sealed from now on. The entry of the old keys stays, as what was signed with them must be checked.
- Whatever writes the key file takes `before` (see `vault.Before`): who keeps a trail plans there what it will tell.
- At least one administrator stays, and nobody locks himself out.
- Disabling is undone by enabling, and whoever kept a copy of the folder and knows how to use it could undo it too;
  against that the keys are changed (see `rekeying`), which removing does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from anifro_desktop.crypto import hybrid, signing
from anifro_desktop.store import trust
from anifro_desktop.store.doorplate import ACTIVE, DISABLED, REMOVED, REPLACED, User, candidates
from anifro_desktop.store.errors import LastAdministrator, RoleRefused, UnknownUser, UserCodeTaken
from anifro_desktop.store.passphrase import Cost, calibrate, check_passphrase
from anifro_desktop.store.slots import ADMINISTRATORS, Keys, Slot, Table, UserSecrets, read_table
from anifro_desktop.store.vault import (
    DATABASES,
    Before,
    databases_of,
    new_slot,
    unannounced,
    wrapped,
    write,
)

SHEET_CODE = "SHEET"  # how the codes of recovery sheets begin; no person has such a one


def read(folder: Path, keys: Keys) -> Table:
    """The table as it is now, checked with keys that are open.

    Raises:
        VaultDamaged: it is not the one these keys opened.
    """
    table = read_table(candidates(folder)[0])
    trust.check_macs(table, keys.database(DATABASES[keys.kind][0]))
    trust.check_signatures(table)
    return table


def active(folder: Path, keys: Keys) -> tuple[User, ...]:
    """Who may unlock, as administrators signed it.

    Raises:
        VaultDamaged: see `read`.
    """
    return tuple(slot.user for slot in read(folder, keys).slots if slot.state == ACTIVE)


def for_administrator(folder: Path, keys: Keys, act: str) -> Table:
    """The table, for somebody who may change it.

    Raises:
        RoleRefused: not an administrator. VaultDamaged: see `read`.
    """
    if not set(keys.user.roles) & set(ADMINISTRATORS):
        raise RoleRefused(act, "a site administrator or a data manager")
    return read(folder, keys)


def add_user(
    folder: Path,
    keys: Keys,
    user: User,
    passphrase: str,
    *,
    cost: Cost | None = None,
    temporary: bool = False,
    before: Before = unannounced,
) -> Keys:
    """Give another person a slot; temporary: the person chooses another passphrase at the first unlocking.

    Raises:
        RoleRefused: not an administrator. UserCodeTaken: the code was used before. PassphraseTooShort: under 14
        characters.
        VaultDamaged: the key file is not the one these keys opened. CannotWrite: nothing was changed.
    """
    table = for_administrator(folder, keys, "add a user")
    if any(slot.user.code == user.code for slot in table.slots) or user.code.startswith(SHEET_CODE):
        raise UserCodeTaken(user.code)
    slot = _slot_for(table, keys, user, _new_secrets(), passphrase, cost, temporary=temporary)
    return rewrite(folder, keys, table, (*table.slots, slot), before)


def disable(folder: Path, keys: Keys, code: str, before: Before = unannounced) -> Keys:
    """Keep a person from unlocking, until enabled again.

    Raises:
        RoleRefused, VaultDamaged, CannotWrite: see `add_user`. UnknownUser: no active one.
        LastAdministrator: oneself, or the last one who may change people.
    """
    table = for_administrator(folder, keys, "disable a user")
    slot = _one(table, code, ACTIVE)
    check_leaving(table, keys, slot)
    return rewrite(folder, keys, table, _with(table, slot, replace(slot, state=DISABLED), keys), before)


def enable(folder: Path, keys: Keys, code: str, before: Before = unannounced) -> Keys:
    """Let a disabled person unlock again, with the passphrase of before.

    Raises:
        RoleRefused, VaultDamaged, CannotWrite: see `add_user`. UnknownUser: no disabled one.
    """
    table = for_administrator(folder, keys, "enable a user")
    slot = _one(table, code, DISABLED)
    return rewrite(folder, keys, table, _with(table, slot, replace(slot, state=ACTIVE), keys), before)


def change_user(folder: Path, keys: Keys, user: User, before: Before = unannounced) -> Keys:
    """Give a person another name or other roles, with the databases that belong to them.

    Whoever loses the identities knew their key: use `rekeying.begin`, which changes it in the same step.

    Raises:
        RoleRefused, VaultDamaged, CannotWrite: see `add_user`. UnknownUser: no active one of this code.
        LastAdministrator: nobody would be left to change people.
    """
    table = for_administrator(folder, keys, "change a user")
    return rewrite(folder, keys, table, with_user(table, keys, user), before)


def with_user(table: Table, keys: Keys, user: User) -> tuple[Slot, ...]:
    """The entries of a table with another name or other roles of one person.

    Raises:
        UnknownUser, LastAdministrator: see `change_user`.
    """
    slot = _one(table, user.code, ACTIVE)
    if not set(user.roles) & set(ADMINISTRATORS):
        check_leaving(table, keys, slot)
    names = databases_of(table.kind, user.roles)
    kept = {place: sealed for place, sealed in slot.sealed.items() if place[0] in names}
    missing = {name: keys.database(name) for name in names if not any(place[0] == name for place in kept)}
    added = wrapped(table.site, user.code, slot.sealing_key, missing)
    return _with(table, slot, replace(slot, user=user, sealed=kept | added), keys)


def without(table: Table, keys: Keys, code: str) -> tuple[Slot, ...]:
    """The entries of a table with one person's emptied for ever.

    Raises:
        UnknownUser: nobody of this code unlocks, or could. LastAdministrator: see `disable`.
    """
    slot = _one(table, code, ACTIVE, DISABLED)
    check_leaving(table, keys, slot)
    return _with(table, slot, emptied(slot, REMOVED), keys)


def reset(
    folder: Path,
    keys: Keys,
    code: str,
    passphrase: str,
    *,
    cost: Cost | None = None,
    temporary: bool = True,
    before: Before = unannounced,
) -> Keys:
    """Give a person who forgot the passphrase another one, and new keys with it.

    Raises:
        RoleRefused, PassphraseTooShort, VaultDamaged, CannotWrite: see `add_user`. UnknownUser: no active one.
    """
    table = for_administrator(folder, keys, "reset a passphrase")
    old = _one(table, code, ACTIVE)
    slot = _slot_for(table, keys, old.user, _new_secrets(), passphrase, cost, temporary=temporary)
    slots = _with(table, old, emptied(old, REPLACED), keys)
    return rewrite(folder, keys, table, (*slots, slot), before)


def change_passphrase(
    folder: Path, keys: Keys, passphrase: str, *, cost: Cost | None = None, before: Before = unannounced
) -> Keys:
    """Choose another passphrase, which comes with new keys of one's own; those of before sign for them.

    keys: with the secrets that the passphrase of before opens now.

    Raises:
        PassphraseTooShort: under 14 characters. VaultDamaged, CannotWrite: nothing was changed.
    """
    table = read(folder, keys)
    old, own = _one(table, keys.user.code, ACTIVE), _new_secrets()
    slot = _slot_for(table, keys, old.user, own, passphrase, cost, temporary=False)
    slots = _with(table, old, emptied(old, REPLACED), keys)
    written = rewrite(folder, keys, table, (*slots, slot), before)
    return replace(written, secrets=own, temporary=False)


def emptied(slot: Slot, state: str) -> Slot:
    """An entry that opens nothing any more."""
    return replace(slot, state=state, kdf=None, nonce=b"", secrets=b"", sealed={})


def check_leaving(table: Table, keys: Keys, slot: Slot) -> None:
    """Whether a person may cease to unlock or to be an administrator.

    Raises:
        LastAdministrator: oneself, or the last one.
    """
    left = [other for other in table.slots if other is not slot and _administers(other)]
    if slot.user.code == keys.user.code or (_administers(slot) and not left):
        raise LastAdministrator(slot.user.code)


def rewrite(
    folder: Path, keys: Keys, table: Table, slots: Sequence[Slot], before: Before = unannounced
) -> Keys:
    """Write the table with other entries; the keys that are open, as they are under it.

    Raises:
        CannotWrite: nothing was changed.
    """
    written = write(folder, table, tuple(slots), keys.database(DATABASES[table.kind][0]), before)
    return replace(keys, **trust.people(written), version=written.version)


def _with(table: Table, old: Slot, new: Slot, keys: Keys) -> tuple[Slot, ...]:
    """The entries with one changed and signed."""
    new = trust.remembering(old, new).signed(table.site, keys.user.code, keys.secrets.signing_seed)
    return tuple(new if slot is old else slot for slot in table.slots)


def _new_secrets() -> UserSecrets:
    return UserSecrets(hybrid.new_seed(), signing.new_seed())


def _slot_for(
    table: Table,
    keys: Keys,
    user: User,
    own: UserSecrets,
    passphrase: str,
    cost: Cost | None,
    *,
    temporary: bool,
) -> Slot:
    """A new entry, signed by whoever these keys are of."""
    check_passphrase(passphrase)  # before the cost is measured
    shared = {name: keys.database(name) for name in databases_of(table.kind, user.roles)}
    signer = (keys.user.code, keys.secrets.signing_seed)
    return new_slot(table, user, own, passphrase, shared, signer, cost or calibrate(), temporary=temporary)


def _one(table: Table, code: str, *states: str) -> Slot:
    slot = table.slot(code, *states)
    if slot is None:
        raise UnknownUser(code)
    return slot


def _administers(slot: Slot) -> bool:
    return slot.state == ACTIVE and bool(set(slot.user.roles) & set(ADMINISTRATORS))
