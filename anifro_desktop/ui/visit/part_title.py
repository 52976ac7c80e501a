"""The name of a section within its form."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from anifro_desktop.ui import theme


class PartTitle(QWidget):
    """The name of a section within its form, over its questions."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = text
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(100), theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("page"))
        painter.setPen(theme.colour("muted"))
        painter.setFont(theme.font("small_strong"))
        room = self.rect().adjusted(theme.px(14), theme.px(6), 0, -theme.px(3))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, self._text)
        painter.setPen(QPen(theme.colour("divider"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
