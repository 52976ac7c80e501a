"""First run: step by step by keys, nothing made before the end, and then a site that can be unlocked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from shell_driver import CENTRE, Program

from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.ui.strength import strength

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def fresh(qtbot, tmp_path: Path, translations) -> Iterator[Program]:
    """The window on an empty data folder."""
    (tmp_path / "centre.anfk").write_bytes(CENTRE.keyset)
    running = Program(qtbot, tmp_path / "data", translations)
    yield running
    running.close()


def step(program: Program) -> str:
    return program.front.steps[program.front.draft.step].key


def go_on(program: Program) -> None:
    program.click(program.front.next_button)


def fill_site(program: Program, fingerprint: str = CENTRE.fingerprint) -> None:
    page = program.front.steps[1]
    for field, text in (
        (page.code, "p07"),
        (page.name, "Reumatologia sintetica"),
        (page.path, str(program.folder.parent / "centre.anfk")),
        (page.fingerprint, fingerprint),
    ):
        field.edit.clear()
        program.type(field.edit, text)
    program.key(Qt.Key.Key_Return)
    program.settle()  # the file is checked


def fill_person(program: Program) -> None:
    page = program.front.steps[2]
    program.type(page.name.edit, "Irene Sintetica")
    program.type(page.code.edit, "")
    program.key(Qt.Key.Key_Return)


def fill_passphrase(program: Program, first: str = PASSPHRASE, second: str = PASSPHRASE) -> None:
    page = program.front.steps[3]
    page.first.edit.clear()
    page.second.edit.clear()
    program.type(page.first.edit, first)
    program.type(page.second.edit, second)
    program.key(Qt.Key.Key_Return)


def fill_second(program: Program, second: Path | None) -> None:
    assert step(program) == "backups"
    if second is not None:
        program.type(program.front.steps[4].path.edit, str(second))
    program.key(Qt.Key.Key_Return)


def to_summary(program: Program, fingerprint: str = CENTRE.fingerprint, second: Path | None = None) -> None:
    go_on(program)
    fill_site(program, fingerprint)
    fill_person(program)
    fill_passphrase(program)
    program.settle()
    fill_second(program, second)
    assert step(program) == "summary"


def words(program: Program) -> str:
    return "\n".join(label.text() for label in program.front.findChildren(QLabel) if label.isVisible())


def test_a_site_is_made_and_unlocked(fresh: Program) -> None:
    to_summary(fresh)
    said = words(fresh)
    assert "P07 · Reumatologia sintetica" in said
    assert PASSPHRASE not in said
    assert not (fresh.folder / "keyslots.json").exists()
    go_on(fresh)
    assert fresh.front.progress.isVisible()
    fresh.until(lambda: fresh.front.title.text() == "The site has been created")
    assert fresh.front.draft.passphrase == ""
    made = fresh.front.shown.itemAt(fresh.front.shown.count() - 1).widget()
    assert Path(made.card_path.text()).is_file()
    assert made.fingerprint.text().count("-") >= 3
    fresh.key(Qt.Key.Key_Space)
    fresh.until(lambda: type(fresh.front).__name__ == "UnlockPage")
    fresh.type(fresh.front.passphrase.edit, PASSPHRASE)
    fresh.key(Qt.Key.Key_Return)
    fresh.until(lambda: type(fresh.front).__name__ == "FirstSheet")
    fresh.front.later.setFocus()
    fresh.key(Qt.Key.Key_Return)
    fresh.until(lambda: fresh.shell is not None)
    assert fresh.shell.desk.site.code == "P07"


def test_nothing_is_made_before_the_end(fresh: Program) -> None:
    to_summary(fresh)
    assert not fresh.folder.exists()


def test_going_back_and_another_language_keep_everything(fresh: Program) -> None:
    to_summary(fresh)
    for _ in range(4):
        fresh.click(fresh.front.back_button)
    assert step(fresh) == "site"
    fresh.front.languages.segments[0].click()
    assert step(fresh) == "site"
    page = fresh.front.steps[1]
    assert (page.code.text, page.name.text) == ("P07", "Reumatologia sintetica")
    assert fresh.front.next_button.text() == "Continua"
    assert fresh.front.steps[3].first.text == PASSPHRASE


def test_a_wrong_fingerprint_is_refused_at_its_field_before_anything_else_is_asked(fresh: Program) -> None:
    go_on(fresh)
    fill_site(fresh, CENTRE.fingerprint[:-5] + "AAAAA")
    page = fresh.front.steps[1]
    assert step(fresh) == "site"
    assert "not that of the file" in page.fingerprint.problem.text()
    assert QApplication.focusWidget() is page.fingerprint.edit
    fresh.type(page.fingerprint.edit, CENTRE.fingerprint)  # it was selected: the wrong one is typed over
    assert not page.fingerprint.problem.isVisible()
    fresh.key(Qt.Key.Key_Return)
    fresh.settle()
    assert step(fresh) == "person"


def test_a_file_that_is_none_of_the_centre_is_refused_at_its_field(fresh: Program, tmp_path: Path) -> None:
    (tmp_path / "centre.anfk").write_bytes(CENTRE.keyset[:-40])
    go_on(fresh)
    fill_site(fresh)
    page = fresh.front.steps[1]
    assert step(fresh) == "site"
    assert "damaged, was changed, or is another file" in page.path.problem.text()
    assert QApplication.focusWidget() is page.path.edit


def test_a_file_that_was_changed_afterwards_leads_back_to_it(fresh: Program, tmp_path: Path) -> None:
    to_summary(fresh)
    (tmp_path / "centre.anfk").write_bytes(CENTRE.keyset[:-40])
    go_on(fresh)
    fresh.until(fresh.front.banner.isVisible)
    assert step(fresh) == "site"
    assert QApplication.focusWidget() is fresh.front.steps[1].path.edit
    assert "Nothing was created" in fresh.front.banner.accessibleName()
    assert not (fresh.folder / "keyslots.json").exists()


def test_what_is_missing_is_said_until_its_field_is_changed(fresh: Program) -> None:
    go_on(fresh)
    go_on(fresh)
    page = fresh.front.steps[1]
    fresh.type(page.name.edit, "R")
    assert not page.name.problem.isVisible()
    assert page.name.control.accessibleDescription() == "For example: Rheumatology, Padua"
    assert page.code.problem.isVisible(), "the others are still to be filled"
    go_on(fresh)
    assert not page.name.problem.isVisible()
    assert page.path.problem.isVisible()


def test_two_passphrases_that_differed_may_be_mended_in_either(fresh: Program) -> None:
    go_on(fresh)
    fill_site(fresh)
    fill_person(fresh)
    fill_passphrase(fresh, PASSPHRASE[:-1], PASSPHRASE)
    page = fresh.front.steps[3]
    assert page.second.problem.isVisible()
    fresh.type(page.first.edit, PASSPHRASE[-1])
    assert not page.second.problem.isVisible()


def test_both_roles_of_the_first_person_are_said(fresh: Program) -> None:
    to_summary(fresh)
    assert "Irene Sintetica (U01) · investigator, site administrator" in words(fresh)
    for _ in range(3):
        fresh.click(fresh.front.back_button)
    fresh.click(fresh.front.steps[2].role.segments[1])
    for _ in range(3):
        go_on(fresh)
    assert "Irene Sintetica (U01) · data entry, site administrator" in words(fresh)


def test_a_second_place_on_the_disk_of_the_data_is_warned_of_but_taken(
    fresh: Program, tmp_path: Path
) -> None:
    beside = tmp_path / "beside"
    beside.mkdir()
    to_summary(fresh)
    assert "same disk" not in words(fresh)
    fresh.click(fresh.front.back_button)
    page = fresh.front.steps[4]
    fresh.type(page.path.edit, str(beside))
    fresh.until(page.near.isVisible)
    assert "same disk as the data" in words(fresh)
    fresh.key(Qt.Key.Key_Return)
    assert step(fresh) == "summary"
    fresh.until(lambda: "same disk as the data" in words(fresh))


def test_a_second_place_on_another_disk_is_not_warned_of(
    fresh: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    there = stick.stat()
    stat = Path.stat

    def on_another_disk(path: Path, **how: bool) -> os.stat_result:
        found = stat(path, **how)
        return os.stat_result((*found[:2], there.st_dev + 1, *found[3:])) if path == stick else found

    monkeypatch.setattr(Path, "stat", on_another_disk)
    to_summary(fresh, second=stick)
    fresh.settle()
    assert str(stick) in words(fresh)
    assert "same disk" not in words(fresh)


def test_each_missing_answer_is_said_at_its_field(fresh: Program) -> None:
    go_on(fresh)
    go_on(fresh)
    page = fresh.front.steps[1]
    assert all(field.problem.isVisible() for field in (page.code, page.name, page.path, page.fingerprint))
    assert page.code.edit.hasFocus()
    assert step(fresh) == "site"


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("corta", "corta", "at least 14 characters"),
        ("password12345678", "password12345678", "guessed quickly"),
        (PASSPHRASE, PASSPHRASE + "x", "not the same"),
    ],
)
def test_a_weak_or_mistyped_passphrase_goes_no_further(
    fresh: Program, first: str, second: str, said: str
) -> None:
    go_on(fresh)
    fill_site(fresh)
    fill_person(fresh)
    fill_passphrase(fresh, first, second)
    assert step(fresh) == "passphrase"
    assert said in words(fresh)


def test_the_strength_is_said_in_words_while_typing(fresh: Program) -> None:
    go_on(fresh)
    fill_site(fresh)
    fill_person(fresh)
    page = fresh.front.steps[3]
    fresh.type(page.first.edit, "cavallo")
    fresh.until(lambda: page.words.text() == "7 characters still missing")
    fresh.bot.keyClicks(page.first.edit, " lampada nuvola sedia")
    fresh.until(lambda: page.words.text().startswith("Strength: "))
    assert page.words.text() == "Strength: Very good"


def test_names_of_the_site_make_a_passphrase_weaker() -> None:
    known = strength("Ospedaletto Bianchi", ("Ospedaletto", "Bianchi"))
    unknown = strength("Ospedaletto Bianchi", ())
    assert known.score < unknown.score


def test_very_long_passphrases_are_taken() -> None:
    assert strength("parola " * 40, ()).long_enough


def test_the_focus_begins_at_the_first_question_of_each_step(fresh: Program) -> None:
    go_on(fresh)
    assert QApplication.focusWidget() is fresh.front.steps[1].code.edit
    fill_site(fresh)
    assert QApplication.focusWidget() is fresh.front.steps[2].name.edit


def test_the_second_place_for_backups_is_asked_and_holds_from_the_first_day(
    fresh: Program, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    to_summary(fresh)
    fresh.click(fresh.front.back_button)
    page = fresh.front.steps[4]
    fresh.type(page.path.edit, str(stick))
    fresh.key(Qt.Key.Key_Return)
    assert step(fresh) == "backups"
    assert page.path.problem.isVisible()
    stick.mkdir()
    fresh.key(Qt.Key.Key_Return)
    assert str(stick) in words(fresh)
    go_on(fresh)
    fresh.until(lambda: fresh.front.title.text() == "The site has been created")
    fresh.key(Qt.Key.Key_Space)
    fresh.until(lambda: type(fresh.front).__name__ == "UnlockPage")
    fresh.type(fresh.front.passphrase.edit, PASSPHRASE)
    fresh.key(Qt.Key.Key_Return)
    fresh.until(lambda: type(fresh.front).__name__ == "FirstSheet")
    fresh.front.later.setFocus()
    fresh.key(Qt.Key.Key_Return)
    fresh.until(lambda: fresh.shell is not None and any(stick.glob("backup-*")))


def test_a_cloud_as_second_place_leads_back_to_it(fresh: Program, tmp_path: Path) -> None:
    cloud = tmp_path / "Dropbox"
    cloud.mkdir()
    to_summary(fresh, second=cloud)
    go_on(fresh)
    fresh.until(fresh.front.banner.isVisible)
    assert step(fresh) == "backups"
    assert not (fresh.folder / "keyslots.json").exists()


@pytest.mark.parametrize("kept", ["clinical.db", "identity.db"])
def test_databases_without_a_key_file_are_no_first_run(
    qtbot, tmp_path: Path, translations, kept: str
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / kept).write_bytes(b"a database")
    program = Program(qtbot, folder, translations)
    assert type(program.front).__name__ == "TroublePage"
    assert "keyslots.json is gone" in program.front.text.text()
    assert program.front.restore.isVisible()
    program.close()
