"""Who may be believed: the centre's keyset and the site's enrolment card.

The keyset holds the centre's public keys and is signed by a root key that is kept offline. A site pins the
root once, by comparing a fingerprint read from paper or over the telephone. The card holds a site's public
keys, signed by itself; the centre compares its fingerprint in the same way before it registers the site.

Rules kept here:
- A keyset's version may only rise. Another root needs the signatures of both roots.
- Expiry is a warning for the caller to show, never a refusal: a site may be offline for months.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import date

from anifro_desktop.crypto import hybrid, signing
from anifro_desktop.crypto.errors import BadKey
from anifro_desktop.crypto.fingerprint import fingerprint, same
from anifro_desktop.record import Json
from anifro_desktop.sync import signed
from anifro_desktop.sync.bundle import VerifyKey, kid
from anifro_desktop.sync.errors import CARD, ForeignKeyset, KeyFileDamaged, OldKeyset, WrongFingerprint

SEAL_PUBLIC_BYTES = 1216
_KEYSET = "centre keyset"
_STUDY = re.compile(r"[A-Za-z0-9]{2,16}")
_SITE = re.compile(r"[A-Z0-9]{2,8}")
_WRITER = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Keyset:
    """The centre's public keys.

    root, sign: Ed25519 (32 bytes). seal: X-Wing (1216 bytes). mldsa: ML-DSA-65 (1952 bytes) or None.
    expires: after this day a newer one should be asked for.
    """

    study: str
    version: int
    root: bytes
    sign: bytes
    seal: bytes
    mldsa: bytes | None
    created: date
    expires: date

    @property
    def fingerprint(self) -> str:
        """What people compare: the fingerprint of the root key, the same for every version."""
        return fingerprint(self.root)

    @property
    def verify_key(self) -> VerifyKey:
        """The keys that the centre's receipts are checked with."""
        return VerifyKey(self.sign, self.mldsa)

    def expired(self, today: date) -> bool:
        """Whether the user should be told to ask for a newer keyset."""
        return today > self.expires


@dataclass(frozen=True, slots=True)
class Card:
    """A site's public keys: sign Ed25519 (32 bytes), seal X-Wing (1216), mldsa ML-DSA-65 (1952) or None."""

    study: str
    site: str
    writer: str
    sign: bytes
    seal: bytes
    mldsa: bytes | None
    fingerprint: str

    @property
    def sig_kid(self) -> str:
        """The name of the signing key in headers."""
        return kid(self.sign)

    @property
    def verify_key(self) -> VerifyKey:
        """The keys that the site's bundles are checked with."""
        return VerifyKey(self.sign, self.mldsa)


def new_writer() -> str:
    """A fresh name for an installation: 32 random hexadecimal digits."""
    return secrets.token_hex(16)


def make_keyset(
    *,
    study: str,
    version: int,
    root_seed: bytes,
    sign_public: bytes,
    seal_public: bytes,
    created: date,
    expires: date,
    mldsa_public: bytes | None = None,
    old_root_seed: bytes | None = None,
) -> bytes:
    """The keyset's file. Changing the root needs `old_root_seed` beside the new one.

    Raises:
        KeyFileDamaged: values that no reader would take. BadKey: a root seed of the wrong length.
    """
    body: dict[str, Json] = {
        "study": study,
        "version": version,
        "root": signing.public_bytes(root_seed).hex(),
        "sign": sign_public.hex(),
        "seal": seal_public.hex(),
        "mldsa": None if mldsa_public is None else mldsa_public.hex(),
        "created": created.isoformat(),
        "expires": expires.isoformat(),
    }
    seeds = [root_seed] if old_root_seed is None else [root_seed, old_root_seed]
    data = signed.sign_text("keyset", body, seeds)
    read_keyset(data)
    return data


def read_keyset(data: bytes, expected_fingerprint: str | None = None) -> Keyset:
    """The keyset of a file that its own root signed; give the fingerprint a person read to trust that root.

    Raises:
        KeyFileDamaged: changed, cut or not a keyset. WrongFingerprint: another root than the person read out.
    """
    text = signed.read_text("keyset", data, _KEYSET)
    keyset = _keyset(text)
    if not text.signed_by(keyset.root):
        raise KeyFileDamaged(_KEYSET)
    if expected_fingerprint is not None and not same(keyset.fingerprint, expected_fingerprint):
        raise WrongFingerprint(_KEYSET)
    return keyset


