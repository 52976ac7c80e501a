"""The site's archive, read as somebody does who has nothing of this program: standard library, schema, openssl."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from archive_parts import PERSON, checked, lines
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from leaks import Search, words_of
from PySide6.QtWidgets import QApplication
from study_parts import DAY_0, PASSPHRASE, TestClock, enrol, open_site, signed, type_in

from anifro_desktop.crypto import signing
from anifro_desktop.errors import Refusal
from anifro_desktop.store.doorplate import User
from anifro_desktop.store.staff import add_user
from anifro_desktop.store.vault import FLOOR
from anifro_desktop.thread import Act, Query
from anifro_desktop.ui.archive_paper import Printing
from anifro_desktop.workflows import people, queries, visits
from anifro_desktop.workflows.archive import proving, shelf, verify_archive
from anifro_desktop.workflows.archive.making import archive
from anifro_desktop.workflows.archive.model import Archived
from anifro_desktop.workflows.archive.papers import Reader
from anifro_desktop.workflows.archive.questions import question_items
from anifro_desktop.workflows.erasing import erase_text
from anifro_desktop.workflows.errors import CannotArchive
from anifro_desktop.workflows.site import Site


def test_what_pisa_asked_and_what_was_answered_is_in_the_document(site: Site, filled: str) -> None:
    query = Query(str(uuid.uuid4()), filled, "field", "baseline", "laboratory", "platelets")
    with site.clinical.transaction():
        site.clinical.keep_query(query)
        site.clinical.keep_act(
            Act(str(uuid.uuid4()), query.id, 1, "raise", "È giusto?", "C01", "2026-11-22T10:00:00Z")
        )
    queries.answer(site, query.id, "Confermato.")
    told = [item.text for item in question_items(Reader(site, "it", {"U01": "Dr. Firma di Prova"}), filled)]
    assert "Basale · Laboratorio · Piastrine · aspetta Pisa" in told
    assert any(one.endswith("C01 · Pisa chiede: È giusto?") for one in told)
    assert any(one.endswith("U01 Dr. Firma di Prova · Il centro risponde: Confermato.") for one in told)


def test_it_can_be_stopped_while_everything_is_checked_first_and_leaves_nothing(
    site: Site, filled: str, tmp_path: Path, qapp: QApplication
) -> None:
    told: list[tuple[int, int]] = []

    def step(done: int, of: int) -> None:
        told.append((done, of))
        raise CannotArchive("stopped")

    with pytest.raises(CannotArchive):
        archive(site, tmp_path / "stick", "it", Printing(), step=step)
    assert told == [(0, 0)]
    assert not list(tmp_path.glob("stick/*"))


def test_it_says_that_free_texts_may_hold_names(made: Archived) -> None:
    told = [(made.folder / name).read_text("utf-8") for name in ("LEGGIMI.txt", "README.txt")]
    assert "testi liberi" in told[0]
    assert "nome" in told[0].partition("testi liberi")[2]
    assert "Free texts" in told[1]


def test_every_value_of_every_version_is_read_back(made: Archived, filled: str) -> None:
    versions = {
        (one["body"]["form"], one["body"]["ver"]): one["body"]
        for one in lines(made.folder / "subjects" / f"{filled}.jsonl")
        if one["body"]["visit"] == "baseline"
    }
    assert versions["laboratory", 1]["values"]["platelets"] == 84
    assert versions["laboratory", 2]["values"]["platelets"] == 90
    assert versions["vitals", 2]["values"]["temperature_c"] == {"missing": "not_done"}
    assert versions["laboratory", 2]["why_text"] == "second sheet"
    assert versions["visit_summary", 1]["scores"]["sledai2k"]["parts"]["clinical"] is not None
    assert made.versions >= len(versions)


def test_the_checker_needs_nothing_but_python_and_finds_all_well(made: Archived) -> None:
    done = checked(made.folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "All is well." in done.stdout
    assert f"entries: {made.entries}" in done.stdout


def _trail_changed(folder: Path) -> None:
    path = folder / "trail.jsonl"
    rows = path.read_text("utf-8").splitlines(keepends=True)
    rows[30] = rows[30].replace('"user":"U01"', '"user":"U07"')
    path.write_text("".join(rows), "utf-8")


def _trail_cut(folder: Path) -> None:
    path = folder / "trail.jsonl"
    rows = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([*rows[:30], *rows[31:]]), "utf-8")


def _value_changed(folder: Path) -> None:
    path = next(one for one in (folder / "subjects").glob("*.jsonl") if "platelets" in one.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").replace('"platelets":84', '"platelets":48'), "utf-8")


def _signature_moved(folder: Path) -> None:
    path = next(one for one in (folder / "subjects").glob("*.jsonl") if "platelets" in one.read_text("utf-8"))
    path.write_text(
        path.read_text("utf-8").replace('"meaning":"responsible"', '"meaning":"reviewed"'), "utf-8"
    )


def _odm_changed(folder: Path) -> None:
    old = 'ItemOID="I.platelets" TransactionType="Insert" Value="84"'
    path = next(one for one in (folder / "subjects").glob("*.odm.xml") if old in one.read_text("utf-8"))
    text = path.read_text("utf-8")
    path.write_text(
        text.replace('TransactionType="Insert" Value="84"', 'TransactionType="Insert" Value="184"'), "utf-8"
    )


def _odm_entity(folder: Path) -> None:
    path = next((folder / "subjects").glob("*.odm.xml"))
    head, _, rest = path.read_text("utf-8").partition("\n")
    path.write_text(f'{head}\n<!DOCTYPE ODM [<!ENTITY a "84">]>\n{rest}', "utf-8")


def _paper_changed(folder: Path) -> None:
    path = next((folder / "subjects").glob("*.pdf"))
    path.write_bytes(path.read_bytes() + b"%")


def _keys_taken(folder: Path) -> None:
    path = folder / "keys.json"
    known = json.loads(path.read_text("utf-8"))
    known["people"]["U01"]["signing_keys"] = ["00" * 32]
    path.write_text(json.dumps(known), "utf-8")


@pytest.mark.parametrize(
    ("touch", "said"),
    [
        (_odm_changed, "is not as in"),
        (_odm_entity, "odm.xml: changed"),
        (_paper_changed, "SHA256SUMS: changed"),
        (_keys_taken, "SHA256SUMS.sig: not signed by U01"),
        (_trail_changed, "entry 31 was changed"),
        (_trail_cut, "entry 31 is missing"),
        (_value_changed, "version 1 was changed"),
        (_signature_moved, "the signature of U01 does not hold"),
    ],
)
def test_whatever_is_touched_is_found_even_with_the_sums_made_anew(
    made: Archived, touch: Callable[[Path], None], said: str
) -> None:
    touch(made.folder)
    first = checked(made.folder)
    assert first.returncode == 1
    assert ": changed" in first.stdout
    _sum_up(made.folder)
    second = checked(made.folder)
    assert second.returncode == 1
    assert said in second.stdout


def _sum_up(folder: Path) -> str:
    """Make the sums of an archive anew; their hash."""
    sums = folder / "SHA256SUMS"
    names = [line.split("  ", 1)[1] for line in sums.read_text("utf-8").splitlines()]
    text = "".join(f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
    sums.write_text(text, "utf-8")
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def test_what_an_old_key_signed_after_its_successor_is_found_in_the_archive(
    site: Site, filled: str, tmp_path: Path, qapp: QApplication
) -> None:
    secrets = site.keys.secrets
    people.change_passphrase(site, PASSPHRASE, "copper window slate harbour moss", cost=FLOOR)
    site.clinical.log("checked")
    assert proving.prove(site, archive(site, tmp_path / "before", "it", Printing()).folder).faults == ()
    keys, site.clinical.keys = site.clinical.keys, replace(site.clinical.keys, secrets=secrets)
    site.clinical.log("checked", filled)
    forged = site.clinical.audit_head().seq
    site.clinical.keys = keys
    done = archive(site, tmp_path / "after", "it", Printing())
    assert done.findings == ("trail_signature",)
    faults = [one.en for one in proving.prove(site, done.folder).faults]
    assert faults == [f"trail.jsonl: entry {forged} is not signed by U01"]


def test_an_archive_signed_with_other_keys_is_found_here_and_by_the_hash_that_was_noted(
    site: Site, made: Archived
) -> None:
    """A forger's own keys, in the archive too: its checker alone cannot know, and shows what to compare."""
    assert proving.prove(site, made.folder).faults == ()
    assert f"Hash of SHA256SUMS: {made.sha256}" in checked(made.folder).stdout
    _paper_changed(made.folder)
    seed = b"f" * 32
    path = made.folder / "keys.json"
    known = json.loads(path.read_text("utf-8"))
    known["people"]["U01"]["signing_keys"].append(signing.public_bytes(seed).hex())
    known["site_key"] = signing.public_bytes(seed).hex()
    path.write_text(json.dumps(known), "utf-8")
    signed_by = made.folder / "SHA256SUMS.sig"
    facts = json.loads(signed_by.read_text("utf-8"))
    facts["sha256"] = _sum_up(made.folder)
    facts["sig"] = facts["site_sig"] = signing.sign(seed, verify_archive.sums_message(facts)).hex()
    signed_by.write_text(json.dumps(facts), "utf-8")
    done = checked(made.folder)
    assert done.returncode == 0
    assert made.sha256 not in done.stdout
    assert "Compare it with what the program showed" in done.stdout
    found = proving.prove(site, made.folder)
    assert found.made is None
    assert [one.en for one in found.faults] == [
        f"keys.json: a key of {code} is not one of this site's" for code in ("U01", "P03")
    ]
    assert all(one.it != one.en for one in found.faults)


