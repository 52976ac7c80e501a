"""A line that leads somewhere: what it is about, underlined, and the words under it. Wraps as far as it must."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from anifro_desktop.ui import icons, theme
from anifro_desktop.ui.widgets.buttons import paint_ring

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class LinkRow(QAbstractButton):
    """title: where it leads; words: why. symbol: an icon that says of what kind, in the colour of the tone."""

    def __init__(
        self,
        title: str,
        words: str = "",
        symbol: str = "chevron_right",
        tone: str = "accent",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title, self._words, self._symbol, self._tone = title, words, symbol, tone
        self.set_words(title, words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_words(self, title: str, words: str = "") -> None:
        """Say something else."""
        self._title, self._words = title, words
        self.setAccessibleName(". ".join(part for part in (title, words) if part))
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def _rooms(self, width: int) -> tuple[QRect, QRect]:
        """Where title and words stand."""
        left, pad = theme.px(34), theme.px(6)
        room = QRect(left, pad, max(width - left - theme.px(8), 60), 10000)
        title = QFontMetrics(theme.font("strong")).boundingRect(room, _WRAP, self._title)
        top = QRect(left, pad, room.width(), title.height())
        if not self._words:
            return top, QRect()
        words = QFontMetrics(theme.font("hint")).boundingRect(room, _WRAP, self._words)
        return top, QRect(left, top.bottom() + 2, room.width(), words.height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        title, words = self._rooms(width)
        return max(title.bottom(), words.bottom()) + theme.px(8)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), self.heightForWidth(theme.px(420)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.px(6), theme.px(6))
        ink = theme.tokens().tone(self._tone)[0]
        side = theme.px(17)
        icons.paint(painter, QRectF(theme.px(8), theme.px(7), side, side), self._symbol, ink)
        title, words = self._rooms(self.width())
        font = theme.font("strong")
        font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(theme.colour("accent"))
        painter.drawText(title, _WRAP, self._title)
        painter.setFont(theme.font("hint"))
        painter.setPen(theme.colour("text"))
        painter.drawText(words, _WRAP, self._words)
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()), theme.px(6))
