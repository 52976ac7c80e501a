"""Value types: one small module each, and the few functions that choose between them.

`parse` also applies the hard limits of the field, so that no value outside them is ever an answer.
"""

from __future__ import annotations

import datetime as day
from collections.abc import Callable, Mapping
from decimal import Decimal

from anifro_desktop.forms.errors import BadEntry, WrongKind
from anifro_desktop.forms.model import Field, Limits
from anifro_desktop.forms.types import choice, date, decimal, integer, moment, partial_date, text
from anifro_desktop.forms.types.base import Fault, ValueType
from anifro_desktop.record import Json, Missing, Value

__all__ = [
    "DATED",
    "TYPES",
    "Fault",
    "ValueType",
    "check_value",
    "from_json",
    "limit_params",
    "parse",
    "to_json",
    "typed",
]

_ALL: tuple[ValueType, ...] = (choice, integer, decimal, date, partial_date, moment, text)
TYPES: Mapping[str, ValueType] = {kind.NAME: kind for kind in _ALL}

# What stands on the calendar: it leaves the site only as a difference to enrolment.
DATED: Mapping[str, Callable[[Value, day.date], Json]] = {
    kind.NAME: kind.leave for kind in (date, partial_date, moment)
}

_KINDS: Mapping[str, type | tuple[type, ...]] = {
    "choice": int,
    "integer": int,
    "decimal": (int, Decimal),
    "date": day.date,
    "partial_date": str,
    "moment": str,
    "text": str,
}


def parse(item: Field, typed: str) -> Value | Fault:
    """The value of a typed text (trimmed here; must not be empty), or why it is none."""
    value = TYPES[item.type].parse(typed.strip(), item)
    return value if isinstance(value, Fault) else check_value(item, value)


def typed(item: Field, value: Value) -> str:
    """A value as it would have been typed, so that values and texts are read by the same rules.

    Raises:
        WrongKind: the value is not of the field's type (a missing reason is none).
    """
    if isinstance(value, bool | Missing) or not isinstance(value, _KINDS[item.type]):
        raise WrongKind(item.id, item.type)
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def limit_params(limits: Limits) -> dict[str, str | int]:
    """Both ends of some limits, for a sentence."""
    return {"low": format(limits.low, "f"), "high": format(limits.high, "f")}


def check_value(item: Field, value: Value) -> Value | Fault:
    """The value if it lies within the hard limits of the field, else the fault."""
    limits = item.hard
    if limits is None or not isinstance(value, int | Decimal) or limits.hold(value):
        return value
    return Fault("out_of_range", limit_params(limits))


def to_json(item: Field, value: Value) -> Json:
    """The value as it stands in a record; a missing reason as `{"missing": reason}`."""
    if isinstance(value, Missing):
        return {"missing": value.value}
    return TYPES[item.type].to_json(value)


def from_json(item: Field, data: Json) -> Value:
    """The value of a record.

    Raises:
        BadEntry: something the field cannot have.
    """
    try:
        if isinstance(data, dict):
            reason = data.get("missing") if set(data) == {"missing"} else None
            return Missing(str(reason))
        return TYPES[item.type].from_json(data, item)
    except ValueError as error:
        raise BadEntry(item.id) from error
