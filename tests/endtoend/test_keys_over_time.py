"""Keys of real sites and a real centre over the years, by the commands people type: new keys on both sides, files lost
on the way, old copies put back, a stolen laptop, and the day on which the centre has lost everything."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from study_parts import PASSPHRASE, vector
from whole_study import MANAGER, Study, run_here

from anifro_desktop.centre.office import create_centre
from anifro_desktop.store.clock import SystemClock
from anifro_desktop.store.passphrase import FLOOR


@pytest.fixture(scope="module")
def merged_template(study_template: Study, tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Patient V1 of a site is at the centre, and the site has the receipt."""
    study = study_template.copy(tmp_path_factory.mktemp("merged") / "study")
    assert study.enter(vector("v1")).code == 0
    exchange(study)
    return study


@pytest.fixture
def study(merged_template: Study, tmp_path: Path) -> Study:
    """A copy of it for this test alone."""
    return merged_template.copy(tmp_path / "study")


def exchange(study: Study, code: str = "P03") -> Any:
    """A site sends, the centre takes in and answers, the site reads."""
    sent = study.send(code)
    assert sent.code == 0, sent.err
    taken = study.take_in()
    heard = study.hear(code)
    assert heard.code == 0, heard.err
    return [item for item in taken.data["bundles"] if item["status"] not in ("ignored", "duplicate")]


def words_of(area: str, act: str, verb: str, study: Study, *rest: Any, data: Path | None = None) -> Any:
    """A verb of a verb: its options stand after both."""
    line = study.words(area, act, *rest, data=data)
    return run_here([line[0], line[1], verb, *line[2:]])


def site_keys(study: Study, verb: str, *rest: Any) -> Any:
    done = words_of("site", "keys", verb, study, *rest)
    assert done.code == 0, done.err
    return done.data


def centre_says(study: Study, act: str, verb: str, *rest: Any) -> Any:
    done = words_of("centre", act, verb, study, *rest)
    assert done.code == 0, done.err
    return done.data


def card(study: Study, code: str = "P03") -> Path:
    (path,) = study.site(code).glob("card-*.anfk")
    return path


def merged(study: Study) -> list[str]:
    return [item["state"] for item in study.command("site", "status").data["bundles"]]


def test_a_site_renews_its_keys_and_nothing_is_lost(study: Study) -> None:
    before = site_keys(study, "show")["fingerprint"]
    assert site_keys(study, "renew", "--reason", "somebody left")["coming"]
    assert exchange(study)[0]["status"] == "accepted"
    after = site_keys(study, "show")
    assert after["fingerprint"] != before
    assert not after["coming"]
    assert study.enter(vector("v4")).code == 0
    assert exchange(study)[0]["status"] == "accepted"
    assert set(merged(study)) == {"merged"}
    assert study.command("site", "verify").code == 0
    assert study.command("centre", "verify").code == 0


def test_a_lost_announcement_is_made_up_for(study: Study) -> None:
    site_keys(study, "renew", "--reason", "first")
    lost = study.send().data["name"]
    (study.stick / lost).unlink()
    site_keys(study, "renew", "--reason", "second")
    assert study.send().code == 0
    assert study.take_in().data["bundles"][-1]["missing"] == [2]
    study.hear()
    assert site_keys(study, "show")["coming"]  # the centre does not know the new keys yet
    exchange(study)
    assert not site_keys(study, "show")["coming"]
    assert study.enter(vector("v4")).code == 0
    exchange(study)
    assert set(merged(study)) == {"merged"}


def test_a_site_put_back_to_before_its_new_keys_is_told_and_comes_back(study: Study, tmp_path: Path) -> None:
    (tmp_path / "safe").mkdir()
    assert study.command("site", "backup", "--to", tmp_path / "safe").code == 0
    site_keys(study, "renew", "--reason", "a passphrase was seen")
    exchange(study)
    assert study.enter(vector("v4")).code == 0
    exchange(study)
    (backup,) = (tmp_path / "safe").glob("backup-*")
    assert study.command("site", "restore", backup).code == 0
    assert study.send().code == 0
    refused = [item for item in study.take_in().data["bundles"] if item["code"] == "replaced_key"]
    assert len(refused) == 1
    fresh = site_keys(study, "renew", "--at-once", "--reason", "restored")
    again = ("register", fresh["card"], "--fingerprint", fresh["fingerprint"])
    assert study.command("centre", *again).code == 1
    assert study.command("centre", *again, "--replace").code == 0
    assert exchange(study)[-1]["status"] == "accepted"
    assert merged(study)[-1] == "merged"


def test_a_removed_person_leaves_the_site_with_new_keys(study: Study) -> None:
    before = site_keys(study, "show")["fingerprint"]
    added = words_of("site", "users", "add", study, "U02", "--name", "Seconda Finta", "--roles", "data_entry")
    assert added.code == 0
    assert words_of("site", "users", "remove", study, "U02", "--reason", "left").code == 0
    assert site_keys(study, "show")["coming"]
    exchange(study)
    assert site_keys(study, "show")["fingerprint"] != before


def test_the_centre_renews_its_keys_and_files_cross_on_the_way(study: Study) -> None:
    assert study.enter(vector("v2")).code == 0
    assert study.send().code == 0
    study.take_in()  # a receipt under the old keys lies there, unread
    centre_says(study, "keyset", "renew", "--reason", "yearly")
    centre_says(study, "keyset", "renew", "--reason", "again")
    assert study.enter(vector("v4")).code == 0
    assert study.send().code == 0  # sealed to keys of before
    study.take_in()
    heard = study.hear()
    assert heard.code == 0
    states = [item["state"] for item in heard.data]
    assert states.count("keyset") == 2
    assert words_of("site", "keyset", "show", study).data["version"] == 3
    assert set(merged(study)) == {"merged"}
    again = study.hear()
    assert again.code == 0
    assert {item["state"] for item in again.data} == {"repeated", "of_before", "repeated_keyset"}


