"""A patient moved to another computer, of this site or of another one: handed over here, taken over there.

The file is sealed to the card of the receiving computer, whose fingerprint people compare, and signed by this one. It
holds everything of the patient, who the patient is included, and goes from hand to hand, never by way of the centre,
which learns of the move from the next bundles of both sides.

Rules kept here:
- Before anything is handed over all data are checked, and what is signed is sealed for the centre.
- From then on the patient is only read here. Whoever hands over may take the patient back while the file was not used;
  if it was, the centre sees that both go on and tells it.
- Taking over shows first what comes. What does not hold (versions, signatures, another patient, a file used before; see
  also `takeover`) is refused, and nothing is written.
- The code stays, also at another site.
- What the centre asked is not taken from another computer: its next file of questions, to whoever keeps the patient
  now, has all of it, with what was said to it.
"""

from __future__ import annotations

import errno
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anifro_desktop import __version__
from anifro_desktop.files import cannot_write, write_atomic
from anifro_desktop.identity import Identity
from anifro_desktop.record import Json, Revision
from anifro_desktop.study.visit_keys import is_event, is_visit
from anifro_desktop.sync.bundle import VerifyKey, file_hash
from anifro_desktop.sync.folder import Folder
from anifro_desktop.sync.header import NO_PREVIOUS, Header
from anifro_desktop.sync.keyset import Card, make_card, read_card
from anifro_desktop.sync.names import bundle_name
from anifro_desktop.sync.transfer import (
    GIVEN_UP,
    HANDED,
    TAKEN,
    TAKEN_BACK,
    Parcel,
    open_parcel,
    seal_parcel,
)
from anifro_desktop.workflows import checking, sending, takeover
from anifro_desktop.workflows.custody import MOVED
from anifro_desktop.workflows.errors import NotYourRole
from anifro_desktop.workflows.exchange_errors import HandoverRefused, SendingLocked
from anifro_desktop.workflows.model import Double
from anifro_desktop.workflows.outputs import check_folder
from anifro_desktop.workflows.patients import doubles
from anifro_desktop.workflows.visits import confirm
from anifro_desktop.workflows.withdrawing import JOINED, status_of

if TYPE_CHECKING:
    from anifro_desktop.store.transfers import HandoverRow
    from anifro_desktop.sync.bundle import Opened
    from anifro_desktop.workflows.site import Site

