"""Backups of a site: made and verified, kept in two places, given up in turn. `restoring` opens them again.

Rules kept here:
- A backup counts once a copy of it was opened and verified in full. Nothing is deleted before that.
- It holds identities, so only somebody who may see them makes one; only a site administrator restores or says where
  the second copy goes.
- The second place is asked for each time: a stick that is not there spoils nothing and is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from anifro_desktop.errors import Refusal
from anifro_desktop.record import Json
from anifro_desktop.workflows.errors import BackupPlace, NotYourRole

if TYPE_CHECKING:
    from anifro_desktop.store.backup import Draft
    from anifro_desktop.store.clock import Clock
    from anifro_desktop.store.identities import IdentityStore
    from anifro_desktop.store.manifest import Listed
    from anifro_desktop.store.slots import Keys
    from anifro_desktop.workflows.site import Site

FOLDER = "backups"
EVERY = timedelta(days=1)
KEEPERS = ("site_admin",)
_SECOND = "backup_second"
_UPDATES = 2  # of those made before an update, how many stay whatever their day


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup as the list shows it. second: it lies in the second place; whole: all its parts are there in their size
    (only `drill` proves more); utc, entries, size (bytes), epoch: None where its manifest cannot be read; tried: when
    it was last tried with success."""

    name: str
    path: Path
    second: bool
    whole: bool
    utc: datetime | None
    entries: int | None
    size: int | None
    epoch: int | None
    tried: datetime | None


@dataclass(frozen=True, slots=True)
class Begun:
    """A backup that was copied and is not proved. usual: it goes to its usual place; second: where a copy is to go."""

    draft: Draft
    usual: bool
    second: Path | None


@dataclass(frozen=True, slots=True)
class Proved:
    """A backup that may count. second: where its copy lies; trouble: why there is none though one is wanted."""

    draft: Draft
    usual: bool
    second: Path | None
    trouble: Refusal | None


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made. second: where its copy lies, None if there is no second place or it failed, which
    `trouble` says; removed: names of older ones that rotation gave up, over both places."""

    name: str
    path: Path
    utc: datetime
    size: int
    second: Path | None
    trouble: Refusal | None
    removed: tuple[str, ...]


def place(site: Site) -> Path:
    """Where backups always go."""
    return site.folder / FOLDER


def second(site: Site) -> Path | None:
    """Where a second copy goes."""
    known = site.clinical.setting(_SECOND)
    return Path(known) if isinstance(known, str) and known else None


def set_second(site: Site, folder: Path | None) -> None:
    """Say where a second copy of each backup goes, or that there is none.

    Raises:
        NotYourRole. BackupPlace: not there, in a cloud service's folder, or inside the data folder.
    """
    if not site.may(*KEEPERS):
        raise NotYourRole("say where backups go", "site administrator")
    if folder is not None:
        _check_place(site, folder)
    site.clinical.set_setting(_SECOND, None if folder is None else str(folder.resolve()))


def same_disk(site: Site, folder: Path) -> bool:
    """Whether a folder lies on the disk of the data, which may fail as a whole."""
    try:
        return folder.stat().st_dev == site.folder.stat().st_dev
    except OSError:
        return False


def due(site: Site) -> bool:
    """Whether the person may make a backup and the newest whole one is older than a day, or of tomorrow."""
    if site.identities is None:
        return False
    now = site.clock.now()
    newest = next((one.utc for one in listed(site) if one.whole and not one.second and one.utc), None)
    return newest is None or not now - EVERY < newest <= now


def make(site: Site, to: Path | None = None, *, why: str = "asked") -> Made:
    """Make a backup in its usual place, or once in another; all of `begin`, `prove` and `finish`.

    Raises:
        NotYourRole, BackupPlace. NoRoom, DiskFull, FolderGone, CannotWrite, CannotSave: nothing was kept.
        BackupUnsound, BackupDamaged: the check of the copy found faults; nothing was kept.
    """
    return finish(site, prove(begin(site, to, why=why)))


def begin(site: Site, to: Path | None = None, *, why: str = "asked") -> Begun:
    """The short part, on the database's thread: copy. See `make`."""
    from anifro_desktop.store import backup, copies

    identities = check_may(site, "make a backup")
    if to is not None:
        _check_place(site, to)
    with copies.open_sources(site.clinical, identities) as sources:
        draft = backup.begin(site.folder, site.keys, sources, to or place(site), site.clock.now(), why)
    return Begun(draft, to is None, second(site) if to is None else None)


def prove(begun: Begun) -> Proved:
    """The long part, which needs nothing of the open site: verify a copy, and copy to the second place. See `make`."""
    from anifro_desktop.store import backup

    backup.prove(begun.draft)
    copied, trouble = None, None
    if begun.second is not None:
        try:
            if not begun.second.is_dir():
                raise BackupPlace("missing")
            copied = backup.copy_to(begun.draft.folder, begun.second)
        except Refusal as refusal:
            trouble = refusal
    return Proved(begun.draft, begun.usual, copied, trouble)


