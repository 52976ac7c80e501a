"""Planned visits that were missed and noted so: which event says it, and of which visit. Drafts count, as typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from anifro_desktop.study.schedule import TIMETABLE
from anifro_desktop.workflows.happened import answers_of_form

if TYPE_CHECKING:
    from anifro_desktop.workflows.site import Site

FORM, VISIT = "missed_visit", "mv_visit"
# The codes of the list `planned_visit`: the months of a visit.
CODES: Mapping[str, int] = {visit.key: visit.months for visit in TIMETABLE}
_OF_CODE = {code: key for key, code in CODES.items()}


def noted(site: Site, subject: str) -> frozenset[str]:
    """The planned visits that an event of a patient says were missed."""
    codes = (given.get(VISIT) for given in answers_of_form(site, subject, FORM))
    return frozenset(_OF_CODE[code] for code in codes if isinstance(code, int) and code in _OF_CODE)
