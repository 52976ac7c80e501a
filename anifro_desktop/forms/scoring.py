"""The results of a session from its answers; used alike by the session, the store and the centre.

Which answer feeds which key of a rule is decided in `inputs`, `organ_inputs`, `prom_inputs`, `safety_inputs` and
`classifying`.
`Score.missing` names fields here, not keys of the rules, so that a screen can link to them; `previous` and
`previous.<item>` stay, since no field of this visit settles them. A result depends on the visit's answers and those of
the visits that its record names as previous, baseline, damage and weight (see `last_known`), and on nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from anifro_desktop.forms import classifying, inputs, organ_inputs, prom_inputs, safety_inputs
from anifro_desktop.forms.earlier import Before, number
from anifro_desktop.forms.inputs import VisitInputs, items_of
from anifro_desktop.forms.last_known import WEIGHT
from anifro_desktop.forms.model import Definitions
from anifro_desktop.forms.settling import settling_fields
from anifro_desktop.forms.state import Subject
from anifro_desktop.record import Answers, Json
from anifro_desktop.scores import (
    acr1997,
    ae,
    clasi,
    doris,
    eq5d5l,
    eular2019,
    facit_fatigue,
    lldas,
    lupusqol,
    sdi,
    sf36,
    sfi,
    sledas,
    slicc2012,
    vas,
)
from anifro_desktop.scores.model import Score
from anifro_desktop.scores.registry import version
from anifro_desktop.study.visit_keys import is_visit

Given = Callable[[VisitInputs], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Result:
    """One result by name. rule: of the registry. forms: the forms whose answers it reads. compute: the rule over what
    it is given. given: what that is, by the keys of the rule's contract."""

    rule: str
    forms: frozenset[str]
    compute: Callable[[VisitInputs], Score]
    given: Given


def _result(rule: str, forms: str, score: Callable[[Mapping[str, Any]], Score], given: Given) -> Result:
    return Result(rule, frozenset(forms.split()), lambda visit: score(given(visit)), given)


_DOSE = "treatment vitals"
VISIT: Mapping[str, Result] = {
    "sledai2k": Result(
        "sledai2k", frozenset({"sledai2k"}), lambda visit: visit.sledai, inputs.sledai2k_inputs
    ),
    "prednisone": Result(
        "prednisone", frozenset({"treatment"}), lambda visit: visit.prednisone, inputs.prednisone_inputs
    ),
    "sledas": _result(
        "sledas", "sledai2k sledas laboratory joints treatment", sledas.score, inputs.sledas_inputs
    ),
    "doris": _result("doris", "sledai2k phga treatment", doris.score, inputs.doris_inputs),
    "lldas": _result("lldas", f"sledai2k sledas phga {_DOSE}", lldas.score, inputs.lldas_inputs),
    "sfi": _result("sfi", f"flare sledai2k phga {_DOSE}", sfi.score, organ_inputs.sfi_inputs),
    "clasi": _result("clasi", "clasi", clasi.score, organ_inputs.clasi_inputs),
    "joints": Result("joints", frozenset({"joints"}), organ_inputs.joints_result, organ_inputs.joints_given),
    "sdi": _result("sdi", "damage", sdi.score, organ_inputs.sdi_inputs),
    "sf36": _result("sf36", "sf36", sf36.score, prom_inputs.sf36_inputs),
    "facit_fatigue": _result("facit_fatigue", "facit_fatigue", facit_fatigue.score, prom_inputs.facit_inputs),
    "eq5d5l": _result("eq5d5l", "eq5d5l", eq5d5l.score, prom_inputs.eq5d_inputs),
    "lupusqol": _result("lupusqol", "lupusqol", lupusqol.score, prom_inputs.lupusqol_inputs),
    "pain_vas": _result("vas", "scales", vas.score, prom_inputs.pain_inputs),
    "fatigue_vas": _result("vas", "scales", vas.score, prom_inputs.fatigue_inputs),
    "ptga": _result("vas", "scales", vas.score, prom_inputs.ptga_inputs),
}
SUBJECT: Mapping[str, Result] = {
    "acr1997": _result(
        "acr1997", "classification", acr1997.score, lambda visit: classifying.acr1997_inputs(visit.answers)
    ),
    "slicc2012": _result(
        "slicc2012",
        "classification",
        slicc2012.score,
        lambda visit: classifying.slicc2012_inputs(visit.answers),
    ),
    "eular2019": _result(
        "eular2019",
        "classification",
        eular2019.score,
        lambda visit: classifying.eular2019_inputs(visit.answers),
    ),
}
EVENT: Mapping[str, Result] = {
    "ae": _result("ae", "adverse_event", ae.score, safety_inputs.ae_inputs),
}
RESULTS: Mapping[str, Result] = {**VISIT, **SUBJECT, **EVENT}
RULES = tuple(VISIT)
# Rules that are given another rule's result, and so change with it.
GIVEN: Mapping[str, frozenset[str]] = {
    "sledas": frozenset({"prednisone"}),
    "doris": frozenset({"prednisone"}),
    "lldas": frozenset({"prednisone"}),
    "sfi": frozenset({"prednisone", "sledai2k"}),
}


