"""Close-out, erasure and the support file from the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from leaks import Search, words_of
from study_parts import PASSPHRASE, PERSON, TestClock, copied, enrol, opened_site, someone
from whole_study import run_here

from anifro_desktop.workflows import patients

WRONG = someone(7, surname="Sbagliatissima", name="Clorinda", birth_date=date(1971, 2, 3))


@pytest.fixture
def place(pisa_template: tuple[object, Path], tmp_path: Path) -> Path:
    """A site with a patient whose identity was corrected."""
    folder = copied(pisa_template[1], tmp_path / "site")
    site = opened_site(folder, TestClock())
    subject = enrol(site, WRONG)
    patients.save_identity(site, subject, someone(8, surname="Giustissima"))
    site.close()
    (tmp_path / "subject").write_text(subject)
    return folder


def run(folder: Path, *words: str, code: int = 0, lang: str = "en", passphrase: str = PASSPHRASE) -> Any:
    file = folder.parent / "passphrase"
    file.write_text(passphrase + "\n", encoding="utf-8")
    options = ["--data", str(folder), "--passphrase-file", str(file), "--user", PERSON.code, "--lang", lang]
    done = run_here(["site", *words, *options])
    assert done.code == code, done
    return done


def subject_of(folder: Path) -> str:
    return (folder.parent / "subject").read_text()


def test_an_identity_is_erased_and_the_site_still_verifies(place: Path) -> None:
    words = ("erase", subject_of(place), "--former-identity", "--reason", "wrong person")
    done = json.loads(run(place, *words, "--json").out)
    assert done["entries"] > 0
    assert not done["present"]
    assert run(place, "verify", "--json").out.strip() == "[]"
    assert "nulla da cancellare" in run(place, *words, lang="it", code=1).out


def test_the_words_of_a_reason_are_erased_by_the_number_of_their_entry(place: Path) -> None:
    words = ("erase", subject_of(place), "--former-identity", "--reason", "as Nadia Sbagliatina said")
    run(place, *words)
    told = json.loads(run(place, "audit", "--json").out)
    number = next(one["number"] for one in told if "Sbagliatina" in one["reason"])
    words = ("erase", "--entry", str(number), "--reason", "a name in the reason")
    done = json.loads(run(place, *words, "--json").out)
    assert done["entries"] > 0
    assert run(place, "verify", "--json").out.strip() == "[]"
    assert "Sbagliatina" not in run(place, "audit", "--json").out
    assert "nulla da cancellare" in run(place, *words, lang="it", code=1).out


def test_an_erasure_names_the_backups_that_hold_the_text(place: Path) -> None:
    made = json.loads(run(place, "backup", "--json").out)["name"]
    words = ("erase", subject_of(place), "--identity", "--reason", "wrong person")
    said = run(place, *words, lang="it").out
    assert made in said
    assert "digitare quella giusta" in said


def test_the_archive_is_written_and_checks_itself(place: Path, tmp_path: Path) -> None:
    done = json.loads(run(place, "archive", str(tmp_path / "stick"), "--json").out)
    folder = Path(done["folder"])
    command = [sys.executable, "-I", "-S", str(folder / "verify_archive.py")]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked
    dates = [WRONG.birth_date] if WRONG.birth_date else []
    assert Search(words_of(WRONG), dates).in_files(folder) == {}
    refused = run(place, "archive", str(tmp_path / "stick"), "--with-identities", code=1, lang="it")
    assert "indicare perché" in refused.err
    named = run(place, "archive", str(tmp_path / "two"), "--with-identities", "--reason", "close-out").out
    assert "patients' names" in named


def test_a_support_file_is_written_of_a_site_that_opens_and_of_one_that_does_not(place: Path) -> None:
    file = place.parent / "support.txt"
    assert "no identity" in run(place, "support", str(file)).out
    assert "subjects: 1" in file.read_text("utf-8")
    locked = file.with_name("locked.txt")
    run(place, "support", str(locked), passphrase="not the right one at all", code=1)
    assert "refused: wrong_passphrase" in locked.read_text("utf-8")
    full = run(place, "support", str(file / "x"), code=3)
    assert "Traceback" not in full.err


@pytest.mark.parametrize("lang", ["it", "en"])
def test_what_cannot_be_is_refused_in_one_sentence(place: Path, lang: str) -> None:
    for words in (
        ("erase", "P03-0000-0", "--identity", "--reason", "x"),
        ("erase", subject_of(place), "--field", "nobody", "--reason", "x"),
        ("erase", subject_of(place), "--field", "consent_version", "--visit", "m99", "--reason", "x"),
        ("erase", subject_of(place), "--identity", "--reason", " "),
        ("erase", "--identity", "--reason", "x"),
        ("erase", "--entry", "1", "--reason", "x"),
        ("erase", subject_of(place), "--identity", "--reason", "not Sbagliatissima"),
        ("archive", str(place / "inside")),
    ):
        refused = run(place, *words, code=1, lang=lang)
        assert refused.out == ""
        assert len(refused.err.strip().splitlines()) == 1
        assert "Traceback" not in refused.err
