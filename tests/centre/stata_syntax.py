"""The lines of a do-file, their blocks, words and options."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stata_expressions import StataError, known

_WORD = re.compile(r'`"(.*?)"\'|"([^"]*)"|(\S+)')
_OPTION = re.compile(r"([a-z0-9]+)(?:\(((?:[^()]|\([^()]*\))*)\))?\s*")


@dataclass
class Statement:
    """A line, with the lines of its block if it has one."""

    line: str
    block: list[Statement] | None = None


def logical(text: str) -> Iterator[str]:
    """The lines without comments, those that go on put together."""
    held = ""
    for line in text.splitlines():
        held += line.strip() + " "
        if held.rstrip().endswith("///"):
            held = held.rstrip().removesuffix("///")
            continue
        if held.strip() and not held.startswith("*"):
            yield " ".join(held.split(" ")).strip()
        held = ""


def parsed(lines: Iterator[str], end: str = "") -> Iterator[Statement]:
    for line in lines:
        if line == end:
            return
        if line.startswith("program define "):
            yield Statement(line, list(parsed(lines, "end")))
        elif line.endswith("{"):
            yield Statement(line.removesuffix("{").strip(), list(parsed(lines, "}")))
        else:
            yield Statement(line)
    if end:
        raise StataError(f"{end!r} is missing")


def words(text: str) -> list[str]:
    """The words of a text; quotes keep some together."""
    return [next((one for one in found.groups() if one is not None), "") for found in _WORD.finditer(text)]


def parts(rest: str, allowed: set[str]) -> tuple[str, str, Mapping[str, str]]:
    """What stands before `if`, the condition, and the options by name."""
    place = _top(rest, ",")
    before, behind = (rest, "") if place < 0 else (rest[:place], rest[place + 1 :])
    options = {found[1]: found[2] or "" for found in _OPTION.finditer(behind.strip())}
    if unknown := set(options) - allowed:
        raise StataError(f"option {unknown} not allowed")
    what, _, condition = before.partition(" if ")
    return what.strip(), condition.strip(), options


def _top(text: str, sign: str) -> int:
    """Where a sign stands outside brackets and quotes; -1 where nowhere."""
    depth, quoted = 0, False
    for place, letter in enumerate(text):
        quoted ^= letter == '"'
        depth += (letter == "(") - (letter == ")")
        if letter == sign and not depth and not quoted:
            return place
    return -1


def bracketed(text: str) -> Iterator[str]:
    """The expressions of `post`, each in its brackets."""
    depth, start = 0, 0
    for place, letter in enumerate(text):
        if letter == "(":
            depth += 1
            start = place + 1 if depth == 1 else start
        elif letter == ")":
            depth -= 1
            if depth == 0:
                yield text[start:place]
        elif depth == 0 and letter != " ":
            raise StataError(f"post: something outside brackets in {text!r}")


def shown(value: Any) -> str:
    """A value as a macro holds it."""
    if isinstance(value, str):
        return value
    number = float(value)
    if not known(number):
        return "."
    return str(int(number)) if number.is_integer() else repr(number)
