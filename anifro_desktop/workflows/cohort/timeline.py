"""When a patient comes, flares, stops the drug and leaves, and what is found at each visit.

A flare within a month before a planned visit is seen there; another brings an unscheduled visit, or is told at the
next planned one. After baseline a level only improves, unless a flare comes between.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from anifro_desktop.study.schedule import UNSCHEDULED, target, window
from anifro_desktop.workflows.cohort import settings as s
from anifro_desktop.workflows.cohort.chance import YEAR, days_of, normal_share
from anifro_desktop.workflows.cohort.people import Person
from anifro_desktop.workflows.cohort.states import ACTIVE, LOW, REMISSION, State, flaring, towards

MONTHS = {"baseline": 0, "m06": 6, "m12": 12, "m24": 24, "m36": 36, "m48": 48, "m60": 60}
_NEAR, _COMES = timedelta(days=30), timedelta(days=3)
_AROUND = {"m06": 18, "m12": 28}
_SPREAD = 38


@dataclass(frozen=True, slots=True)
class Flare:
    """One flare. seen: at the visit, or only told there; new_drug: an immunosuppressant that it brought."""

    on: date
    severe: bool
    seen: bool = True
    pulse: bool = False
    stay: bool = False
    new_drug: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit that took place. before: what the visit before it found, None at baseline."""

    key: str
    on: date
    state: State
    before: State | None
    flare: Flare | None
    damage: tuple[str, ...]
    on_drug: bool


@dataclass(frozen=True, slots=True)
class Missed:
    """A planned visit that did not take place. noted: when its window closed."""

    key: str
    noted: date


@dataclass(frozen=True, slots=True)
class End:
    """How the follow-up ended, other than by the day of today. form: `death`, `lost` or `withdrawal`."""

    form: str
    on: date


@dataclass(frozen=True, slots=True)
class Timeline:
    """A patient's course. stopped: the day on which anifrolumab was given up; last: the last day of follow-up."""

    visits: tuple[Visit, ...]
    missed: tuple[Missed, ...]
    stopped: date | None
    end: End | None
    last: date


@dataclass
class _Course:
    """What moves from visit to visit. level: the best reached since the last flare."""

    state: State
    level: int = ACTIVE
    visits: list[Visit] = field(default_factory=list)


def follow(rng: random.Random, person: Person, today: date) -> Timeline:
    """The course of one patient up to today."""
    end = _end(rng, person, today)
    last = end.on if end is not None else today
    stopped = _stopped(rng, person.start, last)
    planned, missed = _planned(rng, person.start, last)
    flares = _placed(rng, _flares(rng, person, stopped, last), planned, last)
    grown = days_of(rng, s.DAMAGE_PER_YEAR, person.start, last)
    course = _Course(person.first)
    for key, on in sorted([*planned, *(item for item in flares if item[0] == UNSCHEDULED)], key=_by_day):
        flare = flares.get((key, on))
        before = course.state if course.visits else None
        _move(rng, person, course, key, on, flare)
        new = person.next_damage[: sum(day <= on for day in grown)]
        on_drug = stopped is None or on <= stopped  # as the patient arrives
        visit = Visit(key, on, course.state, before, flare, person.old_damage + new, on_drug)
        course.visits.append(visit)
    return Timeline(tuple(course.visits), missed, stopped, end, last)


def _by_day(item: tuple[str, date]) -> date:
    return item[1]


def _end(rng: random.Random, person: Person, today: date) -> End | None:
    hazards = {"death": s.DEATH, "lost": s.LOSS, "withdrawal": s.WITHDRAWAL}
    first = person.start + timedelta(days=20)
    ends = [End(form, day) for form, rate in hazards.items() for day in days_of(rng, rate, first, today)]
    return min(ends, key=lambda end: end.on, default=None)


def _stopped(rng: random.Random, start: date, last: date) -> date | None:
    year = start + timedelta(days=365)
    days = days_of(rng, s.STOP_FIRST_YEAR, start + timedelta(days=28), min(year, last))
    later = days_of(rng, s.STOP_LATER, year, last) if last > year else []
    return min([*days, *later], default=None)


