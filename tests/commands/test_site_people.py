"""The people of a site from the command line, from the first added person to the recovery sheet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from study_parts import PASSPHRASE, PERSON, copied
from whole_study import run_here

from anifro_desktop.store import vault

OTHER = "copper window slate harbour moss"


@pytest.fixture
def place(pisa_template: tuple[object, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site on a machine whose Argon2id takes the least."""
    monkeypatch.setattr("anifro_desktop.store.staff.calibrate", lambda: vault.FLOOR)
    return copied(pisa_template[1], tmp_path / "site")


def secret(folder: Path, name: str, text: str) -> Path:
    file = folder.parent / name
    file.write_text(text + "\n", encoding="utf-8")
    return file


def said(
    folder: Path, *words: str, passphrase: str = PASSPHRASE, user: str = PERSON.code, code: int = 0
) -> Any:
    file = secret(folder, "passphrase", passphrase)
    options = [
        "--data",
        str(folder),
        "--passphrase-file",
        str(file),
        "--user",
        user,
        "--json",
        "--lang",
        "en",
    ]
    done = run_here(["site", *words, *options])
    assert done.code == code, done
    return json.loads(done.out) if done.out else done.err


def test_from_the_added_person_to_the_removed_one(place: Path) -> None:
    added = said(place, "users", "add", "U02", "--name", "Nadia Finta", "--roles", "data_entry")
    once = added["one_time_passphrase"]
    new = secret(place, "new", OTHER)
    said(place, "users", "passphrase", "--new-passphrase-file", str(new), user="U02", passphrase=once)
    said(place, "status", user="U02", passphrase=OTHER)
    said(place, "users", "change", "U02", "--roles", "data_entry,investigator", "--reason", "physician")
    listed = said(place, "users", "list")
    assert [(one["code"], one["state"], one["roles"]) for one in listed][1] == (
        "U02",
        "active",
        ["data_entry", "investigator"],
    )
    refused = said(place, "users", "disable", "U01", "--reason", "x", user="U02", passphrase=OTHER, code=1)
    assert "site administrator" in refused
    said(place, "users", "remove", "U02", "--reason", "left")
    assert "no active user U02" in said(place, "status", user="U02", passphrase=OTHER, code=1)
    acts = [one["act"] for one in said(place, "users", "history")]
    assert acts == ["user_added", "passphrase_changed", "user_changed", "user_removed", "keys_renewed"]
    assert said(place, "verify") == []


def test_the_sheet_gives_the_only_administrator_a_new_passphrase(place: Path) -> None:
    rows = said(place, "sheet")["rows"]
    sheet = secret(place, "sheet", " ".join(rows))
    new = secret(place, "new", OTHER)
    words = ["--data", str(place), "--user", PERSON.code, "--sheet-file", str(sheet), "--lang", "it"]
    done = run_here(["site", "recover", *words, "--new-passphrase-file", str(new)])
    assert done.code == 0, done
    assert "nuova passphrase" in done.out
    assert "is not right" in said(place, "status", code=1)
    assert said(place, "status", passphrase=OTHER)["patients"] == []


def test_a_mistyped_sheet_names_its_row(place: Path) -> None:
    rows = said(place, "sheet")["rows"]
    wrong = rows[2][:-1] + ("A" if rows[2][-1] != "A" else "B")
    sheet = secret(place, "sheet", " ".join([*rows[:2], wrong, rows[3]]))
    new = secret(place, "new", OTHER)
    words = ["--data", str(place), "--user", PERSON.code, "--sheet-file", str(sheet), "--lang", "it"]
    done = run_here(["site", "recover", *words, "--new-passphrase-file", str(new)])
    assert done.code == 1
    assert "La riga 3" in done.err
