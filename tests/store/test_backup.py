"""Backups as files: what one holds, that a damaged one is found, what rotation keeps, and a swap cut short anywhere."""

from __future__ import annotations

import errno
import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from store_parts import PASSPHRASE, SUBJECT, FakeClock, revision

from anifro_desktop import files
from anifro_desktop.errors import Refusal
from anifro_desktop.files import DiskFull, FolderGone, copy_file
from anifro_desktop.identity import Identity
from anifro_desktop.record import canonical
from anifro_desktop.store import backup, copies, manifest, restore, swap
from anifro_desktop.store.backup_errors import (
    BackupDamaged,
    BackupForeign,
    BackupMissing,
    BackupUnsound,
    RestoreStuck,
)
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.errors import NoRoom, RoleRefused, VaultDamaged
from anifro_desktop.store.identities import IdentityStore
from anifro_desktop.store.rotation import DAYS, MONTHS, WEEKS, kept
from anifro_desktop.store.schema import CLINICAL
from anifro_desktop.store.slots import Keys
from anifro_desktop.store.vault import open_vault
from anifro_desktop.store.verify import verify
from anifro_desktop.strictjson import strict_json

PERSON = Identity("Inventata", "Persona", None, "", "SYN0001", "", "")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def stores(folder: Path, keys: Keys, clock: FakeClock) -> Iterator[tuple[ClinicalStore, IdentityStore]]:
    """A site with a patient, open."""
    clinical = ClinicalStore(folder, keys, clock)
    identities = IdentityStore(folder, keys, clinical.log, clock)
    clinical.add_subject(SUBJECT)
    clinical.append_revision(revision({"phga": "1.5"}))
    identities.save(SUBJECT, PERSON)
    yield clinical, identities
    identities.close()
    clinical.close()


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


def test_a_backup_holds_all_that_a_new_computer_needs_and_no_word_of_a_patient(
    stores: Stores, tmp_path: Path
) -> None:
    (stores[0].folder / "wording.json").write_bytes(b"{}\n")
    path = made(stores, tmp_path / "stick")
    known = check(path, tmp_path)
    assert path.name == known.name == f"backup-P03-{stores[0].keys.writer[:8]}-20261123T090000000Z"
    assert {one.name for one in path.iterdir()} == manifest.PARTS | {manifest.FILE}
    assert known.heads["clinical"] == stores[0].audit_head()
    assert known.heads["identity"] == stores[1].audit_head()
    assert known.rows["clinical"]["revisions"] == 1
    assert known.rows["identity"]["identities"] == 1
    everything = b"".join(contents(path).values())
    for word in (b"Inventata", b"SYN0001", SUBJECT.encode(), b"phga"):
        assert word not in everything
    assert [one.name for one in (tmp_path / "stick").iterdir()] == [path.name]


def test_checking_a_backup_leaves_it_byte_for_byte(stores: Stores, tmp_path: Path) -> None:
    path = made(stores, tmp_path / "stick")
    before = contents(path)
    check(path, tmp_path)
    check(path, tmp_path)
    assert contents(path) == before
    assert not list(tmp_path.glob(".check-*"))


def test_work_goes_on_while_a_copy_is_verified_and_the_backup_is_of_its_moment(
    stores: Stores, tmp_path: Path
) -> None:
    clinical, identities = stores
    with copies.open_sources(clinical, identities) as sources:
        draft = backup.begin(clinical.folder, clinical.keys, sources, tmp_path / "b", NOW, "daily")
    assert manifest.listed(tmp_path / "b") == []  # it does not count yet
    clinical.log("later")
    backup.prove(draft)
    backup.finish(draft)
    (found,) = manifest.listed(tmp_path / "b")
    assert found.whole
    assert found.manifest is not None
    assert found.manifest.heads["clinical"].seq == clinical.audit_head().seq - 1


