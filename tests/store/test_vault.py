"""The key file: who gets in, who does not, and what damage or tampering does to it."""

from __future__ import annotations

import base64
import itertools
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from store_parts import ADMIN, MONITOR, PASSPHRASE

from anifro_desktop.crypto import kdf, signing
from anifro_desktop.crypto.errors import KdfRefused
from anifro_desktop.errors import Refusal
from anifro_desktop.record import canonical
from anifro_desktop.store import staff, trust, vault
from anifro_desktop.store.doorplate import User
from anifro_desktop.store.errors import (
    Conflict,
    PassphraseTooShort,
    RoleRefused,
    UnknownUser,
    VaultDamaged,
    VaultExists,
    VaultMissing,
    WrongPassphrase,
)
from anifro_desktop.store.slots import Keys, Table, read_table

FILES = (vault.FILE, vault.COPY)
Edit = Callable[[dict[str, Any]], None]


def rewrite(folder: Path, edit: Edit, names: tuple[str, ...] = FILES) -> None:
    for name in names:
        data = json.loads((folder / name).read_bytes())
        edit(data)
        (folder / name).write_bytes(canonical(data) + b"\n")


def test_the_right_passphrase_gives_the_same_keys_each_time(folder: Path, keys: Keys) -> None:
    again = vault.open_vault(folder, "U01", PASSPHRASE)
    assert again.databases == keys.databases
    assert again.secrets == keys.secrets
    assert (again.site, again.kind, again.user, again.damaged) == ("P03", "site", ADMIN, ())
    assert len(again.writer) == 32
    assert [len(again.database(name)[0].key) for name in ("clinical", "identity")] == [32, 32]
    assert again.database("clinical")[0].key != again.database("identity")[0].key


def test_composed_and_decomposed_letters_are_one_passphrase(tmp_path: Path) -> None:
    vault.create_vault(tmp_path, "P03", ADMIN, "caffè e poi città", cost=vault.FLOOR)
    assert vault.open_vault(tmp_path, "U01", "caffe\u0300 e poi citta\u0300").user == ADMIN


def test_a_wrong_passphrase_is_refused_counted_and_told_at_the_next_unlocking(folder: Path) -> None:
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    for _ in range(2):
        with pytest.raises(WrongPassphrase) as refusal:
            vault.open_vault(folder, "U01", PASSPHRASE + "!", now)
        assert PASSPHRASE not in str(refusal.value)
    later = now + timedelta(seconds=2)
    assert vault.open_vault(folder, "U01", PASSPHRASE, later).failed == 2
    assert vault.open_vault(folder, "U01", PASSPHRASE, later).failed == 0


def test_an_unknown_user_and_an_empty_folder_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownUser):
        vault.open_vault(folder, "U77", PASSPHRASE)
    with pytest.raises(VaultMissing):
        vault.open_vault(tmp_path, "U01", PASSPHRASE)
    with pytest.raises(VaultMissing):
        vault.users(tmp_path)


def test_users_are_listed_without_a_passphrase(folder: Path) -> None:
    assert vault.users(folder) == [ADMIN, MONITOR]


def test_a_monitor_gets_clinical_data_and_no_identities(folder: Path, keys: Keys) -> None:
    seen = vault.open_vault(folder, "U02", PASSPHRASE)
    assert seen.database("clinical") == keys.database("clinical")
    with pytest.raises(RoleRefused, match="investigator"):
        seen.database("identity")
    assert set(seen.signers) == {"U01", "U02"}


def test_who_may_create_and_add(folder: Path, keys: Keys, tmp_path: Path) -> None:
    with pytest.raises(VaultExists):
        vault.create_vault(folder, "P03", ADMIN, PASSPHRASE, cost=vault.FLOOR)
    with pytest.raises(RoleRefused):
        vault.create_vault(tmp_path, "P03", MONITOR, PASSPHRASE, cost=vault.FLOOR)
    with pytest.raises(PassphraseTooShort):
        vault.create_vault(tmp_path, "P03", ADMIN, "thirteen char", cost=vault.FLOOR)
    assert list(tmp_path.glob("keyslots*")) == []
    with pytest.raises(RoleRefused):
        staff.add_user(folder, replace(keys, user=MONITOR), User("U03", "X", ("monitor",)), PASSPHRASE)
    with pytest.raises(Conflict):
        staff.add_user(folder, keys, User("U02", "Somebody else", ("data_entry",)), PASSPHRASE)


