"""The glucocorticoid a subject had over some days, in mg of prednisone: courses by mouth and pulses, as recorded.

The sum itself is the rule's (`scores.prednisone`: Σ mg a day × factor × days + Σ mg of pulses × factor); here it is
decided what goes into it. The site counts in calendar days, the centre in days since enrolment: both come here.

Rules kept here:
- First and last day of the window are counted, and so are those of a course. A course or a series of pulses that the
  window cuts counts the days inside; one that goes on counts to the window's end. Overlapping ones count both.
- Pulses count whatever they were given for. The doses that visits record are no part of the sum.
- An open answer leaves the sum unknown unless it cannot change it: the drug of a course that was over before, the day
  of a month that lies inside as a whole. Dates that contradict each other are open.
- Courses are complete as far as visits can tell. Where a visit of the window, or of the day before it, says that more
  is taken on arrival than the courses of that day, or of the day before, give, or where it leaves the dose open and no
  course covers it, there is a course of which nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from anifro_desktop.forms import spans
from anifro_desktop.forms.oral_dose import GC_DRUGS
from anifro_desktop.record import Missing
from anifro_desktop.scores import prednisone
from anifro_desktop.scores.model import Score, Tri, nine
from anifro_desktop.study.protocol import PROTOCOL

if TYPE_CHECKING:
    from anifro_desktop.forms.session import VisitSession

Span = tuple[int, int]  # first and last day that a date may be
COURSE, PULSE = "gc_course", "gc_pulse"
FORMS = (COURSE, PULSE)

STOP_DAYS = int(PROTOCOL.number("glucocorticoid.stop_days"))
_EVER, _NEVER = -(10**7), 10**7  # days before and after every date
_ANY: Span = (_EVER, _NEVER)
_GOING_ON: Span = (_NEVER, _NEVER)


@dataclass(frozen=True, slots=True)
class Event:
    """A course or a pulse. answers: by field, as far as there are any."""

    key: str
    form: str
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a visit says is taken by mouth on arrival. day: of the visit; mg: of prednisone a day, None while that is
    open."""

    key: str
    day: int
    mg: float | None


@dataclass(frozen=True, slots=True)
class Taken:
    """All that one subject's sums are made from."""

    events: tuple[Event, ...] = ()
    arrivals: tuple[Arrival, ...] = ()


@dataclass(frozen=True, slots=True)
class Open:
    """An event that leaves the sum unknown, and the answers that would settle it."""

    key: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cumulative:
    """The dose of a window.

    score: of `prednisone`, its value in mg. courses, pulses: the records with a day inside the window, for certain or
    perhaps. open: those that leave it unknown. unrecorded: visits whose dose by mouth no course accounts for.
    """

    score: Score
    courses: int
    pulses: int
    open: tuple[Open, ...]
    unrecorded: tuple[Arrival, ...]

    @property
    def mg(self) -> float | None:
        """mg of prednisone, or None while that is unknown."""
        return self.score.value if isinstance(self.score.value, float) else None

    @property
    def least(self) -> float:
        """What it is at least."""
        found = self.mg if self.mg is not None else self.score.minimum
        return float(found) if isinstance(found, int | float) else 0.0


@dataclass(frozen=True, slots=True)
class _Row:
    """A row for the rule, and which answers of the event stand behind each of its keys."""

    key: str
    row: Mapping[str, Any]
    behind: Mapping[str, tuple[str, ...]]


def days_of_date(value: Any) -> Span | None:
    """The days that a date of the calendar may be, by their ordinals; None for what is no date."""
    if isinstance(value, Missing) or not isinstance(value, date | str):
        return None
    begin, end = spans.span(value)
    return begin.toordinal(), end.toordinal()


def at_visit(session: VisitSession, taken: Taken) -> tuple[Cumulative | None, Cumulative | None]:
    """The dose from enrolment to a visit's day, and that since the visit before; None where there is no such window.

    taken: the events, and what the other visits say.
    """
    enrolled, on, previous = session.subject.enrolled, session.visit.date, session.previous
    if enrolled is None or on is None or on < enrolled:
        return None, None
    day, dose = on.toordinal(), session.scores["prednisone"].parts.get("pred_eq")
    arrivals = (*taken.arrivals, Arrival(session.visit.key, day, dose))
    whole = cumulative(taken.events, arrivals, enrolled.toordinal(), day, days_of_date)
    if previous is None or previous.date is None:
        return whole, None
    return whole, cumulative(taken.events, arrivals, previous.date.toordinal() + 1, day, days_of_date)


