"""A visit from opening to signature: drafts, revisions, reasons, signatures, and what an amendment sets in motion."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from study_parts import (
    DAY_0,
    PASSPHRASE,
    PERSON,
    TestClock,
    all_absent,
    dump,
    enrol,
    fill,
    open_site,
    opened_site,
    scores_of,
    signed,
    type_in,
    vector,
    versions,
)

from anifro_desktop.record import Missing
from anifro_desktop.store.doorplate import User
from anifro_desktop.store.errors import NotDraft, ReasonNeeded, WrongPassphrase
from anifro_desktop.store.vault import FLOOR, add_user
from anifro_desktop.workflows import checking, patients, visits
from anifro_desktop.workflows.desk import visit_forms
from anifro_desktop.workflows.errors import DateRefused, NotReady, NotYourRole, UnknownVisit
from anifro_desktop.workflows.model import OpenVisit, Place
from anifro_desktop.workflows.site import Site, opening

MONTH_6 = date(2026, 9, 3)
MONTH_12 = date(2026, 11, 10)  # early, yet after month 6


@pytest.fixture
def subject(site: Site) -> str:
    """A woman enrolled and first treated on 4 March 2026."""
    return enrol(site)


def totals(site: Site, subject: str, *keys: str) -> list[Any]:
    return [scores_of(site, subject, key)["sledai2k"]["value"] for key in keys]


# Opening


def test_the_visit_whose_window_holds_the_date_is_proposed(site: Site, subject: str) -> None:
    choices = visits.visit_choices(site, subject, date(2026, 9, 20))
    assert [item.key for item in choices] == [
        "baseline",
        "m06",
        "m12",
        "m24",
        "m36",
        "m48",
        "m60",
        "unscheduled",
    ]
    assert [item.key for item in choices if item.proposed] == ["m06"]
    month_6 = choices[1]
    assert (month_6.opens, month_6.closes) == (date(2026, 8, 5), date(2026, 10, 4))


@pytest.mark.parametrize(
    ("on", "proposed"),
    [
        (date(2026, 3, 4), "baseline"),
        (date(2026, 3, 5), "unscheduled"),
        (date(2026, 8, 4), "unscheduled"),
        (date(2026, 8, 5), "m06"),
        (date(2026, 10, 4), "m06"),
        (date(2026, 10, 5), "unscheduled"),
    ],
)
def test_windows_hold_their_first_and_their_last_day(
    on: date, proposed: str, site: Site, subject: str
) -> None:
    choices = visits.visit_choices(site, subject, on)
    assert [item.key for item in choices if item.proposed] == [proposed]


def test_a_visit_47_days_after_its_target_is_unscheduled(site: Site) -> None:
    # The delayed entry of the worked patient V4: months count from the first dose, days from the enrolment.
    subject = enrol(site, consent_date="2026-08-10", enrolment_date="2026-08-10", incl_anifrolumab="2",
                    first_dose_date="2026-03-10")  # fmt: skip
    on = date(2026, 10, 27)
    choices = visits.visit_choices(site, subject, on)
    month_6 = next(item for item in choices if item.key == "m06")
    assert month_6.opens is not None
    assert (on - month_6.opens).days == 47 + 30
    assert [item.key for item in choices if item.proposed] == ["unscheduled"]
    opened = visits.open_visit(site, subject, "unscheduled", on)
    assert opened.key == "u01"
    assert opened.session.answers["visit_planned"] == 99
    (row,) = [item for item in patients.patients(site) if item.subject == subject]
    assert [(item.key, item.day, item.in_window) for item in row.visits] == [("u01", 78, None)]


def test_unscheduled_visits_are_numbered(site: Site, subject: str) -> None:
    keys = [visits.open_visit(site, subject, "unscheduled", date(2026, 5, day)).key for day in (2, 9, 16)]
    assert keys == ["u01", "u02", "u03"]


def test_a_visit_that_exists_is_opened_again_not_made_again(site: Site, subject: str) -> None:
    first = visits.open_visit(site, subject, "m06", MONTH_6)
    again = visits.open_visit(site, subject, "m06", date(2026, 9, 10))
    assert again.id == first.id
    assert again.session.answers["visit_date"] == MONTH_6
    assert "m06" not in [item.key for item in visits.visit_choices(site, subject, MONTH_6)]


def test_a_visit_that_cannot_be_is_refused_and_not_made(site: Site, subject: str) -> None:
    screening = patients.start_enrolment(site).subject
    before = dump(site)
    for who, key, on, refusal in (
        (subject, "m7", MONTH_6, UnknownVisit),
        (subject, "u01", MONTH_6, UnknownVisit),
        (subject, "m06", date(2026, 11, 24), DateRefused),
        (screening, "baseline", DAY_0, DateRefused),
    ):
        with pytest.raises(refusal):
            visits.open_visit(site, who, key, on)
    with pytest.raises(DateRefused):
        visits.visit_choices(site, subject, date(2026, 11, 24))
    assert dump(site) == before


# Drafts


def test_a_draft_survives_closing_with_notes_and_what_was_not_understood(
    site_folder: Path, clock: TestClock
) -> None:
    site = opened_site(site_folder, clock)
    subject = enrol(site)
    opened = fill(site, subject, "baseline", DAY_0, phga="1,2,3", platelets={"missing": "not_done"})
    typed, scores = dict(opened.session.answers), dict(opened.session.scores)
    notes = dict(opened.session.notes)
    site.close()
    site = opened_site(site_folder, clock)
    again = visits.open_visit(site, subject, "baseline", DAY_0)
    assert dict(again.session.answers) == typed
    assert dict(again.session.notes) == notes
    assert dict(again.session.scores) == scores
    assert again.session.answers["platelets"] is Missing.NOT_DONE
    assert again.session.state("phga").raw_text == "1,2,3"
    assert not again.session.can_sign()
    assert not again.session.can_undo
    site.close()


def test_a_cleared_answer_stays_cleared(site_folder: Path, clock: TestClock) -> None:
    site = opened_site(site_folder, clock)
    subject = enrol(site)
    opened = visits.open_visit(site, subject, "baseline", DAY_0)
    type_in(site, opened, {"tjc28": 5})
    change = opened.session.clear("tjc28")
    visits.save_draft(site, opened, opened.session.entries(change.fields))
    site.close()
    site = opened_site(site_folder, clock)
    assert "tjc28" not in visits.open_visit(site, subject, "baseline", DAY_0).session.answers
    site.close()


def test_undo_goes_through_every_act_and_is_saved_like_an_act(site: Site, subject: str) -> None:
    opened = visits.open_visit(site, subject, "baseline", DAY_0)
    type_in(site, opened, {"tjc28": 5, "rash": 1, "phga": "1,8"})
    while (change := opened.session.undo()) is not None:
        visits.save_draft(site, opened, opened.session.entries(change.fields))
    left = {entry.field for entry in site.clinical.draft(opened.id) if entry.value_json is not None}
    assert left == {"visit_date", "visit_planned"}


# Completing and changing


def test_completing_writes_the_first_revision_of_every_form_with_the_scores(site: Site, subject: str) -> None:
    opened = fill(site, subject, "baseline", DAY_0)
    visits.complete(site, opened)
    assert opened.state == "complete"
    forms = visit_forms(site.definitions)
    assert versions(site, subject, "baseline") == dict.fromkeys(forms, 1)
    written = site.clinical.revisions(subject, "baseline")
    assert {item.form for item in written if item.scores} == {"visit_summary"}
    assert all(item.why == "first" and item.day == 0 and not item.signature for item in written)
    scores = scores_of(site, subject, "baseline")
    assert (scores["sledai2k"]["value"], scores["sledas"]["parts"]["score_2dp"]) == (14, "13.81")
    values = {name: value for item in written for name, value in item.values.items()}
    assert values["phga"] == "1.8"
    assert values["fever"] == 0
    assert "temperature_c" not in values  # not answered is not in the record at all


def test_completing_an_incomplete_visit_keeps_what_is_open_open(site: Site, subject: str) -> None:
    opened = visits.open_visit(site, subject, "baseline", DAY_0)
    type_in(site, opened, {"rash": 1})
    visits.complete(site, opened)
    score = scores_of(site, subject, "baseline")["sledai2k"]
    assert (score["value"], score["complete"], score["minimum"]) == (None, False, 2)


def test_completing_again_without_a_change_writes_nothing(site: Site, subject: str) -> None:
    opened = signed(site, subject, "baseline", DAY_0)
    before = dump(site)
    visits.amend(site, opened, 1)
    visits.complete(site, opened)
    assert versions(site, subject, "baseline") == dict.fromkeys(visit_forms(site.definitions), 1)
    assert dump(site)["revisions"] == before["revisions"]


def test_a_completed_visit_takes_no_draft(site: Site, subject: str) -> None:
    opened = fill(site, subject, "baseline", DAY_0)
    visits.complete(site, opened)
    change = opened.session.set_text("phga", "2")
    before = dump(site)
    with pytest.raises(NotDraft):
        visits.save_draft(site, opened, opened.session.entries(change.fields))
    assert dump(site) == before


def test_a_change_of_something_completed_needs_a_reason(site: Site, subject: str) -> None:
    opened = fill(site, subject, "baseline", DAY_0)
    visits.complete(site, opened)
    opened.session.set_text("phga", "2")
    before = dump(site)
    with pytest.raises(ReasonNeeded):
        visits.complete(site, opened)
    assert dump(site) == before
    visits.complete(site, opened, 1)
    (phga,) = site.clinical.revisions(subject, "baseline", "phga")
    assert (phga.ver, phga.why, phga.values["phga"]) == (2, "1", "2")


def test_the_words_of_a_reason_stand_in_the_trail_with_old_and_new(site: Site, subject: str) -> None:
    opened = signed(site, subject, "baseline", DAY_0)
    visits.amend(site, opened, 5, "read from the wrong line")
    type_in(site, opened, {"phga": "2"})
    visits.complete(site, opened)
    (phga,) = site.clinical.revisions(subject, "baseline", "phga")
    assert (phga.ver, phga.why, phga.why_text) == (2, "5", "read from the wrong line")
    told = [item.entry for item in site.clinical.audit_entries(record=phga.id, field="phga")]
    assert [(item.old, item.new) for item in told] == [(None, "1.8"), ("1.8", "2")]
    assert "read from the wrong line" in told[-1].reason
    assert {item.user for item in told} == {PERSON.code}


# Signing


def test_a_signature_is_bound_to_each_form(site: Site, subject: str) -> None:
    opened = signed(site, subject, "baseline", DAY_0)
    assert opened.state == "signed"
    for item in site.clinical.revisions(subject, "baseline"):
        assert (item.signature["by"], item.signature["meaning"]) == (PERSON.code, "responsible")
        assert item.signature["digest"] == item.digest()
    assert checking.verify(site) == []


def test_a_wrong_passphrase_signs_nothing(site: Site, subject: str) -> None:
    opened = fill(site, subject, "baseline", DAY_0)
    before = dump(site)
    with pytest.raises(WrongPassphrase):
        visits.sign(site, opened, "responsible", "another passphrase")
    assert dump(site) == before
    assert opened.state == "draft"


def test_a_hard_problem_or_an_open_contradiction_is_not_signed(site: Site, subject: str) -> None:
    opened = fill(site, subject, "baseline", DAY_0, phga="7")
    with pytest.raises(NotReady):
        visits.sign(site, opened, "responsible", PASSPHRASE)
    type_in(site, opened, {"phga": "1,8", "thrombocytopenia": 0})  # platelets are 84
    with pytest.raises(NotReady):
        visits.sign(site, opened, "responsible", PASSPHRASE)
    assert versions(site, subject, "baseline") == {}
    change = opened.session.explain("thrombocytopenia", 4)
    visits.save_draft(site, opened, opened.session.entries(change.fields))
    visits.sign(site, opened, "responsible", PASSPHRASE)
    (form,) = site.clinical.revisions(subject, "baseline", "sledai2k")
    assert form.notes["thrombocytopenia"] == {"kind": "override", "reason": 4, "text": ""}


def test_the_reason_for_an_overridden_item_survives_closing(site_folder: Path, clock: TestClock) -> None:
    # As in V4: white cells 2.8, leukopenia absent because of a drug.
    site = opened_site(site_folder, clock)
    subject = enrol(site)
    opened = fill(site, subject, "baseline", DAY_0, wbc="2,8", leukopenia=0)
    change = opened.session.explain("leukopenia", 1)
    visits.save_draft(site, opened, opened.session.entries(change.fields))
    site.close()
    site = opened_site(site_folder, clock)
    again = visits.open_visit(site, subject, "baseline", DAY_0)
    assert again.session.can_sign()
    visits.sign(site, again, "responsible", PASSPHRASE)
    assert totals(site, subject, "baseline") == [13]
    site.close()


def test_a_person_who_enters_data_does_not_sign_send_or_see_more_than_that(
    site_folder: Path, clock: TestClock
) -> None:
    site = opened_site(site_folder, clock)
    add_user(site_folder, site.keys, User("U02", "Prova", ("data_entry",)), PASSPHRASE, cost=FLOOR)
    add_user(site_folder, site.keys, User("U03", "Prova", ("monitor",)), PASSPHRASE, cost=FLOOR)
    subject = enrol(site)
    site.close()

    entering = open_site(site_folder, clock, "U02")
    opened = fill(entering, subject, "baseline", DAY_0)
    visits.complete(entering, opened)
    with pytest.raises(NotYourRole):
        visits.sign(entering, opened, "responsible", PASSPHRASE)
    assert not any(item.signature for item in entering.clinical.revisions(subject, "baseline"))
    entering.close()

    monitor = open_site(site_folder, clock, "U03")
    assert monitor.identities is None
    assert [row.name for row in patients.patients(monitor)] == [""]
    assert patients.read_identity(monitor, subject) is None
    opened = visits.open_visit(monitor, subject, "baseline", DAY_0)
    before = dump(monitor)
    for act in (
        lambda: patients.start_enrolment(monitor),
        lambda: visits.open_visit(monitor, subject, "m06", MONTH_6),
        lambda: visits.save_draft(monitor, opened, opened.session.entries(["phga"])),
        lambda: visits.complete(monitor, opened, 1),
        lambda: visits.amend(monitor, opened, 1),
        lambda: visits.sign(monitor, opened, "reviewed", PASSPHRASE),
    ):
        with pytest.raises(NotYourRole):
            act()
    assert dump(monitor) == before
    monitor.close()


# Amending


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
    assert summary.context == {"previous": "baseline", "baseline": "baseline"}
    signed(site, subject, "m06", MONTH_6, 1)
    (summary,) = site.clinical.revisions(subject, "m12", "visit_summary")
    assert summary.context == {"previous": "m06", "baseline": "baseline"}
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
    assert summary.context == {"previous": "baseline", "baseline": "baseline"}
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
