"""Grounds: cards, bars, hairlines and the banner that says something happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.widgets.buttons import LinkButton
from anifro_desktop.ui.widgets.flow import FlowLayout
from anifro_desktop.ui.widgets.text import Heading, Text


class Surface(QWidget):
    """A plain ground in one colour of the theme, hairlines on the sides in `edges` ("t", "r", "b", "l")."""

    def __init__(self, ground: str = "surface", edges: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ground, self._edges = ground, edges

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colour(self._ground))
        painter.setPen(QPen(theme.colour("divider"), 1))
        box = self.rect().adjusted(0, 0, -1, -1)
        lines = {
            "t": (box.topLeft(), box.topRight()),
            "b": (box.bottomLeft(), box.bottomRight()),
            "l": (box.topLeft(), box.bottomLeft()),
            "r": (box.topRight(), box.bottomRight()),
        }
        for edge in self._edges:
            painter.drawLine(*lines[edge])


class Divider(QWidget):
    """A hairline between two parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour("divider"))


class Card(QWidget):
    """A rounded ground for things that belong together. Fill `body`; `title` may stay empty."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout(self)
        self.body.setSpacing(theme.px(8))
        self.heading = Heading(title, 3, self)
        self.heading.setVisible(bool(title))
        self.body.addWidget(self.heading)
        self._restyle()
        theme.signals().changed.connect(self._restyle)

    def set_title(self, title: str) -> None:
        """Show another title; an empty one hides it."""
        self.heading.setText(title)
        self.heading.setVisible(bool(title))

    def _restyle(self) -> None:
        pad = theme.px(16)
        self.body.setContentsMargins(pad, theme.px(14), pad, theme.px(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("divider"), 1))
        painter.setBrush(theme.colour("surface"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.px(10), theme.px(10))


class Banner(QWidget):
    """What happened, to what, and what to do about it, with the acts beside it (under it where there is no room).

    tone: one of the theme's tones. It stays until `hide()`; assistive technology reads `accessibleName`.
    """

    BESIDE = 620

    def __init__(self, tone: str = "info", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self._title = Text("", "strong", parent=self)
        self._text = Text("", parent=self)
        words = QVBoxLayout()
        words.setSpacing(theme.px(1))
        words.addWidget(self._title)
        words.addWidget(self._text)
        self._links = QWidget(self)
        self._acts = FlowLayout(self._links, theme.px(6))
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(theme.px(14), theme.px(8), theme.px(14), theme.px(8))
        self._box.setSpacing(theme.px(4))
        self._box.addLayout(words, 1)
        self._box.addWidget(self._links)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Acts beside the words where there is room."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        beside = self.width() >= theme.px(self.BESIDE)
        self._box.setDirection(ways.LeftToRight if beside else ways.TopToBottom)

    def say(
        self,
        title: str,
        text: str = "",
        acts: Sequence[tuple[str, Callable[[], object]]] = (),
        tone: str | None = None,
    ) -> None:
        """Show a message with its acts: pairs of the words on the link and what it does."""
        self._tone = tone or self._tone
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(f"{title} {text}".strip())
        while item := self._acts.takeAt(0):
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for words, act in acts:
            link = LinkButton(words, "body", self)
            link.clicked.connect(lambda _=False, act=act: act())
            self._acts.addWidget(link)
        self._links.setVisible(bool(acts))
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, ground = theme.tokens().tone(self._tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, 1))
        painter.setBrush(ground)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.px(8), theme.px(8))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawRoundedRect(QRectF(box.left(), box.top(), theme.px(4), box.height()), 2, 2)
