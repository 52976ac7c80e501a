"""What an analysis knows of one subject: everything the endpoints rest on, flat, without the visits' answers.

A person is made from a subject once, so that thousands fit into memory; the tables read nothing else. What is alike
for many is there once. Days count from day 0 (`centre.exposure`), months are days / 30.4375. Values are the results
that the site computed and signed (`centre.carried`): what is not known is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache

from anifro_desktop.centre import carried
from anifro_desktop.centre.adverse import Adverse
from anifro_desktop.centre.analysis.organs import organs
from anifro_desktop.centre.analysis.table import Record
from anifro_desktop.centre.assembling import CLASSIFICATION, Event, Subject, Visit
from anifro_desktop.centre.course import Course, Damage, OpenFlare, course
from anifro_desktop.centre.exposure import DOSE, Exposure
from anifro_desktop.centre.planning import enrolment_state
from anifro_desktop.forms.derived import phga
from anifro_desktop.record import Answers
from anifro_desktop.scores.flare_events import FlareEvent
from anifro_desktop.scores.model import Tri
from anifro_desktop.scores.response import Response
from anifro_desktop.study.schedule import BASELINE

DAYS_PER_MONTH = 30.4375
_TAKEN = "on_"  # how the fields begin that ask whether a drug is taken

# Measures of a visit: name to the rule and part that it is read from. `phga` and `eq_vas` are answers.
MEASURES: Mapping[str, tuple[str, str]] = {
    "sledai2k": ("sledai2k", "value"),
    "sledai2k_clin": ("sledai2k", "clinical"),
    "sledas": ("sledas", "value"),
    "pred_eq": ("prednisone", "pred_eq"),
    "clasi_activity": ("clasi", "value"),
    "clasi_damage": ("clasi", "damage"),
    "tjc28": ("joints", "tjc28"),
    "sjc28": ("joints", "sjc28"),
    "sdi": ("sdi", "value"),
    "ptga": ("ptga", "value"),
    "pain": ("pain_vas", "value"),
    "fatigue": ("fatigue_vas", "value"),
    "facit_fatigue": ("facit_fatigue", "value"),
    "eq5d_index": ("eq5d5l", "value"),
    "sf36_pcs": ("sf36", "PCS"),
    "sf36_mcs": ("sf36", "MCS"),
    **{
        f"sf36_{scale.lower()}": ("sf36", scale) for scale in ("PF", "RP", "BP", "GH", "VT", "SF", "RE", "MH")
    },
}
# States of a visit: met, not met, or not there while unknown.
STATES: Mapping[str, tuple[str, str]] = {
    "doris": ("doris", "value"),
    "doris_off_gc": ("doris", "doris_off_gc"),
    "doris_off_treatment": ("doris", "doris_off_treatment"),
    "doris_complete": ("doris", "doris_complete"),
    "lldas": ("lldas", "value"),
    "lldas5": ("lldas", "lldas5"),
    "sledas_remission": ("sledas", "sledas_remission"),
    "sledas_lda": ("sledas", "sledas_lda"),
    "steroid_le5": ("prednisone", "steroid_le5"),
    "steroid_stopped": ("prednisone", "steroid_stopped"),
    "sdi_accrual": ("sdi", "accrual"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One assessment. key: of its visit. day: from day 0, None where its date is unknown. values, states: as far as
    known. complete: rules whose result is final."""

    key: str
    day: int | None
    values: Mapping[str, float]
    states: Mapping[str, bool]
    complete: frozenset[str] = frozenset()

    def state(self, name: str) -> Tri:
        """Whether a state is met; None while unknown."""
        return self.states.get(name)