def next_keyset(current: Keyset, data: bytes) -> Keyset:
    """A newer keyset that follows the one in use; the one in use comes back if it is the same.

    Raises:
        KeyFileDamaged: changed or cut. ForeignKeyset: another study, or not signed by the root in use.
        OldKeyset: the version does not rise.
    """
    keyset = read_keyset(data)
    if keyset == current:
        return current
    trusted = signed.read_text("keyset", data, _KEYSET).signed_by(current.root)
    if keyset.study != current.study or not trusted:
        raise ForeignKeyset
    if keyset.version <= current.version:
        raise OldKeyset(keyset.version, current.version)
    return keyset


def make_card(
    *,
    study: str,
    site: str,
    writer: str,
    sign_seed: bytes,
    seal_public: bytes,
    mldsa_public: bytes | None = None,
) -> bytes:
    """The file of a site's public keys. It holds the site's code, never a name.

    Raises:
        KeyFileDamaged: values that no reader would take. BadKey: a seed of the wrong length.
    """
    body: dict[str, Json] = {
        "study": study,
        "site": site,
        "writer": writer,
        "sign": signing.public_bytes(sign_seed).hex(),
        "seal": seal_public.hex(),
        "mldsa": None if mldsa_public is None else mldsa_public.hex(),
    }
    data = signed.sign_text("enrol", body, [sign_seed])
    read_card(data)
    return data


def read_card(data: bytes, expected_fingerprint: str | None = None) -> Card:
    """The card of a file; give the fingerprint that the site read out before registering it.

    Raises:
        KeyFileDamaged: changed, cut or not a card. WrongFingerprint: not the card that the site holds.
    """
    text = signed.read_text("enrol", data, CARD)
    card = _card(text)
    if not text.signed_by(card.sign):
        raise KeyFileDamaged(CARD)
    if expected_fingerprint is not None and not same(card.fingerprint, expected_fingerprint):
        raise WrongFingerprint(CARD)
    return card


def _keyset(text: signed.SignedText) -> Keyset:
    body = text.body
    version = body.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or not 1 <= version <= 999_999:
        raise KeyFileDamaged(_KEYSET)
    try:
        return Keyset(
            study=_form(body, "study", _STUDY),
            version=version,
            root=_signing_key(body, "root"),
            sign=_signing_key(body, "sign"),
            seal=signed.key_bytes(body, "seal", SEAL_PUBLIC_BYTES),
            mldsa=_mldsa(body),
            created=date.fromisoformat(str(body.get("created"))),
            expires=date.fromisoformat(str(body.get("expires"))),
        )
    except ValueError as error:
        raise KeyFileDamaged(_KEYSET) from error


def _card(text: signed.SignedText) -> Card:
    body = text.body
    try:
        seal = signed.key_bytes(body, "seal", SEAL_PUBLIC_BYTES)
        hybrid.check_public(seal)
        return Card(
            study=_form(body, "study", _STUDY),
            site=_form(body, "site", _SITE),
            writer=_form(body, "writer", _WRITER),
            sign=_signing_key(body, "sign"),
            seal=seal,
            mldsa=_mldsa(body),
            fingerprint=fingerprint(text.line),
        )
    except (BadKey, ValueError) as error:
        raise KeyFileDamaged(CARD) from error


def _signing_key(body: dict[str, Json], name: str) -> bytes:
    key = signed.key_bytes(body, name, signing.PUBLIC_BYTES)
    if not signing.is_owned(key):
        raise ValueError(name)
    return key


def _mldsa(body: dict[str, Json]) -> bytes | None:
    if body.get("mldsa") is None:
        return None
    return signed.key_bytes(body, "mldsa", signing.MLDSA_PUBLIC_BYTES)


def _form(body: dict[str, Json], name: str, form: re.Pattern[str]) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not form.fullmatch(value):
        raise ValueError(name)
    return value
