"""Adverse events with open answers: what all completions agree on, and nothing else."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from anifro_desktop.scores import ae
from anifro_desktop.scores.contract import validate
from anifro_desktop.scores.keys_partial import first_and_last

UNHURRIED = settings(max_examples=150, deadline=None)
TRI = st.sampled_from([None, False, True])
DAYS = st.integers(-30, 700)


def _common(values: list[Any]) -> Any:
    first, *others = dict.fromkeys(values)
    return None if others else first


@given(st.fixed_dictionaries(dict.fromkeys(ae.CRITERIA, TRI)))
def test_seriousness_is_what_all_completions_agree_on(answers: dict[str, Any]) -> None:
    open_keys = [key for key in ae.CRITERIA if answers[key] is None]
    done = [
        any((answers | dict(zip(open_keys, row, strict=True))).values())
        for row in itertools.product((False, True), repeat=len(open_keys))
    ]
    found = ae.score(answers)
    assert found.value is _common(done)
    assert found.missing == (tuple(open_keys) if found.value is None else ())
    assert ae.score(dict(reversed(answers.items()))) == found


@UNHURRIED
@given(DAYS, st.integers(0, 400), DAYS, st.integers(0, 300))
def test_a_start_between_two_days_is_what_all_its_days_agree_on(
    first: int, to_last: int, low: int, width: int
) -> None:
    last = first + to_last
    found = ae.on_days((low, low + width), first, last)
    each = [ae.on_days((day, day), first, last) for day in range(low, low + width + 1)]
    assert found.onset_class == _common([one.onset_class for one in each])
    assert found.onset_day == _common([one.onset_day for one in each])
    assert found.days_after_last_dose == _common([one.days_after_last_dose for one in each])
    assert found.treatment_emergent is _common([one.treatment_emergent for one in each])


@given(DAYS, DAYS, st.none() | DAYS, st.none() | DAYS)
def test_a_dose_that_is_not_known_settles_nothing(start: int, shift: int, first: Any, last: Any) -> None:
    found = ae.on_days((start, start), first, last)
    assert (found.onset_day is None) == (found.onset_class is None) == (first is None)
    assert (found.days_after_last_dose is None) == (last is None)
    if found.treatment_emergent is None:
        assert first is None or last is None
    moved = ae.on_days(
        (start + shift, start + shift),
        None if first is None else first + shift,
        None if last is None else last + shift,
    )
    assert moved == found


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_months_and_years_hold_their_days(day: date) -> None:
    text = day.isoformat()
    for given_as in (text, text[:7], text[:4]):
        assert validate("ae", {"ae_start": given_as}) == []
        first, last = first_and_last(given_as)
        assert first <= day <= last
        for outside in (first - timedelta(days=1), last + timedelta(days=1)):
            assert outside.isoformat()[: len(given_as)] != given_as


def test_years_from_1900_to_2199_are_read() -> None:
    for text in ("1900", "1900-01", "2199", "2199-12"):
        assert validate("ae", {"ae_start": text}) == []
    for text in ("1899", "1899-12", "2200", "2200-01", "2026-00", "2026-13", "0000"):
        (fault,) = validate("ae", {"ae_start": text})
        assert "2026-03" in fault.text("it")


@given(st.text(alphabet="0123456789-", max_size=10))
def test_nothing_else_is_a_day(text: str) -> None:
    if not validate("ae", {"ae_start": text}):
        assert 1900 <= first_and_last(text)[0].year <= first_and_last(text)[1].year <= 2199
        assert len(text) in (4, 7, 10)
