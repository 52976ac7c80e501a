"""What an answer may be: the kinds of keys that the rules read, and how each is checked.

Types are strict: a number is no yes/no, a yes/no is no number, text is neither. None is allowed everywhere
and means unknown. All kinds share two methods: `allowed()`, what may be given, as "English|Italian"; and
`faults(value, place, path)`, everything wrong with a value that is not None. Days, moments and time zones are in
`keys_time`, and are imported from here like the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Protocol

from anifro_desktop.scores.faults import Fault, not_allowed, printable, unknown_key
from anifro_desktop.scores.keys_time import Day, Days, Moment, Zone, as_date, as_moment

__all__ = [
    "LIMIT",
    "Absent",
    "Block",
    "Day",
    "Days",
    "Key",
    "Moment",
    "Number",
    "Numbers",
    "OneOf",
    "Rows",
    "Words",
    "YesNo",
    "Zone",
    "as_date",
    "as_moment",
    "object_faults",
]

LIMIT = 10**9  # no dose, count or measure comes near it; below it every result is finite


class Key(Protocol):
    """A kind of answer."""

    def allowed(self) -> str:
        """What may be given, as "English|Italian"."""

    def faults(self, value: Any, place: str, path: str) -> list[Fault]:
        """Everything wrong with a value that is not None."""


@dataclass(frozen=True, slots=True)
class YesNo:
    """True or false."""

    def allowed(self) -> str:
        """What may be given."""
        return "true, false or null|true, false o null"

    def faults(self, value: Any, place: str, path: str) -> list[Fault]:
        """Anything but a yes/no is refused."""
        return [] if type(value) is bool else [_refused(self, place, path)]


@dataclass(frozen=True, slots=True)
class Number:
    """A finite number from low to high, both included (with `above`, low excluded); `whole`: without
    decimals; `unit`: in UCUM, for whoever reads the list of keys; `only`: none but these."""

    low: float
    high: float = LIMIT
    above: bool = False
    whole: bool = False
    unit: str = ""
    only: tuple[float, ...] = ()

    def allowed(self) -> str:
        """What may be given."""
        if self.only:
            numbers = ", ".join(f"{number:g}" for number in self.only)
            return f"one of {numbers}, or null|uno tra {numbers}, o null"
        low, high = f"{self.low:g}", f"{self.high:.10g}"
        if self.above:
            return f"a number above {low}, up to {high}, or null|un numero sopra {low}, fino a {high}, o null"
        if self.whole:
            return f"a whole number from {low} to {high}, or null|un numero intero da {low} a {high}, o null"
        return f"a number from {low} to {high}, or null|un numero da {low} a {high}, o null"

    def faults(self, value: Any, place: str, path: str) -> list[Fault]:
        """Another type, not finite, out of range, or not whole."""
        if type(value) in (int, float) and self.low <= value <= self.high:
            excluded = (self.above and value == self.low) or (self.whole and value != int(value))
            if not excluded and (not self.only or value in self.only):
                return []
        return [_refused(self, place, path)]


@dataclass(frozen=True, slots=True)
class OneOf:
    """One word of a list."""

    words: tuple[str, ...]

    def allowed(self) -> str:
        """What may be given."""
        words = ", ".join(self.words)
        return f"one of {words}, or null|uno tra {words}, o null"

    def faults(self, value: Any, place: str, path: str) -> list[Fault]:
        """Anything but one of the words."""
        known = isinstance(value, str) and value in self.words
        return [] if known else [_refused(self, place, path)]


@dataclass(frozen=True, slots=True)
class Words:
    """A list of distinct words out of a list."""

    words: tuple[str, ...]

    def allowed(self) -> str:
        """What may be given."""
        words = ", ".join(self.words)
        return f"a list of {words}, each at most once, or null|una lista di {words}, ognuno una volta sola, o null"

    def faults(self, value: Any, place: str, path: str) -> list[Fault]:
        """Not a list, another word, or a word twice."""
        known = (
            isinstance(value, list)
            and all(isinstance(word, str) and word in self.words for word in value)
            and len(set(value)) == len(value)
        )
        return [] if known else [_refused(self, place, path)]


@dataclass(frozen=True, slots=True)
class Numbers:
    """A list of so many numbers, each of its own kind; an entry may be None. Entries are counted from 1, as the
    items of a questionnaire are."""

    length: int
    kinds: tuple[Number, ...]

    def allowed(self) -> str:
        """What may be given."""
        texts = []
        for lang, entries in enumerate(("a list of {} entries", "una lista di {} valori")):
            runs = []
            for kind, run in groupby(enumerate(self.kinds, 1), key=lambda numbered: numbered[1]):
                places = [number for number, _ in run]
                place = f"{places[0]}" if len(places) == 1 else f"{places[0]}-{places[-1]}"
                runs.append(f"{place}: {kind.allowed().split('|')[lang]}")
            texts.append(f"{entries.format(self.length)} ({'; '.join(runs)})")
        return f"{texts[0]}, or null|{texts[1]}, o null"

    def faults(self, value: Any, place: str, path: str) -> list[Fault]:
        """Not a list, another length, or whatever is wrong with its entries."""
        if not isinstance(value, list) or len(value) != self.length:
            return [_refused(self, place, path)]
        found = []
        for number, (kind, entry) in enumerate(zip(self.kinds, value, strict=True), 1):
            if entry is not None:
                found += kind.faults(entry, place, f"{path}.{number}")
        return found


@dataclass(frozen=True, slots=True)
class Block:
    """An object with keys of its own."""

    keys: Mapping[str, Key]

    def allowed(self) -> str:
        """What may be given."""
        return "an object, or null|un oggetto, o null"

    def faults(self, value: Any, place: str, path: str) -> list[Fault]:
        """Not an object, or whatever is wrong inside."""
        if not isinstance(value, Mapping):
            return [_refused(self, place, path)]
        return object_faults(self.keys, value, place, path)


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of objects with the same keys."""

    row: Block

    def allowed(self) -> str:
        """What may be given."""
        return "a list of objects, or null|una lista di oggetti, o null"

    def faults(self, value: Any, place: str, path: str) -> list[Fault]:
        """Not a list, or whatever is wrong with its objects."""
        if not isinstance(value, list):
            return [_refused(self, place, path)]
        found = []
        for number, row in enumerate(value):
            where = f"{path}.{number}"
            if isinstance(row, Mapping):
                found += self.row.faults(row, place, where)
            else:
                found.append(Fault(place, where, "not_an_object"))
        return found


