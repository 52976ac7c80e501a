"""Import from a spreadsheet, by keys and clicks: tried first, then entered; refused, drafted, stopped, in words."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any

import pytest
from people_parts import GIVEN, add_beforehand, unlock_as, words
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from shell_driver import Program

from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.workflows.facts import Person

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

EXAMPLES = Path(__file__).parents[2] / "docs" / "import"
NAMES = ("Sintetica", "Sintetico", "Prova")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """The worked example of the documentation, in a folder of its own."""
    folder = tmp_path / "old"
    folder.mkdir()
    for suffix in ("csv", "toml"):
        shutil.copy(EXAMPLES / f"spreadsheet.{suffix}", folder / f"old.{suffix}")
    return folder


def go(program: Program) -> Any:
    """The page, by the button of its card in the settings."""
    program.shell.show_place("settings")
    program.until(lambda: type(program.page).__name__ == "SettingsPage" and not program.window.backup.busy)
    program.page.scroller.ensureWidgetVisible(program.page.importing)
    program.click(program.page.importing.go_button)
    program.until(lambda: type(program.page).__name__ == "ImportPage")
    return program.page


@pytest.fixture
def page(program: Program) -> Any:
    program.unlock()
    return go(program)


def quiet(program: Program, page: Any) -> None:
    """Wait until every row is looked at."""
    program.until(lambda: not page.runner.busy)


def choose(program: Program, page: Any, table: Path, mapping: Path) -> None:
    """Type where the two files are."""
    for field, path in ((page.files.table, table), (page.files.mapping, mapping)):
        field.edit.clear()
        program.type(field.edit, str(path))


def try_rows(program: Program, page: Any, folder: Path) -> None:
    choose(program, page, folder / "old.csv", folder / "old.toml")
    program.key(Qt.Key.Key_Return)
    quiet(program, page)


def come_back(program: Program) -> None:
    """The window has the keys again after a dialog."""
    program.window.activateWindow()
    program.bot.waitUntil(program.window.isActiveWindow)


def enter(program: Program, page: Any, passphrase: str = PASSPHRASE) -> Any:
    """Press the act, type the passphrase and Enter."""
    page.scroller.ensureWidgetVisible(page.results.enter_button)
    program.click(page.results.enter_button)
    dialog = page.dialog
    program.bot.waitUntil(dialog.isActiveWindow)
    if dialog.signer.code is not None:
        program.type(dialog.signer.code.edit, "U01")
        program.key(Qt.Key.Key_Return)
    program.type(dialog.passphrase.edit, passphrase)
    program.key(Qt.Key.Key_Return)
    quiet(program, page)
    return dialog


def codes(program: Program) -> set[str]:
    """The patients of the site."""
    return {row.code for row in program.window._open_site.clinical.subjects()}


def states(page: Any) -> list[tuple[int, str]]:
    """The rows listed."""
    return [(one.row, one.state) for one in page.results.table.items]


def cells(page: Any, row: int) -> list[str]:
    """What stands in a line of the list."""
    model = page.results.table.model()
    return [model.index(row, at).data() for at in range(model.columnCount())]


def test_a_trial_says_what_each_row_would_become_and_changes_nothing(
    program: Program, page: Any, files: Path
) -> None:
    before = codes(program)
    assert not page.results.isVisible()
    try_rows(program, page, files)
    assert states(page) == [(2, "new"), (3, "new"), (4, "new"), (5, "refused")]
    assert "Accepted: 3 · Refused: 1" in page.results.counts.text()
    assert "Would become: 2 × Enrolment, 2 × Baseline" in page.results.kinds.text()
    assert "nothing was changed" in page.results.banner.accessibleName()
    assert cells(page, 0)[:2] == ["2", "Accepted"]
    assert cells(page, 0)[3] == "Enrolment, Baseline"
    assert "Enrolment (signed) and Baseline (draft)" in page.results.whole.text()
    assert page.results.enter_button.text() == "Enter 3 rows…"
    assert codes(program) == before


def test_a_refused_row_gives_its_reason_and_the_list_shows_only_those_asked_for(
    program: Program, page: Any, files: Path
) -> None:
    try_rows(program, page, files)
    assert [one.text() for one in page.results.filter.segments] == [
        "All 4",
        "Refused 1",
        "With notes 1",
        "Accepted 3",
    ]
    program.click(page.results.filter.segments[1])
    assert states(page) == [(5, "refused")]
    assert "is no day of the calendar written as DMY" in cells(page, 0)[4]
    assert 'Row 5: Refused\ncolumn "Data visita" (visit_date)' in page.results.whole.text()
    program.key(Qt.Key.Key_Right)
    program.key(Qt.Key.Key_Space)
    assert states(page) == [(3, "new")]
    assert "converted, and rounded" in page.results.whole.text()
    program.click(page.results.filter.segments[3])
    assert [row for row, _ in states(page)] == [2, 3, 4]


def test_rows_are_entered_with_the_passphrase_and_it_is_said_what_became_of_them(
    program: Program, page: Any, files: Path
) -> None:
    before = codes(program)
    try_rows(program, page, files)
    enter(program, page)
    assert states(page) == [(2, "new"), (3, "new"), (4, "new"), (5, "refused")]
    assert cells(page, 0)[1] == "Entered"
    new = codes(program) - before
    assert len(new) == 2
    assert {cells(page, at)[2] for at in (0, 1, 2)} == new
    said = page.results.banner.accessibleName()
    assert "3 rows are entered as transcriptions" in said
    assert "Refused: 1" in said
    assert not page.results.enter_button.isVisible()
    assert "Entered: 2 × Enrolment" in page.results.kinds.text()


def test_the_same_file_again_changes_nothing(program: Program, page: Any, files: Path) -> None:
    try_rows(program, page, files)
    enter(program, page)
    after = codes(program)
    program.click(page.files.try_button)
    quiet(program, page)
    assert [state for _, state in states(page)] == ["there", "there", "there", "refused"]
    assert "Nothing new" in page.results.banner.accessibleName()
    assert not page.results.enter_button.isVisible()
    assert codes(program) == after


def test_a_wrong_passphrase_enters_nothing_and_may_be_typed_again(
    program: Program, page: Any, files: Path
) -> None:
    before = codes(program)
    try_rows(program, page, files)
    dialog = enter(program, page, "not this one at all")
    assert dialog.isVisible()
    assert "not right" in dialog.passphrase.problem.text()
    assert codes(program) == before
    program.until(dialog.go.isEnabled)
    dialog.passphrase.edit.clear()
    program.type(dialog.passphrase.edit, PASSPHRASE)
    program.key(Qt.Key.Key_Return)
    quiet(program, page)
    assert len(codes(program) - before) == 2


def test_without_a_passphrase_or_with_escape_nothing_is_entered(
    program: Program, page: Any, files: Path
) -> None:
    before = codes(program)
    try_rows(program, page, files)
    dialog = enter(program, page, "")
    assert "Type the passphrase" in dialog.passphrase.problem.text()
    program.key(Qt.Key.Key_Escape)
    program.settle()
    assert codes(program) == before
    assert page.results.enter_button.isVisible()


def test_a_draft_is_written_beside_the_table_and_gone_through_before_it_serves(
    program: Program, page: Any, files: Path
) -> None:
    mapping = files / "old.toml"
    whole = mapping.read_text(encoding="utf-8")
    mapping.unlink()
    program.type(page.files.table.edit, str(files / "old.csv"))
    program.click(page.files.draft_button)
    program.settle()
    assert page.files.mapping.text == str(mapping)
    assert "beside the table" in page.files.banner.accessibleName()
    written = mapping.read_text(encoding="utf-8")
    assert "Draft of a mapping" in written
    assert not any(name in written for name in NAMES)
    program.click(page.files.try_button)
    quiet(program, page)
    assert "Mend the mapping" in page.files.banner.accessibleName()
    assert not page.results.isVisible()
    mapping.write_text(whole, encoding="utf-8")
    program.click(page.files.try_button)
    quiet(program, page)
    assert states(page)[0] == (2, "new")
    assert not page.files.banner.isVisible()


def test_a_draft_takes_nobodys_mapping_away(program: Program, page: Any, files: Path) -> None:
    whole = (files / "old.toml").read_bytes()
    program.type(page.files.table.edit, str(files / "old.csv"))
    program.click(page.files.draft_button)
    program.settle()
    assert "No draft was written" in page.files.banner.accessibleName()
    assert (files / "old.toml").read_bytes() == whole


def test_a_draft_of_one_sheet_of_several(program: Program, page: Any, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["notes"])
    sheet = book.create_sheet("Visite")
    sheet.append(["a title above"])
    sheet.append(["id paziente", "phga"])
    sheet.append(["1", "2"])
    table = tmp_path / "old.xlsx"
    book.save(table)
    program.type(page.files.table.edit, str(table))
    program.click(page.files.draft_button)
    program.settle()
    assert "several sheets" in page.files.banner.accessibleName()
    program.type(page.files.sheet.edit, "Visite")
    page.files.header.edit.clear()
    program.type(page.files.header.edit, "two")
    program.key(Qt.Key.Key_Return)
    assert "number" in page.files.header.problem.text()
    page.files.header.edit.clear()
    program.type(page.files.header.edit, "2")
    program.key(Qt.Key.Key_Return)
    program.settle()
    written = (tmp_path / "old.toml").read_text(encoding="utf-8")
    assert 'sheet = "Visite"' in written
    assert "header = 2" in written
    assert 'phga = "phga"' in written


def test_every_fault_of_a_mapping_is_said_at_once_in_the_readers_language(
    program: Program, page: Any, files: Path
) -> None:
    mapping = files / "old.toml"
    text = mapping.read_text(encoding="utf-8")
    mapping.write_text(text.replace("phga =", "phgga =").replace("M = 2", "M = 9"), encoding="utf-8")
    try_rows(program, page, files)
    said = page.files.banner.accessibleName()
    assert "phgga" in said
    assert "1, 2" in said
    assert page.files.table.text == str(files / "old.csv")


@pytest.mark.parametrize(
    ("table", "mapping", "said"),
    [
        ("", "", "choose it"),
        ("nothing.csv", "old.toml", "cannot be read"),
        (".", "old.toml", "not an ordinary file"),
    ],
)
def test_files_that_cannot_be_used_are_refused_in_a_sentence(
    program: Program, page: Any, files: Path, table: str, mapping: str, said: str
) -> None:
    choose(program, page, files / table if table else Path(" "), files / mapping if mapping else Path(" "))
    program.click(page.files.try_button)
    quiet(program, page)
    assert said in words(page.files)
    assert not page.results.isVisible()


def test_a_table_that_is_none_is_refused(program: Program, page: Any, files: Path) -> None:
    (files / "old.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    try_rows(program, page, files)
    assert "no table" in page.files.banner.accessibleName()


def test_a_file_is_chosen_and_a_choice_given_up_leaves_what_stood_there(
    program: Program, page: Any, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([str(files / "old.csv"), ""])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (next(answers), ""))
    program.click(page.files.table.button)
    assert page.files.table.text == str(files / "old.csv")
    program.click(page.files.table.button)
    assert page.files.table.text == str(files / "old.csv")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    choose(program, page, files / "old.csv", files / "old.toml")
    program.key(Qt.Key.Key_Return)
    quiet(program, page)
    page.scroller.ensureWidgetVisible(page.results.report.button)
    program.click(page.results.report.button)
    program.settle()
    assert page.results.report.text == ""
    assert sorted(path.name for path in files.iterdir()) == ["old.csv", "old.toml"]


def test_another_file_takes_the_result_of_the_one_before_away(
    program: Program, page: Any, files: Path
) -> None:
    try_rows(program, page, files)
    assert page.results.isVisible()
    program.type(page.files.table.edit, "x")
    assert not page.results.isVisible()


def test_the_report_is_saved_without_names_and_codes(program: Program, page: Any, files: Path) -> None:
    try_rows(program, page, files)
    page.scroller.ensureWidgetVisible(page.results.report)
    program.type(page.results.report.edit, str(files / "rows.csv"))
    program.key(Qt.Key.Key_Return)
    program.settle()
    assert "rows.csv" in page.results.banner.accessibleName()
    written = (files / "rows.csv").read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(written.splitlines()))
    assert [(line["row"], line["state"]) for line in lines][-1] == ("5", "refused")
    assert not any(name in written for name in NAMES)
    assert "P03-" not in written


def test_a_report_that_cannot_be_written_is_said_and_the_result_stays(
    program: Program, page: Any, files: Path
) -> None:
    try_rows(program, page, files)
    page.scroller.ensureWidgetVisible(page.results.report)
    program.type(page.results.report.edit, str(files / "nowhere" / "rows.csv"))
    program.key(Qt.Key.Key_Return)
    program.settle()
    assert "not there" in page.results.banner.accessibleName()
    assert page.results.enter_button.isVisible()
    assert len(states(page)) == 4


def test_entering_that_is_stopped_keeps_whole_patients_and_the_same_file_goes_on(
    program: Program, page: Any, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = codes(program)
    try_rows(program, page, files)
    monkeypatch.setattr(type(page.runner), "SLICE", 0.0)

    def stop(done: int, rows: int) -> None:
        if done:
            assert f"{done} of {rows}" in page.work.during.text()
            page.runner.moved.disconnect(stop)
            program.click(page.work.stop_button)

    page.runner.moved.connect(stop)
    enter(program, page)
    assert "Stopped: 2 rows are entered" in page.results.banner.accessibleName()
    assert len(codes(program) - before) == 1
    program.click(page.files.try_button)
    quiet(program, page)
    assert [state for _, state in states(page)] == ["there", "there", "new", "refused"]
    enter(program, page)
    assert len(codes(program) - before) == 2


def test_a_trial_that_is_stopped_shows_no_half_result(
    program: Program, page: Any, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(page.runner), "SLICE", 0.0)
    page.runner.moved.connect(lambda *_: page.work.stop_button.click())
    try_rows(program, page, files)
    assert "Stopped" in page.files.banner.accessibleName()
    assert not page.results.isVisible()
    assert page.files.try_button.isEnabled()


def test_a_disk_that_fills_up_is_said_with_what_is_entered(
    program: Program, page: Any, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from anifro_desktop.store.errors import CannotSave
    from anifro_desktop.workflows.importing import taking

    try_rows(program, page, files)
    real = taking.enter_confirmed
    calls: list[str] = []

    def full(*given: Any, **named: Any) -> Any:
        calls.append("")
        if len(calls) > 2:
            raise CannotSave("full")
        return real(*given, **named)

    monkeypatch.setattr(taking, "enter_confirmed", full)
    enter(program, page)
    said = page.results.banner.accessibleName()
    assert "disk is full" in said
    assert "2 rows are entered" in said
    assert not page.results.enter_button.isVisible()


def test_the_page_may_be_left_and_the_site_locked_in_the_middle(
    program: Program, page: Any, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = codes(program)
    try_rows(program, page, files)
    monkeypatch.setattr(type(page.runner), "SLICE", 0.0)
    page.runner.moved.connect(lambda done, _rows: program.window.lock() if done else None)
    page.scroller.ensureWidgetVisible(page.results.enter_button)
    program.click(page.results.enter_button)
    program.bot.waitUntil(page.dialog.isActiveWindow)
    program.type(page.dialog.signer.code.edit, "U01")
    program.type(page.dialog.passphrase.edit, PASSPHRASE)
    program.key(Qt.Key.Key_Return)
    program.until(lambda: program.window.shell is None)
    come_back(program)
    program.unlock()
    assert 1 <= len(codes(program) - before) < 2
    again = go(program)
    try_rows(program, again, files)
    enter(program, again)
    assert len(codes(program) - before) == 2


@pytest.mark.parametrize("roles", [("monitor",), ("site_admin",)])
def test_who_may_not_enter_is_told_why_and_sees_no_way(program: Program, roles: tuple[str, ...]) -> None:
    add_beforehand(program, Person("U02", "Marco Inventato", roles))
    unlock_as(program, "U02", GIVEN)
    program.until(lambda: program.shell is not None and program.shell.page is not None)
    program.shell.show_place("settings")
    program.settle()
    card = program.page.importing
    assert not card.go_button.isVisible()
    assert "data entry" in words(card)
    program.shell.show_place("import")
    program.settle()
    assert "data entry may import" in words(program.page)
    assert not program.page.files.isVisible()
    assert not program.page.results.isVisible()


def test_the_page_is_found_by_its_name_and_left_by_its_key(program: Program) -> None:
    program.unlock()
    program.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    finder = program.shell.commands.finder
    program.bot.waitUntil(finder.isActiveWindow)
    program.type(finder.line, "Import from a spread")
    program.key(Qt.Key.Key_Return)
    program.until(lambda: type(program.page).__name__ == "ImportPage")
    come_back(program)
    assert QApplication.focusWidget() is program.page.files.table.edit
    assert any(
        "Import from a spreadsheet" in action.text() for action in program.shell.commands.menu.actions()
    )
    program.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    program.until(lambda: type(program.page).__name__ == "SettingsPage")


def test_another_text_size_keeps_what_was_typed(program: Program, page: Any, files: Path) -> None:
    choose(program, page, files / "old.csv", files / "old.toml")
    program.key(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    program.until(lambda: program.page is not page)
    assert program.page.files.table.text == str(files / "old.csv")
    program.page.files.mapping.edit.setFocus()
    program.key(Qt.Key.Key_Return)
    quiet(program, program.page)
    assert states(program.page)[0] == (2, "new")


def test_what_is_said_comes_into_sight_in_a_small_window(program: Program, page: Any, files: Path) -> None:
    program.window.resize(900, 600)
    mapping = (files / "old.toml").read_text(encoding="utf-8")
    (files / "old.toml").write_text(mapping.replace("phga =", "phgga ="), encoding="utf-8")
    try_rows(program, page, files)
    program.bot.waitUntil(lambda: not page.files.banner.visibleRegion().isEmpty())
    (files / "old.toml").write_text(mapping, encoding="utf-8")
    page.files.try_rows()
    quiet(program, page)
    program.bot.waitUntil(lambda: not page.results.banner.visibleRegion().isEmpty())
    page.scroller.ensureWidgetVisible(page.results.report_button)
    program.type(page.results.report.edit, str(files / "rows.csv"))
    program.key(Qt.Key.Key_Return)
    program.settle()
    program.bot.waitUntil(lambda: not page.results.banner.visibleRegion().isEmpty())


def test_everything_is_reached_by_tab_alone(program: Program, page: Any, files: Path) -> None:
    try_rows(program, page, files)
    page.files.table.edit.setFocus()
    reached = []
    for _ in range(14):
        reached.append(QApplication.focusWidget())
        program.key(Qt.Key.Key_Tab)
    assert reached == [
        page.files.table.edit,
        page.files.table.button,
        page.files.mapping.edit,
        page.files.mapping.button,
        page.files.sheet.edit,
        page.files.header.edit,
        page.files.draft_button,
        page.files.try_button,
        page.results.filter.segments[0],
        page.results.table,
        page.results.enter_button,
        page.results.report.edit,
        page.results.report.button,
        page.results.report_button,
    ]
