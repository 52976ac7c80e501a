"""Patience with a network: stopping an exchange that waits, bounding how long it may take, trying again.

Rules kept here:
- Nothing waits without an end: every exchange has a time after which its line is cut, however slowly it still drips.
- Stopping cuts the line at once, also in the middle, and leaves nothing that a later attempt would trip over.
- Tried again is only what may pass by itself, a few times, at growing and uneven distances, and never sooner than the
  server asked; each attempt sends the same bytes.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from anifro_desktop.sync.connection import Connection, SftpPlace
from anifro_desktop.sync.errors import DamagedCopy
from anifro_desktop.sync.names import is_bundle_name
from anifro_desktop.sync.outages import NotCarried, Stopped

T = TypeVar("T")


class TookTooLong(Exception):
    """The time of an exchange was over, and its line was cut."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a server may take. connect, idle: seconds to answer at all, and between two signs of life; slowest:
    bytes per second below which a line is no line."""

    connect: float = 15.0
    idle: float = 30.0
    slowest: int = 8 << 10

    def whole(self, size: int) -> float:
        """Seconds that an exchange of so many bytes may take."""
        return self.connect + 2 * self.idle + size / self.slowest


LIMITS = Limits()


class Halt:
    """A wish to stop, which also cuts the line of an exchange that waits. Made on one thread, watched on another."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._cuts: list[Callable[[], None]] = []

    @property
    def stopped(self) -> bool:
        """Whether stopping was asked for."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Stop now; what runs ends with `Stopped`."""
        with self._lock:
            self._stopped.set()
            cuts = list(self._cuts)
        for cut in cuts:
            cut()

    def wait(self, seconds: float) -> None:
        """Wait, unless somebody stops it.

        Raises:
            Stopped: somebody did.
        """
        if self._stopped.wait(seconds):
            raise Stopped

    @contextmanager
    def watching(self, cut: Callable[[], None], seconds: float) -> Iterator[None]:
        """An exchange whose line `cut` ends, when stopped or after so many seconds; `cut` may be called twice.

        Raises:
            Stopped, TookTooLong: instead of whatever the cut made of it.
        """
        over = threading.Event()

        def end() -> None:
            over.set()
            cut()

        with self._lock:
            if self.stopped:
                raise Stopped
            self._cuts.append(cut)
        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            yield
        except Exception as error:
            self._judge(over, error)
            raise
        else:
            self._judge(
                over, None
            )  # what seems complete may only have been cut at a place where it could end
        finally:
            timer.cancel()
            with self._lock:
                self._cuts.remove(cut)

    def _judge(self, over: threading.Event, error: Exception | None) -> None:
        if self.stopped:
            raise Stopped from error
        if over.is_set():
            raise TookTooLong from error


class Carrier(Protocol):
    """A transport over a network: as `folder.Transport`, and to be closed."""

    def put_if_absent(self, name: str, data: bytes) -> bool: ...

    def list(self) -> tuple[str, ...]: ...

    def get(self, name: str) -> bytes: ...

    def try_writing(self) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Waiting:
    """Why the next attempt comes only later. number: of that attempt, from 2; of: at most so many; seconds until it."""

    why: NotCarried
    number: int
    of: int
    seconds: float


def _nobody(_: Waiting) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True)
class Patient:
    """A transport that tries again. told: called before each wait; waits: seconds between the attempts, each made
    longer or shorter by up to a half; most: the longest that a server's own wish is waited for."""

    carrier: Carrier
    halt: Halt
    told: Callable[[Waiting], None] = _nobody
    waits: Sequence[float] = (1, 3, 8, 20)
    most: float = 120
    chance: Callable[[], float] = field(default=random.SystemRandom().random)

    def put_if_absent(self, name: str, data: bytes) -> bool:
        """As the carrier's.

        Raises:
            NotCarried: also after the last attempt. Stopped. NameRefused, DamagedCopy: as of a folder.
        """
        return self._again(lambda: self.carrier.put_if_absent(name, data))

    def list(self) -> tuple[str, ...]:
        """As the carrier's.

        Raises:
            NotCarried, Stopped.
        """
        return self._again(self.carrier.list)

    def get(self, name: str) -> bytes:
        """As the carrier's; a copy that came damaged is fetched once more.

        Raises:
            NotCarried, Stopped. NameRefused, DamagedCopy: as of a folder.
        """
        try:
            return self._again(lambda: self.carrier.get(name))
        except DamagedCopy:
            return self._again(lambda: self.carrier.get(name))

    def try_writing(self) -> None:
        """As the carrier's.

        Raises:
            NotCarried, Stopped.
        """
        self._again(self.carrier.try_writing)

    def close(self) -> None:
        """Let go of the server."""
        self.carrier.close()

    def _again(self, act: Callable[[], T]) -> T:
        for number, wait in enumerate(self.waits, start=2):
            try:
                return act()
            except NotCarried as refusal:
                if not refusal.temporary or refusal.wait > self.most:
                    raise
                seconds = max(wait * (0.5 + self.chance()), float(refusal.wait))
                self.told(Waiting(refusal, number, len(self.waits) + 1, seconds))
                self.halt.wait(seconds)
        return act()


@dataclass(frozen=True, slots=True)
class Fetched:
    """Files that were brought here, as a transport that is only read."""

    files: dict[str, bytes] = field(default_factory=dict)

    def put_if_absent(self, name: str, data: bytes) -> bool:
        """Keep a file here."""
        fresh = name not in self.files
        self.files[name] = data
        return fresh

    def list(self) -> tuple[str, ...]:
        """The names of the files, sorted."""
        return tuple(sorted(self.files))

    def get(self, name: str) -> bytes:
        """The bytes of one."""
        return self.files[name]


def sensible(entries: Iterator[tuple[str, int]], host: str, most: int, largest: int) -> tuple[str, ...]:
    """Of names and sizes that a server lists, the names of what can be bundles: nothing else of them is believed.

    Raises:
        NotCarried: more entries than `most`.
    """
    names: set[str] = set()
    for number, (name, size) in enumerate(entries):
        if number >= most:
            raise NotCarried("crowded", host)
        if is_bundle_name(name) and 0 < size <= largest:
            names.add(name)
    return tuple(sorted(names))


def carrier(connection: Connection, halt: Halt, limits: Limits = LIMITS) -> Carrier:
    """What carries over a connection; nothing is opened before it is used.

    Raises:
        NotCarried: this installation lacks the part for it.
    """
    if isinstance(connection.place, SftpPlace):
        from anifro_desktop.sync.sftp import Sftp

        return Sftp(connection, halt, limits)
    from anifro_desktop.sync.webdav import WebDav

    return WebDav(connection, halt, limits)
