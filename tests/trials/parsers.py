"""Every reader of what a stranger may send, with `count` inputs in turn: bytes changed at random, and well-formed text
that says something else.

An input is refused by the reader's own kind of refusal, or it is exactly what the program itself would write for what
was read; each within a second and the whole within 200 MB.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "centre"))
sys.path.insert(0, str(Path(__file__).parents[1] / "endtoend"))

from _spoiling import Reader, bytes_or_values, line_values
from _strangers import strangers
from bundle_mutants import changed, highest_memory
from centre_builders import course
from centre_sites import SyntheticSite
from study_parts import Pisa

from anifro_desktop.record import canonical
from anifro_desktop.strictjson import StrictJsonError, strict_json
from anifro_desktop.sync import frame
from anifro_desktop.sync.bundle import Opened
from anifro_desktop.sync.errors import BundleRefused, KeyFileRefused, NameRefused
from anifro_desktop.sync.header import parse_header
from anifro_desktop.sync.keyset import read_card, read_keyset
from anifro_desktop.sync.names import bundle_name, parse_name
from anifro_desktop.sync.records import AuditHead, Record, data_lines, read_batch

SECONDS, BYTES = 1.0, 200e6
SEED = 20260301


def main(count: int, alone: str = "") -> None:
    """Try `count` inputs, each reader in turn; raises on the first that is taken for what it is not, slow or large.
    alone: one of them, by name."""
    told: Counter[str] = Counter()
    readers = [reader for reader in _readers() if alone in ("", reader.name)]
    slowest, before = 0.0, highest_memory()
    for case in range(count):
        reader = readers[case % len(readers)]
        chance = random.Random(f"{SEED}/{reader.name}/{case}")
        data = reader.spoil(chance.choice(reader.good), chance, chance.choice(reader.good))
        started = time.process_time()
        try:
            written = reader.read(data)
        except reader.refusal:
            told[f"{reader.name}: refused"] += 1
        except Exception as error:
            raise AssertionError(f"{reader.name}, case {case}: {type(error).__name__}") from error
        else:
            if written != data:
                raise AssertionError(f"{reader.name}, case {case}: taken, and not what would be written")
            told[f"{reader.name}: as written"] += 1
        slowest = max(slowest, time.process_time() - started)
        if slowest > SECONDS:
            raise AssertionError(f"{reader.name}, case {case}: {slowest:.2f} s")
    grown = highest_memory() - before
    print(f"   {count} inputs, slowest {slowest:.3f} s, {grown / 1e6:.0f} MB more memory at most")
    print("   " + ", ".join(f"{what} {number}" for what, number in sorted(told.items())))
    if grown > BYTES:
        raise AssertionError("more than 200 MB")


def _readers() -> list[Reader]:
    site = SyntheticSite("P03", "NCT07215754", "ab" * 16, b"s" * 32, b"r" * 32)
    other = SyntheticSite("P07", "NCT07215754", "cd" * 16, b"t" * 32, b"q" * 32)
    header = site.header(sig_kid="ab" * 8, enc_kid="cd" * 8)
    records = [Record(item) for item in course("P03-7KQF-4")[:4]]
    lines = data_lines(header, records, audit=AuditHead(1, "ab" * 32), app="0.1.0")
    raw = frame.write_lines(lines)
    names = [bundle_name(one, "ef" * 32).encode() for one in (header, other.header(epoch=12, seq=700))]
    keysets = [Pisa(one.sign_seed, one.sign_seed, one.seal_seed).keyset for one in (site, other)]

    def head(data: bytes) -> bytes:
        """A newer program may have added names, which are passed over."""
        read, given = parse_header(data).to_bytes(), json.loads(data)
        known = {name: value for name, value in given.items() if name in json.loads(read)}
        return data if canonical(known) == read and canonical(given) == data else b""

    def batch(data: bytes) -> bytes:
        read = frame.read_lines(data)
        read_batch(Opened(header, read, "0" * 64))
        return frame.write_lines(read)

    def plain(data: bytes) -> bytes:
        """What is inside is packed again; whether it was packed is the writer's choice."""
        again = frame.unpack(frame.pack(bytes(frame.unpack(data))))
        return data if again == frame.unpack(data) else b""

    def name(data: bytes) -> bytes:
        read = parse_name(data.decode("utf-8", "surrogateescape"))
        writer = read.writer8 + header.writer[8:]
        parts = {"study": read.study, "site": read.site, "writer": writer, "type": read.kind}
        told = replace(header, **parts, epoch=read.epoch, seq=read.seq)
        return bundle_name(told, read.hash16).encode()

    def keyset(data: bytes) -> bytes:
        read_keyset(data)
        return data if data in keysets else b""

    def card(data: bytes) -> bytes:
        read_card(data)
        return data if data in (site.card_bytes, other.card_bytes) else b""

    def text(data: bytes) -> bytes:
        """JSON has many spellings; the one of a value is read as the same value."""
        value = strict_json(data)
        return data if strict_json(canonical(value)) == value else b""

    header_bytes = (header.to_bytes(), other.header(sig_kid="ab" * 8, enc_kid="cd" * 8).to_bytes())
    stored = frame._FRAME.pack(0, len(raw), len(raw)) + raw
    stored = stored.ljust(frame.padded(len(stored)), b"\0")
    return [
        Reader("header", BundleRefused, head, header_bytes, bytes_or_values),
        Reader("frame", BundleRefused, plain, (frame.pack(raw), stored), changed),
        Reader("lines", BundleRefused, batch, (raw, raw), changed),
        Reader("records", BundleRefused, batch, (raw, raw), line_values),
        Reader("keyset", KeyFileRefused, keyset, (keysets[0], keysets[1]), changed),
        Reader("card", KeyFileRefused, card, (site.card_bytes, other.card_bytes), changed),
        Reader("name", NameRefused, name, (names[0], names[1]), changed),
        Reader("json", StrictJsonError, text, (canonical(lines[1]), canonical(lines[2])), changed),
        *strangers(raw),
    ]
