"""Files of questions: there and back, strict reading; a site's acts as records."""

from __future__ import annotations

import uuid
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from anifro_desktop.crypto import hybrid
from anifro_desktop.record import Revision
from anifro_desktop.sync.errors import BundleRefused
from anifro_desktop.sync.query import (
    SPLIT_THREADS,
    act_revision,
    open_queries,
    query_lines,
    read_act,
    seal_queries,
    split_threads,
)
from anifro_desktop.thread import Act, Query, Thread, thread

QUERY = Query(
    id="6f1c2f0e-0a3b-4c5d-8e9f-001122334455",
    subject="P03-7KQF-W",
    kind="field",
    visit="m06",
    form="laboratory",
    field="platelets",
    record="6f1c2f0e-0a3b-4c5d-8e9f-001122334456",
    ver=2,
)
RAISED = Act(
    "6f1c2f0e-0a3b-4c5d-8e9f-001122334457",
    QUERY.id,
    1,
    "raise",
    "Is 15 the value of this visit? È dubbio.",
    "C01",
    "2026-03-02T08:00:00Z",
)
ANSWERED = Act("6f1c2f0e-0a3b-4c5d-8e9f-001122334458", QUERY.id, 2, "correct", "", "U01", "", QUERY.record, 3)
THREAD = thread(QUERY, (RAISED, ANSWERED))


def seal(parties: Any, maker: ModuleType, *threads: Thread) -> bytes:
    header = parties.header(type="query")
    return seal_queries(header, threads, maker.SITE_SIGN, hybrid.public_bytes(maker.CENTRE_SEAL))


def test_there_and_back(parties: Any, maker: ModuleType) -> None:
    data = seal(parties, maker, THREAD)
    found, opened = open_queries(data, key_for=parties.key_for, seed_for=parties.seed_for)
    assert found == (THREAD,)
    assert opened.header.type == "query"


def test_what_is_only_for_one_side_does_not_travel(parties: Any, maker: ModuleType) -> None:
    sourced = thread(QUERY, (replace(RAISED, source="f" * 64),))
    found, _ = open_queries(seal(parties, maker, sourced), key_for=parties.key_for, seed_for=parties.seed_for)
    assert found == (thread(QUERY, (RAISED,)),)


def test_data_is_not_a_file_of_questions(parties: Any, maker: ModuleType) -> None:
    with pytest.raises(BundleRefused) as caught:
        open_queries(maker.good(), key_for=parties.key_for, seed_for=parties.seed_for)
    assert caught.value.code == "wrong_type"


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (Thread(QUERY, ()), "bad_query"),
        (Thread(QUERY, (ANSWERED,)), "bad_query"),
        (Thread(QUERY, (RAISED, RAISED)), "bad_query"),
        (thread(QUERY, (replace(RAISED, text="two\nlines"),)), "bad_query"),
        (thread(QUERY, (replace(RAISED, text="x" * 501),)), "bad_query"),
        (thread(QUERY, (replace(RAISED, n=0),)), "bad_query"),
        (thread(replace(QUERY, record="1"), (RAISED,)), "bad_query"),
        (thread(replace(QUERY, subject="P04-7KQF-W"), (RAISED,)), "foreign_subject"),
    ],
)
def test_what_no_reader_takes_is_not_made(parties: Any, maker: ModuleType, bad: Thread, code: str) -> None:
    with pytest.raises(BundleRefused) as caught:
        seal(parties, maker, bad)
    assert caught.value.code == code


def test_one_question_stands_once_in_a_file(parties: Any, maker: ModuleType) -> None:
    with pytest.raises(BundleRefused):
        open_queries(seal(parties, maker, THREAD, THREAD), key_for=parties.key_for, seed_for=parties.seed_for)


def test_the_lines_do_not_depend_on_the_order_given() -> None:
    other = replace(QUERY, id=str(uuid.UUID(int=3)))
    two = thread(other, (replace(RAISED, query=other.id),))
    assert query_lines([THREAD, two]) == query_lines([two, THREAD])


def test_many_threads_go_in_several_files() -> None:
    some = [thread(replace(QUERY, id=str(uuid.UUID(int=n))), ()) for n in range(SPLIT_THREADS + 1)]
    assert [len(part) for part in split_threads(some)] == [SPLIT_THREADS, 1]
    assert list(split_threads([])) == [[]]


def test_an_act_leaves_as_a_record_without_its_time_and_comes_back() -> None:
    timed = replace(ANSWERED, at="2026-03-04T10:00:00+01:00")
    revision = act_revision(QUERY, timed, "d" * 64)
    assert (revision.when, revision.day, revision.visit) == ("", None, "m06")
    assert "2026" not in str(revision.to_json())
    assert read_act(revision, "f" * 64) == replace(ANSWERED, source="f" * 64)


@pytest.mark.parametrize(
    "changes",
    [
        {"act": "close"},  # only the centre closes
        {"act": "raise", "text": "?"},
        {"n": 0},
        {"n": True},
        {"text": "visto il 2026-03-04"},
        {"text": "x\ny"},
        {"more": 1},
        {"ver": "3"},
    ],
    ids=str,
)
def test_an_act_that_a_site_cannot_say_is_refused(changes: Any) -> None:
    revision = act_revision(QUERY, ANSWERED, "d" * 64)
    forged = Revision.from_json({**revision.to_json(), "values": {**revision.values, **changes}})
    with pytest.raises(BundleRefused) as caught:
        read_act(forged)
    assert caught.value.code == "bad_query"
