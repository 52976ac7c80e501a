"""The small line of a score over the visits, beside the number. A picture of what the course shows in full."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

LEAST_TOP = 8.0  # the scale reaches at least this far, so that 0 to 1 does not look like a flare


def paint_sparkline(painter: QPainter, box: QRectF, values: Sequence[float | None], ink: QColor) -> None:
    """Draw the values from left to right, 0 at the foot; an unknown value breaks the line."""
    known = [value for value in values if value is not None]
    if not known:
        return
    top = max(*known, LEAST_TOP)
    step = box.width() / max(len(values) - 1, 1)
    painter.setPen(QPen(ink, 1.6))
    run: list[QPointF] = []
    for index, value in enumerate(values):
        if value is None:
            _draw(painter, run)
            run = []
        else:
            run.append(QPointF(box.left() + index * step, box.bottom() - box.height() * value / top))
    _draw(painter, run)
    if values[-1] is not None:
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(box.left() + (len(values) - 1) * step, run[-1].y()), 1.8, 1.8)


def _draw(painter: QPainter, run: list[QPointF]) -> None:
    if len(run) > 1:
        painter.drawPolyline(QPolygonF(run))
    elif run:
        painter.drawPoint(run[0])
