"""The titles over the columns of a form: question, weight, the visit before. It stays while the questions scroll."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.columns import Columns

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ColumnsTitle(QWidget):
    """Painted over the same columns as the rows; hidden where rows are stacked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = Columns(0, 0, 0, 0, True)
        self._previous = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_columns(self, columns: Columns, visit: str, date: str) -> None:
        """Take the columns. visit, date: of the visit before, empty if there is none."""
        self._columns, self._previous = columns, (visit, date)
        self.setVisible(not columns.stacked and bool(columns.weight or columns.previous))
        self.setAccessibleName(" ".join(part for part in (visit, date) if part))
        self.update()

    def sizeHint(self) -> QSize:
        line = QFontMetrics(theme.font("small_strong")).height()
        return QSize(theme.px(200), 2 * line + theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        columns = self._columns
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.translate(theme.px(16), 0)
        painter.setFont(theme.font("small_strong"))
        painter.setPen(theme.colour("muted"))
        height = self.height()
        room = QRect(columns.pad, 0, columns.label_width, height)
        painter.drawText(room, _LEFT, translate("Visit", "Question"))
        if columns.weight:
            room = QRect(columns.weight_left, 0, columns.weight, height)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, translate("Visit", "Weight"))
        if columns.previous:
            visit, date = self._previous
            room = QRect(columns.previous_left, 0, columns.previous, height)
            painter.drawText(room.adjusted(0, 0, 0, -height // 2), _LEFT, visit)
            painter.setFont(theme.font("small"))
            painter.drawText(room.adjusted(0, height // 2, 0, 0), _LEFT, date)
        painter.setPen(QPen(theme.colour("divider"), 1))
        painter.drawLine(-theme.px(16), height - 1, self.width(), height - 1)
