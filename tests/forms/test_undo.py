"""Undo and redo over whole visits: any sequence of acts can be taken back to the start and done again."""

from __future__ import annotations

import contextlib
from decimal import Decimal
from typing import Any

from forms_builders import DEFINITIONS, VISIT_FORMS, visit_session
from hypothesis import given, settings
from hypothesis import strategies as st

from anifro_desktop.forms.errors import FormsRefusal
from anifro_desktop.forms.session import VisitSession
from anifro_desktop.record import Missing, Value

FIELDS = [item.id for name in VISIT_FORMS for item in DEFINITIONS.form(name).fields]
SECTIONS = [(name, section.id) for name in VISIT_FORMS for section in DEFINITIONS.form(name).sections]
LINKED = [
    "platelets",
    "thrombocytopenia",
    "rash",
    "rash_extent",
    "upcr_unit",
    "upcr",
    "proteinuria",
    "gc_oral",
    "gc_second",
    "gc2_mg",
    "sjc28",
    "swollen_not_sle",
    "active28",
    "arthritis",
]
PREVIOUS: dict[str, Value] = {
    "rash": 1,
    "rash_extent": 2,
    "weight_kg": Decimal(60),
    "gc_oral": 1,
    "gc1_drug": 3,
}
TYPED = ["0", "1", "2", "84", "600", "1,", "1,5", "x", "", "22/11/26"]

FIELD = st.one_of(st.sampled_from(LINKED), st.sampled_from(FIELDS))
ACTS = st.one_of(
    st.tuples(st.just("set_text"), FIELD, st.sampled_from(TYPED)),
    st.tuples(st.just("set_missing"), FIELD, st.sampled_from(list(Missing))),
    st.tuples(st.just("clear"), FIELD),
    st.tuples(st.just("explain"), FIELD, st.integers(1, 5), st.sampled_from(["", "perché"])),
    st.tuples(st.just("accept_suggestion"), FIELD),
    st.tuples(st.just("same_as_last"), FIELD),
    st.sampled_from(SECTIONS).map(lambda place: ("all_absent", *place)),
    st.sampled_from(SECTIONS).map(lambda place: ("same_section", *place)),
    st.just(("undo",)),
    st.just(("redo",)),
)


def act(session: VisitSession, doing: tuple[Any, ...]) -> None:
    name, *args = doing
    with contextlib.suppress(FormsRefusal):
        getattr(session, name)(*args)


def picture(session: VisitSession) -> tuple[object, ...]:
    return (
        session.entries(FIELDS),
        dict(session.answers),
        dict(session.scores),
        [session.state(field) for field in FIELDS],
        session.sections(),
        session.problems(),
    )


@settings(max_examples=60)
@given(st.lists(ACTS, max_size=25))
def test_every_act_can_be_taken_back_and_done_again(acts: list[tuple[Any, ...]]) -> None:
    session = visit_session(previous=PREVIOUS)
    start = picture(session)
    for doing in acts:
        act(session, doing)
    while session.can_redo:
        session.redo()
    end = picture(session)
    while session.undo() is not None:
        pass
    assert picture(session) == start
    while session.redo() is not None:
        pass
    assert picture(session) == end


@settings(max_examples=60)
@given(st.lists(ACTS, max_size=25), ACTS)
def test_a_change_names_everything_that_differs(acts: list[tuple[Any, ...]], last: tuple[Any, ...]) -> None:
    session = visit_session(previous=PREVIOUS)
    for doing in acts:
        act(session, doing)
    before_entries = {entry.field: entry for entry in session.entries(FIELDS)}
    before = {field: session.state(field) for field in FIELDS}
    scores = dict(session.scores)
    name, *args = last
    try:
        change = getattr(session, name)(*args)
    except FormsRefusal:
        change = None
    after_entries = {entry.field: entry for entry in session.entries(FIELDS)}
    fields = {field for field in FIELDS if before_entries[field] != after_entries[field]}
    looks = {field for field in FIELDS if before[field] != session.state(field)}
    shown = {field for field in FIELDS if before[field].visible != session.state(field).visible}
    assert fields == (change.fields if change else set())
    assert looks <= (change.redraw if change else set())
    assert shown == (change.visible if change else set())
    assert {rule for rule in scores if scores[rule] != session.scores[rule]} == (
        change.scores if change else set()
    )


@settings(max_examples=60)
@given(st.lists(ACTS, max_size=25))
def test_a_recovered_draft_is_the_same_visit(acts: list[tuple[Any, ...]]) -> None:
    session = visit_session(previous=PREVIOUS)
    for doing in acts:
        act(session, doing)
    again = visit_session(previous=PREVIOUS)
    again.load_entries(session.entries(FIELDS))
    assert picture(again) == picture(session)
    assert not again.can_undo
    assert not again.can_redo


def test_a_new_answer_ends_what_could_be_done_again() -> None:
    session = visit_session()
    session.set_text("phga", "1")
    session.undo()
    assert session.can_redo
    session.set_text("weight_kg", "62")
    assert not session.can_redo
    assert session.redo() is None
    session.undo()
    assert session.undo() is None
