"""The answers to one question as big buttons: with their texts under each other, or as numbers beside each other.

Rules kept here: chosen is filled and ticked; a press that follows the one before at once is none, so that a double tap
does not answer the next question as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QVBoxLayout, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.handover import big
from anifro_desktop.ui.widgets.buttons import paint_ring, paint_tick
from anifro_desktop.ui.widgets.flow import FlowLayout

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class Taps:
    """Tells a tap from the second half of a double tap, over all questions of a hand-over."""

    def __init__(self) -> None:
        self._last = -1_000_000

    def fresh(self, moment: int) -> bool:
        """Whether a press at this moment (milliseconds) stands for itself."""
        apart = moment - self._last
        self._last = moment
        return not 0 <= apart < QApplication.doubleClickInterval()


class AnswerButton(QAbstractButton):
    """One answer. text: empty for its number alone. question: for assistive technology."""

    def __init__(self, code: int, text: str, question: str, taps: Taps, parent: QWidget) -> None:
        super().__init__(parent)
        self.code, self._taps = code, taps
        self.setText(text)
        self.setAccessibleName(f"{question}: {f'{code}, {text}' if text else code}")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        wide = QSizePolicy.Policy.Expanding if text else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(wide, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(bool(text))
        self.setSizePolicy(policy)

    def nextCheckState(self) -> None:
        """A press tells, it does not choose."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._taps.fresh(event.timestamp()):
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (*_ENTER, Qt.Key.Key_Space) and big.is_bare(event):
            if not event.isAutoRepeat():
                self.click()
        else:
            event.ignore()

    def hasHeightForWidth(self) -> bool:
        return bool(self.text())

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, width - self._left() - big.px(8), 10_000)
        words = QFontMetrics(big.font()).boundingRect(room, _WRAP, self.text())
        return max(words.height() + big.px(12), big.px(32))

    def sizeHint(self) -> QSize:
        if self.text():
            return QSize(big.px(300), self.heightForWidth(big.px(300)))
        return QSize(big.px(46), big.px(46))

    def minimumSizeHint(self) -> QSize:
        return QSize(big.px(46), big.px(32))

    def _left(self) -> int:
        """Where the text begins: after the number, or the tick in its place."""
        return big.px(34)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, chosen = theme.tokens(), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = look.accent if chosen else look.hover if self.isDown() or self.underMouse() else look.surface
        ink = QColor(look.on_accent if chosen else look.text)
        painter.setPen(QPen(QColor(look.accent if chosen else look.border), 2))
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), big.px(7), big.px(7))
        painter.setPen(ink)
        if self.text():
            self._paint_words(painter, ink)
        else:
            self._paint_number(painter, ink)
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()), big.px(8))

    def _paint_words(self, painter: QPainter, ink: QColor) -> None:
        room = self.rect().adjusted(self._left(), 0, -big.px(8), 0)
        painter.setFont(big.font())
        painter.drawText(room, _WRAP, self.text())
        if self.isChecked():
            side = big.px(13)
            paint_tick(painter, QRectF(big.px(12), (self.height() - side) / 2, side, side), ink)
            return
        painter.setPen(theme.colour("muted"))
        number = QRect(big.px(4), 0, self._left() - big.px(4), self.height())
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(self.code))

    def _paint_number(self, painter: QPainter, ink: QColor) -> None:
        painter.setFont(big.font("heading"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self.code))
        if self.isChecked():
            side = big.px(9)
            paint_tick(painter, QRectF(big.px(6), big.px(6), side, side), ink)


class Answers(QWidget):
    """The answers to choose from. texts: by number; they stand under each other if each answer has one."""

    given = Signal(int)  # the number of an answer that was pressed

    def __init__(
        self,
        codes: Sequence[int],
        texts: Mapping[int, str],
        question: str,
        taps: Taps,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(question)
        worded = all(texts.get(code) for code in codes)
        self.buttons = [
            AnswerButton(code, texts[code] if worded else "", question, taps, self) for code in codes
        ]
        box = QVBoxLayout(self) if worded else FlowLayout(self, big.px(5))
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(big.px(1))
        for button in self.buttons:
            box.addWidget(button)
            button.clicked.connect(lambda _=False, code=button.code: self.given.emit(code))

    def show_chosen(self, code: int | None) -> None:
        """Look as chosen, or none."""
        for button in self.buttons:
            button.setChecked(button.code == code)

    def take_focus(self) -> None:
        """On the chosen answer, else on the first."""
        chosen = next((one for one in self.buttons if one.isChecked()), self.buttons[0])
        chosen.setFocus(Qt.FocusReason.TabFocusReason)

    def press(self, digit: str) -> None:
        """Answer with a digit, if every answer has one digit: on a scale to 10, a 1 could be the start of 10."""
        codes = {str(button.code) for button in self.buttons}
        if digit in codes and all(len(code) == 1 for code in codes):
            self.given.emit(int(digit))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = next((number for number, one in enumerate(self.buttons) if one.hasFocus()), None)
        step = _STEPS.get(Qt.Key(event.key()))
        if at is None or step is None or not big.is_bare(event):
            event.ignore()
        else:
            self.buttons[(at + step) % len(self.buttons)].setFocus(Qt.FocusReason.TabFocusReason)
