"""Whether a free text says who somebody is: words and numbers of people known here, and shapes that tell by themselves.

Rules kept here:
- Who the people are is known only as keyed hashes (`tokens_of`): whoever screens never sees a name, and needs none.
- Accents, capitals, apostrophes, doubled letters, split and joined words make no difference.
- A word that is an ordinary one too ("rosa", "bianco") counts only where it is written as a name or stands beside
  another name.
- What is found is named by place and kind, so that a person can look; nothing is ever changed in the text itself. What
  leaves instead is `WITHHELD`.

What it cannot find: a name unknown here and without a title, a nickname, a misspelt name, a description. So it is a net
under a person who looks, not in place of one. Standard library only.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from anifro_desktop.forms.telling import shapes
from anifro_desktop.identity import Identity

WITHHELD = "[withheld]"
MOST = 200  # characters of a free text that may leave
WHY = (
    *("identity", "tax_code", "email", "iban", "health_card", "phone", "date", "address", "title"),
    *("hospital_number", "too_long"),
)

_LABEL = b"anifro/screening/v1\0"
_BYTES = 12  # of a hash that are kept: chance hits stay below one in 10^24
_SHORT = 3  # letters of a word that counts only with a capital
_LEAST_JOINED = 5  # letters of a name that may stand split
_LEAST_DIGITS = 5
_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d(?:[\s./\-]?\d)+")
_TWICE = re.compile(r"(.)\1+")
_STOP = re.compile(r"[.!?:;\n]\s*$")
_PLAIN = str.maketrans(
    {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ß": "ss"}
)
# Words of everyday and clinical language that are names as well; in Italian and English.
_ORDINARY_WORDS = """
    alba amore ancora angela angelo anno area aurora bella bello bene bianca bianche bianchi bianco bionda bionde biondi
    biondo bocca braccia braccio bruna bruno buona buono calda caldo campo capo caro carne casa caso celeste chiara
    chiare chiari chiaro collo conti corpo corta corte corti corto costa coste croce cruda crudo cuore destra dita
    dolce dolci domenica dona dora duro fede felice ferma fermo ferri ferro fiore fiori fonte forte forti franca franco
    fronte gamba gambe gatta gatti gentile giada gioia giorno gola grande grandi grassa grassi grasso grazia grigia
    grigi grigio guida iris italia italiana italiano labbra labbro latte lama lieta lieto linda luce lunga lunghi lungo
    magra magri magro mancini mancino mano mani marca marina maggio marzo mare mattina mele mela mercede merlo mora
    mori moro mosca nasi naso natale nera neri nero neve norma occhi olio onda orlando orso ossa osso pace palma pane
    pasqua pasquale passa passi paura pelle perla pepe pera pesce pia piano piccola piccoli piccolo piede piedi pino
    polso porta prima primo pura puro regina resta resti riccia ricci riccio rosa rosata rose rosi rossa rosse rossi
    rosso sala sale salute salva salvo sana sani sano santa santi santo seconda secondo sera serena sereno severa
    severi severo sole sola solo sofia spada spina stabile stella storia tardi tenera tesi testa toro torre tosta
    tosti trova valle vena vene vento vera veri vero verde verdi vita vitale vitali viola viso viva vivo volpe volta
    young white black brown green gray grey rose hope faith joy grace may june april summer long short small strong
    hand foot back best day dawn angel ray pace price power ward nurse page bush wood woods stone hill field fields
    moon star rich sharp swift wise good bright light mark will bill art jack rusty sandy lily ivy daisy violet amber
"""
_ORDINARY = frozenset(_ORDINARY_WORDS.split())
# Beside one another they would make names by chance.
_SMALL_WORDS = """
    a ad al alla allo agli alle ai an and as at by che con da dal dalla dei del della delle di do e ed for from gli
    ha he i il in is it la le lo ma me mi ne nel nella no non o od of on or per pi piu po se si so su sul sulla ti to
    tra tu un una uno va ve vi was
"""
_SMALL = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Hit:
    """A place of a text that may tell. start, end: of its characters; why: of `WHY`."""

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Screened:
    """A text that was looked at. hits: by place; none where it may leave as it is."""

    text: str = field(repr=False)
    hits: tuple[Hit, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not self.hits

    @property
    def leaving(self) -> str:
        """What may leave: the text, or `WITHHELD` in its place."""
        return self.text if self.clean else WITHHELD

    @property
    def why(self) -> tuple[str, ...]:
        """The kinds of what was found, each once."""
        return tuple(dict.fromkeys(hit.why for hit in self.hits))


@dataclass(frozen=True, slots=True)
class Tokens:
    """The people known here, as keyed hashes. key: 32 bytes, of this site alone."""

    key: bytes = field(repr=False)
    known: frozenset[bytes] = field(default=frozenset(), repr=False)

    def holds(self, word: str) -> bool:
        """Whether a word in its plain form is one of somebody known here."""
        return bool(self.known) and _hash(self.key, word) in self.known

    def knowing(self, more: Iterable[bytes]) -> Tokens:
        """These and more."""
        return Tokens(self.key, self.known | frozenset(more))


NOBODY = Tokens(b"")


def tokens_of(person: Identity, key: bytes) -> frozenset[bytes]:
    """The hashes of what tells of a person: each name, alone and joined, and every number."""
    words = _name_words(person.surname) | _name_words(person.name)
    for number in (person.hospital_number, person.tax_code, person.phone):
        words |= _number_words(number)
    mailbox = plain(person.email.split("@")[0])
    words |= {_squeezed("".join(_WORD.findall(mailbox)))} if len(mailbox) >= _LEAST_JOINED else set()
    return frozenset(_hash(key, word) for word in words if word)


def tokens_of_name(name: str, key: bytes) -> frozenset[bytes]:
    """The hashes of the parts of a name; of somebody who works here."""
    return frozenset(_hash(key, word) for word in _name_words(name) if len(word) >= _SHORT)


def screen(text: str, tokens: Tokens = NOBODY) -> Screened:
    """Look a text over.

    Args:
        text: as typed, in one line or several. tokens: the people known here.
    """
    hits = [Hit(start, end, why) for start, end, why in shapes(_smoothed(text))]
    hits += [Hit(start, end, "identity") for start, end in _known(text, tokens)]
    if len(text) > MOST:
        hits.append(Hit(MOST, len(text), "too_long"))
    return Screened(text, tuple(_merged(hits)))


def plain(text: str) -> str:
    """Without accents and capitals."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(one for one in folded if not unicodedata.combining(one)).translate(_PLAIN)


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    plain: str
    capital: bool
    first: bool  # of a sentence

    @property
    def ordinary(self) -> bool:
        return self.plain in _ORDINARY or len(self.plain) <= _SHORT


