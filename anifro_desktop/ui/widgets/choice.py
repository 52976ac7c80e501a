"""One choice out of a few, as segments: chosen is filled and ticked, the keys stand on the buttons.

The widget keeps no answer: it tells what was clicked and shows what it is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGroupBox, QSizePolicy, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.widgets.buttons import paint_ring, paint_tick


@dataclass(frozen=True, slots=True)
class Option:
    """One segment. key: what it is called in signals; keys: the key that chooses it, shown on the button."""

    key: str
    text: str
    keys: str = ""


class Segment(QAbstractButton):
    """One button of a choice. Its state is set from outside; a click changes nothing by itself."""

    def __init__(self, option: Option, parent: QWidget) -> None:
        super().__init__(parent)
        self.option = option
        self.setText(option.text)
        self.setAccessibleName(option.text)
        self._widest = option.text
        self._least = 0
        self._asked: tuple[str, str, float] = ("", "", 0.0)
        self._size = (0, 0)
        self.read_only = False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_text(self, text: str, name: str = "") -> None:
        """Say something else. name: for assistive technology, where it differs."""
        if text != self.text():
            self.setText(text)
            self.updateGeometry()
        self.setAccessibleName(name or text)

    def reserve(self, texts: Sequence[str]) -> None:
        """Keep room for the longest of these texts, so that columns stay where they are."""
        self._widest = max([self._widest, *texts], key=len)

    def widen(self, least: int) -> None:
        """Be at least so many pixels wide, to stand in line with the segments of other rows."""
        self._least = least

    def show_chosen(self, chosen: bool) -> None:
        """Look chosen or not.

        Auto-exclusive (for the role) is lifted for the moment, so that none may be chosen.
        """
        if self.isChecked() != chosen:
            self.setAutoExclusive(False)
            self.setChecked(chosen)
            self.setAutoExclusive(True)

    def nextCheckState(self) -> None:
        """A click tells, it does not choose."""

    def checkStateSet(self) -> None:
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.click()
        else:
            event.ignore()

    def natural_width(self) -> int:
        """The width its own texts need."""
        return self._measured()[0]

    def _measured(self) -> tuple[int, int]:
        """Width and height that its texts need, measured once for a text and a scale."""
        asked = (self.text(), self._widest, theme.scale())
        if asked != self._asked:
            metrics = QFontMetrics(theme.font("body"))
            # The tick of a chosen one, or the key, stands beside the text: the room for it is always there.
            width = max(metrics.horizontalAdvance(text) for text in asked[:2]) + theme.px(44)
            height = max(metrics.height() + theme.px(12), theme.px(32))
            self._asked, self._size = asked, (max(width, theme.px(48)), height)
        return self._size

    def sizeHint(self) -> QSize:
        width, height = self._measured()
        return QSize(max(width, self._least), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        open_ = self.isEnabled() and not self.read_only
        fill = look.accent if chosen else look.hover if open_ and self.underMouse() else look.surface
        edge = look.accent if chosen else look.border if open_ else look.divider
        ink = QColor(look.on_accent if chosen else look.text if open_ else look.muted)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(box, theme.px(7), theme.px(7))
        self._paint_words(painter, ink, chosen)
        if self.hasFocus():
            painter.setPen(QPen(ink, 1, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), theme.px(5), theme.px(5))

    def _paint_words(self, painter: QPainter, ink: QColor, chosen: bool) -> None:
        room = QRectF(self.rect()).adjusted(theme.px(9), 0, -theme.px(9), 0)
        mark = theme.px(13)
        spot = QRectF(room.left(), room.center().y() - mark / 2, mark, mark)
        if chosen:
            paint_tick(painter, spot, ink)
        elif self.option.keys and not self.read_only:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("muted"))
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, self.option.keys)
        if chosen or self.option.keys:
            room.setLeft(spot.right() + theme.px(4))
        painter.setFont(theme.font("body"))
        painter.setPen(ink)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self.text())


class SegmentedChoice(QGroupBox):
    """Segments beside each other, in lines where the width asks for it. One stop for Tab; arrows move within.

    A group box for the role (grouping, with its name) that assistive technology reads; it paints no frame.
    """

    chosen = Signal(str)  # the option that was clicked, also when it is the one chosen already

    def __init__(self, options: Sequence[Option] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.segments: tuple[Segment, ...] = ()
        self._chosen: str | None = None
        self.set_options(options)

    def set_options(self, options: Sequence[Option]) -> None:
        """Show other options; none is chosen then."""
        for old in self.segments:
            old.hide()
            old.deleteLater()
        self.segments = tuple(Segment(option, self) for option in options)
        for segment in self.segments:
            segment.clicked.connect(lambda _=False, key=segment.option.key: self.chosen.emit(key))
            segment.show()
        self._chosen = None
        self._rove()
        self._arrange()
        self.updateGeometry()

    def set_chosen(self, key: str | None) -> None:
        """Show `key` as chosen, or none."""
        self._chosen = key
        for segment in self.segments:
            segment.show_chosen(segment.option.key == key)
        self._rove()

    def set_read_only(self, read_only: bool) -> None:
        """Look as what can be read and not changed. The segments stay in reach of Tab, to be read."""
        for segment in self.segments:
            segment.read_only = read_only
            segment.update()

    @property
    def chosen_key(self) -> str | None:
        """The option shown as chosen."""
        return self._chosen

    def focus_segment(self) -> Segment | None:
        """The segment that Tab goes to: the chosen one, else the first."""
        first = self.segments[0] if self.segments else None
        return next((segment for segment in self.segments if segment.option.key == self._chosen), first)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        if target := self.focus_segment():
            target.setFocus(reason)

    def _rove(self) -> None:
        stop = self.focus_segment()
        for segment in self.segments:
            policy = Qt.FocusPolicy.StrongFocus if segment is stop else Qt.FocusPolicy.ClickFocus
            segment.setFocusPolicy(policy)
        # No focus proxy: Tab would stop at the group too, wherever in the order the group stands.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        at = next((i for i, segment in enumerate(self.segments) if segment.hasFocus()), None)
        if step and at is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.segments[(at + step) % len(self.segments)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            event.ignore()

    def _lines(self, width: int) -> list[tuple[Segment, QRect]]:
        gap, x, y, placed = theme.px(5), 0, 0, []
        for segment in self.segments:
            size = segment.sizeHint()
            if x and x + size.width() > width:
                x, y = 0, y + size.height() + gap
            placed.append((segment, QRect(x, y, min(size.width(), max(width, 24)), size.height())))
            x += size.width() + gap
        return placed

    def _arrange(self) -> None:
        for segment, place in self._lines(self.width()):
            segment.setGeometry(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def sizeHint(self) -> QSize:
        sizes = [segment.sizeHint() for segment in self.segments]
        width = sum(size.width() for size in sizes) + theme.px(5) * max(len(sizes) - 1, 0)
        return QSize(width, max((size.height() for size in sizes), default=theme.px(32)))

    def minimumSizeHint(self) -> QSize:
        sizes = [segment.sizeHint() for segment in self.segments]
        return QSize(max((size.width() for size in sizes), default=0), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((place.bottom() + 1 for _, place in self._lines(width)), default=theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        """No frame: the segments are the picture. A lone choice outside a question row has its ring here."""
        if self.property("ring") and any(segment.hasFocus() for segment in self.segments):
            paint_ring(QPainter(self), QRectF(self.rect()), theme.px(6))
