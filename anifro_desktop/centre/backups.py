"""The centre's own backups: made, tried, put back; and its people, where every passphrase is lost.

Rules kept here:
- What was found by a try stands in the trail.
- After a backup was put back, every site is asked for what came after it: the next receipt of each says so, sites send
  the same bytes again, and both sides are where they were. Receipts get numbers that none had before.
- Registrations, revocations and keysets of after the backup are to be done again: nobody else knows them.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from anifro_desktop.centre.errors import CentreMissing, NoBackupYet, RoleNeeded
from anifro_desktop.centre.office import DATA_MANAGER, Centre
from anifro_desktop.errors import Refusal
from anifro_desktop.files import make_folder
from anifro_desktop.record import Json
from anifro_desktop.store import attempts, centre_backup, sheet, staff, swap
from anifro_desktop.store.backup_errors import BackupForeign
from anifro_desktop.store.centre import CentreStore
from anifro_desktop.store.centre_backup import CentreBackup
from anifro_desktop.store.centre_server import open_store
from anifro_desktop.store.clock import Clock
from anifro_desktop.store.doorplate import exists
from anifro_desktop.store.errors import UnknownUser, VaultDamaged
from anifro_desktop.store.instance import lock_folder
from anifro_desktop.store.keyacts import RECOVERED, KeyAct
from anifro_desktop.store.slots import Keys
from anifro_desktop.store.vault import open_vault

FOLDER = "backups"
# Numbers of receipts that are left out, since some were made after the backup: these, and one for each so many seconds
# of its age. So none comes twice, however often one backup is put back.
_GAP, _SECONDS = 1000, 10


@dataclass(frozen=True, slots=True)
class Tried:
    """A backup that was opened and verified. entries: of its trail; behind: how many came here after it; ours: its
    trail is the beginning of that here."""

    name: str
    utc: str
    entries: int
    behind: int
    ours: bool


@dataclass(frozen=True, slots=True)
class PutBack:
    """A centre that was put back. writers: how many computers are asked for what came after; aside: the files of
    before, None if there were none."""

    name: str
    utc: str
    writers: int
    aside: Path | None


def back_up(centre: Centre, place: Path | None = None) -> Path:
    """Make a backup (place None: in the centre's own folder) and prove it; its folder.

    Raises:
        RoleNeeded. NotOnServer, NoRoom, CannotWrite, DiskFull, FolderGone, BackupUnsound, BackupDamaged: none was made.
    """
    centre.need(DATA_MANAGER)
    path, made = centre_backup.make(
        centre.folder, centre.store, place or centre.folder / FOLDER, centre.clock.now()
    )
    centre.store.log("backup", made.name, {"seq": made.seq, "hash": made.head})
    return path


def newest(centre: Centre) -> Path:
    """The newest backup in the centre's own folder.

    Raises:
        NoBackupYet: there is none.
    """
    found = sorted((centre.folder / FOLDER).glob("centre-backup-*"))
    if not found:
        raise NoBackupYet
    return found[-1]


def drill(centre: Centre, backup: Path, passphrase: str) -> Tried:
    """Open a backup with the person's passphrase as if it were needed.

    Raises:
        RoleNeeded. WrongPassphrase, TryLater. BackupMissing, BackupDamaged, BackupUnsound: the trail tells of it.
    """
    centre.need(DATA_MANAGER)
    person, beside = centre.keys.user.code, centre.folder / FOLDER
    make_folder(beside)
    try:
        with centre_backup.opened(backup, lambda copy: open_vault(copy, person, passphrase), beside) as (
            made,
            store,
        ):
            ours = centre.store.has(store.audit_head())
    except Refusal as refusal:
        if refusal.code.startswith("backup"):
            centre.store.log("backup_tried", backup.name, {"ours": False, "found": refusal.code})
        raise
    behind = max(0, centre.store.audit_head().seq - made.seq)
    centre.store.log("backup_tried", made.name, {"ours": ours, "entries": made.seq, "behind": behind})
    return Tried(made.name, made.utc, made.seq, behind, ours)


def restore(
    folder: Path, backup: Path, clock: Clock, *, user: str = "", passphrase: str = "", typed: str = ""
) -> PutBack:
    """Put a backup into a folder: of the same centre, or without one. It is opened by a data manager in it, or with
    what is typed from its recovery sheet.

    Raises:
        OtherInstance, UnsafeFolder. BackupMissing, BackupDamaged, BackupUnsound, BackupForeign. WrongPassphrase,
        UnknownUser, WrongSheet, SheetMistyped, NoSheet, RoleNeeded. NoRoom, CannotWrite. Nothing was changed.
    """
    secret = sheet.typed(typed) if typed else b""
    asked: list[int] = []

    def keys_of(copy: Path) -> Keys:
        keys = sheet.open_with(copy, secret) if secret else open_vault(copy, user, passphrase)
        if keys.kind != "centre":
            raise BackupForeign("site")
        if DATA_MANAGER not in keys.user.roles:
            raise RoleNeeded(DATA_MANAGER)
        return keys

    def furnish(store: CentreStore, made: CentreBackup) -> None:
        asked.append(_ask_all(store, made, clock))

    make_folder(folder)
    with lock_folder(folder):
        swap.finish(folder)
        _check_same(folder, centre_backup.read(backup)[0])
        made, aside = centre_backup.restore(folder, backup, keys_of, clock, furnish)
    return PutBack(made.name, made.utc, asked[0], aside)


def recover(
    folder: Path, typed: str, person: str, passphrase: str, clock: Clock, *, root: bool = False
) -> None:
    """Give a data manager of a locked vault a new passphrase, with its sheet. root: it is the vault of the root key.

    Raises:
        CentreMissing. SheetMistyped, NoSheet, WrongSheet, PassphraseTooShort, UnknownUser, CannotWrite: nothing was
        changed.
    """
    if not exists(folder):
        raise CentreMissing
    keys = sheet.open_with(folder, sheet.typed(typed))
    if not any(one.code == person and DATA_MANAGER in one.roles for one in staff.active(folder, keys)):
        raise UnknownUser(person)
    if root:
        staff.reset(folder, keys, person, passphrase, temporary=False)
    else:
        _recover(folder, keys, person, passphrase, clock)
    attempts.forget(folder, person)


def _recover(folder: Path, keys: Keys, person: str, passphrase: str, clock: Clock) -> None:
    store, act = open_store(folder, keys, clock), KeyAct(RECOVERED, person)
    try:
        keys = staff.reset(
            folder,
            keys,
            person,
            passphrase,
            temporary=False,
            before=lambda version: store.announce(version, act),
        )
        store.take_keys(keys)
    finally:
        store.close()


def _ask_all(store: CentreStore, made: CentreBackup, clock: Clock) -> int:
    """Owe every computer a receipt that asks for all that came after the backup."""
    age = (clock.now() - datetime.fromisoformat(made.utc)).total_seconds()
    gap = _GAP + max(0, int(age)) // _SECONDS
    with store.transaction():
        writers = [row for row in store.writers() if row.state == "registered"]
        for row in writers:
            above = max(row.rno_above, store.last_rno(row.site, row.writer)) + gap
            store.change_writer(row.site, row.writer, rno_above=above, owed=True, put_back=True)
        told: Json = {"utc": made.utc, "seq": made.seq, "hash": made.head}
        store.log("restore", made.name, told)
    return len(writers)


def _check_same(folder: Path, made: CentreBackup) -> None:
    from anifro_desktop.store.doorplate import candidates
    from anifro_desktop.store.slots import read_table

    if exists(folder):
        for raw in candidates(folder):
            with suppress(VaultDamaged):
                table = read_table(raw)
                if (table.kind, table.site) != ("centre", made.site):
                    raise BackupForeign("site")
