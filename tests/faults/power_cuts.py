"""Simulated power cuts: an operation's calls are written down once, then played again up to a moment, as a disk would.

What stood on the disk when the operation began counts as safe. Of a file's later writes and truncations those before
its last `fsync` are kept; of those after it each is kept, lost, or torn at a sector, by chance. Names (made, renamed,
deleted) are kept as far as their folder's last `fsync`; of those after it a beginning of random length is kept, as
journalled file systems keep them in order. A WAL index (`-shm`) never outlasts a cut.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from operations import OPERATIONS
from stage import Fact, Stage, check_sound, copied
from striking import Actor
from told import Tries

SECTOR = 512
SEED = 20260301
_LINE = re.compile(r"^(\w+)\((.*)\)\s+= (-?\d+)(.*)$")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"|(-?\d+|\w+)<((?:\\x[0-9a-f]{2}|[^>])*)>(?:\(deleted\))?')
_HEX = re.compile(r"\\x([0-9a-f]{2})")
_IGNORED = {"sendto"}


@dataclass(frozen=True, slots=True)
class Call:
    """A call that succeeded. texts: its paths and data in order, a descriptor as the path it stood for; rest: what is
    left of its arguments; result: what it gave back; result_path: of a descriptor that it gave back."""

    name: str
    texts: tuple[bytes, ...]
    rest: tuple[str, ...]
    result: int
    result_path: bytes = b""


def read_calls(told: Path) -> list[Call]:
    """What `strace -y -xx` wrote down, without calls that failed."""
    found = []
    for line in told.read_text(encoding="ascii").splitlines():
        match = _LINE.match(line)
        if match is None or int(match[3]) < 0:
            continue
        texts = tuple(_bytes(one[1] if one[1] is not None else one[3]) for one in _TEXT.finditer(match[2]))
        rest = tuple(part.strip() for part in _TEXT.sub("", match[2]).split(","))
        path = _TEXT.search(match[3] + match[4])
        found.append(Call(match[1], texts, rest, int(match[3]), _bytes(path[3]) if path else b""))
    return found


def _bytes(text: str) -> bytes:
    return bytes.fromhex("".join(_HEX.findall(text))) if "\\x" in text else text.encode()


@dataclass
class File:
    """A file's content as it is safe, and the writes (offset, data) and truncations (size, None) that are not yet."""

    safe: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)
    live: bytearray = field(default_factory=bytearray)

    def change(self, at: int, data: bytes | None) -> None:
        self.pending.append((at, data))
        apply(self.live, at, data)

    def sync(self) -> None:
        self.safe = bytearray(self.live)
        self.pending.clear()

    def after_cut(self, chance: random.Random) -> bytes:
        """What may be left of it."""
        left = bytearray(self.safe)
        mood = chance.random()  # all lost, all kept, or each by chance
        for at, data in self.pending:
            if mood < 0.25 or (mood < 0.85 and chance.random() < 0.4):
                continue
            if data is not None and mood < 0.85 and chance.random() < 0.3:
                for start, part in _sectors(at, data):
                    if chance.random() < 0.5:
                        apply(left, start, part)
            else:
                apply(left, at, data)
        return bytes(left)


