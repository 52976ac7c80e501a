"""A thin bar that says how far something has come. The number stands beside it in words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from anifro_desktop.ui import theme


class ProgressLine(QWidget):
    """A bar of 6 px. It is a picture of the words beside it, so assistive technology passes it over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setFixedHeight(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_share(self, share: float) -> None:
        """How far, 0.0 to 1.0."""
        share = min(max(share, 0.0), 1.0)
        if share != self._share:
            self._share = share
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        painter.setBrush(theme.colour("divider"))
        painter.drawRoundedRect(box, 3, 3)
        if self._share:
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(QRectF(0, 0, max(box.width() * self._share, 6), box.height()), 3, 3)