class Scorer:
    """The results of one session, kept up to date: after a step only those are worked out again that read its fields.

    forms: by field, the form it stands in. today: of an older pack, its field ids to those that the rules read now.
    """

    __slots__ = ("_before", "_forms", "_names", "_scores", "_subject", "_today")

    def __init__(
        self,
        names: Iterable[str],
        forms: Mapping[str, str],
        subject: Subject,
        earlier: Before,
        today: Mapping[str, str],
    ) -> None:
        self._names = tuple(names)
        self._today = today
        self._subject = subject
        self._forms = forms
        self._before = earlier
        self._scores: dict[str, Score] = {}

    def all(self, answers: Answers) -> Mapping[str, Score]:
        """Every result."""
        scores = score_with(self._names, renamed(answers, self._today), self._before, self._subject)
        self._scores = scores if not self._today else _in_own_ids(scores, self._today)
        return self._scores

    def again(self, answers: Answers, changed: Iterable[str]) -> Mapping[str, Score]:
        """Every result after the answers to some fields changed."""
        if self._today:
            return self.all(answers)
        touched = {self._forms[field] for field in changed}
        names = [name for name in self._names if not touched.isdisjoint(RESULTS[name].forms)]
        self._scores = {**self._scores, **score_with(names, answers, self._before, self._subject)}
        return self._scores


def renamed(answers: Answers, names: Mapping[str, str]) -> Answers:
    """Answers under other field ids."""
    return {names.get(field, field): value for field, value in answers.items()} if names else answers


def _in_own_ids(scores: Mapping[str, Score], names: Mapping[str, str]) -> dict[str, Score]:
    """Scores whose missing answers are named as the pack names them."""
    own = {now: field for field, now in names.items()}
    return {
        name: replace(score, missing=tuple(own.get(field, field) for field in score.missing))
        for name, score in scores.items()
    }


def asked_at(names: Iterable[str], visit: str, definitions: Definitions) -> tuple[str, ...]:
    """Those of some results that are worked out under a key. A visit at which a form is never asked has no result of
    it: at baseline there is no time since the visit before in which a flare could be."""
    if not is_visit(visit):
        return tuple(names)
    offered = {form.id for form in definitions.of_visit(visit)}
    never = {form.id for form in definitions.of_level("visit")} - offered
    return tuple(name for name in names if never.isdisjoint(RESULTS[name].forms))


def score_visit(
    answers: Answers,
    previous: Answers | None = None,
    baseline: Answers | None = None,
    damage: Answers | None = None,
    weight: Answers | None = None,
) -> dict[str, Score]:
    """All results of a visit, by name.

    Args:
        answers: the visible answers of the visit, by field id.
        previous, baseline, damage, weight: the answers of the last completed assessment before it, of baseline, of
            those with damage as one, and of that with the last known weight; None where there is none.
    """
    return score_with(RULES, answers, before(previous, baseline, damage, weight))


def score_inputs(
    name: str,
    answers: Answers,
    previous: Answers | None = None,
    baseline: Answers | None = None,
    damage: Answers | None = None,
    weight: Answers | None = None,
) -> Mapping[str, Any]:
    """What one rule is given, by the keys of its contract (KeyError: no such result)."""
    return RESULTS[name].given(VisitInputs(answers, before(previous, baseline, damage, weight)))


