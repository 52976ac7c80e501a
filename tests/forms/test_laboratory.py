"""Laboratory: values beside the laboratory's own limits, units chosen once, and what they suggest."""

from __future__ import annotations

from decimal import Decimal

import pytest
from forms_filling import asked, filled, form_of, problem, suggested

from anifro_desktop.forms.derived import STOOD_FOR
from anifro_desktop.record import Missing, Value

G_L, MG_DL = "1", "2"
HAEMOLYSIS = {
    "haemoglobin": "9,2",
    "ldh": "480",
    "ldh_uln": "250",
    "haptoglobin_low": "1",
    "coombs_direct": "1",
}


@pytest.mark.parametrize(
    ("field", "answers", "value"),
    [
        ("c3_low", {"complement_unit": G_L, "c3_value": "0,89", "c3_lln": "0,9"}, 1),
        ("c3_low", {"complement_unit": G_L, "c3_value": "0,9", "c3_lln": "0,9"}, 0),
        ("c3_low", {"complement_unit": G_L, "c3_value": "0,5"}, None),
        ("c4_low", {"complement_unit": MG_DL, "c4_value": "9", "c4_lln": "10"}, 1),
        ("c4_low", {"complement_unit": MG_DL, "c4_value": "10", "c4_lln": "10"}, 0),
        ("ch50_low", {"ch50_unit": "1", "ch50_value": "29", "ch50_lln": "31"}, 1),
        ("ch50_low", {"ch50_unit": "2", "ch50_value": "80", "ch50_lln": "70"}, 0),
        ("dsdna_raised", {"dsdna_unit": "1", "dsdna_value": "15,1", "dsdna_uln": "15"}, 1),
        ("dsdna_raised", {"dsdna_unit": "1", "dsdna_value": "15", "dsdna_uln": "15"}, 0),
        ("dsdna_raised", {"dsdna_unit": "3", "dsdna_value": "10", "dsdna_uln": "0"}, 1),
        ("urinary_casts", {"urine_casts": "1"}, 1),
        ("urinary_casts", {"urine_casts": "0"}, 0),
        ("urinary_casts", {}, None),
    ],
)
def test_suggestions(field: str, answers: dict[str, str], value: int | None) -> None:
    assert suggested(filled("laboratory sledai2k", answers), field) == value


def test_a_value_below_its_limit_reaches_the_item_of_the_score_once_it_is_confirmed() -> None:
    session = filled("laboratory sledai2k", {"complement_unit": G_L, "c4_value": "0,06", "c4_lln": "0,1"})
    assert suggested(session, "low_complement") is None
    session.accept_suggestion("c4_low")
    assert suggested(session, "low_complement") == 1
    session.set_text("c4_low", "0")
    assert problem(session, "c4_low") == ("contradiction", "contradiction")


def test_haemolytic_anaemia_is_suggested_by_the_whole_pattern_only_and_never_excluded() -> None:
    assert suggested(filled("laboratory sledas", HAEMOLYSIS), "hemolytic_anemia") == 1
    for change in ({"coombs_direct": "0"}, {"haptoglobin_low": "0"}, {"ldh": "250"}, {"haemoglobin": "12"}):
        assert suggested(filled("laboratory sledas", {**HAEMOLYSIS, **change}), "hemolytic_anemia") is None


def test_values_are_asked_once_their_unit_is_chosen_and_flags_always() -> None:
    shown = asked(filled("laboratory"), "laboratory")
    assert {"c3_low", "c4_low", "ch50_low", "dsdna_raised"} <= set(shown)
    assert not {"c3_value", "c4_lln", "ch50_value", "dsdna_uln", "creatinine"} & set(shown)
    units = {"complement_unit": G_L, "ch50_unit": "1", "dsdna_unit": "1", "creatinine_unit": "1"}
    shown = asked(filled("laboratory", units), "laboratory")
    assert {"c3_value", "c3_lln", "c4_value", "c4_lln", "ch50_value", "ch50_lln"} <= set(shown)
    assert {"dsdna_value", "dsdna_uln", "creatinine"} <= set(shown)


