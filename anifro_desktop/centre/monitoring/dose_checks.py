"""A dose of anifrolumab that was due, and of which nothing is recorded: neither that it was given nor that it was not.

Rules kept here:
- After a recorded dose the next is due when the interval prescribed there is over; where none is named, that of its
  route (settings `anifrolumab.regimen_...`). Something is missing only where the dose after that was due too: a dose
  that is late is no missing one.
- A record of a skipped dose is a record. So is a stop or pause in between, or a change whose drug, kind or day is open.
- After the last record, time counts up to the last visit at which the drug is said to be taken.
- While a dose has no day it may be any of them, and nothing is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from anifro_desktop.centre.assembling import Event, Subject
from anifro_desktop.centre.exposure import ANIFROLUMAB
from anifro_desktop.centre.monitoring.finding import YES, Finding, Found, code
from anifro_desktop.forms.among import REGIMENS

RULE, FORM = "dose_due_unrecorded", "administration"
_ON = ("on_anifrolumab_iv", "on_anifrolumab_sc")
_RAISED, _REDUCED = 2, 3  # codes of `drug_change` that let a course go on


def due_unrecorded(subject: Subject) -> Found:
    """Each recorded dose after which others were due and none is recorded."""
    doses = subject.events_of(FORM)
    days = sorted((dose.day, dose.key) for dose in doses if dose.day is not None)
    if not doses or len(days) < len(doses):
        return
    by_key = {dose.key: dose for dose in doses}
    ends = [(now, then[0]) for now, then in pairwise(days)]
    if (seen := _last_taken(subject)) is not None:
        ends.append((days[-1], seen))
    for (day, key), end in ends:
        interval = _interval(by_key[key])
        if interval is not None and end - day >= 2 * interval and not any(_may_explain(subject, day, end)):
            told = {"days": end - day, "interval": interval}
            yield Finding(RULE, key, FORM, "ad_date", (day, end, interval), told)


def _interval(dose: Event) -> int | None:
    """Days from a dose to the next."""
    said = code(dose.answers, "ad_interval_days")
    if said is not None:
        return said
    regimen = REGIMENS.get(code(dose.answers, "ad_route"))
    return None if regimen is None else regimen["interval_days"]


def _last_taken(subject: Subject) -> int | None:
    """The day of the last visit at which the drug is said to be taken."""
    taken = (one for one in subject.visits if any(code(one.answers, name) == YES for name in _ON))
    return max((one.day for one in taken if one.day is not None), default=None)


def _may_explain(subject: Subject, start: int, end: int) -> Iterator[bool]:
    """Of each change of treatment whether it may be why nothing was given on these days."""
    for event in subject.events_of("drug_change"):
        drug, what = code(event.answers, "dc_drug"), code(event.answers, "dc_what")
        if drug in (None, *ANIFROLUMAB) and what not in (_RAISED, _REDUCED):
            yield event.day is None or start <= event.day <= end


CHECKS = (due_unrecorded,)
