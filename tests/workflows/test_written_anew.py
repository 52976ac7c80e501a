"""What writes a whole database anew on a disk that has no room for it: a change of keys, an erasure."""

from __future__ import annotations

from pathlib import Path

import pytest
from deciphered import pages
from study_parts import PASSPHRASE, PERSON, TestClock, enrol, open_site, opened_site, someone

from anifro_desktop.store.errors import CannotSave, NotCompacted
from anifro_desktop.store.vault import open_vault
from anifro_desktop.workflows import checking, patients, people
from anifro_desktop.workflows.erasing import erase_identity
from anifro_desktop.workflows.errors import InForce


def test_a_change_of_keys_that_the_disk_undid_is_said_and_done_at_the_next_unlocking(
    site_folder: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full disk the library says that it is done, and the file stays under its old key."""
    site = opened_site(site_folder, clock)
    monkeypatch.setattr("anifro_desktop.store.database.change_key", lambda *_: None)
    with pytest.raises(InForce):
        people.renew_keys(site, "a passphrase is in wrong hands")
    site.clinical.log("checked")  # the work goes on
    site.close()
    monkeypatch.undo()
    before = open_vault(site_folder, PERSON.code, PASSPHRASE)
    assert {len(held) for held in before.databases.values()} == {2}
    site = open_site(site_folder, clock)
    people.go_on_renewing(site)
    assert checking.verify(site) == []
    assert {len(held) for held in site.keys.databases.values()} == {1}
    site.close()


def test_an_erasure_whose_file_could_not_be_written_anew_says_so_and_is_ended_by_a_repetition(
    site_folder: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = opened_site(site_folder, clock)
    subject = enrol(site, someone(7, surname="Sbagliatissima"))
    monkeypatch.setattr("anifro_desktop.store.database.Database.checkpoint", _full)
    with pytest.raises(NotCompacted, match="It is erased"):
        erase_identity(site, subject, "typed by mistake", PASSPHRASE, former_only=False)
    monkeypatch.undo()
    assert patients.read_identity(site, subject) is None
    erase_identity(site, subject, "typed by mistake", PASSPHRASE, former_only=False)
    assert site.identities is not None
    assert b"Sbagliatissima" not in pages(site.identities)
    site.close()


def _full(_: object) -> None:
    raise CannotSave("full")
