"""A whole number given by big keys or by the keyboard: never a slider, and nothing that could not be an answer."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.handover import big
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.widgets.buttons import paint_ring

_KEYS = ("7", "8", "9", "4", "5", "6", "1", "2", "3", "", "0", "←")


class NumberShown(QWidget):
    """The number as far as it is typed. Takes the focus, so that the keyboard types into it."""

    typed = Signal(str)  # a digit
    back = Signal()  # take the last digit away
    entered = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self.text = name, ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_text("")

    def show_text(self, text: str) -> None:
        """Show these digits."""
        self.text = text
        self.setAccessibleName(f"{self._name}: {text or '–'}")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not big.is_bare(event):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.back.emit()
        elif event.text().isdecimal() and event.text().isascii():
            self.typed.emit(event.text())
        else:
            event.ignore()

    def sizeHint(self) -> QSize:
        return QSize(big.px(120), big.px(46))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("border"), 2))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), big.px(6), big.px(6))
        painter.setPen(theme.colour("text"))
        painter.setFont(big.font("figure"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text)
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()), big.px(7))


class Keypad(QWidget):
    """Digits up to the greatest number allowed. A digit that would lead beyond it cannot be pressed."""

    given = Signal(str)  # the digits, when they are confirmed

    def __init__(self, low: int, high: int, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low, self._high = low, high
        self.setAccessibleName(question)
        self.changed = False  # typed and not given out yet
        self.shown = NumberShown(question, self)
        self.shown.typed.connect(self.add)
        self.shown.back.connect(self.take_away)
        self.shown.entered.connect(self.confirm)
        self.keys = {key: big.BigButton(key, parent=self) for key in _KEYS if key}
        self.ready = big.BigButton(translate("HandOver", "Confirm"), main=True, parent=self)
        self.ready.clicked.connect(self.confirm)
        grid = QGridLayout()
        grid.setSpacing(big.px(3))
        for number, key in enumerate(_KEYS):
            if key:
                grid.addWidget(self._key(key), number // 3, number % 3)
        left = QVBoxLayout()
        left.addWidget(self.shown)
        left.addWidget(self.ready)
        left.addStretch(1)
        left.setSpacing(big.px(6))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(big.px(16))
        box.addLayout(left)
        box.addLayout(grid)
        box.addStretch(1)
        self.show_text("")

    def _key(self, key: str) -> big.BigButton:
        button = self.keys[key]
        button.setMinimumWidth(big.px(48))
        if key == "←":
            button.setAccessibleName(translate("HandOver", "Delete the last digit"))
            button.clicked.connect(self.take_away)
        else:
            button.clicked.connect(lambda: self.add(key))
        return button

    @property
    def text(self) -> str:
        """The digits as they stand."""
        return self.shown.text

    def show_text(self, text: str) -> None:
        """Show these digits."""
        self.shown.show_text(text)
        for key, button in self.keys.items():
            button.setEnabled(bool(text) if key == "←" else self._fits(self._with(key)))
        self.ready.setEnabled(bool(text) and int(text) >= self._low)

    def _with(self, digit: str) -> str:
        return digit if self.text == "0" else self.text + digit

    def _fits(self, text: str) -> bool:
        return int(text) <= self._high

    def add(self, digit: str) -> None:
        """A digit more, if the number still fits."""
        if self._fits(self._with(digit)):
            self.changed = True
            self.show_text(self._with(digit))

    def take_away(self) -> None:
        """The last digit goes."""
        if self.text:
            self.changed = True
            self.show_text(self.text[:-1])

    def confirm(self) -> None:
        """Give the number out."""
        if self.ready.isEnabled():
            self.changed = False
            self.given.emit(self.text)

    def take_focus(self) -> None:
        """On the number."""
        self.shown.setFocus(Qt.FocusReason.TabFocusReason)
