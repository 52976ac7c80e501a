"""Signatures that somebody with the keys of the databases gives another name, time or role."""

from __future__ import annotations

from pathlib import Path

import pytest
from forging_parts import (
    LATER,
    ONE_TIME,
    OTHER,
    Opener,
    codes,
    completed,
    one_time_seed,
)
from PySide6.QtWidgets import QApplication
from study_parts import PASSPHRASE, TestClock, copied, fill, signed

from anifro_desktop.crypto import signing as ed25519
from anifro_desktop.store import keyacts, sheet, staff
from anifro_desktop.store.errors import PassphraseNotChosen
from anifro_desktop.store.revisions import signature_text
from anifro_desktop.store.schema import SIGNATURE
from anifro_desktop.store.signed import signatures
from anifro_desktop.store.vault import FLOOR
from anifro_desktop.ui.archive_paper import Printing
from anifro_desktop.workflows import people, sending, signing, signoff, visits
from anifro_desktop.workflows.archive import proving as archives
from anifro_desktop.workflows.archive.making import archive
from anifro_desktop.workflows.audit import proving, review
from anifro_desktop.workflows.errors import DataAltered
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.site import Site

SIGNER = "Dr. Firma di Prova"


@pytest.fixture
def site_folder(of_every_role: tuple[Path, str], tmp_path: Path) -> Path:
    """A copy of that site for this test alone, closed."""
    return copied(of_every_role[0], tmp_path / "site")


@pytest.fixture
def subject(of_every_role: tuple[Path, str]) -> str:
    """The patient there."""
    return of_every_role[1]


def forge(
    site: Site, subject: str, seed: bytes, *, by: str = "U01", name: str = SIGNER, when: str = ""
) -> None:
    """Rows of signatures with a key that somebody got hold of, and a record that says it is signed."""
    (row,) = (one for one in site.clinical.entries(subject) if one.key == "m06")
    with site.clinical.transaction() as tx:
        for revision in signing.latest(site, row).values():
            facts = {"by": by, "name": name, "meaning": "responsible", "when": when or tx.stamp.local}
            facts["digest"] = revision.digest()
            sig = ed25519.sign(seed, signature_text(revision, facts)).hex()
            put = {"record": revision.id, "ver": revision.ver, "signer": by, "name": name, "sig": sig}
            put |= {"meaning": "responsible", "signed": facts["when"], "digest": facts["digest"]}
            tx.put(SIGNATURE, put)
        site.clinical.set_visit_state(row.id, "signed")


def check_none_holds(site: Site, subject: str, out: Path, *more: str) -> None:
    """What was forged is found, shown as not signed, and stops what would leave. more: what else is found."""
    assert not any(one.holds for one in signatures(site.clinical, subject, "m06"))
    assert codes(site) == {"signature_broken", *more}
    assert {(one.visit, one.state) for one in signoff.unsigned(site)} == {("m06", "unsigned")}
    if site.may(*sending.SENDING):
        with pytest.raises(DataAltered):
            sending.export(site, out)


def test_a_replaced_key_signs_nothing_in_the_trail_of_somebody_else(
    opened: Opener, subject: str, tmp_path: Path, qapp: QApplication
) -> None:
    """The nurse read an old passphrase on a note: the rows are right in all but who wrote them."""
    site = opened("U01")
    seed = site.keys.secrets.signing_seed
    people.change_passphrase(site, PASSPHRASE, OTHER, cost=FLOOR)
    site.clinical.log("seen")
    nurse = opened("U02")
    completed(nurse, subject)
    forge(nurse, subject, seed)
    check_none_holds(nurse, subject, tmp_path)
    site = opened("U01", OTHER)
    made = archive(site, tmp_path / "stick", "en", Printing())
    faults = archives.prove(site, made.folder).faults
    assert len(faults) > 1
    assert all("the signature of U01 does not hold" in one.en for one in faults)
    assert all(one.it != one.en for one in faults)


