"""What `keyslots.json` holds, as values: who may unlock, and the sealed keys each may open. No secrets in clear.

Rules kept here:
- Strict JSON, read into these values field by field; anything unexpected is a damaged file.
- A user's entry (code, name, roles, public keys, state) is signed by an administrator and never removed: the trail's
  signatures need its public key, and a code is never another person's.
- The header of a slot is the associated data of its ciphertext: whoever edits it locks the slot. Roles and state are
  not in it, since an administrator changes them without the person's passphrase.
- A person with another passphrase has a new entry with new keys; the old one stays as `replaced`.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from anifro_desktop.crypto import signing
from anifro_desktop.files import StrictJsonError, strict_json
from anifro_desktop.record import Json, canonical
from anifro_desktop.store.doorplate import ACTIVE, User
from anifro_desktop.store.errors import RoleRefused, VaultDamaged
from anifro_desktop.store.rawkeys import DatabaseKey

FORMAT = "anifro/keyslots/v2"
USER_DOMAIN = b"anifro/slots/user/v1\0"
ADMINISTRATORS = ("site_admin", "data_manager")


@dataclass(frozen=True, slots=True)
class UserSecrets:
    """A user's own private keys, 32 bytes each."""

    sealing_seed: bytes = field(repr=False)
    signing_seed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reset:
    """A passphrase that somebody else chose for a person who was here already. code: of the person; by: code of the
    administrator, or of the recovery sheet; key: the signing key that came with it."""

    code: str
    by: str
    key: bytes


@dataclass(frozen=True, slots=True)
class Keys:
    """An unlocked vault. site: its code; kind: `site` or `centre`; writer: this installation, 32 hex digits.

    databases: the keys this user holds, by database, the newest first; two only while a key is being changed.
    signers: signing keys of every user that ever was; roles, names: all that each code ever had; lent: those of the
    signing keys whose passphrase an administrator chose; resets: of each signing key that came with a reset or after
    one, the last reset. root: signing key of the first administrator. version: of the key file.
    temporary: somebody else chose the passphrase, and the person is to choose another. damaged: names of key files
    that were found damaged and made whole from their copy. failed: wrong passphrases since this user last unlocked.
    """

    site: str
    kind: str
    writer: str
    user: User
    secrets: UserSecrets = field(repr=False)
    databases: Mapping[str, tuple[DatabaseKey, ...]] = field(repr=False)
    signers: Mapping[str, tuple[bytes, ...]] = field(repr=False)
    roles: Mapping[str, frozenset[str]]
    names: Mapping[str, frozenset[str]]
    lent: frozenset[bytes]
    resets: Mapping[bytes, Reset]
    root: bytes
    version: int = 0
    temporary: bool = False
    damaged: tuple[str, ...] = ()
    failed: int = 0

    def database(self, name: str) -> tuple[DatabaseKey, ...]:
        """The keys of a database.

        Raises:
            RoleRefused: this user's roles do not include it.
        """
        if name not in self.databases:
            raise RoleRefused("open identities", "an investigator, data entry or a site administrator")
        return self.databases[name]


@dataclass(frozen=True, slots=True)
class Kdf:
    """Argon2id: memory in KiB, passes, lanes, 16-byte salt."""

    memory_kib: int
    passes: int
    lanes: int
    salt: bytes

    def to_json(self) -> dict[str, Json]:
        """Plain JSON."""
        return {
            "name": "argon2id",
            "memory_kib": self.memory_kib,
            "passes": self.passes,
            "lanes": self.lanes,
            "salt": _b64(self.salt),
        }


@dataclass(frozen=True, slots=True)
class Certificate:
    """What an entry said before it was changed, as it was signed then: what came of it still holds."""

    name: str
    roles: tuple[str, ...]
    state: str
    signed_by: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class Slot:
    """One user of the table, or the recovery sheet. signing_key, sealing_key: public. sealed: (database, key id) to the
    wrapped key. kdf, nonce, secrets: how the passphrase opens it; nothing for the sheet and for who opens nothing.
    temporary: somebody else chose the passphrase, for one unlocking, and so could open these keys: said for ever.
    past: see `Certificate`."""

    user: User
    state: str
    signing_key: bytes
    sealing_key: bytes
    signed_by: str
    signature: bytes
    kdf: Kdf | None
    nonce: bytes
    secrets: bytes
    sealed: Mapping[tuple[str, str], bytes]
    temporary: bool = False
    past: tuple[Certificate, ...] = ()

    @property
    def certificate(self) -> Certificate:
        """What the entry says now."""
        return Certificate(self.user.name, self.user.roles, self.state, self.signed_by, self.signature)

    def entry(self, site: str, as_of: Certificate | None = None) -> dict[str, Json]:
        """The part that an administrator signs. as_of: as it was then."""
        said = as_of or self.certificate
        facts: dict[str, Json] = {
            "site": site,
            "code": self.user.code,
            "name": said.name,
            "roles": list(said.roles),
            "state": said.state,
            "signing_key": _b64(self.signing_key),
            "sealing_key": _b64(self.sealing_key),
        }
        return facts | {"temporary": True} if self.temporary else facts

    def signed(self, site: str, by: str, seed: bytes) -> Slot:
        """This slot with its entry signed."""
        message = USER_DOMAIN + canonical(self.entry(site))
        return replace(self, signed_by=by, signature=signing.sign(seed, message))


