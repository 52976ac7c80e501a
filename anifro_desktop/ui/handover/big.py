"""Large type for the patient: at least twice the usual size, whatever the clinic has set for itself."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.widgets import Button, Text

LEAST = 2.0  # text scale


def is_bare(event: QKeyEvent) -> bool:
    """Whether a key came without Ctrl, Alt or Shift: with one of them it means nothing to the patient's screen."""
    return not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def px(size: float) -> int:
    """A length given in logical pixels at 100 %, at the patient's scale."""
    return round(size * max(theme.scale(), LEAST))


def font(step: str = "body") -> QFont:
    """The font of a text step of the theme at the patient's scale."""
    made = theme.font(step)
    made.setPixelSize(round(made.pixelSize() * max(theme.scale(), LEAST) / theme.scale()))
    return made


class BigText(Text):
    """A text that wraps, at the patient's scale."""

    def _restyle(self) -> None:
        super()._restyle()
        self.setFont(font(self._step))


class BigButton(Button):
    """An act, at the patient's scale. main: the one that mostly follows."""

    def __init__(self, text: str = "", main: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent=parent)
        self.filled = main
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font())
        return QSize(metrics.horizontalAdvance(self.text()) + px(28), metrics.height() + px(12))

    def _paint_text(self, painter: QPainter, box: QRectF, ink: QColor) -> None:
        painter.setPen(ink)
        painter.setFont(font())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text())
