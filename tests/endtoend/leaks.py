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

from anifro_desktop.identity import Identity, check_letter

_MONTHS = (
    ("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"),
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
)
_SIGN = r"[-/._, ]{1,2}"
_TRIPLE = re.compile(rf"(?<![0-9])(?=([0-9]{{1,4}}){_SIGN}([0-9]{{1,2}}){_SIGN}([0-9]{{1,4}})(?![0-9]))")
_WRITTEN = re.compile(r"(?<![0-9])([0-9]{1,2})\.? ([a-z]{3})[a-z]*\.?,? ([0-9]{4})")
_WRITTEN_ENGLISH = re.compile(r"(?<![a-z])([a-z]{3})[a-z]*\.? ([0-9]{1,2}),? ([0-9]{4})")
_EIGHT = re.compile(r"(?=([0-9]{8}))")
_HASH = re.compile(r"(?<![0-9a-z])[0-9a-f]{32,}(?![0-9a-z])")  # eight digits stand in one by chance
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
        for match in _EIGHT.finditer(_HASH.sub("-", view)):
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


_SURNAMES = (
    ("Vortì", "Zambrè", "Quintè", "Dragù", "Fiumò", "Xenà"),
    ("spandri", "lombetta", "gharsen", "muccòlo", "pietrafì"),
)
_NAMES = (
    ("Ulbi", "Ortè", "Gessù", "Tevà", "Wilmè"),
    ("olinda", "aspèro", "randùl", "mìrfa", "gòttar", "zeffia"),
)
_TAX_MONTHS = "ABCDEHLMPRST"
DATE_FORMS = ("{0:%Y-%m-%d}", "{0:%d/%m/%Y}", "{0:%d.%m.%y}", "{0:%Y%m%d}", "{0.day} {1} {0.year}")


def planted(count: int) -> list[Identity]:
    """So many synthetic people (30 at most), each with every number that can give a person away."""
    pairs = [(one, two) for one in range(6) for two in range(5)][:count]
    return [_person(number, one, two) for number, (one, two) in enumerate(pairs)]


def _person(number: int, one: int, two: int) -> Identity:
    born = date(1938 + 2 * number, 1 + (5 * number) % 12, 13 + number % 15)
    first_15 = f"ZQ{'BCDFGL'[one]}XW{'MNPRS'[two]}{born:%y}{_TAX_MONTHS[born.month - 1]}{born:%d}G702"
    return Identity(
        _SURNAMES[0][one] + _SURNAMES[1][two],
        _NAMES[0][two] + _NAMES[1][one],
        born,
        first_15 + check_letter(first_15),
        f"MRN-77{number:02d}-{4409 * (number + 3)}",
        f"0587 77{number:02d}{7 * number + 311:03d}",
        f"{_SURNAMES[0][one][:4]}{number}.{two}@prova.example".lower(),
    )


def written(on: date) -> list[str]:
    """A date in the forms in which people type one."""
    months = ("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno")
    months += ("luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre")
    return [form.format(on, months[on.month - 1]) for form in DATE_FORMS]


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
