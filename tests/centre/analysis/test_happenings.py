"""Which events count in a table of safety: those between entry and the end of observation, and those of which that is
not known; what does not count is told with its records."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from centre_builders import DEFINITIONS, enrolment, event, received, revision, schedule

from anifro_desktop.centre.analysis.event_lines import Line
from anifro_desktop.centre.analysis.flares import flares
from anifro_desktop.centre.analysis.happenings import records, table
from anifro_desktop.centre.analysis.hospital import hospital
from anifro_desktop.centre.analysis.person import Person, person
from anifro_desktop.centre.analysis.safety import adverse_events
from anifro_desktop.centre.analysis.special_interest import special_interest
from anifro_desktop.centre.analysis.table import Contents, Row, Section, Table, as_read
from anifro_desktop.centre.assembling import Subject, subjects
from anifro_desktop.centre.course import course
from anifro_desktop.centre.course_variables import course_variables
from anifro_desktop.centre.reporting import report
from anifro_desktop.forms.model import Label
from anifro_desktop.record import Revision

CODE = "P03-7KQF-4"
EVERY = Line("any", Label("Tutti", "All"), lambda what: True)


def one(*events: Revision, end: int = 900, dose: int | None = 0, outcome: int = 1) -> Person:
    """A subject observed to a day, with some events, as the tables take it."""
    return person(subject_of(*events, end=end, dose=dose, outcome=outcome))


def subject_of(*events: Revision, end: int = 900, dose: int | None = 0, outcome: int = 1) -> Subject:
    made = [enrolment(CODE, outcome, dose), schedule(CODE, "m60", dose or 0)]
    made.append(revision(CODE, "u01", "visit_summary", {"visit_date": end}, end))
    (found,) = subjects(received([*made, *events]), DEFINITIONS)
    return found


def of(people: list[Person], name: str) -> Table:
    sections = [adverse_events(people), hospital(people), special_interest(people), flares(people)]
    (found,) = [table for section in sections for table in section.tables if table.name == name]
    return found


def row(found: Table, *heads: str) -> Row:
    (line,) = (one for one in found.rows if tuple(head.name for head in one.heads) == heads)
    return line


def counts(found: Table, *heads: str) -> list[float | None]:
    """Events and subjects of a line."""
    return [cell.value for cell in row(found, *heads).cells[:2]]


def test_a_record_known_to_its_year_counts_by_the_days_that_it_may_be() -> None:
    before = one(event(CODE, "vx-001", vx_vaccine=1, vx_date={"years": -2}), dose=30)
    after = one(event(CODE, "vx-001", vx_vaccine=1, vx_date={"years": 1}))
    title = Label("Vaccini", "Vaccines")
    found = [
        row(table("x", title, [who], records("vaccination"), [EVERY]), "enrolled", "any").cells
        for who in (before, after)
    ]
    assert [cells[0].value for cells in found] == [0, 1]
    # It may have been given from day 1 on: the time without one is that day, and not none at all.
    assert found[1][6].value == pytest.approx(100 * 365.25 / 1)


def test_what_began_after_the_end_of_observation_is_in_no_rate_and_is_told() -> None:
    death = event(CODE, "de-001", de_date=400, de_cause=2)
    who = one(
        event(CODE, "ae-001", ae_start=399, aesi_category=0),
        event(CODE, "ae-002", ae_start=400, aesi_category=0),
        event(CODE, "ae-003", ae_start=401, aesi_category=0),
        event(CODE, "ae-004", ae_start={"years": 3}, aesi_category=0),
        event(CODE, "ae-005", ae_start={"years": 1}, aesi_category=0),
        death,
        end=300,
    )
    people = [who]
    assert counts(of(people, "adverse_overall"), "enrolled", "any") == [3, 1]
    told = of(people, "events_counted")
    found = {name: row(told, "adverse_event", name).cells[0] for name in ("within", "perhaps", "after")}
    assert {name: [record.key for record in cell.behind] for name, cell in found.items()} == {
        "within": ["ae-001", "ae-002"],
        "perhaps": ["ae-005"],
        "after": ["ae-003", "ae-004"],
    }
    assert counts(told, "death", "within") == [1, 1]


def test_an_event_that_tells_that_somebody_was_still_observed_is_not_lost() -> None:
    """Followed, last seen on day 300: what began in the third year after enrolment began under observation."""
    people = [one(event(CODE, "ae-001", ae_start={"years": 3}, aesi_category=0), end=300)]
    assert counts(of(people, "adverse_overall"), "enrolled", "any") == [1, 1]
    assert counts(of(people, "events_counted"), "adverse_event", "perhaps") == [1, 1]


def test_every_event_that_came_stands_in_one_line() -> None:
    events = [
        event(CODE, "ae-001", ae_start=-5, aesi_category=0),
        event(CODE, "ae-002", ae_start={"months": 0}, aesi_category=0),
        event(CODE, "ae-003", aesi_category=0),
        event(CODE, "ae-004", ae_start=20, aesi_category=0),
    ]
    enrolled, failed = one(*events), replace(one(*events, outcome=2), code="P03-0002-X")
    open_one = replace(enrolled, enrolled=None, code="P03-0001-X")
    told = of([enrolled, failed, open_one], "events_counted")
    lines = ("received", "not_enrolled", "enrolment_unknown", "before", "within", "perhaps", "after")
    found = [counts(told, "adverse_event", line) for line in lines]
    assert found == [[12, 3], [4, 1], [4, 1], [1, 1], [1, 1], [2, 1], [0, 0]]
    assert counts(of([enrolled], "adverse_overall"), "enrolled", "any") == [3, 1]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("cardiovascular", ["category_unknown", "mace_unknown"]),
        ("neoplasms", ["category_unknown"]),
        ("hypersensitivity", ["category_unknown"]),
        ("infections", ["category_unknown"]),
        ("adverse_overall", ["fatal_unknown", "stopped_unknown", "interrupted_unknown"]),
    ],
)
def test_what_is_not_known_of_an_event_is_told_and_is_not_no(name: str, lines: list[str]) -> None:
    people = [one(event(CODE, "ae-001", ae_start=5), event(CODE, "ae-002", ae_start=5, aesi_category=0))]
    for line in lines:
        of_none = 1 if "category" in line or line == "mace_unknown" else 2
        assert counts(of(people, name), "enrolled", line) == [of_none, 1], line


@pytest.mark.parametrize(
    ("answers", "fatal"),
    [
        ({"outcome": 5, "ser_death": 1}, "fatal"),
        ({"outcome": 0, "ser_death": 0}, None),
        ({"outcome": 0}, "fatal_unknown"),
        ({"outcome": 0, "ser_death": 1}, "fatal_unknown"),
        ({"ser_death": 0}, None),
        ({"outcome": 2, "ser_death": 1}, None),
    ],
)
def test_fatal_is_the_outcome_and_an_outcome_not_known_leaves_it_open(
    answers: dict[str, Any], fatal: str | None
) -> None:
    found = of([one(event(CODE, "ae-001", ae_start=5, aesi_category=0, **answers))], "adverse_overall")
    assert {line for line in ("fatal", "fatal_unknown") if counts(found, "enrolled", line)[0]} == (
        {fatal} if fatal else set()
    )


def test_flares_tell_of_subjects_whose_enrolment_is_not_known() -> None:
    enrolled = one()
    open_one = replace(enrolled, enrolled=None, code="P03-0001-X")
    notes = " ".join(note.en for note in of([enrolled, open_one], "flares").notes)
    assert "Subjects whose enrolment is not known, left out: 1." in notes


def test_of_a_long_list_people_read_what_occurred_and_programs_all_of_it() -> None:
    people = [one(event(CODE, "ae-001", ae_start=5, ae_system=12))]
    section = Section("x", Label("x", "x"), (of(people, "adverse_system"), of(people, "adverse_outcome")))
    whole = Contents((), (section,))
    for contents, systems in ((whole, 24), (as_read(whole), 2)):
        system, outcome = contents.tables()
        assert [row.heads[1].name for row in system.rows[:systems]].count("ae_system_12") == 1
        assert (len(system.rows), len(outcome.rows)) == (2 * systems, 2 * 7)
    assert any("not shown" in note.en for note in whole.sections[0].tables[0].notes)


def test_the_data_set_and_the_printed_report_count_the_same_events() -> None:
    events = [
        event(CODE, "ae-001", ae_start=-40, aesi_category=4, cv_type=2, ser_death=1),
        event(CODE, "ae-002", ae_start=40, aesi_category=4, cv_type=2, ser_death=1),
        event(CODE, "ae-003", ae_start={"years": 3}, ser_death=1),
        event(CODE, "hs-001", hs_admission=-9, hosp_reason=1),
        event(CODE, "hs-002", hs_admission=9, hosp_reason=1),
        event(CODE, "de-001", de_date=300),
    ]
    subject = subject_of(*events)
    told = {item.column.name: item.cell for item in course_variables(DEFINITIONS, "en")}
    row_of = course(subject)
    assert [told[name](row_of) for name in ("ae_n", "sae_n", "mace_n", "hosp_ae_n")] == [1, 1, 1, 1]
    kinds = {count.kind: count.events for count in report([subject]).events}
    assert (kinds["any"], kinds["serious"]) == (1, 1)
    assert counts(of([person(subject)], "adverse_overall"), "enrolled", "any") == [1, 1]
