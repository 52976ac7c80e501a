"""Bundles for the tests: a forger that knows every key, and the golden files made with it.

The forger is written from the description of the format, not from the program: it can build what the
program never would, and it is the second reader of the description. Golden files are header lines
(`expect`, `comment`, ...), a blank line, and the bytes of a bundle. Sealing is random, so `python
tests/vectors/bundles/make.py` adds the files that are not there and leaves the others: a file once
published stays, and must stay readable.

All keys here are for tests only.
"""

from __future__ import annotations

import hashlib
import json
import math
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from anifro_desktop.crypto import hybrid, signing

FOLDER = Path(__file__).parent
MAGIC = b"\x89ANFB\r\n\x1a"
SITE_SIGN, SITE_MLDSA, OTHER_SIGN, CENTRE_SEAL, OTHER_SEAL = (
    hashlib.sha256(b"test key " + name).digest()
    for name in (b"site", b"site 2", b"other", b"centre", b"else")
)
WRITER = "00112233445566778899aabbccddeeff"
EXTRA = {1: 48, 2: 1136, 3: 1136}


def header(**changes: Any) -> dict[str, Any]:
    """A valid header as JSON, with changes; a change to `...` removes the key."""
    value = {
        "study": "NCT07215754",
        "site": "P03",
        "writer": WRITER,
        "epoch": 1,
        "seq": 1,
        "prev": "0" * 64,
        "type": "data",
        "schema": 1,
        "sig_kid": kid(signing.public_bytes(SITE_SIGN)),
        "enc_kid": kid(hybrid.public_bytes(CENTRE_SEAL)),
        "created": "2026-03-01T09:30:00Z",
        "crit": [],
        **changes,
    }
    return {name: item for name, item in value.items() if item is not ...}


def kid(public: bytes) -> str:
    return hashlib.sha256(public).hexdigest()[:16]


