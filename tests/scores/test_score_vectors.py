"""The worked cases in tests/vectors/scores: anyone can add one there."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from anifro_desktop.scores.contract import flat, score_answers, validate
from anifro_desktop.scores.registry import RULES

FOLDER = Path(__file__).parents[1] / "vectors" / "scores"


def _cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{file.stem}: {case['name']}")
        for file in sorted(FOLDER.glob("*.toml"))
        for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
    ]


def _input(case: dict[str, Any]) -> dict[str, Any]:
    """The answers, with the keys of `unknown` given as null, and `line` as the list of a questionnaire's answers."""
    answers = dict(case["input"])
    if "line" in answers:
        answers["answers"] = [None if word == "." else int(word) for word in answers.pop("line").split()]
    for key in answers.pop("unknown", []):
        outer, dot, inner = key.partition(".")
        if dot:
            answers.setdefault(outer, {})[inner] = None
        else:
            answers[key] = None
    return answers


@pytest.mark.parametrize("case", _cases())
def test_worked_case(case: dict[str, Any]) -> None:
    assert set(case) <= {"name", "source", "rule", "input", "expected", "refused", "decimals"}
    answers = _input(case)
    faults = validate(case["rule"], answers)
    if "refused" in case:
        assert sorted(fault.key for fault in faults) == case["refused"]
        return
    assert faults == []
    result = score_answers(case["rule"], answers)
    found = flat(result)
    for key in case["expected"].pop("null", []):
        assert found[key] is None, key
    tolerance = 0.5 * 10 ** -case["decimals"] + 1e-9 if "decimals" in case else 1e-9
    for key, value in flat(case["expected"]).items():
        if isinstance(value, int | float) and not isinstance(value, bool):
            assert not isinstance(found[key], bool), key
            assert found[key] == pytest.approx(value, abs=tolerance), key
        else:
            assert found[key] == value, key
    assert result["complete"] is (result["value"] is not None)


def test_every_rule_has_cases() -> None:
    assert {file.stem for file in FOLDER.glob("*.toml")} == set(RULES)
