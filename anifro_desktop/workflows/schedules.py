"""The schedule of each enrolled subject, as it leaves: the site knows the calendar, so it works out windows and what is
due, and sends them as days since enrolment.

Due is what the calendar says, also of who withdrew or died: such a visit counts as not met (`centre.reporting`).
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from anifro_desktop.record import Json, Revision, canonical
from anifro_desktop.study.schedule import PLANNED, day_zero, due_through, in_days, study_day, window

if TYPE_CHECKING:
    from anifro_desktop.store.subjects import SubjectRow
    from anifro_desktop.workflows.site import Site

_SHORT = {"baseline": "b"}
_SCHEDULED = ("enrolled", "withdrawn", "dead")


def schedules_changed(site: Site) -> list[Revision]:
    """The schedule of each enrolled subject that differs from the one written last."""
    last = {item.subject: item for item in site.clinical.revisions(form="schedule")}
    changed = []
    for row in site.clinical.subjects():
        if row.status not in _SCHEDULED or row.enrolled is None or row.enrolled > site.today():
            continue
        revision = _schedule(site, row, row.enrolled)
        known = last.get(row.code)
        if known is None or canonical(known.values) != canonical(revision.values):
            changed.append(replace(revision, why="first" if known is None else "recalculated"))
    return changed


def _schedule(site: Site, row: SubjectRow, enrolled: date) -> Revision:
    day0 = day_zero(row.first_dose, enrolled)
    values: dict[str, Json] = {"day0_day": study_day(enrolled, day0)}
    last = due_through(day0, site.today())
    if last is not None:
        values["due_through"] = next(item.months for item in PLANNED if item.key == last)
    for planned in PLANNED:
        span, short = in_days(window(day0, planned.key), enrolled), _SHORT.get(planned.key, planned.key)
        if planned.key != "baseline":
            values[f"{short}_target"] = span.target
        values |= {f"{short}_opens": span.opens, f"{short}_closes": span.closes}
    return Revision(
        id=str(uuid.uuid5(uuid.NAMESPACE_OID, f"anifro/schedule/{row.code}")),
        subject=row.code,
        visit="",
        form="schedule",
        ver=1,
        prev="",
        values=values,
        definition=site.definitions.digest,
        who="",
        when="",
        day=None,
    )
