"""The rail at the left: where one is and where one can go, as symbol and word. Arrow keys move within it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from anifro_desktop.ui import icons, theme
from anifro_desktop.ui.widgets import Surface

PLACES = ("today", "patients", "send", "settings", "lock")


class RailButton(QAbstractButton):
    """One place. The chosen one is filled, has a bar at its side and says so to a screen reader."""

    def __init__(self, key: str, text: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.setText(text)
        self.setCheckable(key not in ("lock", "menu"))
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({keys})")
        self.setAccessibleDescription(keys)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def nextCheckState(self) -> None:
        """Only the shell chooses: a click may be refused."""

    def sizeHint(self) -> QSize:
        words = QFontMetrics(theme.font("small")).horizontalAdvance(self.text())
        return QSize(max(theme.px(68), words + theme.px(16)), theme.px(54))

    def paintEvent(self, event) -> None:
        look = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(4, 2, -4, -2)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("rail_chosen"))
            painter.drawRoundedRect(box, theme.px(8), theme.px(8))
        if self.isChecked():
            painter.setBrush(theme.colour("on_rail"))
            painter.drawRoundedRect(QRectF(box.left(), box.top() + 8, 3, box.height() - 16), 1.5, 1.5)
        side, gap, words = theme.px(20), theme.px(2), theme.px(17)
        top = box.center().y() - (side + gap + words) / 2
        spot = QRectF(box.center().x() - side / 2, top, side, side)
        icons.paint(painter, spot, self.key, theme.colour("on_rail"))
        painter.setPen(theme.colour("on_rail"))
        painter.setFont(theme.font("small_strong" if self.isChecked() else "small"))
        room = QRectF(box.left(), spot.bottom() + gap, box.width(), words)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            painter.setPen(
                QPen(theme.colour("on_rail") if look.name != "contrast" else theme.colour("focus"), 2)
            )
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.px(7), theme.px(7))


class Rail(Surface):
    """The places, in their order; settings and lock at the foot."""

    chosen = Signal(str)  # a place of PLACES was asked for
    menu_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("rail", parent=parent)
        self.setAccessibleName(self.tr("Places"))
        self.buttons = {key: RailButton(key, text, keys, self) for key, text, keys in self._places()}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, theme.px(10), 0, theme.px(8))
        box.setSpacing(theme.px(4))
        self.menu = RailButton("menu", self.tr("Menu"), "Alt+M", self)
        self.menu.setShortcut(QKeySequence("Alt+M"))
        self.menu.clicked.connect(self.menu_wanted)
        box.addWidget(self.menu)
        for key, button in self.buttons.items():
            if key == "settings":
                box.addStretch(1)
            box.addWidget(button)
            button.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))

    def _places(self) -> tuple[tuple[str, str, str], ...]:
        return (
            ("today", self.tr("Today"), "Alt+1"),
            ("patients", self.tr("Patients"), "Alt+2"),
            ("send", self.tr("Send"), "Alt+3"),
            ("settings", self.tr("Settings"), "Alt+4"),
            ("lock", self.tr("Lock"), "Ctrl+L"),
        )

    def show_place(self, key: str) -> None:
        """Mark where one is."""
        for name, button in self.buttons.items():
            button.setChecked(name == key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        order = [self.menu, *self.buttons.values()]
        at = next((index for index, button in enumerate(order) if button.hasFocus()), None)
        if step and at is not None:
            order[(at + step) % len(order)].setFocus(Qt.FocusReason.TabFocusReason)
        elif at is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            order[at].click()
        else:
            super().keyPressEvent(event)
