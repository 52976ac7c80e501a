"""Drug retention: how long anifrolumab was kept, from the first dose.

Endpoint of NCT07215754 made computable (settings): the event is permanent discontinuation for any reason, or
death; a change of route and a temporary stop are none, even without a restart, since the site classifies a
stop and the program never does. Its day is that of the decision or death; where that is missing, the last
dose. Censored at the earliest of last contact, withdrawal of consent, end of study and data cut; an event on
that very day counts, one after it does not.

Value: `event`. Missing answers: without `events` it is unknown, an empty list says that there was none. An
entry without a type may be the end, one without any date may stand anywhere; `event` and `days` are definite
exactly when neither can change them, and `days_min` and `days_max` bound the days. Of the four censoring
dates those that are given count; without any, `days` of an ongoing treatment is unknown.

Units: days from the first dose.

Parts: `event`; `days`, to it or to censoring; `reason`, of the event (`death` for a death without another);
`days_min`, `days_max`; `days_last_dose`, the days of the sensitivity analysis, in which the last dose stands
for the event; `contradictions`, the keys to correct: `last_dose` and dates of events before the first dose
(such a date is read as not known), `last_dose` after a death, `last_contact` before a recorded event or the
last dose, `events.N.type` of a permanent stop that a restart follows, `events.N.date` of what follows a
death. A dose after the decision to stop is none.
Reasons: `no_time_at_risk` (censored before the first dose: leaves the analysis).
Warnings: `stop_without_restart` (the temporary stop recorded last is still open).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anifro_desktop.scores.keys import Absent, Block, Day, Key, OneOf, Rows, as_date
from anifro_desktop.scores.model import Score, Tri

RULE = "retention"
NUMBER = 1
TITLE = "Drug retention|Persistenza in terapia"
SOURCE = (
    "Study NCT07215754; definition set by the protocol|Studio NCT07215754; definizione fissata dal protocollo"
)
SETTINGS = ("retention",)

DEATH, PERMANENT, TEMPORARY, RESTART = "death", "permanent_stop", "temporary_stop", "restart"
TYPES = ("route_switch", TEMPORARY, RESTART, PERMANENT, DEATH)
ENDS = (PERMANENT, DEATH)
CENSORS = ("last_contact", "withdrawal", "study_end", "data_cut")
REASONS = (
    "primary_inefficacy",
    "secondary_inefficacy",
    "adverse_event",
    "infection",
    "pregnancy_or_planning",
    "sustained_remission",
    "patient_decision",
    "non_adherence",
    "access_or_reimbursement",
    "surgery_or_other_condition",
    "lost_to_follow_up",
    DEATH,
    "other",
)

KEYS: dict[str, Key] = {
    "first_dose": Day(),
    "last_dose": Day(),
    "events": Rows(Block({"type": OneOf(TYPES), "date": Day(), "reason": OneOf(REASONS)})),
    **dict.fromkeys(CENSORS, Day()),
}
ABSENT = Absent({"events": []})


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the course of treatment. day: whole days of any one count; None: not known."""

    type: str | None
    day: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Retention:
    """How long the drug was kept; days from the first dose. open: positions of the entries that keep `event`
    or `days` from being settled."""

    event: Tri = None
    days: int | None = None
    reason: str | None = None
    days_min: int | None = None
    days_max: int | None = None
    days_last_dose: int | None = None
    open: tuple[int, ...] = ()
    at_risk: bool = True


@dataclass(frozen=True, slots=True)
class _End:
    """An entry that may end retention before observation ends. sure: its type says that it does."""

    place: int
    day: int | None
    sure: bool
    reason: str | None


def on_days(
    first: int | None, events: Sequence[Event] | None, censored: Sequence[int], last_dose: int | None = None
) -> Retention:
    """The retention of one subject.

    first, last_dose: days of the first and last dose. events: in any order; None if it is not known which
    there were. censored: the days that end observation, those that are known.
    """
    until = min(censored, default=None)
    if first is not None and until is not None and until < first:
        return Retention(at_risk=False)
    if events is None:
        return Retention(days_min=_since(first, first), days_max=_since(first, until))
    if first is not None and last_dose is not None and last_dose < first:
        last_dose = None
    ends = _ends(events, first, until, last_dose)
    end = min((one for one in ends if one.sure and one.day is not None), key=_order, default=None)
    opens = [one for one in ends if one.day is None or (not one.sure and _before(one, end))]
    event = _event(end, opens, until)
    final = until if end is None else end.day
    low = _since(first, _earliest(opens, first, final))
    high = _since(first, None if event and end is None else final)
    days = low if low == high else None
    return Retention(
        event,
        days,
        _reason([*opens, *([end] if end else [])]) if event else None,
        low,
        high,
        _since(first, last_dose) if event else days,
        tuple([one.place for one in opens]),
    )


