"""A painted figure with spots on it, in units of its own that grow with the room there is.

Rules kept here: every spot keeps its distance at every size; an arrow goes to the nearest spot in its direction; the
figure is one stop for Tab, at the spot that had the focus last.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from math import floor, hypot

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.visit.maps.spot import LEAST, Spot

Places = Mapping[str, tuple[float, float]]
GROWTH = 1.2  # how much wider than its least width a figure becomes


class Figure(QWidget):
    """A drawing and its spots.

    base: width and height in units of the drawing; a unit is at least one logical pixel. side: of a spot, in units.
    places: the middle of each spot. fills: colours of the regions of spots, where the drawing has regions.
    """

    def __init__(self, places: Places, base: tuple[float, float], side: float, parent: QWidget) -> None:
        super().__init__(parent)
        self.places = places
        self.base, self.side = base, side
        self.spots: dict[str, Spot] = {}
        self.fills: Mapping[str, str] = {}
        self._shown: tuple[str, ...] = ()
        self.current = ""
        self._painted: Hashable = None
        self._picture = QPixmap()

    # Size

    @property
    def least_width(self) -> int:
        """The narrowest it can be."""
        return theme.px(self.base[0])

    @property
    def most_width(self) -> int:
        """The widest it becomes."""
        return theme.px(self.base[0] * GROWTH)

    def height_at(self, width: int) -> int:
        """Its height at a width."""
        return round(width * self.base[1] / self.base[0])

    @property
    def unit(self) -> float:
        """Pixels for one unit of the drawing."""
        return self.width() / self.base[0]

    # Spots

    def show_spots(self, keys: Iterable[str]) -> None:
        """Show these spots, in this order, and no others."""
        self._shown = tuple(keys)
        for key, spot in self.spots.items():
            spot.setVisible(key in self._shown)
        if self.current not in self._shown:
            self.current = self._shown[0] if self._shown else ""
        self.rove()

    @property
    def shown(self) -> tuple[str, ...]:
        """The spots on show, in reading order."""
        return self._shown

    def rove(self) -> None:
        """Let Tab stop at the current spot only."""
        for key, spot in self.spots.items():
            policy = Qt.FocusPolicy.StrongFocus if key == self.current else Qt.FocusPolicy.ClickFocus
            spot.setFocusPolicy(policy)

    def arrange(self) -> None:
        """Put every spot in its place."""
        unit = self.unit
        side = max(floor(self.side * unit), LEAST)
        for key in self._shown:
            x, y = self.places[key]
            self.spots[key].setGeometry(round(x * unit - side / 2), round(y * unit - side / 2), side, side)

    def neighbour(self, key: str, dx: int, dy: int) -> str:
        """The nearest spot in a direction: what lies straight ahead before what lies aside. Empty at the edge."""
        x, y = self.places[key]
        best, least = "", float("inf")
        for other in self._shown:
            ox, oy = self.places[other]
            ahead = (ox - x) * dx + (oy - y) * dy
            aside = abs((ox - x) * dy) + abs((oy - y) * dx)
            if ahead <= 0 or aside > 2.5 * ahead:
                continue
            cost = hypot(ahead, 2 * aside)
            if cost < least:
                best, least = other, cost
        return best

    # Paint

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        key = (self.size(), self.devicePixelRatioF(), theme.tokens().name, self.base, self.drawn_with())
        if key != self._painted:
            self._painted, self._picture = key, self._paint()
        QPainter(self).drawPixmap(0, 0, self._picture)

    def _paint(self) -> QPixmap:
        """The drawing as it is now: kept, since every change of a spot shows what is under it anew."""
        picture = QPixmap(self.size() * self.devicePixelRatioF())
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.scale(self.unit, self.unit)
        self.draw(painter)
        painter.restore()
        painter.setPen(theme.colour("muted"))
        painter.setFont(theme.font("small"))
        for (x, y), word in self.words():
            room = QRectF(0, 0, self.width(), theme.px(40))
            room.moveCenter(QPointF(x, y) * self.unit)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, word)
        painter.end()
        return picture

    def drawn_with(self) -> Hashable:
        """What the drawing depends on beside size and colours."""
        return ()

    def draw(self, painter: QPainter) -> None:
        """Paint the drawing, in its units."""
        raise NotImplementedError

    def words(self) -> Sequence[tuple[tuple[float, float], str]]:
        """Words on the drawing, each with its middle."""
        return ()

    def draw_shape(self, painter: QPainter, shape: QPainterPath, fill: str, edge: str = "border") -> None:
        """Paint a part of the body."""
        pen = QPen(theme.colour(edge), 1.2)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(theme.colour(fill))
        painter.drawPath(shape)