@pytest.mark.parametrize("trail_of", ["the administrator", "the physician"])
@pytest.mark.parametrize("back", [False, True], ids=["still one-time", "chosen anew since"])
def test_whoever_gives_a_one_time_passphrase_signs_nothing_with_it(
    opened: Opener, subject: str, tmp_path: Path, trail_of: str, *, back: bool
) -> None:
    """Be it with the trail of that person as well, which these keys sign: a signature needs a passphrase of one's
    own."""
    site = opened("U05")
    completed(site, subject)
    people.reset(site, "U01", ONE_TIME, "forgot", cost=FLOOR)
    seed = one_time_seed(site.folder, "U01")
    if trail_of == "the physician":
        site = opened("U01", ONE_TIME)
    forge(site, subject, seed)
    if back:
        site = opened("U01", ONE_TIME)
        people.change_passphrase(site, ONE_TIME, OTHER, cost=FLOOR)
        site = opened("U01", OTHER)
    check_none_holds(site, subject, tmp_path, *(["trail_lent"] if trail_of == "the physician" else []))
    assert all(one.holds for one in signatures(site.clinical, subject, "baseline"))


def test_whoever_comes_back_with_a_passphrase_of_ones_own_signs(opened: Opener, subject: str) -> None:
    people.reset(opened("U05"), "U01", ONE_TIME, "forgot", cost=FLOOR)
    people.change_passphrase(opened("U01", ONE_TIME), ONE_TIME, OTHER, cost=FLOOR)
    site = opened("U01", OTHER)
    visits.sign(site, fill(site, subject, "m06", LATER, 1), "responsible", OTHER)
    assert codes(site) == set()
    assert signoff.unsigned(site) == []


def test_a_removed_person_who_never_chose_a_passphrase_is_not_awaited(opened: Opener) -> None:
    site = opened("U05")
    people.reset(site, "U02", ONE_TIME, "forgot", cost=FLOOR)
    assert people.member(site, "U02").temporary
    people.remove(site, "U02", "left")
    assert not any(one.temporary for one in people.members(site))


@pytest.mark.parametrize(
    "facts", [{"when": "2020-01-01T10:00:00.000+01:00"}, {"when": "yesterday"}, {"name": "Somebody Else"}]
)
def test_ones_own_signature_bears_the_moment_and_the_name_that_it_was_given_under(
    opened: Opener, subject: str, tmp_path: Path, facts: dict[str, str]
) -> None:
    site = opened("U01")
    completed(site, subject)
    forge(site, subject, site.keys.secrets.signing_seed, **facts)
    assert "signature_broken" in codes(site)
    with pytest.raises(DataAltered):
        sending.export(site, tmp_path)


def test_a_signature_under_a_name_of_before_holds(opened: Opener, subject: str) -> None:
    site = opened("U05")
    people.change(site, Person("U01", "Dr. Firma Sposata", ("investigator", "site_admin")), "married")
    site = opened("U01")
    signed(site, subject, "m06", LATER, 1)
    assert codes(site) == set()
    names = {one.name for key in ("baseline", "m06") for one in signatures(site.clinical, subject, key)}
    assert names == {SIGNER, "Dr. Firma Sposata"}


@pytest.mark.parametrize("told", [False, True], ids=["unseen", "told to the trail"])
def test_whoever_resets_a_passphrase_for_good_signs_nothing_with_it(
    opened: Opener, subject: str, tmp_path: Path, *, told: bool
) -> None:
    """The resetter writes himself whether a passphrase is for one unlocking: so it is not asked."""
    completed(opened("U02"), subject)
    site = opened("U05")
    keys = staff.reset(site.folder, site.keys, "U01", OTHER, cost=FLOOR, temporary=False)
    if told:
        site.clinical.take_keys(keys)
        site.clinical.log(keyacts.RESET, "U01", {keyacts.KEY: keys.signers["U01"][0].hex()})
    untold = set() if told else {"key_file_untold"}
    site = opened("U01", OTHER)
    assert codes(site) == untold
    assert site.keys.temporary
    visit = visits.open_visit(site, subject, "m06", LATER)
    with pytest.raises(PassphraseNotChosen):
        visits.sign(site, visit, "responsible", OTHER)
    forge(site, subject, site.keys.secrets.signing_seed)
    people.reset(opened("U05"), "U01", ONE_TIME, "forgot", cost=FLOOR)
    people.change_passphrase(opened("U01", ONE_TIME), ONE_TIME, PASSPHRASE, cost=FLOOR)
    site = opened("U01")
    assert not any(one.holds for one in signatures(site.clinical, subject, "m06"))
    assert codes(site) == {"signature_broken", "trail_lent", *untold}
    with pytest.raises(DataAltered):
        sending.export(site, tmp_path)


