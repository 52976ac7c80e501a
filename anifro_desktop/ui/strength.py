"""How hard a passphrase is to guess, in words.

`zxcvbn` counts the guesses a thief would need who tries common words, names and patterns first; words of the study
and of the site itself are given to it, since a thief would know them. It takes about 50 ms to import, so only here
and only when somebody types a first passphrase. Nothing about the passphrase is kept or logged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

MINIMUM = 14
_KNOWN_LENGTH = 72  # zxcvbn reads no further
_STUDY_WORDS = (
    "anifro",
    "anifrolumab",
    "lupus",
    "pisa",
    "sledai",
    "saphnelo",
    "reumatologia",
    "ospedale",
    "paziente",
)

_WORDS: tuple[Any, ...] = (  # Any: the type that Qt gives to its marker is `object`
    QT_TRANSLATE_NOOP("Strength", "Very weak: it would be guessed at once"),
    QT_TRANSLATE_NOOP("Strength", "Weak: it would be guessed quickly"),
    QT_TRANSLATE_NOOP("Strength", "Fair: add another word or two"),
    QT_TRANSLATE_NOOP("Strength", "Good"),
    QT_TRANSLATE_NOOP("Strength", "Very good"),
)


@dataclass(frozen=True, slots=True)
class Strength:
    """score: 0 (guessed at once) to 4 (very good). long_enough: at least 14 characters. words: to be translated."""

    score: int
    long_enough: bool
    words: str

    @property
    def accepted(self) -> bool:
        """Long enough, and not guessed by somebody who has the key file and patience (zxcvbn 3 of 4)."""
        return self.long_enough and self.score >= 3


def strength(passphrase: str, known: Iterable[str]) -> Strength:
    """The strength of a passphrase against somebody who knows these names. Touches no widget."""
    from zxcvbn import zxcvbn

    if not passphrase:
        return Strength(0, False, _WORDS[0])
    names = [word.lower() for text in known for word in text.split() if len(word) > 2]
    score = int(zxcvbn(passphrase[:_KNOWN_LENGTH], user_inputs=[*names, *_STUDY_WORDS])["score"])
    return Strength(score, len(passphrase) >= MINIMUM, _WORDS[score])
