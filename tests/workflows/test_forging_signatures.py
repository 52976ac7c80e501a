"""Signatures, versions and acts that somebody with the keys of the databases gives another name, time or role."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from PySide6.QtWidgets import QApplication
from study_parts import DAY_0, PASSPHRASE, Pisa, TestClock, copied, enrol, fill, opened_site, signed

from anifro_desktop.crypto import signing as ed25519
from anifro_desktop.store import keyacts, sheet, staff
from anifro_desktop.store.audit import Entry
from anifro_desktop.store.doorplate import User
from anifro_desktop.store.errors import PassphraseNotChosen
from anifro_desktop.store.passphrase import kek
from anifro_desktop.store.revisions import signature_text
from anifro_desktop.store.schema import SIGNATURE
from anifro_desktop.store.signed import signatures
from anifro_desktop.store.slots import UserSecrets, read_table
from anifro_desktop.store.vault import FILE, FLOOR
from anifro_desktop.ui.archive_paper import Printing
from anifro_desktop.workflows import checking, people, sending, signing, signoff, visits
from anifro_desktop.workflows.archive import proving as archives
from anifro_desktop.workflows.archive.making import archive
from anifro_desktop.workflows.archive.verify_archive import sums_message
from anifro_desktop.workflows.audit import proving, review
from anifro_desktop.workflows.errors import DataAltered
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.site import Site, unlock

NURSE = Person("U02", "Nadia Finta", ("data_entry",))
MONITOR = Person("U03", "Mona Finta", ("monitor",))
ADMIN = Person("U04", "Aldo Finto", ("site_admin",))
CLERK = Person("U05", "Carla Finta", ("site_admin", "data_entry"))
OTHER, ONE_TIME = "copper window slate harbour moss", "temporary horse battery staple"
SIGNER = "Dr. Firma di Prova"
LATER = DAY_0.replace(month=9)


@pytest.fixture(scope="module")
def begun(pisa_template: tuple[Pisa, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A patient with a signed baseline, at a site with people of every role; made once."""
    folder = copied(pisa_template[1], tmp_path_factory.mktemp("begun") / "site")
    site = opened_site(folder, TestClock())
    for person in (NURSE, MONITOR, ADMIN, CLERK):
        people.add(site, person, PASSPHRASE, temporary=False, cost=FLOOR)
    code = enrol(site)
    signed(site, code, "baseline", DAY_0)
    site.close()
    return folder, code


@pytest.fixture
def site_folder(begun: tuple[Path, str], tmp_path: Path) -> Path:
    """A copy of that site for this test alone, closed."""
    return copied(begun[0], tmp_path / "site")


@pytest.fixture
def subject(begun: tuple[Path, str]) -> str:
    """The patient there."""
    return begun[1]


@dataclass(slots=True)
class Opener:
    """Opens the site as somebody, and closes it as whoever was before."""

    folder: Path
    clock: TestClock
    site: Site | None = None

    def __call__(self, code: str, passphrase: str = PASSPHRASE) -> Site:
        self.close()
        self.site = unlock(self.folder, code, passphrase, self.clock)
        return self.site

    def close(self) -> None:
        if self.site is not None:
            self.site.close()
            self.site = None


@pytest.fixture
def opened(site_folder: Path, subject: str, clock: TestClock) -> Iterator[Opener]:
    opener = Opener(site_folder, clock)
    yield opener
    opener.close()


def codes(site: Site) -> set[str]:
    return {one.code for one in checking.verify(site)}


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


def completed(site: Site, subject: str) -> None:
    visits.complete(site, fill(site, subject, "m06", LATER, 1))


def check_none_holds(site: Site, subject: str, out: Path, *more: str) -> None:
    """What was forged is found, shown as not signed, and stops what would leave. more: what else is found."""
    assert not any(one.holds for one in signatures(site.clinical, subject, "m06"))
    assert codes(site) == {"signature_broken", *more}
    assert {(one.visit, one.state) for one in signoff.unsigned(site)} == {("m06", "unsigned")}
    if site.may(*sending.SENDING):
        with pytest.raises(DataAltered):
            sending.export(site, out)


