"""The header of a bundle: where it belongs, in the clear, signed and bound to its content.

Rules kept here:
- One text for one header: sorted keys, no spaces, no floats (the RFC 8785 subset of `record.canonical`); a
  reader refuses any other spelling.
- Every field has a strict form; unknown keys are ignored, unknown names in `crit` are not (a reader must
  hold).
- The header names no person and no date but that of its making.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from anifro_desktop.record import Json, canonical
from anifro_desktop.strictjson import StrictJsonError, strict_json
from anifro_desktop.sync.errors import BundleRefused

SCHEMA = 1
TYPES = ("data", "receipt", "query", "keyset", "enrol", "handover", "pack")
NO_PREVIOUS = "0" * 64
MAX_HEADER = 8192
MAX_EPOCH = 999
MAX_SEQ = 99_999_999

_FORMS: Mapping[str, re.Pattern[str]] = {
    "study": re.compile(r"[A-Za-z0-9]{2,16}"),
    "site": re.compile(r"[A-Z0-9]{2,8}"),
    "writer": re.compile(r"[0-9a-f]{32}"),
    "prev": re.compile(r"[0-9a-f]{64}"),
    "sig_kid": re.compile(r"[0-9a-f]{16}"),
    "enc_kid": re.compile(r"[0-9a-f]{16}"),
    "created": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"),
}
_LIMITS = {"epoch": MAX_EPOCH, "seq": MAX_SEQ, "schema": 9999}
_CRIT_NAME = re.compile(r"[a-z0-9_]{1,32}")


@dataclass(frozen=True, slots=True)
class Header:
    """Where a bundle belongs.

    study: 2 to 16 letters or digits. site: the site the bundle comes from or, if the centre sends it, goes
    to. writer: the installation, 32 hexadecimal digits. epoch: 1 to 999. seq: 1 to 99 999 999, the number
    in the chain (of receipts: `rno`). prev: SHA-256 of the whole previous file of the chain, zeros at seq
    1. type: one of `TYPES`. schema: version of the lines. sig_kid, enc_kid: key names, filled in by
    `seal_bundle`. created: UTC, to the second. crit: names of features that a reader must know.
    """

    study: str
    site: str
    writer: str
    epoch: int
    seq: int
    prev: str
    type: str
    created: str
    schema: int = SCHEMA
    sig_kid: str = ""
    enc_kid: str = ""
    crit: tuple[str, ...] = ()

    def to_bytes(self) -> bytes:
        """The canonical text."""
        return canonical({name: getattr(self, name) for name in _NAMES})


_NAMES = tuple(field.name for field in fields(Header))


def parse_header(text: bytes) -> Header:
    """The header of its canonical text, whose length was checked.

    Raises:
        BundleRefused: `bad_header`.
    """
    try:
        value = strict_json(text)
    except StrictJsonError as error:
        raise BundleRefused("bad_header", error.what) from error
    if not isinstance(value, dict) or canonical(value) != text:
        raise BundleRefused("bad_header", "spelling")
    for name in _NAMES:
        if not _valid(name, value.get(name)):
            raise BundleRefused("bad_header", name)
    known: dict[str, Any] = {name: value[name] for name in _NAMES}
    if (known["seq"] == 1) != (known["prev"] == NO_PREVIOUS):
        raise BundleRefused("bad_header", "prev")
    return Header(**{**known, "crit": tuple(known["crit"])})


def _valid(name: str, value: Json) -> bool:
    if name in _FORMS:
        return isinstance(value, str) and _FORMS[name].fullmatch(value) is not None
    if name in _LIMITS:
        return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _LIMITS[name]
    if name == "type":
        return value in TYPES
    return (
        isinstance(value, list)
        and len(value) <= 16
        and all(isinstance(item, str) and _CRIT_NAME.fullmatch(item) for item in value)
    )
