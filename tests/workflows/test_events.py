"""Events, the history and the classification: begun, saved, completed, signed and amended like visits."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from event_acts import DOSE, NOT_SERIOUS, ZOSTER, begun, completed, signed_event, state
from study_parts import (
    DAY_0,
    PASSPHRASE,
    Pisa,
    TestClock,
    dump,
    enrol,
    fill,
    open_site,
    opened_site,
    sent_records,
    type_in,
    versions,
)

from anifro_desktop.store.doorplate import User
from anifro_desktop.store.errors import NotDraft, ReasonNeeded
from anifro_desktop.store.staff import add_user
from anifro_desktop.store.vault import FLOOR
from anifro_desktop.workflows import checking, events, patients, sending, visits
from anifro_desktop.workflows.errors import DateRefused, NotYourRole, UnknownVisit
from anifro_desktop.workflows.exchange_errors import NothingToSend
from anifro_desktop.workflows.site import Site, opening

MONTH_6 = date(2026, 9, 3)


@pytest.fixture
def subject(site: Site) -> str:
    """A woman enrolled on 4 March 2026."""
    return enrol(site)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


# From the first key to the signature


def test_an_event_is_numbered_titled_and_ordered_by_when_it_began(site: Site, subject: str) -> None:
    begun(site, subject, "adverse_event", **NOT_SERIOUS)
    begun(site, subject, "adverse_event", **ZOSTER)
    begun(site, subject, "adverse_event")
    rows = events.events(site, subject)
    assert [(row.key, row.title.it, row.began) for row in rows] == [
        ("ae-003", "", ""),
        ("ae-001", "Raffreddore", "02/10/2026"),
        ("ae-002", "Herpes zoster", "20/09/2026"),
    ]


def test_an_event_is_completed_signed_and_amended_with_a_reason(site: Site, subject: str) -> None:
    opened = completed(site, subject, "adverse_event", **ZOSTER)
    row = site.clinical.visit(opened.id)
    assert (row.state, row.date) == ("complete", date(2026, 9, 20))
    with pytest.raises(NotDraft):
        type_in(site, opened, {"ae_grade": 4})
    with pytest.raises(ReasonNeeded):
        visits.complete(site, opened)
    opened = events.go_on(site, subject, "ae-001")
    visits.sign(site, opened, "responsible", PASSPHRASE)
    visits.amend(site, opened, 3, "discharged")
    type_in(site, opened, {"ae_start": "2026-09-18"})
    visits.complete(site, opened)
    (form,) = site.clinical.revisions(subject, "ae-001")
    assert (form.ver, form.why, form.day, form.signature) == (2, "3", None, {})
    assert site.clinical.visit(opened.id).date == date(2026, 9, 18)
    visits.sign(site, opened, "responsible", PASSPHRASE)
    assert state(site, subject, "ae-001") == "signed"
    assert checking.verify(site) == []


@pytest.mark.parametrize("cleared", ["", {"missing": "not_known"}])
def test_an_event_whose_date_is_taken_back_has_none(cleared: object, site: Site, subject: str) -> None:
    opened = completed(site, subject, "hospitalisation", hs_admission="2026-09-20", hosp_reason=1)
    assert site.clinical.visit(opened.id).date == date(2026, 9, 20)
    completed(site, subject, "hospitalisation", hs_admission="2026-09-22", hosp_reason=1)
    opened = events.go_on(site, subject, opened.key)
    visits.amend(site, opened, 3, "not the day of admission")
    type_in(site, opened, {"hs_admission": cleared})
    visits.complete(site, opened)
    assert site.clinical.visit(opened.id).date is None
    assert [row.key for row in events.events(site, subject)] == ["hs-001", "hs-002"]  # the undated on top
    visits.amend(site, opened, 3, "now known")
    type_in(site, opened, {"hs_admission": "2026-09-21"})
    visits.complete(site, opened)
    assert site.clinical.visit(opened.id).date == date(2026, 9, 21)
    assert [row.key for row in events.events(site, subject)] == ["hs-002", "hs-001"]
    assert checking.verify(site) == []


def test_a_visit_keeps_its_day_while_its_date_is_open(site: Site, subject: str) -> None:
    opened = fill(site, subject, "baseline", DAY_0)
    visits.complete(site, opened)
    visits.amend(site, opened, 3)
    type_in(site, opened, {"visit_date": ""})
    visits.complete(site, opened)
    assert site.clinical.visit(opened.id).date == DAY_0


def test_an_event_that_cannot_be_is_refused_and_not_begun(site_folder: Path, clock: TestClock) -> None:
    site = opened_site(site_folder, clock)
    add_user(site_folder, site.keys, User("U03", "Prova", ("monitor",)), PASSPHRASE, cost=FLOOR)
    subject, screening = enrol(site), patients.start_enrolment(site).subject
    before = dump(site)
    for refusal, who, form in (
        (UnknownVisit, subject, "vitals"),
        (DateRefused, screening, "adverse_event"),
    ):
        with pytest.raises(refusal):
            events.open_event(site, who, form)
    with pytest.raises(UnknownVisit):
        events.go_on(site, subject, "ae-001")
    assert dump(site) == before
    site.close()
    monitor = open_site(site_folder, clock, "U03")
    for act in (
        lambda: events.open_event(monitor, subject, "adverse_event"),
        lambda: visits.open_history(monitor, subject),
    ):
        with pytest.raises(NotYourRole):
            act()
    assert monitor.clinical.events() == ()
    monitor.close()


def test_an_event_left_open_at_a_power_cut_is_the_place_to_go_on(site_folder: Path, clock: TestClock) -> None:
    site = opened_site(site_folder, clock)
    subject = enrol(site)
    begun(site, subject, "adverse_event", ae_grade=2)
    # The process ends here: files and lock are let go of, the event is not put aside.
    site.clinical.close()
    site.identities.close()  # type: ignore[union-attr]
    site.lock.release()
    site = opened_site(site_folder, clock)
    recovered = opening(site).recovered
    assert recovered is not None
    assert (recovered.place.visit, recovered.place.field, recovered.fields) == ("ae-001", "ae_grade", 1)
    again = visits.open_visit(site, subject, recovered.place.visit, site.today())
    assert again.session.answers["ae_grade"] == 2
    site.close()


def test_the_history_is_begun_once_and_signed(site: Site, subject: str) -> None:
    opened = visits.open_history(site, subject)
    type_in(site, opened, {"hx_diagnosis_date": "2016", "hx_ethnicity": 1})
    visits.sign_confirmed(site, opened, "responsible")
    again = visits.open_history(site, subject)
    assert (again.id, again.state, again.key) == (opened.id, "signed", "history")
    assert versions(site, subject, "history") == {"history": 1}
    assert patients.patients(site)[0].visits == ()


def test_there_is_no_history_before_the_enrolment_is_finished(site: Site) -> None:
    begun_only = patients.start_enrolment(site).subject
    with pytest.raises(DateRefused):
        visits.open_history(site, begun_only)


def test_the_classification_stands_with_the_enrolment_and_is_amended_alone(site: Site, subject: str) -> None:
    assert versions(site, subject, "") == {"classification": 1, "enrolment": 1}
    opened = patients.open_enrolment(site, subject)
    visits.amend(site, opened, 2)
    type_in(site, opened, {"cl_alopecia": 1})
    patients.finish_enrolment(site, opened, PASSPHRASE)
    assert versions(site, subject, "") == {"classification": 2, "enrolment": 1}
    assert all(item.signature for item in site.clinical.revisions(subject, ""))


# The regimen of a dose


def test_the_regimen_of_a_dose_is_that_of_the_last_one_completed(site: Site, subject: str) -> None:
    first = begun(site, subject, "administration", ad_date="2026-03-04", **DOSE)
    assert first.session.previous is None
    assert (
        events.open_event(site, subject, "administration").session.previous is None
    )  # the first is still a draft
    visits.complete(site, first)
    completed(site, subject, "administration", ad_date="2026-05-01", **{**DOSE, "ad_dose_mg": "150"})
    opened = events.open_event(site, subject, "administration")
    previous = opened.session.previous
    assert previous is not None
    assert (previous.key, previous.date) == ("ad-003", date(2026, 5, 1))
    opened.session.set_text("ad_given", "1")
    opened.session.same_section("administration", "regimen")
    assert str(opened.session.answers["ad_dose_mg"]) == "150"
    assert opened.session.notes["ad_dose_mg"].kind == "unchanged"
    assert "ad_date" not in opened.session.answers  # no day is given by itself
    earlier = events.go_on(site, subject, "ad-003").session.previous
    assert earlier is not None
    assert earlier.key == "ad-001"


def test_an_adverse_event_knows_the_last_dose(site: Site, subject: str) -> None:
    begun(site, subject, "administration", ad_date="2026-08-24", **DOSE)
    begun(site, subject, "administration", ad_date="2026-09-21", ad_given=0)
    assert events.open_event(site, subject, "adverse_event").session.subject.last_dose == date(2026, 8, 24)


# Optional and early visits


def test_optional_visits_are_offered_in_their_windows_and_never_due(site: Site, subject: str) -> None:
    choices = visits.visit_choices(site, subject, date(2026, 6, 10))
    assert [item.key for item in choices if item.proposed] == ["m03"]
    assert [item.key for item in choices][-2:] == ["early", "unscheduled"]
    opened = visits.open_visit(site, subject, "m03", date(2026, 6, 10))
    assert opened.session.answers["visit_planned"] == 3
    (row,) = patients.patients(site)
    assert [(item.key, item.in_window) for item in row.visits] == [("m03", True)]
    assert row.due is not None
    assert row.due.visit == "m06"  # what is due is a planned visit


def test_the_visit_at_early_termination_is_made_once(site: Site, subject: str) -> None:
    opened = visits.open_visit(site, subject, "early", MONTH_6)
    assert (opened.key, opened.session.answers["visit_planned"]) == ("early", 98)
    assert "early" not in [item.key for item in visits.visit_choices(site, subject, MONTH_6)]
    with pytest.raises(UnknownVisit):
        visits.open_visit(site, subject, "m02", MONTH_6)


# Sending


def test_a_signed_event_leaves_and_its_dates_as_days(
    site: Site, subject: str, pisa: Pisa, stick: Path
) -> None:
    signed_event(site, subject, "administration", ad_date="2026-03-05", **DOSE)
    opened = pisa.open((stick / sending.export(site, stick).name).read_bytes(), site)
    (dose,) = [item for item in sent_records(opened) if item.visit == "ad-001"]
    assert (dose.form, dose.values["ad_date"], dose.values["ad_dose_mg"]) == ("administration", 1, "300")
    assert "ad_batch" not in dose.values
    assert "L123" not in str(opened.lines)


def test_what_of_an_event_stays_is_named(site: Site, subject: str, stick: Path) -> None:
    sending.export(site, stick)
    begun(site, subject, "adverse_event", ae_grade=2)
    completed(site, subject, "adverse_event", **NOT_SERIOUS)
    held = [(item.visit, item.why, item.forms) for item in sending.preview(site).held_back]
    assert sorted(held) == [("ae-001", "draft", 1), ("ae-002", "unsigned", 1)]
    with pytest.raises(NothingToSend):
        sending.export(site, stick)


def test_a_serious_event_leaves_when_complete_and_its_signature_follows(
    site: Site, subject: str, pisa: Pisa, stick: Path
) -> None:
    sending.export(site, stick)
    opened = begun(site, subject, "adverse_event", **ZOSTER)
    assert sending.preview(site).leaving == ()  # a draft stays, however serious
    visits.complete(site, opened)
    (ahead,) = sending.preview(site).leaving
    assert (ahead.records, ahead.unsigned) == ((("ae-001", "adverse_event", 1),), 1)
    assert sending.preview(site).held_back == ()
    (left,) = sent_records(pisa.open((stick / sending.export(site, stick).name).read_bytes(), site))
    assert (left.ver, left.signature, left.values["ser_hospitalisation"]) == (1, {}, 1)
    visits.sign(site, opened, "responsible", PASSPHRASE)
    (left,) = sent_records(pisa.open((stick / sending.export(site, stick).name).read_bytes(), site))
    assert (left.ver, left.why, left.signature["meaning"]) == (2, "signed", "responsible")
    assert left.values["ser_hospitalisation"] == 1
    assert sending.preview(site).leaving == ()
    assert checking.verify(site) == []


def test_a_serious_event_signed_before_it_was_sent_has_one_version(
    site: Site, subject: str, stick: Path
) -> None:
    opened = completed(site, subject, "adverse_event", **ZOSTER)
    visits.sign(site, opened, "responsible", PASSPHRASE)
    assert versions(site, subject, "ae-001") == {"adverse_event": 1}
    assert sum(item.unsigned for item in sending.preview(site).leaving) == 0


def test_a_visit_that_waits_for_its_signature_is_not_taken_along(
    site: Site, subject: str, stick: Path
) -> None:
    visits.complete(site, fill(site, subject, "baseline", DAY_0))
    completed(site, subject, "adverse_event", **ZOSTER)
    keys = {visit for item in sending.preview(site).leaving for visit, _, _ in item.records}
    assert keys == {"", "ae-001"}
