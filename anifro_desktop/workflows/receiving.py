"""Reading the centre's answers: receipts, questions, new forms and new keys, from a file, a folder or a server.

Rules kept here:
- The truth about what arrived is the centre's receipt, never the success of a copy.
- Of many files one that cannot be read, or is not what it should be, keeps no other from being read.
- Reading an answer again changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from anifro_desktop.errors import Refusal
from anifro_desktop.files import CannotRead, NotRegular, TooLarge, read_regular
from anifro_desktop.record import Json
from anifro_desktop.sync.bundle import MAX_FILE, VerifyKey, kid, peek_header
from anifro_desktop.sync.chain import LocalChain, ReceiptVerdict, judge_receipt
from anifro_desktop.sync.errors import BundleRefused, DamagedCopy, KeyFileRefused
from anifro_desktop.sync.folder import Folder, Transport
from anifro_desktop.sync.header import NO_PREVIOUS, Header
from anifro_desktop.sync.names import is_bundle_name, parse_name
from anifro_desktop.sync.receipt import Receipt, open_receipt
from anifro_desktop.workflows import centre_keys, new_forms, own_keys, queries
from anifro_desktop.workflows.exchange_errors import (
    FormsRefused,
    NoReceiptHere,
    NotForThisSite,
    SendingLocked,
    UnknownCentreKeys,
    WriterRevoked,
)
from anifro_desktop.workflows.model import Received
from anifro_desktop.workflows.sending import REVOKED, check_role, last_heard

if TYPE_CHECKING:
    from anifro_desktop.workflows.site import Site

_NOT_OURS = "wrong_recipient"
_UNREADABLE = (UnknownCentreKeys.code, _NOT_OURS)  # keys that are missing, here or there


def receive(site: Site, source: Path | Transport) -> list[Received]:
    """Read the centre's receipts and questions from a file, or all for this computer from a folder or transport.

    Of many files one that is not what it should be, or cannot be read, does not keep the others from being read: it is
    `refused`.

    Raises:
        BundleRefused, DamagedCopy, CannotRead: nothing but what is no receipt or is damaged; nothing was changed.
        UnknownCentreKeys: nothing but what is signed with keys that are not known here.
        NotForThisSite, NoReceiptHere: nothing here is meant for this computer. NotYourRole. NotCarried, Stopped: the
        network did not bring it.
    """
    check_role(site, "read receipts")
    if isinstance(source, Path) and not source.is_dir():
        return [_take_file(site, source.name, read_regular(source, MAX_FILE))]
    transport = Folder(source) if isinstance(source, Path) else source
    mine = [name for name in transport.list() if is_mine(site, name)]
    if not mine:
        raise NoReceiptHere
    reading = _Reading(site, transport)
    ordered = sorted(mine, key=lambda name: (parse_name(name).kind, parse_name(name).seq))
    keysets = [name for name in ordered if parse_name(name).kind == "keyset"]
    reading.read(name for name in ordered if name not in keysets)
    for name in keysets:
        reading.read([name])
        if reading.taken and reading.taken[-1].state == centre_keys.TAKEN:
            reading.read(reading.put_off())
    reading.end()
    if len(reading.refused) == len(mine):
        raise reading.refused[0]
    return reading.taken


# Of one file: the medium failed there, or what stands there is not the file of that name.
_DAMAGED = (CannotRead, NotRegular, TooLarge, DamagedCopy)


@dataclass(slots=True)
class _Reading:
    """Several answers of the centre, read one after the other. What is signed with a key that is not known, or sealed
    to one that is not here, is put off: a newer keyset or receipt among them may tell that it says nothing more."""

    site: Site
    transport: Transport
    taken: list[Received] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    _later: dict[str, Refusal] = field(default_factory=dict)

    def read(self, names: Iterable[str]) -> None:
        """Read some of them."""
        for name in names:
            try:
                self._note(_take(self.site, name, self.transport.get(name)))
            except (
                *_DAMAGED,
                BundleRefused,
                FormsRefused,
                KeyFileRefused,
                NotForThisSite,
                UnknownCentreKeys,
            ) as refusal:
                if refusal.code in _UNREADABLE:
                    self._later[name] = refusal
                else:
                    self._refuse(name, refusal)

    def put_off(self) -> list[str]:
        """What was put off so far, to be read again."""
        names = list(self._later)
        self._later.clear()
        return names

    def end(self) -> None:
        """Say what became of what is still put off: nothing new, if the centre has replaced its key since, or if a
        later receipt was read than one that is sealed to keys of this site which a restore took away."""
        heard = last_heard(self.site)
        for name, refusal in self._later.items():
            try:
                header = peek_header(self.transport.get(name))
            except _DAMAGED as unreadable:
                self._refuse(name, unreadable)
                continue
            late = header.type == "receipt" and header.seq <= heard and refusal.code == _NOT_OURS
            if late or centre_keys.is_of_before(self.site, header.sig_kid):
                self._note(Received(name, "of_before", 0, (), 0))
            else:
                self._refuse(name, refusal)

    def _note(self, taken: Received) -> None:
        """It was read, and says nothing new another time; a keyset that waits is read until a person confirms it."""
        self.taken.append(taken)
        if taken.state != centre_keys.WAITS:
            self.site.clinical.note_read(parse_name(taken.name).hash16)

    def _refuse(self, name: str, refusal: Refusal) -> None:
        self.refused.append(refusal)
        self.taken.append(Received(name, "refused", 0, (), 0, why=refusal.code))


def _take_file(site: Site, name: str, data: bytes) -> Received:
    """A single file, which may be the centre's keyset as people carry it."""
    if data.startswith(b"anifro-keyset-"):
        return Received(name, centre_keys.take(site, data), 0, (), 0)
    return _take(site, name, data)


