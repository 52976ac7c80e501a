"""How numbers are read in a language, and the report's own words.

Conventions: percentages to one decimal, measures and rates to two, times to one where they are not whole, p to three
(never 0). Limits stand in brackets, parted by a semicolon, since Italian has a decimal comma. `-` is no number.
"""

from __future__ import annotations

import re

from anifro_desktop.centre.analysis.table import Cell, Kind
from anifro_desktop.forms.model import Label

NONE = "-"
_SPACE = "\u00a0"
_HELD = re.compile(r"(?<=\d) (?=%)|(?<=[≥≤<>]) (?=\d)|(?<=IC) (?=95)|(?<=%) (?=CI)")  # in "IC 95 %"

TITLE = Label("Rapporto dello studio", "Report of the study")
STUDY = Label("Anifrolumab nel LES, NCT07215754", "Anifrolumab in SLE, NCT07215754")
CONTENTS = Label("Indice", "Contents")
PAGE = Label("pagina", "page")
SKIP = Label("Vai al contenuto", "Skip to the contents")
FACTS = Label("Dati e versioni", "Data and versions")
FIGURE = Label("Figura", "Figure")
TABLE = Label("Tabella", "Table")
NUMBERS_IN = Label("I numeri sono nella tabella", "The numbers are in the table")
FOR_EACH = Label("Per ogni tabella di questo capitolo:", "For each table of this chapter:")
EMPTY = Label("Nessuna riga.", "No row.")
NOTHING = Label("Questo rapporto non contiene tabelle.", "This report has no table.")
SITE = Label("Centro", "Site")
SUBJECT = Label("Soggetto", "Subject")
KEY = Label("Visita o evento", "Visit or event")
BEHIND = Label("record contati", "records counted")
CLOSE = Label("Chiudi", "Close")
HOW_TO_OPEN = Label(
    "Un numero sottolineato mostra i record che conta: clic, oppure Tab e Invio; Esc li chiude.",
    "An underlined number shows the records that it counts: click, or Tab and Enter; Esc closes them.",
)
LOOK_ELSEWHERE = Label(
    "I record dietro ogni numero sono troppi per questa pagina: cercarli in records.csv, per tabella, riga, colonna.",
    "The records behind the numbers are too many for this page: see records.csv, by table, row and column.",
)
READING = Label(
    "Tra parentesi i limiti di confidenza al 95\u00a0%; «-» significa che il numero non esiste o non è calcolabile.",
    "In brackets the 95\u00a0% confidence limits; “-” means that there is no number or that it cannot be computed.",
)
TOO_FEW = Label(
    "I limiti di meno di 5 valutati non sono disegnati; sono nella tabella.",
    "The limits of fewer than 5 assessed are not drawn; they are in the table.",
)
AT_RISK = Label("A rischio", "At risk")
MEASURED = Label("Valutati", "Assessed")
CENSORED = Label("censurati", "censored")


def said(label: Label, lang: str) -> str:
    """A text as a reader sees it: a sign is never parted from its number at the end of a line."""
    return _HELD.sub(_SPACE, label.get(lang))


def told(cell: Cell, lang: str) -> str:
    """A cell as a reader sees it, limits included, on one line."""
    text = NONE if cell.value is None else _one(cell.value, cell.kind, lang)
    if cell.kind == "share" and cell.value is not None:
        text += f"{_SPACE}%"
    if cell.low is None and cell.high is None:
        return text
    low, high = (NONE if one is None else _one(one, cell.kind, lang) for one in (cell.low, cell.high))
    return f"{text} ({low};{_SPACE}{high})"


def decimal(text: str, lang: str) -> str:
    """Digits with the decimal sign and the minus of a language."""
    text = text.replace("-", "\u2212")
    return text if lang.startswith("en") else text.replace(".", ",")


def _one(value: float, kind: Kind, lang: str) -> str:
    if kind == "p":
        return f"<{_SPACE}{decimal('0.001', lang)}" if value < 0.001 else decimal(f"{value:.3f}", lang)
    if kind == "share":
        return decimal(_fixed(100 * value, 1), lang)
    if kind == "number":
        return decimal(_fixed(value, 2), lang)
    return decimal(_fixed(value, 0 if float(value).is_integer() else 1), lang)


def _fixed(value: float, places: int) -> str:
    text = f"{value:.{places}f}"
    return text.removeprefix("-") if not text.strip("-0.") else text
