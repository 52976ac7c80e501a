"""`site backup`, `backups`, `drill` and `restore` as an administrator uses them, in both languages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "endtoend"))

from study_fixtures import study, study_template
from study_parts import enrol
from whole_study import Study, run_here

from anifro_desktop.store.instance import InstanceLock

__all__ = ["study", "study_template"]


@pytest.fixture
def stick(study: Study) -> Path:
    folder = study.root / "backups on a stick"
    folder.mkdir()
    return folder


def speak(study: Study, act: str, *rest: Any, lang: str = "it", data: Path | None = None) -> Any:
    """A command as a person types it: words, not JSON."""
    given = ["--data", data or study.site(), "--passphrase-file", study.passphrase, "--lang", lang]
    return run_here([str(word) for word in ("site", act, *given, *rest)])


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="the folder of this system that takes no file")
@pytest.mark.parametrize(
    ("lang", "told"), [("it", "Nella cartella proc non si può scrivere"), ("en", "proc")]
)
def test_a_folder_that_takes_no_file_is_said_to_be_one(study: Study, lang: str, told: str) -> None:
    done = speak(study, "backup", "--to", "/proc", lang=lang)
    assert done.code == 3
    assert told in done.err
    assert "MB" not in done.err


def test_a_backup_is_made_listed_tried_and_brought_back_on_a_new_computer(study: Study, stick: Path) -> None:
    with study.at_site() as site:
        code = enrol(site)
    made = study.command("site", "backup", "--to", stick)
    assert (made.code, made.err) == (0, "")
    assert Path(made.data["path"]).parent == stick
    second = study.root / "second stick"
    second.mkdir()
    usual = study.command("site", "backup", "--second", second)
    assert usual.code == 0
    assert Path(usual.data["second"]).parent == second
    drill = study.command("site", "drill", made.data["path"])
    assert drill.code == 0
    assert drill.data["ours"] is True
    listed = study.command("site", "backups").data
    assert [(row["whole"], row["second"]) for row in listed] == [(True, False), (True, True)]
    assert {row["name"] for row in listed} == {usual.data["name"]}
    fresh = study.root / "new computer"
    done = study.command("site", "restore", usual.data["second"], data=fresh)
    assert (done.code, done.data["aside"]) == (0, None)
    assert done.data["epoch"] > 2  # some are left out, since the old computer says nothing of its own
    status = study.command("site", "status", data=fresh)
    assert [row["subject"] for row in status.data["patients"]] == [code]
    verified = study.command("site", "verify", data=fresh)
    assert (verified.code, verified.data) == (0, [])


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "it",
            (
                "Backup fatto e verificato",
                "Prova riuscita",
                "intero",
                "Ripristinato",
                "nulla è stato cancellato",
            ),
        ),
        (
            "en",
            ("Backup made and verified", "The drill went well", "whole", "Restored", "nothing was deleted"),
        ),
    ],
)
def test_each_command_speaks_both_languages(lang: str, words: tuple[str, ...], study: Study) -> None:
    said = [
        speak(study, "backup", lang=lang),
        speak(study, "drill", lang=lang),
        speak(study, "backups", lang=lang),
    ]
    (path,) = (study.site() / "backups").iterdir()
    said.append(speak(study, "restore", path, lang=lang))
    assert [done.code for done in said] == [0, 0, 0, 0]
    for word, done in zip(words, [*said, said[-1]], strict=True):
        assert word in done.out
    assert all(done.err == "" for done in said)


def test_a_damaged_backup_is_refused_in_one_sentence_and_the_site_is_as_it_was(
    study: Study, stick: Path
) -> None:
    path = Path(study.command("site", "backup", "--to", stick).data["path"])
    raw = bytearray((path / "clinical.db").read_bytes())
    raw[5000] ^= 1
    (path / "clinical.db").write_bytes(raw)
    before = (study.site() / "clinical.db").read_bytes()
    for lang, words in (("it", "è danneggiato"), ("en", "is damaged")):
        done = speak(study, "restore", path, lang=lang)
        assert done.code == 1
        assert words in done.err
        assert done.err.count("\n") == 1
    assert (study.site() / "clinical.db").read_bytes() == before
    assert speak(study, "drill", path).code == 1
    assert not list(study.site().glob("before-restore-*"))


def test_a_missing_second_place_is_said_and_the_exit_code_tells(study: Study, stick: Path) -> None:
    assert study.command("site", "backup", "--second", stick).code == 0
    for one in sorted(stick.rglob("*"), reverse=True):
        one.rmdir() if one.is_dir() else one.unlink()
    stick.rmdir()
    done = speak(study, "backup")
    assert done.code == 1
    assert "Nessuna seconda copia" in done.out
    assert study.command("site", "backup", "--second", "-").code == 0


def test_what_is_no_backup_and_a_site_in_use_are_refused(study: Study, stick: Path) -> None:
    path = study.command("site", "backup", "--to", stick).data["path"]
    assert speak(study, "restore", stick).code == 1
    assert speak(study, "restore", stick / "none").code == 1
    assert speak(study, "drill", stick).code == 1
    with InstanceLock(study.site()):
        done = speak(study, "restore", path)
    assert done.code == 3
    assert speak(study, "restore").code == 2
    (study.root / "wrong").write_text("not the right passphrase\n", encoding="utf-8")
    fresh = study.root / "fresh"
    words = [
        "site",
        "restore",
        path,
        "--data",
        fresh,
        "--passphrase-file",
        study.root / "wrong",
        "--lang",
        "it",
    ]
    done = run_here([str(word) for word in words])
    assert done.code == 1
    assert not fresh.exists()


def test_a_backup_to_a_cloud_folder_is_refused(study: Study) -> None:
    cloud = study.root / "OneDrive"
    cloud.mkdir()
    done = speak(study, "backup", "--to", cloud)
    assert done.code == 1
    assert "cloud" in done.err
    assert list(cloud.iterdir()) == []


def test_beginning_anew_where_nothing_is_locked_is_refused(study: Study) -> None:
    done = speak(study, "export", "--to", study.stick, "--anew", "a reason")
    assert done.code == 1
    assert "non è bloccato" in done.err
