"""Identities: kept under their own key, found by folded names, every look at them told to the clinical trail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from store_parts import PASSPHRASE, SUBJECT

from anifro_desktop.identity import Identity
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.errors import NotFound, RoleRefused
from anifro_desktop.store.identities import IdentityStore
from anifro_desktop.store.slots import Keys
from anifro_desktop.store.vault import open_vault
from anifro_desktop.store.verify import verify

ANNA = Identity("D'Àngelo", "Zebedea", date(1980, 5, 4), hospital_number="H-4711")
BRUNO = Identity("Rossi", "Bruno", date(1991, 4, 8), phone="055 1234567")


@pytest.fixture
def identities(store: ClinicalStore, keys: Keys) -> Iterator[IdentityStore]:
    opened = IdentityStore(store.folder, keys, store.log)
    yield opened
    opened.close()


def acts(store: ClinicalStore) -> list[tuple[str, str, object]]:
    return [
        (item.entry.field, item.entry.record, item.entry.new) for item in store.audit_entries(table="act")
    ]


def test_saved_read_corrected_and_listed(identities: IdentityStore) -> None:
    identities.save(SUBJECT, ANNA)
    identities.save("P03-2222-2", BRUNO)
    assert identities.get(SUBJECT) == ANNA
    married = replace(ANNA, surname="Bianchi")
    identities.save(SUBJECT, married, "married name")
    assert identities.all() == {"P03-2222-2": BRUNO, SUBJECT: married}
    with pytest.raises(NotFound):
        identities.get("P03-0000-0")
    old = [item.entry.old for item in identities.audit_entries(record=SUBJECT, field="surname")]
    assert old == [None, "D'Àngelo"]
    assert verify(identities) == []


@pytest.mark.parametrize("text", ["d'angelo", "ANGELO zeb", "h 4711", "zebedea d angelo"])
def test_found_without_accents_capitals_or_order(identities: IdentityStore, text: str) -> None:
    identities.save(SUBJECT, ANNA)
    identities.save("P03-2222-2", BRUNO)
    assert identities.search(text) == {SUBJECT: ANNA}
    assert identities.search("%") == {}
    assert len(identities.search("")) == 2


def test_every_look_is_told_to_the_clinical_trail_without_identities(
    identities: IdentityStore, store: ClinicalStore
) -> None:
    identities.save(SUBJECT, ANNA)
    identities.save(SUBJECT, ANNA)  # nothing changed, nothing to tell
    identities.get(SUBJECT)
    identities.search("angelo")
    identities.all()
    assert acts(store) == [
        ("identity_written", SUBJECT, None),
        ("identity_read", SUBJECT, None),
        ("identities_searched", "", {"found": 1}),
        ("identities_listed", "", {"found": 1}),
    ]
    shown = repr(
        [item.entry._replace(device="") for item in store.audit_entries()]
    )  # without hashes: chance digits
    for secret in ("ngelo", "Zebedea", "1980", "4711"):
        assert secret not in shown


def test_nobody_reads_without_a_trace(store: ClinicalStore, keys: Keys) -> None:
    def broken(act: str, about: str, detail: object) -> None:
        raise NotFound("trail", act)

    identities = IdentityStore(store.folder, keys, broken)
    with pytest.raises(NotFound, match="trail"):
        identities.save(SUBJECT, ANNA)
    for read in (lambda: identities.get(SUBJECT), identities.all, lambda: identities.search("z")):
        with pytest.raises(NotFound, match="trail"):
            read()
    identities.close()


def test_the_clinical_key_does_not_open_identities(identities: IdentityStore, keys: Keys) -> None:
    assert identities.key not in keys.database("clinical")
    monitor = open_vault(identities.folder, "U02", PASSPHRASE)
    with pytest.raises(RoleRefused):
        IdentityStore(identities.folder, monitor, lambda *_: None)


def test_no_identity_reaches_the_disk_in_clear(identities: IdentityStore) -> None:
    identities.save(SUBJECT, ANNA)
    files = {path.name: path.read_bytes() for path in identities.folder.iterdir() if path.is_file()}
    assert "identity.db-wal" in files
    for name, raw in files.items():
        for secret in (b"ngelo", b"Zebedea", b"4711"):
            assert secret not in raw, name
