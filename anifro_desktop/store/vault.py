"""The key file of a site or a centre: from a passphrase to the keys of its databases.

    passphrase -> Argon2id -> AES-256-GCM -> the user's X-Wing and Ed25519 seeds
    X-Wing seed -> HPKE -> the key of each database that the user's roles include

Rules kept here:
- `keyslots.json` has a copy, `keyslots.json.bak`, written after it. Either opens; the damaged one is kept aside and
  made whole again, and `Keys.damaged` says so.
- The table carries a MAC under a key derived from the first database's; each user's entry an administrator's signature.
- Argon2id settings below the floor or above the ceiling are refused before any work is done with them.
- A wrong passphrase changes nothing but the count that the next unlocking shows.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from anifro_desktop.crypto import hybrid, kdf, signing
from anifro_desktop.crypto.errors import CannotOpen, KdfRefused
from anifro_desktop.record import canonical
from anifro_desktop.store import keyfiles
from anifro_desktop.store.doorplate import ACTIVE, COPY, FILE, User, candidates, exists, users
from anifro_desktop.store.errors import (
    Conflict,
    RoleRefused,
    StoreError,
    UnknownUser,
    VaultDamaged,
    VaultExists,
    WrongPassphrase,
)
from anifro_desktop.store.passphrase import FLOOR, Cost, calibrate, check_passphrase, kek
from anifro_desktop.store.rawkeys import KEY_BYTES, SALT_BYTES, DatabaseKey
from anifro_desktop.store.slots import (
    ADMINISTRATORS,
    USER_DOMAIN,
    Kdf,
    Keys,
    Slot,
    Table,
    UserSecrets,
    read_table,
)

DATABASES: Mapping[str, tuple[str, ...]] = {"site": ("clinical", "identity"), "centre": ("centre",)}
WITHOUT_IDENTITIES = frozenset({"monitor"})

__all__ = ["COPY", "FILE", "FLOOR", "Cost", "add_user", "calibrate", "create_vault", "open_vault", "users"]


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
    databases = {
        name: (
            DatabaseKey(
                secrets.token_hex(4), secrets.token_bytes(KEY_BYTES), secrets.token_bytes(SALT_BYTES)
            ),
        )
        for name in DATABASES[kind]
    }
    salts = {(name, key.id): key.salt for name, keys in databases.items() for key in keys}
    table = Table(site_code, kind, secrets.token_hex(16), 0, salts, (), {})
    own = UserSecrets(hybrid.new_seed(), signing.new_seed())
    slot = _new_slot(
        table, user, own, passphrase, databases, cost or calibrate(), (user.code, own.signing_seed)
    )
    _write(folder, table, (slot,), databases[DATABASES[kind][0]])
    return open_vault(folder, user.code, passphrase)


def open_vault(folder: Path, user_code: str, passphrase: str) -> Keys:
    """Unlock.

    Raises:
        WrongPassphrase, UnknownUser: try again. VaultMissing, VaultDamaged: a backup is needed.
        KdfRefused: the slot's settings were tampered with. KdfMemory: not enough memory free.
    """
    found = candidates(folder)
    refusals: list[StoreError | KdfRefused] = []
    for raw in found:
        try:
            table = read_table(raw)
            keys = _unlock(table, user_code, passphrase)
        except (StoreError, KdfRefused) as refusal:
            refusals.append(refusal)
            continue
        failed = keyfiles.count_attempts(folder, user_code, lambda _: 0)
        return replace(keys, damaged=keyfiles.mend(folder, raw, table), failed=failed)
    if any(isinstance(refusal, WrongPassphrase) for refusal in refusals):
        keyfiles.count_attempts(folder, user_code, lambda count: count + 1)
    raise min(refusals, key=_weight)


def add_user(folder: Path, keys: Keys, user: User, passphrase: str, *, cost: Cost | None = None) -> None:
    """Give another person a slot; the administrator is unlocked, the person chooses the passphrase.

    Raises:
        RoleRefused: not an administrator. Conflict: the code was used before. PassphraseTooShort: under 14 characters.
        VaultDamaged: the key file is not the one these keys opened. CannotWrite: nothing was changed.
    """
    if not set(keys.user.roles) & set(ADMINISTRATORS):
        raise RoleRefused("add a user", "a site administrator or a data manager")
    table = read_table(candidates(folder)[0])
    first = keys.database(DATABASES[table.kind][0])
    _check_macs(table, first)
    if any(slot.user.code == user.code for slot in table.slots):
        raise Conflict("user code")
    shared = {name: keys.database(name) for name in _databases_of(table.kind, user.roles)}
    own = UserSecrets(hybrid.new_seed(), signing.new_seed())
    admin = (keys.user.code, keys.secrets.signing_seed)
    slot = _new_slot(table, user, own, passphrase, shared, cost or calibrate(), admin)
    _write(folder, table, (*table.slots, slot), first)


def _databases_of(kind: str, roles: Sequence[str]) -> list[str]:
    blind = set(roles) <= WITHOUT_IDENTITIES
    return [name for name in DATABASES[kind] if not (blind and name == "identity")]


def _info(site: str, user: str, database: str, key_id: str) -> bytes:
    return f"anifro/slot/v1|{site}|{user}|{database}|{key_id}".encode()


def _new_slot(
    table: Table,
    user: User,
    own: UserSecrets,
    passphrase: str,
    databases: Mapping[str, Sequence[DatabaseKey]],
    cost: Cost,
    admin: tuple[str, bytes],
) -> Slot:
    check_passphrase(passphrase)
    settings = Kdf(cost.memory_kib, cost.passes, cost.lanes, secrets.token_bytes(kdf.SALT_BYTES))
    sealing_key = hybrid.public_bytes(own.sealing_seed)
    sealed = {
        (name, key.id): hybrid.seal(sealing_key, _info(table.site, user.code, name, key.id), key.key)
        for name, keys in databases.items()
        for key in keys
    }
    slot = Slot(
        user=user,
        state=ACTIVE,
        signing_key=signing.public_bytes(own.signing_seed),
        sealing_key=sealing_key,
        signed_by="",
        signature=b"",
        kdf=settings,
        nonce=secrets.token_bytes(12),
        secrets=b"",
        sealed=sealed,
    )
    plain = own.sealing_seed + own.signing_seed
    locked = AESGCM(kek(passphrase, settings)).encrypt(slot.nonce, plain, table.header(slot))
    return replace(slot, secrets=locked).signed(table.site, *admin)


def _write(folder: Path, table: Table, slots: tuple[Slot, ...], first: Sequence[DatabaseKey]) -> None:
    table = replace(table, slots=slots, version=table.version + 1, macs={})
    raw = replace(table, macs={key.id: _mac(table, key) for key in first}).to_bytes()
    keyfiles.write(folder, raw)


def _mac(table: Table, key: DatabaseKey) -> bytes:
    return hmac.digest(kdf.hkdf(key.key, b"anifro/slots/mac"), canonical(table.body()), "sha256")


def _check_macs(table: Table, first: Sequence[DatabaseKey]) -> None:
    if not first:
        raise VaultDamaged("no key")
    for key in first:
        if not hmac.compare_digest(table.macs.get(key.id, b""), _mac(table, key)):
            raise VaultDamaged("changed by somebody without the key")


def _check_signatures(table: Table) -> None:
    admins: dict[str, bytes] = {}
    for slot in table.slots:
        if set(slot.user.roles) & set(ADMINISTRATORS) and (not admins or slot.signed_by in admins):
            admins[slot.user.code] = slot.signing_key
        message = USER_DOMAIN + canonical(slot.entry(table.site))
        if not signing.verify(admins.get(slot.signed_by, b""), message, slot.signature):
            raise VaultDamaged("a user that no administrator signed")


def _unlock(table: Table, user_code: str, passphrase: str) -> Keys:
    slot = table.slot(user_code)
    if slot is None:
        raise UnknownUser(user_code)
    try:
        plain = AESGCM(kek(passphrase, slot.kdf)).decrypt(slot.nonce, slot.secrets, table.header(slot))
    except (InvalidTag, ValueError) as error:
        raise WrongPassphrase(user_code) from error
    own = UserSecrets(plain[:32], plain[32:])
    databases: dict[str, tuple[DatabaseKey, ...]] = {}
    for (name, key_id), sealed in slot.sealed.items():
        info = _info(table.site, user_code, name, key_id)
        try:
            key = DatabaseKey(
                key_id, hybrid.open_sealed(own.sealing_seed, info, sealed), table.salts[name, key_id]
            )
        except (CannotOpen, KeyError) as error:
            raise VaultDamaged("a key that does not open") from error
        databases[name] = (*databases.get(name, ()), key)
    _check_macs(table, databases.get(DATABASES[table.kind][0], ()))
    _check_signatures(table)
    return Keys(
        site=table.site,
        kind=table.kind,
        writer=table.writer,
        user=slot.user,
        secrets=own,
        databases=databases,
        signers={slot.user.code: slot.signing_key for slot in table.slots},
        root=table.slots[0].signing_key,
    )


def _weight(refusal: Exception) -> int:
    order = (WrongPassphrase, UnknownUser, KdfRefused)
    return next((place for place, kind in enumerate(order) if isinstance(refusal, kind)), len(order))
