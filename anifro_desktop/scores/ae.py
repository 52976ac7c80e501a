"""One adverse event: is it serious, is it related, when did it begin, and by when must it be told.

Serious: any criterion of ICH E2A (1994); outcome and criteria as coded in ICH E2B(R3); grade CTCAE v5.0;
causality WHO-UMC. Choices (settings): related = certain, probable or possible, and conditional or
unassessable stay not assessed; treatment-emergent = from the first dose to 84 days after the last, both
included; early = day 0 (the first dose) to 168. Grade and seriousness do not decide one another.

Clocks: elapsed hours from awareness, written in `timezone`, so that the night in which clocks change does
not lengthen or shorten them. The coordinating centre is told within 24 hours (setting), the national network
within 36 hours of a suspected reaction to a biological medicine (Ministerial Decree 30 April 2015, art.
22(3)). A clock is shown unless the event is known not to be serious, or not to be related: while that is
open, the earlier duty is the safe one.

Value: `serious`. Missing answers: three-valued; `missing` holds the criteria that are open while none is met.
`ae_start` may be known to its month or year only: what depends on it is definite where its first and its last
possible day agree. Without a last dose, `treatment_emergent` is unknown, unless the event began before the
first. Nothing is concluded from one date about another that was not given.

Units: days and dates; `outcome` 0 unknown, 1 recovered, 2 recovering, 3 not recovered, 4 with sequelae,
5 fatal.

Parts: `serious`; `related` (`related`, `not_related`, `not_assessed`); `onset_day` (first dose is 0);
`onset_class` (`early`, `late`, `pre_treatment`); `days_after_last_dose` (negative if doses went on after it);
`treatment_emergent`; `sae_due`, `adr_biologic_due` (ISO, in `timezone`); `contradictions`, the keys to
correct: `ser_death` (false for a fatal outcome), `outcome` (not fatal at grade 5), `last_dose` (before the
first), `awareness` (before the event began).
Reasons, for `treatment_emergent`: `before_first_dose`, `after_follow_up`.
Warnings: `ser_death_open` (the outcome is fatal), `outcome_open` (the grade is 5), `ser_death_not_fatal` (the
criterion is met and the outcome another).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from anifro_desktop.scores.keys import (
    Absent,
    Day,
    Key,
    Moment,
    Number,
    OneOf,
    YesNo,
    Zone,
    as_date,
    as_moment,
)
from anifro_desktop.scores.keys_partial import PartialDay, first_and_last
from anifro_desktop.scores.model import Part, Score, Tri, both, either
from anifro_desktop.study.protocol import PROTOCOL

RULE = "ae"
NUMBER = 1
TITLE = "Adverse event|Evento avverso"
SOURCE = (
    "ICH E2A 1994; ICH E2B(R3); WHO-UMC causality; Ministerial Decree 30 April 2015, art. 22"
    "|ICH E2A 1994; ICH E2B(R3); causalità WHO-UMC; DM 30 aprile 2015, art. 22"
)
SETTINGS = ("safety",)

FOLLOW_UP_DAYS = int(PROTOCOL.number("safety.follow_up_days"))
EARLY_DAYS = int(PROTOCOL.number("safety.early_days"))
SAE_CLOCK = timedelta(hours=PROTOCOL.number("safety.sae_hours"))
BIOLOGIC_CLOCK = timedelta(hours=PROTOCOL.number("safety.adr_biologic_hours"))
FATAL = WORST_GRADE = 5

CRITERIA = (
    "ser_death",
    "ser_life_threatening",
    "ser_hospitalisation",
    "ser_disability",
    "ser_congenital",
    "ser_important",
)
RELATED: dict[str, str] = {
    "certain": "related",
    "probable": "related",
    "possible": "related",
    "unlikely": "not_related",
    "conditional": "not_assessed",
    "unassessable": "not_assessed",
}

KEYS: dict[str, Key] = {
    "grade": Number(1, WORST_GRADE, whole=True),
    **dict.fromkeys(CRITERIA, YesNo()),
    "outcome": Number(0, FATAL, whole=True),
    "causality_who": OneOf(tuple(RELATED)),
    "ae_start": PartialDay(),
    "first_dose": Day(),
    "last_dose": Day(),
    "awareness": Moment(),
    "timezone": Zone(),
}
ABSENT = Absent(dict.fromkeys(CRITERIA, False))


@dataclass(frozen=True, slots=True)
class Onset:
    """When an event began, seen from the treatment; None where that is not known."""

    onset_day: int | None
    onset_class: str | None
    days_after_last_dose: int | None
    treatment_emergent: Tri
    reasons: tuple[str, ...]


def on_days(start: tuple[int, int] | None, first: int | None, last: int | None) -> Onset:
    """The onset, from whole days of one count.

    start: first and last day on which the event may have begun. first, last: days of the first and last dose.
    """
    if start is None:
        return Onset(None, None, None, None, ())
    low, high = start
    exact = low == high
    since_first = None if first is None else _decided(low >= first, high < first)
    until_last = (
        None if last is None else _decided(high <= last + FOLLOW_UP_DAYS, low > last + FOLLOW_UP_DAYS)
    )
    reasons = ["before_first_dose"] if since_first is False else []
    reasons += ["after_follow_up"] if until_last is False else []
    return Onset(
        low - first if exact and first is not None else None,
        None if first is None else _onset_class(low - first, high - first),
        low - last if exact and last is not None else None,
        both(since_first, until_last),
        tuple(reasons),
    )


def serious(answers: Mapping[str, Any]) -> Tri:
    """Whether any criterion of seriousness is met."""
    return either(*[answers.get(criterion) for criterion in CRITERIA])


def score(answers: Mapping[str, Any]) -> Score:
    """Seriousness (value True, False or None), relation, onset and clocks of one event."""
    get = answers.get
    grave = serious(answers)
    cause = get("causality_who")
    related = None if cause is None else RELATED[cause]
    start, first, last = _dates(answers)
    onset = on_days(
        None if start is None else (start[0].toordinal(), start[1].toordinal()),
        None if first is None else first.toordinal(),
        None if last is None else last.toordinal(),
    )
    parts: dict[str, Part] = {
        "serious": grave,
        "related": related,
        "onset_day": onset.onset_day,
        "onset_class": onset.onset_class,
        "days_after_last_dose": onset.days_after_last_dose,
        "treatment_emergent": onset.treatment_emergent,
        "sae_due": None if grave is False else due(get("awareness"), get("timezone"), SAE_CLOCK),
        "adr_biologic_due": (
            None if related == "not_related" else due(get("awareness"), get("timezone"), BIOLOGIC_CLOCK)
        ),
        "contradictions": _contradictions(answers),
    }
    missing = tuple([key for key in CRITERIA if get(key) is None]) if grave is None else ()
    return Score(
        RULE,
        grave,
        grave is not None,
        parts=parts,
        missing=missing,
        reasons=onset.reasons,
        warnings=_warnings(answers),
    )


def due(awareness: str | None, timezone: str | None, clock: timedelta) -> str | None:
    """The moment so long after awareness, in ISO with the offset that the zone has then; None if either is
    unknown.

    Counted in UTC: on the local clock, 24 hours over a change to summer time are 25.
    """
    if awareness is None or timezone is None:
        return None
    return (as_moment(awareness).astimezone(UTC) + clock).astimezone(ZoneInfo(timezone)).isoformat()


def _decided(surely: bool, surely_not: bool) -> Tri:
    return True if surely else False if surely_not else None


def _onset_class(low: int, high: int) -> str | None:
    """The class of all days from low to high, or None if they differ."""
    classes = [
        "pre_treatment" if day < 0 else "early" if day <= EARLY_DAYS else "late" for day in (low, high)
    ]
    return classes[0] if classes[0] == classes[1] else None


def _dates(answers: Mapping[str, Any]) -> tuple[tuple[date, date] | None, date | None, date | None]:
    start, first, last = answers.get("ae_start"), answers.get("first_dose"), answers.get("last_dose")
    return (
        None if start is None else first_and_last(start),
        None if first is None else as_date(first),
        None if last is None else as_date(last),
    )


def _contradictions(answers: Mapping[str, Any]) -> list[str]:
    """The keys to correct; an answer that is not known contradicts nothing."""
    get = answers.get
    start, first, last = _dates(answers)
    keys = ["ser_death"] if get("outcome") == FATAL and get("ser_death") is False else []
    keys += ["outcome"] if get("grade") == WORST_GRADE and get("outcome") not in (None, FATAL) else []
    keys += ["last_dose"] if first is not None and last is not None and last < first else []
    awareness, zone = get("awareness"), get("timezone")
    if awareness is not None and start is not None:
        aware = as_moment(awareness)
        local = aware if zone is None else aware.astimezone(ZoneInfo(zone))
        keys += ["awareness"] if local.date() < start[0] else []
    return keys


def _warnings(answers: Mapping[str, Any]) -> tuple[str, ...]:
    get = answers.get
    grade, outcome, death = get("grade"), get("outcome"), get("ser_death")
    codes = ["ser_death_open"] if outcome == FATAL and death is None else []
    codes += ["outcome_open"] if grade == WORST_GRADE and outcome is None else []
    codes += ["ser_death_not_fatal"] if death and outcome not in (None, 0, FATAL) else []
    return tuple(codes)
