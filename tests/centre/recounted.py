"""The tables of a report beside those that R makes of the `.dta` files alone (`recount.R`), number by number."""

from __future__ import annotations

import csv
import math
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

SCRIPT = Path(__file__).with_name("recount.R")
NEAR = 1e-9  # of a number, or of 1 where it is smaller


class Place(NamedTuple):
    """Where a number stands. row: the names of its heads, joined by `/`."""

    table: str
    row: str
    column: str


Numbers = dict[Place, float | None]


def told(tables: Mapping[str, bytes]) -> Numbers:
    """Every number of a report's tables, by their CSV files; None where a cell is empty."""
    return {place: value for name, data in tables.items() for place, value in _of_table(name, data)}


def _of_table(name: str, data: bytes) -> Iterator[tuple[Place, float | None]]:
    head, *lines = csv.reader(data.decode().splitlines())
    labels = [place for place, word in enumerate(head) if place and word == f"{head[place - 1]}_label"]
    first = labels[-1] + 1
    for line in lines:
        row = "/".join(line[place - 1] for place in labels)
        for column, cell in zip(head[first:], line[first:], strict=True):
            yield Place(name, row, column), float(cell) if cell else None


def recounted(folder: Path, out: Path) -> Numbers:
    """Every number that R makes of a data set."""
    subprocess.run(["Rscript", str(SCRIPT), str(folder), str(out)], check=True, env=environment())
    found: Numbers = {}
    for line in out.read_text(encoding="utf-8").splitlines():
        *place, cell = line.split("\t")
        found[Place(*place)] = float(cell) if cell else None
    return found


def differences(report: Numbers, again: Numbers) -> list[str]:
    """What the report says otherwise than R, and what only one of them says; the numbers at risk under a curve stand
    in no table of a report, and are left out."""
    found = [
        f"{'/'.join(place)}: {value} in the report, {again.get(place, 'nothing')} in R"
        for place, value in report.items()
        if place not in again or not same(value, again[place])
    ]
    return found + [f"{'/'.join(place)}: only in R" for place in _only(again, report)]


def _only(again: Numbers, report: Numbers) -> Iterable[Place]:
    return (
        place
        for place, value in again.items()
        if value is not None and place not in report and not place.column.startswith("risk_m")
    )


def same(one: float | None, other: float | None) -> bool:
    """Whether two numbers are the same, to more digits than are ever shown."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=NEAR, abs_tol=NEAR)


def environment() -> dict[str, str]:
    """One that has no sign of a language, so that numbers and sorting are plain."""
    return {**os.environ, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
