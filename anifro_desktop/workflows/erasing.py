"""Erasing what should never have been typed: an identity, or a name in a free text or in a reason for change, with all
it was in the trail.

Rules kept here:
- A site administrator does it, with a reason and the passphrase: the one role that neither enters nor signs, so that
  nobody erases the traces of his own work unless he is the administrator too, and then the trail says whose act it was.
- Only what stands there no longer is erased: a wrong answer is first mended as any other, with a new version that is
  signed anew. A whole identity may go as it stands, as somebody may have typed one where there is no patient at all.
- The words of a reason go wherever the same words are a reason, since they hold the same name there; the coded reason
  stays. Forms whose last version was given with them are written again without them and wait for a signature.
- The reason for an erasure stays, so it must not repeat what is to go (`repeated`).
- Both trails tell of it; neither holds the text, only its SHA-256.
- Backups still hold it: which ones is part of the answer. What was sent holds no free text and no identity.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anifro_desktop.record import STRUCK, Json
from anifro_desktop.workflows import screening
from anifro_desktop.workflows.audit import words
from anifro_desktop.workflows.desk import VOID
from anifro_desktop.workflows.errors import CannotErase, NotInTrail, NotYourRole
from anifro_desktop.workflows.repeated import repeats_identity, repeats_text
from anifro_desktop.workflows.signing import settled
from anifro_desktop.workflows.visits import confirm

if TYPE_CHECKING:
    from anifro_desktop.forms.model import Field
    from anifro_desktop.record import Revision
    from anifro_desktop.store.audit import Entry
    from anifro_desktop.store.erasing import Gone
    from anifro_desktop.store.subjects import VisitRow
    from anifro_desktop.workflows.site import Site

ERASERS = ("site_admin",)


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was erased. entries: of the audit trail; versions: completed versions of a form; present: whether what stood
    there went too. backups: names of those that still hold it; asides: of folders of this computer's earlier data."""

    entries: int
    versions: int
    present: bool
    backups: tuple[str, ...]
    asides: tuple[str, ...]


def erase_identity(site: Site, subject: str, reason: str, passphrase: str, *, former_only: bool) -> Erasure:
    """Erase the identity of a patient, or with `former_only` what it was before it was corrected.

    Raises:
        NotYourRole, CannotErase, NotInTrail, WrongPassphrase, CannotSave: nothing was changed.
    """
    _check(site, subject, reason)
    if site.identities is None:
        raise NotYourRole("erase an identity", "site administrator")
    parts = site.identities.texts(subject, former_only=former_only)
    if repeats_identity(reason, [text for _, text in parts]):
        raise CannotErase("repeated")
    confirm(site, passphrase)
    gone = site.identities.erase(subject, reason, former_only=former_only)
    if not former_only:
        site.names.pop(subject, None)  # before the file is written anew, for which there may be no room
    screening.forget(site, subject)
    site.identities.compact()
    return _erasure(site, gone)


def erase_text(site: Site, subject: str, visit: str, field: str, reason: str, passphrase: str) -> Erasure:
    """Erase what a question of a visit or event said before it was mended, and the words beside it. visit: its key.

    Raises:
        NotYourRole, CannotErase, NotInTrail, WrongPassphrase, CannotSave: nothing was changed.
    """
    from anifro_desktop.store.erasing import erase_former, former_texts

    _check(site, subject, reason)
    row, free = _asked(site, subject, visit, field)
    if row.state == "amending":
        raise CannotErase("amending")
    if repeats_text(reason, former_texts(site.clinical, row, field, free=free), site.names.values()):
        raise CannotErase("repeated")
    confirm(site, passphrase)
    with site.clinical.transaction():
        former = (
            *former_texts(site.clinical, row, field, free=free),
            *earlier_texts(site, row, field, free=free),
        )
        site.clinical.strike_taken(former, reason, subject)
        gone = erase_former(site.clinical, row, field, free=free, reason=reason)
        if gone:
            told: Json = {"field": field, "entries": gone.entries, "versions": gone.versions}
            site.clinical.log("text_erased", f"{subject}/{visit}", told, reason)
    site.clinical.compact()
    return _erasure(site, gone)


def earlier_texts(site: Site, row: VisitRow, field: str, *, free: bool) -> tuple[str, ...]:
    """What a question said before a patient was taken over, by the trail that came along, and does not say now. free:
    the question takes a free text; else only the words beside its value."""
    from anifro_desktop.store.made import read_packed

    versions = site.clinical.revisions(row.subject, row.key, latest=False)
    records = {row.id, *(one.id for one in versions)}
    now = site.clinical.revisions(row.subject, row.key)
    kept = {words for one in now for words in _words_at(one.values.get(field), one.notes.get(field), free)}
    found: list[str] = []
    for entry in read_packed(site.clinical.taken_trail(row.subject)):
        name = str(entry["field"]).removeprefix("note:").partition("/")[0]
        if entry["record"] in records and name == field:
            for value in (entry["old"], entry["new"]):
                found += _words_at(value, value, free)
    return tuple(dict.fromkeys(text for text in found if text not in kept))


