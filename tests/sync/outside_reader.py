"""A second reader of what travels, written from `docs/bundle-format.md` alone: it shares no line with the program.

Where it and the program do not agree about a file, one of them or the page is wrong.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import struct
import zlib
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MIB = 1024 * 1024
TYPES = ("data", "receipt", "query", "keyset", "enrol", "handover", "pack")
LETTERS = dict(
    zip("erqknhp", ("data", "receipt", "query", "keyset", "enrol", "handover", "pack"), strict=True)
)
REPEATED = ("study", "site", "writer", "epoch", "seq", "schema", "type")
FORMS = {
    "study": r"[A-Za-z0-9]{2,16}",
    "site": r"[A-Z0-9]{2,8}",
    "writer": r"[0-9a-f]{32}",
    "prev": r"[0-9a-f]{64}",
    "sig_kid": r"[0-9a-f]{16}",
    "enc_kid": r"[0-9a-f]{16}",
    "created": r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z",
}
NUMBERS = {"epoch": 999, "seq": 99_999_999, "schema": 9999}
REVISION = {
    *("id", "subject", "visit", "form", "ver", "prev", "values", "definition", "who", "when", "day", "why"),
    *("why_text", "notes", "scores", "context", "signature", "salt"),
}


class Refused(Exception):
    """What the page calls a code."""


def refuse(code: str) -> NoReturn:
    raise Refused(code)


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def read_json(data: bytes, code: str) -> Any:
    """Strict JSON; whatever is wrong has the code of where it stands."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) != len(pairs):
            refuse(code)
        return dict(pairs)

    def whole(digits: str) -> int:
        if len(digits) > 17 or abs(int(digits)) > 2**53 - 1:
            refuse(code)
        return int(digits)

    def no(_: str) -> NoReturn:
        refuse(code)

    try:
        text = data.decode("utf-8")
        value = json.loads(text, object_pairs_hook=unique, parse_float=no, parse_constant=no, parse_int=whole)
        canonical(value)  # a lone surrogate cannot be written
    except (UnicodeError, ValueError, RecursionError):
        refuse(code)
    if text.startswith("\ufeff") or depth(value) > 16:
        refuse(code)
    return value


def depth(value: Any) -> int:
    if isinstance(value, dict | list):
        inside = value.values() if isinstance(value, dict) else value
        return 1 + max(map(depth, inside), default=0)
    return 0


def kid(public: bytes) -> str:
    return hashlib.sha256(public).hexdigest()[:16]


def fingerprint(data: bytes) -> str:
    text = base64.b32encode(hashlib.sha256(data).digest()).decode()[:25]
    return "-".join(text[at : at + 5] for at in range(0, 25, 5))


def read_header(text: bytes) -> dict[str, Any]:
    head = read_json(text, "bad_header")
    if not isinstance(head, dict) or canonical(head) != text:
        refuse("bad_header")
    for name, form in FORMS.items():
        if not isinstance(head.get(name), str) or not re.fullmatch(form, head[name]):
            refuse("bad_header")
    for name, most in NUMBERS.items():
        if type(head.get(name)) is not int or not 1 <= head[name] <= most:
            refuse("bad_header")
    crit = head.get("crit")
    if not isinstance(crit, list) or len(crit) > 16 or head.get("type") not in TYPES:
        refuse("bad_header")
    if not all(isinstance(name, str) and re.fullmatch(r"[a-z0-9_]{1,32}", name) for name in crit):
        refuse("bad_header")
    if (head["seq"] == 1) != (head["prev"] == "0" * 64):
        refuse("bad_header")
    return head


