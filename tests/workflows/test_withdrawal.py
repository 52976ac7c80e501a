"""The end of a patient's study: nothing after it, everything before it, and the centre learns of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from event_acts import DOSE, NOT_SERIOUS, ZOSTER, begun, completed, signed_event, state, withdrawal
from study_parts import (
    DAY_0,
    PASSPHRASE,
    Pisa,
    TestClock,
    enrol,
    fill,
    sent_records,
    signed,
    someone,
    type_in,
)

from anifro_desktop.commands.refusals import said
from anifro_desktop.workflows import checking, events, mistakes, patients, sending, visits
from anifro_desktop.workflows.errors import DateRefused, LaterEntries
from anifro_desktop.workflows.site import Site
from anifro_desktop.workflows.withdrawing import End, end_of

MONTH_6 = date(2026, 9, 3)
GONE = date(2026, 10, 10)
DEATH = {"de_date": GONE.isoformat(), "de_cause": 1, "de_related": 0, "de_ae": {"missing": "not_applicable"}}


@pytest.fixture
def subject(site: Site) -> str:
    """A woman enrolled and first treated on 4 March 2026."""
    return enrol(site, first_dose_date=DAY_0.isoformat())


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def gone(site: Site, subject: str, form: str = "withdrawal", on: date = GONE) -> None:
    """The patient withdraws, or dies."""
    completed(site, subject, form, **(withdrawal(on) if form == "withdrawal" else DEATH))


def standing(site: Site, subject: str) -> tuple[str, date | None, object]:
    row = next(item for item in patients.patients(site) if item.subject == subject)
    return row.status, row.ended, row.due


@pytest.mark.parametrize(("form", "status"), [("withdrawal", "withdrawn"), ("death", "dead")])
def test_completing_the_event_ends_the_study_for_the_patient(
    form: str, status: str, site: Site, subject: str
) -> None:
    begun(site, subject, form, **(withdrawal(GONE) if form == "withdrawal" else DEATH))
    assert standing(site, subject)[0] == "enrolled"  # a draft ends nothing
    gone(site, subject, form)
    assert standing(site, subject) == (status, GONE, None)
    assert end_of(site, subject) == End(status, GONE, "wd-002" if form == "withdrawal" else "de-002")


@pytest.mark.parametrize(("form", "status"), [("withdrawal", "withdrawn"), ("death", "dead")])
def test_an_end_whose_date_is_taken_back_stays_an_end(
    form: str, status: str, site: Site, subject: str
) -> None:
    gone(site, subject, form)
    key = "wd-001" if form == "withdrawal" else "de-001"
    opened = events.go_on(site, subject, key)
    visits.amend(site, opened, 3)
    type_in(site, opened, {"wd_date" if form == "withdrawal" else "de_date": ""})
    visits.complete(site, opened)
    assert standing(site, subject) == (status, GONE, None)


@pytest.mark.parametrize(("form", "status"), [("withdrawal", "withdrawn"), ("death", "dead")])
def test_nothing_after_it_is_opened_or_completed(form: str, status: str, site: Site, subject: str) -> None:
    gone(site, subject, form)
    after = GONE + timedelta(days=1)
    late = begun(site, subject, "adverse_event", **{**NOT_SERIOUS, "ae_start": after.isoformat()})
    moved = visits.open_visit(site, subject, "m06", GONE)
    type_in(site, moved, {"visit_date": after.isoformat()})
    acts: list[Callable[[], object]] = [
        lambda: visits.open_visit(site, subject, "unscheduled", after),
        lambda: visits.visit_choices(site, subject, after),
        lambda: visits.complete(site, late),
        lambda: visits.sign(site, late, "responsible", PASSPHRASE),
        lambda: visits.complete(site, moved),
    ]
    for act in acts:
        with pytest.raises(DateRefused) as refused:
            act()
        assert refused.value.params["why"] == status
    assert site.clinical.revisions(subject, "ae-001") == ()
    assert {state(site, subject, key) for key in ("ae-001", "m06")} == {"draft"}


def test_what_came_before_stays_and_may_still_be_completed_signed_and_amended(
    site: Site, subject: str
) -> None:
    signed_before = signed(site, subject, "baseline", DAY_0)
    draft = fill(site, subject, "m06", MONTH_6, 1)
    gone(site, subject)
    visits.sign(site, draft, "responsible", PASSPHRASE)
    visits.sign(site, visits.open_visit(site, subject, "unscheduled", GONE), "responsible", PASSPHRASE)
    signed_event(site, subject, "administration", ad_date="2026-09-25", **DOSE)
    visits.amend(site, signed_before, 1)
    type_in(site, signed_before, {"phga": "2"})
    visits.sign(site, signed_before, "responsible", PASSPHRASE)
    held = {row.key: row.state for row in site.clinical.visits(subject)}
    assert held == {"": "signed", "baseline": "signed", "m06": "signed", "u01": "signed"}
    assert checking.verify(site) == []


def test_a_date_known_to_its_month_is_after_only_if_all_its_days_are(site: Site, subject: str) -> None:
    gone(site, subject)
    completed(site, subject, "adverse_event", **{**NOT_SERIOUS, "ae_start": "10/2026"})
    late = begun(site, subject, "adverse_event", **{**NOT_SERIOUS, "ae_start": "11/2026"})
    with pytest.raises(DateRefused):
        visits.complete(site, late)


def test_what_lies_after_it_is_named_and_must_go_first(site: Site, subject: str) -> None:
    signed(site, subject, "m06", date(2026, 9, 3), 1)
    signed(site, subject, "unscheduled", date(2026, 10, 20), 2)
    begun(site, subject, "adverse_event", **{**NOT_SERIOUS, "ae_start": "2026-11-01"})
    completed(site, subject, "hospitalisation", hs_admission="2026-11-02")
    opened = begun(site, subject, "withdrawal", **withdrawal(GONE))
    with pytest.raises(LaterEntries) as refused:
        visits.sign(site, opened, "responsible", PASSPHRASE)
    assert set(refused.value.keys) == {"u01", "ae-001", "hs-001"}
    assert {name.it for name in refused.value.names} == {
        "Non programmata 1",
        "Evento avverso 1",
        "Ricovero 1",
    }
    for name in refused.value.names:
        assert name.en in str(refused.value)
        assert name.it in said(refused.value, "it")
    assert standing(site, subject)[0] == "enrolled"
    for key in refused.value.keys:
        mistakes.void(site, subject, key, 3, "", PASSPHRASE)
    visits.sign(site, opened, "responsible", PASSPHRASE)
    assert standing(site, subject) == ("withdrawn", GONE, None)
    assert [row.key for row in site.clinical.visits(subject)] == ["", "m06"]


def test_the_earlier_of_two_ends_counts(site: Site, subject: str) -> None:
    gone(site, subject)
    late = begun(site, subject, "death", **{**DEATH, "de_date": "2026-11-01"})
    with pytest.raises(DateRefused):  # after the withdrawal nothing is collected, not even this
        visits.complete(site, late)


def test_a_corrected_date_moves_the_end(site: Site, subject: str) -> None:
    opened = signed_event(site, subject, "withdrawal", **withdrawal(GONE))
    visits.amend(site, opened, 1)
    assert standing(site, subject)[0] == "withdrawn"  # it stands while it is amended
    type_in(site, opened, {"wd_date": "2026-11-20"})
    visits.complete(site, opened)
    assert standing(site, subject) == ("withdrawn", date(2026, 11, 20), None)
    visits.open_visit(site, subject, "unscheduled", date(2026, 11, 1))


def test_a_withdrawal_declared_a_mistake_opens_the_study_again(site: Site, subject: str) -> None:
    gone(site, subject)
    mistakes.void(site, subject, "wd-001", 1, "", PASSPHRASE)
    status, ended, due = standing(site, subject)
    assert (status, ended, due is not None) == ("enrolled", None, True)
    visits.open_visit(site, subject, "unscheduled", date(2026, 11, 1))


def test_amending_the_enrolment_does_not_bring_a_patient_back(site: Site, subject: str) -> None:
    gone(site, subject)
    opened = patients.open_enrolment(site, subject)
    visits.amend(site, opened, 1)
    type_in(site, opened, {"consent_version": "1.1"})
    row = patients.finish_enrolment(site, opened, PASSPHRASE)
    assert (row.status, row.ended) == ("withdrawn", GONE)


def test_loss_to_follow_up_and_a_new_consent_end_nothing(site: Site, subject: str) -> None:
    completed(site, subject, "lost", lo_last_contact=GONE.isoformat(), lo_attempts=3, lo_reason=1)
    completed(site, subject, "reconsent", rc_date=GONE.isoformat(), rc_version="2.0", rc_reason=1)
    assert standing(site, subject)[:2] == ("enrolled", None)
    visits.complete(site, fill(site, subject, "unscheduled", GONE + timedelta(days=5), 1))
    assert [row.form for row in events.events(site, subject)] == ["reconsent", "lost"]


def test_the_awkward_patient_withdraws_on_day_400_and_the_centre_learns_of_it(
    site: Site, clock: TestClock, pisa: Pisa, stick: Path
) -> None:
    # V4: already treated for 5 months when enrolled; zoster on day 201 in hospital, consent withdrawn on day 400.
    first_dose = date(2026, 3, 4)
    day = {number: first_dose + timedelta(days=number) for number in (153, 201, 230, 400)}
    clock.forward(days=200)
    subject = enrol(
        site,
        someone(),
        consent_date=day[153].isoformat(),
        enrolment_date=day[153].isoformat(),
        first_dose_date=first_dose.isoformat(),
        incl_anifrolumab="2",
    )
    signed(site, subject, "unscheduled", day[230])
    completed(site, subject, "adverse_event", **{**ZOSTER, "ae_start": day[201].isoformat()})
    sending.export(site, stick)
    signed_event(site, subject, "withdrawal", **withdrawal(day[400]))
    with pytest.raises(DateRefused):
        visits.open_visit(site, subject, "m12", day[400] + timedelta(days=1))
    clock.forward(days=60)
    records = sent_records(pisa.open((stick / sending.export(site, stick).name).read_bytes(), site))
    by_form = {item.form: item for item in records}
    assert set(by_form) == {"withdrawal"}
    told = by_form["withdrawal"]
    assert (told.values["wd_date"], bool(told.signature)) == (400 - 153, True)
    # The window of month 12 has closed: he stays due at it, as one who did not reach what was looked for.
    (*_, schedule) = site.clinical.revisions(form="schedule")
    assert schedule.values["due_through"] == 12
    assert {row.key for row in site.clinical.visits(subject)} == {"", "u01"}
