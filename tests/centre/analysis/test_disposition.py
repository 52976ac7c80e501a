"""Who is in the study and what they were like, counted again from the subjects themselves."""

from __future__ import annotations

import math
import statistics
from typing import Any

import pytest
from centre_builders import (
    COURSE,
    DEFINITIONS,
    DRUGS,
    QUIET,
    course,
    enrolment,
    event,
    received,
    schedule,
    visit,
)

from anifro_desktop.centre.analysis.baseline import baseline
from anifro_desktop.centre.analysis.disposition import disposition
from anifro_desktop.centre.analysis.limits import quantile
from anifro_desktop.centre.analysis.person import Person, person
from anifro_desktop.centre.analysis.table import Cell, Table
from anifro_desktop.centre.assembling import subjects
from anifro_desktop.record import Missing, Revision

CODES = tuple(f"P03-{number:04d}-X" for number in range(9))


def study() -> list[Revision]:
    """Nine subjects: six in the study, of whom one has no dose, one withdrew, one died and stopped, one was lost."""
    made = [*course(CODES[0]), *course(CODES[1], due="m12", visits=("baseline", "m06"))]
    made.append(event(CODES[1], "wd-001", wd_date=250, wd_scope=1, wd_last_contact=250, wd_use_before=1))
    made += [
        *course(CODES[2], due="m12", visits=("baseline",)),
        event(CODES[2], "de-001", de_date=300, de_cause=6),
    ]
    made += [enrolment(CODES[3], dose_day=None), schedule(CODES[3], "m06")]
    made += visit(CODES[3], "baseline", 0, {**QUIET, "arthritis": 1, "low_complement": Missing.NOT_DONE})
    made += [enrolment(CODES[4]), schedule(CODES[4], "m06")]
    made.append(event(CODES[4], "lo-001", lo_last_contact=90, lo_reason=3))
    made += [enrolment(CODES[5]), schedule(CODES[5], None)]
    stop = {"dc_drug": 15, "dc_what": 4, "dc_permanence": 2, "dc_reason": 3}
    made.append(event(CODES[5], "dc-001", dc_date=20, **stop))
    made += [enrolment(CODES[6], outcome=2), schedule(CODES[7], "m06"), enrolment(CODES[8], outcome=2)]
    return made


@pytest.fixture(scope="module")
def people() -> list[Person]:
    return [person(one) for one in subjects(received(study()), DEFINITIONS)]


def cell(table: Table, line: str, column: str) -> Cell:
    """One cell by the names of its line and column."""
    (row,) = (row for row in table.rows if row.heads[0].name == line)
    return row.cells[[one.name for one in table.columns].index(column)]


def whom(table: Table, line: str, column: str = "n") -> set[str]:
    return {record.subject for record in cell(table, line, column).behind}


def test_everybody_received_stands_in_one_line_of_enrolment(people: list[Person]) -> None:
    table, _ = disposition(people).tables
    assert whom(table, "received") == set(CODES)
    assert whom(table, "failures") == {CODES[6], CODES[8]}
    assert whom(table, "open") == {CODES[7]}
    assert whom(table, "enrolled") == set(CODES[:6])
    assert cell(table, "failures", "share").value is None


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("treated", {0, 1, 2, 4, 5}),
        ("untreated", {3}),
        ("followed", {0, 3, 5}),
        ("lost", {4}),
        ("withdrawn", {1}),
        ("died", {2}),
        ("on_drug", {0, 1, 4}),
        ("ended", {2, 5}),
        ("ended_adverse_event", {5}),
        ("ended_death", {2}),
        ("ended_unknown", set()),
        ("stop_open", set()),
    ],
)
def test_follow_up_and_treatment_are_told_of_the_enrolled(
    people: list[Person], line: str, who: set[int]
) -> None:
    table, _ = disposition(people).tables
    assert whom(table, line) == {CODES[number] for number in who}
    of = 6 if line in ("treated", "untreated", "followed", "lost", "withdrawn", "died") else 5
    assert cell(table, line, "share").value == len(who) / of


