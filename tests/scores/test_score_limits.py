"""The smallest and the largest number of every key are taken, and what lies one step outside is refused."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from anifro_desktop.scores.contract import validate
from anifro_desktop.scores.keys import Block, Key, Number, Numbers, Rows
from anifro_desktop.scores.registry import RULES

_SECOND = runpy.run_path(str(Path(__file__).with_name("second") / "limits.py"))
LIMITS, WHOLE = _SECOND["LIMITS"], _SECOND["WHOLE"]
LEAST = 0.001  # as near to "above 0" as anybody measures
NUMBERS = [(rule, key) for rule, keys in LIMITS.items() for key in keys]


def _numbers(keys: Any, before: str = "") -> set[str]:
    """The places of all numbers among the keys of a rule."""
    found = set()
    for name, key in keys.items():
        place = f"{before}{name}"
        inner = key.row if isinstance(key, Rows) else key
        if isinstance(inner, Block):
            found |= _numbers(inner.keys, f"{place}.")
        elif isinstance(inner, Numbers):
            found |= {f"{place}.{number}" for number in range(1, inner.length + 1)}
        elif isinstance(inner, Number):
            found.add(place)
    return found


def _answers(rule: str, place: str, value: float | None) -> dict[str, Any]:
    """Answers with one number at a place."""
    outer, _, inner = place.partition(".")
    key: Key = RULES[rule].keys[outer]
    if isinstance(key, Numbers):
        entries: list[Any] = [None] * key.length
        entries[int(inner) - 1] = value
        return {outer: entries}
    if isinstance(key, Rows):
        return {outer: [{inner: value}]}
    return {outer: {inner: value}} if inner else {outer: value}


def _taken(rule: str, place: str, value: float) -> bool:
    """Whether a number meets no objection that an open answer there does not meet."""
    nothing = {fault.key for fault in validate(rule, _answers(rule, place, None))}
    return {fault.key for fault in validate(rule, _answers(rule, place, value))} <= nothing


def test_the_table_has_every_number_of_every_rule() -> None:
    assert {rule: _numbers(found.keys) for rule, found in RULES.items()} == {
        rule: set(keys) for rule, keys in LIMITS.items()
    }


@pytest.mark.parametrize(("rule", "place"), NUMBERS, ids=[f"{rule}: {place}" for rule, place in NUMBERS])
def test_numbers_on_both_sides_of_every_limit(rule: str, place: str) -> None:
    limits = LIMITS[rule][place]
    if len(limits) != 3:
        single: list[Any] = list(limits)
        beside = {number + step for number in single for step in (-1, 0.5, 1)} - set(single)
        assert all(_taken(rule, place, number) for number in single)
        assert not [number for number in beside if _taken(rule, place, number)]
        return
    least, most, step = limits
    assert isinstance(most, int)
    assert isinstance(step, int | float)
    if isinstance(least, str):
        assert not _taken(rule, place, 0)
        assert _taken(rule, place, LEAST)
    else:
        assert isinstance(least, int)
        assert _taken(rule, place, least)
        assert not _taken(rule, place, least - step)
        assert _taken(rule, place, least + 0.5) is (step != WHOLE)
    assert _taken(rule, place, most)
    assert not _taken(rule, place, most + step)
