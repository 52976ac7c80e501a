"""The visit schedule: targets, windows, which visit counts, what is due. Pure, on dates or on whole study
days.

The target of a planned visit is the same day of the month after so many calendar months, or the last day of
that month where there is no such day (31 August + 6 months is 28 or 29 February). Windows and months are
settings of the protocol. Several visits in one window: the closest to the target counts, on a tie the
earlier. A visit outside every window is unscheduled. A subject is due at a visit once its window has
closed.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from typing import Generic, TypeVar

from anifro_desktop.study.protocol import PROTOCOL

Day = TypeVar("Day", date, int)

UNSCHEDULED = "unscheduled"


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A visit of the protocol. months: after day 0. before_days, after_days: the window around its target."""

    key: str
    months: int
    before_days: int
    after_days: int


@dataclass(frozen=True, slots=True)
class Window(Generic[Day]):
    """When a planned visit is expected; opens and closes are both inside. Dates, or whole days since
    enrolment."""

    target: Day
    opens: Day
    closes: Day

    def holds(self, day: Day) -> bool:
        """Whether the day lies in the window."""
        return self.opens <= day <= self.closes


def _planned(key: str) -> PlannedVisit:
    span = PROTOCOL.table(f"visit.{key}")
    return PlannedVisit(key, span["months"], span["before"], span["after"])


PLANNED = tuple(_planned(key) for key in PROTOCOL.section("visit"))
_BY_KEY = {visit.key: visit for visit in PLANNED}


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
    """The window of a planned visit (KeyError if the protocol has no such visit)."""
    visit = _BY_KEY[key]
    middle = target(day0, visit.months)
    return Window(
        middle, middle - timedelta(days=visit.before_days), middle + timedelta(days=visit.after_days)
    )


def windows(day0: date) -> dict[str, Window[date]]:
    """The windows of all planned visits, in their order."""
    return {visit.key: window(day0, visit.key) for visit in PLANNED}


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


def due_through(day0: date, cut: date) -> str | None:
    """The last planned visit whose window has closed on or before `cut`, or None."""
    return next((visit.key for visit in reversed(PLANNED) if window(day0, visit.key).closes <= cut), None)


def select(visits: Iterable[tuple[str, Day]], windows: Mapping[str, Window[Day]]) -> dict[str, str]:
    """For each planned visit that has one, the visit that counts for it.

    visits: (key, day) of every visit held. windows: planned visit to its window. Planned visits without any
    visit in their window are left out. Two on the same day: the first given.
    """
    held = list(visits)
    chosen: dict[str, str] = {}
    for planned, span in windows.items():
        inside = [(abs(day - span.target), day, key) for key, day in held if span.holds(day)]
        if inside:
            chosen[planned] = min(inside, key=lambda one: one[:2])[2]
    return chosen


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
