"""Mutants of the scores: one number, comparison or operator changed at a time, and the tests of `scores/` must notice.

Changes are made with cosmic-ray (`python -m pip install cosmic-ray` in this `.venv`; it is no part of the set-up),
in copies of the package, one for each processor, so that the checkout stays as it is. A mutant that no test notices
survives: either a test is missing, or the change makes no difference. `survivors.toml` lists the changes that make no
difference, each with the reason; every other survivor is printed, with its line as it was and as it became, and fails
the trial.

    python3 run.py trials mutants --count 200             200 mutants at random from all modules
    python3 run.py trials mutants:doris --count 10000     every mutant of scores/doris.py
    python3 run.py trials mutants:2500 --count 10000      goes on behind the 2500th of a trial that was stopped

Not mutated: annotations, decorators, tests of identity against equality. A mutant that makes the tests take ten
times the processor time they should counts as noticed (not time on the clock: a busy computer notices nothing).
"""

from __future__ import annotations

import ast
import compileall
import os
import py_compile
import random
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from queue import SimpleQueue
from typing import Any

ROOT = Path(__file__).parents[2]
SCORES = Path("anifro_desktop", "scores")
COPIED = ("anifro_desktop", "tests/scores", "tests/vectors", "tests/conftest.py", "pyproject.toml")
CASES = "test_score_vectors.py"  # notices most, and soonest
SEED = 20260301
PATIENCE = 10
EXPLAINED = Path(__file__).with_name("survivors.toml")
NO_TESTS = 5  # what pytest ends with where it finds none
SAID_EVERY = 100  # mutants, so that a trial that was stopped can go on

