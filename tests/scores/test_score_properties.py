"""Soundness and tightness: what a rule says of partial answers is what all their completions have in common.

Each partial input is completed in every way (numbers by values on both sides of every threshold and by extremes) and
scored by the plain second implementation. A result is definite exactly when all completions agree, bounds are reached,
and an answer is called missing exactly when it can make a difference.
"""

from __future__ import annotations

import itertools
import math
import runpy
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from anifro_desktop.scores import doris, lldas, prednisone, sledai2k, sledas
from anifro_desktop.scores.model import Score, half_up


def _second(rule: str) -> Any:
    return SimpleNamespace(**runpy.run_path(str(Path(__file__).parent / "second" / f"{rule}.py")))


SLEDAI2K, SLEDAS, DORIS, LLDAS = _second("sledai2k"), _second("sledas"), _second("doris"), _second("lldas")
PREDNISONE = _second("prednisone")

Answers = dict[str, Any]
MOST_COMPLETIONS = 800
UNHURRIED = settings(max_examples=100, deadline=None)  # a completion costs time, not a fault

BOTH = (False, True)
NUMBERS: dict[str, tuple[float, ...]] = {
    "phga": (0, 0.49, 0.5, 1, 1.01, 3),
    "pred_eq": (0, 5, 5.1, 7.5, 7.6),
    "swollen28": (0, 1, 28),
    "proteinuria_mg": (0, 500, 500.1, 1e6),
    "platelets": (1e-3, 99.9, 100, 300),
    "wbc": (1e-6, 2.99, 3, 9),
    "previous": (0.37, 2, 2e3),
    "weight_kg": (0.01, 50, 1e6),
}
AMOUNTS = (0, 6, 6.1, 20, 1e6)
ITEMS = tuple(SLEDAI2K.POINTS)


def _choices(key: str, value: Any) -> Iterable[Any]:
    return (value,) if value is not None else NUMBERS.get(key, BOTH)


def _product(options: dict[str, list[Any]]) -> list[Answers]:
    assume(math.prod(map(len, options.values())) <= MOST_COMPLETIONS)
    return [dict(zip(options, row, strict=True)) for row in itertools.product(*options.values())]


def _completions(partial: Answers) -> list[Answers]:
    return _product({key: list(_choices(key, value)) for key, value in partial.items()})


def _common(values: Iterable[Any]) -> Any:
    """What all completions agree on, or None."""
    first, *others = dict.fromkeys(values)
    return None if others else first


def _decisive(
    completions: list[Answers], rest: Callable[[Answers], Any], result: Callable[[Answers], Any]
) -> bool:
    """Whether two completions that differ in one answer alone have different results."""
    seen: dict[str, set[Any]] = {}
    for one in completions:
        seen.setdefault(repr(rest(one)), set()).add(result(one))
    return any(len(values) > 1 for values in seen.values())


def _without(name: str) -> Callable[[Answers], Any]:
    return lambda one: [value for key, value in one.items() if key != name]


@st.composite
def _descriptors(draw: st.DrawFn, open_most: int = 4) -> Answers:
    """24 descriptors, most of them absent, a few present, a few unknown."""
    present = draw(st.sets(st.sampled_from(ITEMS), max_size=draw(st.sampled_from((0, 1, 2, 24)))))
    unknown = draw(st.sets(st.sampled_from(ITEMS), max_size=open_most))
    return {item: None if item in unknown else item in present for item in ITEMS}


