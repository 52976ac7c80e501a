"""A patient moves to another computer: everything comes along, nothing is written twice, and only one side goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from study_parts import (
    DAY_0,
    PASSPHRASE,
    Pisa,
    TestClock,
    dump,
    make_site,
    opened_site,
    setup,
    signed,
    someone,
    type_in,
    versions,
)
from transfer_parts import File, hand, look, take

from anifro_desktop.files import FolderGone
from anifro_desktop.store.errors import CannotSave, SubjectAway, WrongPassphrase
from anifro_desktop.store.verify import verify
from anifro_desktop.sync.errors import BundleRefused, WrongFingerprint
from anifro_desktop.sync.records import read_batch
from anifro_desktop.workflows import checking, patients, sending, transfer, visits
from anifro_desktop.workflows.errors import OutputRefused
from anifro_desktop.workflows.exchange_errors import HandoverRefused
from anifro_desktop.workflows.site import Site

MONTH_6 = date(2026, 9, 3)
MONTH_12 = date(2026, 11, 20)


def sealed(site: Site, pisa: Pisa) -> list[tuple[str, str, int, str]]:
    """What a computer sealed last: subject, form and version of each record, and what a statement says."""
    row = site.clinical.bundles()[-1]
    opened = pisa.open(site.clinical.bundle_bytes(row.epoch, row.seq), site)
    found = read_batch(opened, also=[one.subject for one in site.clinical.handovers()]).records
    return [
        (one.revision.subject, one.revision.form, one.revision.ver, str(one.revision.values.get("act", "")))
        for one in found
    ]


def test_everything_of_the_patient_comes_along(site: Site, new: Site, subject: str, stick: Path) -> None:
    before = [one.to_json() for one in site.clinical.revisions(subject, latest=False)]
    drafts = {row.key: site.clinical.draft(row.id) for row in site.clinical.entries(subject)}
    file = hand(site, new, subject, stick)
    coming = look(new, file)
    assert (coming.subject, coming.person, coming.site, coming.back) == (
        subject,
        "Canarino Prova",
        "P03",
        False,
    )
    assert coming.visits == (("baseline", "signed"), ("m06", "draft"))
    assert new.clinical.subjects() == ()
    take(new, file)
    after = [one.to_json() for one in new.clinical.revisions(subject, latest=False)]
    assert [one for one in after if one["form"] != "schedule"] == before
    assert {row.key: new.clinical.draft(row.id) for row in new.clinical.entries(subject)} == drafts
    assert patients.read_identity(new, subject) == someone(1, surname="Canarino")
    (row,) = patients.patients(new)
    assert (row.subject, row.status, row.draft) == (subject, "enrolled", "m06")
    assert checking.verify(new) == []
    assert checking.verify(site) == []


def test_the_new_computer_goes_on_and_what_was_signed_there_still_holds(
    site: Site, new: Site, subject: str, stick: Path, clock: TestClock
) -> None:
    take(new, hand(site, new, subject, stick))
    visit = visits.open_visit(new, subject, "m06", MONTH_6)
    visits.sign(new, visit, "responsible", PASSPHRASE)
    baseline = visits.open_visit(new, subject, "baseline", DAY_0)
    visits.amend(new, baseline, 5)
    type_in(new, baseline, {"phga": "1,5"})
    visits.sign(new, baseline, "responsible", PASSPHRASE)
    assert versions(new, subject, "baseline")["phga"] == 3
    assert verify(new.clinical) == []


def test_the_old_computer_only_reads(site: Site, new: Site, subject: str, stick: Path) -> None:
    visit = visits.open_visit(site, subject, "m06", MONTH_6)
    hand(site, new, subject, stick)
    before = dump(site)
    entries = visit.session.entries(visit.session.set_text("phga", "9").fields)
    for act in (
        lambda: visits.save_draft(site, visit, entries),
        lambda: visits.complete(site, visit),
        lambda: visits.open_visit(site, subject, "m12", MONTH_12),
        lambda: visits.amend(site, visits.open_visit(site, subject, "baseline", DAY_0), 5),
        lambda: patients.save_identity(site, subject, someone(2)),
        lambda: site.clinical.sign([site.clinical.revisions(subject)[0].id], "reviewed"),
    ):
        with pytest.raises(SubjectAway):
            act()
    assert dump(site) == before
    (row,) = patients.patients(site)
    assert (row.status, row.moved_to, row.draft, row.due) == (
        "moved",
        f"P07/{new.keys.writer[:8]}",
        None,
        None,
    )
    assert sending.preview(site).held_back == ()
    assert visits.open_visit(site, subject, "baseline", DAY_0).session.answers  # still to be read


def test_both_sides_tell_the_centre_and_who_takes_over_sends_the_patient_whole_once(
    site: Site, new: Site, subject: str, stick: Path, pisa: Pisa
) -> None:
    take(new, hand(site, new, subject, stick))
    assert (sending.preview(site).moves, sending.preview(new).moves) == (1, 1)
    assert sending.preview(site).something
    sending.export(site, stick)
    assert not sending.preview(site).something
    assert (subject, "handover", 1, "handed") in sealed(site, pisa)
    sending.export(new, stick)
    assert sealed(new, pisa)[0] == (subject, "handover", 1, "taken")
    # Whether what was sealed before ever came, nobody here knows.
    whole = {
        (item.subject, item.form, item.ver) for item in new.clinical.revisions(latest=False) if item.signature
    }
    assert whole <= {(code, form, ver) for code, form, ver, _ in sealed(new, pisa)}
    visits.sign(new, visits.open_visit(new, subject, "m06", MONTH_6), "responsible", PASSPHRASE)
    sending.export(new, stick)
    assert {(code, ver) for code, form, ver, _ in sealed(new, pisa) if form == "phga"} == {(subject, 1)}
    assert not any(form == "handover" for _, form, _, _ in sealed(new, pisa))


def test_no_name_stands_outside_the_seal(site: Site, new: Site, subject: str, stick: Path) -> None:
    file = hand(site, new, subject, stick)
    sending.export(site, stick)
    sending.resend(site, 1, stick)
    for path in stick.iterdir():
        assert "canarino" not in path.name.casefold()
        assert b"anarino" not in path.read_bytes()
    assert b"anarino" not in file.data


def test_a_file_is_used_once(site: Site, new: Site, subject: str, stick: Path) -> None:
    file = hand(site, new, subject, stick)
    take(new, file)
    before = dump(new)
    with pytest.raises(HandoverRefused) as refused:
        take(new, file)
    assert refused.value.params["why"] == "used"
    assert dump(new) == before


def test_another_computer_cannot_read_it(
    site: Site, new: Site, subject: str, stick: Path, other_template: Path, tmp_path: Path, clock: TestClock,
    pisa: Pisa,
) -> None:  # fmt: skip
    file = hand(site, new, subject, stick)
    third = opened_site(make_site(tmp_path / "third", setup(pisa.keyset, pisa.fingerprint, "P08")), clock)
    with pytest.raises(BundleRefused) as refused:
        take(third, file)
    assert refused.value.code == "wrong_recipient"
    assert third.clinical.subjects() == ()
    third.close()


@pytest.mark.parametrize("place", [60, 700, -200, -1])
def test_an_altered_file_is_refused(site: Site, new: Site, subject: str, stick: Path, place: int) -> None:
    file = hand(site, new, subject, stick)
    data = bytearray(file.data)
    data[place] ^= 1
    with pytest.raises(BundleRefused):
        take(new, replace(file, data=bytes(data)))
    assert new.clinical.subjects() == ()
    assert new.names == {}


def test_the_sender_is_compared(site: Site, new: Site, subject: str, stick: Path) -> None:
    file = hand(site, new, subject, stick)
    with pytest.raises(WrongFingerprint):
        take(new, replace(file, fingerprint=new.card().fingerprint))
    with pytest.raises(BundleRefused) as refused:
        take(new, replace(file, card=transfer.card_of(new), fingerprint=new.card().fingerprint))
    assert refused.value.code == "unknown_key"


def test_a_wrong_passphrase_or_fingerprint_hands_nothing_over(
    site: Site, new: Site, subject: str, stick: Path
) -> None:
    card, mark = transfer.card_of(new), new.card().fingerprint
    before = dump(site)
    with pytest.raises(WrongPassphrase):
        transfer.hand_over(site, subject, card, mark, stick, "not the one at all")
    with pytest.raises(WrongFingerprint):
        transfer.hand_over(site, subject, card, site.card().fingerprint, stick, PASSPHRASE)
    with pytest.raises(FolderGone):
        transfer.hand_over(site, subject, card, mark, stick / "gone", PASSPHRASE)
    with pytest.raises(HandoverRefused):
        transfer.hand_over(site, subject, transfer.card_of(site), site.card().fingerprint, stick, PASSPHRASE)
    assert dump(site) == before
    assert list(stick.iterdir()) == []


def test_a_hand_over_that_fails_leaves_a_bundle_which_the_next_sending_takes(
    site: Site, new: Site, subject: str, stick: Path, pisa: Pisa, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise CannotSave("full")

    with monkeypatch.context() as failing:
        failing.setattr(site.clinical, "add_handover", full)
        with pytest.raises(CannotSave):
            hand(site, new, subject, stick)
    assert list(stick.iterdir()) == []
    assert (site.clinical.subject(subject).status, transfer.standing(site, subject)) == ("enrolled", ("", ""))
    assert checking.verify(site) == []

    left = sealed(site, pisa)
    assert {one for one, *_ in left} == {subject}
    assert not any(form == "handover" for _, form, _, _ in left)
    sent = sending.export(site, stick)
    assert [path.name for path in stick.iterdir()] == [sent.name]
    assert sent.seq == 1
    assert sealed(site, pisa) == left

    take(new, hand(site, new, subject, stick))
    sending.export(site, stick)
    assert sealed(site, pisa) == [(subject, "handover", 1, "handed")]
    assert checking.verify(site) == []


@pytest.mark.parametrize("place", [".", "backups"])
def test_no_hand_over_goes_among_the_data(
    site: Site, new: Site, subject: str, stick: Path, place: str
) -> None:
    folder = site.folder / place
    folder.mkdir(exist_ok=True)
    before = dump(site)
    with pytest.raises(OutputRefused):
        hand(site, new, subject, folder)
    assert dump(site) == before
    hand(site, new, subject, stick)
    with pytest.raises(OutputRefused):
        transfer.write_again(site, subject, folder)


def test_a_lost_file_is_written_again_or_the_patient_taken_back(
    site: Site, new: Site, subject: str, stick: Path, pisa: Pisa
) -> None:
    file = hand(site, new, subject, stick)
    for path in stick.iterdir():
        path.unlink()
    assert (stick / transfer.write_again(site, subject, stick).name).read_bytes() == file.data
    with pytest.raises(HandoverRefused):
        transfer.take_back(site, subject, "  ", PASSPHRASE)
    transfer.take_back(site, subject, "the stick was lost", PASSPHRASE)
    (row,) = patients.patients(site)
    assert (row.status, row.moved_to) == ("enrolled", "")
    visits.sign(site, visits.open_visit(site, subject, "m06", MONTH_6), "responsible", PASSPHRASE)
    sending.export(site, stick)
    said = [(ver, act) for _, form, ver, act in sealed(site, pisa) if form == "handover"]
    assert said == [(1, "handed"), (2, "taken_back")]
    assert checking.verify(site) == []
    with pytest.raises(HandoverRefused):
        transfer.take_back(site, subject, "again", PASSPHRASE)


def test_the_patient_comes_back(site: Site, new: Site, subject: str, stick: Path) -> None:
    take(new, hand(site, new, subject, stick))
    visits.sign(new, visits.open_visit(new, subject, "m06", MONTH_6), "responsible", PASSPHRASE)
    file = hand(new, site, subject, stick)
    assert look(site, file).back
    take(site, file)
    assert "phga" in versions(site, subject, "m06")
    (row,) = patients.patients(site)
    assert (row.status, row.moved_to) == ("enrolled", "")
    signed(site, subject, "m12", MONTH_12, 1)
    assert checking.verify(site) == []
    assert checking.verify(new) == []
    with pytest.raises(SubjectAway):
        visits.amend(new, visits.open_visit(new, subject, "m06", MONTH_6), 5)


def test_an_old_file_does_not_come_over_a_patient_who_is_here(
    site: Site, new: Site, subject: str, stick: Path
) -> None:
    old = hand(site, new, subject, stick)
    transfer.take_back(site, subject, "the stick was lost", PASSPHRASE)
    take(new, hand(site, new, subject, stick))
    with pytest.raises(HandoverRefused) as refused:
        take(new, old)
    assert refused.value.params["why"] == "here"


def test_a_side_that_took_over_by_mistake_lets_go(site: Site, new: Site, subject: str, stick: Path) -> None:
    file = hand(site, new, subject, stick)
    transfer.take_back(site, subject, "the stick was lost", PASSPHRASE)
    take(new, file)  # the stick was found
    transfer.give_up(new, subject, "Florence goes on", PASSPHRASE)
    with pytest.raises(SubjectAway):
        visits.open_visit(new, subject, "m12", MONTH_12)
    transfer.confirm_handed(site, subject, "it was the other way round", PASSPHRASE)
    with pytest.raises(SubjectAway):
        visits.open_visit(site, subject, "m12", MONTH_12)


def test_the_trail_of_both_sides_tells_of_it(site: Site, new: Site, subject: str, stick: Path) -> None:
    take(new, hand(site, new, subject, stick))
    acts = [one.entry.field for one in site.clinical.audit_entries(table="act", record=subject)]
    assert "patient_handed_over" in acts
    acts = [one.entry.field for one in new.clinical.audit_entries(table="act", record=subject)]
    assert "patient_taken_over" in acts


def test_synthetic_and_real_patients_stay_apart(
    site: Site, pisa: Pisa, subject: str, stick: Path, tmp_path: Path, clock: TestClock
) -> None:
    real = opened_site(
        make_site(tmp_path / "real", setup(pisa.keyset, pisa.fingerprint, "P09", practice=False)), clock
    )
    file: File = hand(site, real, subject, stick)
    with pytest.raises(HandoverRefused) as refused:
        take(real, file)
    assert refused.value.params["why"] == "practice"
    real.close()
