"""SLEDAI-2K, SLE-DAS, the states and the dose against second transcriptions: tables, and random whole answers."""

from __future__ import annotations

import random
import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from anifro_desktop.scores import (
    ceilings,
    doris,
    labs,
    lldas,
    lldas_activity,
    prednisone,
    sledai2k,
    sledas,
    sledas_terms,
)
from anifro_desktop.scores.contract import validate

SETS = 1500
_YES_NO = ("c3_low", "c4_low", "ch50_low", "dsdna_raised")


def _second(rule: str) -> Any:
    return SimpleNamespace(**runpy.run_path(str(Path(__file__).parent / "second" / f"{rule}.py")))


SLEDAI2K, SLEDAS, DORIS, LLDAS = _second("sledai2k"), _second("sledas"), _second("doris"), _second("lldas")
PREDNISONE = _second("prednisone")
Answers = dict[str, Any]


def test_the_points_of_sledai2k_are_the_same_everywhere() -> None:
    assert sledai2k.WEIGHTS == SLEDAI2K.POINTS == LLDAS.EVERY
    assert set(sledai2k.SEROLOGIC) == SLEDAI2K.SEROLOGY == set(DORIS.SEROLOGY)
    assert set(sledai2k.CLINICAL) == set(DORIS.CLINICAL.split())
    assert set(lldas_activity.MAJOR_ORGAN) == set(LLDAS.MAJOR_POINTS)
    assert set(lldas_activity.ACTIVITY_FLAGS) == set(LLDAS.FLAGS)
    assert lldas_activity.MOST_POINTS == LLDAS.POINTS_UP_TO


def test_the_thresholds_of_the_states_are_the_same() -> None:
    assert (float(DORIS.PHGA_UNDER), float(DORIS.DOSE_UP_TO)) == (doris.PHGA_BELOW, doris.DOSE)
    assert (LLDAS.PHGA_UP_TO, float(LLDAS.DOSE_UP_TO)) == (lldas.PHGA, lldas.DOSE)
    assert float(LLDAS.STRICT_DOSE_UP_TO) == lldas.STRICT_DOSE
    assert tuple(float(SLEDAS.CUT_OFFS[key]) for key in ("remission", "mild")) == (
        sledas.REMISSION,
        sledas.MILD,
    )
    assert tuple(float(SLEDAS.CUT_OFFS[key]) for key in ("lda", "change")) == (
        sledas.LOW_ACTIVITY,
        sledas.MEANINGFUL,
    )
    assert tuple(map(float, SLEDAS.DOSES.values())) == (sledas.REMISSION_DOSE, sledas.LOW_ACTIVITY_DOSE)


def test_the_ceilings_and_equivalents_are_the_same() -> None:
    assert {**LLDAS.FIXED, **LLDAS.PER_KG} == ceilings.CEILINGS
    assert set(ceilings.PER_KG) == set(LLDAS.PER_KG)
    assert ceilings.RITUXIMAB_MONTHS == LLDAS.RITUXIMAB_MONTHS
    assert {
        drug: float(mg) for drug, mg in PREDNISONE.MG_FOR_PREDNISONE_5.items()
    } == prednisone.EQUIVALENT_TO_5


def test_sledas_has_the_same_items() -> None:
    assert set(sledas_terms.ITEMS) == {*SLEDAS.TICKED, *SLEDAS.BY_NUMBER, "rash_local", "rash_general"}
    assert set(sledas_terms.SEROLOGIC) == SLEDAS.SEROLOGY
    assert {one.item: one.number for one in sledas_terms.MEASURED} == {
        item: number for item, (number, *_) in SLEDAS.BY_NUMBER.items()
    }


@pytest.mark.parametrize("item", [*SLEDAS.TICKED, "rash_local", "rash_general"])
def test_each_coefficient_of_sledas_alone(item: str) -> None:
    answers = {**dict.fromkeys(sledas.ITEMS, False), item: True}
    assert sledas.score(answers).value == pytest.approx(SLEDAS.sledas(answers)["low"], abs=1e-12)


def _near(draw: random.Random, *limits: float) -> float:
    """A number at, just beside or away from a limit."""
    limit = draw.choice(limits)
    return draw.choice((limit, limit + 1e-10, limit + 0.01, max(limit - 0.01, 0.001), limit * 3, limit / 3))


def _items(draw: random.Random) -> Answers:
    often = draw.choice((0.02, 0.1, 0.5))
    return {item: draw.random() < often for item in SLEDAI2K.POINTS}


def _sometimes(draw: random.Random) -> bool:
    return draw.random() < 0.1


def test_whole_answers_give_the_same_sledas() -> None:
    draw = random.Random(20190365)
    for _ in range(SETS):
        often = draw.choice((0.05, 0.3))
        ticks = [*SLEDAS.TICKED, "rash_local", "rash_general"]
        answers: Answers = {item: draw.random() < often for item in ticks}
        answers |= {item: draw.random() < 0.8 for item in SLEDAS.BY_NUMBER if draw.random() < 0.5}
        answers |= {"swollen28": draw.choice((0, 0, 1, 2, 28)), "platelets": _near(draw, 100, 80)}
        answers |= {"wbc": _near(draw, 3, 2.4), "proteinuria_mg": draw.choice((0, _near(draw, 500)))}
        answers |= {"pred_eq": _near(draw, 5, 7.5), "pulse_30d": _sometimes(draw)}
        answers["previous"] = _near(draw, 2.08, 7.64, 0.366)
        assert validate("sledas", answers) == []
        found, second = sledas.score(answers), SLEDAS.sledas(answers)
        assert found.value == pytest.approx(second["low"], abs=1e-9)
        for name, value in second["parts"].items():
            assert found.parts[name] == value, (name, answers)
        assert set(found.parts["contradictions"]) == SLEDAS.contradictions(answers)


