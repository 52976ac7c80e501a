"""Whether the reason given for an erasure repeats what is to be erased: it stays in the audit trail, so it must not.

Of an identity every word, number and the birth date counts, in any order and writing; of a free text its words that
begin with a capital letter, its numbers, and the names of patients known here. What a name is nobody can tell for sure:
this catches the slip, not somebody who means to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from anifro_desktop.identity import Identity, folded

_LEAST, _LEAST_DIGITS = 3, 4  # letters of a word and digits of a number that say something
_PART = re.compile(r"[^\W_]+")


def repeats_identity(reason: str, texts: Iterable[str]) -> bool:
    """Whether a reason holds a word, a number or the date of an identity. texts: of its parts; dates as ISO."""
    said, digits = _words(reason), re.sub(r"\D", "", reason)
    for text in texts:
        if (born := _date(text)) is not None:
            if _says_date(reason, born):
                return True
            continue
        number = re.sub(r"\D", "", text)
        if len(number) > _LEAST_DIGITS and number in digits:
            return True
        if said & {word for word in _words(text) if _tells(word)}:
            return True
    return False


def repeats_text(reason: str, texts: Iterable[str], known: Iterable[Identity]) -> bool:
    """Whether a reason holds one of some free texts, or what may be a name, a date or a number in them."""
    said, whole = _words(reason), folded(reason)
    names = {word for one in known for name in (one.surname, one.name) for word in _words(name)}
    for text in texts:
        marked = {folded(part) for part in _PART.findall(text) if part[0].isupper() or part[0].isdigit()}
        telling = marked | (_words(text) & names)
        if folded(text) in whole or said & {word for word in telling if _tells(word)}:
            return True
    return False


def _words(text: str) -> set[str]:
    return set(_PART.findall(folded(text)))


def _tells(word: str) -> bool:
    return len(word) >= (_LEAST_DIGITS if word.isdigit() else _LEAST)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _says_date(text: str, on: date) -> bool:
    numbers = [int(part) for part in re.findall(r"[0-9]+", text)]
    wanted = [sorted((year, on.month, on.day)) for year in (on.year, on.year % 100)]
    triples = (sorted(numbers[at : at + 3]) for at in range(len(numbers) - 2))
    joined = re.sub(r"\D", "", text)
    return any(three in wanted for three in triples) or any(
        form in joined for form in (f"{on:%d%m%Y}", f"{on:%Y%m%d}")
    )