@pytest.mark.parametrize(
    ("unit", "usual", "other"),
    [("crp_unit", "crp", "crp_mg_dl"), ("proteinuria_unit", "proteinuria_mg_24h", "proteinuria_g_24h")],
)
def test_a_value_is_asked_in_the_unit_of_the_laboratory_and_in_the_usual_one_unless_another_is_named(
    unit: str, usual: str, other: str
) -> None:
    for given, field in (({}, usual), ({unit: "1"}, usual), ({unit: "2"}, other)):
        assert {usual, other} & set(asked(filled("laboratory", given), "laboratory")) == {field}


@pytest.mark.parametrize(
    ("answers", "name", "value"),
    [
        ({"crp": Decimal("12.5")}, "crp", "12.5"),
        ({"crp_unit": 2, "crp_mg_dl": Decimal("1.25")}, "crp", "12.5"),
        ({"crp_unit": 2, "crp_mg_dl": Missing.NOT_DONE}, "crp", "not_done"),
        ({"crp_unit": 2}, "crp", "None"),
        ({"proteinuria_unit": 2, "proteinuria_g_24h": Decimal("0.14")}, "proteinuria_mg_24h", "140"),
        ({"proteinuria_unit": 2, "proteinuria_g_24h": Missing.NOT_DONE}, "proteinuria_mg_24h", "not_done"),
    ],
)
def test_whoever_reads_the_value_for_the_study_reads_it_in_one_unit(
    answers: dict[str, Value], name: str, value: str
) -> None:
    assert str(STOOD_FOR[name](answers)) == value


def test_units_and_limits_may_stay_as_they_were_and_results_never() -> None:
    carried = {item.id for item in form_of("laboratory").fields if item.carry}
    units = {"upcr_unit", "creatinine_unit", "complement_unit", "ch50_unit", "dsdna_unit", "dsdna_method"}
    units |= {"crp_unit", "proteinuria_unit"}
    assert carried == units | {"c3_lln", "c4_lln", "ch50_lln", "dsdna_uln", "ck_uln", "ldh_uln"}


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"complement_unit": G_L, "c3_value": "90"}, "c3_value_odd_unit"),
        ({"complement_unit": MG_DL, "c3_lln": "0,9"}, "c3_lln_odd_unit"),
        ({"complement_unit": G_L, "c4_value": "12"}, "c4_value_odd_unit"),
        ({"complement_unit": MG_DL, "c4_lln": "0,1"}, "c4_lln_odd_unit"),
        ({"creatinine_unit": "1", "creatinine": "88"}, "creatinine_odd_unit"),
        ({"creatinine_unit": "2", "creatinine": "0,9"}, "creatinine_odd_unit"),
        ({"upcr_unit": "3", "upcr": "230"}, "upcr_high_for_mg"),
        ({"crp_unit": "2", "crp_mg_dl": "45"}, "unusual_value"),
        ({"proteinuria_unit": "2", "proteinuria_g_24h": "40"}, "unusual_value"),
        ({"wbc": "4,1", "lymphocytes": "9,5"}, "lymphocytes_above_wbc"),
        ({"wbc": "4,1", "neutrophils": "5,2"}, "neutrophils_above_wbc"),
    ],
)
def test_a_value_in_the_wrong_unit_asks_for_a_reason(answers: dict[str, str], code: str) -> None:
    assert problem(filled("laboratory", answers), list(answers)[-1]) == ("soft", code)


@pytest.mark.parametrize(
    "answers",
    [
        {"complement_unit": G_L, "c3_value": "0,35", "c3_lln": "0,9"},
        {"complement_unit": MG_DL, "c4_value": "2", "c4_lln": "10"},
        {"creatinine_unit": "1", "creatinine": "0,9"},
        {"creatinine_unit": "2", "creatinine": "80"},
        {"upcr_unit": "3", "upcr": "0,23"},
        {"wbc": "4,1", "lymphocytes": "0,9", "neutrophils": "2,8"},
    ],
)
def test_ordinary_values_are_taken_as_they_are(answers: dict[str, str]) -> None:
    assert filled("laboratory", answers).problems() == ()


def test_a_sample_of_after_the_visit_blocks_signing() -> None:
    session = filled("laboratory visit_summary", {"visit_date": "10/11/2026", "lab_date": "11/11/2026"})
    assert problem(session, "lab_date") == ("hard", "lab_after_visit")
    session.set_text("lab_date", "10/11/2026")
    assert problem(session, "lab_date") is None
