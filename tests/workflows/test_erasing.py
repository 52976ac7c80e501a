"""Erasing an identity or a name in a free text: gone from every page of the files, and the trail still holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from deciphered import pages
from leaks import Search, words_of
from study_parts import DAY_0, PASSPHRASE, TestClock, enrol, fill, opened_site, signed, someone, type_in

from anifro_desktop.errors import Refusal
from anifro_desktop.identity import Identity
from anifro_desktop.record import struck
from anifro_desktop.store import verify
from anifro_desktop.store.database import Database
from anifro_desktop.store.errors import CannotSave
from anifro_desktop.workflows import backups, checking, patients, visits
from anifro_desktop.workflows.audit import finding
from anifro_desktop.workflows.audit.model import Filter
from anifro_desktop.workflows.erasing import Erasure, erase_identity, erase_text
from anifro_desktop.workflows.site import Site

WRONG = someone(7, surname="Sbagliatissima", name="Clorinda", tax_code="", phone="050 7654321")
WORDS = "saw Sbagliatissima in the corridor"


def found(store: Database, person: Identity = WRONG) -> set[str]:
    return Search(words_of(person), [person.birth_date] if person.birth_date else []).find(pages(store))


def erase(site: Site, subject: str, *, former_only: bool) -> Erasure:
    return erase_identity(site, subject, "typed by mistake", PASSPHRASE, former_only=former_only)


def test_what_an_identity_was_before_is_gone_from_every_page_and_the_right_one_stays(site: Site) -> None:
    subject = enrol(site, WRONG)
    right = someone(8, surname="Giustissima", birth_date=WRONG.birth_date)
    patients.save_identity(site, subject, right)
    assert site.identities is not None
    assert found(site.identities)
    done = erase(site, subject, former_only=True)
    assert done.entries
    assert not done.present
    assert found(site.identities) <= {WRONG.birth_date.isoformat()}  # type: ignore[union-attr]
    assert patients.read_identity(site, subject) == right
    assert checking.verify(site) == []
    assert verify.verify(site.identities, quick=True) == []


def test_a_whole_identity_is_gone_and_may_be_typed_anew(site_folder: Path, clock: TestClock) -> None:
    site = opened_site(site_folder, clock)
    subject = enrol(site, WRONG)
    erase(site, subject, former_only=False)
    assert found(site.identities) == set()  # type: ignore[arg-type]
    assert patients.read_identity(site, subject) is None
    site.close()
    site = opened_site(site_folder, clock)
    assert subject not in site.names
    assert checking.verify(site) == []
    patients.save_identity(site, subject, someone(8))
    assert checking.verify(site) == []
    site.close()


def test_both_trails_tell_of_it_with_the_reason_and_without_the_name(site: Site) -> None:
    subject = enrol(site, WRONG)
    erase(site, subject, former_only=False)
    assert site.identities is not None
    told = site.identities.audit_entries(table="erasure")
    assert told
    assert {one.entry.reason for one in told} == {"typed by mistake"}
    act = site.clinical.audit_entries(field="identity_erased")[0].entry
    assert (act.record, act.user) == (subject, "U01")
    assert found(site.clinical) == set()


def test_whoever_has_the_text_can_show_that_it_was_this_one(site: Site) -> None:
    from hashlib import sha256

    subject = enrol(site, WRONG)
    erase(site, subject, former_only=True)
    assert site.identities is not None
    names = [one.entry.new for one in site.identities.audit_entries(field="surname")]
    assert names == [WRONG.surname]  # what stands there now stays
    erase(site, subject, former_only=False)
    names = [one.entry.new for one in site.identities.audit_entries(field="surname")]
    assert names[0] == {"erased": sha256(b'"Sbagliatissima"').hexdigest()}


def test_a_trail_touched_again_after_an_erasure_is_found_out(site: Site) -> None:
    subject = enrol(site, WRONG)
    erase(site, subject, former_only=False)
    assert site.identities is not None
    with site.identities.transaction() as tx:
        triggers = tx.connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).all()
        for name, _ in triggers:
            tx.connection.exec_driver_sql(f"DROP TRIGGER {name}")
        tx.connection.exec_driver_sql(
            "UPDATE audit SET user = 'U09' WHERE field = 'surname' AND new IS NOT NULL"
        )
        for _, sql in triggers:
            tx.connection.exec_driver_sql(sql)
    assert {item.code for item in verify.verify(site.identities)} >= {"trail_hash"}


def test_an_erasure_that_fails_on_its_way_leaves_everything_as_it_was(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject = enrol(site, WRONG)
    assert site.identities is not None

    def full(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(site.identities, "_log", full)
    with pytest.raises(OSError, match="no room"):
        erase(site, subject, former_only=False)
    monkeypatch.undo()
    assert patients.read_identity(site, subject) == WRONG
    assert checking.verify(site) == []


def test_the_text_of_a_draft_is_erased_once_it_was_mended(site: Site, subject: str) -> None:
    visit = fill(site, subject, "baseline", DAY_0, summary_comment=WORDS)
    visits.save_draft(
        site, visit, visit.session.entries(visit.session.set_text("summary_comment", "well").fields)
    )
    done = erase_text(site, subject, "baseline", "summary_comment", "a name", PASSPHRASE)
    assert done.entries
    assert found(site.clinical) == set()
    assert visits.open_visit(site, subject, "baseline", DAY_0).session.answers["summary_comment"] == "well"
    assert checking.verify(site) == []


def test_what_stands_there_now_is_not_erased(site: Site, subject: str) -> None:
    fill(site, subject, "baseline", DAY_0, summary_comment=WORDS)
    done = erase_text(site, subject, "baseline", "summary_comment", "a name", PASSPHRASE)
    assert (done.entries, done.versions) == (0, 0)
    assert found(site.clinical) != set()


def test_a_signed_version_keeps_its_signature_and_says_that_its_text_was_erased(
    site: Site, subject: str
) -> None:
    visit = signed(site, subject, "baseline", DAY_0, summary_comment=WORDS)
    visits.amend(site, visit, 2)
    type_in(site, visit, {"summary_comment": "well"})
    with pytest.raises(Refusal, match="being amended"):
        erase_text(site, subject, "baseline", "summary_comment", "a name", PASSPHRASE)
    visits.complete(site, visit)
    done = erase_text(site, subject, "baseline", "summary_comment", "a name", PASSPHRASE)
    assert done.versions == 1
    assert found(site.clinical) == set()
    first, last = site.clinical.revisions(subject, "baseline", "visit_summary", latest=False)
    assert first.values["summary_comment"] == struck(WORDS)
    assert first.signature["digest"] == last.prev == first.digest()
    assert checking.verify(site) == []
    visits.sign(site, visit, "responsible", PASSPHRASE)
    assert checking.verify(site) == []
    lines = finding.lines(site, finding.find(site, Filter(subject=subject, fields=("summary_comment",))))
    assert any("erased" in line.new.en for line in lines)
    assert "Sbagliatissima" not in repr(lines)


def test_an_erasure_broken_off_before_the_file_was_rewritten_is_finished_by_the_next(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject = enrol(site, WRONG)
    assert site.identities is not None
    monkeypatch.setattr(site.identities, "compact", lambda: (_ for _ in ()).throw(CannotSave("full")))
    with pytest.raises(CannotSave):
        erase(site, subject, former_only=False)
    monkeypatch.undo()
    assert checking.verify(site) == []
    done = erase(site, subject, former_only=False)
    assert (done.entries, done.present) == (0, False)
    assert found(site.identities) == set()


def test_earlier_data_that_a_restore_put_aside_are_named(site: Site) -> None:
    subject = enrol(site, WRONG)
    aside = site.folder / "before-restore-1"
    aside.mkdir()
    (aside / "identity.db").write_bytes(b"x")
    assert erase(site, subject, former_only=False).asides == ("before-restore-1",)


def test_the_answer_names_the_backups_that_still_hold_it(site: Site) -> None:
    subject = enrol(site, WRONG)
    made = backups.make(site)
    assert erase(site, subject, former_only=False).backups == (made.name,)


@pytest.mark.parametrize(
    ("reason", "passphrase", "subject", "said"),
    [
        ("  ", PASSPHRASE, "", "say why"),
        ("x", "not the passphrase", "", "not right"),
        ("x", PASSPHRASE, "P03-0000-0", "no patient"),
    ],
)
def test_an_erasure_is_refused_in_words(
    site: Site, reason: str, passphrase: str, subject: str, said: str
) -> None:
    code = enrol(site, WRONG)
    with pytest.raises(Refusal, match=said):
        erase_identity(site, subject or code, reason, passphrase, former_only=False)
    assert patients.read_identity(site, code) == WRONG
