"""Adverse events, hospital stays and flares of invented patients, at the edges of their rules."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pytest
from centre_builders import DEFINITIONS, enrolment, event, received, revision, schedule

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


@pytest.mark.parametrize(("after_last", "emergent"), [(-1, True), (84, True), (85, False)])
@pytest.mark.parametrize("ended", [True, False])
def test_the_edges_of_treatment_emergence(after_last: int, emergent: bool, ended: bool) -> None:
    made = [
        enrolment(CODE),
        schedule(CODE, "m60"),
        revision(CODE, "u01", "visit_summary", {"visit_date": 900}, 900),
        event(CODE, "ad-001", ad_date=0, ad_given=1),
        event(CODE, "ad-002", ad_date=280, ad_given=2),
        event(CODE, "ad-003", ad_date=308, ad_given=0),
        event(CODE, "ae-001", ae_start=280 + after_last, aesi_category=0, **NOT_SERIOUS),
    ]
    if ended:
        stop = {"dc_date": 300, "dc_drug": 15, "dc_what": 4, "dc_permanence": 2, "dc_reason": 1}
        made.append(event(CODE, "dc-001", **stop))
    found = tables(people_of(made))
    line = "emergent" if emergent else "not_emergent" if ended else "emergent_unknown"
    for which in ("enrolled", "treated"):
        told = {
            name: counts(found["adverse_overall"], which, name)[0]
            for name in ("emergent", "not_emergent", "emergent_unknown")
        }
        assert told == dict.fromkeys(told, 0) | {line: 1}
    exposed = row(found["adverse_exposed"], "treated", "any").cells
    assert exposed[0].value == int(emergent)
    assert exposed[4].value == pytest.approx((280 + 84) / 365.25)


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
