"""The inside of a bundle: round trips, padding, bombs that cost little, lines that are strict."""

from __future__ import annotations

import hashlib
import os
import sys
import zlib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "trials"))

from _bombs import BOMBS, cost

from anifro_desktop.record import canonical
from anifro_desktop.sync import frame
from anifro_desktop.sync.errors import BundleRefused

MIB = 1024 * 1024

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
objects = st.dictionaries(st.text(max_size=8), values, max_size=4)


def code(data: bytes) -> str:
    with pytest.raises(BundleRefused) as caught:
        frame.read_lines(frame.unpack(data))
    return caught.value.code


@given(st.lists(objects, min_size=1, max_size=6))
def test_lines_come_back(lines: list[Any]) -> None:
    raw = frame.write_lines(lines)
    assert frame.read_lines(frame.unpack(frame.pack(raw))) == tuple(lines)


@given(st.binary(max_size=5000))
def test_packing_comes_back(raw: bytes) -> None:
    assert bytes(frame.unpack(frame.pack(raw))) == raw


@given(st.binary(max_size=300))
def test_any_plaintext_is_refused_in_the_one_way(data: bytes) -> None:
    for candidate in (data, data.ljust(9, b"\0")):
        try:
            frame.read_lines(frame.unpack(candidate))
        except BundleRefused:
            continue
        pytest.fail("random bytes were taken for lines")


@given(st.binary(max_size=300))
def test_any_raw_text_is_refused_in_the_one_way(data: bytes) -> None:
    with pytest.raises(BundleRefused):
        frame.read_lines(data)


@given(st.lists(objects, min_size=1, max_size=4), st.data())
def test_a_changed_byte_of_the_raw_text_is_noticed(lines: list[Any], data: st.DataObject) -> None:
    raw = bytearray(frame.write_lines(lines))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(BundleRefused):
        frame.read_lines(bytes(raw))


@given(st.integers(9, 20_000_000))
def test_padding_costs_at_most_12_percent_and_says_little(length: int) -> None:
    size = frame.padded(length)
    assert length <= size <= length * 1.12 + 1
    assert frame.padded(size) == size
    exponent = size.bit_length() - 1
    assert size % 2 ** (exponent - exponent.bit_length()) == 0


def test_padding_agrees_with_the_description(maker: ModuleType) -> None:
    for length in [*range(9, 2000), 65_535, 65_536, 1_000_000]:
        assert frame.padded(length) == len(maker.pad(bytes(length)))


def test_the_smaller_of_packed_and_plain_is_used() -> None:
    noise = hashlib.shake_256(b"noise").digest(500)
    assert frame.pack(noise)[0] == 0
    assert frame.pack(bytes(500))[0] == 1


class TestFrame:
    def test_lengths_and_methods(self, maker: ModuleType) -> None:
        raw = maker.raw([{"a": 1}])
        good = maker.plain(raw)
        spoilt = {
            "short": good[:8],
            "unknown method": maker.plain(raw, method=2),
            "stored with another length": maker.plain(raw, method=0, declared=len(raw) - 1),
            "longer than the file": b"\1" + good[1:5] + b"\xff\xff\xff\xff" + good[9:],
            "declared too short": maker.plain(raw, declared=len(raw) - 1),
            "declared too long": maker.plain(raw, declared=len(raw) + 1),
            "declared nothing": maker.plain(raw, declared=0),
            "cut stream": maker.plain(raw, packed=zlib.compress(raw)[:-5]),
            "two streams": maker.plain(raw, packed=zlib.compress(raw) * 2),
            "junk after the stream": maker.plain(raw, packed=zlib.compress(raw) + b"junk"),
            "not zlib": maker.plain(raw, packed=b"not zlib at all"),
            "gzip": maker.plain(raw, packed=zlib.compress(raw, wbits=31)),
            "no stream": maker.plain(raw, packed=b""),
            "padding not zero": good[:-1] + b"\1" if good.endswith(b"\0") else good + b"\1",
            "padding too long": good + bytes(4096),
        }
        assert {name: code(data) for name, data in spoilt.items()} == dict.fromkeys(spoilt, "bad_frame")

    def test_more_than_allowed_is_not_even_tried(self, maker: ModuleType) -> None:
        assert code(maker.plain(b"", declared=frame.MAX_RAW + 1, packed=b"")) == "too_large"

    @pytest.mark.parametrize("declared", [0, 1, 100])
    def test_a_bomb_stops_one_byte_past_its_declared_length(self, maker: ModuleType, declared: int) -> None:
        packed = zlib.compress(bytes(50 * MIB), 9)
        assert code(maker.plain(b"", declared=declared, packed=packed)) == "bad_frame"


