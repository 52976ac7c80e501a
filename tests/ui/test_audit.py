"""The audit trail on the screen: F8 at a question, entries found by filters, the review, the check, the print."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from shell_driver import CLOCK, Program

from anifro_desktop.ui import theme
from anifro_desktop.ui.audit.reviewing import Reviewing
from anifro_desktop.ui.rows import Rows
from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.ui.widgets import Button
from anifro_desktop.workflows import patients, site, visits

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
_KEY = Qt.Key
_CORRECTED = "131"


@pytest.fixture
def corrected(program: Program) -> str:
    """A patient of whose signed baseline the platelets were corrected to 131 ×10⁹/L and signed again."""
    opened = site.unlock(program.folder, "U01", PASSPHRASE, CLOCK)
    try:
        rows = [row for row in patients.patients(opened) if any(one.key == "baseline" for one in row.visits)]
        subject = rows[0].subject
        visit = visits.open_visit(opened, subject, "baseline", CLOCK.now().date())
        visits.amend(opened, visit, 2, "second sheet")
        changed = visit.session.set_text("platelets", _CORRECTED)
        visits.save_draft(opened, visit, visit.session.entries(changed.fields))
        visits.complete(opened, visit)
    finally:
        opened.close()
    return subject


def on_audit(program: Program) -> Any:
    """The page, reached by its key."""
    program.unlock()
    program.until(lambda: program.page.table.items)
    program.key(_KEY.Key_5, Qt.KeyboardModifier.AltModifier)
    program.until(lambda: type(program.page).__name__ == "AuditPage" and program.page.entries.table.items)
    return program.page


def type_and_leave(program: Program, widget: QWidget, text: str) -> None:
    program.type(widget, text)
    program.key(_KEY.Key_Return)
    program.settle()


def only(program: Program, subject: str, question: str) -> Any:
    """The entries of one question of a patient."""
    page = on_audit(program)
    type_and_leave(program, page.filters.patient, subject)
    type_and_leave(program, page.filters.question, question)
    return page


def cells(table: Rows, row: int) -> list[str]:
    model = table.model()
    return [str(model.data(model.index(row, column))) for column in range(model.columnCount())]


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


# F8 at a question


def at_platelets(program: Program, subject: str) -> Any:
    program.unlock()
    program.shell.open_visit(subject, "baseline", None, "platelets")
    program.until(
        lambda: type(program.page).__name__ == "VisitPage" and program.page.view.field == "platelets"
    )
    return program.page


def test_f8_shows_every_value_of_the_question_and_escape_leads_back(program: Program, corrected: str) -> None:
    page = at_platelets(program, corrected)
    program.key(_KEY.Key_F8)
    program.until(lambda: page.view.prompts.open_one is not None)
    dialog = page.view.prompts.open_one
    table = dialog.findChild(Rows)
    assert dialog.windowTitle() == "Platelets"
    assert len(table.items) == 2
    newest = cells(table, 0)
    assert newest[2:] == ["131 ×10⁹/L", "2", "Source document corrected: second sheet"]
    assert newest[1] == "U01 Irene Sintetica"
    assert cells(table, 1)[3] == "1"
    assert table.hasFocus()
    program.key(_KEY.Key_Down)
    assert "transcribed from a file" in said(dialog), "the line under the cursor is said in full"
    program.key(_KEY.Key_Escape)
    program.until(lambda: page.view.prompts.open_one is None)
    row = page.view.body.view.rows["platelets"]
    program.until(lambda: row.isAncestorOf(QApplication.focusWidget()))


def test_what_is_being_typed_is_in_the_history(program: Program, corrected: str) -> None:
    program.unlock()
    program.shell.open_visit(corrected, "unscheduled", CLOCK.now().date(), "platelets")
    program.until(
        lambda: type(program.page).__name__ == "VisitPage" and program.page.view.field == "platelets"
    )
    page = program.page
    QTest.keyClicks(QApplication.focusWidget(), "97")
    program.key(_KEY.Key_F8)
    program.until(lambda: page.view.prompts.open_one is not None)
    table = page.view.prompts.open_one.findChild(Rows)
    assert [cells(table, row)[2:4] for row in range(len(table.items))] == [["97 ×10⁹/L", "typed"]]
    page.view.prompts.open_one.reject()


def test_a_question_without_an_answer_says_so(program: Program, corrected: str) -> None:
    program.unlock()
    program.shell.open_visit(corrected, "unscheduled", CLOCK.now().date(), "platelets")
    program.until(
        lambda: type(program.page).__name__ == "VisitPage" and program.page.view.field == "platelets"
    )
    program.key(_KEY.Key_F8)
    program.until(lambda: program.page.view.prompts.open_one is not None)
    assert "never answered" in said(program.page.view.prompts.open_one)
    program.key(_KEY.Key_Escape)


# The entries


def test_the_page_is_reached_by_key_menu_settings_and_find(program: Program) -> None:
    on_audit(program)
    program.shell.show_place("settings")
    program.until(lambda: type(program.page).__name__ == "SettingsPage")
    program.click(program.page.audit)
    program.until(lambda: type(program.page).__name__ == "AuditPage")
    program.shell.show_place("today")
    program.until(lambda: type(program.page).__name__ == "TodayPage" and program.page.table.items)
    program.key(_KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    program.until(lambda: program.shell.commands.finder is not None)
    finder = program.shell.commands.finder
    QTest.keyClicks(finder.line, "audit trail")
    program.key(_KEY.Key_Return)
    program.until(lambda: type(program.page).__name__ == "AuditPage")
    assert any(action.text() == "Audit trail" for action in program.shell.commands.menu.actions())


def test_entries_of_a_question_of_a_patient_are_found_by_keys_alone(program: Program, corrected: str) -> None:
    page = only(program, corrected, "platelets")
    assert page.entries.table.items
    assert {one.subject for one in page.entries.table.items} == {corrected}
    assert any("→ 131 ×10⁹/L" in one.change.en for one in page.entries.table.items)
    assert page.header.line.text().startswith(f"{len(page.entries.table.items)} entries")


def test_a_question_is_found_by_its_words_too(program: Program, corrected: str) -> None:
    page = only(program, corrected, "platelet")
    asked = {one.what.en.partition(" (")[0] for one in page.entries.table.items}
    assert "Platelets" in asked
    assert all(words.startswith("Platelets") for words in asked)


def test_the_entry_under_the_cursor_is_told_in_full(program: Program, corrected: str) -> None:
    page = only(program, corrected, "platelets")
    at = next(n for n, one in enumerate(page.entries.table.items) if one.reason.en)
    page.entries.table.setFocus()
    for _ in range(at):
        program.key(_KEY.Key_Down)
    detail = said(page.entries.detail)
    assert "23/11/2026 09:15:00 +00:00" in detail
    assert "2026-11-23T09:15:00.000Z" in detail
    assert "U01 Irene Sintetica · investigator, site administrator" in detail
    assert "Source document corrected: second sheet" in detail
    assert "Completed answer" in detail


def test_enter_on_an_answer_opens_its_history_and_escape_comes_back(program: Program, corrected: str) -> None:
    page = only(program, corrected, "platelets")
    page.entries.table.setFocus()
    program.key(_KEY.Key_Return)
    program.until(lambda: page.dialog is not None)
    assert page.dialog.windowTitle() == "Platelets"
    program.key(_KEY.Key_Escape)
    program.until(page.entries.table.hasFocus)


def test_an_entry_leads_to_its_question(program: Program, corrected: str) -> None:
    page = only(program, corrected, "platelets")
    program.click(page.entries.detail.open)
    program.until(lambda: type(program.page).__name__ == "VisitPage")
    assert (program.page.visit.subject, program.page.visit.key) == (corrected, "baseline")
    program.until(lambda: program.page.view.field == "platelets")


def test_pages_follow_one_another_without_a_gap(program: Program) -> None:
    page = on_audit(program)
    first = [one.number for one in page.entries.table.items]
    assert len(first) == 200
    assert not page.entries.newer.isEnabled()
    program.click(page.entries.older)
    program.until(lambda: page.entries.start == 200)
    second = [one.number for one in page.entries.table.items]
    assert second[0] < first[-1]
    assert "201–400 of" in page.entries.count.text()
    program.click(page.entries.newer)
    program.until(lambda: page.entries.start == 0)
    assert [one.number for one in page.entries.table.items] == first


def test_a_kind_and_a_person_can_be_picked(program: Program) -> None:
    page = on_audit(program)
    page.filters.kind.picked.emit("identities")
    program.settle()
    assert {one.kind for one in page.entries.table.items} == {"identities"}
    assert page.filters.kind.currentText() == "Identities"
    program.click(page.filters.clear)
    program.settle()
    assert len({one.kind for one in page.entries.table.items}) > 1


def test_a_patient_who_is_not_here_is_said_in_words(program: Program) -> None:
    page = on_audit(program)
    type_and_leave(program, page.filters.patient, "P03-XXXX-X")
    program.until(page.banner.isVisible)
    assert "no patient of that study code" in page.banner.accessibleName()


def test_a_day_that_is_none_is_said_at_its_field(program: Program) -> None:
    page = on_audit(program)
    program.type(page.filters.since.edit, "32/13/2026")
    program.key(_KEY.Key_Tab)
    program.key(_KEY.Key_Tab)
    program.key(_KEY.Key_Tab)
    program.settle()
    assert page.filters.since.problem.isVisible()


def test_nothing_found_says_what_to_do(program: Program, corrected: str) -> None:
    page = only(program, corrected, "zzz")
    assert page.entries.none.isVisible()
    assert not page.entries.table.isVisible()
    assert not page.print.isEnabled()


# The review


def reviewing(program: Program) -> Reviewing:
    page = on_audit(program)
    program.click(page.tabs.segments[1])
    program.until(lambda: page.reviewing.report is not None)
    return page.reviewing


def test_the_review_counts_and_leads_to_the_changes(program: Program, corrected: str) -> None:
    part = reviewing(program)
    assert "changed after completion: 1; after signature: 1" in said(part)
    program.click(part.signed)
    program.until(lambda: program.page.tab == "entries" and len(program.page.entries.table.items) < 10)
    assert {one.subject for one in program.page.entries.table.items} == {corrected}
    assert program.page.entries.table.hasFocus()


def test_a_late_visit_opens_by_enter(program: Program) -> None:
    part = reviewing(program)
    late = part.report.late[0]
    part.tables["late"].setFocus()
    program.key(_KEY.Key_Return)
    program.until(lambda: type(program.page).__name__ == "VisitPage")
    assert (program.page.visit.subject, program.page.visit.key) == (late.subject, late.visit)


def test_a_review_is_recorded_and_the_next_begins_after_it(program: Program, corrected: str) -> None:
    part = reviewing(program)
    type_and_leave(program, part.words, "seen with the monitor")
    program.until(lambda: part.report.reviews)
    assert part.report.changes == 0
    assert "seen with the monitor" in said(part)
    assert "recorded" in program.page.banner.accessibleName()
    program.click(part.span)
    program.until(lambda: part.report.since == 0)
    assert part.report.changes == 1


# The check


def test_the_check_says_that_all_is_well(program: Program) -> None:
    page = on_audit(program)
    program.click(page.check)
    program.until(page.banner.isVisible)
    assert "All is well" in page.banner.accessibleName()
    assert "entries of the trail checked" in page.banner.accessibleName()
    assert page.check.hasFocus()


def test_a_finding_says_where_since_when_and_what_to_do(program: Program, corrected: str) -> None:
    page = on_audit(program)
    opened = program.shell.desk.site

    def tamper() -> None:
        with opened.clinical.transaction() as tx:
            tx.connection.exec_driver_sql("UPDATE draft_values SET value = '300' WHERE value = '131'")

    program.tasks.run(tamper)
    program.settle()
    program.click(page.check)
    program.until(lambda: page.dialog is not None)
    words = said(page.dialog)
    assert f"Where: File clinical.db · Typed answer · {corrected} · Baseline · Platelets" in words
    assert "Since when: After entry" in words
    assert "What to do: Keep the data folder as it is" in words
    program.key(_KEY.Key_Escape)
    assert "found something" in page.banner.accessibleName()


def test_a_damaged_anchor_is_noted_as_seen_with_its_reason_and_is_found_no_more(program: Program) -> None:
    (program.folder / "anchor.now").write_bytes(b"")
    page = on_audit(program)
    program.click(page.check)
    program.until(lambda: page.dialog is not None)
    assert "anchor.now was missing, damaged or changed" in said(page.dialog)
    program.click(next(one for one in page.dialog.findChildren(Button) if one.text() == "Seen…"))
    program.until(lambda: type(page.dialog).__name__ == "SeenDialog")
    dialog = page.dialog
    program.until(dialog.reason.edit.hasFocus)
    program.key(_KEY.Key_Return)
    assert "Type the reason." in said(dialog)
    program.type(dialog.reason.edit, "an antivirus had emptied it")
    program.key(_KEY.Key_Return)
    program.until(lambda: "All is well" in page.banner.accessibleName())
    opened = program.shell.desk.site
    (told,) = opened.clinical.audit_entries(table="act", field="checked")
    assert told.entry.reason == "an antivirus had emptied it"


def test_it_is_said_that_technical_details_are_not_in_the_count(program: Program) -> None:
    page = on_audit(program)
    assert "technical details not counted" in page.header.line.text()
    page.filters.kind.picked.emit("detail")
    program.until(lambda: "technical" not in page.header.line.text())
    numbers = [item.number for item in page.entries.table.items]
    assert numbers


# Printing


def test_what_is_shown_is_printed_and_the_trail_told(
    program: Program, corrected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = only(program, corrected, "platelets")
    target = tmp_path / "trail.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    program.click(page.print)
    program.until(page.banner.isVisible)
    assert target.read_bytes().startswith(b"%PDF-")
    assert "trail.pdf" in page.banner.accessibleName()
    assert str(tmp_path) not in page.banner.accessibleName()
    page.filters.clear.click()
    program.until(lambda: page.entries.table.items[0].field == "audit_printed")


def test_a_place_that_cannot_be_written_is_said_and_nothing_is_left(program: Program, tmp_path: Path) -> None:
    page = on_audit(program)
    page.print_to(tmp_path / "gone" / "trail.pdf")
    program.until(page.banner.isVisible)
    assert page.banner.accessibleName().endswith(".")
    assert page.print.isEnabled()
    assert not (tmp_path / "gone").exists()


# Reach


def unnamed(widget: QWidget) -> list[str]:
    """What can take the focus and says nothing to a screen reader."""
    return [
        type(one).__name__
        for one in widget.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and not one.accessibleName()
        if not (hasattr(one, "text") and one.text())
    ]


@pytest.mark.parametrize("large", [False, True])
def test_all_that_takes_the_focus_has_a_name(program: Program, qapp: QApplication, large: bool) -> None:
    if large:
        theme.apply(qapp, "light", 2.0)
    page = on_audit(program)
    assert unnamed(page) == []
    program.click(page.tabs.segments[1])
    program.until(lambda: page.reviewing.report is not None)
    assert unnamed(page) == []


def test_tab_reaches_the_list_and_leaves_it(program: Program) -> None:
    page = on_audit(program)
    reached = _tabbed(program, page.entries.table.hasFocus)
    assert reached, "the list is reached by Tab"
    assert _tabbed(program, page.entries.older.hasFocus), "and left by it"


def _tabbed(program: Program, there: Callable[[], bool]) -> bool:
    for _ in range(40):
        if there():
            return True
        program.key(_KEY.Key_Tab)
    return False
