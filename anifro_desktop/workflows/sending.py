"""Sending to the centre and reading its answer.

Rules kept here:
- Only signed forms leave, pseudonymised by the definitions' allow-list; this module never sees an identity. The one
  exception is a completed serious adverse event, which leaves with the next bundle, and again when it is signed.
- Of what was declared a mistake only that leaves, without a value, whatever of it was not sent before.
- What was picked, the sealed bytes and how far each record went are one transaction. Sealed bytes are kept, and
  sending again sends the same bytes.
- Everything is checked before anything is sealed: altered data do not leave (see `checking`).
- The truth about what arrived is the centre's receipt, never the success of a copy.
- The site knows the calendar: it works out windows and what is due, and sends them as days since enrolment.
"""

from __future__ import annotations

import errno
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from anifro_desktop import __version__
from anifro_desktop.files import cannot_write, read_regular
from anifro_desktop.forms.pseudonym import pseudonymise
from anifro_desktop.record import Json, Revision, canonical
from anifro_desktop.study.schedule import PLANNED, day_zero, due_through, in_days, study_day, window
from anifro_desktop.study.visit_keys import key_before
from anifro_desktop.sync.bundle import MAX_FILE, VerifyKey, file_hash, kid, seal_bundle
from anifro_desktop.sync.chain import LocalChain, ReceiptVerdict, judge_receipt
from anifro_desktop.sync.folder import Folder
from anifro_desktop.sync.header import NO_PREVIOUS, Header
from anifro_desktop.sync.names import bundle_name, is_bundle_name, parse_name
from anifro_desktop.sync.receipt import Receipt, open_receipt
from anifro_desktop.sync.records import AuditHead, Record, data_lines, split
from anifro_desktop.workflows import checking
from anifro_desktop.workflows.errors import (
    NoReceiptHere,
    NotForThisSite,
    NothingToSend,
    NotLocked,
    NotYourRole,
    SendingLocked,
)
from anifro_desktop.workflows.model import HeldBack, Leaving, Preview, Received, SentBundle
from anifro_desktop.workflows.outputs import check_folder
from anifro_desktop.workflows.packs import pack_of
from anifro_desktop.workflows.safety import is_serious
from anifro_desktop.workflows.withdrawing import end_of

if TYPE_CHECKING:
    from anifro_desktop.store.outbox import BundleRow
    from anifro_desktop.store.subjects import SubjectRow
    from anifro_desktop.workflows.site import Site

COMPUTED = "computed"
SENDING = ("investigator", "site_admin")
_SHORT = {"baseline": "b"}
_SCHEDULED = ("enrolled", "withdrawn", "dead")


def preview(site: Site) -> Preview:
    """What the next bundle would hold, and what stays here and why."""
    ready, staying = _ready(site)
    leaving: dict[str, list[Revision]] = {}
    for revision in (*ready, *_schedules(site)):
        leaving.setdefault(revision.subject, []).append(revision)
    columns: dict[str, tuple[str, ...]] = {}
    for revision in (item for items in leaving.values() for item in items):
        form = pack_of(site, revision.definition).form(revision.form)
        named = (*columns.get(form.id, ()), *(field.id for field in form.fields if field.export))
        columns[form.id] = tuple(dict.fromkeys(named))
    position = site.clinical.next_position()
    return Preview(
        seq=position.seq,
        leaving=tuple(_leaving(site, subject, items) for subject, items in sorted(leaving.items())),
        held_back=(
            *_held_back(site, {(item.id, item.ver) for item in ready}),
            *(HeldBack(code, "", "not_enrolled", n) for code, n in staying.items()),
        ),
        columns=columns,
        centre_key=site.keyset().fingerprint,
        site_key=site.card().fingerprint,
    )


