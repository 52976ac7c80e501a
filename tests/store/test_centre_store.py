"""The centre's store: one bundle, one transaction; every version kept; nothing that arrived overwritten."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from store_parts import revision

from anifro_desktop.record import Revision
from anifro_desktop.store.centre import CentreStore
from anifro_desktop.store.centre_rows import (
    CentreBundle,
    CentreReceipt,
    ChainRow,
    DifferenceRow,
    ReceivedRevision,
    WriterRow,
)
from anifro_desktop.store.errors import CannotSave, Conflict, NotFound, RoleRefused
from anifro_desktop.store.slots import Keys
from anifro_desktop.store.verify import verify

W = "ab" * 16
WRITER = WriterRow("P03", W, b"e" * 32, b"x" * 1216, "ABCDE-FGHIJ", 2)


def bundle(data: bytes, seq: int = 1, state: str = "applied") -> CentreBundle:
    return CentreBundle(hashlib.sha256(data).hexdigest(), "P03", W, 1, seq, f"{seq}.anfb", state)


def received(value: str, ver: int = 1, data: bytes = b"one") -> ReceivedRevision:
    item: Revision = replace(revision({"phga": value}), ver=ver, prev="" if ver == 1 else "p" * 64)
    return ReceivedRevision("P03", W, item, hashlib.sha256(data).hexdigest())


def test_a_writer_is_registered_once_and_can_be_revoked(centre: CentreStore) -> None:
    made = centre.register_writer(WRITER)
    assert made.registered.endswith("Z")
    with pytest.raises(Conflict):
        centre.register_writer(WRITER)
    centre.change_writer("P03", W, "laptop lost", state="revoked")
    assert centre.writers() == (replace(made, state="revoked"),)
    with pytest.raises(NotFound):
        centre.change_writer("P04", W, "unknown", state="revoked")
    assert "xxxx" not in repr(made)


def test_one_bundle_is_one_transaction(centre: CentreStore) -> None:
    with pytest.raises(CannotSave), centre.transaction():  # noqa: PT012
        centre.keep_bundle(bundle(b"one"), b"one")
        centre.set_chain(ChainRow("P03", W, 1, 2, "h" * 64))
        centre.add_revisions([received("1.5")])
        with pytest.raises(NotFound):
            centre.change_writer("P03", W, "fails inside", state="revoked")
    assert (centre.bundles(), centre.chains(), centre.revisions()) == ((), (), ())
    with centre.transaction():
        kept = centre.keep_bundle(bundle(b"one"), b"one")
        centre.set_chain(ChainRow("P03", W, 1, 2, kept.sha256))
        assert centre.add_revisions([received("1.5")]) == 1
        centre.add_receipt(
            CentreReceipt("P03", W, 1, "0" * 64, hashlib.sha256(b"r").hexdigest(), "r.anfb"), b"r"
        )
    assert centre.chain("P03", W, 1) == ChainRow("P03", W, 1, 2, kept.sha256)
    assert centre.chain("P03", W, 2) is None
    assert centre.seen("P03", W, 1, 1) == kept.sha256
    assert centre.bundle_bytes(kept.sha256) == b"one"
    assert centre.receipt_bytes("P03", W, 1) == b"r"
    assert [row.rno for row in centre.receipts("P03", W)] == [1]
    assert verify(centre) == []


def test_a_receipt_number_is_given_once(centre: CentreStore) -> None:
    first = CentreReceipt("P03", W, 1, "0" * 64, "a" * 64, "r1")
    centre.add_receipt(first, b"r")
    with pytest.raises(Conflict):
        centre.add_receipt(replace(first, sha256="b" * 64), b"s")
    assert centre.receipts("P04", W) == ()


def test_a_held_bundle_is_applied_later(centre: CentreStore) -> None:
    held = centre.keep_bundle(bundle(b"two", 2, "held"), b"two")
    assert centre.bundles(state="held") == (held,)
    applied = centre.keep_bundle(replace(held, state="applied"), b"two")
    assert applied == replace(held, state="applied")
    assert (centre.bundles(state="held"), centre.bundles()) == ((), (applied,))


def test_quarantine_keeps_a_file_once_and_counts(centre: CentreStore) -> None:
    for _ in range(3):
        centre.quarantine("strange.anfb", "unknown_key", b"whatever")
    (row,) = centre.quarantined()
    assert (row.times, row.size, row.code) == (3, 8, "unknown_key")


def test_every_version_is_kept_and_one_that_came_with_two_texts_is_noted(centre: CentreStore) -> None:
    centre.keep_bundle(bundle(b"one"), b"one")
    assert centre.add_revisions([received("1"), received("2", 2)]) == 2
    assert centre.add_revisions([received("2", 2)]) == 0
    assert centre.conflicts() == ()
    centre.add_revisions([received("other", 2), received("3", 3)])
    assert centre.conflicts() == ((received("1").revision.id, 2),)
    assert centre.add_revisions([replace(received("2", 2), epoch=2)]) == 1
    assert centre.conflicts() == ((received("1").revision.id, 2),)
    assert len(centre.revisions(received("1").revision.subject, "phga")) == 5
    assert len(centre.revisions_of([received("1").revision.id])) == 5
    assert centre.revisions("nobody") == ()
    assert verify(centre) == []


def test_what_a_newer_program_added_comes_back(centre: CentreStore) -> None:
    centre.keep_bundle(bundle(b"one"), b"one")
    item = replace(received("1"), extra={"line": {"new": 1}})
    centre.add_revisions([item])
    assert centre.revisions() == (item,)


def test_a_version_of_a_bundle_that_was_not_kept_is_refused(centre: CentreStore) -> None:
    with pytest.raises(Conflict):
        centre.add_revisions([received("1")])


def test_differences_close_when_they_are_found_no_more(centre: CentreStore) -> None:
    subject = "P03-7KQF-W"
    one = DifferenceRow(subject, "m06", "sledai2k", "value", "differs", "4", "6")
    two = DifferenceRow(subject, "m06", "lldas", "", "not_verifiable", why="form_not_received")
    centre.set_differences(subject, [one, two])
    assert {row.rule for row in centre.differences()} == {"sledai2k", "lldas"}
    centre.set_differences(subject, [one])
    assert [row.rule for row in centre.differences()] == ["sledai2k"]
    assert len(centre.differences(only_open=False)) == 2
    centre.set_differences(subject, [])
    assert centre.differences() == ()
    assert verify(centre) == []


def test_changed_bytes_and_texts_are_found(centre: CentreStore, centre_vault: tuple[Path, Keys]) -> None:
    centre.keep_bundle(bundle(b"one"), b"one")
    centre.add_revisions([received("1.5")])
    with centre.transaction() as tx:
        run = tx.connection.exec_driver_sql
        run("DROP TRIGGER revisions_no_update")
        run("UPDATE bundles SET bytes = x'00'")
        run("UPDATE revisions SET body = replace(body, '1.5', '2.5')")
    codes = {finding.code for finding in verify(centre)}
    assert {"bundle_changed", "record_changed", "row_changed", "schema_changed"} <= codes


def test_settings_and_keys_of_the_centre(centre: CentreStore) -> None:
    centre.keep_secret("sealing_seed", b"s" * 32)
    centre.set_setting("registry_version", 3)
    assert (centre.secret("sealing_seed"), centre.secret("nothing")) == (b"s" * 32, None)
    assert centre.setting("registry_version") == 3


def test_a_sites_keys_do_not_open_the_centre(site_vault: tuple[Path, Keys], tmp_path: Path) -> None:
    with pytest.raises(RoleRefused):
        CentreStore(tmp_path, site_vault[1])
