"""What all editors share: the answer, the way to say that there is none, and the same few signals.

An editor shows the state it is given and keeps no answer of its own; only text that is still being typed lives in it,
for at most `PAUSE_MS`. Digits answer choices only; in a text field they are text.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from anifro_desktop.forms.model import Field
from anifro_desktop.forms.state import FieldState
from anifro_desktop.record import Missing
from anifro_desktop.ui import texts
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.widgets import Option, SegmentedChoice

PAUSE_MS = 600
MISSING = "missing"


def missing_word() -> str:
    """What the segment that leads to the missing reasons says."""
    return translate("Editors", "Missing")


def choice_key(state: FieldState) -> str | None:
    """The option of a choice that stands for the value."""
    return str(state.value) if isinstance(state.value, int) else None


def is_wrong(state: FieldState) -> bool:
    """Whether the answer has a problem that must be corrected."""
    return state.problem is not None and state.problem.severity == "hard"


class ReasonChoice(SegmentedChoice):
    """The missing reasons a field allows, each with its letter."""

    def __init__(self, question: str, reasons: Sequence[Missing], parent: QWidget) -> None:
        options = [
            Option(reason.value, texts.missing_name(reason), texts.missing_key(reason)) for reason in reasons
        ]
        super().__init__(options, parent)
        name = translate("Editors", "{question}: why there is no answer").format(question=question)
        self.setAccessibleName(name)

    def reason_of(self, letter: str) -> Missing | None:
        """The reason a letter stands for."""
        for segment in self.segments:
            if letter and segment.option.keys == letter.lower():
                return Missing(segment.option.key)
        return None


class Editor(QWidget):
    """The base of the editors. Each kind gives `set_answer` its widget and fills in the methods that raise here."""

    edited = Signal(str, str)  # field, text as typed
    chosen = Signal(str, int)  # field, code
    reason = Signal(str, object)  # field, Missing
    typing = Signal(bool)  # text is being typed, or no longer
    answered = Signal(str)  # field: a single key in a line was all of the answer
    resized = Signal()  # needs another height

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.question = field.label.get(texts.language())
        self.reasons: ReasonChoice | None = None
        self.answer: QWidget | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)

    def set_answer(self, answer: QWidget) -> None:
        """Take the widget that holds the answer."""
        self.answer = answer
        self._box.addWidget(answer)

    def answer_width(self) -> int:
        """The width the answer would like; the missing reasons that may be on show instead fit themselves in."""
        return self.answer.sizeHint().width() if self.answer is not None else 0

    def show_state(self, state: FieldState, force: bool) -> None:
        """Look like this. force: also where text is being typed."""
        raise NotImplementedError

    def controls(self) -> Sequence[QWidget]:
        """The controls that hold the answer; the first takes the focus."""
        raise NotImplementedError

    def missing_choice(self) -> SegmentedChoice | None:
        """The segments whose last one is "missing", if a reason may be given at all."""
        raise NotImplementedError

    def commit(self) -> None:
        """Give out what is being typed, now."""

    def set_read_only(self, read_only: bool) -> None:
        """Take or refuse typing. Segments stay in reach of the reader; the binding refuses what they ask."""

    def describe(self, description: str) -> None:
        """Tell assistive technology about unit and problem."""
        for control in self.controls():
            control.setAccessibleDescription(description)

    @property
    def asking(self) -> bool:
        """Whether the missing reasons are on show."""
        return self.reasons is not None and not self.reasons.isHidden()

    def ask_reason(self) -> None:
        """Show the missing reasons in place of the answer; hide them if they are on show."""
        if not self.field.missing or self.asking or self.answer is None:
            self.stop_asking()
            return
        if self.reasons is None:
            self.reasons = ReasonChoice(self.question, self.field.missing, self)
            self.reasons.chosen.connect(self._reason_chosen)
            self._box.addWidget(self.reasons)
        self.reasons.show()
        self.reasons.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.answer.hide()
        self.resized.emit()

    def stop_asking(self) -> None:
        """Show the answer again, with the focus on it."""
        if self.reasons is None or not self.asking or self.answer is None:
            return
        self.answer.show()
        self.controls()[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.reasons.hide()
        self.resized.emit()

    def focus_answer(self, reason: Qt.FocusReason = Qt.FocusReason.TabFocusReason) -> None:
        """Put the focus where the answer goes."""
        target = self.reasons if self.asking and self.reasons is not None else self.controls()[0]
        target.setFocus(reason)

    def key(self, text: str) -> bool:
        """A letter or digit pressed while no text field has the focus. True: it meant something here."""
        found = self.reasons.reason_of(text) if self.asking and self.reasons is not None else None
        if found is not None:
            self._reason_chosen(found.value)
        return found is not None

    def _reason_chosen(self, key: str) -> None:
        self.stop_asking()
        self.reason.emit(self.field.id, Missing(key))

    def show_missing(self, state: FieldState) -> None:
        """Let the last segment carry the reason given, or the word for missing."""
        choice = self.missing_choice()
        if choice is None:
            return
        segment = choice.segments[-1]
        reason = state.value if isinstance(state.value, Missing) else None
        word = texts.missing_name(reason) if reason is not None else missing_word()
        segment.set_text(word, f"{self.question}: {word}")
        choice.set_chosen(MISSING if reason is not None else choice_key(state))
