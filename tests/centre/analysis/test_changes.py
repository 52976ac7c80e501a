"""Measures over time and subgroups, counted again from what was drawn."""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Iterable
from typing import Any

import pytest
from centre_builders import DEFINITIONS, enrolment, revision, schedule

from anifro_desktop.centre.analysis.changes import activity, reported
from anifro_desktop.centre.analysis.limits import mean
from anifro_desktop.centre.analysis.person import Person, person
from anifro_desktop.centre.analysis.states import primary
from anifro_desktop.centre.analysis.subgroups import subgroups
from anifro_desktop.centre.analysis.table import Row, Table
from anifro_desktop.centre.assembling import Received, subjects
from anifro_desktop.record import Revision
from anifro_desktop.study.schedule import PLANNED

MONTHS = {item.key: item.months for item in PLANNED}
ITEMS = {"rash": 2, "arthritis": 4, "proteinuria": 4, "low_complement": 2}


def cohort(rng: random.Random, patients: int = 60) -> tuple[list[Revision], list[dict[str, Any]]]:
    """Revisions; and of each patient its site, whether it is in the study, and what was drawn by planned visit."""
    revisions, known = [], []
    for number in range(patients):
        site = f"P{number % 4 + 1:02}"
        code, outcome = f"{site}-{number:04d}-X", rng.choice([1, 1, 1, 2])
        revisions += [enrolment(code, outcome), schedule(code, "m60")]
        seen: dict[str, Any] = {}
        for planned, months in MONTHS.items():
            if rng.random() < 0.75:
                parts = {item: rng.choice([0, points, points, None]) for item, points in ITEMS.items()}
                drawn = {
                    "clasi_activity": rng.choice([0, 0, 3, 12, None]),
                    "tjc28": rng.choice([0, 4, None]),
                    "sjc28": rng.choice([0, 2, None]),
                    "sledai2k": rng.choice([rng.randrange(20), None]),
                    "facit_fatigue": rng.choice([rng.randrange(520) / 10, None]),
                    "doris": rng.choice([True, False, None]),
                    "category": rng.choice(["mild", "moderate_severe", "remission_range", None]),
                    **parts,
                }
                seen[planned] = drawn
                day = round(months * 30.4375)
                scores = travelled(drawn, parts)
                revisions.append(
                    revision(code, planned, "visit_summary", {"visit_date": day}, day, scores=scores)
                )
        known.append({"site": site, "in": outcome == 1, "seen": seen})
    return revisions, known


