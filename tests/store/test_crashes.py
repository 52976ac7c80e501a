"""Kill, full disk, I/O errors, two writers: nothing acknowledged is lost, nothing half is kept, all is in words."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as driver
from store_parts import PASSPHRASE, SUBJECT

from anifro_desktop.forms.state import Entry
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.errors import CannotSave, Conflict
from anifro_desktop.store.slots import Keys
from anifro_desktop.store.verify import verify

SAVING = textwrap.dedent(
    f"""
    import sys
    from pathlib import Path
    from anifro_desktop.forms.state import Entry
    from anifro_desktop.store.clinical import ClinicalStore
    from anifro_desktop.store.vault import open_vault

    folder = Path(sys.argv[1])
    store = ClinicalStore(folder, open_vault(folder, "U01", {PASSPHRASE!r}))
    store.add_subject({SUBJECT!r})
    visit = store.open_visit_row({SUBJECT!r}, "baseline", None)
    print("visit", visit.id, flush=True)
    number = 0
    while True:
        number += 1
        store.save_draft(visit.id, [Entry(f"field_{{number % 7}}", str(number), None)])
        print("saved", number, flush=True)
    """
)


@pytest.mark.parametrize("after", [1, 4, 23, 60, 150])
def test_a_killed_process_loses_no_acknowledged_answer(folder: Path, keys: Keys, after: int) -> None:
    command = [sys.executable, "-c", SAVING, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        visit = child.stdout.readline().split()[1]
        for line in child.stdout:
            if line == f"saved {after}\n":
                break
        child.kill()
        # Not `communicate`, which passes over lines that were read ahead.
        rest, noise = child.stdout.read(), child.stderr.read()
    assert (child.returncode != 0, noise) == (True, "")
    whole = [line.split()[1] for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    acknowledged = int(whole[-1]) if whole else after
    store = ClinicalStore(folder, keys)
    found = {entry.field: int(str(entry.value_json)) for entry in store.draft(visit)}
    newest = max(found.values())
    assert newest in {acknowledged, acknowledged + 1}
    assert found == {f"field_{n % 7}": n for n in range(max(1, newest - 6), newest + 1)}
    assert verify(store) == []
    store.close()


def drafts(store: ClinicalStore) -> str:
    store.add_subject(SUBJECT)
    return store.open_visit_row(SUBJECT, "baseline", None).id


def test_a_full_database_rolls_back_says_so_and_can_be_tried_again(store: ClinicalStore) -> None:
    visit = drafts(store)
    store.save_draft(visit, [Entry("phga", "1", None)])
    run = store._connection.connection.cursor().execute
    run(f"PRAGMA max_page_count = {run('PRAGMA page_count').fetchone()[0]}").fetchall()
    head = store.audit_head()
    saved = 0
    with pytest.raises(CannotSave) as refusal:  # noqa: PT012
        for number in range(100):
            store.save_draft(visit, [Entry(f"long_{number}", "x" * 2000, None)])
            saved += 1
    assert refusal.value.params == {"why": "full"}
    assert "disk is full" in str(refusal.value)
    kept = store.audit_head()
    assert kept.seq == head.seq + saved
    assert len(store.draft(visit)) == saved + 1
    run("PRAGMA max_page_count = 1073741823").fetchall()
    store.save_draft(visit, [Entry("phga", "2", None)])
    assert {entry.field: entry.value_json for entry in store.draft(visit)}["phga"] == "2"
    assert verify(store) == []


FILLING = textwrap.dedent(
    f"""
    import resource, sys
    from pathlib import Path
    from anifro_desktop.forms.state import Entry
    from anifro_desktop.store.clinical import ClinicalStore
    from anifro_desktop.store.errors import CannotSave
    from anifro_desktop.store.vault import open_vault
    from anifro_desktop.store.verify import verify

    folder = Path(sys.argv[1])
    store = ClinicalStore(folder, open_vault(folder, "U01", {PASSPHRASE!r}))
    store.add_subject({SUBJECT!r})
    visit = store.open_visit_row({SUBJECT!r}, "baseline", None)
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))
    saved, refused = 0, ""
    while not refused:
        try:
            store.save_draft(visit.id, [Entry(f"field_{{saved}}", "x" * 1000, None)])
            saved += 1
        except CannotSave as refusal:
            refused = refusal.params["why"]
    assert len(store.draft(visit.id)) == saved
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    store.save_draft(visit.id, [Entry("after", "1", None)])
    assert len(store.draft(visit.id)) == saved + 1
    assert verify(store) == []
    store.close()
    print(refused, saved > 5)
    """
)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of file sizes")
def test_a_write_that_the_system_refuses_is_an_io_error_in_words(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FILLING, str(folder)], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) in {("io True\n", ""), ("full True\n", "")}


def test_a_database_that_may_only_be_read_is_said_in_words(store: ClinicalStore) -> None:
    visit = drafts(store)
    run = store._connection.connection.cursor().execute
    run("PRAGMA query_only = ON").fetchall()
    with pytest.raises(CannotSave) as refusal:
        store.save_draft(visit, [Entry("phga", "1", None)])
    assert refusal.value.params == {"why": "readonly"}
    run("PRAGMA query_only = OFF").fetchall()
    store.save_draft(visit, [Entry("phga", "1", None)])
    assert verify(store) == []


def test_another_writer_of_the_same_file_is_refused_not_waited_for_forever(
    store: ClinicalStore, keys: Keys
) -> None:
    visit = drafts(store)
    key = keys.database("clinical")[0]
    other = driver.connect(str(store.path), isolation_level=None)
    other.execute(f"PRAGMA key = \"x'{key.key.hex()}{key.salt.hex()}'\"")
    store._connection.connection.cursor().execute("PRAGMA busy_timeout = 10")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(CannotSave) as refusal:
        store.save_draft(visit, [Entry("phga", "1", None)])
    assert refusal.value.params == {"why": "busy"}
    other.execute("ROLLBACK")
    other.close()
    store.save_draft(visit, [Entry("phga", "1", None)])
    assert verify(store) == []


def test_a_program_of_another_process_writing_beside_this_one_breaks_nothing(
    store: ClinicalStore, keys: Keys
) -> None:
    """The instance lock forbids it; if it happens all the same, the trail's numbers refuse the second writer."""
    visit = drafts(store)
    second = ClinicalStore(store.folder, keys)
    second.save_draft(visit, [Entry("phga", "1", None)])
    with pytest.raises(Conflict):
        store.save_draft(visit, [Entry("tjc28", 3, None)])
    assert [entry.field for entry in second.draft(visit)] == ["phga"]
    assert verify(second) == []
    second.close()
