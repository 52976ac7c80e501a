"""Yes/no terms over the answers of a form, which can also say which open answers still matter.

A term holds, does not hold, or is unknown (`scores.model`). What is not answered, and a missing reason, is unknown and
never a no. Its open fields are those whose answer could still settle it: none once it is settled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from anifro_desktop.record import Answers
from anifro_desktop.scores.model import Tri, both, negated


class Term(Protocol):
    """What can be true of the answers."""

    def holds(self, answers: Answers) -> Tri:
        """Whether it is true; None while unknown."""

    def open(self, answers: Answers) -> tuple[str, ...]:
        """The fields that could still settle it."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field it reads."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A choice has one of some codes. vague: codes that leave it open."""

    field: str
    codes: tuple[int, ...] = (1,)
    vague: tuple[int, ...] = ()

    def holds(self, answers: Answers) -> Tri:
        code = answers.get(self.field)
        if type(code) is not int or code in self.vague:
            return None
        return code in self.codes

    def open(self, answers: Answers) -> tuple[str, ...]:
        return (self.field,) if self.holds(answers) is None else ()

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field,)


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least some number of the parts hold."""

    number: int
    parts: tuple[Term, ...]

    def holds(self, answers: Answers) -> Tri:
        found = [part.holds(answers) for part in self.parts]
        if found.count(True) >= self.number:
            return True
        return False if found.count(True) + found.count(None) < self.number else None

    def open(self, answers: Answers) -> tuple[str, ...]:
        return _open(self, self.parts, answers)

    @property
    def fields(self) -> tuple[str, ...]:
        return _fields(self.parts)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds. in_turn: a part is asked only once those before it hold."""

    parts: tuple[Term, ...]
    in_turn: bool = False

    def holds(self, answers: Answers) -> Tri:
        return both(*(part.holds(answers) for part in self.parts))

    def open(self, answers: Answers) -> tuple[str, ...]:
        if not self.in_turn:
            return _open(self, self.parts, answers)
        return next((found for part in self.parts if (found := _open(self, (part,), answers))), ())

    @property
    def fields(self) -> tuple[str, ...]:
        return _fields(self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Term

    def holds(self, answers: Answers) -> Tri:
        return negated(self.part.holds(answers))

    def open(self, answers: Answers) -> tuple[str, ...]:
        return self.part.open(answers)

    @property
    def fields(self) -> tuple[str, ...]:
        return self.part.fields


def ever(field: str) -> Coded:
    """A yes/no or present/absent answer is yes."""
    return Coded(field)


def any_of(*parts: Term | str) -> AtLeast:
    """At least one part holds; a text is the id of a yes/no answer."""
    return AtLeast(1, _terms(parts))


def all_of(*parts: Term | str) -> AllOf:
    """Every part holds."""
    return AllOf(_terms(parts))


def in_turn(*parts: Term | str) -> AllOf:
    """Every part holds, each being asked only once those before it do."""
    return AllOf(_terms(parts), in_turn=True)


def _terms(parts: tuple[Term | str, ...]) -> tuple[Term, ...]:
    return tuple(ever(part) if isinstance(part, str) else part for part in parts)


def _open(whole: Term, parts: tuple[Term, ...], answers: Answers) -> tuple[str, ...]:
    if whole.holds(answers) is not None:
        return ()
    return tuple(dict.fromkeys(field for part in parts for field in part.open(answers)))


def _fields(parts: tuple[Term, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(field for part in parts for field in part.fields))
