"""A search for people and dates in bytes: UTF-8, UTF-16 and Latin-1, any case, with or without accents, JSON escapes.

Whatever looks like a date is read in every order, with years of four and of two digits, with every common sign between
the numbers, as eight digits, and written out with the month's name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import permutations
from pathlib import Path

from anifro_desktop.identity import Identity

_MONTHS = (
    ("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"),
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
)
_SIGN = r"[-/._, ]{1,2}"
_TRIPLE = re.compile(rf"(?<![0-9])(?=([0-9]{{1,4}}){_SIGN}([0-9]{{1,2}}){_SIGN}([0-9]{{1,4}})(?![0-9]))")
_WRITTEN = re.compile(r"(?<![0-9])([0-9]{1,2})\.? ([a-z]{3})[a-z]*\.?,? ([0-9]{4})")
_WRITTEN_ENGLISH = re.compile(r"(?<![a-z])([a-z]{3})[a-z]*\.? ([0-9]{1,2}),? ([0-9]{4})")
_EIGHT = re.compile(r"(?=([0-9]{8}))")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_LEAST = 4  # shorter words occur by chance


class Search:
    """What must not be found, made ready once."""

    def __init__(self, words: Iterable[str], dates: Iterable[date]) -> None:
        self._words = {_folded(word): word for word in words}
        self._numbers: dict[tuple[int, ...], str] = {}
        self._eights: dict[str, str] = {}
        self._written: dict[tuple[int, str, int], str] = {}
        for on in dates:
            text = on.isoformat()
            for year in (on.year, on.year % 100):
                self._numbers |= dict.fromkeys(permutations((year, on.month, on.day)), text)
            for parts in permutations((f"{on.year:04d}", f"{on.month:02d}", f"{on.day:02d}")):
                self._eights["".join(parts)] = text
            for names in _MONTHS:
                self._written[on.day, names[on.month - 1], on.year] = text

    def find(self, data: bytes) -> set[str]:
        """Everything found in some bytes, by its plain text."""
        found: set[str] = set()
        for view in _views(data):
            found |= {word for pattern, word in self._words.items() if pattern in view}
            if self._numbers:
                found |= set(self._dates(view))
        return found

    def _dates(self, view: str) -> Iterator[str]:
        for match in _TRIPLE.finditer(view):
            if (on := self._numbers.get(tuple(map(int, match.groups())))) is not None:
                yield on
        for match in _EIGHT.finditer(view):
            if (on := self._eights.get(match[1])) is not None:
                yield on
        for pattern, day, month in ((_WRITTEN, 1, 2), (_WRITTEN_ENGLISH, 2, 1)):
            for match in pattern.finditer(view):
                if (on := self._written.get((int(match[day]), match[month], int(match[3])))) is not None:
                    yield on

    def in_files(self, *folders: Path) -> dict[str, set[str]]:
        """Every file below some folders in which, or in whose name, something is found."""
        found: dict[str, set[str]] = {}
        for path in sorted(path for folder in folders for path in folder.rglob("*")):
            here = self.find(path.name.encode())
            if path.is_file():
                here |= self.find(path.read_bytes())
            if here:
                found[str(path)] = here
        return found


def words_of(person: Identity) -> set[str]:
    """The texts that give a person away: each name alone and together, numbers, addresses."""
    full = {person.surname, person.name, person.full_name, f"{person.name} {person.surname}"}
    parts = {part for text in (person.surname, person.name) for part in re.split(r"[\s'’-]+", text)}
    numbers = {
        person.tax_code,
        person.hospital_number,
        person.phone,
        person.email,
        person.phone.replace(" ", ""),
    }
    return {text for text in full | parts | numbers if len(text) >= _LEAST}


def _views(data: bytes) -> Iterator[str]:
    """The bytes as text, in each way they could be one."""
    decoded = {data.decode(encoding, "replace") for encoding in ("utf-8", "latin-1")}
    decoded |= {
        data[start:].decode(encoding, "replace")
        for encoding in ("utf-16-le", "utf-16-be")
        for start in (0, 1)
    }
    for text in decoded:
        yield _folded(_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text))


def _folded(text: str) -> str:
    """Without case and accents; the same for a text and for a part of it."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))
