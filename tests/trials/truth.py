"""Studies drawn with known rates: how often the 95 % interval of each endpoint holds the rate it was drawn with.

`truth`: 400 studies by default of `--count`. Of that many an interval of exactly 95 % holds it in 93-97 %; exact limits
are conservative. Asked for: 93-99.5 % of the runs, for every endpoint. Everybody in these studies is invented.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "centre"))

from known_truth import FOLLOWUPS, YEAR, Truth, study
from known_truth import flares as drawn_flares

from anifro_desktop.centre.analysis import changes, flares, safety, special_interest, states, times
from anifro_desktop.centre.analysis.contents import Maker
from anifro_desktop.centre.analysis.person import Person, person
from anifro_desktop.centre.analysis.table import Cell, Table

LEAST, MOST = 0.93, 0.995
SEED = 2026
Estimates = Iterator[tuple[str, Cell, float]]


def main(count: int) -> None:
    """Draw so many studies and count."""
    truth = Truth()
    flaring = _flaring(truth)
    held: dict[str, list[bool]] = {}
    for number in range(count):
        people = [person(subject) for subject in study(SEED + number, truth)]
        for name, cell, true in _estimates(people, truth, flaring):
            inside = cell.low is not None and cell.high is not None and cell.low <= true <= cell.high
            held.setdefault(name, []).append(inside)
    wrong = []
    for name, found in held.items():
        part = sum(found) / len(found)
        print(f"   {name:<32} {100 * part:5.1f} % of {len(found)}", flush=True)
        if not LEAST <= part <= MOST:
            wrong.append(name)
    assert not wrong, f"not within {100 * LEAST:g}-{100 * MOST:g} %: {', '.join(wrong)}"


def _estimates(people: Sequence[Person], truth: Truth, flaring: float) -> Estimates:
    yield from _states(people, truth)
    found = _tables(people, flares.flares, safety.adverse_events, special_interest.special_interest)
    yield "flares", _cell(found["flares"], "rate", "any"), 100 * flaring
    yield "severe flares", _cell(found["flares"], "rate", "severe"), 100 * flaring * truth.severe
    every = truth.adverse + truth.serious + truth.zoster
    for name, table, line, true in (
        ("adverse events", "adverse_overall", "any", every),
        ("serious adverse events", "adverse_overall", "serious", truth.serious),
        ("related adverse events", "adverse_relation", "related_all", every * truth.related),
        ("herpes zoster", "infections", "zoster", truth.zoster),
    ):
        yield name, _cell(found[table], "rate", "enrolled", line), 100 * true
    yield "herpes zoster, EAIR", _cell(found["infections"], "eair", "enrolled", "zoster"), 100 * truth.zoster
    kept = _tables(people, times.drug_retention)["drug_retention"]
    for months in (12, 24):
        yield f"retention, month {months}", _cell(kept, f"m{months}", "delayed"), truth.retained(months)
    moved = _tables(people, changes.activity)["over_time_sledas"]
    yield "SLE-DAS, change at month 12", _cell(moved, "change", "m12"), -truth.fall


def _states(people: Sequence[Person], truth: Truth) -> Estimates:
    found = _tables(people, states.primary)
    for state, chances in (("lldas", truth.lldas), ("doris", truth.doris)):
        for place, planned in enumerate(FOLLOWUPS[:4]):
            chance = chances[place]
            by_visit = found[state]
            seen = chance * truth.seen(place)
            yield f"{state} {planned}, non-responder", _cell(by_visit, "non_responder", planned), seen
            yield f"{state} {planned}, observed", _cell(by_visit, "observed", planned), chance


def _tables(people: Sequence[Person], *makers: Maker) -> dict[str, Table]:
    return {table.name: table for make in makers for table in make(people).tables}


def _cell(table: Table, column: str, *heads: str) -> Cell:
    """A cell by the names of its column and of its line."""
    (row,) = (row for row in table.rows if tuple(head.name for head in row.heads) == heads)
    return row.cells[[one.name for one in table.columns].index(column)]


def _flaring(truth: Truth) -> float:
    """Flares per patient-year of the process drawn, which keeps them apart: by a long draw of that process alone, over
    the times that studies have."""
    rng = random.Random(SEED)
    events, days = 0, 0.0
    for number in range(40):
        for subject in study(SEED - 1 - number, truth):
            found = person(subject).exposure
            long = (found.end or 0) - found.entry
            events += sum(len(drawn_flares(rng, truth.flare, long)) for _ in range(20))
            days += 20 * long
    return events / (days / YEAR)
