"""The sealed file `.anfb`: the only door for untrusted bytes, and the only maker of such files.

    0   8  magic 89 41 4E 46 42 0D 0A 1A      8  1  format = 1        9  1  suite
    10  2  header length H (2..8192)          12 4  ciphertext length C (at most 16 MiB), big-endian
    16  H  header (`header.py`)
    ..  C  HPKE enc and ciphertext of the framed lines (`frame.py`)
    ..  S  Ed25519 signature (64), in suite 3 followed by ML-DSA-65 (3309); the file ends exactly here

Rules kept here:
- Order of checks: lengths, header, kind, strength, signature, newer features, decryption, unpacking, lines,
  manifest.
- HPKE info = "anifro/hpke/v1\\0" and SHA-256(first 16 bytes and header): a header put on another's content
  does not open, even if it is signed again.
- Signed message = "anifro/sig/v1\\0" and SHA-512(all before the signature), over the bytes received.
- Whatever is wrong is one exception, `BundleRefused`, with a code.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from anifro_desktop.crypto import hybrid, signing
from anifro_desktop.crypto.errors import BadKey, CannotOpen
from anifro_desktop.crypto.fingerprint import kid
from anifro_desktop.record import Json
from anifro_desktop.sync import frame
from anifro_desktop.sync.errors import BundleRefused
from anifro_desktop.sync.garbage import uncollected
from anifro_desktop.sync.header import MAX_HEADER, SCHEMA, Header, parse_header

__all__ = [
    "Header",
    "Opened",
    "VerifyKey",
    "file_hash",
    "is_signed",
    "kid",
    "open_bundle",
    "peek_header",
    "seal_bundle",
]

MAGIC = bytes.fromhex("89414E46420D0A1A")
FORMAT = 1
MAX_CIPHERTEXT = 16 * 1024 * 1024
SUFFIX = ".anfb"
# Names in `crit` that this version understands.
CARD = "card"  # a data bundle announces its writer's next keys
KNOWN_CRIT: frozenset[str] = frozenset({CARD})
# What line 1, the manifest, repeats of the header.
MANIFEST_REPEATS = ("study", "site", "writer", "epoch", "seq", "schema", "type")

_PREFIX = struct.Struct(">8sBBHI")
_SIGNATURES = {1: 64, 2: 64, 3: 64 + signing.MLDSA_SIGNATURE_BYTES}
MAX_FILE = _PREFIX.size + MAX_HEADER + MAX_CIPHERTEXT + max(_SIGNATURES.values())
_INFO = b"anifro/hpke/v1\0"
_SIGNED = b"anifro/sig/v1\0"


@dataclass(frozen=True, slots=True)
class VerifyKey:
    """The public signing keys of a sender: Ed25519 (32 bytes) and, for suite 3, ML-DSA-65 (1952 bytes)."""

    ed25519: bytes
    mldsa: bytes | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A bundle that passed every check. lines: manifest first, no closing line. sha256: of the file."""

    header: Header
    lines: tuple[frame.Line, ...]
    sha256: str

    @property
    def manifest(self) -> Mapping[str, Json]:
        """Line 1."""
        return self.lines[0]


@dataclass(frozen=True, slots=True)
class _Parts:
    suite: int
    header: Header
    bound: bytes  # the first 16 bytes and the header
    ciphertext: bytes
    signed: bytes  # the digest that the signatures cover
    signature: bytes


def file_hash(data: bytes) -> str:
    """SHA-256 (hex) of a whole file: what `prev`, names and receipts carry."""
    return hashlib.sha256(data).hexdigest()


@uncollected()
def seal_bundle(
    header: Header,
    lines: Sequence[frame.Line],
    signer_seed: bytes,
    recipient_public: bytes,
    suite: int = hybrid.HYBRID,
    *,
    mldsa_seed: bytes | None = None,
) -> bytes:
    """Make a bundle. `lines[0]` is the manifest and repeats the header; key names are filled in here.

    Raises:
        BundleRefused: a header or lines that no reader would take, too large included.
        BadKey: an unusable key or suite, or suite 3 without an ML-DSA seed.
    """
    if suite not in hybrid.SUITES:
        raise BadKey("cipher suite")
    if suite == hybrid.HYBRID_SIGNED and mldsa_seed is None:
        raise BadKey("second signing key")
    header = replace(header, sig_kid=kid(signing.public_bytes(signer_seed)), enc_kid=kid(recipient_public))
    text = header.to_bytes()
    _check_manifest(parse_header(text), lines)
    plain = frame.pack(frame.write_lines(lines))
    length = len(plain) + hybrid.OVERHEAD[suite]
    if length > MAX_CIPHERTEXT:
        raise BundleRefused("too_large", "ciphertext")
    bound = _PREFIX.pack(MAGIC, FORMAT, suite, len(text), length) + text
    unsigned = bound + hybrid.seal(recipient_public, _info(bound), plain, suite)
    message = _message(unsigned)
    signature = signing.sign(signer_seed, message)
    if suite == hybrid.HYBRID_SIGNED and mldsa_seed is not None:
        signature += signing.mldsa_sign(mldsa_seed, message)
    return unsigned + signature


