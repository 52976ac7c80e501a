"""People in the key file: who may change whom, what a disabled or removed person still opens, and reset passphrases."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from store_parts import ADMIN, MONITOR, PASSPHRASE, FakeClock

from anifro_desktop.files import FolderGone, cannot_write
from anifro_desktop.store import attempts, database, keyfiles, rekeying, sheet, staff, vault
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.database import Database
from anifro_desktop.store.doorplate import User
from anifro_desktop.store.errors import (
    CannotSave,
    Conflict,
    DatabaseDamaged,
    KeyFileOld,
    LastAdministrator,
    NoSheet,
    PassphraseTooShort,
    RoleRefused,
    SheetMistyped,
    TryLater,
    UnknownUser,
    UserDisabled,
    VaultDamaged,
    WrongPassphrase,
    WrongSheet,
)
from anifro_desktop.store.identities import IdentityStore
from anifro_desktop.store.slots import Keys, read_table
from anifro_desktop.store.verify import verify

OTHER = "copper window slate harbour moss"
SECOND = User("U03", "Elena Finta", ("site_admin", "data_entry"))
SECRET = bytes(range(32))


@pytest.fixture
def two(folder: Path, keys: Keys) -> Keys:
    """A second administrator beside the first, whose keys these are."""
    return staff.add_user(folder, keys, SECOND, PASSPHRASE, cost=vault.FLOOR)


def again(folder: Path, code: str = "U01", passphrase: str = PASSPHRASE) -> Keys:
    return vault.open_vault(folder, code, passphrase)


def sound(store: Database) -> bool:
    """Whether nothing is wrong but that nobody told the trail why the key file was changed, as nobody did here."""
    return {one.code for one in verify(store)} <= {"key_file_untold"}


def new_sheet(folder: Path, keys: Keys, number: int, secret: bytes) -> Keys:
    """A sheet that was made and shown."""
    return sheet.show(folder, sheet.make(folder, keys, number, secret), number)


# Wrong passphrases


def test_after_a_second_wrong_passphrases_the_next_tries_wait_longer_and_longer(folder: Path) -> None:
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    waits = []
    for _ in range(5):
        with pytest.raises(WrongPassphrase) as refusal:
            vault.open_vault(folder, "U01", OTHER, now)
        waits.append(refusal.value.params["wait"])
        now += timedelta(seconds=int(waits[-1]))
    assert waits == [0, 2, 4, 8, 16]
    with pytest.raises(WrongPassphrase):
        vault.open_vault(folder, "U01", OTHER, now)
    with pytest.raises(TryLater) as later:  # the right one has to wait too
        vault.open_vault(folder, "U01", PASSPHRASE, now + timedelta(seconds=1))
    assert later.value.params["wait"] == 31
    assert vault.open_vault(folder, "U02", PASSPHRASE, now).user == MONITOR  # others do not
    assert vault.open_vault(folder, "U01", PASSPHRASE, now + timedelta(seconds=32)).failed == 6


@pytest.mark.parametrize("jump", [timedelta(days=-3650), timedelta(days=3650)])
def test_a_clock_that_jumps_keeps_nobody_out_for_longer_than_the_wait(folder: Path, jump: timedelta) -> None:
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    for _ in range(40):
        attempts.note_failure(folder, "U01", now)
    assert attempts.wait_left(folder, "U01", now) == attempts.LONGEST_WAIT
    assert attempts.wait_left(folder, "U01", now + jump) <= attempts.LONGEST_WAIT


@pytest.mark.parametrize(
    "damage", [b"", b"[]", b'{"U01":{"count":"9","last":3}}', b'{"U01":{"count":9,"last":"x"}}']
)
def test_a_damaged_count_keeps_nobody_out(folder: Path, damage: bytes) -> None:
    (folder / attempts.FILE).write_bytes(damage)
    assert again(folder).user == ADMIN


# Disabling, enabling, roles


def test_a_disabled_person_does_not_unlock_until_enabled(folder: Path, two: Keys) -> None:
    staff.disable(folder, two, "U03")
    assert [user.code for user in vault.users(folder)] == ["U01", "U02"]
    with pytest.raises(UserDisabled):
        again(folder, "U03")
    with pytest.raises(UnknownUser):  # disabled already
        staff.disable(folder, two, "U03")
    staff.enable(folder, two, "U03")
    assert again(folder, "U03").user == SECOND


def test_an_old_key_file_put_back_lets_no_disabled_person_in(
    folder: Path, two: Keys, clock: FakeClock
) -> None:
    before = (folder / vault.FILE).read_bytes()
    store = ClinicalStore(folder, two, clock)
    store.take_keys(staff.disable(folder, two, "U03"))
    store.close()
    for name in (vault.FILE, vault.COPY):
        (folder / name).write_bytes(before)
    with pytest.raises(KeyFileOld):
        ClinicalStore(folder, again(folder, "U03"), clock)


def test_the_newer_of_two_key_files_opens(folder: Path, two: Keys) -> None:
    before = (folder / vault.FILE).read_bytes()
    staff.disable(folder, two, "U03")
    (folder / vault.FILE).write_bytes(before)  # an old one over the file, not over its copy
    with pytest.raises(UserDisabled):
        again(folder, "U03")
    assert again(folder).version == read_table((folder / vault.COPY).read_bytes()).version


def test_who_becomes_investigator_opens_identities_and_a_monitor_no_longer_does(
    folder: Path, two: Keys
) -> None:
    risen = staff.change_user(folder, two, User("U02", "Marco Finto", ("investigator",)))
    assert again(folder, "U02").database("identity") == risen.database("identity")
    staff.change_user(folder, risen, MONITOR)
    with pytest.raises(RoleRefused):
        again(folder, "U02").database("identity")


def test_what_a_former_administrator_signed_still_holds(folder: Path, two: Keys) -> None:
    """The second administrator adds somebody and then is none any more: the added person still unlocks."""
    second = again(folder, "U03")
    staff.add_user(folder, second, User("U04", "Ugo Prova", ("data_entry",)), PASSPHRASE, cost=vault.FLOOR)
    staff.change_user(folder, again(folder), User("U03", "Elena Finta", ("data_entry",)))
    assert again(folder, "U04").user.code == "U04"
    assert again(folder, "U03").user.roles == ("data_entry",)


def test_the_first_administrator_may_go_when_there_is_another(folder: Path, two: Keys) -> None:
    with pytest.raises(LastAdministrator):
        staff.disable(folder, two, "U01")  # oneself
    second = again(folder, "U03")
    staff.disable(folder, second, "U01")
    assert again(folder, "U03").root == two.root
    with pytest.raises(UserDisabled):
        again(folder)


def test_administrators_who_vouched_for_one_another_may_change_one_another(folder: Path, two: Keys) -> None:
    """The second resets the first, who then disables the second: each is there through the other alone."""
    staff.reset(folder, again(folder, "U03"), "U01", OTHER, cost=vault.FLOOR, temporary=False)
    first = again(folder, passphrase=OTHER)
    staff.disable(folder, first, "U03")
    staff.enable(folder, again(folder, passphrase=OTHER), "U03")
    assert again(folder, "U03").user == SECOND
    staff.change_user(folder, again(folder, "U03"), User("U01", "Anna Prova", ("investigator",)))
    assert again(folder, passphrase=OTHER).user.roles == ("investigator",)
    with pytest.raises(RoleRefused):
        staff.disable(folder, again(folder, passphrase=OTHER), "U03")


def test_a_new_sheet_can_be_made_after_the_first_was_used(folder: Path, keys: Keys) -> None:
    first, second = bytes(32), SECRET
    new_sheet(folder, keys, 1, first)
    staff.reset(folder, sheet.open_with(folder, first), "U01", OTHER, cost=vault.FLOOR, temporary=False)
    new_sheet(folder, again(folder, passphrase=OTHER), 2, second)
    assert sheet.open_with(folder, second).user.code == "SHEET-2"
    with pytest.raises(WrongSheet):
        sheet.open_with(folder, first)


def test_the_last_administrator_stays_one(folder: Path, keys: Keys) -> None:
    with pytest.raises(LastAdministrator):
        staff.change_user(folder, keys, User("U01", "Anna Prova", ("investigator",)))


@pytest.mark.parametrize(
    "act",
    [
        lambda folder, keys: staff.add_user(
            folder, keys, User("U05", "Altro", ("monitor",)), PASSPHRASE, cost=vault.FLOOR
        ),
        lambda folder, keys: staff.disable(folder, keys, "U02"),
        lambda folder, keys: staff.enable(folder, keys, "U03"),
        lambda folder, keys: staff.change_user(folder, keys, User("U02", "M", ("site_admin",))),
        lambda folder, keys: staff.reset(folder, keys, "U01", OTHER, cost=vault.FLOOR),
        lambda folder, keys: rekeying.begin(folder, keys, ("clinical",), without="U02"),
        lambda folder, keys: sheet.make(folder, keys, 1, SECRET),
    ],
)
def test_only_an_administrator_changes_the_key_file(
    folder: Path, two: Keys, act: Callable[[Path, Keys], object]
) -> None:
    staff.add_user(folder, two, User("U04", "Ugo Prova", ("data_entry",)), PASSPHRASE, cost=vault.FLOOR)
    staff.disable(folder, again(folder), "U03")
    before = (folder / vault.FILE).read_bytes()
    entering = again(folder, "U04")
    with pytest.raises(RoleRefused):
        act(folder, entering)
    with pytest.raises(VaultDamaged):  # nor one who says so of himself
        act(folder, replace(entering, user=User("U04", "Ugo Prova", ("site_admin",))))
    assert [(folder / name).read_bytes() for name in (vault.FILE, vault.COPY)] == [before, before]


def test_a_code_is_never_anothers(folder: Path, two: Keys) -> None:
    for code in ("U02", "SHEET-1"):
        with pytest.raises(Conflict):
            staff.add_user(folder, two, User(code, "Altro", ("monitor",)), PASSPHRASE, cost=vault.FLOOR)


# Passphrases


def test_a_changed_passphrase_opens_and_the_old_one_does_not(folder: Path, keys: Keys) -> None:
    with pytest.raises(PassphraseTooShort):
        staff.change_passphrase(folder, keys, "thirteen char")
    changed = staff.change_passphrase(folder, keys, OTHER, cost=vault.FLOOR)
    assert again(folder, passphrase=OTHER).secrets == changed.secrets
    with pytest.raises(WrongPassphrase):
        again(folder)


@pytest.mark.parametrize("code", ["U01", "U02", "U04"])
def test_everybody_changes_the_passphrase_again_and_again_and_is_changed_afterwards(
    folder: Path, two: Keys, code: str
) -> None:
    """An administrator or not: each new key is vouched for by the one before, and administrators still change all."""
    staff.add_user(folder, two, User("U04", "Ugo Prova", ("investigator",)), PASSPHRASE, cost=vault.FLOOR)
    given = [OTHER, PASSPHRASE, OTHER]
    opened = again(folder, code)
    for passphrase in given:
        staff.change_passphrase(folder, opened, passphrase, cost=vault.FLOOR)
        opened = again(folder, code, passphrase)
    assert len(opened.signers[code]) == 4
    second = again(folder, "U03")
    renamed = User(code, "Altro Nome", (*opened.user.roles, "data_entry"))
    staff.change_user(folder, second, renamed)
    staff.change_passphrase(folder, again(folder, code, OTHER), PASSPHRASE, cost=vault.FLOOR)
    assert again(folder, code).user == renamed
    staff.disable(folder, again(folder, "U03"), code)
    staff.enable(folder, again(folder, "U03"), code)
    staff.reset(folder, again(folder, "U03"), code, OTHER, cost=vault.FLOOR)
    staff.change_passphrase(folder, again(folder, code, OTHER), PASSPHRASE, cost=vault.FLOOR)
    assert again(folder, code).user == renamed


def test_nobody_gets_other_roles_or_comes_back_by_signing_for_oneself(folder: Path, two: Keys) -> None:
    """A person who knows the database's key writes an entry as a change of passphrase would, but says more."""
    staff.add_user(folder, two, User("U04", "Ugo Prova", ("data_entry",)), PASSPHRASE, cost=vault.FLOOR)
    entering = again(folder, "U04")
    for roles in (("site_admin",), ("data_entry", "investigator")):
        staff.change_passphrase(folder, entering, OTHER, cost=vault.FLOOR)
        table = read_table((folder / vault.FILE).read_bytes())
        slot = replace(table.slots[-1], user=User("U04", "Ugo Prova", roles))
        slot = slot.signed(table.site, "U04", entering.secrets.signing_seed)
        with pytest.raises(VaultDamaged):
            vault.write(folder, table, (*table.slots[:-1], slot), entering.database("clinical"))
        alone = replace(table.slots[-1], user=User("U05", "Nessuno", ("data_entry",)))
        alone = alone.signed(table.site, "U05", entering.secrets.signing_seed)
        with pytest.raises(VaultDamaged):
            vault.write(folder, table, (*table.slots, alone), entering.database("clinical"))
        staff.reset(folder, again(folder), "U04", PASSPHRASE, cost=vault.FLOOR)
        entering = again(folder, "U04")