def test_signatures_hold_by_the_rules_of_the_readme_alone(made: Archived, filled: str) -> None:
    keys = json.loads((made.folder / "keys.json").read_text("utf-8"))["people"]
    count = 0
    for one in lines(made.folder / "subjects" / f"{filled}.jsonl"):
        for given in one["signatures"]:
            facts = {name: given[name] for name in ("by", "digest", "meaning", "name", "when")}
            facts |= {"record": one["body"]["id"], "ver": one["body"]["ver"]}
            text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(keys[given["by"]]["signing_keys"][0]))
            key.verify(bytes.fromhex(given["sig"]), b"anifro/signature/v1\0" + text)
            count += 1
    assert count > 15


def test_the_checkers_own_arithmetic_agrees_with_the_library() -> None:
    from anifro_desktop.crypto import signing

    seed = signing.new_seed()
    good = signing.sign(seed, b"text")
    assert verify_archive.plain_verify(signing.public_bytes(seed), b"text", good)
    for place in range(0, 64, 7):
        bad = good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :]
        assert not verify_archive.plain_verify(signing.public_bytes(seed), b"text", bad)
    assert not verify_archive.plain_verify(signing.public_bytes(signing.new_seed()), b"text", good)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_openssl_checks_the_trail_as_the_readme_says(made: Archived, tmp_path: Path) -> None:
    keys = json.loads((made.folder / "keys.json").read_text("utf-8"))["people"]
    last = lines(made.folder / "trail.jsonl")[-1]
    key = keys[last["user"]]["signing_keys"][0]
    (tmp_path / "key.der").write_bytes(bytes.fromhex("302a300506032b6570032100" + key))
    (tmp_path / "message").write_bytes(b"anifro/audit/sig/v1\0" + bytes.fromhex(last["hash"]))
    (tmp_path / "signature").write_bytes(bytes.fromhex(last["signature"]))
    command = (
        "openssl pkeyutl -verify -pubin -inkey key.der -keyform DER -rawin -in message -sigfile signature"
    )
    done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done


