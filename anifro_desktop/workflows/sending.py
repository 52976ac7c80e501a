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
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from anifro_desktop import __version__
from anifro_desktop.errors import Refusal
from anifro_desktop.files import CannotRead, NotRegular, TooLarge, cannot_write, read_regular
from anifro_desktop.forms.pseudonym import pseudonymise
from anifro_desktop.record import Json, Revision, canonical
from anifro_desktop.study.schedule import PLANNED, day_zero, due_through, in_days, study_day, window
from anifro_desktop.study.visit_keys import key_before
from anifro_desktop.sync import announcing
from anifro_desktop.sync.bundle import MAX_FILE, VerifyKey, file_hash, kid, peek_header, seal_bundle
from anifro_desktop.sync.chain import LocalChain, ReceiptVerdict, judge_receipt
from anifro_desktop.sync.errors import BundleRefused, DamagedCopy, KeyFileRefused
from anifro_desktop.sync.folder import Folder, Transport
from anifro_desktop.sync.header import NO_PREVIOUS, Header
from anifro_desktop.sync.names import bundle_name, is_bundle_name, parse_name
from anifro_desktop.sync.query import ACT_FORM
from anifro_desktop.sync.receipt import Receipt, open_receipt
from anifro_desktop.sync.records import AuditHead, Part, Record, data_lines, split
from anifro_desktop.sync.sourcemarks import MARK_FORM
from anifro_desktop.sync.transfer import FORM as HANDOVER_FORM
from anifro_desktop.workflows import (
    centre_keys,
    checking,
    custody,
    held_texts,
    new_forms,
    own_keys,
    queries,
    rarity,
    source_marks,
)
from anifro_desktop.workflows.delivering import Watch, Way, deliver, to_folder
from anifro_desktop.workflows.errors import (
    FormsRefused,
    NoReceiptHere,
    NotForThisSite,
    NothingToSend,
    NotLocked,
    NotYourRole,
    SendingLocked,
    UnknownCentreKeys,
    WriterRevoked,
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
LOCKED, REVOKED = "sending_locked", "revoked"  # the setting that says why, and one of its reasons
SENDING = ("investigator", "site_admin")
BESIDE = (ACT_FORM, MARK_FORM, HANDOVER_FORM)  # what is said beside the forms
_NOT_OURS = "wrong_recipient"
_UNREADABLE = (UnknownCentreKeys.code, _NOT_OURS)  # keys that are missing, here or there
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
        answers=len(queries.outgoing(site)),
        marks=len(source_marks.outgoing(site)),
        moves=len({one.revision.subject for part in custody.outgoing(site) for one in part}),
        keys=own_keys.to_announce(site) is not None,
    )


def export(site: Site, to: Path | Way, watch: Watch | None = None) -> SentBundle:
    """Seal what is signed and new, and put it and whatever never arrived anywhere there; the last of them.

    Args:
        to: a folder, or another way. watch: who wants to know how far it is, and may stop it.

    Raises:
        NotYourRole. OutputRefused: a folder of the data themselves. NothingToSend: nothing is new and nothing waits.
        SendingLocked: the centre knows more than this
        computer. DataAltered: something is not what was entered here; nothing was sealed.
        CannotWrite, DiskFull, FolderGone, NotCarried: the bundle is sealed and kept, but not there; send it again.
        Stopped: somebody did; before anything was copied nothing was sealed either.
    """
    _check_sending(site)
    way, watch = _way(to), watch or Watch()
    waiting = prepare(site, watch)
    deliver(site, waiting, way, watch)
    return bundle_named(site, waiting[-1].name)


def prepare(site: Site, watch: Watch | None = None) -> list[BundleRow]:
    """Seal what is signed and new; it and whatever never arrived anywhere, in order, to be carried.

    Raises:
        As `export`, but for what happens on the way.
    """
    _check_sending(site)
    watch = watch or Watch()
    something = _ready(site)[0] or _schedules(site) or _said(site) or any(custody.outgoing(site))
    if not (something or _waiting(site) or own_keys.to_announce(site)):
        raise NothingToSend
    watch.step("checking")
    checking.before_export(site)
    _tell(site)
    seal_ready(site, watch)
    return _waiting(site)


def _tell(site: Site) -> None:
    """Note in the trail what a look at what leaves found: texts held back, and patients who could be recognised."""
    found = rarity.rarity(site)
    detail: Json = {
        "texts_held": len(held_texts.held(site)),
        "patients": found.patients,
        "few_alike": found.few,
        "standing_out": len(found.standing),
    }
    site.clinical.log("looked_over", detail=detail)


def bundle_named(site: Site, name: str) -> SentBundle:
    """A bundle of this site, as it stands."""
    return next(item for item in _sent(site) if item.name == name)


def _check_sending(site: Site) -> None:
    _check_role(site, "send")
    if site.clinical.setting(LOCKED) == REVOKED:
        raise WriterRevoked
    if site.clinical.sending_locked():
        raise SendingLocked


def _way(to: Path | Way) -> Way:
    """Where to; a stick that is not there is said before anything is sealed."""
    if isinstance(to, Way):
        return to
    check_folder(to)
    if not to.is_dir():
        raise cannot_write(to, FileNotFoundError(errno.ENOENT, "no such folder"))
    return to_folder(to)


def _waiting(site: Site) -> list[BundleRow]:
    """Sealed and never put into a folder; what was left in an epoch before went again with the first bundle of this."""
    epoch = site.clinical.next_position().epoch
    return [row for row in site.clinical.bundles() if row.state == "sealed" and row.epoch == epoch]


