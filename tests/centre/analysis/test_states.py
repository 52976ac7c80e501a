"""States by visit against the short report and against a slow recount of invented cohorts; what tells DORIS apart."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from centre_builders import (
    DEFINITIONS,
    QUIET,
    claiming,
    enrolment,
    event,
    received,
    revision,
    schedule,
    visit,
)

from anifro_desktop.centre.analysis import states
from anifro_desktop.centre.analysis.person import person
from anifro_desktop.centre.analysis.table import Section, Table
from anifro_desktop.centre.assembling import Subject, subjects
from anifro_desktop.centre.reporting import report
from anifro_desktop.record import Revision
from anifro_desktop.study.schedule import PLANNED

CODE = "P03-7KQF-4"
MAKERS = (states.primary, states.remission, states.response, states.glucocorticoid, states.damage)
MONTHS = {item.key: item.months for item in PLANNED}
LATER = tuple(key for key in MONTHS if key != "baseline")


def held(revisions: list[Revision]) -> list[Subject]:
    return subjects(received(revisions), DEFINITIONS)


def tables(revisions: list[Revision]) -> Mapping[str, Table]:
    people = [person(one) for one in held(revisions)]
    return {table.name: table for make in MAKERS for table in make(people).tables}


def numbers(table: Table, planned: str) -> tuple[float | None, ...]:
    """Met, known and due of a line, and of whom it is not known whether it is asked, where that is told."""
    (row,) = (row for row in table.rows if row.heads[0].name == planned)
    return tuple(cell.value for place, cell in enumerate(row.cells) if place not in (3, 4))


def drawn(rng: random.Random) -> dict[str, Any]:
    """Results of a visit that agree with nothing, each known or not."""

    def maybe(value: Any) -> Any:
        return None if rng.random() < 0.15 else value

    yes = [True, False]
    dose = maybe(rng.choice(["0.0", "2.5", "5.0", "7.5", "20.0"]))
    return {
        "doris": {"value": maybe(rng.choice(yes)), "complete": True, "parts": {}},
        "lldas": {
            "value": maybe(rng.choice(yes)),
            "complete": True,
            "parts": {"lldas5": maybe(rng.choice(yes))},
        },
        "sledai2k": {"value": maybe(rng.randrange(14)), "complete": True, "parts": {}},
        "sledas": {"value": maybe(repr(rng.randrange(900) / 100)), "complete": True, "parts": {}},
        "clasi": {"value": maybe(rng.randrange(30)), "complete": True, "parts": {}},
        "joints": {
            "value": None,
            "parts": {"tjc28": maybe(rng.randrange(14)), "sjc28": maybe(rng.randrange(14))},
        },
        "sdi": {
            "value": maybe(rng.randrange(3)),
            "complete": True,
            "parts": {"accrual": maybe(rng.choice(yes))},
        },
        "prednisone": {
            "value": dose,
            "complete": True,
            "parts": {
                "pred_eq": dose,
                "steroid_le5": None if dose is None else float(dose) <= 5,
                "steroid_stopped": None if dose is None else float(dose) == 0,
            },
        },
    }


def cohort(rng: random.Random, patients: int) -> tuple[list[Revision], list[dict[str, Any]]]:
    """Revisions, and beside them what was drawn: of each patient `due`, and the results by planned visit."""
    revisions, known = [], []
    for number in range(patients):
        code = f"P{number % 3 + 1:02}-{number:04d}-X"
        outcome, due = rng.choice([1, 1, 1, 2]), rng.choice([None, *MONTHS])
        revisions += [enrolment(code, outcome), schedule(code, due)]
        seen: dict[str, Any] = {}
        for planned, months in MONTHS.items():
            if rng.random() < 0.8:
                seen[planned] = drawn(rng)
                day = round(months * 30.4375)
                revisions.append(
                    revision(code, planned, "visit_summary", {"visit_date": day}, day, scores=seen[planned])
                )
        if rng.random() < 0.2:
            revisions.append(event(code, "lo-001", lo_last_contact=2000, lo_reason=3))
        among = [key for key in MONTHS if due is not None and MONTHS[key] <= MONTHS[due]]
        known.append({"due": among if outcome == 1 else [], "seen": seen})
    return revisions, known


def value(one: Mapping[str, Any], planned: str, rule: str, part: str = "value") -> Any:
    result = one["seen"].get(planned, {}).get(rule, {})
    found = result.get("value") if part == "value" else result.get("parts", {}).get(part)
    return float(found) if isinstance(found, str) else found


def slowly(name: str, one: Mapping[str, Any], planned: str) -> tuple[Any, Any]:
    """Whether the state is asked of a patient, and whether it is met: by what was drawn alone."""

    def fell(rule: str, least: float) -> Any:
        start, now = value(one, "baseline", rule), value(one, planned, rule)
        if start is None or now is None:
            return None
        return Decimal(str(start)) - Decimal(str(now)) >= Decimal(str(least))

    if name == "sledai2k_fall4":
        start = value(one, "baseline", "sledai2k")
        return None if start is None else start >= 4, fell("sledai2k", 4)
    if name == "sledas_fall172":
        return True, fell("sledas", 1.72)
    if name == "clasi50":
        start, now = value(one, "baseline", "clasi"), value(one, planned, "clasi")
        return None if start is None else start >= 10, None if None in (start, now) else now <= start / 2
    if name == "joints50":
        pairs = [
            (value(one, "baseline", "joints", part), value(one, planned, "joints", part))
            for part in ("tjc28", "sjc28")
        ]
        able = [None if start is None else start >= 6 for start, _ in pairs]
        met = [None if None in pair else pair[1] <= pair[0] / 2 for pair in pairs]
        return both(able), both(met)
    if name == "steroid_stopped":
        start = value(one, "baseline", "prednisone", "pred_eq")
        return None if start is None else start > 0, value(one, planned, "prednisone", "steroid_stopped")
    places = {"lldas5": ("lldas", "lldas5"), "steroid_le5": ("prednisone", "steroid_le5")}
    rule, part = (places | {"sdi_accrual": ("sdi", "accrual")}).get(name, (name, "value"))
    return True, value(one, planned, rule, part)


def both(found: list[Any]) -> Any:
    return False if False in found else None if None in found else True


@pytest.mark.parametrize("seed", range(6))
def test_every_state_counted_again_from_what_was_drawn(seed: int) -> None:
    revisions, known = cohort(random.Random(seed), 40)
    made = tables(revisions)
    for name in ("doris", "lldas", "lldas5", "sledai2k_fall4", "sledas_fall172", "clasi50", "joints50", "steroid_le5",
                 "steroid_stopped", "sdi_accrual"):  # fmt: skip
        for planned in LATER:
            if name == "sdi_accrual" and planned == "m06":
                continue
            due = [one for one in known if planned in one["due"]]
            asked = [slowly(name, one, planned) for one in due]
            met = [state for able, state in asked if able]
            expected = [met.count(True), len(met) - met.count(None), len(met)]
            if made[name].columns[-1].name == "open":
                expected.append(sum(able is None for able, _ in asked))
            assert numbers(made[name], planned) == tuple(expected), (name, planned)


def test_the_short_report_says_the_same() -> None:
    revisions, _ = cohort(random.Random(77), 60)
    made, short = tables(revisions), report(held(revisions))
    for line in short.lines:
        name = line.endpoint
        (row,) = (row for row in made[name].rows if row.heads[0].name == line.visit)
        assert numbers(made[name], line.visit)[:3] == (line.met, line.known, line.due), (name, line.visit)
        for cell, told in ((row.cells[3], line.non_responder), (row.cells[4], line.observed)):
            told_all = [None] * 3 if told is None else [told.share, told.low, told.high]
            assert [cell.value, cell.low, cell.high] == pytest.approx(told_all)


def test_remission_leaves_out_serology_and_no_other_laboratory_item() -> None:
    """The lesson of a trial whose first analysis left all laboratory items out (see the published correction, Lupus Sci
    Med 11 Suppl 1 A169): platelets and proteinuria are clinical, antibodies and complement are not."""
    active = {
        "P03-0001-X": {"increased_dna_binding": 1, "dsdna_raised": 1, "low_complement": 1, "c3_low": 1},
        "P03-0002-X": {"thrombocytopenia": 1, "platelets": 80},
        "P03-0003-X": {"leukopenia": 1, "wbc": 2},
        "P03-0004-X": {"proteinuria": 1, "proteinuria_mg_24h": 900},
        "P03-0005-X": {},
    }
    revisions = []
    for code, changes in active.items():
        revisions += [enrolment(code), schedule(code, "m06"), *visit(code, "m06", 183, {**QUIET, **changes})]
    table = tables(revisions)["doris"]
    assert numbers(table, "m06") == (2, 5, 5)
    (row,) = (row for row in table.rows if row.heads[0].name == "m06")
    assert {record.subject for record in row.cells[0].behind} == {"P03-0001-X", "P03-0005-X"}
    all_laboratory_left_out = 5
    assert row.cells[0].value != all_laboratory_left_out


@pytest.mark.parametrize(
    ("start", "now", "met"),
    [
        ("4.72", "3.0", 1),
        ("4.71", "3.0", 0),
        ("3.42", "1.7", 1),
        ("2.3", "0.58", 1),
        ("4.7151", "3.0", 1),  # 1.7151 is shown as 1.72, and compared as it is shown
        ("4.715", "3.0", 1),
        ("4.7149", "3.0", 0),
        ("3.0", "4.72", 0),
    ],
)
def test_a_fall_of_exactly_the_least_counts_whatever_binary_numbers_say(
    start: str, now: str, met: int
) -> None:
    revisions = [enrolment(CODE), schedule(CODE, "m06")]
    for key, day, told in (("baseline", 0, start), ("m06", 183, now)):
        revisions += claiming(
            visit(CODE, key, day, QUIET), key, sledas={"value": told, "complete": True, "parts": {}}
        )
    assert numbers(tables(revisions)["sledas_fall172"], "m06") == (met, 1, 1)


def test_the_records_behind_a_number_are_those_of_its_visits() -> None:
    made = [enrolment(CODE), schedule(CODE, "m06"), *visit(CODE, "u01", 190, QUIET)]
    (row, *_) = tables(made)["doris"].rows
    assert [tuple(record) for record in row.cells[0].behind] == [("P03", CODE, "u01")]
    assert [tuple(record) for record in row.cells[2].behind] == [("P03", CODE, "")]


def test_the_figure_shows_both_shares_and_how_many_are_behind() -> None:
    section: Section = states.primary([person(one) for one in held(cohort(random.Random(3), 40)[0])])
    for table, figure in zip(section.tables, section.figures, strict=True):
        for series, place, under in zip(figure.series, (3, 4), (2, 1), strict=True):
            assert [point.y for point in series.points] == [
                row.cells[place].value for row in table.rows if row.cells[place].value is not None
            ]
            assert list(series.at_risk) == [row.cells[under].value for row in table.rows]
