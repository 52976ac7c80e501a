"""Every line of every safety table against a second count from the answers (`safety_again`), in both sets."""

from __future__ import annotations

import random
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pytest
from centre_builders import DEFINITIONS, received
from safety_again import (
    FORMS,
    NA,
    TABLES,
    Answers,
    Who,
    code,
    counting,
    emergent,
    lines,
    people,
    placed,
    serious,
    start_of,
    zoster,
    zoster_numbers,
)
from scipy.stats import chi2

from anifro_desktop.centre.analysis.hospital import hospital
from anifro_desktop.centre.analysis.person import person
from anifro_desktop.centre.analysis.safety import adverse_events
from anifro_desktop.centre.analysis.special_interest import special_interest
from anifro_desktop.centre.analysis.table import Row, Table
from anifro_desktop.centre.assembling import subjects

RATED = [name for name in TABLES if name not in ("hospital_nights", "adverse_exposed")]
NEVER = {"pre_treatment_all", "pre_treatment_serious"}  # entry is the first dose, or later
NEAR = pytest.approx


class Study(NamedTuple):
    tables: Mapping[str, Table]
    known: Sequence[Who]

    def __repr__(self) -> str:
        return "Study"


@pytest.fixture(scope="module")
def study() -> Study:
    revisions, known = people(random.Random(5), 160)
    held = [person(one) for one in subjects(received(revisions), DEFINITIONS)]
    made = [adverse_events(held), hospital(held), special_interest(held)]
    return Study({table.name: table for section in made for table in section.tables}, known)


def sets(known: Sequence[Who]) -> Iterator[tuple[str, list[Who]]]:
    enrolled = [who for who in known if who["outcome"] == 1]
    yield "enrolled", enrolled
    yield "treated", [who for who in enrolled if who["dose"] is not None]


def rows(table: Table, which: str) -> dict[str, Row]:
    return {row.heads[1].name: row for row in table.rows if row.heads[0].name == which}


def years(who: Who) -> float:
    return (who["end"] - who["entry"]) / 365.25


def same_lines(found: Mapping[str, Row], counted: Mapping[str, Any]) -> None:
    """A line that is not there counts nothing, and one that counts is there."""
    assert set(counted) <= set(found), set(counted) - set(found)


@pytest.mark.parametrize("name", RATED)
def test_events_subjects_and_rates(study: Study, name: str) -> None:
    kind = TABLES[name]
    for which, some in sets(study.known):
        among = [who for who in some if name != "pregnancies" or who["sex"] != 2]
        hits: dict[str, list[tuple[Who, str, Answers]]] = {}
        for who in among:
            for key, one in counting(kind, who).items():
                for line in lines(name, one, who):
                    hits.setdefault(line, []).append((who, key, one))
        found = rows(study.tables[name], which)
        same_lines(found, hits)
        assert {line for line, row in found.items() if row.quiet} <= found.keys() - hits.keys()
        whole = sum(map(years, among))
        for line, row in found.items():
            check(row, hits.get(line, []), among, whole, kind)
        assert {line for line, row in found.items() if not row.cells[0].value and not row.quiet} <= NEVER


def check(
    row: Row, hits: Sequence[tuple[Who, str, Answers]], among: Sequence[Who], whole: float, kind: str
) -> None:
    events, struck = len(hits), len({who["code"] for who, _, _ in hits})
    values = [cell.value for cell in row.cells]
    assert values[:3] == [events, struck, len(among)], row.heads
    behind = [(record.subject, record.key) for record in row.cells[0].behind]
    assert sorted(behind) == sorted((who["code"], key) for who, key, _ in hits)
    assert values[3:6] == [NEAR(struck / len(among)), NEAR(whole), NEAR(100 * events / whole)]
    assert row.cells[5].high == NEAR(100 * chi2.ppf(0.975, 2 * events + 2) / 2 / whole)
    low = 100 * chi2.ppf(0.025, 2 * events) / 2 / whole if events else 0
    assert row.cells[5].low == NEAR(low)
    first: dict[str, float] = {who["code"]: years(who) for who in among}
    for who, _, one in hits:
        start = start_of(kind, one)
        day = who["entry"] if start is None else max(start[0], who["entry"])
        first[who["code"]] = min(first[who["code"]], (day - who["entry"]) / 365.25)
    assert values[6] == NEAR(100 * struck / sum(first.values()))


def test_treatment_emergent_by_time_of_exposure(study: Study) -> None:
    (_, (_, treated)) = sets(study.known)
    some = [who for who in treated if who["last"] is not None]
    exposed = {who["code"]: max(0, min(who["end"], who["last"] + 84) - who["entry"]) / 365.25 for who in some}
    hits: Counter[str] = Counter()
    for who in some:
        for one in counting("ae", who).values():
            if emergent(one, who):
                hits.update(lines("adverse_exposed", one, who))
    found = rows(study.tables["adverse_exposed"], "treated")
    same_lines(found, hits)
    whole = sum(exposed.values())
    for line, row in found.items():
        assert (row.cells[0].value, row.cells[2].value) == (hits[line], len(some)), line
        assert row.cells[5].value == NEAR(100 * hits[line] / whole)
    left_out = len(treated) - len(some)
    assert (
        f"left out since the last dose is not known: {left_out}."
        in study.tables["adverse_exposed"].notes[1].en
    )
    assert left_out > 0 < hits["serious"]


