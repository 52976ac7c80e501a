"""The people of the centre, and of the vault of its root key: who opens what, and their recovery sheets.

Rules kept here:
- A data manager changes people; every change stands in the centre's trail, planned there before the key file has it.
- Removing a person puts the centre's data under new keys. The root key is the key of its vault, so that one is never
  changed: who knew it is shut out by a new root (`keysets.renew`).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from anifro_desktop.centre.errors import ReasonMissing, RootMissing, RootStays
from anifro_desktop.centre.office import DATA_MANAGER, STATISTICIAN, Centre
from anifro_desktop.errors import Refusal
from anifro_desktop.store import rekeying, sheet, staff
from anifro_desktop.store.doorplate import User
from anifro_desktop.store.errors import CannotSave
from anifro_desktop.store.keyacts import RESET, KeyAct
from anifro_desktop.store.slots import Keys
from anifro_desktop.store.vault import DATABASES, Before, open_vault, unannounced
from anifro_desktop.workflows.errors import InForce

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
            RoleNeeded, UserCodeTaken, PassphraseTooShort, CannotWrite, CannotSave: nothing was changed. InForce.
        """
        self._change(
            KeyAct("user_added", user.code),
            lambda before: staff.add_user(self.folder, self.keys, user, passphrase, before=before),
        )

    def reset(self, code: str, passphrase: str, reason: str) -> None:
        """Give a person who forgot it another passphrase, for the choice of an own one.

        Raises:
            RoleNeeded, ReasonMissing, UnknownUser, PassphraseTooShort, CannotWrite, CannotSave: nothing was changed.
            InForce.
        """
        _check(reason)
        self._change(
            KeyAct(RESET, code, None, reason),
            lambda before: staff.reset(self.folder, self.keys, code, passphrase, before=before),
        )

    def change_passphrase(self, old: str, new: str) -> None:
        """Change one's own passphrase.

        Raises:
            WrongPassphrase, TryLater, PassphraseTooShort, CannotWrite, CannotSave: nothing was changed. InForce.
        """
        code = self.keys.user.code
        now = replace(self.keys, secrets=open_vault(self.folder, code, old).secrets)
        self._do(
            KeyAct("passphrase_changed", code),
            lambda before: staff.change_passphrase(self.folder, now, new, before=before),
        )

    def remove(self, code: str, reason: str) -> None:
        """Take a person's keys for ever.

        Raises:
            RoleNeeded, ReasonMissing, UnknownUser, LastAdministrator, CannotWrite, CannotSave: nothing was changed.
            RootStays. InForce: the person is out; the next opening goes on with the keys.
        """
        _check(reason)
        if self.root:
            raise RootStays
        self._change(
            KeyAct("user_removed", code, None, reason),
            lambda before: rekeying.begin(
                self.folder, self.keys, DATABASES["centre"], without=code, before=before
            ),
        )
        self._renew()

    def make_sheet(self) -> tuple[int, tuple[tuple[str, ...], ...]]:
        """Make a recovery sheet, which opens beside those before it until it was shown; its number and rows.

        Raises:
            RoleNeeded, CannotWrite, CannotSave: nothing was changed. RootStays: the vault of the root key has one.
            InForce: nobody saw it, make another.
        """
        self.centre.need(DATA_MANAGER)
        in_force, unseen = sheet.numbers(self.folder)
        if self.root and in_force:
            raise RootStays
        number, secret = 1 + max(in_force, unseen), sheet.new_secret()
        self._do(
            KeyAct("sheet_made", str(number)),
            lambda before: sheet.make(self.folder, self.keys, number, secret, before),
        )
        return number, sheet.printed(secret)

    def sheet_shown(self, number: int) -> None:
        """A sheet is on paper: those before it open nothing that is written from now on.

        Raises:
            RoleNeeded. CannotWrite, CannotSave: it and those before it open. NoSheet. InForce: it is in force.
        """
        self._change(
            KeyAct("sheet_shown", str(number)),
            lambda before: sheet.show(self.folder, self.keys, number, before),
        )
        self._renew()

    def _renew(self) -> None:
        if not self.root:
            go_on(self.centre)
            self.keys = self.centre.keys

    def _change(self, act: KeyAct, change: Callable[[Before], Keys]) -> None:
        self.centre.need(DATA_MANAGER)
        self._do(act, change)

    def _do(self, act: KeyAct, change: Callable[[Before], Keys]) -> None:
        """Change the key file; the centre's trail tells of it. What is done to the root key's vault is told once it is
        done: it may lie on a medium of its own, and no database goes with it."""
        if self.root:
            self.keys = change(unannounced)
            self.centre.store.log(act.act, act.about, {"root": True}, act.reason)
        else:
            _do(self.centre, act, change)
            self.keys = self.centre.keys


def _do(centre: Centre, act: KeyAct, change: Callable[[Before], Keys]) -> None:
    centre.keys = change(lambda version: centre.store.announce(version, act))
    try:
        centre.store.take_keys(centre.keys)
    except CannotSave as error:
        raise InForce(act.act, act.about) from error


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
        raise RootMissing(folder)
    return open_vault(folder, centre.keys.user.code, passphrase)


def go_on(centre: Centre) -> None:
    """Finish a change of the data's keys, if one was begun.

    Raises:
        CannotSave, CannotWrite: both keys are still held; the next opening goes on. InForce: the new ones are in force.
    """
    if rekeying.unfinished(centre.keys):
        centre.store.rekey(centre.keys)
        _do(
            centre, KeyAct("keys_renewed"), lambda before: rekeying.finish(centre.folder, centre.keys, before)
        )


def settle(centre: Centre) -> None:
    """As `go_on` at opening, where it may fail without harm."""
    with suppress(Refusal):
        go_on(centre)


def _check(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing
