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

from anifro_desktop.centre.analysis.person import person
from anifro_desktop.centre.analysis.spells import Timed, timed
from anifro_desktop.centre.analysis.times import ENDPOINTS
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


# The endpoints of the report, by their names there.
CODES = {
    "ttr_lldas": ("TTRLLDAS", "Time to LLDAS"),
    "ttr_doris": ("TTRDORIS", "Time to DORIS Remission"),
    "ttr_sledai4": ("TTRSLED4", "Time to SLEDAI-2K Fall of at Least 4"),
    "ttr_clasi50": ("TTRCLA50", "Time to CLASI-50"),
    "ttr_joint50": ("TTRJNT50", "Time to Joint Response of 50 %"),
    "ttr_gc5": ("TTRGC5", "Time to Prednisone 5 mg/day or Less"),
    "first_flare": ("TTFLARE", "Time to First Flare"),
    "first_severe_flare": ("TTSEVFLR", "Time to First Severe Flare"),
    "time_to_damage": ("TTDAMAGE", "Time to First Damage Accrual"),
    "drug_retention": ("TTSTOP", "Time to Permanent Discontinuation"),
    "first_serious_infection": ("TTSERINF", "Time to First Serious Infection"),
    "first_zoster": ("TTZOSTER", "Time to First Herpes Zoster"),
}
# Of damage there is the observed one alone: what cannot be judged is passed over in all its analyses.
_READINGS = {"delayed": SETTLED, "delayed_observed": OBSERVED}


def rows(subject: Subject, study_day: Callable[[int | None], int | None]) -> Iterator[Row]:
    """The rows of one subject; none of one that is not enrolled. study_day: of whole days since enrolment."""
    someone = person(subject)
    if someone.enrolled is not True:
        return
    start = study_day(someone.exposure.day0)
    entry = someone.exposure.entry - someone.exposure.day0
    for endpoint in ENDPOINTS:
        for analysis in endpoint.analyses:
            if analysis.name in _READINGS:
                # Counted from day 0; from when somebody was at risk stands beside it.
                found = timed(someone, analysis.reading, delayed=False)
                named = (*CODES[endpoint.name], _READINGS[analysis.name])
                yield [*named, start, entry, *_said(found)]


def _said(found: Timed) -> Row:
    if found.spell is None:
        return [None, None, None, None, found.left]
    return [found.spell.exit, "DAYS", 0 if found.spell.event else 1, found.behind.key or None, None]
