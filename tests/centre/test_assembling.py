"""Which version counts: the same whatever arrived first, twice, or against itself."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from centre_builders import (
    DEFINITIONS,
    classification,
    course,
    digest_of,
    enrolment,
    event,
    history,
    received,
    revision,
    schedule,
)

from anifro_desktop.centre.answering import Apart, BadAnswer, answers_of, check_answers
from anifro_desktop.centre.assembling import Received, agreed, disagreements, subjects
from anifro_desktop.record import Missing

CODE = "P03-7KQF-4"


def version(ver: int, phga: str, **more: Any) -> Received:
    """A version of one record."""
    prev = "" if ver == 1 else digest_of(str(ver - 1))
    made = replace(revision(CODE, "m06", "phga", {}, 183, **more), ver=ver, prev=prev, values={"phga": phga})
    return Received("P03", 1, made)


def voided(item: Received, key: str = "m06~1") -> Received:
    """The same record as a tombstone, under the key of a mistake."""
    return replace(item, revision=replace(item.revision, visit=key, values={}), deleted=True)


def counted(items: list[Received]) -> list[Any]:
    return [item.revision.values["phga"] for item in agreed(items)]


def test_the_highest_version_counts_in_any_order() -> None:
    items = [version(1, "1"), version(2, "2"), version(3, "3")]
    for seed in range(6):
        mixed = items * 2
        random.Random(seed).shuffle(mixed)
        assert counted(mixed) == ["3"]


def test_a_version_with_two_contents_counts_for_nothing() -> None:
    items = [version(1, "1"), version(2, "2"), version(2, "2.5")]
    assert counted(items) == ["1"]
    assert disagreements(items) == [(items[0].revision.id, 2)]
    assert counted([version(1, "1"), version(1, "2")]) == []


def test_a_higher_version_settles_it() -> None:
    items = [version(1, "1"), version(2, "2"), version(2, "2.5"), version(3, "3")]
    assert counted(items) == ["3"]


def test_the_same_version_signed_later_is_no_disagreement() -> None:
    items = [version(1, "1", signature={}), version(1, "1")]
    assert counted(items) == ["1"]
    assert disagreements(items) == []
    assert agreed(items)[0].revision.signature
    assert agreed(items[::-1])[0].revision.signature


def test_a_form_typed_again_after_a_restored_backup_counts_once() -> None:
    old = version(2, "2")
    new = replace(version(1, "1", id="f" * 8 + "-ffff-ffff-ffff-" + "f" * 12), epoch=2)
    assert counted([old, new]) == counted([new, old]) == ["1"]


def test_visits_are_in_order_of_their_days() -> None:
    mixed = course(CODE)
    random.Random(1).shuffle(mixed)
    (subject,) = subjects(received(mixed), DEFINITIONS)
    assert [visit.key for visit in subject.visits] == ["baseline", "m06", "m12", "m24"]
    assert [visit.day for visit in subject.visits] == [0, 183, 366, 735]
    assert subject.answers["screening_outcome"] == 1


def test_a_field_of_a_newer_schema_is_passed_over() -> None:
    newer = replace(revision(CODE, "m06", "phga", {}, 183), values={"phga": "1", "not_yet_known": {"a": 1}})
    assert set(answers_of(newer, DEFINITIONS)) == {"phga"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phga", 1),
        ("phga", "many"),
        ("phga", "NaN"),
        ("phga", True),
        ("fever", 7),
        ("fever", True),
        ("fever", "1"),
        ("fever", [1]),
        ("tjc28", "4"),
        ("visit_date", "2026-11-23"),
        ("visit_date", True),
        ("phga", {"missing": "forgotten"}),
        ("phga", {"missing": "not_done", "x": 1}),
        ("phga", {"other": "not_done"}),
        ("phga", {"missing": 3}),
        ("phga", {}),
        ("phga", {"missing": ["not_done"]}),
        ("phga", {"months": 3}),
        ("visit_date", {"months": 3}),
        ("visit_date", 200_000),
        ("hx_diagnosis_date", "2019-05"),
        ("hx_diagnosis_date", {"months": True}),
        ("hx_diagnosis_date", {"months": "3"}),
        ("hx_diagnosis_date", {"days": 3}),
        ("hx_diagnosis_date", {"months": 3, "years": 0}),
        ("hx_diagnosis_date", {"years": -400}),
        ("ae_awareness", "2026-11-23T09:00"),
    ],
)
def test_what_a_field_cannot_hold_is_refused_by_its_name_only(field: str, value: Any) -> None:
    form = DEFINITIONS.fields[field].form
    bad = replace(revision(CODE, "m06", form, {}, 183), values={field: value})
    with pytest.raises(BadAnswer) as refused:
        check_answers(bad, DEFINITIONS)
    assert str(refused.value) == field
    assert answers_of(bad, DEFINITIONS) == {}


@pytest.mark.parametrize("field", ["summary_comment", "phga", "invented"])
def test_a_field_that_may_not_be_there_is_refused(field: str) -> None:
    bad = replace(revision(CODE, "m06", "visit_summary", {}, 183), values={field: "1"})
    with pytest.raises(BadAnswer):
        check_answers(bad, DEFINITIONS)


def test_a_deleted_record_counts_no_more() -> None:
    gone = replace(version(2, "2"), deleted=True)
    assert counted([version(1, "1"), gone]) == counted([gone, version(1, "1")]) == []


def test_a_visit_typed_anew_after_it_was_voided_counts() -> None:
    gone = voided(version(2, "2", id="0" * 8 + "-0000-0000-0000-" + "0" * 12))
    again = voided(version(2, "2", id="1" * 8 + "-0000-0000-0000-" + "0" * 12), "m06~2")
    anew = version(1, "1")
    assert counted([gone, again, anew]) == counted([anew, again, gone]) == ["1"]
    assert counted([gone, again]) == []


def test_what_was_voided_after_a_restored_backup_does_not_come_back() -> None:
    gone = replace(voided(version(1, "1", id="0" * 8 + "-0000-0000-0000-" + "0" * 12)), epoch=2)
    assert counted([version(2, "2"), gone]) == []


def test_history_is_the_subjects_own_and_no_visit() -> None:
    made = [*course(CODE), history(CODE, hx_diagnosis_date={"years": -9}, co_hypertension=1)]
    made.append(classification(CODE, cl_malar_rash=1))
    (subject,) = subjects(received(made), DEFINITIONS)
    assert subject.answers["hx_diagnosis_date"] == Apart(years=-9)
    assert (subject.answers["co_hypertension"], subject.answers["cl_malar_rash"]) == (1, 1)
    assert subject.answers["screening_outcome"] == 1
    assert len(subject.visits) == 4
    assert subject.signed
    unsigned = [replace(item, signature={}) if item.form == "history" else item for item in made]
    assert not subjects(received(unsigned), DEFINITIONS)[0].signed


def test_events_stand_apart_from_visits_with_the_day_of_their_form() -> None:
    made = [
        enrolment(CODE),
        event(CODE, "ae-010", aesi_category=0, ae_start={"months": 2}),
        event(CODE, "ae-002", aesi_category=1, ae_start=40, ae_awareness=41),
        event(CODE, "ad-001", ad_given=1, ad_date=0),
        event(CODE, "de-001", de_date=Missing.NOT_KNOWN, de_cause=6),
    ]
    (subject,) = subjects(received(made), DEFINITIONS)
    assert subject.visits == ()
    assert [(one.key, one.form, one.day) for one in subject.events] == [
        ("ad-001", "administration", 0),
        ("ae-002", "adverse_event", 40),
        ("ae-010", "adverse_event", None),
        ("de-001", "death", None),
    ]
    two, ten = subject.events_of("adverse_event")
    assert (two.number, two.answers["ae_awareness"], two.signed) == (2, 41, True)
    assert ten.answers["ae_start"] == Apart(months=2)


def test_a_voided_event_leaves_nothing_behind() -> None:
    first = received([event(CODE, "ae-001", aesi_category=0, ae_start=3)])
    stone = replace(first[0].revision, visit="ae-001~1", ver=2, prev=digest_of("1"), values={}, signature={})
    assert subjects([*first, Received("P03", 1, stone, deleted=True)], DEFINITIONS) == []


def test_a_subject_enrolled_twice_is_gone_with_its_schedule() -> None:
    made = received([enrolment(CODE), schedule(CODE, "m06")])
    stone = replace(made[0].revision, visit="~1", ver=2, prev=digest_of("1"), values={})
    taken_back = Received("P03", 1, stone, deleted=True)
    assert subjects([*made, taken_back], DEFINITIONS) == []
    assert [one.code for one in subjects(made[1:], DEFINITIONS)] == [CODE]  # enrolment still on its way


def test_a_record_under_a_key_of_no_known_kind_is_passed_over() -> None:
    newer = replace(event(CODE, "ae-001", aesi_category=0), visit="zz-001", definition="0" * 64)
    other = replace(revision(CODE, "m06", "phga", {"phga": "1"}, 183), visit="m07", definition="0" * 64)
    (subject,) = subjects(received([enrolment(CODE), newer, other]), DEFINITIONS)
    assert (subject.events, subject.visits) == ((), ())
