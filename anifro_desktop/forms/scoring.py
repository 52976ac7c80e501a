"""The five scores of a visit from its answers; used alike by the session, the store and the centre.

Which answer feeds which key of a rule is decided in `inputs`. `Score.missing` names fields here, not keys of the
rules, so that a screen can link to them; `previous` and `previous.<item>` stay, since no field of this visit settles
them. A result depends on the visit's answers and those of the visit before, and on nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from anifro_desktop.forms.inputs import Before, VisitInputs, items_of
from anifro_desktop.forms.settling import settling_fields
from anifro_desktop.record import Answers, Json
from anifro_desktop.scores import doris, lldas, prednisone, sledai2k, sledas
from anifro_desktop.scores.model import Score

RULES: Mapping[str, Callable[[Mapping[str, Any]], Score]] = {
    "sledai2k": sledai2k.score,
    "prednisone": prednisone.score,
    "sledas": sledas.score,
    "doris": doris.score,
    "lldas": lldas.score,
}


def score_visit(answers: Answers, previous: Answers | None = None) -> dict[str, Score]:
    """All five scores of a visit, by rule.

    Args:
        answers: the visible answers of the visit, by field id.
        previous: the answers of the last completed assessment before it, or None if there is none.
    """
    return score_with(answers, before(previous))


def score_inputs(rule: str, answers: Answers, previous: Answers | None = None) -> dict[str, Any]:
    """What one rule is given, by the keys of its contract (KeyError: no such rule)."""
    return VisitInputs(answers, before(previous)).of(rule)


def before(previous: Answers | None) -> Before:
    """What the scores need of the previous visit; to be worked out once where many scores follow."""
    if previous is None:
        return Before()
    found = sledas.score(VisitInputs(previous, Before()).of("sledas"))
    return Before(items_of(previous), number(found))


def score_with(answers: Answers, earlier: Before) -> dict[str, Score]:
    """As `score_visit`, with the previous visit already worked out."""
    visit = VisitInputs(answers, earlier)
    return {rule: _score(rule, visit) for rule in RULES}


def number(score: Score | None) -> float | None:
    """The value of a numeric score, or None while it is unknown or no number."""
    value = None if score is None else score.value
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def difference(now: Score | None, then: Score | None) -> float | None:
    """How far a numeric score moved; None while either is unknown or no number."""
    one, two = number(now), number(then)
    return None if one is None or two is None else one - two


def score_json(score: Score) -> dict[str, Json]:
    """A score that can travel: floats as their shortest exact text, tuples as lists."""
    return {name: _travel(getattr(score, name)) for name in Score.__dataclass_fields__}


def _score(rule: str, visit: VisitInputs) -> Score:
    found = visit.prednisone if rule == "prednisone" else RULES[rule](visit.of(rule))
    if not found.missing:
        return found
    dose_open = visit.prednisone.missing
    fields = dict.fromkeys(
        name for key in found.missing for name in settling_fields(key, rule, visit.answers, dose_open)
    )
    return replace(found, missing=tuple(fields))


def _travel(value: Any) -> Json:
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Mapping):
        return {str(key): _travel(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_travel(item) for item in value]
    assert value is None or isinstance(value, bool | int | str)
    return value
