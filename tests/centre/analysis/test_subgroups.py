"""Nobody drops out of the lines by organ: neither who has no active organ, nor of whom some organs are not known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from centre_builders import DEFINITIONS, enrolment, received, schedule
from times_population import population

from anifro_desktop.centre.analysis.organs import SYSTEMS
from anifro_desktop.centre.analysis.person import Person, person
from anifro_desktop.centre.analysis.subgroups import subgroups
from anifro_desktop.centre.analysis.times import drug_retention
from anifro_desktop.centre.assembling import subjects

QUIET_ALL = dict.fromkeys(SYSTEMS, False)


@pytest.fixture(scope="module")
def someone() -> Person:
    code = "P03-0001-X"
    (one,) = subjects(received([enrolment(code), schedule(code, "m06")]), DEFINITIONS)
    return person(one)


@pytest.mark.parametrize(
    ("organs", "lines"),
    [
        ({}, {"unknown"}),
        ({"renal": False}, {"unknown"}),
        (QUIET_ALL, {"none"}),
        (QUIET_ALL | {"renal": True}, {"renal"}),
        ({"renal": True, "serosal": True}, {"renal", "serosal"}),
    ],
)
def test_everybody_stands_in_a_line_by_organ(
    someone: Person, organs: dict[str, bool], lines: set[str]
) -> None:
    section = subgroups([replace(someone, organs=organs)])
    (table,) = (table for table in section.tables if table.name == "doris_by_organ")
    found = {row.heads[0].name for row in table.rows if row.heads[1].name == "m06" and row.cells[2].value}
    assert found == lines
    empty = " ".join(note.it for note in table.notes if "senza soggetti" in note.it)
    doubtful = [label.it for name, (label, _) in SYSTEMS.items() if name not in organs]
    told = " ".join(note.it for note in table.notes if "Non noto se attivo" in note.it)
    assert told == (f"Non noto se attivo al basale: {' 1; '.join(doubtful)} 1." if doubtful else "")
    labels = {name: label.it for name, (label, _) in SYSTEMS.items()}
    labels |= {"none": "nessun apparato attivo", "unknown": "non noto"}
    assert {name for name, label in labels.items() if label in empty} == labels.keys() - lines


def test_retention_of_a_group_is_that_of_its_people_alone() -> None:
    people = [replace(one, site="P02" if n % 3 else "P03") for n, one in enumerate(population(120, seed=5))]
    sites = ["P02", "P03"]
    (table,) = (one for one in subgroups(people).tables if one.name == "drug_retention_by_site")
    assert [row.heads[0].label.it for row in table.rows] == sites
    for row in table.rows:
        some = [one for one in people if one.site == row.heads[0].label.it]
        (alone,) = drug_retention(some).tables
        assert row.cells == alone.rows[0].cells
        assert row.cells[0].value
