"""Which version counts: the same whatever arrived first, twice, or against itself."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from centre_builders import DEFINITIONS, course, digest_of, received, revision

from anifro_desktop.centre.assembling import (
    BadAnswer,
    Received,
    agreed,
    answers_of,
    check_answers,
    disagreements,
    subjects,
)

CODE = "P03-7KQF-4"


def version(ver: int, phga: str, **more: Any) -> Received:
    """A version of one record."""
    prev = "" if ver == 1 else digest_of(str(ver - 1))
    made = replace(revision(CODE, "m06", "phga", {}, 183, **more), ver=ver, prev=prev, values={"phga": phga})
    return Received("P03", 1, made)


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
