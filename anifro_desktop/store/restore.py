"""From a backup back to a site: opened beside the old files, verified, given its next epoch, then swapped in.

Rules kept here:
- The backup itself is never touched, and nothing of the old site before the new one lies finished beside it.
- The restored site starts a new epoch before it becomes the site: no bundle of it can be taken for one of before. The
  epoch is later than any that the backup, the old files or other backups tell of. Where the old site says nothing of
  its epoch, some numbers are left out, since the same backup may have begun the next one elsewhere.
- A backup goes back only where it came from, or into a folder without a site.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from secrets import randbelow

from anifro_desktop.errors import Refusal
from anifro_desktop.files import make_folder, move, sync_file
from anifro_desktop.record import Json
from anifro_desktop.store import copies, epochs, swap
from anifro_desktop.store.backup import opened_copy
from anifro_desktop.store.backup_errors import BackupForeign
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.clock import Clock
from anifro_desktop.store.doorplate import candidates
from anifro_desktop.store.doorplate import users as users_of
from anifro_desktop.store.errors import RoleRefused, VaultDamaged, VaultMissing
from anifro_desktop.store.manifest import Manifest, listed, read_manifest
from anifro_desktop.store.slots import Keys, read_table
from anifro_desktop.store.verify import Pulse, unheard

ADMINISTRATOR = "site_admin"
EPOCH_REASON = "restored from a backup"
_GAP = 32  # at most so many epochs are left out; a name has room for 999


@dataclass(frozen=True, slots=True)
class Restored:
    """A site that was restored. epoch: the one it starts; aside: the folder of the old files, None if there were none;
    returned: codes of people who may unlock now and could not in the site that was replaced."""

    manifest: Manifest
    epoch: int
    aside: Path | None
    returned: tuple[str, ...]


def restore(
    folder: Path,
    backup: Path,
    keys_of: Callable[[Path], Keys],
    clock: Clock,
    *,
    places: Iterable[Path] = (),
    furnish: Callable[[ClinicalStore], None] = lambda _: None,
    pulse: Pulse = unheard,
    last_call: Callable[[], object] = lambda: None,
) -> Restored:
    """Put the site of a backup into a data folder, whose lock the caller holds.

    keys_of: the keys of somebody in the backup, given the folder of its copy. places: where later backups may lie,
    besides that of this one. furnish: adds files to the folder of the restored database, before it becomes the site.
    pulse: told as by `verify`; last_call: of the moment before it becomes the site. Raising in either stops it.

    Raises:
        BackupMissing, BackupDamaged, BackupUnsound, BackupForeign: another backup is needed. WrongPassphrase,
        UnknownUser, WrongSheet: try again. RoleRefused: only an administrator restores. NoRoom, CannotWrite,
        CannotRead. In every case the old site is as it was.
    """
    swap.sweep(folder)
    manifest = read_manifest(backup)
    _check_same(folder, manifest)
    stamp = clock.now().astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    before = _people(folder)
    staging = folder / swap.new_staging()

    def admitted(copy: Path) -> Keys:
        keys = keys_of(copy)
        if keys.kind != "site":
            raise BackupForeign("centre")
        if ADMINISTRATOR not in keys.user.roles:
            raise RoleRefused("restore a backup", "a site administrator")
        return keys

    with opened_copy(backup, admitted, folder, clock, pulse) as opened:
        least = _last_epoch(folder, opened.manifest, opened.clinical.keys, (backup.parent, *places))
        epoch = opened.clinical.start_epoch(EPOCH_REASON, after=least)
        head = manifest.heads["clinical"]
        told: Json = {"utc": manifest.utc, "seq": head.seq, "hash": head.hash, "epoch": epoch}
        opened.clinical.log("restore", manifest.name, told)
        furnish(opened.clinical)
        opened.identities.close()
        opened.clinical.close()
        for path in opened.folder.iterdir():
            sync_file(path)
        move(opened.folder, staging)
    try:
        returned = tuple(sorted({user.code for user in users_of(staging)} - before)) if before else ()
        last_call()
        aside = swap.commit(folder, staging, stamp)
    except BaseException:
        if not swap.pending(folder):
            shutil.rmtree(staging, ignore_errors=True)
        raise
    return Restored(manifest, epoch, aside, returned)


def _check_same(folder: Path, manifest: Manifest) -> None:
    """Refuse a folder with a site of another code or another computer; a key file that cannot be read says nothing."""
    with suppress(VaultMissing):
        for raw in candidates(folder):
            with suppress(VaultDamaged):
                table = read_table(raw)
                if (table.kind, table.site) != ("site", manifest.site):
                    raise BackupForeign("site")
                if table.writer != manifest.writer:
                    raise BackupForeign("writer")


def _people(folder: Path) -> set[str]:
    try:
        return {user.code for user in users_of(folder)}
    except (VaultMissing, VaultDamaged):
        return set()


def _last_epoch(folder: Path, manifest: Manifest, keys: Keys, places: Iterable[Path]) -> int:
    """The latest epoch that is known to have begun; some later where nothing here tells how far the old site came."""
    here = max(epochs.known(folder, manifest.writer), _epoch_of_old(folder, keys))
    aside = [epochs.known(path, manifest.writer) for path in folder.glob(f"{swap.ASIDE}*")]
    others = [one.manifest for place in places for one in listed(place, manifest.site, manifest.writer)]
    told = [one.epoch for one in others if one is not None and one.writer == manifest.writer]
    gap = 0 if here else 1 + randbelow(_GAP)
    return max(manifest.epoch, here, *aside, *told) + gap


def _epoch_of_old(folder: Path, keys: Keys) -> int:
    """The epoch of the site that is to be replaced, if these keys still open a copy of it."""
    scratch = folder / swap.new_staging()
    try:
        make_folder(scratch)
        for path in folder.glob("*.db*"):
            shutil.copyfile(path, scratch / path.name)
        with copies.closed_sources(scratch, keys) as sources:
            return copies.epoch(sources["clinical"])
    except (Refusal, OSError):
        return 0
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
