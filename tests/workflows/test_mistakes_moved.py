"""Of the wrong patient: moved to the right one, told at both ends, or refused with nothing changed."""

from __future__ import annotations

from datetime import date

import pytest
from event_acts import ZOSTER, begun, completed, signed_event, state, withdrawal
from mistake_acts import MONTH_6, WRONG_PATIENT, join, move, sign, trail, typed
from study_parts import (
    DAY_0,
    dump,
    enrol,
    fill,
    signed,
    someone,
    type_in,
)

from anifro_desktop.store.errors import WrongPassphrase
from anifro_desktop.workflows import checking, mistakes, patients, visits
from anifro_desktop.workflows.errors import (
    MoveRefused,
)
from anifro_desktop.workflows.site import Site


def test_a_visit_of_the_wrong_patient_goes_to_the_right_one_as_a_draft(site: Site, subject: str) -> None:
    other = enrol(site, someone(2))
    opened = fill(site, subject, "baseline", DAY_0, thrombocytopenia=0)
    change = opened.session.explain("thrombocytopenia", 4)
    visits.save_draft(site, opened, opened.session.entries(change.fields))
    sign(site, opened)
    answers = dict(opened.session.answers)
    moved = move(site, subject, "baseline", other)
    assert (moved.subject, moved.key) == (other, "baseline")
    there = visits.open_visit(site, other, "baseline", site.today())
    assert (there.state, there.session.completed) == ("draft", False)
    assert dict(there.session.answers) == answers
    assert there.session.notes["thrombocytopenia"].reason == 4
    assert site.clinical.visit(there.id).date == DAY_0
    assert state(site, subject, "baseline~1") == "void"
    assert trail(site, "moved_to") == [(f"{subject}/baseline", {"subject": other, "key": "baseline"})]
    assert trail(site, "moved_from") == [(f"{other}/baseline", {"subject": subject, "key": "baseline"})]
    sign(site, there)
    assert checking.verify(site) == []


def test_a_draft_that_is_moved_keeps_what_was_not_understood(site: Site, subject: str) -> None:
    other = enrol(site, someone(2))
    opened = visits.open_visit(site, subject, "m06", MONTH_6)
    type_in(site, opened, {"phga": "1,2,3", "platelets": {"missing": "not_done"}})
    move(site, subject, "m06", other)
    there = visits.open_visit(site, other, "m06", site.today()).session
    assert there.state("phga").raw_text == "1,2,3"
    assert there.answers["platelets"] == "not_done"


def test_both_ends_of_a_move_are_one_transaction(site: Site, subject: str) -> None:
    other = enrol(site, someone(2))
    signed(site, subject, "baseline", DAY_0)
    before = site.clinical.audit_head().seq
    move(site, subject, "baseline", other)
    told = [item.entry for item in site.clinical.audit_entries(after=before)]
    assert {item.tx for item in told} == {before + 1}
    assert {"visits", "revisions", "signatures", "draft_values", "act"} <= {item.table for item in told}


def test_dates_that_do_not_fit_the_other_patient_are_problems_at_their_fields(
    site: Site, subject: str
) -> None:
    late = enrol(
        site,
        someone(2),
        consent_date="2026-10-01",
        enrolment_date="2026-10-01",
    )
    signed_event(site, subject, "adverse_event", **ZOSTER)
    completed(site, subject, "reconsent", rc_date="2026-05-01", rc_version="2", rc_reason=1)
    moved = [move(site, subject, key, late) for key in ("ae-001", "rc-001")]
    assert [item.key for item in moved] == ["ae-001", "rc-001"]
    there = visits.open_visit(site, late, "rc-001", site.today()).session
    assert {(item.field, item.severity) for item in there.problems()} == {("rc_date", "hard")}
    assert not there.can_sign()


def test_the_number_of_an_event_that_stays_behind_asks_to_be_put_right(site: Site, subject: str) -> None:
    other = enrol(site, someone(2))
    begun(site, subject, "adverse_event", **ZOSTER)
    begun(site, subject, "hospitalisation", hosp_reason=1, hosp_ae=1)
    begun(site, subject, "hospitalisation", hosp_reason=1, hosp_ae={"missing": "not_known"})
    for key in ("hs-001", "hs-002"):
        move(site, subject, key, other)
    assert typed(site, other, "hs-002")["hosp_ae"] == "not_known"
    there = visits.open_visit(site, other, "hs-001", site.today()).session
    assert there.state("hosp_ae").value is None
    assert there.state("hosp_ae").raw_text == "ae-001"
    assert "hosp_ae" in {item.field for item in there.problems() if item.severity == "hard"}


def test_every_number_of_an_adverse_event_is_known_to_be_one(site: Site) -> None:
    found = {
        item.id
        for form in site.definitions.of_level("event")
        for item in form.fields
        if item.type == "integer" and "ae-003" in item.help.it
    }
    assert found == mistakes.AE_NUMBERS


def test_an_unscheduled_visit_gets_a_number_of_the_other_patient(site: Site, subject: str) -> None:
    other = enrol(site, someone(2))
    for on in (date(2026, 5, 2), date(2026, 5, 9)):
        visits.open_visit(site, other, "unscheduled", on)
    visits.open_visit(site, subject, "unscheduled", date(2026, 5, 16))
    assert move(site, subject, "u01", other).key == "u03"


def test_a_move_that_cannot_be_is_refused_and_changes_nothing(site: Site, subject: str) -> None:
    screening = patients.start_enrolment(site).subject
    failed = enrol(site, someone(2), incl_active_disease="0")
    has_it, gone = enrol(site, someone(3)), enrol(site, someone(4))
    visits.open_visit(site, has_it, "m06", MONTH_6)
    completed(site, gone, "withdrawal", **withdrawal(date(2026, 8, 1)))
    joined, free = enrol(site, someone(5)), enrol(site, someone(6))
    join(site, has_it, joined)
    signed(site, subject, "m06", MONTH_6, 1)
    before = dump(site)
    for why, key, to in (
        ("same", "m06", subject),
        ("enrolment", "", has_it),
        ("taken", "m06", has_it),
        ("not_enrolled", "m06", screening),
        ("not_enrolled", "m06", failed),
        ("ended", "m06", gone),
        ("joined", "m06", joined),
    ):
        with pytest.raises(MoveRefused) as refused:
            move(site, subject, key, to)
        assert refused.value.params["why"] == why
    with pytest.raises(WrongPassphrase):
        mistakes.move(site, subject, "m06", free, WRONG_PATIENT, "", "another passphrase")
    assert dump(site) == before
