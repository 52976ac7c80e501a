"""Keys from passphrases (Argon2id, RFC 9106) and from other keys (HKDF-SHA256, RFC 5869).

Rules kept here:
- A passphrase is normalised to NFC and encoded as UTF-8: the same words typed anywhere give the same key.
- Settings read from a file are untrusted: below the floor is a downgrade, above the ceiling a trap.
"""

from __future__ import annotations

import unicodedata

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from anifro_desktop.crypto.errors import KdfMemory, KdfRefused

SALT_BYTES = 16
MEMORY_KIB_FLOOR, MEMORY_KIB_CEILING = 64 * 1024, 4 * 1024 * 1024
PASSES_FLOOR, PASSES_CEILING = 3, 20
LANES_FLOOR, LANES_CEILING = 1, 16
DEFAULT_LANES = 4

__all__ = ["KdfMemory", "KdfRefused", "argon2id", "check_settings", "hkdf"]


def check_settings(salt: bytes, *, memory_kib: int, passes: int, lanes: int) -> None:
    """Refuse settings that a key file of this program never has.

    Raises:
        KdfRefused: a setting below its floor or above its ceiling.
    """
    for name, value, floor, ceiling in (
        ("salt", len(salt), SALT_BYTES, 64),
        ("memory_kib", memory_kib, MEMORY_KIB_FLOOR, MEMORY_KIB_CEILING),
        ("passes", passes, PASSES_FLOOR, PASSES_CEILING),
        ("lanes", lanes, LANES_FLOOR, LANES_CEILING),
    ):
        if not floor <= value <= ceiling:
            raise KdfRefused(name, value)


def argon2id(
    passphrase: str, salt: bytes, *, memory_kib: int, passes: int, lanes: int, length: int = 32
) -> bytes:
    """The key of a passphrase; memory in KiB (64 MiB to 4 GiB), 3 to 20 passes, 1 to 16 lanes, 16-byte salt.

    Raises:
        KdfRefused: settings out of range.
        KdfMemory: the machine has not that much memory.
    """
    check_settings(salt, memory_kib=memory_kib, passes=passes, lanes=lanes)
    derivation = Argon2id(salt=salt, length=length, iterations=passes, lanes=lanes, memory_cost=memory_kib)
    try:
        return derivation.derive(unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass"))
    except MemoryError as error:
        raise KdfMemory(memory_kib) from error


def hkdf(key: bytes, info: bytes, length: int = 32) -> bytes:
    """A key derived from a key for the one purpose that `info` names (no salt: the input is random)."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=info).derive(key)
