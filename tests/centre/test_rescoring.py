"""Scores computed again: what differs is told part by part, what cannot be known is told as that."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from centre_builders import (
    COURSE,
    DEFINITIONS,
    DRUGS,
    FILLED,
    QUIET,
    claiming,
    classification,
    course,
    enrolment,
    received,
    visit,
)

from anifro_desktop.centre.assembling import subjects
from anifro_desktop.centre.rescoring import EARLIER, USES, Difference, rescore, verdict
from anifro_desktop.forms.scoring import RULES, score_inputs, score_json, score_visit
from anifro_desktop.record import Missing, Revision

CODE = "P03-7KQF-4"


def findings(revisions: list[Revision]) -> list[Difference]:
    """All findings about one subject."""
    (subject,) = subjects(received(revisions), DEFINITIONS)
    return rescore(subject, DEFINITIONS)


def altered(revisions: list[Revision], key: str, rule: str, **changes: Any) -> list[Revision]:
    """The same revisions with something else in the scores of one visit."""
    return [
        replace(item, scores={**item.scores, rule: {**item.scores[rule], **changes}})  # type: ignore[dict-item]
        if (item.visit, item.form) == (key, "visit_summary")
        else item
        for item in revisions
    ]


def test_honest_scores_have_no_findings() -> None:
    assert findings(course(CODE)) == []


def test_honest_scores_of_an_incomplete_visit_have_none_either() -> None:
    answers = {**QUIET, "platelets": Missing.NOT_DONE, "thrombocytopenia": Missing.NOT_DONE, "rash": 1}
    assert findings([enrolment(CODE), *visit(CODE, "baseline", 0, answers)]) == []


@pytest.mark.parametrize(
    ("rule", "changes", "part"),
    [
        ("sledai2k", {"value": 5}, "value"),
        ("sledai2k", {"complete": False}, "complete"),
        ("sledas", {"value": "2.0929"}, "value"),
        ("doris", {"value": True}, "value"),
        ("doris", {"value": None}, "value"),
        ("lldas", {"value": 1}, "value"),
        ("prednisone", {"minimum": "1.0"}, "minimum"),
    ],
)
def test_a_wrong_score_is_told_with_both_values(rule: str, changes: dict[str, Any], part: str) -> None:
    (found,) = findings(altered(course(CODE), "m06", rule, **changes))
    assert (found.subject, found.visit, found.kind, found.rule, found.part) == (
        CODE,
        "m06",
        "differs",
        rule,
        part,
    )
    assert found.carried != found.computed


def test_a_wrong_part_a_missing_part_and_an_extra_part_are_told() -> None:
    revisions = course(CODE)
    summary = next(item for item in revisions if (item.visit, item.form) == ("m06", "visit_summary"))
    parts = dict(summary.scores["sledai2k"]["parts"])  # type: ignore[index, call-overload, arg-type]
    parts["clinical"] = 99
    parts["invented"] = True
    del parts["serologic"]
    found = findings(altered(revisions, "m06", "sledai2k", parts=parts))
    assert {(item.part, item.carried, item.computed) for item in found} == {
        ("parts.clinical", "99", "2"),
        ("parts.invented", "true", ""),
        ("parts.serologic", "", "2"),
    }


def test_thousands_of_parts_that_no_rule_has_are_told_by_some_of_them() -> None:
    many = {f"p{number:05}": 1 for number in range(10_000)}
    revisions = altered(course("P03-7KQF-4"), "m06", "sledai2k", value=99, parts=many)
    found = findings(revisions)
    assert 50 < len(found) < 100
    assert {"value", "parts.p00000"} <= {item.part for item in found}


def test_a_rule_left_out_is_told() -> None:
    revisions = course(CODE)
    out = [
        replace(item, scores={k: v for k, v in item.scores.items() if k != "doris"})
        if (item.visit, item.form) == ("m12", "visit_summary")
        else item
        for item in revisions
    ]
    found = findings(out)
    assert {item.rule for item in found} == {"doris"}
    assert {item.kind for item in found} == {"differs"}


def test_the_last_digit_of_another_machine_is_no_difference() -> None:
    revisions = course(CODE)
    summary = next(item for item in revisions if (item.visit, item.form) == ("m06", "visit_summary"))
    value = float(summary.scores["sledas"]["value"])  # type: ignore[index, call-overload, arg-type]
    assert findings(altered(revisions, "m06", "sledas", value=repr(value + 4e-14))) == []
    assert findings(altered(revisions, "m06", "sledas", value=repr(value + 4e-8)))


def test_one_and_true_are_not_the_same_nor_is_what_was_left_out() -> None:
    revisions = course(CODE)
    summary = next(item for item in revisions if (item.visit, item.form) == ("m06", "visit_summary"))
    found = findings(altered(revisions, "m06", "sledas", complete=1))
    assert [(item.part, item.carried, item.computed) for item in found] == [("complete", "1", "true")]
    sledas: Any = summary.scores["sledas"]
    less = {name: value for name, value in sledas.items() if name != "minimum"}
    scores = {**summary.scores, "sledas": less}
    out = [replace(item, scores=scores) if item is summary else item for item in revisions]
    assert [(item.part, item.carried) for item in findings(out)] == [("minimum", "")]


def test_an_earlier_visit_not_received_is_its_own_kind() -> None:
    revisions = [item for item in course(CODE) if item.visit != "baseline"]
    found = findings(revisions)
    of_baseline = {
        (key, rule, "baseline_not_received")
        for key in ("m06", "m12", "m24")
        for rule in ("prednisone", "clasi", "joints", "sdi")
    }
    of_previous = {("m06", rule, "previous_not_received") for rule in ("sledas", "lldas", "sfi")}
    assert {(item.visit, item.rule, item.why) for item in found} == of_baseline | of_previous
    assert {item.kind for item in found} == {"not_verifiable"}
    assert verdict(found) == "not_verifiable"


def test_a_last_damage_index_not_received_leaves_damage_alone_unverifiable() -> None:
    day, changes = COURSE["m12"]
    known = {**QUIET, **DRUGS, **COURSE["baseline"][1]}
    revisions = [item for item in course(CODE) if item.visit in ("", "baseline")]
    answers = {**QUIET, **DRUGS, **changes}
    past = ("baseline", known)
    revisions += visit(CODE, "m12", day, answers, past, past, ("m06", {**known, "sdi_cataract": 1}))
    (found,) = findings(revisions)
    assert (found.visit, found.rule, found.why) == ("m12", "sdi", "damage_not_received")


def test_damage_of_several_visits_is_found_again_from_all_that_the_record_names() -> None:
    day, changes = COURSE["m12"]
    known = {**QUIET, **DRUGS, **COURSE["baseline"][1], "sdi_cataract": 1}
    asked = {**QUIET, **DRUGS, **COURSE["m06"][1], "sdi_cataract": Missing.NOT_KNOWN}
    past = ("baseline", known)
    revisions = [item for item in course(CODE) if item.visit == ""]
    revisions += visit(CODE, "baseline", 0, known)
    revisions += visit(CODE, "m06", COURSE["m06"][0], asked, past, past, past)
    answers = {**QUIET, **DRUGS, **changes, "sdi_cataract": 0}
    revisions += visit(CODE, "m12", day, answers, ("m06", asked), past, ("m06 baseline", known))
    assert [item for item in findings(revisions) if item.rule == "sdi"] == []
    without = [item for item in revisions if item.visit != "baseline"]
    told = {(item.visit, item.why) for item in findings(without) if item.rule == "sdi"}
    assert ("m12", "baseline_not_received") in told


@pytest.mark.parametrize("name", RULES)
def test_the_earlier_visits_of_each_rule_are_those_that_feed_it(name: str) -> None:
    past = {**QUIET, **DRUGS, **COURSE["baseline"][1], "sdi_cataract": 1}
    answers = {name: value for name, value in QUIET.items() if name != "weight_kg"}
    alone = score_inputs(name, answers)
    fed = {
        earlier
        for earlier in EARLIER
        if score_inputs(name, answers, **{earlier: past}) != alone  # type: ignore[arg-type]
    }
    assert fed == set(USES.get(name, ()))


def test_a_wrong_score_is_found_even_while_the_previous_visit_is_missing() -> None:
    revisions = [item for item in course(CODE) if item.visit != "baseline"]
    found = findings(altered(revisions, "m06", "sledai2k", value=9))
    assert ("sledai2k", "differs") in {(item.rule, item.kind) for item in found}
    assert verdict(found) == "differs"


def test_the_previous_visit_the_site_named_is_used_and_no_other() -> None:
    day, changes = COURSE["m12"]
    baseline = {**QUIET, **DRUGS, **COURSE["baseline"][1]}
    revisions = [item for item in course(CODE) if item.visit in ("", "baseline", "m06")]
    past = ("baseline", baseline)
    revisions += visit(CODE, "m12", day, {**QUIET, **DRUGS, **changes}, past, past, past)
    assert findings(revisions) == []


def test_a_form_not_received_leaves_the_visit_unverifiable() -> None:
    revisions = [item for item in course(CODE) if (item.visit, item.form) != ("m24", "laboratory")]
    (found,) = findings(revisions)
    assert (found.visit, found.kind, found.why) == ("m24", "not_verifiable", "form_not_received")


def test_other_definitions_leave_the_visit_unverifiable() -> None:
    revisions = [
        replace(item, definition="0" * 64) if (item.visit, item.form) == ("m24", "phga") else item
        for item in course(CODE)
    ]
    (found,) = findings(revisions)
    assert (found.visit, found.why) == ("m24", "other_definitions")


def test_scores_not_received_are_not_judged() -> None:
    revisions = [item for item in course(CODE) if (item.visit, item.form) != ("m24", "visit_summary")]
    assert findings(revisions) == []


def test_a_form_only_offered_may_be_missing() -> None:
    revisions = [enrolment(CODE), *visit(CODE, "m03", 90, QUIET)]
    optional = ("scales", "sf36", "facit_fatigue", "eq5d5l", "lupusqol")
    assert findings([item for item in revisions if item.form not in optional]) == []


def test_an_offered_form_that_is_missing_though_it_was_scored_is_said_to_be_missing() -> None:
    revisions = visit(CODE, "m03", 90, {**QUIET, **FILLED})
    assert findings(revisions) == []
    (found,) = findings([item for item in revisions if item.form != "facit_fatigue"])
    assert (found.kind, found.rule, found.why) == ("not_verifiable", "facit_fatigue", "form_not_received")


def test_what_a_visit_does_not_ask_is_neither_carried_nor_judged() -> None:
    carried = {item.visit: item.scores for item in course(CODE) if item.form == "visit_summary"}
    assert {key: "sfi" in scores for key, scores in carried.items()} == {
        key: key != "baseline" for key in COURSE
    }
    assert findings(course(CODE)) == []


def test_a_flare_carried_where_none_is_asked_is_judged_all_the_same() -> None:
    unasked = {field.id for field in DEFINITIONS.form("flare").fields}
    answers = {
        name: value
        for name, value in {**QUIET, **DRUGS, **COURSE["baseline"][1]}.items()
        if name not in unasked
    }
    honest = score_json(score_visit(answers)["sfi"])
    assert findings(claiming(course(CODE), "baseline", sfi=honest)) == []
    found = findings(claiming(course(CODE), "baseline", sfi={**honest, "value": "severe"}))
    assert {(item.visit, item.kind, item.rule, item.part) for item in found} == {
        ("baseline", "differs", "sfi", "value")
    }


@pytest.mark.parametrize(
    ("rule", "part", "value"),
    [
        ("sfi", "value", "none"),
        ("clasi", "value", 3),
        ("joints", "value", 9),
        ("sdi", "value", 1),
        ("sf36", "value", "50.0"),
        ("facit_fatigue", "value", "51.0"),
        ("eq5d5l", "value", "1.0"),
        ("lupusqol", "value", "12.5"),
        ("pain_vas", "value", "4.0"),
        ("ptga", "value", "3.5"),
    ],
)
def test_every_new_result_is_compared(rule: str, part: str, value: Any) -> None:
    day, changes = COURSE["m24"]
    answers = {**QUIET, **FILLED, **DRUGS, **changes}
    past = ("m12", {**QUIET, **DRUGS, **COURSE["m12"][1]})
    made = [item for item in course(CODE) if item.visit != "m24"]
    made += visit(CODE, "m24", day, answers, past, past, past)
    assert findings(made) == []
    found = findings(altered(made, "m24", rule, **{part: value}))
    assert {(item.kind, item.rule, item.part) for item in found} == {("differs", rule, part)}


def test_the_classification_is_scored_again_by_itself() -> None:
    honest = classification(CODE, cl_malar_rash=1, cl_ana=2, cl_dsdna=1)
    assert honest.scores.keys() == {"acr1997", "slicc2012", "eular2019"}
    assert findings([enrolment(CODE), honest]) == []
    wrong = {**honest.scores, "acr1997": {**honest.scores["acr1997"], "value": True}}  # type: ignore[dict-item]
    (found,) = findings([enrolment(CODE), replace(honest, scores=wrong)])
    assert (found.visit, found.kind, found.rule, found.part) == ("", "differs", "acr1997", "value")
    assert (found.carried, found.computed) == ("true", "null")
    other = replace(honest, definition="0" * 64, scores=wrong)
    assert [item.why for item in findings([enrolment(CODE), other])] == ["other_definitions"]
