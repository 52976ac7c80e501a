"""From answers that came from outside to results that go outside: check, assume, compute, write down.

Every input of a file is checked before any is scored; one fault anywhere and nothing is. `{"assume":
"absent"}` is the only way to read left-out items as absent, and the result repeats it. Results are plain
JSON values, numbers in full precision, with the same keys whatever the answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import NoneType
from typing import Any

from anifro_desktop.scores.faults import Fault
from anifro_desktop.scores.keys import Key, OneOf, object_faults
from anifro_desktop.scores.model import Score
from anifro_desktop.scores.registry import RULES, compute, version

ASSUME = "assume"
ASSUMED = "absent"
_AS_IT_IS = frozenset((NoneType, int, float, str))  # what a CSV writer writes as `cell` does


@cache
def input_keys(rule: str) -> Mapping[str, Key]:
    """The keys that an input may have: those of the rule, and `assume`."""
    return {**RULES[rule].keys, ASSUME: OneOf((ASSUMED,))}


def validate(rule: str, answers: Any, place: str = "") -> list[Fault]:
    """Everything wrong with one input: unknown keys, wrong types, values out of range.

    place: names the input among several, as "English|Italian"; empty for a single one.
    """
    if not isinstance(answers, Mapping):
        return [Fault(place, "", "not_an_object")]
    found = object_faults(input_keys(rule), answers, place)
    together = RULES[rule].faults
    return found if together is None else found + together(answers, place)


def score_answers(rule: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The result, as plain JSON, of one input that `validate` has nothing against."""
    score, assumed = _scored(rule, answers)
    return result_json(score, assumed=assumed)


def _scored(rule: str, answers: Mapping[str, Any]) -> tuple[Score, bool]:
    """The score of one input, and whether what it leaves out was read as absent."""
    if ASSUME not in answers:
        return compute(rule, answers), False
    plain = {key: value for key, value in answers.items() if key != ASSUME}
    assumed = answers[ASSUME] == ASSUMED
    return compute(rule, RULES[rule].absent.fill(plain) if assumed else plain), assumed


def result_json(score: Score, *, assumed: bool = False) -> dict[str, Any]:
    """A score as plain JSON values: `rule`, `version`, `assumed` (only if so), `value`, `complete`,
    `minimum`, `maximum`, `parts`, `missing`, `reasons`, `warnings`."""
    return {
        "rule": score.rule,
        "version": version(score.rule),
        **({"assumed": ASSUMED} if assumed else {}),
        "value": score.value,
        "complete": score.complete,
        "minimum": score.minimum,
        "maximum": score.maximum,
        "parts": dict(score.parts),
        "missing": list(score.missing),
        "reasons": list(score.reasons),
        "warnings": list(score.warnings),
    }


def flat(result: Mapping[str, Any], head: str = "") -> dict[str, Any]:
    """A result with dotted keys, for the columns of a CSV; lists stay lists."""
    cells: dict[str, Any] = {}
    for key, value in result.items():
        if isinstance(value, Mapping):
            cells.update(flat(value, f"{head}{key}."))
        else:
            cells[head + key] = value
    return cells


def table(rule: str, inputs: Iterable[Mapping[str, Any]]) -> Iterator[list[Any]]:
    """The results of some inputs as rows of a CSV, the header first: every column of any result, in the order in
    which they first appear.

    Results of one rule have the same columns unless `assume` or an object comes and goes, so that the names are made
    once for each set of keys and not for each row.
    """
    layouts: dict[tuple[str, ...], list[str]] = {}
    rows = []
    for answers in inputs:
        score, assumed = _scored(rule, answers)
        result = result_json(score, assumed=assumed)
        keys, values = _keys_and_values(result)
        layout = layouts.get(keys)
        if layout is None:
            layout = layouts[keys] = list(flat(result))
        rows.append((layout, values))
    header = list(dict.fromkeys(name for layout in layouts.values() for name in layout))
    yield header or list(flat(score_answers(rule, {})))
    for layout, values in rows:
        if layout == header:
            yield values
        else:
            by_name = dict(zip(layout, values, strict=True))
            yield [by_name.get(name) for name in header]


def _keys_and_values(result: Mapping[str, Any]) -> tuple[tuple[str, ...], list[Any]]:
    """The keys of a result, objects and their keys included, and its values as cells."""
    keys: list[str] = []
    values: list[Any] = []
    _add_cells(result, keys, values)
    return tuple(keys), values


def _add_cells(result: Mapping[str, Any], keys: list[str], values: list[Any]) -> None:
    for key, value in result.items():
        keys.append(key)
        kind = type(value)
        if kind in _AS_IT_IS:
            values.append(value)
        elif kind is bool:
            values.append("true" if value else "false")
        elif isinstance(value, Mapping):
            _add_cells(value, keys, values)
            keys.append("")  # the end of the object
        else:
            values.append(cell(value))


def cell(value: Any) -> str:
    """A value as a CSV cell: empty for null, `true` and `false`, decimal point, lists separated by `;`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return ";".join(map(cell, value)) if isinstance(value, list | tuple) else str(value)