@dataclass(frozen=True, slots=True)
class Person:
    """One subject. enrolled: False for a screening failure, None where that is not known.

    assessments: all, by day. at: by planned visit (baseline included), the one that serves it. due: planned visits due.
    flares: between entry and end, by study day (from enrolment, as in `Course`). events: by form, of every form but
    that of the doses; their revisions hold no answers and no scores.
    organs: systems active at baseline or not, as far as known. category: of the SLE-DAS at baseline. drugs: whether
    each was taken at baseline, by its key, as far as known. answers: of the subject's own forms; results: of the
    classification, without their parts.
    """

    site: str
    code: str
    enrolled: Tri
    exposure: Exposure
    assessments: tuple[Moment, ...]
    at: Mapping[str, Moment]
    due: tuple[str, ...]
    responses: Mapping[str, Response]
    flares: tuple[FlareEvent, ...]
    open_flares: int
    unsettled_flares: tuple[OpenFlare, ...]
    damage: Damage
    adverse: tuple[Adverse, ...]
    zoster: tuple[Tri, int | None]
    infection: tuple[Tri, int | None]
    events: Mapping[str, tuple[Event, ...]]
    organs: Mapping[str, bool]
    category: str | None
    drugs: Mapping[str, bool]
    answers: Answers = field(repr=False)
    results: carried.Scores = field(repr=False)
    _records: dict[str, Record] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def record(self) -> Record:
        """The subject itself, as the record behind a number."""
        return self.behind("")

    @property
    def treated(self) -> bool:
        """Whether at least one dose is known: the safety set."""
        return self.exposure.first is not None

    @property
    def baseline(self) -> Moment | None:
        """The assessment that serves baseline."""
        return self.at.get(BASELINE)

    def behind(self, key: str) -> Record:
        """A visit or event of this subject as the record behind a number."""
        known = self._records.get(key)
        if known is None:
            known = self._records[key] = Record(self.site, self.code, key)
        return known


def person(subject: Subject) -> Person:
    """What an analysis knows of one subject, whose data may be used (`centre.consent`)."""
    return of_course(course(replace(subject, events=tuple(map(_lightly, subject.events)))))


def of_course(found: Course) -> Person:
    """The same, of whom the course is known."""
    subject, day0 = found.subject, found.exposure.day0
    moments = {
        visit.key: _moment(visit, day0, found) for visit in subject.visits if visit.summary is not None
    }
    events: dict[str, list[Event]] = {}
    for event in subject.events:
        if event.form != DOSE:
            events.setdefault(event.form, []).append(event)
    classified = subject.forms.get(CLASSIFICATION)
    start = found.served.get(BASELINE)
    category = None if start is None else carried.found(start.scores, "sledas", "category")
    return Person(
        site=subject.site,
        code=subject.code,
        enrolled=enrolment_state(subject),
        exposure=found.exposure,
        assessments=tuple(moments.values()),
        at={planned: moments[visit.key] for planned, visit in found.served.items()},
        due=found.due,
        responses=found.responses,
        flares=found.flares,
        open_flares=found.open_flares,
        unsettled_flares=found.unsettled_flares,
        damage=found.damage,
        adverse=found.adverse,
        zoster=found.zoster,
        infection=found.infection,
        events={form: tuple(some) for form, some in events.items()},
        organs={} if start is None else organs(start.scores),
        category=category if isinstance(category, str) else None,
        drugs={} if start is None else _drugs(start),
        answers=subject.answers,
        results=_without_parts(classified.scores) if classified else {},
    )


def _lightly(event: Event) -> Event:
    """The event with its answers as they are read, and not as they came beside them."""
    return replace(event, revision=replace(event.revision, values={}, notes={}, scores={}, context={}))


def _without_parts(scores: carried.Scores) -> carried.Scores:
    return {
        rule: {name: result[name] for name in ("value", "complete") if name in result}
        for rule, result in scores.items()
        if isinstance(result, Mapping)
    }


def _drugs(visit: Visit) -> dict[str, bool]:
    """Whether each drug of the treatment form was taken on arrival, by its key."""
    asked = {name: value for name, value in visit.answers.items() if name.startswith(_TAKEN)}
    return {name.removeprefix(_TAKEN): value == 1 for name, value in asked.items() if value in (0, 1)}


def _moment(visit: Visit, day0: int, found: Course) -> Moment:
    scores = visit.scores
    values = {name: carried.number(scores, *place) for name, place in MEASURES.items()}
    marked, scale = phga(visit.answers), visit.answers.get("eq_vas")
    values["phga"] = float(marked) if isinstance(marked, int | Decimal) else None
    values["eq_vas"] = float(scale) if type(scale) is int else None
    states = {name: carried.state(scores, *place) for name, place in STATES.items()}
    states["steroid_stop_sustained"] = found.off_glucocorticoid.get(visit.key)
    return Moment(
        key=visit.key,
        day=None if visit.day is None else visit.day - day0,
        values={name: value for name, value in values.items() if value is not None},
        states={name: value for name, value in states.items() if value is not None},
        complete=_shared(frozenset(rule for rule in scores if carried.complete(scores, rule))),
    )


@cache
def _shared(rules: frozenset[str]) -> frozenset[str]:
    """The first of sets that are alike: most visits know the same."""
    return rules
