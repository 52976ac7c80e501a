"""The audit trail: its hash, its signatures, and that nobody edits it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from store_parts import ADMIN, SUBJECT, FakeClock, revision

from anifro_desktop.crypto import signing
from anifro_desktop.forms.state import Entry as Answer
from anifro_desktop.record import RecordError
from anifro_desktop.store.audit import Entry, Head, Sealed, check_chain, seal
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.errors import CannotSave, Conflict
from anifro_desktop.store.slots import Keys

SEED = b"s" * 32
SIGNERS = {"U01": (signing.public_bytes(SEED),)}


def entry(seq: int, tx: int | None = None, new: str = "1") -> Entry:
    stamp = ("2026-11-23T09:00:00.000Z", 60, True)
    where = ("draft_values", "visit", "phga", None, new, "")
    return Entry(seq, *stamp, "U01", "investigator", "ab" * 16, *where, tx or seq)


def trail() -> list[Sealed]:
    """Three transactions of two, one and three entries."""
    head, sealed = Head(), []
    for numbers in ((1, 2), (3,), (4, 5, 6)):
        part = seal([entry(seq, numbers[0]) for seq in numbers], head, signing.signer(SEED))
        head = Head(part[-1].entry.seq, part[-1].hash)
        sealed += part
    return sealed


def test_the_hash_is_the_one_in_the_design() -> None:
    """Texts of the values and the words of the reason are in it as their own hashes, so that they can be erased."""
    first = entry(1)._replace(old=7, reason="2: told by her")
    told = {"new": hashlib.sha256(b'"1"').hexdigest()}
    told["reason"] = "2: " + hashlib.sha256(b'"told by her"').hexdigest()
    text = json.dumps(first._asdict() | told, sort_keys=True, separators=(",", ":")).encode()
    expected = hashlib.sha256(b"anifro/audit/v1\0" + bytes(32) + text).hexdigest()
    assert seal([first], Head(), signing.signer(SEED))[0].hash == expected
    names = ["seq", "utc", "utc_offset", "clock_ok", "user", "role", "device"]
    assert list(first._asdict()) == [*names, "table", "record", "field", "old", "new", "reason", "tx"]


def test_a_sound_trail_has_no_fault_and_one_signature_per_transaction() -> None:
    sealed = trail()
    assert list(check_chain(sealed, SIGNERS)) == []
    assert [bool(item.signature) for item in sealed] == [False, True, True, False, False, True]


@pytest.mark.parametrize("place", range(6))
def test_an_entry_taken_out_changed_or_unsigned_is_found(place: int) -> None:
    good = trail()
    gone = good[:place] + good[place + 1 :]
    changed = list(good)
    changed[place] = replace(changed[place], entry=changed[place].entry._replace(new="2"))
    assert list(check_chain(changed, SIGNERS))
    if place < 5:  # that the end is missing is for the anchor to say
        assert list(check_chain(gone, SIGNERS))
    if good[place].signature:
        unsigned = list(good)
        unsigned[place] = replace(unsigned[place], signature=b"")
        assert [fault.code for fault in check_chain(unsigned, SIGNERS)] == ["signature"]


def test_a_whole_trail_written_anew_by_somebody_else_is_found() -> None:
    """Who has the database key can compute every hash, but not sign for another."""
    forged = seal([entry(1, new="3")], Head(), signing.signer(b"x" * 32))
    assert [fault.code for fault in check_chain(forged, SIGNERS)] == ["signature"]
    assert [fault.code for fault in check_chain(trail()[:2], {})] == ["signer"]


def test_a_key_that_was_replaced_signs_nothing_after_its_successor() -> None:
    """A passphrase that got about opens an old key: what it signs later is found, what it signed before holds."""
    new = b"n" * 32
    keys = {"U01": (signing.public_bytes(new), signing.public_bytes(SEED))}
    head, sealed = Head(), []
    for number, seed in enumerate((SEED, SEED, new, SEED, new), 1):
        sealed += seal([entry(number)], head, signing.signer(seed))
        head = Head(number, sealed[-1].hash)
    assert list(check_chain(sealed[:3], keys)) == []
    assert [(fault.code, fault.seq) for fault in check_chain(sealed, keys)] == [("signature", 4)]


def test_an_entry_appended_to_a_finished_transaction_is_found() -> None:
    first = seal([entry(1)], Head(), signing.signer(SEED))
    added = seal([entry(2, tx=1)], Head(1, first[0].hash), signing.signer(SEED))
    assert [fault.code for fault in check_chain([*first, *added], SIGNERS)] == ["transaction"]


def test_a_change_tells_who_what_when_old_and_new(store: ClinicalStore, clock: FakeClock) -> None:
    store.add_subject(SUBJECT)
    visit = store.open_visit_row(SUBJECT, "baseline", None)
    store.save_draft(visit.id, [Answer("phga", "1.5", None)])
    clock.pass_time(90)
    saved = store.save_draft(
        visit.id, [Answer("phga", "2", {"kind": "override", "reason": 1, "text": ""}, "")]
    )
    entries = [item.entry for item in store.audit_entries(table="draft_values", record=visit.id)]
    assert [(item.field, item.old, item.new) for item in entries] == [
        ("phga", None, "1.5"),
        ("phga", "1.5", "2"),
        ("phga/note", None, {"kind": "override", "reason": 1, "text": ""}),
    ]
    last = entries[-1]
    assert (last.user, last.role) == (ADMIN.code, "investigator+site_admin")
    assert (last.utc, last.utc_offset, last.clock_ok) == ("2026-11-23T09:01:30.000Z", 0, True)
    assert (saved.utc, saved.seq) == (last.utc, last.seq)
    assert last.tx == entries[1].seq
    assert last.device == store.keys.writer


@pytest.mark.parametrize("table", ["audit", "revisions", "signatures", "receipts"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET rowid = rowid",
        "DELETE FROM {table}",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "REPLACE INTO {table} SELECT * FROM {table}",
    ],
)
def test_what_is_append_only_refuses_every_other_statement(
    store: ClinicalStore, table: str, statement: str
) -> None:
    store.add_subject(SUBJECT)
    written = store.append_revision(revision({"phga": "1"}))
    store.sign([written.id], "responsible")
    store.add_receipt(1, 1, 0, {}, b"receipt")
    head = store.audit_head()
    text = statement.format(table=table)
    if table in {"revisions", "signatures"}:  # tables without a rowid
        text = text.replace("rowid", "record")
    with pytest.raises(Conflict), store.transaction() as tx:
        tx.connection.exec_driver_sql(text)
    assert store.audit_head() == head
    assert store.revision(written.id).signature["by"] == "U01"


def test_a_part_that_failed_takes_the_whole_transaction_with_it(store: ClinicalStore) -> None:
    store.add_subject(SUBJECT)
    head = store.audit_head()
    with pytest.raises(CannotSave), store.transaction():  # noqa: PT012
        store.set_setting("practice", True)
        with pytest.raises(Conflict):
            store.add_subject(SUBJECT)
    assert store.setting("practice") is None
    assert store.audit_head() == head


def test_an_exception_of_the_caller_leaves_nothing(store: ClinicalStore) -> None:
    head = store.audit_head()
    with pytest.raises(KeyError), store.transaction():  # noqa: PT012
        store.set_setting("practice", True)
        raise KeyError("practice")
    assert (store.setting("practice"), store.audit_head()) == (None, head)
    store.set_setting("practice", False)
    assert store.audit_head().seq == head.seq + 1


def test_reading_and_saving_nothing_new_write_no_entry(store: ClinicalStore) -> None:
    store.add_subject(SUBJECT)
    visit = store.open_visit_row(SUBJECT, "baseline", None)
    store.save_draft(visit.id, [Answer("phga", "1.5", None)])
    head = store.audit_head()
    store.subjects()
    store.draft(visit.id)
    assert store.save_draft(visit.id, [Answer("phga", "1.5", None)]).seq == head.seq
    store.set_place(visit.id, {"form": "phga"})
    assert store.audit_head() == head


def test_what_cannot_travel_is_refused_and_nothing_saved(store: ClinicalStore) -> None:
    store.add_subject(SUBJECT)
    visit = store.open_visit_row(SUBJECT, "baseline", None)
    for value in (1.5, "\ud800"):
        with pytest.raises(RecordError):
            store.save_draft(visit.id, [Answer("phga", value, None)])  # type: ignore[arg-type]
    assert store.draft(visit.id) == ()


@pytest.mark.parametrize(
    "jump", [timedelta(days=3650), timedelta(days=-3650), timedelta(seconds=121), timedelta(seconds=-61)]
)
def test_a_clock_that_jumped_is_flagged_and_order_kept(
    store: ClinicalStore, clock: FakeClock, jump: timedelta
) -> None:
    store.log("before")
    clock.pass_time(60)
    clock.local += jump
    store.log("jumped")
    clock.pass_time(60)
    store.log("after")
    entries = [item.entry for item in store.audit_entries(table="act")]
    assert [item.field for item in entries] == ["before", "jumped", "after"]
    assert [item.clock_ok for item in entries] == [True, False, True]


def test_a_clock_put_back_while_the_program_was_closed_is_flagged(
    folder: object, store: ClinicalStore, clock: FakeClock, keys: Keys
) -> None:
    store.log("yesterday")
    store.close()
    clock.local -= timedelta(days=1)
    clock.watch = 5
    again = ClinicalStore(store.folder, keys, clock)
    again.log("today")
    assert not again.audit_entries(table="act")[-1].entry.clock_ok
    again.close()


def test_secrets_stand_in_the_trail_by_their_hash_only(store: ClinicalStore) -> None:
    own = store.site_keys()
    shown = json.dumps([item.entry.new for item in store.audit_entries()])
    assert own.signing_seed.hex() not in shown
    digest = hashlib.sha256(own.signing_seed).hexdigest()
    assert [item.entry.new for item in store.audit_entries(table="secrets", record="signing")] == [
        {"sha256": digest}
    ]
    assert "seed" not in repr(own)


def test_a_second_thread_waits_and_both_are_saved(store: ClinicalStore) -> None:
    import threading

    def write(name: str) -> None:
        for number in range(20):
            store.set_setting(name, number)

    threads = [threading.Thread(target=write, args=(name,)) for name in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (store.setting("a"), store.setting("b")) == (19, 19)
    assert list(check_chain(store.audit_entries(), store.keys.signers)) == []