_ACTS = {TAKEN_BACK: "taken_back", HANDED: "handed_again", GIVEN_UP: "given_up"}
_IDENTITY = ("surname", "name", "birth_date", "tax_code", "hospital_number", "phone", "email")


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A hand-over that was made. name, card: of the two files to bring there; fingerprint: of this computer's card, to
    be read out to whoever takes over. site, writer: of the receiving computer."""

    subject: str
    name: str
    card: str
    fingerprint: str
    site: str
    writer: str


@dataclass(frozen=True, slots=True)
class Coming:
    """What a file would bring. person: name, as it is shown here only. visits, events: of each the key and its state.
    back: whether the patient was handed over from here. alike: people here who may be the same."""

    handover: str
    subject: str
    person: str
    site: str
    writer: str
    visits: tuple[tuple[str, str], ...]
    events: tuple[tuple[str, str], ...]
    versions: int
    signatures: int
    drafts: int
    back: bool
    alike: tuple[Double, ...] = ()


def hand_over(
    site: Site, subject: str, card_bytes: bytes, fingerprint: str, folder: Path, passphrase: str
) -> HandedOver:
    """Seal a patient to the computer of a card and put the file, with this computer's card, into a folder.

    Raises:
        NotYourRole, KeyFileDamaged, WrongFingerprint, HandoverRefused, NotFound, WrongPassphrase, SendingLocked,
        DataAltered, OutputRefused: nothing was handed over. FolderGone: neither.
        CannotWrite, DiskFull: handed over and kept, but not in the folder; see `write_again`.
    """
    _check_role(site, "hand a patient over")
    card = read_card(card_bytes, fingerprint)
    _check_receiver(site, subject, card)
    check_folder(folder)
    if not folder.is_dir():
        raise cannot_write(folder, FileNotFoundError(errno.ENOENT, "no such folder"))
    if site.clinical.sending_locked():
        raise SendingLocked
    confirm(site, passphrase)
    checking.before_export(site)
    # By itself: what the trail tells of it goes along. Should the rest fail, it goes with the next sending.
    with site.clinical.transaction():
        sending.seal_ready(site)
    with site.clinical.transaction():
        row = _seal(site, subject, card)
        site.clinical.set_away(subject, MOVED, "handed_over")
        site.clinical.log("patient_handed_over", subject, {"computer": f"{card.site}/{card.writer[:8]}"})
    return _write(site, row, folder)


def write_again(site: Site, subject: str, folder: Path) -> HandedOver:
    """Put the file of a patient who was handed over into a folder once more, byte for byte.

    Raises:
        NotYourRole, OutputRefused, HandoverRefused, CannotWrite, DiskFull, FolderGone.
    """
    _check_role(site, "hand a patient over")
    row = _last(site, subject, HANDED)
    check_folder(folder)
    if not folder.is_dir():
        raise cannot_write(folder, FileNotFoundError(errno.ENOENT, "no such folder"))
    return _write(site, row, folder)


def take_back(site: Site, subject: str, reason: str, passphrase: str) -> None:
    """Go on with a patient here after all, because the file was lost or never used. reason: stays in the trail.

    Raises:
        NotYourRole, HandoverRefused, WrongPassphrase: nothing was changed.
    """
    _turn(site, subject, HANDED, TAKEN_BACK, reason, passphrase)


def confirm_handed(site: Site, subject: str, reason: str, passphrase: str) -> None:
    """Let a patient go who was taken back although the file had been used: the other computer goes on.

    Raises:
        NotYourRole, HandoverRefused, WrongPassphrase: nothing was changed.
    """
    _turn(site, subject, TAKEN_BACK, HANDED, reason, passphrase)


def give_up(site: Site, subject: str, reason: str, passphrase: str) -> None:
    """Let a patient go who was taken over here, because the old computer goes on. What was entered here stays, to be
    read only.

    Raises:
        NotYourRole, HandoverRefused, WrongPassphrase: nothing was changed.
    """
    _turn(site, subject, TAKEN, GIVEN_UP, reason, passphrase)


def look(site: Site, data: bytes, card_bytes: bytes, fingerprint: str) -> Coming:
    """What a file would bring; nothing is written.

    Raises:
        NotYourRole, KeyFileDamaged, WrongFingerprint, BundleRefused, HandoverRefused: it is not taken. CannotSave,
        NotExportable, NotPseudonymised: it could not be tried out; see `takeover.try_out`.
    """
    parcel, _ = _opened(site, data, card_bytes, fingerprint)
    return _coming(site, parcel, read_card(card_bytes))


def take(site: Site, data: bytes, card_bytes: bytes, fingerprint: str, passphrase: str) -> Coming:
    """Take a patient over, as `look` says.

    Raises:
        NotYourRole, KeyFileDamaged, WrongFingerprint, BundleRefused, HandoverRefused, WrongPassphrase, CannotSave,
        NotExportable, NotPseudonymised: nothing was written of the patient's record.
    """
    parcel, opened = _opened(site, data, card_bytes, fingerprint)
    coming = _coming(site, parcel, read_card(card_bytes))
    confirm(site, passphrase)
    _keep_identity(site, parcel)
    with site.clinical.transaction():
        takeover.write(site, parcel, opened)
        site.clinical.log(
            "patient_taken_over", parcel.subject, {"computer": f"{coming.site}/{coming.writer[:8]}"}
        )
    return coming


def standing(site: Site, subject: str) -> tuple[str, str]:
    """What was said last of a hand-over of a patient (`handed`, `taken_back`, `taken` or `given_up`), and with which
    computer; nothing where there was none."""
    rows = site.clinical.handovers(subject)
    return (rows[-1].act, f"{rows[-1].site}/{rows[-1].writer[:8]}") if rows else ("", "")


def card_beside(file: Path) -> Path:
    """The card that was put beside a file: the names of both say whose they are."""
    parts = file.name.split("-")
    return file.parent / (f"card-{parts[1]}-{parts[2]}.anfk" if len(parts) > 3 else "card.anfk")


def card_of(site: Site) -> bytes:
    """This computer's card, as a file."""
    from anifro_desktop.crypto import hybrid

    own = site.clinical.site_keys()
    return make_card(
        study=site.keyset().study,
        site=site.code,
        writer=site.keys.writer,
        sign_seed=own.signing_seed,
        seal_public=hybrid.public_bytes(own.receiving_seed),
    )


def _check_role(site: Site, act: str) -> None:
    from anifro_desktop.store.made import MOVING

    if not site.may(*MOVING) or site.identities is None:
        raise NotYourRole(act, "investigator or site administrator")


