"""Person-periods: the time under observation of a subject, cut at each assessment and at each event that is dated.

Rules kept here:
- From entry to the end of observation, without gap: each period begins where the one before ends. It belongs to the
  days after its start up to its stop. What happened on the day of entry stands in no period (`course.dta` counts it);
  who was observed for no day has none.
- Cut at assessments, onsets of flares, the first zoster, the first serious infection and the end of treatment, so that
  each of these stands at the end of a period.
- Unknown is never no: where it is open whether or when something happened, it is open in every period of the subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from anifro_desktop.centre import carried
from anifro_desktop.centre.assembling import Visit
from anifro_desktop.centre.carried import Scores
from anifro_desktop.centre.course import Course
from anifro_desktop.centre.planning import months_of
from anifro_desktop.scores.model import Tri
from anifro_desktop.scores.sfi import MILD_MODERATE, SEVERE


@dataclass(frozen=True, slots=True)
class Period:
    """One period; study days, from enrolment. number: 1, 2, 3 ... of the subject. last: whether observation ends with
    it. visit, visit_no: the assessment on its last day, and its number among those of the subject; before: the last
    one up to its start. serves: months of the planned visit that `visit` counts for."""

    course: Course
    number: int
    start: int
    stop: int
    last: bool
    visit: Visit | None
    visit_no: int | None
    before: Visit | None
    serves: int | None

    @property
    def scores(self) -> Scores:
        """The results at its end; empty without an assessment there."""
        return {} if self.visit is None else self.visit.scores

    @property
    def scores_before(self) -> Scores:
        """The results that were the last ones at its start."""
        return {} if self.before is None else self.before.scores

    def flare(self, *classes: str) -> bool:
        """Whether a flare of one of some classes began on its last day."""
        wanted = classes or (MILD_MODERATE, SEVERE)
        return any(one.onset == self.stop and one.flare in wanted for one in self.course.flares)

    @property
    def flare_open(self) -> bool:
        """Whether there is an assessment at its end whose flare class is unknown."""
        asked = self.visit is not None and "flare" in self.visit.forms
        return asked and carried.found(self.scores, "sfi") is None

    @property
    def zoster(self) -> Tri:
        """Whether the first zoster since entry began on its last day."""
        return _ends(self.course.zoster, self.stop)

    @property
    def infection(self) -> Tri:
        """Whether the first serious infection since entry began on its last day."""
        return _ends(self.course.infection, self.stop)

    @property
    def treatment_ended(self) -> Tri:
        """Whether treatment ended for good on its last day; None also for whoever had no dose."""
        kept = self.course.exposure.retained
        return None if kept is None else _ends((kept.event, _treatment_end(self.course)), self.stop)


def periods(course: Course) -> list[Period]:
    """The periods of one subject, in order."""
    entry, end = course.exposure.entry, course.exposure.end
    if end is None or end <= entry:
        return []
    visits = [visit for visit in course.subject.visits if visit.summary is not None]
    dated = [(visit.day, number, visit) for number, visit in enumerate(visits, 1) if visit.day is not None]
    at = {day: (number, visit) for day, number, visit in dated}
    serves = {visit.key: months_of(planned) for planned, visit in course.served.items()}
    stops = sorted({day for day in (*at, *_events(course)) if entry < day < end} | {end})
    before = next((visit for day, _, visit in reversed(dated) if day <= entry), None)
    found, start = [], entry
    for number, stop in enumerate(stops, 1):
        visit_no, visit = at.get(stop, (None, None))
        planned = None if visit is None else serves.get(visit.key)
        found.append(Period(course, number, start, stop, stop == end, visit, visit_no, before, planned))
        start, before = stop, visit or before
    return found


def _events(course: Course) -> Iterator[int]:
    """The days of what is dated, apart from assessments."""
    yield from (one.onset for one in course.flares)
    days = (course.zoster[1], course.infection[1], _treatment_end(course))
    yield from (day for day in days if day is not None)


def _treatment_end(course: Course) -> int | None:
    """The study day on which treatment ended for good, if that is known."""
    first, kept = course.exposure.first, course.exposure.retained
    if kept is None or first is None or kept.event is not True or kept.days is None:
        return None
    return first + kept.days


def _ends(known: tuple[Tri, int | None], stop: int) -> Tri:
    happened, day = known
    if happened is False:
        return False
    return None if happened is None or day is None else day == stop