def test_a_visit_that_could_not_be_any_more_is_missed(people: list[Person]) -> None:
    _, table = disposition(people).tables
    assert whom(table, "m06", "due") == {CODES[number] for number in range(5)}
    assert whom(table, "m06", "attended") == {CODES[0], CODES[1]}
    assert whom(table, "m06", "missed") == {CODES[2], CODES[3], CODES[4]}
    assert whom(table, "m12", "missed") == {CODES[1], CODES[2]}
    assert [record.key for record in cell(table, "m06", "attended").behind] == ["m06", "m06"]
    assert cell(table, "m60", "share").value is None


def test_a_visit_with_an_open_answer_is_attended_and_not_evaluated() -> None:
    made = [enrolment(CODES[0]), schedule(CODES[0], "m06")]
    made += visit(CODES[0], "m06", 183, {**QUIET, "phga": Missing.NOT_DONE})
    _, table = disposition([person(one) for one in subjects(received(made), DEFINITIONS)]).tables
    assert cell(table, "m06", "attended").value == 1
    assert cell(table, "m06", "evaluated").value == 0


def test_measures_at_baseline_are_those_of_the_visit_that_serves_it(people: list[Person]) -> None:
    table, _ = baseline(people).tables
    found = [
        one.at["baseline"].values["sledai2k"]
        for one in people
        if "sledai2k" in getattr(one.baseline, "values", {})
    ]
    assert len(found) == 3, "of one an item is open: its total is not known"
    assert cell(table, "sledai2k", "n").value == 3
    assert cell(table, "sledai2k", "mean").value == pytest.approx(statistics.fmean(found))
    assert cell(table, "sledai2k", "sd").value == pytest.approx(statistics.stdev(found))
    assert cell(table, "age", "median").value == 34
    assert (cell(table, "duration", "n").value, cell(table, "duration", "mean").value) == (0, None)


@pytest.mark.parametrize(
    ("line", "met", "known"),
    [
        ("organ_musculoskeletal", {0, 1, 2, 3}, 4),
        ("organ_immunological", {0, 1, 2}, 3),  # an open descriptor of an absent other leaves the system open
        ("organ_renal", set(), 4),
        ("antimalarial", {0, 1, 2}, 4),
        ("immunosuppressant", {0, 1, 2}, 4),
        ("female", {0, 1, 2, 3, 4, 5}, 6),
    ],
)
def test_classes_at_baseline_are_shares_of_those_known(
    people: list[Person], line: str, met: set[int], known: int
) -> None:
    _, table = baseline(people).tables
    assert whom(table, line) == {CODES[number] for number in met}
    assert cell(table, line, "known").value == known
    assert cell(table, line, "share").value == len(met) / known


def test_the_worked_patient_starts_as_the_builder_says() -> None:
    """What the lines above rest on."""
    _, start = COURSE["baseline"]
    given: dict[str, Any] = {**QUIET, **DRUGS, **start}
    assert given["arthritis"] == 1
    assert given["on_hydroxychloroquine"] == given["on_azathioprine"] == 1
    assert 1 in (given.get("low_complement"), given["c3_low"], given["c4_low"], given["dsdna_raised"])


# Stata, [R] summarize, methods and formulas: with P = n·p/100 whole, the mean of x(P) and x(P+1), else x of the next.
@pytest.mark.parametrize(
    ("values", "quartiles"),
    [
        ([7], (7, 7, 7)),
        ([1, 2], (1, 1.5, 2)),
        ([1, 2, 3], (1, 2, 3)),
        ([1, 2, 3, 4], (1.5, 2.5, 3.5)),
        ([1, 2, 3, 4, 5], (2, 3, 4)),
        ([1, 2, 3, 4, 5, 6, 7, 8], (2.5, 4.5, 6.5)),
    ],
)
def test_quartiles_are_those_of_stata(values: list[float], quartiles: tuple[float, ...]) -> None:
    assert tuple(quantile(values, part) for part in (0.25, 0.5, 0.75)) == quartiles


def test_nobody_gives_no_number_and_no_fault() -> None:
    for section in (disposition([]), baseline([])):
        for table in section.tables:
            for row in table.rows:
                assert all(
                    one.value is None or (one.value == 0 and math.isfinite(one.value)) for one in row.cells
                )
