"""One question: its label and hint painted, its editor, and whatever has to be said about the answer.

The words are painted in one go instead of being labels, so that a section of 24 rows opens within its budget; for
assistive technology they are the name and the description of the editor's controls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from anifro_desktop.forms.model import Label
from anifro_desktop.forms.state import FieldState
from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.visit import reading
from anifro_desktop.ui.visit.columns import Columns
from anifro_desktop.ui.visit.editor import Editor
from anifro_desktop.ui.visit.notice import Notice
from anifro_desktop.ui.visit.said_line import Said, SaidLine
from anifro_desktop.ui.widgets.buttons import paint_ring

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(slots=True)
class _Plan:
    label: QRect
    hint: QRect
    answer: QRect
    notice: QRect
    said: QRect
    height: int


class QuestionRow(QWidget):
    """A question of the form on show. previous_title: name and date of the visit before, empty if there is none."""

    key_pressed = Signal(str)  # field that was answered with a digit or letter
    resized = Signal()  # needs another height
    asked_wanted = Signal(str)  # field: show what the centre asks about it

    def __init__(
        self, editor: Editor, notice: Notice, previous_title: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor, self.notice = editor, notice
        self.field = editor.field
        editor.setParent(self)
        notice.setParent(self)
        notice.hide()
        self.said: SaidLine | None = None  # most questions are never asked about
        self.state: FieldState | None = None
        self.active = False
        self.typing = False
        self._previous_title = previous_title
        self._columns = Columns(0, 0, 0, 0, True)  # until its form has a width
        self._plan: _Plan | None = None
        self._label, self._hint, self._previous = "", "", ""
        self._legend = ""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        editor.resized.connect(self.relayout)
        editor.typing.connect(self._typing)
        editor.answered.connect(self.key_pressed)
        notice.resized.connect(self.relayout)

    # What it shows

    def set_legend(self, options: Mapping[int, Label]) -> None:
        """What the numbers of the answers stand for, said with the hint from now on."""
        lang = texts.language()
        self._legend = " · ".join(f"{code} = {text.get(lang)}" for code, text in sorted(options.items()))

    def _hint_of(self, state: FieldState) -> str:
        return " · ".join(part for part in (reading.hint_text(state), self._legend) if part)

    def show_state(self, state: FieldState, problem: str, force: bool = True) -> None:
        """Look like this state. problem: its problem in words."""
        self.state = state
        self.editor.show_state(state, force)
        words = (
            state.field.label.get(texts.language()),
            self._hint_of(state),
            reading.previous_text(state),
        )
        said = self.notice.show_state(state, "" if self._holds_back(state) else problem)
        self.editor.describe(self._description(problem))
        if words != (self._label, self._hint, self._previous) or said:
            self._label, self._hint, self._previous = words
            self.relayout()
        self.update()

    def _holds_back(self, state: FieldState) -> bool:
        """While text is being typed nothing is said about it."""
        return self.typing and state.field.type != "choice"

    def _typing(self, typing: bool) -> None:
        self.typing = typing

    def _description(self, problem: str) -> str:
        state = self.state
        if state is None:
            return ""
        unit = state.field.unit_label.get(texts.language()) if state.field.unit_label else ""
        before = f"{self._previous_title}: {reading.previous_text(state)}" if self._previous_title else ""
        parts = (unit, self._hint_of(state), reading.on_0_3_text(state), before, problem)
        return ". ".join(part for part in parts if part)

    def set_columns(self, columns: Columns) -> None:
        """Take the form's columns."""
        if columns != self._columns:
            self._columns = columns
            self._plan = None
            self.update()

    def set_read_only(self, read_only: bool) -> None:
        """Take or refuse answers."""
        self.editor.set_read_only(read_only)
        if (choice := self.editor.missing_choice()) is not None:
            choice.set_read_only(read_only)

    def show_said(self, said: Said) -> None:
        """What the centre asks about it, and whether it was verified with its source."""
        if self.said is None:
            if said == Said():
                return
            self.said = SaidLine(self.field, self)
            self.said.wanted.connect(self.asked_wanted)
        self.said.show_said(said)
        self.said.setVisible(said != Said())
        self.relayout()

    def set_active(self, active: bool) -> None:
        """Show, or no longer show, that the focus is in this row."""
        if active != self.active:
            self.active = active
            self.update()

    # Where things stand

    def relayout(self) -> None:
        """Something changed its size."""
        if not self._columns.width:
            return
        before = self._plan.height if self._plan is not None else 0
        self._plan = None
        self._arrange()
        self.update()
        if self._planned().height != before:
            self.resized.emit()

    def _hint_line(self) -> str:
        """The hint; in narrow rows also what wide ones have in columns."""
        if not self._columns.stacked or self.state is None:
            return self._hint
        parts = [self._hint]
        if self.field.points is not None:
            parts.append(reading.points_text(self.field.points))
        if self._previous_title:
            parts.append(f"{self._previous_title}: {self._previous}")
        return " · ".join(part for part in parts if part)

    def _planned(self) -> _Plan:
        if self._plan is None:
            self._plan = self._stacked() if self._columns.stacked else self._side_by_side()
        return self._plan

    def _side_by_side(self) -> _Plan:
        columns, pad = self._columns, theme.px(7)
        width = max(columns.label_width, theme.px(60))
        spread = max(columns.answer_left - columns.gap - columns.pad, width)
        label, hint = self._text_heights(width, spread)
        answer = _height(self.editor, columns.answer)
        inner = max(label + hint, answer)
        top = pad + (inner - label - hint) // 2
        rows = QRect(columns.pad, top, width, label), QRect(columns.pad, top + label, spread, hint)
        place = QRect(columns.answer_left, pad + (inner - answer) // 2, columns.answer, answer)
        return self._with_notice(*rows, place, inner + 2 * pad)

    def _stacked(self) -> _Plan:
        columns, pad = self._columns, theme.px(8)
        width = columns.label_width
        label, hint = self._text_heights(width, width)
        answer = _height(self.editor, width)
        top = pad + label + hint + theme.px(5)
        place = QRect(columns.pad, top, width, answer)
        rows = QRect(columns.pad, pad, width, label), QRect(columns.pad, pad + label, width, hint)
        return self._with_notice(*rows, place, top + answer + pad)

    def _with_notice(self, label: QRect, hint: QRect, answer: QRect, height: int) -> _Plan:
        width = self._columns.width - 2 * self._columns.pad
        notice, said = QRect(), QRect()
        if not self.notice.isHidden():
            needed = self.notice.heightForWidth(width)
            notice = QRect(self._columns.pad, height - theme.px(1), width, needed)
            height += needed + theme.px(7)
        if self.said is not None and not self.said.isHidden():
            needed = self.said.heightForWidth(width)
            said = QRect(self._columns.pad, height - theme.px(3), width, needed)
            height += needed
        return _Plan(label, hint, answer, notice, said, height)

    def _text_heights(self, width: int, spread: int) -> tuple[int, int]:
        """Heights of the question, and of the hint, which may reach under the columns."""
        hint = self._hint_line()
        return (
            _text_height(self._label, theme.font("body"), width),
            _text_height(hint, theme.font("small"), spread) + theme.px(1) if hint else 0,
        )

    def _arrange(self) -> None:
        plan = self._planned()
        self.editor.setGeometry(plan.answer)
        if not self.notice.isHidden():
            self.notice.setGeometry(plan.notice)
        if self.said is not None and not self.said.isHidden():
            self.said.setGeometry(plan.said)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._planned().height

    def sizeHint(self) -> QSize:
        if not self._columns.width:  # asked for as soon as it is shown, before its form has a width
            return self.minimumSize()
        return QSize(self._columns.width, self._planned().height)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), self._planned().height)

    # Keys and paint

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits and letters answer, unless a text field has the focus: there they were text already."""
        bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        typing = isinstance(self.focusWidget(), QLineEdit)
        if bare and event.key() == Qt.Key.Key_Escape and self.editor.asking:
            self.editor.stop_asking()
        elif bare and not typing and event.text().strip() and self.answer_key(event.text()):
            event.accept()
        else:
            event.ignore()

    def answer_key(self, text: str) -> bool:
        """A digit or letter for this question, from wherever it was pressed. True: it meant something."""
        was_asking = self.editor.asking
        if not self.editor.key(text):
            return False
        if was_asking or not self.editor.asking:
            self.key_pressed.emit(self.field.id)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        plan = self._planned()
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colour("surface"))
        painter.setPen(QPen(theme.colour("divider"), 1))
        box = self.rect().adjusted(0, 0, -1, -1)
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.drawLine(box.topLeft(), box.bottomLeft())
        painter.drawLine(box.topRight(), box.bottomRight())
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font("body"))
        painter.drawText(plan.label, _WRAP, self._label)
        painter.setPen(theme.colour("muted"))
        painter.setFont(theme.font("small"))
        painter.drawText(plan.hint, _WRAP, self._hint_line())
        if not self._columns.stacked:
            self._paint_columns(painter, plan)
        if self.active:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_ring(painter, QRectF(self.rect()), theme.px(3))

    def _paint_columns(self, painter: QPainter, plan: _Plan) -> None:
        columns = self._columns
        painter.setFont(theme.font("body"))
        top, height = plan.label.top(), plan.label.height()
        if columns.weight and self.field.points is not None:
            room = QRect(columns.weight_left, top, columns.weight, height)
            painter.drawText(room, _CENTRE, str(self.field.points))
        if columns.previous:
            room = QRect(columns.previous_left, top, columns.previous, height)
            metrics = QFontMetrics(theme.font("body"))
            text = metrics.elidedText(self._previous, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, _MIDDLE, text)


def _text_height(text: str, font: QFont, width: int) -> int:
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, 10000), _WRAP, text).height()


def _height(widget: QWidget, width: int) -> int:
    return widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()