def resend(site: Site, seq: int, to: Path | Way, watch: Watch | None = None) -> SentBundle:
    """Put a bundle of this epoch somewhere again, byte for byte.

    Raises:
        NotYourRole. NotFound: no such bundle. OutputRefused, CannotWrite, DiskFull, FolderGone, NotCarried, Stopped: as
        for `export`.
    """
    _check_role(site, "send")
    epoch = site.clinical.next_position().epoch
    site.clinical.bundle_bytes(epoch, seq)
    row = next(item for item in site.clinical.bundles() if (item.epoch, item.seq) == (epoch, seq))
    deliver(site, [row], _way(to), watch or Watch())
    return next(item for item in _sent(site) if item.name == row.name)


def start_anew(site: Site, reason: str) -> int:
    """After the centre was told that this computer's data were put back: begin the next epoch, whose first bundle
    carries everything; its number.

    Raises:
        NotYourRole. NotLocked: sending is not locked, so there is nothing to begin anew.
    """
    _check_role(site, "begin sending anew")
    if site.clinical.setting(LOCKED) == REVOKED:
        raise WriterRevoked
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
    _check_role(site, "read receipts")
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
        heard = _heard(self.site)
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
    mine = (parts.site, parts.writer8) == (site.code, _writer(site)[:8])
    return mine and parts.kind in ("receipt", "query", "pack", "keyset")


def known_answers(site: Site) -> frozenset[str]:
    """The beginnings of the hashes of the centre's files that were read here, as their names have them."""
    return frozenset(row.sha256[:16] for row in site.clinical.receipts()) | site.clinical.answers_read()


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
    counts, gone = site.clinical.draft_counts(), custody.away(site)
    for visit in site.clinical.entries():
        if visit.subject in gone:
            continue
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


def seal_ready(site: Site, watch: Watch | None = None) -> None:
    """Seal bundles until nothing signed is left out, all in one transaction.

    Raises:
        Stopped: whoever watches wished so; nothing was sealed.
    """
    watch = watch or Watch()
    with site.clinical.transaction():
        written = [site.clinical.append_revision(revision) for revision in _schedules(site)]
        # Nobody types a schedule: it is signed as computed, by whoever sends it.
        site.clinical.sign([revision.id for revision in written], COMPUTED)
        enrolled = {row.code: row.enrolled for row in site.clinical.subjects() if row.enrolled is not None}
        ready, _ = _ready(site)
        outgoing = []
        for number, item in enumerate(ready):
            watch.step("sealing", number, len(ready))
            outgoing.append(pseudonymise(item, pack_of(site, item.definition), enrolled[item.subject]))
        records = [Record(item, "del" if item.void else "put") for item in outgoing]
        first, last = custody.outgoing(site)
        parts = list(split([*first, *records, *_said(site), *last]))
        if not parts and own_keys.to_announce(site) is not None:
            parts = [Part()]  # a bundle that says nothing else
        for part in parts:
            _seal(site, part)
        watch.step("sealing", len(ready), len(ready))


def _said(site: Site) -> list[Record]:
    """Answers to the centre's questions, and marks of source verification, that are not sealed yet."""
    return [*queries.outgoing(site), *source_marks.outgoing(site)]


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
    card = own_keys.to_announce(site)
    header = Header(
        study=keyset.study,
        site=site.code,
        writer=_writer(site),
        epoch=position.epoch,
        seq=position.seq,
        prev=position.prev,
        type="data",
        created=_utc(site.clock.now()),
        crit=announcing.crit(card),
    )
    head = site.clinical.audit_head()
    lines = data_lines(
        header,
        records,
        audit=AuditHead(head.seq, head.hash),
        app=__version__,
        also=custody.taken_over(site),
        told=announcing.told(card, _heard(site)),
    )
    data = seal_bundle(header, lines, site.clinical.site_keys().signing_seed, keyset.seal)
    reached: dict[str, int] = {}
    for record in records:
        reached[record.revision.id] = max(record.revision.ver, reached.get(record.revision.id, 0))
    name = bundle_name(header, file_hash(data))
    site.clinical.add_bundle(position, name, data, reached, _contents(records))
    if card is not None:
        site.clinical.keys_announced(position.epoch, position.seq)


def _heard(site: Site) -> int:
    """The number of the newest receipt that was read here."""
    return max((row.rno for row in site.clinical.receipts()), default=0)


def _contents(records: Iterable[Record]) -> dict[str, dict[str, int]]:
    """How many versions of each form of each subject some records are; what is said besides is not counted."""
    counted = Counter(
        (one.revision.subject, one.revision.form) for one in records if one.revision.form not in BESIDE
    )
    found: dict[str, dict[str, int]] = {}
    for (subject, form), count in sorted(counted.items()):
        found.setdefault(subject, {})[form] = count
    return found


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


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
    if (header.site, header.writer) != (site.code, _writer(site)):
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


def _sent(site: Site) -> list[SentBundle]:
    said: dict[tuple[int, int], tuple[str, str, str]] = {}
    for row in site.clinical.receipts():
        items = row.body.get("items")
        for item in items if isinstance(items, list) else []:
            match item:
                case [int(seq), str(), str(status), str(code)]:
                    known = said.get((row.epoch, seq))
                    if known is None or known[0] != status or code:  # that it is there still says nothing new
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