def _known(text: str, tokens: Tokens) -> Iterator[tuple[int, int]]:
    if not tokens.known:
        return
    words = list(_words(text))
    shouted = not any(word.plain and text[word.start : word.end].islower() for word in words)
    told = [tokens.holds(_squeezed(word.plain)) for word in words]
    for place, word in enumerate(words):
        beside = any(told[near] for near in (place - 1, place + 1) if 0 <= near < len(words))
        as_name = word.capital and not word.first and not shouted
        if told[place] and (not word.ordinary or as_name or beside):
            yield word.start, word.end
    yield from _joined(words, tokens)
    yield from _numbers(text, tokens)


def _joined(words: list[_Word], tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Names that stand split, by a blank, a stroke or letter by letter."""
    for count in (2, 3):
        for start in range(len(words) - count + 1):
            part = words[start : start + count]
            whole = "".join(word.plain for word in part)
            if len(whole) < _LEAST_JOINED or all(word.plain in _SMALL for word in part):
                continue
            if tokens.holds(_squeezed(whole)):
                yield part[0].start, part[-1].end
    run: list[_Word] = []
    for word in (*words, None):
        if word is not None and len(word.plain) == 1:
            run.append(word)
            continue
        for start in range(len(run)):
            for end in range(start + _LEAST_JOINED - 1, min(len(run), start + 24) + 1):
                if tokens.holds(_squeezed("".join(one.plain for one in run[start:end]))):
                    yield run[start].start, run[end - 1].end
        run = []


def _numbers(text: str, tokens: Tokens) -> Iterator[tuple[int, int]]:
    for match in _DIGITS.finditer(text):
        places = [place for place in range(match.start(), match.end()) if text[place].isdigit()]
        digits = "".join(text[place] for place in places)
        for start in range(len(digits)):
            for end in range(start + _LEAST_DIGITS, min(len(digits), start + 20) + 1):
                if tokens.holds(f"#{digits[start:end]}"):
                    yield places[start], places[end - 1] + 1


def _words(text: str) -> Iterator[_Word]:
    smooth = _smoothed(text)
    for match in _WORD.finditer(smooth):
        start, end = match.span()
        first = start == 0 or not smooth[:start].strip() or bool(_STOP.search(smooth[:start]))
        yield _Word(start, end, plain(match[0]), match[0][0].isupper(), first)


def _smoothed(text: str) -> str:
    """The text with as many characters, but composed letters, plain blanks and nothing invisible, which becomes the
    letter before it once more: a doubled letter makes no difference."""
    made: list[str] = []
    for one in text:
        if made and (unicodedata.combining(one) or unicodedata.category(one) == "Cf"):
            made.append(made[-1] if made[-1].isalnum() else " ")
        else:
            made.append(" " if one.isspace() and one != "\n" else one)
    return "".join(made)


def _name_words(name: str) -> set[str]:
    words = _WORD.findall(plain(unicodedata.normalize("NFC", name)))
    joined = {"".join(pair) for pair in pairwise(words)} | {"".join(words)}
    return {_squeezed(word) for word in (*words, *joined) if len(word) > 1}


def _number_words(number: str) -> set[str]:
    letters = "".join(_WORD.findall(plain(number)))
    digits = "".join(one for one in number if one.isdigit())
    national = re.sub(r"^(00)?39(?=\d{8})", "", digits)
    found = {f"#{one}" for one in (digits, national) if len(one) >= _LEAST_DIGITS}
    return found | (
        {_squeezed(letters)} if len(letters) >= _LEAST_JOINED and not letters.isdigit() else set()
    )


def _squeezed(word: str) -> str:
    return _TWICE.sub(r"\1", word)


def _hash(key: bytes, word: str) -> bytes:
    return hmac.digest(key, _LABEL + word.encode(), "sha256")[:_BYTES]


def _merged(hits: Iterable[Hit]) -> Iterator[Hit]:
    """By place, those that lie over one another as one: a person looks at places, not at reasons."""
    last: Hit | None = None
    for hit in sorted(hits, key=lambda one: (one.start, -one.end, WHY.index(one.why))):
        if last is not None and hit.start < last.end:
            last = Hit(last.start, max(last.end, hit.end), last.why)
            continue
        if last is not None:
            yield last
        last = hit
    if last is not None:
        yield last
