"""`site import` and `site mapping` as somebody types them: trial, apply, again; exit codes, languages, report."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from leaks import Search
from study_parts import PASSPHRASE
from whole_study import Done, run_here

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLES = DOCS / "import"
SECRETS = Search(("Sintetica", "Sintetico", "Prova Uno", "Prova Due"), (date(1991, 5, 20), date(1979, 11, 2)))
Run = Callable[..., Done]


@pytest.fixture
def run(site_folder: Path, tmp_path: Path) -> Run:
    """Calls an act of the site, unlocked by a file with the passphrase."""
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE, encoding="utf-8")

    def call(*words: object, lang: str = "en") -> Done:
        keys = ["--data", str(site_folder), "--passphrase-file", str(secret), "--lang", lang]
        return run_here(["site", *map(str, words), *keys])

    return call


def example(name: str) -> tuple[object, ...]:
    return ("import", EXAMPLES / f"{name}.csv", "--mapping", EXAMPLES / f"{name}.toml")


def test_the_trial_of_the_page_says_what_the_page_says(run: Run) -> None:
    done = run(*example("spreadsheet"))
    assert (done.code, done.err) == (1, "")
    assert done.out.strip() in (DOCS / "import.md").read_text(encoding="utf-8")
    assert json.loads(run("status", "--json").out)["patients"] == []


def test_apply_enters_and_the_same_again_changes_nothing(run: Run) -> None:
    first = run(*example("redcap"), "--apply")
    assert first.code == 0, first.err
    assert "Entered: 2 × Enrolment, 2 × Baseline, 1 × Month 6, 2 × Adverse event" in first.out
    status = run("status", "--json").out
    again = run(*example("redcap"), "--apply", lang="it")
    assert again.code == 0
    assert "Nulla di nuovo" in again.out
    assert again.out.count("già presente  P03-") == 5
    assert run("status", "--json").out == status
    assert run("verify").code == 0


def test_the_report_holds_rows_and_reasons_and_nobody(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "rows.csv"
    done = run(*example("spreadsheet"), "--apply", "--report", report, lang="it")
    assert done.code == 1
    lines = list(csv.DictReader(report.read_text(encoding="utf-8-sig").splitlines()))
    assert [(line["row"], line["state"]) for line in lines] == [
        ("2", "entered"), ("3", "entered"), ("4", "entered"), ("5", "refused"),
    ]  # fmt: skip
    assert (lines[3]["column"], lines[3]["field"], lines[3]["cell"]) == ("Data visita", "visit_date", "data")
    written = report.read_bytes()
    assert SECRETS.find(written) == set()
    assert re.search(rb"P03-", written) is None
    assert SECRETS.find(done.out.encode()) == set()


def test_a_machine_gets_the_same_in_json(run: Run) -> None:
    told = json.loads(run(*example("spreadsheet"), "--json").out)
    assert [row["state"] for row in told["rows"]] == ["new", "new", "new", "refused"]
    assert told["rows"][3]["reasons"][0]["code"] == "cell_date"
    assert told["applied"] is False


@pytest.mark.parametrize(
    ("lang", "word"), [("en", "Nothing was changed. Mend the mapping"), ("it", "Correggere la mappa")]
)
def test_a_faulty_mapping_is_refused_with_every_fault(run: Run, tmp_path: Path, lang: str, word: str) -> None:
    mapping = tmp_path / "map.toml"
    text = (EXAMPLES / "spreadsheet.toml").read_text(encoding="utf-8")
    mapping.write_text(text.replace("phga =", "phgga =").replace("M = 2", "M = 9"), encoding="utf-8")
    done = run("import", EXAMPLES / "spreadsheet.csv", "--mapping", mapping, lang=lang)
    assert (done.code, done.out) == (1, "")
    assert word in done.err
    assert "phgga" in done.err
    assert "1, 2" in done.err
    assert len(done.err.strip().splitlines()) == 3


def test_files_that_are_not_there_or_no_tables_are_said(run: Run, tmp_path: Path) -> None:
    done = run("import", tmp_path / "nothing.csv", "--mapping", EXAMPLES / "redcap.toml")
    assert done.code == 3
    picture = tmp_path / "picture.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    done = run("import", picture, "--mapping", EXAMPLES / "redcap.toml", lang="it")
    assert (done.code, done.out) == (1, "")
    assert "non è una tabella di testo" in done.err
    assert run("import", picture).code == 2


def test_a_refusal_of_the_site_is_said_in_the_readers_language(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "late.csv"
    text = (EXAMPLES / "redcap.csv").read_text(encoding="utf-8").replace("2026-09-04", "2031-09-04")
    table.write_text(text, encoding="utf-8")
    done = run("import", table, "--mapping", EXAMPLES / "redcap.toml", lang="it")
    assert done.code == 1
    assert "La data è nel futuro" in done.out


def test_the_draft_of_a_mapping_goes_to_a_file_or_to_the_screen(tmp_path: Path) -> None:
    target = tmp_path / "map.toml"
    words = ["site", "mapping", str(EXAMPLES / "redcap.csv"), "--lang", "it"]
    shown, written = run_here(words), run_here([*words, "--output", str(target)])
    assert (shown.code, written.code, written.out) == (0, 0, "")
    assert target.read_text(encoding="utf-8") == shown.out
    assert "Bozza di mappa" in shown.out
    assert SECRETS.find(shown.out.encode()) == set()


@pytest.mark.parametrize(("lang", "told"), [("it", "troppi livelli"), ("en", "nested too deep")])
def test_a_mapping_that_is_too_deep_is_said_in_one_language(
    run: Run, tmp_path: Path, lang: str, told: str
) -> None:
    mapping = tmp_path / "deep.toml"
    mapping.write_text("a = " + "[" * 5000 + "]" * 5000, encoding="utf-8")
    done = run("import", EXAMPLES / "spreadsheet.csv", "--mapping", mapping, lang=lang)
    assert done.code == 1
    assert told in done.err
    assert "too deep or too long" not in done.err


def test_a_draft_takes_the_words_that_open_a_site_as_well(tmp_path: Path) -> None:
    opened = ["--data", str(tmp_path / "none"), "--passphrase-file", str(tmp_path / "none"), "--user", "U01"]
    done = run_here(["site", "mapping", str(EXAMPLES / "spreadsheet.csv"), *opened])
    assert (done.code, done.err) == (0, "")
    assert "anifro-import/1" in done.out