def test_a_reset_passphrase_is_for_one_unlocking_and_keeps_the_person_and_the_past(
    folder: Path, two: Keys, clock: FakeClock
) -> None:
    """What the person signed before with the lost keys still verifies, and what comes after with the new ones."""
    store = ClinicalStore(folder, two, clock)
    second = again(folder, "U03")
    store.close()
    store = ClinicalStore(folder, second, clock)
    store.log("before the reset")
    store.close()
    staff.reset(folder, again(folder), "U03", OTHER, cost=vault.FLOOR)
    with pytest.raises(WrongPassphrase):
        again(folder, "U03")
    fresh = again(folder, "U03", OTHER)
    assert fresh.temporary
    assert fresh.secrets != second.secrets
    assert len(fresh.signers["U03"]) == 2
    own = staff.change_passphrase(folder, fresh, PASSPHRASE, cost=vault.FLOOR)
    assert not own.temporary
    assert not again(folder, "U03").temporary
    store = ClinicalStore(folder, again(folder, "U03"), clock)
    store.log("after the reset")
    assert sound(store)
    store.close()


def test_the_first_administrators_passphrase_can_be_reset_too(
    folder: Path, two: Keys, clock: FakeClock
) -> None:
    ClinicalStore(folder, two, clock).close()
    staff.reset(folder, again(folder, "U03"), "U01", OTHER, cost=vault.FLOOR)
    store = ClinicalStore(folder, again(folder, passphrase=OTHER), clock)  # the pinned root still holds
    assert sound(store)
    store.close()
    assert [user.code for user in vault.users(folder)] == ["U01", "U02", "U03"]  # in the place of before


