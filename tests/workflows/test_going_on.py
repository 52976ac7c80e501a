"""Going on: the place where somebody was, and what is due for whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from study_parts import (
    DAY_0,
    PASSPHRASE,
    TestClock,
    all_absent,
    enrol,
    fill,
    opened_site,
    scores_of,
    signed,
    type_in,
    vector,
)

from anifro_desktop.workflows import patients, visits
from anifro_desktop.workflows.model import Place
from anifro_desktop.workflows.site import Site, opening

MONTH_6 = date(2026, 9, 3)


@pytest.fixture
def subject(site: Site) -> str:
    """A woman enrolled and first treated on 4 March 2026."""
    return enrol(site)


def totals(site: Site, subject: str, *keys: str) -> list[Any]:
    return [scores_of(site, subject, key)["sledai2k"]["value"] for key in keys]


# Where one was


def test_the_place_of_an_unclean_end_is_named_and_opened_again(site_folder: Path, clock: TestClock) -> None:
    site = opened_site(site_folder, clock)
    subject = enrol(site)
    opened = visits.open_visit(site, subject, "baseline", DAY_0)
    type_in(site, opened, {"tjc28": 5, "wbc": "2,6"})
    saved_at = clock.moment
    clock.forward(minutes=7)
    # The process ends here: files and lock are let go of, the visit is not put aside.
    site.clinical.close()
    site.identities.close()  # type: ignore[union-attr]
    site.lock.release()
    site = opened_site(site_folder, clock)
    found = opening(site).recovered
    assert found is not None
    assert found.place == Place(subject, "baseline", "laboratory", "wbc")
    assert found.fields == 4  # with the date and the planned visit
    assert found.when == saved_at
    again = visits.open_visit(site, subject, "baseline", DAY_0)
    assert again.recovered == found
    assert again.place == found.place
    site.close()


def test_nothing_is_recovered_after_a_clean_end(site_folder: Path, clock: TestClock) -> None:
    site = opened_site(site_folder, clock)
    subject = enrol(site)
    type_in(site, visits.open_visit(site, subject, "baseline", DAY_0), {"tjc28": 5})
    site.close()
    site = opened_site(site_folder, clock)
    assert opening(site).recovered is None
    again = visits.open_visit(site, subject, "baseline", DAY_0)
    assert again.recovered is None
    assert again.place == Place(subject, "baseline", "joints", "tjc28")
    site.close()


# What is due


@pytest.mark.parametrize(
    ("today", "visit", "state", "days_late"),
    [
        (date(2026, 3, 4), "baseline", "due", 0),
        (date(2026, 3, 5), "baseline", "late", 1),
        (date(2026, 8, 4), "baseline", "late", 153),
        (date(2026, 8, 5), "m06", "due", 0),
        (date(2026, 10, 4), "m06", "due", 0),
        (date(2026, 10, 5), "m06", "late", 1),
    ],
)
def test_what_is_due_follows_the_calendar(
    today: date, visit: str, state: str, days_late: int, site: Site, clock: TestClock, subject: str
) -> None:
    clock.moment = clock.moment.replace(year=today.year, month=today.month, day=today.day)
    (row,) = patients.patients(site)
    assert row.due is not None
    assert (row.due.visit, row.due.state, row.due.days_late) == (visit, state, days_late)


def test_after_a_visit_the_next_one_is_coming_and_a_draft_is_said_to_be_one(site: Site, subject: str) -> None:
    signed(site, subject, "baseline", DAY_0)
    opened = fill(site, subject, "m06", MONTH_6, 1)
    (row,) = patients.patients(site)
    assert row.due is not None
    assert (row.due.visit, row.due.state, row.draft) == ("m06", "draft", "m06")
    visits.sign(site, opened, "responsible", PASSPHRASE)
    (row,) = patients.patients(site)
    assert row.due is not None
    assert (row.due.visit, row.due.state, row.draft) == ("m12", "coming", None)
    assert (row.sledai, row.pred_eq, row.doris, row.lldas) == ((14.0, 4.0), 5.0, False, True)


def test_the_list_of_patients_shows_unknown_scores_as_unknown(site: Site, subject: str) -> None:
    opened = visits.open_visit(site, subject, "baseline", DAY_0)
    visits.sign(site, opened, "responsible", PASSPHRASE)
    (row,) = patients.patients(site)
    assert (row.sledai, row.pred_eq, row.doris, row.lldas) == ((None,), None, None, None)


def test_the_whole_course_of_the_synthetic_patient(site: Site) -> None:
    subject = enrol(site, consent_date="2023-03-04", enrolment_date="2023-03-04")
    dates = [date.fromisoformat(item["date"]) for item in vector("v3")["visits"]]
    keys = ("baseline", "m06", "m12", "m24")
    for number, (key, on) in enumerate(zip(keys, dates, strict=True)):
        signed(site, subject, key, on, number)
    assert totals(site, subject, *keys) == [14, 4, 2, 10]
    states = [scores_of(site, subject, key)["lldas"]["value"] for key in keys]
    assert states == [False, True, True, False]
    assert replace(patients.patients(site)[0], visits=()).sledai == (14.0, 4.0, 2.0, 10.0)


def test_all_remaining_absent_is_saved_with_its_note(site: Site, subject: str) -> None:
    opened = visits.open_visit(site, subject, "baseline", DAY_0)
    all_absent(site, opened, "sledai2k")
    entries = {entry.field: entry for entry in site.clinical.draft(opened.id)}
    assert entries["seizure"].value_json == 0
    assert entries["seizure"].note_json == {"kind": "all_absent", "reason": None, "text": ""}
