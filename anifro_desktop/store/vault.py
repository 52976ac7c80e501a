"""The key file of a site or a centre: from a passphrase to the keys of its databases.

    passphrase -> Argon2id -> AES-256-GCM -> the user's X-Wing and Ed25519 seeds
    X-Wing seed -> HPKE -> the key of each database that the user's roles include

Who is in it is changed by `staff`, the keys themselves by `rekeying`; the recovery sheet is in `sheet`.

Rules kept here:
- `keyslots.json` has a copy, `keyslots.json.bak`, written after it. Either opens, the newer one first; the damaged one
  is kept aside and made whole again, and `Keys.damaged` says so.
- The table carries a MAC under a key derived from the first database's; each user's entry an administrator's signature.
- Argon2id settings below the floor or above the ceiling are refused before any work is done with them.
- A wrong passphrase changes nothing but the count of wrong ones, and how long the next try waits (see `attempts`).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from anifro_desktop.crypto import hybrid, kdf, signing
from anifro_desktop.crypto.errors import CannotOpen, KdfRefused
from anifro_desktop.store import attempts, keyfiles, trust
from anifro_desktop.store.doorplate import ACTIVE, COPY, DISABLED, FILE, User, candidates, exists, users
from anifro_desktop.store.errors import (
    RoleRefused,
    StoreError,
    TryLater,
    UnknownUser,
    UserDisabled,
    VaultDamaged,
    VaultExists,
    WrongPassphrase,
)
from anifro_desktop.store.passphrase import FLOOR, Cost, calibrate, check_passphrase, kek
from anifro_desktop.store.rawkeys import KEY_BYTES, SALT_BYTES, DatabaseKey
from anifro_desktop.store.slots import ADMINISTRATORS, Kdf, Keys, Slot, Table, UserSecrets, read_table

DATABASES: Mapping[str, tuple[str, ...]] = {"site": ("clinical", "identity"), "centre": ("centre",)}
WITHOUT_IDENTITIES = frozenset({"monitor"})

__all__ = ["COPY", "FILE", "FLOOR", "Cost", "calibrate", "create_vault", "open_vault", "users"]

# Called with the number of the key file's next version, just before that is written; what it raises stops the writing.
Before = Callable[[int], object]


def unannounced(_version: int) -> None:
    """Nothing is to be done before the key file is written."""


def create_vault(
    folder: Path,
    site_code: str,
    user: User,
    passphrase: str,
    *,
    kind: str = "site",
    cost: Cost | None = None,
) -> Keys:
    """Make the key file of a new site or centre; its first user is its first administrator.

    cost: of Argon2id; None measures this machine and takes 0.3 to 0.5 s.

    Raises:
        VaultExists: there is one. PassphraseTooShort: under 14 characters. RoleRefused: not an administrator.
        CannotWrite: the folder cannot be written.
    """
    if exists(folder):
        raise VaultExists
    if not set(user.roles) & set(ADMINISTRATORS):
        raise RoleRefused("create a site or a centre", "a site administrator or a data manager")
    databases = {name: (new_key(1),) for name in DATABASES[kind]}
    salts = {(name, key.id): key.salt for name, keys in databases.items() for key in keys}
    table = Table(site_code, kind, secrets.token_hex(16), 0, salts, (), {})
    own = UserSecrets(hybrid.new_seed(), signing.new_seed())
    admin = (user.code, own.signing_seed)
    slot = new_slot(table, user, own, passphrase, databases, admin, cost or calibrate())
    write(folder, table, (slot,), databases[DATABASES[kind][0]])
    return open_vault(folder, user.code, passphrase)


def new_key(number: int) -> DatabaseKey:
    """A fresh key of a database; ids of later ones sort after those of earlier ones."""
    name = f"{number:04d}-{secrets.token_hex(4)}"
    return DatabaseKey(name, secrets.token_bytes(KEY_BYTES), secrets.token_bytes(SALT_BYTES))


def open_vault(folder: Path, user_code: str, passphrase: str, now: datetime | None = None) -> Keys:
    """Unlock. now: for the wait after wrong passphrases (None: this computer's clock).

    Raises:
        WrongPassphrase, UnknownUser, UserDisabled, TryLater: try again, or ask an administrator.
        VaultMissing, VaultDamaged: a backup is needed. KdfRefused: the slot's settings were tampered with.
        KdfMemory: not enough memory free.
    """
    now = now or datetime.now(UTC)
    found = sorted(candidates(folder), key=_version, reverse=True)
    if wait := attempts.wait_left(folder, user_code, now):
        raise TryLater(user_code, wait)
    refusals: list[StoreError | KdfRefused] = []
    newer: list[tuple[Table, StoreError | KdfRefused]] = []
    for raw in found:
        try:
            table = read_table(raw)
        except VaultDamaged as refusal:
            refusals.append(refusal)
            continue
        try:
            keys = _unlock(table, user_code, passphrase)
        except (StoreError, KdfRefused) as refusal:
            refusals.append(refusal)
            newer.append((table, refusal))
            continue
        _check_newest(newer, keys)
        failed = attempts.forget(folder, user_code)
        return replace(keys, damaged=keyfiles.mend(folder, raw, table), failed=failed)
    if any(isinstance(refusal, WrongPassphrase) for refusal in refusals):
        raise WrongPassphrase(user_code, attempts.note_failure(folder, user_code, now))
    raise min(refusals, key=_weight)


def _check_newest(newer: Sequence[tuple[Table, StoreError | KdfRefused]], keys: Keys) -> None:
    """Whether a newer table that refused was damaged; if it is sound, it is the one that counts.

    Raises:
        StoreError, KdfRefused: what it refused with.
    """
    for table, refusal in newer:
        if trust.is_sound(table, keys.database(DATABASES[table.kind][0])):
            raise refusal


def databases_of(kind: str, roles: Sequence[str]) -> list[str]:
    """The databases that somebody of some roles may open."""
    blind = set(roles) <= WITHOUT_IDENTITIES
    return [name for name in DATABASES[kind] if not (blind and name == "identity")]


def new_slot(
    table: Table,
    user: User,
    own: UserSecrets,
    passphrase: str,
    databases: Mapping[str, Sequence[DatabaseKey]],
    admin: tuple[str, bytes],
    cost: Cost,
    *,
    temporary: bool = False,
) -> Slot:
    """The slot of a user with a passphrase, signed by an administrator, or by the user's key of before (code and seed).

    Raises:
        PassphraseTooShort: under 14 characters.
    """
    check_passphrase(passphrase)
    slot = Slot(
        user=user,
        state=ACTIVE,
        signing_key=signing.public_bytes(own.signing_seed),
        sealing_key=hybrid.public_bytes(own.sealing_seed),
        signed_by="",
        signature=b"",
        kdf=None,
        nonce=b"",
        secrets=b"",
        sealed=wrapped(table.site, user.code, hybrid.public_bytes(own.sealing_seed), databases),
        temporary=temporary,
    )
    return locked(table, slot, own, passphrase, cost).signed(table.site, *admin)


def locked(table: Table, slot: Slot, own: UserSecrets, passphrase: str, cost: Cost) -> Slot:
    """A slot whose secrets a passphrase opens; the entry that an administrator signs stays as it is."""
    settings = Kdf(cost.memory_kib, cost.passes, cost.lanes, secrets.token_bytes(kdf.SALT_BYTES))
    slot = replace(slot, kdf=settings, nonce=secrets.token_bytes(12))
    plain = own.sealing_seed + own.signing_seed
    return replace(
        slot, secrets=AESGCM(kek(passphrase, settings)).encrypt(slot.nonce, plain, table.header(slot))
    )


def wrapped(
    site: str, user_code: str, sealing_key: bytes, databases: Mapping[str, Sequence[DatabaseKey]]
) -> dict[tuple[str, str], bytes]:
    """Keys of databases, sealed to somebody's public key."""
    return {
        (name, key.id): hybrid.seal(sealing_key, _info(site, user_code, name, key.id), key.key)
        for name, keys in databases.items()
        for key in keys
    }


def write(
    folder: Path,
    table: Table,
    slots: tuple[Slot, ...],
    first: Sequence[DatabaseKey],
    before: Before = unannounced,
) -> Table:
    """Write a table with other slots, under the keys of the first database; returns it as written.

    Raises:
        VaultDamaged: somebody signed who is no administrator; nothing was written.
        CannotWrite: one whole key file, old or new, is there.
    """
    table = replace(table, slots=slots, version=table.version + 1, macs={})
    trust.check_signatures(table)
    table = replace(table, macs={key.id: trust.mac(table, key) for key in first})
    before(table.version)
    keyfiles.write(folder, table.to_bytes())
    return table


def opened(table: Table, slot: Slot, own: UserSecrets) -> Keys:
    """The keys of a slot whose secrets are known.

    Raises:
        VaultDamaged: a key that does not open, or a table that is not as its administrators left it.
    """
    databases: dict[str, tuple[DatabaseKey, ...]] = {}
    for (name, key_id), sealed in sorted(slot.sealed.items(), reverse=True):
        info = _info(table.site, slot.user.code, name, key_id)
        try:
            key = DatabaseKey(
                key_id, hybrid.open_sealed(own.sealing_seed, info, sealed), table.salts[name, key_id]
            )
        except (CannotOpen, KeyError) as error:
            raise VaultDamaged("a key that does not open") from error
        databases[name] = (*databases.get(name, ()), key)
    trust.check_macs(table, databases.get(DATABASES[table.kind][0], ()))
    trust.check_signatures(table)
    people = trust.people(table)
    return Keys(
        site=table.site,
        kind=table.kind,
        writer=table.writer,
        user=slot.user,
        secrets=own,
        databases=databases,
        **people,
        root=table.slots[0].signing_key,
        version=table.version,
        temporary=slot.temporary or slot.signing_key in people["lent"],
    )


def _info(site: str, user: str, database: str, key_id: str) -> bytes:
    return f"anifro/slot/v1|{site}|{user}|{database}|{key_id}".encode()


def _unlock(table: Table, user_code: str, passphrase: str) -> Keys:
    slot = table.slot(user_code)
    if slot is None:
        raise UserDisabled(user_code) if table.slot(user_code, DISABLED) else UnknownUser(user_code)
    if slot.kdf is None:
        raise VaultDamaged("a user without a passphrase")
    try:
        plain = AESGCM(kek(passphrase, slot.kdf)).decrypt(slot.nonce, slot.secrets, table.header(slot))
    except (InvalidTag, ValueError) as error:
        raise WrongPassphrase(user_code) from error
    return opened(table, slot, UserSecrets(plain[:32], plain[32:]))


def _version(raw: bytes) -> int:
    try:
        return read_table(raw).version
    except VaultDamaged:
        return -1


def _weight(refusal: Exception) -> int:
    order = (WrongPassphrase, UserDisabled, UnknownUser, KdfRefused)
    return next((place for place, kind in enumerate(order) if isinstance(refusal, kind)), len(order))
