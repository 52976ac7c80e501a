"""What is said on blank paper forms besides the questions: headings, and conditions as a person reads them."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from anifro_desktop.forms.model import Definitions, Label

_WORDS: Mapping[str, Label] = {
    "study": Label("Studio NCT07215754 – scheda cartacea", "Study NCT07215754 – paper form"),
    "code": Label("Codice paziente", "Patient code"),
    "date": Label("Data", "Date"),
    "by": Label("Compilata da", "Filled in by"),
    "visit": Label("Visita", "Visit"),
    "only_if": Label("solo se", "only if"),
    "rest": Label("Da qui alla fine", "From here to the end"),
    "answered": Label("con risposta", "answered"),
    "and": Label("e", "and"),
    "or": Label("o", "or"),
    "not": Label("non", "not"),
    "no_names": Label(
        "Nessun nome, data di nascita o numero di cartella su questo foglio.",
        "No name, birth date or record number on this sheet.",
    ),
}
_TOKEN = re.compile(
    r"answered\(([a-z0-9_]+)\)|([a-z0-9_]+)\s*(==|!=|<=|>=|<|>)\s*([a-z0-9_.]+)|\b(and|or|not)\b"
)
_SIGNS = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "<": "&lt;", ">": "&gt;"}


def word(name: str, lang: str) -> str:
    """One of the fixed words in Italian ("it") or English ("en")."""
    return _WORDS[name].get(lang)


def condition_words(definitions: Definitions, text: str, lang: str) -> str:
    """A condition as a person reads it: questions by their label, codes by their words."""

    def said(match: re.Match[str]) -> str:
        answered, name, sign, right, joined = match.groups()
        if joined:
            return word(joined, lang)
        if answered:
            return f"«{_label(definitions, answered, lang)}» {word('answered', lang)}"
        return f"«{_label(definitions, name, lang)}» {_SIGNS[sign]} {_value(definitions, name, right, lang)}"

    return _TOKEN.sub(said, text)


def _label(definitions: Definitions, name: str, lang: str) -> str:
    item = definitions.fields.get(name)
    return name if item is None else html.escape(item.label.get(lang))


def _value(definitions: Definitions, name: str, right: str, lang: str) -> str:
    item = definitions.fields.get(name)
    if item is not None and item.codes is not None and right.isdigit():
        label = item.codes.label(int(right))
        return html.escape(label.get(lang)) if label is not None else right
    return f"«{_label(definitions, right, lang)}»" if right in definitions.fields else right
