"""The computer in the patient's hands: one question at a time, its answers, the way back and on, and how far it is.

Rules kept here:
- Nothing of the patient but the questions of this form and their answers: no name, no code, no score, no other form.
- No key leads out; the only way is to give the computer back, and that asks for the passphrase.
- Answers go through the visit's own binding, one by one, and are saved by it. A question can be skipped, and stays
  without an answer; an answer can be changed, and taken back by choosing it again.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from anifro_desktop.forms.model import Form
from anifro_desktop.forms.questionnaires import Question, questions
from anifro_desktop.ui import texts
from anifro_desktop.ui.handover import big
from anifro_desktop.ui.handover.answers import Taps
from anifro_desktop.ui.handover.give_back import GiveBack
from anifro_desktop.ui.handover.pane import QuestionPane
from anifro_desktop.ui.page import Scroll
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.autosave import SaveState
from anifro_desktop.ui.visit.binding import VisitBinding
from anifro_desktop.ui.widgets import Surface
from anifro_desktop.ui.widgets.progress import ProgressLine


class HandOver(Surface):
    """Fills the window. forms: the questionnaires handed over, in order."""

    question_changed = Signal(str)  # field that is asked now
    passphrase_given = Signal(str)

    def __init__(self, binding: VisitBinding, forms: Sequence[Form], parent: QWidget | None = None) -> None:
        super().__init__("page", parent=parent)
        self._binding, self._taps = binding, Taps()
        session = binding.session
        self.asked: tuple[tuple[Form, Question], ...] = tuple(
            (form, question) for form in forms for question in questions(session, form)
        )
        self.at = self._first_open() or 0
        self.pane: QuestionPane | None = None
        self.setAccessibleName(translate("HandOver", "Questions for the patient"))
        self._build()

    def _build(self) -> None:
        self.form = big.BigText("", "strong", "muted", self)
        self.form.setWordWrap(False)
        self.progress = big.BigText("", "strong", "muted", self)
        self.progress.setWordWrap(False)
        self.line = ProgressLine(self)
        self.unsaved = big.BigText(
            translate(
                "HandOver", "The last answers are not saved yet: please give the tablet or computer back."
            ),
            "hint",
            "danger",
            self,
        )
        self.unsaved.hide()
        self.area = Scroll(self)
        self.end = GiveBack()
        self.end.go_on.connect(self._go_on)
        self.end.passphrase_given.connect(self.passphrase_given)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.area)
        self.end_area = Scroll(self)
        self.end_area.setWidget(self.end)
        self.stack.addWidget(self.end_area)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._head())
        box.addWidget(self.line)
        box.addWidget(self.stack, 1)
        box.addWidget(self.unsaved)
        box.addWidget(self._foot())

    def _head(self) -> Surface:
        self.head = Surface("surface", parent=self)
        across = QHBoxLayout(self.head)
        across.setContentsMargins(big.px(24), big.px(6), big.px(24), big.px(6))
        across.addWidget(self.form, 1)
        across.addWidget(self.progress)
        return self.head

    def _foot(self) -> Surface:
        self.foot = Surface("surface", "t", self)
        self.back = big.BigButton(translate("HandOver", "Back"), parent=self.foot)
        self.back.clicked.connect(self.go_back)
        self.stop = big.BigButton(translate("HandOver", "Stop here"), parent=self.foot)
        self.stop.clicked.connect(self.show_end)
        self.skip = big.BigButton("", parent=self.foot)
        self.skip.clicked.connect(self.go_next)
        across = QHBoxLayout(self.foot)
        across.setContentsMargins(big.px(24), big.px(6), big.px(24), big.px(6))
        across.addWidget(self.back)
        across.addStretch(1)
        across.addWidget(self.stop)
        across.addStretch(1)
        across.addWidget(self.skip)
        return self.foot

    # Going on and back

    def begin(self) -> None:
        """Ask the first question that has no answer, else the first of all."""
        self.ask(self.at)

    def ask(self, number: int) -> None:
        """Ask a question; behind the last one is the end."""
        self.flush()
        if number >= len(self.asked):
            self.show_end()
            return
        self.at = max(number, 0)
        form, question = self.asked[self.at]
        pane = QuestionPane(question, self._binding.wording, self._taps)
        pane.given.connect(self._given)
        self._show_pane(pane)
        for part in (self.head, self.line, self.foot):
            part.show()
        self.stack.setCurrentWidget(self.area)
        self.area.verticalScrollBar().setValue(0)
        self._show_progress(form)
        self._show_answer()
        pane.take_focus()
        self.question_changed.emit(question.field.id)

    def _show_pane(self, pane: QuestionPane) -> None:
        # Not by the area itself, which would destroy the old one at once: it may just be telling of its answer.
        old, self.pane = self.area.takeWidget(), pane
        if old is not None:
            old.hide()
            old.deleteLater()
        self.area.setWidget(pane)

    def _show_progress(self, form: Form) -> None:
        within = [number for number, (other, _) in enumerate(self.asked) if other is form]
        place, total = within.index(self.at) + 1, len(within)
        said = translate("HandOver", "{number} of {total}").format(number=place, total=total)
        self.form.setText(form.label.get(texts.language()))
        self.progress.setText(said)
        self.line.set_share(place / total)
        self.back.setEnabled(self.at > 0)

    def _show_answer(self) -> None:
        if self.pane is None:
            return
        state = self._binding.state(self.pane.question.field.id)
        self.pane.show_state(state)
        self.skip.setText(translate("HandOver", "Next") if state.answered else translate("HandOver", "Skip"))

    def _given(self, text: str) -> None:
        """An answer: taken, or taken back if it is the one that stands; then on, if there is an answer now."""
        if self.pane is None:
            return
        question = self.pane.question
        state = self._binding.state(question.field.id)
        if question.offered and state.answered and state.value == int(text):
            self._binding.clear(question.field.id)
            self._show_answer()
            return
        self._binding.type_text(question.field.id, text)
        self.go_next()

    def go_next(self) -> None:
        """To the next question, or the end."""
        self.ask(self.at + 1)

    def go_back(self) -> None:
        """To the question before."""
        self.ask(self.at - 1)

    def show_end(self) -> None:
        """Ask to give the computer back."""
        self.flush()
        answered = sum(self._is_answered(question) for _, question in self.asked)
        for part in (self.head, self.line, self.foot):
            part.hide()
        self.stack.setCurrentWidget(self.end_area)
        self.end.show_count(answered, len(self.asked))

    def _go_on(self) -> None:
        first = self._first_open()
        self.ask(len(self.asked) - 1 if first is None else first)

    def _first_open(self) -> int | None:
        open_ = (number for number, (_, one) in enumerate(self.asked) if not self._is_answered(one))
        return next(open_, None)

    def _is_answered(self, question: Question) -> bool:
        return self._binding.state(question.field.id).answered

    # What the page tells

    def flush(self) -> None:
        """Give out digits that are still being typed."""
        if self.pane is not None and self.stack.currentWidget() is self.area:
            waiting = self.pane.waiting()
            if waiting is not None:
                self._binding.type_text(self.pane.question.field.id, waiting)

    def set_save_state(self, state: SaveState) -> None:
        """Say it where answers do not reach the disk."""
        self.unsaved.setVisible(state.kind == "failed")

    def refused(self, sentence: str) -> None:
        """The passphrase was not right, or it could not be asked."""
        self.end.refused(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit answers where every answer is one. No other key means anything here, and none goes further."""
        asking = self.stack.currentWidget() is self.area
        if asking and big.is_bare(event) and not event.isAutoRepeat() and self.pane is not None:
            self.pane.press(event.text())
        event.accept()
