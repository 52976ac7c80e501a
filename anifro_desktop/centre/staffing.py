"""The people of the centre, and of the vault of its root key: who opens what, and their recovery sheets.

Rules kept here:
- A data manager changes people; every change stands in the centre's trail.
- Removing a person puts the centre's data under new keys. The root key is the key of its vault, so that one is never
  changed: who knew it is shut out by a new root (`keysets.renew`).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from anifro_desktop.centre.errors import CentreMissing, ReasonMissing, RootStays
from anifro_desktop.centre.office import DATA_MANAGER, STATISTICIAN, Centre
from anifro_desktop.errors import Refusal
from anifro_desktop.store import rekeying, sheet, staff
from anifro_desktop.store.doorplate import User
from anifro_desktop.store.slots import Keys
from anifro_desktop.store.vault import DATABASES, open_vault

ROLES = (DATA_MANAGER, STATISTICIAN)


@dataclass(slots=True)
class Staff:
    """The people of one vault. root: whether it is that of the root key."""

    centre: Centre
    folder: Path
    keys: Keys
    root: bool = False

    def people(self) -> tuple[User, ...]:
        """Who opens it."""
        return staff.active(self.folder, self.keys)

    def add(self, user: User, passphrase: str) -> None:
        """Let another person open it, with a passphrase that is given on.

        Raises:
            RoleNeeded, UserCodeTaken, PassphraseTooShort, CannotWrite: nothing was changed.
        """
        self._change(
            "user_added", user.code, "", lambda: staff.add_user(self.folder, self.keys, user, passphrase)
        )

    def reset(self, code: str, passphrase: str, reason: str) -> None:
        """Give a person who forgot it another passphrase.

        Raises:
            RoleNeeded, ReasonMissing, UnknownUser, PassphraseTooShort, CannotWrite: nothing was changed.
        """
        _check(reason)
        self._change(
            "passphrase_reset",
            code,
            reason,
            lambda: staff.reset(self.folder, self.keys, code, passphrase, temporary=False),
        )

    def change_passphrase(self, old: str, new: str) -> None:
        """Change one's own passphrase.

        Raises:
            WrongPassphrase, TryLater, PassphraseTooShort, CannotWrite: nothing was changed.
        """
        code = self.keys.user.code
        now = replace(self.keys, secrets=open_vault(self.folder, code, old).secrets)
        self._took(staff.change_passphrase(self.folder, now, new), "passphrase_changed", code, "")

    def remove(self, code: str, reason: str) -> None:
        """Take a person's keys for ever.

        Raises:
            RoleNeeded, ReasonMissing, UnknownUser, LastAdministrator, CannotWrite: nothing was changed. RootStays.
        """
        _check(reason)
        if self.root:
            raise RootStays
        names = DATABASES["centre"]
        self._change(
            "user_removed", code, reason, lambda: rekeying.begin(self.folder, self.keys, names, without=code)
        )
        go_on(self.centre)
        self.keys = self.centre.keys

    def make_sheet(self) -> tuple[int, tuple[tuple[str, ...], ...]]:
        """Make a recovery sheet, the newest of which alone opens; its number and rows.

        Raises:
            RoleNeeded, CannotWrite: nothing was changed. RootStays: the vault of the root key has one.
        """
        self.centre.need(DATA_MANAGER)
        if self.root and sheet.number(self.folder):
            raise RootStays
        secret, keys = sheet.make(self.folder, self.keys)
        number = sheet.number(self.folder)
        self._took(keys, "sheet_made", str(number), "")
        if not self.root:
            go_on(self.centre)
            self.keys = self.centre.keys
        return number, sheet.printed(secret)

    def _change(self, act: str, about: str, reason: str, change: Callable[[], Keys]) -> None:
        self.centre.need(DATA_MANAGER)
        self._took(change(), act, about, reason)

    def _took(self, keys: Keys, act: str, about: str, reason: str) -> None:
        self.keys = keys
        with self.centre.store.transaction():
            if not self.root:
                self.centre.keys = keys
                self.centre.store.take_keys(keys)
            self.centre.store.log(act, about, {"root": self.root}, reason)


def of_centre(centre: Centre) -> Staff:
    """The people of the centre."""
    return Staff(centre, centre.folder, centre.keys)


def of_root(centre: Centre, folder: Path, passphrase: str) -> Staff:
    """Those of the vault of the root key, opened with the passphrase that one has there.

    Raises:
        CentreMissing: it is not there. WrongPassphrase, TryLater, UnknownUser, VaultDamaged.
    """
    return Staff(centre, folder, open_root(centre, folder, passphrase), root=True)


def open_root(centre: Centre, folder: Path, passphrase: str) -> Keys:
    """The keys of the root's vault; as `of_root`."""
    from anifro_desktop.store.doorplate import exists

    if not exists(folder):
        raise CentreMissing
    return open_vault(folder, centre.keys.user.code, passphrase)


def go_on(centre: Centre) -> None:
    """Finish a change of the data's keys, if one was begun.

    Raises:
        CannotSave, CannotWrite: both keys are still held; the next opening goes on.
    """
    if rekeying.unfinished(centre.keys):
        centre.store.rekey(centre.keys)
        centre.keys = rekeying.finish(centre.folder, centre.keys)
        with centre.store.transaction():
            centre.store.take_keys(centre.keys)
            centre.store.log("keys_renewed")


def settle(centre: Centre) -> None:
    """As `go_on` at opening, where it may fail without harm."""
    with suppress(Refusal):
        go_on(centre)


def _check(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing
