"""Partial sets of criteria: what is said of them is what all their completions have in common.

Each partial set is completed in every way and classified by the plain second transcription. Of the two criteria on
complement, completions that contradict themselves are left out: neither low rules out both low.
"""

from __future__ import annotations

import itertools
import random
import runpy
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anifro_desktop.scores import acr1997, eular2019, slicc2012
from anifro_desktop.scores.model import Score
from anifro_desktop.scores.registry import RULES

Answers = dict[str, Any]
UNHURRIED = settings(max_examples=300, deadline=None)  # a completion costs time, not a fault
ONE_LOW, BOTH_LOW = "low_c3_or_c4", "low_c3_and_c4"


def _second(rule: str) -> Any:
    return SimpleNamespace(**runpy.run_path(str(Path(__file__).parent / "second" / f"{rule}.py")))


ACR, SLICC, EULAR = _second("acr1997"), _second("slicc2012"), _second("eular2019")


@st.composite
def _partial(draw: st.DrawFn, keys: tuple[str, ...], open_most: int) -> Answers:
    """Some criteria present, a few unknown (given as null or left out), the others absent."""
    present = draw(st.sets(st.sampled_from(keys), max_size=draw(st.sampled_from((0, 2, 4, 6, len(keys))))))
    unknown = draw(st.sets(st.sampled_from(keys), max_size=open_most))
    answers = {key: None if key in unknown else key in present for key in keys}
    for key in draw(st.sets(st.sampled_from(sorted(unknown)))) if unknown else ():
        del answers[key]
    return answers


def _completions(partial: Answers, keys: Iterable[str]) -> list[Answers]:
    choices = [(False, True) if partial.get(key) is None else (partial[key],) for key in keys]
    return [dict(zip(keys, row, strict=True)) for row in itertools.product(*choices)]


def _common(values: Iterable[Any]) -> Any:
    """What all completions agree on, or None."""
    first, *others = dict.fromkeys(values)
    return None if others else first


def _decisive(done: list[Answers], classes: list[bool], key: str) -> bool:
    """Whether the answer to one key alone, the others being what they may, can change what is possible."""
    tied = (ONE_LOW, BOTH_LOW) if key in (ONE_LOW, BOTH_LOW) else (key,)
    seen: dict[tuple[Any, ...], dict[bool, set[bool]]] = {}
    for one, classified in zip(done, classes, strict=True):
        others = tuple(value for name, value in one.items() if name not in tied)
        seen.setdefault(others, {False: set(), True: set()})[one[key]].add(classified)
    return any(no != yes for no, yes in map(dict.values, seen.values()) if no and yes)


def _check(
    found: Score, done: list[Answers], classified: Callable[[Answers], bool], partial: Answers
) -> None:
    classes = list(map(classified, done))
    value = _common(classes)
    assert found.value is value
    assert found.complete is (value is not None)
    assert bool(found.reasons) is (value is False)
    unknown = [key for key in RULES[found.rule].keys if partial.get(key) is None]
    needed = [key for key in unknown if _decisive(done, classes, key)] if value is None else []
    assert list(found.missing) == needed


def _check_bounds(found: Score, numbers: list[int]) -> None:
    """Least and greatest number are reached, and left out once number and class are final."""
    if found.complete and min(numbers) == max(numbers):
        assert (found.minimum, found.maximum) == (None, None)
    else:
        assert (found.minimum, found.maximum) == (min(numbers), max(numbers))


def _check_reasons(found: Score, done: list[Answers], codes: dict[str, Callable[[Answers], bool]]) -> None:
    """Not classified, a reason is given exactly when it holds in every completion."""
    certain = tuple(code for code, holds in codes.items() if all(map(holds, done)))
    assert found.reasons == (certain if found.value is False else ())


@UNHURRIED
@given(_partial(acr1997.CRITERIA, open_most=8))
def test_acr1997(partial: Answers) -> None:
    found, done = acr1997.score(partial), _completions(partial, acr1997.CRITERIA)
    _check(found, done, ACR.classified, partial)
    _check_bounds(found, [ACR.count(one) for one in done])
    assert found.parts["count"] == _common(ACR.count(one) for one in done)


@UNHURRIED
@given(_partial(slicc2012.ITEMS, open_most=8))
def test_slicc2012(partial: Answers) -> None:
    found, done = slicc2012.score(partial), _completions(partial, slicc2012.ITEMS)
    _check(found, done, SLICC.classified, partial)
    _check_bounds(found, [SLICC.n_clinical(one) + SLICC.n_immunologic(one) for one in done])
    for part in ("n_clinical", "n_immunologic", "rule_a", "rule_b"):
        assert found.parts[part] == _common(getattr(SLICC, part)(one) for one in done), part
    codes: dict[str, Callable[[Answers], bool]] = {
        "count_lt_4": lambda one: SLICC.n_clinical(one) + SLICC.n_immunologic(one) < 4,
        "no_clinical_criterion": lambda one: SLICC.n_clinical(one) == 0,
        "no_immunologic_criterion": lambda one: SLICC.n_immunologic(one) == 0,
        "no_nephritis_on_biopsy": lambda one: not one["biopsy_lupus_nephritis"],
        "no_ana_or_dsdna": lambda one: not one["ana"] and not one["anti_dsdna"],
    }
    _check_reasons(found, done, codes)
    assert found.parts["direct_coombs"] is _common("direct_coombs" in SLICC.immunologic(one) for one in done)


