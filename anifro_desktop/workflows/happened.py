"""What happened to a subject between visits, read from its events: their answers, and counts for `forms.facts`.

Rules kept here:
- An event in draft counts as it stands: it was typed, and a count only suggests; the clinician's answer at the visit is
  what scores read.
- A count is unknown while an event that may belong to it has an open answer that would tell, and, where it counts since
  the visit before, while there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from anifro_desktop.forms.facts import COUNTS
from anifro_desktop.forms.model import Definitions
from anifro_desktop.forms.spans import span
from anifro_desktop.forms.state import PastVisit
from anifro_desktop.forms.types import from_json
from anifro_desktop.record import Json, Missing, Revision, Value
from anifro_desktop.scores.model import Tri, both
from anifro_desktop.study.protocol import PROTOCOL
from anifro_desktop.study.visit_keys import is_visit
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
_STARTED, _RAISED, _RESTARTED = 1, 2, 6
_FOR_ACTIVITY, _FOR_FLARE, _NOT_GIVEN = 1, 2, 0


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


def facts_for(site: Site, row: VisitRow, previous: PastVisit | None) -> dict[str, int | None]:
    """The counts that a visit's conditions may read; none for what is no visit."""
    if not is_visit(row.key):
        return {}
    by_form: dict[str, list[Event]] = {}
    for key, answers in event_answers(site, row.subject).items():
        by_form.setdefault(site.definitions.event_form(key).id, []).append(answers)
    return counts(by_form, row.date or site.today(), None if previous is None else previous.date)


def counts(events: Mapping[str, Iterable[Event]], on: date, since: date | None) -> dict[str, int | None]:
    """The facts of `forms.facts.COUNTS`.

    Args:
        events: answers of each event, by form.
        on: the day of the visit. since: the day of the visit before, or None.
    """
    pulses, changes = list(events.get("gc_pulse", ())), list(events.get("drug_change", ()))

    def since_last(field: str) -> Callable[[Event], Tri]:
        return lambda event: None if since is None else _within(event, field, since, on)

    def pulse(event: Event) -> Tri:
        return _is(event, "gcp_reason", (_FOR_ACTIVITY,))

    def begun(event: Event, drugs: tuple[int, ...], *what: int) -> Tri:
        return both(_is(event, "dc_drug", drugs), _is(event, "dc_what", what))

    changed, for_activity = since_last("dc_date"), "dc_for_activity"
    raisable = (*_IMMUNOSUPPRESSANTS, *_BIOLOGICS, *_ANIFROLUMAB)
    found = {
        "n_pulse_30d": _count(pulses, lambda e: both(pulse(e), _within(e, "gcp_date", on - PULSE_DAYS, on))),
        "n_pulse_since": _count(pulses, lambda e: both(pulse(e), since_last("gcp_date")(e))),
        "n_hosp_sle_since": _count(
            events.get("hospitalisation", ()),
            lambda e: both(_is(e, "hosp_reason", (_FOR_FLARE,)), since_last("hs_admission")(e)),
        ),
        "n_ae_since": _count(events.get("adverse_event", ()), since_last("ae_start")),
        "n_is_new_since": _count(
            changes,
            lambda e: both(begun(e, _IMMUNOSUPPRESSANTS, _STARTED), _is(e, for_activity, (1,)), changed(e)),
        ),
        "n_drug_raised_30d": _count(
            changes,
            lambda e: both(
                begun(e, raisable, _STARTED, _RAISED, _RESTARTED),
                _within(e, "dc_date", on - STABLE_DAYS, on),
            ),
        ),
        "n_hcq_nsaid_since": _count(
            changes,
            lambda e: both(
                begun(e, (*_ANTIMALARIALS, *_NSAID), _STARTED), _is(e, for_activity, (1,)), changed(e)
            ),
        ),
        "n_biologic_new_since": _count(
            changes, lambda e: both(begun(e, _BIOLOGICS, _STARTED), _is(e, for_activity, (1,)), changed(e))
        ),
        "n_anifro_since": _count(
            events.get("administration", ()),
            lambda e: both(_given(e), since_last("ad_date")(e)),
        ),
    }
    return {name: None if since is None and name.endswith("_since") else found[name] for name in COUNTS}


def _count(events: Iterable[Event], test: Callable[[Event], Tri]) -> int | None:
    """How many events pass; unknown while one of them may, and none does for certain."""
    found = [test(event) for event in events]
    certain = found.count(True)
    return None if certain == 0 and None in found else certain


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
