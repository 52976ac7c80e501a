"""The scores computed again at the centre, and where they differ from those a bundle carried. Never
overwrites.

Rules kept here:
- The same function as at the site, on the answers as they travelled, with the previous visit that the site
  named.
- What cannot be computed here is said as such, never as a difference: the previous visit or a form was not
  received, or the answers were given under other definitions.
- Value, completeness, bounds and every part are compared; numbers after rounding to 9 decimals, as
  everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from anifro_desktop.centre.assembling import Subject, Visit
from anifro_desktop.forms.model import Definitions
from anifro_desktop.forms.scoring import RULES, score_inputs, score_json, score_visit
from anifro_desktop.record import Answers, Json, canonical
from anifro_desktop.scores.model import nine

PREVIOUS = "previous"  # the key of `Revision.context` that names the previous visit
DIFFERS, NOT_VERIFIABLE = "differs", "not_verifiable"

_COMPARED = ("value", "complete", "minimum", "maximum")
_USES_PREVIOUS = frozenset(rule for rule in RULES if PREVIOUS in score_inputs(rule, {}))
_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Difference:
    """One finding about one score of one visit.

    kind: `differs`, or `not_verifiable` with `why`: `previous_not_received`, `form_not_received`,
    `other_definitions`. rule, part: which score and which part of it (`value`, `parts.clinical`; empty when
    the whole score or visit is meant). carried, computed: JSON text, empty for nothing.
    """

    subject: str
    visit: str
    kind: str
    rule: str = ""
    part: str = ""
    carried: str = ""
    computed: str = ""
    why: str = ""


def rescore(subject: Subject, definitions: Definitions) -> list[Difference]:
    """Every finding about every visit of a subject whose scores were received."""
    return [item for visit in subject.visits for item in rescore_visit(subject, visit, definitions)]


def rescore_visit(subject: Subject, visit: Visit, definitions: Definitions) -> list[Difference]:
    """Every finding about one visit; none while its scores have not been received."""
    if visit.summary is None:
        return []
    if why := _obstacle(visit, definitions):
        return [Difference(visit.subject, visit.key, NOT_VERIFIABLE, why=why)]
    named = visit.summary.context.get(PREVIOUS, "")
    previous = _previous(subject, named, definitions)
    computed = score_visit(visit.answers, previous)
    found: list[Difference] = []
    for rule in RULES:
        if named and previous is None and rule in _USES_PREVIOUS:
            where = (visit.subject, visit.key, NOT_VERIFIABLE, rule)
            found.append(Difference(*where, why="previous_not_received"))
            continue
        found += _compare(visit, rule, visit.scores.get(rule), score_json(computed[rule]))
    return found


def verdict(findings: list[Difference]) -> str:
    """One word for a visit: `same`, `differs` or `not_verifiable`."""
    kinds = {item.kind for item in findings}
    return next((kind for kind in (DIFFERS, NOT_VERIFIABLE) if kind in kinds), "same")


def _obstacle(visit: Visit, definitions: Definitions) -> str:
    if any(form.definition != definitions.digest for form in visit.forms.values()):
        return "other_definitions"
    asked = {form.id for form in definitions.of_level("visit") if not form.derived}
    return "" if asked <= set(visit.forms) else "form_not_received"


def _previous(subject: Subject, named: str, definitions: Definitions) -> Answers | None:
    visit = subject.visit(named) if named else None
    if visit is None or visit.summary is None or _obstacle(visit, definitions):
        return None
    return visit.answers


def _compare(visit: Visit, rule: str, carried: Any, computed: Mapping[str, Json]) -> Iterator[Difference]:
    theirs = _flat(carried) if isinstance(carried, Mapping) else {}
    ours = _flat(computed)
    for part in sorted(set(theirs) | set(ours)):
        a, b = theirs.get(part, _ABSENT), ours.get(part, _ABSENT)
        if not _same(a, b):
            yield Difference(visit.subject, visit.key, DIFFERS, rule, part, _text(a), _text(b))


def _flat(result: Mapping[str, Any]) -> dict[str, Any]:
    parts = result.get("parts")
    flat = {name: result[name] for name in _COMPARED if name in result}
    return flat | {
        f"parts.{name}": value for name, value in (parts if isinstance(parts, Mapping) else {}).items()
    }


def _same(a: Any, b: Any) -> bool:
    one, two = _number(a), _number(b)
    if one is not None and two is not None:
        return nine(one) == nine(two)
    if a is _ABSENT or b is _ABSENT:
        return a is b
    return canonical(a) == canonical(b)


def _number(value: Any) -> float | None:
    """The number that an int or the text of a float stands for."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        return float(value)
    except ValueError:
        return None


def _text(value: Any) -> str:
    return "" if value is _ABSENT else canonical(value).decode()
