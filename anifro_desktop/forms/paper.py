"""Blank paper forms, from the definitions alone: what is printed for the day on which no computer works.

Each form is HTML that a printer of pages (`ui.paper`) sets on A4. What is asked, in which order, with which options,
units and conditions is the same as on the screen; scores are not printed, since nobody is to work them out by hand.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from anifro_desktop.forms import texts
from anifro_desktop.forms.model import Definitions, Field, Form, Label
from anifro_desktop.record import Missing

_WORDS: Mapping[str, Label] = {
    "study": Label("Studio NCT07215754 – scheda cartacea", "Study NCT07215754 – paper form"),
    "code": Label("Codice paziente", "Patient code"),
    "date": Label("Data", "Date"),
    "by": Label("Compilata da", "Filled in by"),
    "visit": Label("Visita", "Visit"),
    "only_if": Label("solo se", "only if"),
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
_BOX, _CELL = "[&nbsp;&nbsp;]", "|__"
_STYLE = """
body { font-size: 9pt; } h1 { font-size: 14pt; margin: 0; } h2 { font-size: 11pt; margin: 8px 0 2px 0; }
td { padding: 3px 4px; border-bottom: 1px solid #999999; vertical-align: top; }
.small { font-size: 7.5pt; color: #444444; }
"""


def form_html(definitions: Definitions, form: Form, lang: str) -> str:
    """One blank form in Italian ("it") or English ("en")."""
    body = "".join(_sections(definitions, form, lang))
    return (
        f"<html><head><style>{_STYLE}</style></head><body>"
        f"<p class='small'>{_w('study', lang)} · {html.escape(definitions.digest[:16])}</p>"
        f"<h1>{html.escape(form.label.get(lang))}</h1>{_head(form, lang)}"
        f"<p class='small'>{_w('no_names', lang)}</p>{body}</body></html>"
    )


def printable(definitions: Definitions) -> tuple[Form, ...]:
    """The forms that a person fills, in order."""
    return tuple(form for form in definitions.forms if not form.derived)


def _head(form: Form, lang: str) -> str:
    visit = f" &nbsp; {_w('visit', lang)} ________" if form.level == "visit" else ""
    return (
        f"<p>{_w('code', lang)} ______-________-____{visit} &nbsp; {_w('date', lang)} {_digits((2, 2, 4), ' / ')}"
        f" &nbsp; {_w('by', lang)} ______________</p>"
    )


def _sections(definitions: Definitions, form: Form, lang: str) -> Iterator[str]:
    for section in form.sections:
        asked = [item for item in section.fields if not item.computed]
        if not asked:
            continue
        if len(form.sections) > 1:
            yield f"<h2>{html.escape(section.label.get(lang))}</h2>"
        rows = "".join(_row(definitions, item, lang) for item in asked)
        yield f"<table width='100%' cellspacing='0'>{rows}</table>"


def _row(definitions: Definitions, item: Field, lang: str) -> str:
    condition = ""
    if item.show_if is not None:
        said = condition_words(definitions, item.show_if.text, lang)
        condition = f"<br><span class='small'>{_w('only_if', lang)} {said}</span>"
    label = html.escape(item.label.get(lang))
    return f"<tr><td width='38%'>{label}{condition}</td><td>{_answer(item, lang)}</td></tr>"


def _answer(item: Field, lang: str) -> str:
    if item.codes is not None:
        options = [
            f"{_BOX}&nbsp;{code.value}&nbsp;{html.escape(code.label.get(lang))}" for code in item.codes.codes
        ]
        answer = " &nbsp; ".join(options)
    else:
        unit = "" if item.unit_label is None else f" {html.escape(item.unit_label.get(lang))}"
        answer = _blank(item, lang) + unit
    reasons = [texts.MISSING[reason].get(lang).lower() for reason in Missing if reason in item.missing]
    said = " &nbsp; ".join(f"{_BOX}&nbsp;{html.escape(reason)}" for reason in reasons)
    return f"{answer}<br><span class='small'>{said}</span>" if said else answer


def _blank(item: Field, lang: str) -> str:
    """Room for an answer: a cell for each digit that it can have, or a line."""
    if item.type in ("date", "partial_date"):
        return _digits((2, 2, 4), " / ")
    if item.type == "moment":
        return f"{_digits((2, 2, 4), ' / ')} &nbsp; {_digits((2, 2), ' : ')}"
    if item.hard is None:
        return "_" * 60
    whole = max(len(str(int(end))) for end in (item.hard.low, item.hard.high))
    point = "," if lang == "it" else "."
    return _digits((whole, item.decimals), f" {point} ") if item.decimals else _digits((whole,), "")


def _digits(groups: tuple[int, ...], between: str) -> str:
    return between.join(_CELL * count + "|" for count in groups)


def condition_words(definitions: Definitions, text: str, lang: str) -> str:
    """A condition as a person reads it: questions by their label, codes by their words."""

    def said(match: re.Match[str]) -> str:
        answered, name, sign, right, word = match.groups()
        if word:
            return _w(word, lang)
        if answered:
            return f"«{_label(definitions, answered, lang)}» {_w('answered', lang)}"
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


def _w(name: str, lang: str) -> str:
    return _WORDS[name].get(lang)
