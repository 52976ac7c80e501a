"""Backups of a site: made and verified, kept in two places, given up in turn. `restoring` opens them again.

Rules kept here:
- A backup counts once a copy of it was opened and verified in full. Nothing is deleted before that.
- One of data that are older than they had been is made too, since work goes on, but is marked and takes the place of no
  other; and none is given up that ends with an entry which the trails here do not have: it may be all that is left.
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
    from anifro_desktop.store.clinical import ClinicalStore
    from anifro_desktop.store.clock import Clock
    from anifro_desktop.store.identities import IdentityStore
    from anifro_desktop.store.manifest import Listed, Manifest
    from anifro_desktop.store.slots import Keys
    from anifro_desktop.workflows.model import Finding
    from anifro_desktop.workflows.site import Site

FOLDER = "backups"
EVERY = timedelta(days=1)
DRILL = timedelta(days=31)
KEEPERS = ("site_admin",)
_SECOND = "backup_second"
_UPDATES = 2  # of those made before an update, how many stay whatever their day


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup as the list shows it. second: it lies in the second place; whole: all its parts are there in their size
    (only `drill` proves more); behind: of data that were older than they had been; utc, entries, size (bytes), epoch:
    None where its manifest cannot be read; tried: when it was last tried with success."""

    name: str
    path: Path
    second: bool
    whole: bool
    behind: bool
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
    `trouble` says; removed: names of older ones that rotation gave up, over both places; behind: what told that the
    data are older than they had been; nothing of others."""

    name: str
    path: Path
    utc: datetime
    size: int
    second: Path | None
    trouble: Refusal | None
    removed: tuple[str, ...]
    behind: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What an administrator has to see to. second: there is no second place; drill: no backup was tried for a month."""

    second: bool
    drill: bool


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
        check_place(site.folder, folder)
    keep_second(site.clinical, folder)


def keep_second(clinical: ClinicalStore, folder: Path | None) -> None:
    """`set_second` without any question, for a site that is just being made."""
    clinical.set_setting(_SECOND, None if folder is None else str(folder.resolve()))


def same_disk(site: Site, folder: Path) -> bool:
    """Whether a folder lies on the disk of the data, which may fail as a whole."""
    try:
        return folder.stat().st_dev == site.folder.stat().st_dev
    except OSError:
        return False


def due(site: Site) -> bool:
    """Whether the person may make a backup and no whole one is of the last day; one of tomorrow does not count."""
    if site.identities is None:
        return False
    now = site.clock.now()
    whole = [one.utc for one in listed(site) if one.whole and not one.second and one.utc]
    return not any(now - EVERY < utc <= now for utc in whole)


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
    from anifro_desktop.store.manifest import BEHIND
    from anifro_desktop.workflows import checking

    identities = check_may(site, "make a backup")
    if to is not None:
        check_place(site.folder, to)
    why = BEHIND if checking.behind(site) else why
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
    from anifro_desktop.store.manifest import BEHIND
    from anifro_desktop.workflows import checking

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
    behind = tuple(checking.behind(site)) if manifest.why == BEHIND else ()
    return Made(manifest.name, path, manifest.moment, manifest.size, copied, trouble, removed, behind)


def _rotate(site: Site, folder: Path, newest: datetime) -> Iterator[str]:
    """Give up what rotation does not keep, never the one just made; a failure to delete is tried again next time."""
    from anifro_desktop.store import backup
    from anifro_desktop.store.manifest import BEHIND
    from anifro_desktop.store.manifest import listed as listed_in
    from anifro_desktop.store.rotation import kept

    known: dict[str, dict[datetime, Path]] = {}  # by why it was made
    for one in listed_in(folder, site.code, site.keys.writer):
        if one.whole and one.manifest is not None and _is_past_of(site, one.manifest):
            known.setdefault(one.manifest.why, {})[one.manifest.moment] = one.path
    behind = known.pop(BEHIND, {})
    updates = sorted(known.get("update", {}))[-_UPDATES:]
    usual = {moment: path for paths in known.values() for moment, path in paths.items()}
    keep = kept(usual) | kept(behind) | {newest, *updates}
    for moment, path in sorted({**usual, **behind}.items()):
        if moment not in keep:
            with suppress(Refusal):
                backup.remove(path, site.keys.writer)
                yield path.name


