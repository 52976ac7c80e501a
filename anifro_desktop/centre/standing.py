"""Where each subject stands, in one row that is written whenever something of it came: what the overview of a whole
study is made of without reading every record of it again.

A row says what `assembling` makes of everything received so far; it is written in the transaction of the bundle.
"""

from __future__ import annotations

from collections.abc import Mapping

from anifro_desktop.centre.adverse import is_serious
from anifro_desktop.centre.assembling import Subject
from anifro_desktop.centre.consent import by_consent
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.planning import enrolment_state, expected_visits, followups, served
from anifro_desktop.store.centre_rows import StandingRow

ADVERSE = "adverse_event"
_STATES = {True: 1, False: 0, None: -1}


def note_standings(centre: Centre, found: Mapping[str, Subject | None]) -> None:
    """Write down where some subjects stand, by their codes (None: nothing of it counts)."""
    known = centre.store.standings_of(found)
    rows = []
    for code, subject in found.items():
        old = known.get(code)
        if subject is not None:
            rows.append(_row(subject, dict(old.serious) if old is not None else {}, centre.now()))
        elif old is not None:
            rows.append(StandingRow(code, ""))
    centre.store.set_standings(rows, known)


def _row(subject: Subject, since: dict[str, str], now: str) -> StandingRow:
    told = by_consent([subject])
    enrolled = _STATES[enrolment_state(subject)]
    if not told.usable:
        return StandingRow(subject.code, subject.site, enrolled, excluded=True)
    (usable,) = told.usable
    counted = bool(enrolment_state(usable))
    due = set(expected_visits(usable)) & set(followups()) if counted else set[str]()
    serious = [event for event in usable.events_of(ADVERSE) if is_serious(event)]
    return StandingRow(
        subject.code,
        subject.site,
        enrolled,
        visits=sum(visit.summary is not None for visit in usable.visits),
        served=len(due & set(served(usable))) if counted else 0,
        due=len(due),
        late=tuple(key for _, key in told.late),
        serious=tuple((event.revision.id, since.get(event.revision.id, now)) for event in serious),
        unsigned=sum(not event.signed for event in serious),
    )