def export(site: Site, folder: Path) -> SentBundle:
    """Seal what is signed and new, and put it and whatever never reached a folder into this one; the last of them.

    Raises:
        NotYourRole. OutputRefused: a folder of the data themselves. NothingToSend: nothing is new and nothing waits.
        SendingLocked: the centre knows more than this
        computer. DataAltered: something is not what was entered here; nothing was sealed.
        CannotWrite, DiskFull, FolderGone: the bundle is sealed and kept, but not in the folder; send it again.
    """
    _check_role(site, "send")
    check_folder(folder)
    if site.clinical.sending_locked():
        raise SendingLocked
    if not folder.is_dir():  # before anything is sealed: a stick that is not there changes nothing
        raise cannot_write(folder, FileNotFoundError(errno.ENOENT, "no such folder"))
    if not (_ready(site)[0] or _schedules(site) or _waiting(site)):
        raise NothingToSend
    checking.before_export(site)
    _seal_new(site)
    waiting = _waiting(site)
    for row in waiting:
        _deliver(site, row, folder)
    return next(item for item in _sent(site) if item.name == waiting[-1].name)


def _waiting(site: Site) -> list[BundleRow]:
    """Sealed and never put into a folder; what was left in an epoch before went again with the first bundle of this."""
    epoch = site.clinical.next_position().epoch
    return [row for row in site.clinical.bundles() if row.state == "sealed" and row.epoch == epoch]


def resend(site: Site, seq: int, folder: Path) -> SentBundle:
    """Put a bundle of this epoch into a folder again, byte for byte.

    Raises:
        NotFound: no such bundle. NotYourRole, OutputRefused, CannotWrite, DiskFull, FolderGone: as for `export`.
    """
    _check_role(site, "send")
    check_folder(folder)
    epoch = site.clinical.next_position().epoch
    site.clinical.bundle_bytes(epoch, seq)
    row = next(item for item in site.clinical.bundles() if (item.epoch, item.seq) == (epoch, seq))
    _deliver(site, row, folder)
    return next(item for item in _sent(site) if item.name == row.name)


def start_anew(site: Site, reason: str) -> int:
    """After the centre was told that this computer's data were put back: begin the next epoch, whose first bundle
    carries everything; its number.

    Raises:
        NotYourRole. NotLocked: sending is not locked, so there is nothing to begin anew.
    """
    _check_role(site, "begin sending anew")
    if not site.clinical.sending_locked():
        raise NotLocked
    with site.clinical.transaction():
        checking.seen(site)
        return site.clinical.start_epoch(reason)


def _check_role(site: Site, act: str) -> None:
    if not site.may(*SENDING):
        raise NotYourRole(act, "investigator or site administrator")


def sent(site: Site) -> list[SentBundle]:
    """Every bundle of this site, oldest first, with what the centre said of it."""
    return _sent(site)


def receive(site: Site, path: Path) -> list[Received]:
    """Read the centre's receipts from a file, or every one for this computer from a folder.

    Raises:
        BundleRefused, DamagedCopy, CannotRead: a file that is no receipt or is damaged; nothing was changed.
        NotForThisSite, NoReceiptHere: nothing here is meant for this computer. NotYourRole.
    """
    _check_role(site, "read receipts")
    if not path.is_dir():
        return [_take(site, path.name, read_regular(path, MAX_FILE))]
    folder = Folder(path)
    mine = [name for name in folder.list() if _is_mine(site, name)]
    if not mine:
        raise NoReceiptHere
    return [
        _take(site, name, folder.get(name)) for name in sorted(mine, key=lambda name: parse_name(name).seq)
    ]


def _is_mine(site: Site, name: str) -> bool:
    if not is_bundle_name(name):
        return False
    parts = parse_name(name)
    return (parts.kind, parts.site, parts.writer8) == ("receipt", site.code, _writer(site)[:8])


def _writer(site: Site) -> str:
    return site.keys.writer


def _leaving(site: Site, subject: str, items: list[Revision]) -> Leaving:
    values = sum(1 for item in items for name in item.values if _leaves(site, item, name))
    last = {item.id: item for item in items}.values()
    return Leaving(
        subject,
        tuple((key_before(item.visit), item.form, item.ver) for item in items),
        values,
        unsigned=sum(is_serious(item) and not item.signature for item in last),
        voided=sum(item.void for item in last),
    )


def _leaves(site: Site, revision: Revision, field: str) -> bool:
    item = pack_of(site, revision.definition).fields.get(field)
    return item is not None and item.export


