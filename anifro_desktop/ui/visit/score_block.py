"""One score of the panel: figure, name, badge, changes, and its lines with their marks and links."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from anifro_desktop.scores.model import Tri
from anifro_desktop.ui import theme
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.score_lines import Block, Line
from anifro_desktop.ui.widgets import LinkButton, Text
from anifro_desktop.ui.widgets.buttons import paint_ring, paint_tick
from anifro_desktop.ui.widgets.flow import FlowLayout

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_BADGE = "badge"  # for an ink: that of the block's tone


def mark_word(met: Tri) -> str:
    """A criterion's mark in a word."""
    return {
        True: translate("Scores", "met"),
        False: translate("Scores", "not met"),
        None: translate("Scores", "unknown"),
    }[met]


class LineView(QWidget):
    """A line: mark, text, and under it the links that would settle it."""

    go_to = Signal(str)  # field

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._line = Line("")
        self._links: list[LinkButton] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._more = Text("", "small", "muted", self)
        self._more.setWordWrap(False)
        self._more.hide()
        self._flow = FlowLayout(gap=2)
        self._box = QVBoxLayout(self)
        self._box.setSpacing(0)
        self._box.addLayout(self._flow)

    def show_line(self, line: Line) -> None:
        """Say this."""
        if line == self._line:
            return
        if (line.links, line.more) != (self._line.links, self._line.more):
            self._show_links(line)
        self._line = line
        name = line.text if line.plain else f"{mark_word(line.met)}: {line.text}"
        self.setAccessibleName(name)
        self._margins(self.width())
        self.updateGeometry()
        self.update()

    def _show_links(self, line: Line) -> None:
        while len(self._links) < len(line.links):
            link = LinkButton("", "small", self)
            link.clicked.connect(lambda _=False, link=link: self.go_to.emit(link.property("field")))
            self._links.append(link)
            self._flow.removeWidget(self._more)
            self._flow.addWidget(link)
            self._flow.addWidget(self._more)
        for number, link in enumerate(self._links):
            shown = number < len(line.links)
            link.setVisible(shown)
            if shown:
                target = line.links[number]
                link.setText(target.label)
                link.setProperty("field", target.field)
                link.setAccessibleName(translate("Scores", "Go to {question}").format(question=target.label))
                link.updateGeometry()
        self._more.setText(translate("Scores", "and {count} more").format(count=line.more))
        self._more.setVisible(line.more > 0)

    def _indent(self) -> int:
        return 0 if self._line.plain else theme.px(20)

    def _text_height(self, width: int) -> int:
        room = QRect(0, 0, max(width - self._indent(), 40), 10000)
        return QFontMetrics(theme.font("hint")).boundingRect(room, _WRAP, self._line.text).height()

    def _margins(self, width: int) -> None:
        self._box.setContentsMargins(max(self._indent() - theme.px(4), 0), self._text_height(width), 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._margins(self.width())
        super().resizeEvent(event)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        left = max(self._indent() - theme.px(4), 0)
        flow = self._flow.heightForWidth(width - left) if self._line.links else 0
        return self._text_height(width) + flow + theme.px(4)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), self.heightForWidth(theme.px(240)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.font("hint")
        height = QFontMetrics(font).height()
        if not self._line.plain:
            paint_mark(
                painter, QRectF(1, (height - theme.px(11)) / 2, theme.px(11), theme.px(11)), self._line.met
            )
        painter.setFont(font)
        painter.setPen(theme.colour("muted" if self._line.plain else "text"))
        painter.drawText(self.rect().adjusted(self._indent(), 0, 0, 0), _WRAP, self._line.text)


def paint_mark(painter: QPainter, box: QRectF, met: Tri) -> None:
    """✓ met, ✗ not met, ? unknown: told apart by shape first and colour second."""
    if met:
        paint_tick(painter, box, theme.colour("success"))
    elif met is False:
        pen = QPen(theme.colour("danger"), max(2.0, box.width() / 6))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        cross = box.adjusted(1, 1, -1, -1)
        painter.drawLine(cross.topLeft(), cross.bottomRight())
        painter.drawLine(cross.topRight(), cross.bottomLeft())
    else:
        painter.setPen(theme.colour("warning"))
        painter.setFont(theme.font("strong"))
        painter.drawText(box.adjusted(-4, -6, 4, 6), Qt.AlignmentFlag.AlignCenter, "?")


@dataclass(frozen=True, slots=True)
class Word:
    """A part of a title in its place. step, ink: its font and colour, of a badge those of the text in it."""

    text: str
    step: str
    ink: str
    line: int
    left: int
    width: int


class Title(QWidget):
    """Figure, unit, name and badge on one line, or on two where they are too wide for it; changes under them. Painted
    in one go."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._block = Block("", "", "")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_block(self, block: Block) -> None:
        """Say this."""
        self._block = block
        if self.heightForWidth(self.width()) != self.height():
            self.updateGeometry()
        self.update()

    def words(self, width: int) -> tuple[Word, ...]:
        """What stands over the changes, broken into lines of a width."""
        block, found, line, left = self._block, [], 0, 0
        for text, step, ink in (
            (block.figure, "figure", "text"),
            (block.unit, "hint", "muted"),
            (block.name, "strong", "text"),
            (block.badge, "small_strong", _BADGE),
        ):
            metrics, more = QFontMetrics(theme.font(step)), theme.px(16) if ink == _BADGE else 0
            whole = metrics.horizontalAdvance(text) + more <= width or ink == _BADGE
            for part in ([text] if whole else text.split(" ")) if text else ():
                room = metrics.horizontalAdvance(part) + more
                if left and left + room > width:
                    line, left = line + 1, 0
                found.append(Word(part, step, ink, line, left, room))
                left += room + (theme.px(8) if whole else metrics.horizontalAdvance(" "))
        return tuple(found)

    def _first_line(self) -> int:
        step = "figure" if self._block.figure else "strong"
        return max(QFontMetrics(theme.font(step)).height(), theme.px(24))

    def _later_lines(self, width: int) -> int:
        """The height of what did not go on the first line."""
        return max((word.line for word in self.words(width)), default=0) * theme.px(24)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        small = QFontMetrics(theme.font("small")).height() * len(self._block.changes)
        return self._first_line() + self._later_lines(width) + small + theme.px(2)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), self.heightForWidth(max(self.width(), theme.px(200))))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = self._first_line()
        for word in self.words(self.width()):
            below = (
                first + theme.px(24) * (word.line - 1) + theme.px(17) if word.line else round(first * 0.78)
            )
            if word.ink == _BADGE:
                self._paint_badge(painter, word, below)
            else:
                painter.setFont(theme.font(word.step))
                painter.setPen(theme.colour(word.ink))
                painter.drawText(word.left, below, word.text)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("muted"))
        metrics = QFontMetrics(theme.font("small"))
        top = first + self._later_lines(self.width())
        for number, change in enumerate(self._block.changes):
            painter.drawText(0, top + metrics.height() * number + metrics.ascent(), change)

    def _paint_badge(self, painter: QPainter, word: Word, baseline: int) -> None:
        ink, ground = theme.tokens().tone(self._block.tone)
        metrics = QFontMetrics(theme.font(word.step))
        height = metrics.height() + theme.px(4)
        box = QRectF(word.left, baseline - metrics.ascent() - theme.px(2), word.width, height)
        painter.setPen(ink if theme.tokens().name == "contrast" else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(QColor(ink))
        painter.setFont(theme.font(word.step))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word.text)


class ScoreBlock(QWidget):
    """A score. It can take the focus, so that it can be heard."""

    go_to = Signal(str)  # field
    explain = Signal(str, str)  # block and its name: how it is worked out

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._block = Block("", "", "")
        self.title = Title(self)
        self.lines: list[LineView] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(theme.px(6), theme.px(8), theme.px(4), theme.px(2))
        self._box.setSpacing(theme.px(1))
        self._box.addWidget(self.title)

    def show_block(self, block: Block) -> None:
        """Say this; lines are used again."""
        self._block = block
        self.title.show_block(block)
        while len(self.lines) < len(block.lines):
            line = LineView(self)
            line.go_to.connect(self.go_to)
            self.lines.append(line)
            self._box.addWidget(line)
        for number, view in enumerate(self.lines):
            view.setVisible(number < len(block.lines))
            if number < len(block.lines):
                view.show_line(block.lines[number])
        self.setAccessibleName(block.spoken)
        marks = [f"{mark_word(line.met)}: {line.text}" for line in block.lines if not line.plain]
        self.setAccessibleDescription(". ".join(marks))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F1 tell how the score is worked out."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F1):
            self.explain.emit(self._block.rule, self._block.name)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.explain.emit(self._block.rule, self._block.name)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(theme.colour("divider"), 1))
        painter.drawLine(0, 0, self.width(), 0)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_ring(painter, QRectF(self.rect()), theme.px(4))
