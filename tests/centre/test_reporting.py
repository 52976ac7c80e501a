"""The table of DORIS and LLDAS: intervals against published numbers, denominators against a slow recount."""

from __future__ import annotations

import csv
import io
import json
import math
import random
from decimal import Decimal
from typing import Any

import pytest
from centre_builders import (
    COURSE,
    DEFINITIONS,
    QUIET,
    claiming,
    course,
    enrolment,
    event,
    received,
    revision,
    schedule,
    visit,
)

from anifro_desktop.centre.assembling import subjects
from anifro_desktop.centre.rendering import as_csv, as_json, as_text
from anifro_desktop.centre.reporting import Line, Report, report, wilson
from anifro_desktop.record import Missing, Revision
from anifro_desktop.study.schedule import PLANNED

STATES = ("doris", "lldas")


def made(revisions: list[Revision]) -> Report:
    """The report of some revisions."""
    return report(subjects(received(revisions), DEFINITIONS))


def line(found: Report, endpoint: str, planned: str) -> Line:
    """One line of the table."""
    return next(item for item in found.lines if (item.endpoint, item.visit) == (endpoint, planned))


# Newcombe RG, Stat Med 1998;17:857-72, doi 10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E,
# table I, method 3 (score, without continuity correction).
@pytest.mark.parametrize(
    ("met", "total", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_intervals_as_published(met: int, total: int, low: float, high: float) -> None:
    found = wilson(met, total)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    assert found.share == met / total


def test_intervals_by_the_formula() -> None:
    z = 1.959963985
    for n in (1, 2, 7, 50, 150):
        for met in range(n + 1):
            p = met / n
            centre = (p + z * z / (2 * n)) / (1 + z * z / n)
            half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
            found = wilson(met, n)
            assert found is not None
            assert found.low == pytest.approx(max(0.0, centre - half), abs=1e-9)
            assert found.high == pytest.approx(min(1.0, centre + half), abs=1e-9)


def test_nothing_of_nobody_has_no_interval() -> None:
    assert wilson(0, 0) is None


def test_the_worked_patient_counts_where_the_worked_patient_counts() -> None:
    found = made(course("P03-7KQF-4", due="m24"))
    assert found.enrolled == 1
    assert found.interim == 1
    for endpoint, expected in (("doris", (0, 1, 0)), ("lldas", (1, 1, 0))):
        for planned, met in zip(("m06", "m12", "m24"), expected, strict=True):
            item = line(found, endpoint, planned)
            assert (item.met, item.known, item.due) == (met, 1, 1)
        for planned in ("m36", "m48", "m60"):
            item = line(found, endpoint, planned)
            assert (item.met, item.known, item.due) == (0, 0, 0)
            assert item.non_responder is None
            assert item.observed is None


def test_a_visit_whose_window_is_still_open_is_not_counted_yet() -> None:
    item = line(made(course("P03-7KQF-4", due="m12")), "lldas", "m24")
    assert (item.met, item.known, item.due) == (0, 0, 0)


def test_a_visit_outside_its_window_counts_as_missed() -> None:
    """The awkward patient: month 6 seen 47 days after its target."""
    target = round(6 * 30.4375)
    revisions = [enrolment("P03-7KQF-4"), schedule("P03-7KQF-4", "m06")]
    revisions += visit("P03-7KQF-4", "m06", target + 47, QUIET)
    for endpoint in ("doris", "lldas"):
        item = line(made(revisions), endpoint, "m06")
        assert (item.met, item.known, item.due) == (0, 0, 1)
        assert item.non_responder is not None
        assert item.observed is None
    assert made(revisions).interim == 0


def test_the_edges_of_the_window_are_inside() -> None:
    target = round(6 * 30.4375)
    for distance, known in ((-31, 0), (-30, 1), (30, 1), (31, 0)):
        revisions = [enrolment("P03-7KQF-4"), schedule("P03-7KQF-4", "m06")]
        revisions += visit("P03-7KQF-4", "u01", target + distance, QUIET)
        item = line(made(revisions), "doris", "m06")
        assert (item.met, item.known, item.due) == (known, known, 1)


def test_the_closest_visit_counts_and_on_a_tie_the_earlier() -> None:
    target = round(6 * 30.4375)
    active = {**QUIET, "arthritis": 1, "sjc28": 2, "active28": 2, "tjc28": 2}
    for first, second, met in ((-5, 4, 0), (-4, 5, 1), (-5, 5, 1)):
        revisions = [enrolment("P03-7KQF-4"), schedule("P03-7KQF-4", "m06")]
        revisions += visit("P03-7KQF-4", "u01", target + first, QUIET)
        revisions += visit("P03-7KQF-4", "u02", target + second, active)
        assert line(made(revisions), "doris", "m06").met == met


@pytest.mark.parametrize(
    "end",
    [
        event("P03-7KQF-4", "wd-001", wd_date=100, wd_scope=1, wd_last_contact=100, wd_use_before=1),
        event("P03-7KQF-4", "de-001", de_date=100, de_cause=6),
        event("P03-7KQF-4", "lo-001", lo_last_contact=100, lo_reason=3),
    ],
)
def test_who_withdrew_died_or_was_lost_is_due_and_did_not_meet_it(end: Revision) -> None:
    """Study's rule for missing data: withdrawn, dead and lost count as not met, so that no end flatters a share."""
    found = made([enrolment("P03-7KQF-4"), schedule("P03-7KQF-4", "m12"), end])
    for planned in ("m06", "m12"):
        item = line(found, "lldas", planned)
        assert (item.met, item.known, item.due) == (0, 0, 1)
        assert item.non_responder is not None
        assert item.non_responder.share == 0.0


def test_an_unknown_state_is_due_and_not_known() -> None:
    unknown = {**QUIET, "phga": Missing.NOT_DONE}
    revisions = [enrolment("P03-7KQF-4"), schedule("P03-7KQF-4", "m06")]
    revisions += visit("P03-7KQF-4", "m06", 183, unknown)
    item = line(made(revisions), "doris", "m06")
    assert (item.met, item.known, item.due) == (0, 0, 1)
    assert made(revisions).interim == 0


@pytest.mark.parametrize(("mark", "counted"), [(Decimal(17), 1), (Missing.NOT_DONE, 0), (None, 0)])
def test_a_global_marked_on_another_scale_is_known_once_it_was_marked(mark: Any, counted: int) -> None:
    answers = {name: value for name, value in QUIET.items() if name != "phga"} | {"phga_scale": 3}
    answers |= {} if mark is None else {"phga_raw": mark}
    revisions = [enrolment("P03-7KQF-4"), schedule("P03-7KQF-4", "m06")]
    revisions += visit("P03-7KQF-4", "m06", 183, answers)
    assert made(revisions).interim == counted


def test_who_is_not_in_the_study_is_counted_apart() -> None:
    revisions = [
        *course("P03-0000-Z"),
        enrolment("P03-1111-1", outcome=2),
        schedule("P03-1111-1", "m06"),
        schedule("P03-2222-6", "m06"),
    ]
    found = made(revisions)
    assert (found.enrolled, found.not_enrolled, found.unknown) == (1, 1, 1)
    assert line(found, "doris", "m06").due == 1


def test_no_subjects_no_numbers() -> None:
    found = made([])
    assert all(item.due == 0 and item.non_responder is None for item in found.lines)
    assert len(found.lines) == 5 * len(PLANNED[1:]) + len(PLANNED[2:])  # damage from month 12 on
    assert all(item.per_100 is None and item.events == 0 for item in found.flares)
    assert all(item.events == item.subjects == 0 for item in found.events)


def _cohort(rng: random.Random) -> tuple[list[Revision], dict[tuple[str, str], list[int]]]:
    """A random cohort, and the table counted slowly while it is made: [met, known, due]."""
    months = {item.key: item.months for item in PLANNED}
    expected = {(e, key): [0, 0, 0] for e in STATES for key in months if key != "baseline"}
    revisions: list[Revision] = []
    for number in range(rng.randrange(1, 25)):
        code = f"P03-{number:04d}-X"
        outcome = rng.choice([1, 1, 1, 2])
        due = rng.choice([None, *months])
        seen = 0
        day0 = rng.choice([0, -150, 12])
        revisions += [enrolment(code, outcome), schedule(code, due, day0)]
        for key, months_after in months.items():
            target = day0 + round(months_after * 30.4375)
            before, after = next((p.before_days, p.after_days) for p in PLANNED if p.key == key)
            inside: list[tuple[int, int, dict[str, bool | None]]] = []
            for _ in range(rng.randrange(3)):
                day = target + rng.randrange(-75, 76)
                states = {name: rng.choice([True, False, None]) for name in STATES}
                scores: dict[str, Any] = {name: {"value": value} for name, value in states.items()}
                seen += 1
                name = f"u{seen:02}"
                revisions.append(
                    revision(code, name, "visit_summary", {"visit_date": day}, day, scores=scores)
                )
                inside.append((abs(day - target), day, states))
            if outcome == 1 and due is not None and key != "baseline" and months_after <= months[due]:
                near = [item for item in inside if target - before <= item[1] <= target + after]
                chosen = min(near, key=lambda item: item[:2])[2] if near else {}
                for endpoint in STATES:
                    row = expected[endpoint, key]
                    row[0] += chosen.get(endpoint) is True
                    row[1] += chosen.get(endpoint) is not None
                    row[2] += 1
    rng.shuffle(revisions)
    return revisions, expected


@pytest.mark.parametrize("seed", range(25))
def test_the_table_agrees_with_a_slow_recount(seed: int) -> None:
    revisions, expected = _cohort(random.Random(seed))
    found = made(revisions)
    lines = [item for item in found.lines if item.endpoint in STATES]
    assert {(item.endpoint, item.visit): [item.met, item.known, item.due] for item in lines} == expected


def test_csv_and_json_hold_the_same_numbers_as_the_table() -> None:
    found = made(course("P03-7KQF-4"))
    rows = list(csv.DictReader(io.StringIO(as_csv(found))))
    data = json.loads(json.dumps(as_json(found)))
    for item, row, plain in zip(found.lines, rows, data["lines"], strict=True):
        assert (row["endpoint"], row["visit"], int(row["due"])) == (item.endpoint, item.visit, item.due)
        assert plain["met"] == item.met
        if item.observed is None:
            assert row["observed"] == ""
            assert plain["observed"] is None
        else:
            assert float(row["observed_low"]) == plain["observed"]["low"] == item.observed.low


def test_the_text_speaks_both_languages_and_their_decimals() -> None:
    found = made(course("P03-7KQF-4"))
    italian, english = as_text(found, "it"), as_text(found, "en")
    assert "100,0 % (20,7–100,0)" in italian
    assert "100.0 % (20.7–100.0)" in english
    assert "dovuti" in italian
    assert "due" in english
    assert "1 di 50" in italian
    assert italian.count("\n") == english.count("\n")


def test_flares_and_adverse_events_of_the_enrolled_are_counted() -> None:
    records = [*course("P03-7KQF-4"), *course("P03-0000-Z"), enrolment("P03-1111-1", outcome=2)]
    grave = {"value": "severe", "complete": True, "minimum": None, "parts": {}}
    records = [
        *(item for item in records if item.subject != "P03-0000-Z"),
        *claiming([item for item in records if item.subject == "P03-0000-Z"], "m06", sfi=grave),
        event("P03-7KQF-4", "ae-001", aesi_category=0, ae_start=5, ser_important=1, causality_who=3),
        event("P03-7KQF-4", "ae-002", aesi_category=0, ae_start=-5, ser_important=1),
        event("P03-0000-Z", "ae-001", aesi_category=0, ae_start=9),
        event("P03-1111-1", "ae-001", aesi_category=0, ae_start=9),
    ]
    found = made(records)
    years = 2 * 735 / 365.25
    assert [(item.severity, item.events, item.subjects) for item in found.flares] == [
        ("any", 3, 2),
        ("mild_moderate", 2, 2),
        ("severe", 1, 1),
    ]
    for item in found.flares:
        assert item.patient_years == pytest.approx(years)
        assert item.per_100 == pytest.approx(100 * item.events / years)
    assert {item.kind: (item.events, item.subjects) for item in found.events} == {
        "any": (2, 2),
        "serious": (1, 1),  # one began before entry
        "not_serious": (0, 0),
        "seriousness_unknown": (1, 1),
        "treatment_emergent": (0, 0),  # without a dose record nobody knows the last dose
        "serious_treatment_emergent": (0, 0),
        "related": (1, 1),
    }
    for lang, words in (("it", "per 100 anni-paziente"), ("en", "seriousness not known")):
        assert words in as_text(found, lang)


def test_glucocorticoid_stopped_counts_only_those_who_took_one_at_baseline() -> None:
    on_it = {**QUIET, **COURSE["baseline"][1]}
    records = []
    for code, start in (("P03-7KQF-4", on_it), ("P03-0000-Z", QUIET)):
        past = ("baseline", start)
        records += [enrolment(code), schedule(code, "m06"), *visit(code, "baseline", 0, start)]
        records += visit(code, "m06", 183, QUIET, past, past, past)
    records += [enrolment("P03-1111-1"), schedule("P03-1111-1", "m06")]
    stopped, low = line(made(records), "steroid_stopped", "m06"), line(made(records), "steroid_le5", "m06")
    assert (stopped.met, stopped.known, stopped.due) == (1, 1, 1)
    assert (low.met, low.known, low.due) == (2, 2, 3)


def test_a_sustained_stop_is_known_from_the_courses_and_counts_beside_the_stop_of_the_day() -> None:
    on_it, records = {**QUIET, **COURSE["baseline"][1]}, []
    for code, stop in (("P03-7KQF-4", 154), ("P03-0000-Z", 170), ("P03-1111-1", None)):
        past = ("baseline", on_it)
        records += [enrolment(code), schedule(code, "m06"), *visit(code, "baseline", 0, on_it)]
        records += visit(code, "m06", 183, QUIET, past, past, past)
        taken = {"gcc_drug": 1, "gcc_mg": 20, "gcc_cycle_days": 1, "gcc_start": -60, "gcc_ongoing": 0}
        records += [] if stop is None else [event(code, "gc-001", **taken, gcc_stop=stop)]
    found = made(records)
    today, lasting = line(found, "steroid_stopped", "m06"), line(found, "steroid_stop_sustained", "m06")
    assert (today.met, today.known, today.due) == (3, 3, 3)
    assert (lasting.met, lasting.known, lasting.due) == (1, 2, 3)
    for lang, words in (("it", "senza da almeno 28 giorni"), ("en", "without any for at least 28 days")):
        assert words in as_text(found, lang)


def test_damage_counts_from_month_12_and_unknown_is_not_accrued() -> None:
    past = ("baseline", QUIET)
    records = [
        enrolment("P03-7KQF-4"),
        schedule("P03-7KQF-4", "m24"),
        *visit("P03-7KQF-4", "baseline", 0, QUIET),
    ]
    records += visit("P03-7KQF-4", "m12", 366, {**QUIET, "sdi_stroke": 1}, past, past, past)
    found = made(records)
    assert {item.visit for item in found.lines if item.endpoint == "sdi_accrual"} == {
        "m12", "m24", "m36", "m48", "m60",
    }  # fmt: skip
    assert (line(found, "sdi_accrual", "m12").met, line(found, "sdi_accrual", "m12").due) == (1, 1)
    missed = line(found, "sdi_accrual", "m24")
    assert (missed.met, missed.known, missed.due) == (0, 0, 1)


def test_a_window_that_closed_before_enrolment_is_nobodys_to_attend() -> None:
    records = [enrolment("P03-7KQF-4", dose_day=-300), schedule("P03-7KQF-4", "m12", day0=-300)]
    assert line(made(records), "doris", "m06").due == 0
    assert line(made(records), "doris", "m12").due == 1
