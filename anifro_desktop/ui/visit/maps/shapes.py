"""Simple shapes that figures are put together from, in units of the drawing."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QPolygonF, QTransform

Point = tuple[float, float]


def limb(width: float, *points: Point) -> QPainterPath:
    """A limb of a width along a line, with round ends."""
    line = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        line.lineTo(QPointF(*point))
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return stroker.createStroke(line).simplified()


def plate(rounding: float, *points: Point) -> QPainterPath:
    """A flat part with rounded corners."""
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(*point) for point in points]))
    path.closeSubpath()
    return path.united(limb(rounding, *points, points[0]))


def together(parts: Iterable[QPainterPath]) -> QPainterPath:
    """Parts as one outline."""
    whole = QPainterPath()
    for part in parts:
        whole = whole.united(part)
    return whole


def mirrored(path: QPainterPath, middle: float) -> QPainterPath:
    """The same on the other side of a vertical line."""
    return QTransform(-1, 0, 0, 1, 2 * middle, 0).map(path)
