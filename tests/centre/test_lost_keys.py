"""The centre over the years: new keys, escrow, backups put back, passphrases and keys that are lost; with a site that
must come through all of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from centre_sites import PASSPHRASE, FakeClock, SyntheticSite

from anifro_desktop.centre import backups, keysets, quarantine, staffing
from anifro_desktop.centre.errors import EscrowRefused, RootRefused, RootStays
from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import ROOT_FOLDER, Centre, open_centre
from anifro_desktop.centre.receipts import write_receipts
from anifro_desktop.centre.registering import register, revoke
from anifro_desktop.crypto import signing
from anifro_desktop.store.backup_errors import BackupDamaged
from anifro_desktop.store.doorplate import User
from anifro_desktop.store.errors import WrongPassphrase, WrongSheet
from anifro_desktop.store.passphrase import FLOOR
from anifro_desktop.store.vault import create_vault, open_vault
from anifro_desktop.store.verify import verify
from anifro_desktop.sync.bundle import VerifyKey, file_hash
from anifro_desktop.sync.chain import LocalChain, judge_receipt
from anifro_desktop.sync.keyset import next_keyset, read_keyset
from anifro_desktop.sync.keysetfile import open_keyset
from anifro_desktop.sync.receipt import open_receipt

OTHER = "another synthetic passphrase"


def renew(centre: Centre) -> keysets.Renewed:
    return keysets.renew(centre, open_vault(centre.folder / ROOT_FOLDER, "DM1", PASSPHRASE))


def bundle(centre: Centre, site: SyntheticSite) -> bytes:
    return site.bundle(centre.keyset, [])


def applied(centre: Centre) -> list[int]:
    return [row.seq for row in centre.store.bundles(state="applied")]


def typed(rows: tuple[tuple[str, ...], ...]) -> str:
    return " ".join(group for row in rows for group in row)


@pytest.fixture
def reopened(centre: Centre, clock: FakeClock) -> Iterator[list[Centre]]:
    """Centres opened in the middle of a test, to be closed at its end."""
    opened: list[Centre] = []
    yield opened
    for one in opened:
        one.close()


def test_a_bundle_sealed_to_keys_of_before_is_still_opened(centre: Centre, site: SyntheticSite) -> None:
    late = bundle(centre, site)
    made = renew(centre)
    assert made.version == 2
    assert read_keyset(made.keyset.read_bytes()) == centre.keyset
    assert [item.status for item in ingest(centre, [bundle(centre, site), late])][-1] == "accepted"
    assert applied(centre) == [1, 2]


def test_each_version_reaches_a_site_that_missed_all(
    centre: Centre, site: SyntheticSite, tmp_path: Path
) -> None:
    known = centre.keyset
    renew(centre), renew(centre)
    names = keysets.write_keysets(centre, tmp_path)
    assert len(names) == 2
    for name in sorted(names):
        inside = open_keyset(
            (tmp_path / name).read_bytes(),
            key_for=lambda _, key=known: VerifyKey(key.sign),  # type: ignore[misc]
            seed_for=lambda _: site.seal_seed,
        )
        known = next_keyset(known, inside)
    assert known == centre.keyset
    assert keysets.write_keysets(centre, tmp_path) == []


def test_only_the_root_makes_a_keyset(centre: Centre, tmp_path: Path) -> None:
    person = User("DM1", "Synthetic Person", ("data_manager",))
    (tmp_path / "root").mkdir()
    stranger = create_vault(tmp_path / "root", "PISA", person, PASSPHRASE, kind="centre", cost=FLOOR)
    with pytest.raises(RootRefused):
        keysets.renew(centre, stranger)
    assert centre.keyset.version == 1


def test_a_new_root_is_signed_by_both(centre: Centre, tmp_path: Path) -> None:
    person = User("DM1", "Synthetic Person", ("data_manager",))
    (tmp_path / "root2").mkdir()
    new = create_vault(tmp_path / "root2", "PISA", person, PASSPHRASE, kind="centre", cost=FLOOR)
    before = centre.keyset
    keysets.renew(centre, open_vault(centre.folder / ROOT_FOLDER, "DM1", PASSPHRASE), new)
    data = centre.store.secret("keyset") or b""
    assert next_keyset(before, data).root != before.root
    with pytest.raises(RootRefused):
        renew(centre)


def test_the_escrow_copy_opens_and_is_proved_to(centre: Centre, site: SyntheticSite) -> None:
    rows, path = keysets.make_escrow(centre)
    assert keysets.check_escrow(centre, typed(rows), path) == 1
    made = renew(centre)
    assert made.escrow is not None
    with pytest.raises(EscrowRefused, match="lacks"):
        keysets.check_escrow(centre, typed(rows), path)
    assert keysets.check_escrow(centre, typed(rows), made.escrow) == 2
    other, _ = keysets.make_escrow(centre)
    with pytest.raises(EscrowRefused, match="sheet"):
        keysets.check_escrow(centre, typed(other), path)
    acts = [one.entry.field for one in centre.store.audit_entries() if one.entry.field.startswith("escrow")]
    assert acts.count("escrow_checked") == 4


def test_a_changed_escrow_copy_is_refused(centre: Centre) -> None:
    rows, path = keysets.make_escrow(centre)
    data = path.read_bytes()
    for place in range(0, len(data) - 2, 97):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        with pytest.raises(EscrowRefused):
            keysets.check_escrow(centre, typed(rows), path)


def test_an_escrow_copy_with_what_is_no_seed_is_refused(centre: Centre) -> None:
    rows, path = keysets.make_escrow(centre)
    public = centre.store.secret(keysets.ESCROW_KEY) or b""
    keyset = centre.store.secret("keyset") or b""
    path.write_bytes(keysets.sealed_copy(public, keyset, 1, [b"short"]))
    with pytest.raises(EscrowRefused, match="damaged"):
        keysets.use_escrow(centre, typed(rows), path, "trial")


def test_the_escrow_copy_holds_no_seed_in_the_open_and_none_that_signs(centre: Centre) -> None:
    rows, path = keysets.make_escrow(centre)
    data = path.read_bytes()
    for seed in (centre.signing_seed, *centre.opening_seeds()):
        assert seed.hex().encode() not in data
    assert signing.public_bytes(centre.signing_seed) == centre.keyset.sign
    assert typed(rows).split()[0].encode() not in data


def test_a_backup_put_back_asks_for_what_came_after_and_gets_it(
    centre: Centre, site: SyntheticSite, clock: FakeClock, tmp_path: Path, reopened: list[Centre]
) -> None:
    sent = [bundle(centre, site) for _ in range(6)]
    ingest(centre, [sent[0], sent[3]])  # one taken, one waiting
    quarantine.keep(centre.quarantine, "truncated", b"x" * 9)
    write_receipts(centre, tmp_path / "answers")
    backup = backups.back_up(centre, tmp_path / "stick")
    ingest(centre, sent[1:5])
    write_receipts(centre, tmp_path / "answers")
    used = {row.rno for row in centre.store.receipts(site.code, site.writer)}
    folder = centre.folder
    centre.close()
    done = backups.restore(folder, backup, clock, user="DM1", passphrase=PASSPHRASE)
    assert (done.writers, done.aside is not None) == (1, True)
    again = open_centre(folder, "DM1", PASSPHRASE, clock)
    reopened.append(again)
    assert not verify(again.store)
    assert quarantine.counts(again.quarantine) == {"truncated": 1}
    assert applied(again) == [1]
    (written,) = write_receipts(again, tmp_path / "answers")
    receipt, _ = open_receipt(
        again.store.receipt_bytes(site.code, site.writer, written.rno),
        key_for=lambda _: again.keyset.verify_key,
        seed_for=lambda _: site.seal_seed,
    )
    assert (receipt.put_back, receipt.acked_to, receipt.missing) == (True, 1, (2, 3))
    assert written.rno > max(used)
    ingest(again, sent)
    assert applied(again) == [1, 2, 3, 4, 5, 6]
    assert not again.store.chains()[0].frozen


def test_a_backup_put_back_twice_gives_no_number_again(
    centre: Centre, site: SyntheticSite, clock: FakeClock, tmp_path: Path, reopened: list[Centre]
) -> None:
    sent = [bundle(centre, site) for _ in range(3)]
    ingest(centre, sent[:1])
    write_receipts(centre, tmp_path)
    backup, folder = backups.back_up(centre, tmp_path / "stick"), centre.folder
    keyset = centre.keyset
    local = LocalChain(1, 3, {number: file_hash(data) for number, data in enumerate(sent, 1)}, 1)
    centre.close()
    for _ in range(2):
        clock.forward(minutes=5)
        backups.restore(folder, backup, clock, user="DM1", passphrase=PASSPHRASE)
        again = open_centre(folder, "DM1", PASSPHRASE, clock)
        reopened.append(again)
        (written,) = write_receipts(again, tmp_path)
        receipt, opened = open_receipt(
            again.store.receipt_bytes(site.code, site.writer, written.rno),
            key_for=lambda _: keyset.verify_key,
            seed_for=lambda _: site.seal_seed,
        )
        verdict = judge_receipt(local, receipt, opened.sha256)
        assert (verdict.action, verdict.resend) == ("apply", (2, 3))
        local = replace(local, last_rno=receipt.rno, last_receipt=opened.sha256)
        again.close()


def test_a_bundle_that_waits_tells_how_far_its_computer_heard(
    centre: Centre, site: SyntheticSite, tmp_path: Path
) -> None:
    bundle(centre, site)
    following = replace(site)
    following.renew()
    (outcome,) = ingest(centre, [site.announcing(centre.keyset, following, heard=5_000)])
    assert outcome.status == "held"
    (written,) = write_receipts(centre, tmp_path)
    assert written.rno == 5_001


def test_a_writer_that_heard_the_centre_is_asked_no_more(
    centre: Centre, site: SyntheticSite, clock: FakeClock, tmp_path: Path, reopened: list[Centre]
) -> None:
    ingest(centre, [bundle(centre, site)])
    backup = backups.back_up(centre, tmp_path / "stick")
    folder = centre.folder
    centre.close()
    backups.restore(folder, backup, clock, user="DM1", passphrase=PASSPHRASE)
    again = open_centre(folder, "DM1", PASSPHRASE, clock)
    reopened.append(again)
    (written,) = write_receipts(again, tmp_path)
    following = replace(site)
    following.renew()
    ingest(again, [site.announcing(again.keyset, following, heard=written.rno)])
    assert not again.store.writers()[0].put_back


def test_a_damaged_backup_is_not_put_back(
    centre: Centre, clock: FakeClock, tmp_path: Path, reopened: list[Centre]
) -> None:
    backup = backups.back_up(centre, tmp_path / "stick")
    assert backups.drill(centre, backup, PASSPHRASE).ours
    part = backup / "centre.db"
    data = bytearray(part.read_bytes())
    data[5000] ^= 1
    part.write_bytes(bytes(data))
    with pytest.raises(BackupDamaged):
        backups.drill(centre, backup, PASSPHRASE)
    folder = centre.folder
    centre.close()
    with pytest.raises(BackupDamaged):
        backups.restore(folder, backup, clock, user="DM1", passphrase=PASSPHRASE)
    reopened.append(open_centre(folder, "DM1", PASSPHRASE, clock))


def test_a_backup_with_a_file_of_another_size_is_not_even_read(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = backups.back_up(centre, tmp_path / "stick")
    with (backup / "centre.db").open("r+b") as part:
        part.truncate(1 << 40)  # takes no room on the disk, and hours to read
    monkeypatch.setattr("anifro_desktop.store.centre_backup.copy_file", None)
    with pytest.raises(BackupDamaged):
        backups.drill(centre, backup, PASSPHRASE)


def test_a_backup_by_an_older_program_is_opened(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr("anifro_desktop.store.centre_backup.Part", lambda size, sha256: sha256)
        older.setattr("anifro_desktop.store.centre_backup._check_sizes", lambda backup, made: None)
        backup = backups.back_up(centre, tmp_path / "stick")
    assert b'"anifro/centre-backup/v1"' in (backup / "manifest.json").read_bytes()
    assert backups.drill(centre, backup, PASSPHRASE).ours


def test_a_backup_from_before_new_keys_comes_back_with_the_escrow_copy(
    centre: Centre, site: SyntheticSite, clock: FakeClock, tmp_path: Path, reopened: list[Centre]
) -> None:
    rows, _ = keysets.make_escrow(centre)
    backup = backups.back_up(centre, tmp_path / "stick")
    escrow = renew(centre).escrow
    assert escrow is not None
    kept = shutil.copy(escrow, tmp_path / escrow.name)
    late = bundle(centre, site)  # sealed to the second keyset
    folder, root = centre.folder, tmp_path / "root"
    shutil.copytree(folder / ROOT_FOLDER, root)
    centre.close()
    backups.restore(folder, backup, clock, user="DM1", passphrase=PASSPHRASE)
    again = open_centre(folder, "DM1", PASSPHRASE, clock)
    reopened.append(again)
    assert ingest(again, [late])[0].code == "wrong_recipient"
    assert keysets.use_escrow(again, typed(rows), Path(kept), "restored") == 1
    assert ingest(again, [late])[0].status == "accepted"
    made = keysets.renew(again, open_vault(root, "DM1", PASSPHRASE))
    assert made.version == 3  # the second is at the sites


def test_lost_passphrases_are_replaced_with_the_sheets(
    centre: Centre, clock: FakeClock, reopened: list[Centre]
) -> None:
    people = staffing.of_centre(centre)
    _, rows = people.make_sheet()
    root = staffing.of_root(centre, centre.folder / ROOT_FOLDER, PASSPHRASE)
    first, of_root = root.make_sheet()
    root.sheet_shown(first)
    with pytest.raises(RootStays):
        root.make_sheet()
    number, newer = people.make_sheet()
    people.sheet_shown(number)
    folder, public = centre.folder, centre.keyset.root
    centre.close()
    with pytest.raises(WrongSheet):
        backups.recover(folder, typed(rows), "DM1", OTHER, clock)
    backups.recover(folder, typed(newer), "DM1", OTHER, clock)
    backups.recover(folder / ROOT_FOLDER, typed(of_root), "DM1", OTHER, clock, root=True)
    again = open_centre(folder, "DM1", OTHER, clock)
    reopened.append(again)
    made = keysets.renew(again, open_vault(folder / ROOT_FOLDER, "DM1", OTHER))
    assert read_keyset(made.keyset.read_bytes()).root == public
    with pytest.raises(WrongPassphrase):
        open_vault(folder, "DM1", PASSPHRASE)


def test_a_person_who_is_removed_opens_nothing_more(centre: Centre, clock: FakeClock) -> None:
    people = staffing.of_centre(centre)
    people.add(User("DM2", "Second Synthetic", ("data_manager",)), OTHER)
    assert [one.code for one in people.people()] == ["DM1", "DM2"]
    people.remove("DM2", "left")
    with pytest.raises(Exception, match="DM2"):
        open_vault(centre.folder, "DM2", OTHER)
    assert not verify(centre.store)


def test_registrations_after_the_backup_are_done_again(
    centre: Centre, clock: FakeClock, tmp_path: Path, reopened: list[Centre]
) -> None:
    backup = backups.back_up(centre, tmp_path / "stick")
    late, stolen = SyntheticSite(), SyntheticSite(code="P04")
    for one in (late, stolen):
        register(centre, one.card_bytes, one.card.fingerprint)
    revoke(centre, "P04", stolen.writer, "stolen")
    folder = centre.folder
    centre.close()
    backups.restore(folder, backup, clock, user="DM1", passphrase=PASSPHRASE)
    again = open_centre(folder, "DM1", PASSPHRASE, clock)
    reopened.append(again)
    data = bundle(again, late)
    assert ingest(again, [data])[0].code == "unknown_key"
    register(again, late.card_bytes, late.card.fingerprint)
    assert ingest(again, [data])[0].status == "accepted"
