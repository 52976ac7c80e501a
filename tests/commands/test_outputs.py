"""Files that a command is asked to write: never over another one, never among the data."""

from __future__ import annotations

from pathlib import Path

import pytest
from study_parts import PASSPHRASE, copied
from whole_study import run_here

TABLES = Path(__file__).parents[2] / "docs" / "import"


@pytest.fixture
def place(pisa_template: tuple[object, Path], tmp_path: Path) -> Path:
    return copied(pisa_template[1], tmp_path / "site")


def commands(folder: Path, target: Path) -> list[list[str]]:
    """Every command of a site that writes a file of a name."""
    opened = ["--data", str(folder), "--passphrase-file", str(folder.parent / "passphrase"), "--user", "U01"]
    table = [str(TABLES / "spreadsheet.csv"), "--mapping", str(TABLES / "spreadsheet.toml")]
    return [
        ["site", "support", str(target), *opened],
        ["site", "audit", "--pdf", str(target), *opened],
        ["site", "sheet", "--pdf", str(target), *opened],
        ["site", "import", *table, "--report", str(target), *opened],
        ["site", "mapping", table[0], "--output", str(target)],
        ["codebook", "markdown", "--output", str(target)],
    ]


@pytest.mark.parametrize("name", ["clinical.db", "keyslots.json", "report.csv", "backups/report.csv"])
@pytest.mark.parametrize("lang", ["it", "en"])
def test_nothing_is_written_over_the_data_or_beside_them(place: Path, name: str, lang: str) -> None:
    (place.parent / "passphrase").write_text(PASSPHRASE + "\n", encoding="utf-8")
    target = place / name
    before = target.read_bytes() if target.exists() else None
    for words in commands(place, target):
        done = run_here([*words, "--lang", lang])
        assert done.code == 1, words
        assert {"it": "in mezzo ai dati", "en": "among the data"}[lang] in done.err, words
        assert (target.read_bytes() if target.exists() else None) == before, words


@pytest.mark.parametrize("name", ["", "backups", "backups/deeper"])
def test_no_folder_of_the_data_takes_files_of_another_kind(place: Path, name: str) -> None:
    (place.parent / "passphrase").write_text(PASSPHRASE + "\n", encoding="utf-8")
    opened = ["--data", str(place), "--passphrase-file", str(place.parent / "passphrase"), "--user", "U01"]
    before = sorted(place.rglob("*.*"))
    for words in (["site", "export", "--to", str(place / name), *opened], ["paper", str(place / name)]):
        for lang, told in (("it", "una cartella dei dati stessi"), ("en", "a folder of the data themselves")):
            done = run_here([*words, "--lang", lang])
            assert done.code == 1, words
            assert told in done.err, words
    assert sorted(place.rglob("*.*")) == before


def test_nothing_is_written_over_another_file(place: Path, tmp_path: Path) -> None:
    (place.parent / "passphrase").write_text(PASSPHRASE + "\n", encoding="utf-8")
    target = tmp_path / "mine.txt"
    target.write_text("my own notes", encoding="utf-8")
    for words in commands(place, target):
        done = run_here([*words, "--lang", "en"])
        assert done.code == 1, words
        assert "mine.txt already" in done.err, words
        assert target.read_text(encoding="utf-8") == "my own notes"


@pytest.mark.parametrize("number", ["99999999999999999999", "0", "-1", "x"])
def test_a_number_that_no_database_knows_is_refused(place: Path, tmp_path: Path, number: str) -> None:
    (place.parent / "passphrase").write_text(PASSPHRASE + "\n", encoding="utf-8")
    opened = ["--data", str(place), "--passphrase-file", str(place.parent / "passphrase"), "--user", "U01"]
    for words in (
        ["site", "erase", f"--entry={number}", "--reason", "typed by mistake"],
        ["site", "export", "--to", str(tmp_path), f"--again={number}"],
    ):
        done = run_here([*words, *opened, "--lang", "it"])
        assert done.code == 2
        assert "non è un numero adatto" in done.err