def test_no_name_is_in_any_file_unless_asked_for(site: Site, made: Archived, tmp_path: Path) -> None:
    search = Search(words_of(PERSON), [PERSON.birth_date] if PERSON.birth_date else [])
    assert search.in_files(made.folder) == {}
    with pytest.raises(Refusal, match="say why"):
        archive(site, tmp_path / "two", "it", Printing(), identities=True)
    done = archive(site, tmp_path / "two", "it", Printing(), identities=True, reason="close-out")
    held = json.loads((done.folder / "identities.json").read_text("utf-8"))
    assert PERSON.surname in {one["surname"] for one in held.values()}
    assert all(not words_of(PERSON) & {path.name} for path in done.folder.rglob("*"))
    assert checked(done.folder).returncode == 0
    act = site.clinical.audit_entries(field="archiving")[-1].entry
    assert (act.reason, act.new) == ("close-out", {"identities": True})


def test_a_text_that_was_erased_is_said_to_be_and_the_archive_still_checks(
    site: Site, subject: str, tmp_path: Path, qapp: QApplication
) -> None:
    visit = signed(site, subject, "baseline", DAY_0, summary_comment="saw Archiviatissima")
    visits.amend(site, visit, 2)
    type_in(site, visit, {"summary_comment": "well"})
    visits.complete(site, visit)
    erase_text(site, subject, "baseline", "summary_comment", "a name", PASSPHRASE)
    done = archive(site, tmp_path, "it", Printing())
    proof = checked(done.folder)
    assert proof.returncode == 0
    assert "Texts erased by an administrator: U01" in proof.stdout
    assert "a name" in proof.stdout
    marks = [one["erased"] for one in lines(done.folder / "subjects" / f"{subject}.jsonl")]
    assert marks.count(True) == 1
    assert Search(words_of(PERSON), []).in_files(done.folder) == {}


