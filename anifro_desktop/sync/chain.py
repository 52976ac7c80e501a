"""The chain of bundles: what to do with the next one, and what a receipt means. Values in, verdicts out.

A writer's bundles of one epoch form a chain: each carries a number and the hash of the file before. Judge
only bundles that `open_bundle` let through.

Rules kept here:
- seq = next and the right `prev`: accept. seq < next and the same hash: duplicate, acknowledged again.
- An old or next number with another hash or `prev`: fork; the epoch is frozen and stays so.
- seq > next: hold; when the gap is filled, held bundles are judged again, in order (`ready`).
- A receipt that knows more than the site does means the site's database was rolled back or restored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from anifro_desktop.sync.header import NO_PREVIOUS, Header
from anifro_desktop.sync.receipt import Receipt

# What one site may leave waiting, and how many gaps one receipt lists.
HOLD_FILES = 1000
HOLD_BYTES = 1024**3
MAX_MISSING = 1000
# Why a bundle is a fork; the codes of its `quarantined` item in the receipt.
FORKS = ("changed", "prev", "frozen")
_OURS = ("accepted", "duplicate", "held")

Action = Literal["accept", "duplicate", "fork", "hold"]


@dataclass(frozen=True, slots=True)
class WriterState:
    """What the centre knows of one epoch of one writer. seen: number to file hash, of all accepted."""

    epoch: int = 1
    next_seq: int = 1
    last_hash: str = NO_PREVIOUS
    seen: Mapping[int, str] = field(default_factory=dict)
    frozen: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with a bundle, and the state after it.

    reason: `next`, `again`, `gap`, and for forks `changed` (known number, other file), `prev` (another file
    before it) or `frozen` (something new after a fork). missing: numbers to ask for, at most `MAX_MISSING`.
    """

    action: Action
    reason: str
    state: WriterState
    missing: tuple[int, ...] = ()


def judge(state: WriterState, header: Header, sha256: str) -> Verdict:
    """What to do with an opened bundle.

    Raises:
        ValueError: the state is of another epoch; the caller keeps one state for each epoch.
    """
    if header.epoch != state.epoch:
        raise ValueError(f"state of epoch {state.epoch} asked about epoch {header.epoch}")
    if header.seq < state.next_seq and state.seen.get(header.seq) == sha256:
        return Verdict("duplicate", "again", state)
    if state.frozen:
        return Verdict("fork", "frozen", state)
    if header.seq > state.next_seq:
        return Verdict("hold", "gap", state, missing(state, (header.seq,)))
    if header.seq < state.next_seq:
        return Verdict("fork", "changed", replace(state, frozen=True))
    if header.prev != state.last_hash:
        return Verdict("fork", "prev", replace(state, frozen=True))
    seen = MappingProxyType({**state.seen, header.seq: sha256})
    after = replace(state, next_seq=header.seq + 1, last_hash=sha256, seen=seen)
    return Verdict("accept", "next", after)


def missing(state: WriterState, held: Iterable[int]) -> tuple[int, ...]:
    """The first numbers that are neither accepted nor held, below the highest held; at most `MAX_MISSING`."""
    waiting = sorted({seq for seq in held if seq >= state.next_seq})
    gaps: list[int] = []
    expected = state.next_seq
    for seq in waiting:
        gaps.extend(range(expected, min(seq, expected + MAX_MISSING - len(gaps))))
        expected = seq + 1
        if len(gaps) >= MAX_MISSING:
            break
    return tuple(gaps)


def ready(state: WriterState, held: Iterable[tuple[Header, str]]) -> list[tuple[Header, str]]:
    """The held bundles (header, file hash) to judge now, in a fixed order; call again after each accept."""
    now = [item for item in held if item[0].epoch == state.epoch and item[0].seq <= state.next_seq]
    return sorted(now, key=lambda item: (item[0].seq, item[1]))


def may_hold(files: int, size: int) -> bool:
    """Whether a site may have this many files of this total size (bytes) waiting."""
    return files <= HOLD_FILES and size <= HOLD_BYTES


@dataclass(frozen=True, slots=True)
class LocalChain:
    """The site's own side. last_seq: last sealed of this epoch, 0 if none. hashes: of each, by number."""

    epoch: int
    last_seq: int
    hashes: Mapping[int, str]
    last_rno: int = 0
    last_receipt: str = NO_PREVIOUS


@dataclass(frozen=True, slots=True)
class ReceiptVerdict:
    """What a receipt means for the site.

    action: `apply`; `old` (seen already, or overtaken by a newer one); `old_epoch` (about an epoch left
    behind); `rolled_back` (the centre knows bundles that this database does not) and `fork` (the centre met
    two bundles under one number, or sent two receipts with one number): stop sending, tell the user, start
    the next epoch with everything. acked: our numbers that are safe at the centre. resend: our numbers that
    it asks for.
    """

    action: Literal["apply", "old", "old_epoch", "rolled_back", "fork"]
    acked: tuple[int, ...] = ()
    resend: tuple[int, ...] = ()


def judge_receipt(local: LocalChain, receipt: Receipt, sha256: str) -> ReceiptVerdict:
    """What an opened receipt (with its own file hash) means for the site's chain."""
    if receipt.rno <= local.last_rno:
        other = receipt.rno == local.last_rno and sha256 != local.last_receipt
        return ReceiptVerdict("fork" if other else "old")
    if receipt.epoch < local.epoch:
        return ReceiptVerdict("old_epoch", resend=tuple(sorted(local.hashes)) if receipt.put_back else ())
    if _knows_more(local, receipt):
        return ReceiptVerdict("rolled_back")
    if _differs(local, receipt):
        return ReceiptVerdict("fork")
    return ReceiptVerdict(
        "apply",
        acked=tuple(range(1, receipt.acked_to + 1)),
        resend=tuple(sorted(_asked_for(local, receipt))),
    )


def _asked_for(local: LocalChain, receipt: Receipt) -> set[int]:
    """Our numbers that the centre wants: those it misses and, if its data were put back, all it does not speak of."""
    after = {seq for seq in local.hashes if seq > receipt.acked_to} if receipt.put_back else set()
    return after | (set(receipt.missing) & set(local.hashes))


def _knows_more(local: LocalChain, receipt: Receipt) -> bool:
    if receipt.epoch > local.epoch or receipt.acked_to > local.last_seq:
        return True
    return any(item.seq > local.last_seq for item in receipt.items if item.status in _OURS)


def _differs(local: LocalChain, receipt: Receipt) -> bool:
    return any(
        (item.status in _OURS and local.hashes.get(item.seq) != item.sha256)
        or (item.status == "quarantined" and item.code in FORKS)
        for item in receipt.items
    )
