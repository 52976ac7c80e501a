"""A restore as files: the old site or the new one, whole, wherever it is cut short."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from backup_files import check, contents, opened_as, reopened
from store_parts import PASSPHRASE, FakeClock

from anifro_desktop.errors import Refusal
from anifro_desktop.record import canonical
from anifro_desktop.store import restore, swap
from anifro_desktop.store.backup_errors import (
    BackupDamaged,
    BackupForeign,
    RestoreStuck,
)
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.errors import RoleRefused
from anifro_desktop.store.schema import CLINICAL
from anifro_desktop.store.slots import Keys
from anifro_desktop.store.vault import open_vault


def restored(folder: Path, path: Path, code: str = "U01") -> restore.Restored:
    return restore.restore(folder, path, opened_as(code), FakeClock())


def test_restoring_puts_the_old_files_aside_and_starts_an_epoch(
    later: Path, folder: Path, keys: Keys
) -> None:
    old = contents(folder)
    done = restored(folder, later)
    assert done.epoch == 2
    assert done.aside is not None
    assert contents(done.aside) == {name: raw for name, raw in old.items() if name != "attempts.json"}
    seq, epoch, found = reopened(folder, keys)
    assert (epoch, found) == (2, [])
    clinical = ClinicalStore(folder, keys)
    (entry,) = clinical.audit_entries(table="act", field="restore")
    assert entry.entry.record == later.name
    assert seq > done.manifest.heads["clinical"].seq
    clinical.close()
    assert not swap.pending(folder)
    assert not list(folder.glob(".restore-*"))


def test_restoring_twice_never_uses_an_epoch_again(later: Path, folder: Path, keys: Keys) -> None:
    assert restored(folder, later).epoch == 2
    assert restored(folder, later).epoch == 3
    assert reopened(folder, keys)[1:] == (3, [])


def test_restoring_into_an_empty_folder_makes_the_same_site(later: Path, keys: Keys, tmp_path: Path) -> None:
    fresh = tmp_path / "new computer"
    fresh.mkdir()
    done = restored(fresh, later)
    assert done.aside is None
    epoch, found = reopened(fresh, keys)[1:]
    assert (epoch == done.epoch, found) == (True, [])
    assert epoch > 2  # the old site's files may be going on elsewhere
    assert open_vault(fresh, "U01", PASSPHRASE).damaged == ()


def test_restoring_heals_a_site_whose_files_are_broken_or_gone(later: Path, folder: Path, keys: Keys) -> None:
    (folder / "clinical.db").write_bytes(b"nothing of a database" * 1000)
    (folder / "identity.db").unlink()
    (folder / "keyslots.json").write_bytes(b"{}")
    (folder / "keyslots.json.bak").unlink()
    done = restored(folder, later)
    assert reopened(folder, keys)[1:] == (done.epoch, [])


def test_a_wal_of_the_old_database_is_never_read_into_the_restored_one(
    later: Path, folder: Path, keys: Keys
) -> None:
    (folder / "clinical.db-wal").write_bytes(b"left by a crash")
    done = restored(folder, later)
    assert done.aside is not None
    assert (done.aside / "clinical.db-wal").read_bytes() == b"left by a crash"
    assert reopened(folder, keys)[1:] == (2, [])


@pytest.mark.parametrize("name", ["clinical.db", "identity.db", "keyslots.json", "manifest.json"])
def test_a_damaged_backup_is_refused_and_the_old_files_stay(name: str, later: Path, folder: Path) -> None:
    raw = bytearray((later / name).read_bytes())
    raw[len(raw) // 3] ^= 0x10
    (later / name).write_bytes(raw)
    before = contents(folder)
    with pytest.raises(BackupDamaged):
        restored(folder, later)
    assert contents(folder) == before


def test_nobody_restores_with_a_role_that_may_not(later: Path, folder: Path) -> None:
    before = contents(folder)
    with pytest.raises(RoleRefused):
        restored(folder, later, "U02")  # the monitor
    assert contents(folder) == before


def test_a_backup_of_another_site_or_computer_is_refused(
    later: Path, folder: Path, tmp_path: Path, site_vault: tuple[Path, Keys]
) -> None:
    from anifro_desktop.store import vault
    from anifro_desktop.store.doorplate import User

    admin = User("U01", "Altra Prova", ("site_admin",))
    for code, why in (("P04", "site"), ("P03", "writer")):
        other = tmp_path / code
        other.mkdir()
        vault.create_vault(other, code, admin, PASSPHRASE, cost=vault.FLOOR)
        before = contents(other)
        with pytest.raises(BackupForeign) as refusal:
            restored(other, later)
        assert refusal.value.params == {"why": why}
        assert contents(other) == before


def test_people_who_come_back_with_an_old_backup_are_named(
    later: Path, folder: Path, keys: Keys, clock: FakeClock
) -> None:
    from anifro_desktop.store import staff

    current = open_vault(folder, "U01", PASSPHRASE)
    staff.disable(folder, current, "U02")
    assert restored(folder, later).returned == ("U02",)


# A restore cut short


class Cut(BaseException):
    """The power goes."""


@contextmanager
def power_cut(monkeypatch: pytest.MonkeyPatch, after: int) -> Iterator[list[int]]:
    """The program ends before the step of that number that changes a name in a folder or syncs a file."""
    count = [0]

    def counted(act: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **kw: Any) -> Any:
            count[0] += 1
            if count[0] > after:
                raise Cut
            return act(*args, **kw)

        return step

    with monkeypatch.context() as patch:
        for name in ("replace", "rename", "link", "unlink", "fsync"):
            patch.setattr(os, name, counted(getattr(os, name)))
        # Nothing is tidied up by a program that is no more.
        patch.setattr(shutil, "rmtree", counted(shutil.rmtree))
        yield count


def test_a_restore_cut_short_anywhere_leaves_the_old_site_or_the_new_one_whole(
    later: Path, folder: Path, keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_entries = reopened(folder, keys)[0]
    seen = set()
    after = 0
    while True:
        trial = tmp_path / f"cut-{after}"
        shutil.copytree(folder, trial)
        try:
            with power_cut(monkeypatch, after):
                restored(trial, later)
        except (Cut, Refusal):
            ended = False
        else:
            ended = True
        # The next start: whoever comes to the door goes on with a note, if there is one.
        swap.finish(trial)
        seq, epoch, found = reopened(trial, keys)
        assert found == []
        assert (trial / "keyslots.json").read_bytes() == (trial / "keyslots.json.bak").read_bytes()
        assert (seq, epoch) == (old_entries, 1) or epoch == 2, after
        kept_aside = [path for path in trial.rglob("before-restore-*") if path.is_dir()]
        assert len(kept_aside) == (epoch == 2)
        seen.add(epoch)
        shutil.rmtree(trial)
        if ended:
            break
        after += 3  # the steps after the note are cut one by one below
    assert seen == {1, 2}
    assert after > 60


def test_finishing_a_restore_can_itself_be_cut_short(
    later: Path, folder: Path, keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = tmp_path / "noted"
    shutil.copytree(folder, noted)
    with monkeypatch.context() as patch:
        patch.setattr(swap, "finish", _cut)
        with pytest.raises(Cut):
            restored(noted, later)
    assert swap.pending(noted)
    after = 0
    ended = False
    while not ended:
        trial = tmp_path / f"finish-{after}"
        shutil.copytree(noted, trial)
        try:
            with power_cut(monkeypatch, after):
                swap.finish(trial)
            ended = True
        except (Cut, Refusal):
            after += 1
        swap.finish(trial)
        assert reopened(trial, keys)[1:] == (2, [])
        shutil.rmtree(trial)
    assert after > 15


def _cut(_: Path) -> None:
    raise Cut


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"{}",
        canonical(
            {"format": swap.FORMAT, "staging": "../x", "aside": "before-restore-20261123T090000Z-ab12"}
        ),
        canonical(
            {
                "format": swap.FORMAT,
                "staging": ".restore-00000000",
                "aside": "before-restore-20261123T090000Z-ab12",
                "coming": ["../../clinical.db"],
                "going": [],
            }
        ),
    ],
)
def test_a_note_that_this_program_did_not_write_moves_nothing(note: bytes, folder: Path) -> None:
    (folder / swap.NOTE).write_bytes(note)
    before = contents(folder)
    with pytest.raises(RestoreStuck):
        swap.finish(folder)
    assert contents(folder) == before


def test_a_backup_under_an_older_schema_is_brought_up_to_date_in_the_copy_only(
    later: Path, folder: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = contents(later)
    newer = replace(CLINICAL, migrations=(*CLINICAL.migrations, lambda _: None))
    monkeypatch.setattr(ClinicalStore, "SCHEMA", newer)
    check(later, tmp_path)
    assert contents(later) == before
    restored(folder, later)
    assert reopened(folder, keys)[1:] == (2, [])
