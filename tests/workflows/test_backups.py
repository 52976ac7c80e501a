"""A site's backups as people make, try and restore them; and what the centre says of a restored site."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from backup_acts import acts, new_folder, put_back
from study_parts import (
    PASSPHRASE,
    TestClock,
    dump,
    enrol,
    open_site,
    someone,
)

from anifro_desktop.store.backup_errors import BackupDamaged
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.errors import WrongPassphrase
from anifro_desktop.store.schema import CLINICAL
from anifro_desktop.workflows import backups, checking, people, restoring
from anifro_desktop.workflows.errors import BackupPlace, NoBackup, NotYourRole
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.site import Site


@pytest.fixture
def monitored(site: Site, clock: TestClock) -> Iterator[Site]:
    """The site with a monitor and somebody for data entry, who may unlock with the same passphrase."""
    from anifro_desktop.store.vault import FLOOR

    for code, role in (("U02", "monitor"), ("U03", "data_entry")):
        people.add(site, Person(code, "Persona di Prova", (role,)), PASSPHRASE, temporary=False, cost=FLOOR)
    return site


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
    first = backups.make(site, new_folder(tmp_path / "a"))
    enrol(site)
    other = backups.make(site, new_folder(tmp_path / "b"))
    folder = site.folder
    site.close()
    restoring.restore(folder, first.path, clock, user="U01", passphrase=PASSPHRASE)
    back = open_site(folder, clock)
    enrol(back)
    assert restoring.drill(back, PASSPHRASE, first.path).ours
    assert not restoring.drill(back, PASSPHRASE, other.path).ours
    back.close()


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