def _mostly(value: Any, *others: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from((value, value, value, *others))


FLAG = _mostly(False, None, True)
PHGA = _mostly(0.3, 0.5, 1, 1.01, None)
DOSE = _mostly(5, 0, 5.1, 7.5, 7.6, 5.0000000001, None)


@UNHURRIED
@given(_descriptors(open_most=8))
def test_sledai2k(partial: Answers) -> None:
    found = sledai2k.score(partial)
    done = _completions(partial)
    _check_total(found, [SLEDAI2K.sledai2k(one) for one in done])
    clinical = _common(SLEDAI2K.clinical(one) for one in done)
    assert found.parts["clinical"] == found.parts["csledai2k"] == clinical
    assert found.missing == tuple(item for item in ITEMS if partial[item] is None)


def _check_total(found: Score, totals: list[Any]) -> None:
    least, most = min(totals), max(totals)
    assert found.complete is (least == most)
    if found.complete:
        assert found.value == least
        assert found.minimum is None
        assert found.maximum is None
    else:
        assert found.value is None
        assert (found.minimum, found.maximum) == (least, most)


@st.composite
def _sledas_answers(draw: st.DrawFn) -> Answers:
    plain = [
        "neuropsychiatric",
        "systemic_vasculitis",
        "mucocutaneous_vasculitis",
        "cardiac_pulmonary",
        "serositis",
        "myositis",
        "rash_local",
        "rash_general",
        "alopecia",
        "mucosal_ulcers",
        "hemolytic_anemia",
        "low_complement",
        "anti_dsdna",
    ]
    present = draw(st.sets(st.sampled_from(plain), max_size=3))
    unknown = draw(st.sets(st.sampled_from(plain), max_size=3))
    answers: Answers = {item: None if item in unknown else item in present for item in plain}
    for item, number in sledas_pairs:
        mode = draw(st.sampled_from(("left out", "left out", False, True, None)))
        if mode != "left out":
            answers[item] = mode
        quiet = {"swollen28": 0, "platelets": 200, "wbc": 5, "proteinuria_mg": 90}[number]
        past = {"swollen28": 2, "platelets": 80, "wbc": 2.6, "proteinuria_mg": 650}[number]
        answers[number] = draw(_mostly(quiet, past, None))
    answers["pred_eq"], answers["pulse_30d"] = draw(DOSE), draw(FLAG)
    answers["previous"] = draw(st.sampled_from((0.37, 2.08, 7.0, None)))
    return answers


sledas_pairs = (
    ("arthritis", "swollen28"),
    ("proteinuria", "proteinuria_mg"),
    ("thrombocytopenia", "platelets"),
    ("leukopenia", "wbc"),
)


@UNHURRIED
@given(_sledas_answers())
def test_sledas(partial: Answers) -> None:
    found, second = sledas.score(partial), SLEDAS.sledas(partial)
    least, most = second["low"], second["high"]
    assert found.complete is (most - least < 1e-9)
    if found.complete:
        assert found.value == pytest.approx(least, abs=1e-9)
        assert found.missing == ()
    else:
        assert found.value is None
        assert found.minimum == pytest.approx(least, abs=1e-9)
        assert (math.inf if found.maximum is None else found.maximum) == pytest.approx(most, abs=1e-9)
    for name, value in second["parts"].items():
        assert found.parts[name] == value, name
    for item, points in second["items"].items():
        if item != "rash":
            expected = points[0] if len(set(points)) == 1 else None
            assert found.parts[item] == (None if expected is None else pytest.approx(expected)), item
    assert set(found.parts["contradictions"]) == SLEDAS.contradictions(partial)


@UNHURRIED
@given(_sledas_answers())
def test_sledas_is_definite_exactly_when_all_completions_agree(partial: Answers) -> None:
    found, done = sledas.score(partial), [SLEDAS.sledas(one) for one in _completions(partial)]
    assert all(one["low"] == one["high"] for one in done)
    assert found.complete is (len({round(one["low"], 9) for one in done}) == 1)
    for name in done[0]["parts"]:
        if partial["previous"] is None and name.startswith("meaningful"):
            assert found.parts[name] is None  # a part whose input was not given
        else:
            assert found.parts[name] == _common(one["parts"][name] for one in done), name


@UNHURRIED
@given(_sledas_answers())
def test_sledas_missing(partial: Answers) -> None:
    partial.update(pred_eq=5, pulse_30d=False, previous=2)
    found, done = sledas.score(partial), _completions(partial)
    open_keys = [key for key, value in partial.items() if value is None]
    needed = {
        key
        for key in open_keys
        if _decisive(done, _without(key), lambda one: round(SLEDAS.sledas(one)["low"], 9))
    }
    assert set(found.missing) == needed


@UNHURRIED
@given(_descriptors(), PHGA, DOSE, _mostly(True, False, None), FLAG, FLAG, FLAG)
def test_doris(
    items: Answers, phga: Any, dose: Any, stable: Any, pulse: Any, drug: Any, biologic: Any
) -> None:
    partial = {
        **items,
        "phga": phga,
        "pred_eq": dose,
        "stable": stable,
        "pulse_30d": pulse,
        "immunosuppressant": drug,
        "biologic": biologic,
    }
    found, done = doris.score(partial), _completions(partial)
    rows = [DORIS.doris_parts(one) for one in done]
    for name in rows[0]:
        shown = found.value if name == "doris" else found.parts[name]
        assert shown is _common(row[name] for row in rows), name
    assert found.complete is (found.value is not None)
    assert bool(found.reasons) is (found.value is False)
    open_keys = [key for key, value in partial.items() if value is None]
    needed = [
        key
        for key in open_keys
        if _decisive(done, _without(key), lambda one: DORIS.doris_parts(one)["doris"])
    ]
    assert list(found.missing) == needed


DRUGS = st.one_of(
    st.just({}),
    st.none(),
    st.dictionaries(
        st.sampled_from(("methotrexate", "ciclosporin", "cyclophosphamide", "rituximab", "other")),
        st.sampled_from((0, 6, 6.1, 20, 30, 31, 250, None)),
        max_size=2,
    ),
)


@st.composite
def _lldas_answers(draw: st.DrawFn) -> Answers:
    now = draw(_descriptors(open_most=3))
    changed = draw(st.dictionaries(st.sampled_from(ITEMS), st.sampled_from((None, True, False)), max_size=2))
    before = {item: bool(value) for item, value in now.items()}
    for item in [item for item, value in now.items() if value is None]:
        before[item] = draw(st.sampled_from((True, True, False, None)))
    flags = (
        "hemolytic_anemia_active",
        "gi_lupus_activity",
        "other_major_organ_activity",
        "other_new_feature",
    )
    rare = st.sampled_from((*[False] * 12, True, None))
    return {
        **now,
        "previous": draw(_mostly({**before, **changed}, None)),
        "phga": draw(PHGA),
        "pred_eq": draw(DOSE),
        "pulse_30d": draw(rare),
        **{flag: draw(rare) for flag in flags},
        "drugs": draw(DRUGS),
        "not_tolerated": draw(rare),
        "investigational": draw(rare),
        "weight_kg": draw(st.sampled_from((50, 4, None))),
    }


def _flatten(partial: Answers) -> Answers:
    """One level: `previous.<item>` and `drugs.<drug>` beside the others."""
    flat: Answers = {}
    for key, value in partial.items():
        if isinstance(value, dict):
            flat.update({f"{key}.{inner}": answer for inner, answer in value.items()})
        else:
            flat[key] = value
    return flat


def _lldas_completions(partial: Answers, *, visit: bool) -> list[Answers]:
    """Every completion, flat. visit: also complete a previous assessment that was not given."""
    options: dict[str, list[Any]] = {}
    for key, value in _flatten(partial).items():
        if value is not None:
            options[key] = [value]
        elif key == "drugs":
            options[key] = [{}, {"methotrexate": 30}, {"methotrexate": 31}]
        elif key == "previous":
            options[key] = [None, *(_visits(partial) if visit else [])]
        else:
            options[key] = list(AMOUNTS if key.startswith("drugs.") else NUMBERS.get(key, BOTH))
    return _product(options)


def _visits(partial: Answers) -> list[Answers]:
    """Previous assessments that can matter: nothing, everything, everything but one descriptor that is open now."""
    everything = dict.fromkeys(ITEMS, True)
    doubtful = [item for item in ITEMS if partial[item] is None]
    return [dict.fromkeys(ITEMS, False), everything, *({**everything, item: False} for item in doubtful)]


def _nested(flat: Answers, partial: Answers) -> Answers:
    """A flat completion as the rules take it."""
    whole: Answers = {"previous": None, "drugs": {}}
    for key, value in flat.items():
        outer, dot, inner = key.partition(".")
        if dot:
            if not isinstance(whole.get(outer), dict) or whole[outer] is partial.get(outer):
                whole[outer] = {}
            whole[outer][inner] = value
        else:
            whole[key] = value
    return whole


@UNHURRIED
@given(_lldas_answers())
def test_lldas(partial: Answers) -> None:
    found = lldas.score(partial)
    rows = [LLDAS.lldas_parts(_nested(one, partial)) for one in _lldas_completions(partial, visit=False)]
    for name in rows[0]:
        shown = found.value if name == "lldas" else found.parts[name]
        assert shown is _common(row[name] for row in rows), name
    assert found.complete is (found.value is not None)
    assert bool(found.reasons) is (found.value is False)


@UNHURRIED
@given(_lldas_answers())
def test_lldas_missing(partial: Answers) -> None:
    found = lldas.score(partial)
    done = _lldas_completions(partial, visit=True)
    open_keys = [key for key, value in _flatten(partial).items() if value is None]
    needed = {
        key
        for key in open_keys
        if _decisive(done, _without(key), lambda one: LLDAS.lldas_parts(_nested(one, partial))["lldas"])
    }
    assert set(found.missing) == needed
    assert len(set(found.missing)) == len(found.missing)


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "drug": st.sampled_from((*PREDNISONE.MG_FOR_PREDNISONE_5, None)),
            "mg_per_cycle": st.sampled_from((0, 0.6, 2.5, 5, 7.5, 20, 100, None)),
            "cycle_days": st.sampled_from((1, 2, 3, 7, None)),
        }
    ),
    max_size=2,
)


