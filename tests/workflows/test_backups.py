"""A site's backups as people make, try and restore them; and what the centre says of a restored site."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from study_parts import (
    DAY_0,
    PASSPHRASE,
    PERSON,
    Pisa,
    TestClock,
    dump,
    enrol,
    open_site,
    opened_site,
    signed,
    someone,
)
from whole_study import Study

from anifro_desktop.centre.reading import all_subjects
from anifro_desktop.store.backup_errors import BackupDamaged
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.errors import OtherInstance, WrongPassphrase
from anifro_desktop.store.schema import CLINICAL
from anifro_desktop.store.verify import verify
from anifro_desktop.workflows import backups, checking, entrance, people, receiving, restoring, sending
from anifro_desktop.workflows.errors import BackupPlace, NoBackup, NotYourRole, RestoreStopped
from anifro_desktop.workflows.exchange_errors import NotLocked, SendingLocked
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.site import Site, unlock


@pytest.fixture
def monitored(site: Site, clock: TestClock) -> Iterator[Site]:
    """The site with a monitor and somebody for data entry, who may unlock with the same passphrase."""
    from anifro_desktop.store.vault import FLOOR

    for code, role in (("U02", "monitor"), ("U03", "data_entry")):
        people.add(site, Person(code, "Persona di Prova", (role,)), PASSPHRASE, temporary=False, cost=FLOOR)
    return site


def acts(site: Site, act: str) -> list[Any]:
    return [item.entry for item in site.clinical.audit_entries(table="act", field=act)]


def test_a_backup_is_due_each_day_and_the_trail_tells_of_it(site: Site, clock: TestClock) -> None:
    assert backups.due(site)
    made = backups.make(site)
    assert not backups.due(site)
    clock.forward(hours=23)
    assert not backups.due(site)
    clock.forward(hours=1)
    assert backups.due(site)
    (entry,) = acts(site, "backup")
    assert entry.record == made.name
    assert entry.new["second"] is None
    (row,) = backups.listed(site)
    assert (row.name, row.whole, row.second, row.tried) == (made.name, True, False, None)


def test_a_backup_from_tomorrow_does_not_keep_the_site_without_one(site: Site, clock: TestClock) -> None:
    clock.forward(days=3650)
    backups.make(site)
    clock.forward(days=-3650)
    assert backups.due(site)
    made = backups.make(site)
    assert {row.name for row in backups.listed(site)} >= {made.name}  # the newest made is never given up


def test_a_damaged_backup_does_not_count(site: Site) -> None:
    made = backups.make(site)
    (made.path / "identity.db").unlink()
    assert backups.due(site)
    (row,) = backups.listed(site)
    assert not row.whole


def test_rotation_gives_up_the_oldest_in_both_places(site: Site, clock: TestClock, stick: Path) -> None:
    backups.set_second(site, stick)
    names = []
    for _ in range(9):
        made = backups.make(site)
        names.append(made.name)
        clock.forward(days=1)
    here = {row.name for row in backups.listed(site) if not row.second}
    away = {row.name for row in backups.listed(site) if row.second}
    assert here == away == {path.name for path in stick.iterdir()}
    assert set(names[-7:]) <= here
    assert names[0] not in here or names[1] not in here


def test_a_stick_that_is_not_there_spoils_no_backup_and_is_said(site: Site, stick: Path) -> None:
    backups.set_second(site, stick)
    stick.rmdir()
    made = backups.make(site)
    assert isinstance(made.trouble, BackupPlace)
    assert made.path.is_dir()
    assert acts(site, "backup")[0].new["second"] == "backup_place"
    stick.mkdir()
    assert backups.make(site).second == stick / backups.listed(site)[0].name


@pytest.mark.parametrize("name", ["OneDrive - Ospedale", "Dropbox"])
def test_no_copy_goes_to_a_cloud_or_into_the_data_folder(site: Site, tmp_path: Path, name: str) -> None:
    cloud = tmp_path / name
    cloud.mkdir()
    for folder, why in ((cloud, "cloud"), (site.folder, "inside"), (tmp_path / "none", "missing")):
        with pytest.raises(BackupPlace) as refusal:
            backups.set_second(site, folder)
        assert refusal.value.params == {"why": why}
        with pytest.raises(BackupPlace):
            backups.make(site, folder)
    assert backups.second(site) is None


def test_the_second_place_and_its_end_stand_in_the_trail(site: Site, stick: Path) -> None:
    backups.set_second(site, stick)
    backups.set_second(site, None)
    assert backups.second(site) is None
    told = site.clinical.audit_entries(table="settings", record="backup_second")
    assert [item.entry.new for item in told] == [str(stick), None]


def test_who_may_not_see_identities_makes_no_backup_and_tries_none(
    monitored: Site, clock: TestClock, stick: Path
) -> None:
    folder = monitored.folder
    monitored.close()
    monitor = open_site(folder, clock, "U02")
    assert not backups.due(monitor)
    for act in (
        lambda: backups.make(monitor),
        lambda: restoring.drill(monitor, PASSPHRASE),
        lambda: backups.set_second(monitor, stick),
    ):
        with pytest.raises(NotYourRole):
            act()
    monitor.close()
    typist = open_site(folder, clock, "U03")
    backups.make(typist)
    with pytest.raises(NotYourRole):
        backups.set_second(typist, stick)
    typist.close()


# The drill


def test_a_drill_opens_the_newest_backup_and_its_date_is_shown(site: Site, clock: TestClock) -> None:
    enrol(site)
    made = backups.make(site)
    enrol(site, someone(2))
    before = dump(site)
    clock.forward(hours=2)
    done = restoring.drill(site, PASSPHRASE)
    assert (done.name, done.ours) == (made.name, True)
    assert done.behind > 0
    assert done.rows > 20
    assert {**dump(site), "identities": None} == {**before, "identities": None}
    (row,) = backups.listed(site)
    assert row.tried == clock.now() == backups.last_drill(site)
    assert [path.name for path in backups.place(site).iterdir()] == [made.name]


def test_a_drill_of_a_damaged_backup_is_told_and_stands_in_the_trail(site: Site) -> None:
    made = backups.make(site)
    raw = bytearray((made.path / "clinical.db").read_bytes())
    raw[-9] ^= 1
    (made.path / "clinical.db").write_bytes(raw)
    with pytest.raises(BackupDamaged):
        restoring.drill(site, PASSPHRASE)
    assert [entry.new for entry in acts(site, "backup_tried")] == [{"ours": False, "found": "backup_damaged"}]
    assert backups.last_drill(site) is None


def test_a_drill_asks_for_the_passphrase_and_for_a_backup(site: Site) -> None:
    with pytest.raises(NoBackup):
        restoring.drill(site, PASSPHRASE)
    backups.make(site)
    with pytest.raises(WrongPassphrase):
        restoring.drill(site, "not this passphrase")
    assert acts(site, "backup_tried") == []


def test_a_backup_of_a_restored_past_is_not_the_beginning_of_what_is_here(
    site: Site, clock: TestClock, tmp_path: Path
) -> None:
    first = backups.make(site, _folder(tmp_path / "a"))
    enrol(site)
    other = backups.make(site, _folder(tmp_path / "b"))
    folder = site.folder
    site.close()
    restoring.restore(folder, first.path, clock, user="U01", passphrase=PASSPHRASE)
    back = open_site(folder, clock)
    enrol(back)
    assert restoring.drill(back, PASSPHRASE, first.path).ours
    assert not restoring.drill(back, PASSPHRASE, other.path).ours
    back.close()


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


# Restoring


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


def test_databases_put_back_together_with_their_anchors_are_found_by_the_newest_backup(
    site: Site, clock: TestClock
) -> None:
    enrol(site)
    folder = site.folder
    site.close()
    old = shutil.copytree(folder, folder.with_name("old"))
    again = open_site(folder, clock)
    enrol(again, someone(2))
    made = backups.make(again)
    assert checking.verify(again) == []
    again.close()
    for path in old.iterdir():
        shutil.copyfile(path, folder / path.name)
    back = open_site(folder, clock)
    assert {item.code for item in checking.verify(back)} == {"rolled_back"}
    back.close()
    restoring.restore(folder, made.path, clock, user="U01", passphrase=PASSPHRASE)
    healed = open_site(folder, clock)
    assert checking.verify(healed) == []
    healed.close()


# Backups of data that are older than they were


def put_back(old: Path, folder: Path, *names: str) -> None:
    """Older files in the place of a site's, all of them where none is named."""
    for path in folder.glob("*.db-*"):
        path.unlink()
    for name in names or [path.name for path in old.iterdir() if path.is_file()]:
        shutil.copyfile(old / name, folder / name)