def _sectors(at: int, data: bytes) -> Iterator[tuple[int, bytes]]:
    start = at
    while start < at + len(data):
        end = min((start // SECTOR + 1) * SECTOR, at + len(data))
        yield start, data[start - at : end - at]
        start = end


def apply(content: bytearray, at: int, data: bytes | None) -> None:
    """A write at an offset, or a truncation to a size."""
    if data is None:
        del content[at:]
        content.extend(bytes(at - len(content)))
        return
    content.extend(bytes(max(0, at - len(content))))
    content[at : at + len(data)] = data


# A change of names: the name that went, the name that came, and what it is a name of (None: a folder).
Change = tuple[str, str, File | None]


class Disk:
    """A folder as calls leave it: `names` as the program sees them, `safe` as they are sure to be after a cut."""

    def __init__(self, root: Path, before: Path) -> None:
        self.root = str(root)
        self.names: dict[str, File | None] = {}
        for path in sorted(before.rglob("*")):
            content = bytearray(path.read_bytes()) if path.is_file() else None
            file = None if content is None else File(content, [], bytearray(content))
            self.names[os.fspath(root / path.relative_to(before))] = file
        self.names[self.root] = None
        self.safe = dict(self.names)
        self.pending: list[Change] = []
        self.offsets: dict[str, int] = {}
        self.said: list[Fact] = []

    def play(self, call: Call) -> None:
        """Let one call happen."""
        if call.name == "sendto":
            if "done" in (said := json.loads(call.texts[1])):
                self.said.append(said["done"])
            return
        texts = [text.decode("utf-8", "surrogateescape") for text in call.texts[:2]]
        inside = [text for text in texts if text.startswith(self.root)]
        if inside:
            act = getattr(self, f"_{call.name}", None)
            assert act is not None, f"nothing is known of {call.name}"
            act(call, *texts)

    def _openat(self, call: Call, _: str, path: str) -> None:
        self._made(call, path)

    def _made(self, call: Call, path: str) -> None:
        flags = " ".join(call.rest)
        if "O_CREAT" in flags and path not in self.names:
            self._name("", path, File())
        file = self.names.get(path)
        if "O_TRUNC" in flags and file is not None:
            file.change(0, None)
        self.offsets[path] = 0

    def _lseek(self, call: Call, path: str, *_: str) -> None:
        self.offsets[path] = call.result

    def _write(self, call: Call, path: str, *_: str) -> None:
        if (file := self.names.get(path)) is not None:
            at = self.offsets[path]
            file.change(at, call.texts[1][: call.result])
            self.offsets[path] = at + call.result

    def _pwrite64(self, call: Call, path: str, *_: str) -> None:
        if (file := self.names.get(path)) is not None:
            file.change(int(call.rest[-1]), call.texts[1][: call.result])

    def _sendfile(self, call: Call, path: str, source: str) -> None:
        file, other = self.names.get(path), self.names.get(source)
        if file is not None and other is not None and call.result:
            at = self.offsets[path]
            file.change(at, bytes(other.live[at : at + call.result]))
            self.offsets[path] = at + call.result

    def _ftruncate(self, call: Call, path: str) -> None:
        if (file := self.names.get(path)) is not None:
            file.change(int(call.rest[-1]), None)

    def _fsync(self, _: Call, path: str) -> None:
        file = self.names.get(path)
        if file is not None:
            file.sync()
            return
        kept = []
        for change in self.pending:
            if any(_folder(name) == path for name in change[:2] if name):
                put(self.safe, change)
            else:
                kept.append(change)
        self.pending = kept

    _fdatasync = _fsync

    def _rename(self, _: Call, old: str, new: str) -> None:
        if self.names[old] is None:  # a folder takes along what is in it
            for name in [one for one in self.names if one.startswith(old + "/")]:
                file = self.names.pop(name)
                self.names[new + name.removeprefix(old)] = file
        self._name(old, new, self.names[old])

    def _renameat(self, call: Call, *_: str) -> None:
        self._rename(call, *(text.decode() for text in (call.texts[1], call.texts[3])))

    _renameat2 = _renameat

    def _link(self, _: Call, old: str, new: str) -> None:
        self._name("", new, self.names[old])

    def _linkat(self, call: Call, *_: str) -> None:
        self._link(call, *(text.decode() for text in (call.texts[1], call.texts[3])))

    def _unlink(self, _: Call, path: str) -> None:
        self._name(path, "", None)

    _rmdir = _unlink

    def _unlinkat(self, _: Call, folder: str, name: str) -> None:
        self._name(f"{folder}/{name}", "", None)

    def _mkdir(self, _: Call, path: str) -> None:
        self._name("", path, None)

    def _name(self, old: str, new: str, file: File | None) -> None:
        change = (old, new, file)
        put(self.names, change)
        self.pending.append(change)

    def cut(self, chance: random.Random, target: Path) -> None:
        """Write down what is left of the folder after a power cut now."""
        names = dict(self.safe)
        for change in self.pending[: chance.randint(0, len(self.pending))]:
            put(names, change)
        left: dict[int, bytes] = {}
        for name in sorted(names):
            path = target / os.path.relpath(name, self.root)
            file = names[name]
            if file is None:
                path.mkdir(parents=True, exist_ok=True)
            elif _folder(name) in names and not name.endswith("-shm"):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(left.setdefault(id(file), file.after_cut(chance)))


def _folder(name: str) -> str:
    return name.rpartition("/")[0]


def put(names: dict[str, File | None], change: Change) -> None:
    """Change names: what is in a folder goes with it."""
    old, new, file = change
    inside = {name: names.pop(name) for name in list(names) if old and name.startswith(old + "/")}
    names.pop(old, None)
    if new:
        names[new] = file
        names.update({new + name.removeprefix(old): one for name, one in inside.items()})


def cut_power(
    actor: Actor,
    stage: Stage,
    beside: Path,
    names: Sequence[str],
    count: int,
    *,
    without: Collection[str] = (),
) -> Iterator[Tries]:
    """So many cuts in each operation, at any call; raises on the first thing lost.

    without: calls left out when they are played again, to see that these cuts would find a program without them.
    """
    for name in names:
        told = beside / f"{name}.told"
        with copied(stage, beside) as copy:
            outcome = actor.act(copy, name, told=told)
            assert outcome.facts, f"{name} was not done: {outcome}"
            calls = [call for call in read_calls(told) if call.name not in without]
            before = told.with_suffix(".before")
            yield _cuts(name, calls, copy.root, before, beside, count)
        shutil.rmtree(before)
        told.unlink()


def _cuts(name: str, calls: list[Call], root: Path, before: Path, beside: Path, count: int) -> Tries:
    tries = Tries(f"power cut in {name}")
    chance = random.Random(f"{SEED}/{name}")
    # A quarter once all is done, when all that was said must be there.
    moments = [len(calls)] * (count // 4)
    moments = sorted([*chance.choices(range(len(calls) + 1), k=count - len(moments)), *moments])
    disk, played = Disk(root, before), 0
    for number, moment in enumerate(moments):
        for call in calls[played:moment]:
            disk.play(call)
        played = moment
        left = Stage(beside / f"cut-{name}-{number}")
        disk.cut(chance, left.root)
        check_sound(
            left, disk.said, f"cut {number} of {name}, at call {moment}", with_keys=OPERATIONS[name].keys
        )
        shutil.rmtree(left.root)
        tries.tried += 1
        tries.told["after it was said to be done"] += bool(disk.said)
    return tries
