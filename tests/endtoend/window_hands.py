"""Hands at a keyboard and ears at a screen reader: the real window, worked with key events and nothing else.

Keys go to whatever has the focus. What is said is read from the accessibility interface. Only where the focus has
arrived is looked up in the program itself, as a person sees it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QKeyCombination, QTimer
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from study_parts import PASSPHRASE, PERSON

from anifro_desktop import app
from anifro_desktop.forms import load
from anifro_desktop.forms.model import Definitions, Field
from anifro_desktop.record import Missing
from anifro_desktop.ui import preferences, texts
from anifro_desktop.ui.preferences import Preferences
from anifro_desktop.ui.tasks import Tasks
from anifro_desktop.ui.visit.choice_editor import MOST_SEGMENTS, keyed_codes
from anifro_desktop.ui.window import MainWindow

PATIENCE = 20.0  # seconds
_MOST_STEPS = 1000


class Hands:
    """One run of the program."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.tasks: Tasks = window._tasks
        window.activateWindow()
        self.until(window.isActiveWindow, "the window to come")

    @classmethod
    def on(cls, folder: Path) -> Hands:
        """The program started on a data folder, in English."""
        preferences.save(folder, Preferences("en", "light", 100))
        return cls(app.open_window(["--data", str(folder)]))

    # Keys and time

    def key(self, keys: str) -> None:
        """Press keys such as `Ctrl+Return` where the focus is."""
        pressed: QKeyCombination = QKeySequence(keys)[0]
        QTest.keyClick(self.focused, pressed.key(), pressed.keyboardModifiers())

    def type(self, text: str) -> None:
        """Type a text where the focus is."""
        QTest.keyClicks(self.focused, text)

    @property
    def focused(self) -> QWidget:
        """What has the focus."""
        return QApplication.focusWidget() or QApplication.activeModalWidget() or self.window

    def until(self, holds: Callable[[], object], what: str) -> None:
        """Let the program work until something holds and everything asked for was answered."""
        ends = time.monotonic() + PATIENCE
        while self.tasks.busy or QApplication.focusWidget() is None or not holds():
            assert time.monotonic() < ends, f"waited in vain for {what}"
            if QApplication.activeWindow() is None:
                self.window.activateWindow()  # after a dialog: without a screen nobody else does it
            self.rest()

    def rest(self, milliseconds: int = 5) -> None:
        """Give the program a moment."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def tab_to(self, wanted: Callable[[], QWidget]) -> None:
        """Press Tab until something, or a part of it, has the focus."""
        for _ in range(60):
            target = wanted()
            if self.focused is target or target.isAncestorOf(self.focused):
                return
            self.key("Tab")
        raise AssertionError(f"Tab does not reach {wanted().accessibleName()}")

    def dialog(self) -> None:
        """Wait for the dialog that was just asked for."""

        def has_focus() -> bool:
            found = QApplication.activeModalWidget()
            return found is not None and found.isAncestorOf(QApplication.focusWidget() or self.window)

        self.until(has_focus, "the dialog")

    # Pages

    @property
    def page(self) -> Any:
        """The page of the open site."""
        return self.window.shell.page

    def at(self, name: str) -> Callable[[], bool]:
        """Whether the page of that class is shown."""
        return lambda: self.window.shell is not None and type(self.window.shell.page).__name__ == name

    def unlock(self) -> None:
        """Type the passphrase and Enter."""
        self.type(PASSPHRASE)
        self.key("Return")
        self.until(self.at("TodayPage"), "today")

    def close(self) -> None:
        """Close the program with its keys and wait for the end."""
        self.key("Ctrl+Q")
        ends = time.monotonic() + PATIENCE
        while self.window.isVisible():
            assert time.monotonic() < ends, "waited in vain for the end"
            self.rest()
        self.tasks.close()

    def enrol(self, content: Mapping[str, Any]) -> str:
        """Enrol the new patient of a visit file; the study code."""
        identity = content["identity"]
        self.key("Ctrl+N")
        self.until(self.at("EnrolPage"), "the enrolment")
        subject = str(self.page.visit.subject)
        left = {"answers": dict(content["enrolment"]), "absent": content.get("enrolment_absent", ())}
        if left["answers"].get("incl_anifrolumab") == 1:  # asked of patients already treated only
            left["answers"].pop("first_dose_date", None)
        self.fill(left)
        self.until(lambda: self.page.identity.isAncestorOf(self.focused), "the identity")
        for part in ("surname", "name"):
            self.type(identity[part])
            self.key("Tab")
        self.type(_digits(identity["birth_date"]))
        self.tab_to(lambda: self.page.identity.hospital)
        self.type(identity.get("hospital_number", ""))
        self.tab_to(lambda: self.page.identity.save)
        self.key("Space")
        self.until(self.page.finish.hasFocus, "the identity to be saved")
        self.key("Space")
        self.dialog()
        if self.page.dialog.signer.code is not None:
            self.type(PERSON.code)
            self.key("Return")
        self.type(PASSPHRASE)
        self.key("Return")
        self.until(
            lambda: self.at("EnrolledPage")() and self.page.visit.hasFocus(), "the end of the enrolment"
        )
        assert subject in said(self.page.code)
        return subject

    def find(self, subject: str) -> None:
        """Go to a patient in the list and open its page."""
        self.key("Alt+2")
        self.until(lambda: self.at("PatientsPage")() and self.page.table.items, "the patients")
        self.type(subject)
        self.key("Down")
        self.until(self.page.table.hasFocus, "the list")
        self.key("Return")
        self.until(lambda: self.at("PatientPage")() and self.page.course is not None, "the patient")

    def open_history(self) -> None:
        """From the page of a patient, the medical history: the second line of the course."""
        self.tab_to(lambda: self.page.visits)
        self.key("Ctrl+Home")
        self.key("Down")
        self.key("Return")
        self.until(lambda: self.at("VisitPage")() and self.page.visit.key == "history", "the history")

    def add_event(self, form: str) -> None:
        """From the page of a patient, a new event of a form, by the name of its kind."""
        self.key("Ctrl+E")
        self.dialog()
        self.type(self._definitions.form(form).label.en)
        self.key("Return")
        self.until(lambda: self.at("VisitPage")() and "-" in self.page.visit.key, "the event")
        assert [item.id for item in self.page.visit.session.forms] == [form]

    def new_visit(self, on: str) -> None:
        """From the page of a patient, give the date and open the visit proposed for it."""
        self.key("Ctrl+Shift+N")
        self.until(
            lambda: self.at("NewVisitPage")() and self.page.open_button.hasFocus(), "the visits possible"
        )
        self.tab_to(lambda: self.page.day.edit)
        self.key("Ctrl+A")
        self.type(_digits(on))
        for _part in self.page.day.parts[1:]:
            self.key("Tab")
            self.key("Ctrl+A")
            self.key("Delete")
        self.key("Return")
        self.until(self.page.open_button.hasFocus, "the visit proposed")
        self.key("Return")
        self.until(self.at("VisitPage"), "the visit")

    def fill(self, typed: Mapping[str, Any]) -> None:
        """Answer what a record of a visit file says, question after question and form after form, on to its end."""
        left, absent = dict(typed["answers"]), set(typed.get("absent", ()))
        reasons = dict(typed.get("reasons", {}))
        for _ in range(_MOST_STEPS):
            form, body = self.page.view.body.page.form, self.page.view.body
            if body.view.maps.on:
                self.key("F7")  # the table of joints and skin; the map has tests of its own
            if any(field.id in left for field in form.fields):
                field = self._field()
                self._answer(field, left)
                if field.id in reasons:
                    self._keep(field, reasons.pop(field.id)["reason"])
                continue
            if form.id in absent:
                absent.discard(form.id)
                self._rest_absent()
            self.until(lambda: True, "the answers to be saved")
            if form == body.pages[-1].form:
                break
            self.key("PgDown")
        assert (left, absent, reasons) == ({}, set(), {}), (left, absent, reasons, self.page.place())
        self.key("Ctrl+R")

    @property
    def _definitions(self) -> Definitions:
        return load()

    def _field(self) -> Field:
        field: Field = self.page.visit.session.definitions.fields[self.page.place().field]
        return field

    def _answer(self, field: Field, left: dict[str, Any]) -> None:
        """Answer the question that has the focus, or go on without an answer."""
        answer = left.pop(field.id, None)
        if answer is None:
            self.key("Return")
        elif isinstance(answer, Mapping):
            self.key("Ctrl+M")
            self.type(texts.missing_key(Missing(answer["missing"])))
        elif field.codes is not None:
            self._choose(field, int(answer))
        elif field.type == "date":
            self.type(_digits(str(answer)))
            self.key("Return")
        else:
            self.type(str(answer))
            self.key("Return")

    def _choose(self, field: Field, value: int) -> None:
        keys = {code.value: key for code, key in keyed_codes(field)}
        if len(keys) <= MOST_SEGMENTS:
            self.type(keys[value])
            return
        # A list: type ahead until the right line stands there, then go on.
        assert field.codes is not None
        label = next(code.label.get(texts.language()) for code in field.codes.codes if code.value == value)
        for _ in field.codes.codes:
            self.type(label[0])
            if self.page.visit.session.answers.get(field.id) == value:
                break
        self.key("Return")

    def _keep(self, field: Field, reason: int) -> None:
        """Go back to the question just answered and keep its answer, with a reason."""
        if self._field() != field:  # the last question of a form leads to its button, not to another question
            self.key("Up")
        assert self._field() == field
        self.key("Ctrl+Shift+G")
        self.dialog()
        self.type(str(reason))
        self.key("Return")
        self.until(lambda: QApplication.activeModalWidget() is None, "the reason to be taken")
        assert self._field() == field
        self.key("Return")

    def _rest_absent(self) -> None:
        """Mark what is open in this form as absent, and what this opens."""
        while self.page.view.binding.open_absent_count(self.page.view.body.form):
            self.key("Ctrl+Return")
            self.dialog()
            self.key("Return")
            self.until(lambda: QApplication.activeModalWidget() is None, "the items to be marked")

    def sign(self) -> None:
        """On the review, sign as responsible."""
        self.until(lambda: self.page.review is not None, "the review")
        review = self.page.review
        self.tab_to(lambda: review.sign.choice)
        self.key("Space")
        if review.sign.signer.code is not None:
            self.type(PERSON.code)
            self.key("Return")
        self.type(PASSPHRASE)
        self.key("Return")
        self.until(lambda: self.page.visit.state == "signed" and self.page.review is None, "the signature")

    def send(self, folder: Path) -> None:
        """Seal what is new into a folder."""
        self.key("Alt+3")
        self.until(lambda: self.at("SendPage")() and self.page.save.isEnabled(), "what would leave")
        self.tab_to(lambda: self.page.path)
        self.type(str(folder))
        self.key("Return")
        self.until(lambda: any(folder.iterdir()) and self.page.banner.isVisible(), "the bundle")

    def bring_in(self, folder: Path) -> None:
        """Read the centre's answers from a folder."""
        self.tab_to(lambda: self.page.path)
        self.key("Ctrl+A")
        self.type(str(folder))
        self.tab_to(lambda: self.page.bring_here_button)
        self.key("Space")
        self.until(lambda: self.page.banner.isVisible() and not self.page.progress.isVisible(), "the answer")

    def scores(self) -> dict[str, str]:
        """What the score panel says of each score."""
        return {rule: said(block) for rule, block in self.page.view.body.panel.blocks.items()}


def said(widget: QWidget) -> str:
    """The name of something, as a screen reader says it."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found.text(QAccessible.Text.Name)


def described(widget: QWidget) -> str:
    """What a screen reader says about something beyond its name."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found.text(QAccessible.Text.Description)


def _digits(text: str) -> str:
    """A date as it is typed in one go: day, month, year."""
    year, month, day = text.split("-")
    return day + month + year