def test_a_signature_with_a_key_chosen_after_a_reset_is_listed_with_who_reset(
    opened: Opener, subject: str
) -> None:
    """Reset, choose the next with the one-time passphrase, sign: the same as if the physician did it."""
    site = opened("U05")
    people.reset(site, "U01", ONE_TIME, "forgot", cost=FLOOR)
    people.change_passphrase(opened("U01", ONE_TIME), ONE_TIME, OTHER, cost=FLOOR)
    people.change_passphrase(opened("U01", OTHER), OTHER, PASSPHRASE, cost=FLOOR)
    site = opened("U01")
    signed(site, subject, "m06", LATER, 1)
    (one,) = review.review(site, everything=True).trusted
    assert (one.subject, one.visit, one.who, one.by) == (subject, "m06", "U01", "U05")
    assert one.reset is not None
    proof = proving.prove(site)
    assert proof.findings == ()
    (note,) = proof.trusted
    assert "U05" in note.it
    assert note.it != note.en
    assert f"{one.reset:%d/%m/%Y}" in note.en
    review.mark_reviewed(site, review.review(site), "asked her")
    assert review.review(site).trusted == ()


@pytest.mark.parametrize("shown", [True, False], ids=["shown", "never shown"])
def test_what_the_recovery_sheet_gave_is_ones_own_if_the_trail_tells(
    opened: Opener, subject: str, clock: TestClock, *, shown: bool
) -> None:
    site = opened("U01")
    sheet = people.make_sheet(site)
    if shown:
        people.sheet_shown(site, sheet.number)
    typed = " ".join(group for row in sheet.rows for group in row)
    opened.close()
    people.recover(site.folder, typed, "U01", OTHER, clock, cost=FLOOR)
    site = opened("U01", OTHER)
    assert not site.keys.temporary
    signed(site, subject, "m06", LATER, 1)
    assert codes(site) == (set() if shown else {"sheet_unseen"})
    (one,) = review.review(site).trusted
    assert one.by == "SHEET-1"


def test_what_the_recovery_sheet_gave_unseen_is_lent(opened: Opener, subject: str) -> None:
    """As after a recovery that broke off: the next passphrase is one's own."""
    site = opened("U01")
    made = people.make_sheet(site)
    people.sheet_shown(site, made.number)
    rows = made.rows
    secret = sheet.typed(" ".join(group for row in rows for group in row))
    opened.close()
    staff.reset(site.folder, sheet.open_with(site.folder, secret), "U01", OTHER, cost=FLOOR, temporary=False)
    site = opened("U01", OTHER)
    assert site.keys.temporary
    people.change_passphrase(site, OTHER, PASSPHRASE, cost=FLOOR)
    site = opened("U01")
    assert not site.keys.temporary
    signed(site, subject, "m06", LATER, 1)
    assert codes(site) == {"key_file_untold"}


@pytest.mark.parametrize("utc", ["20260115T090000.000+00:00", "2026-W03-4T09:00:00.000Z"])
def test_a_signature_is_not_dated_back_by_an_odd_way_to_write_a_moment(
    opened: Opener, subject: str, tmp_path: Path, qapp: QApplication, utc: str
) -> None:
    site = opened("U01")
    completed(site, subject)
    with site.clinical.transaction() as tx:
        forge(site, subject, site.keys.secrets.signing_seed, when="2026-01-15T10:00:00.000+01:00")
        tx.entries[:] = [one._replace(utc=utc) for one in tx.entries]
    assert {"signature_broken", "trail_form"} <= codes(site)
    made = archive(site, tmp_path / "stick", "en", Printing())
    faults = [one.en for one in archives.prove(site, made.folder).faults]
    assert any("is not written as the program writes one" in one for one in faults)
    assert any("the signature of U01 does not hold" in one for one in faults)
