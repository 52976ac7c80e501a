"""Long gaps of anifrolumab that nobody accounted for: the site is asked whether one is temporary or permanent.

Rules kept here:
- A gap runs from the last dose given, wholly or in part, or from a later start or restart. It asks once it is longer
  than the settings `anifrolumab.gap_...` say for the route of that dose; where the route is open, than the longer.
- Nothing is asked where anifrolumab was stopped or paused since, nor of whoever left the study, died, was lost or
  passed its end. Whether a gap is a stop is never decided here: the answer is an event of the form `drug_change`.
- What was typed counts, in draft too. A record that may settle the gap but is open (a dose without a date, a change
  that was only begun) neither asks wrongly nor hushes the gap: the line leads to that record.

Source: definition of drug retention of the study.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from anifro_desktop.record import Missing, Value
from anifro_desktop.study.protocol import PROTOCOL
from anifro_desktop.study.schedule import PLANNED, day_zero, window
from anifro_desktop.workflows.happened import answers_as_typed
from anifro_desktop.workflows.withdrawing import end_of

if TYPE_CHECKING:
    from anifro_desktop.store.subjects import SubjectRow
    from anifro_desktop.workflows.site import Site

FORM, DRUG = "drug_change", "dc_drug"
_DOSE, _LOST = "administration", "lost"
_FORMS = (_DOSE, FORM, _LOST)

# Codes of the lists `anifrolumab_route`, `study_drug`, `dose_given` and `drug_change`.
_IV, _SC = 1, 2
DRUGS: Mapping[int, int] = {_IV: 15, _SC: 16}
_GIVEN = (1, 2)
_BEGUN, _ENDED = (1, 6), (4, 5)
LIMITS: Mapping[int, int] = {
    _IV: int(PROTOCOL.number("anifrolumab.gap_iv_days")),
    _SC: int(PROTOCOL.number("anifrolumab.gap_sc_days")),
}

Events = Mapping[str, Mapping[str, Value]]  # answers by key


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap to account for. last: day of the last dose; days: since it. drug: code of the list `study_drug`, by the
    route of that dose, None where that is open. key: of an open record that may settle it; empty if there is none."""

    subject: str
    last: date
    days: int
    drug: int | None
    key: str = ""


def gaps(site: Site, subject: str | None = None) -> list[Gap]:
    """The gaps of the whole site, or of one patient, the longest first."""
    found = []
    told = _told(site, subject)
    people = site.clinical.subjects() if subject is None else (site.clinical.subject(subject),)
    for facts in people:
        gap = _gap(site, facts, told.get(facts.code, {}))
        if gap is not None and end_of(site, facts.code) is None:
            found.append(gap)
    return sorted(found, key=lambda one: (-one.days, one.subject))


def _told(site: Site, subject: str | None) -> dict[str, dict[str, Events]]:
    """What the events that matter say, by subject and form."""
    found: dict[str, dict[str, dict[str, Mapping[str, Value]]]] = {}
    for form in _FORMS:
        rows = site.clinical.events(subject, (site.definitions.form(form).prefix,))
        kept = site.clinical.revisions(subject, form=form) if rows else ()
        for (code, key), answers in answers_as_typed(site, rows, kept).items():
            found.setdefault(code, {}).setdefault(form, {})[key] = answers
    return {code: dict(forms) for code, forms in found.items()}


def _gap(site: Site, facts: SubjectRow, told: Mapping[str, Events]) -> Gap | None:
    doses, changes = told.get(_DOSE, {}), _of_anifrolumab(told.get(FORM, {}))
    last, route = _last_dose(doses.values())
    if last is None or facts.status != "enrolled":
        return None
    limit = LIMITS.get(route, max(LIMITS.values()))
    since = max([last, *_days(changes.values(), _BEGUN)])
    days = (site.today() - since).days
    if days <= limit or _ended(changes.values(), since) or _over(facts, told.get(_LOST, {}), last, limit):
        return None
    return Gap(
        facts.code, last, (site.today() - last).days, DRUGS.get(route), _open_record(doses, changes, since)
    )


def _of_anifrolumab(changes: Events) -> Events:
    return {key: event for key, event in changes.items() if event.get(DRUG) in DRUGS.values()}


def _last_dose(doses: Iterable[Mapping[str, Value]]) -> tuple[date | None, int]:
    """The day of the last dose that was given, and its route; 0 where that is open."""
    given = [event for event in doses if event.get("ad_given") in _GIVEN]
    days = [day for event in given if isinstance(day := event.get("ad_date"), date)]
    last = max(days, default=None)
    routes = {event.get("ad_route") for event in given if event.get("ad_date") == last}
    route = routes.pop() if len(routes) == 1 else None
    return last, route if type(route) is int else 0


def _days(changes: Iterable[Mapping[str, Value]], what: tuple[int, ...]) -> list[date]:
    return [
        day
        for event in changes
        if event.get("dc_what") in what and isinstance(day := event.get("dc_date"), date)
    ]


def _ended(changes: Iterable[Mapping[str, Value]], since: date) -> bool:
    """Whether a stop or pause was recorded on that day or later, or on a day that the site does not know."""
    for event in changes:
        day = event.get("dc_date")
        if event.get("dc_what") in _ENDED and (
            isinstance(day, Missing) or (isinstance(day, date) and day >= since)
        ):
            return True
    return False


def _over(facts: SubjectRow, lost: Events, last: date, limit: int) -> bool:
    """Whether follow-up was over: lost and not treated since, or past the last visit before the gap grew too long."""
    contacts = [event.get("lo_last_contact") for event in lost.values()]
    if any(not isinstance(day, date) or day >= last for day in contacts):
        return True
    day0 = day_zero(facts.first_dose, facts.enrolled)
    return day0 is not None and (window(day0, PLANNED[-1].key).closes - last).days <= limit


def _open_record(doses: Events, changes: Events, since: date) -> str:
    """The key of a record that would settle the gap once it is finished, a dose before a change."""
    for key, event in sorted(doses.items()):
        given, day = event.get("ad_given"), event.get("ad_date")
        if isinstance(day, date):
            settles = type(given) is not int and day > since
        else:
            settles = type(given) is not int or given in _GIVEN
        if settles:
            return key
    for key, event in sorted(changes.items()):
        what, day = event.get("dc_what"), event.get("dc_date")
        if type(what) is not int or (what in (*_BEGUN, *_ENDED) and day is None):
            return key
    return ""