# Operators whose mutants say little: another operator than the opposite one, identity for equality.
_SKIPPED = re.compile(
    r"core/(RemoveDecorator|ExceptionReplacer|ReplaceBinaryOperator_(?!Add_Sub|Sub_Add|Mul_Div|Div_Mul|BitOr_BitAnd"
    r"|BitAnd_BitOr|Mod_Mul|FloorDiv_Mul|Pow_Mul|RShift_LShift|LShift_RShift).*"
    r"|ReplaceComparisonOperator_(Is_(?!IsNot)|IsNot_(?!Is$)|(?!Is).*_Is(Not)?$).*)"
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one module. number: of the place among those of its operator."""

    module: str
    operator: str
    number: int


def main(count: int, of: str = "") -> None:
    """Try `count` mutants, of all modules of `scores/` or of the one named; raises if one survives unexplained.

    of: a module, or the number of mutants already tried, which are left out.
    """
    try:
        from cosmic_ray.plugins import operator_names
    except ImportError:
        sys.exit(f"This trial needs cosmic-ray: {sys.executable} -m pip install cosmic-ray")
    operators = [name for name in operator_names() if not _SKIPPED.match(name)]
    done = int(of) if of.isdecimal() else 0
    modules = [of] if of and not done else sorted(path.stem for path in (ROOT / SCORES).glob("[!_]*.py"))
    mutants = [mutant for module in modules for mutant in _mutants(module, operators)]
    chosen = random.Random(SEED).sample(mutants, min(count, len(mutants)))
    with tempfile.TemporaryDirectory(prefix="anifro-mutants-") as folder:
        survivors, tried = _try_all(chosen[done:], Path(folder), done)
    explained = [survivor for survivor in survivors if survivor in _explained()]
    print(f"   {tried} of {len(mutants)} mutants tried, {tried - len(survivors)} noticed")
    print(f"   {len(survivors)} survived, {len(explained)} of them explained in {EXPLAINED.name}")
    assert len(explained) == len(survivors), "a mutant survived that nothing explains"


def _explained() -> set[tuple[str, str]]:
    """Module and change of every survivor that is known to make no difference."""
    groups = tomllib.loads(EXPLAINED.read_text(encoding="utf-8"))["group"]
    return {(group["module"], change) for group in groups for change in group["changes"]}


def _mutants(module: str, operators: list[str]) -> Iterator[Mutant]:
    """Every change of a module that changes what it does."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.plugins import get_operator

    tree = get_ast((ROOT / SCORES / f"{module}.py").read_text(encoding="utf-8"))
    nodes = list(ast_nodes(tree))
    for name in operators:
        kind = get_operator(name)
        if not kind.arguments():
            places = sum(len(list(kind().mutation_positions(node))) for node in nodes)
            yield from (Mutant(module, name, number) for number in range(places))


def _try_all(chosen: list[Mutant], folder: Path, done: int) -> tuple[list[tuple[str, str]], int]:
    """Try mutants, printing each that no test notices and nothing explains; returns module and change of those that
    survived, and how many were tried. done: how many were tried before."""
    copies: SimpleQueue[Path] = SimpleQueue()
    for number in range(os.cpu_count() or 1):
        copies.put(_copy(folder / str(number)))
    place = copies.get()
    started = _processor_time()
    assert _tests_hold(place, "", None), "the tests must hold before anything is changed"
    patience = PATIENCE * (_processor_time() - started)
    copies.put(place)

    def attempt(number: int, mutant: Mutant) -> str | None:
        if number % SAID_EVERY == 0:
            print(f"   number {number}", flush=True)
        place = copies.get()
        try:
            return _survives(mutant, place, patience)
        finally:
            copies.put(place)

    with ThreadPoolExecutor(os.cpu_count()) as workers:
        results = list(workers.map(attempt, range(done, done + len(chosen)), chosen))
    survived = [(mutant.module, change) for mutant, change in zip(chosen, results, strict=True) if change]
    return survived, len(results) - results.count(None)


def _survives(mutant: Mutant, copy: Path, patience: float) -> str | None:
    """The change of a mutant that no test notices, empty if one does; None where nothing changes but what Python does
    not look at."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    path = copy / SCORES / f"{mutant.module}.py"
    before = path.read_text(encoding="utf-8")
    after = mutate_code(before, get_operator(mutant.operator)(), mutant.number)
    if after is None or _meaning(after) in ("", _meaning(before)):
        return None
    try:
        path.write_text(after, encoding="utf-8")
        survives = _tests_hold(copy, mutant.module, patience)
    finally:
        path.write_text(before, encoding="utf-8")
    if not survives:
        return ""
    place, change = _change(before, after)
    if (mutant.module, change) not in _explained():
        print(f"   {mutant.module}.py, line {place}: {change}", flush=True)
    return change


def _tests_hold(copy: Path, module: str, patience: float | None) -> bool:
    """Whether all tests of scores pass; one that fails is enough, so the module's own worked cases come first."""
    files = sorted((copy / "tests" / "scores").glob("test_*.py"), key=lambda path: _distance(path, module))
    own_cases = [str(copy / "tests" / "scores" / CASES), "-k", module]
    return _pass(copy, own_cases, patience) and _pass(copy, [str(path) for path in files], patience)


def _distance(test: Path, module: str) -> tuple[bool, bool, str]:
    """Sorts the tests that are likely to notice a change of a module, and soon, before the others."""
    return test.name != CASES, module not in test.read_text(encoding="utf-8"), test.name


def _pass(copy: Path, what: list[str], patience: float | None) -> bool:
    """Whether some tests pass in a copy, or are none."""
    options = ["--assert=plain", "-x", "-q", "-p", "no:cacheprovider"]  # plain: half the time of each run
    command = [sys.executable, "-B", "-m", "pytest", *options, *what]
    if patience is not None:
        command = ["sh", "-c", 'ulimit -t "$0" && exec "$@"', str(ceil(patience)), *command]
    run = subprocess.run(command, cwd=copy, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return run.returncode in (0, NO_TESTS)


def _processor_time() -> float:
    """Seconds of processor time of all tests that have run."""
    times = os.times()
    return times.children_user + times.children_system


def _copy(target: Path) -> Path:
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source, target / name, ignore=shutil.ignore_patterns("__pycache__", "screens", "i18n")
            )
        else:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target / name)
    # By hash: a mutant may have the size of the module before it, and be written in the same second.
    by_hash = py_compile.PycInvalidationMode.CHECKED_HASH
    compileall.compile_dir(target / "anifro_desktop", quiet=1, invalidation_mode=by_hash)
    return target


def _meaning(source: str) -> str:
    """What Python makes of a module, without annotations and decorators; empty where it is no Python."""
    try:
        tree: Any = ast.parse(source)
    except SyntaxError:
        return ""
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            if hasattr(node, name):
                setattr(node, name, None)
        if hasattr(node, "decorator_list"):
            node.decorator_list = []
    return ast.dump(tree)


def _change(before: str, after: str) -> tuple[int, str]:
    """The number of the first line that differs, and that line as it was and as it became."""
    lines = zip(before.splitlines(), after.splitlines(), strict=False)
    number, (old, new) = next((number, pair) for number, pair in enumerate(lines, 1) if pair[0] != pair[1])
    return number, f"{old.strip()}  ->  {new.strip()}"