def open_bundle(
    data: bytes,
    kind: str,
    keys: Callable[[Mapping[str, Any]], tuple[bytes, bytes | None] | None],
    seeds: Mapping[str, bytes],
    weakest: int = 2,
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Header and lines, the closing line left out. keys: Ed25519 and, if there is one, ML-DSA-65 key of a sender."""
    if len(data) > 16 + 8192 + 16 * MIB + 3373:
        refuse("too_large")
    if data[:8] != bytes.fromhex("89414E46420D0A1A"):
        refuse("not_a_bundle")
    if len(data) < 16:
        refuse("truncated")
    version, suite, length, sealed = struct.unpack(">BBHI", data[8:16])
    if version != 1 or suite not in (1, 2, 3):
        refuse("unknown_format")
    if not 2 <= length <= 8192 or sealed > 16 * MIB:
        refuse("bad_header")
    end = 16 + length
    signed = end + sealed
    if len(data) != signed + (64 if suite < 3 else 64 + 3309):
        refuse("truncated")
    head = read_header(data[16:end])
    if head["type"] != kind:
        refuse("wrong_type")
    if suite < weakest:
        refuse("weak_suite")
    check_signatures(data[:signed], data[signed:], keys(head), head["sig_kid"])
    if head["schema"] > 1 or set(head["crit"]) - {"card"}:
        refuse("needs_upgrade")
    if head["enc_kid"] not in seeds:
        refuse("wrong_recipient")
    info = b"anifro/hpke/v1\0" + hashlib.sha256(data[:end]).digest()
    try:
        plain = unseal(seeds[head["enc_kid"]], suite, info, data[end:signed])
    except (InvalidTag, ValueError):
        refuse("cannot_decrypt")
    lines = read_lines(unpack(plain))
    for name in REPEATED:
        if lines[0].get(name) != head[name] or type(lines[0][name]) is not type(head[name]):
            refuse("manifest_mismatch")
    return head, lines


def check_signatures(
    unsigned: bytes, signature: bytes, known: tuple[bytes, bytes | None] | None, name: str
) -> None:
    message = b"anifro/sig/v1\0" + hashlib.sha512(unsigned).digest()
    if known is None or kid(known[0]) != name:
        refuse("unknown_key")
    try:
        Ed25519PublicKey.from_public_bytes(known[0]).verify(signature[:64], message)
        if signature[64:]:
            if known[1] is None:
                refuse("unknown_key")
            MLDSA65PublicKey.from_public_bytes(known[1]).verify(signature[64:], message)
    except InvalidSignature:
        refuse("bad_signature")


def unseal(seed: bytes, suite: int, info: bytes, sealed: bytes) -> bytes:
    key: Any
    if suite == 1:
        kem, key = KEM.X25519, X25519PrivateKey.from_private_bytes(seed)
    else:
        expanded = hashlib.shake_256(seed).digest(96)
        kem = KEM.MLKEM768_X25519
        key = MLKEM768X25519PrivateKey(
            MLKEM768PrivateKey.from_seed_bytes(expanded[:64]),
            X25519PrivateKey.from_private_bytes(expanded[64:]),
        )
    return Suite(kem, KDF.HKDF_SHA256, AEAD.AES_256_GCM).decrypt(sealed, key, info)


def unpack(plain: bytes) -> bytes:
    if len(plain) < 9:
        refuse("bad_frame")
    method, size, packed = struct.unpack(">BII", plain[:9])
    if size > 64 * MIB:
        refuse("too_large")
    end = 9 + packed
    if end > len(plain) or len(plain) != padme(end) or plain[end:].strip(b"\0"):
        refuse("bad_frame")
    data = plain[9:end]
    if method == 0 and packed == size:
        return data
    if method != 1:
        refuse("bad_frame")
    inflating = zlib.decompressobj()
    try:
        raw = inflating.decompress(data, size + 1)
    except zlib.error:
        refuse("bad_frame")
    if len(raw) != size or not inflating.eof or inflating.unused_data:
        refuse("bad_frame")
    return raw


def padme(length: int) -> int:
    exponent = length.bit_length() - 1
    step = 1 << (exponent - exponent.bit_length())
    return -(-length // step) * step


def read_lines(raw: bytes) -> list[dict[str, Any]]:
    if sum(raw.count(mark) for mark in (b",", b"[", b"{")) > 500_000:
        refuse("too_large")
    if not raw.endswith(b"\n"):
        refuse("bad_lines")
    *texts, closing = raw[:-1].split(b"\n")
    if len(texts) > 20_000 or any(len(text) > MIB for text in texts):
        refuse("bad_lines")
    lines = [read_json(text, "bad_lines") for text in texts]
    if not all(isinstance(line, dict) for line in lines):
        refuse("bad_lines")
    body = raw[: len(raw) - len(closing) - 1]
    if not lines or closing != canonical({"count": len(lines), "sha256": hashlib.sha256(body).hexdigest()}):
        refuse("bad_count")
    return lines


def read_name(name: str) -> tuple[str, str, str, str, int, int, str]:
    found = re.fullmatch(
        r"([A-Za-z0-9]{2,16})-([A-Z0-9]{2,8})-([0-9a-f]{8})-([erqknhp])([0-9]{3})-([0-9]{8})-([0-9a-f]{16})\.anfb",
        name,
    )
    if found is None or int(found[5]) == 0 or int(found[6]) == 0:
        refuse("bad_name")
    return found[1], found[2], found[3], LETTERS[found[4]], int(found[5]), int(found[6]), found[7]


def read_records(head: Mapping[str, Any], lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The revisions of a data bundle, after the rules of the page that need no definitions."""
    counts: dict[str, int] = {}
    taken = {
        line.get("subject")
        for line in lines[1:]
        if line.get("table") == "handover" and line["data"]["values"].get("act") == "taken"
    }
    found = []
    for line in lines[1:]:
        data = line["data"]
        if not set(data) >= REVISION or line["table"] != data["form"]:
            refuse("bad_record")
        if any(line[name] != data[name] for name in ("id", "subject", "ver", "prev", "day")):
            refuse("bad_record")
        if data["when"] or data["why_text"] or data["salt"] or (line["op"] == "del" and data["values"]):
            refuse("bad_record")
        if not data["subject"].startswith(f"{head['site']}-") and data["subject"] not in taken:
            refuse("foreign_subject")
        if re.search(r"(?<![0-9])(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?![0-9])", json.dumps(data["values"])):
            refuse("bad_record")
        counts[line["table"]] = counts.get(line["table"], 0) + 1
        found.append(data)
    if lines[0]["counts"] != counts:
        refuse("manifest_mismatch")
    return found


def state_of(acts: list[dict[str, Any]]) -> str:
    """What a thread has come to."""
    centre = {"raise": "open", "ask": "open", "close": "closed", "cancel": "cancelled"}
    state = "open"
    for act in sorted(acts, key=lambda one: (one["n"], one["act"] not in centre, one["id"])):
        if act["act"] in centre:
            state = centre[act["act"]]
        elif state in ("open", "answered"):
            state = "answered"
    return state


def unpack_trail(lines: list[dict[str, Any]]) -> list[Any]:
    """The audit entries in a hand-over."""
    packed = b"".join(base64.b64decode(line["packed"]) for line in lines if line.get("kind") == "trail")
    return [json.loads(line) for line in zlib.decompress(packed).splitlines()]


def read_signed(data: bytes, kind: str) -> tuple[dict[str, Any], str, list[bytes]]:
    """Body of a keyset or card, what people compare, and the keys among `root` and `sign` that signed it."""
    parts = data.split(b"\n") if len(data) <= 65536 else []
    head = f"anifro-{kind}-v1".encode()
    if len(parts) not in (4, 5) or parts[0] != head or parts[-1]:
        refuse("key_file_damaged")
    body = read_json(parts[1], "key_file_damaged")
    if canonical(body) != parts[1]:
        refuse("key_file_damaged")
    own = bytes.fromhex(body["root" if kind == "keyset" else "sign"])
    message = head + b"\0" + hashlib.sha512(parts[1]).digest()
    signatures = [bytes.fromhex(part.decode()) for part in parts[2:-1]]
    if not any(verifies(own, one, message) for one in signatures):
        refuse("key_file_damaged")
    return body, fingerprint(own if kind == "keyset" else parts[1]), signatures


def signed_by(data: bytes, kind: str, public: bytes) -> bool:
    _, _, signatures = read_signed(data, kind)
    message = f"anifro-{kind}-v1".encode() + b"\0" + hashlib.sha512(data.split(b"\n")[1]).digest()
    return any(verifies(public, one, message) for one in signatures)


FIELD = 2**255 - 19
CURVE = -121665 * pow(121666, -1, FIELD) % FIELD


def is_of_small_order(public: bytes) -> bool:
    """Whether eight times the point is zero: doubled three times, by its y and the square of its x."""
    y = int.from_bytes(public, "little") % 2**255 % FIELD
    for _ in range(3):
        xx = (y * y - 1) * pow(CURVE * y * y + 1, -1, FIELD) % FIELD
        y = (y * y + xx) * pow(1 - CURVE * xx * y * y, -1, FIELD) % FIELD
    return y == 1


def verifies(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        if is_of_small_order(public):
            return False
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def derive(key: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(key)


def read_escrow(data: bytes, secret: bytes) -> dict[str, Any]:
    told = read_json(data, "escrow_refused")
    if told["format"] != "anifro/escrow/v1":
        refuse("escrow_refused")
    seed = derive(secret, b"anifro/escrow/v1/seal")
    inside: dict[str, Any] = json.loads(
        unseal(seed, 2, b"anifro/escrow/v1", base64.b64decode(told["sealed"]))
    )
    return inside


def read_sheet(rows: list[str]) -> bytes:
    """The secret of a printed sheet."""
    parts = [base64.b32decode(row.replace(" ", "")) for row in rows]
    for number, part in enumerate(parts):
        check = hashlib.sha256(b"anifro/sheet/v1/row" + bytes([number]) + part[:8]).digest()
        if part[8:] != check[:2]:
            refuse("escrow_refused")
    return b"".join(part[:8] for part in parts)


def read_manifest(data: bytes, database_key: bytes) -> dict[str, Any]:
    """The manifest of a backup, whose MAC was checked."""
    told: dict[str, Any] = read_json(data, "backup_damaged")
    body = {name: value for name, value in told.items() if name != "mac"}
    mac = hmac.digest(derive(database_key, b"anifro/backup"), canonical(body), "sha256").hex()
    if canonical(told) + b"\n" != data or told["mac"] != mac:
        refuse("backup_damaged")
    return told


def read_server(data: bytes, database_key: bytes) -> dict[str, Any]:
    sealed = base64.b64decode(read_json(data, "vault_damaged")["sealed"])
    key = AESGCM(derive(database_key, b"anifro/centre/server/v1"))
    clear: dict[str, Any] = json.loads(key.decrypt(sealed[:12], sealed[12:], b""))
    return clear
