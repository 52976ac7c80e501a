"""The people of a site: who may unlock, in which roles; their passphrases; the recovery sheet; new keys.

Rules kept here:
- Every act is a site administrator's, but for changing one's own passphrase, and the trail tells it with its reason,
  which taking a right away and giving other roles, passphrases or keys cannot do without.
- What an act will do is planned in the database, then the key file is written, then the trail tells of it; after a
  crash or a full disk in between, the next unlocking tells it (see `store.keyacts`). Where the key file holds and
  something after it failed, the refusal says so (`InForce`).
- A removed person, and a recovery sheet that another takes the place of, lose the keys of everything written from then
  on: the databases are put under new ones at once. If the program ends in the middle, the next unlocking goes on.
- A new sheet is made beside those before it, which end once it was shown: `make_sheet`, then `sheet_shown`.
- Whoever holds the recovery sheet can give an administrator a new passphrase, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anifro_desktop.files import CannotWrite
from anifro_desktop.forms.screening import plain
from anifro_desktop.identity import Identity, unreadable
from anifro_desktop.record import Json
from anifro_desktop.store.doorplate import ACTIVE, DISABLED, REMOVED, User
from anifro_desktop.store.errors import CannotSave
from anifro_desktop.store.keyacts import ACTS, RECOVERED, RESET, TOLD_LATER, KeyAct
from anifro_desktop.workflows.errors import InForce, NoReason, NotYourRole, SheetsBeside, UserCodeRefused
from anifro_desktop.workflows.facts import Person

if TYPE_CHECKING:
    from anifro_desktop.store.audit import Entry
    from anifro_desktop.store.clinical import ClinicalStore
    from anifro_desktop.store.clock import Clock
    from anifro_desktop.store.passphrase import Cost
    from anifro_desktop.store.slots import Keys
    from anifro_desktop.store.vault import Before
    from anifro_desktop.workflows.site import Site

ROLES = ("investigator", "data_entry", "site_admin", "monitor")
_SHOWN = (ACTIVE, DISABLED, REMOVED)
_LONGEST_CODE = 12
_TELLING = 3  # letters of a name that tell whose it is
_ALL = ("clinical", "identity")
SHEET_CHECKED = "sheet_checked"  # setting: number of the sheet that was read back from paper (see `recovery`)


@dataclass(frozen=True, slots=True)
class Member:
    """A person as the list shows one. state: `active`, `disabled` or `removed`. temporary: has not yet chosen a
    passphrase. failed: wrong passphrases in a row."""

    person: Person
    state: str
    temporary: bool
    failed: int


@dataclass(frozen=True, slots=True)
class Act:
    """A change of people or rights. utc: when; by, about: codes; detail: roles before and after, where they changed."""

    utc: str
    by: str
    act: str
    about: str
    detail: Json
    reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A recovery sheet to be printed, shown this once. rows: four of four groups; number: of this site's sheets."""

    number: int
    rows: tuple[tuple[str, ...], ...]


def history(site: Site) -> tuple[Act, ...]:
    """Every change of people, rights, passphrases and keys, in order: what the periodic review reads."""
    acts = (sealed.entry for sealed in site.clinical.audit_entries(table="act"))
    return tuple(_told(entry) for entry in acts if entry.field in (*ACTS, TOLD_LATER))


def _told(entry: Entry) -> Act:
    """An act of the trail; of one that was told later, what it was then."""
    if entry.field != TOLD_LATER:
        return Act(entry.utc, entry.user, entry.field, entry.record, entry.new, entry.reason)
    then: Any = entry.new
    return Act(then["utc"], then["by"], then["act"], entry.record, then["detail"], entry.reason)


def one_time() -> str:
    """A random passphrase for one unlocking."""
    from anifro_desktop.store.passphrase import one_time_passphrase

    return one_time_passphrase()


def members(site: Site) -> tuple[Member, ...]:
    """Everybody who is or was at this site, in the order of the key file."""
    from anifro_desktop.store import attempts, staff

    table = staff.read(site.folder, site.keys)
    return tuple(
        Member(
            Person(slot.user.code, slot.user.name, slot.user.roles),
            slot.state,
            slot.temporary and slot.state != REMOVED,
            attempts.failures(site.folder, slot.user.code).count,
        )
        for slot in table.slots
        if slot.state in _SHOWN
    )


