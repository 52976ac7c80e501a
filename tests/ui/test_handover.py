"""The computer in the patient's hands: the questions alone, in large type, until the passphrase gets it back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pages import everything
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from shell_driver import TODAY, Program

from anifro_desktop.forms import load
from anifro_desktop.forms.model import Label
from anifro_desktop.forms.wording import Worded, Wording
from anifro_desktop.store.errors import CannotSave
from anifro_desktop.ui import theme
from anifro_desktop.ui.handover.answers import AnswerButton
from anifro_desktop.ui.handover.view import HandOver
from anifro_desktop.ui.patients import PatientsPage
from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.ui.visit.score_panel import ScorePanel
from anifro_desktop.workflows import patients, visits

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
_KEY = Qt.Key
_NO = Qt.KeyboardModifier.NoModifier
_CTRL, _ALT, _SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
LEADING_ELSEWHERE = (
    *(
        (key, _NO)
        for key in (_KEY.Key_Escape, _KEY.Key_F1, _KEY.Key_F6, _KEY.Key_F7, _KEY.Key_F8, _KEY.Key_F9)
    ),
    *((key, _NO) for key in (_KEY.Key_F10, _KEY.Key_PageUp, _KEY.Key_PageDown, _KEY.Key_Menu, _KEY.Key_Back)),
    *(
        (key, _CTRL)
        for key in (_KEY.Key_K, _KEY.Key_L, _KEY.Key_N, _KEY.Key_H, _KEY.Key_Q, _KEY.Key_R, _KEY.Key_E)
    ),
    *(
        (key, _CTRL)
        for key in (_KEY.Key_Z, _KEY.Key_Y, _KEY.Key_D, _KEY.Key_M, _KEY.Key_Down, _KEY.Key_Return)
    ),
    *((key, _CTRL) for key in (_KEY.Key_Question, _KEY.Key_Plus, _KEY.Key_Minus, _KEY.Key_1)),
    *((key, _ALT) for key in (_KEY.Key_1, _KEY.Key_2, _KEY.Key_3, _KEY.Key_4, _KEY.Key_M, _KEY.Key_Left)),
    (_KEY.Key_D, _CTRL | _SHIFT),
)


class Handed:
    """A visit of a patient of the practice site, and the computer handed over, by keys and clicks."""

    def __init__(self, program: Program) -> None:
        self.program = program
        program.unlock()
        program.settle()
        site = program.shell.desk.site
        row = next(one for one in patients.patients(site) if one.status == "enrolled" and one.draft is None)
        self.subject, self.name = row.subject, row.name
        program.shell.open_visit(row.subject, "unscheduled", TODAY)
        program.until(lambda: type(program.page).__name__ == "VisitPage")
        self.session = program.page.visit.session

    @property
    def view(self) -> Any:
        """What the patient sees; None while the clinic has the computer."""
        return self.program.page.handing.view

    def hand_over(self, field: str) -> None:
        """From the form of a question."""
        self.program.page.go_to_field(field)
        self.program.key(_KEY.Key_F9)
        self.accept()
        self.program.until(lambda: self.view is not None)

    def accept(self) -> str:
        """Enter in the dialog that is asking; what it said."""
        self.program.until(self._dialog_has_focus)
        said = str(QApplication.activeModalWidget().accessibleDescription())
        self.program.key(_KEY.Key_Return)
        return said

    @staticmethod
    def _dialog_has_focus() -> bool:
        dialog = QApplication.activeModalWidget()
        return dialog is not None and dialog.isAncestorOf(QApplication.focusWidget())

    def press(self, *digits: str) -> None:
        """Keys, on whatever has the focus."""
        self.program.until(QApplication.focusWidget)
        for digit in digits:
            QTest.keyClicks(QApplication.focusWidget(), digit)

    @property
    def asked(self) -> str:
        """The question on show."""
        return str(self.view.pane.question.field.id)

    @property
    def progress(self) -> str:
        """How far it says it is."""
        return str(self.view.progress.text())

    @property
    def chosen(self) -> list[int]:
        """The answers shown as chosen."""
        return [one.code for one in self.view.pane.control.buttons if one.isChecked()]

    def button(self, code: int) -> AnswerButton:
        """An answer."""
        return next(one for one in self.view.pane.control.buttons if one.code == code)

    def give_back(self, passphrase: str = PASSPHRASE) -> None:
        """Stop, and type the passphrase."""
        if self.view.stack.currentWidget() is self.view.area:
            self.program.click(self.view.stop)
        self.view.end.passphrase.edit.clear()
        self.program.type(self.view.end.passphrase.edit, passphrase)
        self.program.key(_KEY.Key_Return)
        self.program.settle()

    def drafts(self) -> dict[str, Any]:
        """What is on the disk."""
        self.program.until(lambda: self.program.page.autosave.state.kind == "saved")
        clinical = self.program.shell.desk.site.clinical
        return {entry.field: entry.value_json for entry in clinical.draft(self.program.page.visit.id)}


@pytest.fixture
def handed(program: Program) -> Iterator[Handed]:
    yield Handed(program)
    theme.apply(QApplication.instance(), "light", 1.0)


def seen(root: QWidget) -> list[str]:
    """Every text that can be seen or heard in what is shown."""
    found = []
    for widget in everything(root):
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            found.append(widget.text())
        found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
    return [text for text in found if text]


def test_nothing_but_the_question_is_seen(handed: Handed) -> None:
    handed.hand_over("sf36_1")
    window = handed.program.window
    assert isinstance(handed.view, HandOver)
    assert handed.view.size() == window.centralWidget().size()
    shown = [one for one in everything(window) if isinstance(one, QAbstractButton | QLabel | QLineEdit)]
    assert shown
    assert all(handed.view.isAncestorOf(one) for one in shown)
    assert not any(panel.isVisible() for panel in window.findChildren(ScorePanel))
    assert not handed.program.shell.rail.isVisible()
    texts = seen(window)
    assert "1 of 36" in texts
    assert not any(handed.subject in text or handed.name in text for text in texts)
    said = " ".join(texts)
    assert "Scale" not in said, "how it is scored is not for the patient"
    assert "best" not in said


def test_a_page_asked_for_too_late_is_thrown_away(handed: Handed) -> None:
    handed.hand_over("sf36_1")
    handed.program.shell.show_place("patients")
    handed.program.settle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert isinstance(handed.view, HandOver)
    assert not [one for one in QApplication.allWidgets() if isinstance(one, PatientsPage)]


def test_a_digit_answers_and_goes_on_and_every_answer_is_saved(handed: Handed) -> None:
    handed.hand_over("sf36_1")
    handed.press("3", "4", "2")
    assert (handed.asked, handed.progress) == ("sf36_4", "4 of 36")
    drafts = handed.drafts()
    assert [drafts[f"sf36_{number}"] for number in (1, 2, 3)] == [3, 4, 2]
    handed.press("7")  # no answer of this question
    assert handed.asked == "sf36_4"
    assert "sf36_4" not in handed.session.answers


def test_an_enter_too_many_answers_nothing(handed: Handed) -> None:
    handed.hand_over("sf36_1")
    handed.press("3")
    handed.program.key(_KEY.Key_Return)
    handed.program.key(_KEY.Key_Space)
    assert (handed.asked, handed.progress) == ("sf36_2", "2 of 36")
    assert "sf36_2" not in handed.session.answers


def tap(button: QWidget, moment: int) -> None:
    """Press and release at a moment, in milliseconds."""
    at, left = QPointF(button.rect().center()), Qt.MouseButton.LeftButton
    for kind, held in (
        (QEvent.Type.MouseButtonPress, left),
        (QEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton),
    ):
        event = QMouseEvent(kind, at, button.mapToGlobal(at), left, held, _NO)
        event.setTimestamp(moment)
        QApplication.sendEvent(button, event)


def test_a_tap_answers_and_the_second_half_of_a_double_tap_does_not(handed: Handed) -> None:
    handed.hand_over("sf36_1")
    tap(handed.button(2), 10_000)
    assert handed.asked == "sf36_2"
    tap(handed.button(2), 10_000 + QApplication.doubleClickInterval() // 2)
    assert handed.asked == "sf36_2"
    assert "sf36_2" not in handed.session.answers
    tap(handed.button(2), 11_000 + QApplication.doubleClickInterval())
    assert handed.asked == "sf36_3"


def test_back_shows_the_answer_and_the_same_one_again_takes_it_back(handed: Handed) -> None:
    handed.hand_over("sf36_1")
    handed.press("3")
    handed.program.click(handed.view.back)
    assert (handed.asked, handed.chosen) == ("sf36_1", [3])
    assert handed.view.skip.text() == "Next"
    handed.press("4")
    handed.program.click(handed.view.back)
    assert handed.chosen == [4]
    handed.press("4")
    assert (handed.asked, handed.chosen) == ("sf36_1", [])
    assert "sf36_1" not in handed.session.answers
    assert not handed.view.back.isEnabled()


def test_a_skipped_question_stays_without_an_answer_and_is_offered_again_at_the_end(handed: Handed) -> None:
    handed.hand_over("eq5d_mo")
    handed.press("1")
    handed.program.click(handed.view.skip)
    handed.press("1", "1", "1")
    assert handed.asked == "eq_vas"
    handed.press("7", "5")
    handed.program.key(_KEY.Key_Return)
    assert handed.view.end.isVisible()
    assert "5 of 6" in handed.view.end.count.text()
    assert handed.session.state("eq5d_sc").value is None
    handed.program.click(handed.view.end.questions)
    assert handed.asked == "eq5d_sc"
    assert handed.session.answers["eq_vas"] == 75


def test_it_begins_at_the_first_question_without_an_answer(handed: Handed) -> None:
    for number in (1, 2, 3):
        handed.program.page.view.binding.type_text(f"facit_{number}", "2")
    handed.hand_over("facit_1")
    assert (handed.asked, handed.progress) == ("facit_4", "4 of 13")


def test_no_key_leads_anywhere_else(handed: Handed) -> None:
    handed.hand_over("sf36_1")
    handed.press("3")
    before = dict(handed.session.answers)
    for key, modifier in LEADING_ELSEWHERE:
        QTest.keyClick(QApplication.focusWidget(), key, modifier)
        handed.program.settle()
        assert handed.program.shell is not None, key
        assert QApplication.activeModalWidget() is None, key
        assert QApplication.activePopupWidget() is None, key
        assert handed.view is not None, key
        assert handed.view.isVisible(), key
        assert handed.asked == "sf36_2", key
    assert dict(handed.session.answers) == before
    for _ in range(12):
        handed.program.key(_KEY.Key_Tab)
        assert handed.view.isAncestorOf(QApplication.focusWidget())


def test_what_was_asked_for_a_moment_before_does_not_show_itself_now(handed: Handed) -> None:
    handed.hand_over("sf36_1")
    handed.program.shell.show_place("patients")
    handed.program.settle()
    assert handed.view.isVisible()
    assert type(handed.program.page).__name__ == "VisitPage"


def test_a_wrong_passphrase_gets_the_usual_sentence_and_nothing_else(handed: Handed) -> None:
    handed.hand_over("sf36_1")
    handed.program.click(handed.view.stop)
    handed.program.click(handed.view.end.button)
    assert "Type the passphrase." in handed.view.end.passphrase.problem.text()
    handed.give_back("cavallo lampada nuvola")
    assert "The passphrase is not right" in handed.view.end.passphrase.problem.text()
    assert handed.view.isVisible()
    assert not handed.program.page.isVisible()


def test_the_passphrase_leads_back_to_the_question_asked_last(handed: Handed) -> None:
    handed.hand_over("sf36_1")
    handed.press("3", "4")
    handed.give_back()
    handed.program.until(lambda: handed.view is None)
    page = handed.program.page
    assert page.isVisible()
    assert handed.program.shell.rail.isVisible()
    assert page.place().field == "sf36_3"
    assert page.view.body.view.rows["sf36_2"].editor.line.text() == "4"
    assert page.view.body.view.field_of(QApplication.focusWidget()) == "sf36_3"
    handed.program.key(_KEY.Key_Z, _CTRL)  # the clinic may take an answer back as any other
    assert "sf36_2" not in handed.session.answers


def test_the_trail_tells_when_the_patient_had_it(handed: Handed) -> None:
    handed.hand_over("sf36_1")
    handed.give_back()
    handed.program.until(lambda: handed.view is None)
    trail = handed.program.shell.desk.site.clinical.audit_entries(table="act")
    assert [item.entry.field for item in trail][-2:] == ["handed_over", "taken_back"]


def test_the_idle_lock_keeps_place_and_draft(handed: Handed) -> None:
    handed.hand_over("eq5d_mo")
    handed.press("1", "2", "3", "4", "5")
    assert handed.asked == "eq_vas"
    handed.press("6")  # and away, without confirming
    program = handed.program
    program.window.idle.expired.emit()
    program.until(lambda: type(program.front).__name__ == "UnlockPage")
    program.unlock()
    program.until(lambda: type(program.page).__name__ == "VisitPage")
    assert program.page.place().field == "eq_vas"
    assert program.page.handing.view is None
    answers = program.page.visit.session.answers
    assert [answers[f"eq5d_{name}"] for name in ("mo", "sc", "ua", "pd", "ad")] == [1, 2, 3, 4, 5]
    assert answers["eq_vas"] == 6


def test_answers_that_cannot_be_saved_are_told_to_the_patient(handed: Handed, monkeypatch) -> None:
    def full(*_args: object) -> None:
        raise CannotSave("full")

    handed.hand_over("sf36_1")
    monkeypatch.setattr(visits, "save_draft", full)
    handed.press("3")
    handed.program.until(lambda: handed.program.page.autosave.state.kind == "failed")
    assert handed.view.unsaved.isVisible()
    monkeypatch.undo()
    handed.press("4")
    handed.program.until(lambda: handed.program.page.autosave.state.kind == "saved")
    assert not handed.view.unsaved.isVisible()
    assert handed.drafts()["sf36_1"] == 3


def test_the_kind_of_scale_is_chosen_before_and_never_by_the_patient(handed: Handed) -> None:
    program = handed.program
    program.page.go_to_field("pain_vas")
    program.key(_KEY.Key_F9)
    assert "passphrase" in handed.accept()
    assert "Kind of scale" in handed.accept()
    assert handed.view is None
    program.until(lambda: QApplication.activeModalWidget() is None)
    assert program.page.place().field == "vas_scale"
    handed.press("2")
    handed.hand_over("pain_vas")
    assert [one.code for one in handed.view.pane.control.buttons] == list(range(11))
    handed.press("1")  # could be the start of 10
    assert handed.asked == "pain_vas"
    program.click(handed.button(10))
    program.key(_KEY.Key_Right)
    program.key(_KEY.Key_Right)
    program.key(_KEY.Key_Return)
    assert handed.asked == "ptga"
    assert (handed.session.answers["pain_vas"], handed.session.answers["fatigue_vas"]) == (10, 1)


def test_a_long_scale_takes_digits_and_nothing_beyond_its_end(handed: Handed) -> None:
    handed.program.page.view.binding.put("vas_scale", 1)
    handed.hand_over("pain_vas")
    pad = handed.view.pane.control
    for key in ("4", "5"):
        handed.program.click(pad.keys[key])
    assert pad.text == "45"
    assert not pad.keys["1"].isEnabled()
    handed.press("9", "x", "-")
    assert pad.text == "45"
    handed.program.click(pad.keys["←"])
    handed.program.click(pad.ready)
    assert handed.asked == "fatigue_vas"
    assert handed.session.answers["pain_vas"] == 4
    assert not handed.view.pane.control.ready.isEnabled()
    handed.press("0", "0", "7")
    assert handed.view.pane.control.text == "7"
    handed.program.click(handed.view.skip)  # what is typed counts
    assert handed.session.answers["fatigue_vas"] == 7


def test_all_questionnaires_that_are_due_go_in_one_hand(handed: Handed) -> None:
    program = handed.program
    row = next(
        one
        for one in patients.patients(program.shell.desk.site)
        if one.status == "enrolled" and "early" not in {visit.key for visit in one.visits}
    )
    program.shell.open_visit(row.subject, "early", TODAY)
    program.until(lambda: type(program.page).__name__ == "VisitPage" and program.page.visit.key == "early")
    program.page.view.binding.put("vas_scale", 2)
    program.page.go_to_field("temperature_c")
    handed.session = program.page.visit.session
    program.key(_KEY.Key_F9)
    handed.accept()
    program.until(lambda: handed.view is not None)
    forms = [form.id for form, _ in handed.view.asked]
    assert list(dict.fromkeys(forms)) == ["scales", "sf36", "facit_fatigue", "eq5d5l"]
    handed.view.ask(3)
    assert (handed.asked, handed.progress) == ("sf36_1", "1 of 36")


def test_large_type_whatever_the_clinic_has_set(handed: Handed) -> None:
    handed.hand_over("sf36_1")
    for text in (handed.view.pane.words, handed.view.progress, handed.view.end.title, handed.view.end.count):
        assert text.font().pixelSize() >= 2 * 14
    assert handed.view.pane.hint.font().pixelSize() >= 2 * 13
    assert min(handed.button(1).width(), handed.button(1).height()) >= 2 * 32
    assert handed.view.skip.height() >= 2 * 24


def long_wording() -> Wording:
    """Made-up texts, longer than those of real questionnaires, for every question that the patient fills."""
    question = Label(
        "Una domanda inventata e piuttosto lunga, di prova, " * 4, "A made-up, rather long question " * 5
    )
    answer = Label(
        "una risposta inventata che non sta su una riga sola dello schermo, di certo", "an answer " * 9
    )
    fields = [field for field in load().fields.values() if field.patient_scale and field.hard is not None]
    return Wording(
        {
            field.id: Worded(
                question, {code: answer for code in range(7) if field.hard and field.hard.hold(code)}
            )
            for field in fields
        }
    )


@pytest.mark.parametrize("scale", [1.0, 2.5])
@pytest.mark.parametrize("worded", [True, False])
def test_nothing_is_cut_and_everything_has_a_name(qapp, handed: Handed, scale: float, worded: bool) -> None:
    theme.apply(qapp, "dark", scale)
    handed.program.page.view.binding.wording = long_wording() if worded else Wording()
    for field in ("sf36_21", "eq_vas"):
        handed.hand_over(field)
        handed.view.ask(next(i for i, (_, one) in enumerate(handed.view.asked) if one.field.id == field))
        handed.program.settle()
        view, window = handed.view, handed.program.window
        inner = view.area.widget()
        assert inner.width() <= view.area.viewport().width()
        for widget in everything(window):
            if widget.window() is not window or not isinstance(widget, QAbstractButton | QLabel):
                continue
            left = widget.mapTo(window, QPoint(0, 0)).x()
            assert left >= 0
            assert left + widget.width() <= window.width(), widget.text()
            if isinstance(widget, QLabel) and widget.wordWrap():
                assert widget.height() >= widget.heightForWidth(widget.width()), widget.text()
            if isinstance(widget, AnswerButton) and worded:
                assert widget.height() >= widget.heightForWidth(widget.width())
        for widget in everything(view):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                told = QAccessible.queryAccessibleInterface(widget)
                assert told.text(QAccessible.Text.Name).strip(), type(widget).__name__
        handed.give_back()
        handed.program.until(lambda: handed.view is None)


def test_the_focus_stays_in_sight_on_a_long_list_of_answers(qapp, handed: Handed) -> None:
    theme.apply(qapp, "light", 2.5)
    handed.program.page.view.binding.wording = long_wording()
    handed.hand_over("sf36_21")
    handed.view.ask(20)
    for _ in range(6):
        handed.program.key(_KEY.Key_Down)
        now = QApplication.focusWidget()
        top = now.mapTo(handed.view.area.viewport(), QPoint(0, 0)).y()
        assert 0 <= top < handed.view.area.viewport().height()
    assert isinstance(now, AnswerButton)
    assert now.code == 6
