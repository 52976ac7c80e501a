"""A site put back from a backup, on its own computer or a new one; and what the centre says of it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from backup_acts import acts, new_folder, put_back
from study_parts import (
    DAY_0,
    PASSPHRASE,
    PERSON,
    Pisa,
    TestClock,
    enrol,
    open_site,
    opened_site,
    signed,
    someone,
)
from whole_study import Study

from anifro_desktop.centre.reading import all_subjects
from anifro_desktop.store.errors import OtherInstance
from anifro_desktop.store.verify import verify
from anifro_desktop.workflows import backups, checking, entrance, people, receiving, restoring, sending
from anifro_desktop.workflows.errors import RestoreStopped
from anifro_desktop.workflows.exchange_errors import NotLocked, SendingLocked
from anifro_desktop.workflows.site import Site, unlock


def test_restoring_brings_back_what_was_and_locks_nothing_out(
    site: Site, clock: TestClock, stick: Path
) -> None:
    kept = enrol(site)
    made = backups.make(site, stick)
    enrol(site, someone(2))
    folder = site.folder
    with pytest.raises(OtherInstance):
        restoring.restore(folder, made.path, clock, user="U01", passphrase=PASSPHRASE)
    site.close()
    done = restoring.restore(folder, made.path, clock, user="U01", passphrase=PASSPHRASE)
    assert (done.epoch, done.returned) == (2, ())
    assert done.aside is not None
    back = open_site(folder, clock)
    assert [row.code for row in back.clinical.subjects()] == [kept]
    assert back.names[kept].surname == "Sintetica-001"
    assert checking.verify(back) == []
    assert acts(back, "restore")[0].new["epoch"] == 2
    back.close()
    # What was there before still opens, put back by hand.
    again = shutil.copytree(done.aside, folder.with_name("again"))
    old = open_site(again, clock)
    assert len(old.clinical.subjects()) == 2
    old.close()


def test_a_site_moves_to_a_new_computer_with_its_backup_alone(
    site: Site, clock: TestClock, stick: Path, tmp_path: Path
) -> None:
    code = enrol(site)
    made = backups.make(site, stick)
    site.close()
    fresh = tmp_path / "new" / "computer"
    assert restoring.administrator(made.path) == PERSON.code
    card = next(site.folder.glob("card-*.anfk"))
    restoring.restore(fresh, made.path, clock, user="U01", passphrase=PASSPHRASE)
    assert [person.code for person in entrance.people(fresh)] == ["U01"]
    assert (fresh / card.name).read_bytes() == card.read_bytes()  # for a centre that asks for it again
    moved = open_site(fresh, clock)
    assert moved.names[code].hospital_number == "SYN00001"
    assert checking.verify(moved) == []
    moved.close()


def test_a_restore_can_be_stopped_until_it_moves_in_and_leaves_all_as_it_was(
    site: Site, clock: TestClock, tmp_path: Path
) -> None:
    enrol(site)
    made = backups.make(site).path
    enrol(site, someone(2))
    site.close()

    def held() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in site.folder.rglob("*") if path.is_file()}

    def stopping_at(number: int) -> list[tuple[int, int]]:
        told: list[tuple[int, int]] = []

        def step(done: int, of: int) -> None:
            told.append((done, of))
            if len(told) == number:
                raise RestoreStopped

        restoring.restore(site.folder, made, clock, user=PERSON.code, passphrase=PASSPHRASE, step=step)
        return told

    before, at = held(), 1
    while True:
        try:
            told = stopping_at(at)
        except RestoreStopped:
            assert held() == before, at
            at += 1
        else:
            break
    assert at > 5
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] == told[-1][1]
    fresh = tmp_path / "new computer"
    with pytest.raises(RestoreStopped):
        restoring.restore(fresh, made, clock, user=PERSON.code, passphrase=PASSPHRASE, step=_stop)
    assert not fresh.exists()


def _stop(_done: int, _of: int) -> None:
    raise RestoreStopped


def test_a_recovery_sheet_restores_a_site_whose_passphrases_are_all_lost(
    site: Site, clock: TestClock, stick: Path, tmp_path: Path
) -> None:
    from anifro_desktop.store.vault import FLOOR

    code = enrol(site)
    sheet = " ".join(group for row in people.make_sheet(site).rows for group in row)
    made = backups.make(site, stick)
    site.close()
    fresh = tmp_path / "new"
    done = restoring.restore(fresh, made.path, clock, sheet=sheet)
    assert done.epoch > 2
    people.recover(fresh, sheet, "U01", "another long passphrase", clock, cost=FLOOR)
    moved = unlock(fresh, "U01", "another long passphrase", clock)
    assert code in moved.names
    assert verify(moved.clinical) == []
    moved.close()


def test_a_wrong_passphrase_or_a_folder_that_is_no_backup_leaves_nothing(
    site: Site, clock: TestClock, stick: Path, tmp_path: Path
) -> None:
    from anifro_desktop.errors import Refusal

    made = backups.make(site, stick)
    fresh = tmp_path / "new"
    for path, passphrase in ((made.path, "a wrong passphrase"), (stick, PASSPHRASE)):
        with pytest.raises(Refusal):
            restoring.restore(fresh, path, clock, user="U01", passphrase=passphrase)
        assert not fresh.exists()


def test_an_interrupted_restore_is_finished_at_the_door(
    site: Site, clock: TestClock, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from anifro_desktop.store import swap

    made = backups.make(site, stick)
    enrol(site)
    folder = site.folder
    site.close()

    def gone(_: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(swap, "finish", _in_turn(swap.finish, gone))
        with pytest.raises(KeyboardInterrupt):
            restoring.restore(folder, made.path, clock, user="U01", passphrase=PASSPHRASE)
    assert swap.pending(folder)
    assert entrance.exists(folder)
    assert not swap.pending(folder)
    back = open_site(folder, clock)
    assert back.clinical.subjects() == ()
    back.close()


def _in_turn(*acts: Any) -> Any:
    """Each call is another one's."""
    calls = iter(acts)

    def act(folder: Path) -> None:
        next(calls)(folder)

    return act


