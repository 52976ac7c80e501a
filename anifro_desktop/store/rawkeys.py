"""The raw key of one database: plain bytes, known to the vault and to the engine alike."""

from __future__ import annotations

from dataclasses import dataclass, field

KEY_BYTES, SALT_BYTES = 32, 16


@dataclass(frozen=True, slots=True)
class DatabaseKey:
    """The raw key of one database: 32 bytes and the 16-byte salt that opens its file. id: names it in the slots."""

    id: str
    key: bytes = field(repr=False)
    salt: bytes = field(repr=False)
