"""Sending to the centre: only what is signed, exactly what the preview says, byte for byte again."""

from __future__ import annotations

import hashlib
import shutil
from datetime import date
from pathlib import Path

import pytest
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

from anifro_desktop.files import CannotWrite, FolderGone, write_new
from anifro_desktop.store.errors import NotFound
from anifro_desktop.workflows import checking, patients, sending, visits
from anifro_desktop.workflows.exchange_errors import NothingToSend
from anifro_desktop.workflows.model import SentBundle
from anifro_desktop.workflows.site import Site

MONTH_6 = date(2026, 9, 3)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def subject(site: Site) -> str:
    """A patient with a signed baseline visit."""
    code = enrol(site)
    signed(site, code, "baseline", DAY_0)
    return code


def carried(site: Site, pisa: Pisa, data: bytes) -> dict[str, list[tuple[str, str, int]]]:
    """What a bundle carries: subject to (visit, form, version)."""
    found: dict[str, list[tuple[str, str, int]]] = {}
    for item in sent_records(pisa.open(data, site)):
        found.setdefault(item.subject, []).append((item.visit, item.form, item.ver))
    return found


def read(stick: Path, bundle: SentBundle) -> bytes:
    return (stick / bundle.name).read_bytes()


# What leaves


def test_what_the_preview_says_is_what_leaves(site: Site, subject: str, pisa: Pisa, stick: Path) -> None:
    other = enrol(site, someone(2))
    fill(site, other, "baseline", DAY_0)  # a draft stays
    third = enrol(site, someone(3), incl_active_disease="0")
    ahead = sending.preview(site)
    sent = sending.export(site, stick)
    left = carried(site, pisa, read(stick, sent))
    assert {item.subject: sorted(item.records) for item in ahead.leaving} == {
        code: sorted(records) for code, records in left.items()
    }
    assert set(left) == {subject, other, third}
    assert sent.records == sum(len(item.records) for item in ahead.leaving)
    values = {
        code: sum(len(item.values) for item in sent_records(pisa.open(read(stick, sent), site)) if item.subject == code)
        for code in left
    }  # fmt: skip
    assert {item.subject: item.values for item in ahead.leaving} == values
    assert [(item.subject, item.visit, item.why) for item in ahead.held_back] == [
        (other, "baseline", "draft")
    ]
    for record in sent_records(pisa.open(read(stick, sent), site)):
        assert set(record.values) <= set(ahead.columns[record.form])
    assert sending.preview(site).leaving == ()
    assert (ahead.centre_key, ahead.site_key) == (pisa.fingerprint, site.card().fingerprint)


def test_dates_leave_as_days_and_words_not_at_all(site: Site, subject: str, pisa: Pisa, stick: Path) -> None:
    opened = visits.open_visit(site, subject, "m06", MONTH_6)
    type_in(site, opened, {"summary_comment": "said in confidence", "phga": "1,8"})
    visits.sign(site, opened, "responsible", PASSPHRASE)
    visits.amend(site, opened, 5, "said to the monitor")
    type_in(site, opened, {"phga": "2"})
    visits.sign(site, opened, "responsible", PASSPHRASE)
    opened_bundle = pisa.open(read(stick, sending.export(site, stick)), site)
    records = sent_records(opened_bundle)
    (enrolment,) = [item for item in records if item.form == "enrolment"]
    assert enrolment.values["consent_date"] == 0
    assert not {"enrolment_date", "consent_version"} & set(enrolment.values)
    (summary, *_) = [item for item in records if (item.visit, item.form) == ("m06", "visit_summary")]
    assert summary.values["visit_date"] == summary.day == 183
    assert [(item.ver, item.why) for item in records if (item.visit, item.form) == ("m06", "phga")] == [
        (1, "first"),
        (2, "5"),
    ]
    told = str(opened_bundle.lines)
    for kept in (
        "confidence",
        "monitor",
        "2026-03-04",
        "2026-09-03",
        "Firma",
        "Sintetica",
        "Centro di prova",
    ):
        assert kept not in told
    assert {item.who for item in records} == {"U01"}
    assert {item.when for item in records} == {""}


def test_a_version_that_is_not_signed_stays(site: Site, subject: str, pisa: Pisa, stick: Path) -> None:
    sending.export(site, stick)
    opened = visits.open_visit(site, subject, "baseline", DAY_0)
    visits.amend(site, opened, 1)
    type_in(site, opened, {"phga": "0,4"})
    assert [item.why for item in sending.preview(site).held_back] == ["draft"]
    with pytest.raises(NothingToSend):
        sending.export(site, stick)
    visits.complete(site, opened)
    assert [(item.why, item.forms) for item in sending.preview(site).held_back] == [("unsigned", 2)]
    with pytest.raises(NothingToSend):
        sending.export(site, stick)
    visits.sign(site, opened, "responsible", PASSPHRASE)
    sent = sending.export(site, stick)
    assert carried(site, pisa, read(stick, sent)) == {
        subject: [("baseline", "phga", 2), ("baseline", "visit_summary", 2)]
    }


