"""The first dose of anifrolumab, day 0 of a patient: what the enrolment states, else the first dose on record.

Rules kept here:
- A dose counts once its record is complete, if it was given wholly or in part; while it is amended, as it was. A dose
  that was declared a mistake counts no more.
- Windows are computed from it anew each time. Which visit is baseline may move with it: the visits are scored again,
  and those that come out otherwise wait for a signature.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from anifro_desktop.record import Value
from anifro_desktop.study.schedule import first_dose
from anifro_desktop.study.visit_keys import ENROLMENT, is_event
from anifro_desktop.workflows.among import first_dose_said
from anifro_desktop.workflows.desk import DONE
from anifro_desktop.workflows.packs import answers_of
from anifro_desktop.workflows.revising import recalculate_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from anifro_desktop.workflows.site import Site

DOSE = "administration"
GIVEN = (1, 2)  # codes of the list `dose_given`: given, given in part


def tells_first_dose(site: Site, key: str) -> bool:
    """Whether what stands under a key may move day 0: the enrolment, or a dose."""
    return key == ENROLMENT or (is_event(key) and site.definitions.event_form(key).id == DOSE)


def settle_first_dose(site: Site, subject: str) -> None:
    """Bring day 0 in line with what was completed, and the results of the visits with it."""
    found = first_dose(first_dose_said(site, subject), days_given(_completed(site, subject)))
    if found == site.clinical.subject(subject).first_dose:
        return
    site.clinical.update_subject(subject, first_dose=found)
    recalculate_all(site, subject)


def days_given(doses: Iterable[Mapping[str, Value]]) -> list[date]:
    """The days of doses that were given, wholly or in part."""
    days = (dose.get("ad_date") for dose in doses if dose.get("ad_given") in GIVEN)
    return [day for day in days if isinstance(day, date)]


def _completed(site: Site, subject: str) -> list[Mapping[str, Value]]:
    """The doses of a subject as they were completed last."""
    rows = site.clinical.events(subject, (site.definitions.form(DOSE).prefix,))
    done = {row.key for row in rows if row.state in DONE}
    kept = site.clinical.revisions(subject, form=DOSE) if done else ()
    return [answers_of(site, site.definitions, (item,))[0] for item in kept if item.visit in done]