def travelled(drawn: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    fatigue = drawn["facit_fatigue"]
    return {
        "sledai2k": {"value": drawn["sledai2k"], "complete": True, "parts": parts},
        "clasi": {"value": drawn["clasi_activity"], "complete": True, "parts": {}},
        "joints": {"value": None, "parts": {"tjc28": drawn["tjc28"], "sjc28": drawn["sjc28"]}},
        "facit_fatigue": {"value": None if fatigue is None else repr(fatigue), "complete": True, "parts": {}},
        "doris": {"value": drawn["doris"], "complete": True, "parts": {}},
        "sledas": {"value": None, "parts": {"category": drawn["category"]}},
    }


@pytest.fixture(scope="module")
def study() -> tuple[list[Person], list[dict[str, Any]]]:
    revisions, known = cohort(random.Random(11))
    sent = [Received(one.subject[:3], 1, one) for one in revisions]
    return [person(one) for one in subjects(sent, DEFINITIONS)], known


def row(table: Table, *heads: str) -> Row:
    (found,) = (one for one in table.rows if tuple(head.name for head in one.heads) == heads)
    return found


def asked(one: dict[str, Any], measure: str) -> bool:
    start = one["seen"].get("baseline", {})
    if measure == "clasi_activity":
        return (start.get("clasi_activity") or 0) >= 1
    if measure in ("tjc28", "sjc28"):
        return (start.get("tjc28") or 0) >= 1 or (start.get("sjc28") or 0) >= 1
    return True


@pytest.mark.parametrize("measure", ["sledai2k", "clasi_activity", "tjc28", "sjc28", "facit_fatigue"])
def test_values_and_changes_are_those_of_whom_they_are_told(study: Any, measure: str) -> None:
    people, known = study
    tables = {one.name: one for section in (activity(people), reported(people)) for one in section.tables}
    table = tables[f"over_time_{measure}"]
    some = [one for one in known if one["in"] and asked(one, measure)]
    for planned in MONTHS:
        values = [v for one in some if (v := one["seen"].get(planned, {}).get(measure)) is not None]
        pairs = [
            now - start
            for one in some
            if (now := one["seen"].get(planned, {}).get(measure)) is not None
            and (start := one["seen"].get("baseline", {}).get(measure)) is not None
            and planned != "baseline"
        ]
        cells = row(table, planned).cells
        assert (cells[0].value, cells[6].value) == (len(values), len(pairs))
        assert cells[1].value == pytest.approx(statistics.fmean(values))
        assert cells[2].value == pytest.approx(statistics.stdev(values))
        assert cells[7].value == (pytest.approx(statistics.fmean(pairs)) if pairs else None)
        assert cells[8].value == (pytest.approx(statistics.median(pairs)) if pairs else None)
        values.sort()
        assert [cell.value for cell in cells[3:6]] == [quartile(values, part) for part in (1, 2, 3)]


def quartile(values: list[float], part: int) -> float:
    """As Stata's `summarize, detail` has it, by counting: the values at most a quarter (half ...) are below of, and at
    least as much from on; where two can be it, half-way between them."""
    n = len(values)
    able = [v for i, v in enumerate(values) if 4 * i <= part * n and 4 * (i + 1) >= part * n]
    return (able[0] + able[-1]) / 2


@pytest.mark.parametrize("measure", ["clasi_activity", "tjc28", "sjc28"])
def test_who_may_belong_to_the_set_is_counted_apart(study: Any, measure: str) -> None:
    people, known = study
    (table,) = (one for one in activity(people).tables if one.name == f"over_time_{measure}")
    names = ("clasi_activity",) if measure == "clasi_activity" else ("tjc28", "sjc28")
    starts = [[one["seen"].get("baseline", {}).get(name) for name in names] for one in known if one["in"]]
    undecided = sum(None in start and not any(start) for start in starts)
    assert undecided > 0
    assert table.columns[-1].name == "open"
    assert [one.cells[-1].value for one in table.rows] == [undecided] * len(MONTHS)


def test_nothing_changes_at_baseline(study: Any) -> None:
    people, _ = study
    for table in activity(people).tables:
        cells = row(table, "baseline").cells
        assert (cells[6].value, cells[7].value, cells[8].value) == (0, None, None)


# Student's t, table of critical values: two-sided 5 % at 1, 4 and 9 degrees of freedom is 12.706, 2.776 and 2.262.
@pytest.mark.parametrize(
    ("values", "critical"), [((1, 3), 12.706), ((1, 2, 3, 4, 5), 2.776), (range(10), 2.262)]
)
def test_limits_of_a_mean_are_those_of_student(values: Iterable[float], critical: float) -> None:
    some = [float(value) for value in values]
    found = mean(some)
    half = critical * statistics.stdev(some) / math.sqrt(len(some))
    assert found.low == pytest.approx(statistics.fmean(some) - half, abs=2e-3)
    assert found.high == pytest.approx(statistics.fmean(some) + half, abs=2e-3)


def test_one_value_has_no_limits_and_none_no_mean() -> None:
    assert (mean([4.0]).value, mean([4.0]).low, mean([]).value) == (4.0, None, None)


def test_a_figure_draws_the_numbers_of_its_table(study: Any) -> None:
    people, _ = study
    drawn = 0
    for section, shown in ((activity(people), ("mean",)), (primary(people), ("non_responder", "observed"))):
        tables = {table.name: table for table in section.tables}
        for figure in section.figures:
            table = tables[figure.table]
            place = {column.name: number for number, column in enumerate(table.columns)}
            assert tuple(series.name for series in figure.series) == shown
            for series in figure.series:
                cells = [row.cells[place[series.name]] for row in table.rows]
                points = [
                    (MONTHS[row.heads[0].name], cell.value, cell.low, cell.high)
                    for row, cell in zip(table.rows, cells, strict=True)
                    if cell.value is not None
                ]
                assert [(one.x, one.y, one.low, one.high) for one in series.points] == points
                drawn += len(points)
                among = place[{"mean": "n", "non_responder": "due", "observed": "known"}[series.name]]
                assert series.at_risk == tuple(row.cells[among].value for row in table.rows)
    assert drawn > 40


def numbers(found: Row) -> tuple[float | None, ...]:
    return tuple(cell.value for cell in found.cells[:3])


def test_sites_and_classes_add_up_to_everybody(study: Any) -> None:
    people, _ = study
    whole = {table.name: table for table in primary(people).tables}
    found = {table.name: table for table in subgroups(people).tables}
    for state in ("doris", "lldas"):
        for way in ("site", "sledas", "sledai"):
            table = found[f"{state}_by_{way}"]
            for planned in list(MONTHS)[1:]:
                parts = [numbers(one) for one in table.rows if one.heads[1].name == planned]
                assert tuple(map(sum, zip(*parts, strict=True))) == numbers(row(whole[state], planned))


def test_groups_are_those_of_baseline_and_an_open_one_has_its_line(study: Any) -> None:
    people, known = study
    found = {table.name: table for table in subgroups(people).tables}

    def counted(group: Any, planned: str) -> tuple[int, int, int]:
        due = [one for one in known if one["in"] and group(one["seen"].get("baseline", {}), one)]
        met = [one["seen"].get(planned, {}).get("doris") for one in due]
        return met.count(True), len(met) - met.count(None), len(met)

    for planned in list(MONTHS)[1:]:
        by_site = row(found["doris_by_site"], "p02", planned)
        assert numbers(by_site) == counted(lambda _, one: one["site"] == "P02", planned)
        high = row(found["doris_by_sledai"], "high", planned)
        assert numbers(high) == counted(lambda start, _: (start.get("sledai2k") or 0) >= 10, planned)
        unknown = row(found["doris_by_sledai"], "unknown", planned)
        assert numbers(unknown) == counted(lambda start, _: start.get("sledai2k") is None, planned)
        mild = row(found["doris_by_sledas"], "mild", planned)
        assert numbers(mild) == counted(lambda start, _: start.get("category") == "mild", planned)
        renal = row(found["doris_by_organ"], "renal", planned)
        assert numbers(renal) == counted(lambda start, _: start.get("proteinuria") == 4, planned)
        joints = row(found["doris_by_organ"], "musculoskeletal", planned)
        assert numbers(joints) == counted(lambda start, _: start.get("arthritis") == 4, planned)