def _is_past_of(site: Site, known: Manifest) -> bool:
    """Whether all that a backup holds came before what is here."""
    stores = [site.clinical] if site.identities is None else [site.clinical, site.identities]
    return all(store.has(known.heads[store.NAME]) for store in stores)


def ahead(site: Site) -> Iterator[tuple[str, int]]:
    """The databases here that lack the last entry of a backup of this epoch, and its number; by name, the furthest.

    All the backups that are kept in both places, and that keys of today vouch for; a restore begins another epoch.
    """
    from anifro_desktop.store.manifest import listed as listed_in

    epoch, vouchers = site.clinical.next_position().epoch, site.keys.database("clinical")
    places = [one for one in (place(site), second(site)) if one is not None]
    backups = [one.manifest for folder in places for one in listed_in(folder, site.code, site.keys.writer)]
    ours = [one for one in backups if one is not None and one.epoch >= epoch and one.is_vouched(vouchers)]
    for store in [site.clinical] if site.identities is None else [site.clinical, site.identities]:
        heads = {one.heads[store.NAME] for one in ours}
        missing = [head.seq for head in heads if not store.has(head)]
        if missing:
            yield store.path.name, max(missing)


def listed(site: Site) -> tuple[Backup, ...]:
    """The backups of this computer's site in both places, the newest first: the one that reaches furthest."""
    from anifro_desktop.store.manifest import listed as listed_in

    tried = _tried(site)
    found = []
    for folder, is_second in ((place(site), False), (second(site), True)):
        for one in listed_in(folder, site.code, site.keys.writer) if folder is not None else ():
            found.append(_shown(one, is_second, tried.get(one.path.name)))
    return tuple(
        sorted(
            found, key=lambda one: (one.epoch or 0, one.entries or 0, one.name, not one.second), reverse=True
        )
    )


def found(folder: Path) -> tuple[Backup, ...]:
    """The backups of any site in a folder, newest first, without unlocking anything: what may be restored."""
    from anifro_desktop.store.manifest import listed as listed_in

    return tuple(_shown(one, False, None) for one in listed_in(folder))


def _shown(one: Listed, is_second: bool, tried: datetime | None) -> Backup:
    from anifro_desktop.store.manifest import BEHIND

    known = one.manifest
    if known is None:
        return Backup(one.path.name, one.path, is_second, False, False, None, None, None, None, tried)
    entries = known.heads["clinical"].seq
    facts = (known.moment, entries, known.size, known.epoch, tried)
    return Backup(one.path.name, one.path, is_second, one.whole, known.why == BEHIND, *facts)


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


def upkeep(site: Site) -> Upkeep:
    """What the person has to see to; nothing for those who may not, and on a site for practice, which loses nothing."""
    from anifro_desktop.workflows import checking

    if site.practice or not site.may(*KEEPERS):
        return Upkeep(second=False, drill=False)
    now, last = site.clock.now(), last_drill(site) or checking.founded(site)
    return Upkeep(second=second(site) is None, drill=not now - DRILL < last <= now)


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


def check_place(data: Path, folder: Path) -> None:
    """Refuse a folder for the backups of the site in a data folder.

    Raises:
        BackupPlace: not there, in a cloud service's folder, or inside the data folder.
    """
    from anifro_desktop.store.instance import cloud_folder

    if not folder.is_dir():
        raise BackupPlace("missing")
    real = folder.resolve()
    if cloud_folder(real):
        raise BackupPlace("cloud")
    if real.is_relative_to(data.resolve()):
        raise BackupPlace("inside")
