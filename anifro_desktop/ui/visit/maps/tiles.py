"""Totals under a body map: a large number each, with what it counts; a range while answers are missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.widgets.flow import FlowLayout

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Total:
    """A number between least and most (the same once it is known), what it counts, and what it was."""

    least: int
    most: int
    caption: str
    before: str = ""

    @property
    def text(self) -> str:
        """The number, or the range."""
        return str(self.least) if self.least == self.most else f"{self.least}–{self.most}"

    @property
    def spoken(self) -> str:
        """The same for the ear."""
        if self.least == self.most:
            number = str(self.least)
        else:
            number = translate("Map", "{least} to {most}").format(least=self.least, most=self.most)
        return ". ".join(part for part in (f"{self.caption}: {number}", self.before) if part)


class Tile(QWidget):
    """One total."""

    def __init__(self, total: Total, parent: QWidget) -> None:
        super().__init__(parent)
        self.total = total
        self.show_total(total)

    def show_total(self, total: Total) -> None:
        """Show another number."""
        self.total = total
        self.setAccessibleName(total.spoken)
        self.updateGeometry()
        self.update()

    def _lines(self) -> tuple[tuple[str, str, str], ...]:
        lines = (("figure", "text", self.total.text), ("small", "text", self.total.caption))
        return (*lines, ("small", "muted", self.total.before)) if self.total.before else lines

    def sizeHint(self) -> QSize:
        metrics = [(QFontMetrics(theme.font(step)), text) for step, _, text in self._lines()]
        width = max(one.horizontalAdvance(text) for one, text in metrics)
        return QSize(width + theme.px(24), sum(one.height() for one, _ in metrics) + theme.px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("divider"), 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(8), theme.px(8))
        y = theme.px(6)
        for step, ink, text in self._lines():
            font = theme.font(step)
            height = QFontMetrics(font).height()
            painter.setFont(font)
            painter.setPen(theme.colour(ink))
            painter.drawText(QRect(theme.px(12), y, self.width() - theme.px(14), height), _LEFT, text)
            y += height


class Tiles(QWidget):
    """Totals beside each other."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, gap=theme.px(8))
        self.tiles: list[Tile] = []
        self.hide()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.tiles

    def show_totals(self, totals: Sequence[Total]) -> bool:
        """Show these; True if they need another height."""
        if [tile.total for tile in self.tiles] == list(totals):
            return False
        before = self.heightForWidth(self.width())
        while len(self.tiles) > len(totals):
            tile = self.tiles.pop()
            self._flow.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        for tile, total in zip(self.tiles, totals, strict=False):
            tile.show_total(total)
        for total in totals[len(self.tiles) :]:
            self.tiles.append(Tile(total, self))
            self._flow.addWidget(self.tiles[-1])
            self.tiles[-1].show()
        self.setVisible(bool(totals))
        return self.heightForWidth(self.width()) != before

    def heightForWidth(self, width: int) -> int:
        return self._flow.heightForWidth(width)