def test_a_keyset_that_was_lost_on_the_way_comes_again(study: Study) -> None:
    assert study.enter(vector("v2")).code == 0
    centre_says(study, "keyset", "renew", "--reason", "first")
    assert study.command("centre", "reply", "--to", study.stick).code == 0
    for path in study.stick.iterdir():
        path.unlink()
    centre_says(study, "keyset", "renew", "--reason", "second")
    exchange(study)
    assert words_of("site", "keyset", "show", study).data["version"] == 3
    assert set(merged(study)) == {"merged"}


def test_a_forged_or_older_keyset_changes_nothing(study: Study, tmp_path: Path) -> None:
    first = next(study.centre.glob("centre-*-v1.keyset.json"))
    centre_says(study, "keyset", "renew", "--reason", "yearly")
    second = next(study.centre.glob("centre-*-v2.keyset.json"))
    assert study.command("site", "receive", second).data[0]["state"] == "keyset"
    assert study.command("site", "receive", first).data[0]["state"] == "repeated_keyset"
    create_centre(tmp_path / "forger", "PISA", "Pisa", MANAGER, PASSPHRASE, SystemClock(), cost=FLOOR)
    forged = next((tmp_path / "forger").glob("*.keyset.json"))
    assert study.command("site", "receive", forged).code == 1
    assert words_of("site", "keyset", "show", study).data["version"] == 2


def test_a_new_root_waits_for_a_person(study: Study, tmp_path: Path) -> None:
    made = centre_says(study, "keyset", "renew", "--reason", "root", "--new-root", tmp_path / "root2")
    assert study.enter(vector("v2")).code == 0
    assert study.send().code == 0
    study.take_in()
    heard = {item["state"] for item in study.hear().data}
    assert "keyset_waits" in heard
    shown = words_of("site", "keyset", "show", study).data
    assert (shown["version"], shown["waiting"]) == (1, made["fingerprint"])
    wrong = words_of("site", "keyset", "accept", study, "--fingerprint", shown["fingerprint"])
    assert wrong.code == 1
    right = words_of("site", "keyset", "accept", study, "--fingerprint", shown["waiting"])
    assert right.code == 0
    assert study.hear().code == 0
    assert set(merged(study)) == {"merged"}


def test_a_stolen_laptop_is_revoked_and_says_so(study: Study) -> None:
    writer = card(study).stem.rpartition("-")[2]
    assert study.command("centre", "revoke", "P03", writer, "--reason", "stolen", "--yes").code == 0
    assert study.enter(vector("v4")).code == 0
    assert study.send().code == 0
    refused = [item for item in study.take_in().data["bundles"] if item["status"] == "refused"]
    assert [item["code"] for item in refused] == ["revoked_key"]
    told = study.hear()
    assert told.code == 1
    assert "revoked this computer" in told.err
    assert "revoked this computer" in study.send().err
    assert study.command("site", "export", "--to", study.stick, "--anew", "try").code == 1
    assert study.command("site", "status").code == 0  # what was entered stays readable
    state = card(study)
    again = study.command(
        "centre", "register", state, "--fingerprint", site_keys(study, "show")["fingerprint"], "--replace"
    )
    assert again.code == 1
    assert "not taken back" in again.err


def test_a_centre_put_back_gets_again_what_it_lost(study: Study, tmp_path: Path) -> None:
    (tmp_path / "safe").mkdir()
    backup = study.command("centre", "backup", "--to", tmp_path / "safe").data["folder"]
    assert study.command("centre", "drill", backup).code == 0
    assert study.enter(vector("v4")).code == 0
    exchange(study)
    assert set(merged(study)) == {"merged"}
    for path in study.stick.iterdir():
        path.unlink()
    shutil.rmtree(study.centre / "backups", ignore_errors=True)
    assert study.command("centre", "restore", backup).code == 0
    assert study.command("centre", "reply", "--to", study.stick).code == 0
    assert study.hear().code == 0
    assert exchange(study)[-1]["status"] == "accepted"
    assert set(merged(study)) == {"merged"}
    assert study.command("centre", "verify").code == 0
    assert study.command("site", "verify").code == 0


def test_the_centre_lost_everything_and_starts_again(study: Study, tmp_path: Path) -> None:
    """The rehearsal that docs/centre.md describes, from the first sheet to the last snapshot."""
    shutil.rmtree(study.centre)  # data, key file, root key, no backup: nothing is left
    create_centre(study.centre, "PISA", "Pisa", MANAGER, PASSPHRASE, SystemClock(), cost=FLOOR)
    new = next(study.centre.glob("*.keyset.json"))
    fingerprint = centre_says(study, "keyset", "show")["fingerprint"]
    assert study.command("site", "receive", new).code == 1  # never by itself
    replace = ("--lost", "--reason", "Pisa made its centre anew", "--fingerprint")
    wrong = "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA"
    assert words_of("site", "keyset", "replace", study, new, *replace, wrong).code == 1
    assert words_of("site", "keyset", "replace", study, new, *replace, fingerprint).code == 0
    spoken = site_keys(study, "show")["fingerprint"]
    assert study.command("centre", "register", card(study), "--fingerprint", spoken).code == 0
    for path in study.stick.iterdir():
        path.unlink()
    assert exchange(study)[0]["status"] == "accepted"
    assert merged(study)[-1] == "merged"
    assert study.command("centre", "status").data["sites"][0]["enrolled"] == 1
    assert study.command("site", "verify").code == 0
