"""Making a site and unlocking it: whole or not at all, and one program at a time."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from study_parts import PASSPHRASE, PERSON, Pisa, TestClock, make_site, open_site, setup

from anifro_desktop.errors import Refusal
from anifro_desktop.files import CannotWrite
from anifro_desktop.store.errors import (
    OtherInstance,
    PassphraseTooShort,
    RoleRefused,
    SheetMistyped,
    UnsafeFolder,
    VaultExists,
    VaultMissing,
    WrongPassphrase,
)
from anifro_desktop.store.instance import InstanceLock
from anifro_desktop.store.vault import FLOOR
from anifro_desktop.study.subject_code import SiteCodeRefused
from anifro_desktop.sync.errors import KeyFileDamaged, WrongFingerprint
from anifro_desktop.sync.keyset import read_card
from anifro_desktop.workflows import backups, checking
from anifro_desktop.workflows import site as site_module
from anifro_desktop.workflows.entrance import exists, people
from anifro_desktop.workflows.errors import BackupPlace
from anifro_desktop.workflows.model import Person
from anifro_desktop.workflows.people import recover
from anifro_desktop.workflows.restoring import restore
from anifro_desktop.workflows.site import create_site, opening, unlock

ADMINISTRATOR_NEEDED = Person("U02", "Prova", ("investigator",))


def test_a_new_site_holds_its_card_and_asks_for_its_person(
    tmp_path: Path, pisa: Pisa, clock: TestClock
) -> None:
    folder = tmp_path / "site"
    made = create_site(folder, setup(pisa.keyset, pisa.fingerprint), clock, cost=FLOOR)
    assert exists(folder)
    assert people(folder) == [PERSON]
    assert read_card(made.card.read_bytes(), made.fingerprint).site == "P03"
    site = open_site(folder, clock)
    assert (site.code, site.name, site.practice, site.person) == ("P03", "Centro di prova", True, PERSON)
    assert site.card().fingerprint == made.fingerprint
    assert site.keyset().fingerprint == pisa.fingerprint
    site.close()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"fingerprint": "ABCDE-ABCDE-ABCDE-ABCDE-ABCDE"}, WrongFingerprint),
        ({"keyset": b"not a keyset"}, KeyFileDamaged),
        ({"passphrase": "thirteen char"}, PassphraseTooShort),
        ({"code": "p 3"}, SiteCodeRefused),
        ({"person": ADMINISTRATOR_NEEDED}, RoleRefused),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_a_refused_site_leaves_nothing_behind(
    changes: dict[str, Any], refusal: type[Refusal], tmp_path: Path, pisa: Pisa, clock: TestClock
) -> None:
    facts = {"keyset": pisa.keyset, "fingerprint": pisa.fingerprint} | changes
    with pytest.raises(refusal):
        create_site(tmp_path / "site", setup(**facts), clock, cost=FLOOR)
    assert not exists(tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_folder_should_be_is_refused_and_stays(
    tmp_path: Path, pisa: Pisa, clock: TestClock
) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="ascii")
    with pytest.raises(CannotWrite):
        create_site(tmp_path / "file" / "site", setup(pisa.keyset, pisa.fingerprint), clock, cost=FLOOR)
    assert [path.name for path in tmp_path.rglob("*")] == ["file"]


def test_a_folder_that_takes_no_file_is_refused(locked_folder: Path, pisa: Pisa, clock: TestClock) -> None:
    before = set(locked_folder.iterdir())
    for folder in (locked_folder, locked_folder / "site"):
        with pytest.raises(CannotWrite):
            create_site(folder, setup(pisa.keyset, pisa.fingerprint), clock, cost=FLOOR)
    assert set(locked_folder.iterdir()) == before


def test_a_folder_of_a_cloud_service_is_refused_and_stays_empty(
    tmp_path: Path, pisa: Pisa, clock: TestClock
) -> None:
    with pytest.raises(UnsafeFolder):
        create_site(tmp_path / "Dropbox" / "site", setup(pisa.keyset, pisa.fingerprint), clock, cost=FLOOR)
    assert list(tmp_path.iterdir()) == []


def test_a_site_is_never_made_over_another(site_folder: Path, pisa: Pisa, clock: TestClock) -> None:
    before = {path.name: path.read_bytes() for path in site_folder.iterdir()}
    with pytest.raises(VaultExists):
        make_site(site_folder, setup(pisa.keyset, pisa.fingerprint), clock)
    assert {path.name: path.read_bytes() for path in site_folder.iterdir()} == before


def test_a_wrong_passphrase_opens_nothing_and_is_told_at_the_next_unlocking(
    site_folder: Path, clock: TestClock
) -> None:
    with pytest.raises(WrongPassphrase) as refused:
        unlock(site_folder, "U01", "another passphrase", clock)
    assert "another" not in str(refused.value)
    site = open_site(site_folder, clock)
    assert opening(site).failed_attempts == 1
    site.close()
    site = open_site(site_folder, clock)
    assert opening(site).failed_attempts == 0
    site.close()


def test_a_folder_in_use_is_refused_and_free_again_after_closing(site_folder: Path, clock: TestClock) -> None:
    site = open_site(site_folder, clock)
    with pytest.raises(OtherInstance):
        unlock(site_folder, "U01", PASSPHRASE, clock)
    site.close()
    open_site(site_folder, clock).close()


def test_a_refused_unlocking_lets_go_of_the_folder(site_folder: Path, clock: TestClock) -> None:
    with pytest.raises(WrongPassphrase):
        unlock(site_folder, "U01", "another passphrase", clock)
    open_site(site_folder, clock).close()


def test_a_folder_without_a_site_says_so(tmp_path: Path, clock: TestClock) -> None:
    assert not exists(tmp_path)
    with pytest.raises(VaultMissing):
        unlock(tmp_path, "U01", PASSPHRASE, clock)


def test_a_folder_that_is_not_there_is_no_site(tmp_path: Path, clock: TestClock) -> None:
    for act in (
        lambda folder: unlock(folder, "U01", PASSPHRASE, clock),
        lambda folder: recover(folder, " ".join(["0" * 4] * 14), "U01", PASSPHRASE, clock),
    ):
        with pytest.raises((VaultMissing, SheetMistyped)) as refusal:
            act(tmp_path / "nowhere")
        assert "instance.lock" not in str(refusal.value)
    with pytest.raises(VaultMissing):
        InstanceLock(tmp_path / "nowhere")


@pytest.mark.parametrize("kept", ["clinical.db", "identity.db", "anchor.json"])
def test_databases_without_their_key_file_are_no_place_for_a_new_site(
    kept: str, site_folder: Path, pisa: Pisa, clock: TestClock
) -> None:
    for path in [path for path in site_folder.iterdir() if path.name != kept]:
        path.unlink()
    bytes_before = (site_folder / kept).read_bytes()
    assert exists(site_folder)  # not a first run
    for act in (
        lambda: people(site_folder),
        lambda: unlock(site_folder, "U01", PASSPHRASE, clock),
        lambda: create_site(site_folder, setup(pisa.keyset, pisa.fingerprint), clock, cost=FLOOR),
    ):
        with pytest.raises(VaultMissing) as refusal:
            act()
        assert refusal.value.params == {"why": "alone"}
    assert (site_folder / kept).read_bytes() == bytes_before
    assert [path.name for path in site_folder.iterdir() if path.name != "instance.lock"] == [kept]


def test_a_site_opens_again_with_the_key_file_of_its_newest_backup(
    site_folder: Path, clock: TestClock
) -> None:
    site = open_site(site_folder, clock)
    made = backups.make(site)
    site.close()
    for name in ("keyslots.json", "keyslots.json.bak"):
        (site_folder / name).unlink()
    shutil.copyfile(made.path / "keyslots.json", site_folder / "keyslots.json")
    open_site(site_folder, clock).close()


def test_a_making_cut_short_before_its_last_move_is_gone_on_with(site_folder: Path, clock: TestClock) -> None:
    """Nothing was damaged, so nothing is said to be; what another making left is not taken for it."""
    other, workshop = site_folder / ".new-00000000", site_folder / ".new-11111111"
    for folder in (other, workshop):
        folder.mkdir()
    (other / "keyslots.json").write_bytes(b"{}")
    (site_folder / "keyslots.json").rename(workshop / "keyslots.json")
    site = open_site(site_folder, clock)
    assert checking.verify(site) == []
    site.close()
    assert (site_folder / "keyslots.json").read_bytes() == (site_folder / "keyslots.json.bak").read_bytes()
    assert not workshop.exists()


@pytest.mark.parametrize("moves", range(1, 10))
def test_a_disk_that_fails_while_a_site_is_moved_in_lets_the_same_person_try_again(
    tmp_path: Path, pisa: Pisa, clock: TestClock, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    folder, left = tmp_path / "data", moves
    move = site_module.move

    def failing(source: Path, target: Path) -> None:
        nonlocal left
        move(source, target)
        left -= 1
        if left == 0:
            raise CannotWrite("the disk failed")

    monkeypatch.setattr(site_module, "move", failing)
    with suppress(CannotWrite):
        make_site(folder, setup(pisa.keyset, pisa.fingerprint), clock)
    monkeypatch.undo()
    with suppress(VaultExists):  # all of it had arrived
        make_site(folder, setup(pisa.keyset, pisa.fingerprint), clock)
    site = open_site(folder, clock)
    assert checking.verify(site) == []
    site.close()
    assert not list(folder.glob(".new-*"))


def test_the_second_place_of_the_first_run_is_kept_or_refused(
    tmp_path: Path, pisa: Pisa, clock: TestClock
) -> None:
    stick, folder = tmp_path / "stick", tmp_path / "site"
    facts = setup(pisa.keyset, pisa.fingerprint)
    with pytest.raises(BackupPlace):
        create_site(folder, replace(facts, second=stick), clock, cost=FLOOR)
    assert not folder.exists()
    stick.mkdir()
    create_site(folder, replace(facts, second=stick), clock, cost=FLOOR)
    site = open_site(folder, clock)
    assert backups.second(site) == stick
    assert backups.make(site).second is not None
    site.close()


@pytest.mark.skipif(os.name != "posix", reason="modes of files are a matter of POSIX")
def test_every_file_of_a_site_is_its_owners_alone_also_when_it_was_restored(
    tmp_path: Path, pisa: Pisa, clock: TestClock, stick: Path
) -> None:
    before = os.umask(0o022)
    try:
        folder = tmp_path / "site"
        create_site(folder, setup(pisa.keyset, pisa.fingerprint), clock, cost=FLOOR)
        site = open_site(folder, clock)
        names = {path.name for path in folder.iterdir()}
        assert {"clinical.db-wal", "clinical.db-shm", "identity.db-wal", "identity.db-shm"} <= names
        assert _readable_by_others(folder) == []
        made = backups.make(site, stick)
        site.close()
        restore(folder, made.path, clock, user=PERSON.code, passphrase=PASSPHRASE)
        site = open_site(folder, clock)
        assert _readable_by_others(folder) == []
        site.close()
    finally:
        os.umask(before)


def _readable_by_others(folder: Path) -> list[str]:
    return [path.name for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_mode & 0o077]