def _held_back(site: Site, leaving: set[tuple[str, int]]) -> Iterable[HeldBack]:
    """What is in draft or not signed; a version among those leaving is not held back."""
    counts = site.clinical.draft_counts()
    for visit in site.clinical.entries():
        if visit.state in ("draft", "amending") and visit.id in counts:
            fields = pack_of(site, visit.pack).fields
            typed = (entry.field for entry in site.clinical.draft(visit.id))
            forms = {fields[name].form for name in typed if name in fields}
            yield HeldBack(visit.subject, visit.key, "draft", len(forms))
        elif visit.state == "complete":
            last = site.clinical.revisions(visit.subject, visit.key)
            unsigned = [item for item in last if not item.signature and (item.id, item.ver) not in leaving]
            if unsigned:
                yield HeldBack(visit.subject, visit.key, "unsigned", len(unsigned))


def _seal_new(site: Site) -> None:
    """Seal bundles until nothing signed is left out; each is one transaction."""
    with site.clinical.transaction():
        written = [site.clinical.append_revision(revision) for revision in _schedules(site)]
        # Nobody types a schedule: it is signed as computed, by whoever sends it.
        site.clinical.sign([revision.id for revision in written], COMPUTED)
        enrolled = {row.code: row.enrolled for row in site.clinical.subjects() if row.enrolled is not None}
        ready, _ = _ready(site)
        outgoing = [
            pseudonymise(item, pack_of(site, item.definition), enrolled[item.subject]) for item in ready
        ]
        for part in split(Record(item, "del" if item.void else "put") for item in outgoing):
            _seal(site, part)


def _ready(site: Site) -> tuple[list[Revision], Counter[str]]:
    """What may leave and is not sealed yet; and how many forms of a subject stay, because a screening failure without
    an enrolment date has no day to count from."""
    dated = {row.code for row in site.clinical.subjects() if row.enrolled is not None}
    unsealed = site.clinical.unsealed(is_serious)
    voided = {item.id for item in unsealed if item.void}
    going = [item for item in unsealed if item.void or item.id not in voided]
    # Nothing of a subject without a day was ever sent: there is nothing to take back either.
    staying = Counter(item.subject for item in going if item.subject not in dated and not item.void)
    return [item for item in going if item.subject in dated], staying


def _seal(site: Site, records: list[Record]) -> None:
    keyset, position = site.keyset(), site.clinical.next_position()
    header = Header(
        study=keyset.study,
        site=site.code,
        writer=_writer(site),
        epoch=position.epoch,
        seq=position.seq,
        prev=position.prev,
        type="data",
        created=_utc(site.clock.now()),
    )
    head = site.clinical.audit_head()
    lines = data_lines(header, records, audit=AuditHead(head.seq, head.hash), app=__version__)
    data = seal_bundle(header, lines, site.clinical.site_keys().signing_seed, keyset.seal)
    reached: dict[str, int] = {}
    for record in records:
        reached[record.revision.id] = max(record.revision.ver, reached.get(record.revision.id, 0))
    site.clinical.add_bundle(position, bundle_name(header, file_hash(data)), data, reached)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _deliver(site: Site, row: BundleRow, folder: Path) -> None:
    Folder(folder).put_if_absent(row.name, site.clinical.bundle_bytes(row.epoch, row.seq))
    if row.state == "sealed":
        site.clinical.set_bundle_state(row.epoch, row.seq, "delivered")
    site.clinical.log("send", row.name)


def _schedules(site: Site) -> list[Revision]:
    """The schedule of each enrolled subject that differs from the one written last."""
    last = {item.subject: item for item in site.clinical.revisions(form="schedule")}
    changed = []
    for row in site.clinical.subjects():
        if row.status not in _SCHEDULED or row.enrolled is None or row.enrolled > site.today():
            continue
        revision = _schedule(site, row, row.enrolled)
        known = last.get(row.code)
        if known is None or canonical(known.values) != canonical(revision.values):
            changed.append(replace(revision, why="first" if known is None else "recalculated"))
    return changed