def add(
    site: Site, person: Person, passphrase: str, *, temporary: bool = True, cost: Cost | None = None
) -> None:
    """Let another person unlock. temporary: the passphrase is for one unlocking, at which another is chosen.

    Raises:
        NotYourRole, UserCodeRefused, PassphraseTooShort, Conflict, CannotWrite: nothing was changed.
    """
    from anifro_desktop.store import staff

    _check_role(site, "add a person")
    check_person(person)
    user = User(person.code, person.name, tuple(person.roles))

    def change(before: Before) -> Keys:
        keys = site.keys
        return staff.add_user(
            site.folder, keys, user, passphrase, cost=cost, temporary=temporary, before=before
        )

    _do(site, KeyAct("user_added", person.code, {"roles": list(person.roles)}), change)


def disable(site: Site, code: str, reason: str) -> None:
    """Keep a person from unlocking.

    Raises:
        NotYourRole, NoReason, UnknownUser, LastAdministrator, CannotWrite: nothing was changed.
    """
    from anifro_desktop.store import staff

    _check_role(site, "disable a person")
    _check_reason(reason)
    act = KeyAct("user_disabled", code, None, reason)
    _do(site, act, lambda before: staff.disable(site.folder, site.keys, code, before))


def enable(site: Site, code: str, reason: str = "") -> None:
    """Let a disabled person unlock again.

    Raises:
        NotYourRole, UnknownUser, UserCodeRefused, CannotWrite: nothing was changed.
    """
    from anifro_desktop.store import staff

    _check_role(site, "enable a person")
    if any(one.person.code == code and one.state == REMOVED for one in members(site)):
        raise UserCodeRefused(code, "removed")
    act = KeyAct("user_enabled", code, None, reason)
    _do(site, act, lambda before: staff.enable(site.folder, site.keys, code, before))


def change(site: Site, person: Person, reason: str) -> None:
    """Give a person other roles or a corrected name. For who may no longer see identities, their key is changed.

    Raises:
        NotYourRole, NoReason, UserCodeRefused, UnknownUser, LastAdministrator, CannotWrite, CannotSave.
    """
    from anifro_desktop.store import rekeying, staff
    from anifro_desktop.store.vault import databases_of

    _check_role(site, "change a person")
    _check_reason(reason)
    known = member(site, person.code).person
    check_person(person, known.name)
    user = User(person.code, person.name, tuple(person.roles))
    facts: Json = {"old": list(known.roles), "new": list(person.roles)}
    act = KeyAct("user_changed", user.code, facts, reason)
    lost = sorted(set(databases_of("site", known.roles)) - set(databases_of("site", person.roles)))
    if not lost:
        _do(site, act, lambda before: staff.change_user(site.folder, site.keys, user, before))
        return
    _do(site, act, lambda before: rekeying.begin(site.folder, site.keys, lost, user=user, before=before))
    _renew(site, act)


def reset(site: Site, code: str, passphrase: str, reason: str, *, cost: Cost | None = None) -> None:
    """Give somebody who forgot the passphrase one for a single unlocking.

    Raises:
        NotYourRole, NoReason, UnknownUser, PassphraseTooShort, CannotWrite: nothing was changed.
    """
    from anifro_desktop.store import attempts, staff

    _check_role(site, "reset a passphrase")
    _check_reason(reason)

    def change(before: Before) -> Keys:
        keys = staff.reset(site.folder, site.keys, code, passphrase, cost=cost, before=before)
        attempts.forget(site.folder, code)
        return keys

    _do(site, KeyAct(RESET, code, None, reason), change)


def change_passphrase(site: Site, old: str, new: str, *, cost: Cost | None = None) -> None:
    """Change one's own passphrase.

    Raises:
        WrongPassphrase, TryLater, PassphraseTooShort, CannotWrite: nothing was changed.
    """
    from anifro_desktop.store import staff
    from anifro_desktop.store.vault import open_vault

    code = site.keys.user.code
    now = replace(site.keys, secrets=open_vault(site.folder, code, old).secrets)
    _do(
        site,
        KeyAct("passphrase_changed", code),
        lambda before: staff.change_passphrase(site.folder, now, new, cost=cost, before=before),
    )