@UNHURRIED
@given(ROWS, FLAG, st.sampled_from((0, 5, None)))
def test_prednisone(rows: list[Answers], pulse: Any, baseline: Any) -> None:
    found = prednisone.score({"schedules": rows, "pulse_30d": pulse, "baseline_pred_eq": baseline})
    choices = {
        "drug": tuple(PREDNISONE.MG_FOR_PREDNISONE_5),
        "mg_per_cycle": (0, 1e8),
        "cycle_days": (1, 10**9),
    }
    options = {
        f"{number}.{key}": list(choices[key] if value is None else (value,))
        for number, row in enumerate(rows)
        for key, value in row.items()
    }
    doses = []
    for flat in _product(options):
        whole = [{key: flat[f"{number}.{key}"] for key in row} for number, row in enumerate(rows)]
        doses.append(PREDNISONE.daily_dose(whole))
    least, most = float(min(doses)), float(max(doses))
    assert found.complete is (most - least < 1e-12)
    if found.complete:
        assert found.value == pytest.approx(least, abs=1e-9)
    else:
        assert found.minimum == pytest.approx(least)
        assert found.maximum == pytest.approx(most) if found.maximum is not None else most > 1e5
        assert all(rows[int(key.split(".")[1])][key.split(".")[2]] is None for key in found.missing)
        assert found.missing
    for name, limit in (("le_5", 5), ("le_7_5", 7.5)):
        assert found.parts[name] is _common(round(float(dose), 9) <= limit for dose in doses)
    le_5 = found.parts["le_5"]
    expected = False if le_5 is False or pulse else (None if None in (le_5, pulse) else True)
    assert found.parts["steroid_le5"] is expected
    assert found.parts["stop_denominator"] is (None if baseline is None else baseline > 0)


@UNHURRIED
@example(512_045, 2)  # times 100, a little below 51204.5 in binary
@given(st.integers(-(10**9), 10**9), st.integers(0, 3))
def test_half_up_is_the_decimal_rule(thousandths: int, decimals: int) -> None:
    from decimal import ROUND_HALF_UP, Decimal

    value = thousandths / 1000
    exact = Decimal(thousandths) / 1000
    assert half_up(value, decimals) == float(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


@UNHURRIED
@example(0.49999999948, 0)  # a half in the tenth decimal, not in the ninth
@given(st.floats(0, 1e6), st.integers(0, 4))
def test_half_up_of_any_number_is_that_of_its_nine_decimals(value: float, decimals: int) -> None:
    assert half_up(value, decimals) == half_up(round(value, 9), decimals)
    assert abs(half_up(value, decimals) - value) <= 0.5 / 10**decimals + 1e-8
