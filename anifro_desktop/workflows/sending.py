"""Sending to the centre what is signed and new.

Rules kept here:
- Only signed forms leave, pseudonymised by the definitions' allow-list; this module never sees an identity. The one
  exception is a completed serious adverse event, which leaves with the next bundle, and again when it is signed.
- Of what was declared a mistake only that leaves, without a value, whatever of it was not sent before.
- What was picked, the sealed bytes and how far each record went are one transaction. Sealed bytes are kept, and
  sending again sends the same bytes.
- Everything is checked before anything is sealed: altered data do not leave (see `checking`).
- The truth about what arrived is the centre's receipt (see `receiving`), never the success of a copy.
"""

from __future__ import annotations

import errno
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from anifro_desktop import __version__
from anifro_desktop.files import cannot_write
from anifro_desktop.forms.pseudonym import pseudonymise
from anifro_desktop.record import Json, Revision
from anifro_desktop.study.visit_keys import key_before
from anifro_desktop.sync import announcing
from anifro_desktop.sync.bundle import file_hash, seal_bundle
from anifro_desktop.sync.header import Header
from anifro_desktop.sync.names import bundle_name
from anifro_desktop.sync.query import ACT_FORM
from anifro_desktop.sync.records import AuditHead, Part, Record, data_lines, split
from anifro_desktop.sync.sourcemarks import MARK_FORM
from anifro_desktop.sync.transfer import FORM as HANDOVER_FORM
from anifro_desktop.workflows import (
    checking,
    custody,
    held_texts,
    own_keys,
    queries,
    rarity,
    source_marks,
)
from anifro_desktop.workflows.delivering import Watch, Way, deliver, to_folder
from anifro_desktop.workflows.errors import NotYourRole
from anifro_desktop.workflows.exchange_errors import NothingToSend, NotLocked, SendingLocked, WriterRevoked
from anifro_desktop.workflows.model import HeldBack, Leaving, Preview, SentBundle
from anifro_desktop.workflows.outputs import check_folder
from anifro_desktop.workflows.packs import pack_of
from anifro_desktop.workflows.safety import is_serious
from anifro_desktop.workflows.schedules import schedules_changed
from anifro_desktop.workflows.synclog import told_of

if TYPE_CHECKING:
    from anifro_desktop.store.outbox import BundleRow
    from anifro_desktop.workflows.site import Site

COMPUTED = "computed"
LOCKED, REVOKED = "sending_locked", "revoked"  # the setting that says why, and one of its reasons
SENDING = ("investigator", "site_admin")
BESIDE = (ACT_FORM, MARK_FORM, HANDOVER_FORM)  # what is said beside the forms


def preview(site: Site) -> Preview:
    """What the next bundle would hold, and what stays here and why."""
    ready, staying = _ready(site)
    leaving: dict[str, list[Revision]] = {}
    for revision in (*ready, *schedules_changed(site)):
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
    something = _ready(site)[0] or schedules_changed(site) or _said(site) or any(custody.outgoing(site))
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
    check_role(site, "send")
    if refusal := stopped(site):
        raise refusal


def stopped(site: Site) -> WriterRevoked | SendingLocked | None:
    """Why nothing can be sealed and sent from here, if so."""
    if site.clinical.setting(LOCKED) == REVOKED:
        return WriterRevoked()
    return SendingLocked() if site.clinical.sending_locked() else None


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
    check_role(site, "send")
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
    check_role(site, "begin sending anew")
    if site.clinical.setting(LOCKED) == REVOKED:
        raise WriterRevoked
    if not site.clinical.sending_locked():
        raise NotLocked
    with site.clinical.transaction():
        checking.seen(site)
        return site.clinical.start_epoch(reason)


def check_role(site: Site, act: str) -> None:
    """Refuse with NotYourRole whoever may not exchange files with the centre; `act` is what was asked for."""
    if not site.may(*SENDING):
        raise NotYourRole(act, "investigator or site administrator")


def sent(site: Site) -> list[SentBundle]:
    """Every bundle of this site, oldest first, with what the centre said of it."""
    return _sent(site)


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
        written = [site.clinical.append_revision(revision) for revision in schedules_changed(site)]
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
        writer=site.keys.writer,
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
        told=announcing.told(card, last_heard(site)),
    )
    data = seal_bundle(header, lines, site.clinical.site_keys().signing_seed, keyset.seal)
    reached: dict[str, int] = {}
    for record in records:
        reached[record.revision.id] = max(record.revision.ver, reached.get(record.revision.id, 0))
    name = bundle_name(header, file_hash(data))
    site.clinical.add_bundle(position, name, data, reached, _contents(records))
    if card is not None:
        site.clinical.keys_announced(position.epoch, position.seq)


def last_heard(site: Site) -> int:
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


def _sent(site: Site) -> list[SentBundle]:
    said: dict[tuple[int, int], tuple[str, str, str]] = {}
    bundles = site.clinical.bundles()
    for row in site.clinical.receipts():
        for seq, status, code in told_of(row, bundles):
            known = said.get((row.epoch, seq))
            if known is None or known[0] != status or code:  # that it is there still says nothing new
                said[row.epoch, seq] = (status, code, row.received)
    return [_bundle(row, said.get((row.epoch, row.seq))) for row in bundles]


def _bundle(row: BundleRow, said: tuple[str, str, str] | None) -> SentBundle:
    state = {"sealed": "sealed", "delivered": "sent", "acknowledged": "merged"}[row.state]
    note, receipt = "", None
    if said is not None:
        status, note, received = said
        receipt = datetime.fromisoformat(received)
        state = {"held": "received", "quarantined": "refused", "refused": "refused"}.get(status, state)
    made = datetime.fromisoformat(row.made)
    return SentBundle(row.seq, row.name, made, row.records, row.size, state, "", receipt, note)
