"""The small language of `show_if`, checks, suggestions and derived fields, read once into closures.

    rash == 1
    sjc28 >= 1 and swollen_not_sle != 1
    not (answered(ch50_low) and ch50_low == 1) or active28 > tjc28

Comparison (`== != < <= > >=`) of a name with a whole or decimal number or with another name; `and`, `or`, `not`,
parentheses; `answered(name)`, true when the name has a value (a missing reason is no value). Three-valued: a
comparison with something unanswered is unknown, and `and`, `or`, `not` follow `scores.model`. A date of which only
month or year is known compares as the span of its days. Nothing is ever evaluated as Python. Names
and kinds are checked when the condition is read, with a suggestion for a wrong name.
"""

from __future__ import annotations

import difflib
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from anifro_desktop.forms.model import CodeList, Condition
from anifro_desktop.forms.spans import span
from anifro_desktop.record import Missing
from anifro_desktop.scores.model import Tri

Kind = Literal["choice", "number", "date", "moment", "text"]
Test = Callable[[Mapping[str, Any]], Tri]

_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([a-z_][a-z0-9_]*)|(==|!=|<=|>=|<|>)|([()])|(\S))")
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_WORDS = ("and", "or", "not", "answered")


class ConditionError(ValueError):
    """What is wrong with a condition, in words."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a condition may know about a name: its kind and, for a choice, its codes."""

    kind: Kind
    codes: CodeList | None = None


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Literal["number", "name", "compare", "paren", "end"]
    text: str


def compile_condition(text: str, names: Mapping[str, Name]) -> Condition:
    """Read one condition.

    Args:
        text: the condition.
        names: everything it may mention.

    Raises:
        ConditionError: a sentence saying what is wrong (syntax, unknown name, kinds that do not compare).
    """
    reader = _Reader(_tokens(text), names)
    test = reader.any_of()
    reader.expect_end()
    return Condition(text, frozenset(reader.used), test)


def nearest(name: str, names: Mapping[str, Any] | list[str] | tuple[str, ...]) -> str:
    """`; did you mean "x"?` for a near name, else an empty text."""
    found = difflib.get_close_matches(name, list(names), n=1, cutoff=0.6)
    return f'; did you mean "{found[0]}"?' if found else ""


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    position = 0
    while match := _TOKEN.match(text, position):
        number, name, compare, paren, odd = match.groups()
        if odd is not None:
            hint = ' (write "==")' if odd == "=" else ""
            raise ConditionError(f'"{odd}" has no meaning in a condition{hint}')
        if number is not None:
            tokens.append(_Token("number", number))
        elif name is not None:
            tokens.append(_Token("name", name))
        elif compare is not None:
            tokens.append(_Token("compare", compare))
        else:
            tokens.append(_Token("paren", paren))
        position = match.end()
    tokens.append(_Token("end", "the end"))
    return tokens


