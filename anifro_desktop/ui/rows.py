"""A list of things in rows, the same on every page: painted plainly, moved through by arrows, opened by Enter.

A table to the eye and to a screen reader (every cell has its text, also where it is drawn as a badge or a line).
When it gets narrow, columns leave in the order they say, and those that wrap make their rows taller; it never scrolls
sideways.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from anifro_desktop.ui import theme
from anifro_desktop.ui.sparkline import paint_sparkline

_BEFORE, _AFTER = 12, 4  # logical pixels beside the words of a cell
_ROW, _HEAD = 40, 34
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column:
    """One column. text: what a cell says. width: logical pixels at 100 %; the widest kind is stretched.

    tone: where given, the text stands on a badge of that tone ("" = no badge). after: plain text after the badge.
    values: where given, a small line of these is drawn after the text. strong: in bold. drop: the higher, the sooner
    the column leaves when room is short; 0 stays. wraps: a long text goes on below instead of being cut.
    """

    title: str
    text: Callable[[Any], str]
    width: int
    tone: Callable[[Any], str] | None = None
    after: Callable[[Any], str] | None = None
    values: Callable[[Any], Sequence[float | None]] | None = None
    strong: bool = False
    drop: int = 0
    wraps: bool = False


class _Model(QAbstractTableModel):
    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.items: tuple[Any, ...] = ()

    def show(self, items: Sequence[Any]) -> None:
        self.beginResetModel()
        self.items = tuple(items)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        column, item = self.columns[index.column()], self.items[index.row()]
        text = column.text(item)
        after = column.after(item) if column.after else ""
        said = " ".join(part for part in (text, after) if part)
        return f"{column.title}: {said}" if role == Qt.ItemDataRole.AccessibleTextRole else said

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.columns[section].title
        return None


class _Cells(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        model: Any = index.model()
        column, item = model.columns[index.column()], model.items[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, index.column() == 0)
        room = QRectF(option.rect).adjusted(theme.px(_BEFORE), 0, -theme.px(_AFTER), 0)
        tone = column.tone(item) if column.tone else ""
        if column.wraps:
            _lines(painter, room, column.text(item))
            used = room.width()
        elif tone:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            used = _badge(painter, room, column.text(item), tone, chosen)
        else:
            used = _words(painter, room, column.text(item), "strong" if column.strong else "body")
        room.setLeft(room.left() + used + theme.px(8))
        if column.after and column.after(item):
            _words(painter, room, column.after(item), "body")
        if column.values:
            height = theme.px(16)
            wide = min(theme.px(64), room.width())  # a long number leaves less
            room = QRectF(room.left(), room.center().y() - height / 2, wide, height)
            paint_sparkline(painter, room, column.values(item), theme.colour("accent"))
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, first: bool) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if chosen or hovered:
            painter.fillRect(option.rect, theme.colour("accent_soft" if chosen else "hover"))
        painter.setPen(QPen(theme.colour("divider"), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if chosen and first:
            painter.fillRect(
                option.rect.left(), option.rect.top(), 3, option.rect.height(), theme.colour("accent")
            )

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(theme.px(60), theme.px(40))


def _words(painter: QPainter, room: QRectF, text: str, step: str) -> float:
    font = theme.font(step)
    painter.setFont(font)
    painter.setPen(theme.colour("text"))
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(int(room.width()), 0))
    painter.drawText(room, _LEFT, shown)
    return metrics.horizontalAdvance(shown)


def _laid(text: str, width: float) -> tuple[QTextLayout, float]:
    """A text in lines of a width, and how high they are; a word longer than a line is broken."""
    layout = QTextLayout(text, theme.font("body"))
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout, height


def _lines(painter: QPainter, room: QRectF, text: str) -> None:
    layout, height = _laid(text, room.width())
    painter.setPen(theme.colour("text"))
    layout.draw(painter, QPointF(room.left(), room.center().y() - height / 2))


def _badge(painter: QPainter, room: QRectF, text: str, tone: str, outlined: bool) -> float:
    ink, ground = theme.tokens().tone(tone)
    font = theme.font("small_strong")
    metrics = QFontMetrics(font)
    width = min(metrics.horizontalAdvance(text) + theme.px(18), room.width())
    height = max(metrics.height() + 4, theme.px(22))
    box = QRectF(room.left(), room.center().y() - height / 2, width, height)
    # On the ground of the chosen row a soft badge would be lost without its outline.
    painter.setPen(ink if outlined or theme.tokens().name == "contrast" else Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, height / 2, height / 2)
    painter.setPen(ink)
    painter.setFont(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width - theme.px(10)))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
    return width


class _Titles(QHeaderView):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setDefaultAlignment(_LEFT)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(_HEAD))

    def paintSection(self, painter: QPainter, rect, index: int) -> None:
        painter.fillRect(rect, theme.colour("surface"))
        painter.setPen(theme.colour("muted"))
        font = theme.font("small_strong")
        painter.setFont(font)
        room = rect.adjusted(theme.px(12), 0, -2, 0)
        title = str(self.model().headerData(index, Qt.Orientation.Horizontal))
        title = QFontMetrics(font).elidedText(title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, title)
        painter.setPen(theme.colour("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())


class Rows(QTableView):
    """The list. name: what it is, for a screen reader. stretch: index of the column that takes what room is left.

    unrolled: it is as high as all its rows and leaves the scrolling to its page."""

    opened = Signal(object)  # the item that Enter or a double click opened
    current = Signal(object)  # the item the cursor stands on, None for none

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        stretch: int = 1,
        parent: QWidget | None = None,
        *,
        unrolled: bool = False,
    ) -> None:
        super().__init__(parent)
        self._unrolled = unrolled
        self._model = _Model(columns)
        self._stretch = stretch
        self.setAccessibleName(name)
        self.setHorizontalHeader(_Titles(self))
        self.horizontalHeader().setAccessibleName(name)
        self.setModel(self._model)
        self.setItemDelegate(_Cells(self))
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(40))
        self.verticalHeader().setMinimumSectionSize(24)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._model.items[index.row()]))
        self.selectionModel().currentRowChanged.connect(lambda *_: self.current.emit(self.item))

    @property
    def items(self) -> tuple[Any, ...]:
        """What is listed."""
        return self._model.items

    @property
    def item(self) -> Any | None:
        """The item the cursor stands on."""
        row = self.currentIndex().row()
        return self._model.items[row] if 0 <= row < len(self._model.items) else None

    def show_items(
        self, items: Sequence[Any], key: Callable[[Any], object] = id, *, first: bool = True
    ) -> None:
        """List these; the cursor stays on the item with the same `key`, else it goes to the first. first: False where
        one is to be chosen knowingly: it goes to none."""
        before = key(self.item) if self.item is not None else None
        self._model.show(items)
        at = next((row for row, item in enumerate(items) if key(item) == before), 0 if first else -1)
        self.setCurrentIndex(self._model.index(at, 0))
        if self.item is None:
            self.current.emit(None)
        self._share_height()
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.item is not None:
            self.opened.emit(self.item)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        room = self.viewport().width()
        shown = list(range(len(self._model.columns)))
        columns = self._model.columns
        for index in sorted(shown, key=lambda at: -columns[at].drop):
            if sum(theme.px(columns[at].width) for at in shown) <= room or not columns[index].drop:
                break
            shown.remove(index)
        for index, column in enumerate(columns):
            self.setColumnHidden(index, index not in shown)
            self.setColumnWidth(index, theme.px(column.width))
        left = room - sum(theme.px(columns[at].width) for at in shown)
        at = self._stretch if self._stretch in shown else shown[-1]
        self.setColumnWidth(at, max(theme.px(columns[at].width) + left, theme.px(40)))
        self._share_height()

    def _share_height(self) -> None:
        """Rows as high as what wraps in them; the list as high as all of them, where it does not scroll itself."""
        wrapping = [
            (column, self.columnWidth(at) - theme.px(_BEFORE + _AFTER))
            for at, column in enumerate(self._model.columns)
            if column.wraps and not self.isColumnHidden(at)
        ]
        known: dict[tuple[str, int], int] = {}  # the same words stand in many rows

        def needed(text: str, width: int) -> int:
            if (text, width) not in known:
                known[text, width] = ceil(_laid(text, width)[1]) + theme.px(16)
            return known[text, width]

        for row, item in enumerate(self.items if wrapping else ()):
            tall = max(theme.px(_ROW), *(needed(column.text(item), width) for column, width in wrapping))
            if self.rowHeight(row) != tall:
                self.setRowHeight(row, tall)
        if self._unrolled:
            rows = self.verticalHeader().length() or theme.px(_ROW)
            self.setFixedHeight(rows + theme.px(_HEAD) + theme.px(3))

    def sizeHint(self) -> QSize:
        rows = min(max(len(self.items), 1), 12)
        return QSize(theme.px(400), theme.px(40) * rows + theme.px(36))

    def paintEvent(self, event) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(theme.colour("focus"), 2))
            row = self.currentIndex().row()
            if row >= 0:
                top, tall = self.rowViewportPosition(row), self.rowHeight(row)
                painter.drawRect(1, top + 1, self.viewport().width() - 3, tall - 3)
            else:
                painter.drawRect(self.viewport().rect().adjusted(1, 1, -2, -2))