# New keys


@pytest.fixture
def stores(folder: Path, two: Keys, clock: FakeClock) -> Iterator[tuple[ClinicalStore, IdentityStore]]:
    clinical = ClinicalStore(folder, two, clock)
    identities = IdentityStore(folder, two, clinical.log, clock)
    clinical.set_setting("site_name", "Synthetic clinic")
    yield clinical, identities
    identities.close()
    clinical.close()


def renewed(folder: Path, keys: Keys, stores: tuple[ClinicalStore, IdentityStore], without: str) -> Keys:
    keys = rekeying.begin(folder, keys, ("clinical", "identity"), without=without)
    for store in stores:
        store.rekey(keys)
    return rekeying.finish(folder, keys)


def test_a_removed_persons_passphrase_and_old_key_file_open_nothing_new(
    folder: Path, two: Keys, stores: tuple[ClinicalStore, IdentityStore], clock: FakeClock, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    shutil.copytree(folder, kept)
    renewed(folder, two, stores, "U03")
    stores[0].set_setting("site_name", "After")
    for store in reversed(stores):
        store.close()
    with pytest.raises(UnknownUser):
        again(folder, "U03")
    for name in (vault.FILE, vault.COPY):
        (folder / name).write_bytes((kept / name).read_bytes())
    old = again(folder, "U03")
    for name in ("clinical", "identity"):
        with pytest.raises(DatabaseDamaged):
            ClinicalStore(folder, old, clock) if name == "clinical" else IdentityStore(
                folder, old, print, clock
            )
    old_key = two.database("clinical")[0]
    assert old_key.salt not in (folder / "clinical.db").read_bytes()


def test_everybody_who_stays_opens_the_databases_under_their_new_keys(
    folder: Path, two: Keys, stores: tuple[ClinicalStore, IdentityStore], clock: FakeClock
) -> None:
    with_sheet = new_sheet(folder, two, 1, SECRET)
    keys = renewed(folder, with_sheet, stores, "U03")
    assert [len(known) for known in keys.databases.values()] == [1, 1]
    for store in reversed(stores):
        store.close()
    for opened in (again(folder), again(folder, "U02"), sheet.open_with(folder, SECRET)):
        store = ClinicalStore(folder, opened, clock)
        assert store.setting("site_name") == "Synthetic clinic"
        assert sound(store)
        store.close()
    with pytest.raises(RoleRefused):
        again(folder, "U02").database("identity")


def test_a_copy_of_the_key_file_that_could_not_be_written_stops_nothing_and_is_written_later(
    folder: Path, two: Keys, stores: tuple[ClinicalStore, IdentityStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    half = rekeying.begin(folder, two, ("clinical", "identity"), without="U03")
    for store in stores:
        store.rekey(half)
    write = keyfiles.write_atomic

    def fail(path: Path, data: bytes) -> None:
        if path.name == vault.COPY:
            raise cannot_write(path, OSError(errno.EIO, "failed"))
        write(path, data)

    monkeypatch.setattr(keyfiles, "write_atomic", fail)
    done = rekeying.finish(folder, half)
    assert not rekeying.unfinished(done)
    with pytest.raises(FolderGone):
        keyfiles.even(folder)
    monkeypatch.undo()
    keyfiles.even(folder)
    assert (folder / vault.FILE).read_bytes() == (folder / vault.COPY).read_bytes()


def test_a_store_that_a_change_of_keys_left_closed_opens_again_when_the_disk_allows_it(
    folder: Path, two: Keys, stores: tuple[ClinicalStore, IdentityStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    half = rekeying.begin(folder, two, ("clinical", "identity"), without="U03")
    store = stores[0]

    def fail(path: Path, key: object) -> None:
        raise CannotSave("full")

    monkeypatch.setattr(database, "open_engine", fail)
    for act in (lambda: store.rekey(half), lambda: store.log("checked"), store.checkpoint):
        with pytest.raises(CannotSave):
            act()
        assert not store.closed
    monkeypatch.undo()
    store.log("checked")
    store.rekey(half)
    assert store.key == half.database("clinical")[0]
    assert sound(store)


@pytest.mark.parametrize("done", [0, 1, 2])
def test_a_change_of_keys_that_stopped_anywhere_goes_on(
    folder: Path, two: Keys, stores: tuple[ClinicalStore, IdentityStore], clock: FakeClock, done: int
) -> None:
    half = rekeying.begin(folder, two, ("clinical", "identity"), without="U03")
    for store in stores[:done]:
        store.rekey(half)
    for store in reversed(stores):
        store.close()
    keys = again(folder)
    assert rekeying.unfinished(keys)
    clinical = ClinicalStore(folder, keys, clock)
    identities = IdentityStore(folder, keys, clinical.log, clock)
    for store in (clinical, identities):
        assert (store.unsound, store.behind) == ((), None)
        store.rekey(keys)
    after = rekeying.finish(folder, keys)
    assert not rekeying.unfinished(after)
    clinical.close()
    identities.close()
    clinical = ClinicalStore(folder, again(folder), clock)
    assert sound(clinical)
    assert clinical.setting("site_name") == "Synthetic clinic"
    clinical.close()


# The sheet


def test_the_sheet_opens_a_folder_whose_only_passphrase_is_lost(folder: Path, keys: Keys) -> None:
    sheet.make(folder, keys, 1, SECRET)
    text = "\n".join(" ".join(row) for row in sheet.printed(SECRET))
    opened = sheet.open_with(folder, sheet.typed(text.lower()))
    assert opened.databases == keys.databases
    staff.reset(folder, opened, "U01", OTHER, cost=vault.FLOOR, temporary=False)
    assert again(folder, passphrase=OTHER).databases == keys.databases


def test_only_the_newest_sheet_that_was_shown_opens(folder: Path, keys: Keys) -> None:
    first, second = bytes(32), SECRET
    with pytest.raises(NoSheet):
        sheet.open_with(folder, SECRET)
    assert sheet.numbers(folder) == (0, 0)
    keys = sheet.make(folder, keys, 1, first)
    assert sheet.numbers(folder) == (0, 1)
    keys = sheet.show(folder, keys, 1)
    assert sheet.numbers(folder) == (1, 0)
    keys = sheet.make(folder, keys, 2, second)
    assert sheet.numbers(folder) == (1, 2)
    for secret in (first, second):
        assert sheet.open_with(folder, secret).databases == keys.databases
    keys = sheet.show(folder, keys, 2)
    assert sheet.numbers(folder) == (2, 0)
    with pytest.raises(WrongSheet):
        sheet.open_with(folder, first)
    with pytest.raises(NoSheet):
        sheet.show(folder, keys, 1)
    assert sheet.open_with(folder, second).user.roles == ("site_admin",)
    assert sheet.open_with(folder, second).databases == keys.databases
    assert again(folder).user == ADMIN


def test_a_mistyped_sheet_is_said_by_its_row() -> None:
    rows = [" ".join(row) for row in sheet.printed(SECRET)]
    assert sheet.typed("-".join(rows)) == SECRET
    for number in range(4):
        for place in (0, 7, 18):
            other = "A" if rows[number][place] != "A" else "B"
            row = rows[number][:place] + other + rows[number][place + 1 :]
            with pytest.raises(SheetMistyped) as refusal:
                sheet.typed("\n".join([*rows[:number], row, *rows[number + 1 :]]))
            assert refusal.value.params["row"] == number + 1
    for text in ("", "ABCD", "\n".join(rows) + " A"):
        with pytest.raises(SheetMistyped) as refusal:
            sheet.typed(text)
        assert refusal.value.params["row"] == 0


def test_digits_that_letters_are_taken_for_are_read_as_the_letters() -> None:
    text = "".join("".join(row) for row in sheet.printed(SECRET))
    assert sheet.typed(text.replace("O", "0").replace("I", "1").replace("B", "8")) == SECRET


def test_the_secret_of_the_sheet_is_in_no_file(folder: Path, keys: Keys) -> None:
    new_sheet(folder, keys, 1, SECRET)
    groups = ["".join(row) for row in sheet.printed(SECRET)]
    for path in folder.iterdir():
        raw = path.read_bytes()
        assert SECRET not in raw
        assert not any(group.encode() in raw for group in groups)
