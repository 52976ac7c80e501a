"""Trying a backup, and putting one back: onto the site it came from, or on a new computer.

Rules kept here:
- Both are the same path: a copy beside the site, opened with a passphrase or a recovery sheet, verified in full.
- What was found stands in the trail with its date, the failure of a try too.
- A restored site begins a new epoch of bundles, the first of which carries everything; see `store.restore`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from anifro_desktop.files import make_folder
from anifro_desktop.record import Json
from anifro_desktop.sync.errors import SyncError
from anifro_desktop.workflows.backups import FOLDER, check_may, listed, place
from anifro_desktop.workflows.errors import NoBackup

if TYPE_CHECKING:
    from anifro_desktop.store.clinical import ClinicalStore
    from anifro_desktop.store.clock import Clock
    from anifro_desktop.store.slots import Keys
    from anifro_desktop.workflows.site import Site


Step = Callable[[int, int], object]


def _no_step(_done: int, _of: int) -> None:
    """For those who need not be told."""


class _Counted:
    """How far the check of a backup has come, for a step."""

    def __init__(self, backup: Path, step: Step) -> None:
        from anifro_desktop.store.manifest import read_manifest

        self._of = sum(head.seq for head in read_manifest(backup).heads.values()) + 1
        self._done, self._step = 0, step

    def more(self, entries: int) -> None:
        self._done = min(self._done + entries, self._of - 1)
        self._step(self._done, self._of)

    def all(self) -> None:
        self._step(self._of, self._of)


@dataclass(frozen=True, slots=True)
class Drill:
    """A backup that was opened and verified as if it were needed. entries, rows: of both databases; behind: how many
    entries of the clinical trail came after it; ours: its trails are the beginning of those here."""

    name: str
    utc: datetime
    entries: int
    rows: int
    behind: int
    ours: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored site. of: when its backup was made; epoch: in which it sends from now on; aside: the folder with the
    old files; returned: codes of people who may unlock now and could not before."""

    name: str
    of: datetime
    epoch: int
    entries: int
    aside: Path | None
    returned: tuple[str, ...]


def drill(site: Site, passphrase: str, backup: Path | None = None) -> Drill:
    """Open a backup with the person's own passphrase beside the site, verify it in full, and tell the trail.

    backup: None for the newest whole one.

    Raises:
        NoBackup. NotYourRole: somebody without identities. WrongPassphrase, UnknownUser, TryLater. BackupMissing,
        BackupDamaged, BackupUnsound: it could not be used; this stands in the trail too. NoRoom, CannotWrite.
    """
    from anifro_desktop.store.backup import opened_copy, sweep
    from anifro_desktop.store.backup_errors import BackupDamaged, BackupUnsound
    from anifro_desktop.store.vault import open_vault

    check_may(site, "try a backup")
    path = backup or next((one.path for one in listed(site) if one.whole), None)
    if path is None:
        raise NoBackup
    beside = place(site)
    make_folder(beside)
    sweep(beside, site.keys.writer)
    person = site.keys.user.code
    try:
        with opened_copy(path, lambda copy: open_vault(copy, person, passphrase), beside) as opened:
            manifest = opened.manifest
    except (BackupDamaged, BackupUnsound) as refusal:
        site.clinical.log("backup_tried", path.name, {"ours": False, "found": refusal.code})
        raise
    head = manifest.heads["clinical"]
    mine = (manifest.site, manifest.writer) == (site.code, site.keys.writer)
    ours = mine and site.clinical.has(head)
    rows = sum(count for counts in manifest.rows.values() for count in counts.values())
    entries = sum(one.seq for one in manifest.heads.values())
    behind = max(0, site.clinical.audit_head().seq - head.seq)
    told: Json = {"ours": ours, "entries": entries, "rows": rows, "behind": behind, "utc": manifest.utc}
    site.clinical.log("backup_tried", manifest.name, told)
    return Drill(manifest.name, manifest.moment, entries, rows, behind, ours)


def administrator(backup: Path) -> str:
    """The code of the first site administrator in a backup; the first person's, or nothing, where there is none.

    Raises:
        BackupMissing: no key file there. VaultDamaged: it cannot be read.
    """
    from anifro_desktop.store.backup_errors import BackupMissing
    from anifro_desktop.store.doorplate import users
    from anifro_desktop.store.errors import VaultMissing

    try:
        found = users(backup)
    except VaultMissing as error:
        raise BackupMissing(backup.name) from error
    return next((user.code for user in found if "site_admin" in user.roles), found[0].code if found else "")


def _furnish(clinical: ClinicalStore) -> None:
    """The site's card, which is not part of a backup: it is made of the keys that are."""
    from anifro_desktop.workflows.site import write_card

    with suppress(SyncError):  # a site that was never given the centre's keys has none
        write_card(clinical)


def restore(
    folder: Path,
    backup: Path,
    clock: Clock,
    *,
    user: str = "",
    passphrase: str = "",
    sheet: str = "",
    step: Step = _no_step,
) -> Restored:
    """Put a backup into a data folder: onto the site it came from, or into an empty folder on a new computer.

    It is opened by an administrator in it, with user and passphrase, or with what is typed from its recovery sheet.
    The old files are moved aside; nothing is deleted. Afterwards the site is locked. step: told how many entries of the
    trails are checked, of how many; of all of them when it is about to move in. Raising there stops it.

    Raises:
        OtherInstance, UnsafeFolder. BackupMissing, BackupDamaged, BackupUnsound, BackupForeign: another backup is
        needed. WrongPassphrase, UnknownUser, WrongSheet, SheetMistyped, NoSheet, RoleRefused: try again.
        NoRoom, CannotWrite, CannotRead. Nothing was changed.
    """
    from anifro_desktop.store import restore as store
    from anifro_desktop.store import sheet as sheets
    from anifro_desktop.store import swap
    from anifro_desktop.store.instance import lock_folder
    from anifro_desktop.store.vault import open_vault

    secret = sheets.typed(sheet) if sheet else b""
    counted = _Counted(backup, step)

    def keys_of(copy: Path) -> Keys:
        return sheets.open_with(copy, secret) if secret else open_vault(copy, user, passphrase)

    fresh = not folder.exists()
    make_folder(folder)
    try:
        with lock_folder(folder):
            swap.finish(folder)
            done = store.restore(
                folder,
                backup,
                keys_of,
                clock,
                places=(folder / FOLDER,),
                furnish=_furnish,
                pulse=counted.more,
                last_call=counted.all,
            )
    except BaseException:
        if fresh and not swap.pending(folder):
            shutil.rmtree(folder, ignore_errors=True)  # made a moment ago, and nothing came of it
        raise
    seq = done.manifest.heads["clinical"].seq
    name, of = done.manifest.name, done.manifest.moment
    return Restored(name, of, done.epoch, seq, done.aside, done.returned)
