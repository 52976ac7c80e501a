"""What holds of every questionnaire, whatever was answered: range, direction, and what a missing answer may do."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anifro_desktop.scores import eq5d5l, facit_fatigue, lupusqol, rand36, sf36
from anifro_desktop.scores.questionnaire import Scale

FEW = settings(max_examples=200)

# Items whose answer 1 is the best; of the others it is the worst.
FALLING = (1, 2, 20, 21, 22, 23, 26, 27, 30, 34, 36)
MOST = [5, 5, *[3] * 10, *[2] * 7, 5, 6, 5, *[6] * 9, *[5] * 5]


def _answers(limits: list[tuple[int, int]]) -> st.SearchStrategy[list[int | None]]:
    """Some answers; none, few or many are missing."""
    whole = st.tuples(*[st.integers(*limit) for limit in limits])
    gaps = st.one_of(
        st.just(frozenset[int]()),
        st.frozensets(st.integers(0, len(limits) - 1), max_size=4),
        st.frozensets(st.integers(0, len(limits) - 1)),
    )
    return st.builds(
        lambda answers, open_: [None if at in open_ else one for at, one in enumerate(answers)], whole, gaps
    )


SF36 = _answers([(1, most) for most in MOST])
FACIT = _answers([(0, 4)] * 13)
LUPUSQOL = _answers([(0, 4)] * 34)


def _scales(parts: Any, scales: dict[str, Scale]) -> dict[str, float | None]:
    return {name: parts[name] for name in scales}


def _numbered(answers: list[int | None]) -> dict[str, int | None]:
    return {str(item): answer for item, answer in enumerate(answers, 1)}


@FEW
@given(SF36, st.integers(1, 36))
def test_a_better_answer_never_lowers_a_scale_of_the_36_items(answers: list[int | None], item: int) -> None:
    answer = answers[item - 1]
    step = -1 if item in FALLING else 1
    if answer is None or not 1 <= answer + step <= MOST[item - 1]:
        return
    better = [answer + step if number == item else one for number, one in enumerate(answers, 1)]
    for rule, scales in ((sf36, sf36.SCALES), (rand36, rand36.SCALES)):
        now, then = rule.score({"answers": answers}).parts, rule.score({"answers": better}).parts
        for name, scale in scales.items():
            if now[name] is None or item not in scale.items:
                assert then[name] == now[name]
            else:
                assert then[name] > now[name]


@FEW
@given(SF36)
def test_scales_run_from_0_to_100_and_lack_nothing_but_what_is_missing(answers: list[int | None]) -> None:
    for rule, scales in ((sf36, sf36.SCALES), (rand36, rand36.SCALES)):
        result = rule.score({"answers": answers})
        for name, scale in scales.items():
            known = [item for item in scale.items if answers[item - 1] is not None]
            found = result.parts[name]
            assert (found is None) is (len(known) < scale.fewest)
            assert found is None or 0 <= found <= 100
            partly = f"partly_answered_{name.lower()}" in result.warnings
            assert partly is (scale.fewest <= len(known) < len(scale.items))


@FEW
@given(SF36)
def test_a_mean_in_the_place_of_a_missing_item_changes_nothing(answers: list[int | None]) -> None:
    """Where all items of a scale that were answered say the same, an answer like them is their mean. Pain apart, whose
    items are read by each other."""
    for name, scale in sf36.SCALES.items():
        falling = {item in FALLING for item in scale.items}
        if name in ("BP", "GH") or len(falling) > 1:
            continue
        said = {answers[item - 1] for item in scale.items} - {None}
        before = sf36.score({"answers": answers}).parts[name]
        if len(said) == 1 and before is not None:
            (answer,) = said
            filled = [answer if item in scale.items else one for item, one in enumerate(answers, 1)]
            assert sf36.score({"answers": filled}).parts[name] == pytest.approx(before, abs=1e-9)


@FEW
@given(FACIT, st.integers(0, 12))
def test_facit_fatigue_falls_with_every_answer_but_two(answers: list[int | None], at: int) -> None:
    now = facit_fatigue.score({"answers": answers})
    low, high = (now.value, now.value) if now.complete else (now.minimum, now.maximum)
    assert 0 <= low <= high <= 52
    answer = answers[at]
    if answer in (None, 4):
        return
    more = facit_fatigue.score({"answers": [*answers[:at], answer + 1, *answers[at + 1 :]]})
    after = more.value if now.complete else more.minimum
    assert (after > low) is (at + 1 in (7, 8))
    assert after != low


@FEW
@given(LUPUSQOL, st.randoms(use_true_random=False))
def test_lupusqol_rises_with_every_answer_in_any_order_of_keys(
    answers: list[int | None], chance: Any
) -> None:
    numbered = _numbered(answers)
    result = lupusqol.score({"answers": numbered})
    shuffled = list(numbered.items())
    chance.shuffle(shuffled)
    assert lupusqol.score({"answers": dict(shuffled)}) == result
    raised = {item: None if one is None else min(4, one + 1) for item, one in numbered.items()}
    for name, then in lupusqol.score({"answers": raised}).parts.items():
        now = result.parts[name]
        assert (then is None) is (now is None)
        assert now is None or 0 <= now <= then <= 100


@FEW
@given(
    st.dictionaries(st.sampled_from(tuple(eq5d5l.DECREMENTS)), st.one_of(st.none(), st.integers(1, 5))),
    st.randoms(use_true_random=False),
)
def test_eq5d5l_falls_with_every_level_in_any_order_of_keys(
    profile: dict[str, int | None], chance: Any
) -> None:
    result = eq5d5l.score(profile)
    shuffled = list(profile.items())
    chance.shuffle(shuffled)
    assert eq5d5l.score(dict(shuffled)) == result
    low, high = (result.value, result.value) if result.complete else (result.minimum, result.maximum)
    assert -0.571 <= low <= high <= 1
    for name, level in profile.items():
        if level in (None, 5):
            continue
        worse = eq5d5l.score({**profile, name: level + 1})
        assert (worse.value if result.complete else worse.maximum) < high


@FEW
@given(SF36, FACIT, LUPUSQOL)
def test_answers_of_no_scale_and_of_other_scales_do_not_meddle(
    answers: list[int | None], facit: list[int | None], lupus: list[int | None]
) -> None:
    """Taking all answers of one scale away leaves every other scale as it was."""
    for rule, scales, given_, wrap in (
        (sf36, sf36.SCALES, answers, list),
        (rand36, rand36.SCALES, answers, list),
        (lupusqol, lupusqol.DOMAINS, lupus, _numbered),
    ):
        whole = _scales(rule.score({"answers": wrap(given_)}).parts, scales)
        for name, scale in scales.items():
            rest = [None if item in scale.items else one for item, one in enumerate(given_, 1)]
            assert _scales(rule.score({"answers": wrap(rest)}).parts, scales) == {**whole, name: None}
    assert facit_fatigue.score({"answers": facit}) == facit_fatigue.score({"answers": tuple(facit)})
