"""Signatures: Ed25519 (RFC 8032) always, ML-DSA-65 (FIPS 204) beside it in suite 3; 32-byte seeds."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey, MLDSA65PublicKey

from anifro_desktop.crypto.errors import BadKey

SEED_BYTES = 32
PUBLIC_BYTES = 32
SIGNATURE_BYTES = 64
MLDSA_PUBLIC_BYTES = 1952
MLDSA_SIGNATURE_BYTES = 3309

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


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the owner of an Ed25519 public key signed these very bytes. Never raises on bad input."""
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


def _ed25519(seed: bytes) -> Ed25519PrivateKey:
    if len(seed) != SEED_BYTES:
        raise BadKey("signing key")
    return Ed25519PrivateKey.from_private_bytes(seed)


def _mldsa(seed: bytes) -> MLDSA65PrivateKey:
    if len(seed) != SEED_BYTES:
        raise BadKey("signing key")
    return MLDSA65PrivateKey.from_seed_bytes(seed)
