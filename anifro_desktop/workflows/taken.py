"""What the sum of glucocorticoid at a visit is made from: its subject's courses, pulses and other visits' doses.

An event in draft counts as it stands, like every count of events (see `happened`); of the other visits only those that
were completed say anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from anifro_desktop.forms.cumulative import FORMS, Arrival, Event, Taken
from anifro_desktop.record import Value
from anifro_desktop.study.visit_keys import is_visit

if TYPE_CHECKING:
    from anifro_desktop.store.subjects import VisitRow
    from anifro_desktop.workflows.site import Site


def taken_by(site: Site, subject: str, events: Mapping[str, Mapping[str, Value]], at: str = "") -> Taken:
    """What is known of a subject. events: answers by key. at: the visit whose own dose is not wanted."""
    named = ((key, site.definitions.event_form(key).id, answers) for key, answers in sorted(events.items()))
    visits = (row for row in site.clinical.visits(subject) if is_visit(row.key) and row.key != at)
    kept = {item.visit: item.scores for item in site.clinical.revisions(subject, form="visit_summary")}
    return Taken(
        tuple(Event(key, form, answers) for key, form, answers in named if form in FORMS),
        tuple(arrival for row in visits if (arrival := _arrival(row, kept)) is not None),
    )


def _arrival(row: VisitRow, kept: Mapping[str, Mapping[str, Any]]) -> Arrival | None:
    """What a visit says, if it was ever completed."""
    if row.date is None or row.key not in kept:
        return None
    dose = kept[row.key].get("prednisone", {}).get("parts", {}).get("pred_eq")
    return Arrival(row.key, row.date.toordinal(), None if dose is None else float(dose))
