"""Counts of what happened between visits: windows to the day, the right drugs, and unknown where it cannot be told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from event_acts import DOSE, begun, completed
from study_parts import DAY_0, enrol, signed, someone, type_in

from anifro_desktop.forms import load
from anifro_desktop.record import Missing
from anifro_desktop.workflows import events, visits
from anifro_desktop.workflows.happened import counts
from anifro_desktop.workflows.site import Site

ON, SINCE = date(2026, 9, 3), date(2026, 3, 4)
SINCE_LAST = (
    "n_pulse_since",
    "n_hosp_sle_since",
    "n_ae_since",
    "n_is_new_since",
    "n_hcq_nsaid_since",
    "n_biologic_new_since",
    "n_hosp_since",
    "n_new_cyclophosphamide_since",
    "n_new_azathioprine_since",
    "n_new_methotrexate_since",
    "n_new_mycophenolate_since",
    "n_change_since",
    "n_dose_missed_since",
    "n_vaccine_since",
    "n_pregnancy_since",
)


def before(days: int) -> date:
    return ON - timedelta(days=days)


def pulse(on: object, reason: object = 1, days: object = 1) -> dict[str, Any]:
    return {"gcp_date": on, "gcp_reason": reason, "gcp_days": days}


def change(drug: int, what: int = 1, on: object = ON, for_activity: object = 1) -> dict[str, Any]:
    return {"dc_drug": drug, "dc_what": what, "dc_date": on, "dc_for_activity": for_activity}


def counted(name: str, form: str, *given: dict[str, Any], since: date | None = SINCE) -> int | None:
    return counts({form: given}, ON, since)[name]


@pytest.mark.parametrize(
    ("on", "within"),
    [(before(31), 0), (before(30), 1), (before(1), 1), (ON, 1), (ON + timedelta(days=1), 0)],
)
def test_pulses_of_the_30_days_before_count_to_the_day(on: date, within: int) -> None:
    assert counted("n_pulse_30d", "gc_pulse", pulse(on)) == within


@pytest.mark.parametrize(
    ("on", "within"),
    [(SINCE - timedelta(days=1), 0), (SINCE, 1), (ON, 1), (ON + timedelta(days=1), 0)],
)
def test_what_came_since_the_visit_before_counts_from_its_day(on: date, within: int) -> None:
    assert counted("n_pulse_since", "gc_pulse", pulse(on)) == within
    assert counted("n_hosp_sle_since", "hospitalisation", {"hosp_reason": 2, "hs_admission": on}) == within
    assert counted("n_ae_since", "adverse_event", {"ae_start": on.isoformat()}) == within
    assert counted("n_hosp_since", "hospitalisation", {"hs_admission": on}) == within
    assert counted("n_vaccine_since", "vaccination", {"vx_date": on.isoformat()}) == within
    assert counted("n_pregnancy_since", "pregnancy", {"pr_known": on, "pr_outcome_date": "2020"}) == within
    assert counted("n_is_new_since", "drug_change", change(5, on=on)) == within


def test_a_pulse_for_another_reason_a_planned_stay_and_a_dose_not_given_do_not_count() -> None:
    assert counted("n_pulse_30d", "gc_pulse", pulse(ON, 2), pulse(ON, 3)) == 0
    assert counted("n_hosp_sle_since", "hospitalisation", {"hosp_reason": 3, "hs_admission": ON}) == 0
    assert counted("n_hosp_since", "hospitalisation", {"hosp_reason": 3, "hs_admission": ON}) == 1


def test_without_a_visit_before_nothing_is_counted_since_it() -> None:
    found = counts({"gc_pulse": [pulse(ON)], "drug_change": [change(5)]}, ON, None)
    assert {name for name, value in found.items() if value is None} == {*SINCE_LAST, "n_first_dose_30d"}
    assert (found["n_pulse_30d"], found["n_drug_raised_30d"]) == (1, 1)


def test_an_open_answer_that_would_tell_leaves_the_count_unknown_until_another_event_settles_it() -> None:
    assert counted("n_pulse_30d", "gc_pulse", {"gcp_date": ON}) is None
    assert counted("n_pulse_30d", "gc_pulse", {"gcp_reason": 1}) is None
    assert counted("n_pulse_30d", "gc_pulse", pulse(ON, Missing.NOT_KNOWN)) is None
    assert counted("n_pulse_30d", "gc_pulse", {"gcp_date": before(90)}) == 0  # whatever it was for
    assert counted("n_pulse_30d", "gc_pulse", {"gcp_reason": 2}) == 0  # whenever it was
    assert counted("n_pulse_30d", "gc_pulse", {"gcp_date": ON}, pulse(ON)) == 1


def test_a_date_known_to_its_month_counts_where_all_its_days_agree() -> None:
    assert counted("n_ae_since", "adverse_event", {"ae_start": "2026-05"}) == 1
    assert counted("n_ae_since", "adverse_event", {"ae_start": "2026-02"}) == 0
    assert counted("n_ae_since", "adverse_event", {"ae_start": "2026-03"}) is None
    assert counted("n_ae_since", "adverse_event", {"ae_start": "2026"}) is None
    assert counted("n_ae_since", "adverse_event", {"ae_start": "2025"}) == 0


@pytest.mark.parametrize(
    ("on", "days", "within"),
    [
        (before(32), 4, 1),  # its last two days lie inside
        (before(33), 4, 1),
        (before(34), 4, 0),
        (before(34), Missing.NOT_KNOWN, None),
        (before(60), Missing.NOT_KNOWN, 0),
        (ON, Missing.NOT_KNOWN, 1),
    ],
)
def test_a_series_of_pulses_counts_while_one_of_its_days_does(
    on: date, days: object, within: int | None
) -> None:
    assert counted("n_pulse_30d", "gc_pulse", pulse(on, days=days)) == within


@pytest.mark.parametrize(
    ("first", "within"), [(before(31), 0), (before(30), 1), (before(1), 1), (ON, 0), (None, None)]
)
def test_the_first_anifrolumab_dose_is_a_start_within_30_days(first: date | None, within: int | None) -> None:
    assert counts({}, ON, SINCE, first)["n_first_dose_30d"] == within
    doses = [{"ad_given": 1, "ad_date": first}, {"ad_given": 0, "ad_date": before(20)}]
    assert counts({"administration": doses}, ON, SINCE)["n_first_dose_30d"] == within
    again = {"administration": [{"ad_given": 1, "ad_date": before(20)}]}
    assert counts(again, ON, SINCE, before(90))["n_first_dose_30d"] == 0


@pytest.mark.parametrize(
    ("dose", "counted_as"),
    [
        ({"ad_given": 0, "ad_date": before(10)}, 1),
        ({"ad_given": 2, "ad_date": before(10)}, 1),
        ({"ad_given": 1, "ad_date": before(10), "ad_planned": before(12)}, 1),
        ({"ad_given": 1, "ad_date": before(10)}, 0),
        ({"ad_given": 0, "ad_date": SINCE}, 0),  # told at the visit of that day
        ({"ad_date": before(10)}, None),
    ],
)
def test_a_dose_skipped_in_part_or_on_another_day_is_off_plan(
    dose: dict[str, Any], counted_as: int | None
) -> None:
    assert counted("n_dose_missed_since", "administration", dose) == counted_as


def test_changes_of_treatment_are_those_of_drugs_and_of_courses() -> None:
    assert counted("n_change_since", "drug_change", change(5, 4, before(9))) == 1
    course = {"gcc_start": before(9), "gcc_ongoing": 1, "gcc_why": 1}
    assert counted("n_change_since", "gc_course", course) == 1
    assert counted("n_change_since", "gc_course", {**course, "gcc_why": 4}) == 0
    ended = {"gcc_start": before(900), "gcc_ongoing": 0, "gcc_stop": before(9), "gcc_why": 4}
    assert counted("n_change_since", "gc_course", ended) == 1
    assert counted("n_change_since", "gc_course", {"gcc_start": before(900), "gcc_why": 4}) is None


def test_a_new_immunosuppressant_is_counted_by_its_name_though_it_was_stopped_again() -> None:
    given = (change(4, 1, before(90)), change(4, 4, before(30)), change(7, 1, before(20)))
    found = counts({"drug_change": given}, ON, SINCE)
    assert (found["n_new_methotrexate_since"], found["n_new_mycophenolate_since"]) == (1, 1)
    assert (found["n_new_azathioprine_since"], found["n_new_cyclophosphamide_since"]) == (0, 0)


# The groups of drugs, by their names in the code list.
ANTIMALARIALS = {"Hydroxychloroquine", "Chloroquine", "Mepacrine"}
IMMUNOSUPPRESSANTS = {
    "Methotrexate",
    "Azathioprine",
    "Mycophenolate mofetil",
    "Mycophenolic acid",
    "Leflunomide",
    "Ciclosporin",
    "Tacrolimus",
    "Voclosporin",
    "Cyclophosphamide",
}
BIOLOGICS = {
    "Belimumab intravenous",
    "Belimumab subcutaneous",
    "Rituximab",
    "Other immunosuppressant or biologic",
}
ANIFROLUMAB = {"Anifrolumab intravenous", "Anifrolumab subcutaneous"}


@pytest.mark.parametrize(
    ("name", "drugs"),
    [
        ("n_is_new_since", IMMUNOSUPPRESSANTS),
        ("n_biologic_new_since", BIOLOGICS),
        ("n_hcq_nsaid_since", ANTIMALARIALS | {"NSAID"}),
        ("n_drug_raised_30d", IMMUNOSUPPRESSANTS | BIOLOGICS | ANIFROLUMAB),
    ],
)
def test_each_count_has_its_drugs_and_no_others(name: str, drugs: set[str]) -> None:
    codes = load().code_lists["study_drug"].codes
    assert {code.label.en for code in codes if counted(name, "drug_change", change(code.value)) == 1} == drugs


@pytest.mark.parametrize(
    ("what", "new", "raised"), [(1, 1, 1), (2, 0, 1), (3, 0, 0), (4, 0, 0), (5, 0, 0), (6, 0, 1)]
)
def test_started_is_new_and_raised_or_restarted_is_no_stable_treatment(
    what: int, new: int, raised: int
) -> None:
    assert counted("n_is_new_since", "drug_change", change(5, what)) == new
    assert counted("n_drug_raised_30d", "drug_change", change(5, what)) == raised


def test_a_drug_for_another_reason_is_not_new_for_activity_but_treatment_is_not_stable() -> None:
    assert counted("n_is_new_since", "drug_change", change(5, for_activity=0)) == 0
    assert counted("n_is_new_since", "drug_change", change(5, for_activity=Missing.NOT_KNOWN)) is None
    assert counted("n_drug_raised_30d", "drug_change", change(5, for_activity=0)) == 1
    assert counted("n_drug_raised_30d", "drug_change", change(5, on=before(31))) == 0


# At a site


def test_a_visit_knows_the_events_of_its_patient_in_draft_and_completed(site: Site) -> None:
    subject, other = enrol(site), enrol(site, someone(2))
    signed(site, subject, "baseline", DAY_0)
    begun(site, subject, "gc_pulse", gcp_date="2026-08-20", gcp_reason=1)
    completed(site, subject, "administration", ad_date="2026-04-01", **DOSE)
    begun(site, other, "gc_pulse", gcp_date="2026-08-21", gcp_reason=1)
    facts = visits.open_visit(site, subject, "m06", ON).session.facts
    assert (facts["n_pulse_30d"], facts["n_pulse_since"], facts["n_change_since"]) == (1, 1, 0)
    assert (facts["n_ae_since"], facts["n_hosp_sle_since"]) == (0, 0)
    baseline = visits.open_visit(site, subject, "baseline", DAY_0).session.facts
    assert baseline["n_pulse_since"] is None


def test_what_is_being_amended_counts_as_it_is_typed(site: Site) -> None:
    subject = enrol(site)
    opened = completed(site, subject, "gc_pulse", gcp_date="2026-08-20", gcp_reason=1)
    visits.amend(site, opened, 1)
    type_in(site, opened, {"gcp_date": "2026-01-20"})
    assert visits.open_visit(site, subject, "m06", ON).session.facts["n_pulse_30d"] == 0
    assert events.go_on(site, subject, "gp-001").session.facts == {}
