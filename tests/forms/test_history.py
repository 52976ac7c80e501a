"""The medical history: what it asks and does not ask twice, follow-ups, and dates before the study."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest
from forms_builders import DEFINITIONS, ENROLLED, SUBJECT, TODAY

from anifro_desktop.forms.inputs import DRUGS
from anifro_desktop.forms.session import Subject, Visit, VisitSession
from anifro_desktop.record import Missing

FORM = DEFINITIONS.form("history")
FIELDS = {item.id: item for item in FORM.fields}
# One question where the treatment form has two: the same substance by two routes, or two of its salts.
ONE_QUESTION = {
    "mycophenolate_mofetil": "mycophenolate",
    "mycophenolic_acid": "mycophenolate",
    "belimumab_iv": "belimumab",
    "belimumab_sc": "belimumab",
    "other": "other_drug",
}
REASONS = [name for name in FIELDS if name.startswith("rs_")]


def history(subject: Subject = SUBJECT, /, **texts: str) -> VisitSession:
    session = VisitSession(DEFINITIONS, ("history",), subject, Visit("history"), today=TODAY)
    for field, text in texts.items():
        session.set_text(field, text)
    return session


def problem(session: VisitSession, field: str) -> tuple[str, str] | None:
    found = session.state(field).problem
    return None if found is None else (found.severity, found.code)


def test_sections_are_short_enough_for_the_bedside() -> None:
    assert [section.id for section in FORM.sections if len(section.fields) > 20] == []


def test_every_drug_of_the_treatment_form_is_asked_but_anifrolumab() -> None:
    drugs = [drug for drug in DRUGS if not drug.startswith("anifrolumab")]
    wanted = {f"ever_{ONE_QUESTION.get(drug, drug)}" for drug in drugs}
    asked = {name for name in FIELDS if name.startswith("ever_") and FIELDS[name].type == "choice"}
    assert asked == wanted | {"ever_ivig", "ever_other_biologic"}


@pytest.mark.parametrize("drug", [name for name in FIELDS if name.startswith("stop_")])
def test_the_reason_for_stopping_follows_the_use_of_a_drug(drug: str) -> None:
    used = drug.replace("stop_", "ever_", 1)
    assert not history().state(drug).visible
    assert not history(**{used: "0"}).state(drug).visible
    assert history(**{used: "1"}).state(drug).visible


def test_never_used_is_one_act_for_a_section_and_leaves_the_drugs_used() -> None:
    session = history(ever_methotrexate="1", stop_methotrexate="2")
    assert session.open_absent_count("history", "past_immunosuppressants") == 8
    session.all_absent("history", "past_immunosuppressants")
    assert session.answers["ever_azathioprine"] == 0
    assert (session.answers["ever_methotrexate"], session.answers["stop_methotrexate"]) == (1, 2)


@pytest.mark.parametrize("section", ["organs_ever", "antibodies_ever", "comorbidities", "start_reasons"])
def test_the_rest_of_a_section_is_absent_in_one_act(section: str) -> None:
    session = history()
    session.all_absent("history", section)
    assert all(
        session.state(item.id).answered
        for part in FORM.sections
        if part.id == section
        for item in part.fields
        if session.state(item.id).visible
    )


@pytest.mark.parametrize(
    ("answers", "field", "shown"),
    [
        ({"hx_smoking": "0"}, "hx_pack_years", False),
        ({"hx_smoking": "1"}, "hx_pack_years", True),
        ({"hx_smoking": "2"}, "hx_pack_years", True),
        ({"hx_zoster": "0"}, "hx_zoster_date", False),
        ({"hx_zoster": "1"}, "hx_zoster_date", True),
        ({"co_cancer": "1"}, "co_cancer_site", True),
        ({"co_cancer": "0"}, "co_cancer_date", False),
        ({"hx_menopause": "1"}, "hx_childbearing", True),
        ({"hx_menopause": "3"}, "hx_childbearing", False),
        ({"hx_vax_zoster_doses": "0"}, "hx_vax_zoster_date", False),
        ({"hx_vax_zoster_doses": "2"}, "hx_vax_zoster_date", True),
        ({"hx_vax_covid_doses": "0"}, "hx_vax_covid_date", False),
        ({"hx_vax_covid_doses": "4"}, "hx_vax_covid_date", True),
        ({"hx_gc_ever": "1"}, "hx_gc_max_mg", True),
        ({"hx_gc_ever": "0"}, "hx_gc_years", False),
        ({"ever_other_drug": "1"}, "ever_other_drug_name", True),
        ({"ever_other_biologic": "1"}, "other_biologic_class", True),
    ],
)
def test_a_follow_up_is_asked_only_where_it_has_a_meaning(
    answers: dict[str, str], field: str, shown: bool
) -> None:
    assert history(**answers).state(field).visible is shown


@pytest.mark.parametrize(("sex", "shown"), [("female", True), ("male", False), (None, True)])
def test_menopause_is_asked_of_everyone_but_men(sex: Literal["female", "male"] | None, shown: bool) -> None:
    session = history(replace(SUBJECT, sex=sex))
    assert session.state("hx_menopause").visible is shown
    parts = {part.section.id for part in session.sections()}
    assert ("reproductive" in parts) is shown


def test_menopause_may_not_apply_and_the_origin_may_be_refused() -> None:
    session = history()
    session.set_missing("hx_menopause", Missing.NOT_APPLICABLE)
    session.set_missing("hx_ethnicity", Missing.REFUSED)
    assert not session.state("hx_childbearing").visible
    assert session.problems() == ()


@pytest.mark.parametrize(
    ("date", "found"),
    [
        ("2016", None),
        ("05/2026", None),  # the month of the enrolment: it may be before it
        ("23/05/2026", None),
        ("24/05/2026", ("hard", "diagnosis_after_enrolment")),
        ("06/2026", ("hard", "diagnosis_after_enrolment")),
    ],
)
def test_the_diagnosis_is_not_after_the_enrolment(date: str, found: tuple[str, str] | None) -> None:
    assert ENROLLED.isoformat() == "2026-05-23"
    assert problem(history(hx_diagnosis_date=date), "hx_diagnosis_date") == found


@pytest.mark.parametrize(
    ("symptom", "found"),
    [("2015", None), ("2016", None), ("2017", ("soft", "symptom_after_diagnosis"))],
)
def test_a_first_symptom_after_the_diagnosis_asks_for_a_reason(
    symptom: str, found: tuple[str, str] | None
) -> None:
    session = history(hx_diagnosis_date="03/2016", hx_first_symptom_date=symptom)
    assert problem(session, "hx_first_symptom_date") == found


@pytest.mark.parametrize(
    ("gate", "field", "code"),
    [
        ("hx_zoster", "hx_zoster_date", "zoster_after_enrolment"),
        ("co_cancer", "co_cancer_date", "cancer_after_enrolment"),
    ],
)
def test_what_happened_after_the_enrolment_belongs_to_the_adverse_events(
    gate: str, field: str, code: str
) -> None:
    assert problem(history(**{gate: "1", field: "2019"}), field) is None
    assert problem(history(**{gate: "1", field: "09/2026"}), field) == ("soft", code)


def test_anifrolumab_without_any_reason_asks_for_one() -> None:
    session = history(**dict.fromkeys(REASONS, "0"))
    assert len(REASONS) == 9
    assert problem(session, "rs_other") == ("soft", "no_start_reason")
    session.set_text("rs_joints", "1")
    assert problem(session, "rs_other") is None


def test_nothing_but_the_name_of_a_drug_stays_at_the_site_and_no_year_leaves_as_a_number() -> None:
    assert [name for name, item in FIELDS.items() if not item.export] == ["ever_other_drug_name"]
    years = [
        item.id for item in FORM.fields if item.type == "integer" and item.hard and item.hard.high > 1900
    ]
    assert years == []
