"""Backups as files: what one holds, that a damaged one is found, what rotation keeps, and a swap cut short anywhere."""

from __future__ import annotations

import errno
import itertools
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from backup_files import NOW, Stores, check, contents, made, reopened
from store_parts import SUBJECT, FakeClock

from anifro_desktop import files
from anifro_desktop.files import DiskFull, FolderGone, copy_file
from anifro_desktop.record import canonical
from anifro_desktop.store import backup, copies, manifest
from anifro_desktop.store.backup_errors import (
    BackupDamaged,
    BackupMissing,
    BackupUnsound,
)
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.errors import NoRoom, VaultDamaged
from anifro_desktop.store.identities import IdentityStore
from anifro_desktop.store.rotation import DAYS, MONTHS, WEEKS, kept
from anifro_desktop.store.slots import Keys
from anifro_desktop.store.verify import verify
from anifro_desktop.strictjson import strict_json


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