def remove(site: Site, code: str, reason: str) -> None:
    """Take a person's keys for ever: the databases go under new ones.

    What was written before can still be read by who kept the folder, or a backup, of then.

    Raises:
        NotYourRole, NoReason, UnknownUser, LastAdministrator, CannotWrite: nothing was changed.
        CannotSave: the same. InForce: the person is out; the next unlocking goes on with the keys.
    """
    from anifro_desktop.store import rekeying

    _check_role(site, "remove a person")
    _check_reason(reason)
    act = KeyAct("user_removed", code, None, reason)
    _do(site, act, lambda before: rekeying.begin(site.folder, site.keys, _ALL, without=code, before=before))
    _renew(site, act)


def renew_keys(site: Site, reason: str) -> None:
    """Put both databases under new keys: a passphrase, or a copy of the folder, is in wrong hands.

    Raises:
        NotYourRole, NoReason, CannotWrite, CannotSave, InForce: see `remove`.
    """
    from anifro_desktop.store import rekeying

    _check_role(site, "change the keys")
    _check_reason(reason)
    act = KeyAct("keys_renewing", "", None, reason)
    _do(site, act, lambda before: rekeying.begin(site.folder, site.keys, _ALL, before=before))
    _renew(site, act)


def go_on_renewing(site: Site) -> None:
    """Finish a change of keys, if one was begun and the person holds all keys that it is about.

    Raises:
        CannotSave, CannotWrite: both keys are still held; the next unlocking goes on. InForce: the new ones are in
        force.
    """
    from anifro_desktop.store import keyfiles, rekeying

    if not rekeying.unfinished(site.keys):
        return
    keyfiles.even(site.folder)
    site.clinical.rekey(site.keys)
    if site.identities is not None:
        site.identities.rekey(site.keys)
    _do(site, KeyAct("keys_renewed"), lambda before: rekeying.finish(site.folder, site.keys, before))


def make_sheet(site: Site) -> Sheet:
    """Make a new recovery sheet. It opens the folder beside those before it until `sheet_shown`.

    Raises:
        NotYourRole, CannotWrite, CannotSave: nothing was changed. InForce: nobody saw the new sheet, make another.
    """
    from anifro_desktop.store import sheet

    _check_role(site, "print a recovery sheet")
    number, secret = 1 + max(sheet.numbers(site.folder)), sheet.new_secret()
    act = KeyAct("sheet_made", "", number)
    _do(site, act, lambda before: sheet.make(site.folder, site.keys, number, secret, before))
    return Sheet(number, sheet.printed(secret))


def sheet_shown(site: Site, number: int, *, read_back: bool = False) -> None:
    """A sheet is on paper: those before it end, and the databases go under new keys, which those cannot open with any
    copy of the key file. read_back: from the paper, in part. Saying it again goes on where it failed.

    Raises:
        NotYourRole: nothing was changed. SheetsBeside: nothing was, both sheets open. NoSheet: no such sheet opens.
        InForce: the sheet is in force; the next unlocking goes on with the keys.
    """
    from anifro_desktop.store import sheet

    _check_role(site, "print a recovery sheet")
    act = KeyAct("sheet_shown", "", number)
    try:
        if sheet.numbers(site.folder) != (number, 0):
            _do(site, act, lambda before: sheet.show(site.folder, site.keys, number, before))
        if read_back:
            site.clinical.set_setting(SHEET_CHECKED, number)
    except (CannotSave, CannotWrite) as error:
        raise SheetsBeside(number) from error
    _renew(site, act)


def recover(
    folder: Path, typed: str, code: str, passphrase: str, clock: Clock, *, cost: Cost | None = None
) -> None:
    """Give an administrator of a locked site a new passphrase, with what stands on the recovery sheet.

    Raises:
        SheetMistyped, NoSheet, WrongSheet, PassphraseTooShort, UserCodeRefused: try again; nothing was changed.
        OtherInstance, CannotWrite, CannotSave: the same. InForce: the passphrase holds; the next unlocking tells it.
    """
    from anifro_desktop.store import sheet, staff
    from anifro_desktop.store.clinical import ClinicalStore
    from anifro_desktop.store.instance import InstanceLock

    secret = sheet.typed(typed)
    with InstanceLock(folder):
        keys = sheet.open_with(folder, secret)
        if not any(user.code == code and "site_admin" in user.roles for user in staff.active(folder, keys)):
            raise UserCodeRefused(code, "administrator")
        clinical = ClinicalStore(folder, keys, clock)
        try:
            _recover(clinical, code, passphrase, cost)
        finally:
            with suppress(CannotSave):  # what was told stands in the WAL
                clinical.close()


