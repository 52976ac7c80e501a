"""CLASI, joint counts and damage index of partial answers are what all their completions have in common."""

from __future__ import annotations

import itertools
import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from anifro_desktop.scores import clasi, joints, sdi
from anifro_desktop.scores.contract import flat, validate
from anifro_desktop.scores.model import Score

HERE = Path(__file__).parent


def _loaded(path: str) -> Any:
    return SimpleNamespace(**runpy.run_path(str(HERE / path)))


done_of = _loaded("completing.py")
CLASI, JOINTS, SDI = (_loaded(f"second/{rule}.py") for rule in ("clasi", "joints", "sdi"))
UNHURRIED = settings(max_examples=120, deadline=None)
MOST_COMPLETIONS = 1500

Answers = dict[str, Any]


def _check_total(found: Score, totals: list[int]) -> None:
    least, most = min(totals), max(totals)
    if least == most:
        assert (found.value, found.complete, found.minimum, found.missing) == (least, True, None, ())
    else:
        assert (found.value, found.complete) == (None, False)
        assert (found.minimum, found.maximum) == (least, most)


# --- CLASI ---

CLASI_KEYS = {
    key: values
    for name, values in CLASI.VALUES.items()
    for key in ([f"{name}.{area}" for area in CLASI.areas(name)] or [name])
} | {"dyspig_ge_12m": [False, True]}
BASELINES = (None, 0, 1, 4, 9, 10, 11, 30)


def _clasi_choices(key: str) -> list[Any]:
    return CLASI_KEYS[key]


@st.composite
def clasi_answers(draw: st.DrawFn, open_most: int = 4) -> Answers:
    """Flat answers: lesions in few areas, some answers open, damage more often than activity."""
    damage = [key for key in CLASI_KEYS if key.startswith(("dysp", "scar", "scalp"))]
    present = draw(st.sets(st.sampled_from(list(CLASI_KEYS)), max_size=8))
    open_keys = draw(st.sets(st.sampled_from([*CLASI_KEYS, *damage]), max_size=open_most))
    return {
        key: None if key in open_keys else draw(st.sampled_from(values)) if key in present else values[0]
        for key, values in CLASI_KEYS.items()
    }


@UNHURRIED
@given(clasi_answers(), st.sampled_from(BASELINES))
def test_clasi(partial: Answers, baseline: int | None) -> None:
    assume(done_of.size(partial, _clasi_choices) <= MOST_COMPLETIONS)
    answers = {**done_of.nested(partial), "baseline_activity": baseline}
    assert validate("clasi", answers) == []
    found = clasi.score(answers)
    done = done_of.completions(partial, _clasi_choices)
    rows = [CLASI.parts({**done_of.nested(one), "baseline_activity": baseline}) for one in done]
    _check_total(found, [row["activity"] for row in rows])
    for name in ("activity", "band", "damage", "clasi50_evaluable", "clasi50"):
        assert found.parts[name] == done_of.common(row[name] for row in rows), name
    expected = done_of.common(row["pct_change"] for row in rows)
    assert found.parts["pct_change"] == (None if expected is None else pytest.approx(expected))
    damages = [row["damage"] for row in rows]
    if len(set(damages)) > 1:
        assert (found.parts["damage_minimum"], found.parts["damage_maximum"]) == (min(damages), max(damages))
    activities = [row["activity"] for row in rows]
    assert set(found.missing) == set(done_of.decisive(partial, done, activities))
    assert set(found.parts["damage_missing"]) == set(done_of.decisive(partial, done, damages))


@UNHURRIED
@given(clasi_answers(open_most=8))
def test_clasi_parts_keep_their_keys_and_one_more_point_never_lowers_a_sum(partial: Answers) -> None:
    found = clasi.score(done_of.nested(partial))
    assert list(flat(dict(found.parts))) == list(flat(dict(clasi.score({}).parts)))
    for key, values in CLASI_KEYS.items():
        if partial[key] in values[:-1]:
            more = clasi.score(done_of.nested({**partial, key: values[values.index(partial[key]) + 1]}))
            assert _least(more) >= _least(found)
            least_damage = more.parts["damage_minimum"] or more.parts["damage"] or 0
            assert least_damage >= (found.parts["damage_minimum"] or found.parts["damage"] or 0)


def _least(score: Score) -> Any:
    return score.minimum if score.value is None else score.value


# --- Joints ---

STUDY = JOINTS.joints("28")
LISTS = st.none() | st.lists(st.sampled_from(JOINTS.joints("S")), unique=True, max_size=12)
BEFORE = st.sampled_from((None, 0, 1, 5, 6, 10, 28))


@UNHURRIED
@given(LISTS, LISTS, BEFORE, BEFORE, st.randoms(use_true_random=False))
def test_joints(tender: Any, swollen: Any, tjc: int | None, sjc: int | None, chance: Any) -> None:
    answers = {"tender": tender, "swollen": swollen, "baseline_tjc28": tjc, "baseline_sjc28": sjc}
    found = joints.score(answers)
    done = [
        JOINTS.parts(*one)
        for one in itertools.product(
            _lists(tender, swollen),
            _lists(swollen, tender),
            (0, 5, 6, 28) if tjc is None else (tjc,),
            (0, 5, 6, 28) if sjc is None else (sjc,),
        )
    ]
    _check_total(found, [row["active28"] for row in done])
    for name in ("tjc28", "sjc28", "tjc68", "sjc66", "active28", "response50_evaluable"):
        assert found.parts[name] == done_of.common(row[name] for row in done), name
    if 0 not in (tjc, sjc):
        response = done_of.common(row["response50"] for row in done if row["response50"] is not None)
        assert found.parts["response50"] in ((response,) if None not in (tjc, sjc) else (response, None))
    if not found.complete:
        assert list(found.missing) == [key for key in ("tender", "swollen") if answers[key] is None]
    for joint_list in (tender, swollen):
        chance.shuffle(joint_list or [])
    assert joints.score(answers) == found


