"""Making a backup: copies of both databases under their own keys, opened and verified before they count.

    draft = begin(...)   with the databases held still: copy, hash, manifest, all synced, under a temporary name
    prove(draft)         a copy of the copy is opened and verified in full; needs nothing of the open site
    finish(draft)        the final name

Rules kept here:
- `begin` is short and on the database's thread; `prove` may take seconds and run anywhere.
- What is verified is a copy of the copy, since opening a database writes to its folder: a backup is never touched.
- A backup is deleted by renaming it first, so that half of one is never listed; leftovers are swept by the next.
"""

from __future__ import annotations

import errno
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from anifro_desktop import __version__
from anifro_desktop.errors import Refusal
from anifro_desktop.files import (
    FolderGone,
    cannot_write,
    copy_file,
    file_sha256,
    fsync_folder,
    make_folder,
    move,
    write_atomic,
)
from anifro_desktop.store import copies, trust
from anifro_desktop.store.backup_errors import BackupDamaged, BackupUnsound
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.clock import Clock, utc_text
from anifro_desktop.store.database import Database
from anifro_desktop.store.doorplate import COPY, candidates
from anifro_desktop.store.doorplate import FILE as KEY_FILE
from anifro_desktop.store.errors import DatabaseDamaged, VaultDamaged
from anifro_desktop.store.identities import IdentityStore
from anifro_desktop.store.manifest import FILE, PARTS, Manifest, Part, read_manifest
from anifro_desktop.store.room import check_room, databases_size
from anifro_desktop.store.slots import Keys, read_table
from anifro_desktop.store.verify import Pulse, unheard, verify

# What `verify` says of the past of the living database, not of the copy: no reason to be without a backup.
OF_THE_PAST = frozenset(
    ("key_file_mended", "key_file_untold", "anchor_damaged", "rolled_back", "receipt_ahead")
)
_DRAFT, _CHECK, _GONE = ".backup-", ".check-", ".gone-"


@dataclass(frozen=True, slots=True)
class Draft:
    """A backup that does not count yet. folder: where it lies, `manifest.name` is to be its name."""

    folder: Path
    manifest: Manifest
    keys: Keys

    @property
    def path(self) -> Path:
        """Where it will lie."""
        return self.folder.with_name(self.manifest.name)


@dataclass(frozen=True, slots=True)
class Opened:
    """A copy of a backup that was opened and verified, its databases open."""

    folder: Path
    manifest: Manifest
    clinical: ClinicalStore
    identities: IdentityStore


def begin(
    data: Path, keys: Keys, sources: Mapping[str, copies.Source], place: Path, now: datetime, why: str
) -> Draft:
    """Copy the databases of a data folder into a place, under a temporary name.

    Raises:
        NoRoom, DiskFull, FolderGone, CannotWrite: no backup was made. VaultDamaged: the key file is not the one that
        these keys opened. DatabaseDamaged: pages that do not check.
    """
    make_folder(place)
    check_room(place, databases_size(data))
    sweep(place, keys.writer)
    folder = place / f"{_DRAFT}{keys.writer[:8]}-{secrets.token_hex(4)}"
    make_folder(folder)
    try:
        with _medium(folder, f"backup-{keys.site}"):
            return _filled(folder, data, keys, sources, now, why)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _filled(
    folder: Path, data: Path, keys: Keys, sources: Mapping[str, copies.Source], now: datetime, why: str
) -> Draft:
    heads, rows = {}, {}
    for name, source in sources.items():
        copies.copy(source, folder / f"{name}.db")
        heads[name], rows[name] = copies.head(source), copies.rows(source)
    write_atomic(folder / KEY_FILE, _key_file(data, keys))
    for name in sorted(PARTS - {path.name for path in folder.iterdir()}):
        if (data / name).is_file():
            copy_file(data / name, folder / name)
    parts = {path.name: Part(path.stat().st_size, file_sha256(path)) for path in sorted(folder.iterdir())}
    facts = (copies.epoch(sources["clinical"]), why, __version__, utc_text(now))
    manifest = _unnamed(Manifest(keys.site, keys.writer, *facts, heads, rows, parts), folder.parent)
    manifest = manifest.vouched(sources["clinical"].key)
    write_atomic(folder / FILE, manifest.to_bytes())
    fsync_folder(folder.parent)
    return Draft(folder, manifest, keys)


