"""Today: who is late or due, by arrows and Enter; names can be hidden; an empty site says what to do."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from patient_parts import enrolled, last_dose, pause, save
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shell_driver import CENTRE, CLOCK, TODAY, Program
from test_forms_card import row as pack_row
from test_keys_card import other_root

from anifro_desktop.store.vault import FLOOR
from anifro_desktop.ui import worklist
from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.workflows import events, gaps, site

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def today(program: Program) -> Program:
    program.unlock()
    program.until(lambda: program.page.table.items)
    return program


def shown(program: Program) -> str:
    """All the list says."""
    model = program.page.table.model()
    cells = [
        str(model.data(model.index(row, column)))
        for row in range(model.rowCount())
        for column in range(model.columnCount())
        if not program.page.table.isColumnHidden(column)
    ]
    return "\n".join(cells)


def test_the_most_urgent_patient_is_first_and_has_the_focus(today: Program) -> None:
    kinds = [worklist.kind(row) for row in today.page.table.items]
    assert kinds == sorted(kinds, key=("late", "draft", "due", "coming").index)
    assert QApplication.focusWidget() is today.page.table
    assert today.page.table.item is today.page.table.items[0]


def test_arrows_and_enter_lead_to_the_visit_due(today: Program) -> None:
    rows = today.page.table.items
    due = next(index for index, row in enumerate(rows) if worklist.kind(row) == "due")
    for _ in range(due):
        today.key(Qt.Key.Key_Down)
    today.key(Qt.Key.Key_Return)
    today.until(lambda: type(today.page).__name__ == "NewVisitPage" and today.page.open_button.hasFocus())
    assert today.page.choice.chosen_key == rows[due].due.visit
    today.key(Qt.Key.Key_Space)
    today.until(lambda: type(today.page).__name__ == "VisitPage")
    assert (today.page.visit.subject, today.page.visit.key) == (rows[due].subject, rows[due].due.visit)


def test_a_draft_is_opened_at_once(today: Program) -> None:
    subject = today.page.table.items[0].subject
    today.shell.open_visit(subject, "unscheduled", TODAY)
    today.until(lambda: type(today.page).__name__ == "VisitPage")
    today.shell.show_place("today")
    today.until(lambda: type(today.page).__name__ == "TodayPage" and today.page.table.items)
    today.page.show_only("draft")
    assert [row.subject for row in today.page.table.items] == [subject]
    today.page.table.setFocus()
    today.key(Qt.Key.Key_Return)
    today.until(lambda: type(today.page).__name__ == "VisitPage")
    assert today.page.visit.key == "u01"


def test_an_event_in_draft_is_a_draft_of_its_own_until_it_is_completed(today: Program) -> None:
    opened = today.shell.desk.site
    subject = enrolled(opened)
    today.shell.open_visit(subject, "unscheduled", TODAY)
    today.until(lambda: type(today.page).__name__ == "VisitPage")
    events.open_event(opened, subject, "gc_pulse")
    events.open_event(opened, subject, "death")
    today.shell.show_place("today")
    today.until(lambda: type(today.page).__name__ == "TodayPage" and today.page.table.items)
    today.page.show_only("draft")
    drafts = {row.draft for row in today.page.table.items if row.subject == subject}
    assert drafts == {"de-001", "gp-001", "u01"}
    assert "Glucocorticoid pulse 1" in shown(today)
    today.page.table.setFocus()
    for _ in range([row.draft for row in today.page.table.items].index("gp-001")):
        today.key(Qt.Key.Key_Down)
    today.key(Qt.Key.Key_Return)
    today.until(lambda: type(today.page).__name__ == "VisitPage")
    assert (today.page.visit.subject, today.page.visit.key) == (subject, "gp-001")


def test_the_counts_of_the_kinds_are_those_of_the_patients(today: Program) -> None:
    words = [segment.text() for segment in today.page.filters.segments]
    counted = sum(int(word.rsplit(" ", 1)[1]) for word in words[1:])
    expected = [row for row in today.page._rows if worklist.kind(row)]
    assert counted == len(expected) > 0


def test_names_can_be_hidden_and_stay_hidden(today: Program) -> None:
    name = today.page.table.items[0].name
    assert name in shown(today)
    today.click(today.page.names)
    today.until(lambda: type(today.page).__name__ == "TodayPage" and today.page.table.items)
    assert name not in shown(today)
    assert "• • •" in shown(today)
    today.window.lock()
    today.until(lambda: today.window.shell is None)
    today.unlock()
    today.until(lambda: today.page.table.items)
    assert name not in shown(today)


def test_what_waits_to_be_sent_and_who_is_enrolled_stand_beside(today: Program) -> None:
    assert today.page.sending.figure.text() == "0"
    assert "Bundle 0001" in today.page.sending.last.text()
    assert today.page.enrolment.enrolled.text() == "7 patients enrolled"


def test_every_cell_is_said_with_its_column(today: Program) -> None:
    model = today.page.table.model()
    said = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert said == f"Study code: {today.page.table.items[0].subject}"


def test_an_empty_site_says_what_to_do(qtbot, tmp_path: Path, translations) -> None:
    folder = tmp_path / "empty"
    site.create_site(folder, CENTRE.setup(), CLOCK, cost=FLOOR)
    running = Program(qtbot, folder, translations)
    try:
        running.unlock()
        running.until(running.page.empty_act.isVisible)
        assert running.page.empty_title.text() == "No patients yet"
        running.click(running.page.empty_act)
        running.until(lambda: type(running.page).__name__ == "EnrolPage")
    finally:
        running.close()


def test_who_has_to_be_told_and_by_when_stands_beside_and_leads_to_the_event(today: Program) -> None:
    opened = today.shell.desk.site
    subject = enrolled(opened)
    event = events.open_event(opened, subject, "adverse_event")
    for field, text in {"ser_hospitalisation": "1", "ae_awareness": "22/11/2026 8:00"}.items():
        event.session.set_text(field, text)
    save(opened, event)
    today.shell.show_place("today")
    today.until(lambda: type(today.page).__name__ == "TodayPage" and today.page.safety.isVisible())
    said = [line.accessibleName() for line in today.page.safety.lines]
    assert said[0] == f"{subject} · Adverse event 1. Study centre, by 23/11/2026 08:00: overdue."
    assert "drug authority" in said[1]
    today.click(today.page.safety.lines[0])
    today.until(lambda: type(today.page).__name__ == "VisitPage")
    assert (today.page.visit.subject, today.page.visit.key) == (subject, "ae-001")


def test_a_missed_visit_is_noted_with_one_key_and_then_said_no_more(today: Program) -> None:
    subject = enrolled(today.shell.desk.site)
    today.shell.show_place("today")
    today.until(lambda: type(today.page).__name__ == "TodayPage" and today.page.missed.isVisible())
    rows = [row.subject for row in today.page.table.items]
    today.page.table.selectRow(rows.index(subject))
    today.page.table.setFocus()
    today.key(Qt.Key.Key_M)
    today.until(lambda: type(today.page).__name__ == "VisitPage" and today.page.visit.key == "mv-001")
    today.until(lambda: today.page.autosave.state.kind == "saved")
    today.shell.show_place("today")
    today.until(lambda: type(today.page).__name__ == "TodayPage" and today.page.table.items)
    assert not any(subject in line.accessibleName() for line in today.page.missed.lines)
    mine = [row for row in today.page.table.items if row.subject == subject]
    assert all(row.due is None or row.due.state != "late" for row in mine)
    assert "mv-001" in {row.draft for row in mine}


def test_a_gap_of_anifrolumab_is_asked_about_and_leads_to_its_record(today: Program) -> None:
    site = today.shell.desk.site
    for gap in gaps.gaps(site):
        pause(site, gap.subject)
    subject = enrolled(site)
    last_dose(site, subject, TODAY - timedelta(days=200))
    today.shell.show_place("today")
    today.until(lambda: type(today.page).__name__ == "TodayPage" and today.page.gaps.isVisible())
    (line,) = today.page.gaps.lines
    assert line.accessibleName().startswith(subject)
    assert "200 days without anifrolumab. Last dose 07/05/2026." in line.accessibleName()
    rows = [row.subject for row in today.page.table.items]
    today.page.table.selectRow(rows.index(subject))
    today.page.table.setFocus()
    today.key(Qt.Key.Key_G)
    today.until(lambda: type(today.page).__name__ == "VisitPage" and today.page.visit.key == "dc-001")
    session = today.page.visit.session
    assert session.answers["dc_drug"] == 15
    assert "dc_what" not in session.answers  # nobody decides it here
    today.until(lambda: today.page.autosave.state.kind == "saved")
    today.shell.show_place("today")
    today.until(lambda: type(today.page).__name__ == "TodayPage" and today.page.gaps.isVisible())
    (line,) = today.page.gaps.lines
    assert "finish it" in line.accessibleName()
    today.click(line)  # the record begun, not a second one
    today.until(lambda: type(today.page).__name__ == "VisitPage" and today.page.visit.key == "dc-001")


def test_the_page_of_a_patient_is_one_key_away(today: Program) -> None:
    subject = today.page.table.item.subject
    today.key(Qt.Key.Key_P)
    today.until(lambda: type(today.page).__name__ == "PatientPage")
    assert today.page.subject == subject


def test_what_came_from_pisa_and_waits_leads_to_its_card_in_the_settings(program: Program) -> None:
    opened = site.unlock(program.folder, "U01", PASSPHRASE, CLOCK)
    opened.clinical.add_pack(pack_row())
    opened.clinical.keep_waiting_keyset(other_root(opened.keyset()))
    opened.close()
    program.unlock()
    program.until(program.page.pisa.isVisible)
    root, version = program.page.pisa.lines
    assert "new root of Pisa's keys" in root.accessibleName()
    assert "Version 2026.9" in version.accessibleName()
    program.click(version)
    program.until(
        lambda: type(program.page).__name__ == "SettingsPage" and program.page.forms.area.hasFocus()
    )
    program.shell.show_place("today")
    program.until(lambda: type(program.page).__name__ == "TodayPage" and program.page.pisa.lines)
    program.click(program.page.pisa.lines[0])
    program.until(
        lambda: type(program.page).__name__ == "SettingsPage" and program.page.keys.compared.hasFocus()
    )
