"""Strict JSON: the one reader of JSON that came from a file, ours or a stranger's. Standard library only.

It accepts what `record.canonical` writes and refuses what two readers could understand differently.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
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
    value = _parsed(_LOOSE, text)
    # Each pair has a colon: where there are no more colons than pairs, none was lost to a second of its name.
    if _pairs(value) != text.count(":"):
        value = _parsed(_STRICT, text)
    if "\\u" in text:
        _check_surrogates(value)
    return value


def _parsed(decoder: json.JSONDecoder, text: str) -> Json:
    try:
        value: Json = decoder.decode(text)
    except RecursionError:
        raise StrictJsonError("too deep") from None
    except json.JSONDecodeError:
        raise StrictJsonError("not JSON") from None
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise StrictJsonError("duplicate key")
    return result


def _no_float(_: str) -> NoReturn:
    raise StrictJsonError("number that is not whole")


@lru_cache(maxsize=4096)  # most are codes and small; at most 17 digits are kept
def _bounded(digits: str) -> int:
    if len(digits) > 17 or abs(number := int(digits)) > MAX_INTEGER:
        raise StrictJsonError("number too large")
    return number


_HOOKS: Mapping[str, Any] = {
    "parse_float": _no_float,
    "parse_constant": _no_float,
    "parse_int": _bounded,
}
_STRICT = json.JSONDecoder(object_pairs_hook=_unique, **_HOOKS)
_LOOSE = json.JSONDecoder(**_HOOKS)  # of two pairs of one name it keeps the last; much quicker


def _pairs(value: Json) -> int:
    """How many pairs all objects in a value have, if it is not too deep."""
    found = 0
    level: list[Any] = [value] if type(value) in _CONTAINERS else []
    for _ in range(MAX_DEPTH):
        if not level:
            return found
        below: list[Any] = []
        for item in level:
            inside: Iterable[Any] = item
            if type(item) is dict:
                found += len(item)
                inside = item.values()
            below += [inner for inner in inside if type(inner) in _CONTAINERS]
        level = below
    if level:
        raise StrictJsonError("too deep")
    return found


_CONTAINERS = frozenset({dict, list})


def _check_surrogates(value: Json) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise StrictJsonError("broken character") from None