def test_the_same_site_at_the_same_moment_gives_the_same_bytes(
    site_folder: Path, clock: TestClock, tmp_path: Path, qapp: QApplication
) -> None:
    site = open_site(site_folder, clock)
    subject = enrol(site, PERSON)
    signed(site, subject, "baseline", DAY_0)
    site.close()
    sums = []
    for name in ("one", "two"):
        copy = shutil.copytree(site_folder, tmp_path / name)
        site = open_site(copy, clock)
        done = archive(site, tmp_path / f"out-{name}", "it", Printing())
        site.close()
        sums.append((done.folder / "SHA256SUMS").read_text("utf-8").splitlines())
    assert sums[0] == sums[1]


@pytest.mark.parametrize("after", [0, 3, 9])
def test_a_full_disk_leaves_nothing_and_says_so(
    site: Site, filled: str, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    class FullAfter:
        """The system's calls for the archive's own files, on a disk that is full after some of them."""

        left = after

        def __getattr__(self, name: str) -> Any:
            return getattr(os, name)

        def fsync(self, descriptor: int) -> None:
            self.left -= 1
            if self.left < 0:
                raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(shelf, "os", FullAfter())
    with pytest.raises(Refusal, match="disk is full"):
        archive(site, tmp_path / "stick", "it", Printing())
    monkeypatch.undo()
    assert list((tmp_path / "stick").iterdir()) == []
    assert archive(site, tmp_path / "stick", "it", Printing()).subjects == 2


def test_who_may_and_where(
    site: Site, filled: str, tmp_path: Path, qapp: QApplication, clock: TestClock
) -> None:
    with pytest.raises(Refusal, match="inside the data folder"):
        archive(site, site.folder / "x", "it", Printing())
    with pytest.raises(Refusal, match="cloud"):
        archive(site, tmp_path / "OneDrive" / "x", "it", Printing())
    folder = site.folder
    for code, role in (("U02", "data_entry"), ("U03", "monitor")):
        add_user(folder, site.keys, User(code, "Altra Prova", (role,)), PASSPHRASE, cost=FLOOR)
    site.close()
    for code in ("U02", "U03"):
        other = open_site(folder, clock, code)
        with pytest.raises(Refusal, match="investigator or site administrator"):
            archive(other, tmp_path / "y", "it", Printing())
        other.close()
    assert not (tmp_path / "y").exists()


def test_a_damaged_site_is_archived_and_every_paper_says_so(
    site: Site, filled: str, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    with site.clinical.transaction() as tx:
        tx.connection.exec_driver_sql("UPDATE subjects SET sex = 'male'")
    done = archive(site, tmp_path, "en", Printing())
    assert done.findings == ("row_changed", "facts_differ")
    assert "row_changed" in (done.folder / "README.txt").read_text("utf-8")
