"""Sealing to a public key: HPKE base mode (RFC 9180) with HKDF-SHA256 and AES-256-GCM.

Suites: 1 DHKEM(X25519, HKDF-SHA256) 0x0020; 2 MLKEM768-X25519, that is X-Wing (draft-connolly-cfrg-xwing-kem)
0x647A; 3 seals as 2 does (it differs in its signatures only).

Rules kept here:
- The library does not serialise hybrid private keys, so the 32-byte X-Wing seed is what is stored; SHAKE256
  expands it to 96 bytes, the ML-KEM seed (64) and the X25519 key (32), as the X-Wing draft says.
- A suite 1 key is a 32-byte seed used as an X25519 private key; its public key is 32 bytes, of suite 2 1216.
- The public interface of the library has no associated data; callers bind context through `info`.
- Whatever is wrong with sealed bytes is the one refusal `CannotOpen`.
"""

from __future__ import annotations

import hashlib
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from anifro_desktop.crypto.errors import BadKey, CannotOpen

SEED_BYTES = 32
CLASSICAL, HYBRID, HYBRID_SIGNED = SUITES = (1, 2, 3)

_MLKEM_PUBLIC = 1184
_PUBLIC_BYTES = {1: 32, 2: _MLKEM_PUBLIC + 32, 3: _MLKEM_PUBLIC + 32}
_TAG = 16
# What sealing adds to a plaintext: the encapsulated key and the tag.
OVERHEAD = {1: 32 + _TAG, 2: 1120 + _TAG, 3: 1120 + _TAG}


def new_seed() -> bytes:
    """A fresh private key: 32 random bytes."""
    return secrets.token_bytes(SEED_BYTES)


def public_bytes(seed: bytes, suite: int = HYBRID) -> bytes:
    """The public key of a seed: 1216 bytes (ML-KEM-768 then X25519), or 32 for suite 1.

    Raises:
        BadKey: the seed is not 32 bytes, or the suite is unknown.
    """
    if suite == CLASSICAL:
        return _x25519_private(seed).public_key().public_bytes_raw()
    mlkem, x25519 = _expand(seed)
    return mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()


def seal(public: bytes, info: bytes, plaintext: bytes, suite: int = HYBRID) -> bytes:
    """Seal to the holder of the seed; returns the encapsulated key followed by the ciphertext.

    `info` is bound to the result: opening needs the same bytes.

    Raises:
        BadKey: the public key is unusable, or the suite is unknown.
    """
    if len(public) != _PUBLIC_BYTES.get(suite):
        raise BadKey("public key")
    try:
        if suite == CLASSICAL:
            return _suite(suite).encrypt(plaintext, X25519PublicKey.from_public_bytes(public), info)
        key = MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC]),
            X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC:]),
        )
        return _suite(suite).encrypt(plaintext, key, info)
    except ValueError as error:  # a point of low order, or a malformed ML-KEM key
        raise BadKey("public key") from error


def check_public(public: bytes) -> None:
    """Try whether anything can be sealed to a public key of suite 2 or 3.

    Raises:
        BadKey: nothing can.
    """
    seal(public, b"", b"")


def open_sealed(seed: bytes, info: bytes, sealed: bytes, suite: int = HYBRID) -> bytes:
    """What `seal` sealed.

    Raises:
        CannotOpen: another key, another info, another suite, or changed bytes.
        BadKey: the seed is not 32 bytes, or the suite is unknown.
    """
    private = _x25519_private(seed) if suite == CLASSICAL else MLKEM768X25519PrivateKey(*_expand(seed))
    try:
        return _suite(suite).decrypt(sealed, private, info)
    except (InvalidTag, ValueError) as error:
        raise CannotOpen from error


def _suite(number: int) -> Suite:
    if number not in SUITES:
        raise BadKey("cipher suite")
    kem = KEM.X25519 if number == CLASSICAL else KEM.MLKEM768_X25519
    return Suite(kem, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def _x25519_private(seed: bytes) -> X25519PrivateKey:
    if len(seed) != SEED_BYTES:
        raise BadKey("private key")
    return X25519PrivateKey.from_private_bytes(seed)


def _expand(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    if len(seed) != SEED_BYTES:
        raise BadKey("private key")
    parts = hashlib.shake_256(seed).digest(96)
    return MLKEM768PrivateKey.from_seed_bytes(parts[:64]), X25519PrivateKey.from_private_bytes(parts[64:])
