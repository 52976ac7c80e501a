"""Several of a few, as boxes to tick, one under another. Space ticks the one that has the focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGroupBox, QSizePolicy, QVBoxLayout, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.widgets.buttons import paint_ring, paint_tick
from anifro_desktop.ui.widgets.choice import Option

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Check(QAbstractButton):
    """One box with its words. The box is ticked and filled, so that colour alone says nothing."""

    def __init__(self, option: Option, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.option = option
        self._shown = f"{option.text}: {words}" if words else option.text
        self.setText(option.text)
        self.setAccessibleName(self._shown)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _room(self, width: int) -> QRect:
        left = theme.px(32)
        room = QRect(0, 0, max(width - left - theme.px(6), theme.px(60)), 10000)
        tall = QFontMetrics(theme.font("body")).boundingRect(room, _WRAP, self._shown).height()
        return QRect(left, theme.px(3), room.width(), max(tall, theme.px(22)))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._room(width).height() + theme.px(6)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(theme.font("body")).horizontalAdvance(self._shown) + theme.px(40)
        return QSize(width, theme.px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(18)
        box = QRectF(theme.px(6), theme.px(5), side, side)
        painter.setPen(QPen(theme.colour("accent" if self.isChecked() else "border"), 1))
        painter.setBrush(theme.colour("accent" if self.isChecked() else "surface"))
        painter.drawRoundedRect(box, theme.px(4), theme.px(4))
        if self.isChecked():
            pad = side / 5
            paint_tick(painter, box.adjusted(pad, pad, -pad, -pad), theme.colour("on_accent"))
        painter.setPen(theme.colour("text" if self.isEnabled() or look.name == "contrast" else "muted"))
        painter.setFont(theme.font("body"))
        painter.drawText(self._room(self.width()), _WRAP, self._shown)
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()), theme.px(6))


class Checks(QGroupBox):
    """The boxes. A group box for the role (grouping, with its name) that assistive technology reads."""

    changed = Signal()

    def __init__(self, options: Sequence[tuple[Option, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFlat(True)
        self.setStyleSheet("QGroupBox{border:0;margin:0;padding:0}")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(2))
        self.boxes = tuple(Check(option, words, self) for option, words in options)
        for one in self.boxes:
            one.toggled.connect(lambda _on: self.changed.emit())
            box.addWidget(one)

    @property
    def ticked(self) -> tuple[str, ...]:
        """Keys of what is ticked, in the order shown."""
        return tuple(one.option.key for one in self.boxes if one.isChecked())

    def tick(self, keys: Sequence[str]) -> None:
        """Tick these and no others."""
        for one in self.boxes:
            one.setChecked(one.option.key in keys)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self.boxes[0].setFocus(reason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """No frame: the boxes are the picture."""
