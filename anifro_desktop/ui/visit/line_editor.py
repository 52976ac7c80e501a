"""Numbers and texts: one line, its unit after it, and beside it the way to say that there is no answer.

Never a spin box: an emptied field is empty, and the wheel changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from anifro_desktop.forms.model import Field
from anifro_desktop.forms.state import FieldState
from anifro_desktop.record import Missing
from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.visit import reading
from anifro_desktop.ui.visit.editor import MISSING, PAUSE_MS, Editor, is_wrong, missing_word
from anifro_desktop.ui.widgets import LineEdit, Option, SegmentedChoice, Text

WIDEST_ON_0_3 = Decimal("2.888")  # as many digits as one can have


class TypingLine(LineEdit):
    """A line that leaves undo and redo to the visit, and tells when the focus goes."""

    left = Signal()  # the focus went elsewhere, not merely to a menu

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
            if any(event.matches(key) for key in keys):
                event.ignore()
                return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class BesideEditor(Editor):
    """A control in a row, with "missing" beside it. Each kind fills `row` in `build`."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        holder = QWidget(self)
        self.row = QHBoxLayout(holder)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(theme.px(8))
        self._missing: SegmentedChoice | None = None
        self.build()
        if field.missing:
            self._missing = SegmentedChoice([Option(MISSING, missing_word())], holder)
            self._missing.setAccessibleName(self.question)
            self._missing.segments[-1].reserve([texts.missing_name(reason) for reason in field.missing])
            self._missing.chosen.connect(lambda _: self.ask_reason())
            self.row.addStretch(1)
            self.row.addWidget(self._missing)
        self.set_answer(holder)

    def build(self) -> None:
        """Put the controls into `row`."""
        raise NotImplementedError

    def missing_choice(self) -> SegmentedChoice | None:
        """The lone segment beside the control."""
        return self._missing

    def show_state(self, state: FieldState, force: bool) -> None:
        """The segment beside the control says whether, and why, there is no answer."""
        self.show_missing(state)


class TypedEditor(BesideEditor):
    """An editor with text that is given out when typing pauses and when the field is left."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        self._pending = False
        super().__init__(field, parent)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.commit)

    def text(self) -> str:
        """What is typed, as one text."""
        raise NotImplementedError

    def typed(self) -> None:
        """Something was typed: give it out after a pause."""
        self._pending = True
        self._pause.start()
        self.typing.emit(True)

    def leave(self) -> None:
        """The field is left: give out what was typed."""
        self.commit()
        self.typing.emit(False)

    def commit(self) -> None:
        """Give out what is typed and not given out yet."""
        if self._pending:
            self.forget()
            self.edited.emit(self.field.id, self.text())

    def forget(self) -> None:
        """Nothing is left to give out."""
        self._pending = False
        self._pause.stop()


def _one_digit(field: Field) -> bool:
    """Whether every answer is a single digit, so that the first one typed is all of it."""
    limits = field.hard
    return field.type == "integer" and limits is not None and limits.low >= 0 and limits.high <= 9


class LineEditor(TypedEditor):
    """One line; numbers stand to the right, with their unit after the field.

    one_digit: the answers are single digits; then the digit answers and goes on, as the key of a choice does. The same
    digit again is the same answer, since in a line a digit is text; Delete takes it back.

    beside: what a number on a scale of choice comes to; made when such a scale is first in force.
    """

    beside: Text | None = None

    def build(self) -> None:
        """The line and its unit."""
        number = self.field.type in ("integer", "decimal")
        self.line = TypingLine(8 if number else 24, self)
        if number:
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        else:
            self.line.setMaxLength(self.field.max_length)
        self.line.setAccessibleName(self.question)
        self.one_digit = _one_digit(self.field)
        self.line.textEdited.connect(self._edited)
        self.line.left.connect(self.leave)
        self.row.addWidget(self.line, 0 if number else 1)
        label = self.field.unit_label
        unit = label.get(texts.language()) if label else self.field.unit
        if unit:
            words = Text(unit, "body", "muted", self)
            words.setWordWrap(False)
            self.row.addWidget(words)

    def _edited(self, text: str) -> None:
        """A digit that is all of the answer goes on at once; one that is no answer is said at once, and selected."""
        self.typed()
        if not (self.one_digit and len(text) == 1 and text.isascii() and text.isdecimal()):
            return
        self.leave()
        if self.field.hard is not None and self.field.hard.hold(int(text)):
            self.answered.emit(self.field.id)
        else:
            self.line.selectAll()

    def text(self) -> str:
        """The line."""
        return self.line.text()

    def show_state(self, state: FieldState, force: bool) -> None:
        """The value as it reads, or what was typed; a line being typed into is left alone unless forced."""
        super().show_state(state, force)
        self._show_beside(state)
        if not force and self.line.hasFocus():
            return
        self.forget()
        text = "" if isinstance(state.value, Missing) else state.raw_text or state.text
        if text != self.line.text():
            self.line.setText(text)
        self.line.set_wrong(is_wrong(state))

    def _show_beside(self, state: FieldState) -> None:
        """Also while the line is typed into. The room is kept, so that nothing moves with the digits."""
        if state.scaled is not None and self.beside is None:
            self.beside = Text("", "strong", parent=self)
            self.beside.setWordWrap(False)
            widest = reading.on_0_3_words(WIDEST_ON_0_3)
            self.beside.setMinimumWidth(QFontMetrics(self.beside.font()).horizontalAdvance(widest))
            self.row.insertWidget(self.row.indexOf(self.line) + 1, self.beside)
        if self.beside is not None:
            self.beside.setText(reading.on_0_3_text(state))

    def controls(self) -> Sequence[QWidget]:
        """The line."""
        return [self.line]

    def set_read_only(self, read_only: bool) -> None:
        """A line that may not be changed still shows its cursor and can be copied from."""
        self.line.setReadOnly(read_only)