@pytest.mark.parametrize(
    "names",
    [("clinical.db",), ("identity.db",), ()],
    ids=["database", "identities", "everything"],
)
def test_a_backup_of_older_data_gives_up_no_backup_and_hides_none(
    site: Site, clock: TestClock, stick: Path, names: tuple[str, ...]
) -> None:
    backups.set_second(site, stick)
    folder = site.folder
    site.close()
    old = shutil.copytree(folder, folder.with_name("old"))
    again = open_site(folder, clock)
    code = enrol(again)
    good = backups.make(again)
    again.close()
    put_back(old, folder, *names)
    for days in range(9):
        back = open_site(folder, clock)
        made = backups.make(back)
        assert made.behind
        assert acts(back, "backup")[-1].new["why"] == "behind"
        both = [row.path for row in backups.listed(back) if row.name == good.name]
        assert both == [backups.place(back) / good.name, stick / good.name], days
        assert [row.behind for row in backups.listed(back) if row.name == made.name] == [True, True]
        assert "rolled_back" in {item.code for item in checking.verify(back)}
        back.close()
        clock.forward(days=1)
    restoring.restore(folder, good.path, clock, user="U01", passphrase=PASSPHRASE)
    healed = open_site(folder, clock)
    assert code in healed.names
    assert checking.verify(healed) == []
    assert not backups.make(healed).behind
    healed.close()


