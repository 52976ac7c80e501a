"""The frame of a page: a header with title, line beside it and acts; a body that scrolls when the text is large.

Pages are made when they are first shown and made anew when the language or the text size changes, so they keep
nothing that is not also kept elsewhere.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.widgets import Banner, Heading, Surface, Text


class Header(Surface):
    """Title, a quieter line, acts at the right. At large text the acts go under the title."""

    def __init__(self, title: str, line: str = "", parent: QWidget | None = None) -> None:
        super().__init__("surface", "b", parent)
        self.title = Heading(title, 1, self)
        self.title.setWordWrap(False)
        self.line = Text(line, "body", "muted", self)
        words = QHBoxLayout()
        words.setSpacing(theme.px(16))
        words.addWidget(self.title)
        words.addWidget(self.line, 1)
        self.acts = QHBoxLayout()
        self.acts.setSpacing(theme.px(8))
        wide = theme.scale() <= 1.5
        box: QBoxLayout = QHBoxLayout(self) if wide else QVBoxLayout(self)
        box.setContentsMargins(theme.px(20), theme.px(8), theme.px(20), theme.px(8))
        box.setSpacing(theme.px(6))
        box.addLayout(words)
        if wide:
            box.setStretch(0, 1)
        box.addLayout(self.acts)
        if not wide:
            self.acts.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setMinimumHeight(theme.px(56))


class Page(QWidget):
    """Header, a place for messages, and `body`, a vertical layout inside a scroll area."""

    def __init__(self, title: str, line: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.header = Header(title, line, self)
        self.banner = Banner(parent=self)
        self.scroller = Scroll(self)
        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        self.body.setSpacing(theme.px(14))
        self.scroller.setWidget(inner)
        messages = QVBoxLayout()
        messages.setContentsMargins(theme.px(20), 0, theme.px(20), 0)
        messages.addWidget(self.banner)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.header)
        box.addLayout(messages)
        box.addWidget(self.scroller, 1)

    def add_column(self, widest: int) -> QVBoxLayout:
        """A column at the left of the body, at most so many logical pixels wide.

        Cards with such a limit of their own would be given the height that their words need at the full width.
        """
        holder = QWidget()
        holder.setMaximumWidth(theme.px(widest))
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        line = QHBoxLayout()
        line.addWidget(holder, 1)
        line.addStretch(0)
        self.body.addLayout(line)
        self.body.addStretch(1)
        return column

    def first_focus(self) -> None:
        """Put the focus where work on this page begins."""
        self.header.title.setFocus()

    def refresh(self) -> None:
        """Show what holds now."""


class Scroll(QScrollArea):
    """Scrolls up and down only, keeps what has the focus in sight with a line of context around it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # One of our own, which has no ground; asking Qt for its viewport would make every class of widget known.
        self.setViewport(QWidget())
        QApplication.instance().focusChanged.connect(self._follow)

    def setWidget(self, widget: QWidget) -> None:
        super().setWidget(widget)
        widget.setAutoFillBackground(False)
        widget.setBackgroundRole(QPalette.ColorRole.NoRole)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.widget() is not None:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        inner = self.widget()
        if now is not None and inner is not None and inner.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, theme.px(40))