def is_mine(site: Site, name: str) -> bool:
    """Whether a file by its name is an answer for this computer; touches no database."""
    if not is_bundle_name(name):
        return False
    parts = parse_name(name)
    mine = (parts.site, parts.writer8) == (site.code, site.keys.writer[:8])
    return mine and parts.kind in ("receipt", "query", "pack", "keyset")


def known_answers(site: Site) -> frozenset[str]:
    """The beginnings of the hashes of the centre's files that were read here, as their names have them."""
    return frozenset(row.sha256[:16] for row in site.clinical.receipts()) | site.clinical.answers_read()


def _take(site: Site, name: str, data: bytes) -> Received:
    kind = peek_header(data).type
    if kind == "query":
        return _take_queries(site, name, data)
    if kind == "pack":
        return _take_pack(site, name, data)
    if kind == "keyset":
        return _take_keyset(site, name, data)
    keyset = site.keyset()
    receipt, opened = open_receipt(
        data,
        key_for=lambda header: _centre_key(site, keyset.verify_key, header),
        seed_for=lambda key: _seed(site, key),
    )
    verdict = judge_receipt(_local_chain(site), receipt, opened.sha256)
    with site.clinical.transaction():
        if verdict.action in ("apply", "rolled_back", "fork") or verdict.resend:
            _keep(site, receipt, verdict, data)
        if revoked := receipt.valid_to is not None and verdict.action != "old":
            site.clinical.lock_sending(REVOKED)
    if revoked:
        raise WriterRevoked
    if verdict.action == "apply":
        own_keys.confirm(site, receipt)
    if verdict.action in ("rolled_back", "fork"):
        raise SendingLocked
    state = "receipt" if verdict.action == "apply" else "repeated"
    return Received(name, state, receipt.acked_to, receipt.missing, _differences(receipt))


def _take_queries(site: Site, name: str, data: bytes) -> Received:
    keyset = site.keyset()
    taken = queries.take(
        site,
        data,
        key_for=lambda header: _centre_key(site, keyset.verify_key, header),
        seed_for=lambda key: _seed(site, key),
    )
    return Received(name, "queries", 0, (), 0, taken.asked, taken.said, taken.regained)


def _take_pack(site: Site, name: str, data: bytes) -> Received:
    keyset = site.keyset()
    new = new_forms.take(
        site,
        data,
        key_for=lambda header: _centre_key(site, keyset.verify_key, header),
        seed_for=lambda key: _seed(site, key),
    )
    return Received(name, "forms" if new else "repeated_forms", 0, (), 0)


def _take_keyset(site: Site, name: str, data: bytes) -> Received:
    keyset = site.keyset()
    try:
        became = centre_keys.take_bundle(
            site,
            data,
            key_for=lambda header: _centre_key(site, keyset.verify_key, header),
            seed_for=lambda key: _seed(site, key),
        )
    except (BundleRefused, UnknownCentreKeys) as refusal:
        # A computer enrolled after a renewal never had the keys of before; what it has is at least as new.
        if refusal.code not in _UNREADABLE or peek_header(data).seq > keyset.version:
            raise
        became = centre_keys.REPEATED
    return Received(name, became, 0, (), 0)


def _centre_key(site: Site, key: VerifyKey, header: Header) -> VerifyKey:
    if (header.site, header.writer) != (site.code, site.keys.writer):
        raise NotForThisSite
    if kid(key.ed25519) != header.sig_kid:
        raise UnknownCentreKeys
    return key


def _seed(site: Site, wanted: str) -> bytes | None:
    return site.clinical.opening_seed(wanted)


def _local_chain(site: Site) -> LocalChain:
    position = site.clinical.next_position()
    hashes = {row.seq: row.sha256 for row in site.clinical.bundles() if row.epoch == position.epoch}
    receipts = site.clinical.receipts()
    last = receipts[-1] if receipts else None
    return LocalChain(
        position.epoch,
        position.seq - 1,
        hashes,
        last.rno if last else 0,
        last.sha256 if last else NO_PREVIOUS,
    )


def _keep(site: Site, receipt: Receipt, verdict: ReceiptVerdict, data: bytes) -> None:
    body: dict[str, Json] = {
        "items": [[item.seq, item.sha256, item.status, item.code] for item in receipt.items],
        "missing": list(receipt.missing),
        "centre_time": receipt.centre_time,
        "counts": None
        if receipt.counts is None
        else {code: dict(forms) for code, forms in receipt.counts.items()},
    }
    if receipt.rno not in {
        row.rno for row in site.clinical.receipts()
    }:  # a second one of a number is not kept
        site.clinical.add_receipt(receipt.rno, receipt.epoch, receipt.acked_to, body, data)
    if verdict.action in ("rolled_back", "fork"):
        site.clinical.lock_sending(verdict.action)
        return
    known = {row.seq: row.state for row in site.clinical.bundles() if row.epoch == receipt.epoch}
    for seq in verdict.acked:
        if known.get(seq) != "acknowledged":
            site.clinical.set_bundle_state(receipt.epoch, seq, "acknowledged")
    epoch = site.clinical.next_position().epoch
    for seq in verdict.resend:
        site.clinical.set_bundle_state(epoch, seq, "sealed")  # so that the next sending takes it along


def _differences(receipt: Receipt) -> int:
    codes = Counter(item.code for item in receipt.items)
    return codes["score_differs"]
