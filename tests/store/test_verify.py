"""Every fault is made first, then looked for: bytes, rows, files and whole states put back."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from store_parts import SUBJECT, revision

from anifro_desktop.errors import Refusal
from anifro_desktop.forms.state import Entry
from anifro_desktop.identity import Identity
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.errors import CannotSave, DatabaseDamaged
from anifro_desktop.store.findings import SENTENCES, Finding
from anifro_desktop.store.identities import IdentityStore
from anifro_desktop.store.slots import Keys
from anifro_desktop.store.verify import verify

ByHand = Callable[..., list[Any]]
Reopen = Callable[[], ClinicalStore]


def codes(findings: list[Finding]) -> set[str]:
    for finding in findings:
        assert finding.sentence.endswith(".")
        assert "{" not in finding.sentence
    return {finding.code for finding in findings}


@pytest.fixture
def filled(opened: Reopen) -> ClinicalStore:
    store = opened()
    store.add_subject(SUBJECT, status="enrolled")
    visit = store.open_visit_row(SUBJECT, "baseline", None)
    for number in range(30):
        store.save_draft(visit.id, [Entry(f"field_{number}", str(number), None)])
    made = store.append_revision(revision({"phga": "1.5"}))
    store.append_revision(revision({"phga": "2"}, why="transcription"))
    store.sign([made.id], "responsible")
    store.add_bundle(store.next_position(), "anifro-P03.anfb", b"sealed" * 1000, {made.id: 2})
    store.set_setting("site_name", "Synthetic clinic")
    return store


def test_a_sound_store_has_no_finding_open_closed_and_opened_again(
    filled: ClinicalStore, opened: Reopen
) -> None:
    assert verify(filled) == []
    assert verify(filled, quick=True) == []
    again = opened()
    assert verify(again) == []
    assert verify(again, quick=True) == []


def look(folder: Path, keys: Keys) -> set[str]:
    """What opening and checking everything says: codes of findings, or of the refusal."""
    found: set[str] = set()
    try:
        store = ClinicalStore(folder, keys)
    except Refusal as refusal:
        return {refusal.code}
    try:
        found |= codes(verify(store))
    finally:
        shut(store)
    return found


def shut(store: ClinicalStore | IdentityStore) -> None:
    """A damaged database may refuse its last checkpoint; the file is let go of all the same."""
    with contextlib.suppress(DatabaseDamaged, CannotSave):
        store.close()


def places(size: int, count: int) -> list[int]:
    return sorted({0, 15, 16, size - 1, *range(size // count // 2, size, max(1, size // count))})


def test_every_flipped_byte_of_a_closed_database_is_found_or_refused(
    filled: ClinicalStore, folder: Path, keys: Keys, tmp_path: Path
) -> None:
    filled.close()
    size = filled.path.stat().st_size
    for number, place in enumerate(places(size, 40)):
        copy = tmp_path / f"flip-{place}"
        shutil.copytree(folder, copy)
        flip(copy / "clinical.db", place, number)
        assert look(copy, keys), place
        shutil.rmtree(copy)


def flip(path: Path, place: int, bit: int = 0) -> None:
    raw = bytearray(path.read_bytes())
    raw[place] ^= 1 << (bit % 8)
    path.write_bytes(raw)


@pytest.mark.parametrize("name", ["anchor.json", "anchor.now"])
def test_every_flipped_byte_of_an_anchor_is_found(
    filled: ClinicalStore, folder: Path, keys: Keys, tmp_path: Path, name: str
) -> None:
    filled.close()
    size = (folder / name).stat().st_size
    for place in range(0, size, 7):
        copy = tmp_path / f"{name}-{place}"
        shutil.copytree(folder, copy)
        flip(copy / name, place)
        assert look(copy, keys) == {"anchor_damaged"}, place
        shutil.rmtree(copy)


@pytest.mark.parametrize("name", ["anchor.json", "anchor.now"])
def test_a_deleted_anchor_is_found_at_each_check_until_somebody_has_seen_it(
    filled: ClinicalStore, opened: Reopen, folder: Path, name: str
) -> None:
    filled.close()
    (folder / name).unlink()
    assert codes(verify(opened(), quick=True)) == {"anchor_damaged"}
    store = opened()
    store.log("unlock")
    assert codes(verify(opened())) == {"anchor_damaged"}
    store = opened()
    store.log("checked")
    assert verify(opened()) == []


def crashed(store: ClinicalStore, folder: Path, target: Path) -> Path:
    """The data folder as a crash leaves it: copied while the database is open and its WAL full."""
    assert (folder / "clinical.db-wal").stat().st_size > 0
    shutil.copytree(folder, target, ignore=shutil.ignore_patterns("*-shm"))
    return target


def test_after_a_crash_everything_acknowledged_is_there_and_sound(
    filled: ClinicalStore, folder: Path, keys: Keys, tmp_path: Path
) -> None:
    copy = crashed(filled, folder, tmp_path / "crash")
    assert look(copy, keys) == set()
    store = ClinicalStore(copy, keys)
    assert store.audit_head() == filled.audit_head()
    store.close()


def test_a_removed_or_damaged_wal_is_found(
    filled: ClinicalStore, folder: Path, keys: Keys, tmp_path: Path
) -> None:
    filled.checkpoint()
    filled.set_setting("after", 1)
    filled.set_setting("after", 2)
    removed = crashed(filled, folder, tmp_path / "removed")
    (removed / "clinical.db-wal").unlink()
    assert "rolled_back" in look(removed, keys)
    size = (folder / "clinical.db-wal").stat().st_size
    for number, place in enumerate([4, 9, 13, 20, 27, *places(size, 12)]):
        copy = crashed(filled, folder, tmp_path / f"wal-{place}")
        flip(copy / "clinical.db-wal", place, number)
        assert look(copy, keys), place
        shutil.rmtree(copy)


def test_an_older_database_put_back_is_found_and_stays_found(
    filled: ClinicalStore, opened: Reopen, folder: Path, tmp_path: Path
) -> None:
    filled.close()
    shutil.copy(filled.path, tmp_path / "old.db")
    store = opened()
    store.set_setting("later", True)
    store.close()
    shutil.copy(tmp_path / "old.db", filled.path)
    store = opened()
    assert store.behind is not None
    assert "rolled_back" in codes(verify(store, quick=True))
    store.set_setting("went on", True)
    assert "rolled_back" in codes(verify(opened()))


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE draft_values SET value = '\"99\"' WHERE field = 'field_3'", "row_changed"),
        ("DELETE FROM draft_values WHERE field = 'field_3'", "row_missing"),
        ("UPDATE subjects SET status = 'screening'", "row_changed"),
        ("UPDATE settings SET value = '\"Elsewhere\"'", "row_changed"),
        ("UPDATE visits SET state = 'signed'", "row_changed"),
        ("UPDATE secrets SET value = x'00' WHERE name = 'signing'", "row_changed"),
        ("UPDATE outbox SET bytes = x'00'", "bundle_changed"),
        ("UPDATE outbox SET prev = 'x'", "bundle_chain"),
        ("UPDATE revisions SET body = replace(body, '1.5', '2.5')", "record_changed"),
        ("UPDATE revisions SET subject = subject || 'x' WHERE ver = 1", "record_changed"),
        ("UPDATE signatures SET meaning = 'reviewed'", "signature_broken"),
        ("UPDATE signatures SET digest = prev FROM revisions WHERE revisions.ver = 2", "signature_broken"),
        ("DELETE FROM signatures", "row_missing"),
        ("DELETE FROM revisions WHERE ver = 1", "record_broken"),
        ("UPDATE sealed_positions SET ver = 9", "row_changed"),
        ("INSERT INTO settings VALUES ('added', '1')", "row_changed"),
        ("UPDATE audit SET new = '\"98\"' WHERE field = 'field_3'", "trail_hash"),
        ("DELETE FROM audit WHERE field = 'field_3'", "trail_gap"),
        ("UPDATE audit SET signature = NULL WHERE field = 'field_3'", "trail_signature"),
        ("UPDATE audit SET \"user\" = 'U07' WHERE field = 'field_3'", "trail_signer"),
        ("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)", "rolled_back"),
        ("DROP INDEX revisions_subject", "schema_changed"),
        (
            "INSERT INTO visits (id, subject, key, state) VALUES ('v', 'nobody', 'm06', 'draft')",
            "link_broken",
        ),
    ],
)
def test_what_somebody_with_the_key_changes_by_hand_is_found(
    filled: ClinicalStore, opened: Reopen, by_hand: ByHand, statement: str, code: str
) -> None:
    filled.close()
    by_hand(statement)
    assert code in codes(verify(opened()))


def test_triggers_taken_away_are_found(filled: ClinicalStore, opened: Reopen, by_hand: ByHand) -> None:
    filled.close()
    by_hand("SELECT 1", triggers_back=False)
    found = verify(opened())
    assert codes(found) == {"schema_changed"}
    assert len(found) == 16


def test_a_row_and_its_entry_changed_together_are_found(
    filled: ClinicalStore, opened: Reopen, by_hand: ByHand
) -> None:
    filled.close()
    by_hand(
        "UPDATE draft_values SET value = '\"99\"' WHERE field = 'field_3'",
        "UPDATE audit SET new = '\"99\"' WHERE field = 'field_3'",
    )
    assert codes(verify(opened())) == {"trail_hash"}


def test_a_changed_header_is_found_though_the_file_opens(
    filled: ClinicalStore, folder: Path, keys: Keys
) -> None:
    """Key and salt are given together: a damaged salt in the file loses nothing."""
    filled.close()
    flip(filled.path, 3)
    found = look(folder, keys)
    assert "header_damaged" in found


def test_a_receipt_ahead_of_the_outbox_is_found(filled: ClinicalStore) -> None:
    filled.add_receipt(1, 1, 7, {}, b"receipt")
    assert codes(verify(filled)) == {"receipt_ahead"}


def test_an_identity_database_is_checked_in_the_same_way(
    filled: ClinicalStore, folder: Path, keys: Keys, by_hand: ByHand
) -> None:
    from datetime import date

    store = IdentityStore(folder, keys, filled.log)
    store.save(SUBJECT, Identity("Prova", "Anna", date(1980, 1, 1)))
    assert verify(store) == []
    store.close()
    by_hand("UPDATE identities SET surname = 'Altra'", name="identity")
    again = IdentityStore(folder, keys, filled.log)
    assert codes(verify(again)) == {"row_changed"}
    again.close()


def test_a_mended_key_file_is_told(filled: ClinicalStore, folder: Path, keys: Keys) -> None:
    from dataclasses import replace

    filled.close()
    store = ClinicalStore(folder, replace(keys, damaged=("keyslots.json",)))
    assert codes(verify(store, quick=True)) == {"key_file_mended"}
    store.close()


def test_every_sentence_says_what_to_do() -> None:
    for code, sentence in SENTENCES.items():
        assert any(word in sentence for word in ("restore", "look for", "tell the centre")), code
