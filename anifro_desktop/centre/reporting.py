"""States by planned visit: how many met them, of how many, with 95 % Wilson intervals; flares and adverse events.

Rules kept here (endpoints of the study, PROPOSED defaults of the protocol):
- A subject is *due* at a planned visit when its window has closed, as the site says in `due_through`.
- Non-responder: met / due. A missed visit, a visit outside the window or an unknown state counts as not met; so does
  whoever withdrew, died or was lost before.
- Observed: met / known. Known = the visit in the window exists and its state is known.
- n met, n known and n due always stand beside the share.
- Glucocorticoid stopped, on the day or for some time: only of those who took one at baseline. Damage: from month 12 on,
  against baseline.
- Whoever withdrew the consent for what was collected before is in no count; the codes stand beside (`consent`).
- Screening failures are not in the study; a subject whose enrolment has not arrived is counted apart, never
  guessed.
- The states are those the site computed and signed; how many of them the centre computes otherwise is said
  beside.

Wilson EB, J Am Stat Assoc 1927;22:209-12, doi 10.1080/01621459.1927.10502953. DORIS: van Vollenhoven R et al.
2021, doi 10.1136/lupus-2021-000538. LLDAS: Franklyn K et al. 2016, doi 10.1136/annrheumdis-2015-207726.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from anifro_desktop.centre import carried
from anifro_desktop.centre.assembling import Subject, Visit
from anifro_desktop.centre.consent import by_consent
from anifro_desktop.centre.course import Course, course
from anifro_desktop.centre.errors import LibraryMissing
from anifro_desktop.centre.interim import THROUGH, is_complete
from anifro_desktop.centre.planning import enrolment_state, followups, months_of
from anifro_desktop.centre.tallies import Count, Rate, event_counts, flare_rates
from anifro_desktop.scores.model import Tri, nine
from anifro_desktop.study.schedule import BASELINE

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A state by visit. rule, part: where it stands among the results; without a rule, it is the sustained stop of
    glucocorticoid, which the centre works out (`glucocorticoid`). from_months: the first visit that tells of it.
    of_treated: only of those on glucocorticoid at baseline."""

    rule: str
    part: str = "value"
    from_months: int = 1
    of_treated: bool = False


ENDPOINTS: Mapping[str, Endpoint] = {
    "doris": Endpoint("doris"),
    "lldas": Endpoint("lldas"),
    "steroid_le5": Endpoint("prednisone", "steroid_le5"),
    "steroid_stopped": Endpoint("prednisone", "steroid_stopped", of_treated=True),
    "steroid_stop_sustained": Endpoint("", of_treated=True),
    "sdi_accrual": Endpoint("sdi", "accrual", from_months=12),
}


@dataclass(frozen=True, slots=True)
class Interval:
    """A proportion with its 95 % Wilson limits, all between 0 and 1."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Line:
    """One state at one planned visit. The intervals are None when their denominator is 0."""

    endpoint: str
    visit: str
    met: int
    known: int
    due: int
    non_responder: Interval | None
    observed: Interval | None


@dataclass(frozen=True, slots=True)
class Report:
    """The tables, and what a reader must know to trust them.

    flares: by severity. events: adverse events by kind. enrolled: subjects counted. not_enrolled: screening
    failures. unknown: enrolment not received. interim: subjects with SLEDAI-2K, PhGA and glucocorticoid dose known at
    the month-6 visit (the interim analysis waits for 50). differing: visits whose scores the centre computes
    otherwise. excluded: codes of the subjects whose consent for data collected before is withdrawn.
    """

    lines: tuple[Line, ...]
    flares: tuple[Rate, ...]
    events: tuple[Count, ...]
    enrolled: int
    not_enrolled: int
    unknown: int
    interim: int
    differing: int
    excluded: tuple[str, ...] = ()


def wilson(met: int, total: int) -> Interval | None:
    """The proportion met / total with its 95 % Wilson interval; None for 0 / 0.

    Raises:
        LibraryMissing: statsmodels is not installed.
    """
    if total == 0:
        return None
    try:
        from statsmodels.stats.proportion import proportion_confint
    except ImportError as error:
        raise LibraryMissing(error.name or "statsmodels") from error
    low, high = proportion_confint(met, total, alpha=1 - LEVEL, method="wilson")
    return Interval(met / total, max(0.0, float(low)), min(1.0, float(high)))


def report(subjects: Iterable[Subject], differing: int = 0) -> Report:
    """Count every subject at every planned visit after baseline."""
    groups: dict[Tri, list[Subject]] = {True: [], False: [], None: []}
    known = by_consent(subjects)
    for subject in known.usable:
        groups[enrolment_state(subject)].append(subject)
    enrolled = [course(subject) for subject in groups[True]]
    lines = tuple(
        _line(name, endpoint, planned, enrolled)
        for name, endpoint in ENDPOINTS.items()
        for planned in followups()
        if months_of(planned) >= endpoint.from_months
    )
    return Report(
        lines=lines,
        flares=flare_rates(enrolled),
        events=event_counts(enrolled),
        enrolled=len(enrolled),
        not_enrolled=len(groups[False]),
        unknown=len(groups[None]),
        interim=sum(is_complete(row.served.get(THROUGH)) for row in enrolled),
        differing=differing,
        excluded=known.excluded,
    )


def _line(name: str, endpoint: Endpoint, planned: str, courses: Sequence[Course]) -> Line:
    states = [
        _state(row, row.served.get(planned), endpoint)
        for row in courses
        if planned in row.due and (not endpoint.of_treated or _on_glucocorticoid(row.served.get(BASELINE)))
    ]
    met = sum(1 for value in states if value is True)
    known = sum(1 for value in states if value is not None)
    due = len(states)
    return Line(name, planned, met, known, due, wilson(met, due), wilson(met, known))


def _state(row: Course, visit: Visit | None, endpoint: Endpoint) -> Tri:
    """Whether a visit meets a state: True, False, or None while unknown or without a visit."""
    if visit is None:
        return None
    if not endpoint.rule:
        return row.off_glucocorticoid.get(visit.key)
    return carried.state(visit.scores, endpoint.rule, endpoint.part)


def _on_glucocorticoid(baseline: Visit | None) -> bool:
    dose = None if baseline is None else carried.number(baseline.scores, "prednisone", "pred_eq")
    return dose is not None and nine(dose) > 0
