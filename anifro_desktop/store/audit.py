"""The audit trail: one hash chain per database, each transaction signed by the person who made it.

Rules kept here:
- An entry is written in the transaction of the change it tells of; nothing can switch it off.
- hash = SHA-256("anifro/audit/v1\\0" ‖ previous hash ‖ canonical entry), in which texts of the old and the new value
  and a person's words in the reason are their own hashes (`record.veiled`); the first entry follows 32 zero bytes.
- The last entry of a transaction carries an Ed25519 signature of its hash, made with the user's own key.
- Sequence numbers have no gaps; `tx` is the number of the first entry of its transaction.
- So a text can be erased (see `erasing`) and leaves its hash: the entry's own hash and all that follow still hold, and
  nothing but that text can have gone. That it was an administrator who took it out is told by a later entry, chained
  and signed like any other; without that one it counts as hidden.
- All entries of a transaction are of one person, who signs the last, in roles that this person has or had.
- Time does not go back from one entry to the next, but where the program itself says that it cannot believe the clock
  (see `clock`). Instants, offsets, tables and roles are in the one form in which the program writes them.
- A lent key (see `lending`) signs only what an unlocking and a change of passphrase write.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from anifro_desktop.crypto import signing
from anifro_desktop.record import Json, canonical, encoded, struck_in, veiled
from anifro_desktop.store.clock import utc_text

DOMAIN = b"anifro/audit/v1\0"
SIGNATURE_DOMAIN = b"anifro/audit/sig/v1\0"
FIRST = "00" * 32
# A reason of the trail: a code of the definitions, if it has one, and a person's own words.
_REASON = re.compile(r"(?P<code>(?:void_)?[0-9]+(?:: |$))?(?P<words>.*)", re.DOTALL)


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
        facts = self._asdict()
        facts["old"], facts["new"] = veiled(self.old), veiled(self.new)
        if self.reason:
            code, words = reason_parts(self.reason)
            facts["reason"] = f"{code}{veiled(words)}"
        return hashlib.sha256(DOMAIN + bytes.fromhex(previous) + encoded(facts)).hexdigest()

    def struck(self) -> frozenset[str]:
        """Hashes of the texts that were erased in this entry."""
        words = reason_parts(self.reason)[1] if self.reason else ""
        return frozenset(found for value in (self.old, self.new, words) for found in struck_in(value))


def reason_parts(reason: str) -> tuple[str, str]:
    """The code of a reason, with what stands between, and a person's own words."""
    found = _REASON.fullmatch(reason)
    return (found["code"] or "", found["words"]) if found is not None else ("", reason)


ENTRY_FIELDS = Entry._fields
# Tables that are none: what entries are about that no row vouches for.
TABLES = frozenset(("answers", "act", "anchor", "erasure"))
# What an unlocking writes, up to the choice of a passphrase: table with act, anchored database or setting.
BY_LENT = frozenset(
    (
        *(
            ("act", one)
            for one in ("unlock", "identities_listed", "passphrase_changed", "keys_renewed", "key_act_told")
        ),
        *(("anchor", one) for one in ("behind", "damaged")),
        ("act", "site_keys_made"),
        *(("settings", one) for one in ("key_file", "next_keys")),
        *(("secrets", one) for one in ("key_act", "next_signing", "next_receiving", "receiving")),
    )
)
_DAY = 24 * 60  # minutes


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
class ChainFault:
    """What is wrong at one entry. code: `gap`, `hash`, `hidden`, `form`, `time`, `role`, `transaction`, `signer`,
    `signature` or `lent`."""

    code: str
    seq: int


def seal(entries: Iterable[Entry], head: Head, sign: signing.Signer) -> list[Sealed]:
    """Chain the entries of one transaction onto the head and sign the last one."""
    sealed: list[Sealed] = []
    previous = head.hash
    for entry in entries:
        previous = entry.digest(previous)
        sealed.append(Sealed(entry, previous))
    if sealed:
        last = sealed[-1]
        signature = sign(SIGNATURE_DOMAIN + bytes.fromhex(last.hash))
        sealed[-1] = Sealed(last.entry, last.hash, signature)
    return sealed


