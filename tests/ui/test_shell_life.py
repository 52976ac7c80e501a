"""Locking, coming back, closing: nothing typed is lost, nothing of a patient stays on a locked screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from shell_driver import CLOCK, TODAY, Program

from anifro_desktop.store.errors import CannotSave
from anifro_desktop.ui.idle import Idle
from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.workflows import patients, site, visits

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CTRL = Qt.KeyboardModifier.ControlModifier


def open_unscheduled(program: Program) -> str:
    """Unlock and open an unscheduled visit of the first patient; the subject."""
    program.unlock()
    program.until(lambda: program.page.table.items)
    subject = program.page.table.items[0].subject
    program.shell.open_visit(subject, "unscheduled", TODAY)
    program.until(lambda: type(program.page).__name__ == "VisitPage")
    return subject


def type_temperature(program: Program, text: str = "36,8") -> None:
    program.page.go_to_field("temperature_c")
    program.bot.keyClicks(QApplication.focusWidget(), text)


def answer(folder: Path, subject: str, key: str, field: str) -> object:
    """What stands on the disk."""
    opened = site.unlock(folder, "U01", PASSPHRASE, CLOCK)
    try:
        return visits.open_visit(opened, subject, key, TODAY).session.answers.get(field)
    finally:
        opened.close()


def test_locking_saves_what_is_being_typed_and_leads_back_to_it(program: Program) -> None:
    subject = open_unscheduled(program)
    type_temperature(program)
    program.key(Qt.Key.Key_L, CTRL)
    program.until(lambda: program.window.shell is None and type(program.front).__name__ == "UnlockPage")
    program.unlock()
    program.until(lambda: type(program.page).__name__ == "VisitPage")
    assert program.page.visit.subject == subject
    assert str(program.page.visit.session.answers["temperature_c"]) == "36.8"
    assert program.page.place().field == "temperature_c"


def test_a_locked_screen_holds_nothing_of_a_patient(program: Program) -> None:
    program.unlock()
    program.until(lambda: program.page.table.items)
    row = program.page.table.items[0]
    program.shell.show_patient(row.subject)
    program.settle()
    program.window.lock()
    program.until(lambda: type(program.front).__name__ == "UnlockPage")
    program.bot.wait(50)
    shown = [widget.text() for widget in program.window.findChildren(QLabel)]
    assert not any(row.subject in text or row.name in text for text in shown)
    assert row.name not in program.window.windowTitle()


def test_ten_quiet_minutes_lock(program: Program) -> None:
    program.unlock()
    program.window.idle.expired.emit()
    program.until(lambda: type(program.front).__name__ == "UnlockPage")


def test_idle_counts_from_the_last_key(qtbot) -> None:
    moment = [0.0]
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    idle = Idle(widget, lambda: moment[0], 600.0)
    said: list[int] = []
    gone: list[bool] = []
    idle.remaining_changed.connect(said.append)
    idle.expired.connect(lambda: gone.append(True))
    idle.start()
    moment[0] = 590.0
    idle.tick()
    qtbot.keyClick(widget, Qt.Key.Key_Shift)
    idle.tick()
    moment[0] = 1190.0
    idle.tick()
    assert said == [10, 600, 0]
    assert gone == [True]


def test_the_first_key_on_a_laptop_that_slept_locks_and_types_nothing(qtbot) -> None:
    moment = [0.0]
    typed = QLineEdit()
    qtbot.addWidget(typed)
    typed.show()
    idle = Idle(typed, lambda: moment[0], 600.0)
    gone: list[bool] = []
    idle.expired.connect(lambda: gone.append(True))
    idle.start()
    moment[0] = 7200.0  # asleep: no second was ticked, the stop-watch went on
    qtbot.keyClicks(typed, "7")
    assert (gone, typed.text()) == ([True], "")


def test_the_time_left_stands_at_the_foot(program: Program) -> None:
    program.unlock()
    program.window.idle.remaining_changed.emit(581)
    assert "locks in 9:41" in program.shell.status.state.text()


def test_closing_saves_without_asking(program: Program) -> None:
    subject = open_unscheduled(program)
    type_temperature(program, "37,4")
    program.window.close()
    program.bot.waitUntil(lambda: not program.window.isVisible(), timeout=20_000)
    assert str(answer(program.folder, subject, "u01", "temperature_c")) == "37.4"


def test_answers_that_cannot_be_saved_keep_the_window_open(program: Program, monkeypatch) -> None:
    open_unscheduled(program)

    def full(*_args: object) -> None:
        raise CannotSave("full")

    monkeypatch.setattr(visits, "save_draft", full)
    type_temperature(program)
    program.key(Qt.Key.Key_Return)
    program.until(lambda: program.page.autosave.state.kind == "failed")
    program.window.close()
    program.until(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert "the disk is full" in dialog.accessibleDescription()
    assert program.window.isVisible()
    monkeypatch.undo()
    program.bot.keyClick(dialog, Qt.Key.Key_Return)
    program.until(lambda: program.page.autosave.state.kind == "saved")


def test_a_crash_is_recovered_with_patient_visit_and_time(program: Program) -> None:
    opened = site.unlock(program.folder, "U01", PASSPHRASE, CLOCK)
    subject = patients.patients(opened)[0].subject
    visit = visits.open_visit(opened, subject, "unscheduled", TODAY)
    change = visit.session.set_text("temperature_c", "36.9")
    visits.save_draft(opened, visit, visit.session.entries(change.fields), None)
    opened.clinical.close()
    opened.identities.close()
    opened.lock.__exit__(None, None, None)  # the files go, the place stays open: what a crash leaves

    program.unlock()
    program.until(program.page.banner.isVisible)
    said = program.page.banner.accessibleName()
    assert f"Recovered: {subject}, Unscheduled 1, saved" in said
    link = next(
        one
        for one in program.page.banner.findChildren(QWidget)
        if getattr(one, "text", str)() == "Continue there"
    )
    program.click(link)
    program.until(lambda: type(program.page).__name__ == "VisitPage")
    assert program.page.visit.key == "u01"
