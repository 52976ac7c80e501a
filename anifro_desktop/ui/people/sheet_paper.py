"""The recovery sheet as one A4 page, in both languages: to a printer, or as the bytes of a PDF.

Nothing here writes a file or logs: the caller decides where the page goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import (
    QFontDatabase,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from anifro_desktop.ui.paper import laid_out
from anifro_desktop.ui.texts import full_date
from anifro_desktop.ui.windowless import fonts
from anifro_desktop.workflows.people import Sheet

_MARGIN_MM = 20.0
_DOTS_PER_INCH = 600

_TITLE = "Foglio di recupero · Recovery sheet"
_ROW = "riga {0} · row {0}"
_ABOUT = (
    (
        "Italiano",
        "A che cosa serve. Se nessun amministratore ricorda più la frase di accesso, questo foglio ne dà a uno "
        "di loro una nuova. Apre tutto: chi lo ha legge ogni dato del centro, nomi compresi.",
        "Come si usa. Schermata di sblocco, «Ho dimenticato la frase di accesso», e si ricopiano le quattro righe. Le "
        "cifre 0, 1, 8 e 9 non ci sono: sono le lettere O, I, B e G. Dopo l'uso si stampa un foglio nuovo.",
        "Dove si tiene. In busta chiusa e firmata, nella cassaforte dell'unità. Mai vicino al computer, mai "
        "fotografato, mai a Pisa. Vale solo il foglio con il numero più alto: gli altri si distruggono.",
    ),
    (
        "English",
        "What it is for. If no administrator remembers a passphrase any more, this sheet gives an administrator a new "
        "one. It opens everything: whoever has it reads all data of the site, names included.",
        "How to use it. Unlock screen, “I forgot the passphrase”, and copy the four rows. There are no figures 0, 1, 8 "
        "and 9: they are the letters O, I, B and G. After use a new sheet is printed.",
        "Where to keep it. In a sealed and signed envelope, in the unit's safe. Never near the computer, never "
        "photographed, never to Pisa. Only the sheet with the highest number holds: destroy the others.",
    ),
)


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on the sheet. made: the day it was made."""

    site_code: str
    site_name: str
    made: date
    sheet: Sheet


def sheet_html(page: Page) -> str:
    """The page as the subset of HTML that Qt sets."""
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    rows = "".join(
        f'<tr><td valign="middle" style="font-size:9pt">{_ROW.format(number)}</td>'
        + "".join(f"<td style=\"font-family:'{fixed}';font-size:25pt\">{group}</td>" for group in groups)
        + "</tr>"
        for number, groups in enumerate(page.sheet.rows, 1)
    )
    facts = f"{escape(page.site_code)} · {escape(page.site_name)}"
    about = "".join(
        f'<h3 style="font-size:12pt">{language}</h3>'
        + "".join(f'<p style="font-size:10.5pt">{_bold_first(text)}</p>' for text in words)
        for language, *words in _ABOUT
    )
    return (
        f'<h1 style="font-size:22pt">{_TITLE}</h1>'
        f'<p style="font-size:13pt"><b>{facts}</b><br>n. {page.sheet.number} · {full_date(page.made)}</p>'
        f'<table cellpadding="6" cellspacing="0" width="100%" border="1" style="border-collapse:collapse">{rows}'
        "</table>"
        f"{about}"
    )


def _bold_first(text: str) -> str:
    first, _, rest = text.partition(". ")
    return f"<b>{first}.</b> {rest}"


def sheet_pdf(page: Page) -> bytes:
    """The page as PDF. Needs a QGuiApplication, because fonts come from it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS_PER_INCH)
    writer.setTitle(f"{_TITLE} {page.site_code}")
    paint_sheet(writer, page)
    return bytes(buffer.data().data())


def drawn_sheet(page: Page) -> bytes:
    """`sheet_pdf` for a program that has no window."""
    with fonts():
        return sheet_pdf(page)


def paint_sheet(device: QPagedPaintDevice, page: Page) -> None:
    """Set the page on a PDF or on a printer."""
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    device.setPageMargins(QMarginsF(*[_MARGIN_MM] * 4), QPageLayout.Unit.Millimeter)
    painter = QPainter(device)
    room = QSizeF(device.width(), device.height())
    document = laid_out(painter, room, sheet_html(page))
    document.drawContents(painter, QRectF(0, 0, room.width(), room.height()))
    painter.end()
