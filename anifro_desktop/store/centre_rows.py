"""What the centre's store takes and gives back: plain frozen facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from anifro_desktop.record import Json, Revision


@dataclass(frozen=True, slots=True)
class WriterRow:
    """An installation that may send. ed25519, xwing: its public keys; min_suite: the weakest cipher suite taken.

    state: `registered` or `revoked`. registered: UTC, set by the store.
    """

    site: str
    writer: str
    ed25519: bytes = field(repr=False)
    xwing: bytes = field(repr=False)
    fingerprint: str
    min_suite: int
    state: str = "registered"
    registered: str = ""


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
    """A bundle that a known writer signed. state: `applied`, `held` or `forked`; code: why, if not applied.

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


@dataclass(frozen=True, slots=True)
class ReceivedRevision:
    """A version of a record as it arrived. op: `put` or `del`. bundle: SHA-256 of the file it came in.

    extra: what a newer program added to the line and its revision, kept for passing on.
    """

    site: str
    writer: str
    revision: Revision
    bundle: str
    op: str = "put"
    extra: Mapping[str, Json] = field(default_factory=dict)


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
class CentreReceipt:
    """A receipt that was made. prev: SHA-256 of the writer's receipt before it, zeros at 1. made: UTC."""

    site: str
    writer: str
    rno: int
    prev: str
    sha256: str
    name: str
    made: str = ""
