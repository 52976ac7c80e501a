"""Day 0 follows the doses on record: the windows, the visit that is baseline, and what the centre counts from."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from event_acts import DOSE, begun, completed
from study_parts import DAY_0, ENROLMENT, PASSPHRASE, Pisa, enrol, scores_of, sent_records, signed, type_in

from anifro_desktop.workflows import entering, mistakes, patients, sending, timeline, visits
from anifro_desktop.workflows.site import Site

APRIL = date(2026, 4, 10)


def first_dose(site: Site, subject: str) -> date | None:
    return site.clinical.subject(subject).first_dose


def given(site: Site, subject: str, on: date, **other: Any) -> str:
    return completed(site, subject, "administration", **(DOSE | {"ad_date": on.isoformat()} | other)).key


def baseline_of(site: Site, subject: str, visit: str) -> str | None:
    """The visit that another one's results are compared with."""
    (summary,) = site.clinical.revisions(subject, visit, "visit_summary")
    return summary.context.get("baseline")


# The first dose


def test_the_first_dose_of_a_candidate_is_day_0_of_the_windows(site: Site, subject: str) -> None:
    assert first_dose(site, subject) is None
    given(site, subject, APRIL)
    assert first_dose(site, subject) == APRIL
    line = next(one for one in timeline.course(site, subject).lines if one.key == "m06")
    assert line.window is not None
    assert line.window.target == date(2026, 10, 10)
    choices = {one.key: one for one in visits.visit_choices(site, subject, date(2026, 10, 10))}
    assert choices["m06"].proposed


def test_only_a_completed_dose_that_was_given_counts_and_the_earliest_of_them(
    site: Site, subject: str
) -> None:
    begun(site, subject, "administration", **(DOSE | {"ad_date": "2026-03-10"}))
    given(site, subject, date(2026, 3, 20), ad_given=0, ad_reason=8)
    assert first_dose(site, subject) is None
    given(site, subject, APRIL)
    given(site, subject, date(2026, 4, 2), ad_given=2, ad_reason=8)
    assert first_dose(site, subject) == date(2026, 4, 2)


def test_what_the_enrolment_states_goes_before_what_is_recorded(site: Site) -> None:
    stated = enrol(site, first_dose_date=DAY_0.isoformat())
    given(site, stated, APRIL)
    assert first_dose(site, stated) == DAY_0


def test_a_dose_amended_or_declared_a_mistake_moves_day_0(site: Site, subject: str) -> None:
    first = given(site, subject, APRIL)
    later = given(site, subject, date(2026, 5, 8))
    opened = visits.open_visit(site, subject, first, APRIL)
    visits.amend(site, opened, 1)
    type_in(site, opened, {"ad_date": "2026-04-12"})
    assert first_dose(site, subject) == APRIL  # until the amendment is complete
    visits.complete(site, opened)
    assert first_dose(site, subject) == date(2026, 4, 12)
    mistakes.void(site, subject, first, 1, "", PASSPHRASE)
    assert first_dose(site, subject) == date(2026, 5, 8)
    mistakes.void(site, subject, later, 1, "", PASSPHRASE)
    assert first_dose(site, subject) is None


def test_an_enrolment_amended_moves_day_0(site: Site) -> None:
    subject = enrol(site, incl_anifrolumab="2", first_dose_date="2026-03-01", first_dose_route="1")
    opened = patients.open_enrolment(site, subject)
    visits.amend(site, opened, 1)
    type_in(site, opened, {"first_dose_date": "2026-02-27"})
    visits.complete(site, opened)
    assert first_dose(site, subject) == date(2026, 2, 27)


def test_the_centre_learns_day_0_of_the_dose(site: Site, subject: str, pisa: Pisa, stick: Path) -> None:
    def day_zero() -> object:
        sent = sending.export(site, stick)
        records = sent_records(pisa.open((stick / sent.name).read_bytes(), site))
        return next(item.values["day0_day"] for item in records if item.form == "schedule")

    assert day_zero() == 0
    given(site, subject, APRIL)
    assert day_zero() == 37


def test_a_visit_file_with_the_first_dose_names_its_visits_by_it(site: Site) -> None:
    criteria = {name: int(value) for name, value in ENROLMENT.items() if name.startswith(("sex", "incl_"))}
    dates = {"consent_date": "2026-03-04", "enrolment_date": "2026-03-04"}
    person = {"surname": "Sintetica", "name": "Prova", "birth_date": "1991-05-20", "hospital_number": "SYN1"}
    dose = {**DOSE, "ad_date": "2026-04-10", "ad_dose_mg": 300}
    content = {
        "format": "anifro-visit/1",
        "identity": person,
        "enrolment": {**dates, **criteria},
        "events": [{"form": "administration", "answers": dose, "sign": True}],
        "visits": [{"date": "2026-10-20", "answers": {"rash": 0}, "sign": False}],
    }
    entered = entering.enter(site, json.dumps(content).encode(), PASSPHRASE)
    assert [item.visit for item in entered.visits] == ["m06"]  # from the enrolment, October would be too late
    assert first_dose(site, entered.subject) == APRIL


# Baseline


@pytest.fixture
def treated(site: Site) -> str:
    """A woman enrolled on 4 March 2026, five months after her first dose."""
    answers = ENROLMENT | {"incl_anifrolumab": "2", "first_dose_date": "2025-10-04", "first_dose_route": "1"}
    return enrol(site, **answers)


def test_a_visit_months_into_treatment_is_no_baseline_whatever_its_name(site: Site, treated: str) -> None:
    signed(site, treated, "baseline", DAY_0)
    signed(site, treated, "m12", date(2026, 10, 4), 1)
    assert baseline_of(site, treated, "m12") is None
    parts = scores_of(site, treated, "m12")["prednisone"]["parts"]
    assert parts["stop_denominator"] is None


def test_baseline_is_the_last_visit_up_to_the_first_dose_and_moves_with_it(site: Site, subject: str) -> None:
    signed(site, subject, "baseline", DAY_0)
    signed(site, subject, "unscheduled", date(2026, 3, 30))
    signed(site, subject, "m06", date(2026, 9, 8), 1)
    assert baseline_of(site, subject, "u01") == "baseline"
    assert baseline_of(site, subject, "m06") == "baseline"
    given(site, subject, APRIL)
    assert baseline_of(site, subject, "m06") == "u01"
    assert baseline_of(site, subject, "u01") is None
    states = {row.key: row.state for row in site.clinical.visits(subject)}
    assert states["m06"] == "complete"  # what is scored again waits for a signature


def test_a_baseline_declared_a_mistake_leaves_the_visit_before_it(site: Site, subject: str) -> None:
    signed(site, subject, "unscheduled", date(2026, 2, 20))
    signed(site, subject, "baseline", DAY_0)
    signed(site, subject, "m06", date(2026, 9, 8), 1)
    assert baseline_of(site, subject, "m06") == "baseline"
    mistakes.void(site, subject, "baseline", 1, "", PASSPHRASE)
    assert baseline_of(site, subject, "m06") == "u01"