@dataclass(frozen=True, slots=True)
class Table:
    """The whole file. salts: (database, key id) to the 16-byte salt; macs: key id of the first database to MAC."""

    site: str
    kind: str
    writer: str
    version: int
    salts: Mapping[tuple[str, str], bytes]
    slots: tuple[Slot, ...]
    macs: Mapping[str, bytes]

    def slot(self, code: str, *states: str) -> Slot | None:
        """The active slot of a user, or the one in another state."""
        wanted = states or (ACTIVE,)
        return next((slot for slot in self.slots if slot.user.code == code and slot.state in wanted), None)

    def header(self, slot: Slot) -> bytes:
        """What the user's secrets are bound to."""
        facts: dict[str, Json] = {
            "format": FORMAT,
            "site": self.site,
            "kind": self.kind,
            "writer": self.writer,
        }
        facts |= {"code": slot.user.code, "kdf": _settings(slot.kdf), "temporary": slot.temporary}
        return canonical(
            facts | {"signing_key": _b64(slot.signing_key), "sealing_key": _b64(slot.sealing_key)}
        )

    def body(self) -> dict[str, Json]:
        """Everything but the MACs: what they are over."""
        return {
            "format": FORMAT,
            "site": self.site,
            "kind": self.kind,
            "writer": self.writer,
            "version": self.version,
            "salts": _pairs(self.salts),
            "users": [self._user(slot) for slot in self.slots],
        }

    def to_bytes(self) -> bytes:
        """The file."""
        macs: dict[str, Json] = {name: _b64(mac) for name, mac in self.macs.items()}
        return canonical(self.body() | {"macs": macs}) + b"\n"

    def _user(self, slot: Slot) -> Json:
        entry = slot.entry(self.site)
        del entry["site"]
        return entry | {
            "signed_by": slot.signed_by,
            "signature": _b64(slot.signature),
            "kdf": _settings(slot.kdf),
            "nonce": _b64(slot.nonce),
            "secrets": _b64(slot.secrets),
            "keys": _pairs(slot.sealed),
            "temporary": slot.temporary,
            "past": [_past(one) for one in slot.past],
        }


def read_table(raw: bytes) -> Table:
    """The table of a file's bytes; its MACs and signatures are still to be checked.

    Raises:
        VaultDamaged: not exactly what this program writes.
    """
    try:
        data = strict_json(raw)
        if not isinstance(data, dict):
            raise VaultDamaged("not a table")
        table = _table(data)
    except (KeyError, TypeError, ValueError, AttributeError, StrictJsonError) as error:
        raise VaultDamaged("not readable") from error
    if table.to_bytes() != raw:
        raise VaultDamaged("not as written")
    return table


def _table(data: dict[str, Any]) -> Table:
    if data["format"] != FORMAT:
        raise VaultDamaged("unknown format")
    return Table(
        site=_text(data["site"]),
        kind=_text(data["kind"]),
        writer=_text(data["writer"]),
        version=_whole(data["version"]),
        salts=_unpair(data["salts"]),
        slots=tuple(_slot(user) for user in data["users"]),
        macs={_text(name): _bytes(mac) for name, mac in data["macs"].items()},
    )


def _slot(data: dict[str, Any]) -> Slot:
    return Slot(
        user=User(_text(data["code"]), _text(data["name"]), tuple(_text(role) for role in data["roles"])),
        state=_text(data["state"]),
        signing_key=_bytes(data["signing_key"]),
        sealing_key=_bytes(data["sealing_key"]),
        signed_by=_text(data["signed_by"]),
        signature=_bytes(data["signature"]),
        kdf=_kdf(data["kdf"]),
        nonce=_bytes(data["nonce"]),
        secrets=_bytes(data["secrets"]),
        sealed=_unpair(data["keys"]),
        temporary=data["temporary"] is True,
        past=tuple(_certificate(one) for one in data["past"]),
    )


def _past(one: Certificate) -> Json:
    return {
        "name": one.name,
        "roles": list(one.roles),
        "state": one.state,
        "signed_by": one.signed_by,
        "signature": _b64(one.signature),
    }


def _certificate(data: dict[str, Any]) -> Certificate:
    return Certificate(
        _text(data["name"]),
        tuple(_text(role) for role in data["roles"]),
        _text(data["state"]),
        _text(data["signed_by"]),
        _bytes(data["signature"]),
    )


def _kdf(data: dict[str, Any] | None) -> Kdf | None:
    if data is None:
        return None
    return Kdf(
        _whole(data["memory_kib"]), _whole(data["passes"]), _whole(data["lanes"]), _bytes(data["salt"])
    )


def _settings(kdf: Kdf | None) -> Json:
    return None if kdf is None else kdf.to_json()


def _pairs(values: Mapping[tuple[str, str], bytes]) -> Json:
    result: dict[str, dict[str, Json]] = {}
    for (database, key_id), value in values.items():
        result.setdefault(database, {})[key_id] = _b64(value)
    return {name: dict(inner) for name, inner in result.items()}


def _unpair(data: dict[str, Any]) -> dict[tuple[str, str], bytes]:
    return {
        (_text(database), _text(key_id)): _bytes(value)
        for database, inner in data.items()
        for key_id, value in inner.items()
    }


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("not a whole number")
    return value


def _bytes(value: object) -> bytes:
    return base64.b64decode(_text(value), validate=True)


def _b64(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")
