"""Small signed text files that people carry: the centre's keyset and a site's enrolment card.

    line 1  the kind, as `anifro-keyset-v1`
    line 2  the body: one line of canonical JSON
    line 3  (and 4)  Ed25519 signatures, hexadecimal, over "kind\\0" and SHA-512(line 2)

Rules kept here: signatures are checked over the bytes received; the body has one spelling; at most 64 KiB.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from anifro_desktop.crypto import signing
from anifro_desktop.record import Json, canonical
from anifro_desktop.strictjson import StrictJsonError, strict_json
from anifro_desktop.sync.errors import KeyFileDamaged

MAX_BYTES = 64 * 1024
_KIND = "anifro-{}-v1"


@dataclass(frozen=True, slots=True)
class SignedText:
    """A key file taken apart; nothing is trusted yet. line: the body as received. signatures: one or two."""

    kind: str
    body: dict[str, Json]
    line: bytes
    signatures: tuple[bytes, ...]

    def signed_by(self, public: bytes) -> bool:
        """Whether one of the signatures is of this key."""
        message = _message(self.kind, self.line)
        return any(signing.verify(public, message, signature) for signature in self.signatures)


def sign_text(kind: str, body: dict[str, Json], seeds: Sequence[bytes]) -> bytes:
    """The file of a body signed by each of the seeds."""
    line = canonical(body)
    message = _message(kind, line)
    signatures = (signing.sign(seed, message).hex().encode("ascii") for seed in seeds)
    return b"\n".join((_KIND.format(kind).encode("ascii"), line, *signatures, b""))


def read_text(kind: str, data: bytes, what: str) -> SignedText:
    """Take a key file apart; `what` names it in the refusal.

    Raises:
        KeyFileDamaged: it is not a file of this kind.
    """
    parts = data.split(b"\n") if len(data) <= MAX_BYTES else []
    if not 4 <= len(parts) <= 5 or parts[0] != _KIND.format(kind).encode("ascii") or parts[-1]:
        raise KeyFileDamaged(what)
    try:
        body = strict_json(parts[1])
        signatures = tuple(_unhex(part, signing.SIGNATURE_BYTES) for part in parts[2:-1])
    except (StrictJsonError, ValueError) as error:
        raise KeyFileDamaged(what) from error
    if not isinstance(body, dict) or canonical(body) != parts[1]:
        raise KeyFileDamaged(what)
    return SignedText(kind, body, parts[1], signatures)


def key_bytes(body: dict[str, Json], name: str, length: int) -> bytes:
    """A key that stands in a body as hexadecimal text.

    Raises:
        ValueError: missing, or of another length.
    """
    text = body.get(name)
    if not isinstance(text, str):
        raise ValueError(name)
    return _unhex(text.encode("utf-8"), length)


def _unhex(text: bytes, length: int) -> bytes:
    data = bytes.fromhex(text.decode("ascii"))
    if len(data) != length or data.hex().encode("ascii") != text:
        raise ValueError("not hexadecimal of the right length")
    return data


def _message(kind: str, line: bytes) -> bytes:
    return _KIND.format(kind).encode("ascii") + b"\0" + hashlib.sha512(line).digest()
