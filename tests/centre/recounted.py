"""The tables of a report beside those that others make of the `.dta` files alone, number by number: R (`recount.R`),
and the do-file itself (`stata_subset`)."""

from __future__ import annotations

import csv
import math
import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from stata_expressions import known

SCRIPT = Path(__file__).with_name("recount.R")
LISTINGS = ("serious_listing",)
NEAR = 1e-9  # of a number, or of 1 where it is smaller
# Columns that a table of a report need not have: numbers at risk, the denominator of a share, what is open of nobody.
_BESIDE = re.compile(r"risk_m\d\d|known|open")


class Place(NamedTuple):
    """Where a number stands. row: the names of its heads, joined by `/`."""

    table: str
    row: str
    column: str


Numbers = dict[Place, float | None]


def told(tables: Mapping[str, bytes]) -> Numbers:
    """Every number of a report's tables, by their CSV files; None where a cell is empty. A listing of single records
    counts nothing, and is left out."""
    counting = {name: data for name, data in tables.items() if name not in LISTINGS}
    return {place: value for name, data in counting.items() for place, value in _of_table(name, data)}


def _of_table(name: str, data: bytes) -> Iterator[tuple[Place, float | None]]:
    head, *lines = csv.reader(data.decode().splitlines())
    labels = [place for place, word in enumerate(head) if place and word == f"{head[place - 1]}_label"]
    first = labels[-1] + 1
    for line in lines:
        row = "/".join(line[place - 1] for place in labels)
        for column, cell in zip(head[first:], line[first:], strict=True):
            yield Place(name, row, column), float(cell) if cell else None


def recounted(folder: Path, out: Path, *more: Path) -> Numbers:
    """Every number that R makes of a data set. more: scripts to run behind, in the same session."""
    subprocess.run(["Rscript", *map(str, (SCRIPT, folder, out, *more))], check=True, env=environment())
    found: Numbers = {}
    for line in out.read_text(encoding="utf-8").splitlines():
        *place, cell = line.split("\t")
        found[Place(*place)] = float(cell) if cell else None
    return found


def tabled(files: Mapping[str, Mapping[str, Any]]) -> Numbers:
    """Every number of the tables that `anifro_tables.do` leaves, by their file names. A group `all` is none."""
    found: Numbers = {}
    for columns in (columns for name, columns in files.items() if name.startswith("table_")):
        heads = [name for name in ("group", "line") if name in columns]
        for place, table in enumerate(columns["table"]):
            row = "/".join(columns[head][place] for head in heads if columns[head][place] != "all")
            for name in columns.keys() - {"table", *heads}:
                cell = float(columns[name][place])
                found[Place(table, row, name)] = cell if known(cell) else None
    return found


def differences(report: Numbers, again: Numbers) -> list[str]:
    """What the report says otherwise than another count, and what only one of them says (but for `_BESIDE`)."""
    found = [
        f"{'/'.join(place)}: {value} in the report, {again.get(place, 'nothing')} again"
        for place, value in report.items()
        if place not in again or not same(value, again[place])
    ]
    tables = {place.table for place in report}
    more = [place for place, value in again.items() if value is not None and place not in report]
    return found + [
        f"{'/'.join(place)}: only again"
        for place in more
        if place.table not in tables or not _BESIDE.match(place.column)
    ]


def same(one: float | None, other: float | None) -> bool:
    """Whether two numbers are the same, to more digits than are ever shown."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=NEAR, abs_tol=NEAR)


def environment() -> dict[str, str]:
    """One that has no sign of a language, so that numbers and sorting are plain."""
    return {**os.environ, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