def cumulative(
    events: Iterable[Event],
    arrivals: Iterable[Arrival],
    first: int,
    last: int,
    days: Callable[[Any], Span | None],
) -> Cumulative:
    """The dose of the days from `first` to `last`, both included.

    Args:
        arrivals: what visits say; those of the window count, and one on the day before it, which is that of the last
            visit in a window since then.
        days: the days that the answer to a dated question may be; None for an answer that is no date.
    """
    events = tuple(events)
    courses = [event for event in events if event.form == COURSE]
    oral = _inside(courses, lambda one: _course(one, first, last, days), "days")
    pulses = _inside(
        [event for event in events if event.form == PULSE], lambda one: _pulse(one, first, last, days), "n"
    )
    unrecorded = tuple(
        arrival
        for arrival in arrivals
        if first - 1 <= arrival.day <= last and not _accounted(arrival, courses, days)
    )
    unknown = [_Row("", {}, {}) for _ in unrecorded]
    rows = {"oral": [*oral, *unknown], "pulses": pulses}
    score = prednisone.score({name: [item.row for item in listed] for name, listed in rows.items()})
    return Cumulative(score, len(oral), len(pulses), _open(score, rows), unrecorded)


def sustained_stop(
    events: Iterable[Event], arrivals: Iterable[Arrival], at: Arrival, days: Callable[[Any], Span | None]
) -> Tri:
    """Whether the glucocorticoid by mouth was stopped at a visit and on the days before it that the setting
    `glucocorticoid.stop_days` says; pulses are no part of it.

    A dose that this visit, another one of those days or a course tells of says no. Yes needs a visit before those days
    whose dose the courses account for: else there is a course of which nobody knows when it ended.

    Args:
        arrivals: what visits say. at: what this one says.
    """
    first, last = at.day - STOP_DAYS, at.day - 1
    earlier = [one for one in arrivals if one.day <= last]
    said = [one for one in earlier if one.day >= first]
    if any(one.mg is not None and nine(one.mg) > 0 for one in (at, *said)):
        return False
    courses = [event for event in events if event.form == COURSE]
    given = cumulative(courses, said, first, last, days)
    if nine(given.least) > 0:
        return False
    before = max((one for one in earlier if one.day <= first), key=lambda one: one.day, default=None)
    known = at.mg is not None and before is not None and _accounted(before, courses, days)
    return True if known and given.mg is not None else None


def mg_of_day(events: Iterable[Event], day: int, days: Callable[[Any], Span | None]) -> float | None:
    """The mg of prednisone that the courses give on one day; None while that is open, or with no course at all."""
    rows = [_course(event, day, day, days).row for event in events if event.form == COURSE]
    given = prednisone.score({"oral": [row for row in rows if row["days"] != 0], "pulses": []})
    return float(given.value) if rows and isinstance(given.value, int | float) else None


def covers(event: Event, first: int, last: int, days: Callable[[Any], Span | None]) -> bool | None:
    """Whether a course goes on through all days from `first` to `last`; None while that is open."""
    found = _course(event, first, last, days).row["days"]
    return None if found is None else found == last - first + 1


def _inside(events: Iterable[Event], row: Callable[[Event], _Row], times: str) -> list[_Row]:
    """The rows of events that have a day in the window, or may have."""
    return [made for event in events if (made := row(event)).row[times] != 0]


def _open(score: Score, rows: Mapping[str, Sequence[_Row]]) -> tuple[Open, ...]:
    """What the rule misses, as answers of events."""
    found: dict[str, dict[str, None]] = {}
    for path in score.missing:
        name, number, key = path.split(".")
        item = rows[name][int(number)]
        if item.key:
            found.setdefault(item.key, {}).update(dict.fromkeys(item.behind[key]))
    return tuple(Open(key, tuple(fields)) for key, fields in found.items())


# One event as a row of the rule