# Signatures


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


def one_time_seed(folder: Path, code: str) -> bytes:
    """What an administrator opens with the passphrase just given to somebody."""
    table = read_table((folder / FILE).read_bytes())
    slot = table.slot(code)
    assert slot is not None
    assert slot.kdf is not None
    plain = AESGCM(kek(ONE_TIME, slot.kdf)).decrypt(slot.nonce, slot.secrets, table.header(slot))
    return UserSecrets(plain[:32], plain[32:]).signing_seed


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


# Versions


def write_again(site: Site, subject: str, platelets: int) -> None:
    """Another version of a signed form, without opening the visit for changes."""
    lab = next(one for one in site.clinical.revisions(subject, "baseline") if "platelets" in one.values)
    values = {**lab.values, "platelets": platelets}
    site.clinical.append_revision(replace(lab, values=values, signature={}, why="2", why_text="typo"))


def test_a_version_that_nobody_signed_is_found_in_a_visit_that_says_it_is_signed(
    opened: Opener, subject: str, tmp_path: Path
) -> None:
    """Be it by somebody who may enter answers."""
    write_again(opened("U02"), subject, 999)
    site = opened("U01")
    assert codes(site) == {"visit_unsigned"}
    assert [(one.visit, one.state) for one in signoff.unsigned(site)] == [("baseline", "changed")]
    with pytest.raises(DataAltered):
        sending.export(site, tmp_path)
    copied = checking.begin(site)
    assert {one.code for one in checking.finish(site, copied, checking.prove(copied))} == {"visit_unsigned"}
    (told,) = proving.prove(site).findings
    assert subject in told.where.en
    assert told.what.it != told.what.en


@pytest.mark.parametrize("code", ["U03", "U04"])
def test_a_version_of_somebody_who_never_might_enter_answers_is_found(
    opened: Opener, subject: str, tmp_path: Path, code: str
) -> None:
    write_again(opened(code), subject, 999)
    site = opened("U01")
    assert codes(site) == {"record_role", "trail_entering", "visit_unsigned"}
    assert [one.visit for one in signoff.unsigned(site)] == ["baseline"]
    with pytest.raises(DataAltered):
        sending.export(site, tmp_path)


def test_a_version_of_somebody_who_might_enter_answers_then_is_none(opened: Opener, subject: str) -> None:
    completed(opened("U02"), subject)
    site = opened("U01")
    people.change(site, Person("U02", NURSE.name, ("monitor",)), "monitors now")
    assert codes(site) == set()


def test_nobody_writes_a_version_under_another_name(opened: Opener, subject: str) -> None:
    nurse = opened("U02")
    keys = nurse.clinical.keys
    with nurse.clinical.transaction():
        nurse.clinical.keys = replace(keys, user=replace(keys.user, code="U01"))
        write_again(nurse, subject, 999)
        nurse.clinical.keys = keys
    assert "record_author" in codes(nurse)


def test_a_lent_key_writes_no_answer(
    opened: Opener, subject: str, tmp_path: Path, qapp: QApplication
) -> None:
    """An administrator answers in the name of a nurse whose passphrase he just gave."""
    completed(opened("U02"), subject)
    site = opened("U04")
    people.reset(site, "U02", ONE_TIME, "forgot", cost=FLOOR)
    keys = site.clinical.keys
    secrets = replace(keys.secrets, signing_seed=one_time_seed(site.folder, "U02"))
    site.clinical.keys = replace(keys, user=User("U02", NURSE.name, NURSE.roles), secrets=secrets)
    lab = next(one for one in site.clinical.revisions(subject, "m06") if "platelets" in one.values)
    values = {**lab.values, "platelets": 999}
    site.clinical.append_revision(replace(lab, values=values, why="2", why_text="typo"))
    site.clinical.keys = keys
    site = opened("U01")
    assert codes(site) == {"trail_lent"}
    with pytest.raises(DataAltered):
        sending.export(site, tmp_path)
    (told,) = proving.prove(site).findings
    assert told.what.it != told.what.en
    made = archive(site, tmp_path / "stick", "en", Printing())
    (fault,) = archives.prove(site, made.folder).faults
    assert "is signed with a key that somebody else chose" in fault.en
    assert fault.it != fault.en