def _words_at(value: Json, note: Json, free: bool) -> list[str]:
    """The texts of an answer and beside it."""
    words = note.get("text") if isinstance(note, dict) else None
    found = [value] if free and isinstance(value, str) else []
    return [text for text in (*found, words) if isinstance(text, str) and text and not STRUCK.fullmatch(text)]


def erase_reason(site: Site, number: int, reason: str, passphrase: str) -> Erasure:
    """Erase the words that somebody gave as the reason for a change, wherever they are one. number: of an entry of the
    clinical trail that has them.

    Raises:
        NotYourRole, CannotErase, WrongPassphrase, CannotSave: nothing was changed.
    """
    from anifro_desktop.store import erasing as store

    _check_person(site, reason)
    text = reason_at(site, number)
    if not text and not _was_erased(site, number):
        raise CannotErase("no_words")
    if text and repeats_text(reason, [text], site.names.values()):
        raise CannotErase("repeated")
    last = store.given_with(site.clinical, text) if text else ()
    if any(row.state == "amending" for row in _rows(site, last)):
        raise CannotErase("amending")
    confirm(site, passphrase)
    # The clinical trail last: it is asked for the words when what was broken off is done again.
    if site.identities is not None:
        if text and store.count_reason(site.identities, text):
            store.erase_reason_in_trail(site.identities, text, reason)
        site.identities.compact()
    gone = _erase_words(site, text, last, reason) if text else store.Gone(0)
    site.clinical.compact()
    return _erasure(site, gone)


def _erase_words(site: Site, text: str, last: tuple[Revision, ...], reason: str) -> Gone:
    from anifro_desktop.store import erasing as store

    with site.clinical.transaction():
        site.clinical.strike_taken([text], reason)
        gone = store.erase_reason(site.clinical, text, reason)
        for row in _rows(site, last):
            if row.state != VOID:
                site.clinical.set_visit_state(row.id, settled(site, row))
        told: Json = {"field": "reason", "entries": gone.entries, "versions": gone.versions}
        site.clinical.log("text_erased", "", told, reason)
    return gone


def _entry(site: Site, number: int) -> Entry | None:
    found = site.clinical.audit_entries(after=number - 1, limit=1)
    return found[0].entry if found and found[0].entry.seq == number else None


def _was_erased(site: Site, number: int) -> bool:
    """Whether the reason at an entry was erased before, perhaps without the file being rewritten then."""
    entry = _entry(site, number)
    if entry is None:
        return False
    return bool(STRUCK.search(entry.reason)) or any(
        isinstance(value, dict) and "erased" in value for value in (entry.old, entry.new)
    )


def reason_at(site: Site, number: int) -> str:
    """The words that somebody gave as the reason at an entry of the clinical trail; nothing where there are none."""
    entry = _entry(site, number)
    if entry is None:
        return ""
    opened = entry.table == "settings" and entry.record.startswith("amending/")
    given = entry.new or entry.old if opened else None
    return str(given.get("text", "")) if isinstance(given, dict) else words.given(entry.reason)


def is_free(question: Field) -> bool:
    """Whether all that was typed into a question may hold a name."""
    return question.type == "text" and not question.computed


def _rows(site: Site, versions: tuple[Revision, ...]) -> list[VisitRow]:
    """The visits and events that some versions are of."""
    places = dict.fromkeys((item.subject, item.visit) for item in versions)
    known = {
        (row.subject, row.key): row
        for subject in dict.fromkeys(subject for subject, _ in places)
        for row in site.clinical.entries(subject, voided=True)
    }
    return [known[place] for place in places if place in known]


def _asked(site: Site, subject: str, visit: str, field: str) -> tuple[VisitRow, bool]:
    """The visit of a key, and whether the question takes a free text (NotInTrail: there is none)."""
    row = next((one for one in site.clinical.entries(subject, voided=True) if one.key == visit), None)
    if row is None:
        raise NotInTrail("visit", visit)
    question = site.definitions.fields.get(field) or site.library.field(field)
    if question is None:
        raise NotInTrail("field", field)
    return row, is_free(question)


def _check(site: Site, subject: str, reason: str) -> None:
    _check_person(site, reason)
    if subject not in {row.code for row in site.clinical.subjects()}:
        raise NotInTrail("subject", subject)


def _check_person(site: Site, reason: str) -> None:
    if not site.may(*ERASERS):
        raise NotYourRole("erase what was typed by mistake", "site administrator")
    if not reason.strip():
        raise CannotErase("reason")


def _erasure(site: Site, gone: Gone) -> Erasure:
    from anifro_desktop.workflows import backups

    names = dict.fromkeys(one.name for one in backups.listed(site))
    return Erasure(gone.entries, gone.versions, gone.present, tuple(names), _asides(site))


def _asides(site: Site) -> tuple[str, ...]:
    """Where else in the data folder databases lie: what a restore put aside. Backups have their own list."""
    from anifro_desktop.workflows.backups import FOLDER

    found = (
        path.relative_to(site.folder) for path in site.folder.rglob("*.db*") if path.parent != site.folder
    )
    return tuple(dict.fromkeys(path.parent.as_posix() for path in sorted(found) if path.parts[0] != FOLDER))
