"""One question as the patient sees it: its words, a hint where there is no wording, and the answers."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from anifro_desktop.forms.questionnaires import Question, own_wording
from anifro_desktop.forms.state import FieldState
from anifro_desktop.forms.wording import Wording
from anifro_desktop.record import Missing
from anifro_desktop.ui import texts
from anifro_desktop.ui.handover import big
from anifro_desktop.ui.handover.answers import Answers, Taps
from anifro_desktop.ui.handover.keypad import Keypad
from anifro_desktop.ui.texts import translate


class QuestionPane(QWidget):
    """Made for one question and thrown away with it. Gives out answers; shows the state it is told."""

    given = Signal(str)  # the answer, as it would be typed

    def __init__(
        self, question: Question, wording: Wording, taps: Taps, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.question = question
        lang, name = texts.language(), question.field.id
        own = own_wording(question)
        label = wording.label(name) or (own.label if own else None)
        options = wording.options(name) or (own.options if own and not wording.label(name) else {})
        said = {code: text.get(lang) for code, text in options.items()}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.words = big.BigText((label or question.field.label).get(lang), "heading", parent=self)
        self.setAccessibleName(self.words.text())
        self.hint = big.BigText(_hint() if label is None else "", "hint", "muted", self)
        self.hint.setVisible(label is None)
        self.control = self._control(said, taps)
        box = QVBoxLayout(self)
        box.setContentsMargins(big.px(24), big.px(10), big.px(24), big.px(10))
        box.setSpacing(big.px(8))
        box.addWidget(self.words)
        box.addWidget(self.hint)
        for text in self._ends(said):
            box.addWidget(big.BigText(text, "hint", parent=self))
        box.addWidget(self.control)
        box.addStretch(1)

    def _control(self, said: Mapping[int, str], taps: Taps) -> Answers | Keypad:
        words, question = self.words.text(), self.question
        if question.offered:
            answers = Answers(question.offered, said, words, taps, self)
            answers.given.connect(lambda code: self.given.emit(str(code)))
            return answers
        keypad = Keypad(question.low, question.high, words, self)
        keypad.given.connect(self.given)
        return keypad

    def _ends(self, said: Mapping[int, str]) -> list[str]:
        """What single numbers mean, where the answers do not carry their texts themselves."""
        offered = self.question.offered
        if offered and all(said.get(code) for code in offered):
            return []
        return [f"{code} = {text}" for code, text in sorted(said.items()) if self.question.has(code)]

    def show_state(self, state: FieldState) -> None:
        """Show the answer given, if any."""
        value = None if isinstance(state.value, Missing) else state.value
        if isinstance(self.control, Answers):
            self.control.show_chosen(next((code for code in self.question.offered if code == value), None))
        else:
            low, high = self.question.low, self.question.high
            self.control.show_text(next((str(one) for one in range(low, high + 1) if one == value), ""))

    def waiting(self) -> str | None:
        """Digits that were typed and not confirmed yet, once; None if there are none."""
        if not isinstance(self.control, Keypad) or not self.control.changed:
            return None
        self.control.changed = False
        return self.control.text

    def press(self, digit: str) -> None:
        """A digit, from wherever it was pressed."""
        if isinstance(self.control, Answers):
            self.control.press(digit)
        elif digit.isdecimal() and digit.isascii():
            self.control.add(digit)

    def take_focus(self) -> None:
        """On the question, not on an answer: an Enter too many must not answer it. On the number, if one is typed."""
        if isinstance(self.control, Keypad):
            self.control.take_focus()
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows lead from the question to its answers."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Right) and big.is_bare(event) and self.hasFocus():
            self.control.take_focus()
        else:
            event.ignore()


def _hint() -> str:
    return translate(
        "HandOver", "Read this question on the paper form and give the number of the answer here."
    )