def _dated(site: Site, subject: str) -> None:
    (row,) = (one for one in site.clinical.entries(subject) if one.key == "baseline")
    site.clinical.set_visit_date(row.id, date(2026, 3, 19))


def _reopened(site: Site, subject: str) -> None:
    (row,) = (one for one in site.clinical.entries(subject) if one.key == "baseline")
    site.clinical.set_visit_state(row.id, "draft")


def _closed(site: Site, subject: str) -> None:
    (row,) = (one for one in site.clinical.entries(subject) if one.key == "baseline")
    site.clinical.set_visit_state(row.id, "complete")


def _other(site: Site, subject: str) -> None:
    site.clinical.update_subject(subject, enrolled=date(2026, 2, 1), sex="male")


@pytest.mark.parametrize("code", ["U03", "U04"])
@pytest.mark.parametrize(
    ("forged", "differs"), [(_dated, True), (_reopened, True), (_closed, False), (_other, True)]
)
def test_who_never_might_enter_answers_changes_no_patient_and_no_visit(
    opened: Opener,
    subject: str,
    tmp_path: Path,
    code: str,
    forged: Callable[[Site, str], None],
    *,
    differs: bool,
) -> None:
    forged(opened(code), subject)
    site = opened("U01")
    assert codes(site) == {"trail_entering"} | ({"facts_differ"} if differs else set())
    with pytest.raises(DataAltered):
        sending.export(site, tmp_path)


@pytest.mark.parametrize("code", ["U02", "U03"])
@pytest.mark.parametrize(
    ("forged", "said"),
    [
        (_dated, {"the date is not the one"}),
        (_other, {"sex is not as", "enrolled is not as"}),
        (_reopened, {"says that it is a draft"}),
    ],
)
def test_an_archive_of_changes_beside_the_forms_is_found(
    opened: Opener,
    subject: str,
    tmp_path: Path,
    qapp: QApplication,
    code: str,
    forged: Callable[[Site, str], None],
    said: set[str],
) -> None:
    """The monitor's, who never might, and those of the nurse, who might on the form."""
    forged(opened(code), subject)
    site = opened("U01")
    assert "facts_differ" in codes(site)
    made = archive(site, tmp_path / "stick", "en", Printing())
    faults = archives.prove(site, made.folder).faults
    wanted = said | ({"by somebody who never might enter answers"} if code == "U03" else set())
    assert len(faults) == len(wanted)
    assert all(any(part in one.en for one in faults) for part in wanted)
    assert all(one.it != one.en for one in faults)


# Acts


@pytest.mark.parametrize(
    ("forged", "code"),
    [
        (lambda one: one._replace(role="investigator+site_admin"), "trail_role"),
        (lambda one: one._replace(utc="2020-01-01T00:00:00.000Z", clock_ok=True), "trail_time"),
        (lambda one: one._replace(utc="", clock_ok=True), "trail_form"),
        (lambda one: one._replace(utc="20990115T090000.000+00:00"), "trail_form"),
        (lambda one: one._replace(utc_offset=24 * 60), "trail_form"),
        (lambda one: one._replace(table="Act"), "trail_form"),
        (lambda one: one._replace(role="data_entry+data_entry"), "trail_role"),
    ],
)
def test_nobody_acts_in_the_roles_of_others_or_at_another_time(
    opened: Opener, subject: str, forged: Callable[[Entry], Entry], code: str
) -> None:
    nurse = opened("U02")
    with nurse.clinical.transaction() as tx:
        tx.record("act", subject, "identity_read", None, None)
        tx.entries[:] = map(forged, tx.entries)
    assert codes(nurse) == {code}
    assert {one.code for one in checking.quick(nurse)} == {code}
    (told,) = proving.prove(nurse).findings
    assert told.what.it != told.what.en


