"""The rows of `ADTTE`: for everybody enrolled the time to each event, as the report analyses it.

Rules kept here:
- Times run from day 0, the first dose, in days; `CNSR` is 0 for an event and 1 for a censored time.
- Whoever was on the drug already was at risk from enrolment on only: `ENTRY` is the day from which on. An analysis with
  delayed entry takes those whose `AVAL` is above it; one from day 0 passes it over.
- There are two readings of each, the settled and the observed one (`spells`). Whoever is in no analysis has a row too,
  with the reason in place of a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from anifro_desktop.centre.analysis import spells
from anifro_desktop.centre.analysis.person import person
from anifro_desktop.centre.analysis.spells import Reading, Timed
from anifro_desktop.centre.assembling import Subject

COLUMNS = (
    ("PARAMCD", "Parameter Code", "string"),
    ("PARAM", "Parameter", "string"),
    ("READING", "Reading (Sponsor-Defined)", "string"),
    ("STARTDY", "Study Day of Time Zero (Day 0)", "integer"),
    ("ENTRY", "At Risk from (Days from Day 0)", "integer"),
    ("AVAL", "Analysis Value", "float"),
    ("AVALU", "Analysis Value Unit", "string"),
    ("CNSR", "Censor", "integer"),
    ("EVNTKEY", "Visit or Event That Tells of It (Key)", "string"),
    ("EXCLREAS", "Reason for Being in No Analysis", "string"),
)
SETTLED, OBSERVED = "SETTLED", "OBSERVED"
Row = list[str | int | float | None]


@dataclass(frozen=True, slots=True)
class Time:
    """A time to an event. reading: of whether it is the observed one."""

    code: str
    label: str
    reading: Callable[[bool], Reading]


def _response(rule: str) -> Callable[[bool], Reading]:
    return lambda observed: spells.response(rule, observed)


TIMES = (
    Time("TTRLLDAS", "Time to LLDAS", _response("ttr_lldas")),
    Time("TTRDORIS", "Time to DORIS Remission", _response("ttr_doris")),
    Time("TTRSLED4", "Time to SLEDAI-2K Fall of at Least 4", _response("ttr_sledai4")),
    Time("TTRCLA50", "Time to CLASI-50", _response("ttr_clasi50")),
    Time("TTRJNT50", "Time to Joint Response of 50 %", _response("ttr_joint50")),
    Time("TTRGC5", "Time to Prednisone 5 mg/day or Less", _response("ttr_gc5")),
    Time("TTFLARE", "Time to First Flare", lambda observed: spells.flare(spells.ANY_FLARE, observed)),
    Time(
        "TTSEVFLR", "Time to First Severe Flare", lambda observed: spells.flare(spells.SEVERE_FLARE, observed)
    ),
    Time("TTSTOP", "Time to Permanent Discontinuation", spells.kept),
    Time(
        "TTSERINF", "Time to First Serious Infection", lambda observed: spells.adverse("infection", observed)
    ),
    Time("TTZOSTER", "Time to First Herpes Zoster", lambda observed: spells.adverse("zoster", observed)),
)
# What cannot be judged is passed over in all analyses of damage: there is no settled reading.
DAMAGE = Time("TTDAMAGE", "Time to First Damage Accrual", lambda observed: spells.damage)


def rows(subject: Subject, study_day: Callable[[int | None], int | None]) -> Iterator[Row]:
    """The rows of one subject; none of one that is not enrolled. study_day: of whole days since enrolment."""
    someone = person(subject)
    if someone.enrolled is not True:
        return
    start = study_day(someone.exposure.day0)
    readings = [(one, reading) for one in TIMES for reading in (SETTLED, OBSERVED)]
    for time, name in [*readings, (DAMAGE, OBSERVED)]:
        # Counted from day 0; from when somebody was at risk stands beside it.
        found = spells.timed(someone, time.reading(name == OBSERVED), delayed=False)
        entry = someone.exposure.entry - someone.exposure.day0
        yield [time.code, time.label, name, start, entry, *_said(found)]


def _said(found: Timed) -> Row:
    if found.spell is None:
        return [None, None, None, None, found.left]
    return [found.spell.exit, "DAYS", 0 if found.spell.event else 1, found.behind.key or None, None]
