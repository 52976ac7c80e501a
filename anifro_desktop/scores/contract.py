"""From answers that came from outside to results that go outside: check, assume, compute, write down.

Every input of a file is checked before any is scored; one fault anywhere and nothing is. `{"assume":
"absent"}` is the only way to read left-out items as absent, and the result repeats it. Results are plain
JSON values, numbers in full precision, with the same keys whatever the answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from anifro_desktop.scores.faults import Fault
from anifro_desktop.scores.keys import OneOf, object_faults
from anifro_desktop.scores.model import Score
from anifro_desktop.scores.registry import RULES, compute, version

ASSUME = "assume"
ASSUMED = "absent"


def validate(rule: str, answers: Any, place: str = "") -> list[Fault]:
    """Everything wrong with one input: unknown keys, wrong types, values out of range.

    place: names the input among several, as "English|Italian"; empty for a single one.
    """
    if not isinstance(answers, Mapping):
        return [Fault(place, "", "not_an_object")]
    return object_faults({**RULES[rule].keys, ASSUME: OneOf((ASSUMED,))}, answers, place)


def score_answers(rule: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The result, as plain JSON, of one input that `validate` has nothing against."""
    plain = {key: value for key, value in answers.items() if key != ASSUME}
    assumed = answers.get(ASSUME) == ASSUMED
    score = compute(rule, RULES[rule].absent.fill(plain) if assumed else plain)
    return result_json(score, assumed=assumed)


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


def columns(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """All columns of some flat results, in the order in which they first appear."""
    return list(dict.fromkeys(key for row in rows for key in row))


def cell(value: Any) -> str:
    """A value as a CSV cell: empty for null, `true` and `false`, decimal point, lists separated by `;`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return ";".join(map(str, value)) if isinstance(value, list) else str(value)
