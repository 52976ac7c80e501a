"""What holds for every rule alike, over random answers that its keys take: nothing is said of any one of them here."""

from __future__ import annotations

import ast
import csv
import io
import json
import random
import re
from pathlib import Path
from typing import Any

import pytest

from anifro_desktop import scores
from anifro_desktop.scores import keys
from anifro_desktop.scores.contract import cell, flat, score_answers, table, validate
from anifro_desktop.scores.keys_partial import PartialDay
from anifro_desktop.scores.listing import listed_keys
from anifro_desktop.scores.reading import read, read_csv
from anifro_desktop.scores.reading_table import table_columns
from anifro_desktop.scores.registry import RULES

SCORES = Path(scores.__file__).parent
SETS = 120
# Settings of a module that a rule takes something else from: they cannot change its results.
FOR_OTHERS = {
    "sfi": {"ceiling", "rituximab"},  # names of drugs
}
ZONES = ("Europe/Rome", "UTC", "America/New_York")


def _answer(draw: random.Random, kind: keys.Key) -> Any:
    """A random answer of a kind, sometimes unknown."""
    if draw.random() < 0.1:
        return None
    match kind:
        case keys.YesNo():
            return draw.random() < 0.3
        case keys.Number():
            return _number(draw, kind)
        case keys.OneOf():
            return draw.choice(kind.words)
        case keys.Words():
            return draw.sample(kind.words, draw.randint(0, min(3, len(kind.words))))
        case keys.Numbers():
            return [None if draw.random() < 0.1 else _number(draw, one) for one in kind.kinds]
        case keys.Day():
            return _day(draw)
        case PartialDay():
            return _day(draw)[: draw.choice((4, 7, 10))]
        case keys.Days():
            return [_day(draw) for _ in range(draw.randint(0, 3))]
        case keys.Moment():
            return f"{_day(draw)}T{draw.randint(0, 23):02}:{draw.randint(0, 59):02}:00{draw.choice(('Z', '+01:00'))}"
        case keys.Zone():
            return draw.choice(ZONES)
        case keys.Block():
            return _object(draw, kind)
        case keys.Rows():
            return [_object(draw, kind.row) for _ in range(draw.randint(0, 3))]
    raise TypeError(f"no answers are drawn for {kind}")


def _number(draw: random.Random, kind: keys.Number) -> float:
    ends = [kind.high] if kind.above else [kind.low, kind.high]
    usual = min(kind.high, kind.low + draw.choice((3, 30, 300)))
    if kind.only:
        return draw.choice(kind.only)
    if kind.whole:
        return draw.choice((*map(int, ends), draw.randint(int(kind.low), int(usual))))
    return draw.choice(
        (*ends, max(round(draw.uniform(kind.low, usual), 2), 0.01 if kind.above else kind.low))
    )


def _day(draw: random.Random) -> str:
    return f"{draw.choice((2026, 2027, 1900, 2199))}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"


def _object(draw: random.Random, block: keys.Block) -> dict[str, Any]:
    given = draw.choice((0, 0.5, 0.95, 1))
    return {key: _answer(draw, kind) for key, kind in block.keys.items() if draw.random() < given}


def _sets(rule: str) -> list[dict[str, Any]]:
    draw = random.Random(rule)
    whole = keys.Block(RULES[rule].keys)
    sets = []
    while len(sets) < SETS:
        answers = _object(draw, whole)
        if draw.random() < 0.3:
            answers["assume"] = "absent"
        # Answers that are right one by one may be impossible together.
        if not validate(rule, answers):
            sets.append(answers)
    return sets


@pytest.mark.parametrize("rule", RULES)
def test_any_answers_have_a_result_of_the_same_shape(rule: str) -> None:
    shape = list(flat(score_answers(rule, {})["parts"]))
    listed = {one.key for one in listed_keys(rule)}
    for answers in _sets(rule):
        before = json.dumps(answers)
        result = score_answers(rule, answers)
        assert json.dumps(answers) == before, "a rule must leave the answers alone"
        json.dumps(result, allow_nan=False)
        assert list(flat(result["parts"])) == shape
        assert result["complete"] is (result["value"] is not None)
        if type(result["value"]) in (int, float):
            assert (result["minimum"], result["maximum"]) == (None, None)
        assert len(set(result["missing"])) == len(result["missing"])
        assert listed >= {re.sub(r"(answers)?\.\d+", _numbered, key) for key in result["missing"]}