# Epochs


def test_a_restore_after_a_change_of_keys_begins_an_epoch_that_no_bundle_had(
    site: Site, clock: TestClock, stick: Path
) -> None:
    """The backup's keys open nothing of what is here, so that the epoch is read beside the databases."""
    made = backups.make(site, stick)
    folder = site.folder
    site.close()
    epochs = []
    for _ in range(3):
        done = restoring.restore(folder, made.path, clock, user="U01", passphrase=PASSPHRASE)
        epochs.append(done.epoch)
        back = open_site(folder, clock)
        people.renew_keys(back, "somebody may know them")
        assert back.clinical.next_position().epoch == done.epoch
        back.close()
        clock.forward(hours=1)
    assert epochs == [2, 3, 4]
    (folder / "epoch.json").write_bytes(b"not this")  # what was moved aside still tells of one
    assert restoring.restore(folder, made.path, clock, user="U01", passphrase=PASSPHRASE).epoch > 4


def test_sending_anew_counts_on_from_an_epoch_that_only_the_folder_knows(
    site: Site, clock: TestClock, stick: Path
) -> None:
    folder = site.folder
    site.close()
    old = shutil.copytree(folder, folder.with_name("old"))
    again = open_site(folder, clock)
    for epoch in (2, 3):
        again.clinical.lock_sending("fork")
        assert sending.start_anew(again, "the centre was told") == epoch
    again.close()
    put_back(old, folder)
    back = open_site(folder, clock)
    back.clinical.lock_sending("rolled_back")
    assert sending.start_anew(back, "the centre was told") == 4
    back.close()


