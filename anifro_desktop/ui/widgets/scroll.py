"""A scroll area that moves up and down only, with a slim bar in the theme's colours."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget

from anifro_desktop.ui import theme


class SlimBar(QScrollBar):
    """A bar of 12 px: a rounded handle, no arrows. The keys and the wheel do what they always do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._restyle()
        theme.signals().changed.connect(self._restyle)

    def _restyle(self) -> None:
        look = theme.tokens()
        self.setStyleSheet(
            "QScrollBar:vertical{background:transparent;width:12px;margin:0}"
            f"QScrollBar::handle:vertical{{background:{look.border};min-height:28px;border-radius:4px;margin:2px}}"
            f"QScrollBar::handle:vertical:hover{{background:{look.accent}}}"
            "QScrollBar::add-line,QScrollBar::sub-line{height:0}"
            "QScrollBar::add-page,QScrollBar::sub-page{background:transparent}"
        )


class Scroll(QScrollArea):
    """Shows a widget as wide as itself; what is too high scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setVerticalScrollBar(SlimBar(self))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def keep_in_sight(self, widget: QWidget, context: int) -> None:
        """Scroll so that a widget inside is seen, with `context` pixels of what is around it."""
        content = self.widget()
        if content is None or not content.isAncestorOf(widget):
            return
        top = widget.mapTo(content, QPoint(0, 0)).y()
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if top - context < bar.value() or widget.height() + 2 * context > height:
            bar.setValue(max(top - context, 0))
        elif top + widget.height() + context > bar.value() + height:
            bar.setValue(top + widget.height() + context - height)
