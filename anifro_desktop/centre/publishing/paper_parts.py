"""What a page of the report on paper is put together from: texts, notes and tables.

Rules kept here:
- A table that fits on a page is not parted, nor is it from its notes, unless it would leave the head of a chapter
  alone; the heads of a parted one stand on each page.
- A table too wide to be read is turned: its columns become its lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from anifro_desktop.centre.analysis.table import Table
from anifro_desktop.centre.publishing import told as words
from anifro_desktop.centre.publishing.told import said, told

FONT = "DejaVu"
MARGIN, COLUMN, BETWEEN = 15.0, 128.0, 11.0  # mm: of the page, width of one of two columns, between them
TITLE, NOTE = 10.0, 7.5  # points
_ABOVE, _LITTLE = 4.0, 0.8  # mm above a table, and between notes
_SIZE, _SMALLEST = 8.5, 5.0  # points: of a table's text, and as far as a wide one shrinks
_A_LITTLE = 0.82  # as far as a text shrinks rather than break
_HEAD_LEAST, _HEAD_MOST = 45.0, 95.0  # mm that the heads of a row take if they need it, and may take
_PAD, _INSET, _PADDING = (
    3.0,
    1.0,
    0.5,
)  # mm beside the text of a cell; of these on each side; above and below it
_BASELINE = 0.3  # of the size of a text, below its middle
_MEASURED = 100.0  # points at which widths are measured
_LEAST = 40.0  # mm of a long table that must have room below others
_HEAD = 40.0  # mm that the head of a chapter takes at most


def text(
    sheet: Any, wording: str, size: float, style: str = "", left: float = 0.0, width: float = 0.0
) -> None:
    """A text with its lines broken; left, width: mm, 0 for those of the page."""
    sheet.set_font(FONT, style, size)
    sheet.set_x(left or sheet.l_margin)
    sheet.multi_cell(width, size * 0.5, wording, align="L", new_x="LMARGIN", new_y="NEXT")


def text_height(sheet: Any, wording: str, size: float, style: str = "", width: float = 0.0) -> float:
    """The mm that `text` takes."""
    sheet.set_font(FONT, style, size)
    return float(sheet.multi_cell(width, size * 0.5, wording, align="L", dry_run=True, output="HEIGHT"))


def put_notes(sheet: Any, notes: Iterable[str]) -> None:
    """Small texts under each other."""
    for note in notes:
        text(sheet, note, NOTE)
        sheet.ln(_LITTLE)


def room_left(sheet: Any) -> float:
    """The mm below on this page."""
    return float(sheet.page_break_trigger - sheet.get_y())


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table as it is set. heads: columns at the left that name a line; size: points; widths: mm."""

    lines: Sequence[Sequence[str]]
    heads: int
    size: float
    widths: Sequence[float]

    @property
    def step(self) -> float:
        """The height of a line of text, mm."""
        return self.size * 0.47

    def height(self, sheet: Any) -> float:
        """The mm that it takes in one piece."""
        return sum(self._tall(self._broken(sheet, place)) for place in range(len(self.lines)))

    def put(self, sheet: Any) -> None:
        """Set it below, from the left margin; on each page that it goes on to, its heads again."""
        sheet.set_line_width(0.1)
        sheet.set_draw_color(120)
        for place in range(len(self.lines)):
            cells = self._broken(sheet, place)
            if sheet.get_y() + self._tall(cells) > sheet.page_break_trigger:
                sheet.add_page()
                if place:
                    self._put_line(sheet, self._broken(sheet, 0), "B")
            if place:
                sheet.line(sheet.l_margin, sheet.get_y(), sheet.l_margin + sum(self.widths), sheet.get_y())
            self._put_line(sheet, cells, "" if place else "B")

    def _broken(self, sheet: Any, place: int) -> list[list[str]]:
        """The cells of a line, each as lines of text."""
        style = "" if place else "B"
        return [
            broken(sheet, one, style, self.size, width - 2 * _INSET)
            for one, width in zip(self.lines[place], self.widths, strict=True)
        ]

    def _tall(self, cells: Sequence[Sequence[str]]) -> float:
        return max(map(len, cells)) * self.step + 2 * _PADDING

    def _put_line(self, sheet: Any, cells: Sequence[Sequence[str]], style: str) -> None:
        """Heads to the left, numbers to the right, each in the middle of the line's height."""
        tall, top, left = self._tall(cells), sheet.get_y(), sheet.l_margin
        for place, (some, width) in enumerate(zip(cells, self.widths, strict=True)):
            middle = top + (tall - (len(some) - 1) * self.step) / 2
            for number, one in enumerate(some):
                wide = width_of(sheet, one, style, self.size)
                at = left + (_INSET if place < self.heads else width - _INSET - wide)
                sheet.set_font(FONT, style, self.size)
                sheet.text(at, middle + number * self.step + _BASELINE * self.size / sheet.k, one)
            left += width
        sheet.set_y(top + tall)


def width_of(sheet: Any, wording: str, style: str, size: float) -> float:
    """The mm that a text takes on one line. `sheet.known_widths` keeps what was measured."""
    known: float | None = sheet.known_widths.get((style, wording))
    if known is None:
        sheet.set_font(FONT, style, _MEASURED)
        known = sheet.known_widths[style, wording] = float(sheet.get_string_width(wording)) / _MEASURED
    return known * size


def broken(sheet: Any, wording: str, style: str, size: float, room: float) -> list[str]:
    """A text in lines of at most so many mm: broken at plain spaces, a longer word where it must be."""

    def fits(some: str) -> bool:
        return width_of(sheet, some, style, size) <= room

    if fits(wording):
        return [wording]
    lines: list[str] = []
    for word in wording.split(" "):
        if lines and fits(f"{lines[-1]} {word}"):
            lines[-1] += f" {word}"
            continue
        lines.append(word)
        while len(lines[-1]) > 1 and not fits(lines[-1]):
            most = max(1, next(n for n in range(len(lines[-1]) - 1, -1, -1) if fits(lines[-1][:n])))
            lines[-1:] = [lines[-1][:most], lines[-1][most:]]
    return lines


