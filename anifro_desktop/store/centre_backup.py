"""Backups of a centre whose data lie in its folder: made, opened and verified, put back.

A backup is one folder, `centre-backup-CODE-TIME`: the database under its own key, the key file, the anchor, the public
keysets, the quarantine, and `manifest.json` with size and hash of each and a MAC under a key derived from the
database's.

Rules kept here:
- A backup counts by its name, which it gets after its copy was opened and verified in full.
- A backup is never touched: what is opened is a copy of it, made after the sizes of all files were found right.
- Putting one back moves the files of before aside and deletes none; see `swap` for what a crash leaves.
- The root key is in no backup: it lies in a safe, with a copy in another.
"""

from __future__ import annotations

import hmac
import re
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from anifro_desktop.crypto import kdf
from anifro_desktop.errors import Refusal
from anifro_desktop.files import (
    copy_file,
    file_sha256,
    fsync_folder,
    make_folder,
    move,
    read_regular,
    strict_json,
    sync_file,
    write_atomic,
)
from anifro_desktop.record import Json, canonical
from anifro_desktop.store import copies, swap
from anifro_desktop.store.audit import Head
from anifro_desktop.store.backup import OF_THE_PAST
from anifro_desktop.store.backup_errors import BackupDamaged, BackupMissing, BackupUnsound
from anifro_desktop.store.centre import CentreStore
from anifro_desktop.store.clock import Clock
from anifro_desktop.store.doorplate import COPY as KEY_COPY
from anifro_desktop.store.doorplate import FILE as KEY_FILE
from anifro_desktop.store.errors import DatabaseDamaged
from anifro_desktop.store.manifest import Part
from anifro_desktop.store.rawkeys import DatabaseKey
from anifro_desktop.store.room import check_room, databases_size
from anifro_desktop.store.slots import Keys
from anifro_desktop.store.verify import verify

FORMAT, FILE = "anifro/centre-backup/v2", "manifest.json"
_WITHOUT_SIZES = (
    "anifro/centre-backup/v1"  # a backup made by an older program says of its parts their hashes only
)
QUARANTINE = "quarantine"
_PARTS = re.compile(
    r"centre\.db|keyslots\.json|anchor\.(json|now)|centre-[A-Za-z0-9]{2,16}-v[0-9]{1,6}\.keyset\.json"
    r"|escrow-[A-Za-z0-9]{2,16}-v[0-9]{1,6}-[0-9a-f]{6}\.json|quarantine/[a-z_]{1,32}-[0-9a-f]{16}\.anfb"
)
_LIMIT = 1 << 22
_DRAFT = ".centre-backup-"


@dataclass(frozen=True, slots=True)
class CentreBackup:
    """What a backup says of itself. utc: when it was made; seq: last entry of the trail; parts: files,
    or their hashes alone (see `_WITHOUT_SIZES`)."""

    name: str
    site: str
    utc: str
    seq: int
    head: str
    parts: dict[str, Part] | dict[str, str]

    def body(self) -> dict[str, Json]:
        """Everything but the MAC."""
        parts: dict[str, Json] = {
            name: part if isinstance(part, str) else {"size": part.size, "sha256": part.sha256}
            for name, part in self.parts.items()
        }
        form = _WITHOUT_SIZES if any(isinstance(part, str) for part in parts.values()) else FORMAT
        told: dict[str, Json] = {"format": form, "name": self.name, "site": self.site, "utc": self.utc}
        return told | {"seq": self.seq, "head": self.head, "parts": parts}

    def file(self, mac: str) -> bytes:
        """The manifest as it is written."""
        return canonical(self.body() | {"mac": mac}) + b"\n"


def make(folder: Path, store: CentreStore, place: Path, now: datetime) -> tuple[Path, CentreBackup]:
    """Make a backup in a place, and prove it.

    Raises:
        NotOnServer: the data lie on a server, which has backups of its own. NoRoom, DiskFull, FolderGone, CannotWrite:
        none was made. BackupUnsound, BackupDamaged: the copy does not check; none was made.
    """
    make_folder(place)
    check_room(place, databases_size(folder))
    for left in place.glob(f"{_DRAFT}*"):
        shutil.rmtree(left, ignore_errors=True)
    draft = place / f"{_DRAFT}{secrets.token_hex(4)}"
    make_folder(draft)
    try:
        with copies.open_sources(store) as sources:
            copies.copy(sources[CentreStore.NAME], draft / "centre.db")
            head = copies.head(sources[CentreStore.NAME])
            _copy_parts(folder, draft)
        stamp = now.astimezone(UTC)
        name = f"centre-backup-{store.keys.site}-{stamp:%Y%m%dT%H%M%S}{stamp.microsecond // 1000:03d}Z"
        found = sorted(path for path in draft.rglob("*") if path.is_file())
        parts = {
            path.relative_to(draft).as_posix(): Part(path.stat().st_size, file_sha256(path)) for path in found
        }
        made = CentreBackup(name, store.keys.site, stamp.isoformat(), head.seq, head.hash, parts)
        mac = _mac(made, store.keys.database("centre")[0])
        write_atomic(draft / FILE, made.file(mac))
        with opened(draft, lambda _: store.keys, place):
            pass
        move(draft, place / name)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return place / name, made


