"""A whole number."""

from __future__ import annotations

from anifro_desktop.forms.model import Field
from anifro_desktop.forms.types import numbers
from anifro_desktop.forms.types.base import Fault
from anifro_desktop.record import Json, Value

NAME = "integer"
STATA = "long"
REDCAP = ("text", "integer")
ODM = "integer"


def parse(text: str, item: Field) -> Value | Fault:
    """A whole number; `12,0` is refused rather than rounded."""
    number = numbers.plain_number(text, item, 0)
    return number if isinstance(number, Fault) else int(number)


def text(value: Value, item: Field, lang: str) -> str:
    """The digits."""
    return str(value)


def to_json(value: Value) -> Json:
    """The number."""
    assert isinstance(value, int)
    return value


def from_json(data: Json, item: Field) -> Value:
    """The number; yes/no is no number."""
    if not isinstance(data, int) or isinstance(data, bool):
        raise ValueError("not a whole number")
    return numbers.within(data, item)
