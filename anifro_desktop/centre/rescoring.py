"""The scores computed again at the centre, and where they differ from those a bundle carried. Never
overwrites.

Rules kept here:
- The same function as at the site, on the answers as they travelled, with the earlier visits that the site named:
  previous, baseline, those with damage, and the one with the last known weight.
- What a visit does not ask is not judged, unless it was carried all the same. The classification is judged by itself.
- A record of an older pack is judged by that pack: by what it asked, and only for rules that this program carries out
  in the same version.
- What cannot be computed here is said as such, never as a difference: an earlier visit or a form was not received, or
  the answers were given under other definitions or rules. A form that is only offered may be missing and contributes
  nothing; only where its result would then differ, the form is said to be missing.
- Value, completeness, bounds and every part are compared; numbers after rounding to 9 decimals, as
  everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from anifro_desktop.centre.assembling import CLASSIFICATION, SUMMARY, Subject, Visit
from anifro_desktop.forms.earlier import Before
from anifro_desktop.forms.last_known import most_damage
from anifro_desktop.forms.model import Definitions
from anifro_desktop.forms.scoring import RESULTS, bare_scores, before, score_parts, travels_as
from anifro_desktop.forms.state import PastVisit
from anifro_desktop.record import Answers, Revision, canonical
from anifro_desktop.scores.model import Score, nine
from anifro_desktop.study.visit_keys import ENROLMENT, kind_of

DIFFERS, NOT_VERIFIABLE = "differs", "not_verifiable"
NO_FORM, OTHER_DEFINITIONS, OTHER_RULES = "form_not_received", "other_definitions", "other_rules"
# Which earlier visits a result is compared with, by the keys of `Revision.context` that name them.
USES: Mapping[str, tuple[str, ...]] = {
    "prednisone": ("baseline",),
    "sledas": ("previous",),
    "lldas": ("previous",),
    "sfi": ("previous", "weight"),
    "clasi": ("baseline",),
    "joints": ("baseline",),
    "sdi": ("baseline", "damage"),
}
EARLIER = ("previous", "baseline", "damage", "weight")

_COMPARED = ("value", "complete", "minimum", "maximum")
_PARTS = "parts"
_JUDGED = (*_COMPARED, _PARTS)
_MOST_UNKNOWN = 50  # parts of one result that no rule has: each would be a finding of its own
_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Difference:
    """One finding about one result of one visit, or of the classification (visit empty).

    kind: `differs`, or `not_verifiable` with `why`: `previous_not_received`, `baseline_not_received`,
    `damage_not_received`, `weight_not_received`, `form_not_received`, `other_definitions` (of a pack that is not known
    here), `other_rules`.
    rule, part: which result and which part of it (`value`, `parts.clinical`; empty when the whole result or visit is
    meant). carried, computed: JSON text, empty for nothing.
    """

    subject: str
    visit: str
    kind: str
    rule: str = ""
    part: str = ""
    carried: str = ""
    computed: str = ""
    why: str = ""


def rescore(subject: Subject, definitions: Definitions, keys: Set[str] | None = None) -> list[Difference]:
    """Every finding about the results of a subject that were received, or about those under some keys."""
    found = rescore_classification(subject, definitions) if keys is None or ENROLMENT in keys else []
    past = _Past(subject, definitions)
    for visit in subject.visits:
        if keys is None or visit.key in keys:
            found += _rescored(past, visit, definitions)
    return found


def differing(subject: Subject, definitions: Definitions) -> int:
    """How many visits of a subject, the enrolment among them, have a score that comes out otherwise."""
    return len({item.visit for item in rescore(subject, definitions) if item.kind == DIFFERS})


def rescore_classification(subject: Subject, definitions: Definitions) -> list[Difference]:
    """Every finding about the classification; none while it has not been received."""
    form = subject.forms.get(CLASSIFICATION)
    if form is None:
        return []
    where = (subject.code, ENROLMENT)
    own = _pack(form, subject.packs, definitions)
    if own is None:
        return [Difference(*where, NOT_VERIFIABLE, why=OTHER_DEFINITIONS)]
    rules = own.form(CLASSIFICATION).scores
    computed = bare_scores(rules, subject.answers, Before())
    found: list[Difference] = []
    for rule in rules:
        if RESULTS[rule].rule in own.foreign:
            found.append(Difference(*where, NOT_VERIFIABLE, rule, why=OTHER_RULES))
        else:
            found += _compare(where, rule, form.scores.get(rule), computed[rule])
    return found


def rescore_visit(subject: Subject, visit: Visit, definitions: Definitions) -> list[Difference]:
    """Every finding about one visit; none while its scores have not been received."""
    return _rescored(_Past(subject, definitions), visit, definitions)


def _rescored(past: _Past, visit: Visit, definitions: Definitions) -> list[Difference]:
    if visit.summary is None:
        return []
    where = (visit.subject, visit.key)
    own = _pack(visit.summary, visit.packs, definitions)
    if own is None or (why := _obstacle(visit, own, definitions)):
        return [Difference(*where, NOT_VERIFIABLE, why=why if own else OTHER_DEFINITIONS)]
    named = visit.summary.context
    earlier = {name: past.earlier(named.get(name, "")) for name in EARLIER}
    unseen = {name for name in EARLIER if named.get(name) and earlier[name] is None}
    offered = {form.id for form in own.of_visit(visit.key)}
    rules = _judged(visit, offered, own)
    computed = bare_scores(rules, visit.answers, before(**earlier))
    foreign = any(pack.foreign for pack in (definitions, *visit.packs))
    found: list[Difference] = []
    for rule in rules:
        if foreign and _otherwise(rule, visit, definitions):
            found.append(Difference(*where, NOT_VERIFIABLE, rule, why=OTHER_RULES))
            continue
        if blind := next((name for name in USES.get(rule, ()) if name in unseen), ""):
            found.append(Difference(*where, NOT_VERIFIABLE, rule, why=f"{blind}_not_received"))
            continue
        wrong = list(_compare(where, rule, visit.scores.get(rule), computed[rule]))
        if wrong and RESULTS[rule].forms & offered - set(visit.forms):
            wrong = [Difference(*where, NOT_VERIFIABLE, rule, why=NO_FORM)]
        found += wrong
    return found


def verdict(findings: list[Difference]) -> str:
    """One word for a visit: `same`, `differs` or `not_verifiable`."""
    kinds = {item.kind for item in findings}
    return next((kind for kind in (DIFFERS, NOT_VERIFIABLE) if kind in kinds), "same")


def _judged(visit: Visit, offered: Set[str], definitions: Definitions) -> list[str]:
    """The results whose forms are all asked or offered at the visit, and those it carries though they are not."""
    rules = definitions.form(SUMMARY).scores
    return [rule for rule in rules if RESULTS[rule].forms <= offered or rule in visit.scores]


def _pack(form: Revision, packs: tuple[Definitions, ...], definitions: Definitions) -> Definitions | None:
    """The pack of a record; None if it is not known here."""
    if form.definition == definitions.digest:
        return definitions
    return next((pack for pack in packs if pack.digest == form.definition), None)


def _otherwise(rule: str, visit: Visit, definitions: Definitions) -> bool:
    """Whether a record that a result rests on is of a pack that carries the rule out in another version."""
    read = [form for form in visit.forms.values() if form.form in (*RESULTS[rule].forms, SUMMARY)]
    packs = (_pack(form, visit.packs, definitions) for form in read)
    return any(pack is not None and RESULTS[rule].rule in pack.foreign for pack in packs)


def _obstacle(visit: Visit, own: Definitions, definitions: Definitions) -> str:
    """Why a visit cannot be judged by its pack; empty if it can."""
    if any(_pack(form, visit.packs, definitions) is None for form in visit.forms.values()):
        return OTHER_DEFINITIONS
    kind = kind_of(visit.key)
    asked = {form.id for form in own.of_visit(visit.key) if kind in form.timetable}
    return "" if asked <= set(visit.forms) else NO_FORM


class _Past:
    """The visits of one subject as earlier ones, while it is scored again: each is looked through once."""

    def __init__(self, subject: Subject, definitions: Definitions) -> None:
        self._subject = subject
        self._definitions = definitions
        self._known: dict[str, Answers | None] = {}

    def earlier(self, named: str) -> Answers | None:
        """The answers of the visits that a record names, damage as one; None unless all of them can be read."""
        found = [self._one(key) for key in named.split()]
        known = [
            PastVisit(key, None, one)
            for key, one in zip(named.split(), found, strict=True)
            if one is not None
        ]
        if not known or len(known) < len(found):
            return None
        whole = known[0] if len(known) == 1 else most_damage(known)
        return None if whole is None else whole.answers

    def _one(self, key: str) -> Answers | None:
        if key not in self._known:
            self._known[key] = self._read(key)
        return self._known[key]

    def _read(self, key: str) -> Answers | None:
        visit, definitions = self._subject.visit(key), self._definitions
        own = _pack(visit.summary, visit.packs, definitions) if visit and visit.summary else None
        return None if visit is None or own is None or _obstacle(visit, own, definitions) else visit.answers


def _compare(where: tuple[str, str], rule: str, carried: Any, computed: Score) -> Iterator[Difference]:
    if type(carried) is dict and all(
        travels_as(getattr(computed, name), carried.get(name, _ABSENT)) for name in _JUDGED
    ):
        return  # which they nearly always are
    theirs = _flat(carried) if isinstance(carried, Mapping) else {}
    ours = _flat(score_parts(computed, _JUDGED))
    unheard_of = sorted(set(theirs) - set(ours))[:_MOST_UNKNOWN]
    for part in sorted({*ours, *unheard_of}):
        a, b = theirs.get(part, _ABSENT), ours.get(part, _ABSENT)
        if not _same(a, b):
            yield Difference(*where, DIFFERS, rule, part, _text(a), _text(b))


def _flat(result: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: result[name] for name in _COMPARED if name in result}
    parts = result.get(_PARTS)
    if isinstance(parts, Mapping):
        flat |= {f"{_PARTS}.{name}": value for name, value in parts.items()}
    return flat


def _same(a: Any, b: Any) -> bool:
    if type(a) is type(b) and isinstance(a, str | int | None) and a == b:
        return True
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
