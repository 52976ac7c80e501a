"""The visit schedule: targets, windows, which visit counts, what is due. Pure, on dates or on whole study
days.

The target of a planned visit is the same day of the month after so many calendar months, or the last day of
that month where there is no such day (31 August + 6 months is 28 or 29 February). Windows and months are
settings of the protocol. Several visits in one window: the closest to the target counts, on a tie the
earlier. A visit outside every window is unscheduled. A subject is due at a visit once its window has
closed, its last day included; that visit is missed if nobody came by the end of that day.

Day 0 is the first dose: the one that the enrolment states, else the first one recorded; without a dose it is the
enrolment. Baseline is the last visit in the window that closes on day 0: what a visit is called decides nothing.

Optional visits have windows too, but nobody is ever due at one and none is ever missed. Delayed entry: a
planned visit whose window closed before enrolment is neither due nor missed. Which visit serves a window is
decided by its day alone, whatever it is called: a visit at early termination may serve one.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from typing import Generic, Literal, TypeVar

from anifro_desktop.study import visit_keys
from anifro_desktop.study.protocol import PROTOCOL

Day = TypeVar("Day", date, int)
Entry = TypeVar("Entry")
State = Literal["served", "before_enrolment", "ended", "coming", "due", "overdue", "missed"]

UNSCHEDULED, EARLY = visit_keys.UNSCHEDULED, visit_keys.EARLY


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A visit of the protocol, planned or optional. months: after day 0. before_days, after_days: the window
    around its target."""

    key: str
    months: int
    before_days: int
    after_days: int


@dataclass(frozen=True, slots=True)
class Window(Generic[Day]):
    """When a visit is expected; opens and closes are both inside. Dates, or whole days since enrolment."""

    target: Day
    opens: Day
    closes: Day

    def holds(self, day: Day) -> bool:
        """Whether the day lies in the window."""
        return self.opens <= day <= self.closes


@dataclass(frozen=True, slots=True)
class Standing:
    """How a planned visit stands. served_by: the key of the visit that counts for it, or None.

    state: `served`; `before_enrolment`, its window closed before the subject entered; `ended`, its window was
    not over when the subject left or died; `coming`, the window is not open yet; `due`, open up to the target;
    `overdue`, past the target and still open; `missed`, closed without any visit in it.
    """

    key: str
    state: State
    served_by: str | None = None


def _visits(section: str) -> tuple[PlannedVisit, ...]:
    spans = {key: PROTOCOL.table(f"{section}.{key}") for key in PROTOCOL.section(section)}
    return tuple(PlannedVisit(key, one["months"], one["before"], one["after"]) for key, one in spans.items())


PLANNED = _visits("visit")
OPTIONAL = _visits("optional_visit")
TIMETABLE = tuple(sorted((*PLANNED, *OPTIONAL), key=lambda visit: visit.months))
_BY_KEY = {visit.key: visit for visit in TIMETABLE}
BASELINE = PLANNED[0].key


def first_dose(stated: Day | None, given: Iterable[Day]) -> Day | None:
    """The day of the first dose: as the enrolment states it, else the first on which a dose was given, wholly or in
    part; None without any."""
    return min(given, default=None) if stated is None else stated


def day_zero(first: Day | None, enrolled: Entry) -> Day | Entry:
    """Day 0, from which windows count: the first dose, without one the enrolment."""
    return enrolled if first is None else first


def target(day0: date, months: int) -> date:
    """The day `months` calendar months after `day0`, clamped to the end of its month.

    Raises:
        OverflowError: beyond the year 9999.
    """
    year, month = divmod(day0.year * 12 + day0.month - 1 + months, 12)
    if year > MAXYEAR:
        raise OverflowError("a planned visit beyond the calendar")
    return date(year, month + 1, min(day0.day, monthrange(year, month + 1)[1]))


def window(day0: date, key: str) -> Window[date]:
    """The window of a planned or optional visit (KeyError if the protocol has no such visit)."""
    visit = _BY_KEY[key]
    middle = target(day0, visit.months)
    return Window(
        middle, middle - timedelta(days=visit.before_days), middle + timedelta(days=visit.after_days)
    )


def windows(day0: date) -> dict[str, Window[date]]:
    """The windows of all planned visits, in their order."""
    return {visit.key: window(day0, visit.key) for visit in PLANNED}


def all_windows(day0: date) -> dict[str, Window[date]]:
    """The windows of planned and optional visits, by month."""
    return {visit.key: window(day0, visit.key) for visit in TIMETABLE}


