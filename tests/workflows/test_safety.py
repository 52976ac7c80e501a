"""The terms of serious adverse events: from awareness, over a change of the clocks, until somebody was told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from event_acts import NOT_SERIOUS, ZOSTER, begun, completed
from study_parts import PASSPHRASE, TestClock, enrol, someone, type_in

from anifro_desktop.files import CannotWrite
from anifro_desktop.workflows import mistakes, sending, visits
from anifro_desktop.workflows.safety import Clock, safety_clocks
from anifro_desktop.workflows.site import Site


@pytest.fixture
def subject(site: Site) -> str:
    """A woman enrolled on 4 March 2026."""
    return enrol(site)


def clocks(site: Site) -> dict[tuple[str, str], Clock]:
    return {(item.key, item.what): item for item in safety_clocks(site)}


def test_a_serious_event_in_draft_has_its_terms_in_the_time_of_the_study(site: Site, subject: str) -> None:
    begun(site, subject, "adverse_event", **ZOSTER)
    found = clocks(site)
    assert {what: item.due.isoformat() for (_, what), item in found.items() if item.due} == {
        "sae": "2026-09-22T09:30:00+02:00",
        "adr_biologic": "2026-09-22T21:30:00+02:00",
    }
    assert all((item.subject, item.sent, item.overdue) == (subject, False, True) for item in found.values())


def test_the_night_in_which_clocks_change_has_no_more_and_no_fewer_hours(site: Site, subject: str) -> None:
    begun(site, subject, "adverse_event", **{**ZOSTER, "ae_awareness": "24/10/2026 20:00"})
    due = clocks(site)["ae-001", "sae"].due
    assert due is not None
    assert due.isoformat() == "2026-10-25T19:00:00+01:00"
    assert due.astimezone(UTC) == datetime(2026, 10, 25, 18, 0, tzinfo=UTC)


def test_a_term_is_overdue_a_moment_after_it_and_not_before(
    site: Site, subject: str, clock: TestClock
) -> None:
    begun(site, subject, "adverse_event", **{**ZOSTER, "ae_awareness": "22/11/2026 10:00"})
    assert clock.now() == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 24 hours to the minute
    assert not clocks(site)["ae-001", "sae"].overdue
    clock.forward(seconds=1)
    assert clocks(site)["ae-001", "sae"].overdue
    assert not clocks(site)["ae-001", "adr_biologic"].overdue


def test_neither_serious_nor_related_has_no_term_and_an_open_answer_has(site: Site, subject: str) -> None:
    begun(site, subject, "adverse_event", **NOT_SERIOUS, ae_awareness="05/10/2026 09:00")
    assert safety_clocks(site) == []
    begun(site, subject, "adverse_event", ae_awareness="05/10/2026 09:00")
    assert set(clocks(site)) == {("ae-002", "sae"), ("ae-002", "adr_biologic")}


def test_a_serious_event_without_its_moment_asks_for_it(site: Site, subject: str) -> None:
    given = {name: value for name, value in ZOSTER.items() if name != "ae_awareness"}
    begun(site, subject, "adverse_event", **given)
    begun(site, subject, "adverse_event", **ZOSTER)
    first = safety_clocks(site)[0]
    assert (first.key, first.what, first.due, first.overdue) == ("ae-001", "sae", None, False)


def test_the_centre_was_told_when_the_bundle_was_handed_over(
    site: Site, subject: str, tmp_path: Path, locked_folder: Path
) -> None:
    completed(site, subject, "adverse_event", **ZOSTER)
    with pytest.raises(CannotWrite):
        sending.export(site, locked_folder)
    assert not clocks(site)["ae-001", "sae"].sent  # sealed, but it is still here
    sending.export(site, tmp_path)
    found = clocks(site)
    assert (found["ae-001", "sae"].sent, found["ae-001", "sae"].overdue) == (True, False)
    assert (found["ae-001", "adr_biologic"].sent, found["ae-001", "adr_biologic"].overdue) == (False, True)


def test_an_event_that_became_serious_after_it_was_sent_has_to_be_told_again(
    site: Site, subject: str, tmp_path: Path
) -> None:
    opened = begun(site, subject, "adverse_event", **{**NOT_SERIOUS, "causality_who": 3})
    visits.sign_confirmed(site, opened, "responsible")
    sending.export(site, tmp_path)
    visits.amend(site, opened, 3)
    type_in(site, opened, {"ser_hospitalisation": 1, "ae_awareness": "20/11/2026 09:00"})
    visits.complete(site, opened)
    assert not clocks(site)["ae-001", "sae"].sent
    sending.export(site, tmp_path)
    assert clocks(site)["ae-001", "sae"].sent


def test_a_report_noted_as_sent_ends_both_terms(site: Site, subject: str) -> None:
    begun(site, subject, "adverse_event", **ZOSTER, ae_report_sent="22/09/2026 08:00")
    begun(site, subject, "adverse_event", **ZOSTER, ae_report_sent={"missing": "not_done"})
    assert {key: (item.sent, item.overdue) for key, item in clocks(site).items()} == {
        ("ae-001", "sae"): (True, False),
        ("ae-001", "adr_biologic"): (True, False),
        ("ae-002", "sae"): (False, True),
        ("ae-002", "adr_biologic"): (False, True),
    }


def test_terms_of_the_whole_site_come_soonest_first_and_mistakes_have_none(site: Site, subject: str) -> None:
    other = enrol(site, someone(2))
    begun(site, subject, "adverse_event", **ZOSTER)
    begun(site, other, "adverse_event", **{**ZOSTER, "ae_awareness": "20/09/2026 09:00"})
    begun(site, other, "adverse_event", **ZOSTER)
    mistakes.void(site, other, "ae-002", 2, "", PASSPHRASE)
    assert [(item.subject, item.what) for item in safety_clocks(site)] == [
        (other, "sae"),
        (other, "adr_biologic"),
        (subject, "sae"),
        (subject, "adr_biologic"),
    ]
