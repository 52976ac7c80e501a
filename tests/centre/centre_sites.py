"""Synthetic sites that seal real bundles, and a clock that moves only when told to. No mocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from anifro_desktop.crypto import hybrid, signing
from anifro_desktop.record import Json, Revision
from anifro_desktop.sync import announcing
from anifro_desktop.sync.bundle import Header, file_hash, seal_bundle
from anifro_desktop.sync.keyset import Card, Keyset, make_card, new_writer, read_card
from anifro_desktop.sync.records import AuditHead, Record, data_lines

STUDY = "NCT07215754"
PASSPHRASE = "synthetic but quite long"


@dataclass(frozen=True)
class Founded:
    """An empty centre on a server: its folder, and the name of its database."""

    folder: Path
    database: str


@dataclass
class FakeClock:
    """A clock that moves only when told to."""

    moment: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    seconds: float = 0.0

    def now(self) -> datetime:
        return self.moment

    def elapsed(self) -> float:
        return self.seconds

    def forward(self, **delta: float) -> None:
        step = timedelta(**delta)
        self.moment += step
        self.seconds += step.total_seconds()


@dataclass
class SyntheticSite:
    """A site's laptop as far as bundles go: keys and a chain."""

    code: str = "P03"
    study: str = STUDY
    writer: str = field(default_factory=new_writer)
    sign_seed: bytes = field(default_factory=signing.new_seed)
    seal_seed: bytes = field(default_factory=hybrid.new_seed)
    epoch: int = 1
    seq: int = 1
    prev: str = "0" * 64

    @property
    def card_bytes(self) -> bytes:
        return make_card(
            study=self.study,
            site=self.code,
            writer=self.writer,
            sign_seed=self.sign_seed,
            seal_public=hybrid.public_bytes(self.seal_seed),
        )

    @property
    def card(self) -> Card:
        return read_card(self.card_bytes)

    def header(self, **more: Any) -> Header:
        facts: dict[str, Any] = {
            "study": self.study, "site": self.code, "writer": self.writer, "epoch": self.epoch,
            "seq": self.seq, "prev": self.prev, "type": "data", "created": "2026-11-23T09:00:00Z",
        }  # fmt: skip
        return Header(**(facts | more))

    def bundle(self, keyset: Keyset, revisions: Iterable[Revision]) -> bytes:
        """The next bundle of the chain."""
        return self.of_records(keyset, [Record(item) for item in revisions])

    def of_records(self, keyset: Keyset, records: Sequence[Record]) -> bytes:
        """The next bundle of the chain."""
        header = self.header()
        lines = data_lines(header, records, audit=AuditHead(1, "ab" * 32), app="0.1.0")
        return self.seal(keyset, header, lines)

    def renew(self) -> None:
        """Other keys from now on."""
        self.sign_seed, self.seal_seed = signing.new_seed(), hybrid.new_seed()

    def announcing(self, keyset: Keyset, following: SyntheticSite, heard: int = 0) -> bytes:
        """The next bundle of the chain, which says nothing but whose keys come next."""
        card = following.card_bytes
        header = self.header(crit=announcing.crit(card))
        told = announcing.told(card, heard)
        lines = data_lines(header, [], audit=AuditHead(1, "ab" * 32), app="0.1.0", told=told)
        return self.seal(keyset, header, lines)

    def raw_bundle(self, keyset: Keyset, lines: Sequence[dict[str, Json]]) -> bytes:
        """The next bundle, with lines that no honest program writes under a manifest that fits them."""
        header = self.header()
        (manifest,) = data_lines(header, [], audit=AuditHead(1, "ab" * 32), app="0.1.0")
        counts: dict[str, int] = {}
        for line in lines:
            counts[str(line["table"])] = counts.get(str(line["table"]), 0) + 1
        return self.seal(keyset, header, [{**manifest, "counts": dict(counts)}, *lines])

    def seal(self, keyset: Keyset, header: Header, lines: Sequence[Any]) -> bytes:
        data = seal_bundle(header, lines, self.sign_seed, keyset.seal)
        self.seq, self.prev = header.seq + 1, file_hash(data)
        return data