def test_an_older_site_is_found_by_a_backup_that_is_only_in_the_second_place(
    site: Site, clock: TestClock, stick: Path
) -> None:
    backups.set_second(site, stick)
    folder = site.folder
    site.close()
    old = shutil.copytree(folder, folder.with_name("old"))
    again = open_site(folder, clock)
    enrol(again)
    backups.make(again)
    again.close()
    shutil.rmtree(folder)  # the hospital's own backup of the whole folder
    shutil.copytree(old, folder)
    back = open_site(folder, clock)
    assert [item.code for item in checking.verify(back)] == ["rolled_back", "rolled_back"]
    assert backups.make(back).behind
    back.close()


def test_the_newest_backup_is_the_one_that_reaches_furthest_not_the_one_of_the_latest_day(
    site: Site, clock: TestClock
) -> None:
    clock.forward(days=3650)
    wrong = backups.make(site)
    clock.forward(days=-3650)
    enrol(site)
    folder = site.folder
    site.close()
    old = shutil.copytree(folder, folder.with_name("old"))
    again = open_site(folder, clock)
    enrol(again, someone(2))
    made = backups.make(again)
    assert not backups.due(again)
    assert [row.name for row in backups.listed(again)] == [made.name, wrong.name]
    assert [row.name for row in backups.found(backups.place(again))] == [made.name, wrong.name]
    assert restoring.drill(again, PASSPHRASE).name == made.name
    again.close()
    put_back(old, folder)
    back = open_site(folder, clock)
    assert "rolled_back" in {item.code for item in checking.verify(back)}
    back.close()


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
    stick = _folder(tmp_path / "backups")
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
    fresh = _folder(tmp_path / "fresh")
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
    made = backups.make(site, _folder(tmp_path / "backups"))
    folder = site.folder
    site.close()
    restoring.restore(folder, made.path, clock, user="U01", passphrase=PASSPHRASE)
    back = open_site(folder, clock)
    fresh = _folder(tmp_path / "fresh")
    bundle = sending.export(back, fresh)
    assert [path.name for path in fresh.iterdir()] == [bundle.name]
    back.close()


# Before an update


def test_a_newer_program_makes_a_backup_before_it_changes_a_table(
    site: Site, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol(site)
    folder = site.folder
    site.close()
    newer = replace(CLINICAL, migrations=(*CLINICAL.migrations, lambda _: None))
    monkeypatch.setattr(ClinicalStore, "SCHEMA", newer)
    updated = open_site(folder, clock)
    (row,) = backups.listed(updated)
    assert row.whole
    backups.make(updated)  # of the same day, which does not take its place
    assert row.name in {one.name for one in backups.listed(updated)}
    updated.close()
    monkeypatch.undo()
    # The program of before, which refuses the new tables, gets the old ones back.
    restoring.restore(folder, row.path, clock, user="U01", passphrase=PASSPHRASE)
    open_site(folder, clock).close()


def test_a_monitor_is_not_the_first_after_an_update(
    monitored: Site, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = monitored.folder
    monitored.close()
    newer = replace(CLINICAL, migrations=(*CLINICAL.migrations, lambda _: None))
    monkeypatch.setattr(ClinicalStore, "SCHEMA", newer)
    with pytest.raises(NotYourRole):
        open_site(folder, clock, "U02")
    open_site(folder, clock, "U03").close()
    open_site(folder, clock, "U02").close()
