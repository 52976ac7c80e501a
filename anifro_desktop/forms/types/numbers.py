"""How a number is typed, for whole and measured numbers alike.

`0,5` and `0.5` are the same in both languages; one separator only. Group separators, exponents, signs and trailing
units are refused with the reason, never guessed. `12,` is unfinished, not wrong.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TypeVar

from anifro_desktop.forms.model import Field
from anifro_desktop.forms.types.base import Fault

Number = TypeVar("Number", int, Decimal)

_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_UNFINISHED = re.compile(r"-|-?[0-9]+[.,]")
_LEADING = re.compile(r"-?[.,][0-9]*")
_GROUPED = re.compile(r"-?[0-9]+(?:[.,'’\s\u00a0\u202f][0-9]*){2,}|-?[0-9]+[\s'’\u00a0\u202f][0-9].*")
_EXPONENT = re.compile(r"-?[0-9]+(?:[.,][0-9]*)?\s*(?:[eE][-+]?[0-9]*|[x×*]\s*10.*)")
_TRAILING = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?\s*[^0-9.,\s].*", re.DOTALL)
_MOST_DIGITS = 12


def plain_number(text: str, item: Field, decimals: int) -> Decimal | Fault:
    """The number in a trimmed text, with at most `decimals` places; trailing zeros do not count as a difference."""
    if not _NUMBER.fullmatch(text):
        return _why_not(text, item)
    if sum(letter.isdigit() for letter in text) > _MOST_DIGITS:
        return Fault("number_too_long", {"example": example(item)})
    number = Decimal(text.replace(",", "."))
    places = len(re.split(r"[.,]", text)[1]) if re.search(r"[.,]", text) else 0
    if places > decimals:
        if decimals == 0:
            return Fault("number_not_whole", {"example": example(item)})
        return Fault("number_decimals", {"decimals": decimals, "example": example(item)})
    return shortest(number)


def shortest(number: Decimal) -> Decimal:
    """The same number without trailing zeros and without exponent, so that equal numbers are equal bytes."""
    if number == 0:
        return Decimal(0)
    number = number.normalize()
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def within(number: Number, item: Field) -> Number:
    """A stored number, as no other is ever an answer.

    Raises:
        ValueError: outside the hard limits of its field.
    """
    if item.hard is not None and not item.hard.hold(number):
        raise ValueError("not a number of this field")
    return number


def example(item: Field) -> str:
    """A right answer of the field, as an example."""
    limits = item.soft or item.hard
    if limits is None:
        return "1"
    middle = min(int(limits.low) + 1, int(limits.high) - 1)
    return f"{middle},5" if item.decimals else str(middle)


def _why_not(text: str, item: Field) -> Fault:
    params = {"example": example(item)}
    for pattern, code in (
        (_UNFINISHED, "number_unfinished"),
        (_LEADING, "number_leading"),
        (_EXPONENT, "number_exponent"),
        (_GROUPED, "number_grouped"),
        (_TRAILING, "number_trailing"),
    ):
        if pattern.fullmatch(text):
            return Fault(code, params)
    return Fault("number_none", params)
