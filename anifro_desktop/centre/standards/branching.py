"""A `show_if` as REDCap's branching logic.

Rules kept here:
- An open answer and a missing reason make a comparison unknown, and what is unknown is not shown. REDCap compares them
  as texts, of which one may be less than a number: so a comparison also asks that there is a value
  (`isblankormissingcode`), and `not` is carried down to the comparisons first. What is equal to a code is a value.
- Codes stand in quotes where they are to be equal or not, as REDCap wants them; numbers that are compared do not.
- A question of the subject's own forms is read from its event; any other from the same event.
- What reads something that is no question of the dictionary (an earlier visit, a sum) cannot be said: None.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_TOKEN = re.compile(r"\s*(\d+(?:\.\d+)?|[a-z_][a-z0-9_]*|==|!=|<=|>=|<|>|[()])")
_REDCAP = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


class _Unsayable(Exception):
    """The condition reads what the dictionary has not."""


def branching(condition: str, place: Callable[[str], str | None]) -> str | None:
    """The logic, or None where there is none. place: how a question is written (`[rash]`), None if it is not there."""
    reader = _Reader(_TOKEN.findall(condition), place)
    try:
        return reader.any_of(negated=False)
    except _Unsayable:
        return None


def _empty(name: str) -> str:
    return f"isblankormissingcode({name})"


class _Reader:
    def __init__(self, tokens: list[str], place: Callable[[str], str | None]) -> None:
        self._tokens = [*tokens, ""]
        self._place = place

    def any_of(self, negated: bool) -> str:
        return self._joined("or", self._all_of, negated)

    def _all_of(self, negated: bool) -> str:
        return self._joined("and", self._term, negated)

    def _joined(self, word: str, part: Callable[[bool], str], negated: bool) -> str:
        parts = [part(negated)]
        while self._tokens[0] == word:
            self._tokens.pop(0)
            parts.append(part(negated))
        other = "and" if word == "or" else "or"
        return parts[0] if len(parts) == 1 else f"({f' {other if negated else word} '.join(parts)})"

    def _term(self, negated: bool) -> str:
        word = self._tokens.pop(0)
        if word == "not":
            return self._term(not negated)
        if word == "(":
            inner = self.any_of(negated)
            self._tokens.pop(0)
            return inner
        if word == "answered":
            _, name, _ = (self._tokens.pop(0) for _ in range(3))
            return f"{'' if negated else 'not '}{_empty(self._named(name))}"
        return self._compared(word, negated)

    def _compared(self, name: str, negated: bool) -> str:
        compare, other = self._tokens.pop(0), self._tokens.pop(0)
        left = self._named(name)
        told = _REDCAP[_OPPOSITE[compare] if negated else compare]
        if not other[0].isdigit():
            right = self._named(other)
            return f"(not {_empty(left)} and not {_empty(right)} and {left} {told} {right})"
        if told == "=":
            return f"{left} = '{other}'"
        value = f"'{other}'" if told == "<>" else other
        return f"(not {_empty(left)} and {left} {told} {value})"

    def _named(self, name: str) -> str:
        found = self._place(name)
        if found is None:
            raise _Unsayable
        return found
