"""The report as a PDF for print and archive: vector figures, embedded fonts (DejaVu, which matplotlib brings), an
outline, a page of contents, heads of tables repeated on each page. The same contents give the same bytes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from anifro_desktop.centre.analysis.table import Contents, Figure, Section
from anifro_desktop.centre.errors import LibraryMissing
from anifro_desktop.centre.publishing import told as words
from anifro_desktop.centre.publishing.figures import has_too_few
from anifro_desktop.centre.publishing.ink import put, size
from anifro_desktop.centre.publishing.notes import at_the_head, in_common
from anifro_desktop.centre.publishing.paper_parts import (
    BETWEEN,
    COLUMN,
    FONT,
    MARGIN,
    NOTE,
    TITLE,
    put_notes,
    put_tables,
    room_left,
    text,
    text_height,
)
from anifro_desktop.centre.publishing.told import said
from anifro_desktop.forms.model import Label

_INDEX, _INDEX_LINE, _INDEX_TOP = 112.0, 5.0, 25.0  # mm: a line of contents without its number; its height
_INDEX_LINES = 33  # in a column


def paper(contents: Contents, drawings: Mapping[str, bytes], lang: str, made: datetime) -> bytes:
    """The PDF. drawings: SVG of each figure, by name; made: when, with its time zone.

    Raises:
        LibraryMissing: fpdf2 or matplotlib is not installed.
    """
    sheet = opened(lang, made)
    _front(sheet, contents, lang)
    for place, section in enumerate(contents.sections):
        if place:  # the page of contents already broke before the first
            sheet.add_page()
        _section(sheet, section, drawings, lang)
    return bytes(sheet.output())


def opened(lang: str, made: datetime) -> Any:
    """A new sheet of paper, with its fonts.

    Raises:
        LibraryMissing: fpdf2 or matplotlib is not installed.
    """
    try:
        from fpdf import FPDF
        from matplotlib import get_data_path
    except ImportError as error:
        raise LibraryMissing(error.name or "fpdf2") from error

    class Sheet(FPDF):
        known_widths: dict[tuple[str, str], float]

        def footer(self) -> None:
            """The study and the number of the page."""
            self.set_y(-10)
            self.set_font(FONT, size=7)
            self.cell(0, 4, words.STUDY.get(lang), align="L")
            self.set_x(MARGIN)
            self.cell(0, 4, f"{words.PAGE.get(lang)} {self.page_no()} / {{nb}}", align="R")

    sheet = Sheet(orientation="landscape", format="A4")
    sheet.known_widths = {}
    fonts = Path(get_data_path()) / "fonts" / "ttf"
    for style, name in (("", "DejaVuSans.ttf"), ("B", "DejaVuSans-Bold.ttf")):
        sheet.add_font(FONT, style, fonts / name)
    sheet.set_margins(MARGIN, MARGIN)
    sheet.set_auto_page_break(True, MARGIN)
    sheet.set_creation_date(made)
    sheet.set_lang(lang)
    sheet.set_title(f"{words.TITLE.get(lang)} - {words.STUDY.get(lang)}")
    return sheet


def _front(sheet: Any, contents: Contents, lang: str) -> None:
    sheet.add_page()
    text(sheet, words.TITLE.get(lang), 20, "B")
    text(sheet, words.STUDY.get(lang), 11)
    sheet.ln(4)
    for named, fact in contents.facts:
        text(sheet, f"{named.label.get(lang)}: {fact}", 9)
    sheet.ln(3)
    put_notes(sheet, [said(note, lang) for note in (*contents.notes, words.READING)])
    if not contents.sections:
        text(sheet, words.NOTHING.get(lang), 10)
        return
    sheet.add_page()

    def index(pdf: Any, outline: Iterable[Any]) -> None:
        text(pdf, words.CONTENTS.get(lang), 14, "B")
        for number, entry in enumerate(outline):
            if number and number % (2 * _INDEX_LINES) == 0:
                pdf.add_page()
            column, line = divmod(number % (2 * _INDEX_LINES), _INDEX_LINES)
            pdf.set_xy(MARGIN + column * (COLUMN + BETWEEN), _INDEX_TOP + _INDEX_LINE * line)
            _entry(pdf, entry)

    entries = sum(1 + len(one.tables) + len(one.figures) for one in contents.sections)
    sheet.insert_toc_placeholder(index, pages=math.ceil(entries / (2 * _INDEX_LINES)))


def _entry(sheet: Any, entry: Any) -> None:
    """One line of the page of contents; a long title is cut, it stands whole where it leads to."""
    sheet.set_font(FONT, "" if entry.level else "B", 9)
    link = sheet.add_link(page=entry.page_number)
    sheet.set_x(sheet.get_x() + 6 * entry.level)
    room = _INDEX - 6 * entry.level
    name = entry.name
    while sheet.get_string_width(name) > room:
        name = name.removesuffix("…")[:-1] + "…"
    sheet.cell(room, _INDEX_LINE, name, link=link)
    sheet.cell(12, _INDEX_LINE, str(entry.page_number), align="R", link=link)


def _section(sheet: Any, section: Section, drawings: Mapping[str, bytes], lang: str) -> None:
    sheet.start_section(section.title.get(lang), level=0)
    text(sheet, section.title.get(lang), 15, "B")
    put_notes(sheet, [said(note, lang) for note in at_the_head(section)])
    common = in_common(section)
    tables = [
        (table, [said(note, lang) for note in table.notes if note not in common]) for table in section.tables
    ]
    put_tables(sheet, tables, lang)
    _figures(sheet, section, drawings, lang)


def _figures(sheet: Any, section: Section, drawings: Mapping[str, bytes], lang: str) -> None:
    """Two figures beside each other, each with its title and what stands under it."""
    for first in range(0, len(section.figures), 2):
        beside = [
            _Drawing(sheet, section, figure, drawings[figure.name], lang)
            for figure in section.figures[first : first + 2]
        ]
        tallest = max(one.height for one in beside)
        if room_left(sheet) < tallest:
            sheet.add_page()
        top = sheet.get_y()
        for place, one in enumerate(beside):
            one.put(MARGIN + place * (COLUMN + BETWEEN), top)
        sheet.set_xy(MARGIN, top + tallest)


class _Drawing:
    """One figure on paper. height: mm that it takes with all that belongs to it."""

    def __init__(self, sheet: Any, section: Section, figure: Figure, drawing: bytes, lang: str) -> None:
        self._sheet, self._title, self._svg = sheet, said(figure.title, lang), drawing
        self._opens = f"{words.FIGURE.get(lang)}: {self._title}"
        notes = (*_source(section, figure), *figure.notes)
        notes += (words.TOO_FEW,) if has_too_few(figure) else ()
        self._notes = [said(note, lang) for note in notes]
        width, height = size(drawing)
        self._tall = COLUMN * height / width
        texts = text_height(sheet, self._title, TITLE, "B", COLUMN)
        texts += sum(text_height(sheet, note, NOTE, width=COLUMN) for note in self._notes)
        self.height = self._tall + texts + 7

    def put(self, left: float, top: float) -> None:
        """Draw it with its corner there."""
        sheet = self._sheet
        sheet.set_xy(left, top + 3)
        sheet.start_section(self._opens, level=1)
        text(sheet, self._title, TITLE, "B", left, COLUMN)
        put(sheet, self._svg, left, sheet.get_y() + 1, COLUMN, self._title)
        sheet.set_y(sheet.get_y() + self._tall + 3)
        for note in self._notes:
            text(sheet, note, NOTE, left=left, width=COLUMN)


def _source(section: Section, figure: Figure) -> tuple[Label, ...]:
    """In which table of its section the numbers of a figure stand."""
    return tuple(
        Label(*(f"{words.NUMBERS_IN.get(lang)} «{table.title.get(lang)}»." for lang in ("it", "en")))
        for table in section.tables
        if table.name == figure.table
    )
