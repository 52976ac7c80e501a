"""The report as a PDF for print and archive: vector figures, embedded fonts (DejaVu, which matplotlib brings), an
outline, a page of contents, heads of tables repeated on each page. The same contents give the same bytes.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from anifro_desktop.centre.analysis.table import Contents, Figure, Section, Table
from anifro_desktop.centre.errors import LibraryMissing
from anifro_desktop.centre.publishing import told as words
from anifro_desktop.centre.publishing.told import told
from anifro_desktop.centre.publishing.vector import plain
from anifro_desktop.forms.model import Label

_FONT = "DejaVu"
_WIDE, _MARGIN, _FIGURE = 297.0, 15.0, 185.0  # mm: A4 on its side, its margins, the width of a figure
_SIZE, _SMALLEST = 8.5, 5.0  # points: of a table's text, and as far as a wide one shrinks
_A_LITTLE = 0.82  # as far as a text shrinks rather than break
_INDEX, _INDEX_LINES = 165.0, 32  # mm that a line of contents takes, without its number; lines on a page
_HEAD_LEAST, _HEAD_MOST = 45.0, 95.0  # mm that the heads of a row take if they need it, and may take
_PAD = 3.0  # mm beside the text of a cell
_VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def paper(contents: Contents, drawings: Mapping[str, bytes], lang: str, made: datetime) -> bytes:
    """The PDF. drawings: SVG of each figure, by name; made: when, with its time zone.

    Raises:
        LibraryMissing: fpdf2 or matplotlib is not installed.
    """
    sheet = _opened(lang, made)
    _front(sheet, contents, lang)
    for place, section in enumerate(contents.sections):
        if place:  # the page of contents already broke before the first
            sheet.add_page()
        _section(sheet, section, drawings, lang)
    return bytes(sheet.output())


def _opened(lang: str, made: datetime) -> Any:
    try:
        from fpdf import FPDF
        from matplotlib import get_data_path
    except ImportError as error:
        raise LibraryMissing(error.name or "fpdf2") from error

    class Sheet(FPDF):
        def footer(self) -> None:
            """The study and the number of the page."""
            self.set_y(-10)
            self.set_font(_FONT, size=7)
            self.cell(0, 4, words.STUDY.get(lang), align="L")
            self.set_x(_MARGIN)
            self.cell(0, 4, f"{words.PAGE.get(lang)} {self.page_no()} / {{nb}}", align="R")

    sheet = Sheet(orientation="landscape", format="A4")
    fonts = Path(get_data_path()) / "fonts" / "ttf"
    for style, name in (("", "DejaVuSans.ttf"), ("B", "DejaVuSans-Bold.ttf")):
        sheet.add_font(_FONT, style, fonts / name)
    sheet.set_margins(_MARGIN, _MARGIN)
    sheet.set_auto_page_break(True, _MARGIN)
    sheet.set_creation_date(made)
    sheet.set_lang(lang)
    sheet.set_title(f"{words.TITLE.get(lang)} - {words.STUDY.get(lang)}")
    return sheet


def _front(sheet: Any, contents: Contents, lang: str) -> None:
    sheet.add_page()
    _text(sheet, words.TITLE.get(lang), 20, "B")
    _text(sheet, words.STUDY.get(lang), 11)
    sheet.ln(4)
    for named, text in contents.facts:
        _text(sheet, f"{named.label.get(lang)}: {text}", 9)
    sheet.ln(3)
    _notes(sheet, (*contents.notes, words.READING), lang)
    if not contents.sections:
        _text(sheet, words.NOTHING.get(lang), 10)
        return
    sheet.add_page()

    def index(pdf: Any, outline: Iterable[Any]) -> None:
        _text(pdf, words.CONTENTS.get(lang), 14, "B")
        for number, entry in enumerate(outline):
            if number and number % _INDEX_LINES == 0:
                pdf.add_page()
            _entry(pdf, entry)

    entries = sum(1 + len(one.tables) + len(one.figures) for one in contents.sections)
    sheet.insert_toc_placeholder(index, pages=math.ceil(entries / _INDEX_LINES))


def _entry(sheet: Any, entry: Any) -> None:
    """One line of the page of contents; a long title is cut, it stands whole where it leads to."""
    sheet.set_font(_FONT, "" if entry.level else "B", 9)
    link = sheet.add_link(page=entry.page_number)
    sheet.set_x(_MARGIN + 6 * entry.level)
    room = _INDEX - 6 * entry.level
    name = entry.name
    while sheet.get_string_width(name) > room:
        name = name.removesuffix("…")[:-1] + "…"
    sheet.cell(room, 5, name, link=link)
    sheet.cell(15, 5, str(entry.page_number), align="R", link=link, new_x="LMARGIN", new_y="NEXT")


def _section(sheet: Any, section: Section, drawings: Mapping[str, bytes], lang: str) -> None:
    sheet.start_section(section.title.get(lang), level=0)
    _text(sheet, section.title.get(lang), 15, "B")
    _notes(sheet, section.notes, lang)
    for table in section.tables:
        _table(sheet, table, lang)
    for figure in section.figures:
        _figure(sheet, figure, drawings[figure.name], lang)
        _notes(sheet, (*_source(section, figure), *figure.notes), lang)


def _text(sheet: Any, text: str, size: float, style: str = "") -> None:
    sheet.set_font(_FONT, style, size)
    sheet.set_x(_MARGIN)
    sheet.multi_cell(0, size * 0.5, text, align="L", new_x="LMARGIN", new_y="NEXT")


def _notes(sheet: Any, notes: Iterable[Label], lang: str) -> None:
    for note in notes:
        _text(sheet, note.get(lang), 7.5)
        sheet.ln(0.8)


def _table(sheet: Any, table: Table, lang: str) -> None:
    if sheet.will_page_break(40):
        sheet.add_page()
    sheet.ln(4)
    sheet.start_section(table.title.get(lang), level=1)
    _text(sheet, table.title.get(lang), 10, "B")
    sheet.ln(1)
    lines = _lines(table, lang)
    heads = len(table.heads)
    size, widths = _fitting(sheet, lines, heads)
    sheet.set_font(_FONT, size=size)
    sheet.set_line_width(0.1)
    sheet.set_draw_color(120)
    aligned = ["LEFT"] * heads + ["RIGHT"] * len(table.columns)
    with sheet.table(
        col_widths=widths, width=sum(widths), align="LEFT", text_align=aligned, line_height=size * 0.47,
        borders_layout="HORIZONTAL_LINES", padding=0.8, num_heading_rows=1,
    ) as made:  # fmt: skip
        for line in lines:
            made.row(line)
    sheet.ln(1)
    if not table.rows:
        _text(sheet, words.EMPTY.get(lang), 8)
    _notes(sheet, table.notes, lang)


def _lines(table: Table, lang: str) -> list[list[str]]:
    """The texts of a table, its heads first."""
    lines = [[one.label.get(lang) for one in (*table.heads, *table.columns)]]
    for row in table.rows:
        lines.append([one.label.get(lang) for one in row.heads] + [told(cell, lang) for cell in row.cells])
    return lines


def _fitting(sheet: Any, lines: list[list[str]], heads: int) -> tuple[float, list[float]]:
    """The size of a table's text in points, and the widths of its columns in mm, so that it fits the page: first the
    text shrinks a little, then cells break before their limits, then it shrinks as far as it may."""
    sheet.set_font(_FONT, "B", _SIZE)
    columns = list(zip(*lines, strict=True))
    least = [max(_widest_part(sheet, text) for text in column) for column in columns]
    whole = [max(sheet.get_string_width(text) for text in column[1:] or ("",)) for column in columns]
    for place, most in enumerate(_parted(whole[:heads])):
        whole[place] = most
        least[place] = max(least[place], min(whole[place], _HEAD_LEAST / heads))
    whole = [max(pair) for pair in zip(whole, least, strict=True)]
    room = _WIDE - 2 * _MARGIN - _PAD * len(columns)
    scale = max(_A_LITTLE, min(1.0, room / sum(whole)))
    scale = max(_SMALLEST / _SIZE, min(scale, room / sum(least)))
    spare = max(0.0, room / scale - sum(least))
    wished = sum(whole) - sum(least)
    share = min(1.0, spare / wished) if wished else 0.0
    widths = [scale * (low + share * (high - low)) + _PAD for low, high in zip(least, whole, strict=True)]
    too_wide = max(1.0, sum(widths) / (_WIDE - 2 * _MARGIN))
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
    return max(float(sheet.get_string_width(part)) for part in text.split(" "))


def _figure(sheet: Any, figure: Figure, drawing: bytes, lang: str) -> None:
    text = plain(drawing)
    found = _VIEW.search(text)
    ratio = float(found.group(2)) / float(found.group(1)) if found else 0.6
    tallest = 210 - 2 * _MARGIN - 30
    width = min(_FIGURE, tallest / ratio)
    if sheet.will_page_break(width * ratio + 25):
        sheet.add_page()
    sheet.ln(4)
    sheet.start_section(f"{words.FIGURE.get(lang)}: {figure.title.get(lang)}", level=1)
    _text(sheet, figure.title.get(lang), 10, "B")
    sheet.ln(1)
    sheet.image(io.BytesIO(text.encode()), w=width, h=width * ratio, alt_text=figure.title.get(lang))
    sheet.ln(2)


def _source(section: Section, figure: Figure) -> tuple[Label, ...]:
    """In which table of its section the numbers of a figure stand."""
    return tuple(
        Label(*(f"{words.NUMBERS_IN.get(lang)} «{table.title.get(lang)}»." for lang in ("it", "en")))
        for table in section.tables
        if table.name == figure.table
    )
