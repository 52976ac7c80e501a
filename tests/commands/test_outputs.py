"""Files that a command is asked to write: never over another one, never among the data."""

from __future__ import annotations

from pathlib import Path

import pytest
from whole_study import Study, run_here

from anifro_desktop.centre.dataset import DO_FILE

TABLES = Path(__file__).parents[2] / "docs" / "import"


@pytest.fixture
def place(study_template: Study, tmp_path: Path) -> Study:
    """A site and the centre."""
    return study_template.copy(tmp_path / "study")


def opened(study: Study, *, centre: bool = False) -> list[str]:
    folder, user = (study.centre, "C01") if centre else (study.site(), "U01")
    return ["--data", str(folder), "--passphrase-file", str(study.passphrase), "--user", user]


def commands(study: Study, target: Path) -> list[list[str]]:
    """Every command that writes a file of a name."""
    table = [str(TABLES / "spreadsheet.csv"), "--mapping", str(TABLES / "spreadsheet.toml")]
    return [
        ["site", "support", str(target), *opened(study)],
        ["site", "audit", "--pdf", str(target), *opened(study)],
        ["site", "sheet", "--pdf", str(target), *opened(study)],
        ["site", "import", *table, "--report", str(target), *opened(study)],
        ["site", "log", "--csv", str(target), *opened(study)],
        ["site", "mapping", table[0], "--output", str(target)],
        ["centre", "report", "--csv", str(target), *opened(study, centre=True)],
        ["codebook", "markdown", "--output", str(target)],
    ]


@pytest.mark.parametrize("lang", ["it", "en"])
def test_nothing_is_written_over_the_data_or_beside_them(place: Study, lang: str) -> None:
    names = ("clinical.db", "keyslots.json", "report.csv", "backups/report.csv")
    for target in [place.site() / name for name in names] + [place.centre / "centre.db"]:
        before = target.read_bytes() if target.exists() else None
        for words in commands(place, target):
            done = run_here([*words, "--lang", lang])
            assert done.code == 1, words
            assert {"it": "in mezzo ai dati", "en": "among the data"}[lang] in done.err, words
            assert (target.read_bytes() if target.exists() else None) == before, words


@pytest.mark.parametrize("name", ["", "backups", "backups/deeper"])
def test_no_folder_of_the_data_takes_files_of_another_kind(place: Study, name: str) -> None:
    folder = str(place.site() / name)
    before = sorted(place.site().rglob("*.*"))
    for words in (["site", "export", "--to", folder, *opened(place)], ["paper", folder]):
        for lang, told in (("it", "una cartella dei dati stessi"), ("en", "a folder of the data themselves")):
            done = run_here([*words, "--lang", lang])
            assert done.code == 1, words
            assert told in done.err, words
    assert sorted(place.site().rglob("*.*")) == before


@pytest.mark.parametrize("lang", ["it", "en"])
def test_nothing_is_written_over_another_file(place: Study, tmp_path: Path, lang: str) -> None:
    target = tmp_path / "mine.txt"
    target.write_text("my own notes", encoding="utf-8")
    for words in commands(place, target):
        done = run_here([*words, "--lang", lang])
        assert done.code == 1, words
        assert {"it": "Esiste già un file mine.txt", "en": "mine.txt already"}[lang] in done.err, words
        assert target.read_text(encoding="utf-8") == "my own notes"


@pytest.mark.parametrize("lang", ["it", "en"])
def test_the_centre_fills_no_folder_of_data(place: Study, tmp_path: Path, lang: str) -> None:
    (tmp_path / "file").write_text("my own notes", encoding="utf-8")
    told = {"it": "è una cartella dei dati stessi", "en": "is a folder of the data"}[lang]
    no_folder = {"it": "file non è una cartella", "en": "file is not a folder"}[lang]
    for folder, expected in (
        (place.centre, told),
        (place.site() / "backups", told),
        (tmp_path / "file", no_folder),
    ):
        before = sorted(path.name for path in folder.parent.rglob("*"))
        for words in (
            ["dataset", "--to", str(folder)],
            ["reply", "--to", str(folder)],
            ["backup", "--to", str(folder)],
            ["ingest", str(place.stick), "--receipts", str(folder)],
        ):
            done = run_here(["centre", *words, *opened(place, centre=True), "--lang", lang])
            assert done.code != 0, words
            assert expected in done.err, words
            assert sorted(path.name for path in folder.parent.rglob("*")) == before


def test_a_data_set_goes_over_an_older_one_and_over_nothing_else(place: Study, tmp_path: Path) -> None:
    folder = tmp_path / "results"
    folder.mkdir()
    mine = folder / "visit.dta"
    mine.write_bytes(b"my own table")
    words = ["centre", "dataset", "--to", str(folder), *opened(place, centre=True), "--lang", "it"]
    done = run_here(words)
    assert (done.code, [path.name for path in folder.iterdir()]) == (1, ["visit.dta"])
    assert "Esiste già un file visit.dta" in done.err
    assert mine.read_bytes() == b"my own table"
    mine.unlink()
    for _ in range(2):
        assert run_here(words).code == 0
    assert (folder / DO_FILE).is_file()


@pytest.mark.parametrize("number", ["99999999999999999999", "0", "-1", "x"])
def test_a_number_that_no_database_knows_is_refused(place: Study, tmp_path: Path, number: str) -> None:
    for words in (
        ["site", "erase", f"--entry={number}", "--reason", "typed by mistake"],
        ["site", "export", "--to", str(tmp_path), f"--again={number}"],
    ):
        done = run_here([*words, *opened(place), "--lang", "it"])
        assert done.code == 2
        assert "non è un numero adatto" in done.err
