"""Commands about what is not signed, and what they say of altered data, of the clock, of a machine that is not safe."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from study_parts import (
    DAY_0,
    PASSPHRASE,
    PERSON,
    TestClock,
    copied,
    enrol,
    fill,
    opened_site,
    signed,
    type_in,
)
from whole_study import Done, run_here

from anifro_desktop.store import engine, instance
from anifro_desktop.store.instance import InstanceLock
from anifro_desktop.workflows import visits

Run = Callable[..., Done]
NOW = datetime.now(UTC)


@pytest.fixture
def place(pisa_template: tuple[object, Path], tmp_path: Path) -> Path:
    """A site, closed."""
    return copied(pisa_template[1], tmp_path / "site")


def speak(place: Path, *words: object, lang: str = "en") -> Done:
    """Run `site` on a folder."""
    secret = place.parent / "passphrase"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    options = ["--data", place, "--passphrase-file", secret, "--user", PERSON.code, "--lang", lang]
    return run_here(["site", *map(str, words), *map(str, options)])


def amended(place: Path) -> str:
    """A patient whose signed baseline was amended: the temperature is 37 °C; month 6 is a draft."""
    site = opened_site(place, TestClock())
    subject = enrol(site)
    visit = signed(site, subject, "baseline", DAY_0)
    visits.amend(site, visit, 2, "second sheet")
    type_in(site, visit, {"temperature_c": "37"})
    visits.complete(site, visit)
    fill(site, subject, "m06", date(2026, 9, 3), 1)
    site.close()
    return subject


def test_what_is_not_signed_is_listed_with_what_changed_and_the_exit_code_says_so(place: Path) -> None:
    subject = amended(place)
    done = speak(place, "unsigned", "--visit", "baseline")
    assert done.code == 1
    assert f"{subject} | Baseline | " in done.out
    assert "signed, then changed" in done.out
    assert "→ 37 °C" in done.out
    rows = json.loads(speak(place, "unsigned", "--json").out)
    assert {(row["visit"], row["state"]) for row in rows} >= {("baseline", "changed"), ("m06", "draft")}
    (changed,) = [row for row in rows if row["state"] == "changed"]
    assert [(one["field"], one["user"]) for one in changed["changes"]] == [("temperature_c", "U01")]
    endpoints = json.loads(speak(place, "unsigned", "--endpoints", "--json", lang="it").out)
    assert endpoints
    assert all(row["endpoint"] for row in endpoints)
    assert "firmata, poi modificata" in speak(place, "unsigned", "--visit", "baseline", lang="it").out


def test_a_site_where_all_is_signed_says_so(place: Path) -> None:
    done = speak(place, "unsigned", lang="it")
    assert (done.code, done.out.strip()) == (0, "Tutto è firmato.")
    refused = speak(place, "unsigned", "--subject", "P03-0000-0")
    assert refused.code == 1
    assert "no patient of that study code" in refused.err


@pytest.mark.parametrize(("lang", "word"), [("it", "Nulla è stato inviato"), ("en", "Nothing was sent")])
def test_altered_data_are_not_exported(place: Path, tmp_path: Path, lang: str, word: str) -> None:
    site = opened_site(place, TestClock())
    signed(site, enrol(site), "baseline", DAY_0)
    key = site.clinical.key
    site.close()
    connection = engine.driver.connect(str(place / "clinical.db"), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key.key.hex()}{key.salt.hex()}'\"")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute("UPDATE signatures SET meaning = 'reviewed'")
    connection.close()
    stick = tmp_path / "stick"
    stick.mkdir()
    done = speak(place, "export", "--to", stick, lang=lang)
    assert done.code == 1
    assert word in done.err
    assert list(stick.iterdir()) == []
    assert speak(place, "verify", lang=lang).code == 1


@pytest.mark.parametrize(("lang", "word"), [("it", "orologio"), ("en", "clock")])
def test_a_clock_behind_the_last_entry_is_said_beside_the_answer(place: Path, lang: str, word: str) -> None:
    site = opened_site(place, TestClock(NOW + timedelta(days=3650)))
    site.clinical.log("send", "x")
    site.close()
    done = speak(place, "status", "--json", lang=lang)
    assert done.code == 0
    json.loads(done.out)
    assert word in done.err
    assert len(done.err.strip().splitlines()) == 1


@pytest.mark.parametrize(("lang", "word"), [("it", "già usando"), ("en", "already open")])
def test_a_second_instance_is_refused_in_one_sentence(place: Path, lang: str, word: str) -> None:
    with InstanceLock(place):
        done = speak(place, "status", lang=lang)
    assert done.code == 3
    assert word in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(("lang", "word"), [("it", "cloud"), ("en", "cloud")])
def test_a_folder_moved_into_a_cloud_is_not_opened(place: Path, tmp_path: Path, lang: str, word: str) -> None:
    moved = tmp_path / "OneDrive - Ospedale" / "site"
    shutil.copytree(place, moved)
    before = (moved / "clinical.db").read_bytes()
    done = speak(moved, "status", lang=lang)
    assert done.code == 3
    assert word in done.err
    assert "OneDrive" in done.err
    assert (moved / "clinical.db").read_bytes() == before


@pytest.mark.parametrize(("lang", "word"), [("it", "disco di rete"), ("en", "network share")])
def test_a_network_folder_is_not_opened(
    place: Path, monkeypatch: pytest.MonkeyPatch, lang: str, word: str
) -> None:
    monkeypatch.setattr(instance, "_network", lambda _path: "nfs")
    done = speak(place, "status", lang=lang)
    assert done.code == 3
    assert word in done.err


@pytest.mark.parametrize(("lang", "word"), [("it", "troppo vecchia"), ("en", "too old")])
def test_an_old_database_library_is_not_used(
    place: Path, monkeypatch: pytest.MonkeyPatch, lang: str, word: str
) -> None:
    monkeypatch.setattr(engine, "LEAST_SQLITE", (99, 0, 0))
    done = speak(place, "status", lang=lang)
    assert done.code == 3
    assert word in done.err
