"""Time to response with open answers: what all completions agree on, and nothing else.

Assessments that could not be judged after the last one that could stay as they are: censoring passes over them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from anifro_desktop.scores import response, response_rules
from anifro_desktop.scores.contract import score_answers, validate

UNHURRIED = settings(max_examples=300, deadline=None)
BASE = {"doris": False}
TRI = st.sampled_from([None, False, True])
DATED = st.lists(st.tuples(st.integers(-1, 7), TRI), max_size=5)
UNDATED = st.lists(st.tuples(st.none() | st.integers(-1, 5), TRI), max_size=4)

Judged = list[tuple[int, bool | None]]


def _result(judged: Judged) -> set[tuple[bool, int]]:
    """Every result that dated assessments can come to, one day at a time."""
    days = sorted({day for day, _ in judged if day > 0})
    known = [day for day, met in judged if day > 0 and met is not None]
    found, last = set(), 0
    for day in days:
        results = {met for on, met in judged if on == day}
        if True in results:
            return found | {(True, day)}
        if None in results and day <= max(known, default=0):
            found.add((True, day))
        if False in results:
            last = day
    return found | {(False, last)}


def _datings(visits: list[tuple[int | None, bool | None]]) -> Iterator[Judged]:
    for row in itertools.product(*[range(-1, 8) if day is None else (day,) for day, _ in visits]):
        yield [(day, met) for day, (_, met) in zip(row, visits, strict=True)]


def _response(visits: list[Any]) -> response.Response:
    return response.on_days("ttr_doris", BASE, [(day, {"doris": met}) for day, met in visits])


def _common(values: set[Any]) -> Any:
    return next(iter(values)) if len(values) == 1 else None


@UNHURRIED
@given(DATED)
def test_dated_visits_come_to_what_all_completions_agree_on(visits: list[tuple[int, bool | None]]) -> None:
    found, results = _response(visits), _result(visits)
    assert found.event is _common({event for event, _ in results})
    assert found.days == _common({days for _, days in results})
    assert found.days_min == min(days for _, days in results)
    assert found.days_max == max(days for _, days in results)
    judged: Judged = [one for one in visits if one[1] is not None]
    assert {(found.observed_event, found.observed_days)} == _result(judged)


@UNHURRIED
@given(UNDATED)
def test_a_visit_without_a_date_never_settles_what_its_date_could_change(visits: list[Any]) -> None:
    found = _response(visits)
    results = {one for judged in _datings(visits) for one in _result(judged)}
    assert found.event in (None, _common({event for event, _ in results}))
    assert found.days in (None, _common({days for _, days in results}))
    if found.days_min is not None:
        assert found.days_min <= min(days for _, days in results)
    if found.days_max is not None:
        assert found.days_max >= max(days for _, days in results)


@UNHURRIED
@given(DATED)
def test_exactly_the_answers_that_can_settle_it_are_missing(visits: list[tuple[int, bool | None]]) -> None:
    answers = {
        "rule": "ttr_doris",
        "day0": "2026-03-10",
        "baseline": BASE,
        "visits": [
            {"date": f"2026-03-{10 + day}" if day >= 0 else "2026-03-09", "doris": met} for day, met in visits
        ],
    }
    assert validate("response", answers) == []
    found = score_answers("response", answers)
    assert found["complete"] is (_response(visits).event is not None)
    expected = []
    for place, (day, met) in enumerate(visits):
        if found["value"] is None and met is None:
            done = [*visits[:place], (day, True), *visits[place + 1 :]]
            last = max((on for on, one in visits if one is False and on > 0), default=0)
            if _response(done).event and day <= last:
                expected.append(f"visits.{place}.doris")
    assert found["missing"] == expected


def test_only_what_could_not_be_judged_before_the_hit_leaves_its_day_open() -> None:
    assert _response([(3, True), (3, None), (4, None)]).open == ()
    assert _response([(3, True), (2, None), (4, None)]).open == (1,)


@given(DATED, st.randoms())
def test_the_order_of_visits_never_matters(visits: list[Any], chance: Any) -> None:
    mixed = chance.sample(visits, len(visits))
    found, again = _response(visits), _response(mixed)
    assert sorted(visits[place] for place in found.open if visits[place][1]) == sorted(
        mixed[place] for place in again.open if mixed[place][1]
    )
    assert (found.event, found.days, found.days_min, found.days_max) == (
        again.event,
        again.days,
        again.days_min,
        again.days_max,
    )


NUMBERS = {
    "sledai": (0, 3, 4, 6, 10, 105),
    "clasi_activity": (0, 5, 9, 10, 11, 70),
    "tjc28": (0, 3, 5, 6, 7, 28),
    "sjc28": (0, 3, 5, 6, 7, 28),
    "pred_eq": (0, 5, 5.1, 40),
}


@st.composite
def _measures(draw: st.DrawFn) -> dict[str, Any]:
    return {
        key: draw(st.none() | st.sampled_from(choices) if key in NUMBERS else TRI)
        for key, choices in (NUMBERS | dict.fromkeys(("lldas", "doris"), ())).items()
    }


@UNHURRIED
@given(st.sampled_from(response_rules.RULES[1:]), _measures(), _measures())
def test_a_rule_is_judged_as_all_its_completions_are(rule: str, base: Any, now: Any) -> None:
    able = {response_rules.evaluable(rule, one) for one in _completed(rule, base)}
    assert response_rules.evaluable(rule, base) is _common(able)
    if response_rules.evaluable(rule, base):
        whole = next(one for one in _completed(rule, base) if response_rules.evaluable(rule, one))
        met = {response_rules.judge(rule, whole, one) for one in _completed(rule, now)}
        assert response_rules.judge(rule, whole, now) is _common(met)


def _completed(rule: str, measures: dict[str, Any]) -> Iterator[dict[str, Any]]:
    open_keys = [key for key in response_rules.MEASURES[rule] if measures[key] is None]
    for row in itertools.product(*[NUMBERS.get(key, (False, True)) for key in open_keys]):
        yield measures | dict(zip(open_keys, row, strict=True))


ITEMS = ("lldas_activity", "lldas_phga", "lldas_gc", "lldas_drugs")


@UNHURRIED
@given(st.fixed_dictionaries(dict.fromkeys((*ITEMS, "lldas_no_new", "lldas"), TRI)))
def test_lldas_at_baseline_is_what_all_consistent_completions_agree_on(base: dict[str, Any]) -> None:
    """A completion is consistent if the state is met exactly when all five items are."""
    keys = list(base)
    able = set()
    for row in itertools.product((False, True), repeat=len(keys)):
        done = dict(zip(keys, row, strict=True))
        agrees = all(value is None or value == done[key] for key, value in base.items())
        if agrees and done["lldas"] == all(done[key] for key in (*ITEMS, "lldas_no_new")):
            able.add(not all(done[item] for item in ITEMS))
    found = response_rules.evaluable("ttr_lldas", base)
    if able:
        assert found is _common(able)
    if found is None:
        assert set(response_rules.open_at_baseline("ttr_lldas", base)) <= {
            key for key in keys if base[key] is None
        }
