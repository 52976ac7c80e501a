"""Fingerprints that people read aloud or compare on paper: groups of Base32 letters and digits.

Base32 (RFC 4648) has no 0, 1, 8 or 9, so nothing is taken for O, I, B or g. Five groups of five letters are
the first 125 bits of SHA-256: nobody can make a second key with the same fingerprint.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

GROUPS = 5
GROUP_LETTERS = 5


def fingerprint(data: bytes) -> str:
    """`ABCDE-FGHIJ-KLMNO-PQRST-UVWXY` of the SHA-256 of the data."""
    text = base64.b32encode(hashlib.sha256(data).digest()).decode("ascii")
    return "-".join(
        text[start : start + GROUP_LETTERS] for start in range(0, GROUPS * GROUP_LETTERS, GROUP_LETTERS)
    )


def same(a: str, b: str) -> bool:
    """Whether two fingerprints agree but for case, spaces and hyphens, in constant time; empty never do."""
    left, right = _letters(a), _letters(b)
    return bool(left) and hmac.compare_digest(left, right)


def _letters(text: str) -> bytes:
    return "".join(text.upper().replace("-", "").split()).encode("utf-8", "replace")


def kid(public: bytes) -> str:
    """The name of a public key in headers: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:16]