def _schedule(site: Site, row: SubjectRow, enrolled: date) -> Revision:
    day0 = day_zero(row.first_dose, enrolled)
    values: dict[str, Json] = {"day0_day": study_day(enrolled, day0)}
    end = end_of(site, row.code)
    last = due_through(day0, site.today() if end is None else min(end.on, site.today()))
    if last is not None:
        values["due_through"] = next(item.months for item in PLANNED if item.key == last)
    for planned in PLANNED:
        span, short = in_days(window(day0, planned.key), enrolled), _SHORT.get(planned.key, planned.key)
        if planned.key != "baseline":
            values[f"{short}_target"] = span.target
        values |= {f"{short}_opens": span.opens, f"{short}_closes": span.closes}
    return Revision(
        id=str(uuid.uuid5(uuid.NAMESPACE_OID, f"anifro/schedule/{row.code}")),
        subject=row.code,
        visit="",
        form="schedule",
        ver=1,
        prev="",
        values=values,
        definition=site.definitions.digest,
        who="",
        when="",
        day=None,
    )


def _take(site: Site, name: str, data: bytes) -> Received:
    keyset = site.keyset()
    receipt, opened = open_receipt(
        data,
        key_for=lambda header: _centre_key(site, keyset.verify_key, header),
        seed_for=lambda key: _seed(site, key),
    )
    verdict = judge_receipt(_local_chain(site), receipt, opened.sha256)
    with site.clinical.transaction():
        if verdict.action in ("apply", "rolled_back", "fork"):
            _keep(site, receipt, verdict, data)
    if verdict.action in ("rolled_back", "fork"):
        raise SendingLocked
    state = "receipt" if verdict.action == "apply" else "repeated"
    return Received(name, state, receipt.acked_to, receipt.missing, _differences(receipt))


def _centre_key(site: Site, key: VerifyKey, header: Header) -> VerifyKey:
    if (header.site, header.writer) != (site.code, _writer(site)):
        raise NotForThisSite
    return key


def _seed(site: Site, wanted: str) -> bytes | None:
    from anifro_desktop.crypto import hybrid

    seed = site.clinical.site_keys().receiving_seed
    return seed if kid(hybrid.public_bytes(seed)) == wanted else None


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
    }
    if receipt.rno not in {
        row.rno for row in site.clinical.receipts()
    }:  # a second one of a number is not kept
        site.clinical.add_receipt(receipt.rno, receipt.epoch, receipt.acked_to, body, data)
    if verdict.action != "apply":
        site.clinical.lock_sending(verdict.action)
        return
    known = {row.seq: row.state for row in site.clinical.bundles() if row.epoch == receipt.epoch}
    for seq in verdict.acked:
        if known.get(seq) != "acknowledged":
            site.clinical.set_bundle_state(receipt.epoch, seq, "acknowledged")
    for seq in verdict.resend:
        site.clinical.set_bundle_state(
            receipt.epoch, seq, "sealed"
        )  # so that the next sending takes it along


def _differences(receipt: Receipt) -> int:
    codes = Counter(item.code for item in receipt.items)
    return codes["score_differs"]


def _sent(site: Site) -> list[SentBundle]:
    said: dict[tuple[int, int], tuple[str, str, str]] = {}
    for row in site.clinical.receipts():
        items = row.body.get("items")
        for item in items if isinstance(items, list) else []:
            match item:
                case [int(seq), str(), str(status), str(code)]:
                    said[row.epoch, seq] = (status, code, row.received)
    return [_bundle(row, said.get((row.epoch, row.seq))) for row in site.clinical.bundles()]


def _bundle(row: BundleRow, said: tuple[str, str, str] | None) -> SentBundle:
    state = {"sealed": "sealed", "delivered": "sent", "acknowledged": "merged"}[row.state]
    note, receipt = "", None
    if said is not None:
        status, note, received = said
        receipt = datetime.fromisoformat(received)
        state = {"held": "received", "quarantined": "refused", "refused": "refused"}.get(status, state)
    made = datetime.fromisoformat(row.made)
    return SentBundle(row.seq, row.name, made, row.records, row.size, state, "", receipt, note)
