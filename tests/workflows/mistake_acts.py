"""What is done about mistakes in their tests: declared, moved, joined, and read again afterwards."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from study_parts import (
    PASSPHRASE,
    Pisa,
)

from anifro_desktop.sync.records import Record, read_batch
from anifro_desktop.workflows import joining, mistakes, sending, visits
from anifro_desktop.workflows.site import Site

WRONG_PATIENT, TWICE, NEVER, OTHER = 1, 2, 3, 4
MONTH_6 = date(2026, 9, 3)
MONTH_12 = date(2026, 11, 10)  # early, yet after month 6


def void(site: Site, subject: str, key: str, reason: int = WRONG_PATIENT, text: str = "") -> None:
    mistakes.void(site, subject, key, reason, text, PASSPHRASE)


def move(site: Site, subject: str, key: str, to: str) -> mistakes.Moved:
    return mistakes.move(site, subject, key, to, WRONG_PATIENT, "", PASSPHRASE)


def join(site: Site, keep: str, drop: str) -> joining.Joined:
    return joining.join(site, keep, drop, TWICE, "", PASSPHRASE)


def left(site: Site, pisa: Pisa, stick: Path) -> list[Record]:
    """The records of the next bundle."""
    return list(read_batch(pisa.open((stick / sending.export(site, stick).name).read_bytes(), site)).records)


def typed(site: Site, subject: str, key: str) -> dict[str, Any]:
    return dict(visits.open_visit(site, subject, key, site.today()).session.answers)


def trail(site: Site, act: str) -> list[tuple[str, Any]]:
    entries = site.clinical.audit_entries(table="act", field=act)
    return [(item.entry.record, item.entry.new) for item in entries]


def sign(site: Site, visit: Any) -> None:
    visits.sign_confirmed(site, visit, "responsible")
