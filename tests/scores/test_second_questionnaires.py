"""The questionnaires against a second implementation of each: the tables, and thousands of random answer sets.

The random sets lack few or many items, so that every scale is met complete, just sufficient and just insufficient.
"""

from __future__ import annotations

import itertools
import random
import runpy
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from anifro_desktop.scores import eq5d5l, facit_fatigue, lupusqol, rand36, sf36
from anifro_desktop.scores.contract import validate
from anifro_desktop.scores.keys import Block, Number, Numbers

SETS = 3000


def _second(rule: str) -> Any:
    return SimpleNamespace(**runpy.run_path(str(Path(__file__).parent / "second" / f"{rule}.py")))


SF36, RAND36, EQ5D5L = _second("sf36"), _second("rand36"), _second("eq5d5l")
FACIT, LUPUSQOL = _second("facit_fatigue"), _second("lupusqol")


def _answer_sets(ranges: list[tuple[int, int]], seed: int) -> Iterator[list[int | None]]:
    chance = random.Random(seed)
    for _ in range(SETS):
        lacking = chance.choice((0, 0.03, 0.1, 0.5, 0.9))
        yield [None if chance.random() < lacking else chance.randint(*limits) for limits in ranges]


def _same(found: Any, expected: Fraction | None) -> bool:
    if expected is None or found is None:
        return found is expected
    return bool(found == pytest.approx(float(expected), abs=1e-9))


SF36_RANGES = [(1, SF36.greatest_answer(item)) for item in range(1, 37)]


def test_sf36_has_the_published_tables() -> None:
    kind = sf36.KEYS["answers"]
    assert isinstance(kind, Numbers)
    assert kind.kinds == tuple(Number(low, high, whole=True) for low, high in SF36_RANGES)
    for name, items, limits, fewest in SF36.rows(SF36.SCALES):
        scale = sf36.SCALES[name]
        assert scale.items == tuple(int(item.rstrip("R")) for item in items.split())
        assert scale.fewest == int(fewest)
        assert [len(scale.items) * scale.low, len(scale.items) * scale.high] == [*map(int, limits.split())]
    norms = {name: tuple(map(float, row)) for name, *row in SF36.rows(SF36.NORMS)}
    assert norms == sf36.NORMS
    assert list(sf36.SCALES) == list(norms)


def test_sf36_is_what_the_second_implementation_says() -> None:
    summaries = 0
    for answers in _answer_sets(SF36_RANGES, 36):
        result = sf36.score({"answers": answers})
        scales = SF36.scales(answers)
        expected = dict(zip(("PCS", "MCS"), SF36.summaries(scales), strict=True)) | scales
        for name, score in expected.items():
            assert _same(result.parts[name], score), (name, answers)
        assert result.value == result.parts["PCS"]
        assert result.complete is (result.value is not None)
        assert result.parts["transition"] == answers[1]
        assert result.missing == tuple(
            f"answers.{item}" for item, answer in enumerate(answers, 1) if answer is None and item != 2
        )
        summaries += result.complete
    assert 0.3 * SETS < summaries < 0.9 * SETS


def test_every_answer_of_every_item_of_the_sf36_counts_as_published() -> None:
    for item in [item for item in range(1, 37) if item != 2]:
        name, items = next(
            (row[0], [int(one.rstrip("R")) for one in row[1].split()])
            for row in SF36.rows(SF36.SCALES)
            if str(item) in row[1].replace("R", "").split()
        )
        for answer in range(1, SF36.greatest_answer(item) + 1):
            for others in (None, 1, 2):
                answers = [others if number in items else None for number in range(1, 37)]
                answers[item - 1] = answer
                found = sf36.score({"answers": answers}).parts[name]
                assert _same(found, SF36.scales(answers)[name]), (item, answer, others)


def test_rand36_is_what_the_second_implementation_says() -> None:
    assert rand36.KEYS == sf36.KEYS
    assert {item: list(table) for item, table in rand36.RECODES.items()} == {
        item: RAND36.ladder(item) for item in range(1, 37)
    }
    for answers in _answer_sets(SF36_RANGES, 93):
        result, expected = rand36.score({"answers": answers}), RAND36.scales(answers)
        assert list(result.parts) == list(expected)
        for name, score in expected.items():
            assert _same(result.parts[name], score), (name, answers)
        assert result.complete is (None not in expected.values())
        assert result.value == (result.parts["general_health"] if result.complete else None)


def test_rand36_and_sf36_differ_in_pain_and_general_health_alone() -> None:
    twins = {
        "PF": "physical_functioning",
        "RP": "role_physical",
        "RE": "role_emotional",
        "VT": "energy",
        "MH": "emotional",
        "SF": "social",
        "BP": "pain",
        "GH": "general_health",
    }
    differ = set()
    for answers in _answer_sets(SF36_RANGES, 1993):
        if None in answers:
            continue
        ware, hays = sf36.score({"answers": answers}).parts, rand36.score({"answers": answers}).parts
        differ |= {one for one, other in twins.items() if ware[one] != pytest.approx(hays[other], abs=1e-9)}
    assert differ == {"BP", "GH"}


