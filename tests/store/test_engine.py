"""How a database is opened: settings, wrong keys, silence, and nothing readable on the disk."""

from __future__ import annotations

import os
import secrets
import sqlite3
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as driver
from store_parts import SUBJECT, revision

from anifro_desktop.forms.state import Entry
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.engine import check_library, open_engine, spoken_errors
from anifro_desktop.store.errors import CannotSave, DatabaseDamaged, DatabaseMissing, NewerSchema, OldSqlite
from anifro_desktop.store.rawkeys import DatabaseKey
from anifro_desktop.store.slots import Keys

CANARY = "Zebedee-canary"


def test_every_setting_is_as_decided(store: ClinicalStore) -> None:
    with store.transaction() as tx:
        run = tx.connection.exec_driver_sql
        found = {
            name: str(run(f"PRAGMA {name}").scalar())
            for name in (
                *("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "trusted_schema"),
                *("temp_store", "cipher_memory_security", "cipher_log_level"),
            )
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": "2",
        "foreign_keys": "1",
        "recursive_triggers": "1",
        "trusted_schema": "0",
        "temp_store": "2",
        "cipher_memory_security": "1",
        "cipher_log_level": "NONE",
    }


def test_a_wrong_key_is_refused_in_silence(
    store: ClinicalStore, capfd: pytest.CaptureFixture[str], keys: Keys
) -> None:
    right = keys.database("clinical")[0]
    store.checkpoint()
    wrong = DatabaseKey("x", secrets.token_bytes(32), right.salt)
    with pytest.raises(DatabaseDamaged) as refusal:
        open_engine(store.path, wrong)
    output = capfd.readouterr()
    assert output.out + output.err == ""
    chain = [str(refusal.value), str(refusal.value.__cause__), repr(wrong), repr(store._engine)]
    assert wrong.key.hex() not in "".join(chain)
    assert str(store.path.parent) not in str(refusal.value)


def test_garbage_instead_of_a_database_is_refused_in_silence(
    folder: Path, keys: Keys, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "clinical.db").write_bytes(os.urandom(8192))
    with pytest.raises(DatabaseDamaged):
        ClinicalStore(folder, keys)
    assert capfd.readouterr().err == ""


def test_an_old_library_is_refused() -> None:
    check_library((3, 51, 3))
    with pytest.raises(OldSqlite, match=r"3\.51\.2"):
        check_library((3, 51, 2))


def test_a_newer_schema_is_refused(store: ClinicalStore, keys: Keys) -> None:
    with store.transaction() as tx:
        tx.connection.exec_driver_sql("PRAGMA user_version = 99")
    store.close()
    with pytest.raises(NewerSchema):
        ClinicalStore(store.folder, keys)


def test_a_database_that_is_gone_is_not_made_anew(store: ClinicalStore, keys: Keys) -> None:
    store.close()
    store.path.unlink()
    with pytest.raises(DatabaseMissing, match=r"clinical\.db"):
        ClinicalStore(store.folder, keys)
    assert not store.path.exists()


def test_nothing_readable_reaches_the_disk(store: ClinicalStore) -> None:
    store.add_subject(SUBJECT)
    visit = store.open_visit_row(SUBJECT, "baseline", None)
    store.save_draft(visit.id, [Entry("summary_comment", CANARY, None, "")])
    store.append_revision(revision({"summary_comment": CANARY}))
    everything = {path.name: path.read_bytes() for path in store.folder.iterdir()}
    assert "clinical.db-wal" in everything
    store.close()
    everything |= {f"{path.name} closed": path.read_bytes() for path in store.folder.iterdir()}
    for name, raw in everything.items():
        assert CANARY.encode() not in raw, name
        if name.startswith("clinical.db"):
            assert SUBJECT.encode() not in raw, name
            assert b"SQLite format" not in raw, name


def test_an_error_of_the_database_shows_no_value(store: ClinicalStore) -> None:
    store.add_subject(SUBJECT)
    with pytest.raises(Exception, match="constraint") as failure, store._connection.begin():
        store._connection.exec_driver_sql(
            "INSERT INTO subjects (code, status) VALUES (?, ?)", (SUBJECT, CANARY)
        )
    assert CANARY not in str(failure.value)


def test_a_plain_reader_sees_nothing(store: ClinicalStore) -> None:
    store.close()
    connection = sqlite3.connect(store.path)
    with pytest.raises(sqlite3.DatabaseError):
        connection.execute("SELECT count(*) FROM sqlite_master")
    connection.close()


def test_an_error_without_a_code_is_known_by_what_it_says() -> None:
    """A copy of pages that fails says why and gives no code."""
    for said, why in (("database or disk is full", "full"), ("disk I/O error", "io")):
        with pytest.raises(CannotSave) as refusal, spoken_errors(Path("clinical.db")):
            raise driver.OperationalError(said)
        assert refusal.value.params == {"why": why}
    with pytest.raises(driver.OperationalError), spoken_errors(Path("clinical.db")):
        raise driver.OperationalError("near nothing: syntax error")


def test_a_page_that_cannot_be_deciphered_while_it_commits_is_damage(tmp_path: Path) -> None:
    """The library has no other word for it than that memory is short; the trial of turned bits meets it."""
    with pytest.raises(DatabaseDamaged), spoken_errors(tmp_path / "clinical.db"):
        raise MemoryError
