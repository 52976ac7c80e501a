"""The course of a patient, line by line: what was made, what is due, what was missed and noted, what is dated how."""

from __future__ import annotations

from datetime import date

import pytest
from study_parts import DAY_0, TestClock, enrol, someone, type_in

from anifro_desktop.workflows import events, missed, patients, timeline, visits
from anifro_desktop.workflows.site import Site


@pytest.fixture
def subject(site: Site) -> str:
    """A woman enrolled on 4 March 2026, seen at baseline; today is 23 November."""
    code = enrol(site)
    opened = visits.open_visit(site, code, "baseline", DAY_0)
    visits.complete(site, opened)
    return code


def states(site: Site, subject: str) -> dict[str, str]:
    return {line.key: line.state for line in timeline.course(site, subject).lines}


def test_the_patients_own_forms_come_first_and_then_the_visits_by_date(site: Site, subject: str) -> None:
    visits.open_visit(site, subject, "unscheduled", date(2026, 5, 2))
    keys = [line.key for line in timeline.course(site, subject).lines]
    assert keys == ["", "history", "baseline", "u01", "m06", "m12"]


def test_a_visit_to_come_is_one_line_and_one_not_made_is_missed(site: Site, subject: str) -> None:
    assert states(site, subject) == {
        "": "signed",
        "history": "none",
        "baseline": "complete",
        "m06": "missed",
        "m12": "coming",
    }


def test_within_its_window_a_visit_is_due_and_after_its_target_overdue(
    site: Site, subject: str, clock: TestClock
) -> None:
    clock.moment = clock.moment.replace(month=8, day=20)
    assert states(site, subject)["m06"] == "due"
    clock.moment = clock.moment.replace(month=9, day=10)
    assert states(site, subject)["m06"] == "overdue"


def test_noting_a_visit_as_missed_takes_it_off_the_list_and_off_what_is_due(site: Site, subject: str) -> None:
    assert [(one.subject, one.key) for one in timeline.missed_visits(site)] == [(subject, "m06")]
    assert patients.patients(site)[0].due.state == "late"
    event = events.open_event(site, subject, missed.FORM)
    type_in(site, event, {missed.VISIT: missed.CODES["m06"]})
    assert states(site, subject)["m06"] == "excused"
    assert timeline.missed_visits(site) == []
    due = patients.patients(site)[0].due
    assert (due.visit, due.state) == ("m12", "coming")


def test_a_visit_made_too_late_says_so_and_the_planned_one_is_missed_all_the_same(
    site: Site, subject: str
) -> None:
    """Month 6, 47 days after its target: outside the window, so unscheduled."""
    visits.open_visit(site, subject, "m06", date(2026, 10, 21))
    lines = [one for one in timeline.course(site, subject).lines if one.key == "m06"]
    assert [(one.state, one.made, one.in_window, one.day) for one in lines] == [
        ("missed", False, None, None),
        ("draft", True, False, 231),
    ]
    assert [(one.subject, one.key) for one in timeline.missed_visits(site)] == [(subject, "m06")]
    type_in(site, events.open_event(site, subject, missed.FORM), {missed.VISIT: missed.CODES["m06"]})
    assert timeline.missed_visits(site) == []
    assert [one.state for one in timeline.course(site, subject).lines if one.key == "m06"] == [
        "excused",
        "draft",
    ]


def test_a_visit_in_the_window_serves_it_whatever_its_name(site: Site, subject: str) -> None:
    visits.open_visit(site, subject, "unscheduled", date(2026, 9, 8))
    assert "m06" not in states(site, subject)
    assert timeline.missed_visits(site) == []


def test_a_visit_made_too_early_is_one_line_until_the_window_has_closed(
    site: Site, subject: str, clock: TestClock
) -> None:
    clock.moment = clock.moment.replace(month=9, day=10)
    visits.open_visit(site, subject, "m06", date(2026, 7, 1))
    assert states(site, subject)["m06"] == "draft"
    assert timeline.missed_visits(site) == []
    clock.moment = clock.moment.replace(month=10, day=5)
    assert [one.key for one in timeline.missed_visits(site)] == ["m06"]


def test_results_that_are_unknown_are_not_nought(site: Site, subject: str) -> None:
    line = next(one for one in timeline.course(site, subject).lines if one.key == "baseline")
    assert line.scored
    assert (line.sledai, line.doris) == (None, None)


def test_events_come_latest_first_with_the_date_as_far_as_it_is_known(site: Site, subject: str) -> None:
    for typed in ("2025", "03/2026", "14/05/2026"):
        event = events.open_event(site, subject, "adverse_event")
        type_in(site, event, {"ae_verbatim": f"cefalea {typed}", "ae_start": typed})
    found = timeline.course(site, subject).events
    assert [(row.key, row.began) for row in found] == [
        ("ae-003", "14/05/2026"),
        ("ae-002", "03/2026"),
        ("ae-001", "2025"),
    ]
    assert found[0].title.it == "cefalea 14/05/2026"


def test_one_patient_is_read_as_in_the_list_of_all(site: Site, subject: str) -> None:
    other = enrol(site, someone(2, name="Altra"))
    rows = {row.subject: row for row in patients.patients(site)}
    assert patients.patients(site, subject) == [rows[subject]]
    assert timeline.course(site, other).row == rows[other]