def _numbered(found: re.Match[str]) -> str:
    """The number of an object as the list of keys writes it, and no number for an entry of a list of numbers."""
    return found[1] or ".N"


@pytest.mark.parametrize("rule", RULES)
def test_the_order_of_the_answers_never_matters(rule: str) -> None:
    for answers in _sets(rule)[:40]:
        assert score_answers(rule, dict(reversed(answers.items()))) == score_answers(rule, answers)


@pytest.mark.parametrize("rule", RULES)
def test_a_table_of_answers_is_scored_as_the_answers_are(rule: str) -> None:
    """Through a CSV and back; what is left out is null there, and lists of objects have no place in it."""
    columns = table_columns(RULES[rule].keys)
    sets = [_filled(answers, columns) for answers in _sets(rule)]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(_at(answers, name)) for name in columns] for answers in sets)
    inputs = read_csv(rule, text.getvalue())
    assert inputs.faults == []
    assert list(inputs.answers) == sets
    header, *rows = table(rule, inputs.answers)
    for row, answers in zip(rows, sets, strict=True):
        expected = flat(score_answers(rule, answers))
        assert header == list(expected)
        assert list(map(cell, row)) == [cell(value) for value in expected.values()]


def _at(answers: Any, name: str) -> Any:
    for part in name.split("."):
        answers = None if answers is None else answers.get(part)
    return answers


def _filled(answers: dict[str, Any], columns: dict[str, keys.Key]) -> dict[str, Any]:
    """The answers as a CSV row holds them: every key there, an object without an answer unknown."""
    filled: dict[str, Any] = {}
    for name in columns:
        *path, last = name.split(".")
        place = filled
        for part in path:
            place = place.setdefault(part, {})
        place[last] = _at(answers, name)
    return {key: _pruned(value) for key, value in filled.items()}


def _pruned(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {key: _pruned(one) for key, one in value.items()}
    return inner if any(one is not None for one in inner.values()) else None


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(map(_cell, value)) or ";"
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("rule", RULES)
def test_answers_written_as_json_come_back_the_same(rule: str) -> None:
    sets = _sets(rule)[:20]
    inputs = read(rule, json.dumps(sets).encode())
    assert (inputs.faults, inputs.answers) == ([], sets)


def test_answers_that_are_impossible_together_are_refused_in_a_table_too() -> None:
    inputs = read_csv("vas", "raw,scale\n10,nrs_0_10\n11,nrs_0_10\n101,nrs_0_10\n")
    assert [fault.text() for fault in inputs.faults] == [
        "line 3, raw: must be a number from 0 to 10, or empty",
        "line 4, raw: must be a number from 0 to 10, or empty",
    ]


def test_columns_that_are_not_separated_by_commas_are_named_as_the_cause() -> None:
    for text in ("fever;rash\n1;0\n", "fever\trash\n1\t0\n"):
        (fault,) = read("sledai2k", text.encode(), "in.csv").faults
        assert (
            fault.text()
            == "the columns must be separated by commas, and numbers written with a decimal point"
        )


def _read(module: str) -> tuple[set[str], set[str]]:
    """The sections of the protocol that a module reads, and the modules of scores that it imports."""
    sections, modules = set(), set()
    for node in ast.walk(ast.parse((SCORES / f"{module}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("PROTOCOL."):
            sections.add(re.split(r"[.'\"]", ast.unparse(node.args[0]).lstrip("f'\""))[0])
        elif isinstance(node, ast.ImportFrom) and node.module == scores.__name__:
            modules |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{scores.__name__}."):
            modules.add(str(node.module).rpartition(".")[2])
    return sections, modules


@pytest.mark.parametrize("rule", RULES)
def test_a_setting_that_a_rule_reads_is_part_of_its_version(rule: str) -> None:
    sections: set[str] = set()
    seen, waiting = set(), {rule}
    while waiting:
        module = waiting.pop()
        seen.add(module)
        read, imported = _read(module)
        sections |= read
        waiting |= imported - seen
    assert sections - FOR_OTHERS.get(rule, set()) <= set(RULES[rule].settings)
