"""Subjects, visits, drafts, revisions, signatures and the outbox of a site."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from store_parts import ADMIN, SUBJECT, FakeClock, revision

from anifro_desktop.forms.state import Entry
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.errors import Conflict, NotDraft, NotFound, ReasonNeeded, VaultDamaged
from anifro_desktop.store.slots import Keys
from anifro_desktop.store.verify import verify


def test_subjects_are_added_changed_and_listed(store: ClinicalStore) -> None:
    made = store.add_subject(SUBJECT, sex="female", age=41)
    assert (made.status, made.enrolled, made.age) == ("screening", None, 41)
    changed = store.update_subject(SUBJECT, status="enrolled", enrolled=date(2026, 11, 2))
    assert changed == replace(made, status="enrolled", enrolled=date(2026, 11, 2))
    store.add_subject("P03-2222-2")
    assert [row.code for row in store.subjects()] == ["P03-2222-2", SUBJECT]
    entries = [item.entry for item in store.audit_entries(table="subjects", record=SUBJECT, field="status")]
    assert [(item.old, item.new) for item in entries] == [(None, "screening"), ("screening", "enrolled")]


def test_a_code_is_given_once_and_unknown_ones_are_refused(store: ClinicalStore) -> None:
    store.add_subject(SUBJECT)
    with pytest.raises(Conflict):
        store.add_subject(SUBJECT)
    for act in (
        lambda: store.subject("P03-0000-0"),
        lambda: store.update_subject("P03-0000-0", status="enrolled"),
        lambda: store.open_visit_row("P03-0000-0", "m06", None),
        lambda: store.visit("nothing"),
        lambda: store.save_draft("nothing", [Entry("phga", "1", None)]),
        lambda: store.revision("nothing"),
        lambda: store.bundle_bytes(1, 1),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(TypeError):
        store.update_subject(SUBJECT, created="2020-01-01")


def test_a_visit_is_opened_once(store: ClinicalStore) -> None:
    store.add_subject(SUBJECT)
    first = store.open_visit_row(SUBJECT, "m06", date(2027, 5, 1))
    assert (first.state, first.date, first.place) == ("draft", date(2027, 5, 1), {})
    assert store.open_visit_row(SUBJECT, "m06", date(2027, 6, 1)) == first
    store.set_place(first.id, {"form": "joints", "field": "tjc28"})
    store.set_visit_state(first.id, "complete")
    store.set_visit_date(first.id, date(2027, 5, 2), "typing error")
    again = store.visit(first.id)
    assert (again.state, again.date, again.place) == (
        "complete",
        date(2027, 5, 2),
        {"form": "joints", "field": "tjc28"},
    )
    store.open_visit_row(SUBJECT, "", None)
    assert [row.key for row in store.visits(SUBJECT)] == ["", "m06"]
    assert store.visits() == store.visits(SUBJECT)


def test_a_draft_comes_back_as_it_was_typed(store: ClinicalStore) -> None:
    store.add_subject(SUBJECT)
    visit = store.open_visit_row(SUBJECT, "baseline", None)
    typed = (
        Entry("phga", "1.50", None, "1,5"),
        Entry("tjc28", None, None, "1,2,3"),
        Entry("upcr", {"missing": "not_done"}, {"kind": "unchanged", "reason": None, "text": ""}),
    )
    store.save_draft(visit.id, typed, {"form": "phga"})
    assert store.draft(visit.id) == typed
    store.save_draft(visit.id, [Entry("phga", None, None), Entry("upcr", "3.2", None)])
    assert store.draft(visit.id) == (
        Entry("phga", None, None),
        Entry("tjc28", None, None, "1,2,3"),
        Entry("upcr", "3.2", None),
    )
    count = store.draft_counts()[visit.id]
    assert (count.values, count.seq) == (1, store.audit_head().seq)
    assert store.visit(visit.id).place == {"form": "phga"}


def test_one_and_true_are_two_values(store: ClinicalStore) -> None:
    store.add_subject(SUBJECT)
    visit = store.open_visit_row(SUBJECT, "baseline", None)
    store.save_draft(visit.id, [Entry("phga", 1, None)])
    store.save_draft(visit.id, [Entry("phga", True, None)])
    assert store.draft(visit.id)[0].value_json is True
    assert verify(store) == []


def test_a_completed_visit_takes_no_draft_until_it_is_amended(store: ClinicalStore) -> None:
    store.add_subject(SUBJECT)
    visit = store.open_visit_row(SUBJECT, "baseline", None)
    store.set_visit_state(visit.id, "complete")
    with pytest.raises(NotDraft, match="complete"):
        store.save_draft(visit.id, [Entry("phga", "1", None)])
    store.set_visit_state(visit.id, "amending", "transcription")
    store.save_draft(visit.id, [Entry("phga", "1", None)])
    assert store.draft_counts()[visit.id].values == 1


def test_versions_follow_one_another_and_need_a_reason(store: ClinicalStore) -> None:
    store.add_subject(SUBJECT)
    first = store.append_revision(replace(revision({"phga": "1.5"}), scores={"lldas": {"value": False}}))
    assert (first.ver, first.prev, first.who) == (1, "", ADMIN.code)
    assert first.when == "2026-11-23T09:00:00.000+00:00"
    with pytest.raises(ReasonNeeded):
        store.append_revision(revision({"phga": "2"}))
    changed = replace(revision({"phga": "2"}, why="transcription"), why_text="see chart")
    second = store.append_revision(changed)
    assert (second.ver, second.prev) == (2, first.digest())
    assert store.revisions() == (second,)
    assert store.revisions(SUBJECT, "baseline", "phga", latest=False) == (first, second)
    assert store.revision(first.id, 1) == first
    assert store.revisions("P03-0000-0") == ()
    told = [item.entry for item in store.audit_entries(table="answers", record=first.id)]
    assert [(item.field, item.old, item.new, item.reason) for item in told] == [
        ("phga", None, "1.5", ""),
        ("score:lldas", None, {"value": False}, ""),
        ("phga", "1.5", "2", "transcription: see chart"),
        ("score:lldas", {"value": False}, None, "transcription: see chart"),
    ]


def test_a_signature_is_bound_to_one_version(store: ClinicalStore, clock: FakeClock) -> None:
    store.add_subject(SUBJECT)
    first = store.append_revision(revision({"phga": "1.5"}))
    (signed,) = store.sign([first.id], "responsible")
    assert signed.signature["digest"] == first.digest() == signed.digest()
    assert (signed.signature["by"], signed.signature["meaning"]) == ("U01", "responsible")
    assert store.revision(first.id) == signed
    second = store.append_revision(revision({"phga": "2"}, why="transcription"))
    assert store.revision(first.id) == second
    assert second.signature == {}
    assert store.revision(first.id, 1) == signed
    store.sign([first.id], "reviewed")
    clock.pass_time(1)
    with pytest.raises(Conflict):
        store.sign([first.id], "reviewed")
    assert verify(store) == []


def test_signing_several_is_all_or_nothing(store: ClinicalStore) -> None:
    store.add_subject(SUBJECT)
    first = store.append_revision(revision({"phga": "1.5"}))
    with pytest.raises(NotFound):
        store.sign([first.id, "no such record"], "responsible")
    assert store.revision(first.id).signature == {}


def test_only_what_is_signed_waits_to_be_sent_with_all_versions_before_it(store: ClinicalStore) -> None:
    store.add_subject(SUBJECT)
    one, two = "5f0c9f0e-0000-4000-8000-00000000000a", "5f0c9f0e-0000-4000-8000-00000000000b"
    store.append_revision(revision({"phga": "1"}, record=one))
    store.append_revision(revision({"phga": "2"}, record=one, why="transcription"))
    store.append_revision(revision({"phga": "1"}, record=two))
    assert store.unsealed() == ()
    store.sign([one], "responsible")
    assert [(item.id, item.ver) for item in store.unsealed()] == [(one, 1), (one, 2)]
    with store.transaction():
        position = store.next_position()
        assert (position.epoch, position.seq, position.prev) == (1, 1, "0" * 64)
        row = store.add_bundle(position, "anifro-P03-x.anfb", b"sealed bytes", {one: 2})
    assert store.unsealed() == ()
    assert (row.sha256, row.size, row.records) == (hashlib.sha256(b"sealed bytes").hexdigest(), 12, 1)
    assert store.bundle_bytes(1, 1) == b"sealed bytes"
    store.sign([two], "responsible")
    assert [item.id for item in store.unsealed()] == [two]
    assert store.next_position().prev == row.sha256
    store.set_bundle_state(1, 1, "delivered")
    store.add_receipt(1, 1, 1, {"items": [[1, row.sha256, "accepted", ""]]}, b"receipt bytes")
    with pytest.raises(Conflict):
        store.add_receipt(1, 1, 0, {}, b"another receipt")
    assert [item.state for item in store.bundles()] == ["delivered"]
    assert [(item.rno, item.acked_to) for item in store.receipts()] == [(1, 1)]
    assert verify(store) == []
    assert store.start_epoch("restored from a backup") == 2
    assert {item.id for item in store.unsealed()} == {one, two}
    assert store.next_position().seq == 1


def test_settings_and_keys_are_kept(store: ClinicalStore, keys: Keys) -> None:
    own = store.site_keys()
    store.set_setting("site_name", "Synthetic clinic")
    store.set_centre_keyset(b"keyset")
    store.close()
    again = ClinicalStore(store.folder, keys)
    assert again.site_keys() == own
    assert again.settings() == {"site_name": "Synthetic clinic", "key_file": keys.version}
    assert (again.setting("nothing", 7), again.centre_keyset()) == (7, b"keyset")
    again.close()


def test_a_key_file_of_other_administrators_is_refused(store: ClinicalStore, keys: Keys) -> None:
    store.close()
    with pytest.raises(VaultDamaged, match="other administrators"):
        ClinicalStore(store.folder, replace(keys, root=b"r" * 32))


def test_the_lists_of_a_site_are_a_few_queries_however_many_patients(store: ClinicalStore) -> None:
    """A list that asked once for each patient would be slow in the third year, when nobody is looking any more."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append(statement)

    counts = []
    for patients in (2, 20):
        with store.transaction():
            for number in range(patients):
                code = f"P03-{patients:02d}{number:02d}-X"
                store.add_subject(code, status="enrolled", enrolled=date(2026, 1, 1))
                row = store.open_visit_row(code, "m06", date(2026, 7, 1))
                summary = revision({"visit_planned": 6}, record=row.id)
                store.append_revision(replace(summary, subject=code, visit="m06", form="visit_summary"))
        sa.event.listen(sa.Engine, "before_cursor_execute", note)
        asked.clear()
        found = (
            store.subjects(),
            store.visits(),
            store.draft_counts(),
            store.revisions(form="visit_summary"),
        )
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
        counts.append(len(asked))
    assert [len(part) for part in found] == [22, 22, 0, 22]
    assert counts[0] == counts[1] <= 8
