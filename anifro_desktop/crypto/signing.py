"""Signatures: Ed25519 (RFC 8032) always, ML-DSA-65 (FIPS 204) beside it in suite 3; 32-byte seeds.

Rules kept here:
- A public key of small order is nobody's: for such a key anybody makes signatures, without a private one. RFC 8032
  leaves it open; here nothing is ever signed by it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey, MLDSA65PublicKey

from anifro_desktop.crypto.errors import BadKey

SEED_BYTES = 32
PUBLIC_BYTES = 32
SIGNATURE_BYTES = 64
MLDSA_PUBLIC_BYTES = 1952
MLDSA_SIGNATURE_BYTES = 3309
_FIELD = 2**255 - 19  # the prime of the curve

Signer = Callable[[bytes], bytes]


def new_seed() -> bytes:
    """A fresh signing key: 32 random bytes, for Ed25519 or for ML-DSA-65, never one seed for both."""
    return secrets.token_bytes(SEED_BYTES)


def public_bytes(seed: bytes) -> bytes:
    """The 32-byte Ed25519 public key of a seed.

    Raises:
        BadKey: the seed is not 32 bytes.
    """
    return _ed25519(seed).public_key().public_bytes_raw()


def sign(seed: bytes, message: bytes) -> bytes:
    """The 64-byte Ed25519 signature of a message.

    Raises:
        BadKey: the seed is not 32 bytes.
    """
    return _ed25519(seed).sign(message)


def signer(seed: bytes) -> Signer:
    """What signs as `sign` does, for somebody who signs often: the key is worked out once.

    Raises:
        BadKey: the seed is not 32 bytes.
    """
    return _ed25519(seed).sign


def is_owned(public: bytes) -> bool:
    """Whether an Ed25519 public key can be somebody's: 32 bytes, and not of small order, however it is spelled."""
    last = int.from_bytes(public, "little") % 2**255  # without the sign of x, which there may be either
    return len(public) == PUBLIC_BYTES and last % _FIELD not in _of_small_order()


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the owner of an Ed25519 public key signed these very bytes. Never raises on bad input."""
    if not is_owned(public):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def mldsa_public_bytes(seed: bytes) -> bytes:
    """The 1952-byte ML-DSA-65 public key of a seed.

    Raises:
        BadKey: the seed is not 32 bytes.
    """
    return _mldsa(seed).public_key().public_bytes_raw()


def mldsa_sign(seed: bytes, message: bytes) -> bytes:
    """The 3309-byte ML-DSA-65 signature of a message (hedged: two signatures of one message differ).

    Raises:
        BadKey: the seed is not 32 bytes.
    """
    return _mldsa(seed).sign(message)


def mldsa_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the owner of an ML-DSA-65 public key signed these very bytes. Never raises on bad input."""
    try:
        MLDSA65PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@cache
def _of_small_order() -> frozenset[int]:
    """The y of the eight points P of edwards25519 with 8P = 0: 1, -1, 0, and those that double to y = 0, where
    x² = -y² makes the equation of the curve d·y⁴ + 2y² - 1 = 0."""
    d = -121665 * pow(121666, -1, _FIELD) % _FIELD
    squares = ((sign * _root(1 + d) - 1) * pow(d, -1, _FIELD) % _FIELD for sign in (1, -1))
    roots = (_root(one) for one in squares if pow(one, (_FIELD - 1) // 2, _FIELD) == 1)
    return frozenset((0, 1, _FIELD - 1, *(y for root in roots for y in (root, _FIELD - root))))


def _root(square: int) -> int:
    """A square root modulo the prime of the curve."""
    found = pow(square, (_FIELD + 3) // 8, _FIELD)
    return (
        found
        if (found * found - square) % _FIELD == 0
        else found * pow(2, (_FIELD - 1) // 4, _FIELD) % _FIELD
    )


def _ed25519(seed: bytes) -> Ed25519PrivateKey:
    if len(seed) != SEED_BYTES:
        raise BadKey("signing key")
    return Ed25519PrivateKey.from_private_bytes(seed)


def _mldsa(seed: bytes) -> MLDSA65PrivateKey:
    if len(seed) != SEED_BYTES:
        raise BadKey("signing key")
    return MLDSA65PrivateKey.from_seed_bytes(seed)
