"""Fields to type into and lists to pick from, painted by us.

Rules kept here: never a spin box; the wheel never changes a field that was not clicked into; what is pasted is
trimmed; the border has at least 3:1 and says by a second line, not by colour alone, that something is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.widgets.buttons import paint_chevron
from anifro_desktop.ui.widgets.choice import Option


def paint_field(widget: QWidget, wrong: bool) -> None:
    """The ground and border of a field: thicker when it has the focus, in the danger colour when it is wrong."""
    look = theme.tokens()
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    focus = widget.hasFocus()
    ink = (
        look.danger if wrong else look.focus if focus else look.border if widget.isEnabled() else look.divider
    )
    width = 2 if focus or wrong else 1
    painter.setPen(QPen(QColor(ink), width))
    painter.setBrush(QColor(look.surface if widget.isEnabled() else look.neutral_soft))
    inset = width / 2
    painter.drawRoundedRect(
        QRectF(widget.rect()).adjusted(inset, inset, -inset, -inset), theme.px(6), theme.px(6)
    )


class LineEdit(QLineEdit):
    """A line of text. characters: how wide it is made."""

    def __init__(self, characters: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._characters = characters
        self._wrong = False
        self.setFrame(False)
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(palette)
        self._restyle()
        theme.signals().changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.setTextMargins(theme.px(8), theme.px(2), theme.px(8), theme.px(2))
        self.updateGeometry()

    def set_wrong(self, wrong: bool) -> None:
        """Show, or no longer show, that what stands here has a problem."""
        if wrong != self._wrong:
            self._wrong = wrong
            self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font("body"))
        width = metrics.horizontalAdvance("0") * self._characters + theme.px(22)
        return QSize(width, max(metrics.height() + theme.px(14), theme.px(34)))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme.px(70)), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtGui import QKeySequence  # first with a key, not with the first screen

        if event.matches(QKeySequence.StandardKey.Paste):
            if not self.isReadOnly():
                self.insert(" ".join(QGuiApplication.clipboard().text().split()))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_field(self, self._wrong)
        super().paintEvent(event)


class ComboBox(QComboBox):
    """A list to pick one of, with type-ahead. It shows what it is told; a pick is emitted, not kept."""

    picked = Signal(str)  # the key of the option the user chose

    def __init__(
        self, options: Sequence[Option] = (), placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPlaceholderText(placeholder)
        self.setMaxVisibleItems(20)
        self._wrong = False
        self._shown = -1
        self.set_options(options)
        self.activated.connect(self._activated)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer other options; none is chosen then."""
        self.clear()
        for option in options:
            self.addItem(option.text, option.key)
        self.set_chosen(None)

    def set_chosen(self, key: str | None) -> None:
        """Show `key` as chosen, or none."""
        self._shown = -1 if key is None else self.findData(key)
        self.setCurrentIndex(self._shown)

    def set_wrong(self, wrong: bool) -> None:
        """Show, or no longer show, that what stands here has a problem."""
        if wrong != self._wrong:
            self._wrong = wrong
            self.update()

    def _activated(self, index: int) -> None:
        self.picked.emit(str(self.itemData(index)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space, F4 and Alt+Down open the list, letters look ahead; plain arrows and Enter belong to the page."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in _PAGE_KEYS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font("body"))
        texts = [self.itemText(i) for i in range(self.count())] + [self.placeholderText()]
        width = max(metrics.horizontalAdvance(text) for text in texts) + theme.px(48)
        return QSize(width, max(metrics.height() + theme.px(14), theme.px(34)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(90), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_field(self, self._wrong)
        painter = QPainter(self)
        chosen = self.currentIndex() >= 0
        painter.setPen(theme.colour("text" if chosen and self.isEnabled() else "muted"))
        painter.setFont(theme.font("body"))
        room = self.rect().adjusted(theme.px(10), 0, -theme.px(30), 0)
        text = self.currentText() if chosen else self.placeholderText()
        text = QFontMetrics(theme.font("body")).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        side = theme.px(16)
        spot = QRectF(self.width() - side - theme.px(9), (self.height() - side) / 2, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_chevron(painter, spot, theme.colour("muted"))


_PAGE_KEYS = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
)
