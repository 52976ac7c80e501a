"""Since the last visit: short questions that lead to the list of events, held against what is recorded there."""

from __future__ import annotations

import pytest
from forms_filling import filled, form_of, kinds, problem, suggested


def test_it_is_short_not_asked_at_baseline_and_never_answered_as_last_time() -> None:
    assert len(form_of("since_last").fields) == 5
    assert "baseline" not in kinds("since_last")
    assert not any(item.carry for item in form_of("since_last").fields)


@pytest.mark.parametrize(
    ("field", "fact"),
    [
        ("since_ae", "n_ae_since"),
        ("since_hospital", "n_hosp_since"),
        ("since_dose_missed", "n_dose_missed_since"),
        ("since_treatment", "n_change_since"),
        ("since_treatment", "n_pulse_since"),
        ("since_treatment", "n_is_new_since"),
        ("since_treatment", "n_hcq_nsaid_since"),
        ("since_treatment", "n_biologic_new_since"),
        ("since_vaccine_pregnancy", "n_vaccine_since"),
        ("since_vaccine_pregnancy", "n_pregnancy_since"),
    ],
)
def test_a_recorded_event_says_yes_and_the_lack_of_one_says_nothing(field: str, fact: str) -> None:
    assert suggested(filled("since_last", facts={fact: 1}), field) == 1
    assert suggested(filled("since_last", facts={fact: 0}), field) is None
    assert suggested(filled("since_last", facts={fact: None}), field) is None


def test_no_beside_a_recorded_event_is_a_contradiction() -> None:
    session = filled("since_last", {"since_ae": "0"}, facts={"n_ae_since": 1})
    assert problem(session, "since_ae") == ("contradiction", "contradiction")
    session.accept_suggestion("since_ae")
    assert session.problems() == ()


def test_yes_without_a_recorded_event_reminds_of_the_list() -> None:
    session = filled("since_last", {"since_ae": "1"}, facts={"n_ae_since": 0})
    assert problem(session, "since_ae") == ("soft", "ae_not_recorded")
    assert session.can_sign()
    assert filled("since_last", {"since_ae": "1"}, facts={"n_ae_since": 1}).problems() == ()
    assert filled("since_last", {"since_ae": "1"}).problems() == ()
