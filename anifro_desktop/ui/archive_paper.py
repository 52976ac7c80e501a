"""The papers of a site's archive as A4 pages in PDF: hundreds of pages a patient, so drawn line by line.

A text document would take a minute a patient. Each line here is one call, and a text is measured only when it may be
too wide. What Qt would set by the clock or by chance (dates, ids) is taken from the paper: the same paper gives the
same file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QUuid
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication, QPageLayout, QPageSize, QPainter, QPdfWriter

from anifro_desktop.workflows.archive.model import Head, Item, Pair, Paper, Text

DOTS_PER_INCH = 300
MARGIN_MM = 15.0
HEAD_MM, FOOT_MM = 8.0, 8.0
_MM_PER_INCH = 25.4
_POINTS = {"h1": 14.0, "h2": 11.0, "h3": 9.0, "text": 8.0, "small": 6.5}
_BOLD = ("h1", "h2", "h3")
_GAP = 0.35  # of a line's height, before a paragraph; headings have three times as much
_ANSWER = 0.52  # where answers begin, of the width
_NUMBER = "{number} / {pages}"
_DATES = re.compile(rb"(/CreationDate \(D:|/ModDate \(D:)[0-9]{14}([^)]*)\)")
_XMP_DATES = re.compile(rb'(xmp:(?:Create|Modify|Metadata)Date[=>]"?)([^"<]*)')

# One line: font, distance before it, texts with their place from the left.
Line = tuple[str, float, tuple[tuple[float, str], ...]]


class Printing:
    """Sets papers one after another. Needs a QGuiApplication (`windowless`), because fonts come from it."""

    def __init__(self) -> None:
        assert QGuiApplication.instance() is not None
        self._setter = _Setter()

    def __call__(self, paper: Paper, items: Iterable[Item]) -> bytes:
        """A paper as PDF."""
        lines = self._setter.lines(items)
        pages = list(_pages(lines))
        return _written(paper, pages)


class _Setter:
    """Breaks items into lines that fit the page."""

    def __init__(self) -> None:
        self._fonts = {name: _font(name) for name in _POINTS}
        device = _writer(QBuffer())
        self._metrics = {name: QFontMetricsF(font, device) for name, font in self._fonts.items()}
        self._width = float(device.width())
        self._widest = {name: metric.horizontalAdvance("W") for name, metric in self._metrics.items()}
        self._words: dict[tuple[str, str], float] = {}

    def lines(self, items: Iterable[Item]) -> Iterator[Line]:
        """Every line of a paper."""
        for item in items:
            match item:
                case Head(level, text):
                    yield from self._paragraph(f"h{level}", text, 3 * _GAP)
                case Text(text, small):
                    yield from self._paragraph("small" if small else "text", text, 0.0 if small else _GAP)
                case Pair(left, right):
                    yield from self._pair(left, right)

    def _paragraph(self, font: str, text: str, gap: float) -> Iterator[Line]:
        for number, part in enumerate(self._broken(font, text, self._width)):
            yield font, 0.0 if number else gap, ((0.0, part),)

    def _pair(self, left: str, right: str) -> Iterator[Line]:
        at = self._width * _ANSWER
        lefts = self._broken("text", left, at - self._widest["text"])
        rights = self._broken("text", right, self._width - at)
        for number in range(max(len(lefts), len(rights))):
            texts = []
            if number < len(lefts):
                texts.append((0.0, lefts[number]))
            if number < len(rights):
                texts.append((at, rights[number]))
            yield "text", 0.0, tuple(texts)

    def _broken(self, font: str, text: str, width: float) -> list[str]:
        """A text in parts that are not wider; a word that is too wide by itself is cut."""
        if "\n" in text:
            return [part for line in text.split("\n") for part in self._broken(font, line, width)]
        if len(text) * self._widest[font] <= width:
            return [text]
        parts, line, used = [], "", 0.0
        space = self._wide(font, " ")
        for word in self._cut(font, text, width):
            wide = self._wide(font, word)
            if line and used + space + wide > width:
                parts.append(line)
                line, used = "", 0.0
            line, used = (f"{line} {word}", used + space + wide) if line else (word, wide)
        return [*parts, line]

    def _cut(self, font: str, text: str, width: float) -> Iterator[str]:
        most = max(1, int(width / self._widest[font]))
        for word in text.split(" "):
            if len(word) > most and self._wide(font, word) > width:
                yield from (word[start : start + most] for start in range(0, len(word), most))
            else:
                yield word

    def _wide(self, font: str, word: str) -> float:
        key = (font, word)
        if key not in self._words:
            self._words[key] = self._metrics[font].horizontalAdvance(word)
        return self._words[key]


def _height(font: str) -> float:
    """Dots from one line to the next."""
    return _POINTS[font] / 72 * DOTS_PER_INCH * 1.32


def _pages(lines: Iterable[Line]) -> Iterator[list[tuple[str, float, tuple[tuple[float, str], ...]]]]:
    """Lines with their place from the top, page by page; a heading is not left alone at the end of one."""
    room = _room()
    page: list[tuple[str, float, tuple[tuple[float, str], ...]]] = []
    used = 0.0
    for font, gap, texts in lines:
        height = _height(font)
        needed = height * (4 if font in _BOLD else 1)
        before = gap * height if page else 0.0
        if page and used + before + needed > room:
            yield page
            page, used, before = [], 0.0, 0.0
        used += before + height
        page.append((font, used, texts))
    yield page


def _room() -> float:
    tall = 297.0 - 2 * MARGIN_MM - HEAD_MM - FOOT_MM
    return tall / _MM_PER_INCH * DOTS_PER_INCH


def _writer(buffer: QBuffer) -> QPdfWriter:
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM), QPageLayout.Unit.Millimeter)
    return writer


def _written(paper: Paper, pages: list[list[tuple[str, float, tuple[tuple[float, str], ...]]]]) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = _writer(buffer)
    writer.setTitle(f"{paper.title} {paper.code}")
    digits = paper.identity[:32]
    writer.setDocumentId(
        QUuid("-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])))
    )
    painter = QPainter(writer)
    top = HEAD_MM / _MM_PER_INCH * DOTS_PER_INCH
    fonts = {name: _font(name) for name in _POINTS}
    draw: Callable[[QPointF, str], None] = painter.drawText
    for number, page in enumerate(pages, 1):
        if number > 1:
            writer.newPage()
        _edges(
            painter, fonts["small"], paper, _NUMBER.format(number=number, pages=len(pages)), writer.width()
        )
        last = ""
        for font, at, texts in page:
            if font != last:
                painter.setFont(fonts[font])
                last = font
            for left, text in texts:
                draw(QPointF(left, top + at), text)
    painter.end()
    return _settled(bytes(buffer.data().data()), paper)


def _edges(painter: QPainter, font: QFont, paper: Paper, number: str, width: float) -> None:
    painter.setFont(font)
    metrics = QFontMetricsF(font, painter.device())
    bottom = _room() + (HEAD_MM + FOOT_MM) / _MM_PER_INCH * DOTS_PER_INCH
    painter.drawText(QPointF(0, _height("small")), paper.code)
    title = QPointF(width - metrics.horizontalAdvance(paper.title), _height("small"))
    painter.drawText(title, paper.title)
    painter.drawText(QPointF(0, bottom), paper.foot)
    painter.drawText(QPointF(width - metrics.horizontalAdvance(number), bottom), number)


def _settled(pdf: bytes, paper: Paper) -> bytes:
    """The file with the paper's own time where Qt put that of the clock; the same length, so nothing moves."""
    stamp = f"{paper.when.astimezone(UTC):%Y%m%d%H%M%S}".encode()
    iso = f"{paper.when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}".encode()
    pdf = _DATES.sub(lambda found: found[1] + stamp + found[2] + b")", pdf)
    return _XMP_DATES.sub(lambda found: found[1] + iso[: len(found[2])].ljust(len(found[2])), pdf)


def _font(name: str) -> QFont:
    font = QGuiApplication.font()
    font.setPointSizeF(_POINTS[name])
    font.setBold(name in _BOLD)
    return font
