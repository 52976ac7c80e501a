"""Threads of questions: what they come to, whatever the order in which their acts came."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anifro_desktop.thread import (
    ANSWER,
    ASK,
    ASK_BACK,
    CANCEL,
    CLOSE,
    CORRECT,
    KINDS,
    OF_CENTRE,
    OF_SITE,
    RAISE,
    STATES,
    Act,
    Query,
    Thread,
    fault,
    thread,
)

QUERY = Query(str(uuid.UUID(int=1)), "P03-7KQF-W", "field", "m06", "laboratory", "platelets")


def act(what: str, n: int, number: int = 0, **more: Any) -> Act:
    return Act(str(uuid.UUID(int=100 * n + number)), QUERY.id, n, what, "parole", "U01", **more)


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ((RAISE,), "open"),
        ((RAISE, ANSWER), "answered"),
        ((RAISE, CORRECT), "answered"),
        ((RAISE, ASK_BACK), "answered"),
        ((RAISE, ANSWER, ASK), "open"),
        ((RAISE, ANSWER, CLOSE), "closed"),
        ((RAISE, CANCEL), "cancelled"),
        ((RAISE, CLOSE, ANSWER), "closed"),
        ((RAISE, CLOSE, ASK), "open"),
        ((RAISE, CANCEL, ASK, ANSWER), "answered"),
    ],
)
def test_what_a_thread_comes_to(said: tuple[str, ...], state: str) -> None:
    assert thread(QUERY, (act(what, n) for n, what in enumerate(said, 1))).state == state


def test_an_answer_that_crossed_a_reminder_counts_as_one() -> None:
    crossed = [act(RAISE, 1), act(ANSWER, 2, 1), act(ASK, 2, 2)]
    assert thread(QUERY, crossed).state == thread(QUERY, reversed(crossed)).state == "answered"


def test_an_answer_that_crossed_the_closing_opens_nothing_and_is_read() -> None:
    crossed = thread(QUERY, [act(RAISE, 1), act(ANSWER, 2, 1), act(CLOSE, 2, 2)])
    assert crossed.state == "closed"
    assert [one.act for one in crossed.acts] == [RAISE, CLOSE, ANSWER]


acts = st.lists(
    st.builds(act, st.sampled_from((*OF_CENTRE, *OF_SITE)), st.integers(1, 6), st.integers(0, 99)),
    max_size=12,
    unique_by=lambda one: one.id,
)


@given(acts, st.randoms())
def test_order_and_repetition_make_no_difference(said: list[Act], chance: Any) -> None:
    shuffled = [*said, *said[:3]]
    chance.shuffle(shuffled)
    first, second = thread(QUERY, said), thread(QUERY, shuffled)
    assert first == second
    assert first.state in STATES
    assert first.next_number == 1 + max((one.n for one in said), default=0)


@given(acts, acts)
def test_both_sides_come_to_the_same_once_each_has_what_the_other_said(
    ours: list[Act], theirs: list[Act]
) -> None:
    here = {one.id: one for one in ours}
    there = {one.id: one for one in theirs if one.id not in here}
    one = thread(QUERY, (*here.values(), *there.values()))
    other = thread(QUERY, (*there.values(), *here.values()))
    assert (one.state, one.acts) == (other.state, other.acts)


def test_acts_about_another_question_do_not_count() -> None:
    other = replace(act(CLOSE, 2), query=str(uuid.UUID(int=2)))
    found: Thread = thread(QUERY, [act(RAISE, 1), other])
    assert (found.state, found.text) == ("open", "parole")


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "1"},
        {"subject": "P03"},
        {"kind": "why"},
        {"visit": "M06"},
        {"form": "1x"},
        {"field": "Platelets!"},
        {"record": "x"},
        {"ver": -1},
        {"ver": True},
        {"ver": "1"},
        {"about": "x" * 65},
        {"about": None},
    ],
    ids=str,
)
def test_a_question_that_cannot_be_is_named(changes: Any) -> None:
    assert fault(replace(QUERY, **changes)) == next(iter(changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"id": ""},
        {"query": "x"},
        {"n": 0},
        {"n": 10**7},
        {"n": 1.0},
        {"act": "delete"},
        {"text": ""},
        {"text": "   "},
        {"text": "two\nlines"},
        {"text": "right to left \u202e"},
        {"text": "x" * 501},
        {"who": "somebody else"},
        {"at": "yesterday"},
        {"record": "x"},
        {"ver": -1},
    ],
    ids=str,
)
def test_an_act_that_cannot_be_is_named(changes: Any) -> None:
    assert fault(replace(act(RAISE, 1), **changes)) == next(iter(changes))


def test_every_kind_can_be() -> None:
    assert [fault(replace(QUERY, kind=kind)) for kind in KINDS] == [""] * len(KINDS)
    assert fault(replace(act(CLOSE, 3), text="")) == ""