def test_eq5d5l_is_what_the_second_implementation_says_for_every_profile() -> None:
    assert tuple(eq5d5l.DECREMENTS) == EQ5D5L.DIMENSIONS
    for levels in itertools.product(range(1, 6), repeat=5):
        profile = dict(zip(EQ5D5L.DIMENSIONS, levels, strict=True))
        result = eq5d5l.score({**profile, "eq_vas": 50})
        assert str(result.value) == str(float(EQ5D5L.index(profile))), profile
        assert result.parts == {
            **{name: float(EQ5D5L.decrement(name, level)) for name, level in profile.items()},
            "index": result.value,
            "eq_vas": 50,
        }


def test_eq5d5l_bounds_are_the_least_and_greatest_of_all_completions() -> None:
    chance = random.Random(5)
    for _ in range(400):
        partial = {name: chance.choice((None, 1, 2, 3, 4, 5)) for name in EQ5D5L.DIMENSIONS}
        missing = tuple(name for name, level in partial.items() if level is None)
        result = eq5d5l.score(partial)
        assert result.missing == missing
        assert result.complete is not bool(missing)
        indices = [
            EQ5D5L.index({**partial, **dict(zip(missing, levels, strict=True))})
            for levels in itertools.product((1, 2, 3, 4, 5), repeat=len(missing))
        ]
        if missing:
            assert (result.minimum, result.maximum) == (float(min(indices)), float(max(indices)))
            assert result.value is None
        else:
            assert [result.value] == [float(index) for index in indices]


def test_facit_fatigue_is_what_the_second_implementation_says() -> None:
    assert tuple(FACIT.CODES.split()) == facit_fatigue.ITEMS
    decided = 0
    for answers in _answer_sets([(0, 4)] * 13, 13):
        result, expected = facit_fatigue.score({"answers": answers}), FACIT.score(answers)
        assert _same(result.value, expected), answers
        assert result.complete is (expected is not None)
        assert result.parts == {"answered": 13 - answers.count(None)}
        assert result.missing == tuple(
            f"answers.{item}" for item, answer in enumerate(answers, 1) if answer is None
        )
        decided += result.complete
    assert 0.3 * SETS < decided < 0.9 * SETS


def test_facit_fatigue_bounds_hold_for_every_score_that_may_still_follow() -> None:
    chance = random.Random(52)
    for answers in itertools.islice(_answer_sets([(0, 4)] * 13, 7), 600):
        partial = facit_fatigue.score({"answers": answers})
        if partial.complete:
            continue
        extremes = []
        for best in (True, False):
            filled = [
                (4 if (position in (7, 8)) is best else 0) if answer is None else answer
                for position, answer in enumerate(answers, 1)
            ]
            extremes.append(FACIT.score(filled))
        assert [partial.maximum, partial.minimum] == [float(score) for score in extremes]
        later = [chance.randint(0, 4) if one is None and chance.random() < 0.7 else one for one in answers]
        score = facit_fatigue.score({"answers": later}).value
        assert score is None or partial.minimum - 1e-9 <= score <= partial.maximum + 1e-9


def test_lupusqol_is_what_the_second_implementation_says() -> None:
    kind = lupusqol.KEYS["answers"]
    assert isinstance(kind, Block)
    assert kind.keys == {str(item): Number(0, 4, whole=True) for item in range(1, 35)}
    whole = 0
    for listed in _answer_sets([(0, 4)] * 34, 34):
        answers = {str(item): answer for item, answer in enumerate(listed, 1)}
        result, expected = lupusqol.score({"answers": answers}), LUPUSQOL.domains(answers)
        assert list(result.parts) == list(expected)
        for name, score in expected.items():
            assert _same(result.parts[name], score), (name, answers)
        assert result.complete is (None not in expected.values())
        assert result.value == (result.parts["physical_health"] if result.complete else None)
        left_out = {item: answer for item, answer in answers.items() if answer is not None}
        assert lupusqol.score({"answers": left_out}) == result
        whole += result.complete
    assert 0.3 * SETS < whole < 0.9 * SETS


@pytest.mark.parametrize("rule", ["sf36", "rand36"])
def test_each_item_of_the_36_takes_its_own_range_and_no_more(rule: str) -> None:
    for item, (low, high) in enumerate(SF36_RANGES, 1):
        for answer in range(low - 1, high + 2):
            answers: list[int | None] = [None] * 36
            answers[item - 1] = answer
            refused = [fault.key for fault in validate(rule, {"answers": answers})]
            assert refused == ([] if low <= answer <= high else [f"answers.{item}"])


def test_whole_numbers_written_with_a_point_are_the_same_answers() -> None:
    """A spreadsheet writes 3 as 3.0."""
    for rule, limits in ((sf36, SF36_RANGES), (rand36, SF36_RANGES), (facit_fatigue, [(0, 4)] * 13)):
        for answers in itertools.islice(_answer_sets(limits, 3), 20):
            pointed = [None if answer is None else float(answer) for answer in answers]
            assert rule.score({"answers": pointed}) == rule.score({"answers": answers})
    profile = {"MO": 2.0, "SC": 1.0, "UA": 3.0, "PD": 5.0, "AD": 4.0}
    assert eq5d5l.score(profile).value == float(
        EQ5D5L.index({name: int(level) for name, level in profile.items()})
    )
