"""The centre's receipts at a site: taken once, in order, for this site only; and those that lock sending."""

from __future__ import annotations

from dataclasses import replace
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
    make_site,
    opened_site,
    sent_records,
    setup,
    signed,
    someone,
    vector,
)

from anifro_desktop.files import CannotRead, CannotWrite, cannot_read, read_regular
from anifro_desktop.forms.pseudonym import pseudonymise
from anifro_desktop.sync.errors import BundleRefused, DamagedCopy
from anifro_desktop.sync.header import NO_PREVIOUS
from anifro_desktop.sync.receipt import Item
from anifro_desktop.workflows import receiving, sending
from anifro_desktop.workflows.exchange_errors import (
    NoReceiptHere,
    NotForThisSite,
    SendingLocked,
    UnknownCentreKeys,
)
from anifro_desktop.workflows.model import SentBundle
from anifro_desktop.workflows.site import Site


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


def read(stick: Path, bundle: SentBundle) -> bytes:
    return (stick / bundle.name).read_bytes()


def put(folder: Path, receipt: tuple[str, bytes]) -> Path:
    path = folder / receipt[0]
    path.write_bytes(receipt[1])
    return path


def test_a_receipt_is_applied_once_and_a_repeated_one_changes_nothing(
    site: Site, subject: str, pisa: Pisa, stick: Path
) -> None:
    sending.export(site, stick)
    path = put(stick, pisa.receipt(site))
    (taken,) = receiving.receive(site, path)
    assert (taken.state, taken.acked_to, taken.missing) == ("receipt", 1, ())
    (bundle,) = sending.sent(site)
    assert bundle.state == "merged"
    assert bundle.receipt is not None
    before = dump(site)
    (again,) = receiving.receive(site, stick)
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
    assert [item.acked_to for item in receiving.receive(site, stick)] == [0, 1]
    assert [row.rno for row in site.clinical.receipts()] == [1, 2]


def test_a_file_that_cannot_be_read_keeps_no_other_from_being_read(
    site: Site, subject: str, pisa: Pisa, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending.export(site, stick)
    bad = put(stick, pisa.receipt(site, acked_to=0, items=()))
    put(stick, pisa.receipt(site))

    def scratched(path: Path, limit: int) -> bytes:
        if path.name == bad.name:
            raise cannot_read(path)
        return read_regular(path, limit)

    monkeypatch.setattr("anifro_desktop.sync.folder.read_regular", scratched)
    assert [item.state for item in receiving.receive(site, stick)] == ["refused", "receipt"]
    assert [item.state for item in sending.sent(site)] == ["merged"]
    for path in stick.iterdir():
        if path != bad:
            path.unlink()
    with pytest.raises(CannotRead):
        receiving.receive(site, stick)


def test_what_the_centre_misses_goes_with_the_next_sending(
    site: Site, subject: str, pisa: Pisa, stick: Path, tmp_path: Path
) -> None:
    first = sending.export(site, stick)
    enrol(site, someone(2))
    second = sending.export(site, stick)
    rows = site.clinical.bundles()
    held = Item(2, rows[1].sha256, "held", "gap")
    (taken,) = receiving.receive(
        site, put(stick, pisa.receipt(site, acked_to=0, items=(held,), missing=(1,)))
    )
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
        receiving.receive(site, path)
    with pytest.raises(NoReceiptHere):
        receiving.receive(site, stick)
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
        with pytest.raises((BundleRefused, UnknownCentreKeys)):
            receiving.receive(site, put(stick, ("receipt.anfb", wrong)))
    put(stick, (name, bytes(flipped)))
    with pytest.raises(DamagedCopy):
        receiving.receive(site, stick)
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
        receiving.receive(site, path)
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
        receiving.receive(old, path)
    old.close()


def test_two_receipts_with_one_number_lock_sending(site: Site, subject: str, pisa: Pisa, stick: Path) -> None:
    sending.export(site, stick)
    receiving.receive(site, put(stick, pisa.receipt(site, acked_to=0, items=())))
    pisa.rno, pisa.prev = 1, NO_PREVIOUS
    with pytest.raises(SendingLocked):
        receiving.receive(site, put(stick, pisa.receipt(site)))
    with pytest.raises(SendingLocked):
        sending.export(site, stick)


def test_receipts_do_not_unlock_sending(site: Site, subject: str, pisa: Pisa, stick: Path) -> None:
    sending.export(site, stick)
    with pytest.raises(SendingLocked):
        receiving.receive(site, put(stick, pisa.receipt(site, acked_to=9, items=())))
    receiving.receive(site, put(stick, pisa.receipt(site)))
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