def _lists(given_list: Any, other: Any) -> list[Any]:
    """What a list that is open can be: nothing, every joint, or the study's joints of the other list."""
    every = JOINTS.joints("S")
    return (
        [given_list]
        if given_list is not None
        else [[], every, [joint for joint in other or [] if joint in STUDY]]
    )


@UNHURRIED
@given(LISTS, LISTS, BEFORE, BEFORE)
def test_counts_alone_say_the_same_as_the_joints_behind_them(
    tender: Any, swollen: Any, tjc: int | None, sjc: int | None
) -> None:
    by_joint = joints.score(
        {"tender": tender, "swollen": swollen, "baseline_tjc28": tjc, "baseline_sjc28": sjc}
    )
    parts = by_joint.parts
    counted = joints.from_counts(parts["tjc28"], parts["sjc28"], parts["active28"], tjc, sjc)
    assert counted.value == by_joint.value
    assert counted.parts == {**parts, "tjc68": None, "sjc66": None}
    assert list(counted.parts) == list(parts)


@pytest.mark.parametrize(
    ("tender", "swollen", "active", "value", "bounds", "missing", "denied"),
    [
        (5, 4, 3, 3, (None, None), (), []),
        (5, 4, None, None, (0, 4), ("active28",), []),
        (0, 4, None, 0, (None, None), (), []),
        (None, 0, None, 0, (None, None), (), []),
        (None, 4, None, None, (0, 4), ("tjc28", "active28"), []),
        (3, None, None, None, (0, 3), ("sjc28", "active28"), []),
        (20, 15, None, None, (7, 15), ("active28",), []),
        (28, 28, None, 28, (None, None), (), []),
        (None, None, None, None, (0, 28), ("tjc28", "sjc28", "active28"), []),
        (None, None, 2, 2, (None, None), (), []),
        (5, 4, 5, 5, (None, None), (), ["active28"]),
        (5, 4, 4, 4, (None, None), (), []),
        (20, 15, 6, 6, (None, None), (), ["active28"]),
        (20, 15, 7, 7, (None, None), (), []),
        (2, None, 3, 3, (None, None), (), ["active28"]),
    ],
)
def test_counts_alone(
    tender: int | None,
    swollen: int | None,
    active: int | None,
    value: int | None,
    bounds: tuple[int | None, int | None],
    missing: tuple[str, ...],
    denied: list[str],
) -> None:
    found = joints.from_counts(tender, swollen, active, None, None)
    assert (found.value, found.complete) == (value, value is not None)
    assert (found.minimum, found.maximum) == bounds
    assert found.missing == missing
    assert found.parts["contradictions"] == denied
    assert found.parts["active28"] == value


# --- Damage ---


@st.composite
def sdi_answers(draw: st.DrawFn, open_most: int = 4) -> Answers:
    """Items, most of them absent, some open; the renal ones more often than the others."""
    items = [*SDI.ITEMS, *["gfr_lt50", "proteinuria_3_5", "esrd"] * 3]
    present = draw(st.sets(st.sampled_from(items), max_size=6))
    open_items = draw(st.sets(st.sampled_from(items), max_size=open_most))
    return {
        item: None if item in open_items else draw(st.sampled_from(points)) if item in present else 0
        for item, points in SDI.ITEMS.items()
    }


@UNHURRIED
@given(sdi_answers(), st.sampled_from((None, 0, 1, 3, 6)))
def test_sdi(partial: Answers, baseline: int | None) -> None:
    found = sdi.score({**partial, "baseline": baseline})
    done = done_of.completions(partial, SDI.ITEMS.__getitem__)
    totals = [SDI.total(one) for one in done]
    _check_total(found, totals)
    assert list(found.missing) == done_of.decisive(partial, done, totals)
    domains = [SDI.domains(one) for one in done]
    assert found.parts["domains"] == {
        name: done_of.common(one[name] for one in domains) for name in domains[0]
    }
    if baseline is not None:
        assert found.parts["accrual"] is done_of.common(total - baseline >= 1 for total in totals)
        assert found.parts["change"] == done_of.common(total - baseline for total in totals)
        assert bool(found.warnings) is (max(totals) < baseline)


@UNHURRIED
@given(sdi_answers(), sdi_answers(), st.randoms(use_true_random=False))
def test_damage_that_went_away_is_a_contradiction_in_any_order(
    now: Answers, before: Answers, chance: Any
) -> None:
    found = sdi.score({**now, "previous": before})
    lower = [
        item
        for item in SDI.ITEMS
        if None not in (now[item], before[item]) and now[item] in range(before[item])
    ]
    assert found.parts["contradictions"] == lower
    keys = list(before)
    chance.shuffle(keys)
    turned = {key: now[key] for key in keys}
    assert sdi.score({"previous": {key: before[key] for key in keys}, **turned}) == found
    assert found.value == sdi.score(now).value
