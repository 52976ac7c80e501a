"""Receipts: what the centre has of each writer's chain, sealed to that writer, as files in a folder.

Rules kept here:
- A receipt says what became of each bundle since the last one, how far the chain is whole, and the missing
  numbers. It always names the file up to which the chain is whole: an old copy of a site that sealed another one
  under that number learns of it from whichever receipt it reads. So does every receipt about a frozen epoch name
  a file of the fork: the one that first told of it may have been read by the copy alone. The newest receipt is
  about the newest epoch: an old copy that goes on in one before learns of that.
- Each writer's receipts are numbered and chained. Making one and noting what it said is one transaction; the
  file comes after it and can be written again, byte for byte.
- A writer whose receipt cannot be made keeps no other from its own (see `unanswered`).
- With nothing new to say, the newest receipt is put there again if it is gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice
from pathlib import Path

from anifro_desktop.centre.applying import MAX_FINDINGS
from anifro_desktop.centre.ingesting import held_numbers, state_of
from anifro_desktop.centre.office import DATA_MANAGER, Centre
from anifro_desktop.centre.putting import Outlet, outlet
from anifro_desktop.centre.unanswered import RECEIPT, apart
from anifro_desktop.centre.writer_keys import REVOKED
from anifro_desktop.record import Json, canonical
from anifro_desktop.store.centre_answers import AnswerRow
from anifro_desktop.store.centre_rows import CentreReceipt, WriterRow
from anifro_desktop.sync.bundle import file_hash, peek_header
from anifro_desktop.sync.chain import FORKS, WriterState, missing
from anifro_desktop.sync.folder import Folder
from anifro_desktop.sync.header import NO_PREVIOUS
from anifro_desktop.sync.names import bundle_name
from anifro_desktop.sync.receipt import Item, Receipt, seal_receipt

_AGAIN = 20  # over a network: a cut may have kept several from being put there
_LOST = file_hash(b"")  # in place of the hash of a receipt that was lost with older data
_MOST_COUNTS = 640 * 1024  # bytes; a line has at most 1 MiB
_MOST_ITEMS = 2000  # of one receipt, far below the limits of a bundle


@dataclass(frozen=True, slots=True)
class WrittenReceipt:
    """A receipt made now. missing: numbers it asks for; items: lines about bundles that came."""

    name: str
    site: str
    writer: str
    rno: int
    acked_to: int
    missing: tuple[int, ...]
    items: int


def write_receipts(centre: Centre, to: Path | Outlet) -> list[WrittenReceipt]:
    """Make every receipt that is owed and put it into the folder, or where sites fetch it; returns the new ones.

    Raises:
        RoleNeeded: not a data manager. CannotWrite, DiskFull, FolderGone, NotCarried, Stopped: made and kept, but not
        there; run it again.
    """
    centre.need(DATA_MANAGER)
    place = outlet(to)
    written: list[WrittenReceipt] = []
    for writer in centre.store.writers():
        if writer.state == "registered" or writer.owed:
            new: list[WrittenReceipt] = []
            with apart(centre, writer, RECEIPT):
                for made in _make_all(centre, writer):
                    new.append(made)
            _put(centre, writer, place, [item.rno for item in new])
            written += new
    return written


def newest_receipts(centre: Centre) -> list[str]:
    """The name of each registered writer's newest receipt: what `write_receipts` leaves in a folder, new or not."""
    found = (
        centre.store.receipts(writer.site, writer.writer)
        for writer in centre.store.writers()
        if writer.state == "registered"
    )
    return [receipts[-1].name for receipts in found if receipts]


def _make_all(centre: Centre, writer: WriterRow) -> Iterator[WrittenReceipt]:
    owed = centre.store.answers(site=writer.site, writer=writer.writer, rno=0)
    own = (
        row.epoch for row in centre.store.chains() if (row.site, row.writer) == (writer.site, writer.writer)
    )
    newest = max(own, default=1)
    for epoch, rows in groupby(owed, key=lambda row: row.epoch):
        lines = list(rows)
        for start in range(0, len(lines), _MOST_ITEMS):
            yield _make(centre, writer, epoch, lines[start : start + _MOST_ITEMS])
    if owed[-1].epoch < newest if owed else writer.owed:
        yield _make(centre, writer, newest, ())


