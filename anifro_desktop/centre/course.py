"""The course of a subject over the study, from all its visits and events: one line of `course.dta`.

Everything rests on the results that the site computed and signed, and is counted in days from day 0 (`exposure`).

- Time to response: `scores.response` on all assessments with their days; baseline is the visit that serves it.
- Flares: `scores.flare_events`; a flare whose class is open counts with the class that is certain. The onset is the
  clinician's day, else the visit's. Counted are those between entry and the end of observation, so that they belong to
  the patient-years.
- Damage: the first assessment with the damage index above baseline, in truth at some time since the one before;
  censored at the last assessment of which that is known.
- Zoster and serious infection: the first that began within observation (`observing`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from anifro_desktop.centre import carried
from anifro_desktop.centre.adverse import Adverse, adverse_events, first_start
from anifro_desktop.centre.assembling import Subject, Visit
from anifro_desktop.centre.exposure import Exposure, exposure
from anifro_desktop.centre.glucocorticoid import doses
from anifro_desktop.centre.observing import counts
from anifro_desktop.centre.planning import due_visits, served
from anifro_desktop.centre.spans import span
from anifro_desktop.scores.flare_events import FlareEvent, flare_events
from anifro_desktop.scores.model import Tri
from anifro_desktop.scores.response import Response, on_days
from anifro_desktop.scores.response_rules import LLDAS_AT_BASELINE, RULES
from anifro_desktop.scores.sfi import NONE, SEVERE
from anifro_desktop.study.schedule import BASELINE

HOSPITAL_AE = 1  # code of the list `hosp_reason`


@dataclass(frozen=True, slots=True)
class Damage:
    """Damage over the course. accrued: above baseline at some assessment; day: study day of the first, else of the last
    assessment of which it is known."""

    baseline: int | None
    last: int | None
    accrued: Tri
    day: int | None


@dataclass(frozen=True, slots=True)
class OpenFlare:
    """An assessment that leaves open whether, when or how bad a flare was. onset: study day, None where not known.
    least, most: classes between which it is."""

    onset: int | None
    least: str
    most: str


@dataclass(frozen=True, slots=True)
class Course:
    """What became of one subject. Study days count from enrolment; those of `responses` from day 0.

    flares: between entry and end of observation. open_flares: assessments whose flare class is unknown.
    unsettled_flares: assessments with the class of a flare, or its day, open. zoster, infection: whether there was a
    first one since entry, and its study day. hospital: hospital stays due to an adverse event within observation. due:
    planned visits due; served: those with a visit in their window. off_glucocorticoid: whether a visit tells of a
    sustained stop, by its key.
    """

    subject: Subject
    exposure: Exposure
    responses: Mapping[str, Response]
    flares: tuple[FlareEvent, ...]
    open_flares: int
    unsettled_flares: tuple[OpenFlare, ...]
    damage: Damage
    adverse: tuple[Adverse, ...]
    zoster: tuple[Tri, int | None]
    infection: tuple[Tri, int | None]
    hospital: int
    due: tuple[str, ...]
    served: Mapping[str, Visit]
    off_glucocorticoid: Mapping[str, Tri]

    @property
    def years(self) -> float | None:
        """Patient-years from entry."""
        return self.exposure.years(self.exposure.entry)


def course(subject: Subject) -> Course:
    """The course of one subject."""
    treated = exposure(subject)
    visits = [visit for visit in subject.visits if visit.summary is not None]
    serves = served(subject)
    events = adverse_events(subject.events, treated)
    seen = [one for one in events if counts(treated, one.start)]
    stays = subject.events_of("hospitalisation")
    return Course(
        subject=subject,
        exposure=treated,
        responses=_responses(visits, serves.get(BASELINE), treated.day0),
        flares=_flares(visits, treated),
        open_flares=sum(_flare(visit) is None and _asked_flare(visit) for visit in visits),
        unsettled_flares=tuple(_unsettled_flares(visits)),
        damage=_damage(visits, serves.get(BASELINE)),
        adverse=tuple(events),
        zoster=first_start(((one.zoster, one.start) for one in seen), treated.entry),
        infection=first_start(((one.serious_infection, one.start) for one in seen), treated.entry),
        hospital=sum(
            stay.answers.get("hosp_reason") == HOSPITAL_AE
            and counts(treated, span(stay.answers.get("hs_admission")))
            for stay in stays
        ),
        due=due_visits(subject),
        served=serves,
        off_glucocorticoid={key: one.off for key, one in doses(subject).items()},
    )


def _responses(visits: list[Visit], baseline: Visit | None, day0: int) -> dict[str, Response]:
    """Time to each response; evaluable is unknown without a baseline."""
    start = {} if baseline is None else _measures(baseline)
    later = [
        (None if visit.day is None else visit.day - day0, _measures(visit))
        for visit in visits
        if baseline is None or visit.key != baseline.key
    ]
    return {rule: on_days(rule, start, later) for rule in RULES}


def _measures(visit: Visit) -> dict[str, Any]:
    """What the rules of response look at."""
    scores = visit.scores
    return {
        "sledai": carried.number(scores, "sledai2k"),
        "clasi_activity": carried.number(scores, "clasi"),
        "tjc28": carried.number(scores, "joints", "tjc28"),
        "sjc28": carried.number(scores, "joints", "sjc28"),
        "pred_eq": carried.number(scores, "prednisone", "pred_eq"),
        "lldas": carried.state(scores, "lldas"),
        "doris": carried.state(scores, "doris"),
        **{item: carried.state(scores, "lldas", item) for item in (*LLDAS_AT_BASELINE, "lldas_no_new")},
    }


def _flares(visits: list[Visit], treated: Exposure) -> tuple[FlareEvent, ...]:
    """The separate flares between entry and end."""
    seen = [(day, _flare(visit)) for visit in visits if (day := _onset(visit)) is not None]
    end = treated.end
    return tuple(
        one for one in flare_events(seen) if one.onset >= treated.entry and (end is None or one.onset <= end)
    )


def _onset(visit: Visit) -> int | None:
    onset: Any = visit.answers.get("flare_onset")
    return onset if type(onset) is int else visit.day


def _flare(visit: Visit) -> str | None:
    """The class of an assessment; of an open one the class that is certain, if that is a flare."""
    least = carried.found(visit.scores, "sfi", "minimum")
    value = carried.found(visit.scores, "sfi")
    return value or (least if least != "none" else None)


def _unsettled_flares(visits: list[Visit]) -> Iterator[OpenFlare]:
    for visit in filter(_asked_flare, visits):
        value, onset = carried.found(visit.scores, "sfi"), _onset(visit)
        if value is None:
            least = carried.found(visit.scores, "sfi", "minimum") or NONE
            yield OpenFlare(onset, least, carried.found(visit.scores, "sfi", "maximum") or SEVERE)
        elif value != NONE and onset is None:
            yield OpenFlare(onset, value, value)


def _asked_flare(visit: Visit) -> bool:
    return "flare" in visit.forms


def _damage(visits: list[Visit], baseline: Visit | None) -> Damage:
    """Damage against baseline, as far as assessments tell."""
    totals = [total for visit in visits if (total := carried.whole(visit.scores, "sdi")) is not None]
    told = [
        (visit.day, accrued)
        for visit in visits
        if visit.day is not None and (accrued := carried.state(visit.scores, "sdi", "accrual")) is not None
    ]
    hits = [day for day, accrued in told if accrued]
    start = None if baseline is None else carried.whole(baseline.scores, "sdi")
    last = totals[-1] if totals else None
    if hits:
        return Damage(start, last, True, min(hits))
    return Damage(start, last, False if told else None, max((day for day, _ in told), default=None))
