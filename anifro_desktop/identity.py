"""Who a patient is: the only values of the program that name a person, and the checks on an Italian tax code.

Rules kept here:
- An `Identity` never shows itself: its `repr` and `str` are blank, so that no log, message or traceback can leak it.
- Nothing here goes into a `Revision` or a bundle; only the identity store and the screens hold one.

The tax code (codice fiscale) is checked as in the ministerial decree of 23 December 1976: pattern, check letter, and
*omocodia*, where digits are replaced by letters (0 to 9 become L M N P Q R S T U V) because two persons would have
had the same code. Standard library only.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields
from datetime import date

_DIGIT_LETTERS = "LMNPQRSTUV"
_MONTHS = "ABCDEHLMPRST"
_NUMBER = f"[0-9{_DIGIT_LETTERS}]"
_PATTERN = re.compile(
    rf"[A-Z]{{6}}{_NUMBER}{{2}}[{_MONTHS}]{_NUMBER}{{2}}[A-Z]{_NUMBER}{{3}}[A-Z]", flags=re.ASCII
)
_NUMBER_PLACES = (6, 7, 9, 10, 12, 13, 14)
# Values of the characters at odd places (first, third ...), for 0 to 9 and for A to Z.
_ODD_DIGITS = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)
_ODD_LETTERS = (*_ODD_DIGITS, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
_WOMEN_DAYS = 40  # added to the day of birth


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """A person, as known at the site only. Any field may still be empty: what is typed so far is kept."""

    surname: str = ""
    name: str = ""
    birth_date: date | None = None
    tax_code: str = ""
    hospital_number: str = ""
    phone: str = ""
    email: str = ""

    def __repr__(self) -> str:
        return "Identity(…)"

    @property
    def full_name(self) -> str:
        """`Surname Name`, for the screen."""
        return f"{self.surname} {self.name}".strip()


@dataclass(frozen=True, slots=True, repr=False)
class TaxCodeFacts:
    """What a tax code says. century is not in it: year is 0 to 99. sex: `female` or `male`."""

    sex: str
    year: int
    month: int
    day: int

    def __repr__(self) -> str:
        return "TaxCodeFacts(…)"

    def agrees(self, sex: str | None, birth_date: date | None) -> bool:
        """Whether what is known of a person does not contradict the code; unknown agrees."""
        born = birth_date is None or (birth_date.year % 100, birth_date.month, birth_date.day) == (
            self.year,
            self.month,
            self.day,
        )
        return born and (sex is None or sex == self.sex)


def unreadable(identity: Identity) -> str:
    """The first part that holds what nobody could have meant to type, such as a line break; empty where none does."""
    texts = {item.name: getattr(identity, item.name) for item in fields(identity)}
    found = (name for name, text in texts.items() if isinstance(text, str) and not text.isprintable())
    return next(found, "")


def normal_tax_code(text: str) -> str | None:
    """The code in capitals without spaces, if its pattern, date and check letter are right; else None."""
    code = "".join(text.split()).upper()
    if not _PATTERN.fullmatch(code) or check_letter(code[:15]) != code[15]:
        return None
    return code if _facts(code) is not None else None


def tax_code_facts(text: str) -> TaxCodeFacts | None:
    """Sex and birth date of a valid code, omocodia undone; None for a code that is not valid."""
    code = normal_tax_code(text)
    return _facts(code) if code is not None else None


def check_letter(first_15: str) -> str:
    """The sixteenth character of a code, from the fifteen before it.

    Raises:
        ValueError: not fifteen capitals and digits.
    """
    if not re.fullmatch(r"[A-Z0-9]{15}", first_15, flags=re.ASCII):
        raise ValueError("a tax code has fifteen letters and digits before its check letter")
    total = 0
    for place, character in enumerate(first_15):
        rank = int(character) if character.isdigit() else ord(character) - ord("A")
        odd = _ODD_DIGITS if character.isdigit() else _ODD_LETTERS
        total += odd[rank] if place % 2 == 0 else rank
    return chr(ord("A") + total % 26)


def folded(text: str) -> str:
    """A text for searching: no accents, no capitals, no apostrophes or hyphens, single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(re.sub(r"['’`\-.]", " ", kept).split())


def _facts(code: str) -> TaxCodeFacts | None:
    digits = list(code)
    for place in _NUMBER_PLACES:
        if digits[place] in _DIGIT_LETTERS:
            digits[place] = str(_DIGIT_LETTERS.index(digits[place]))
    year, month, day = int("".join(digits[6:8])), _MONTHS.index(digits[8]) + 1, int("".join(digits[9:11]))
    female = day > _WOMEN_DAYS
    day -= _WOMEN_DAYS if female else 0
    try:
        date(2000 if month == 2 and day == 29 and year % 4 == 0 else 1900 + year, month, day)
    except ValueError:
        return None
    return TaxCodeFacts("female" if female else "male", year, month, day)
