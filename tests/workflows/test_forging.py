"""What somebody who unlocks the site may do to the files by hand, and how it is found out: every forgery is made first.

All of them have the keys of the databases; what they have not are the keys of other people.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from study_parts import DAY_0, PASSPHRASE, TestClock, enrol, fill, open_site, opened_site, signed, type_in

from anifro_desktop.record import Json, encoded, struck
from anifro_desktop.store.erasing import writable
from anifro_desktop.store.schema import AUDIT, REVISIONS
from anifro_desktop.store.signed import signatures
from anifro_desktop.store.vault import FLOOR
from anifro_desktop.workflows import checking, people, sending, signing, signoff, visits
from anifro_desktop.workflows.audit import proving
from anifro_desktop.workflows.erasing import erase_text
from anifro_desktop.workflows.errors import DataAltered
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.revising import sign_last
from anifro_desktop.workflows.site import Site

NURSE = Person("U02", "Nadia Finta", ("data_entry",))


@pytest.fixture
def subject(site_folder: Path, clock: TestClock) -> str:
    """A patient with a signed baseline, at a site with a nurse."""
    site = opened_site(site_folder, clock)
    people.add(site, NURSE, PASSPHRASE, temporary=False, cost=FLOOR)
    code = enrol(site)
    signed(site, code, "baseline", DAY_0, summary_comment="a large effusion")
    site.close()
    return code


@pytest.fixture
def nurse(site_folder: Path, subject: str, clock: TestClock) -> Iterator[Site]:
    """The site, unlocked by her."""
    opened = open_site(site_folder, clock, "U02")
    yield opened
    opened.close()


def codes(site: Site) -> set[str]:
    return {one.code for one in checking.verify(site)}


def sign_by_hand(site: Site, subject: str, key: str) -> None:
    """What `visits.sign` does, without asking who it is."""
    (row,) = (one for one in site.clinical.entries(subject) if one.key == key)
    with site.clinical.transaction():
        sign_last(site, signing.latest(site, row).values(), "responsible")
        site.clinical.set_visit_state(row.id, "signed")


def test_a_signature_of_somebody_who_may_not_sign_is_none(
    nurse: Site, subject: str, clock: TestClock, tmp_path: Path
) -> None:
    visits.complete(nurse, fill(nurse, subject, "m06", DAY_0.replace(month=9), 1))
    sign_by_hand(nurse, subject, "m06")
    assert not any(one.holds for one in signatures(nurse.clinical, subject, "m06"))
    assert "signature_broken" in codes(nurse)
    assert {(one.visit, one.state) for one in signoff.unsigned(nurse)} == {("m06", "unsigned")}
    folder = nurse.folder
    nurse.close()
    site = open_site(folder, clock)
    with pytest.raises(DataAltered):
        sending.export(site, tmp_path)
    site.close()


def test_a_signature_holds_whatever_becomes_of_whoever_gave_it(
    site_folder: Path, subject: str, clock: TestClock
) -> None:
    """A physician signs, becomes somebody who only types, chooses another passphrase, and is removed."""
    site = opened_site(site_folder, clock)
    people.add(site, Person("U03", "Ugo Finto", ("investigator",)), PASSPHRASE, temporary=False, cost=FLOOR)
    site.close()
    second = open_site(site_folder, clock, "U03")
    signed(second, subject, "m06", DAY_0.replace(month=9), 1)
    second.close()
    site = opened_site(site_folder, clock)
    people.change(site, Person("U03", "Ugo Finto", ("data_entry",)), "left the ward")
    assert codes(site) == set()
    people.reset(site, "U03", "copper window slate harbour moss", "forgot", cost=FLOOR)
    people.remove(site, "U03", "contract ended")
    assert codes(site) == set()
    assert all(one.holds for one in signatures(site.clinical, subject, "m06"))
    assert signoff.unsigned(site) == []
    site.close()


def test_an_old_passphrase_signs_nothing_new_even_with_the_keys_of_the_databases(
    site_folder: Path, subject: str, clock: TestClock
) -> None:
    """Whoever can read the databases and has somebody's old passphrase has that person's old keys."""
    old = open_site(site_folder, clock, "U02")
    secrets = old.keys.secrets
    people.change_passphrase(old, PASSPHRASE, "copper window slate harbour moss", cost=FLOOR)
    old.clinical.log("checked")
    assert codes(old) == set()
    keys, old.clinical.keys = old.clinical.keys, replace(old.clinical.keys, secrets=secrets)
    old.clinical.log("checked", subject)
    old.clinical.keys = keys
    assert codes(old) == {"trail_signature"}
    old.close()


def test_an_administrator_who_sends_signs_schedules_and_nothing_else(
    site_folder: Path, subject: str, clock: TestClock, tmp_path: Path
) -> None:
    site = opened_site(site_folder, clock)
    people.add(site, Person("U03", "Aldo Finto", ("site_admin",)), PASSPHRASE, temporary=False, cost=FLOOR)
    site.close()
    site = open_site(site_folder, clock, "U03")
    sending.export(site, tmp_path)
    assert codes(site) == set()
    assert signoff.unsigned(site) == []
    site.close()


# Erasures


def rewritten(site: Site, changes: Callable[[dict[str, Any]], None], subject: str, field: str) -> None:
    """Alter the first version of the form with a question, and what the trail says of that question; then vouch for
    all of it with erasures of one's own, in every way that the trail can tell of one."""
    with site.clinical.transaction() as tx:
        rows = tx.connection.execute(sa.select(REVISIONS).where(REVISIONS.c.subject == subject)).all()
        row = next(one for one in rows if field in json.loads(one.body)["values"])
        body = json.loads(row.body)
        changes(body["values"])
        text = encoded(body).decode("utf-8")
        key = sa.and_(REVISIONS.c.record == row.record, REVISIONS.c.ver == row.ver)
        about = sa.and_(AUDIT.c.record == row.record, AUDIT.c.field == field)
        told = tx.connection.execute(sa.select(AUDIT).where(about)).all()
        with writable(tx.connection, REVISIONS):
            tx.connection.execute(sa.update(REVISIONS).where(key).values(body=text))
        with writable(tx.connection, AUDIT):
            tx.connection.execute(sa.update(AUDIT).where(about).values(new=body["values"][field]))
        hashes: list[Json] = [body["values"][field][5:-1]] if isinstance(body["values"][field], str) else []
        for one in told:
            tx.record("erasure", str(one.seq), "entry", None, {"texts": hashes}, "typo")
        tx.record("erasure", f"{row.record}/{row.ver}", "body", None, {"texts": hashes}, "typo")


