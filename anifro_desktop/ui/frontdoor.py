"""The ground of the screens before a site is open: the name of the program, the language, one card in the middle, and
where the card may be higher than the window a foot that does not scroll."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.page import Scroll
from anifro_desktop.ui.widgets import Card, Heading, Hint, Option, SegmentedChoice, Surface
from anifro_desktop.ui.widgets.flow import FlowLayout

NAME = "Anifro"


class Mark(QWidget):
    """The sign of the program: a letter on the accent. A picture only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(theme.px(40), theme.px(40))

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.px(9), theme.px(9))
        painter.setPen(theme.colour("on_accent"))
        painter.setFont(theme.font("title"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "A")


class LanguageChoice(SegmentedChoice):
    """Italiano or English, each in its own language."""

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        super().__init__((Option("it", "Italiano"), Option("en", "English")), parent)
        self.setAccessibleName("Lingua / Language")
        self.set_chosen(language)


class FrontDoor(QWidget):
    """Fill `card.body`. width: of the card in logical pixels at 100 %."""

    language_wanted = Signal(str)

    def __init__(self, language: str, line: str, width: int = 480, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        top = QHBoxLayout()
        top.setContentsMargins(theme.px(20), theme.px(14), theme.px(20), 0)
        top.setSpacing(theme.px(12))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(Heading(NAME, 1, self))
        names.addWidget(Hint(line, self))
        top.addWidget(Mark(self))
        top.addLayout(names, 1)
        self.languages = LanguageChoice(language, self)
        self.languages.chosen.connect(self.language_wanted)
        top.addWidget(self.languages)
        self.card = Card(parent=self)
        self.card.body.setSpacing(theme.px(14))
        self.card.setMaximumWidth(theme.px(width))
        self.card.setMinimumWidth(min(theme.px(width), 900))
        middle = QWidget()
        grid = QGridLayout(middle)
        grid.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(20))
        grid.addWidget(self.card, 1, 1)
        grid.setRowStretch(0, 2)
        grid.setRowStretch(2, 3)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        self.scroller = Scroll(self)
        self.scroller.setWidget(middle)
        self._foot: QVBoxLayout | None = None
        self.card.installEventFilter(self)
        self._all = QVBoxLayout(self)
        self._all.setContentsMargins(0, 0, 0, 0)
        self._all.addLayout(top)
        self._all.addWidget(self.scroller, 1)

    def add_foot(self, said: Sequence[QWidget], acts: Sequence[QWidget]) -> Surface:
        """A foot under the card, always in sight. said: what tells how it goes, one under the other; acts: buttons, the
        main one first."""
        foot = Surface("surface", "t", self)
        column = QVBoxLayout(foot)
        column.setSpacing(theme.px(8))
        for part in said:
            column.addWidget(part)
        row = QWidget(foot)
        flow = FlowLayout(row, theme.px(8))
        for act in acts:
            flow.addWidget(act)
        column.addWidget(row)
        self._all.addWidget(foot)
        self._foot = column
        self._follow_card()
        return foot

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The foot's content keeps to the card's edges, wherever the scroll bar and the text's size put them."""
        if watched is self.card and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._follow_card()
        return super().eventFilter(watched, event)

    def _follow_card(self) -> None:
        if self._foot is None:
            return
        left = self.card.mapTo(self, QPoint(0, 0)).x()
        right = self.width() - left - self.card.width()
        inside, high = theme.px(16), theme.px(10)
        self._foot.setContentsMargins(max(left, 0) + inside, high, max(right, 0) + inside, high)
