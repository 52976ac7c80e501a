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

from known_truth import FOLLOWUPS, YEAR, Truth, flares, study

from anifro_desktop.centre.adverse import ZOSTER
from anifro_desktop.centre.analysis.limits import rate, share
from anifro_desktop.centre.analysis.person import Person, person
from anifro_desktop.centre.analysis.table import Cell, Table
from anifro_desktop.centre.analysis.times import drug_retention
from anifro_desktop.scores.sfi import SEVERE

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
    years = sum(one.exposure.years(one.exposure.entry) or 0.0 for one in people)
    events = [flare for one in people for flare in one.flares]
    severe = sum(flare.flare == SEVERE for flare in events)
    yield "flares", rate(len(events), years), 100 * flaring
    yield "severe flares", rate(severe, years), 100 * flaring * truth.severe
    adverse = [event for one in people for event in one.adverse]
    every = truth.adverse + truth.serious + truth.zoster
    yield "adverse events", rate(len(adverse), years), 100 * every
    serious = sum(event.serious is True for event in adverse)
    yield "serious adverse events", rate(serious, years), 100 * truth.serious
    zoster = sum(event.category == ZOSTER for event in adverse)
    yield "herpes zoster", rate(zoster, years), 100 * truth.zoster
    related = sum(event.related == "related" for event in adverse)
    yield "related adverse events", rate(related, years), 100 * every * truth.related
    (kept,) = drug_retention(people).tables
    for months in (12, 24):
        yield f"retention, month {months}", _at(kept, "delayed", months), truth.retained(months)


def _states(people: Sequence[Person], truth: Truth) -> Estimates:
    for state, chances in (("lldas", truth.lldas), ("doris", truth.doris)):
        for place, planned in enumerate(FOLLOWUPS[:4]):
            due = [one for one in people if planned in one.due]
            known = [one.at[planned].state(state) for one in due if planned in one.at]
            met = known.count(True)
            chance = chances[place]
            yield f"{state} {planned}, non-responder", share(met, len(due)), chance * truth.seen(place)
            yield f"{state} {planned}, observed", share(met, len(known)), chance


def _at(table: Table, analysis: str, months: int) -> Cell:
    """What a curve says at some months."""
    (row,) = (row for row in table.rows if row.heads[0].name == analysis)
    place = [column.name for column in table.columns].index(f"m{months:02}")
    return row.cells[place]


def _flaring(truth: Truth) -> float:
    """Flares per patient-year of the process drawn, which keeps them apart: by a long draw of that process alone, over
    the times that studies have."""
    rng = random.Random(SEED)
    events, days = 0, 0.0
    for number in range(40):
        for subject in study(SEED - 1 - number, truth):
            found = person(subject).exposure
            long = (found.end or 0) - found.entry
            events += sum(len(flares(rng, truth.flare, long)) for _ in range(20))
            days += 20 * long
    return events / (days / YEAR)
