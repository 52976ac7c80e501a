"""The centre's receipt: a bundle of type `receipt`, signed by the centre, sealed to the site.

It has a chain of its own. Its header names the site and writer it is for, the epoch it is about and, as
`seq`, the receipt's number `rno`. Truth about what arrived is the receipt, never the answer of a server or
the absence of an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from anifro_desktop.crypto.hybrid import HYBRID
from anifro_desktop.record import Json
from anifro_desktop.sync.bundle import MANIFEST_REPEATS, Opened, VerifyKey, open_bundle, seal_bundle
from anifro_desktop.sync.errors import BundleRefused
from anifro_desktop.sync.frame import Line
from anifro_desktop.sync.header import MAX_SEQ, NO_PREVIOUS, Header

STATUSES = ("accepted", "duplicate", "held", "quarantined", "refused")

_HASH = re.compile(r"[0-9a-f]{64}")
_CODE = re.compile(r"[a-z0-9_]{0,32}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one bundle. status: one of `STATUSES`. code: the reason if not accepted, or empty."""

    seq: int
    sha256: str
    status: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the centre has of one epoch of one writer.

    rno: number of the receipt, from 1. acked_to: every bundle up to this number is applied (0: none).
    items: the bundles met since the last receipt. missing: numbers to send again. centre_time: UTC, to the
    second. registry_version: of the centre's list of sites and keys.
    """

    study: str
    site: str
    writer: str
    rno: int
    epoch: int
    acked_to: int
    items: tuple[Item, ...]
    missing: tuple[int, ...]
    centre_time: str
    registry_version: int


def seal_receipt(
    receipt: Receipt,
    signer_seed: bytes,
    recipient_public: bytes,
    suite: int = HYBRID,
    *,
    prev: str = NO_PREVIOUS,
    mldsa_seed: bytes | None = None,
) -> bytes:
    """Make a receipt's file; `prev` is the hash of the writer's receipt before this one.

    Raises:
        BundleRefused: a receipt that no reader would take. BadKey: an unusable key.
    """
    header = Header(
        study=receipt.study,
        site=receipt.site,
        writer=receipt.writer,
        epoch=receipt.epoch,
        seq=receipt.rno,
        prev=prev,
        type="receipt",
        created=receipt.centre_time,
    )
    manifest: Line = {name: getattr(header, name) for name in MANIFEST_REPEATS}
    body = _body(receipt)
    _parse(header, body)
    return seal_bundle(header, [manifest, body], signer_seed, recipient_public, suite, mldsa_seed=mldsa_seed)


def open_receipt(
    data: bytes,
    *,
    key_for: Callable[[Header], VerifyKey | None],
    seed_for: Callable[[str], bytes | None],
    min_suite: int = HYBRID,
) -> tuple[Receipt, Opened]:
    """Check and read a receipt's file (arguments as of `open_bundle`).

    Raises:
        BundleRefused: anything at all is wrong.
    """
    opened = open_bundle(data, expect_type="receipt", key_for=key_for, seed_for=seed_for, min_suite=min_suite)
    if len(opened.lines) != 2:
        raise BundleRefused("bad_receipt", "lines")
    return _parse(opened.header, opened.lines[1]), opened


def _body(receipt: Receipt) -> Line:
    return {
        "rno": receipt.rno,
        "epoch": receipt.epoch,
        "acked_to": receipt.acked_to,
        "items": [[item.seq, item.sha256, item.status, item.code] for item in receipt.items],
        "missing": list(receipt.missing),
        "centre_time": receipt.centre_time,
        "registry_version": receipt.registry_version,
    }


def _parse(header: Header, body: Line) -> Receipt:
    centre_time = body.get("centre_time")
    if not isinstance(centre_time, str) or not _TIME.fullmatch(centre_time):
        raise BundleRefused("bad_receipt", "centre_time")
    if body.get("rno") != header.seq or body.get("epoch") != header.epoch:
        raise BundleRefused("bad_receipt", "number")
    items, gaps = body.get("items"), body.get("missing")
    if not isinstance(items, list) or not isinstance(gaps, list):
        raise BundleRefused("bad_receipt", "lists")
    return Receipt(
        study=header.study,
        site=header.site,
        writer=header.writer,
        rno=header.seq,
        epoch=header.epoch,
        acked_to=_number(body.get("acked_to"), 0),
        items=tuple(_item(item) for item in items),
        missing=tuple(_number(seq, 1) for seq in gaps),
        centre_time=centre_time,
        registry_version=_number(body.get("registry_version"), 0),
    )


def _item(value: Json) -> Item:
    match value:
        case [seq, str(sha256), str(status), str(code)]:
            if _HASH.fullmatch(sha256) and status in STATUSES and _CODE.fullmatch(code):
                return Item(_number(seq, 1), sha256, status, code)
    raise BundleRefused("bad_receipt", "item")


def _number(value: Json, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= MAX_SEQ:
        raise BundleRefused("bad_receipt", "number")
    return value