def test_a_clock_that_went_back_and_that_the_program_flagged_is_no_forgery(
    opened: Opener, subject: str, clock: TestClock
) -> None:
    site = opened("U01")
    clock.moment = clock.moment.replace(year=2020)
    site.clinical.log("seen", subject)
    site.clinical.log("seen", subject)
    assert codes(site) == set()


def test_an_older_copy_is_seen_by_an_administrator_and_not_by_whoever_put_it_back(
    opened: Opener, subject: str, tmp_path: Path
) -> None:
    nurse = opened("U02")
    opened.close()
    kept = tmp_path / "clinical.db"
    shutil.copy(nurse.folder / "clinical.db", kept)
    signed(opened("U01"), subject, "m06", LATER, 1)
    opened.close()
    shutil.copy(kept, nurse.folder / "clinical.db")
    nurse = opened("U02")
    nurse.clinical.log("checked")
    nurse.clinical.anchors_seen()
    nurse.clinical.behind = None
    assert codes(nurse) == {"rolled_back"}
    assert codes(opened("U01")) == {"rolled_back"}


# Archives


def seal_again(site: Site, folder: Path) -> None:
    """Sign what is left of an archive, with one's own key and the site's, which whoever unlocks can read."""
    sums = folder / "SHA256SUMS"
    left = [one for one in sums.read_text("utf-8").splitlines() if (folder / one.split("  ", 1)[1]).exists()]
    told = [f"{_sha256(folder / one.split('  ', 1)[1])}  {one.split('  ', 1)[1]}" for one in left]
    sums.write_text("".join(f"{one}\n" for one in told), "utf-8")
    path = folder / "SHA256SUMS.sig"
    facts = json.loads(path.read_text("utf-8")) | {"sha256": _sha256(sums)}
    message = sums_message(facts)
    seeds = {"sig": site.keys.secrets.signing_seed, "site_sig": site.clinical.site_keys().signing_seed}
    facts |= {name: ed25519.sign(seed, message).hex() for name, seed in seeds.items()}
    path.write_text(json.dumps(facts), "utf-8")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_an_archive_that_somebody_took_a_patient_out_of_and_signed_again_is_found(
    opened: Opener, subject: str, tmp_path: Path, qapp: QApplication
) -> None:
    site = opened("U01")
    made = archive(site, tmp_path / "stick", "en", Printing())
    for path in (made.folder / "subjects").glob(f"{subject}*"):
        path.unlink()
    seal_again(site, made.folder)
    faults = {one.en for one in archives.prove(site, made.folder).faults}
    assert f"subjects/{subject}.jsonl: missing" in faults
    assert any(one.startswith("version 1 of ") for one in faults)
    assert any(one.startswith("signature of U01, version 1 of ") for one in faults)


@pytest.mark.parametrize("what", ["version", "signature"])
def test_an_archive_without_a_last_version_or_its_signature_is_found(
    opened: Opener, subject: str, tmp_path: Path, qapp: QApplication, what: str
) -> None:
    write_again(opened("U02"), subject, 999)
    site = opened("U01")
    made = archive(site, tmp_path / "stick", "en", Printing())
    path = made.folder / "subjects" / f"{subject}.jsonl"
    rows = [json.loads(one) for one in path.read_text("utf-8").splitlines()]
    if what == "version":
        (gone,) = (one for one in rows if one["body"]["ver"] == 2)
        rows.remove(gone)
    else:
        gone = next(one for one in rows if one["signatures"])
        gone["signatures"] = []
    path.write_text("".join(f"{json.dumps(one)}\n" for one in rows), "utf-8")
    seal_again(site, made.folder)
    record = gone["body"]["id"]
    wanted = {"version": f"version 2 of {record}: missing"}
    wanted["signature"] = f"signature of U01, version 1 of {record}: missing"
    faults = archives.prove(site, made.folder).faults
    assert [one.en for one in faults if one.en == wanted[what]] == [wanted[what]]
    assert all(one.it != one.en for one in faults)
