"""Drug retention with open answers: what all completions agree on, and nothing else."""

from __future__ import annotations

import itertools
import runpy
from pathlib import Path
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from anifro_desktop.scores import retention
from anifro_desktop.scores.retention import Event

SECOND = runpy.run_path(str(Path(__file__).parent / "second" / "retention.py"))
UNHURRIED = settings(max_examples=300, deadline=None)
LAST = 9  # the days 0 to 7 are given; completions go further
ROWS = st.lists(
    st.tuples(st.sampled_from([None, *retention.TYPES]), st.none() | st.integers(0, 7)), max_size=3
)
UNTIL = st.none() | st.integers(0, 8)

Rows = list[tuple[str | None, int | None]]


def _found(rows: Rows, until: int | None, last_dose: int | None = None) -> retention.Retention:
    censored = [] if until is None else [until]
    return retention.on_days(0, [Event(kind, day) for kind, day in rows], censored, last_dose)


def _completions(rows: Rows) -> list[tuple[tuple[str, int], ...]]:
    each = []
    for kind, day in rows:
        kinds = ("restart", "death") if kind is None else (kind,)
        days = (0, 1, 4, 7, LAST) if day is None else (day,)
        each.append(list(itertools.product(kinds, days)))
    return list(itertools.product(*each))


def _common(values: Any) -> Any:
    first, *others = dict.fromkeys(values)
    return None if others else first


@UNHURRIED
@given(ROWS, UNTIL)
def test_retention_is_what_all_completions_agree_on(rows: Rows, until: int | None) -> None:
    found = _found(rows, until)
    results = [SECOND["outcome"](list(one), until) for one in _completions(rows)]
    assert found.event is _common([event for event, _ in results])
    assert found.days == _common([days for _, days in results])
    days = [day for _, day in results if day is not None]
    if days and found.days_min is not None:
        assert found.days_min <= min(days)
    if found.days_max is not None:
        assert found.days_max == max(days)


@UNHURRIED
@given(ROWS, UNTIL)
def test_an_entry_is_open_exactly_when_it_can_turn_the_event(rows: Rows, until: int | None) -> None:
    found = _found(rows, until)
    assume(found.event is None)
    for place in range(len(rows)):
        results: dict[Any, set[bool]] = {}
        for one in _completions(rows):
            others = (*one[:place], *one[place + 1 :])
            results.setdefault(others, set()).add(SECOND["outcome"](list(one), until)[0])
        assert (place in found.open) is any(len(events) > 1 for events in results.values())


@UNHURRIED
@given(ROWS, UNTIL)
def test_the_reason_is_that_of_every_entry_that_may_come_first(rows: Rows, until: int | None) -> None:
    events = [Event(kind, day, retention.REASONS[place]) for place, (kind, day) in enumerate(rows)]
    found = retention.on_days(0, events, [] if until is None else [until])
    firsts = set()
    for one in _completions(rows):
        event, day = SECOND["outcome"](list(one), until)
        if event:
            firsts.add(tuple(p for p, (kind, on) in enumerate(one) if SECOND["KINDS"][kind] and on == day))
    if found.reason is not None:
        assert all(retention.REASONS.index(found.reason) in places for places in firsts)
    elif found.event:
        assert len(firsts) > 1


@given(ROWS, UNTIL, st.integers(0, 9))
def test_an_end_without_a_date_stands_on_the_last_dose(rows: Rows, until: int | None, last_dose: int) -> None:
    dated: Rows = [(kind, last_dose if day is None else day) for kind, day in rows]
    assert _found(rows, until, last_dose) == _found(dated, until, last_dose)


@given(ROWS, UNTIL, st.integers(-500, 500))
def test_days_count_from_the_first_dose(rows: Rows, until: int | None, shift: int) -> None:
    moved = [Event(kind, None if day is None else day + shift) for kind, day in rows]
    censored = [] if until is None else [until + shift]
    assert retention.on_days(shift, moved, censored) == _found(rows, until)


def test_an_end_on_day_0_comes_after_the_day_before_and_before_the_day_after() -> None:
    stop = [Event(retention.PERMANENT, day, "adverse_event") for day in (0, 1)]
    before = retention.on_days(-10, [stop[0], Event(retention.DEATH, -1)], [5])
    after = retention.on_days(-10, [stop[1], Event(retention.DEATH, 0)], [5])
    assert (before.days, before.reason) == (9, "death")
    assert (after.days, after.reason) == (10, "death")


@given(ROWS, UNTIL, st.integers(0, 8))
def test_looking_longer_never_undoes_an_event(rows: Rows, until: int | None, more: int) -> None:
    found = _found(rows, until)
    if found.event and until is not None:
        assert _found(rows, until + more).event
        assert _found(rows, until + more).days == found.days


@given(ROWS, UNTIL, st.permutations(range(3)))
def test_the_order_of_entries_never_matters(rows: Rows, until: int | None, order: list[int]) -> None:
    mixed = [rows[place] for place in order if place < len(rows)]
    found, again = _found(rows, until), _found(mixed, until)
    assert (found.event, found.days, found.days_min, found.days_max) == (
        again.event,
        again.days,
        again.days_min,
        again.days_max,
    )


@given(ROWS, UNTIL)
def test_without_the_first_dose_the_event_stays_and_days_go(rows: Rows, until: int | None) -> None:
    censored = [] if until is None else [until]
    found = retention.on_days(None, [Event(kind, day) for kind, day in rows], censored)
    assert found.event is _found(rows, until).event
    assert (found.days, found.days_min, found.days_max) == (None, None, None)
