"""Erasing a name typed as the reason for a change: gone from versions, trail, archive and bundle, and all holds."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from archive_parts import checked
from deciphered import pages
from leaks import Search
from mistake_acts import MONTH_6, OTHER, left, void
from PySide6.QtWidgets import QApplication
from study_parts import DAY_0, PASSPHRASE, Pisa, enrol, fill, signed, someone, type_in

from anifro_desktop.errors import Refusal
from anifro_desktop.record import struck
from anifro_desktop.store.database import Database
from anifro_desktop.store.errors import CannotSave
from anifro_desktop.ui.archive_paper import Printing
from anifro_desktop.workflows import backups, checking, erasable, visits
from anifro_desktop.workflows.archive.making import archive
from anifro_desktop.workflows.audit import finding
from anifro_desktop.workflows.audit.model import Filter
from anifro_desktop.workflows.erasing import Erasure, erase_identity, erase_reason, reason_at
from anifro_desktop.workflows.model import OpenVisit
from anifro_desktop.workflows.site import Site
from anifro_desktop.workflows.voided import voided

NAME = "Sbagliatissima"
WORDS = f"told by Clorinda {NAME}"
WHY = "a name in a reason"


def holds(store: Database) -> bool:
    """Whether the name is on any page of a file."""
    return bool(Search([NAME], []).find(pages(store)))


def amended(site: Site, subject: str, words: str = WORDS) -> OpenVisit:
    """A signed baseline, amended with the words, completed and signed again."""
    visit = signed(site, subject, "baseline", DAY_0)
    visits.amend(site, visit, 2, words)
    type_in(site, visit, {"platelets": "90"})
    visits.complete(site, visit)
    visits.sign(site, visit, "responsible", PASSPHRASE)
    return visit


def told(site: Site, words: str = WORDS) -> int:
    """The number of an entry that has the words for its reason."""
    found = [one.entry.seq for one in site.clinical.audit_entries() if words in one.entry.reason]
    return found[-1]


def erase(site: Site, words: str = WORDS) -> Erasure:
    return erase_reason(site, told(site, words), WHY, PASSPHRASE)


def test_the_words_of_a_reason_are_gone_from_every_page_and_their_code_stays(
    site: Site, subject: str
) -> None:
    amended(site, subject)
    assert holds(site.clinical)
    done = erase(site)
    assert done.entries
    assert done.versions
    assert not holds(site.clinical)
    assert checking.verify(site) == []
    kept = site.clinical.revisions(subject, "baseline", "laboratory", latest=False)
    assert [item.why for item in kept] == ["first", "2", "2"]
    assert [item.why_text for item in kept] == ["", struck(WORDS), ""]


def test_the_last_version_is_written_again_without_them_and_waits_for_a_signature(
    site: Site, subject: str
) -> None:
    visit = amended(site, subject)
    before = site.clinical.revisions(subject, "baseline", "laboratory")[0]
    erase(site)
    last = site.clinical.revisions(subject, "baseline", "laboratory")[0]
    assert (last.ver, dict(last.values)) == (before.ver + 1, dict(before.values))
    assert not last.signature
    assert site.clinical.visit(visit.id).state == "complete"
    again = visits.open_visit(site, subject, "baseline", DAY_0)
    visits.sign(site, again, "responsible", PASSPHRASE)
    assert site.clinical.visit(visit.id).state == "signed"
    assert checking.verify(site) == []


def test_a_version_that_nobody_touches_keeps_its_signature(site: Site, subject: str) -> None:
    amended(site, subject)
    before = {item.form: item for item in site.clinical.revisions(subject, "baseline")}
    touched = {form for form, item in before.items() if item.why_text}
    erase(site)
    after = {item.form: item for item in site.clinical.revisions(subject, "baseline")}
    assert touched
    assert {form for form in after if after[form] != before[form]} == touched


def test_the_trail_says_that_it_was_erased_by_whom_and_keeps_the_hash(site: Site, subject: str) -> None:
    amended(site, subject)
    number = told(site)
    erase(site)
    (line,) = finding.lines(site, [number])
    assert "erased" in line.reason.en
    assert "cancellato" in line.reason.it
    assert NAME not in repr(finding.lines(site, finding.find(site, Filter())))
    entry = site.clinical.audit_entries(after=number - 1, limit=1)[0].entry
    digest = sha256(json.dumps(WORDS).encode()).hexdigest()
    assert entry.reason == f"2: [--- {digest}]"
    act = site.clinical.audit_entries(field="text_erased")[-1].entry
    assert (act.user, act.reason) == ("U01", WHY)


def test_a_reason_given_when_opening_a_visit_for_changes_is_erased_at_once(site: Site, subject: str) -> None:
    visit = signed(site, subject, "baseline", DAY_0)
    visits.amend(site, visit, 2, WORDS)
    number = next(
        one.entry.seq for one in site.clinical.audit_entries() if one.entry.record.startswith("amending/")
    )
    assert reason_at(site, number) == WORDS
    erase_reason(site, number, WHY, PASSPHRASE)
    assert not holds(site.clinical)
    assert checking.verify(site) == []
    type_in(site, visit, {"platelets": "90"})
    visits.complete(site, visit)
    last = site.clinical.revisions(subject, "baseline", "laboratory")[0]
    assert (last.why, last.why_text) == ("2", "")
    assert checking.verify(site) == []


def test_the_words_of_a_mistake_are_erased_and_it_stays_a_mistake(site: Site, subject: str) -> None:
    signed(site, subject, "baseline", DAY_0)
    signed(site, subject, "m06", MONTH_6, 1)
    void(site, subject, "m06", OTHER, WORDS)
    erase(site)
    assert not holds(site.clinical)
    (one,) = voided(site, subject)
    assert (one.reason, one.text) == (OTHER, "[---]")
    assert checking.verify(site) == []
    assert all(item.visit != "m06" for item in site.clinical.revisions(subject))


def test_other_reasons_stay(site: Site, subject: str) -> None:
    amended(site, subject, "second sheet")
    other = enrol(site, someone(4))
    amended(site, other)
    erase(site)
    kept = site.clinical.revisions(subject, "baseline", "laboratory")[0]
    assert kept.why_text == "second sheet"
    assert kept.signature


def test_the_reason_of_an_erasure_may_be_erased_too_in_both_trails(site: Site) -> None:
    subject = enrol(site, someone(7, surname="Rossi"))
    erase_identity(site, subject, WORDS, PASSPHRASE, former_only=False)
    assert site.identities is not None
    assert holds(site.identities)
    erase(site)
    assert not holds(site.identities)
    assert not holds(site.clinical)
    assert checking.verify(site) == []


def test_neither_archive_nor_bundle_holds_it_and_the_archive_still_proves_itself(
    site: Site, subject: str, pisa: Pisa, stick: Path, qapp: QApplication
) -> None:
    visit = amended(site, subject)
    erase(site)
    again = visits.open_visit(site, subject, "baseline", DAY_0)
    visits.sign(site, again, "responsible", PASSPHRASE)
    assert site.clinical.visit(visit.id).state == "signed"
    records = left(site, pisa, stick)
    assert records
    assert not Search([NAME], []).find(repr(records).encode())
    made = archive(site, stick / "archive", "it", Printing())
    assert Search([NAME], []).in_files(made.folder) == {}
    done = checked(made.folder)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "All is well.")
    assert f"2: {struck(WORDS)}" in (made.folder / "subjects" / f"{subject}.odm.xml").read_text("utf-8")


@pytest.mark.parametrize("store", ["identities", "clinical"])
def test_an_erasure_broken_off_before_a_file_was_rewritten_is_finished_by_the_next(
    site: Site, monkeypatch: pytest.MonkeyPatch, store: str
) -> None:
    subject = enrol(site, someone(7, surname="Rossi"))
    erase_identity(site, subject, WORDS, PASSPHRASE, former_only=False)
    number = told(site)

    def full() -> None:
        raise CannotSave("full")

    monkeypatch.setattr(getattr(site, store), "compact", full)
    with pytest.raises(CannotSave):
        erase_reason(site, number, WHY, PASSPHRASE)
    monkeypatch.undo()
    assert checking.verify(site) == []
    erase_reason(site, number, WHY, PASSPHRASE)
    assert not holds(site.clinical)
    assert site.identities is not None
    assert not holds(site.identities)
    assert checking.verify(site) == []


def test_backups_that_still_hold_it_are_named(site: Site, subject: str) -> None:
    amended(site, subject)
    made = backups.make(site)
    assert erase(site).backups == (made.name,)


def test_nothing_is_erased_while_the_visit_is_being_amended_again(site: Site, subject: str) -> None:
    visit = amended(site, subject)
    visits.amend(site, visit, 1, "")
    with pytest.raises(Refusal, match="being amended"):
        erase(site)
    assert holds(site.clinical)


@pytest.mark.parametrize(
    "reason",
    [f"the name {NAME} was typed", f"{NAME.lower()}, by mistake", WORDS],
)
def test_a_reason_that_repeats_the_name_is_refused(site: Site, subject: str, reason: str) -> None:
    amended(site, subject)
    with pytest.raises(Refusal, match="without the words"):
        erase_reason(site, told(site), reason, PASSPHRASE)
    assert holds(site.clinical)


@pytest.mark.parametrize(
    "reason",
    ["Sbagliatissima is not the patient", "born 5.6.1987", "born on 1987-06-05", "tel. 050 7654321"],
)
def test_a_reason_that_repeats_the_identity_is_refused(site: Site, reason: str) -> None:
    person = someone(7, surname=NAME, birth_date=date(1987, 6, 5), phone="050 7654321")
    subject = enrol(site, person)
    with pytest.raises(Refusal, match="without the words"):
        erase_identity(site, subject, reason, PASSPHRASE, former_only=False)
    assert holds(site.identities)  # type: ignore[arg-type]


def test_an_entry_without_words_has_nothing_to_erase(site: Site, subject: str) -> None:
    fill(site, subject, "baseline", DAY_0)
    head = site.clinical.audit_head().seq
    assert reason_at(site, head) == ""
    assert reason_at(site, head + 100) == ""
    with pytest.raises(Refusal, match="no words"):
        erase_reason(site, head, WHY, PASSPHRASE)


def test_what_can_be_erased_is_listed_to_choose_from(site: Site) -> None:
    person = someone(7, surname=NAME, birth_date=date(1987, 6, 5))
    subject = enrol(site, person)
    visit = signed(site, subject, "baseline", DAY_0, summary_comment=f"saw {NAME}")
    visits.amend(site, visit, 2, WORDS)
    (opened,) = erasable.reasons(site, subject)
    assert opened.text == WORDS
    type_in(site, visit, {"platelets": "90", "summary_comment": "well"})
    visits.complete(site, visit)
    (text,) = erasable.former_texts(site, subject)
    assert (text.visit, text.field, text.text) == ("baseline", "summary_comment", f"saw {NAME}")
    assert "Baseline" in text.place.en
    (given,) = erasable.reasons(site, subject)
    assert given.text == WORDS
    assert given.count > 1
    assert erasable.reason(site, given.number) == given
    assert [one.text for one in erasable.identity(site, subject, former_only=False)][:2] == [NAME, "Prova"]
    assert erasable.identity(site, subject, former_only=True) == ()
    erase_reason(site, given.number, WHY, PASSPHRASE)
    assert erasable.reasons(site, subject) == (), "why something was erased is no reason for a change"
    (told,) = (
        one for one in site.clinical.audit_entries(field="text_erased") if one.entry.reason.endswith(WHY)
    )
    assert erasable.reason(site, told.entry.seq).text == WHY, "unless its entry is asked for"
    reads = site.clinical.audit_entries(field="identity_read")
    assert len(reads) >= 2, "a look at an identity is told to the trail"
