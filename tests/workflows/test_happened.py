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
    "n_anifro_since",
)


def before(days: int) -> date:
    return ON - timedelta(days=days)


def pulse(on: object, reason: object = 1) -> dict[str, Any]:
    return {"gcp_date": on, "gcp_reason": reason}


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
    assert counted("n_anifro_since", "administration", {"ad_given": 2, "ad_date": on}) == within
    assert counted("n_is_new_since", "drug_change", change(5, on=on)) == within


def test_a_pulse_for_another_reason_a_planned_stay_and_a_dose_not_given_do_not_count() -> None:
    assert counted("n_pulse_30d", "gc_pulse", pulse(ON, 2), pulse(ON, 3)) == 0
    assert counted("n_hosp_sle_since", "hospitalisation", {"hosp_reason": 3, "hs_admission": ON}) == 0
    assert counted("n_anifro_since", "administration", {"ad_given": 0, "ad_date": ON}) == 0


def test_without_a_visit_before_nothing_is_counted_since_it() -> None:
    found = counts({"gc_pulse": [pulse(ON)], "drug_change": [change(5)]}, ON, None)
    assert {name for name, value in found.items() if value is None} == set(SINCE_LAST)
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
    assert (facts["n_pulse_30d"], facts["n_pulse_since"], facts["n_anifro_since"]) == (1, 1, 1)
    assert (facts["n_ae_since"], facts["n_hosp_sle_since"]) == (0, 0)
    baseline = visits.open_visit(site, subject, "baseline", DAY_0).session.facts
    assert baseline["n_anifro_since"] is None


def test_what_is_being_amended_counts_as_it_is_typed(site: Site) -> None:
    subject = enrol(site)
    opened = completed(site, subject, "gc_pulse", gcp_date="2026-08-20", gcp_reason=1)
    visits.amend(site, opened, 1)
    type_in(site, opened, {"gcp_date": "2026-01-20"})
    assert visits.open_visit(site, subject, "m06", ON).session.facts["n_pulse_30d"] == 0
    assert events.go_on(site, subject, "gp-001").session.facts == {}
