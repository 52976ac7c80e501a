"""The enrolment form: what is asked of patients already treated and of those who are not eligible."""

from __future__ import annotations

import pytest
from forms_builders import DEFINITIONS, SUBJECT, TODAY

from anifro_desktop.forms.session import Visit, VisitSession

ELIGIBLE = {
    "consent_date": "20/05/2026",
    "enrolment_date": "23/05/2026",
    "age_at_enrolment": "34",
    "incl_informed_consent": "1",
    "incl_classification": "1",
    "incl_active_disease": "1",
    "incl_anifrolumab": "1",
}


def enrolment(**texts: str) -> VisitSession:
    session = VisitSession(DEFINITIONS, ("enrolment", "classification"), SUBJECT, Visit(""), today=TODAY)
    for field, text in {**ELIGIBLE, **texts}.items():
        session.set_text(field, text)
    return session


@pytest.mark.parametrize("field", ["first_dose_route", "first_dose_access"])
def test_route_and_access_of_the_first_dose_are_asked_once_treatment_has_begun(field: str) -> None:
    assert not enrolment().state(field).visible
    treated = enrolment(incl_anifrolumab="2", first_dose_date="10/01/2026")
    assert treated.state(field).visible
    assert treated.answers["screening_outcome"] == 1


def test_compassionate_use_is_an_access_like_the_others() -> None:
    treated = enrolment(incl_anifrolumab="2", first_dose_date="10/01/2026", first_dose_access="2")
    assert treated.state("first_dose_access").text == "Uso compassionevole"
    assert treated.problems() == ()


def test_a_failure_has_its_reason_and_an_enrolled_patient_has_none() -> None:
    assert not enrolment().state("screening_fail_reason").visible
    failed = enrolment(incl_active_disease="0", screening_fail_reason="4")
    assert failed.answers["screening_outcome"] == 2
    assert failed.answers["screening_fail_reason"] == 4
    assert failed.state("screening_fail_reason").problem is None
    assert DEFINITIONS.fields["screening_fail_reason"].export
    assert not DEFINITIONS.fields["screening_fail_reason"].required


@pytest.mark.parametrize("reason", ["1", "2", "3", "5"])
def test_a_reason_about_a_criterion_that_is_met_is_questioned(reason: str) -> None:
    failed = enrolment(incl_active_disease="0", screening_fail_reason=reason)
    problem = failed.state("screening_fail_reason").problem
    assert problem is not None
    assert (problem.severity, problem.code) == ("soft", "fail_reason_is_met")


@pytest.mark.parametrize("reason", ["6", "7", "8"])
def test_a_decision_is_a_reason_whatever_the_criteria(reason: str) -> None:
    failed = enrolment(incl_active_disease="0", screening_fail_reason=reason)
    assert failed.state("screening_fail_reason").problem is None


def test_consent_to_further_contact_and_use_does_not_decide_eligibility() -> None:
    session = enrolment(consent_recontact="0", consent_data_use="0")
    assert session.answers["screening_outcome"] == 1
    assert session.can_sign()


def test_a_consent_after_the_enrolment_blocks_signing() -> None:
    session = enrolment(consent_date="24/05/2026")
    problem = session.state("enrolment_date").problem
    assert problem is not None
    assert (problem.severity, problem.code) == ("hard", "enrolled_before_consent")
    assert not session.can_sign()
