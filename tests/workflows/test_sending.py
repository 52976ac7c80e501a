"""Sending to the centre: only what is signed, exactly what the preview says, byte for byte again; and its receipts."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from study_parts import (
    DAY_0,
    PASSPHRASE,
    Pisa,
    TestClock,
    copied,
    dump,
    enrol,
    fill,
    make_site,
    opened_site,
    sent_records,
    setup,
    signed,
    someone,
    type_in,
    vector,
)

from anifro_desktop.files import CannotWrite
from anifro_desktop.forms.pseudonym import pseudonymise
from anifro_desktop.store.errors import NotFound
from anifro_desktop.sync.errors import BundleRefused, DamagedCopy
from anifro_desktop.sync.header import NO_PREVIOUS
from anifro_desktop.sync.receipt import Item
from anifro_desktop.workflows import patients, sending, visits
from anifro_desktop.workflows.errors import NoReceiptHere, NotForThisSite, NothingToSend, SendingLocked
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


# Receipts


def put(folder: Path, receipt: tuple[str, bytes]) -> Path:
    path = folder / receipt[0]
    path.write_bytes(receipt[1])
    return path


def test_a_receipt_is_applied_once_and_a_repeated_one_changes_nothing(
    site: Site, subject: str, pisa: Pisa, stick: Path
) -> None:
    sending.export(site, stick)
    path = put(stick, pisa.receipt(site))
    (taken,) = sending.receive(site, path)
    assert (taken.state, taken.acked_to, taken.missing) == ("receipt", 1, ())
    (bundle,) = sending.sent(site)
    assert bundle.state == "merged"
    assert bundle.receipt is not None
    before = dump(site)
    (again,) = sending.receive(site, stick)
    assert again.state == "repeated"
    assert dump(site) == before


def test_every_receipt_of_a_folder_is_taken_in_order(
    site: Site, subject: str, pisa: Pisa, stick: Path
) -> None:
    sending.export(site, stick)
    first = pisa.receipt(site, acked_to=0, items=())
    second = pisa.receipt(site)
    put(stick, second)
    put(stick, first)
    (stick / "notes.txt").write_text("something else", encoding="ascii")
    assert [item.acked_to for item in sending.receive(site, stick)] == [0, 1]
    assert [row.rno for row in site.clinical.receipts()] == [1, 2]


def test_what_the_centre_misses_goes_with_the_next_sending(
    site: Site, subject: str, pisa: Pisa, stick: Path, tmp_path: Path
) -> None:
    first = sending.export(site, stick)
    enrol(site, someone(2))
    second = sending.export(site, stick)
    rows = site.clinical.bundles()
    held = Item(2, rows[1].sha256, "held", "gap")
    (taken,) = sending.receive(site, put(stick, pisa.receipt(site, acked_to=0, items=(held,), missing=(1,))))
    assert taken.missing == (1,)
    assert [item.state for item in sending.sent(site)] == ["sealed", "received"]
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    sending.export(site, fresh)
    assert [path.name for path in fresh.iterdir()] == [first.name]
    assert second.name != first.name


def test_a_receipt_for_another_site_is_refused_and_changes_nothing(
    site: Site, subject: str, pisa: Pisa, stick: Path, tmp_path: Path, clock: TestClock
) -> None:
    sending.export(site, stick)
    other_folder = make_site(tmp_path / "other", setup(pisa.keyset, pisa.fingerprint, "P04"))
    other = opened_site(other_folder, clock)
    path = put(stick, pisa.receipt(other))
    other.close()
    before = dump(site)
    with pytest.raises(NotForThisSite):
        sending.receive(site, path)
    with pytest.raises(NoReceiptHere):
        sending.receive(site, stick)
    assert dump(site) == before


def test_a_damaged_or_foreign_receipt_is_refused_and_changes_nothing(
    site: Site, subject: str, pisa: Pisa, stick: Path
) -> None:
    sent = sending.export(site, stick)
    name, data = pisa.receipt(site)
    other = Pisa()  # another centre
    before = dump(site)
    flipped = bytearray(data)
    flipped[len(data) // 2] ^= 1
    for wrong in (bytes(flipped), data[:-1], b"", other.receipt(site)[1], read(stick, sent)):
        with pytest.raises(BundleRefused):
            sending.receive(site, put(stick, ("receipt.anfb", wrong)))
    put(stick, (name, bytes(flipped)))
    with pytest.raises(DamagedCopy):
        sending.receive(site, stick)
    assert dump(site) == before


@pytest.mark.parametrize(
    "facts",
    [
        {"acked_to": 2, "items": ()},
        {"acked_to": 0, "items": (Item(2, "ab" * 32, "accepted"),)},
        {"epoch": 2, "acked_to": 0, "items": ()},
        {"acked_to": 1, "items": (Item(1, "ab" * 32, "accepted"),)},
    ],
    ids=["acknowledged_more", "holds_more", "later_epoch", "other_file"],
)
def test_a_receipt_that_knows_more_than_this_computer_locks_sending(
    facts: dict[str, Any], site_folder: Path, clock: TestClock, pisa: Pisa, stick: Path
) -> None:
    site = opened_site(site_folder, clock)
    code = enrol(site)
    sending.export(site, stick)
    path = put(stick, pisa.receipt(site, **facts))
    with pytest.raises(SendingLocked):
        sending.receive(site, path)
    signed(site, code, "baseline", DAY_0)  # work goes on
    with pytest.raises(SendingLocked):
        sending.export(site, stick)
    site.close()
    site = opened_site(site_folder, clock)
    with pytest.raises(SendingLocked):
        sending.export(site, stick)
    assert len(sending.sent(site)) == 1
    site.close()


def test_a_database_put_back_is_noticed_at_the_next_receipt(
    site_folder: Path, tmp_path: Path, clock: TestClock, pisa: Pisa, stick: Path
) -> None:
    site = opened_site(site_folder, clock)
    enrol(site)
    sending.export(site, stick)
    site.close()
    copied(site_folder, tmp_path / "backup")
    site = opened_site(site_folder, clock)
    enrol(site, someone(2))
    sending.export(site, stick)
    path = put(stick, pisa.receipt(site))
    site.close()
    old = opened_site(tmp_path / "backup", clock)
    with pytest.raises(SendingLocked):
        sending.receive(old, path)
    old.close()


def test_two_receipts_with_one_number_lock_sending(site: Site, subject: str, pisa: Pisa, stick: Path) -> None:
    sending.export(site, stick)
    sending.receive(site, put(stick, pisa.receipt(site, acked_to=0, items=())))
    pisa.rno, pisa.prev = 1, NO_PREVIOUS
    with pytest.raises(SendingLocked):
        sending.receive(site, put(stick, pisa.receipt(site)))
    with pytest.raises(SendingLocked):
        sending.export(site, stick)


def test_receipts_do_not_unlock_sending(site: Site, subject: str, pisa: Pisa, stick: Path) -> None:
    sending.export(site, stick)
    with pytest.raises(SendingLocked):
        sending.receive(site, put(stick, pisa.receipt(site, acked_to=9, items=())))
    sending.receive(site, put(stick, pisa.receipt(site)))
    with pytest.raises(SendingLocked):
        sending.export(site, stick)


def test_every_worked_patient_leaves_with_the_scores_that_are_stored(
    site: Site, pisa: Pisa, stick: Path
) -> None:
    import json

    from anifro_desktop.workflows import entering

    for name in ("v1", "v2", "v3", "v4"):
        entering.enter(site, json.dumps(vector(name)).encode(), PASSPHRASE)
    stored = {item.id: item.scores for item in site.clinical.revisions(form="visit_summary")}
    sent = sent_records(pisa.open(read(stick, sending.export(site, stick)), site))
    assert {item.id: item.scores for item in sent if item.form == "visit_summary"} == stored
    assert len(stored) == 9


def test_a_stick_that_is_not_there_changes_nothing(site: Site, subject: str, tmp_path: Path) -> None:
    before = dump(site)
    with pytest.raises(CannotWrite):
        sending.export(site, tmp_path / "no stick")
    assert dump(site) == before


def test_a_digest_that_leaves_cannot_be_guessed_from_what_it_covers(site: Site, subject: str) -> None:
    first, *_ = site.clinical.revisions(subject, "baseline")
    assert len(first.salt) == 32
    again = {item.salt for item in site.clinical.revisions(subject)}
    assert len(again) == len(site.clinical.revisions(subject))
    outgoing = pseudonymise(first, site.definitions, DAY_0)
    assert outgoing.salt == ""
    assert outgoing.signature["digest"] == first.digest() != replace(first, salt="").digest()