def score(answers: Mapping[str, Any]) -> Score:
    """Drug retention (value: whether it ended) from the first dose and the course of treatment."""
    rows = answers.get("events")
    events = None if rows is None else [_read(row) for row in rows]
    censored = [day for day in (_ordinal(answers.get(key)) for key in CENSORS) if day is not None]
    found = on_days(_ordinal(answers.get("first_dose")), events, censored, _ordinal(answers.get("last_dose")))
    parts = {
        "event": found.event,
        "days": found.days,
        "reason": found.reason,
        "days_min": found.days_min,
        "days_max": found.days_max,
        "days_last_dose": found.days_last_dose,
        "contradictions": _contradictions(answers, events or ()),
    }
    missing = () if found.event is not None or not found.at_risk else _missing(answers, found)
    reasons = () if found.at_risk else ("no_time_at_risk",)
    warnings = ("stop_without_restart",) if _stopped(events or ()) else ()
    return Score(RULE, found.event, found.event is not None, None, None, parts, missing, reasons, warnings)


def _ends(events: Sequence[Event], first: int | None, until: int | None, last_dose: int | None) -> list[_End]:
    """The entries that end retention, or may, before or on the day on which observation ends."""
    found = []
    for place, event in enumerate(events):
        if event.type is not None and event.type not in ENDS:
            continue
        day = last_dose if event.day is None else event.day
        if day is not None and first is not None and day < first:
            day = None
        if day is None or until is None or day <= until:
            reason = DEATH if event.type == DEATH and event.reason is None else event.reason
            found.append(_End(place, day, event.type is not None, reason))
    return found


def _event(end: _End | None, opens: Sequence[_End], until: int | None) -> Tri:
    """Whether retention ended; without an end of observation, an end on an unknown day is one too."""
    if end is not None or (until is None and any(one.sure for one in opens)):
        return True
    return None if opens else False


def _order(one: _End) -> tuple[int, int]:
    return one.day or 0, one.place


def _before(one: _End, end: _End | None) -> bool:
    return end is None or _order(one)[0] < _order(end)[0]


def _reason(candidates: Sequence[_End]) -> str | None:
    """The reason that all entries that may have ended it share."""
    reasons = {one.reason if one.sure else None for one in candidates}
    return reasons.pop() if len(reasons) == 1 else None


def _earliest(opens: Sequence[_End], first: int | None, final: int | None) -> int | None:
    """The first day on which retention may have ended."""
    days = [first if one.day is None else one.day for one in opens]
    return min((day for day in days if day is not None), default=final)


def _since(first: int | None, day: int | None) -> int | None:
    return None if first is None or day is None else day - first


def _read(row: Mapping[str, Any]) -> Event:
    return Event(row.get("type"), _ordinal(row.get("date")), row.get("reason"))


def _ordinal(text: str | None) -> int | None:
    return None if text is None else as_date(text).toordinal()


def _stopped(events: Sequence[Event]) -> bool:
    """Whether the last temporary stop was followed by neither a restart nor the end."""
    stops = [one.day for one in events if one.type == TEMPORARY and one.day is not None]
    after = [one.day for one in events if one.type in (RESTART, *ENDS) and one.day is not None]
    return bool(stops) and max(after, default=-1) < max(stops)


def _contradictions(answers: Mapping[str, Any], events: Sequence[Event]) -> list[str]:
    """The keys to correct; a date that is not known contradicts nothing."""
    first, last_dose = _ordinal(answers.get("first_dose")), _ordinal(answers.get("last_dose"))
    contact = _ordinal(answers.get("last_contact"))
    dated = [(place, one.day, one.type) for place, one in enumerate(events) if one.day is not None]
    death = min((day for _, day, kind in dated if kind == DEATH), default=None)
    restart = max((day for _, day, kind in dated if kind == RESTART), default=None)
    keys = []
    if last_dose is not None and (_precedes(last_dose, first) or _precedes(death, last_dose)):
        keys.append("last_dose")
    known = [day for _, day, _ in dated] + ([] if last_dose is None else [last_dose])
    if any(_precedes(contact, day) for day in known):
        keys.append("last_contact")
    for place, day, kind in dated:
        if _precedes(day, first) or _precedes(death, day):
            keys.append(f"events.{place}.date")
        if kind == PERMANENT and _precedes(day, restart):
            keys.append(f"events.{place}.type")
    return keys


def _precedes(day: int | None, other: int | None) -> bool:
    """Whether a day is before another, both being known."""
    return day is not None and other is not None and day < other


def _missing(answers: Mapping[str, Any], found: Retention) -> tuple[str, ...]:
    """The open answers that could still settle whether retention ended."""
    rows = answers.get("events")
    if rows is None:
        return ("events",)
    keys = []
    for place in found.open:
        keys += [f"events.{place}.{key}" for key in ("type", "date") if rows[place].get(key) is None]
    undated = any(rows[place].get("date") is None for place in found.open)
    return (*keys, "last_dose") if undated and answers.get("last_dose") is None else tuple(keys)