def test_whole_answers_give_the_same_states() -> None:
    draw = random.Random(20210538)
    for _ in range(SETS):
        answers: Answers = {
            **_items(draw),
            "phga": min(_near(draw, 0.5, 1), 3),
            "pred_eq": _near(draw, 5, 7.5),
        }
        answers |= {"stable": not _sometimes(draw), "pulse_30d": _sometimes(draw)}
        answers |= {"immunosuppressant": _sometimes(draw), "biologic": _sometimes(draw)}
        found, second = doris.score(answers), DORIS.doris_parts(answers)
        assert {"doris": found.value, **found.parts} == {**second, "csledai2k": SLEDAI2K.clinical(answers)}


def test_whole_answers_give_the_same_low_activity_state() -> None:
    draw = random.Random(20160260)
    for _ in range(SETS):
        answers: Answers = {
            **_items(draw),
            "phga": min(_near(draw, 0.5, 1), 3),
            "pred_eq": _near(draw, 5, 7.5),
        }
        answers |= dict.fromkeys((*LLDAS.FLAGS, "other_new_feature", "pulse_30d"), False)
        answers |= {draw.choice(LLDAS.FLAGS): _sometimes(draw), "other_new_feature": _sometimes(draw)}
        answers |= {"not_tolerated": _sometimes(draw), "investigational": _sometimes(draw), "weight_kg": 62.5}
        answers["previous"] = draw.choice((None, _items(draw), dict.fromkeys(SLEDAI2K.POINTS, True)))
        limits = {**LLDAS.FIXED, **{drug: mg * 62.5 for drug, mg in LLDAS.PER_KG.items()}, "rituximab": 6}
        drugs = draw.sample([*limits, "other"], draw.choice((0, 1, 2)))
        answers["drugs"] = {drug: _near(draw, limits.get(drug, 0)) for drug in drugs}
        assert validate("lldas", answers) == []
        found, second = lldas.score(answers), LLDAS.lldas_parts(answers)
        assert {"lldas": found.value, **found.parts} == {**second, "sledai2k": SLEDAI2K.sledai2k(answers)}


def test_whole_answers_give_the_same_dose() -> None:
    draw = random.Random(1977)

    def amount() -> float:
        return draw.choice((0, 0.6, 0.75, 2.5, 4, 5, 6, 7.5, 20, 25, 37.5, 62.5, draw.randint(0, 400) / 4))

    for _ in range(SETS):
        drugs = [draw.choice(list(PREDNISONE.FACTOR)) for _ in range(3)]
        schedules = [
            {"drug": drug, "mg_per_cycle": amount(), "cycle_days": draw.choice((1, 1, 2, 3, 7))}
            for drug in drugs
        ][: draw.randint(0, 3)]
        oral = [{"drug": drug, "mg_day": amount(), "days": draw.randint(0, 90)} for drug in drugs[:2]]
        pulses = [{"drug": drug, "mg": 250.0, "n": draw.randint(0, 3)} for drug in drugs[:1]]
        answers = {"schedules": schedules, "oral": oral, "pulses": pulses}
        answers |= {"pulse_30d": _sometimes(draw), "baseline_pred_eq": draw.choice((0, 5.0, 12.5))}
        assert validate("prednisone", answers) == []
        found = prednisone.score(answers)
        assert found.value == pytest.approx(float(PREDNISONE.daily_dose(schedules)), abs=1e-9)
        assert found.parts["cumulative_pred_eq"] == pytest.approx(
            float(PREDNISONE.cumulative_dose(oral, pulses)), rel=1e-12
        )
        second = PREDNISONE.parts(schedules, answers["pulse_30d"], answers["baseline_pred_eq"])
        assert {name: found.parts[name] for name in second} == second


def test_laboratory_values_suggest_the_same() -> None:
    draw = random.Random(11838846)
    numbers = {key: kind for key, kind in labs.LABS.items() if key not in _YES_NO}
    near = {"platelets": 100, "wbc": 3, "temperature_c": 38, "urine_rbc_hpf": 5, "urine_wbc_hpf": 5}
    near |= {"proteinuria_mg_24h": 500, "upcr_mg_g": 500, "upcr_mg_mmol": 500 / 8.84}
    assert set(near) == set(numbers)
    for _ in range(SETS):
        given: Answers = {key: draw.choice((None, _beside(draw, limit))) for key, limit in near.items()}
        given |= {key: draw.choice((None, True, False)) for key in _YES_NO}
        assert validate("sledai2k", {"labs": given}) == []
        assert labs.suggest(given) == SLEDAI2K.suggested(given)


def _beside(draw: random.Random, limit: float) -> float:
    return limit + draw.choice((-1, -0.01, 0, 1e-10, 0.01, 1))