@dataclass(frozen=True, slots=True)
class Absent:
    """What "assume absent" reads for keys that are left out; a key not named here stays unknown.

    values: key to its value when absent. unless: key to other keys which, when given, stop the assumption
    (a number that is given decides its item). inside: the same for objects that are given.
    """

    values: Mapping[str, Any]
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    inside: Mapping[str, Absent] = field(default_factory=dict)

    def fill(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The answers with what was left out read as absent; an explicit None stays unknown."""
        filled = {**self.values, **answers}
        for key, others in self.unless.items():
            if key not in answers and any(other in answers for other in others):
                del filled[key]
        for key, absent in self.inside.items():
            if answers.get(key) is not None:
                filled[key] = absent.fill(answers[key])
        return filled


def object_faults(
    keys: Mapping[str, Key], value: Mapping[str, Any], place: str, path: str = ""
) -> list[Fault]:
    """Everything wrong with an object: keys given twice, unknown keys, and what each key's kind finds."""
    head = f"{path}." if path else ""
    found = [Fault(place, head + printable(key), "given_twice") for key in getattr(value, "twice", ())]
    for key, answer in value.items():
        kind = keys.get(key)
        if kind is None:
            found.append(unknown_key(key, keys, place, head))
        elif answer is not None:
            found += kind.faults(answer, place, head + key)
    return found


def _refused(kind: Key, place: str, path: str) -> Fault:
    return not_allowed(kind.allowed(), place, path)
