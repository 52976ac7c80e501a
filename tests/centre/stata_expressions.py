"""Expressions of Stata, as far as `anifro_tables.do` has them, worked out on columns of numbers and of texts.

A missing number is a number above all others, as it is in Stata, and `.a`, `.b` ... are above it; what is reckoned with
one is missing again. Whatever is not known here is an error: so a slip of the pen in the file is one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy

MISSING = 1e300
CODED = {f".{letter}": MISSING * (1 + place / 10) for place, letter in enumerate("abcd", 1)}
Value = Any  # a number or text, or a column of them
_TOKEN = re.compile(
    r'\s*(`".*?"\'|"[^"]*"|\d+(?:\.\d+)?(?:e-?\d+)?|[A-Za-z_]\w*|<=|>=|==|!=|[-+*/&|<>!(),]|\.[a-d]?)'
)
_ORDER = {"|": 1, "&": 2, "==": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "+": 4, "-": 4, "*": 5, "/": 5}


class StataError(Exception):
    """What Stata would refuse, or what this reader does not know."""


def cleaned(values: Value) -> Value:
    """Numbers with every undefined one missing."""
    if isinstance(values, str) or (isinstance(values, numpy.ndarray) and values.dtype == object):
        return values
    found = numpy.asarray(values, dtype=float)
    return numpy.where(numpy.isfinite(found), found, MISSING)


def known(values: Value) -> Value:
    """Which numbers are not missing."""
    return numpy.asarray(values, dtype=float) < MISSING


class Expression:
    """One expression. columns: the variables in memory; scalars, results: what `scalar()` and `r()` give."""

    def __init__(
        self,
        text: str,
        columns: Mapping[str, Value],
        scalars: Mapping[str, Value],
        results: Mapping[str, Value],
    ) -> None:
        self.text, self.columns = text, columns
        self.given = {"scalar": scalars, "r": results}
        self.tokens = _tokens(text)
        self.place = 0

    def value(self) -> Value:
        """What it comes to."""
        found = self._binary(1)
        if self.place != len(self.tokens):
            raise StataError(f"something is too much in {self.text!r}")
        return found

    def _next(self) -> str:
        if self.place == len(self.tokens):
            raise StataError(f"{self.text!r} is cut short")
        self.place += 1
        return self.tokens[self.place - 1]

    def _peek(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def _expect(self, token: str) -> None:
        if self._next() != token:
            raise StataError(f"{token!r} is missing in {self.text!r}")

    def _binary(self, least: int) -> Value:
        left = self._unary()
        while _ORDER.get(self._peek(), 0) >= least:
            sign = self._next()
            left = _apply(sign, left, self._binary(_ORDER[sign] + 1))
        return left

    def _unary(self) -> Value:
        token = self._next()
        if token == "-":
            return _apply("-", 0.0, self._unary())
        if token == "!":
            return cleaned(~_true(self._unary()))
        if token == "(":
            found = self._binary(1)
            self._expect(")")
            return found
        if token.startswith("."):
            return CODED.get(token, MISSING)
        if token.startswith('`"'):
            return token[2:-2]
        if token.startswith('"'):
            return token[1:-1]
        if token[0].isdigit():
            return float(token)
        return self._named(token)

    def _named(self, name: str) -> Value:
        if self._peek() != "(":
            if name == "_N":
                return float(len(next(iter(self.columns.values()))))
            if name not in self.columns:
                raise StataError(f"{name} not found")
            return self.columns[name]
        self._next()
        if name in self.given:
            wanted = self._next()
            self._expect(")")
            if name == "scalar" and wanted not in self.given[name]:
                raise StataError(f"scalar {wanted} not found")
            return self.given[name].get(wanted, MISSING)
        arguments = [self._binary(1)]
        while self._peek() == ",":
            self._next()
            arguments.append(self._binary(1))
        self._expect(")")
        if name not in FUNCTIONS:
            raise StataError(f"unknown function {name}()")
        return FUNCTIONS[name](*arguments)


@functools.cache
def _tokens(text: str) -> tuple[str, ...]:
    tokens = []
    place = 0
    while place < len(text.rstrip()):
        found = _TOKEN.match(text, place)
        if found is None:
            raise StataError(f"cannot be read: {text!r}")
        tokens.append(found[1])
        place = found.end()
    return tuple(tokens)


def _true(value: Value) -> Value:
    if isinstance(value, str) or (isinstance(value, numpy.ndarray) and value.dtype == object):
        raise StataError("type mismatch: a text where a condition is needed")
    return numpy.asarray(value, dtype=float) != 0


def _is_text(value: Value) -> bool:
    return isinstance(value, str) or (isinstance(value, numpy.ndarray) and value.dtype == object)


_COMPARED: Mapping[str, Callable[[Value, Value], Value]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
_RECKONED: Mapping[str, Callable[[Value, Value], Value]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": numpy.divide,
}


def _apply(sign: str, left: Value, right: Value) -> Value:
    if _is_text(left) != _is_text(right):
        raise StataError(f"type mismatch at {sign}")
    if sign in ("&", "|"):
        one, other = _true(left), _true(right)
        return cleaned(one & other if sign == "&" else one | other)
    if sign in _COMPARED:
        return cleaned(_COMPARED[sign](left, right))
    if _is_text(left):
        return left + right
    with numpy.errstate(all="ignore"):
        found = _RECKONED[sign](numpy.asarray(left, dtype=float), numpy.asarray(right, dtype=float))
    return cleaned(numpy.where(known(left) & known(right), found, MISSING))


def _cond(test: Value, one: Value, other: Value) -> Value:
    if isinstance(one, str):
        return one if bool(_true(test)) else other
    return cleaned(numpy.where(_true(test), one, other))


def _least(*values: Value) -> Value:
    return cleaned(numpy.minimum.reduce(numpy.broadcast_arrays(*values)))


def _greatest(*values: Value) -> Value:
    some = [numpy.where(known(one), one, -numpy.inf) for one in numpy.broadcast_arrays(*values)]
    return cleaned(numpy.maximum.reduce(some))


def _string(value: Value, form: str) -> str:
    return form % float(value)


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "cond": _cond,
    "floor": numpy.floor,
    "inlist": lambda value, *some: cleaned(numpy.isin(value, some)),
    "lower": lambda text: text.lower(),
    "max": _greatest,
    "min": _least,
    "string": _string,
    "substr": lambda text, start, count: text[int(start) - 1 : int(start) - 1 + int(count)],
}