def text(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def manifest(of: dict[str, Any], **more: Any) -> dict[str, Any]:
    repeated = ("study", "site", "writer", "epoch", "seq", "schema", "type")
    return {**{name: of[name] for name in repeated}, **more}


def raw(lines: Sequence[Any], *, count: int | None = None, closing: bytes | None = None) -> bytes:
    """JSON lines with the closing line; ready-made lines may be given as bytes."""
    body = b"".join((line if isinstance(line, bytes) else text(line)) + b"\n" for line in lines)
    if closing is None:
        total = len(lines) if count is None else count
        closing = text({"count": total, "sha256": hashlib.sha256(body).hexdigest()})
    return body + closing + b"\n"


def plain(
    content: bytes, *, method: int = 1, declared: int | None = None, packed: bytes | None = None
) -> bytes:
    """The frame: method, lengths, data, zeros up to the Padmé length."""
    data = packed if packed is not None else zlib.compress(content) if method == 1 else content
    size = len(content) if declared is None else declared
    return pad(struct.pack(">BII", method, size, len(data)) + data)


def pad(data: bytes) -> bytes:
    exponent = math.floor(math.log2(len(data)))
    low_bits = exponent - (math.floor(math.log2(exponent)) + 1)
    step = 2**low_bits
    return data + bytes(-len(data) % step)


def forge(
    head: dict[str, Any] | bytes,
    content: bytes,
    *,
    suite: int = 2,
    signer: bytes = SITE_SIGN,
    second: bytes = SITE_MLDSA,
    recipient: bytes = CENTRE_SEAL,
    version: int = 1,
    info_of: bytes | None = None,
    sealed: bytes | None = None,
) -> bytes:
    """A bundle with good lengths, sealing and signature around whatever is given.

    info_of: other bytes to bind the sealing to. sealed: a ciphertext taken from elsewhere.
    """
    head = head if isinstance(head, bytes) else text(head)
    kem = 1 if suite == 1 else 2
    length = len(content) + EXTRA[kem] if sealed is None else len(sealed)
    bound = MAGIC + struct.pack(">BBHI", version, suite, len(head), length) + head
    if sealed is None:
        info = b"anifro/hpke/v1\0" + hashlib.sha256(bound if info_of is None else info_of).digest()
        sealed = hybrid.seal(hybrid.public_bytes(recipient, kem), info, content, kem)
    return sign(bound + sealed, suite, signer, second)


def sign(unsigned: bytes, suite: int, signer: bytes, second: bytes) -> bytes:
    message = b"anifro/sig/v1\0" + hashlib.sha512(unsigned).digest()
    more = signing.mldsa_sign(second, message) if suite == 3 else b""
    return unsigned + signing.sign(signer, message) + more


def take_apart(data: bytes) -> tuple[bytes, bytes, bytes]:
    """The first 16 bytes, the header, the ciphertext."""
    head, body = struct.unpack(">HI", data[10:16])
    return data[:16], data[16 : 16 + head], data[16 + head : 16 + head + body]


def good(suite: int = 2, **changes: Any) -> bytes:
    head = header(enc_kid=kid(hybrid.public_bytes(CENTRE_SEAL, suite)), **changes)
    return forge(head, plain(raw([manifest(head), {"n": 1}])), suite=suite)


def golden() -> dict[str, tuple[str, str, bytes]]:
    """Name to (what is expected, a comment, the bytes)."""
    head = header()
    lines = raw([manifest(head), {"n": 1}])
    usual = plain(lines)
    whole = good()
    _, _, sealed = take_apart(whole)
    crit, schema = header(crit=["consent_v2"]), header(schema=2)
    return {
        "suite1": ("open", "X25519, only where a site's minimum allows it", good(1)),
        "suite2": ("open", "X-Wing and Ed25519, the default", whole),
        "suite3": ("open", "X-Wing, Ed25519 and ML-DSA-65", good(3)),
        "stored": ("open", "content not compressed", forge(head, plain(lines, method=0))),
        "newer-header-key": ("open", "an unknown key is ignored", good(colour="blue")),
        "truncated": ("truncated", "the last byte is missing", whole[:-1]),
        "longer": ("truncated", "one byte too many", whole + b"\0"),
        "header-only": ("truncated", "cut after the first 16 bytes", whole[:16]),
        "not-a-bundle": (
            "not_a_bundle",
            "line ends changed by a mail program",
            whole.replace(b"\r\n", b"\n", 1),
        ),
        "unknown-format": ("unknown_format", "format 2", forge(head, usual, version=2)),
        "flipped": ("bad_signature", "one bit of the ciphertext", flip(whole, len(whole) // 2)),
        "foreign-signer": ("bad_signature", "signed by another", forge(head, usual, signer=OTHER_SIGN)),
        "resigned": (
            "cannot_decrypt",
            "content under another header, signed again",
            forge(header(seq=2, prev="a" * 64), b"", sealed=sealed),
        ),
        "wrong-recipient": ("wrong_recipient", "for another key", forge(header(enc_kid="0" * 16), usual)),
        "wrong-site": ("manifest_mismatch", "content of another site", forge(header(site="P04"), usual)),
        "newer-crit": ("needs_upgrade", "a feature to know", forge(crit, plain(raw([manifest(crit)])))),
        "newer-schema": ("needs_upgrade", "schema 2", forge(schema, plain(raw([manifest(schema)])))),
        "receipt": ("wrong_type", "a receipt among data", good(type="receipt")),
        "duplicate-key": (
            "bad_lines",
            "a key twice",
            forge(head, plain(raw([manifest(head), b'{"n":1,"n":2}']))),
        ),
        "lost-line": (
            "bad_count",
            "fewer lines than counted",
            forge(head, plain(raw([manifest(head)], count=2))),
        ),
        "bomb": ("bad_frame", "a hundred bytes declared, a MiB inside", forge(head, bomb())),
    }


def flip(data: bytes, position: int) -> bytes:
    return data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :]


def bomb() -> bytes:
    return plain(b"", declared=100, packed=zlib.compress(bytes(1024 * 1024), 9))


def read_vector(path: Path) -> tuple[dict[str, str], bytes]:
    """The header lines and the bundle of a golden file."""
    lines, data = path.read_bytes().split(b"\n\n", 1)
    return dict(line.split(": ", 1) for line in lines.decode().split("\n")), data


def main() -> None:
    for name, (expect, comment, data) in golden().items():
        path = FOLDER / f"{name}.vec"
        if not path.exists():
            path.write_bytes(f"expect: {expect}\ncomment: {comment}\n\n".encode() + data)


if __name__ == "__main__":
    main()