def test_no_secret_is_in_the_file_or_in_a_repr(folder: Path, keys: Keys) -> None:
    raw = (folder / vault.FILE).read_bytes()
    found = [keys.secrets.signing_seed, keys.secrets.sealing_seed]
    found += [key.key for pair in keys.databases.values() for key in pair]
    shown = repr(keys) + repr(keys.secrets) + repr(keys.databases["clinical"])
    for secret in found:
        assert base64.b64encode(secret) not in raw
        assert secret.hex() not in shown
        assert repr(secret)[2:-1] not in shown


@pytest.mark.parametrize("damage", [b"", b"{}", b"not json", b'{"a":1,"a":2}'])
def test_a_damaged_key_file_is_replaced_from_its_copy_and_kept_aside(folder: Path, damage: bytes) -> None:
    good = (folder / vault.FILE).read_bytes()
    (folder / vault.FILE).write_bytes(damage or good[: len(good) // 2])
    assert vault.open_vault(folder, "U01", PASSPHRASE).damaged == (vault.FILE,)
    assert (folder / vault.FILE).read_bytes() == good
    aside = list(folder.glob("keyslots.json.damaged-*"))
    assert [path.read_bytes() for path in aside] == [damage or good[: len(good) // 2]]
    assert vault.open_vault(folder, "U01", PASSPHRASE).damaged == ()


def test_a_missing_or_damaged_copy_is_made_again(folder: Path) -> None:
    (folder / vault.COPY).unlink()
    assert vault.open_vault(folder, "U01", PASSPHRASE).damaged == (vault.COPY,)
    assert (folder / vault.COPY).read_bytes() == (folder / vault.FILE).read_bytes()


def test_a_write_cut_off_between_file_and_copy_is_no_damage(folder: Path, keys: Keys, tmp_path: Path) -> None:
    older = (folder / vault.COPY).read_bytes()
    staff.add_user(folder, keys, User("U03", "Elena Finta", ("data_entry",)), PASSPHRASE, cost=vault.FLOOR)
    (folder / vault.COPY).write_bytes(older)
    assert vault.open_vault(folder, "U03", PASSPHRASE).damaged == ()
    assert (folder / vault.COPY).read_bytes() == (folder / vault.FILE).read_bytes()


def test_no_flipped_byte_opens_anything_else(folder: Path, keys: Keys, tmp_path: Path) -> None:
    """Of the file alone: mended from the copy. Of both: refused. Places spread over the whole file."""
    good = (folder / vault.FILE).read_bytes()
    for number, place in enumerate(range(0, len(good), len(good) // 24)):
        bad = bytearray(good)
        bad[place] ^= 1 << (number % 8)
        for both in (False, True):
            copy = tmp_path / f"{place}-{both}"
            shutil.copytree(folder, copy)
            (copy / vault.FILE).write_bytes(bad)
            if not both:
                opened = vault.open_vault(copy, "U01", PASSPHRASE)
                assert (opened.databases, opened.damaged) == (keys.databases, (vault.FILE,))
                continue
            (copy / vault.COPY).write_bytes(bad)
            with pytest.raises(Refusal) as refusal:
                vault.open_vault(copy, "U01", PASSPHRASE)
            assert isinstance(refusal.value, VaultDamaged | WrongPassphrase | KdfRefused | UnknownUser)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("memory_kib", 1024),
        ("passes", 1),
        ("memory_kib", 8 * 1024 * 1024),
        ("passes", 1000),
        ("lanes", 0),
        ("lanes", 255),
    ],
)
def test_weakened_and_ruinous_settings_are_refused_before_a_key_is_derived(
    folder: Path, monkeypatch: pytest.MonkeyPatch, setting: str, value: int
) -> None:
    rewrite(folder, lambda data: data["users"][0]["kdf"].update({setting: value}))
    monkeypatch.delattr(kdf, "Argon2id")  # whoever derives a key fails otherwise
    with pytest.raises(KdfRefused):
        vault.open_vault(folder, "U01", PASSPHRASE)


def test_settings_changed_within_the_range_lock_the_slot(folder: Path) -> None:
    rewrite(folder, lambda data: data["users"][0]["kdf"].update({"passes": 4}))
    with pytest.raises(WrongPassphrase):
        vault.open_vault(folder, "U01", PASSPHRASE)


def test_roles_edited_by_hand_are_refused(folder: Path) -> None:
    def swap(data: dict[str, Any]) -> None:
        data["users"][1]["roles"] = ["investigator"]

    rewrite(folder, swap)
    for user in ("U01", "U02"):  # the table's MAC no longer holds for anybody
        with pytest.raises(VaultDamaged):
            vault.open_vault(folder, user, PASSPHRASE)


def test_one_users_secrets_in_anothers_slot_do_not_open(folder: Path) -> None:
    def swap(data: dict[str, Any]) -> None:
        for part in ("kdf", "nonce", "secrets"):
            data["users"][0][part] = data["users"][1][part]

    rewrite(folder, swap)
    with pytest.raises(WrongPassphrase):  # the header of the slot is part of its lock
        vault.open_vault(folder, "U01", PASSPHRASE)


def remade(folder: Path, keys: Keys, table: Table) -> None:
    """Write a table as somebody would who holds the database key: with a right MAC."""
    first = keys.database("clinical")[0]
    raw = replace(table, macs={first.id: trust.mac(replace(table, macs={}), first)}).to_bytes()
    for name in FILES:
        (folder / name).write_bytes(raw)


def test_nobody_makes_himself_administrator(folder: Path, keys: Keys) -> None:
    """A user who unlocked knows the key of the MAC, but not the administrator's signing key."""
    monitor = vault.open_vault(folder, "U02", PASSPHRASE)
    table = read_table((folder / vault.FILE).read_bytes())
    own = replace(table.slots[1], user=User("U02", "Marco Finto", ("monitor", "site_admin")))
    forged = own.signed("P03", "U02", monitor.secrets.signing_seed)
    remade(folder, monitor, replace(table, slots=(table.slots[0], forged)))
    with pytest.raises(VaultDamaged):
        vault.open_vault(folder, "U01", PASSPHRASE)


def test_a_user_signed_by_nobody_is_refused(folder: Path, keys: Keys) -> None:
    table = read_table((folder / vault.FILE).read_bytes())
    stranger = table.slots[1].signed("P03", "U01", signing.new_seed())
    remade(folder, keys, replace(table, slots=(table.slots[0], stranger)))
    with pytest.raises(VaultDamaged):
        vault.open_vault(folder, "U01", PASSPHRASE)


def test_a_table_without_a_mac_is_refused(folder: Path) -> None:
    rewrite(folder, lambda data: data.update(macs={}))
    with pytest.raises(VaultDamaged):
        vault.open_vault(folder, "U01", PASSPHRASE)


@pytest.mark.parametrize("memory_mib_per_second", [40, 200, 700, 5000, 100_000])
def test_calibration_aims_at_a_third_to_half_a_second(memory_mib_per_second: int) -> None:
    def seconds(cost: vault.Cost) -> float:
        return cost.memory_kib / 1024 / memory_mib_per_second

    cost = vault.calibrate(seconds)
    assert cost.memory_kib >= vault.FLOOR.memory_kib
    if memory_mib_per_second in {200, 700}:
        assert 0.3 <= seconds(cost) <= 0.5
    assert seconds(cost) <= 0.5 or cost == vault.FLOOR
    assert cost.memory_kib <= 1024 * 1024


def test_calibration_is_not_taken_in_by_a_machine_that_is_busy_at_times() -> None:
    """Two of three measurements take up to three times as long as they would on the quiet machine."""
    busy = itertools.cycle([1.8, 3.0, 1.0])
    quiet = 64 * 1024 / 0.2  # KiB a second

    cost = vault.calibrate(lambda cost: cost.memory_kib / quiet * next(busy))
    assert 0.3 <= cost.memory_kib / quiet <= 0.5


def test_the_format_is_pinned(folder: Path) -> None:
    """What a later version must still read: the names of every part."""
    data = json.loads((folder / vault.FILE).read_bytes())
    assert sorted(data) == ["format", "kind", "macs", "salts", "site", "users", "version", "writer"]
    assert data["format"] == "anifro/keyslots/v2"
    names = [
        "code",
        "kdf",
        "keys",
        "name",
        "nonce",
        "past",
        "roles",
        "sealing_key",
        "secrets",
        "signature",
        "signed_by",
    ]
    assert sorted(data["users"][0]) == [*names, "signing_key", "state", "temporary"]
    assert sorted(data["users"][0]["kdf"]) == ["lanes", "memory_kib", "name", "passes", "salt"]
    assert sorted(data["users"][0]["keys"]) == ["clinical", "identity"]
    assert sorted(data["users"][1]["keys"]) == ["clinical"]
