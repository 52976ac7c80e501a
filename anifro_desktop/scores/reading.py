"""Inputs from a file: one JSON object, a JSON array of objects, or a CSV with a header and dotted keys.

Nothing is guessed. Duplicate keys are faults; NaN and infinities are read as what they are and then refused
as answers; in a CSV, cells are `true`, `false`, `1`, `0`, numbers with a decimal point, or empty for
unknown, and an object whose cells are all empty is itself unknown. All faults of all inputs are collected.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from anifro_desktop.scores.contract import ASSUME, ASSUMED, validate
from anifro_desktop.scores.faults import Fault, printable, unknown_key
from anifro_desktop.scores.keys import Block, Key, Number, OneOf, Rows, YesNo
from anifro_desktop.scores.registry import RULES

Shape = Literal["object", "array", "table"]

_MOST_DIGITS = 300  # beyond it a number is not finite for us
_NUMBER_CHARACTERS = frozenset("0123456789+-.eE")
_YES_NO = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a file holds. shape: the shape that the answer takes too. faults: of all inputs together."""

    shape: Shape
    answers: list[dict[str, Any]]
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
            text, object_pairs_hook=_object, parse_int=_whole, parse_constant=lambda _: math.nan
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
    """Inputs written as a CSV: a header with dotted keys, one input a row."""
    try:
        lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        rows = [(lines.line_num, row) for row in lines if row]
    except csv.Error as error:
        return _nothing("table", Fault("", "", "not_csv", {"what": str(error)}))
    if not rows:
        return _nothing("table", Fault("", "", "nothing"))
    header = [name.strip() for name in rows[0][1]]
    keys, faults = _header(rule, header)
    answers = []
    for line, row in rows[1:]:
        place = f"line {line}|riga {line}"
        one, wrong = _row(header, keys, row, place)
        answers.append(one)
        faults += wrong + validate(rule, one, place)
    return Inputs("table", answers, faults)


def _header(rule: str, header: list[str]) -> tuple[dict[str, Key], list[Fault]]:
    """The kind of each column that can be read, and what is wrong with the others."""
    known = {**RULES[rule].keys, ASSUME: OneOf((ASSUMED,))}
    dotted = _dotted(known)
    keys: dict[str, Key] = {}
    faults = []
    for name in header:
        kind = dotted.get(name)
        if not name:
            faults.append(Fault("", "", "no_column_name"))
        elif name in keys:
            faults.append(Fault("", printable(name), "given_twice"))
        elif isinstance(kind, Block):
            example = {"example": f"{name}.{next(iter(kind.keys))}"}
            faults.append(Fault("", name, "own_columns", example))
        elif isinstance(known.get(name.split(".")[0]), Rows):
            faults.append(Fault("", printable(name), "json_only"))
        elif kind is None:
            faults.append(unknown_key(name, dotted, ""))
        else:
            keys[name] = kind
    return keys, faults


def _dotted(known: Mapping[str, Key]) -> dict[str, Key]:
    """Every key that a column may have, objects and their items included."""
    names: dict[str, Key] = {}
    for key, kind in known.items():
        names[key] = kind
        if isinstance(kind, Block):
            names.update({f"{key}.{item}": inner for item, inner in kind.keys.items()})
    return names


def _row(
    header: list[str], keys: Mapping[str, Key], row: list[str], place: str
) -> tuple[dict[str, Any], list[Fault]]:
    if len(row) != len(header):
        return {}, [Fault(place, "", "row_length")]
    answers: dict[str, Any] = {}
    faults = []
    for name, text in zip(header, row, strict=True):
        if name not in keys:
            continue
        value, understood = _cell(keys[name], text.strip())
        if not understood:
            faults.append(Fault(place, name, "not_allowed", {"allowed": _allowed(keys[name])}))
        outer, dot, inner = name.partition(".")
        if dot:
            answers.setdefault(outer, {})[inner] = value
        else:
            answers[name] = value
    for name, value in answers.items():
        if isinstance(value, dict) and all(item is None for item in value.values()):
            answers[name] = None
    return answers, faults


def _allowed(kind: Key) -> str:
    """What a cell may hold: null is an empty cell, a yes/no may be 1 or 0."""
    if isinstance(kind, YesNo):
        return "true, false, 1, 0 or empty|true, false, 1, 0 o vuoto"
    return kind.allowed().replace("or null", "or empty").replace("o null", "o vuoto")


def _cell(kind: Key, text: str) -> tuple[Any, bool]:
    """The value of a cell, and whether it was understood."""
    if not text:
        return None, True
    if isinstance(kind, YesNo):
        return _YES_NO.get(text), text in _YES_NO
    if isinstance(kind, Number):
        return _number(text)
    return text, True


def _number(text: str) -> tuple[float | None, bool]:
    if not _NUMBER_CHARACTERS.issuperset(text):
        return None, False
    try:
        return (_whole(text) if text.isdigit() else float(text)), True
    except ValueError:
        return None, False


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) <= _MOST_DIGITS else math.inf


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
