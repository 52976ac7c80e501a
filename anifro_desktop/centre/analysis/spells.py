"""What one person tells of the time to an event: when it came, or until when it certainly had not; or why neither.

Days count from day 0, the first dose; whoever had none is in no analysis of time (endpoints of the study). There are
two readings. The *settled* one takes only people of whom both the event and its day are beyond doubt. The *observed*
one passes over what cannot be judged or dated; an adverse event of which only the month or year is known stands there
in the middle of its possible days. Neither counts an unknown as "no event": the settled one leaves it out and counts
it, the observed one is told beside it.

Sources: endpoints of NCT07215754 (settings of the protocol). Delayed entry: Kalbfleisch JD, Prentice RL, The
Statistical Analysis of Failure Time Data, 2002, 1.3. Damage is seen at assessments and came at some time since the one
before; what it does to a curve to take the day of the assessment: Rücker G, Messerer D. Stat Med 1988;7:1139-45,
doi 10.1002/sim.4780071106.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from anifro_desktop.centre.adverse import Adverse
from anifro_desktop.centre.analysis.person import Moment, Person
from anifro_desktop.centre.analysis.survival import Spell
from anifro_desktop.centre.analysis.table import Record
from anifro_desktop.centre.course import OpenFlare
from anifro_desktop.scores.model import Tri
from anifro_desktop.scores.response_rules import judge
from anifro_desktop.scores.retention import Retention
from anifro_desktop.scores.sfi import MILD_MODERATE, NONE, SEVERE

# Why somebody is in no analysis, in the order in which it is asked.
Left = Literal["untreated", "not_evaluable", "unsettled", "no_time"]
ANY_FLARE, SEVERE_FLARE = (MILD_MODERATE, SEVERE), (SEVERE,)
INEFFICACY = ("primary_inefficacy", "secondary_inefficacy")
ADVERSE_EVENT = ("adverse_event", "infection")  # both are to be linked to an adverse event


@dataclass(frozen=True, slots=True)
class Told:
    """An event (or that there was none until then), in days from day 0. key: of the record that tells of the event."""

    day: float
    event: bool
    key: str = ""


Reading = Callable[[Person], "Told | Left"]


@dataclass(frozen=True, slots=True)
class Timed:
    """One person in an analysis: the time under risk, or why there is none. behind: what tells of the event."""

    person: Person
    spell: Spell | None
    left: Left | None
    behind: Record


def timed(person: Person, reading: Reading, delayed: bool) -> Timed:
    """One person by one reading. delayed: at risk from enrolment on only, if that came after day 0."""
    told = reading(person) if person.treated else "untreated"
    if not isinstance(told, Told):
        return Timed(person, None, told, person.record)
    entry = person.exposure.entry - person.exposure.day0 if delayed else 0
    behind = person.behind(told.key)
    if told.day <= entry:
        return Timed(person, None, "no_time", behind)
    return Timed(person, Spell(entry, told.day, told.event), None, behind)


def response(rule: str, observed: bool) -> Reading:
    """The first assessment that meets a rule of response."""

    def read(person: Person) -> Told | Left:
        found = person.responses[rule]
        if not found.evaluable:
            return "unsettled" if found.evaluable is None else "not_evaluable"
        event = found.observed_event if observed else found.event
        day = found.observed_days if observed else found.days
        if event is None or day is None:
            return "unsettled"
        return Told(day, event, _assessment(person, day) if event else "")

    return read


def confirmed(rule: str) -> Reading:
    """The first assessment that meets a rule of response, if the next one that could be judged meets it too."""

    def read(person: Person) -> Told | Left:
        able = person.responses[rule].evaluable
        baseline = person.baseline
        if not able or baseline is None:
            return "not_evaluable" if able is False else "unsettled"
        start = _measures(baseline)
        judged = [
            (one.day, met)
            for one in person.assessments
            if one.day is not None
            and one.day > 0
            and one.key != baseline.key
            and (met := judge(rule, start, _measures(one))) is not None
        ]
        return _first_pair(person, sorted(judged))

    return read


def _first_pair(person: Person, judged: Iterable[tuple[int, bool]]) -> Told:
    """The first of two days of assessment in a row that are met; of several on one day, one is enough."""
    days: dict[int, bool] = {}
    for day, met in judged:
        days[day] = days.get(day, False) or met
    for (day, met), (_, again) in pairwise(days.items()):
        if met and again:
            return Told(day, True, _assessment(person, day))
    return Told(max(days, default=0), False)


def flare(classes: tuple[str, ...], observed: bool) -> Reading:
    """The first flare of some classes from entry on."""

    def read(person: Person) -> Told | Left:
        first = min((one.onset for one in person.flares if one.flare in classes), default=None)
        doubts = (_doubtful(one, classes, person, first) for one in person.unsettled_flares)
        if not observed and any(doubts):
            return "unsettled"
        return _until_end(person, first)

    return read


def _doubtful(one: OpenFlare, classes: tuple[str, ...], person: Person, first: int | None) -> bool:
    """Whether an open assessment may have been the first such flare."""
    least = MILD_MODERATE if MILD_MODERATE in classes else SEVERE
    if one.onset is None:
        return one.most == SEVERE or (one.most != NONE and least == MILD_MODERATE)
    until = person.exposure.end if first is None else first - 1
    if one.onset < person.exposure.entry or (until is not None and one.onset > until):
        return False
    return one.least not in classes and one.most in classes


def damage(person: Person) -> Told | Left:
    """The first assessment with damage above baseline."""
    found = person.damage
    if found.accrued is None or found.day is None:
        return "unsettled"
    day = found.day - person.exposure.day0
    return Told(day, found.accrued, _assessment(person, day) if found.accrued else "")


def damage_halfway(person: Person) -> Told | Left:
    """Damage in the middle between the assessment that showed it and the last one before that did not."""
    told = damage(person)
    if not isinstance(told, Told) or not told.event:
        return told
    before = [
        one.day
        for one in person.assessments
        if one.day is not None and one.day < told.day and one.state("sdi_accrual") is False
    ]
    return Told((told.day + max([0, *before])) / 2, True, told.key)


def kept(observed: bool = False, reasons: tuple[str, ...] | None = None, last_dose: bool = False) -> Reading:
    """The end of treatment. reasons: the only ones that count, others are censored; last_dose: it stands for the day
    of the decision."""

    def read(person: Person) -> Told | Left:
        found = person.exposure.retained
        if found is None:
            return "untreated"
        if not found.at_risk:
            return "no_time"
        day = found.days_last_dose if last_dose else found.days_max if observed else found.days
        event = found.event is True if observed else found.event
        if event is None or day is None or (not observed and found.days is None):
            return "unsettled"
        counts = _counts(found, event, reasons)
        return "unsettled" if counts is None else Told(day, counts)

    return read


def _counts(found: Retention, event: bool, reasons: tuple[str, ...] | None) -> Tri:
    """Whether an end of treatment is of one of the reasons; None where its reason is not known."""
    if not event or reasons is None:
        return event
    return None if found.reason is None else found.reason in reasons


def adverse(kind: Literal["zoster", "infection"], observed: bool) -> Reading:
    """The first herpes zoster or serious infection from entry on."""

    def read(person: Person) -> Told | Left:
        if observed:
            return _first_observed(person, kind)
        event, day = person.zoster if kind == "zoster" else person.infection
        if event is None or (event and day is None):
            return "unsettled"
        key = next(
            (one.event.key for one in person.adverse if _is(one, kind) and one.start == (day, day)), ""
        )
        return _until_end(person, day, key)

    return read


def _first_observed(person: Person, kind: str) -> Told | Left:
    """The first certain one, in the middle of the days on which it may have begun."""
    entry = person.exposure.entry
    found = [
        (sum(one.start) / 2, one.event.key)
        for one in person.adverse
        if _is(one, kind) and one.start is not None and one.start[0] >= entry
    ]
    return _until_end(person, *min(found, default=(None, "")))


def _is(one: Adverse, kind: str) -> bool:
    return (one.zoster if kind == "zoster" else one.serious_infection) is True


def _until_end(person: Person, first: float | None, key: str = "") -> Told | Left:
    """The first event (study day) up to the end of observation, or none up to it."""
    end, day0 = person.exposure.end, person.exposure.day0
    if end is None:
        return "unsettled"
    return Told(end - day0, False) if first is None or first > end else Told(first - day0, True, key)


def _assessment(person: Person, day: float) -> str:
    """The key of the first assessment on a day from day 0."""
    return next((one.key for one in person.assessments if one.day == day), "")


def _measures(one: Moment) -> Mapping[str, Any]:
    """What the rules of response look at."""
    return {**one.values, "sledai": one.values.get("sledai2k"), **one.states}
