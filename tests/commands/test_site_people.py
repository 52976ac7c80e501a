"""The people of a site from the command line, from the first added person to the recovery sheet."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from study_parts import PASSPHRASE, PERSON, copied
from whole_study import run_here

from anifro_desktop.store import vault
from anifro_desktop.store.errors import CannotSave
from anifro_desktop.workflows import recovery

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
    assert "nuova frase di accesso" in done.out
    assert "is not right" in said(place, "status", code=1)
    assert said(place, "status", passphrase=OTHER)["patients"] == []


@pytest.mark.parametrize(("lang", "warning"), [("it", "cancellare il file"), ("en", "delete the file")])
def test_a_sheet_drawn_as_a_file_is_shown_nowhere_else_and_says_what_it_opens(
    place: Path, qapp: object, lang: str, warning: str
) -> None:
    drawn = place.parent / "sheet.pdf"
    words = ["--data", str(place), "--passphrase-file", str(secret(place, "passphrase", PASSPHRASE))]
    done = run_here(["site", "sheet", "--pdf", str(drawn), *words, "--lang", lang])
    assert (done.code, done.err) == (0, "")
    assert warning in done.out
    assert drawn.read_bytes().startswith(b"%PDF-")
    assert drawn.stat().st_mode & 0o077 == 0 or sys.platform == "win32"
    assert not re.search(r"[A-Z2-7]{4}( [A-Z2-7]{4}){3}", done.out)
    assert recovery.sheet_number(place) == 1


def test_a_sheet_that_cannot_be_written_leaves_the_one_before_in_force(place: Path) -> None:
    before = said(place, "sheet")["number"]
    (place.parent / "there.pdf").write_text("mine")
    for target, code in (("there.pdf", 1), ("nowhere/sheet.pdf", 3), ("site/sheet.pdf", 1)):
        said(place, "sheet", "--pdf", str(place.parent / target), code=code)
    assert (place.parent / "there.pdf").read_text() == "mine"
    assert recovery.sheet_number(place) == before


def test_a_mistyped_sheet_names_its_row(place: Path) -> None:
    rows = said(place, "sheet")["rows"]
    wrong = rows[2][:-1] + ("A" if rows[2][-1] != "A" else "B")
    sheet = secret(place, "sheet", " ".join([*rows[:2], wrong, rows[3]]))
    new = secret(place, "new", OTHER)
    words = ["--data", str(place), "--user", PERSON.code, "--sheet-file", str(sheet), "--lang", "it"]
    done = run_here(["site", "recover", *words, "--new-passphrase-file", str(new)])
    assert done.code == 1
    assert "La riga 3" in done.err


def test_a_passphrase_for_one_unlocking_does_nothing_but_choose_another(place: Path) -> None:
    """The administrator who gave it would otherwise work, and sign, as the person."""
    added = said(place, "users", "add", "U03", "--name", "Ugo Finto", "--roles", "investigator")
    once = added["one_time_passphrase"]
    visit = place.parent / "visit.json"
    visit.write_text("{}", encoding="utf-8")
    for words in (["status"], ["enter", str(visit)], ["backup"], ["verify"], ["users", "list"]):
        for _ in range(2):
            assert "choose your own first" in said(place, *words, user="U03", passphrase=once, code=1)
    new = secret(place, "new", OTHER)
    said(place, "users", "passphrase", "--new-passphrase-file", str(new), user="U03", passphrase=once)
    assert said(place, "status", user="U03", passphrase=OTHER)["patients"] == []
    assert "is not right" in said(place, "status", user="U03", passphrase=once, code=1)


@pytest.mark.parametrize("blank", ["", "  "])
def test_what_takes_a_right_or_changes_keys_wants_a_reason(place: Path, blank: str) -> None:
    said(place, "users", "add", "U02", "--name", "Nadia Finta", "--roles", "data_entry")
    before = [path.read_bytes() for path in sorted(place.glob("keyslots.json*"))]
    for words in (
        ["change", "U02", "--roles", "monitor"],
        ["disable", "U02"],
        ["reset", "U02"],
        ["remove", "U02"],
        ["renew-keys"],
    ):
        assert "say why" in said(place, "users", *words, "--reason", blank, code=1)
    assert [path.read_bytes() for path in sorted(place.glob("keyslots.json*"))] == before
    assert [one["act"] for one in said(place, "users", "history")] == ["user_added"]


@pytest.mark.parametrize("between", [" ", "\n", "\r\n\r\n"])
def test_a_sheet_is_read_on_one_line_or_row_by_row(place: Path, between: str) -> None:
    rows = said(place, "sheet")["rows"]
    sheet, new = place.parent / "sheet", secret(place, "new", OTHER)
    sheet.write_bytes(between.join(rows).encode() + b"\n")
    words = ["--data", str(place), "--user", "u01", "--sheet-file", str(sheet), "--lang", "en"]
    done = run_here(["site", "recover", *words, "--new-passphrase-file", str(new)])
    assert done.code == 0, done


def test_a_sheet_and_the_new_passphrase_may_come_from_standard_input(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = said(place, "sheet")["rows"]
    given = io.TextIOWrapper(io.BytesIO("\n".join([*rows, OTHER, ""]).encode()))
    monkeypatch.setattr("sys.stdin", given)
    done = run_here(["site", "recover", "--data", str(place), "--user", "U01", "--lang", "en"])
    assert done.code == 0, done
    assert said(place, "status", passphrase=OTHER)["patients"] == []


def test_a_sheet_with_a_row_left_out_is_asked_for_in_full(place: Path) -> None:
    rows = said(place, "sheet")["rows"]
    sheet = secret(place, "sheet", "\n".join(rows[:3]))
    words = ["--data", str(place), "--user", "U01", "--sheet-file", str(sheet), "--lang", "it"]
    done = run_here(["site", "recover", *words, "--new-passphrase-file", str(secret(place, "new", OTHER))])
    assert done.code == 1
    assert "quattro righe" in done.err


def at_the_prompt(monkeypatch: pytest.MonkeyPatch, *typed: str) -> list[str]:
    """A person at a terminal, who types these lines one after the other; what was asked."""
    asked: list[str] = []
    lines = iter(typed)

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return next(lines)

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", answer)
    return asked


def test_a_mistyped_row_and_two_passphrases_that_differ_are_asked_for_again_and_nothing_else(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = said(place, "sheet")["rows"]
    wrong = rows[1][:-1] + ("A" if rows[1][-1] != "A" else "B")
    typed = (rows[0], wrong, "", rows[1], rows[2], rows[3], OTHER, f"{OTHER}x", OTHER, OTHER)
    asked = at_the_prompt(monkeypatch, *typed)
    done = run_here(["site", "recover", "--data", str(place), "--user", "U01", "--lang", "it"])
    assert done.code == 0, done
    assert [prompt.split("riga ")[1][0] for prompt in asked if "riga" in prompt] == list("122234")
    assert done.err.count("La riga 2") == 2
    assert "Le due frasi di accesso sono diverse" in done.err
    monkeypatch.undo()
    assert said(place, "status", passphrase=OTHER)["patients"] == []


@pytest.mark.parametrize("user", ["U09", "U02"])
def test_who_is_no_administrator_is_told_so_before_the_sheet_is_typed(
    place: Path, monkeypatch: pytest.MonkeyPatch, user: str
) -> None:
    said(place, "users", "add", "U02", "--name", "Nadia Finta", "--roles", "data_entry")
    asked = at_the_prompt(monkeypatch)
    done = run_here(["site", "recover", "--data", str(place), "--user", user, "--lang", "it"])
    assert done.code == 1
    assert f"qui {user} non lo è" in done.err
    assert asked == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["U-2", "--name", "Nadia Finta", "--roles", "data_entry"], "code has 2 to 12"),
        (["U02", "--name", " ", "--roles", "data_entry"], "needs a name"),
        (["U02", "--name", "Nadia Finta", "--roles", "dataentry"], "roles are one or more of investigator"),
    ],
)
def test_what_is_wrong_of_a_new_person_is_named(place: Path, words: list[str], told: str) -> None:
    assert told in said(place, "users", "add", *words, code=1)


def test_a_removed_person_is_not_enabled_but_added_anew(place: Path) -> None:
    said(place, "users", "add", "U02", "--name", "Nadia Finta", "--roles", "data_entry")
    said(place, "users", "remove", "U02", "--reason", "contract ended")
    assert "under a new code" in said(place, "users", "enable", "U02", "--reason", "came back", code=1)


@pytest.mark.parametrize(
    "words",
    [
        ["--data", "{place}", "site", "users", "list", "--lang", "it"],
        ["site", "--lang=it", "--data={place}", "users", "list"],
        ["site", "users", "--data", "{place}", "list", "--lang", "it"],
    ],
)
def test_folder_and_language_may_stand_anywhere(place: Path, words: list[str]) -> None:
    given = [word.format(place=place) for word in words]
    done = run_here([*given, "--passphrase-file", str(secret(place, "passphrase", PASSPHRASE))])
    assert done.code == 0, done
    assert "attivo" in done.out


def test_a_wrong_command_line_is_told_in_italian(capsys: pytest.CaptureFixture[str]) -> None:
    from anifro_desktop.cli import main

    for words, told in (
        (["users"], "mancano: VERB"),
        (["users", "lst"], "'lst' non esiste; si può scegliere fra 'list'"),
        (["users", "add", "U02", "--name"], "manca il valore"),
        (["status", "--nothing"], "parole che questo comando non conosce: --nothing"),
    ):
        with pytest.raises(SystemExit) as left:
            main(["site", *words, "--lang", "it"])
        assert left.value.code == 2
        assert told in capsys.readouterr().err


@pytest.mark.parametrize("name", ["Ada\nFinta", "Ada\u202eFinta", "Ada\x00Finta", "Ada\u200bFinta"])
def test_a_name_that_nobody_can_read_is_refused(place: Path, name: str) -> None:
    for lang, told in (("it", "illeggibili"), ("en", "cannot be read")):
        words = ["--data", str(place), "--passphrase-file", str(secret(place, "passphrase", PASSPHRASE))]
        add = ["site", "users", "add", "U02", "--name", name, "--roles", "data_entry"]
        done = run_here([*add, *words, "--lang", lang])
        assert done.code == 1
        assert told in done.err
    assert [one["code"] for one in said(place, "users", "list")] == [PERSON.code]


def test_a_file_of_a_sheet_that_is_no_text_is_called_one_of_a_sheet(place: Path) -> None:
    sheet = place.parent / "sheet"
    sheet.write_bytes(b"\xff\xfe\x00")
    new = secret(place, "new", OTHER)
    words = ["--data", str(place), "--user", PERSON.code, "--new-passphrase-file", str(new)]
    for lang, told in (("it", "foglio di recupero non è testo"), ("en", "recovery sheet is not UTF-8")):
        done = run_here(["site", "recover", *words, "--sheet-file", str(sheet), "--lang", lang])
        assert done.code == 3
        assert told in done.err


def test_a_sheet_that_came_to_nobodys_eyes_is_said_and_ends_no_other(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    safe = said(place, "sheet")["rows"]
    with monkeypatch.context() as patch:
        patch.setattr("anifro_desktop.commands.site_people.say", _no_screen)
        words = ["--data", str(place), "--passphrase-file", str(secret(place, "passphrase", PASSPHRASE))]
        assert run_here(["site", "sheet", *words]).out == ""
    assert said(place, "status")["sheet"] == {"number": 1, "unseen": 2}
    for lang, told in (("it", "Il foglio di recupero 2 è stato creato"), ("en", "Recovery sheet 2 was made")):
        for act, code in (("status", 0), ("verify", 1)):
            done = run_here(["site", act, *words, "--lang", lang])
            assert done.code == code
            assert told in done.out
    sheet, new = place.parent / "sheet", secret(place, "new", OTHER)
    sheet.write_text("\n".join(safe), encoding="utf-8")
    words = ["--data", str(place), "--user", PERSON.code, "--sheet-file", str(sheet), "--lang", "en"]
    assert run_here(["site", "recover", *words, "--new-passphrase-file", str(new)]).code == 0


def _no_screen(*_: object) -> None:
    raise BrokenPipeError


@pytest.mark.parametrize(
    ("lang", "told"), [("it", "è salvato, ma il disco"), ("en", "is saved, but the disk")]
)
def test_what_was_done_is_not_called_lost_where_the_disk_fills_at_the_end(
    place: Path, monkeypatch: pytest.MonkeyPatch, lang: str, told: str
) -> None:
    def full(_: object) -> None:
        raise CannotSave("full")

    words = ["--data", str(place), "--passphrase-file", str(secret(place, "passphrase", PASSPHRASE))]
    with monkeypatch.context() as patch:
        patch.setattr("anifro_desktop.store.database.Database.checkpoint", full)
        done = run_here(["site", "users", "renew-keys", "--reason", "x", *words, "--lang", lang])
        assert done.code == 3
        assert {"it": "Le chiavi nuove ci sono", "en": "The new keys are made"}[lang] in done.err
        done = run_here(["site", "users", "list", *words, "--lang", lang])
        assert done.code == 0
        assert told in done.err
    assert said(place, "verify") == []
