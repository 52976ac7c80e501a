"""Where time comes from: one source, UTC with milliseconds and the local offset, and a watch over its jumps.

Rules kept here:
- The order of things comes from sequence numbers, never from time; a suspect time is flagged, not corrected.
- A stamp is suspect when UTC is earlier than the last stamp, or when it moved more than two minutes more or less
  than the machine's own stop-watch since then. The stop-watch counts while the machine sleeps.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Protocol

JUMP_SECONDS = 120.0
# Linux has a clock of its own for it; on macOS this one counts sleep where time.monotonic does not.
_COUNTS_SLEEP: int | None = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


class Clock(Protocol):
    """What a store asks of time; tests pass their own."""

    def now(self) -> datetime:
        """The local time with its offset."""
        ...

    def elapsed(self) -> float:
        """Seconds of a stop-watch that nobody can set; only differences mean anything."""
        ...


class SystemClock:
    """The machine's time."""

    def now(self) -> datetime:
        """The local time with its offset."""
        return datetime.now(UTC).astimezone()

    def elapsed(self) -> float:
        """Seconds since some moment, sleep included where the system can say so."""
        if _COUNTS_SLEEP is not None:
            return time.clock_gettime(_COUNTS_SLEEP)
        return time.monotonic()


@dataclass(frozen=True, slots=True)
class Stamp:
    """One reading. utc: ISO, milliseconds, `Z`; offset: minutes east. ok: not suspect. moment, elapsed: as read."""

    utc: str
    offset: int
    ok: bool
    moment: datetime
    elapsed: float

    @property
    def local(self) -> str:
        """The instant as the person's clock showed it, ISO with milliseconds and offset."""
        return self.moment.isoformat(timespec="milliseconds")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A clock that could not be believed. shown: the time that it showed; last: the stored time before it."""

    shown: datetime
    last: datetime

    @property
    def went_back(self) -> bool:
        """Whether it shows a time before what is stored; else it went ahead by more than was waited."""
        return self.shown < self.last


class Watch:
    """Reads a clock and compares with the last stamp that was stored. last: the newest one so far, if any."""

    def __init__(self, clock: Clock, last: str | None = None) -> None:
        self._clock = clock
        self._last = datetime.fromisoformat(last) if last else None
        self._elapsed: float | None = None  # the stop-watch starts anew with every process
        self.doubt: Doubt | None = None  # the first of this process

    def stamp(self) -> Stamp:
        """The time now, and whether it can be believed."""
        moment, elapsed = self._clock.now(), self._clock.elapsed()
        offset = moment.utcoffset() or timedelta()
        minutes = int(offset.total_seconds() // 60)
        return Stamp(utc_text(moment), minutes, self._plausible(moment, elapsed), moment, elapsed)

    def keep(self, stamp: Stamp) -> None:
        """This stamp was stored: the next one is compared with it."""
        if not stamp.ok and self.doubt is None and self._last is not None:
            self.doubt = Doubt(stamp.moment, self._last.astimezone(stamp.moment.tzinfo))
        self._last, self._elapsed = stamp.moment, stamp.elapsed

    def _plausible(self, moment: datetime, elapsed: float) -> bool:
        if self._last is None:
            return True
        moved = (moment - self._last).total_seconds()
        if moved < -0.001:  # stored stamps are whole milliseconds
            return False
        return self._elapsed is None or abs(moved - (elapsed - self._elapsed)) <= JUMP_SECONDS


def utc_text(moment: datetime) -> str:
    """`2026-11-23T12:30:45.123Z`: the one way an instant is written in a database."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def local_text(utc: str, offset: int) -> str:
    """A stored instant as `Stamp.local` had it. offset: minutes.

    Raises:
        ValueError: not such an instant or offset.
    """
    zone = timezone(timedelta(minutes=offset))
    return datetime.fromisoformat(utc).astimezone(zone).isoformat(timespec="milliseconds")
