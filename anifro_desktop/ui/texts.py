"""Numbers, dates and words of a visit, in the language in use when they are asked for.

Rules kept here: fixed patterns, never the system's; decimal comma in Italian, point in English; a result is shown
half-up from its value rounded to 9 decimals; a true minus sign. Nothing is formatted before it is translated.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from PySide6.QtCore import QCoreApplication, QLocale

from anifro_desktop.forms.texts import MISSING
from anifro_desktop.record import Missing

translate = QCoreApplication.translate

_MONTHS = {
    "it": ("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}

# not done, not known (non noto: sconosciuto), not applicable, refused: the letters belong to the labels of `forms`.
_LETTERS = {
    "it": dict(zip(Missing, "nsar", strict=True)),
    "en": dict(zip(Missing, "dkar", strict=True)),
}


def language() -> str:
    """The language in use, `it` or `en`."""
    return "it" if QLocale().name().partition("_")[0] == "it" else "en"  # by name: an enum is slow to make


def number(value: float | int | Decimal, decimals: int | None = None) -> str:
    """A number for reading. decimals: fixed places; None = as many as it has, at most 3, no trailing zeros."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(round(float(value), 9)))
    places = 3 if decimals is None else decimals
    text = format(exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP), "f")
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    if text.startswith("-"):
        text = text[1:] if not text.strip("-0.") else "−" + text[1:]
    return text.replace(".", ",") if language() == "it" else text


def short_date(value: date) -> str:
    """A date with the month in words, `22 nov 2026`."""
    return f"{value.day} {_MONTHS[language()][value.month - 1]} {value.year}"


def full_date(value: date) -> str:
    """A date in figures, `22/11/2026`, always with four digits for the year."""
    return value.strftime("%d/%m/%Y")


def listed(words: Sequence[str]) -> str:
    """Words in a row, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return translate("Texts", "{first} and {last}").format(first=", ".join(words[:-1]), last=words[-1])


def missing_name(reason: Missing) -> str:
    """A missing reason as it stands on a button."""
    return MISSING[reason].get(language())


def missing_key(reason: Missing) -> str:
    """The letter that gives a missing reason after the key for missing, in lower case."""
    return _LETTERS[language()][reason]
