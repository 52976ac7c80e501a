"""DORIS remission and LLDAS by planned visit: how many met it, of how many, with 95 % Wilson intervals.

Rules kept here (endpoints of the study, PROPOSED defaults of the protocol):
- A subject is *due* at a planned visit when its window has closed, as the site says in `due_through`.
- Non-responder: met / due. A missed visit, a visit outside the window or an unknown state counts as not met.
- Observed: met / known. Known = the visit in the window exists and its state is known.
- n met, n known and n due always stand beside the share.
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
from typing import Any

from anifro_desktop.centre.assembling import Subject, Visit
from anifro_desktop.centre.errors import LibraryMissing
from anifro_desktop.centre.planning import due_visits, enrolment_state, followups, served
from anifro_desktop.scores.model import Tri

ENDPOINTS = ("doris", "lldas")
LEVEL = 0.95


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
    """The table, and what a reader must know to trust it.

    enrolled: subjects counted. not_enrolled: screening failures. unknown: enrolment not received. interim:
    subjects with SLEDAI-2K, PhGA and glucocorticoid dose known at the month-6 visit (the interim analysis
    waits for 50). differing: visits whose scores the centre computes otherwise.
    """

    lines: tuple[Line, ...]
    enrolled: int
    not_enrolled: int
    unknown: int
    interim: int
    differing: int


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


def state(visit: Visit | None, endpoint: str) -> Tri:
    """Whether a visit meets a state: True, False, or None while unknown or without a visit."""
    result: Any = visit.scores.get(endpoint) if visit else None
    value = result.get("value") if isinstance(result, Mapping) else None
    return value if isinstance(value, bool) else None


def report(subjects: Iterable[Subject], differing: int = 0) -> Report:
    """Count every subject at every planned visit after baseline."""
    groups: dict[Tri, list[Subject]] = {True: [], False: [], None: []}
    for subject in subjects:
        groups[enrolment_state(subject)].append(subject)
    enrolled = groups[True]
    at = [(set(due_visits(subject)), served(subject)) for subject in enrolled]
    lines = tuple(_line(endpoint, planned, at) for endpoint in ENDPOINTS for planned in followups())
    interim = sum(_interim(visits.get("m06")) for _, visits in at)
    return Report(lines, len(enrolled), len(groups[False]), len(groups[None]), interim, differing)


def _line(endpoint: str, planned: str, at: Sequence[tuple[set[str], Mapping[str, Visit]]]) -> Line:
    states = [state(visits.get(planned), endpoint) for due, visits in at if planned in due]
    met = sum(1 for value in states if value is True)
    known = sum(1 for value in states if value is not None)
    due = len(states)
    return Line(endpoint, planned, met, known, due, wilson(met, due), wilson(met, known))


def _interim(visit: Visit | None) -> bool:
    if visit is None:
        return False
    known = all(_complete(visit.scores.get(rule)) for rule in ("sledai2k", "prednisone"))
    return known and not isinstance(visit.answers.get("phga"), str | None)


def _complete(result: Any) -> bool:
    return isinstance(result, Mapping) and result.get("complete") is True
