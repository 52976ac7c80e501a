"""Receipts of the centre: there and back, strict reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anifro_desktop.crypto import hybrid
from anifro_desktop.sync.errors import BundleRefused
from anifro_desktop.sync.receipt import STATUSES, Item, Receipt, open_receipt, seal_receipt

HASH = "a" * 64
RECEIPT = Receipt(
    study="NCT07215754",
    site="P03",
    writer="00112233445566778899aabbccddeeff",
    rno=1,
    epoch=1,
    acked_to=2,
    items=(Item(2, HASH, "accepted"), Item(4, HASH, "held"), Item(3, HASH, "quarantined", "changed")),
    missing=(3,),
    centre_time="2026-03-02T08:00:00Z",
    registry_version=7,
)


@pytest.fixture(scope="module")
def read(parties: Any) -> Callable[[bytes], Receipt]:
    def act(data: bytes) -> Receipt:
        found, _ = open_receipt(data, key_for=parties.key_for, seed_for=parties.seed_for)
        return found

    return act


def seal(receipt: Receipt, maker: ModuleType, **options: Any) -> bytes:
    return seal_receipt(receipt, maker.SITE_SIGN, hybrid.public_bytes(maker.CENTRE_SEAL), **options)


def test_there_and_back(maker: ModuleType, read: Any) -> None:
    assert read(seal(RECEIPT, maker)) == RECEIPT
    later = replace(RECEIPT, rno=2, items=(), missing=())
    assert read(seal(later, maker, prev="b" * 64)) == later


hashes = st.text("0123456789abcdef", min_size=64, max_size=64)
items = st.builds(
    Item, st.integers(1, 99_999_999), hashes, st.sampled_from(STATUSES), st.sampled_from(["", "changed"])
)


@given(
    st.lists(items, max_size=5), st.lists(st.integers(1, 99_999_999), max_size=5), st.integers(0, 99_999_999)
)
def test_any_receipt(maker: ModuleType, read: Any, found: list[Item], gaps: list[int], acked: int) -> None:
    receipt = replace(RECEIPT, items=tuple(found), missing=tuple(gaps), acked_to=acked)
    assert read(seal(receipt, maker)) == receipt


def body(**changes: Any) -> dict[str, Any]:
    value = {
        "rno": 1,
        "epoch": 1,
        "acked_to": 0,
        "items": [],
        "missing": [],
        "centre_time": "2026-03-02T08:00:00Z",
        "registry_version": 0,
        **changes,
    }
    return {name: item for name, item in value.items() if item is not ...}


def forged(maker: ModuleType, *lines: Any) -> bytes:
    head = maker.header(type="receipt")
    data: bytes = maker.forge(head, maker.plain(maker.raw([maker.manifest(head), *lines])))
    return data


def test_unknown_keys_are_ignored(maker: ModuleType, read: Any) -> None:
    assert read(forged(maker, body(later="x"))).acked_to == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"rno": 2},
        {"rno": ...},
        {"epoch": 2},
        {"epoch": True},
        {"acked_to": -1},
        {"acked_to": True},
        {"acked_to": 10**9},
        {"items": {}},
        {"items": [[1, HASH, "accepted"]]},
        {"items": [[1, HASH, "accepted", "", ""]]},
        {"items": [[0, HASH, "accepted", ""]]},
        {"items": [["1", HASH, "accepted", ""]]},
        {"items": [[1, "a" * 63, "accepted", ""]]},
        {"items": [[1, HASH, "lost", ""]]},
        {"items": [[1, HASH, "refused", "Because!"]]},
        {"items": [None]},
        {"missing": None},
        {"missing": [0]},
        {"missing": ["1"]},
        {"centre_time": "today"},
        {"centre_time": ...},
        {"registry_version": None},
    ],
    ids=str,
)
def test_strict(maker: ModuleType, read: Any, changes: Any) -> None:
    with pytest.raises(BundleRefused) as caught:
        read(forged(maker, body(**changes)))
    assert caught.value.code == "bad_receipt"


def test_exactly_one_body(maker: ModuleType, read: Any) -> None:
    for lines in ((), (body(), body())):
        with pytest.raises(BundleRefused):
            read(forged(maker, *lines))


def test_data_is_not_a_receipt(maker: ModuleType, read: Any) -> None:
    with pytest.raises(BundleRefused) as caught:
        read(maker.good())
    assert caught.value.code == "wrong_type"


@pytest.mark.parametrize(
    "changes",
    [{"centre_time": "soon"}, {"rno": 0}, {"acked_to": -1}, {"items": (Item(1, "", "x"),)}],
    ids=str,
)
def test_what_no_reader_takes_is_not_made(maker: ModuleType, changes: Any) -> None:
    with pytest.raises(BundleRefused):
        seal(replace(RECEIPT, **changes), maker)
