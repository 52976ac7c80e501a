"""Blank paper forms and reports as A4 pages in PDF, each page with a name and its number.

The content comes from elsewhere (`forms.paper`, `forms.document`); here it is only set on pages and written. A form
never shares a page with another.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QGuiApplication, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

from anifro_desktop.files import make_folder, write_atomic
from anifro_desktop.forms.document import Block, fragment
from anifro_desktop.forms.model import Definitions, Form
from anifro_desktop.forms.paper import TEXT_MM, form_html, printable
from anifro_desktop.ui.windowless import fonts

_STYLE = """
body { font-size: 8.5pt; } h1 { font-size: 14pt; margin: 0; } h2 { font-size: 11pt; margin: 10px 0 2px 0; }
p { margin: 2px 0; } td, th { padding: 2px 4px; border-bottom: 1px solid #999999; vertical-align: top; }
th { text-align: left; font-size: 7.5pt; color: #444444; }
"""
DOTS_PER_INCH = 600  # so that a line to mark on has its length to a tenth of a millimetre
A4_WIDTH_MM = 210.0
MARGIN_MM = (A4_WIDTH_MM - TEXT_MM) / 2
FOOT_MM = 8.0
_MM_PER_INCH = 25.4


def print_forms(folder: Path, definitions: Definitions, lang: str, only: str = "") -> list[Path]:
    """`write_forms` for a program that has no window."""
    with fonts():
        return write_forms(folder, definitions, lang, only)


def write_forms(folder: Path, definitions: Definitions, lang: str, only: str = "") -> list[Path]:
    """One PDF for each form (or for `only` one) in a folder, made if it is not there; the files written.

    Raises:
        KeyError: there is no such form. FilesError: a file could not be written; those before it were.
    """
    forms = printable(definitions) if not only else (definitions.form(only),)
    make_folder(folder)
    written = []
    for form in forms:
        path = folder / f"{form.order:03}-{form.id}-{lang}.pdf"
        write_atomic(path, pdf(definitions, form, lang))
        written.append(path)
    return written


def pdf(definitions: Definitions, form: Form, lang: str) -> bytes:
    """One form as PDF. Needs a QGuiApplication, because fonts come from it."""
    return printed(form.label.get(lang), form_html(definitions, form, lang))


def write_report(path: Path, title: str, blocks: Iterable[Block]) -> Path:
    """A report as PDF in a file, replaced whole if it is there. Makes a QGuiApplication where there is none.

    Raises:
        DiskFull, FolderGone, CannotWrite: it was not written.
    """
    body = fragment(blocks).replace("<table>", "<table width='100%' cellspacing='0'>")
    with fonts():
        text = printed(title, f"<html><head><style>{_STYLE}</style></head><body>{body}</body></html>")
    write_atomic(path, text)
    return path


def printed(title: str, content: str) -> bytes:
    """HTML on A4 pages as PDF, the title at the foot of each. Needs a QGuiApplication, because fonts come from it."""
    assert QGuiApplication.instance() is not None
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM), QPageLayout.Unit.Millimeter)
    writer.setTitle(title)
    painter = QPainter(writer)
    _paint(writer, painter, content, title)
    painter.end()
    return bytes(buffer.data().data())


def _paint(writer: QPdfWriter, painter: QPainter, content: str, name: str) -> None:
    page = QSizeF(writer.width(), writer.height())
    foot = FOOT_MM / _MM_PER_INCH * DOTS_PER_INCH
    room = QSizeF(page.width(), page.height() - foot)
    document = laid_out(painter, room, content)
    for number in range(document.pageCount()):
        if number:
            writer.newPage()
        painter.save()
        painter.translate(0, -number * room.height())
        document.drawContents(painter, QRectF(0, number * room.height(), room.width(), room.height()))
        painter.restore()
        line = QRectF(0, room.height(), page.width(), foot)
        painter.setFont(_font(7))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, name)
        said = f"{number + 1} / {document.pageCount()}"
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, said)


def laid_out(painter: QPainter, room: QSizeF, content: str) -> QTextDocument:
    """The content on pages of that size, in dots of the painter's device."""
    document = QTextDocument()
    document.documentLayout().setPaintDevice(painter.device())
    document.setDocumentMargin(0)
    document.setDefaultFont(_font(9))
    document.setHtml(content)
    document.setPageSize(room)
    return document


def _font(points: float) -> QFont:
    font = QGuiApplication.font()
    font.setPointSizeF(points)
    return font
