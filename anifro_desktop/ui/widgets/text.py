"""Texts: headings, hints, badges. They take their font and colour from the theme and follow it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from anifro_desktop.ui import theme


class Text(QLabel):
    """A plain text that wraps.

    step: one of the theme's text steps; ink: a colour name of the theme's tokens.
    """

    def __init__(
        self, text: str = "", step: str = "body", ink: str = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._step, self._ink = step, ink
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._restyle()
        theme.signals().changed.connect(self._restyle)

    def set_ink(self, ink: str) -> None:
        """Take another colour of the theme."""
        if ink != self._ink:
            self._ink = ink
            self._restyle()

    def minimumSizeHint(self) -> QSize:
        """A wrapping text asks for its height by its width; Qt would ask for that of the narrowest column."""
        if not self.wordWrap():
            return super().minimumSizeHint()
        return QSize(theme.px(40), QFontMetrics(self.font()).height())

    def _restyle(self) -> None:
        self.setFont(theme.font(self._step))
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour(self._ink))
        self.setPalette(palette)


class Heading(Text):
    """A heading: level 1 is the title of a screen, 2 of a part, 3 of a card."""

    def __init__(self, text: str = "", level: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(text, {1: "title", 2: "heading"}.get(level, "strong"), parent=parent)


class Hint(Text):
    """Secondary text, greyed but readable."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, "hint", "muted", parent)


class Badge(QWidget):
    """A short word on a soft ground: the state of a thing. The word says it; the tone only helps."""

    def __init__(self, text: str = "", tone: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._tone = text, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        """The word shown."""
        return self._text

    def set(self, text: str, tone: str = "neutral") -> None:
        """Show another word; an empty one hides the badge."""
        if (text, tone) != (self._text, self._tone):
            self._text, self._tone = text, tone
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()
        self.setVisible(bool(text))

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font("small_strong"))
        return QSize(
            metrics.horizontalAdvance(self._text) + theme.px(20), max(metrics.height() + 6, theme.px(22))
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, ground = theme.tokens().tone(self._tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        contrast = theme.tokens().name == "contrast"
        painter.setPen(ink if contrast else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(ink)
        painter.setFont(theme.font("small_strong"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
