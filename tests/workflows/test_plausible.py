"""An event held against what else is recorded of its patient: what cannot be true cannot be signed, what is odd needs
a reason, and what is right is said nothing about."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from event_acts import DOSE, NOT_SERIOUS, begun, completed, signed_event, withdrawal
from study_parts import DAY_0, PASSPHRASE, enrol, signed, type_in

from anifro_desktop.workflows import events, mistakes, visits
from anifro_desktop.workflows.errors import NotReady
from anifro_desktop.workflows.model import OpenVisit
from anifro_desktop.workflows.site import Site

MONTH_6 = date(2026, 9, 3)
STOP = {"dc_drug": 15, "dc_what": 4, "dc_permanence": 2, "dc_reason": 7, "dc_contrib": 0}
STAY = {"hs_admission": "2026-05-05", "hs_ongoing": 0, "hs_discharge": "2026-05-10", "hosp_reason": 1}
FATAL = NOT_SERIOUS | {
    "ae_start": "2026-10-02",
    "ae_ongoing": 0,
    "ae_end": "2026-10-10",
    "ae_grade": 5,
    "ser_death": 1,
    "outcome": 5,
}
DEATH = {"de_date": "2026-10-10", "de_cause": 2, "de_related": 0}
LOST = {"lo_attempts": 3, "lo_reason": 1}


@pytest.fixture
def subject(site: Site) -> str:
    """A woman enrolled and first treated on 4 March 2026."""
    return enrol(site, first_dose_date=DAY_0.isoformat())


def wrong(opened: OpenVisit) -> dict[str, str]:
    """What is wrong with an event, by the id of the check."""
    return {problem.code: problem.severity for problem in opened.session.problems()}


def dose(site: Site, subject: str, on: str, **other: Any) -> OpenVisit:
    return begun(site, subject, "administration", **(DOSE | {"ad_date": on} | other))


def given(site: Site, subject: str, on: str, **other: Any) -> None:
    completed(site, subject, "administration", **(DOSE | {"ad_date": on} | other))


# Doses


def test_no_dose_lies_before_the_first(site: Site, subject: str) -> None:
    assert wrong(dose(site, subject, "2026-03-04")) == {}
    assert wrong(dose(site, subject, "2026-03-03", ad_given=0, ad_reason=8)) == {}
    early = dose(site, subject, "2026-03-03")
    assert wrong(early) == {"ad_before_first": "hard"}
    with pytest.raises(NotReady):
        visits.sign_confirmed(site, early, "responsible")


def test_a_candidate_has_no_first_dose_to_be_before(site: Site) -> None:
    candidate = enrol(site)
    given(site, candidate, "2026-04-10")
    assert wrong(dose(site, candidate, "2026-03-10")) == {}


def test_two_doses_on_one_day_need_a_reason_and_one_not_given_is_none(site: Site, subject: str) -> None:
    given(site, subject, "2026-04-01")
    assert wrong(dose(site, subject, "2026-04-01")) == {"ad_same_day": "soft"}
    assert wrong(dose(site, subject, "2026-04-01", ad_given=0, ad_reason=8)) == {}
    given(site, subject, "2026-06-01", ad_given=0, ad_reason=8)
    assert wrong(dose(site, subject, "2026-06-01")) == {}


@pytest.mark.parametrize(("on", "close"), [("2026-04-14", True), ("2026-04-15", False), ("2026-03-20", True)])
def test_infusions_are_14_days_apart_before_and_after(on: str, close: bool, site: Site, subject: str) -> None:
    given(site, subject, "2026-04-01")
    assert wrong(dose(site, subject, on)) == ({"ad_too_close": "soft"} if close else {})


def test_the_next_pen_after_an_infusion_is_left_to_the_clinician(site: Site, subject: str) -> None:
    given(site, subject, "2026-04-01")
    pen = {"ad_route": 2, "ad_dose_mg": "120", "ad_interval_days": 7}
    given(site, subject, "2026-04-05", **pen)
    assert wrong(dose(site, subject, "2026-04-12", **pen)) == {}


def test_the_regimen_belongs_to_its_route(site: Site, subject: str) -> None:
    pen = dose(site, subject, "2026-04-01", ad_route=2)
    assert wrong(pen) == {"ad_dose_unlike_route": "soft", "ad_interval_unlike_route": "soft"}
    type_in(site, pen, {"ad_dose_mg": "120", "ad_interval_days": 7})
    assert wrong(pen) == {}
    stopped = dose(site, subject, "2026-05-01", ad_given=2, ad_dose_mg="150", ad_reason=2)
    assert "ad_dose_unlike_route" not in wrong(stopped)


def test_no_dose_after_the_end_of_treatment_until_it_is_begun_again(site: Site, subject: str) -> None:
    completed(site, subject, "drug_change", **STOP, dc_date="2026-06-01")
    assert wrong(dose(site, subject, "2026-06-01")) == {}
    assert wrong(dose(site, subject, "2026-06-20")) == {"ad_after_stop": "soft"}
    completed(site, subject, "drug_change", dc_drug=15, dc_what=6, dc_date="2026-08-01", dc_for_activity=1)
    assert wrong(dose(site, subject, "2026-08-20")) == {}
    assert wrong(dose(site, subject, "2026-07-10")) == {"ad_after_stop": "soft"}


def test_a_temporary_stop_and_the_end_of_another_drug_leave_doses_alone(site: Site, subject: str) -> None:
    completed(site, subject, "drug_change", **(STOP | {"dc_permanence": 1}), dc_date="2026-06-01")
    completed(site, subject, "drug_change", **(STOP | {"dc_drug": 5}), dc_date="2026-06-01")
    assert wrong(dose(site, subject, "2026-06-20")) == {}


# Numbers of adverse events


@pytest.mark.parametrize(
    ("form", "answers", "field", "code"),
    [
        ("hospitalisation", STAY, "hosp_ae", "hs_ae_unknown"),
        ("administration", DOSE | {"ad_date": "2026-04-01", "ad_reaction": 1}, "ad_ae", "ad_ae_unknown"),
        ("drug_change", STOP | {"dc_date": "2026-06-01", "dc_reason": 3}, "dc_ae", "dc_ae_unknown"),
        ("death", DEATH, "de_ae", "de_ae_unknown"),
        (
            "pregnancy",
            {"pr_known": "2026-04-01", "pr_outcome": 1, "pr_outcome_date": "2026-10-01", "pr_anomaly": 1},
            "pr_ae",
            "pr_ae_unknown",
        ),
    ],
)
def test_a_number_names_an_event_that_there_is(
    form: str, answers: dict[str, Any], field: str, code: str, site: Site, subject: str
) -> None:
    begun(site, subject, "adverse_event", **FATAL)
    begun(site, subject, "adverse_event", **FATAL)
    mistakes.void(site, subject, "ae-002", 2, "", PASSPHRASE)
    opened = begun(site, subject, form, **answers, **{field: 1})
    assert code not in wrong(opened)
    for number in (2, 77):
        type_in(site, opened, {field: number})
        assert wrong(opened)[code] == "hard"


# Visits


def test_a_visit_made_in_its_window_was_not_missed(site: Site, subject: str) -> None:
    signed(site, subject, "baseline", DAY_0)
    signed(site, subject, "m06", MONTH_6, 1)
    said = {"mv_date": "2026-10-10", "mv_reason": 1, "mv_will_attend": 1}
    assert wrong(begun(site, subject, "missed_visit", mv_visit=6, **said)) == {"mv_was_made": "hard"}
    assert wrong(begun(site, subject, "missed_visit", mv_visit=12, **said)) == {}


def test_another_visit_in_the_window_of_a_missed_one_needs_a_reason(site: Site, subject: str) -> None:
    signed(site, subject, "baseline", DAY_0)
    signed(site, subject, "unscheduled", MONTH_6, 1)
    said = {"mv_date": "2026-10-10", "mv_reason": 1, "mv_will_attend": 1}
    assert wrong(begun(site, subject, "missed_visit", mv_visit=6, **said)) == {"mv_was_served": "soft"}


def test_a_visit_made_too_late_leaves_its_window_missed(site: Site, subject: str) -> None:
    signed(site, subject, "baseline", DAY_0)
    signed(site, subject, "m06", date(2026, 10, 20), 1)
    said = {"mv_date": "2026-10-20", "mv_reason": 1, "mv_will_attend": 1}
    assert wrong(begun(site, subject, "missed_visit", mv_visit=6, **said)) == {}


def test_whoever_came_was_not_out_of_contact(site: Site, subject: str) -> None:
    signed(site, subject, "baseline", DAY_0)
    visits.open_visit(site, subject, "m06", MONTH_6)
    assert wrong(begun(site, subject, "lost", lo_last_contact="2026-03-03", **LOST)) == {
        "lo_seen_later": "hard"
    }
    assert (
        wrong(begun(site, subject, "lost", lo_last_contact="2026-03-04", **LOST)) == {}
    )  # a draft says nothing
    given(site, subject, "2026-05-27")
    assert wrong(begun(site, subject, "lost", lo_last_contact="2026-05-26", **LOST)) == {
        "lo_seen_later": "hard"
    }


# Death


def test_a_fatal_event_asks_for_the_record_of_the_death(site: Site, subject: str) -> None:
    fatal = begun(site, subject, "adverse_event", **FATAL)
    assert wrong(fatal)["ae_death_unrecorded"] == "soft"
    begun(site, subject, "death", **DEATH, de_ae=1)
    again = events.go_on(site, subject, "ae-001")
    assert not {"ae_death_unrecorded", "ae_death_date"} & wrong(again).keys()


def test_both_records_tell_of_one_day(site: Site, subject: str) -> None:
    begun(site, subject, "adverse_event", **FATAL)
    late = begun(site, subject, "death", **(DEATH | {"de_date": "2026-10-11"}), de_ae=1)
    assert wrong(late) == {"de_ae_date": "soft"}
    assert wrong(events.go_on(site, subject, "ae-001"))["ae_death_date"] == "soft"
    type_in(site, late, {"de_date": "2026-10-10"})
    assert wrong(late) == {}


def test_an_event_known_to_its_month_agrees_with_a_death_in_it(site: Site, subject: str) -> None:
    begun(site, subject, "adverse_event", **(FATAL | {"ae_end": "2026-10"}))
    assert wrong(begun(site, subject, "death", **DEATH, de_ae=1)) == {}
    assert wrong(begun(site, subject, "death", **(DEATH | {"de_date": "2026-11-01"}), de_ae=1)) == {
        "de_ae_date": "soft"
    }


def test_the_event_that_caused_a_death_was_fatal(site: Site, subject: str) -> None:
    begun(site, subject, "adverse_event", **(FATAL | {"ae_grade": 4, "ser_death": 0, "outcome": 1}))
    assert wrong(begun(site, subject, "death", **DEATH, de_ae=1)) == {"de_ae_not_fatal": "soft"}


def test_no_visit_follows_a_fatal_event(site: Site, subject: str) -> None:
    signed(site, subject, "baseline", DAY_0)
    completed(site, subject, "adverse_event", **(FATAL | {"ae_start": "2026-08", "ae_end": "2026-08"}))
    assert wrong(visits.open_visit(site, subject, "m06", MONTH_6))["visit_after_fatal"] == "hard"
    before = visits.open_visit(site, subject, "unscheduled", date(2026, 8, 31))
    assert "visit_after_fatal" not in wrong(before)


def test_a_withdrawal_and_a_signed_dose_are_said_nothing_about(site: Site, subject: str) -> None:
    signed_event(site, subject, "administration", **DOSE, ad_date="2026-04-01")
    assert wrong(events.go_on(site, subject, "ad-001")) == {}
    assert wrong(begun(site, subject, "withdrawal", **withdrawal(date(2026, 10, 10)))) == {}
