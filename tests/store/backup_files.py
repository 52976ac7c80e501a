"""A patient, a backup, and what is in a folder, for the tests of backups and of restores."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from store_parts import PASSPHRASE, SUBJECT

from anifro_desktop.identity import Identity
from anifro_desktop.store import backup, copies, manifest
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.identities import IdentityStore
from anifro_desktop.store.slots import Keys
from anifro_desktop.store.vault import open_vault
from anifro_desktop.store.verify import verify

PERSON = Identity("Inventata", "Persona", None, "", "SYN0001", "", "")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
Stores = tuple[ClinicalStore, IdentityStore]


def made(stores: Stores, place: Path, now: datetime = NOW) -> Path:
    """A backup, all the way."""
    clinical, identities = stores
    with copies.open_sources(clinical, identities) as sources:
        draft = backup.begin(clinical.folder, clinical.keys, sources, place, now, "asked")
    backup.prove(draft)
    return backup.finish(draft)


_KEYS: dict[tuple[bytes, str], Keys] = {}


def opened_as(code: str) -> Callable[[Path], Keys]:
    """Unlocks a copy; the cost of a passphrase is paid once for each key file."""

    def unlock(copy: Path) -> Keys:
        known = ((copy / "keyslots.json").read_bytes(), code)
        if known not in _KEYS:
            _KEYS[known] = open_vault(copy, code, PASSPHRASE)
        return _KEYS[known]

    return unlock


def check(path: Path, beside: Path) -> manifest.Manifest:
    """Open and verify a backup as a drill does."""
    with backup.opened_copy(path, opened_as("U01"), beside) as opened:
        assert opened.clinical.revisions(SUBJECT)
        assert opened.identities.get(SUBJECT).surname == "Inventata"
        return opened.manifest


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the lock."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "instance.lock"
    }


def reopened(folder: Path, keys: Keys) -> tuple[int, int, list[Any]]:
    """The number of entries, the epoch, and what verify finds, of a site in a folder."""
    clinical = ClinicalStore(folder, keys)
    identities = IdentityStore(folder, keys, clinical.log)
    try:
        found = [*verify(clinical), *verify(identities)]
        return clinical.audit_head().seq, clinical.next_position().epoch, found
    finally:
        identities.close()
        clinical.close()
