"""One joint or one area of skin on a body map: a small button with its state as a letter, a number or a sign.

Rules kept here: never colour alone (unanswered is dashed with a question mark, normal is ticked, the rest has letters);
a spot shows what it is told and keeps nothing; it is a button to assistive technology, with name and description.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from anifro_desktop.forms.model import Field
from anifro_desktop.ui import theme
from anifro_desktop.ui.widgets.buttons import paint_tick

Sign = Literal["", "tick", "none"]
LEAST = 24  # pixels; a target is never smaller


@dataclass(frozen=True, slots=True)
class Look:
    """What a spot shows. lines: letters or numbers, one line under the other. sign: drawn instead of them (`none`:
    no value, for a reason). open: something of it is not answered. before: it was affected at the visit before.
    problem: tone of what is wrong with it, empty for nothing."""

    lines: tuple[str, ...] = ()
    sign: Sign = ""
    tone: str = "neutral"
    open: bool = False
    before: bool = False
    problem: str = ""


class Spot(QAbstractButton):
    """A button on a body map. round: a joint; else an area.

    Arrows and letters belong to the map, so that they are left to it; a click and the space bar are `clicked`.
    """

    focused = Signal(str)  # its key: the focus came to it

    def __init__(self, key: str, field: Field, round_: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.field = field  # the question that the focus is at while it is here
        self.look = Look(("?",), open=True)
        self.read_only = False
        self._round = round_
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_look(self, look: Look, name: str, description: str) -> None:
        """Look like this, and be called so."""
        self.look = look
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        self.setToolTip("\n".join(part for part in (name, description) if part))
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pointed = self.underMouse() and not self.read_only
        paint_look(painter, QRectF(self.rect()), self.look, self._round, pointed)
        if self.hasFocus():
            half = (
                theme.px(2) / 2
            )  # a ring as thick as the text is large: on a map it is all that says where one is
            painter.setPen(QPen(theme.colour("focus"), 2 * half))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            radius = self.width() / 2 if self._round else theme.px(7)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)


def paint_look(painter: QPainter, room: QRectF, look: Look, round_: bool, pointed: bool = False) -> None:
    """Paint what a spot shows into `room`; the legend uses it too."""
    ink, ground = theme.tokens().tone(look.tone)
    plain = look.tone == "neutral"
    margin = theme.px(3)  # for the ring
    box = room.adjusted(margin, margin, -margin, -margin)
    style = Qt.PenStyle.DashLine if look.open else Qt.PenStyle.SolidLine
    painter.setPen(
        QPen(theme.colour("border") if plain else ink, theme.px(1) if plain else theme.px(2), style)
    )
    painter.setBrush(theme.colour("hover" if pointed else "surface") if plain else ground)
    radius = box.width() / 2 if round_ else theme.px(6)
    painter.drawRoundedRect(box, radius, radius)
    _paint_inside(painter, box, look, theme.colour("text") if plain else ink)
    side = room.height() / 3.6
    if look.before:
        _paint_dot(painter, QRectF(room.right() - side, room.top(), side, side), theme.colour("text"))
    if look.problem:
        side *= 1.4
        mark = QRectF(room.left(), room.top(), side, side)
        _paint_dot(painter, mark, theme.tokens().tone(look.problem)[0])
        font = theme.font("small_strong")
        font.setPixelSize(max(round(side * 0.8), 1))
        painter.setPen(theme.colour("surface"))
        painter.setFont(font)
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, "!")


def _paint_inside(painter: QPainter, box: QRectF, look: Look, ink: QColor) -> None:
    if look.sign == "tick":
        side = min(box.width(), box.height()) * 0.46
        spot = QRectF(0, 0, side, side)
        spot.moveCenter(box.center())
        paint_tick(painter, spot, ink)
    elif look.sign == "none":
        painter.setPen(QPen(ink, 2))
        half = QPointF(box.height() * 0.2, 0)
        painter.drawLine(box.center() - half, box.center() + half)
    else:
        painter.setPen(ink)
        painter.setFont(theme.font("small_strong"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "\n".join(look.lines))


def _paint_dot(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.setPen(QPen(theme.colour("surface"), 1))
    painter.setBrush(ink)
    painter.drawEllipse(box)
