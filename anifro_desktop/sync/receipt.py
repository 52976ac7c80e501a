"""The centre's receipt: a bundle of type `receipt`, signed by the centre, sealed to the site.

It has a chain of its own. Its header names the site and writer it is for, the epoch it is about and, as
`seq`, the receipt's number `rno`. Truth about what arrived is the receipt, never the answer of a server or
the absence of an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
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
_SUBJECT = re.compile(r"[A-Z0-9]{2,8}-[A-Z0-9-]{1,20}")
_FORM = re.compile(r"[a-z][a-z0-9_]{0,25}")
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
    second. registry_version: of the centre's list of sites and keys. counts: how many versions of each form of each
    subject the centre has from this writer, of all epochs; None where it does not say. valid_to: this writer was
    revoked, and nothing of it counts after this epoch and number. put_back: the centre's data were put back to an
    older state, so it asks for everything after `acked_to` again.
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
    counts: Mapping[str, Mapping[str, int]] | None = None
    valid_to: tuple[int, int] | None = None
    put_back: bool = False


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
    counts = receipt.counts
    told: Line = {} if counts is None else {"counts": {code: dict(forms) for code, forms in counts.items()}}
    told |= {} if receipt.valid_to is None else {"valid_to": list(receipt.valid_to)}
    told |= {"put_back": True} if receipt.put_back else {}
    return told | {
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
    if (_number(body.get("rno"), 1), _number(body.get("epoch"), 1)) != (header.seq, header.epoch):
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
        counts=_counts(body.get("counts")),
        valid_to=_valid_to(body.get("valid_to")),
        put_back=_put_back(body.get("put_back", False)),
    )


def _valid_to(value: Json) -> tuple[int, int] | None:
    match value:
        case None:
            return None
        case [epoch, seq]:
            return _number(epoch, 0), _number(seq, 0)
    raise BundleRefused("bad_receipt", "valid_to")


def _put_back(value: Json) -> bool:
    if not isinstance(value, bool):
        raise BundleRefused("bad_receipt", "put_back")
    return value


def _counts(value: Json) -> Mapping[str, Mapping[str, int]] | None:
    if value is None:
        return None
    if not isinstance(value, dict) or not all(_SUBJECT.fullmatch(code) for code in value):
        raise BundleRefused("bad_receipt", "counts")
    return {code: _of_forms(forms) for code, forms in value.items()}


def _of_forms(value: Json) -> Mapping[str, int]:
    if not isinstance(value, dict) or not all(_FORM.fullmatch(form) for form in value):
        raise BundleRefused("bad_receipt", "counts")
    return {form: _number(count, 1) for form, count in value.items()}


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
