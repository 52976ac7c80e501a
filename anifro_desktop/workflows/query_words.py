"""What is said of questions and marks, in both languages: states, kinds, acts, and where a question stands."""

from __future__ import annotations

from collections.abc import Mapping

from anifro_desktop.forms.library import Library
from anifro_desktop.forms.model import Label
from anifro_desktop.thread import Act, Query
from anifro_desktop.workflows.audit.finding import place_name

STATES: Mapping[str, Label] = {
    "open": Label("aspetta il centro", "waiting for the site"),
    "answered": Label("aspetta Pisa", "waiting for Pisa"),
    "closed": Label("chiusa", "closed"),
    "cancelled": Label("annullata", "cancelled"),
}
KINDS: Mapping[str, Label] = {
    "field": Label("campo", "field"),
    "missing": Label("mancante", "missing"),
    "contradiction": Label("contraddizione", "contradiction"),
    "score": Label("punteggio", "score"),
    "conflict": Label("due contenuti", "two contents"),
    "other": Label("altro", "other"),
}
ACTS: Mapping[str, Label] = {
    "raise": Label("Pisa chiede", "Pisa asks"),
    "ask": Label("Pisa chiede ancora", "Pisa asks again"),
    "close": Label("Pisa chiude", "Pisa closes it"),
    "cancel": Label("Pisa annulla", "Pisa takes it back"),
    "answer": Label("Il centro risponde", "The site answers"),
    "ask_back": Label("Il centro domanda", "The site asks back"),
    "correct": Label("Il centro ha corretto", "The site amended"),
}
VERSION = Label("versione {ver}", "version {ver}")
# At the centre, where "il centro" would be read as the reader's own.
STATES_AT_CENTRE: Mapping[str, Label] = {**STATES, "open": Label("aspetta la sede", "waiting for the site")}
ACTS_AT_CENTRE: Mapping[str, Label] = {
    **ACTS,
    "answer": Label("La sede risponde", "The site answers"),
    "ask_back": Label("La sede domanda", "The site asks back"),
    "correct": Label("La sede ha corretto", "The site amended"),
}
WITHHELD_AT_CENTRE = Label("[testo trattenuto dalla sede]", "[words kept at the site]")
WITHHELD = Label("[testo trattenuto al centro]", "[words kept at the site]")
MARKS: Mapping[str, Label] = {
    "verified": Label("verificato con la fonte", "verified with its source"),
    "changed": Label("cambiato dopo la verifica con la fonte", "changed since verified with its source"),
}


def place(query: Query, library: Library, lang: str) -> str:
    """Where a question stands, in words: visit or event, form, question."""
    form = next((one for one in library.current.forms if one.id == query.form), None)
    item = library.field(query.field) if query.field else None
    parts = [place_name(library.current, query.visit).get(lang)]
    parts += [form.label.get(lang)] if form is not None and form.label.get(lang) != parts[0] else []
    parts += [item.label.get(lang)] if item is not None else []
    return " · ".join(parts)


def said(act: Act, lang: str, *, at_centre: bool = False) -> str:
    """One act as a line: who did what, in which words."""
    head = (ACTS_AT_CENTRE if at_centre else ACTS)[act.act].get(lang)
    version = f" ({VERSION.get(lang).format(ver=act.ver)})" if act.ver else ""
    withheld = (WITHHELD_AT_CENTRE if at_centre else WITHHELD).get(lang)
    text = withheld if act.text == "[withheld]" else act.text
    return f"{head}{version}: {text}" if text else f"{head}{version}"