class TestLines:
    @pytest.mark.parametrize(
        "line",
        [
            b"",
            b"[]",
            b"1",
            b"null",
            b'{"a":1.5}',
            b'{"a":NaN}',
            b'{"a":1,"a":1}',
            b'{"a":9007199254740992}',
            b'{"a":"\\ud800"}',
            b'{"a":"\xff"}',
            b"\xef\xbb\xbf{}",
            b'{"a":' + b"[" * 16 + b"]" * 16 + b"}",
            b'{"a":"' + b"x" * MIB + b'"}',
        ],
        ids=lambda line: str(line[:20]),
    )
    def test_strict(self, maker: ModuleType, line: bytes) -> None:
        content = maker.raw([{"a": 1}, line])
        assert code(maker.plain(content)) == "bad_lines"

    def test_the_last_line_counts(self, maker: ModuleType) -> None:
        lines = [{"a": 1}, {"b": 2}]
        sha = hashlib.sha256(b'{"a":1}\n{"b":2}\n').hexdigest()
        closing = {
            "count": maker.raw(lines, count=3),
            "hash": maker.raw(lines, closing=maker.text({"count": 2, "sha256": "0" * 64})),
            "missing": b'{"a":1}\n{"b":2}\n',
            "true": maker.raw([{"a": 1}], count=True),
            "spelling": maker.raw(lines, closing=b'{"sha256":"%s","count":2}' % sha.encode()),
            "more": maker.raw(lines, closing=maker.text({"count": 2, "sha256": sha, "x": 1})),
            "line lost": maker.raw(lines)[8:],
            "lines swapped": b'{"b":2}\n{"a":1}\n' + maker.raw(lines)[16:],
        }
        assert {name: code(maker.plain(raw)) for name, raw in closing.items()} == dict.fromkeys(
            closing, "bad_count"
        )

    def test_an_end_is_an_end(self, maker: ModuleType) -> None:
        assert code(maker.plain(maker.raw([{"a": 1}])[:-1])) == "bad_lines"
        assert code(maker.plain(b"")) == "bad_lines"

    def test_a_budget_of_values(self, maker: ModuleType) -> None:
        line = b'{"a":[' + b",".join([b"0"] * 100_000) + b"]}"
        assert len(frame.read_lines(maker.raw([line] * 4))) == 4
        assert code(maker.plain(maker.raw([line] * 6))) == "too_large"

    def test_a_number_of_lines(self, maker: ModuleType) -> None:
        assert len(frame.read_lines(maker.raw([b"{}"] * 20_000))) == 20_000
        assert code(maker.plain(maker.raw([b"{}"] * 20_001))) == "bad_lines"


@pytest.mark.skipif(os.name == "nt", reason="the system does not tell a process its highest memory")
@pytest.mark.parametrize("name", BOMBS)
def test_the_worst_content_costs_200_megabytes(name: str) -> None:
    _, size = cost(name)
    assert size <= 200e6


def test_a_line_goes_as_the_text_that_it_was_given() -> None:
    line = {"a": 1, "b": [None, "x"]}
    written = frame.Written(line, canonical(line))
    assert frame.write_lines([line, written]) == frame.write_lines([line, line])


def test_the_text_of_another_line_does_not_leave() -> None:
    line = {"a": 1}
    for text in (canonical({"a": 2}), canonical(line) + b"\n" + canonical(line), b"{}", b"not a line"):
        with pytest.raises(BundleRefused) as caught:
            frame.write_lines([frame.Written(line, text)])
        assert caught.value.code in ("bad_lines", "bad_count")
