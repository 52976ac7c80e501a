"""What happened to a subject between visits, read from its events: their answers, and counts for `forms.facts`.

Rules kept here:
- An event in draft counts as it stands: it was typed, and a count only suggests; the clinician's answer at the visit is
  what scores read.
- A count is unknown while an event that may belong to it has an open answer that would tell, and, where it counts since
  the visit before, while there is none.
- What happened on the day of the visit before counts again, as it may have come after it; but a dose of anifrolumab and
  a change of treatment of that day were its own, for they are given and decided at visits.
- A series of pulses counts while any of its days does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from anifro_desktop.forms.facts import COUNTS
from anifro_desktop.forms.model import Definitions
from anifro_desktop.forms.spans import span
from anifro_desktop.forms.state import PastVisit
from anifro_desktop.forms.types import from_json
from anifro_desktop.record import Json, Missing, Revision, Value
from anifro_desktop.scores.model import Tri, both, either, negated
from anifro_desktop.study.protocol import PROTOCOL
from anifro_desktop.study.visit_keys import is_visit
from anifro_desktop.workflows.arrival import arrival
from anifro_desktop.workflows.packs import answers_of, pack_of

if TYPE_CHECKING:
    from anifro_desktop.store.subjects import VisitRow
    from anifro_desktop.workflows.site import Site

Event = Mapping[str, Value]
STABLE_DAYS = timedelta(days=PROTOCOL.number("doris.stable_days"))
PULSE_DAYS = timedelta(days=PROTOCOL.number("glucocorticoid.pulse_days"))

# Codes of the lists `study_drug`, `drug_change`, `gc_pulse_reason`, `hosp_reason`, `dose_given`.
_ANTIMALARIALS, _IMMUNOSUPPRESSANTS, _BIOLOGICS = (1, 2, 3), (4, 5, 6, 7, 8, 9, 10, 11, 12), (13, 14, 17, 18)
_ANIFROLUMAB, _NSAID = (15, 16), (20,)
_RAISABLE = (*_IMMUNOSUPPRESSANTS, *_BIOLOGICS, *_ANIFROLUMAB)
_STARTED, _RAISED, _RESTARTED = 1, 2, 6
_FOR_ACTIVITY, _FOR_FLARE, _NOT_GIVEN, _IN_PART, _NO_CHANGE = 1, 2, 0, 2, 4
# Immunosuppressants that the flare index asks about one by one.
_NEW = {"cyclophosphamide": (12,), "azathioprine": (5,), "methotrexate": (4,), "mycophenolate": (6, 7)}
_LONGEST_SERIES = 14  # days of one record of pulses, the limit of its field


def event_answers(site: Site, subject: str) -> dict[str, dict[str, Value]]:
    """The answers of each event of a subject by its key: what is in draft over what was completed."""
    rows = site.clinical.events(subject)
    found = answers_as_typed(site, rows, site.clinical.revisions(subject) if rows else ())
    return {key: answers for (_, key), answers in found.items()}


def answers_as_typed(
    site: Site, rows: Iterable[VisitRow], revisions: Iterable[Revision]
) -> dict[tuple[str, str], dict[str, Value]]:
    """The answers of some events by subject and key: what is in draft over what was completed."""
    rows = tuple(rows)
    found: dict[tuple[str, str], dict[str, Value]] = {(row.subject, row.key): {} for row in rows}
    for revision in revisions:
        if (place := (revision.subject, revision.visit)) in found:
            found[place], _ = answers_of(site, site.definitions, (revision,))
    for row in rows:
        for entry in site.clinical.draft(row.id) if row.state in ("draft", "amending") else ():
            _lay_over(found[row.subject, row.key], entry.field, entry.value_json, pack_of(site, row.pack))
    return found


def answers_of_form(site: Site, subject: str, form: str) -> list[dict[str, Value]]:
    """The answers of a subject's events of one form; the other events are not read."""
    prefix = site.definitions.form(form).prefix
    rows = site.clinical.events(subject, (prefix,))
    found = answers_as_typed(site, rows, site.clinical.revisions(subject, form=form)) if rows else {}
    return list(found.values())


