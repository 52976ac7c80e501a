"""When a subject was treated and observed, from the events that were received. Pure, on whole days since enrolment.

Rules kept here (endpoints of the study, PROPOSED defaults of the protocol):
- Day 0 is the first dose as the site's schedule says, without a dose the enrolment. Delayed entry: whoever was on the
  drug already is observed from enrolment on.
- Doses given, wholly or in part, are those of the dose records. The last one known is final only once treatment has
  ended for good; until then later ones may follow.
- Observation ends with death or withdrawal of consent, else with the last day from which anything is known. A missed
  visit is no news of the subject; an event known to its month or year is, up to the first day that it may be.
- A change of route is no stop; whether a stop is for good is the site's judgement. A stop of which that is open may be
  the end of retention.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from anifro_desktop.centre.assembling import Event, Subject
from anifro_desktop.centre.planning import ENROLLED_ON, enrolment_state
from anifro_desktop.scores import retention
from anifro_desktop.scores.retention import DEATH, PERMANENT, RESTART, TEMPORARY
from anifro_desktop.study.schedule import day_zero, first_dose

# Codes of the lists `dose_given`, `study_drug`, `drug_change`, `permanence`; `stop_reason` follows `retention.REASONS`.
DOSE = "administration"  # the form of a dose
GIVEN = (1, 2)
ANIFROLUMAB = (15, 16)
_CHANGES = {1: RESTART, 5: TEMPORARY, 6: RESTART}
_RAISED, _REDUCED, _STOPPED = 2, 3, 4
_PERMANENCE = {1: TEMPORARY, 2: PERMANENT}
# Why observation ended.
FOLLOWED, LOST, WITHDRAWN, DIED = 1, 2, 3, 4

_ENDS = {"death": DIED, "withdrawal": WITHDRAWN}
_NO_NEWS = ("missed_visit", "lost", "withdrawal")
_LAST_CONTACT = {"lost": "lo_last_contact", "withdrawal": "wd_last_contact"}
DAYS_PER_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Exposure:
    """Treatment and observation of one subject; study days, None where not known.

    day0: from which results are counted. entry: first day observed, day 0 or enrolment, whichever is later. end: last
    day observed. why: how that came, one of the codes above. first, last: days of the first and of the last known
    dose. retained: how long the drug was kept; None for whoever had no dose.
    """

    day0: int
    entry: int
    end: int | None
    why: int
    first: int | None
    last: int | None
    retained: retention.Retention | None

    @property
    def ended(self) -> bool:
        """Whether treatment has certainly ended for good, so that the last known dose is the last one."""
        return self.retained is not None and self.retained.event is True

    def years(self, start: int) -> float | None:
        """Patient-years from a day to the end of observation; None if it ended before."""
        return None if self.end is None or self.end < start else (self.end - start) / DAYS_PER_YEAR

    def after_day0(self, day: int | None) -> int | None:
        """A study day as days from day 0."""
        return None if day is None else day - self.day0


def days_given(subject: Subject) -> list[int]:
    """The days on which a dose was given, wholly or in part, as far as known."""
    return _days(event for event in subject.events_of(DOSE) if event.answers.get("ad_given") in GIVEN)


def exposure(subject: Subject) -> Exposure:
    """When one subject was treated and observed."""
    given = days_given(subject)
    first = first_dose(_day(subject.answers, "first_dose_date"), given)
    day0 = day_zero(_day(subject.answers, "day0_day"), day_zero(first, ENROLLED_ON))
    end, why = _end(subject)
    last = max(given, default=None)
    kept = None
    if first is not None:
        kept = retention.on_days(first, _course(subject), [] if end is None else [end], last)
    return Exposure(day0, max(day0, 0), end, why, first, last, kept)


def _end(subject: Subject) -> tuple[int | None, int]:
    """The last day observed, and why it is."""
    news = [visit.day for visit in subject.visits if visit.day is not None]
    told = (event.not_before for event in subject.events if event.form not in _NO_NEWS)
    news += [day for day in told if day is not None]
    for form, field in _LAST_CONTACT.items():
        found = [_day(event.answers, field) for event in subject.events_of(form)]
        news += [day for day in found if day is not None]
    news += [] if subject.seen is None else [subject.seen]
    news += [0] if enrolment_state(subject) else []
    last = max(news, default=None)
    ends = [(event.day, why) for form, why in _ENDS.items() for event in subject.events_of(form)]
    dated = [(day, why) for day, why in ends if day is not None]
    if ends:
        return min(dated, default=(last, ends[0][1]))
    return last, LOST if subject.events_of("lost") else FOLLOWED


def _course(subject: Subject) -> list[retention.Event]:
    """The stops, pauses, restarts and death of a subject, as retention reads them."""
    changes = (_change(event) for event in subject.events_of("drug_change"))
    deaths = [retention.Event(DEATH, event.day) for event in subject.events_of("death")]
    return [*(change for change in changes if change is not None), *deaths]


def _change(event: Event) -> retention.Event | None:
    """A change of treatment; None for what cannot end anifrolumab. Without a type: it may have."""
    drug, what = event.answers.get("dc_drug"), event.answers.get("dc_what")
    if type(drug) is int and drug not in ANIFROLUMAB:
        return None
    if what in (_RAISED, _REDUCED):
        return None
    kind = _CHANGES.get(what) if type(what) is int else None
    if what == _STOPPED:
        kind = _PERMANENCE.get(_code(event.answers, "dc_permanence"))
    if type(drug) is not int:
        if kind in (RESTART, TEMPORARY):
            return None
        kind = None
    reason = _code(event.answers, "dc_reason")
    known = 1 <= reason <= len(retention.REASONS)
    return retention.Event(kind, event.day, retention.REASONS[reason - 1] if known else None)


def _code(answers: Mapping[str, Any], field: str) -> int:
    """A code, or -1, which no list has."""
    value = answers.get(field)
    return value if type(value) is int else -1


def _day(answers: Mapping[str, Any], field: str) -> int | None:
    value = answers.get(field)
    return value if type(value) is int else None


def _days(events: Iterable[Event]) -> list[int]:
    return [event.day for event in events if event.day is not None]