def test_an_answer_altered_and_vouched_for_by_an_erasure_is_found(nurse: Site, subject: str) -> None:
    rewritten(nurse, lambda values: values.update(platelets="184"), subject, "platelets")
    assert {"record_changed", "trail_hash", "signature_broken"} <= codes(nurse)
    found = signatures(nurse.clinical, subject, "baseline")
    assert [one.holds for one in found].count(False) == 1


def test_an_answer_hidden_by_somebody_who_may_not_erase_is_found(nurse: Site, subject: str) -> None:
    """A text may leave its hash, which fits the signed digest; but only an administrator's erasure may take it out."""
    name = "summary_comment"
    rewritten(nurse, lambda values: values.update({name: struck(values[name])}), subject, name)
    assert {"record_hidden", "trail_hidden"} <= codes(nurse)
    assert {"record_hidden", "trail_hidden"} <= checking.ALTERED
    assert checking.erasures(nurse) == ()


def test_what_is_no_text_is_not_hidden_by_anybody(nurse: Site, subject: str) -> None:
    rewritten(
        nurse, lambda values: values.update(platelets=struck(str(values["platelets"]))), subject, "platelets"
    )
    assert {"record_changed", "trail_hash"} <= codes(nurse)


def test_nobody_erases_in_the_name_of_an_administrator(nurse: Site, subject: str) -> None:
    """Entries of one transaction are of one person: whoever signs the last one."""
    with nurse.clinical.transaction() as tx:
        tx.record("erasure", "5", "entry", None, {"texts": []}, "typo")
        tx.entries[-1] = tx.entries[-1]._replace(user="U01", role="site_admin")
        tx.record("act", "", "send", None, None)
    assert "trail_transaction" in codes(nurse)


def test_an_erasure_is_named_by_the_check_with_who_and_why(
    site_folder: Path, subject: str, clock: TestClock
) -> None:
    site = opened_site(site_folder, clock)
    opened = visits.open_visit(site, subject, "baseline", DAY_0)
    visits.amend(site, opened, 2)
    type_in(site, opened, {"summary_comment": "saw Sbagliatissima"})
    visits.complete(site, opened)
    visits.amend(site, opened, 2)
    type_in(site, opened, {"summary_comment": "well"})
    visits.complete(site, opened)
    visits.sign(site, opened, "responsible", PASSPHRASE)
    done = erase_text(site, subject, "baseline", "summary_comment", "a name", PASSPHRASE)
    proof = proving.prove(site)
    assert proof.findings == ()
    (words,) = proof.erasures
    assert "U01" in words.en
    (told,) = checking.erasures(site)
    assert (told.user, told.reason, told.entries, told.versions) == (
        "U01",
        "a name",
        done.entries,
        done.versions,
    )
    site.close()


def test_an_erased_text_that_is_put_back_is_found(site: Site) -> None:
    subject = enrol(site)
    opened = signed(site, subject, "baseline", DAY_0, summary_comment="saw Sbagliatissima")
    visits.amend(site, opened, 2)
    type_in(site, opened, {"summary_comment": "well"})
    visits.complete(site, opened)
    with site.clinical.transaction() as tx:
        before = tx.connection.execute(sa.select(REVISIONS).where(REVISIONS.c.form == "visit_summary")).all()
    erase_text(site, subject, "baseline", "summary_comment", "a name", PASSPHRASE)
    with site.clinical.transaction() as tx, writable(tx.connection, REVISIONS):
        for row in before:
            key = sa.and_(REVISIONS.c.record == row.record, REVISIONS.c.ver == row.ver)
            tx.connection.execute(sa.update(REVISIONS).where(key).values(body=row.body))
    assert codes(site) == {"record_hidden"}
