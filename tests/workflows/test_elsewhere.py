"""The classification criteria and the baseline visit of one patient, opened one after the other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from study_parts import DAY_0, enrol, fill, signed

from anifro_desktop.forms.session import VisitSession
from anifro_desktop.workflows import patients, visits
from anifro_desktop.workflows.site import Site

ABSENT: dict[str, Any] = {"cl_thrombocytopenia": "0", "cl_low_c3": "0"}
LOW: dict[str, Any] = {"platelets": "84", "thrombocytopenia": "1", "c3_low": "1"}


def problem(session: VisitSession, field: str) -> str | None:
    found = session.state(field).problem
    return None if found is None else found.code


def test_baseline_knows_the_criteria_and_other_visits_say_nothing_of_them(site: Site) -> None:
    subject = enrol(site, **ABSENT)
    baseline = fill(site, subject, "baseline", DAY_0, **LOW).session
    assert problem(baseline, "platelets") == "cl_thrombocytopenia_unmet"
    assert problem(baseline, "c3_low") == "cl_low_c3_unmet"
    baseline.explain("platelets", 1)
    assert baseline.can_sign()
    month_6 = fill(site, subject, "m06", DAY_0 + timedelta(days=182), 1, **LOW).session
    assert (problem(month_6, "platelets"), problem(month_6, "c3_low")) == (None, None)


def test_criteria_opened_after_baseline_know_its_values(site: Site) -> None:
    subject = enrol(site, **ABSENT)
    assert patients.open_enrolment(site, subject).session.problems() == ()
    signed(site, subject, "baseline", DAY_0, **LOW)
    opened = patients.open_enrolment(site, subject)
    assert problem(opened.session, "cl_thrombocytopenia") == "contradiction"
    visits.amend(site, opened, 1)
    opened = patients.open_enrolment(site, subject)
    saved = opened.session.explain("cl_thrombocytopenia", 1).fields
    saved |= opened.session.accept_suggestion("cl_low_c3").fields
    visits.save_draft(site, opened, opened.session.entries(saved))
    visits.complete(site, opened, 1)
    again = visits.open_visit(site, subject, "baseline", DAY_0).session
    assert (problem(again, "platelets"), problem(again, "c3_low")) == (None, None)