def last_dose(site: Site, subject: str) -> date | None:
    """The day of the last anifrolumab dose that was given, as far as the events tell."""
    days = [
        answers.get("ad_date")
        for answers in answers_of_form(site, subject, "administration")
        if _given(answers)
    ]
    return max((day for day in days if isinstance(day, date)), default=None)


def facts_for(
    site: Site, row: VisitRow, previous: PastVisit | None, events: Mapping[str, Event]
) -> dict[str, int | Decimal | None]:
    """What a visit's conditions may read of events; nothing for what is no visit. events: answers by key."""
    if not is_visit(row.key):
        return {}
    by_form: dict[str, list[Event]] = {}
    for key, answers in events.items():
        by_form.setdefault(site.definitions.event_form(key).id, []).append(answers)
    first_dose = site.clinical.subject(row.subject).first_dose
    since = None if previous is None else previous.date
    return facts_at(by_form, row.date or site.today(), since, first_dose)


def facts_at(
    events: Mapping[str, Iterable[Event]], on: date, since: date | None, first_dose: date | None
) -> dict[str, int | Decimal | None]:
    """All facts of `forms.facts` that events tell; arguments as for `counts`."""
    return {**counts(events, on, since, first_dose), **arrival(events, on)}


def counts(
    events: Mapping[str, Iterable[Event]], on: date, since: date | None, first_dose: date | None = None
) -> dict[str, int | None]:
    """The facts of `forms.facts.COUNTS`.

    Args:
        events: answers of each event, by form.
        on: the day of the visit. since: the day of the visit before, or None.
        first_dose: the day of the first anifrolumab dose as the enrolment has it; else the first dose recorded.
    """
    pulses, changes = list(events.get("gc_pulse", ())), list(events.get("drug_change", ()))
    doses, courses = list(events.get("administration", ())), list(events.get("gc_course", ()))
    begin = on if since is None else since  # without a visit before, no count since then is given
    later = begin + timedelta(days=1)

    def since_last(field: str) -> Callable[[Event], Tri]:
        return lambda event: _within(event, field, begin, on)

    def new(event: Event, drugs: tuple[int, ...]) -> Tri:
        what = both(_is(event, "dc_drug", drugs), _is(event, "dc_what", (_STARTED,)))
        return both(what, _is(event, "dc_for_activity", (1,)), _within(event, "dc_date", begin, on))

    def raised(event: Event) -> Tri:
        what = both(_is(event, "dc_drug", _RAISABLE), _is(event, "dc_what", (_STARTED, _RAISED, _RESTARTED)))
        return both(what, _within(event, "dc_date", on - STABLE_DAYS, on))

    found = {
        "n_pulse_30d": _count(pulses, lambda e: _pulse_within(e, on - PULSE_DAYS, on)),
        "n_pulse_since": _count(pulses, lambda e: _pulse_within(e, begin, on)),
        "n_hosp_sle_since": _count(
            events.get("hospitalisation", ()),
            lambda e: both(_is(e, "hosp_reason", (_FOR_FLARE,)), since_last("hs_admission")(e)),
        ),
        "n_hosp_since": _count(events.get("hospitalisation", ()), since_last("hs_admission")),
        "n_ae_since": _count(events.get("adverse_event", ()), since_last("ae_start")),
        "n_is_new_since": _count(changes, lambda e: new(e, _IMMUNOSUPPRESSANTS)),
        "n_drug_raised_30d": _count(changes, raised),
        "n_first_dose_30d": _first_dose_within(doses, first_dose, on),
        "n_hcq_nsaid_since": _count(changes, lambda e: new(e, (*_ANTIMALARIALS, *_NSAID))),
        "n_biologic_new_since": _count(changes, lambda e: new(e, _BIOLOGICS)),
        "n_change_since": _sum(
            _count(changes, lambda e: _within(e, "dc_date", later, on)),
            _count(courses, lambda e: _course_changed(e, later, on)),
        ),
        "n_dose_missed_since": _count(doses, lambda e: both(_off_plan(e), _within(e, "ad_date", later, on))),
        "n_vaccine_since": _count(events.get("vaccination", ()), since_last("vx_date")),
        "n_pregnancy_since": _count(
            events.get("pregnancy", ()),
            lambda e: either(since_last("pr_known")(e), since_last("pr_outcome_date")(e)),
        ),
    }
    for drug, codes in _NEW.items():
        found[f"n_new_{drug}_since"] = _count(changes, partial(new, drugs=codes))
    return {name: None if since is None and name.endswith("_since") else found[name] for name in COUNTS}


