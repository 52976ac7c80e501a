"""Putting sealed bundles where the centre takes them from: by which way, how far it has come, and when again.

Rules kept here:
- Every attempt is noted with its bundle, also one that failed, so that the log tells what happened to each.
- A folder's or a server's name is noted, never a path, which may hold somebody's name.
- What failed by itself and may pass by itself is tried again at growing distances (`sync.retrying`); a person who asks
  is never made to wait, and what needs a person waits for one.
- Stopping leaves what was sent as sent and the rest as waiting.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from anifro_desktop.errors import Refusal
from anifro_desktop.sync.carrying import Halt
from anifro_desktop.sync.folder import Folder
from anifro_desktop.sync.outages import NotCarried, Stopped
from anifro_desktop.sync.retrying import next_try

if TYPE_CHECKING:
    from anifro_desktop.store.outbox import BundleRow, DeliveryRow
    from anifro_desktop.workflows.site import Site

FOLDER = "folder"


class Puts(Protocol):
    """The half of a transport that sending needs."""

    def put_if_absent(self, name: str, data: bytes) -> bool: ...


@dataclass(frozen=True, slots=True)
class Way:
    """Where to, and by what. kind: `folder`, `webdav` or `sftp`; place: the folder's or server's name."""

    kind: str
    place: str
    transport: Puts = field(repr=False)


def to_folder(path: Path) -> Way:
    """The way into a folder or onto a stick."""
    return Way(FOLDER, path.name, Folder(path))


@dataclass(frozen=True, slots=True)
class Step:
    """How far a sending has come. what: `checking`, `sealing` or `copying`; done, of: records or bundles (of 0: not
    known)."""

    what: str
    done: int = 0
    of: int = 0


def _nobody(_: Step) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Somebody who watches a sending, and may stop it. told: called with each step, on the thread that works."""

    halt: Halt = field(default_factory=Halt)
    told: Callable[[Step], None] = _nobody

    def step(self, what: str, done: int = 0, of: int = 0) -> None:
        """Say how far it has come.

        Raises:
            Stopped: it was asked to stop.
        """
        if self.halt.stopped:
            raise Stopped
        self.told(Step(what, done, of))


def deliver(site: Site, rows: Sequence[BundleRow], way: Way, watch: Watch) -> None:
    """Put bundles where they are to go, in order, up to the first that does not come there.

    Raises:
        Refusal: whatever kept it from it. It is noted, and the bundle waits.
    """
    for number, row in enumerate(rows):
        watch.step("copying", number, len(rows))
        try:
            way.transport.put_if_absent(row.name, site.clinical.bundle_bytes(row.epoch, row.seq))
        except Stopped:
            raise
        except Refusal as refusal:
            with suppress(
                Refusal
            ):  # where nothing can be written here either, the first reason is the one to say
                did_not_come(site, row, way, refusal)
            raise
        came_there(site, row, way)
    watch.step("copying", len(rows), len(rows))


def came_there(site: Site, row: BundleRow, way: Way) -> None:
    """Note that a bundle was put there."""
    with site.clinical.transaction():
        site.clinical.add_delivery(row.epoch, row.seq, way.kind, way.place, "")
        if row.state == "sealed":
            site.clinical.set_bundle_state(row.epoch, row.seq, "delivered")
        site.clinical.log("send", row.name)


def did_not_come(site: Site, row: BundleRow, way: Way, refusal: Refusal) -> None:
    """Note that a bundle was not put there and why, with the next time where it may pass by itself."""
    due = ""
    if isinstance(refusal, NotCarried) and refusal.temporary:
        before = [one for one in site.clinical.deliveries() if (one.epoch, one.seq) == (row.epoch, row.seq)]
        failures = 1 + failures_at_end(before)
        chance = random.SystemRandom().random()
        moment = next_try(failures, site.clock.now(), wanted=refusal.wait, chance=chance)
        due = moment.astimezone(UTC).isoformat(timespec="seconds")
    why = refusal.params.get("why")
    code = f"{refusal.code}.{why}" if why else refusal.code
    site.clinical.add_delivery(row.epoch, row.seq, way.kind, way.place, code, due)


def failures_at_end(attempts: Sequence[DeliveryRow]) -> int:
    """How many attempts failed since the last that did not."""
    count = 0
    for one in reversed(attempts):
        if not one.code:
            break
        count += 1
    return count


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits to be sent, and why. bundles: numbers; code: of the last failure, empty if none was tried; tries: how
    many failed; due: when it is tried by itself, None if a person has to act."""

    bundles: tuple[int, ...]
    code: str = ""
    place: str = ""
    tries: int = 0
    due: datetime | None = None


def waits(site: Site) -> Waits:
    """How the outbox stands: what is sealed and nowhere yet."""
    epoch = site.clinical.next_position().epoch
    rows = [row for row in site.clinical.bundles() if row.state == "sealed" and row.epoch == epoch]
    numbers = {row.seq for row in rows}
    attempts = [one for one in site.clinical.deliveries() if one.epoch == epoch and one.seq in numbers]
    if not attempts or not rows:
        return Waits(tuple(row.seq for row in rows))
    last = max(attempts, key=lambda one: (one.tried, one.number))
    tries = failures_at_end([one for one in attempts if one.seq == last.seq])
    due = datetime.fromisoformat(last.due) if last.due and last.code else None
    return Waits(tuple(row.seq for row in rows), last.code, last.place, tries, due)
