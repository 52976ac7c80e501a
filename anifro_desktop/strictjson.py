"""Strict JSON: the one reader of JSON that came from a file, ours or a stranger's. Standard library only.

It accepts what `record.canonical` writes and refuses what two readers could understand differently.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NoReturn

from anifro_desktop.errors import Refusal

if TYPE_CHECKING:
    from anifro_desktop.record import Json

MAX_DEPTH = 16
MAX_INTEGER = 2**53 - 1


class StrictJsonError(Refusal):
    """JSON that this program never writes; `what` names the rule broken, never the content."""

    code = "bad_json"

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The file is not what this program writes ({what}): get it again from its source.", what=what
        )
        self.what = what


def strict_json(data: bytes | str) -> Json:
    """Parse JSON of the kind this program writes.

    Refused: bytes that are not UTF-8, a byte-order mark, duplicate keys, floats, NaN and infinities, integers
    beyond 2^53 - 1, lone surrogates, nesting deeper than 16.

    Raises:
        StrictJsonError: with the rule that was broken.
    """
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
        if isinstance(data, str):
            text.encode("utf-8")
    except UnicodeError:
        raise StrictJsonError("not UTF-8") from None
    if text.startswith("\ufeff"):
        raise StrictJsonError("byte-order mark")
    try:
        value: Json = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_float=_no_float,
            parse_constant=_no_float,
            parse_int=_bounded,
        )
    except RecursionError:
        raise StrictJsonError("too deep") from None
    except json.JSONDecodeError:
        raise StrictJsonError("not JSON") from None
    _check_depth(value)
    if "\\u" in text:
        _check_surrogates(value)
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise StrictJsonError("duplicate key")
    return result


def _no_float(_: str) -> NoReturn:
    raise StrictJsonError("number that is not whole")


def _bounded(digits: str) -> int:
    if len(digits) > 17 or abs(number := int(digits)) > MAX_INTEGER:
        raise StrictJsonError("number too large")
    return number


def _check_depth(value: Json) -> None:
    level = _containers([value])
    for _ in range(MAX_DEPTH):
        if not level:
            return
        level = [
            child
            for item in level
            for child in _containers(item.values() if isinstance(item, dict) else item)
        ]
    if level:
        raise StrictJsonError("too deep")


def _containers(values: Iterable[Any]) -> list[Any]:
    return [value for value in values if isinstance(value, dict | list)]


def _check_surrogates(value: Json) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise StrictJsonError("broken character") from None
