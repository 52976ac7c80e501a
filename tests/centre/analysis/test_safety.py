"""Adverse events, hospital stays and flares, counted again from the answers of invented patients."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from centre_builders import DEFINITIONS, enrolment, event, received, revision, schedule
from scipy.stats import chi2

from anifro_desktop.centre.analysis.flares import flares
from anifro_desktop.centre.analysis.hospital import hospital
from anifro_desktop.centre.analysis.person import Person, person
from anifro_desktop.centre.analysis.safety import adverse_events
from anifro_desktop.centre.analysis.special_interest import special_interest
from anifro_desktop.centre.analysis.table import Row, Table
from anifro_desktop.centre.assembling import subjects
from anifro_desktop.record import Missing, Revision

CODE = "P03-7KQF-4"
SERIOUS = (
    "ser_death", "ser_life_threatening", "ser_hospitalisation", "ser_disability", "ser_congenital", "ser_important",
)  # fmt: skip
NOT_SERIOUS = dict.fromkeys(SERIOUS, 0)
Answers = Mapping[str, Any]


def people_of(revisions: list[Revision]) -> list[Person]:
    return [person(one) for one in subjects(received(revisions), DEFINITIONS)]


def tables(people: list[Person]) -> Mapping[str, Table]:
    made = [adverse_events(people), hospital(people), special_interest(people), flares(people)]
    return {table.name: table for section in made for table in section.tables}


def row(table: Table, *heads: str) -> Row:
    (found,) = (one for one in table.rows if tuple(head.name for head in one.heads) == heads)
    return found


def counts(table: Table, *heads: str) -> tuple[float | None, ...]:
    """Events, subjects, and of how many."""
    return tuple(cell.value for cell in row(table, *heads).cells[:3])


def cohort(rng: random.Random, patients: int) -> tuple[list[Revision], list[dict[str, Any]]]:
    """Revisions, and what was drawn of each patient: entry and end of observation, dose, and its events."""
    revisions, known = [], []
    for number in range(patients):
        code = f"P{number % 3 + 1:02}-{number:04d}-X"
        dose = rng.choice([0, 0, -200, 14, None])
        day0 = dose if dose is not None else 0
        end = rng.randrange(400, 1500)
        revisions += [enrolment(code, dose_day=dose), schedule(code, "m60", day0)]
        revisions.append(revision(code, "u01", "visit_summary", {"visit_date": end}, end))
        events = []
        for place in range(1, rng.randrange(5) + 1):
            start = rng.choice([rng.randrange(-300, end), rng.randrange(end), None])
            answers = drawn(rng) | ({} if start is None else {"ae_start": start})
            revisions.append(event(code, f"ae-{place:03}", **answers))
            events.append(answers)
        known.append({"entry": max(day0, 0), "end": end, "dose": dose, "events": events})
    return revisions, known


def drawn(rng: random.Random) -> dict[str, Any]:
    """Answers of an adverse event, each given or not."""
    found: dict[str, Any] = {name: rng.choice([0, 0, 0, 1, Missing.NOT_KNOWN]) for name in SERIOUS}
    for name, codes in (
        ("aesi_category", range(7)), ("causality_who", range(1, 7)), ("ae_grade", range(1, 6)), ("outcome", range(6)),
        ("cv_type", range(1, 9)), ("neo_behaviour", range(1, 5)), ("action_taken", (0, 1, 4, 9)), ("zos_cns", (0, 1)),
    ):  # fmt: skip
        if rng.random() < 0.85:
            found[name] = rng.choice(list(codes))
    return found


def is_serious(one: Answers) -> bool | None:
    given = [one[name] for name in SERIOUS]
    return True if 1 in given else None if Missing.NOT_KNOWN in given else False


def related(one: Answers) -> str | None:
    return {1: "yes", 2: "yes", 3: "yes", 4: "no", 5: "open", 6: "open"}.get(one.get("causality_who", 0))


def infection(one: Answers) -> bool | None:
    category = one.get("aesi_category")
    return None if category is None else is_serious(one) if category in (1, 3) else category == 2


TESTS: Mapping[tuple[str, str], Callable[[Answers, Mapping[str, Any]], bool]] = {
    ("adverse_overall", "any"): lambda one, _: True,
    ("adverse_overall", "serious"): lambda one, _: is_serious(one) is True,
    ("adverse_overall", "not_serious"): lambda one, _: is_serious(one) is False,
    ("adverse_overall", "serious_unknown"): lambda one, _: is_serious(one) is None,
    ("adverse_overall", "fatal"): lambda one, _: one.get("outcome") == 5,
    ("adverse_overall", "stopped"): lambda one, _: one.get("action_taken") == 1,
    ("adverse_relation", "related_all"): lambda one, _: related(one) == "yes",
    ("adverse_relation", "not_related_all"): lambda one, _: related(one) == "no",
    ("adverse_relation", "not_assessed_all"): lambda one, _: related(one) == "open",
    ("adverse_relation", "relation_unknown_all"): lambda one, _: related(one) is None,
    ("adverse_relation", "conservative_all"): lambda one, _: related(one) in ("yes", "open"),
    ("adverse_relation", "related_serious"): lambda one, _: related(one) == "yes" and is_serious(one) is True,
    ("adverse_outcome", "outcome_1"): lambda one, _: one.get("outcome") == 1,
    ("adverse_outcome", "outcome_unknown"): lambda one, _: "outcome" not in one,
    ("infections", "any"): lambda one, _: one.get("aesi_category") in (1, 2, 3),
    ("infections", "zoster"): lambda one, _: one.get("aesi_category") == 1,
    ("infections", "serious_infection"): lambda one, _: infection(one) is True,
    ("infections", "category_unknown"): lambda one, _: "aesi_category" not in one,
    ("cardiovascular", "mace"): lambda one, _: (
        one.get("aesi_category") == 4 and one.get("cv_type") in (1, 2, 3)
    ),
    ("cardiovascular", "cv_type_unknown"): lambda one, _: (
        one.get("aesi_category") == 4 and "cv_type" not in one
    ),
    ("neoplasms", "neo_behaviour_3"): lambda one, _: (
        one.get("aesi_category") == 5 and one.get("neo_behaviour") == 3
    ),
    ("adverse_onset", "early_all"): lambda one, who: onset(one, who) == "early",
    ("adverse_onset", "late_all"): lambda one, who: onset(one, who) == "late",
    ("adverse_onset", "pre_treatment_all"): lambda one, who: onset(one, who) == "before",
    ("adverse_onset", "onset_unknown_all"): lambda one, who: onset(one, who) is None,
}


def onset(one: Answers, who: Mapping[str, Any]) -> str | None:
    if who["dose"] is None or "ae_start" not in one:
        return None
    day = one["ae_start"] - who["dose"]
    return "before" if day < 0 else "early" if day <= 168 else "late"


@pytest.mark.parametrize("seed", range(3))
def test_every_line_counted_again_from_the_answers(seed: int) -> None:
    revisions, known = cohort(random.Random(seed), 60)
    made = tables(people_of(revisions))
    for which, some in (("enrolled", known), ("treated", [one for one in known if one["dose"] is not None])):
        years = sum((one["end"] - one["entry"]) / 365.25 for one in some)
        for (name, line), test in TESTS.items():
            hits = [
                [
                    e
                    for e in who["events"]
                    if ("ae_start" not in e or e["ae_start"] >= who["entry"]) and test(e, who)
                ]
                for who in some
            ]
            events, struck = sum(map(len, hits)), sum(map(bool, hits))
            assert counts(made[name], which, line) == (events, struck, len(some)), (name, line)
            cells = row(made[name], which, line).cells
            assert cells[4].value == pytest.approx(years)
            assert cells[5].value == pytest.approx(100 * events / years)
            assert cells[5].high == pytest.approx(100 * chi2.ppf(0.975, 2 * events + 2) / 2 / years)
            assert cells[6].value == pytest.approx(100 * struck / first_times(some, hits))


def first_times(some: list[Mapping[str, Any]], hits: list[list[Answers]]) -> float:
    """Years to the first event of each patient, or the whole time."""
    total = 0.0
    for who, found in zip(some, hits, strict=True):
        starts = [
            one.get("ae_start", who["entry"]) for one in found
        ]  # without a day: the first it may have been
        total += ((min(starts) if starts else who["end"]) - who["entry"]) / 365.25
    return total


@pytest.mark.parametrize(
    ("start", "line"), [(-1, "pre_treatment_all"), (0, "early_all"), (168, "early_all"), (169, "late_all")]
)
def test_the_edges_of_onset(start: int, line: str) -> None:
    made = [
        enrolment(CODE, dose_day=30),
        schedule(CODE, "m60", 30),
        revision(CODE, "u01", "visit_summary", {"visit_date": 900}, 900),
    ]
    made.append(event(CODE, "ae-001", ae_start=30 + start, aesi_category=0, **NOT_SERIOUS))
    table = tables(people_of(made))["adverse_onset"]
    # Entry is the first dose: what began before it is not counted.
    assert counts(table, "enrolled", line) == ((0, 0, 1) if start < 0 else (1, 1, 1))


def test_a_start_known_to_its_year_only_is_not_lost() -> None:
    made = [
        enrolment(CODE),
        schedule(CODE, "m60"),
        revision(CODE, "u01", "visit_summary", {"visit_date": 900}, 900),
    ]
    made.append(event(CODE, "ae-001", ae_start={"years": 0}, aesi_category=1, **NOT_SERIOUS))
    table = tables(people_of(made))["infections"]
    assert counts(table, "enrolled", "zoster") == (1, 1, 1)
    assert counts(table, "enrolled", "serious_unknown") == (0, 0, 1)


def test_a_patient_counts_once_at_its_worst_grade() -> None:
    made = [
        enrolment(CODE),
        schedule(CODE, "m60"),
        revision(CODE, "u01", "visit_summary", {"visit_date": 900}, 900),
    ]
    for number, grade in enumerate((1, 4, 2, None), 1):
        given = {} if grade is None else {"ae_grade": grade}
        made.append(event(CODE, f"ae-{number:03}", ae_start=10, aesi_category=0, **NOT_SERIOUS, **given))
    table = tables(people_of(made))["adverse_severity"]
    assert [row(table, "enrolled", f"grade{grade}").cells[1].value for grade in (1, 2, 3, 4, 5)] == [
        0,
        0,
        0,
        1,
        0,
    ]
    assert [row(table, "enrolled", f"grade{grade}").cells[0].value for grade in (1, 2, 3, 4, 5)] == [
        1,
        1,
        0,
        1,
        0,
    ]
    assert row(table, "enrolled", "unknown").cells[0].value == 1
    assert row(table, "enrolled", "unknown").cells[1].value == 0


def test_what_became_of_zoster_tells_what_is_not_known() -> None:
    made = [
        enrolment(CODE),
        schedule(CODE, "m60"),
        revision(CODE, "u01", "visit_summary", {"visit_date": 900}, 900),
    ]
    for number, told in enumerate(({"zos_cns": 1}, {"zos_cns": 0}, {"zos_cns": Missing.NOT_KNOWN}, {}), 1):
        made.append(event(CODE, f"ae-{number:03}", ae_start=10, aesi_category=1, **NOT_SERIOUS, **told))
    table = tables(people_of(made))["zoster_outcomes"]
    assert [cell.value for cell in row(table, "enrolled", "zos_cns").cells] == [1, 1, 0, 2, 0.5]
    assert [cell.value for cell in row(table, "enrolled", "serious").cells][:4] == [0, 4, 0, 0]


def test_stays_are_counted_by_reason_and_an_open_reason_apart() -> None:
    made = [
        enrolment(CODE),
        schedule(CODE, "m60"),
        revision(CODE, "u01", "visit_summary", {"visit_date": 900}, 900),
    ]
    for number, told in enumerate(({"hosp_reason": 1}, {"hosp_reason": 2}, {"hosp_reason": 1}, {}), 1):
        made.append(event(CODE, f"hs-{number:03}", hs_admission=50 * number, **told))
    table = tables(people_of(made))["hospital_stays"]
    lines = ("any", "hosp_reason_1", "hosp_reason_2", "hosp_reason_3", "hosp_reason_unknown")
    assert [counts(table, "enrolled", line)[0] for line in lines] == [4, 2, 1, 0, 1]
    assert [record.key for record in row(table, "enrolled", "hosp_reason_1").cells[0].behind] == [
        "hs-001",
        "hs-003",
    ]


def flaring(*days: tuple[int, str], end: int = 1000, day0: int = 0) -> Table:
    made = [enrolment(CODE, dose_day=day0), schedule(CODE, "m60", day0)]
    for number, (day, kind) in enumerate(days, 1):
        scores = {"sfi": {"value": kind, "complete": True}}
        made.append(revision(CODE, f"u{number:02}", "visit_summary", {"visit_date": day}, day, scores=scores))
    made.append(revision(CODE, "u90", "visit_summary", {"visit_date": end}, end))
    return tables(people_of(made))["flares"]


def test_flares_and_their_patient_years() -> None:
    table = flaring(
        (100, "mild_moderate"), (129, "severe"), (130, "mild_moderate"), (700, "severe"), day0=-100
    )
    # 129 and 130 lie within 30 days of 100, and 129 raises it; 700 stands alone.
    assert [row(table, line).cells[0].value for line in ("any", "mild_moderate", "severe")] == [3, 1, 2]
    any_ = row(table, "any").cells
    assert any_[4].value == pytest.approx(1000 / 365.25)
    assert any_[5].value == pytest.approx(300 / (1000 / 365.25))
    assert (any_[6].value, any_[7].value) == pytest.approx((1100 / 365.25, 300 / (1100 / 365.25)))


def test_flares_by_year_add_up_to_all() -> None:
    rng = random.Random(5)
    made = []
    for number in range(40):
        code, end = f"P03-{number:04d}-X", rng.randrange(300, 1800)
        made += [enrolment(code), schedule(code, "m60")]
        for place in range(rng.randrange(4)):
            day = rng.randrange(end)
            scores = {"sfi": {"value": rng.choice(["mild_moderate", "severe", "none"]), "complete": True}}
            made.append(
                revision(code, f"u{place:02}", "visit_summary", {"visit_date": day}, day, scores=scores)
            )
        made.append(revision(code, "u90", "visit_summary", {"visit_date": end}, end))
    found = tables(people_of(made))
    for line in ("any", "mild_moderate", "severe"):
        whole = row(found["flares"], line).cells
        parts = [row(found["flares_by_year"], f"year{year}", line).cells for year in range(1, 6)]
        assert sum(part[0].value or 0 for part in parts) == whole[0].value
        assert sum(part[4].value or 0 for part in parts) == pytest.approx(whole[4].value)