def check_chain(
    trail: Iterable[Sealed],
    signers: Mapping[str, tuple[bytes, ...]],
    head: Head | None = None,
    erased: Mapping[int, frozenset[str]] | None = None,
    roles: Mapping[str, frozenset[str]] | None = None,
    tables: frozenset[str] | None = None,
    lent: frozenset[bytes] = frozenset(),
) -> Iterator[ChainFault]:
    """Every fault of a trail in order. signers: public keys of each user, the newest first. head: where the trail
    starts.

    erased: by number, the hashes of texts that administrators' later entries say were erased. roles: all that each user
    ever had, tables: that entries can be about; None where they are not asked for. lent: keys that sign only entries of
    `BY_LENT`.
    """
    head, erased = head or Head(), erased or {}
    authors, acting, times = _Authors(signers, lent), _Acting(roles), _Times()
    last: Sealed | None = None
    for sealed in trail:
        entry = sealed.entry
        if entry.seq != head.seq + 1:
            yield ChainFault("gap", head.seq + 1)
        if entry.digest(head.hash) != sealed.hash:
            yield ChainFault("hash", entry.seq)
        if entry.struck() != erased.get(entry.seq, frozenset()):
            yield ChainFault("hidden", entry.seq)
        if not _is_written(entry) or (tables is not None and entry.table not in tables):
            yield ChainFault("form", entry.seq)
        elif times.goes_back(entry):
            yield ChainFault("time", entry.seq)
        if not acting.may(entry.user, entry.role):
            yield ChainFault("role", entry.seq)
        if last is not None and last.entry.tx != entry.tx:
            yield from authors.check(last)
        elif last is not None and (last.signature or _author(last.entry) != _author(entry)):
            yield ChainFault("transaction", entry.seq)
        authors.note(entry)
        head, last = Head(entry.seq, sealed.hash), sealed
    if last is not None:
        yield from authors.check(last)


def may_lent(entry: Entry) -> bool:
    """Whether a lent key may sign an entry."""
    kept = entry.table in ("settings", "secrets")
    return (entry.table, entry.record.partition("/")[0] if kept else entry.field) in BY_LENT


def _author(entry: Entry) -> tuple[str, str, str]:
    return entry.user, entry.role, entry.device


def _is_written(entry: Entry) -> bool:
    """Whether instant and offset are in the form in which the program writes them."""
    offset = entry.utc_offset
    return type(offset) is int and abs(offset) < _DAY and _moment(entry.utc) is not None


@lru_cache(maxsize=1)  # the entries of a transaction have one instant
def _moment(utc: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(utc)
        return moment if utc_text(moment) == utc else None
    except (ValueError, TypeError, OverflowError):
        return None


class _Times:
    """Whether time goes on. Stored instants are cut to milliseconds: one less is none."""

    def __init__(self) -> None:
        self._last: datetime | None = None

    def goes_back(self, entry: Entry) -> bool:
        """Whether an entry is earlier than the one before, though its clock was believed."""
        before, self._last = self._last, _moment(entry.utc)
        if before is None or self._last is None or not entry.clock_ok:
            return False
        return before - self._last > timedelta(milliseconds=1)


class _Acting:
    """Whether people act in roles that they have or had. Of who is not known another fault tells."""

    def __init__(self, roles: Mapping[str, frozenset[str]] | None) -> None:
        self._roles = roles
        self._known: dict[tuple[str, str], bool] = {}

    def may(self, user: str, role: str) -> bool:
        known = self._known.get((user, role))
        if known is None:
            had = None if self._roles is None else self._roles.get(user)
            said = role.split("+")
            known = self._known[user, role] = had is None or (
                set(said) <= had and len(set(said)) == len(said)
            )
        return known


class _Authors:
    """Who signs transactions, one after the other: each with a known key, and never again with one that was replaced
    once its successor has signed, so that an old passphrase that got about writes nothing more. A lent key signs
    nothing but what `BY_LENT` names."""

    def __init__(self, signers: Mapping[str, tuple[bytes, ...]], lent: frozenset[bytes]) -> None:
        self._keys = dict(signers)  # those that may still sign
        self._lent = lent
        self._more = False  # whether an entry of this transaction is none that a lent key may sign

    def note(self, entry: Entry) -> None:
        """Keep what the transaction being read is about."""
        self._more = self._more or not may_lent(entry)

    def check(self, last: Sealed) -> Iterator[ChainFault]:
        """The fault of a transaction that was read, by its last entry."""
        more, self._more = self._more, False
        user, message = last.entry.user, SIGNATURE_DOMAIN + bytes.fromhex(last.hash)
        keys = self._keys.get(user)
        if keys is None:
            yield ChainFault("signer", last.entry.seq)
            return
        for number, public in enumerate(keys):
            if signing.verify(public, message, last.signature):
                self._keys[user] = keys[: number + 1]
                if more and public in self._lent:
                    yield ChainFault("lent", last.entry.seq)
                return
        yield ChainFault("signature", last.entry.seq)


def witness(value: Json | bytes) -> Json:
    """How a value that is secret or long stands in the trail: by its hash."""
    if value is None:
        return None
    raw = value if isinstance(value, bytes) else canonical(value)
    return {"sha256": hashlib.sha256(raw).hexdigest()}
