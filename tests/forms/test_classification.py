"""The classification form as it is filled beside the enrolment. All patients are synthetic or published."""

from __future__ import annotations

import pytest
from classifying_cases import FIELDS, FORM, RULES, V1, V3, enrolling

from anifro_desktop.forms import classifying
from anifro_desktop.record import Missing
from anifro_desktop.scores import slicc2012


def test_the_form_carries_the_three_results() -> None:
    assert FORM.scores == ("acr1997", "slicc2012", "eular2019")
    assert set(classifying.CHOSEN.values()) == set(RULES)
    codes = FIELDS["criteria_set"].codes
    assert codes is not None
    assert {code.value: code.label.en for code in codes.codes} == {
        1: "ACR 1997",
        2: "SLICC 2012",
        3: "EULAR/ACR 2019",
    }


def test_one_act_answers_the_rest_of_a_section_but_never_the_antinuclear_antibodies() -> None:
    session = enrolling({"cl_malar_rash": 1}, rest_absent=True)
    open_now = {name for name in FIELDS if session.state(name).visible and not session.state(name).answered}
    assert open_now == {"cl_ana", "criteria_set"}
    assert session.answers["cl_malar_rash"] == 1
    assert session.answers["cl_leukopenia"] == session.answers["cl_biopsy"] == 0


def test_that_act_leaves_the_questions_about_a_finding_to_the_person() -> None:
    found = {"cl_joint_tender": 1, "cl_proteinuria": 2, "cl_hemolysis": 1, "cl_dsdna": 1}
    session = enrolling(found, rest_absent=True)
    follow_ups = (
        "cl_stiffness",
        "cl_erosive",
        "cl_protein_persistent",
        "cl_reticulocytosis",
        "cl_dsdna_high",
        "cl_dsdna_specific",
    )
    for field in follow_ups:
        assert session.state(field).visible
        assert not session.state(field).answered


def test_v1_first_presentation_is_20_points() -> None:
    scores = enrolling(V1, rest_absent=True).scores
    assert (scores["eular2019"].value, scores["eular2019"].parts["total"]) == (True, 20)
    parts = scores["eular2019"].parts
    assert (parts["mucocutaneous"], parts["antiphospholipid"], parts["complement"]) == (6, 2, 4)
    assert (parts["sle_specific"], parts["constitutional"]) == (6, 2)
    assert scores["slicc2012"].value is True


def test_v1_without_a_temperature_is_at_least_18_and_classified_all_the_same() -> None:
    session = enrolling({key: code for key, code in V1.items() if key != "cl_fever"})
    session.set_missing("cl_fever", Missing.NOT_KNOWN)
    for section in FORM.sections:
        session.all_absent("classification", section.id)
    found = session.scores["eular2019"]
    assert (found.value, found.minimum, found.maximum) == (True, 18, 20)
    assert found.parts["total"] is None


def test_v3_meets_slicc_2012_with_the_criteria_of_the_dossier() -> None:
    session = enrolling(V3, rest_absent=True)
    found = session.scores["slicc2012"]
    present = {key for key in slicc2012.ITEMS if found.parts[key]}
    assert present == {
        "acute_cutaneous",
        "synovitis",
        "leukopenia_or_lymphopenia",
        "thrombocytopenia",
        "ana",
        "anti_dsdna",
        "low_complement",
    }
    assert (found.value, found.parts["n_clinical"], found.parts["n_immunologic"]) == (True, 4, 3)
    assert session.scores["acr1997"].parts["count"] == 5  # malar rash, arthritis, blood, dsDNA, ANA


@pytest.mark.parametrize(
    ("answers", "field", "shown"),
    [
        ({}, "cl_joint_tender", True),
        ({"cl_synovitis": 1}, "cl_joint_tender", False),
        ({"cl_synovitis": 1}, "cl_erosive", True),
        ({"cl_joint_tender": 1}, "cl_stiffness", True),
        ({"cl_joint_tender": 0}, "cl_stiffness", False),
        ({"cl_joint_tender": 0, "cl_synovitis": 0}, "cl_erosive", False),
        ({"cl_proteinuria": 2}, "cl_protein_persistent", True),
        ({"cl_proteinuria": 1}, "cl_protein_persistent", False),
        ({"cl_proteinuria": 2, "cl_protein_persistent": 1}, "cl_dipstick", False),
        ({"cl_proteinuria": 2, "cl_protein_persistent": 0}, "cl_dipstick", True),
        ({}, "cl_dipstick", True),
        ({"cl_biopsy": 0}, "cl_biopsy_date", False),
        ({"cl_biopsy": 1}, "cl_biopsy_date", True),
        ({"cl_hemolysis": 1}, "cl_reticulocytosis", True),
        ({}, "cl_reticulocytosis", False),
        ({"cl_dsdna": 1}, "cl_dsdna_high", True),
        ({"cl_dsdna": 0}, "cl_dsdna_specific", False),
        ({}, "cl_low_ch50", True),
        ({"cl_low_c3": 1}, "cl_low_ch50", False),
        ({"cl_low_c3": 0, "cl_low_c4": 1}, "cl_low_ch50", False),
        ({"cl_low_c3": 0, "cl_low_c4": 0}, "cl_low_ch50", True),
    ],
)
def test_a_follow_up_is_asked_only_where_its_answer_can_matter(
    answers: dict[str, int], field: str, shown: bool
) -> None:
    assert enrolling(answers).state(field).visible is shown


def test_hidden_follow_ups_leave_nothing_open() -> None:
    session = enrolling({**V3, "cl_low_c4": 1}, rest_absent=True)
    assert all(session.scores[rule].complete for rule in RULES)
    assert not any(session.state(field).visible for field in ("cl_joint_tender", "cl_low_ch50"))


def test_what_a_result_misses_are_questions_of_the_form() -> None:
    scores = enrolling({"cl_malar_rash": 1}).scores
    for rule in RULES:
        assert scores[rule].missing
        assert set(scores[rule].missing) <= set(FIELDS)
        session = enrolling({"cl_malar_rash": 1})
        assert all(session.state(field).visible for field in scores[rule].missing)


def test_the_inclusion_criterion_is_suggested_and_never_answered() -> None:
    session = enrolling({**V3, "criteria_set": 2}, rest_absent=True)
    suggestion = session.state("incl_classification").suggestion
    assert suggestion is not None
    assert suggestion.value == 1
    assert suggestion.text.en == "from the form of classification criteria; chosen set SLICC 2012"
    assert session.state("incl_classification").value is None
    session.set_text("incl_classification", "0")
    problem = session.state("incl_classification").problem
    assert problem is not None
    assert problem.severity == "contradiction"


def test_open_answers_suggest_nothing() -> None:
    assert enrolling({"cl_malar_rash": 1}).state("incl_classification").suggestion is None


def test_none_met_suggests_not_met_and_a_chosen_set_that_is_not_met_is_told() -> None:
    session = enrolling({"cl_ana": 0}, rest_absent=True)
    suggestion = session.state("incl_classification").suggestion
    assert suggestion is not None
    assert suggestion.value == 0
    assert suggestion.text.it == "dalla scheda dei criteri classificativi"
    assert session.state("criteria_set").problem is None
    session.set_text("criteria_set", "3")
    problem = session.state("criteria_set").problem
    assert problem is not None
    assert (problem.code, problem.severity) == ("chosen_set_not_met", "soft")