def _make(centre: Centre, writer: WriterRow, epoch: int, rows: Sequence[AnswerRow]) -> WrittenReceipt:
    with centre.store.transaction():
        earlier = centre.store.receipts(writer.site, writer.writer)
        number = max(earlier[-1].rno if earlier else 0, writer.rno_above) + 1
        prev = earlier[-1].sha256 if earlier else NO_PREVIOUS if number == 1 else _LOST
        receipt = _receipt(centre, writer, epoch, number, rows)
        data = seal_receipt(receipt, centre.signing_seed, writer.xwing, prev=prev)
        name = bundle_name(peek_header(data), file_hash(data))
        kept = CentreReceipt(writer.site, writer.writer, receipt.rno, prev, file_hash(data), name)
        centre.store.add_receipt(kept, data)
        centre.store.answer(replace(row, rno=receipt.rno) for row in rows)
        if writer.owed:
            centre.store.change_writer(writer.site, writer.writer, owed=False)
    return WrittenReceipt(
        name,
        writer.site,
        writer.writer,
        receipt.rno,
        receipt.acked_to,
        receipt.missing,
        sum(1 for _ in _items(rows)),
    )


def _receipt(centre: Centre, writer: WriterRow, epoch: int, rno: int, rows: Sequence[AnswerRow]) -> Receipt:
    where = (writer.site, writer.writer, epoch)
    revoked = writer.state == REVOKED
    state = state_of(centre, *where)
    return Receipt(
        study=centre.study,
        site=writer.site,
        writer=writer.writer,
        rno=rno,
        epoch=epoch,
        acked_to=state.next_seq - 1,
        items=(*_head(state, rows), *_fork(centre, where, state, rows), *_items(rows)),
        missing=missing(state, held_numbers(centre, *where)),
        centre_time=centre.now(),
        registry_version=centre.registry_version,
        counts=None if revoked else _counts(centre, writer),
        valid_to=(writer.valid_epoch, writer.valid_seq) if revoked else None,
        put_back=writer.put_back,
    )


def _head(state: WriterState, rows: Sequence[AnswerRow]) -> Iterator[Item]:
    """The last applied bundle, where no row is about it."""
    if state.next_seq > 1 and state.last_hash not in {row.sha256 for row in rows}:
        yield Item(state.next_seq - 1, state.last_hash, "accepted")


def _fork(
    centre: Centre, where: tuple[str, str, int], state: WriterState, rows: Sequence[AnswerRow]
) -> Iterator[Item]:
    """The first file of the fork that froze an epoch, where no row is about one."""
    if not state.frozen or any(map(_of_fork, rows)):
        return
    site, writer, epoch = where
    known = centre.store.answers(site=site, writer=writer, epoch=epoch, status="quarantined")
    yield from islice(_items([row for row in known if _of_fork(row)]), 1)


def _of_fork(row: AnswerRow) -> bool:
    return row.status == "quarantined" and row.code in FORKS


def _items(rows: Sequence[AnswerRow]) -> Iterator[Item]:
    for row in rows:
        if row.place <= MAX_FINDINGS:
            yield Item(row.seq, row.sha256, row.status, row.code)


def _counts(centre: Centre, writer: WriterRow) -> Mapping[str, Mapping[str, int]] | None:
    """What the centre has of a writer; nothing is said where it would not fit into a receipt."""
    counts = centre.store.versions(writer.site, writer.writer)
    told: Json = {code: dict(forms) for code, forms in counts.items()}
    return counts if len(canonical(told)) <= _MOST_COUNTS else None


def _put(centre: Centre, writer: WriterRow, place: Folder | Outlet, new: Sequence[int]) -> None:
    receipts = centre.store.receipts(writer.site, writer.writer)
    again = _AGAIN if isinstance(place, Outlet) else 1
    for receipt in receipts:
        if receipt.rno in new or receipt in receipts[-again:]:
            data = centre.store.receipt_bytes(writer.site, writer.writer, receipt.rno)
            place.put_if_absent(receipt.name, data)
