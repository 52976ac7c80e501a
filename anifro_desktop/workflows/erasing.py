"""Erasing what should never have been typed: an identity, or a name in a free text, with all it was in the trail.

Rules kept here:
- A site administrator does it, with a reason and the passphrase: the one role that neither enters nor signs, so that
  nobody erases the traces of his own work unless he is the administrator too, and then the trail says whose act it was.
- Only what stands there no longer is erased: a wrong answer is first mended as any other, with a new version that is
  signed anew. A whole identity may go as it stands, as somebody may have typed one where there is no patient at all.
- Both trails tell of it; neither holds the text, only its SHA-256.
- Backups still hold it: which ones is part of the answer. What was sent holds no free text and no identity.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anifro_desktop.record import Json
from anifro_desktop.workflows.errors import CannotErase, NotInTrail, NotYourRole
from anifro_desktop.workflows.visits import confirm

if TYPE_CHECKING:
    from anifro_desktop.store.erasing import Gone
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
    confirm(site, passphrase)
    gone = site.identities.erase(subject, reason, former_only=former_only)
    site.identities.compact()
    if not former_only:
        site.names.pop(subject, None)
    return _erasure(site, gone)


def erase_text(site: Site, subject: str, visit: str, field: str, reason: str, passphrase: str) -> Erasure:
    """Erase what a question of a visit or event said before it was mended, and the words beside it. visit: its key.

    Raises:
        NotYourRole, CannotErase, NotInTrail, WrongPassphrase, CannotSave: nothing was changed.
    """
    from anifro_desktop.store.erasing import erase_former

    _check(site, subject, reason)
    row = next((one for one in site.clinical.entries(subject, voided=True) if one.key == visit), None)
    if row is None:
        raise NotInTrail("visit", visit)
    if row.state == "amending":
        raise CannotErase("amending")
    question = site.definitions.fields.get(field) or site.library.field(field)
    if question is None:
        raise NotInTrail("field", field)
    confirm(site, passphrase)
    with site.clinical.transaction():
        free = question.type == "text" and not question.computed
        gone = erase_former(site.clinical, row, field, free=free, reason=reason)
        if gone:
            told: Json = {"field": field, "entries": gone.entries, "versions": gone.versions}
            site.clinical.log("text_erased", f"{subject}/{visit}", told, reason)
    site.clinical.compact()
    return _erasure(site, gone)


def _check(site: Site, subject: str, reason: str) -> None:
    if not site.may(*ERASERS):
        raise NotYourRole("erase what was typed by mistake", "site administrator")
    if not reason.strip():
        raise CannotErase("reason")
    if subject not in {row.code for row in site.clinical.subjects()}:
        raise NotInTrail("subject", subject)


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