def test_slicc2012_every_state_of_the_answers_that_interfere() -> None:
    """Haemolytic anaemia, Coombs test, the antibodies and the biopsy in all states, beside a few others."""
    special = (*("hemolytic_anemia", "direct_coombs", "ana", "anti_dsdna"), "biopsy_lupus_nephritis")
    others = [key for key in slicc2012.ITEMS if key not in special]
    chance = random.Random(2012)
    for states in itertools.product((False, True, None), repeat=len(special)):
        present, unknown = set(chance.sample(others, 3)), set(chance.sample(others, chance.randint(0, 3)))
        partial: Answers = {key: None if key in unknown else key in present for key in others}
        partial.update(zip(special, states, strict=True))
        found, done = slicc2012.score(partial), _completions(partial, slicc2012.ITEMS)
        _check(found, done, SLICC.classified, partial)


def _consistent(partial: Answers, done: list[Answers]) -> list[Answers]:
    """Completions without the contradiction, unless the answers that were given hold it already."""
    if partial.get(BOTH_LOW) and partial.get(ONE_LOW) is False:
        return done
    return [one for one in done if one[ONE_LOW] or not one[BOTH_LOW]]


@UNHURRIED
@given(_partial(tuple(eular2019.KEYS), open_most=7), st.sampled_from((True, True, True, None, False)))
def test_eular2019(partial: Answers, entry: bool | None) -> None:
    partial["ana_1_80"] = entry
    found = eular2019.score(partial)
    done = _consistent(partial, _completions(partial, list(eular2019.KEYS)))
    _check(found, done, EULAR.classified, partial)
    assert found.parts["eligible"] is entry
    contradicted = partial.get(BOTH_LOW) is True and partial.get(ONE_LOW) is False
    assert found.parts["contradictions"] == ([ONE_LOW] if contradicted else [])
    if entry is False:
        assert found.reasons == ("not_eligible",)
        assert (found.minimum, found.maximum) == (None, None)
        assert {found.parts[part] for part in ("total", *EULAR.WEIGHTS, *eular2019.CRITERIA)} == {None}
        return
    _check_bounds(found, [EULAR.total(one) for one in done])
    codes: dict[str, Callable[[Answers], bool]] = {
        "total_lt_10": lambda one: EULAR.total(one) < 10,
        "no_clinical_criterion": lambda one: not EULAR.clinical_domains(one),
    }
    _check_reasons(found, done, codes)
    assert found.parts["total"] == _common(EULAR.total(one) for one in done)
    for domain in EULAR.WEIGHTS:
        assert found.parts[domain] == _common(EULAR.points(one)[domain] for one in done), domain


@settings(max_examples=200, deadline=None)
@given(_partial(tuple(eular2019.KEYS), open_most=23), st.sampled_from(eular2019.CRITERIA))
def test_eular2019_one_criterion_more_never_takes_anything_away(partial: Answers, more: str) -> None:
    partial["ana_1_80"] = True
    before, after = (eular2019.score({**partial, more: present}) for present in (False, True))
    assert before.value is not True or after.value is True
    assert _least(after) >= _least(before)


def _least(found: Score) -> int:
    least = found.parts["total"] if found.minimum is None else found.minimum
    assert isinstance(least, int)
    return least


@settings(max_examples=200, deadline=None)
@given(_partial(slicc2012.ITEMS, open_most=18), st.sampled_from(slicc2012.ITEMS))
def test_slicc2012_only_haemolytic_anaemia_beside_a_coombs_test_takes_anything_away(
    partial: Answers, more: str
) -> None:
    before, after = (slicc2012.score({**partial, more: present}).value for present in (False, True))
    if more != "hemolytic_anemia" or partial.get("direct_coombs") is False:
        assert before is not True or after is True


@settings(max_examples=100, deadline=None)
@given(_partial(acr1997.CRITERIA, open_most=11), st.sampled_from(acr1997.CRITERIA))
def test_acr1997_one_criterion_more_never_takes_anything_away(partial: Answers, more: str) -> None:
    before, after = (acr1997.score({**partial, more: present}).value for present in (False, True))
    assert before is not True or after is True


@pytest.mark.parametrize("rule", ["acr1997", "slicc2012", "eular2019"])
@given(data=st.data())
def test_the_order_of_the_answers_never_matters(rule: str, data: st.DataObject) -> None:
    keys = tuple(RULES[rule].keys)
    answers = data.draw(_partial(keys, open_most=len(keys)))
    shuffled = dict(data.draw(st.permutations(list(answers.items()))))
    assert RULES[rule].score(shuffled) == RULES[rule].score(answers)
