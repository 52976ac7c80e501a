"""The window of one visit of the protocol, which of some dates serves it, and whether it is due.

Settings of the protocol: targets are so many calendar months after day 0, clamped to the end of the month;
windows hold their first and last day; the date closest to the target counts, on a tie the earlier; a visit is
due once its window has closed by the data cut, unless it closed before the subject entered. The arithmetic
is `study.schedule`, which the screens and the centre use too. `month` is that of a planned or optional visit;
optional ones have a window, and nobody is ever due at them.

Value: `target`. Missing answers: without `day0` or `month` nothing is known; without `dates` or `data_cut`
only what they decide is not. Without `enrolment_date` the subject entered in time.

Units: dates; `month` months after day 0.

Parts: `target`, `opens`, `closes` (ISO); `day168_inside`, whether 24 weeks after day 0 lie in the window
(month 6 only); `selected`, the date that counts; `due`; `before_enrolment`, whether the window closed before
`enrolment_date`.
Warnings: `none_in_window`: dates were given and none counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from anifro_desktop.scores.faults import Fault, not_allowed
from anifro_desktop.scores.keys import Absent, Day, Days, Key, Number, as_date
from anifro_desktop.scores.model import Part, Score
from anifro_desktop.study.schedule import OPTIONAL, TIMETABLE, closed_before, closest, is_due, window

RULE = "schedule"
NUMBER = 1
TITLE = "Visit window|Finestra della visita"
SOURCE = "Study NCT07215754; windows set by the protocol|Studio NCT07215754; finestre fissate dal protocollo"
SETTINGS = ("visit", "optional_visit", "schedule")

WEEKS_24 = timedelta(days=168)
MONTHS_24_WEEKS = 6
VISITS: dict[int, str] = {visit.months: visit.key for visit in TIMETABLE}
_PARTS = ("target", "opens", "closes", "day168_inside", "selected", "due", "before_enrolment")
_NEVER_DUE = frozenset(visit.key for visit in OPTIONAL)


@dataclass(frozen=True, slots=True)
class Month(Number):
    """A number of months after which the protocol has a visit."""

    def allowed(self) -> str:
        """What may be given."""
        months = ", ".join(map(str, VISITS))
        return f"one of {months}, or null|uno tra {months}, o null"

    def faults(self, value: Any, place: str, path: str) -> list[Fault]:
        """Anything but one of the months."""
        known = type(value) in (int, float) and value in VISITS
        return [] if known else [not_allowed(self.allowed(), place, path)]


KEYS: dict[str, Key] = {
    "day0": Day(),
    "month": Month(0, max(VISITS), whole=True),
    "dates": Days(),
    "data_cut": Day(),
    "enrolment_date": Day(),
}
ABSENT = Absent({"dates": []})


def score(answers: Mapping[str, Any]) -> Score:
    """Target (value, ISO), window, serving date and due state of one visit."""
    get = answers.get
    day0, month = get("day0"), get("month")
    parts: dict[str, Part] = dict.fromkeys(_PARTS)
    if day0 is None or month is None:
        missing = tuple([key for key in ("day0", "month") if get(key) is None])
        return Score(RULE, None, False, parts=parts, missing=missing)
    start, key = as_date(day0), VISITS[int(month)]
    span = window(start, key)
    parts |= {"target": span.target.isoformat(), "opens": span.opens.isoformat()}
    parts["closes"] = span.closes.isoformat()
    if month == MONTHS_24_WEEKS:
        parts["day168_inside"] = span.holds(start + WEEKS_24)
    dates, cut, enrolled = get("dates"), get("data_cut"), get("enrolment_date")
    entered = None if enrolled is None else as_date(enrolled)
    chosen = closest(map(as_date, dates or ()), span)
    parts["selected"] = None if chosen is None else chosen.isoformat()
    if cut is not None:
        parts["due"] = key not in _NEVER_DUE and is_due(span, as_date(cut), entered)
    if entered is not None:
        parts["before_enrolment"] = closed_before(span, entered)
    warnings = ("none_in_window",) if dates is not None and chosen is None else ()
    return Score(RULE, span.target.isoformat(), True, parts=parts, warnings=warnings)
