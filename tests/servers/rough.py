"""A line to a server that fails at random: it refuses, cuts in the middle, falls silent, goes down with all it carries.

What happened is counted when it happened, not when it was thought of.
"""

from __future__ import annotations

import contextlib
import random
import socket
import struct
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from authority import HOST

# Of a hundred connections so many are struck so; the rest is let through.
STRIKES = {"refused": 10, "reset": 10, "cut": 14, "silent_then_on": 10, "silent_for_ever": 4}
_LONGEST = 60.0  # seconds that a line may be silent, whatever the other side's patience
_AT_ONCE = struct.pack("ii", 1, 0)  # closing resets the connection


@dataclass
class RoughLine:
    """A line to a port. calm: nothing is struck; down: nobody gets through. told: what happened, by kind."""

    port: int
    to: int
    chance: random.Random
    calm: bool = True
    told: Counter[str] = field(default_factory=Counter)
    down: bool = False
    _open: set[socket.socket] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def outage(self, down: bool) -> None:
        """The network goes, with all that is under way, or comes again."""
        with self._lock:
            self.down = down
            gone = list(self._open) if down else []
            self.told["outages"] += down
            self.told["cut by an outage"] += len(gone) // 2
        for one in gone:
            _shut(one)

    def take(self, near: socket.socket) -> None:
        """One connection, to its end."""
        with self._lock:
            kind = self._strike()
            where = int(10 ** self.chance.uniform(1, 4.5))
            seconds = self.chance.uniform(0.2, 5)
            self.told["connections"] += 1
        if kind == "refused":
            self._refuse(near)
            return
        try:
            far = socket.create_connection((HOST, self.to))
        except OSError:
            self._refuse(near)
            return
        with self._lock:
            self._open |= {near, far}
        _Struck(self, near, far, kind, where, seconds).carry()
        with self._lock:
            self._open -= {near, far}
        for one in (near, far):
            one.close()

    def count(self, what: str) -> None:
        """Something happened."""
        with self._lock:
            self.told[what] += 1

    def _strike(self) -> str:
        if self.down:
            return "refused"
        if self.calm:
            return ""
        kinds = [*STRIKES, ""]
        return self.chance.choices(kinds, [*STRIKES.values(), 100 - sum(STRIKES.values())])[0]

    def _refuse(self, near: socket.socket) -> None:
        self.count("refused")
        with contextlib.suppress(OSError):
            near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        near.close()


@dataclass
class _Struck:
    """A connection, and after how many bytes of both directions together what happens to it."""

    line: RoughLine
    near: socket.socket
    far: socket.socket
    kind: str
    left: int
    seconds: float
    _over: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def carry(self) -> None:
        """Carry bytes both ways until somebody closes, or it is cut."""
        back = threading.Thread(target=self._way, args=(self.far, self.near), daemon=True)
        back.start()
        self._way(self.near, self.far)
        back.join()

    def _way(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(4096):
                passes = self._passes(data)
                if passes:
                    target.sendall(passes)
                if len(passes) < len(data):
                    break
        self._over.set()
        for one in (source, target):
            _shut(one)

    def _passes(self, data: bytes) -> bytes:
        """What of them goes on; when the moment has come, the thing happens."""
        with self._lock:
            self.left -= len(data)
            if not self.kind or self.left > 0:
                return data
            kind, self.kind = self.kind, ""
        self.line.count(kind)
        if kind == "silent_then_on":
            self._over.wait(self.seconds)
            return data
        if kind == "silent_for_ever":
            self._over.wait(_LONGEST)
        elif kind == "reset":
            with contextlib.suppress(OSError):
                self.near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        return data[: max(0, len(data) + self.left)] if self.left < 0 else data[:-1]


def _shut(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def rough_line(to: int, chance: random.Random) -> Iterator[RoughLine]:
    """A line to a port of loopback until the end of the block; calm at first."""
    listener = socket.create_server((HOST, 0))
    made = RoughLine(listener.getsockname()[1], to, chance)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = listener.accept()
                threading.Thread(target=made.take, args=(near,), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()
        made.outage(True)
