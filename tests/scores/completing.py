"""What partial answers can become: every completion, what all of them agree on, and which answers can turn a result."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

Answers = dict[str, Any]


def flattened(answers: Mapping[str, Any]) -> Answers:
    """One level of objects written with dotted keys; an unknown object stays as it is."""
    flat: Answers = {}
    for key, value in answers.items():
        if isinstance(value, Mapping):
            flat.update({f"{key}.{inner}": answer for inner, answer in value.items()})
        else:
            flat[key] = value
    return flat


def nested(flat: Mapping[str, Any]) -> Answers:
    """Dotted keys written as objects."""
    answers: Answers = {}
    for key, value in flat.items():
        outer, dot, inner = key.partition(".")
        if dot:
            answers.setdefault(outer, {})[inner] = value
        else:
            answers[key] = value
    return answers


def size(flat: Mapping[str, Any], choices: Callable[[str], Sequence[Any]]) -> int:
    """How many completions there are."""
    return math.prod(len(choices(key)) for key, value in flat.items() if value is None)


def completions(flat: Mapping[str, Any], choices: Callable[[str], Sequence[Any]]) -> list[Answers]:
    """Every completion of the answers that are None."""
    options = [[value] if value is not None else list(choices(key)) for key, value in flat.items()]
    return [dict(zip(flat, row, strict=True)) for row in itertools.product(*options)]


def common(values: Iterable[Any]) -> Any:
    """What all agree on, or None."""
    first, *others = dict.fromkeys(values)
    return None if others else first


def decisive(flat: Mapping[str, Any], done: list[Answers], results: list[Any]) -> list[str]:
    """The open keys whose answer alone can turn the result, the others staying as they are."""
    open_keys = [key for key, value in flat.items() if value is None]
    rows = [[repr(one[key]) for key in open_keys] for one in done]
    turning = []
    for place, key in enumerate(open_keys):
        seen: dict[tuple[str, ...], set[Any]] = {}
        for row, result in zip(rows, results, strict=True):
            seen.setdefault((*row[:place], *row[place + 1 :]), set()).add(result)
        if any(len(values) > 1 for values in seen.values()):
            turning.append(key)
    return turning