def _planned(
    rng: random.Random, start: date, last: date
) -> tuple[list[tuple[str, date]], tuple[Missed, ...]]:
    """The planned visits that took place, and those that did not though their window is over."""
    kept, missed = [("baseline", start)], []
    for key, months in MONTHS.items():
        if not months:
            continue
        spread = _AROUND.get(key, _SPREAD)
        on, closes = (
            target(start, months) + timedelta(days=rng.randrange(-spread, spread)),
            window(start, key).closes,
        )
        away = rng.random() < s.MISSED_VISIT
        if away and closes < last:
            missed.append(Missed(key, closes + timedelta(days=1)))
        elif not away and on <= last:
            kept.append((key, on))
    return kept, tuple(missed)


def _flares(rng: random.Random, person: Person, stopped: date | None, last: date) -> list[Flare]:
    """Flares at least ten weeks apart, the first not before the tenth week."""
    usual = s.FLARE_OF_GOOD if person.response < 0.25 else s.FLARE_OF_POOR
    kept: list[date] = [person.start]
    for day in days_of(rng, s.FLARE * usual * s.FLARE_OFF_DRUG, person.start, last):
        off = stopped is not None and day > stopped
        thinned = rng.random() < (1 if off else 1 / s.FLARE_OFF_DRUG)
        if thinned and day - kept[-1] >= timedelta(days=70):
            kept.append(day)
    return [_flare(rng, day) for day in kept[1:]]


def _flare(rng: random.Random, on: date) -> Flare:
    if rng.random() >= s.FLARE_SEVERE:
        return Flare(on, severe=False)
    stay, drug = rng.random() < s.STAY_FOR_SEVERE_FLARE, ""
    if rng.random() < 0.3:
        drug = rng.choice(("mycophenolate_mofetil", "azathioprine", "methotrexate"))
    pulse = rng.random() < 0.5 or not (stay or drug)
    return Flare(on, severe=True, pulse=pulse, stay=stay, new_drug=drug)


def _placed(
    rng: random.Random, flares: Sequence[Flare], planned: Sequence[tuple[str, date]], last: date
) -> dict[tuple[str, date], Flare]:
    """Each flare at the visit that records it; of two at one visit the severe one, else the later, is recorded.

    A visit comes days after the onset, so that what the flare brought lies between two visits and on neither.
    """
    found: dict[tuple[str, date], Flare] = {}
    for flare in flares:
        after = next((item for item in planned if item[1] - flare.on >= _COMES), None)
        if after is not None and after[1] - flare.on <= _NEAR:
            place, seen = after, True
        elif after is None or rng.random() < s.SEEN_AT_FLARE:
            place, seen = (UNSCHEDULED, flare.on + _COMES), True
        else:
            place, seen = after, False
        if place[1] > last:
            continue
        here = replace(flare, seen=seen)
        if place not in found or not found[place].severe or here.severe:
            found[place] = here
    extra = [on for key, on in found if key == UNSCHEDULED]
    # What was only to be told at a planned visit is forgotten where another flare brought the patient before it.
    return {
        place: flare
        for place, flare in found.items()
        if flare.seen or not any(flare.on <= on < place[1] for on in extra)
    }


def _move(
    rng: random.Random, person: Person, course: _Course, key: str, on: date, flare: Flare | None
) -> None:
    """Bring the course to a visit."""
    if not course.visits:
        return
    before = course.state
    if flare is not None and flare.new_drug:
        before = replace(before, drug=flare.new_drug)
    if flare is not None and flare.seen:
        pattern = person.first.items - {"proteinuria", "vasculitis", "pleurisy", "pericarditis", "fever"}
        course.state, course.level = flaring(rng, before, pattern, severe=flare.severe), ACTIVE
        return
    wanted = _level(rng, person, (on - person.start).days / YEAR * 12)
    recovering = course.visits[-1].flare is not None and course.visits[-1].flare.seen
    if recovering and (on - course.visits[-1].on).days < 75:
        wanted = min(wanted, LOW)
    course.level = max(wanted, min(course.level, LOW))
    course.state = towards(rng, before, course.level, first=len(course.visits) == 1)


def _level(rng: random.Random, person: Person, months: float) -> int:
    """What the response would bring at that time: the patient's own part and the day's."""
    drawn = s.SHARED**0.5 * person.response + (1 - s.SHARED) ** 0.5 * rng.gauss(0, 1)
    rank = normal_share(drawn)
    key = min(s.REMISSION, key=lambda month: abs(month - months))
    if rank < s.REMISSION[key]:
        return REMISSION
    return LOW if rank < s.LOW_ACTIVITY[key] else ACTIVE
