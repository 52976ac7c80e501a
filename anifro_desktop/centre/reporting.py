"""States by planned visit: how many met them, of how many, with 95 % Wilson intervals; flares and adverse events.

Rules kept here (endpoints of the study, PROPOSED defaults of the protocol):
- A subject is *due* at a planned visit when its window has closed, as the site says in `due_through`.
- Non-responder: met / due. A missed visit, a visit outside the window or an unknown state counts as not met; so does
  whoever withdrew, died or was lost before.
- Observed: met / known. Known = the visit in the window exists and its state is known.
- n met, n known and n due always stand beside the share.
- Which state is asked of whom, from which visit on, and whether it is met, says `analysis.states`: the long report
  counts the same people.
- Whoever withdrew the consent for what was collected before is in no count; the codes stand beside (`consent`).
- Screening failures are not in the study; a subject whose enrolment has not arrived is counted apart, never
  guessed.
- The states are those the site computed and signed; how many of them the centre computes otherwise is said
  beside.

Wilson EB, J Am Stat Assoc 1927;22:209-12, doi 10.1080/01621459.1927.10502953. DORIS: van Vollenhoven R et al.
2021, doi 10.1136/lupus-2021-000538. LLDAS: Franklyn K et al. 2016, doi 10.1136/annrheumdis-2015-207726.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from anifro_desktop.centre.analysis.limits import share
from anifro_desktop.centre.analysis.person import Person, person
from anifro_desktop.centre.analysis.states import FOLLOWUPS, named, tally
from anifro_desktop.centre.assembling import Subject
from anifro_desktop.centre.consent import usable
from anifro_desktop.centre.interim import completed
from anifro_desktop.centre.tallies import Count, Rate, event_counts, flare_rates
from anifro_desktop.scores.model import Tri

ENDPOINTS = ("doris", "lldas", "steroid_le5", "steroid_stopped", "steroid_stop_sustained", "sdi_accrual")


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
    found = share(met, total)
    if found.value is None or found.low is None or found.high is None:
        return None
    return Interval(found.value, found.low, found.high)


def report(subjects: Iterable[Subject], differing: int = 0) -> Report:
    """Count every subject at every planned visit after baseline. subjects: walked once, none is kept."""
    groups: dict[Tri, list[Person]] = {True: [], False: [], None: []}
    excluded: list[str] = []
    for one in map(person, usable(subjects, excluded)):
        groups[one.enrolled].append(one)
    enrolled = groups[True]
    lines = tuple(
        _line(name, planned, enrolled)
        for name in ENDPOINTS
        for planned, months in FOLLOWUPS.items()
        if months >= named(name).since
    )
    return Report(
        lines=lines,
        flares=flare_rates(enrolled),
        events=event_counts(enrolled),
        enrolled=len(enrolled),
        not_enrolled=len(groups[False]),
        unknown=len(groups[None]),
        interim=completed(enrolled),
        differing=differing,
        excluded=tuple(excluded),
    )


def _line(name: str, planned: str, enrolled: Sequence[Person]) -> Line:
    found = tally(enrolled, named(name), planned)
    met, known, due = len(found.met), len(found.known), len(found.due)
    return Line(name, planned, met, known, due, wilson(met, due), wilson(met, known))
