"""What the signs on a body map mean, each beside its word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.visit.maps.spot import Look, paint_look
from anifro_desktop.ui.widgets.flow import FlowLayout

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class _Sign(QWidget):
    """One sign and its word."""

    def __init__(self, look: Look, word: str, round_: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._word, self._round = look, word, round_
        self.setAccessibleName(word)

    def _side(self) -> int:
        return theme.px(28 if len(self._look.lines) < 2 else 38)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font("small"))
        width = self._side() + theme.px(10) + metrics.horizontalAdvance(self._word)
        return QSize(width, max(self._side(), metrics.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self._side()
        top = (self.height() - side) / 2
        paint_look(painter, QRectF(0, top, side, side), self._look, self._round)
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font("small"))
        room = self.rect().adjusted(side + theme.px(4), 0, 0, 0)
        painter.drawText(room, _LEFT, self._word)


class Legend(QWidget):
    """Signs in lines."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, gap=theme.px(2))

    def show_signs(self, signs: Sequence[tuple[Look, str]], round_: bool) -> None:
        """Explain these."""
        for look, word in signs:
            self._flow.addWidget(_Sign(look, word, round_, self))

    def heightForWidth(self, width: int) -> int:
        return self._flow.heightForWidth(width)
