"""Changing what was signed: what gets a new version, what loses its signature, what is worked out anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from study_parts import (
    DAY_0,
    PASSPHRASE,
    TestClock,
    enrol,
    fill,
    opened_site,
    scores_of,
    signed,
    type_in,
    versions,
)

from anifro_desktop.store.errors import ReasonNeeded
from anifro_desktop.workflows import patients, visits
from anifro_desktop.workflows.errors import DateRefused
from anifro_desktop.workflows.model import OpenVisit
from anifro_desktop.workflows.site import Site

MONTH_6 = date(2026, 9, 3)
MONTH_12 = date(2026, 11, 10)  # early, yet after month 6


@pytest.fixture
def subject(site: Site) -> str:
    """A woman enrolled and first treated on 4 March 2026."""
    return enrol(site)


def amended(site: Site, opened: OpenVisit, **answers: Any) -> None:
    visits.amend(site, opened, 2)
    type_in(site, opened, answers)
    visits.complete(site, opened)


def test_an_amendment_leaves_the_visit_unsigned_and_the_signed_version_whole(
    site: Site, subject: str
) -> None:
    opened = signed(site, subject, "baseline", DAY_0)
    first = {item.form: item for item in site.clinical.revisions(subject, "baseline")}
    visits.amend(site, opened, 2, "laboratory corrected")
    assert opened.state == "amending"
    assert {item.form: item for item in site.clinical.revisions(subject, "baseline")} == first
    type_in(site, opened, {"temperature_c": "37"})
    visits.complete(site, opened)
    assert opened.state == "complete"
    # A temperature is in no score: only its own form has a new version.
    after = versions(site, subject, "baseline")
    assert {form for form, ver in after.items() if ver == 2} == {"vitals"}
    kept = site.clinical.revisions(subject, "baseline", latest=False)
    assert next(item for item in kept if item.form == "vitals") == first["vitals"]
    visits.sign(site, opened, "responsible", PASSPHRASE)
    assert all(item.signature for item in site.clinical.revisions(subject, "baseline"))


def test_a_change_of_a_laboratory_value_leaves_a_new_version_of_the_scores(site: Site, subject: str) -> None:
    opened = signed(site, subject, "baseline", DAY_0)
    amended(site, opened, platelets="90")
    changed = {form for form, ver in versions(site, subject, "baseline").items() if ver == 2}
    assert changed == {"laboratory", "visit_summary"}  # SLE-DAS counts platelets below 100
    site.clinical.revision(site.clinical.revisions(subject, "baseline", "laboratory")[0].id, 1)


def test_an_amended_visit_is_opened_with_its_drafts_over_the_signed_version(
    site_folder: Path, clock: TestClock
) -> None:
    site = opened_site(site_folder, clock)
    subject = enrol(site)
    opened = signed(site, subject, "baseline", DAY_0)
    visits.amend(site, opened, 1)
    type_in(site, opened, {"phga": "2"})
    site.close()
    site = opened_site(site_folder, clock)
    again = visits.open_visit(site, subject, "baseline", DAY_0)
    assert (again.state, again.session.completed) == ("amending", True)
    assert str(again.session.answers["phga"]) == "2"
    assert again.session.answers["rash"] == 1
    visits.complete(site, again)
    (phga,) = site.clinical.revisions(subject, "baseline", "phga")
    assert (phga.ver, phga.why) == (2, "1")
    site.close()


def test_a_draft_from_before_an_amendment_does_not_come_back(site: Site, subject: str) -> None:
    opened = signed(site, subject, "baseline", DAY_0)
    amended(site, opened, phga="2")
    visits.sign(site, opened, "responsible", PASSPHRASE)
    again = visits.open_visit(site, subject, "baseline", DAY_0)
    visits.amend(site, again, 1)
    assert str(again.session.answers["phga"]) == "2"
    later = visits.open_visit(site, subject, "baseline", DAY_0)
    assert str(later.session.answers["phga"]) == "2"


def test_a_corrected_date_moves_the_visit(site: Site, subject: str) -> None:
    opened = signed(site, subject, "m06", MONTH_6, 1)
    amended(site, opened, visit_date="2026-09-10")
    (row,) = patients.patients(site)
    assert [(item.key, item.date, item.day) for item in row.visits] == [("m06", date(2026, 9, 10), 190)]
    assert {item.day for item in site.clinical.revisions(subject, "m06")} == {190}


def test_a_visit_before_others_has_their_scores_written_again(site: Site, subject: str) -> None:
    baseline = signed(site, subject, "baseline", DAY_0)
    signed(site, subject, "m06", MONTH_6, 1)
    signed(site, subject, "m12", MONTH_12, 2)
    assert scores_of(site, subject, "m06")["lldas"]["value"] is True
    states = {row.key: row.state for row in site.clinical.visits(subject)}
    assert states == {"": "signed", "baseline": "signed", "m06": "signed", "m12": "signed"}
    # Alopecia was new at month 6 after all.
    amended(site, baseline, alopecia="0")
    lldas = scores_of(site, subject, "m06")["lldas"]
    assert (lldas["value"], lldas["parts"]["lldas_no_new"]) == (False, False)
    (summary,) = site.clinical.revisions(subject, "m06", "visit_summary")
    assert (summary.ver, summary.why, bool(summary.signature)) == (2, "recalculated", False)
    unchanged = {form: ver for form, ver in versions(site, subject, "m06").items() if form != "visit_summary"}
    assert set(unchanged.values()) == {1}
    assert versions(site, subject, "m12")["visit_summary"] == 1  # compared with month 6, where nothing moved
    states = {row.key: row.state for row in site.clinical.visits(subject)}
    assert states == {"": "signed", "baseline": "complete", "m06": "complete", "m12": "signed"}


def test_a_visit_made_late_comes_between_two_others(site: Site, subject: str) -> None:
    signed(site, subject, "baseline", DAY_0)
    signed(site, subject, "m12", MONTH_12, 2)
    (summary,) = site.clinical.revisions(subject, "m12", "visit_summary")
    assert summary.context == {"previous": "baseline", "baseline": "baseline", "damage": "baseline"}
    signed(site, subject, "m06", MONTH_6, 1)
    (summary,) = site.clinical.revisions(subject, "m12", "visit_summary")
    assert summary.context == {"previous": "m06", "baseline": "baseline", "damage": "baseline"}
    assert (summary.ver, summary.why) == (2, "recalculated")


def test_a_visit_moved_past_another_is_compared_with_it_and_it_with_the_one_before(
    site: Site, subject: str
) -> None:
    def compared(key: str) -> str:
        return site.clinical.revisions(subject, key, "visit_summary")[0].context["previous"]

    signed(site, subject, "baseline", DAY_0)
    moving = signed(site, subject, "m06", MONTH_6, 1)
    signed(site, subject, "unscheduled", date(2026, 9, 20), 2)
    assert (compared("m06"), compared("u01")) == ("baseline", "m06")
    amended(site, moving, visit_date="2026-10-01")
    assert (compared("m06"), compared("u01")) == ("u01", "baseline")
    amended(site, moving, visit_date="2026-09-03")
    assert (compared("m06"), compared("u01")) == ("baseline", "m06")


def test_a_visit_left_open_is_compared_with_what_was_completed_meanwhile(site: Site, subject: str) -> None:
    baseline = fill(site, subject, "baseline", DAY_0)
    month_6 = fill(site, subject, "m06", MONTH_6, 1)
    visits.complete(site, baseline)
    visits.complete(site, month_6)
    (summary,) = site.clinical.revisions(subject, "m06", "visit_summary")
    assert summary.context == {"previous": "baseline", "baseline": "baseline", "damage": "baseline"}
    assert scores_of(site, subject, "m06")["lldas"]["value"] is True


def test_a_reason_serves_one_amendment_only(site: Site, subject: str) -> None:
    opened = signed(site, subject, "baseline", DAY_0)
    amended(site, opened, phga="2")
    opened.session.set_text("phga", "1")
    with pytest.raises(ReasonNeeded):
        visits.complete(site, opened)


def test_the_enrolment_date_stands_once_visits_count_from_it(site: Site, subject: str) -> None:
    opened = patients.open_enrolment(site, subject)
    visits.amend(site, opened, 1)
    type_in(site, opened, {"enrolment_date": "2026-03-05"})
    patients.finish_enrolment(site, opened, PASSPHRASE)
    assert patients.patients(site)[0].enrolled == date(2026, 3, 5)
    visits.open_visit(site, subject, "baseline", date(2026, 3, 5))
    visits.amend(site, opened, 1)
    type_in(site, opened, {"enrolment_date": "2026-03-06"})
    with pytest.raises(DateRefused):
        patients.finish_enrolment(site, opened, PASSPHRASE)
    assert patients.patients(site)[0].enrolled == date(2026, 3, 5)


def test_signing_a_recalculated_visit_again_signs_what_is_new(site: Site, subject: str) -> None:
    baseline = signed(site, subject, "baseline", DAY_0)
    signed(site, subject, "m06", MONTH_6, 1)
    amended(site, baseline, alopecia="0")
    month_6 = visits.open_visit(site, subject, "m06", MONTH_6)
    visits.sign(site, month_6, "responsible", PASSPHRASE)
    assert all(item.signature for item in site.clinical.revisions(subject, "m06"))
    assert site.clinical.visit(month_6.id).state == "signed"