def finish(site: Site, proved: Proved) -> Made:
    """Let a proved backup count, give up the oldest in both places, and tell the trail. See `make`."""
    from anifro_desktop.store import backup

    path = backup.finish(proved.draft)
    manifest, copied, trouble = proved.draft.manifest, proved.second, proved.trouble
    places = [one.parent for one in (path, copied) if one is not None] if proved.usual else []
    removed = tuple(name for one in places for name in _rotate(site, one, manifest.moment))
    head = manifest.heads["clinical"]
    told: Json = {
        "why": manifest.why,
        "usual": proved.usual,
        "seq": head.seq,
        "hash": head.hash,
        "second": trouble.code if trouble else "copied" if copied else None,
        "removed": len(removed),
    }
    site.clinical.log("backup", manifest.name, told)
    return Made(manifest.name, path, manifest.moment, manifest.size, copied, trouble, removed)


def _rotate(site: Site, folder: Path, newest: datetime) -> Iterator[str]:
    """Give up what rotation does not keep, never the one just made; a failure to delete is tried again next time."""
    from anifro_desktop.store import backup
    from anifro_desktop.store.manifest import listed as listed_in
    from anifro_desktop.store.rotation import kept

    whole = {
        one.manifest.moment: one
        for one in listed_in(folder, site.code, site.keys.writer)
        if one.whole and one.manifest is not None
    }
    updates = sorted(moment for moment, one in whole.items() if one.manifest and one.manifest.why == "update")
    keep = kept(whole.keys()) | {newest, *updates[-_UPDATES:]}
    for moment in sorted(whole.keys() - keep):
        with suppress(Refusal):
            backup.remove(whole[moment].path, site.keys.writer)
            yield whole[moment].path.name


def listed(site: Site) -> tuple[Backup, ...]:
    """The backups of this computer's site in both places, newest first."""
    from anifro_desktop.store.manifest import listed as listed_in

    tried = _tried(site)
    found = []
    for folder, is_second in ((place(site), False), (second(site), True)):
        for one in listed_in(folder, site.code, site.keys.writer) if folder is not None else ():
            found.append(_shown(one, is_second, tried.get(one.path.name)))
    return tuple(sorted(found, key=lambda one: one.name, reverse=True))


def found(folder: Path) -> tuple[Backup, ...]:
    """The backups of any site in a folder, newest first, without unlocking anything: what may be restored."""
    from anifro_desktop.store.manifest import listed as listed_in

    return tuple(_shown(one, False, None) for one in listed_in(folder))


def _shown(one: Listed, is_second: bool, tried: datetime | None) -> Backup:
    known = one.manifest
    if known is None:
        return Backup(one.path.name, one.path, is_second, False, None, None, None, None, tried)
    entries = known.heads["clinical"].seq
    facts = (known.moment, entries, known.size, known.epoch, tried)
    return Backup(one.path.name, one.path, is_second, one.whole, *facts)


def _tried(site: Site) -> dict[str, datetime]:
    acts = site.clinical.audit_entries(table="act", field="backup_tried")
    return {
        item.entry.record: datetime.fromisoformat(item.entry.utc)
        for item in acts
        if isinstance(item.entry.new, dict) and item.entry.new.get("ours")
    }


def last_drill(site: Site) -> datetime | None:
    """When a backup was last tried with success."""
    return max(_tried(site).values(), default=None)


def before_update(folder: Path, keys: Keys, clock: Clock) -> None:
    """Make a backup of a site whose databases a newer program is about to change; nothing otherwise.

    Raises:
        NotYourRole: somebody without identities is the first to unlock after an update. As `make` otherwise.
    """
    from anifro_desktop.store import backup, copies

    with copies.closed_sources(folder, keys) as sources:
        if not any(copies.is_older(name, source) for name, source in sources.items()):
            return
        if "identity" not in sources:
            raise NotYourRole("open a site after an update", "investigator, data entry or site administrator")
        draft = backup.begin(folder, keys, sources, folder / FOLDER, clock.now(), "update")
    backup.prove(draft)
    backup.finish(draft)


def check_may(site: Site, act: str) -> IdentityStore:
    """The identities, which whoever makes or opens a backup must be allowed to see.

    Raises:
        NotYourRole: somebody who may not.
    """
    if site.identities is None:
        raise NotYourRole(act, "investigator, data entry or site administrator")
    return site.identities


def _check_place(site: Site, folder: Path) -> None:
    from anifro_desktop.store.instance import cloud_folder

    if not folder.is_dir():
        raise BackupPlace("missing")
    real = folder.resolve()
    if cloud_folder(real):
        raise BackupPlace("cloud")
    if real.is_relative_to(site.folder.resolve()):
        raise BackupPlace("inside")