def test_versions_between_two_signatures_leave_together(
    site: Site, subject: str, pisa: Pisa, stick: Path
) -> None:
    sending.export(site, stick)
    opened = visits.open_visit(site, subject, "baseline", DAY_0)
    for value in ("2", "2,5"):
        visits.amend(site, opened, 1)
        type_in(site, opened, {"phga": value})
        visits.complete(site, opened)
    visits.sign(site, opened, "responsible", PASSPHRASE)
    left = carried(site, pisa, read(stick, sending.export(site, stick)))[subject]
    assert [ver for _, form, ver in left if form == "phga"] == [2, 3]


def test_the_schedule_leaves_again_only_when_something_more_is_due(
    site: Site, subject: str, pisa: Pisa, stick: Path, clock: TestClock
) -> None:
    first = sent_records(pisa.open(read(stick, sending.export(site, stick)), site))
    (schedule,) = [item for item in first if item.form == "schedule"]
    assert schedule.values["due_through"] == 6
    assert (schedule.values["m06_opens"], schedule.values["m06_closes"]) == (154, 214)
    with pytest.raises(NothingToSend):
        sending.export(site, stick)
    clock.forward(days=150)  # past the window of month 12
    sent = sending.export(site, stick)
    assert carried(site, pisa, read(stick, sent)) == {subject: [("", "schedule", 2)]}


def test_a_screening_failure_without_an_enrolment_date_is_not_promised(
    site: Site, pisa: Pisa, stick: Path
) -> None:
    opened = patients.start_enrolment(site)
    patients.save_identity(site, opened.subject, someone())
    type_in(site, opened, {"incl_informed_consent": "0", "sex": "1"})
    patients.finish_enrolment(site, opened, PASSPHRASE)
    ahead = sending.preview(site)
    assert ahead.leaving == ()
    assert [(item.subject, item.why) for item in ahead.held_back] == [(opened.subject, "not_enrolled")]
    with pytest.raises(NothingToSend):
        sending.export(site, stick)


# Files


def test_bundles_form_a_chain_and_are_named_by_their_hash(site: Site, subject: str, stick: Path) -> None:
    first = sending.export(site, stick)
    enrol(site, someone(2))
    second = sending.export(site, stick)
    rows = site.clinical.bundles()
    assert [row.seq for row in rows] == [first.seq, second.seq] == [1, 2]
    assert rows[1].prev == rows[0].sha256 == hashlib.sha256(read(stick, first)).hexdigest()
    assert {path.name for path in stick.iterdir()} == {first.name, second.name}
    assert [item.state for item in sending.sent(site)] == ["sent", "sent"]


def test_sending_again_sends_the_same_bytes(site: Site, subject: str, stick: Path, tmp_path: Path) -> None:
    sent = sending.export(site, stick)
    data = read(stick, sent)
    other = tmp_path / "other"
    other.mkdir()
    again = sending.resend(site, 1, other)
    assert (other / again.name).read_bytes() == data
    sending.resend(site, 1, stick)  # it is there already
    (stick / sent.name).write_bytes(b"a copy cut sh")
    sending.resend(site, 1, stick)
    assert read(stick, sent) == data
    assert [path.name for path in stick.iterdir()] == [sent.name]
    with pytest.raises(NotFound):
        sending.resend(site, 2, stick)


def test_a_folder_that_takes_nothing_leaves_the_bundle_sealed_and_the_next_sending_takes_it_along(
    site: Site, subject: str, stick: Path, locked_folder: Path
) -> None:
    for place in (locked_folder, stick / "gone"):
        with pytest.raises(CannotWrite):
            sending.export(site, place)
    (sealed,) = sending.sent(site)
    assert (sealed.seq, sealed.state) == (1, "sealed")
    data = site.clinical.bundle_bytes(1, 1)
    enrol(site, someone(2))
    sending.export(site, stick)
    assert [(item.seq, item.state) for item in sending.sent(site)] == [(1, "sent"), (2, "sent")]
    assert (stick / sealed.name).read_bytes() == data
    assert len(list(stick.iterdir())) == 2


def test_a_sealed_bundle_goes_out_even_if_nothing_is_new(
    site: Site, subject: str, stick: Path, locked_folder: Path
) -> None:
    with pytest.raises(CannotWrite):
        sending.export(site, locked_folder)
    assert sending.export(site, stick).seq == 1
    assert len(sending.sent(site)) == 1


def test_a_stick_pulled_out_while_a_bundle_is_written_leaves_it_to_be_sent_again(
    site: Site, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(site, enrol(site), "baseline", DAY_0)

    def pulled(path: Path, data: bytes) -> bool:
        shutil.rmtree(path.parent)
        return write_new(path, data)

    with monkeypatch.context() as patch:
        patch.setattr("anifro_desktop.sync.folder.write_new", pulled)
        with pytest.raises(FolderGone):
            sending.export(site, stick)
    assert not stick.exists()
    assert [one.state for one in sending.sent(site)] == ["sealed"]
    stick.mkdir()
    bundle = sending.resend(site, 1, stick)
    assert [path.name for path in stick.iterdir()] == [bundle.name]
    assert checking.verify(site) == []