def in_days(dates: Window[date], enrolment: date) -> Window[int]:
    """A window as whole days since enrolment: the only form in which it leaves the site."""
    return Window(
        study_day(enrolment, dates.target),
        study_day(enrolment, dates.opens),
        study_day(enrolment, dates.closes),
    )


def study_day(enrolment: date, on: date) -> int:
    """Whole days since enrolment; enrolment itself is day 0, earlier days are negative."""
    return (on - enrolment).days


def planned_visit_for(day0: date, on: date) -> str | None:
    """The planned visit whose window holds the date, or None (unscheduled)."""
    return next((visit.key for visit in PLANNED if window(day0, visit.key).holds(on)), None)


def visit_for(day0: date, on: date) -> str | None:
    """The planned or optional visit whose window holds the date, or None (unscheduled)."""
    return next((visit.key for visit in TIMETABLE if window(day0, visit.key).holds(on)), None)


def due_through(day0: date, cut: date) -> str | None:
    """The last planned visit whose window has closed on or before `cut`, or None."""
    return next((visit.key for visit in reversed(PLANNED) if window(day0, visit.key).closes <= cut), None)


def is_due(span: Window[Day], cut: Day, enrolled: Day | None = None) -> bool:
    """Whether a window had closed by `cut`, and not before the subject entered."""
    return span.closes <= cut and (enrolled is None or not closed_before(span, enrolled))


def closed_before(span: Window[Day], enrolled: Day) -> bool:
    """Whether a window closed before enrolment (its last day lies before that day)."""
    return span.closes < enrolled


def closest(days: Iterable[Day], span: Window[Day]) -> Day | None:
    """The day that counts for a window: the closest to its target, on a tie the earlier; None if none lies
    in it."""
    return min((day for day in days if span.holds(day)), key=lambda day: _rank(day, span), default=None)


def select(visits: Iterable[tuple[str, Day]], windows: Mapping[str, Window[Day]]) -> dict[str, str]:
    """For each planned (or optional) visit that has one, the visit that counts for it.

    visits: (key, day) of every visit held. windows: planned visit to its window. Planned visits without any
    visit in their window are left out. Two on the same day: the one whose key sorts first.
    """
    held = list(visits)
    chosen: dict[str, str] = {}
    for planned, span in windows.items():
        inside = [(_rank(day, span), key) for key, day in held if span.holds(day)]
        if inside:
            chosen[planned] = min(inside)[1]
    return chosen


def baseline_among(visits: Iterable[tuple[str, Day]], span: Window[Day]) -> str | None:
    """The visit whose values are those of baseline: the last one in its window; None without any there.

    visits: (key, day) of every visit held. span: the window of baseline, which closes on day 0.
    """
    return select(visits, {BASELINE: span}).get(BASELINE)


def _rank(day: Day, span: Window[Day]) -> tuple[timedelta | int, Day]:
    return abs(day - span.target), day


def standings(
    windows: Mapping[str, Window[Day]],
    visits: Iterable[tuple[str, Day]],
    today: Day,
    enrolled: Day,
    ended: Day | None = None,
) -> dict[str, Standing]:
    """How each planned visit stands today; optional visits are left out.

    windows: visit to its window. visits: (key, day) of every visit held. ended: the day the subject left the
    study or died.
    """
    served = select(visits, windows)
    return {
        visit.key: Standing(
            visit.key,
            "served" if visit.key in served else _unserved(windows[visit.key], today, enrolled, ended),
            served.get(visit.key),
        )
        for visit in PLANNED
        if visit.key in windows
    }


def missed(standings: Mapping[str, Standing]) -> tuple[str, ...]:
    """The planned visits whose window closed without any visit in it, in order."""
    return tuple(key for key, one in standings.items() if one.state == "missed")


def _unserved(span: Window[Day], today: Day, enrolled: Day, ended: Day | None) -> State:
    if closed_before(span, enrolled):
        return "before_enrolment"
    if ended is not None and ended < span.closes:
        return "ended"
    if today < span.opens:
        return "coming"
    if today <= span.target:
        return "due"
    return "overdue" if today <= span.closes else "missed"


def half_year(on: date) -> str:
    """The half-year of a date, such as "2026H2"."""
    return f"{on.year}H{1 if on.month <= 6 else 2}"


def age_at(birth: date, on: date) -> int:
    """Whole years of age; someone born on 29 February is a year older on 1 March of other years.

    Raises:
        ValueError: `on` lies before the birth.
    """
    if on < birth:
        raise ValueError("age before birth")
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
