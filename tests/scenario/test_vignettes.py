"""The worked patients of the clinical dossier, typed as at the bedside: V1 and V2, published, and V4, synthetic.
Expected values are those of the dossier; V3 has a file of its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from scenario_filling import fill, fill_items, new_visit, past
from scenario_vignettes import classes, expected, results, worked

from anifro_desktop.forms.session import PastVisit, Subject, VisitSession
from anifro_desktop.record import Missing

DAY0 = date(2026, 5, 23)


@pytest.mark.parametrize("name", ["v1", "v2", "v3", "v4"])
def test_a_worked_patient_comes_to_what_the_dossier_says(name: str) -> None:
    patient, wanted = worked(name), expected(name)
    found = classes(patient.enrolment)
    assert {key: found[key] for key in wanted["subject"]} == wanted["subject"]
    assert len(patient.visits) == len(wanted["visits"])
    for number, (session, visit) in enumerate(zip(patient.visits, wanted["visits"], strict=True)):
        came = results(session)
        facts = {key: value for key, value in visit.items() if key != "visit"}
        assert {key: came[key] for key in facts} == facts, number


# V1


def test_v1_leaves_unknown_what_was_not_reported_and_says_which_answers_would_tell() -> None:
    (visit,) = worked("v1").visits
    assert {"joint_method", "hemolytic_anemia", "cardiac_pulmonary", "mucocutaneous_vasculitis"} <= set(
        visit.scores["sledas"].missing
    )
    assert visit.scores["sledas"].minimum is not None
    visit.set_text("joint_method", "3")
    assert {"sjc28"} <= set(visit.scores["sledas"].missing)
    assert not visit.problems()


def test_v1_is_classified_with_fever_or_without() -> None:
    enrolment = worked("v1").enrolment
    eular = enrolment.scores["eular2019"]
    assert (eular.value, eular.minimum, eular.parts["total"]) == (True, 18, None)
    enrolment.set_text("cl_fever", "1")
    assert enrolment.scores["eular2019"].minimum == 20
    # The temperature is what the dossier's 20 rests on; every other criterion was looked for and not found.
    for section in enrolment.definitions.form("classification").sections:
        enrolment.all_absent("classification", section.id)
    assert enrolment.scores["eular2019"].parts["total"] == 20
    enrolment.set_text("cl_fever", "0")
    assert enrolment.scores["eular2019"].parts["total"] == 18
    assert enrolment.answers["screening_outcome"] == 1


def test_v1_meets_the_inclusion_criterion_through_the_set_that_was_chosen() -> None:
    enrolment = worked("v1").enrolment
    suggestion = enrolment.state("incl_classification").suggestion
    assert suggestion is not None
    assert suggestion.value == 1
    enrolment.set_text("criteria_set", "1")  # three criteria of ACR 1997 for certain, the others not reported
    assert enrolment.state("incl_classification").suggestion is None


def test_v1_vasculitis_would_add_eight_and_its_definition_says_what_belongs_to_rash() -> None:
    visit = new_visit()
    fill_items(visit, {"fever": "1", "rash": "1", "alopecia": "1"}, absent=("sledai2k",))
    before = visit.scores["sledai2k"].value
    visit.set_text("vasculitis", "1")
    assert visit.scores["sledai2k"].value == before + 8
    assert "rash" in visit.state("vasculitis").field.help.en
    assert "rash" in visit.state("vasculitis").field.help.it


# V2


@pytest.mark.parametrize(("typed", "unit"), [("230", "2"), ("310", "2"), ("80", "2"), ("35,07", "1")])
def test_v2_spot_ratios_leave_proteinuria_absent(typed: str, unit: str) -> None:
    visit = new_visit()
    fill_items(visit, {"upcr_unit": unit, "upcr": typed})
    suggestion = visit.state("proteinuria").suggestion
    assert suggestion is not None
    assert suggestion.value == 0


def test_v2_ratio_typed_in_the_report_unit_is_questioned() -> None:
    visit = new_visit()
    fill_items(visit, {"upcr_unit": "2", "upcr": "0,31"})
    problem = visit.state("upcr").problem
    assert problem is not None
    assert (problem.severity, problem.code) == ("soft", "upcr_low_for_g")
    assert "mg/mg" in visit.problem_text(problem, "it")


def test_v2_skin_falls_by_four_fifths_and_meets_clasi_50() -> None:
    start, _, restarted = worked("v2").visits
    assert restarted.changes("clasi").baseline == -15
    parts = restarted.scores["clasi"].parts
    assert (parts["clasi50_evaluable"], parts["clasi50"]) == (True, True)
    assert (start.scores["clasi"].parts["band"], parts["band"]) == ("moderate", "mild")
    assert start.scores["clasi"].parts["damage"] is None  # the report tells of activity alone
    assert parts["damage_missing"]


def test_v2_depot_glucocorticoid_fails_both_states_for_thirty_days() -> None:
    _, soon, restarted = worked("v2").visits
    suggestion = soon.state("pulse_30d").suggestion
    assert suggestion is not None
    assert suggestion.value == 1
    assert restarted.state("pulse_30d").suggestion is None
    quiet = fill(new_visit(), {"pulse_30d": "1"})
    assert quiet.scores["doris"].parts["doris_gc"] is False
    assert quiet.scores["lldas"].parts["lldas_gc"] is False
    assert quiet.scores["doris"].value is False
    assert fill(new_visit(previous=past(quiet)), {}).scores["doris"].value is True


def test_v2_the_pause_is_an_adverse_event_that_interrupts_and_no_withdrawal_of_the_drug() -> None:
    events = worked("v2").events
    assert set(events) == {"ad-001", "ae-001", "gp-001"}
    event = events["ae-001"].answers
    assert (event["interrupted"], event["action_taken"]) == (1, 4)
    assert str(event["ae_start"]) == "2023-01-14"
    assert "ae_serious" not in event  # whether it was, the report does not say
    assert events["ae-001"].can_sign()


# V4


def awkward(previous: PastVisit | None = None) -> VisitSession:
    """V4 at its late month-6 visit: quiet but for low white cells; platelets not done."""
    man = Subject("P03-2M9X-K", "male", 71, DAY0, DAY0 - timedelta(days=150))
    visit = new_visit("u01", DAY0 + timedelta(days=230), subject=man, previous=previous)
    visit.set_missing("platelets", Missing.NOT_DONE)
    visit.set_missing("thrombocytopenia", Missing.NOT_DONE)
    visit.set_text("leukopenia", "0")
    findings = {"wbc": "2,8", "upcr_unit": "1", "upcr": "56", "phga": "0,3", "alopecia": "1"}
    return fill(visit, findings, keep=("platelets",), missing=("proteinuria_mg_24h",))


def test_v4_low_white_cells_blamed_on_a_drug_are_kept_absent_with_a_reason() -> None:
    visit = awkward()
    problem = visit.state("leukopenia").problem
    assert problem is not None
    assert (problem.severity, problem.accepted) == ("contradiction", False)
    assert not visit.can_sign()
    visit.explain("leukopenia", 1, "azatioprina")
    assert visit.can_sign()
    assert visit.state("leukopenia").note is not None
    assert visit.scores["sledai2k"].parts["leukopenia"] == 0
    assert visit.scores["sledas"].parts["leukopenia"] == 0


def test_v4_without_platelets_totals_are_provisional_and_states_unknown() -> None:
    visit = awkward()
    scores = visit.scores
    assert (scores["sledai2k"].value, scores["sledai2k"].minimum, scores["sledai2k"].maximum) == (None, 2, 3)
    assert scores["sledai2k"].missing == ("thrombocytopenia",)
    assert scores["sledas"].value is None
    assert set(scores["sledas"].missing) == {"thrombocytopenia", "platelets"}
    assert scores["lldas"].value is None
    visit.set_text("alopecia", "0")
    assert visit.scores["doris"].value is None
    assert visit.scores["doris"].missing == ("thrombocytopenia",)


def test_v4_doris_is_settled_by_a_component_that_fails_anyway() -> None:
    visit = awkward()
    assert visit.scores["doris"].value is False  # alopecia: the clinical part is at least 2


def test_v4_lldas_is_met_when_thrombocytopenia_is_not_new() -> None:
    before = fill(
        new_visit("baseline", DAY0),
        {"platelets": "90", "thrombocytopenia": "1", "alopecia": "1", "wbc": "2,9"},
    )
    assert before.scores["sledai2k"].value is None  # leukopenia was suggested and left open
    before.set_text("leukopenia", "1")
    assert awkward(past(before)).scores["lldas"].value is True


def test_v4_spot_ratio_is_below_the_threshold() -> None:
    suggestion = awkward().state("proteinuria").suggestion
    assert suggestion is not None
    assert suggestion.value == 0
    assert suggestion.text.it == "dal laboratorio: proteine/creatinina 495,04 mg/g (presente oltre 500)"


def test_v4_zoster_is_serious_of_special_interest_and_has_its_clock() -> None:
    patient = worked("v4")
    event = patient.events["ae-001"]
    answers = event.answers
    enrolled = patient.enrolment.answers["enrolment_date"]
    assert (date.fromisoformat(str(answers["ae_start"])) - enrolled).days == 201  # type: ignore[operator]
    assert (answers["ae_serious"], answers["ser_hospitalisation"], answers["zos_hospitalised"]) == (1, 1, 1)
    assert (answers["aesi_category"], answers["zos_dermatomes"], answers["ae_related"]) == (1, 2, 1)
    assert answers["zos_anifrolumab"] == 2  # held
    clock = event.scores["ae"].parts
    assert (clock["serious"], clock["related"]) == (True, "related")
    assert clock["sae_due"] == "2025-12-30T09:30:00+01:00"  # a day after it was heard of
    assert clock["onset_day"] == 201 + 151  # from the first dose, five months before enrolment


def test_v4_leaves_on_day_400_for_a_reason_that_is_kept() -> None:
    patient = worked("v4")
    left = patient.events["wd-001"].answers
    assert (left["wd_date"] - patient.enrolment.answers["enrolment_date"]).days == 400  # type: ignore[operator]
    assert (left["wd_reason"], left["wd_use_before"]) == (1, 1)
    assert patient.events["wd-001"].can_sign()