def test_one_backup_on_two_new_computers_seldom_begins_the_same_epoch(
    site: Site, clock: TestClock, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backups.make(site, stick)
    site.close()
    gaps = iter((3, 20))
    monkeypatch.setattr("anifro_desktop.store.restore.randbelow", lambda _: next(gaps))
    epochs = [
        restoring.restore(tmp_path / name, made.path, clock, user="U01", passphrase=PASSPHRASE).epoch
        for name in ("one", "two")
    ]
    assert epochs == [6, 23]


def test_a_later_epoch_of_a_backup_that_lies_beside_counts(
    site: Site, clock: TestClock, stick: Path, tmp_path: Path
) -> None:
    made = backups.make(site, stick)
    site.clinical.lock_sending("fork")
    for _ in range(50):
        site.clinical.start_epoch("the centre was told")
    clock.forward(days=1)
    backups.make(site, stick)
    site.close()
    fresh = tmp_path / "new"
    assert restoring.restore(fresh, made.path, clock, user="U01", passphrase=PASSPHRASE).epoch > 51


# Sending after a restore


def test_the_centre_takes_a_restored_site_s_new_epoch_with_everything(study: Study, tmp_path: Path) -> None:
    """The laptop is gone after its second bundle; the backup is from before the first one of these was received."""
    clock = TestClock()
    site = opened_site(study.site(), clock)
    first = enrol(site)
    signed(site, first, "baseline", DAY_0)
    sending.export(site, study.stick)
    stick = new_folder(tmp_path / "backups")
    made = backups.make(site, stick)
    second = enrol(site, someone(2))
    sending.export(site, study.stick)
    site.close()
    assert study.take_in().code == 0
    fresh = tmp_path / "new computer"
    epoch = restoring.restore(fresh, made.path, clock, user="U01", passphrase=PASSPHRASE).epoch
    moved = open_site(fresh, clock)
    ahead = sending.preview(moved)
    assert ahead.seq == 1
    assert {item.subject for item in ahead.leaving} == {first}
    bundle = sending.export(moved, study.stick)
    assert f"-e{epoch:03d}-00000001-" in bundle.name
    moved.close()
    taken = study.take_in()
    assert taken.code == 0, taken.err
    with study.at_centre() as centre:
        assert {one.code for one in all_subjects(centre)} == {first, second}  # nothing it had is lost there
    heard = study.command("site", "receive", study.stick, data=fresh)
    assert heard.code == 0, heard.err
    last = [item for item in heard.data if item["state"] == "receipt"][-1]
    assert last["acked_to"] == 1
    moved = open_site(fresh, clock)
    assert sending.sent(moved)[-1].state == "merged"
    assert checking.verify(moved) == []
    moved.close()


def test_a_site_behind_its_receipt_is_locked_and_may_begin_anew(
    site: Site, pisa: Pisa, stick: Path, tmp_path: Path
) -> None:
    code = enrol(site)
    signed(site, code, "baseline", DAY_0)
    sending.export(site, stick)
    with pytest.raises(NotLocked):
        sending.start_anew(site, "no reason at all")
    name, data = pisa.receipt(site, acked_to=5, items=())
    (stick / name).write_bytes(data)
    with pytest.raises(SendingLocked):
        receiving.receive(site, stick / name)
    with pytest.raises(SendingLocked):
        sending.export(site, stick)
    assert [item.code for item in checking.verify(site)] == ["receipt_ahead"]
    assert sending.start_anew(site, "the centre was told by phone") == 2
    assert checking.verify(site) == []
    fresh = new_folder(tmp_path / "fresh")
    bundle = sending.export(site, fresh)
    assert [path.name for path in fresh.iterdir()] == [bundle.name]
    assert "-e002-00000001-" in bundle.name
    opened = pisa.open((fresh / bundle.name).read_bytes(), site)
    assert opened.header.epoch == 2


def test_a_bundle_left_unsent_in_an_epoch_before_does_not_go_beside_the_new_ones(
    site: Site, clock: TestClock, tmp_path: Path, locked_folder: Path
) -> None:
    from anifro_desktop.files import FilesError

    enrol(site)
    with pytest.raises(FilesError):
        sending.export(site, locked_folder)  # sealed, and in no folder
    made = backups.make(site, new_folder(tmp_path / "backups"))
    folder = site.folder
    site.close()
    restoring.restore(folder, made.path, clock, user="U01", passphrase=PASSPHRASE)
    back = open_site(folder, clock)
    fresh = new_folder(tmp_path / "fresh")
    bundle = sending.export(back, fresh)
    assert [path.name for path in fresh.iterdir()] == [bundle.name]
    back.close()