class _Reader:
    """Recursive descent over the tokens; every method returns the test of what it read."""

    def __init__(self, tokens: list[_Token], names: Mapping[str, Name]) -> None:
        self._tokens = tokens
        self._names = names
        self._at = 0
        self.used: set[str] = set()

    def any_of(self) -> Test:
        test = self._all_of()
        while self._take_word("or"):
            test = _either(test, self._all_of())
        return test

    def expect_end(self) -> None:
        token = self._tokens[self._at]
        if token.kind != "end":
            raise ConditionError(f'"{token.text}" was not expected here; join tests with "and" or "or"')

    def _all_of(self) -> Test:
        test = self._negated()
        while self._take_word("and"):
            test = _both(test, self._negated())
        return test

    def _negated(self) -> Test:
        if self._take_word("not"):
            return _negate(self._negated())
        if self._take("("):
            test = self.any_of()
            self._close()
            return test
        if self._take_word("answered"):
            return self._answered()
        return self._comparison()

    def _answered(self) -> Test:
        if not self._take("("):
            raise ConditionError('"answered" needs a name in parentheses')
        name = self._name(self._next())
        self._close()
        return lambda env: _known(env.get(name)) is not None

    def _comparison(self) -> Test:
        left, sign, right = self._next(), self._next(), self._next()
        if sign.kind != "compare":
            raise ConditionError(f'a comparison was expected after "{left.text}", not "{sign.text}"')
        if left.kind != "name":
            raise ConditionError(f'a comparison starts with a name, not with "{left.text}"')
        name = self._name(left)
        if right.kind == "number":
            return self._with_number(name, sign.text, right.text)
        if right.kind == "name" and right.text not in _WORDS:
            return self._with_name(name, sign.text, self._name(right))
        raise ConditionError(f'a number or a name was expected after "{sign.text}", not "{right.text}"')

    def _with_number(self, name: str, sign: str, text: str) -> Test:
        known = self._names[name]
        if known.kind in ("date", "moment", "text"):
            raise ConditionError(f'"{name}" is a {known.kind} and cannot be compared with a number')
        number = Decimal(text) if "." in text else int(text)
        if known.codes is not None and number not in known.codes.values:
            raise ConditionError(f'"{name}" has no code {text} (list {known.codes.id})')
        compare = _COMPARE[sign]

        def test(env: Mapping[str, Any]) -> Tri:
            value = _known(env.get(name))
            return None if value is None else compare(value, number)

        return test

    def _with_name(self, left: str, sign: str, right: str) -> Test:
        kinds = {self._names[left].kind, self._names[right].kind}
        if len(kinds) > 1 or "text" in kinds:
            raise ConditionError(
                f'"{left}" and "{right}" cannot be compared ({" with ".join(sorted(kinds))})'
            )
        kind, compare = kinds.pop(), _COMPARE[sign]

        def test(env: Mapping[str, Any]) -> Tri:
            one, two = _known(env.get(left)), _known(env.get(right))
            if one is None or two is None:
                return None
            if kind == "date":
                return _compare_spans(span(one), compare, span(two))
            if kind == "moment":
                one, two = datetime.fromisoformat(one), datetime.fromisoformat(two)
            return compare(one, two)

        return test

    def _name(self, token: _Token) -> str:
        if token.kind != "name" or token.text in _WORDS:
            raise ConditionError(f'a name was expected, not "{token.text}"')
        if token.text not in self._names:
            raise ConditionError(f'unknown name "{token.text}"{nearest(token.text, list(self._names))}')
        self.used.add(token.text)
        return token.text

    def _next(self) -> _Token:
        token = self._tokens[self._at]
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def _take(self, text: str) -> bool:
        if self._tokens[self._at].text == text and self._tokens[self._at].kind == "paren":
            self._at += 1
            return True
        return False

    def _take_word(self, word: str) -> bool:
        token = self._tokens[self._at]
        if token.kind == "name" and token.text == word:
            self._at += 1
            return True
        return False

    def _close(self) -> None:
        if not self._take(")"):
            raise ConditionError(f'")" was expected before "{self._tokens[self._at].text}"')


def _compare_spans(
    one: tuple[date, date], compare: Callable[[Any, Any], bool], two: tuple[date, date]
) -> Tri:
    """Compare dates of which only the month or the year may be known: definite when every day of both agrees."""
    if compare in (operator.eq, operator.ne):
        if one[1] < two[0] or two[1] < one[0]:
            return compare is operator.ne
        return compare is operator.eq if one == two and one[0] == one[1] else None
    found = {compare(a, b) for a in one for b in two}
    return found.pop() if len(found) == 1 else None


def _known(value: Any) -> Any:
    return None if type(value) is Missing else value


def _both(one: Test, two: Test) -> Test:
    def test(env: Mapping[str, Any]) -> Tri:
        first = one(env)
        if first is False:
            return False
        second = two(env)
        return False if second is False else (None if first is None else second)

    return test


def _either(one: Test, two: Test) -> Test:
    def test(env: Mapping[str, Any]) -> Tri:
        first = one(env)
        if first is True:
            return True
        second = two(env)
        return True if second is True else (None if first is None else second)

    return test


def _negate(one: Test) -> Test:
    def test(env: Mapping[str, Any]) -> Tri:
        value = one(env)
        return None if value is None else not value

    return test