def before(
    previous: Answers | None,
    baseline: Answers | None = None,
    damage: Answers | None = None,
    weight: Answers | None = None,
) -> Before:
    """What the scores need of earlier visits; to be worked out once where many scores follow."""
    found = Before()
    if previous is not None:
        visit = VisitInputs(previous, Before())
        found = replace(
            found,
            items=items_of(previous),
            sledas=number(VISIT["sledas"].compute(visit)),
            sledai=number(visit.sledai),
            phga=visit.phga,
            pred_eq=number(visit.prednisone),
            weight_kg=visit.number(WEIGHT),
        )
    if baseline is not None:
        visit = VisitInputs(baseline, Before())
        found = replace(
            found,
            clasi_activity=number(VISIT["clasi"].compute(visit)),
            tjc28=visit.joints.tender,
            sjc28=visit.joints.swollen,
            base_pred_eq=number(visit.prednisone),
            base_sdi=number(VISIT["sdi"].compute(visit)),
        )
    if damage is not None:
        found = replace(found, damage=organ_inputs.sdi_items(VisitInputs(damage, Before())))
    if weight is not None and found.weight_kg is None:
        found = replace(found, weight_kg=VisitInputs(weight, Before()).number(WEIGHT))
    return found


def score_with(
    names: Iterable[str], answers: Answers, earlier: Before, subject: Subject | None = None
) -> dict[str, Score]:
    """Some results, with the earlier visits already worked out."""
    visit = VisitInputs(answers, earlier, subject)
    return {name: _score(name, visit) for name in names}


def bare_scores(names: Iterable[str], answers: Answers, earlier: Before) -> dict[str, Score]:
    """The same, but for what they miss: that stays under the names that the rules have for it."""
    visit = VisitInputs(answers, earlier)
    return {name: RESULTS[name].compute(visit) for name in names}


def unknown(name: str) -> Score:
    """A result that nothing is known of: every part is there, and open."""
    found = RESULTS[name].compute(VisitInputs({}, Before()))
    return replace(found, value=None, complete=False, missing=(), reasons=(), warnings=())


def as_recorded(name: str, score: Score | None) -> Score:
    """A result as it was recorded, for whoever reads its parts: those that it did not have then are open."""
    empty = unknown(name)
    return empty if score is None else replace(score, parts={**empty.parts, **score.parts})


def difference(now: Score | None, then: Score | None) -> float | None:
    """How far a numeric score moved; None while either is unknown or no number."""
    one, two = number(now), number(then)
    return None if one is None or two is None else one - two


def score_json(score: Score) -> dict[str, Json]:
    """A score that can travel, with the version of its rule: floats as their shortest exact text, tuples as lists."""
    return score_parts(score, Score.__dataclass_fields__) | {"version": version(score.rule)}


def score_parts(score: Score, names: Iterable[str]) -> dict[str, Json]:
    """Some fields of it as they travel."""
    return {name: _travel(getattr(score, name)) for name in names}


def travels_as(value: Any, found: Any) -> bool:
    """Whether a value of a score is, to the last type, what was found to have travelled; in Python `True == 1`."""
    kind = type(value)
    if kind in _PLAIN:
        return type(found) is kind and bool(found == value)
    if kind is float:
        return type(found) is str and found == repr(value)
    if isinstance(value, Mapping):
        return (
            type(found) is dict
            and len(found) == len(value)
            and all(name in found and travels_as(item, found[name]) for name, item in value.items())
        )
    if isinstance(value, list | tuple):
        return type(found) is list and len(found) == len(value) and all(map(travels_as, value, found))
    return False


def score_of(data: Mapping[str, Any]) -> Score:
    """The score that `score_json` wrote."""
    return Score(**{name: _back(data[name]) for name in Score.__dataclass_fields__ if name in data})


def _score(name: str, visit: VisitInputs) -> Score:
    found = RESULTS[name].compute(visit)
    if not found.missing:
        return found
    dose_open = visit.prednisone.missing if "treatment" in RESULTS[name].forms else ()
    fields = dict.fromkeys(
        field for key in found.missing for field in settling_fields(key, name, visit.answers, dose_open)
    )
    return replace(found, missing=tuple(fields))


def _back(value: Any) -> Any:
    """What `_travel` was given: only a float makes a text that is its own shortest form."""
    if isinstance(value, str):
        try:
            number = float(value)
        except ValueError:
            return value
        return number if repr(number) == value else value
    if isinstance(value, Mapping):
        return {name: _back(item) for name, item in value.items()}
    return tuple(map(_back, value)) if isinstance(value, list) else value


def _travel(value: Any) -> Json:
    if type(value) in _PLAIN:  # first: most of it
        plain: Json = value
        return plain
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Mapping):
        return {str(key): _travel(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_travel(item) for item in value]
    assert value is None or isinstance(value, bool | int | str)
    return value


_PLAIN = frozenset({str, int, bool, type(None)})
