"""Versions, acts and archives that somebody with the keys of the databases gives another name, time or role."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from forging_parts import (
    LATER,
    NURSE,
    ONE_TIME,
    Opener,
    codes,
    completed,
    one_time_seed,
)
from PySide6.QtWidgets import QApplication
from study_parts import TestClock, copied, signed

from anifro_desktop.crypto import signing as ed25519
from anifro_desktop.store.audit import Entry
from anifro_desktop.store.doorplate import User
from anifro_desktop.store.vault import FLOOR
from anifro_desktop.ui.archive_paper import Printing
from anifro_desktop.workflows import checking, people, sending, signoff
from anifro_desktop.workflows.archive import proving as archives
from anifro_desktop.workflows.archive.making import archive
from anifro_desktop.workflows.archive.verify_archive import sums_message
from anifro_desktop.workflows.audit import proving
from anifro_desktop.workflows.errors import DataAltered
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.site import Site


@pytest.fixture
def site_folder(of_every_role: tuple[Path, str], tmp_path: Path) -> Path:
    """A copy of that site for this test alone, closed."""
    return copied(of_every_role[0], tmp_path / "site")


@pytest.fixture
def subject(of_every_role: tuple[Path, str]) -> str:
    """The patient there."""
    return of_every_role[1]


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
