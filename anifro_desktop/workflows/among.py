"""What an event or a visit is held against so that it can be true: the facts of `forms.among`, read from the store.

Rules kept here:
- An event in draft counts as it stands, as everywhere (see `happened`). A visit counts once it was completed: until
  then its date is only where somebody began to type.
- Each form is told only what its checks ask, since a patient has events by the hundred.
- The first dose that no other may precede is the one that the enrolment states. What the events tell moves with them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from anifro_desktop.forms.among import AMONG, Adverse, Among, Dose, Turn
from anifro_desktop.forms.spans import span
from anifro_desktop.record import Missing, Value
from anifro_desktop.study.schedule import all_windows, day_zero, select
from anifro_desktop.study.visit_keys import ENROLMENT, event_number, is_event, is_visit
from anifro_desktop.workflows.happened import answers_as_typed
from anifro_desktop.workflows.missed import CODES
from anifro_desktop.workflows.packs import answers_of

if TYPE_CHECKING:
    from anifro_desktop.store.subjects import VisitRow
    from anifro_desktop.workflows.site import Site

Event = Mapping[str, Value]
DONE = ("complete", "signed", "amending")

# Codes of the lists `dose_given`, `study_drug`, `drug_change`, `permanence`, `ae_outcome`.
_GIVEN, _ANIFROLUMAB = (1, 2), (15, 16)
_STARTED, _STOPPED, _RESTARTED, _FOR_GOOD = 1, 4, 6, 2
_FATAL, _OUTCOME_UNKNOWN = 5, 0


def facts_among(site: Site, row: VisitRow, events: Mapping[str, Event]) -> dict[str, Any]:
    """The facts that the checks of a visit or an event ask for. events: answers by key, needed for a visit."""
    if is_visit(row.key):
        return {"ended_fatally": _ended_fatally(site, events)}
    told = _TOLD.get(site.definitions.event_form(row.key).id) if is_event(row.key) else None
    return {} if told is None else told(site, row)


def _ended_fatally(site: Site, events: Mapping[str, Event]) -> date | None:
    """The last day on which an adverse event with a fatal outcome can have ended; the earliest of several."""
    prefix = site.definitions.form("adverse_event").prefix
    causes = [_adverse(event) for key, event in events.items() if key.startswith(f"{prefix}-")]
    return min((cause.ended[1] for cause in causes if cause.fatal and cause.ended is not None), default=None)


def _of_dose(site: Site, row: VisitRow) -> dict[str, Any]:
    given = _doses(site, row.subject, row.key)
    doses = tuple(Dose(on, _code(event, "ad_route")) for on, event in given)
    turns = (_turn(event) for event in _events(site, row.subject, "drug_change").values())
    rest = Among(doses, tuple(turn for turn in turns if turn is not None), _numbers(site, row))
    return {AMONG: rest, "first_dose_said": first_dose_said(site, row.subject)}


def _of_number(site: Site, row: VisitRow) -> dict[str, Any]:
    return {AMONG: Among(adverse=_numbers(site, row))}


def _of_death(site: Site, row: VisitRow) -> dict[str, Any]:
    found = _events(site, row.subject, "adverse_event")
    return {AMONG: Among(adverse={event_number(key): _adverse(event) for key, event in found.items()})}


def _of_adverse_event(site: Site, row: VisitRow) -> dict[str, Any]:
    deaths = _events(site, row.subject, "death").values()
    dated = [on for event in deaths if (on := _day(event, "de_date")) is not None]
    return {"n_deaths": len(deaths), "died": min(dated, default=None)}


def _of_missed_visit(site: Site, row: VisitRow) -> dict[str, Any]:
    facts = site.clinical.subject(row.subject)
    day0 = day_zero(facts.first_dose, facts.enrolled)
    if day0 is None:
        return {}
    seen, spans = _seen(site, row.subject), all_windows(day0)
    made = frozenset(CODES[key] for key, on in seen if key in spans and spans[key].holds(on))
    return {AMONG: Among(made=made, served=frozenset(CODES[key] for key in select(seen, spans)))}


def _of_loss(site: Site, row: VisitRow) -> dict[str, Any]:
    seen = [on for _, on in _seen(site, row.subject)]
    seen += [on for on, _ in _doses(site, row.subject)]
    return {"last_seen": max(seen, default=None)}


_TOLD: Mapping[str, Callable[[Site, VisitRow], dict[str, Any]]] = {
    "administration": _of_dose,
    "drug_change": _of_number,
    "hospitalisation": _of_number,
    "pregnancy": _of_number,
    "death": _of_death,
    "adverse_event": _of_adverse_event,
    "missed_visit": _of_missed_visit,
    "lost": _of_loss,
}


def _events(site: Site, subject: str, form: str) -> dict[str, dict[str, Value]]:
    """The answers of a subject's events of one form, by key."""
    rows = site.clinical.events(subject, (site.definitions.form(form).prefix,))
    found = answers_as_typed(site, rows, site.clinical.revisions(subject, form=form)) if rows else {}
    return {key: answers for (_, key), answers in found.items()}


def _doses(site: Site, subject: str, but: str = "") -> list[tuple[date, Event]]:
    """The doses that were given, with their days; `but` is the key of one to leave out."""
    return [
        (on, event)
        for key, event in _events(site, subject, "administration").items()
        if key != but and _code(event, "ad_given") in _GIVEN and (on := _day(event, "ad_date")) is not None
    ]


def _seen(site: Site, subject: str) -> list[tuple[str, date]]:
    """The visits that were completed, with their days."""
    rows = site.clinical.visits(subject)
    return [(row.key, row.date) for row in rows if row.date and is_visit(row.key) and row.state in DONE]


def _numbers(site: Site, row: VisitRow) -> dict[int, Adverse]:
    """The adverse events that there are, by number; what they say is not read."""
    prefix = site.definitions.form("adverse_event").prefix
    return {event_number(key): Adverse() for key in site.clinical.event_keys(row.subject, prefix)}


def first_dose_said(site: Site, subject: str) -> date | None:
    """The first dose as the completed enrolment states it."""
    forms = site.clinical.revisions(subject, ENROLMENT, "enrolment")
    answers, _ = answers_of(site, site.definitions, forms)
    return _day(answers, "first_dose_date")


def _turn(event: Event) -> Turn | None:
    """A change of treatment that stops anifrolumab for good or begins it again, if it is one."""
    on, what = _day(event, "dc_date"), _code(event, "dc_what")
    if on is None or _code(event, "dc_drug") not in _ANIFROLUMAB:
        return None
    if what in (_STARTED, _RESTARTED):
        return Turn(on, stopped=False)
    for_good = what == _STOPPED and _code(event, "dc_permanence") == _FOR_GOOD
    return Turn(on, stopped=True) if for_good else None


def _adverse(event: Event) -> Adverse:
    outcome, ended = _code(event, "outcome"), event.get("ae_end")
    fatal = None if outcome in (None, _OUTCOME_UNKNOWN) else outcome == _FATAL
    if isinstance(ended, Missing) or not isinstance(ended, date | str):
        return Adverse(fatal)
    return Adverse(fatal, span(ended))


def _code(event: Event, field: str) -> int | None:
    value = event.get(field)
    return value if type(value) is int else None


def _day(event: Event, field: str) -> date | None:
    value = event.get(field)
    return value if isinstance(value, date) else None
