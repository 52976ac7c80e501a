"""What was declared a mistake: kept under a key of its own, in no list, its key free again, and known to the trail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from store_parts import SUBJECT, revision

from anifro_desktop.forms.state import Entry
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.verify import verify

RECORD = "5f0c9f0e-0000-4000-8000-00000000000a"
ON = date(2026, 9, 3)


def test_a_mistake_leaves_its_key_free_and_keeps_what_was_typed(store: ClinicalStore) -> None:
    store.add_subject(SUBJECT)
    ids = []
    for typed in ("1", "2"):
        row = store.open_visit_row(SUBJECT, "m06", ON)
        store.save_draft(row.id, [Entry("phga", typed, None)])
        ids.append(row.id)
        gone = store.void_visit(row.id, "void_2: typed twice")
        assert (gone.id, gone.state, gone.key) == (row.id, "void", f"m06~{len(ids)}")
    assert (store.visits(SUBJECT), store.entries(SUBJECT), store.draft_counts()) == ((), (), {})
    assert [row.key for row in store.entries(SUBJECT, voided=True)] == ["m06~1", "m06~2"]
    assert [store.draft(name)[0].value_json for name in ids] == ["1", "2"]
    assert store.open_visit_row(SUBJECT, "m06", ON).id not in ids
    told = [item.entry for item in store.audit_entries(table="visits", record=ids[0], field="key")]
    assert [(item.old, item.new, item.reason) for item in told] == [
        (None, "m06", ""),
        ("m06", "m06~1", "void_2: typed twice"),
    ]
    assert verify(store) == []


def test_a_record_that_was_a_mistake_is_no_last_version_of_anything(store: ClinicalStore) -> None:
    store.add_subject(SUBJECT)
    other = "5f0c9f0e-0000-4000-8000-00000000000b"
    store.append_revision(revision({"phga": "1"}, record=RECORD))
    store.append_revision(replace(revision({}, record=RECORD, why="void_1"), visit="baseline~1"))
    store.append_revision(revision({"phga": "2"}, record=other))
    assert [item.id for item in store.revisions(SUBJECT, "baseline")] == [other]
    assert [item.id for item in store.revisions(form="phga")] == [other]
    assert [(item.ver, item.void) for item in store.revisions(latest=False) if item.id == RECORD] == [
        (1, False),
        (2, True),
    ]
    told = [item.entry for item in store.audit_entries(record=RECORD, field="phga")]
    assert [(item.old, item.new, item.reason) for item in told] == [(None, "1", ""), ("1", None, "void_1")]
    assert verify(store) == []


def test_what_does_not_wait_for_its_signature_is_sent_with_the_versions_before_it(
    store: ClinicalStore,
) -> None:
    store.add_subject(SUBJECT)
    for value in ("1", "2", "3"):
        store.append_revision(revision({"phga": value}, record=RECORD, why="5" if value != "1" else "first"))
    assert store.unsealed() == ()
    assert [item.ver for item in store.unsealed(lambda item: item.values["phga"] == "2")] == [1, 2]


def test_how_far_a_record_went_is_known_over_all_epochs(store: ClinicalStore) -> None:
    store.add_subject(SUBJECT)
    for epoch, ver in ((1, 3), (2, 1)):
        store.append_revision(
            revision({"phga": str(epoch)}, record=RECORD, why="5" if epoch > 1 else "first")
        )
        store.add_bundle(store.next_position(), f"anifro-{epoch}.anfb", b"sealed bytes", {RECORD: ver})
        store.start_epoch("restored from a backup")
    assert store.sealed([RECORD, "5f0c9f0e-0000-4000-8000-00000000000b"]) == {RECORD: 3}
    assert store.sealed([]) == {}
