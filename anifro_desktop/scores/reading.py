"""Inputs from a file: one JSON object, a JSON array of objects, or a CSV with a header and dotted keys.

Nothing is guessed. Duplicate keys are faults; NaN and infinities are read as what they are and then refused
as answers. All faults of all inputs are collected. How a CSV is read is described in `reading_table`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from anifro_desktop.scores.contract import input_keys, validate
from anifro_desktop.scores.faults import Fault
from anifro_desktop.scores.reading_table import read_rows, whole
from anifro_desktop.scores.registry import RULES

Shape = Literal["object", "array", "table"]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a file holds. shape: the shape that the answer takes too. answers: one for each input. faults: of all
    inputs together."""

    shape: Shape
    answers: Iterable[dict[str, Any]]
    faults: list[Fault]


class _Object(dict[str, Any]):
    """A JSON object that remembers which keys were given more than once."""

    twice: tuple[str, ...] = ()


def read(rule: str, data: bytes, name: str = "") -> Inputs:
    """The inputs of a file for one rule, with everything that is wrong with them.

    name: of the file; its ending (.json, .csv) decides, and without one the first character does.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _nothing("object", Fault("", "", "not_utf8"))
    if not text.strip():
        return _nothing("object", Fault("", "", "nothing"))
    if name.lower().endswith(".csv"):
        return read_csv(rule, text)
    if name.lower().endswith(".json") or text.lstrip()[0] in "{[" or _is_json(text):
        return read_json(rule, text)
    return read_csv(rule, text)


def read_json(rule: str, text: str) -> Inputs:
    """Inputs written in JSON: one object, or an array of objects."""
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_int=whole, parse_constant=lambda _: math.nan
        )
    except json.JSONDecodeError as error:
        where = {"line": str(error.lineno), "column": str(error.colno), "what": error.msg.lower()}
        return _nothing("object", Fault("", "", "not_json", where))
    except RecursionError:
        return _nothing("object", Fault("", "", "too_deep"))
    if isinstance(value, dict):
        return Inputs("object", [value], validate(rule, value))
    if not isinstance(value, list):
        return _nothing("object", Fault("", "", "not_objects"))
    faults = []
    for number, one in enumerate(value, 1):
        faults += validate(rule, one, f"input {number}|dato {number}")
    return Inputs("array", value, faults)


def read_csv(rule: str, text: str) -> Inputs:
    """Inputs written as a CSV."""
    return Inputs("table", *read_rows(input_keys(rule), text, RULES[rule].faults))


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    found = _Object(pairs)
    if len(found) != len(pairs):
        names = [key for key, _ in pairs]
        found.twice = tuple(dict.fromkeys(key for key in names if names.count(key) > 1))
    return found


def _is_json(text: str) -> bool:
    """Whether a text that begins like neither object nor array is JSON all the same (a number, a text,
    null)."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _nothing(shape: Shape, fault: Fault) -> Inputs:
    return Inputs(shape, [], [fault])
