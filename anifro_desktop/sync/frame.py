"""The inside of a bundle: JSON lines, packed and padded, with a bound on what a stranger could cost us.

Plaintext: 1 byte method (0 none, 1 zlib), 4 bytes raw length, 4 bytes packed length (big-endian), the
packed data, zero bytes up to a Padmé length (at most 12 % more, so that the size says little about the
content).
Raw: one JSON object a line; first the manifest, last `{"count": n, "sha256": hex}` over all before it.

Rules kept here:
- Lengths are checked before anything is unpacked; unpacking stops one byte past the declared length.
- Lines are strict JSON, at most 1 MiB each, not too many, and the whole has a budget of values: memory and time are
  bounded.
- What is written is read back by the same reader before it leaves.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from anifro_desktop.record import Json, canonical
from anifro_desktop.strictjson import StrictJsonError, strict_json
from anifro_desktop.sync.errors import BundleRefused

MAX_RAW = 64 * 1024 * 1024
MAX_LINE = 1024 * 1024
# Commas, brackets and braces in the raw text: an upper bound of the values that parsing makes.
MAX_MARKS = 500_000
MARKS = (b",", b"[", b"{")
MAX_LINES = 20_000  # a line of an honest file has a dozen values and more

Line = dict[str, Json]


class Written(Line):
    """A line with the text that it is written as, worked out before."""

    __slots__ = ("text",)

    def __init__(self, line: Line, text: bytes) -> None:
        super().__init__(line)
        self.text = text


_FRAME = struct.Struct(">BII")
_STORED, _ZLIB = 0, 1
_CHUNK = 64 * 1024


def write_lines(lines: Sequence[Line]) -> bytes:
    """The raw text of the lines with the closing line added, checked by `read_lines`.

    Raises:
        BundleRefused: `too_large` or `bad_lines`, if the reader would not take it.
        RecordError: a value that may not travel.
    """
    texts = [line.text if isinstance(line, Written) else canonical(line) for line in lines]
    body = b"".join([text + b"\n" for text in texts])
    raw = body + _closing(len(lines), body)
    for line, read in zip_longest(lines, _read(raw)):
        if type(line) is not dict and read != line:
            raise BundleRefused("bad_lines", "text of another line")
    return raw


def read_lines(raw: bytes | bytearray) -> tuple[Line, ...]:
    """The lines of a raw text without the closing one, whose count and hash were checked.

    Raises:
        BundleRefused: `too_large`, `bad_lines` or `bad_count`.
    """
    return tuple(_read(raw))


def _read(raw: bytes | bytearray) -> Iterator[Line]:
    """The same one by one; the whole is right when the last has come."""
    if len(raw) > MAX_RAW or sum(map(raw.count, MARKS)) > MAX_MARKS:
        raise BundleRefused("too_large", "raw text")
    if not raw.endswith(b"\n"):
        raise BundleRefused("bad_lines", "no last line")
    if raw.count(b"\n") > MAX_LINES + 1:
        raise BundleRefused("bad_lines", "too many lines")
    last = raw.rfind(b"\n", 0, len(raw) - 1) + 1
    count = 0
    for text in _split(raw, last):
        yield _line(bytes(text))
        count += 1
    if not count or raw[last:] != _closing(count, memoryview(raw)[:last]):
        raise BundleRefused("bad_count")


def pack(raw: bytes) -> bytes:
    """The padded plaintext of a raw text."""
    squeezed = zlib.compress(raw, 6)  # 9 takes half as long again, for 5 % less
    method, data = (_ZLIB, squeezed) if len(squeezed) < len(raw) else (_STORED, raw)
    plain = _FRAME.pack(method, len(raw), len(data)) + data
    return plain.ljust(padded(len(plain)), b"\0")


def unpack(plain: bytes) -> bytes | bytearray:
    """The raw text of a plaintext.

    Raises:
        BundleRefused: `too_large` or `bad_frame`.
    """
    if len(plain) < _FRAME.size:
        raise BundleRefused("bad_frame", "too short")
    method, raw_length, length = _FRAME.unpack_from(plain)
    end = _FRAME.size + length
    if raw_length > MAX_RAW:
        raise BundleRefused("too_large", "declared length")
    if end > len(plain) or len(plain) != padded(end) or plain.count(0, end) != len(plain) - end:
        raise BundleRefused("bad_frame", "padding")
    data = memoryview(plain)[_FRAME.size : end]
    if method == _ZLIB:
        return _inflate(data, raw_length)
    if method != _STORED or length != raw_length:
        raise BundleRefused("bad_frame", "method")
    return bytes(data)


def padded(length: int) -> int:
    """The Padmé length of a length: at most 12 % more (Nikitin et al. 2019, DOI 10.2478/popets-2019-0056)."""
    exponent = length.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (length + mask) & ~mask


def _closing(count: int, body: bytes | memoryview) -> bytes:
    return canonical({"count": count, "sha256": hashlib.sha256(body).hexdigest()}) + b"\n"


def _inflate(data: memoryview, size: int) -> bytearray:
    inflater = zlib.decompressobj()
    raw = bytearray()
    try:
        for start in range(0, len(data), _CHUNK):
            raw += inflater.decompress(data[start : start + _CHUNK], size + 1 - len(raw))
            if len(raw) > size or inflater.unused_data:
                raise BundleRefused("bad_frame", "more than declared")
    except zlib.error as error:
        raise BundleRefused("bad_frame", "zlib") from error
    if not inflater.eof or len(raw) != size:
        raise BundleRefused("bad_frame", "less than declared")
    return raw


def _split(raw: bytes | bytearray, end: int) -> Iterable[bytes | bytearray]:
    start = 0
    while start < end:
        stop = raw.index(b"\n", start)
        if stop - start > MAX_LINE:
            raise BundleRefused("bad_lines", "line too long")
        yield raw[start:stop]
        start = stop + 1


def _line(text: bytes) -> Line:
    try:
        value = strict_json(text)
    except StrictJsonError as error:
        raise BundleRefused("bad_lines", error.what) from error
    if not isinstance(value, dict):
        raise BundleRefused("bad_lines", "not an object")
    return value