class _Block:
    """A table with its title and what stands under it. height: mm that it takes in one piece."""

    def __init__(self, sheet: Any, table: Table, notes: Sequence[str], lang: str) -> None:
        self._sheet, self._title = sheet, said(table.title, lang)
        self._grid = _grid(sheet, table, lang)
        self._notes = list(notes) if table.rows else [words.EMPTY.get(lang), *notes]
        self.narrow = sum(self._grid.widths) <= COLUMN
        self.height = self._tall()

    def _tall(self) -> float:
        width = COLUMN if self.narrow else self._sheet.epw
        under = sum(text_height(self._sheet, note, NOTE, width=width) + _LITTLE for note in self._notes)
        title = text_height(self._sheet, self._title, TITLE, "B", width)
        return _ABOVE + title + 2 + self._grid.height(self._sheet) + under

    def put(self, left: float) -> None:
        """Set it below, from there to the right."""
        sheet = self._sheet
        width = COLUMN if self.narrow else sheet.epw
        sheet.ln(_ABOVE)
        sheet.set_x(left)
        sheet.start_section(self._title, level=1)
        text(sheet, self._title, TITLE, "B", left, width)
        sheet.ln(1)
        sheet.set_left_margin(left)
        self._grid.put(sheet)
        sheet.set_left_margin(MARGIN)
        sheet.ln(1)
        for note in self._notes:
            text(sheet, note, NOTE, "", left, width)
            sheet.ln(_LITTLE)


def put_tables(sheet: Any, tables: Iterable[tuple[Table, Sequence[str]]], lang: str) -> None:
    """Tables with their notes, two beside each other where both are narrow."""
    page = sheet.page_break_trigger - sheet.t_margin
    waiting = [_Block(sheet, table, notes, lang) for table, notes in tables]
    while waiting:
        beside = [waiting.pop(0)]
        if waiting and all(one.narrow and one.height <= page for one in (*beside, waiting[0])):
            beside.append(waiting.pop(0))
        tallest = max(one.height for one in beside)
        begun = (
            page - room_left(sheet) > _HEAD
        )  # below no more than the head of a chapter, a table may be parted
        if room_left(sheet) < (tallest if tallest <= page and begun else _LEAST):
            sheet.add_page()
        top, bottom = sheet.get_y(), 0.0
        for place, one in enumerate(beside):
            if place:
                sheet.set_y(top)
            one.put(MARGIN + place * (COLUMN + BETWEEN))
            bottom = max(bottom, sheet.get_y())
        sheet.set_y(bottom)


def _grid(sheet: Any, table: Table, lang: str) -> _Grid:
    lines, heads = _lines(table, lang), len(table.heads)
    size, widths = _fitting(sheet, lines, heads)
    if size < _A_LITTLE * _SIZE and heads == 1 and 0 < len(table.rows) < len(table.columns):
        lines = [list(line) for line in zip(*lines, strict=True)]
        size, widths = _fitting(sheet, lines, heads)
    return _Grid(lines, heads, size, widths)


def _lines(table: Table, lang: str) -> list[list[str]]:
    """The texts of a table, its heads first."""
    lines = [[said(one.label, lang) for one in (*table.heads, *table.columns)]]
    for row in table.rows:
        lines.append([said(one.label, lang) for one in row.heads] + [told(cell, lang) for cell in row.cells])
    return lines


def _fitting(sheet: Any, lines: list[list[str]], heads: int) -> tuple[float, list[float]]:
    """The size of a table's text in points, and the widths of its columns in mm, so that it fits the page: first the
    text shrinks a little, then cells break before their limits, then it shrinks as far as it may."""
    columns = list(zip(*lines, strict=True))
    least = [max(_widest_part(sheet, text) for text in column) for column in columns]
    whole = [max(width_of(sheet, text, "B", _SIZE) for text in column[1:] or ("",)) for column in columns]
    for place, most in enumerate(_parted(whole[:heads])):
        whole[place] = most
        least[place] = max(least[place], min(whole[place], _HEAD_LEAST / heads))
    whole = [max(pair) for pair in zip(whole, least, strict=True)]
    room = sheet.epw - _PAD * len(columns)
    scale = max(_A_LITTLE, min(1.0, room / sum(whole)))
    scale = max(_SMALLEST / _SIZE, min(scale, room / sum(least)))
    spare = max(0.0, room / scale - sum(least))
    wished = sum(whole) - sum(least)
    share = min(1.0, spare / wished) if wished else 0.0
    widths = [scale * (low + share * (high - low)) + _PAD for low, high in zip(least, whole, strict=True)]
    too_wide = max(1.0, sum(widths) / (sheet.epw))
    return _SIZE * scale, [width / too_wide for width in widths]


def _parted(widths: list[float]) -> list[float]:
    """The widths of the heads of a row in mm, within what they may take together: what a narrow one does not need, the
    others get."""
    given: dict[int, float] = {}
    room = _HEAD_MOST
    for place in sorted(range(len(widths)), key=lambda place: widths[place]):
        given[place] = min(widths[place], room / (len(widths) - len(given)))
        room -= given[place]
    return [given[place] for place in range(len(widths))]


def _widest_part(sheet: Any, text: str) -> float:
    """The width of a text broken wherever it may be: at plain spaces, not at those that hold together."""
    return max(width_of(sheet, part, "B", _SIZE) for part in text.split(" "))