@contextmanager
def _medium(folder: Path, name: str) -> Iterator[None]:
    """Say that the medium is gone, where that is why something about a backup on it failed.

    Raises:
        FolderGone, CannotWrite: they name the backup, not one of its parts.
    """
    try:
        yield
    except (Refusal, OSError) as error:
        if isinstance(error, FolderGone) or not folder.is_dir():
            raise cannot_write(folder.with_name(name), FileNotFoundError(errno.ENOENT, "gone")) from error
        if isinstance(error, OSError):
            raise cannot_write(folder.with_name(name), error) from error
        raise


def _unnamed(manifest: Manifest, place: Path) -> Manifest:
    """A millisecond later, or more, where a clock that stands still or went back has given the name away."""
    while (place / manifest.name).exists():
        manifest = replace(manifest, utc=utc_text(manifest.moment + timedelta(milliseconds=1)))
    return manifest


def prove(draft: Draft) -> None:
    """Open a copy of the draft with the keys and verify it in full; a draft that fails is deleted.

    Raises:
        BackupUnsound: the data themselves have faults. BackupDamaged: the disk did not keep what was written.
        NoRoom, DiskFull, FolderGone, CannotRead: it could not be proved.
    """
    try:
        with (
            _medium(draft.folder, draft.manifest.name),
            opened_copy(draft.folder, lambda _: draft.keys, draft.folder.parent),
        ):
            pass
    except BaseException:
        discard(draft)
        raise


def finish(draft: Draft) -> Path:
    """Give a proved draft its final name.

    Raises:
        CannotWrite: it did not get it, and does not count.
    """
    move(draft.folder, draft.path)
    return draft.path


def discard(draft: Draft) -> None:
    """Throw a draft away that nobody waits for any more."""
    shutil.rmtree(draft.folder, ignore_errors=True)