def _check_receiver(site: Site, subject: str, card: Card) -> None:
    row = site.clinical.subject(subject)
    if card.study != site.keyset().study:
        raise HandoverRefused("other_study")
    if (card.site, card.writer) == (site.code, site.keys.writer):
        raise HandoverRefused("own_card")
    if row.status == MOVED:
        raise HandoverRefused("away")
    if row.status == JOINED:
        raise HandoverRefused("joined")


def _seal(site: Site, subject: str, card: Card) -> HandoverRow:
    """Note a hand-over with its sealed file."""
    from anifro_desktop.store.transfers import OUT, HandoverRow

    made = [row for row in site.clinical.handovers() if row.side == OUT]
    number = 1 + len(made)
    header = Header(
        study=site.keyset().study,
        site=site.code,
        writer=site.keys.writer,
        epoch=1,
        seq=number,
        prev=max(made, key=lambda row: row.number).sha256 if made else NO_PREVIOUS,
        type="handover",
        created=site.clock.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    parcel = _parcel(site, subject, card)
    data = seal_parcel(header, parcel, site.clinical.site_keys().signing_seed, card.seal)
    with site.clinical.transaction() as tx:
        said: list[Json] = [HANDED, site.keys.user.code, tx.stamp.utc]
        row = HandoverRow(
            id=parcel.id,
            subject=subject,
            side=OUT,
            number=number,
            site=card.site,
            writer=card.writer,
            sha256=file_hash(data),
            held=parcel.held,
            name=bundle_name(header, file_hash(data)),
            made=tx.stamp.utc,
            acts=[said],
        )
        site.clinical.add_handover(row, data=data)
    return row


def _parcel(site: Site, subject: str, card: Card) -> Parcel:
    from anifro_desktop.store.made import read_packed
    from anifro_desktop.store.transfers import people_of
    from anifro_desktop.workflows.audit.finding import people

    rows: dict[str, list[dict[str, Json]]] = dict(site.clinical.rows_of(subject))
    identity = site.names.get(subject)
    if identity is not None:
        rows["identity"] = [{name: _text(getattr(identity, name)) for name in _IDENTITY}]
    rows["mark"] = [{"row": asdict(one)} for one in site.clinical.marks(subject)]
    signers: dict[str, Any] = {}
    came = [row for row in site.clinical.handovers(subject) if row.side == "in"]
    for row in came:
        signers |= row.signers
    signers[site.keys.writer] = people_of(site.clinical, people(site))
    rows["signer"] = [
        {"origin": origin, "code": code, **facts}
        for origin, known in signers.items()
        for code, facts in known.items()
    ]
    here = [row for row in came if row.act == TAKEN]
    before = read_packed(site.clinical.taken_trail(subject))
    return Parcel(
        id=str(uuid.uuid4()),
        subject=subject,
        held=here[-1].id if here else "",
        site=card.site,
        writer=card.writer,
        practice=site.practice,
        app=__version__,
        rows=rows,
        trail=(*before, *site.clinical.trail_of(subject)),
    )


def _write(site: Site, row: HandoverRow, folder: Path) -> HandedOver:
    card = card_of(site)
    name = f"card-{site.code}-{site.keys.writer[:8]}.anfk"
    Folder(folder).put_if_absent(row.name, site.clinical.handover_bytes(row.id))
    write_atomic(folder / name, card)
    return HandedOver(row.subject, row.name, name, read_card(card).fingerprint, row.site, row.writer)


def _last(site: Site, subject: str, act: str) -> HandoverRow:
    """The last hand-over of a patient, if that act was the last said of it."""
    rows = site.clinical.handovers(subject)
    if not rows or rows[-1].act != act:
        raise HandoverRefused("nothing" if act != TAKEN else "not_taken")
    return rows[-1]


def _turn(site: Site, subject: str, before: str, now: str, reason: str, passphrase: str) -> None:
    """Say something else of the last hand-over of a patient."""
    _check_role(site, "change who goes on with a patient")
    if not reason.strip():
        raise HandoverRefused("no_reason")
    row = _last(site, subject, before)
    confirm(site, passphrase)
    with site.clinical.transaction():
        site.clinical.say(row.id, now, reason.strip())
        status = _status(site, subject) if now == TAKEN_BACK else MOVED
        site.clinical.set_away(subject, status, now)
        site.clinical.log(f"patient_{_ACTS[now]}", subject, None, reason.strip())


def _status(site: Site, subject: str) -> str:
    forms = site.clinical.revisions(subject, "", "enrolment")
    return status_of(site, subject, forms[0].values.get("screening_outcome") if forms else None)


def _opened(site: Site, data: bytes, card_bytes: bytes, fingerprint: str) -> tuple[Parcel, Opened]:
    """A file that this computer may take, opened and checked."""
    _check_role(site, "take a patient over")
    card = read_card(card_bytes, fingerprint)
    if card.study != site.keyset().study:
        raise HandoverRefused("other_study")

    def key_for(header: Header) -> VerifyKey | None:
        known = (header.study, header.site, header.writer) == (card.study, card.site, card.writer)
        return card.verify_key if known else None

    parcel, opened = open_parcel(data, key_for=key_for, seed_for=lambda wanted: _seed(site, wanted))
    _check_parcel(site, parcel)
    takeover.try_out(site, parcel, opened)
    return parcel, opened


def _check_parcel(site: Site, parcel: Parcel) -> None:
    from anifro_desktop.store.transfers import unsound

    if (parcel.site, parcel.writer) != (site.code, site.keys.writer):
        raise HandoverRefused("other_receiver")
    if parcel.practice != site.practice:
        raise HandoverRefused("practice")
    if any(row.id == parcel.id for row in site.clinical.handovers()):
        raise HandoverRefused("used")
    known = {row.code: row.status for row in site.clinical.subjects()}
    if known.get(parcel.subject, MOVED) != MOVED:
        raise HandoverRefused("here")
    packs = {str(one["pack"]) for one in parcel.rows.get("visit", ()) if one["pack"]}
    packs |= {_revision(one).definition for one in parcel.rows.get("revision", ())}
    if any(site.library.by_digest(pack) is None for pack in packs):
        raise HandoverRefused("unknown_pack")
    people = takeover.signers_of(parcel.rows.get("signer", ()))
    if unsound(parcel.rows, people, parcel.trail) or _takes_others(site, parcel):
        raise HandoverRefused("unsound")
    if not all(takeover.is_asked(site, one) for one in parcel.rows.get("visit", ())):
        raise HandoverRefused("unsound")
    if parcel.subject in known and not _follows(site, parcel):
        raise HandoverRefused("differs")


def _takes_others(site: Site, parcel: Parcel) -> bool:
    """Whether a file calls a visit its own that is another patient's here."""
    others = {row.id for row in site.clinical.entries(voided=True) if row.subject != parcel.subject}
    return bool(others & {str(one["id"]) for one in parcel.rows.get("visit", ())})


def _follows(site: Site, parcel: Parcel) -> bool:
    """Whether everything that is here of a patient who comes back comes back too."""
    coming = {(one.id, one.ver): one.digest() for one in map(_revision, parcel.rows.get("revision", ()))}
    own = site.clinical.revisions(parcel.subject, latest=False)
    return all(coming.get((one.id, one.ver)) == one.digest() for one in own)


def _coming(site: Site, parcel: Parcel, card: Card) -> Coming:
    rows = parcel.rows
    identity = _identity(rows.get("identity", ()))
    entries = [
        (str(one["key"]), str(one["state"])) for one in rows.get("visit", ()) if one["state"] != "void"
    ]
    return Coming(
        handover=parcel.id,
        subject=parcel.subject,
        person=identity.full_name if identity else "",
        site=card.site,
        writer=card.writer,
        visits=tuple(sorted(one for one in entries if is_visit(one[0]))),
        events=tuple(sorted(one for one in entries if is_event(one[0]))),
        versions=len(rows.get("revision", ())),
        signatures=len(rows.get("signature", ())),
        drafts=sum(state in ("draft", "amending") for _, state in entries),
        back=any(row.code == parcel.subject for row in site.clinical.subjects()),
        alike=tuple(doubles(site, parcel.subject, identity)) if identity else (),
    )


def _keep_identity(site: Site, parcel: Parcel) -> None:
    """Keep who the patient is first: without the record it says nothing, and it is written again with the next try."""
    identity = _identity(parcel.rows.get("identity", ()))
    if identity is not None and site.identities is not None:
        site.identities.save(parcel.subject, identity, "taken_over")
        site.names[parcel.subject] = identity


def _seed(site: Site, wanted: str) -> bytes | None:
    return site.clinical.opening_seed(wanted)


def _revision(row: Mapping[str, Json]) -> Revision:
    body = row["body"]
    return Revision.from_json(body if isinstance(body, dict) else {})


def _text(value: str | date | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""


def _identity(rows: Iterable[Mapping[str, Json]]) -> Identity | None:
    row = next(iter(rows), None)
    if row is None:
        return None
    facts: dict[str, Any] = {name: str(row[name]) for name in _IDENTITY}
    born = facts["birth_date"]
    return Identity(**(facts | {"birth_date": date.fromisoformat(born) if born else None}))
