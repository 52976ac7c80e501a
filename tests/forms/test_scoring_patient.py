"""From the patient's answers to questionnaires and scales: item by item, what stays unknown, what would settle it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scoring_answers import FIELDS, QUIET, fields_of, quiet

from anifro_desktop.forms.scoring import score_inputs, score_visit
from anifro_desktop.record import Missing, Value


@pytest.mark.parametrize(("form", "length"), [("sf36", 36), ("facit_fatigue", 13)])
def test_items_stand_in_the_order_of_the_questionnaire(form: str, length: int) -> None:
    fields = fields_of(form)
    numbered: dict[str, Value] = {field: number for number, field in enumerate(fields)}
    assert score_inputs(form, numbered)["answers"] == list(range(length))
    for field in (fields[0], fields[-1]):
        for gone in (None, Missing.REFUSED):
            answers = score_inputs(form, quiet(**{field: gone}))["answers"]
            assert [place for place, answer in enumerate(answers) if answer is None] == [fields.index(field)]


@pytest.mark.parametrize("form", ["sf36", "facit_fatigue", "eq5d5l", "lupusqol"])
def test_every_unanswered_item_is_named(form: str) -> None:
    fields = tuple(fields_of(form))
    empty = quiet(**dict.fromkeys(fields, None))
    score = score_visit(empty)[form]
    assert score.value is None
    # The second item of the SF-36 is in no scale; the visual scale of the EQ-5D beside its index, so in neither.
    assert score.missing == tuple(field for field in fields if field not in ("sf36_2", "eq_vas"))


def test_one_item_left_out_of_a_questionnaire_is_named_though_the_score_stands() -> None:
    for form, field in (("facit_fatigue", "facit_5"), ("lupusqol", "lupusqol_34"), ("sf36", "sf36_3")):
        score = score_visit(quiet(**{field: None}))[form]
        assert score.value is not None
        assert score.missing == (field,)
        assert any(warning.startswith("partly_answered") for warning in score.warnings)


def test_not_applicable_is_no_answer() -> None:
    given = score_inputs("lupusqol", quiet(lupusqol_8=Missing.NOT_APPLICABLE, lupusqol_34=0))
    assert given["answers"]["8"] is None
    assert given["answers"]["34"] == 0
    assert len(given["answers"]) == 34


def test_dimensions_of_the_eq5d_are_not_mistaken_for_one_another() -> None:
    given = score_inputs("eq5d5l", quiet(eq5d_mo=1, eq5d_sc=2, eq5d_ua=3, eq5d_pd=4, eq5d_ad=5, eq_vas=0))
    assert given == {"MO": 1, "SC": 2, "UA": 3, "PD": 4, "AD": 5, "eq_vas": 0}
    open_ = score_visit(quiet(eq5d_pd=Missing.NOT_DONE))["eq5d5l"]
    assert open_.missing == ("eq5d_pd",)
    assert open_.parts["eq_vas"] == 90


@pytest.mark.parametrize("name", ["pain_vas", "fatigue_vas", "ptga"])
def test_a_scale_is_read_as_it_was_printed(name: str) -> None:
    assert score_visit(quiet(**{name: Decimal("7.5")}))[name].value == 7.5
    numbers = quiet(vas_scale=2, pain_vas=Decimal(1), fatigue_vas=Decimal(2), ptga=Decimal(0))
    assert score_visit({**numbers, name: Decimal("7.5")})[name].value == 75
    for changes, missing in (
        ({name: None}, (name,)),
        ({"vas_scale": None}, ("vas_scale",)),
        ({"vas_scale": None, name: Missing.REFUSED}, (name, "vas_scale")),
        ({"vas_scale": 2, name: Decimal(75)}, (name,)),  # a number that the scale does not have
    ):
        score = score_visit(quiet(**changes))[name]  # type: ignore[arg-type]
        assert (score.value, score.missing) == (None, missing)


def test_a_visit_without_questionnaires_leaves_the_rest_alone() -> None:
    forms = ("sf36", "facit_fatigue", "eq5d5l", "lupusqol", "scales", "clasi", "damage")
    answers = {name: value for name, value in QUIET.items() if FIELDS[name].form not in forms}
    scores = score_visit(answers, QUIET)
    whole = score_visit(QUIET, QUIET)
    for name in ("sledai2k", "prednisone", "sledas", "doris", "lldas", "sfi", "joints"):
        assert scores[name] == whole[name]