def test_events_and_subjects_by_grade(study: Study) -> None:
    for which, some in sets(study.known):
        events: Counter[str] = Counter()
        worst: Counter[str] = Counter()
        for who in some:
            grades = [code(one, "ae_grade") for one in counting("ae", who).values()]
            names = ["unknown" if grade is None else f"grade{grade}" for grade in grades]
            events.update(names)
            worst.update([max(name for name in names if name != "unknown")] if any(grades) else names[:1])
        for line, row in rows(study.tables["adverse_severity"], which).items():
            assert [cell.value for cell in row.cells[:3]] == [events[line], worst[line], len(some)]
        assert len(worst) == 6


def test_nights_in_hospital(study: Study) -> None:
    for which, some in sets(study.known):
        stays: dict[str, list[Answers]] = {}
        for who in some:
            for one in counting("hs", who).values():
                for line in lines("hospital_nights", one, who):
                    stays.setdefault(line, []).append(one)
        for line, row in rows(study.tables["hospital_nights"], which).items():
            mine = stays.get(line, [])
            nights = [one["hs_discharge"] - one["hs_admission"] for one in mine if "hs_discharge" in one]
            ongoing = sum(one.get("hs_ongoing") == 1 for one in mine)
            values = [cell.value for cell in row.cells]
            assert values[:4] == [len(mine), len(nights), ongoing, len(mine) - len(nights) - ongoing]
            assert values[4] == (sum(nights) if nights or not mine else None)
            assert values[6] == (statistics.median(nights) if nights else None)
            assert values[8] == max(nights, default=None)
        assert all(cell.value for cell in rows(study.tables["hospital_nights"], which)["any"].cells)


def episodes(some: Sequence[Who]) -> list[Answers]:
    return [one for who in some for one in counting("ae", who).values() if code(one, "aesi_category") == 1]


def test_what_became_of_zoster(study: Study) -> None:
    for which, some in sets(study.known):
        said = list(map(zoster, episodes(some)))
        found = rows(study.tables["zoster_outcomes"], which)
        maybe = [one for who in some for one in counting("ae", who).values() if "aesi_category" not in one]
        assert [cell.value for cell in found.pop("category_unknown").cells] == [0, 0, 0, len(maybe), None]
        assert set(found) == set(said[0])
        for line, row in found.items():
            given = [one[line] for one in said]
            yes, no = (sum(value is wanted for value in given) for wanted in (True, False))
            assert [cell.value for cell in row.cells[:4]] == [yes, no, given.count(NA), given.count(None)], (
                line
            )
            assert row.cells[4].value == (yes / (yes + no) if yes + no else None)


def test_how_long_zoster_took(study: Study) -> None:
    for which, some in sets(study.known):
        said = list(map(zoster_numbers, episodes(some)))
        for line, row in rows(study.tables["zoster_measures"], which).items():
            given = [one[line] for one in said]
            numbers = [value for value in given if type(value) is int]
            assert [cell.value for cell in row.cells[:3]] == [
                len(numbers),
                given.count(NA),
                given.count(None),
            ]
            spread = [row.cells[place].value for place in (3, 5, 7)]
            assert spread == [min(numbers), statistics.median(numbers), max(numbers)], line


def test_every_event_that_came_is_accounted_for(study: Study) -> None:
    table = study.tables["events_counted"]
    for kind, form in FORMS.items():
        found: dict[str, list[tuple[str, str]]] = {}
        for who in study.known:
            for key, one in who[kind].items():
                left = {2: "not_enrolled", None: "enrolment_unknown"}.get(who["outcome"])
                for line in ("received", left or placed(kind, one, who)):
                    found.setdefault(line, []).append((who["code"], key))
        for line, row in rows(table, form).items():
            behind = [(record.subject, record.key) for record in row.cells[0].behind]
            assert sorted(behind) == sorted(found.get(line, [])), (form, line)
            assert row.cells[1].value == len({code for code, _ in behind})
        if kind == "ae":
            assert set(found) == set(rows(table, form))


def test_the_listing_has_every_serious_event_and_its_days(study: Study) -> None:
    table = study.tables["serious_listing"]
    listed = {(row.heads[0].name, row.heads[1].name): row for row in table.rows}
    wanted = {
        (who["code"], key): (who, one)
        for who in study.known
        for key, one in who["ae"].items()
        if serious(one) is True
    }
    assert set(listed) == set(wanted)
    assert len(table.rows) == len(wanted) > 50
    for place, (who, one) in wanted.items():
        row, start, day0 = listed[place], start_of("ae", one), who["day0"]
        least, most = (None, None) if start is None else (start[0] - day0, start[1] - day0)
        end = code(one, "ae_end")
        exact = start is not None and start[0] == start[1]
        after = start[0] - who["last"] if start and exact and who["last"] is not None else None
        days = [
            least,
            most,
            None if end is None else end - day0,
            after if after is not None and after >= 0 else None,
        ]
        assert [cell.value for cell in row.cells] == [code(one, "ae_grade"), *days]
        outcome = code(one, "outcome")
        assert row.heads[8].name == ("unknown" if outcome is None else f"outcome_{outcome}")
        left = {2: "not_enrolled", None: "enrolment_unknown"}.get(who["outcome"])
        assert row.heads[9].name == (left or placed("ae", one, who))
        assert row.heads[5].name == {True: "yes", False: "no", None: "unknown"}[emergent(one, who)]
