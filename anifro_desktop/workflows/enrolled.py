"""What a completed enrolment says of a patient, where lists and schedules read it.

Rules kept here:
- Each completion of the enrolment settles it, the first and every later one: status, sex, age and day of enrolment.
- The half-year of the enrolment is the only fact of the calendar that leaves the site.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from anifro_desktop.study.schedule import half_year
from anifro_desktop.workflows.withdrawing import status_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anifro_desktop.workflows.model import OpenVisit
    from anifro_desktop.workflows.site import Site

SEXES = {1: "female", 2: "male"}


def apply_half(visit: OpenVisit) -> None:
    """Note the half-year of the enrolment among its answers."""
    enrolled = visit.session.answers.get("enrolment_date")
    if isinstance(enrolled, date) and visit.session.answers.get("enrolment_half") != half_year(enrolled):
        visit.session.set_value("enrolment_half", half_year(enrolled))


def settle_subject(site: Site, visit: OpenVisit) -> None:
    """Bring the facts of a patient in line with the completed enrolment form."""
    answers: Mapping[str, Any] = visit.session.answers
    enrolled = answers.get("enrolment_date")
    site.clinical.update_subject(
        visit.subject,
        status=status_of(site, visit.subject, answers.get("screening_outcome")),
        sex=SEXES.get(answers.get("sex", 0)),
        age=answers.get("age_at_enrolment"),
        enrolled=enrolled if isinstance(enrolled, date) else None,
    )
