"""Answers that are not what the definitions suggest, as the centre sees it: with what was answered beside them, at the
visit that they were compared with, and in the events.

Rules kept here:
- Suggestions are those of the site's own form, read with the same facts (`forms.facts`), worked out by the same
  functions. What a fact is where something is open stays open, and what is open suggests nothing.
- Events count as they stand now: one that was recorded after the visit was completed counts too.
- What a site kept against a suggestion with a reason is settled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from anifro_desktop.centre.assembling import CLASSIFICATION, Subject, Visit
from anifro_desktop.centre.exposure import exposure
from anifro_desktop.centre.packs import kept_now
from anifro_desktop.centre.some_calendar import ENROLLED, dated, day
from anifro_desktop.forms.derived import QUANTITIES
from anifro_desktop.forms.facts import AT_BASELINE, AT_ENROLMENT, FACTS, SDI, WAS
from anifro_desktop.forms.model import Definitions, SuggestionRule
from anifro_desktop.record import Missing, Revision
from anifro_desktop.study.schedule import BASELINE
from anifro_desktop.workflows.happened import facts_at

Known = Mapping[str, Any]


class Against(NamedTuple):
    """An answer against a suggestion. key: of the visit or event (empty: the enrolment). read: the questions it was
    suggested from, as far as they are answered there; elsewhere: whether something recorded elsewhere tells."""

    key: str
    field: str
    read: tuple[str, ...]
    elsewhere: bool


def contradicting(subject: Subject, definitions: Definitions) -> Iterator[Against]:
    """Every answer of a subject against a suggestion, that was not kept with a reason."""
    events: dict[str, list[dict[str, Any]]] = {}
    for event in subject.events:
        events.setdefault(event.form, []).append(dated(event.answers, definitions))
    first = exposure(subject).first
    own = {"enrolled": ENROLLED, "subject_sex": subject.answers.get("sex")}
    baseline = subject.visit(BASELINE)
    criteria = {} if baseline is None else _named(AT_BASELINE, dated(baseline.answers, definitions))
    yield from _against(subject.answers, subject.forms, subject.packs, {**own, **criteria}, definitions)
    for visit in subject.visits:
        facts = {**own, **_of_visit(subject, visit, events, first, definitions)}
        yield from _against(visit.answers, visit.forms, visit.packs, facts, definitions)
    for event in subject.events:
        yield from _against(event.answers, {event.form: event.revision}, event.packs, own, definitions)


def _of_visit(
    subject: Subject,
    visit: Visit,
    events: Mapping[str, list[dict[str, Any]]],
    first: int | None,
    definitions: Definitions,
) -> dict[str, Any]:
    """The facts of a visit. first: day of the first dose."""
    if visit.day is None or visit.summary is None:
        return {}
    previous = subject.visit(visit.summary.context.get("previous", ""))
    since = None if previous is None or previous.day is None else day(previous.day)
    found: dict[str, Any] = dict(
        facts_at(events, day(visit.day), since, None if first is None else day(first))
    )
    if previous is not None:
        before = dated(previous.answers, definitions)
        # The items of the damage index are compared with all visits before, of which one is not the sum.
        found |= _named(WAS, {name: value for name, value in before.items() if not name.startswith(SDI)})
    if visit.key == BASELINE and CLASSIFICATION in subject.forms:
        kept = kept_now(subject.forms[CLASSIFICATION], subject.packs)
        said = {name: value for name, value in subject.answers.items() if name not in kept}
        found |= _named(AT_ENROLMENT, dated(said, definitions))
    return found


def _against(
    answers: Known,
    forms: Mapping[str, Revision],
    packs: Sequence[Definitions],
    facts: Known,
    definitions: Definitions,
) -> Iterator[Against]:
    rules = {
        field: rule
        for field, rule in definitions.suggestions.items()
        if definitions.fields[field].form in forms and type(answers.get(field)) is int
    }
    if not rules:
        return
    env = {name: fact for name, fact in facts.items() if fact is not None} | dated(answers, definitions)
    for name, quantity in QUANTITIES.items():
        if (worked_out := quantity.value(env)) is not None:
            env[name] = worked_out
    for field, rule in rules.items():
        suggested = _suggested(rule, env)
        form = forms[definitions.fields[field].form]
        if suggested is not None and answers[field] != suggested and field not in kept_now(form, packs):
            read = tuple(name for name in rule.sources if name in answers)
            yield Against(form.visit, field, read, _elsewhere(rule, env))


def _suggested(rule: SuggestionRule, env: Known) -> int | None:
    if rule.present is not None and rule.present.test(env) is True:
        return 1
    return 0 if rule.absent is not None and rule.absent.test(env) is True else None


def _elsewhere(rule: SuggestionRule, env: Known) -> bool:
    named = {name for one in (rule.present, rule.absent) if one is not None for name in one.names}
    return any(name in env and (name in FACTS or name.startswith((WAS, AT_BASELINE))) for name in named)


def _named(prefix: str, answers: Known) -> dict[str, Any]:
    return {prefix + name: value for name, value in answers.items() if not isinstance(value, Missing)}