def copy_to(backup: Path, place: Path) -> Path:
    """The same backup in a second place, read back and compared byte for byte before it gets its name there.

    Raises:
        BackupDamaged: what was read back is not what was written. NoRoom, DiskFull, FolderGone, CannotRead,
        CannotWrite: no copy was made.
    """
    manifest = read_manifest(backup)
    if not place.is_dir():  # a stick that is not there: not to be made on the disk below its mount point
        raise cannot_write(place, FileNotFoundError(errno.ENOENT, "no such folder"))
    check_room(place, manifest.size)
    sweep(place, manifest.writer)
    folder = place / f"{_DRAFT}{manifest.writer[:8]}-{secrets.token_hex(4)}"
    make_folder(folder)
    try:
        with _medium(folder, manifest.name):
            _take_parts(backup, manifest, folder)
            for name, part in manifest.parts.items():
                if file_sha256(folder / name) != part.sha256:
                    raise BackupDamaged(manifest.name, name)
            write_atomic(folder / FILE, manifest.to_bytes())
            move(folder, place / manifest.name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return place / manifest.name


@contextmanager
def opened_copy(
    backup: Path,
    keys_of: Callable[[Path], Keys],
    beside: Path,
    clock: Clock | None = None,
    pulse: Pulse = unheard,
) -> Iterator[Opened]:
    """A copy of a backup in a folder of its own, opened and verified; deleted afterwards, the backup untouched.

    keys_of: the keys, given the folder of the copy with its key file. beside: where the copy is to lie. A database
    under an older schema is brought up to date in the copy. pulse: told as by `verify`; raising there stops it.

    Raises:
        BackupMissing, BackupDamaged: not a backup, or not what was verified when it was made. BackupUnsound: its
        data have faults. WrongPassphrase, UnknownUser, RoleRefused: of `keys_of`. NoRoom, CannotWrite, CannotRead.
    """
    manifest = read_manifest(backup)
    check_room(beside, manifest.size)
    folder = beside / f"{_CHECK}{manifest.writer[:8]}-{secrets.token_hex(4)}"
    make_folder(folder)
    try:
        _take_parts(backup, manifest, folder, pulse)
        # Both key files, else the missing copy would be told as mended.
        copy_file(folder / KEY_FILE, folder / COPY)
        keys = keys_of(folder)
        if (keys.site, keys.writer) != (manifest.site, manifest.writer) or not manifest.is_vouched(
            keys.database("clinical")
        ):
            raise BackupDamaged(backup.name, "manifest")
        _compare(folder, backup.name, keys, manifest)
        with _stores(folder, keys, clock) as (clinical, identities):
            _check(clinical, identities, pulse=pulse)
            yield Opened(folder, manifest, clinical, identities)
    except DatabaseDamaged as error:
        raise BackupDamaged(backup.name, str(error.params["name"])) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _stores(folder: Path, keys: Keys, clock: Clock | None) -> Iterator[tuple[ClinicalStore, IdentityStore]]:
    keys.database("identity")  # refused before anything is opened
    clinical = ClinicalStore(folder, keys, clock)
    try:
        identities = IdentityStore(folder, keys, clinical.log, clock)
        try:
            yield clinical, identities
        finally:
            identities.close()
    finally:
        clinical.close()


def _compare(folder: Path, name: str, keys: Keys, manifest: Manifest) -> None:
    """The copy against the manifest, before a store opens it: where the trails stand, and how many rows there are."""
    with copies.closed_sources(folder, keys) as sources:
        for database, source in sources.items():
            if copies.head(source) != manifest.heads[database]:
                raise BackupDamaged(name, "heads")
            if copies.rows(source) != manifest.rows[database]:
                raise BackupDamaged(name, "rows")


def _check(*stores: Database, pulse: Pulse) -> None:
    faults = [
        fault for store in stores for fault in verify(store, pulse=pulse) if fault.code not in OF_THE_PAST
    ]
    if faults:
        raise BackupUnsound(len(faults))


def _key_file(data: Path, keys: Keys) -> bytes:
    """The key file's bytes, once it is shown to be one that the open keys vouch for."""
    for raw in candidates(data):
        try:
            table = read_table(raw)
        except VaultDamaged:
            continue
        if trust.is_sound(table, keys.database("clinical")):
            return raw
    raise VaultDamaged("not the one that was unlocked")


def _take_parts(backup: Path, manifest: Manifest, folder: Path, pulse: Pulse = unheard) -> None:
    for name, part in manifest.parts.items():
        pulse(0)
        try:
            digest = copy_file(backup / name, folder / name)
        except Refusal as error:
            if not (backup / name).is_file():
                raise BackupDamaged(backup.name, name) from error
            raise
        if digest != part.sha256:
            raise BackupDamaged(backup.name, name)
    fsync_folder(folder)


def sweep(place: Path, writer: str) -> None:
    """Delete what an interrupted backup, check or deletion of this installation left in a place."""
    for start in (_DRAFT, _CHECK, _GONE):
        for path in place.glob(f"{start}{writer[:8]}-*"):
            shutil.rmtree(path, ignore_errors=True)


def remove(backup: Path, writer: str) -> None:
    """Delete a backup that rotation gives up.

    Raises:
        CannotWrite: it is still there and whole.
    """
    aside = backup.with_name(f"{_GONE}{writer[:8]}-{secrets.token_hex(4)}")
    move(backup, aside)
    shutil.rmtree(aside, ignore_errors=True)
