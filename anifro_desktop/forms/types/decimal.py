"""A measured number with at most the field's decimals, kept exactly as a `Decimal` without trailing zeros."""

from __future__ import annotations

import re
from decimal import Decimal

from anifro_desktop.forms.model import Field
from anifro_desktop.forms.types import numbers
from anifro_desktop.forms.types.base import Fault
from anifro_desktop.record import Json, Value

NAME = "decimal"
STATA = "double"
REDCAP = ("text", "number")
ODM = "float"

_STORED = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,12})?")


def parse(text: str, item: Field) -> Value | Fault:
    """A number with comma or point; more decimals than the field has are refused."""
    return numbers.plain_number(text, item, item.decimals)


def text(value: Value, item: Field, lang: str) -> str:
    """The number with a decimal comma in Italian and a point in English."""
    assert isinstance(value, Decimal | int)
    plain = format(Decimal(value), "f")
    return plain if lang.startswith("en") else plain.replace(".", ",")


def to_json(value: Value) -> Json:
    """The number as text with a point: decimals never travel as floats."""
    assert isinstance(value, Decimal | int)
    return format(numbers.shortest(Decimal(value)), "f")


def from_json(data: Json, item: Field) -> Value:
    """The number of that text."""
    if not isinstance(data, str) or not _STORED.fullmatch(data):
        raise ValueError("not a decimal number as text")
    return numbers.within(numbers.shortest(Decimal(data)), item)
