"""What the centre's store takes and gives back: plain frozen facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from anifro_desktop.record import Json, Revision


@dataclass(frozen=True, slots=True)
class WriterRow:
    """An installation that may send. ed25519, xwing: its public keys; min_suite: the weakest cipher suite taken.

    The keys are those of its newest card; see `writer_keys` for those before. state: `registered` or `revoked`.
    registered: UTC, set by the store. valid_epoch, valid_seq: of one that is revoked, the last bundle that counts.
    rno_above: receipts for it get numbers above this. owed: a receipt is to be made even with nothing new to say.
    put_back: since the centre's data were put back, it was not heard that it knows.
    """

    site: str
    writer: str
    ed25519: bytes = field(repr=False)
    xwing: bytes = field(repr=False)
    fingerprint: str
    min_suite: int
    state: str = "registered"
    registered: str = ""
    valid_epoch: int = 0
    valid_seq: int = 0
    rno_above: int = 0
    owed: bool = False
    put_back: bool = False


@dataclass(frozen=True, slots=True)
class ChainRow:
    """How far one epoch of one writer has come."""

    site: str
    writer: str
    epoch: int
    next_seq: int
    last_hash: str
    frozen: bool = False


@dataclass(frozen=True, slots=True)
class CentreBundle:
    """A bundle that a known writer signed. state: `applied`, `held`, `forked`, or `refused` after it was held; code:
    why, if not applied.

    size: bytes. received: UTC, set by the store.
    """

    sha256: str
    site: str
    writer: str
    epoch: int
    seq: int
    name: str
    state: str
    code: str = ""
    size: int = 0
    received: str = ""


@dataclass(frozen=True, slots=True)
class QuarantineRow:
    """A file that nobody could believe. code: why; times: how often it came."""

    sha256: str
    name: str
    code: str
    size: int
    times: int
    received: str


Place = tuple[str, int, str, str, str, int]  # of a version: record, number, digest, site, writer, epoch


class Arrival(NamedTuple):
    """A version as it arrived, with its text unread. The rest as in `ReceivedRevision`."""

    subject: str
    body: str
    digest: str
    op: str
    site: str
    writer: str
    epoch: int
    bundle: str


@dataclass(frozen=True, slots=True)
class ReceivedRevision:
    """A version of a record as it arrived. op: `put` or `del`. bundle: SHA-256 of the file it came in; epoch: of it.

    extra: what a newer program added to the line and its revision, kept for passing on. body, digest: canonical
    text of the revision and its digest, where they were worked out before.
    """

    site: str
    writer: str
    revision: Revision
    bundle: str
    op: str = "put"
    extra: Mapping[str, Json] = field(default_factory=dict)
    body: str = field(default="", compare=False, repr=False)
    digest: str = field(default="", compare=False, repr=False)
    epoch: int = 1

    @property
    def subject(self) -> str:
        """The code of the subject it is of."""
        return self.revision.subject

    @property
    def place(self) -> Place:
        """What tells this version from every other."""
        return self.revision.id, self.revision.ver, self.digest, self.site, self.writer, self.epoch


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A score that came out differently, or could not be computed. open: still so at the last look; found: UTC."""

    subject: str
    visit: str
    rule: str
    part: str
    kind: str
    carried: str = ""
    computed: str = ""
    why: str = ""
    open: bool = True
    found: str = ""


@dataclass(frozen=True, slots=True)
class StandingRow:
    """Where a subject stands. site: empty where nothing of it counts any more. enrolled: 1 yes, 0 screening failure, -1
    not known. visits: received; served, due: planned visits after baseline. late: keys of what is of a day after the
    withdrawal. serious: record and UTC of its coming of each serious adverse event; unsigned: how many of these."""

    subject: str
    site: str
    enrolled: int = -1
    visits: int = 0
    served: int = 0
    due: int = 0
    excluded: bool = False
    late: tuple[str, ...] = ()
    serious: tuple[tuple[str, str], ...] = ()
    unsigned: int = 0


@dataclass(frozen=True, slots=True)
class CentreReceipt:
    """A receipt that was made. prev: SHA-256 of the writer's receipt before it, zeros at 1. made: UTC."""

    site: str
    writer: str
    rno: int
    prev: str
    sha256: str
    name: str
    made: str = ""


@dataclass(frozen=True, slots=True)
class QueryFile:
    """The newest file of questions for a writer, or a part of it from 0. number: of the file; content: SHA-256 of what
    it says, whatever its seal; made: UTC, set by the store."""

    site: str
    writer: str
    part: int
    number: int
    prev: str
    content: str
    sha256: str
    name: str
    made: str = ""
