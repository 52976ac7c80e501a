"""Mutated bundles: for every suite, `count` files changed at random must be refused, quickly, in the one way.

Three depths: the file as it is (a bad copy, an attacker without keys); changed and signed again with the
site's own key; the content changed, sealed and signed again, where what opens must be what was sealed.
Then, as they are, the golden files of every kind of bundle, and of the signed texts that people carry. Last,
contents and lists made to cost much.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1] / "vectors" / "bundles"))
sys.path.insert(0, str(Path(__file__).parents[1] / "vectors" / "formats"))

import _bombs
import make
import make_formats

from anifro_desktop.crypto import hybrid, signing
from anifro_desktop.sync.bundle import Opened, VerifyKey, open_bundle
from anifro_desktop.sync.errors import BundleRefused, KeyFileRefused

SECONDS, BYTES = 1.0, 200e6
SEED = 20260301


def main(count: int) -> None:
    """Try `count` mutants of each suite and depth; raises on the first that is accepted, slow or large."""
    for suite in hybrid.SUITES:
        for depth, mutant in (("as it is", _outside), ("signed again", _resigned), ("sealed again", _inside)):
            codes: Counter[str] = Counter()
            slowest = 0.0
            for case in range(count):
                chance = random.Random(f"{SEED}/{suite}/{depth}/{case}")
                data = mutant(suite, chance)
                started = time.process_time()
                code = _code(data, same_is_fine=mutant is _inside)
                slowest = max(slowest, time.process_time() - started)
                codes[code] += 1
                if code == "accepted" or slowest > SECONDS:
                    raise AssertionError(f"suite {suite}, {depth}, case {case}: {code}, {slowest:.2f} s")
            told = ", ".join(f"{code} {number}" for code, number in codes.most_common())
            print(f"   suite {suite}, {depth}: {count} mutants, 0 accepted, slowest {slowest:.3f} s: {told}")
    for of in _KINDS:
        _try(of, count)
    for name in _bombs.BOMBS:
        seconds, size = _bombs.cost(name)
        print(f"   bomb of {name}: {seconds:.3f} s, {size / 1e6:.0f} MB")
        if seconds > SECONDS or size > BYTES:
            raise AssertionError("more than a second or 200 MB")
    size = highest_memory()
    print(f"   highest memory {size / 1e6:.0f} MB")
    if size > BYTES:
        raise AssertionError("more than 200 MB")
    for name in _bombs.LISTS:
        seconds = _bombs.list_cost(name)
        print(f"   list of {name}: {seconds:.3f} s")
        if seconds > SECONDS:
            raise AssertionError("more than a second")


def _try(of: make_formats.Format, count: int) -> None:
    """Mutants of one golden file, each refused in the one way of its kind."""
    refusal = BundleRefused if of.suffix == ".anfb" else KeyFileRefused
    good, slowest = of.path.read_bytes(), 0.0
    for case in range(count):
        data = changed(good, random.Random(f"{SEED}/{of.name}/{case}"), good[::-1])
        started = time.process_time()
        try:
            of.read(data)
        except refusal:
            slowest = max(slowest, time.process_time() - started)
        else:
            # Of two signatures of a keyset, that of the other root may be lost: it is then signed by its own alone.
            assert of.name == "keyset-file-root", f"{of.name}, case {case}: accepted"
            assert of.read(data) == of.read(good), f"{of.name}, case {case}: another content"
    assert slowest < SECONDS, f"{of.name}: {slowest:.2f} s"
    print(f"   {of.name}: {count} mutants, 0 taken for something else, slowest {slowest:.3f} s")


def _code(data: bytes, *, same_is_fine: bool) -> str:
    try:
        opened = _open(data)
    except BundleRefused as refusal:
        return refusal.code
    return "same content" if same_is_fine and opened.lines == _WANTED else "accepted"


def _open(data: bytes) -> Opened:
    return open_bundle(
        data, expect_type="data", key_for=lambda _: _KEY, seed_for=lambda _: make.CENTRE_SEAL, min_suite=1
    )


def _outside(suite: int, chance: random.Random) -> bytes:
    return changed(_GOOD[suite], chance, _OTHER[suite])


def _resigned(suite: int, chance: random.Random) -> bytes:
    cut = 3373 if suite == 3 else 64
    unsigned = changed(_GOOD[suite][:-cut], chance, _OTHER[suite][:-cut])
    return bytes(make.sign(unsigned, suite, make.SITE_SIGN, make.SITE_MLDSA))


def _inside(suite: int, chance: random.Random) -> bytes:
    head = make.header(enc_kid=make.kid(hybrid.public_bytes(make.CENTRE_SEAL, suite)))
    lines = [make.manifest(head), {"n": 1}]
    raw = make.raw(lines)
    where = chance.random()
    if where < 0.4:
        raw = changed(raw, chance, raw[::-1])
    content = make.plain(raw, method=chance.choice((0, 1)))
    if where >= 0.4:
        content = changed(content, chance, content[::-1])
    return bytes(make.forge(head, content, suite=suite))


def changed(data: bytes, chance: random.Random, other: bytes) -> bytes:
    """The bytes with one to five changes, some of them out of others of their kind; never as they were."""
    while True:
        result = data
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            result = chance.choice(_CHANGES)(result, chance, other)
        if result not in (data, other):
            return result


def _flip(data: bytes, chance: random.Random, _: bytes) -> bytes:
    changed = bytearray(data or b"x")
    changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _overwrite(data: bytes, chance: random.Random, _: bytes) -> bytes:
    position, length = chance.randrange(len(data) or 1), chance.randrange(1, 9)
    return data[:position] + chance.randbytes(length) + data[position + length :]


def _insert(data: bytes, chance: random.Random, _: bytes) -> bytes:
    position = chance.randrange(len(data) + 1)
    return data[:position] + chance.randbytes(chance.randrange(1, 9)) + data[position:]


def _delete(data: bytes, chance: random.Random, _: bytes) -> bytes:
    position = chance.randrange(len(data) or 1)
    return data[:position] + data[position + chance.randrange(1, 9) :]


def _cut(data: bytes, chance: random.Random, _: bytes) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _repeat(data: bytes, chance: random.Random, _: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:end] + data[start:]


def _splice(data: bytes, chance: random.Random, other: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:start] + other[start:end] + data[end:]


def _lengths(data: bytes, chance: random.Random, _: bytes) -> bytes:
    position = chance.choice((8, 9, 10, 11, 12, 13, 14, 15))
    return (
        data[:position] + chance.choice((b"\0", b"\1", b"\2", b"\3", b"\x7f", b"\xff")) + data[position + 1 :]
    )


def highest_memory() -> float:
    """The most memory (bytes) that this process ever had; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0  # the system does not tell
    if (
        sys.platform == "linux"
    ):  # there, ru_maxrss begins with the memory of the process that started this one
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return 1024.0 * int(status.split("VmHWM:")[1].split()[0])
    import resource

    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


_CHANGES: tuple[Callable[[bytes, random.Random, bytes], bytes], ...] = (
    _flip,
    _overwrite,
    _insert,
    _delete,
    _cut,
    _repeat,
    _splice,
    _lengths,
)
_GOOD = {suite: bytes(make.good(suite)) for suite in hybrid.SUITES}
_OTHER = {suite: bytes(make.good(suite, seq=2, prev="d" * 64)) for suite in hybrid.SUITES}
_KEY = VerifyKey(signing.public_bytes(make.SITE_SIGN), signing.mldsa_public_bytes(make.SITE_MLDSA))
_WANTED = _open(_GOOD[2]).lines
_KINDS = [
    one for one in make_formats.formats() if one.suffix == ".anfb" or one.name.startswith(("keyset", "card"))
]
