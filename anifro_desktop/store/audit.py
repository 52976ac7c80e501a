"""The audit trail: one hash chain per database, each transaction signed by the person who made it.

Rules kept here:
- An entry is written in the transaction of the change it tells of; nothing can switch it off.
- hash = SHA-256("anifro/audit/v1\\0" ‖ previous hash ‖ canonical entry); the first entry follows 32 zero bytes.
- The last entry of a transaction carries an Ed25519 signature of its hash, made with the user's own key.
- Sequence numbers have no gaps; `tx` is the number of the first entry of its transaction.
- An entry whose values were erased (see `erasing`) keeps its hash, and the chain goes on from it; what it says now is
  vouched for by a later entry, chained and signed like any other. Without that one it counts as changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from anifro_desktop.crypto import signing
from anifro_desktop.record import Json, canonical
from anifro_desktop.store.prepared import encoded

DOMAIN = b"anifro/audit/v1\0"
SIGNATURE_DOMAIN = b"anifro/audit/sig/v1\0"
FIRST = "00" * 32


class Entry(NamedTuple):
    """One line of the trail. (A tuple, since a save makes several and a frozen dataclass takes ten times as long.)

    seq: 1, 2, 3 ... utc: ISO with milliseconds; utc_offset: minutes; clock_ok: False where the time is suspect.
    user, role: who, acting in which roles; device: the installation. table, record, field: what. old, new: JSON
    before and after; a text too long or too secret for the trail stands as `{"sha256": ...}`. tx: see the module.
    """

    seq: int
    utc: str
    utc_offset: int
    clock_ok: bool
    user: str
    role: str
    device: str
    table: str
    record: str
    field: str
    old: Json
    new: Json
    reason: str
    tx: int

    def digest(self, previous: str) -> str:
        """The hash (hex) of this entry after the hash of the one before."""
        text = encoded(self._asdict())
        return hashlib.sha256(DOMAIN + bytes.fromhex(previous) + text).hexdigest()

    def fingerprint(self) -> str:
        """SHA-256 (hex) of this entry alone: how an entry with erased values is vouched for."""
        return hashlib.sha256(encoded(self._asdict())).hexdigest()


ENTRY_FIELDS = Entry._fields


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a chain: its number and hash. Empty chain: 0 and zeros."""

    seq: int = 0
    hash: str = FIRST


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry with its hash and, on the last of a transaction, its signature (else empty)."""

    entry: Entry
    hash: str
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class Erased:
    """What a later entry says of one with erased values. hash: the one it has kept; fingerprint: of what is left."""

    hash: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class ChainFault:
    """What is wrong at one entry. code: `gap`, `hash`, `transaction`, `signer` or `signature`."""

    code: str
    seq: int


def seal(entries: Iterable[Entry], head: Head, signer_seed: bytes) -> list[Sealed]:
    """Chain the entries of one transaction onto the head and sign the last one."""
    sealed: list[Sealed] = []
    previous = head.hash
    for entry in entries:
        previous = entry.digest(previous)
        sealed.append(Sealed(entry, previous))
    if sealed:
        last = sealed[-1]
        signature = signing.sign(signer_seed, SIGNATURE_DOMAIN + bytes.fromhex(last.hash))
        sealed[-1] = Sealed(last.entry, last.hash, signature)
    return sealed


def check_chain(
    trail: Iterable[Sealed],
    signers: Mapping[str, tuple[bytes, ...]],
    head: Head | None = None,
    erased: Mapping[int, Erased] | None = None,
) -> Iterator[ChainFault]:
    """Every fault of a trail in order. signers: public keys of each user. head: where the trail starts.

    erased: by number, what later entries of the same trail say of those with erased values.
    """
    head, erased = head or Head(), erased or {}
    last: Sealed | None = None
    for sealed in trail:
        entry = sealed.entry
        if entry.seq != head.seq + 1:
            yield ChainFault("gap", head.seq + 1)
        if entry.digest(head.hash) != sealed.hash and not _was_erased(sealed, erased):
            yield ChainFault("hash", entry.seq)
        if last is not None and last.entry.tx != entry.tx:
            yield from _check_end(last, signers)
        elif last is not None and last.signature:
            yield ChainFault("transaction", entry.seq)
        head, last = Head(entry.seq, sealed.hash), sealed
    if last is not None:
        yield from _check_end(last, signers)


def _was_erased(sealed: Sealed, erased: Mapping[int, Erased]) -> bool:
    told = erased.get(sealed.entry.seq)
    return told is not None and told == Erased(sealed.hash, sealed.entry.fingerprint())


def _check_end(last: Sealed, signers: Mapping[str, tuple[bytes, ...]]) -> Iterator[ChainFault]:
    known = signers.get(last.entry.user)
    message = SIGNATURE_DOMAIN + bytes.fromhex(last.hash)
    if known is None:
        yield ChainFault("signer", last.entry.seq)
    elif not any(signing.verify(public, message, last.signature) for public in known):
        yield ChainFault("signature", last.entry.seq)


def witness(value: Json | bytes) -> Json:
    """How a value that is secret or long stands in the trail: by its hash."""
    if value is None:
        return None
    raw = value if isinstance(value, bytes) else canonical(value)
    return {"sha256": hashlib.sha256(raw).hexdigest()}
