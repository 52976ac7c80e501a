"""Vital signs, treatment and the visit summary: what pressure admits, what events suggest, what came from paper."""

from __future__ import annotations

import pytest
from forms_builders import DEFINITIONS
from forms_filling import filled, form_of, problem, suggested

from anifro_desktop.study.visit_keys import KINDS


@pytest.mark.parametrize(("systolic", "diastolic", "wrong"), [("120", "80", False), ("80", "80", True)])
def test_diastolic_pressure_lies_below_systolic(systolic: str, diastolic: str, wrong: bool) -> None:
    session = filled("vitals", {"systolic_bp": systolic, "diastolic_bp": diastolic})
    assert (problem(session, "diastolic_bp") == ("hard", "diastolic_above_systolic")) is wrong


def test_height_is_confirmed_rather_than_measured_again() -> None:
    session = filled("vitals", previous={"height_cm": 164, "systolic_bp": 120})
    session.same_as_last("height_cm")
    session.same_as_last("systolic_bp")
    assert session.answers["height_cm"] == 164
    assert "systolic_bp" not in session.answers
    assert {item.id for item in form_of("vitals").fields if item.required} == {"temperature_c", "weight_kg"}


def test_recorded_pulses_and_raised_drugs_are_told_and_their_lack_proves_nothing() -> None:
    session = filled("treatment", facts={"n_pulse_30d": 1, "n_drug_raised_30d": 2})
    assert (suggested(session, "pulse_30d"), suggested(session, "stable")) == (1, 0)
    session.set_text("stable", "1")
    assert problem(session, "stable") == ("contradiction", "contradiction")
    first = filled("treatment", {"stable": "1"}, facts={"n_drug_raised_30d": 0, "n_first_dose_30d": 1})
    assert problem(first, "stable") == ("contradiction", "contradiction")
    none = filled("treatment", facts={"n_pulse_30d": 0, "n_drug_raised_30d": 0, "n_first_dose_30d": 0})
    assert (suggested(none, "pulse_30d"), suggested(none, "stable")) == (None, None)


def test_the_date_of_the_paper_is_asked_for_a_transcribed_visit_only() -> None:
    session = filled("visit_summary", {"visit_date": "10/11/2026", "from_paper": "0"})
    assert not session.state("paper_date").visible
    session.set_text("from_paper", "1")
    session.set_text("paper_date", "09/11/2026")
    assert problem(session, "paper_date") == ("soft", "paper_before_visit")
    session.set_text("paper_date", "10/11/2026")
    assert problem(session, "paper_date") is None


def test_every_kind_of_visit_has_a_code_in_the_order_of_the_study() -> None:
    codes = DEFINITIONS.code_lists["planned_visit"].values
    assert codes == (0, 1, 3, 6, 9, 12, 24, 36, 48, 60, 98, 99)
    assert len(codes) == len(KINDS)
