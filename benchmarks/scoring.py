"""A hundred thousand visits of a CSV through the `score` command, against copying the same file with `csv` alone.

Every rule that the study re-scores for all its visits has a file of its own: every key a column, most items answered,
one cell in a hundred empty, numbers that seldom come twice. The copy reads and writes the same cells, so that the
ratio says what checking, scoring and writing the parts cost on any machine; the seconds are this machine's. Both are
processor time, as a run takes long enough for others to come between.
"""

from __future__ import annotations

import contextlib
import csv
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from anifro_desktop import cli
from anifro_desktop.scores.contract import ASSUME, input_keys
from anifro_desktop.scores.keys import Key, Number, YesNo
from anifro_desktop.scores.reading_table import table_columns
from benchmarks.harness import Figure, paired

RULES = ("sledai2k", "sledas", "doris", "lldas")
ROWS = 100_000
ROUNDS = 3
MOST_SECONDS = 10
MOST_TIMES = 25
LARGEST = 300  # number drawn where the key has no limit near it


def make_file(rule: str, path: Path, rows: int) -> None:
    """A CSV with synthetic answers to every key of a rule."""
    draw = random.Random(rule)
    kinds = {key: kind for key, kind in table_columns(input_keys(rule)).items() if key != ASSUME}
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(kinds)
        writer.writerows([_cell(draw, kind) for kind in kinds.values()] for _ in range(rows))


def _cell(draw: random.Random, kind: Key) -> str:
    chance = draw.random()
    if chance < 0.01:
        return ""
    if isinstance(kind, YesNo):
        return "true" if chance > 0.9 else "false"
    if not isinstance(kind, Number):
        raise TypeError(f"no answers are drawn for {kind}")
    low, high = kind.low, min(kind.high, LARGEST)
    return (
        str(draw.randint(int(low), int(high)))
        if kind.whole
        else f"{draw.uniform(low, high - 0.01) + 0.01:.2f}"
    )


def copy(source: Path, target: Path) -> None:
    """Read and write a CSV, and do nothing with it."""
    with (
        source.open(newline="", encoding="utf-8") as read,
        target.open("w", newline="", encoding="utf-8") as out,
    ):
        csv.writer(out, lineterminator="\n").writerows(csv.reader(read, strict=True))


def score(rule: str, source: Path, target: Path) -> None:
    """What `anifro-desktop score RULE FILE` does, its output in a file."""
    with target.open("w", newline="", encoding="utf-8") as out, contextlib.redirect_stdout(out):
        if cli.main(["score", rule, str(source)]) != 0:
            raise SystemExit(f"The file made for {rule} was refused.")


def busy(work: Callable[[], object]) -> float:
    """Milliseconds of processor time, garbage collection included."""
    start = time.process_time_ns()
    work()
    return (time.process_time_ns() - start) / 1e6


def main() -> list[Figure]:
    """Seconds and ratio of every rule."""
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "answers.csv"), Path(folder, "results.csv")
        for rule in RULES:
            make_file(rule, source, ROWS)
            found = paired(
                lambda rule=rule: busy(lambda: score(rule, source, target)),
                lambda: busy(lambda: copy(source, target)),
                ROUNDS,
                warm_up=0,
            )
            against = f"csv.reader to csv.writer {found.reference.median / 1000:.2f} s"
            figures += [
                Figure(f"{ROWS:,} rows of {rule}", found.ours.median / 1000, "s", MOST_SECONDS, against),
                Figure(f"{rule}, times a bare copy of the file", found.ratio, "×", MOST_TIMES, against),
            ]
    return figures