def peek_header(data: bytes) -> Header:
    """The header as it stands, **unverified**: for routing only.

    Raises:
        BundleRefused: not a whole bundle.
    """
    return _take_apart(data).header


def is_signed(data: bytes, key: VerifyKey) -> bool:
    """Whether a whole bundle is signed with these keys; nothing in it is opened.

    Raises:
        BundleRefused: not a whole bundle.
    """
    parts = _take_apart(data)
    try:
        _check_signature(parts, key)
    except BundleRefused:
        return False
    return True


def open_bundle(
    data: bytes,
    *,
    expect_type: str,
    key_for: Callable[[Header], VerifyKey | None],
    seed_for: Callable[[str], bytes | None],
    min_suite: int = hybrid.HYBRID,
) -> Opened:
    """Check and open a bundle.

    Args:
        data: the file. expect_type: the kind that belongs where it was found.
        key_for: the signing keys of the sender named by an unverified header; None if unknown or revoked.
        seed_for: the private key that `enc_kid` names, or None. min_suite: the weakest agreed for the sender.

    Raises:
        BundleRefused: anything at all is wrong.
    """
    parts = _take_apart(data)
    header = parts.header
    if header.type != expect_type:
        raise BundleRefused("wrong_type", header.type)
    if parts.suite < min_suite:
        raise BundleRefused("weak_suite", str(parts.suite))
    _check_signature(parts, key_for(header))
    if header.schema > SCHEMA or not KNOWN_CRIT.issuperset(header.crit):
        raise BundleRefused("needs_upgrade")
    lines = frame.read_lines(frame.unpack(_decrypt(parts, seed_for(header.enc_kid))))
    _check_manifest(header, lines)
    return Opened(header, lines, file_hash(data))


def _take_apart(data: bytes) -> _Parts:
    if len(data) > MAX_FILE:
        raise BundleRefused("too_large", "file")
    if not data.startswith(MAGIC):
        raise BundleRefused("not_a_bundle")
    if len(data) < _PREFIX.size:
        raise BundleRefused("truncated")
    _, version, suite, header_length, length = _PREFIX.unpack_from(data)
    if version != FORMAT or suite not in _SIGNATURES:
        raise BundleRefused("unknown_format")
    if not 2 <= header_length <= MAX_HEADER or length > MAX_CIPHERTEXT:
        raise BundleRefused("bad_header", "lengths")
    header_end = _PREFIX.size + header_length
    signature_start = header_end + length
    if len(data) != signature_start + _SIGNATURES[suite]:
        raise BundleRefused("truncated")
    return _Parts(
        suite=suite,
        header=parse_header(data[_PREFIX.size : header_end]),
        bound=data[:header_end],
        ciphertext=data[header_end:signature_start],
        signed=_message(memoryview(data)[:signature_start]),
        signature=data[signature_start:],
    )


def _check_signature(parts: _Parts, key: VerifyKey | None) -> None:
    if key is None or kid(key.ed25519) != parts.header.sig_kid:
        raise BundleRefused("unknown_key")
    first, second = parts.signature[: signing.SIGNATURE_BYTES], parts.signature[signing.SIGNATURE_BYTES :]
    if not signing.verify(key.ed25519, parts.signed, first):
        raise BundleRefused("bad_signature")
    if parts.suite == hybrid.HYBRID_SIGNED:
        if key.mldsa is None:
            raise BundleRefused("unknown_key", "ML-DSA-65")
        if not signing.mldsa_verify(key.mldsa, parts.signed, second):
            raise BundleRefused("bad_signature", "ML-DSA-65")


def _decrypt(parts: _Parts, seed: bytes | None) -> bytes:
    if seed is None:
        raise BundleRefused("wrong_recipient")
    try:
        return hybrid.open_sealed(seed, _info(parts.bound), parts.ciphertext, parts.suite)
    except CannotOpen as error:
        raise BundleRefused("cannot_decrypt") from error


def _check_manifest(header: Header, lines: Sequence[frame.Line]) -> None:
    # `==` alone would let true stand for 1, so the types are compared as well.
    if not lines or any(
        lines[0].get(name) != getattr(header, name) or isinstance(lines[0].get(name), bool)
        for name in MANIFEST_REPEATS
    ):
        raise BundleRefused("manifest_mismatch")


def _info(bound: bytes) -> bytes:
    return _INFO + hashlib.sha256(bound).digest()


def _message(unsigned: bytes | memoryview) -> bytes:
    return _SIGNED + hashlib.sha512(unsigned).digest()
