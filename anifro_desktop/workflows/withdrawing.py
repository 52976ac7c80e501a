"""The end of a subject's study: withdrawal of consent, or death. What came before stays, nothing after it is kept.

Rules kept here:
- The end is the date of a completed `withdrawal` or `death` event; the earlier of two counts. It stands while that
  event is amended, and is gone when the event is declared a mistake.
- Nothing dated after the end is begun or completed. A date known to its month or year is after it only if all its days
  are.
- The event itself is completed only when nothing later stands in the record: each such entry is named, to be declared a
  mistake or dated anew first.
- Loss to follow-up and a new consent end nothing.

Source: Regulation (EU) 2016/679, art. 7 and 17.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from anifro_desktop.forms.model import Definitions
from anifro_desktop.forms.naming import entry_name
from anifro_desktop.forms.session import VisitSession
from anifro_desktop.forms.spans import first_day
from anifro_desktop.forms.types import from_json
from anifro_desktop.study.visit_keys import ENROLMENT, is_event, is_visit
from anifro_desktop.workflows.desk import DONE
from anifro_desktop.workflows.errors import DateRefused, LaterEntries, SubjectJoined
from anifro_desktop.workflows.packs import pack_of

if TYPE_CHECKING:
    from anifro_desktop.store.subjects import VisitRow
    from anifro_desktop.workflows.site import Site

ENDINGS: Mapping[str, str] = {"withdrawal": "withdrawn", "death": "dead"}
OUTCOMES: Mapping[int, str] = {1: "enrolled", 2: "screening_failure"}
JOINED = "joined"


@dataclass(frozen=True, slots=True)
class End:
    """When a subject's study ended. status: `withdrawn` or `dead`; key: of the event that says so."""

    status: str
    on: date
    key: str


def end_of(site: Site, subject: str) -> End | None:
    """The end of a subject's study, if it has come."""
    return end_among(site, site.clinical.events(subject, _prefixes(site)))


def end_among(site: Site, rows: Iterable[VisitRow]) -> End | None:
    """The end that some events of one subject tell of."""
    ends = [
        End(ENDINGS[form], row.date, row.key)
        for row in rows
        if row.state in DONE and row.date is not None
        if (form := site.definitions.event_form(row.key).id) in ENDINGS
    ]
    return min(ends, key=lambda end: (end.on, end.status), default=None)


def check_day(site: Site, subject: str, on: date | None, *, but: str = "") -> None:
    """See whether something of that day may be in the record; `but` is the key of an event to look past.

    Raises:
        DateRefused: it lies after the end. SubjectJoined: the subject goes on under another code.
    """
    kept = goes_on_as(site, subject)
    if kept:
        raise SubjectJoined(kept)
    rows = site.clinical.events(subject, _prefixes(site))
    end = end_among(site, (row for row in rows if row.key != but))
    if end is not None and on is not None and on > end.on:
        raise DateRefused(end.status)


def check_completing(site: Site, row: VisitRow, on: date | None) -> None:
    """See whether an entry of that day may be completed.

    Raises:
        DateRefused: it lies after the end. LaterEntries: it is the end, and something lies after it. SubjectJoined.
    """
    check_day(site, row.subject, on, but=row.key)
    if is_ending(site, row.key) and on is not None:
        later = [item.key for item in site.clinical.entries(row.subject) if _after(site, item, on)]
        if later := [key for key in later if key != row.key]:
            raise LaterEntries(later, [entry_name(site.definitions, key) for key in later])


def _prefixes(site: Site) -> tuple[str, ...]:
    """Of the keys of events that end the study."""
    return tuple(site.definitions.form(form).prefix for form in ENDINGS)


def settle(site: Site, subject: str) -> None:
    """Bring the subject's status in line with its events and its enrolment."""
    forms = site.clinical.revisions(subject, ENROLMENT, "enrolment")
    outcome = forms[0].values.get("screening_outcome") if forms else None
    site.clinical.update_subject(subject, status=status_of(site, subject, outcome))


def status_of(site: Site, subject: str, outcome: object) -> str:
    """The status of a subject whose enrolment came out so."""
    end = end_of(site, subject)
    if end is not None:
        return end.status
    return OUTCOMES.get(outcome, "screening") if isinstance(outcome, int) else "screening"


def is_ending(site: Site, key: str) -> bool:
    """Whether a key is of an event that ends the study for its subject."""
    return is_event(key) and site.definitions.event_form(key).id in ENDINGS


def goes_on_as(site: Site, subject: str) -> str:
    """The code under which a joined subject goes on; empty for any other."""
    return str(site.clinical.setting(joined_key(subject), ""))


def joined_key(subject: str) -> str:
    """The setting that keeps it."""
    return f"{JOINED}/{subject}"


def dated(site: Site, row: VisitRow) -> date | None:
    """The first day that an entry can be of, as it was typed last; None for what has no date."""
    pack = pack_of(site, row.pack)
    name = date_field(pack, row.key)
    if row.state in DONE or not name:
        return row.date
    typed = next((item.value_json for item in site.clinical.draft(row.id) if item.field == name), None)
    return row.date if typed is None else first_day(from_json(pack.fields[name], typed))


def session_day(key: str, session: VisitSession) -> date | None:
    """The first day that the session of an entry can be of; None for what has no date."""
    return first_day(session.answers.get(date_field(session.definitions, key)))


def date_field(definitions: Definitions, key: str) -> str:
    """The field that dates a visit or an event; empty for the forms of the subject."""
    if is_visit(key):
        return "visit_date"
    return definitions.event_form(key).dated if is_event(key) else ""


def _after(site: Site, row: VisitRow, end: date) -> bool:
    on = dated(site, row)
    return on is not None and on > end