def _course(event: Event, first: int, last: int, days: Callable[[Any], Span | None]) -> _Row:
    answers = event.answers
    mg, cycle = _number(answers.get("gcc_mg")), _number(answers.get("gcc_cycle_days"))
    start, stop = days(answers.get("gcc_start")), _stop(answers, days)
    row = {
        "drug": _drug(answers.get("gcc_drug")),
        "mg_day": None if mg is None or cycle is None else mg / cycle,
        "days": _overlap(start, stop, first, last),
    }
    amount = tuple(name for name, value in (("gcc_mg", mg), ("gcc_cycle_days", cycle)) if value is None)
    stop_field = "gcc_stop" if answers.get("gcc_ongoing") == 0 or stop is not None else "gcc_ongoing"
    dated = _unsettled({"gcc_start": start, stop_field: stop}) or (stop_field,)
    return _Row(event.key, row, {"drug": ("gcc_drug",), "mg_day": amount, "days": dated})


def _pulse(event: Event, first: int, last: int, days: Callable[[Any], Span | None]) -> _Row:
    answers = event.answers
    start, count = days(answers.get("gcp_date")), _number(answers.get("gcp_days"))
    number = None if count is None else int(count)
    row = {
        "drug": _drug(answers.get("gcp_drug")),
        "mg": _number(answers.get("gcp_mg")),
        "n": _overlap(start, None, first, last) if number is None else _series(start, number, first, last),
    }
    dated = _unsettled({"gcp_date": start, "gcp_days": None if number is None else (number, number)})
    return _Row(event.key, row, {"drug": ("gcp_drug",), "mg": ("gcp_mg",), "n": dated})


def _unsettled(named: Mapping[str, Span | None]) -> tuple[str, ...]:
    return tuple(name for name, span in named.items() if span is None or span[0] != span[1])


def _stop(answers: Mapping[str, Any], days: Callable[[Any], Span | None]) -> Span | None:
    """The last day of a course; None where it is open, or said to be over and to go on at once."""
    stop, ongoing = days(answers.get("gcc_stop")), answers.get("gcc_ongoing") == 1
    if ongoing:
        return _GOING_ON if stop is None else None
    return stop


def _overlap(start: Span | None, stop: Span | None, first: int, last: int) -> int | None:
    """The days from a first to a last one that lie in the window; None where that is open."""
    (start_low, start_high), (stop_low, stop_high) = start or _ANY, stop or _ANY
    if start_low > stop_high:
        return None
    most = _common(start_low, stop_high, first, last)
    if start_high <= stop_low:
        least = _common(start_high, stop_low, first, last)
    else:  # it may have been one day, any of those that both dates may be
        low, high = max(start_low, stop_low), min(start_high, stop_high)
        least = int(first <= low and high <= last)
    return most if least == most else None


def _series(start: Span | None, number: int, first: int, last: int) -> int | None:
    """So many days in a row that lie in the window; None where that is open."""
    low, high = start or _ANY
    best = min(max(first, low), high)
    found = {_common(begin, begin + number - 1, first, last) for begin in (low, best, high)}
    return found.pop() if len(found) == 1 else None


def _common(start: int, stop: int, first: int, last: int) -> int:
    return max(0, min(stop, last) - max(start, first) + 1)


# What a visit says


def _accounted(arrival: Arrival, courses: Sequence[Event], days: Callable[[Any], Span | None]) -> bool:
    """Whether the courses give what a visit says is taken on arrival, perhaps changed on that very day."""
    if arrival.mg is not None and nine(arrival.mg) <= 0:
        return True
    return any(_given(arrival.mg, courses, day, days) for day in (arrival.day - 1, arrival.day))


def _given(mg: float | None, courses: Sequence[Event], day: int, days: Callable[[Any], Span | None]) -> bool:
    """Whether the courses of a day come to a dose, or may; without one: whether there is any course."""
    rows = [_course(event, day, day, days).row for event in courses]
    known = [row for row in rows if row["days"] != 0]
    if mg is None or not known:
        return bool(known)
    given = prednisone.score({"oral": [{**row, "days": 1} for row in known], "pulses": []})
    return not given.complete or nine(float(given.value or 0)) >= nine(mg)


def _drug(value: Any) -> str | None:
    return GC_DRUGS.get(value) if type(value) is int else None


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
