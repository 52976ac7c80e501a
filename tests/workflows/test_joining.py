"""Enrolled twice: two codes of one person are found and become one, and the centre takes the other back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from event_acts import NOT_SERIOUS, ZOSTER, begun, completed, withdrawal
from mistake_acts import MONTH_6, MONTH_12, TWICE, join, left, trail, typed
from study_parts import (
    DAY_0,
    Pisa,
    dump,
    enrol,
    signed,
    someone,
    type_in,
)

from anifro_desktop.store.errors import WrongPassphrase
from anifro_desktop.workflows import checking, events, joining, patients, sending, visits, voided
from anifro_desktop.workflows.errors import (
    JoinRefused,
    SubjectJoined,
)
from anifro_desktop.workflows.site import Site


@pytest.fixture
def twice(site: Site) -> tuple[str, str]:
    """One person under two codes, the second without month 6 and with a baseline of its own."""
    keep, drop = enrol(site), enrol(site, someone())
    signed(site, keep, "baseline", DAY_0)
    completed(site, keep, "adverse_event", **NOT_SERIOUS)
    signed(site, drop, "baseline", DAY_0, phga="1,9")
    signed(site, drop, "m06", MONTH_6, 1)
    completed(site, drop, "adverse_event", **NOT_SERIOUS)
    completed(site, drop, "adverse_event", **ZOSTER)
    begun(site, drop, "hospitalisation", hosp_reason=1, hosp_ae=2)
    return keep, drop


def test_two_enrolments_of_one_person_are_found_and_become_one(site: Site, twice: tuple[str, str]) -> None:
    keep, drop = twice
    assert [item.subject for item in joining.candidates(site, keep)] == [drop]
    before = dump(site)
    ahead = joining.preview(site, keep, drop)
    assert (set(ahead.moves), set(ahead.both)) == ({"ae-002", "hs-001", "m06"}, {"ae-001", "baseline"})
    assert dump(site) == before
    joined = join(site, keep, drop)
    assert set(joined.moved) == {("ae-002", "ae-002"), ("hs-001", "hs-001"), ("m06", "m06")}
    assert set(joined.collided) == {"ae-001", "baseline"}
    rows = {row.subject: row for row in patients.patients(site)}
    assert (rows[drop].status, rows[drop].goes_on_as, rows[drop].due, rows[drop].visits) == (
        "joined",
        keep,
        None,
        (),
    )
    assert [(item.key, item.state) for item in rows[keep].visits] == [
        ("baseline", "signed"),
        ("m06", "draft"),
    ]
    assert str(typed(site, keep, "baseline")["phga"]) == "1.8"
    assert typed(site, keep, "hs-001")["hosp_ae"] == 2
    assert str(voided.read_voided(site, drop, "baseline~1").session.answers["phga"]) == "1.9"
    assert site.clinical.entries(drop) == ()
    assert joining.candidates(site, keep) == []
    assert patients.read_identity(site, drop) == someone()  # kept where it was
    assert checking.verify(site) == []


def test_numbers_of_events_follow_the_event_they_belong_to(site: Site) -> None:
    keep, drop = enrol(site), enrol(site, someone())
    begun(site, keep, "adverse_event", **NOT_SERIOUS)
    begun(site, drop, "adverse_event", **ZOSTER)
    begun(site, drop, "hospitalisation", hosp_reason=1, hosp_ae=1)
    assert set(join(site, keep, drop).moved) == {("ae-001", "ae-002"), ("hs-001", "hs-001")}
    assert typed(site, keep, "hs-001")["hosp_ae"] == 2


def test_an_unscheduled_visit_of_the_same_day_is_the_same_visit(site: Site) -> None:
    keep, drop = enrol(site), enrol(site, someone())
    visits.open_visit(site, keep, "unscheduled", date(2026, 5, 2))
    for on in (date(2026, 5, 2), date(2026, 5, 9)):
        visits.open_visit(site, drop, "unscheduled", on)
    joined = join(site, keep, drop)
    assert (joined.moved, joined.collided) == ((("u02", "u02"),), ("u01",))


def test_the_centre_takes_everything_of_the_dropped_code_back(
    site: Site, twice: tuple[str, str], pisa: Pisa, stick: Path
) -> None:
    keep, drop = twice
    sent = {record.revision.id for record in left(site, pisa, stick) if record.revision.subject == drop}
    join(site, keep, drop)
    records = [record for record in left(site, pisa, stick) if record.revision.subject == drop]
    assert {record.op for record in records} == {"del"}
    assert sent <= {record.revision.id for record in records}
    assert {"enrolment", "schedule", "phga"} <= {record.revision.form for record in records}
    assert sending.preview(site).leaving == ()


def test_joining_is_one_transaction_told_at_both_codes(site: Site, twice: tuple[str, str]) -> None:
    keep, drop = twice
    before = site.clinical.audit_head().seq
    join(site, keep, drop)
    told = [item.entry for item in site.clinical.audit_entries(after=before)]
    assert {item.tx for item in told} == {before + 1}
    ((about, detail),) = trail(site, "joined_into")
    assert (about, detail["subject"]) == (drop, keep)
    ((about, detail),) = trail(site, "joined_from")
    assert (about, detail["subject"], detail["collided"]) == (keep, drop, ["ae-001", "baseline"])


def test_nothing_more_is_begun_under_a_code_that_was_joined(site: Site, twice: tuple[str, str]) -> None:
    keep, drop = twice
    join(site, keep, drop)
    before = dump(site)
    acts: list[Callable[[], object]] = [
        lambda: visits.open_visit(site, drop, "m12", MONTH_12),
        lambda: visits.visit_choices(site, drop, MONTH_12),
        lambda: events.open_event(site, drop, "adverse_event"),
        lambda: visits.open_history(site, drop),
    ]
    for act in acts:
        with pytest.raises(SubjectJoined) as refused:
            act()
        assert refused.value.params["kept"] == keep
    assert dump(site) == before


def test_a_code_joined_before_goes_on_under_the_last_one(site: Site) -> None:
    first, second, third = enrol(site), enrol(site, someone()), enrol(site, someone())
    join(site, second, first)
    join(site, third, second)
    rows = {row.subject: row.goes_on_as for row in patients.patients(site)}
    assert rows == {first: third, second: third, third: ""}


def test_an_enrolment_that_was_never_finished_is_joined_too(site: Site, subject: str, stick: Path) -> None:
    opened = patients.start_enrolment(site)
    type_in(site, opened, {"consent_version": "1.0"})
    joined = join(site, subject, opened.subject)
    assert (joined.moved, joined.collided) == ((), ())
    rows = {row.subject: (row.status, row.goes_on_as) for row in patients.patients(site)}
    assert rows == {subject: ("enrolled", ""), opened.subject: ("joined", subject)}
    sending.export(site, stick)
    assert sending.preview(site).held_back == ()


def test_enrolments_that_cannot_be_joined_are_refused_and_left_as_they_are(site: Site, subject: str) -> None:
    failed = enrol(site, someone(2), incl_active_disease="0")
    gone = enrol(site, someone(3))
    completed(site, gone, "withdrawal", **withdrawal(date(2026, 8, 1)))
    signed(site, subject, "m06", MONTH_6, 1)
    joined, kept = enrol(site, someone(4)), enrol(site, someone(5))
    join(site, kept, joined)
    before = dump(site)
    for why, keep, drop in (
        ("same", subject, subject),
        ("not_enrolled", failed, subject),
        ("joined", joined, subject),
        ("joined", subject, joined),
        ("ended", gone, subject),
    ):
        with pytest.raises(JoinRefused) as refused:
            join(site, keep, drop)
        assert refused.value.params["why"] == why
    with pytest.raises(WrongPassphrase):
        joining.join(site, subject, failed, TWICE, "", "another passphrase")
    assert dump(site) == before
