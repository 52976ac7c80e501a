"""Buttons, painted by us: filled, outlined, link, and the segment of a choice.

Rules kept here: at least 24 px in both directions (answer buttons 32), a focus ring of 2 px that no neighbour
hides, chosen is filled *and* ticked, and disabled text stays readable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from anifro_desktop.ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon


class Button(QPushButton):
    """An act. keys: the keys that do the same, shown small beside the text, as `Ctrl+Z`."""

    filled = False
    tone = "text"

    def __init__(
        self, text: str = "", keys: str = "", icon: QIcon | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        self._keys = keys
        self._pictured = False
        if icon is not None:
            self.setIcon(icon)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def setIcon(self, icon: QIcon) -> None:
        # Noted, as asking Qt for an icon that is not there loads all it knows of icons.
        self._pictured = not icon.isNull()
        super().setIcon(icon)

    def set_keys(self, keys: str) -> None:
        """Show other keys beside the text."""
        self._keys = keys
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses what has the focus, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def width_with(self, text: str) -> int:
        """How wide it is with a text."""
        plain = _plain(text)
        width = QFontMetrics(theme.font("body")).horizontalAdvance(plain) + theme.px(28 if plain else 16)
        if self._keys:
            width += QFontMetrics(theme.font("small")).horizontalAdvance(self._keys) + theme.px(20)
        return width + (theme.px(24) if self._pictured else 0)

    def sizeHint(self) -> QSize:
        height = QFontMetrics(theme.font("body")).height()
        return QSize(self.width_with(self.text()), max(height + theme.px(16), theme.px(34)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, ink, edge = self._colours(look)
        box = QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(box, theme.px(7), theme.px(7))
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()), theme.px(8))
        self._paint_text(painter, box, ink)

    def _colours(self, look: theme.Tokens) -> tuple[QColor, QColor, QColor]:
        if not self.isEnabled():
            return QColor(look.neutral_soft), QColor(look.muted), QColor(look.divider)
        pressed = self.isDown() or self.underMouse()
        if self.filled:
            fill = QColor(look.accent)
            return (fill.darker(112) if pressed else fill), QColor(look.on_accent), fill
        fill = QColor(look.hover if pressed else look.surface)
        return fill, QColor(getattr(look, self.tone)), QColor(look.border)

    def _paint_text(self, painter: QPainter, box: QRectF, ink: QColor) -> None:
        inner = box.adjusted(theme.px(11), 0, -theme.px(11), 0)
        if self._pictured:
            side = theme.px(18)
            left = inner.left() if self.text() else box.center().x() - side / 2
            spot = QRectF(left, inner.center().y() - side / 2, side, side)
            self.icon().paint(painter, spot.toRect())
            inner.setLeft(spot.right() + theme.px(6))
        painter.setPen(ink)
        painter.setFont(theme.font("body"))
        if not self._keys:
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic, self.text())
            return
        painter.drawText(inner, _LEFT | Qt.TextFlag.TextShowMnemonic, self.text())
        painter.setFont(theme.font("small"))
        painter.setPen(ink if self.filled else theme.colour("muted"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._keys)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _plain(text: str) -> str:
    """The text as it is seen, without the mark of its mnemonic."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def paint_ring(painter: QPainter, box: QRectF, radius: float) -> None:
    """The focus ring, 2 px, just inside `box`."""
    painter.setPen(QPen(theme.colour("focus"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)


def paint_tick(painter: QPainter, box: QRectF, ink: QColor) -> None:
    """A tick that fills `box`, drawn, since not every font has one."""
    pen = QPen(ink, max(2.0, box.width() / 6))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    left, top, side = box.left(), box.top(), box.width()
    painter.drawPolyline(
        QPolygonF(
            [
                QPointF(left + side * 0.1, top + side * 0.55),
                QPointF(left + side * 0.4, top + side * 0.85),
                QPointF(left + side * 0.92, top + side * 0.18),
            ]
        )
    )


def paint_chevron(painter: QPainter, box: QRectF, ink: QColor) -> None:
    """The arrow of a list that opens, as the icon `chevron_down`: drawn, so that no icon has to be loaded for it."""
    pen = QPen(ink, box.width() * 1.8 / 24)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    left, top, side = box.left(), box.top(), box.width()
    painter.drawPolyline(
        QPolygonF(
            [
                QPointF(left + side * x, top + side * y)
                for x, y in ((0.25, 0.375), (0.5, 0.625), (0.75, 0.375))
            ]
        )
    )


class PrimaryButton(Button):
    """The one act a screen is there for."""

    filled = True


class DangerButton(Button):
    """An act that throws something away."""

    tone = "danger"


class LinkButton(QAbstractButton):
    """An act or a place to go, as underlined text within other text. Wraps nowhere; at least 24 px high."""

    def __init__(self, text: str = "", step: str = "hint", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step = step
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font(self._step))
        width = max(metrics.horizontalAdvance(_plain(self.text())) + theme.px(8) + 2, 24)
        return QSize(width, max(metrics.height() + 4, theme.px(24)))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme.px(60)), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.font(self._step)
        font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(theme.colour("accent" if self.isEnabled() else "muted"))
        room = self.rect().adjusted(theme.px(4), 0, -theme.px(4), 0)
        text = QFontMetrics(font).elidedText(_plain(self.text()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, text)
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()), theme.px(5))
