"""How inputs are spoiled: bytes changed, or other values put into text that is otherwise sound."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bundle_mutants import changed

from anifro_desktop.record import canonical
from anifro_desktop.sync import frame

# What stands in the place of a value: other types, edges, what other languages take for a number or a text.
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**53, 2**63, 10**40, "", "0", "x" * 300, "\u202egnp", "\0", "e\u0301", "NaN",
    "../..", "1e5", [], {}, [[]], {"": ""}, ["a"], {"missing": "not_done"}, {"erased": "00" * 32},
)  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """read: gives back the bytes that the program would write for what it read. good: two sound inputs."""

    name: str
    refusal: type[Exception]
    read: Callable[[bytes], bytes]
    good: tuple[bytes, bytes]
    spoil: Callable[[bytes, random.Random, bytes], bytes]


def bytes_or_values(data: bytes, chance: random.Random, other: bytes) -> bytes:
    """Changed bytes, or a JSON text with another value somewhere."""
    if chance.random() < 0.5:
        return changed(data, chance, other)
    return canonical(odd(json.loads(data), chance))


def line_values(data: bytes, chance: random.Random, _: bytes) -> bytes:
    """Other values in sound lines, with their count and hash made anew: what only a site itself could send."""
    lines = [json.loads(line) for line in data.splitlines()[:-1]]
    at = chance.randrange(len(lines))
    lines[at] = odd(lines[at], chance)
    if chance.random() < 0.1:
        lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))
    texts = (json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False) for line in lines)
    body = b"".join(text.encode() + b"\n" for text in texts)
    return body + frame._closing(len(lines), body)


def odd(value: Any, chance: random.Random) -> Any:
    """One value somewhere inside, a name or a whole branch is another one."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        name = chance.choice(sorted(value))
        if chance.random() < 0.1:
            return {key: item for key, item in value.items() if key != name}
        if chance.random() < 0.1:
            return {**value, chance.choice(("x", "sig", "constructor", name.upper())): value[name]}
        return {**value, name: odd(value[name], chance)}
    if isinstance(value, list) and value and chance.random() < 0.8:
        at = chance.randrange(len(value))
        return [*value[:at], odd(value[at], chance), *value[at + 1 :]]
    return chance.choice(ODD)
