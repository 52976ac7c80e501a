"""The classification criteria and the values of baseline, held against each other. All patients are synthetic."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from forms_builders import DEFINITIONS, SUBJECT, TODAY
from forms_filling import filled, problem, suggested

from anifro_desktop.forms.facts import AT_BASELINE, AT_ENROLMENT
from anifro_desktop.forms.session import Visit, VisitSession
from anifro_desktop.record import Value

FORMS = "vitals laboratory sledai2k"


def criteria(baseline: Mapping[str, Value], **texts: str) -> VisitSession:
    facts = {AT_BASELINE + name: value for name, value in baseline.items()}
    forms = ("enrolment", "classification")
    session = VisitSession(DEFINITIONS, forms, SUBJECT, Visit(""), today=TODAY, facts=facts)
    for field, text in texts.items():
        session.set_text(field, text)
    return session


@pytest.mark.parametrize(
    ("field", "baseline", "value"),
    [
        ("cl_fever", {"temperature_c": Decimal("38.4")}, 1),
        ("cl_fever", {"temperature_c": Decimal("38.3")}, None),
        ("cl_fever", {"temperature_c": 39, "fever": 0}, None),
        ("cl_thrombocytopenia", {"platelets": 84}, 1),
        ("cl_thrombocytopenia", {"platelets": 100}, None),
        ("cl_thrombocytopenia", {"platelets": 84, "thrombocytopenia": 0}, None),
        ("cl_thrombocytopenia", {"thrombocytopenia": 1}, 1),
        ("cl_lymphopenia_10", {"lymphocytes": Decimal("0.95")}, 1),
        ("cl_lymphopenia_10", {"lymphocytes": 1}, None),
        ("cl_coombs", {"coombs_direct": 1}, 1),
        ("cl_dsdna", {"dsdna_raised": 1}, 1),
        ("cl_dsdna", {"dsdna_raised": 0}, None),
        ("cl_low_c3", {"c3_low": 1}, 1),
        ("cl_low_c3", {"c3_low": 0}, None),
        ("cl_low_c4", {"c4_low": 1}, 1),
        ("cl_low_ch50", {"ch50_low": 1}, 1),
        ("cl_low_c3", {}, None),
    ],
)
def test_a_value_of_baseline_suggests_that_a_criterion_was_met_and_never_that_it_was_not(
    field: str, baseline: dict[str, Value], value: int | None
) -> None:
    assert suggested(criteria(baseline), field) == value


@pytest.mark.parametrize(
    ("field", "code", "baseline", "found"),
    [
        ("cl_leukopenia", "0", {"wbc": Decimal("3.9")}, ("soft", "wbc_low_at_baseline")),
        ("cl_leukopenia", "0", {"wbc": 4}, None),
        ("cl_leukopenia", "1", {"wbc": Decimal("3.9")}, None),
        ("cl_leukopenia", "3", {"wbc": Decimal("3.9")}, None),
        ("cl_proteinuria", "0", {"proteinuria": 1}, ("soft", "proteinuria_at_baseline")),
        ("cl_proteinuria", "1", {"proteinuria": 1}, ("soft", "proteinuria_at_baseline")),
        ("cl_proteinuria", "2", {"proteinuria": 1}, None),
        ("cl_proteinuria", "0", {"proteinuria": 0}, None),
        ("cl_low_c3", "0", {"c3_low": 1}, ("contradiction", "contradiction")),
    ],
)
def test_absent_beside_such_a_value_is_told(
    field: str, code: str, baseline: dict[str, Value], found: tuple[str, str] | None
) -> None:
    assert problem(criteria(baseline, **{field: code}), field) == found


def test_the_rest_of_a_section_is_never_made_absent_over_a_value() -> None:
    session = criteria({"c3_low": 1})
    session.all_absent("classification", "serology")
    assert session.answers["cl_low_c4"] == 0
    assert not session.state("cl_low_c3").answered
    text = session.state("cl_low_c3").suggestion
    assert text is not None
    assert (text.text.it, text.text.en) == (
        "dalla visita basale: C3 Ridotto",
        "from the baseline visit: C3 Low",
    )


VALUES: list[tuple[dict[str, str], str, str]] = [
    ({"temperature_c": "38,4"}, "cl_fever", "temperature_c"),
    ({"platelets": "84"}, "cl_thrombocytopenia", "platelets"),
    ({"wbc": "3,9"}, "cl_leukopenia", "wbc"),
    ({"lymphocytes": "0,9"}, "cl_lymphopenia_10", "lymphocytes"),
    ({"coombs_direct": "1"}, "cl_coombs", "coombs_direct"),
    ({"c3_low": "1"}, "cl_low_c3", "c3_low"),
    ({"c4_low": "1"}, "cl_low_c4", "c4_low"),
    ({"ch50_low": "1"}, "cl_low_ch50", "ch50_low"),
    ({"dsdna_raised": "1"}, "cl_dsdna", "dsdna_raised"),
    ({"proteinuria": "1"}, "cl_proteinuria", "proteinuria"),
]


@pytest.mark.parametrize(("answers", "criterion", "field"), VALUES)
def test_a_value_at_baseline_against_an_absent_criterion_asks_for_a_reason(
    answers: dict[str, str], criterion: str, field: str
) -> None:
    def found(entry: int | None) -> tuple[str, str] | None:
        facts = {} if entry is None else {AT_ENROLMENT + criterion: entry}
        return problem(filled(FORMS, answers, visit="baseline", facts=facts), field)

    assert found(0) == ("soft", f"{criterion}_unmet")
    met = 2 if criterion == "cl_proteinuria" else 1
    assert (found(met), found(None)) == (None, None)


def test_platelets_not_due_to_sle_are_no_criterion() -> None:
    facts = {AT_ENROLMENT + "cl_thrombocytopenia": 0}
    session = filled(FORMS, {"platelets": "84", "thrombocytopenia": "0"}, visit="baseline", facts=facts)
    assert problem(session, "platelets") is None
    session.set_text("thrombocytopenia", "1")
    assert problem(session, "platelets") == ("soft", "cl_thrombocytopenia_unmet")