def read(backup: Path) -> tuple[CentreBackup, str]:
    """What a backup says of itself, and its MAC; nothing is proved.

    Raises:
        BackupMissing, BackupDamaged.
    """
    if not (backup / FILE).is_file():
        raise BackupMissing(backup.name)
    try:
        raw = read_regular(backup / FILE, _LIMIT)
        match strict_json(raw):
            case {
                "format": str(form), "name": str(name), "site": str(site), "utc": str(utc), "seq": int(seq),
                "head": str(head), "parts": dict(parts), "mac": str(mac),
            } if form in (FORMAT, _WITHOUT_SIZES) and all(_PARTS.fullmatch(part) for part in parts):  # fmt: skip
                made = CentreBackup(name, site, utc, seq, head, _parts(form, parts))
                if made.file(mac) == raw:
                    return made, mac
    except Refusal as error:
        raise BackupDamaged(backup.name, "manifest") from error
    raise BackupDamaged(backup.name, "manifest")


def _parts(form: str, told: Mapping[str, Json]) -> dict[str, Part] | dict[str, str]:
    if form == _WITHOUT_SIZES:
        return {name: str(digest) for name, digest in told.items()}
    found: dict[str, Part] = {}
    for name, part in told.items():
        match part:
            case {"size": int(size), "sha256": str(digest)} if not isinstance(size, bool):
                found[name] = Part(size, digest)
    return found


@contextmanager
def opened(
    backup: Path, keys_of: Callable[[Path], Keys], beside: Path, clock: Clock | None = None
) -> Iterator[tuple[CentreBackup, CentreStore]]:
    """A copy of a backup beside, opened and verified in full; it is deleted afterwards unless it was moved away.

    Raises:
        BackupMissing, BackupDamaged, BackupUnsound. What `keys_of` raises. NoRoom, CannotWrite.
    """
    made, mac = read(backup)
    _check_sizes(backup, made)
    check_room(
        beside, sum((backup / name).stat().st_size for name in made.parts if (backup / name).is_file())
    )
    copy = beside / swap.new_staging()
    make_folder(copy)
    try:
        _take_parts(backup, made, copy)
        keys = keys_of(copy)
        if not any(hmac.compare_digest(mac, _mac(made, key)) for key in keys.database("centre")):
            raise BackupDamaged(backup.name, "manifest")
        store = CentreStore(copy, keys, clock)
        try:
            if not store.has(Head(made.seq, made.head)):
                raise BackupDamaged(backup.name, "heads")
            if faults := [one for one in verify(store) if one.code not in OF_THE_PAST]:
                raise BackupUnsound(len(faults))
            yield made, store
        finally:
            store.close()
    except DatabaseDamaged as error:
        raise BackupDamaged(backup.name, "centre.db") from error
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def restore(
    folder: Path,
    backup: Path,
    keys_of: Callable[[Path], Keys],
    clock: Clock,
    furnish: Callable[[CentreStore, CentreBackup], None],
) -> tuple[CentreBackup, Path | None]:
    """Put a backup into a folder, whose lock the caller holds; what it is, and the folder of the files of before.

    furnish: what is to be written into the restored database before it becomes the centre's.

    Raises:
        As `opened`; nothing was changed. CannotWrite: the next opening goes on.
    """
    swap.sweep(folder)
    staging = folder / swap.new_staging()
    with opened(backup, keys_of, folder, clock) as (made, store):
        furnish(store, made)
        store.close()
        for path in store.folder.rglob("*"):
            if path.is_file():
                sync_file(path)
        move(store.folder, staging)
    stamp = clock.now().astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return made, swap.commit(folder, staging, stamp)


def _copy_parts(folder: Path, draft: Path) -> None:
    for path in sorted([*folder.iterdir(), *(folder / QUARANTINE).glob("*.anfb")]):
        name = path.relative_to(folder).as_posix()
        if name != "centre.db" and _PARTS.fullmatch(name) and path.is_file() and not path.is_symlink():
            make_folder((draft / name).parent)
            copy_file(path, draft / name)
    fsync_folder(draft)


def _check_sizes(backup: Path, made: CentreBackup) -> None:
    """Refuse what need not be read to be known as damaged."""
    for name, part in made.parts.items():
        path = backup / name
        if not path.is_file() or (isinstance(part, Part) and path.stat().st_size != part.size):
            raise BackupDamaged(backup.name, name)


def _take_parts(backup: Path, made: CentreBackup, copy: Path) -> None:
    for name, part in made.parts.items():
        digest = part if isinstance(part, str) else part.sha256
        make_folder((copy / name).parent)
        if not (backup / name).is_file() or copy_file(backup / name, copy / name) != digest:
            raise BackupDamaged(backup.name, name)
    copy_file(copy / KEY_FILE, copy / KEY_COPY)
    fsync_folder(copy)


def _mac(made: CentreBackup, key: DatabaseKey) -> str:
    return hmac.digest(kdf.hkdf(key.key, b"anifro/backup"), canonical(made.body()), "sha256").hex()
