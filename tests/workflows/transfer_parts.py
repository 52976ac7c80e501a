"""Two computers and the hand-over between them, for tests of moving a patient."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from study_parts import PASSPHRASE

from anifro_desktop.workflows import transfer
from anifro_desktop.workflows.site import Site


@dataclass(frozen=True)
class File:
    """A hand-over on a stick: its bytes, the sender's card and that card's fingerprint."""

    data: bytes
    card: bytes
    fingerprint: str


def hand(old: Site, new: Site, subject: str, stick: Path) -> File:
    """Hand a patient over to another computer."""
    card = transfer.card_of(new)
    made = transfer.hand_over(old, subject, card, new.card().fingerprint, stick, PASSPHRASE)
    return File((stick / made.name).read_bytes(), (stick / made.card).read_bytes(), made.fingerprint)


def take(new: Site, file: File) -> transfer.Coming:
    """Take over what was handed over."""
    return transfer.take(new, file.data, file.card, file.fingerprint, PASSPHRASE)


def look(new: Site, file: File) -> transfer.Coming:
    """See what would come."""
    return transfer.look(new, file.data, file.card, file.fingerprint)
