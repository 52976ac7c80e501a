"""The log of the exchange with the centre, as people read it: each bundle's life, from its seal to the centre's answer.

Rules kept here:
- Nothing is written for it: it is read from what the store keeps of bundles, attempts and receipts, which the trail
  vouches for.
- As a table it holds no identity: numbers, times, counts and codes of reasons; not the name of a folder or stick, which
  somebody may have called after a person.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anifro_desktop.store.outbox import BundleRow, DeliveryRow, ReceiptRow
    from anifro_desktop.workflows.site import Site

# sealed; put: it is there; failed: it did not come there; merged, held, refused, quarantined: the centre's word;
# asked_again: the centre asks for it once more.
EVENTS = ("sealed", "put", "failed", "merged", "held", "refused", "asked_again")
_STATUS = {
    "accepted": "merged",
    "duplicate": "merged",
    "held": "held",
    "quarantined": "refused",
    "refused": "refused",
}
_THERE = ("accepted", "duplicate")
COLUMNS = ("epoch", "bundle", "when", "event", "way", "reason", "records", "bytes", "next_try")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a bundle. when: as this computer's clock said. event: of `EVENTS`. way, place: of
    `put` and `failed`. code: the reason, empty if none. due: when it is tried again by itself."""

    epoch: int
    seq: int
    when: datetime
    event: str
    way: str = ""
    place: str = ""
    code: str = ""
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """A bundle and all that happened to it, in order. state: the last word, of `EVENTS`."""

    epoch: int
    seq: int
    name: str
    records: int
    size: int
    events: tuple[Event, ...]

    @property
    def state(self) -> str:
        """What it has come to."""
        return self.events[-1].event


def lives(site: Site) -> tuple[Life, ...]:
    """Every bundle of this computer, the newest first."""
    attempts, receipts = site.clinical.deliveries(), site.clinical.receipts()
    bundles = site.clinical.bundles()
    said = list(_said(receipts, bundles))
    found = []
    for row in bundles:
        own = [_sealed(row)]
        own += [_attempt(one) for one in attempts if (one.epoch, one.seq) == (row.epoch, row.seq)]
        own += [one for one in said if (one.epoch, one.seq) == (row.epoch, row.seq)]
        own.sort(
            key=lambda one: one.when
        )  # stable: of one moment, in the order in which it can only have been
        found.append(Life(row.epoch, row.seq, row.name, row.records, row.size, tuple(own)))
    return tuple(reversed(found))


def as_csv(site: Site) -> bytes:
    """The log as a table for a spreadsheet, the oldest first: UTF-8 with its mark, comma, one event a line."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for life in reversed(lives(site)):
        for one in life.events:
            due = one.due.isoformat(timespec="seconds") if one.due else ""
            when = one.when.isoformat(timespec="seconds")
            table.writerow(
                (one.epoch, one.seq, when, one.event, one.way, one.code, life.records, life.size, due)
            )
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _sealed(row: BundleRow) -> Event:
    return Event(row.epoch, row.seq, datetime.fromisoformat(row.made), "sealed")


def _attempt(row: DeliveryRow) -> Event:
    due = datetime.fromisoformat(row.due) if row.due else None
    event = "failed" if row.code else "put"
    when = datetime.fromisoformat(row.tried)
    return Event(row.epoch, row.seq, when, event, row.way, row.place, row.code, due)


def told_of(receipt: ReceiptRow, bundles: Iterable[BundleRow]) -> Iterator[tuple[int, str, str]]:
    """What a receipt says of this computer's bundles: number, status and code. What the centre has of another computer
    under the same number, as each receipt says to an old copy, is not said of ours."""
    own = {row.seq: row.sha256 for row in bundles if row.epoch == receipt.epoch}
    items = receipt.body.get("items")
    for item in items if isinstance(items, list) else []:
        match item:
            case [int(seq), str(sha256), str(status), str(code)]:
                if status not in _THERE or own.get(seq) == sha256:
                    yield seq, status, code


def _said(receipts: Iterable[ReceiptRow], bundles: Collection[BundleRow]) -> Iterator[Event]:
    """What the receipts say of each bundle: of its lines about one the first, which is about it as a whole. That it is
    there still says nothing new."""
    last: dict[tuple[int, int], str] = {}
    for row in receipts:
        when, gaps = datetime.fromisoformat(row.received), row.body.get("missing")
        told: dict[int, Event] = {}
        for seq, status, code in told_of(row, bundles):
            if status in _STATUS and (seq not in told or not told[seq].code):
                told[seq] = Event(row.epoch, seq, when, _STATUS[status], code=code)
        events = [told[seq] for seq in sorted(told)]
        asked = [one for one in gaps if isinstance(one, int)] if isinstance(gaps, list) else []
        events += [Event(row.epoch, seq, when, "asked_again") for seq in asked]
        for event in events:
            if event.event != "merged" or event.code or last.get((event.epoch, event.seq)) != "merged":
                yield event
            last[event.epoch, event.seq] = event.event
