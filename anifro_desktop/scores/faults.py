"""What can be wrong with an input to a score, and the sentences that say it in both languages.

A fault names the key and what is allowed, never the answer that was given, so that its text can be sent to
anyone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one input.

    place: which input, as "English|Italian" (empty for a single one). key: dotted. code and params name the
    sentence.
    """

    place: str
    key: str
    code: str
    params: Mapping[str, str] = field(default_factory=dict)

    def text(self, lang: str = "en") -> str:
        """The fault in words ("en" or "it")."""
        english, italian = SENTENCES[self.code]
        said = {name: _said(value, lang) for name, value in self.params.items()}
        sentence = (italian if lang == "it" else english).format(**said)
        where = ", ".join(part for part in (_said(self.place, lang), self.key) if part)
        return f"{where}: {sentence}" if where else sentence


# Code: English, Italian.
SENTENCES = {
    "unknown_key": ("unknown key{hint}", "chiave sconosciuta{hint}"),
    "not_allowed": ("must be {allowed}", "dev'essere {allowed}"),
    "given_twice": ("the key is given twice", "la chiave è data due volte"),
    "not_utf8": ("the file is not UTF-8 text", "il file non è testo UTF-8"),
    "nothing": ("there is nothing to read", "non c'è nulla da leggere"),
    "not_json": (
        "not valid JSON at line {line}, column {column}: {what}",
        "JSON non valido alla riga {line}, colonna {column}: {what}",
    ),
    "too_deep": ("the JSON is nested too deep", "il JSON ha troppi livelli"),
    "not_objects": (
        "must be one JSON object, a JSON array of objects, or a CSV with a header",
        "dev'essere un oggetto JSON, un array JSON di oggetti, o un CSV con intestazione",
    ),
    "not_an_object": ("must be an object", "dev'essere un oggetto"),
    "no_commas": (
        "the columns must be separated by commas, and numbers written with a decimal point",
        "le colonne devono essere separate da virgole, e i numeri scritti con il punto decimale",
    ),
    "no_column_name": ("a column has no name", "una colonna non ha nome"),
    "json_only": ("lists of objects are read from JSON only", "le liste di oggetti si leggono solo da JSON"),
    "own_columns": (
        "its items need columns of their own, such as {example}",
        "i suoi elementi vogliono colonne proprie, come {example}",
    ),
    "row_length": (
        "the row has another number of cells than the header",
        "la riga ha un numero di celle diverso dall'intestazione",
    ),
    "empty_line": (
        'an empty line among rows of one cell: write "" for a row without an answer, or take it out',
        'una riga vuota tra righe di una cella: scrivere "" per una riga senza risposta, o toglierla',
    ),
    "not_csv": ("not valid CSV ({what})", "CSV non valido ({what})"),
}


def not_allowed(allowed: str, place: str, path: str) -> Fault:
    """The fault of a value that its key does not take; allowed: what it takes, as "English|Italian"."""
    return Fault(place, path, "not_allowed", {"allowed": allowed})


def unknown_key(key: str, known: Iterable[str], place: str, head: str = "") -> Fault:
    """The fault of a key that the rule does not have, with the nearest one it has."""
    import difflib  # only needed where something is wrong

    near = difflib.get_close_matches(key[:60], list(known), n=1)
    hint = f"; did you mean {head}{near[0]}?|; forse {head}{near[0]}?" if near else ""
    return Fault(place, head + printable(key), "unknown_key", {"hint": hint})


def printable(key: str) -> str:
    """A key as it can be printed: short, and without control or broken characters; an empty one is quoted."""
    shown = key if key.isprintable() else ascii(key)[1:-1]
    if not shown:
        return '""'
    return shown if len(shown) <= 60 else f"{shown[:57]}..."


def _said(text: str, lang: str) -> str:
    """A phrase of ours holds both languages, split by a bar; anything else is said as it is."""
    english, bar, italian = text.partition("|")
    return italian if bar and lang == "it" else english
