"""The rules as a list to read: what each is called, where it comes from, and what every key may hold.

Keys are dotted; in a list of objects, `N` stands for the number of the object. Units are UCUM codes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from anifro_desktop.scores.contract import input_keys
from anifro_desktop.scores.keys import Block, Key, Number, Numbers, Rows
from anifro_desktop.scores.registry import RULES, version


@dataclass(frozen=True, slots=True)
class ListedKey:
    """One key of a rule. key: dotted. allowed: what it may hold, as "English|Italian". unit: UCUM or empty."""

    key: str
    allowed: str
    unit: str


def listed_keys(rule: str) -> list[ListedKey]:
    """Every key of a rule, `assume` included, each object before its own keys."""
    return list(_listed(input_keys(rule), ""))


def listed_rule(rule: str, lang: str) -> dict[str, Any]:
    """A rule as plain JSON: `rule`, `version`, `title`, `source`, and `keys` with `allowed` and `unit` for each."""
    known = RULES[rule]
    return {
        "rule": known.id,
        "version": version(rule),
        "title": in_language(known.title, lang),
        "source": in_language(known.source, lang),
        "keys": {
            one.key: {"allowed": in_language(one.allowed, lang), "unit": one.unit or None}
            for one in listed_keys(rule)
        },
    }


def in_language(text: str, lang: str) -> str:
    """One language ("en" or "it") of a phrase that holds both; without a bar it is the same in both."""
    english, _, italian = text.partition("|")
    return italian or english if lang == "it" else english


def _listed(keys: Mapping[str, Key], head: str) -> Iterator[ListedKey]:
    for key, kind in keys.items():
        yield ListedKey(head + key, kind.allowed(), _unit(kind))
        if isinstance(kind, Block):
            yield from _listed(kind.keys, f"{head}{key}.")
        elif isinstance(kind, Rows):
            yield from _listed(kind.row.keys, f"{head}{key}.N.")


def _unit(kind: Key) -> str:
    """The unit of a number, or of a list whose numbers share one."""
    if isinstance(kind, Number):
        return kind.unit
    units = {one.unit for one in kind.kinds} if isinstance(kind, Numbers) else set()
    return units.pop() if len(units) == 1 else ""