def _recover(clinical: ClinicalStore, code: str, passphrase: str, cost: Cost | None) -> None:
    from anifro_desktop.store import attempts, staff

    def before(version: int) -> None:
        with clinical.transaction():
            clinical.announce(version, KeyAct(RECOVERED, code))
            clinical.set_setting(SHEET_CHECKED, 0)  # it has left its envelope

    folder, now = clinical.folder, clinical.keys
    keys = staff.reset(folder, now, code, passphrase, cost=cost, temporary=False, before=before)
    attempts.forget(folder, code)
    try:
        clinical.take_keys(keys)
    except CannotSave as error:
        raise InForce(RECOVERED, code) from error


def check_row(number: int, text: str) -> None:
    """See that a row of the recovery sheet (1 to 4) was typed as it is printed.

    Raises:
        SheetMistyped: it was not.
    """
    from anifro_desktop.store import sheet

    sheet.typed_row(number, text)


def check_administrator(folder: Path, code: str) -> None:
    """See that the recovery sheet could give this person a new passphrase.

    Raises:
        UserCodeRefused: nobody of that code is an administrator here. VaultMissing, VaultDamaged: no key file.
    """
    if code not in {person.code for person in administrators(folder)}:
        raise UserCodeRefused(code, "administrator")


def administrators(folder: Path) -> tuple[Person, ...]:
    """Whom the recovery sheet can give a new passphrase, as the unlock screen lists them."""
    from anifro_desktop.store.doorplate import users

    found = (Person(user.code, user.name, user.roles) for user in users(folder))
    return tuple(person for person in found if "site_admin" in person.roles)


def _check_role(site: Site, act: str) -> None:
    if not site.may("site_admin"):
        raise NotYourRole(act, "site administrator")


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise NoReason


def check_person(person: Person, before: str = "") -> None:
    """Whether code, name and roles can be those of a person of a site. before: the name that the code has here already.

    Raises:
        UserCodeRefused: one of them cannot.
    """
    of_code = person.code.isascii() and person.code.isalnum() and person.code == person.code.upper()
    faults = {
        "code": not of_code or not 2 <= len(person.code) <= _LONGEST_CODE,
        "name": not person.name.strip(),
        "characters": bool(unreadable(Identity(name=person.name))),
        "telling": person.name != before and _tells(person),
        "roles": not person.roles or set(person.roles) - set(ROLES),
    }
    for why, wrong in faults.items():
        if wrong:
            raise UserCodeRefused(person.code, why)


def _tells(person: Person) -> bool:
    """Whether a code, which leaves with every record, holds a part of the person's name."""
    letters = plain(person.code).strip("0123456789")
    words = re.findall(r"[^\W\d_]+", plain(person.name).replace("'", "").replace("’", ""))
    told = (word for word in words if word == letters or len(word) >= _TELLING)
    return any(len(word) > 1 and word in letters for word in told)


def member(site: Site, code: str) -> Member:
    """A person who unlocks here, or could.

    Raises:
        UnknownUser: nobody of this code.
    """
    from anifro_desktop.store.errors import UnknownUser

    found = next((one for one in members(site) if one.person.code == code and one.state != REMOVED), None)
    if found is None:
        raise UnknownUser(code)
    return found


def _do(site: Site, act: KeyAct, change: Callable[[Before], Keys]) -> None:
    """Change the key file, and go on with the keys as they are then; the trail tells of it.

    Raises:
        CannotSave, CannotWrite: nothing was changed. InForce: it was, and the trail tells of it later.
    """
    keys = change(lambda version: site.clinical.announce(version, act))
    site.keys = keys
    if site.identities is not None:
        site.identities.keys = keys
    try:
        site.clinical.take_keys(keys)
    except CannotSave as error:
        raise InForce(act.act, _about(act)) from error


def _renew(site: Site, act: KeyAct) -> None:
    """Put the databases under the keys that an act began.

    Raises:
        InForce: the act holds; the next unlocking goes on with the keys.
    """
    try:
        go_on_renewing(site)
    except (CannotSave, CannotWrite, InForce) as error:
        raise InForce(act.act, _about(act)) from error


def _about(act: KeyAct) -> str:
    """A person's code, or the number of a sheet."""
    return act.about or str(act.detail or "")