def test_every_part_that_is_missing_or_has_one_other_bit_is_found(stores: Stores, tmp_path: Path) -> None:
    path = made(stores, tmp_path / "stick")
    good = contents(path)
    for name, raw in good.items():
        (path / name).unlink()
        with pytest.raises((BackupDamaged, BackupMissing)):
            check(path, tmp_path)
        for place in (0, len(raw) // 2, len(raw) - 1):
            flipped = bytearray(raw)
            flipped[place] ^= 1
            (path / name).write_bytes(flipped)
            with pytest.raises(BackupDamaged) as refusal:
                check(path, tmp_path)
            assert refusal.value.params["name"] == path.name
        (path / name).write_bytes(raw)
    check(path, tmp_path)


def test_parts_of_two_backups_cannot_be_joined_by_a_new_manifest(stores: Stores, tmp_path: Path) -> None:
    """Who can write files but not unlock puts an old clinical database into a new backup and mends the hashes."""
    old = made(stores, tmp_path / "stick")
    stores[0].log("something since")
    new = made(stores, tmp_path / "stick", NOW + timedelta(hours=1))
    shutil.copyfile(old / "clinical.db", new / "clinical.db")
    known = manifest.read_manifest(new)
    older = manifest.read_manifest(old)
    forged = replace(
        known,
        parts={**known.parts, "clinical.db": older.parts["clinical.db"]},
        heads={**known.heads, "clinical": older.heads["clinical"]},
    )
    (new / manifest.FILE).write_bytes(forged.to_bytes())
    with pytest.raises(BackupDamaged):
        check(new, tmp_path)


@pytest.mark.parametrize(
    "change", [{"format": "anifro/backup/v9"}, {"more": 1}, {"epoch": -1}, {"utc": "now"}]
)
def test_a_manifest_that_is_not_exactly_ours_is_refused(
    change: dict[str, Any], stores: Stores, tmp_path: Path
) -> None:
    path = made(stores, tmp_path / "stick")
    data: Any = strict_json((path / manifest.FILE).read_bytes())
    (path / manifest.FILE).write_bytes(canonical(data | change) + b"\n")
    with pytest.raises(BackupDamaged):
        manifest.read_manifest(path)
    (found,) = manifest.listed(tmp_path / "stick")
    assert not found.whole


def test_a_backup_of_data_with_faults_is_not_kept(
    stores: Stores, tmp_path: Path, by_hand: Callable[..., list[Any]], keys: Keys, clock: FakeClock
) -> None:
    for store in stores:
        store.close()
    by_hand("UPDATE subjects SET status = 'dead'")
    clinical = ClinicalStore(stores[0].folder, keys, clock)
    identities = IdentityStore(stores[0].folder, keys, clinical.log, clock)
    with pytest.raises(BackupUnsound):
        made((clinical, identities), tmp_path / "stick")
    assert list((tmp_path / "stick").iterdir()) == []
    identities.close()
    clinical.close()


def test_a_site_that_lost_its_anchors_still_gets_backups(
    stores: Stores, tmp_path: Path, keys: Keys, clock: FakeClock
) -> None:
    """What stays in the trail until somebody says it was seen must not keep a site without a backup."""
    for store in stores:
        store.close()
    (stores[0].folder / "anchor.json").write_bytes(b"broken")
    clinical = ClinicalStore(stores[0].folder, keys, clock)
    identities = IdentityStore(stores[0].folder, keys, clinical.log, clock)
    clinical.log("unlock")
    assert verify(clinical)
    check(made((clinical, identities), tmp_path / "stick"), tmp_path)
    identities.close()
    clinical.close()


def test_a_key_file_that_was_changed_since_unlocking_does_not_go_into_a_backup(
    stores: Stores, tmp_path: Path
) -> None:
    for name in ("keyslots.json", "keyslots.json.bak"):
        path = stores[0].folder / name
        path.write_bytes(path.read_bytes().replace(b"Marco Finto", b"Mirco Finto"))
    with pytest.raises(VaultDamaged):
        made(stores, tmp_path / "stick")
    assert list((tmp_path / "stick").iterdir()) == []


def test_no_backup_without_room_for_three(
    stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "free_bytes", lambda _: 199 << 20)
    with pytest.raises(NoRoom) as refusal:
        made(stores, tmp_path / "stick")
    assert refusal.value.params == {"needed": 200, "free": 199}
    assert list((tmp_path / "stick").iterdir()) == []


def test_a_disk_that_fills_up_while_copying_leaves_nothing_behind(
    stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(stores, tmp_path / "usual")
    (tmp_path / "stick").mkdir()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(files, "_to_disk", full)
    with pytest.raises(DiskFull):
        made(stores, tmp_path / "usual", NOW + timedelta(days=1))
    with pytest.raises(DiskFull):
        backup.copy_to(path, tmp_path / "stick")
    assert [one.name for one in (tmp_path / "usual").iterdir()] == [path.name]
    assert list((tmp_path / "stick").iterdir()) == []


def test_a_second_copy_is_compared_byte_by_byte(
    stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(stores, tmp_path / "usual")
    stick = tmp_path / "stick"
    stick.mkdir()
    copied = backup.copy_to(path, stick)
    assert contents(copied) == contents(path)
    shutil.rmtree(copied)
    monkeypatch.setattr(backup, "file_sha256", lambda _: "0" * 64)  # a stick that gives back something else
    with pytest.raises(BackupDamaged):
        backup.copy_to(path, stick)
    assert list(stick.iterdir()) == []


def test_what_an_interrupted_backup_left_is_swept_and_another_site_s_is_not(
    stores: Stores, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    own = stores[0].keys.writer[:8]
    for name in (f".backup-{own}-00000000", f".check-{own}-00000000", f".gone-{own}-00000000"):
        (stick / name).mkdir(parents=True)
    (stick / ".backup-ffffffff-00000000").mkdir()
    path = made(stores, stick)
    assert {one.name for one in stick.iterdir()} == {path.name, ".backup-ffffffff-00000000"}


# Rotation


def test_rotation_keeps_days_weeks_and_months_over_400_days() -> None:
    there: set[datetime] = set()
    day = datetime(2026, 1, 1, 17, 30, tzinfo=UTC)
    for _ in range(400):
        there.add(day)
        keep = kept(there)
        assert day in keep
        assert set(sorted(there)[-DAYS:]) <= keep
        there &= keep
        day += timedelta(days=1)
    last = day - timedelta(days=1)
    assert {last - timedelta(days=back) for back in range(DAYS)} <= there
    weeks = sorted({moment.isocalendar()[:2] for moment in there})[-WEEKS:]
    assert weeks == sorted({(last - timedelta(weeks=back)).isocalendar()[:2] for back in range(WEEKS)})
    months = {(moment.year, moment.month) for moment in there}
    assert len(months) == MONTHS
    assert (2026, 3) in months  # the twelfth back from February 2027
    assert len(there) <= DAYS + WEEKS + MONTHS
    # Of each past month, the last day that there was.
    assert datetime(2026, 12, 31, 17, 30, tzinfo=UTC) in there


def test_rotation_of_a_clock_put_forward_keeps_what_was_there() -> None:
    days = {datetime(2026, 11, day, tzinfo=UTC) for day in range(1, 7)}
    future = datetime(2036, 1, 1, tzinfo=UTC)
    assert kept(days | {future}) == days | {future}


def test_several_backups_of_one_day_count_as_one_day() -> None:
    hours = {datetime(2026, 11, 23, hour, tzinfo=UTC) for hour in range(10)}
    assert kept(hours) == {max(hours)}


def test_a_backup_is_given_up_as_a_whole(stores: Stores, tmp_path: Path) -> None:
    path = made(stores, tmp_path / "stick")
    backup.remove(path, stores[0].keys.writer)
    assert list((tmp_path / "stick").iterdir()) == []


# Restoring


def restored(folder: Path, path: Path, code: str = "U01") -> restore.Restored:
    return restore.restore(folder, path, opened_as(code), FakeClock())


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


@pytest.fixture
def later(stores: Stores, tmp_path: Path) -> Path:
    """A backup of a site that went on after it, closed."""
    path = made(stores, tmp_path / "stick")
    stores[0].log("lost by restoring")
    stores[1].close()
    stores[0].close()
    return path


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


# A stick that is pulled out


def pulled(stick: Path, at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stick goes away while the file of that number is copied."""
    left = itertools.count()

    def copy(source: Path, target: Path) -> str:
        if next(left) == at:
            shutil.rmtree(stick)
        return copy_file(source, target)

    monkeypatch.setattr(backup, "copy_file", copy)


@pytest.mark.parametrize("at", range(7))
def test_a_stick_pulled_out_while_a_backup_is_copied_to_it_is_said(
    at: int, later: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    before = contents(later)
    pulled(second, at, monkeypatch)
    with pytest.raises(FolderGone) as refusal:
        backup.copy_to(later, second)
    assert later.name in str(refusal.value)
    assert contents(later) == before
    assert not second.exists()


@pytest.mark.parametrize("at", range(8))
def test_a_stick_pulled_out_while_a_backup_on_it_is_proved_is_said(
    at: int, folder: Path, keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    clinical = ClinicalStore(folder, keys)
    identities = IdentityStore(folder, keys, clinical.log)
    with copies.open_sources(clinical, identities) as sources:
        draft = backup.begin(folder, keys, sources, second, FakeClock().now(), "asked")
    pulled(second, at, monkeypatch)
    with pytest.raises(FolderGone) as refusal:
        backup.prove(draft)
    assert draft.manifest.name in str(refusal.value)
    identities.close()
    clinical.close()
    assert reopened(folder, keys)[2] == []