def _count(events: Iterable[Event], test: Callable[[Event], Tri]) -> int | None:
    """How many events pass; unknown while one of them may, and none does for certain."""
    found = [test(event) for event in events]
    certain = found.count(True)
    return None if certain == 0 and None in found else certain


def _sum(*found: int | None) -> int | None:
    """Counts together; unknown while one of them is and the others are 0."""
    known = sum(one for one in found if one is not None)
    return None if known == 0 and None in found else known


def _pulse_within(event: Event, first: date, last: date) -> Tri:
    """Whether a pulse for activity has a day from `first` to `last`; its number of days may be open."""
    return both(_is(event, "gcp_reason", (_FOR_ACTIVITY,)), _series_within(event, first, last))


def _series_within(event: Event, first: date, last: date) -> Tri:
    begins = _within(event, "gcp_date", first, last)
    if begins is not False:
        return begins
    number = event.get("gcp_days")
    most = number if type(number) is int else _LONGEST_SERIES
    reaches = _within(event, "gcp_date", first - timedelta(days=most - 1), last)
    return reaches if type(number) is int or reaches is False else None


def _first_dose_within(doses: Iterable[Event], first_dose: date | None, on: date) -> int | None:
    """1 if anifrolumab was first given in the days before the visit that stable treatment looks back on; a first dose
    on the day of the visit itself comes after it. Unknown without a first dose."""
    given = [event.get("ad_date") for event in doses if _given(event)]
    first = first_dose or min((day for day in given if isinstance(day, date)), default=None)
    return None if first is None else int(on - STABLE_DAYS <= first < on)


def _off_plan(event: Event) -> Tri:
    """Whether a dose was not given, given in part, or given on another day than planned."""
    planned, given = event.get("ad_planned"), event.get("ad_date")
    moved = isinstance(planned, date) and isinstance(given, date) and planned != given
    return True if moved else _is(event, "ad_given", (_NOT_GIVEN, _IN_PART))


def _course_changed(event: Event, first: date, last: date) -> Tri:
    """Whether a course of glucocorticoid began, other than as the first on record, or ended in some days."""
    why = _is(event, "gcc_why", (_NO_CHANGE,))
    began = both(_within(event, "gcc_start", first, last), negated(why))
    if event.get("gcc_ongoing") == 1:
        return began
    return either(began, _within(event, "gcc_stop", first, last))


def _is(event: Event, field: str, codes: tuple[int, ...]) -> Tri:
    value = event.get(field)
    return value in codes if type(value) is int else None


def _given(event: Event) -> Tri:
    value = event.get("ad_given")
    return value != _NOT_GIVEN if type(value) is int else None


def _within(event: Event, field: str, first: date, last: date) -> Tri:
    """Whether a date, as far as it is known, lies from `first` to `last`, both included."""
    value = event.get(field)
    if isinstance(value, Missing) or not isinstance(value, date | str):
        return None
    begin, end = span(value)
    if end < first or begin > last:
        return False
    return True if first <= begin and end <= last else None


def _lay_over(answers: dict[str, Value], name: str, value: Json, own: Definitions) -> None:
    """Put an answer in draft over what was completed. own: the pack that the draft is filled under."""
    now = own.names.get(name, name)
    if value is None:
        answers.pop(now, None)
    elif name in own.fields:
        answers[now] = from_json(own.fields[name], value)
