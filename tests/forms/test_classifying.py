"""Which answers feed which criterion of the three sets, and what unknown answers leave open."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

import pytest
from classifying_cases import FIELDS, NEAR, PRESENT, RULES, V3

from anifro_desktop.forms import classifying
from anifro_desktop.forms.classifying import CLASSIFICATION_FIELDS, CRITERIA, class_met, settling
from anifro_desktop.forms.terms import Term
from anifro_desktop.record import Missing, Value
from anifro_desktop.scores.model import Tri

INPUTS = {
    "acr1997": classifying.acr1997_inputs,
    "slicc2012": classifying.slicc2012_inputs,
    "eular2019": classifying.eular2019_inputs,
}
EVERY = [(rule, key) for rule, terms in CRITERIA.items() for key in terms]


def given(rule: str, **answers: Value) -> dict[str, Tri]:
    return INPUTS[rule](answers)


@pytest.mark.parametrize("rule", RULES)
def test_every_criterion_of_a_rule_is_given_and_no_other(rule: str) -> None:
    assert set(given(rule)) == set(RULES[rule].KEYS)
    assert set(given(rule).values()) == {None}


def test_every_question_feeds_a_criterion_and_every_criterion_has_its_questions() -> None:
    asked = {name for name in FIELDS if name != "cl_biopsy_date"}
    assert set(CLASSIFICATION_FIELDS) == asked
    assert len(CLASSIFICATION_FIELDS) == len(asked)


# Answers that say something was there, but not enough of it for one of the sets.
VAGUE = {("cl_ana", 3), ("cl_biopsy", 10), ("cl_leukopenia", 3), ("cl_false_syphilis", 3)}
NOTHING: dict[str, Value] = dict.fromkeys(CLASSIFICATION_FIELDS[:-1], 0)  # all but the chosen set


@pytest.mark.parametrize(("rule", "key", "answers"), PRESENT)
def test_what_makes_a_criterion_present(rule: str, key: str, answers: dict[str, Value]) -> None:
    assert given(rule, **answers)[key] is True  # whatever the other answers are
    assert given(rule, **{**NOTHING, **answers})[key] is True


@pytest.mark.parametrize(("rule", "key", "answers"), NEAR)
def test_what_comes_near_does_not(rule: str, key: str, answers: dict[str, Value]) -> None:
    assert given(rule, **{**NOTHING, **answers})[key] is False


@pytest.mark.parametrize(("rule", "key"), EVERY)
def test_a_criterion_is_absent_with_everything_absent_and_tested_present(rule: str, key: str) -> None:
    assert given(rule, **NOTHING)[key] is False
    assert (rule, key) in {(one, two) for one, two, _ in PRESENT}


@pytest.mark.parametrize("reason", list(Missing))
def test_a_missing_reason_is_never_an_absence(reason: Missing) -> None:
    for rule in RULES:
        assert set(given(rule, **dict.fromkeys(CLASSIFICATION_FIELDS, reason)).values()) == {None}


def test_an_answer_that_does_not_tell_leaves_the_criterion_open() -> None:
    assert given("acr1997", **{**NOTHING, "cl_leukopenia": 3})["hematologic"] is None
    assert given("acr1997", **{**NOTHING, "cl_false_syphilis": 3})["immunologic"] is None
    assert given("eular2019", cl_ana=3)["ana_1_80"] is None
    both = given("eular2019", cl_biopsy=10)
    assert both["biopsy_II_V"] is both["biopsy_III_IV"] is None
    assert settling("eular2019", "ana_1_80", {"cl_ana": 3}) == ("cl_ana",)


# Unknown answers: what is said of a criterion is what all completions have in common


def choices(field: str) -> tuple[int, ...]:
    codes = FIELDS[field].codes
    assert codes is not None
    return codes.values


def partials(term: Term) -> Iterator[dict[str, Value]]:
    for row in itertools.product(*((None, *choices(field)) for field in term.fields)):
        yield {field: code for field, code in zip(term.fields, row, strict=True) if code is not None}


def completions(partial: Mapping[str, Value], term: Term) -> list[dict[str, Value]]:
    open_fields = [field for field in term.fields if field not in partial]
    rows = itertools.product(*(choices(field) for field in open_fields))
    return [{**partial, **dict(zip(open_fields, row, strict=True))} for row in rows]


@pytest.mark.parametrize(("rule", "key"), EVERY)
def test_unknown_is_what_completions_do_not_agree_on(rule: str, key: str) -> None:
    term = CRITERIA[rule][key]
    whole = {tuple(one.items()): term.holds(one) for one in completions({}, term)}
    for partial in partials(term):
        found = {whole[tuple((f, one[f]) for f in term.fields)] for one in completions(partial, term)}
        assert term.holds(partial) is (found.pop() if len(found) == 1 else None)


@pytest.mark.parametrize(("rule", "key"), EVERY)
def test_the_open_answers_named_are_open_and_settle_the_criterion(rule: str, key: str) -> None:
    term = CRITERIA[rule][key]
    for partial in partials(term):
        named = settling(rule, key, partial)
        assert bool(named) is (term.holds(partial) is None)
        for field in named:
            if field in partial:  # a code that leaves it open
                assert (field, partial[field]) in VAGUE
                continue
            rest = [one for one in completions(partial, term) if one[field] == choices(field)[0]]
            assert any(
                term.holds({**one, field: code}) is not term.holds(one)
                for one in rest
                for code in choices(field)[1:]
            )


def test_a_question_that_is_not_asked_yet_is_not_named() -> None:
    assert settling("slicc2012", "anti_dsdna", {}) == ("cl_dsdna",)
    assert settling("slicc2012", "anti_dsdna", {"cl_dsdna": 1}) == ("cl_dsdna_high",)
    assert settling("eular2019", "anti_dsdna", {"cl_dsdna": 1}) == ("cl_dsdna_specific",)
    assert settling("acr1997", "arthritis", {"cl_synovitis": 0}) == ("cl_joint_tender",)
    assert settling("acr1997", "arthritis", {"cl_joint_tender": 1}) == ("cl_erosive",)
    assert settling("slicc2012", "synovitis", {"cl_synovitis": 0, "cl_joint_tender": 1}) == ("cl_stiffness",)
    assert settling("acr1997", "hematologic", {"cl_hemolysis": 1})[0] == "cl_reticulocytosis"
    assert settling("acr1997", "renal", {"cl_dipstick": 0, "cl_rbc_casts": 0}) == (
        "cl_proteinuria",
        "cl_other_casts",
    )
    assert settling("eular2019", "autoimmune_hemolysis", {}) == ("cl_hemolysis", "cl_coombs")


@pytest.mark.parametrize(
    ("answers", "met"),
    [
        ({}, None),
        ({"criteria_set": 2}, None),
        ({**NOTHING, **V3, "criteria_set": 2}, 1),
        ({**NOTHING, "criteria_set": 1}, 0),
        ({**NOTHING, **V3, "criteria_set": 2, "cl_ana": Missing.NOT_DONE}, 1),
        # three of ACR 1997, enough of SLICC 2012: the chosen set decides, without one any will do
        ({**NOTHING, "cl_alopecia": 1, "cl_malar_rash": 1, "cl_ana": 2, "cl_low_c3": 1}, 1),
        (
            {**NOTHING, "cl_alopecia": 1, "cl_malar_rash": 1, "cl_ana": 2, "cl_low_c3": 1, "criteria_set": 1},
            0,
        ),
        (
            {**NOTHING, "cl_alopecia": 1, "cl_malar_rash": 1, "cl_ana": 2, "cl_low_c3": 1, "criteria_set": 2},
            1,
        ),
        ({**NOTHING, "cl_malar_rash": Missing.NOT_KNOWN, "cl_ana": 0}, 0),
    ],
)
def test_the_chosen_set_decides_and_any_set_while_none_is_chosen(
    answers: dict[str, Value], met: int | None
) -> None:
    assert class_met(answers) == met
