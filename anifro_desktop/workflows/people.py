"""The people of a site: who may unlock, in which roles; their passphrases; the recovery sheet; new keys.

Rules kept here:
- Every act is a site administrator's, but for changing one's own passphrase, and the trail tells it with its reason,
  which taking a right away and giving other roles, passphrases or keys cannot do without.
- The key file is written first. A crash before the trail's entry leaves a changed key file whose new version the next
  unlocking writes into the trail (see `store.kept`).
- A removed person, and a recovery sheet that another takes the place of, lose the keys of everything written from then
  on: the databases are put under new ones at once. If the program ends in the middle, the next unlocking goes on.
- Whoever holds the recovery sheet can give an administrator a new passphrase, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from anifro_desktop.record import Json
from anifro_desktop.store.doorplate import ACTIVE, DISABLED, REMOVED, User
from anifro_desktop.workflows.errors import NoReason, NotYourRole, UserCodeRefused
from anifro_desktop.workflows.facts import Person

if TYPE_CHECKING:
    from anifro_desktop.store.clock import Clock
    from anifro_desktop.store.passphrase import Cost
    from anifro_desktop.store.slots import Keys
    from anifro_desktop.workflows.site import Site

ROLES = ("investigator", "data_entry", "site_admin", "monitor")
_SHOWN = (ACTIVE, DISABLED, REMOVED)
_LONGEST_CODE = 12
SHEET_CHECKED = "sheet_checked"  # setting: number of the sheet that was read back from paper (see `recovery`)
# What the trail calls the acts of this module.
ACTS = (
    *("user_added", "user_changed", "user_disabled", "user_enabled", "user_removed", "passphrase_reset"),
    *("passphrase_changed", "keys_renewing", "keys_renewed", "sheet_made", "recovered"),
)


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
    acts = site.clinical.audit_entries(table="act")
    return tuple(
        Act(entry.utc, entry.user, entry.field, entry.record, entry.new, entry.reason)
        for entry in (sealed.entry for sealed in acts)
        if entry.field in ACTS
    )


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
    _check_person(person)
    user = User(person.code, person.name, tuple(person.roles))
    keys = staff.add_user(site.folder, site.keys, user, passphrase, cost=cost, temporary=temporary)
    _changed(site, keys, "user_added", person.code, {"roles": list(person.roles)})


def disable(site: Site, code: str, reason: str) -> None:
    """Keep a person from unlocking.

    Raises:
        NotYourRole, NoReason, UnknownUser, LastAdministrator, CannotWrite: nothing was changed.
    """
    from anifro_desktop.store import staff

    _check_role(site, "disable a person")
    _check_reason(reason)
    _changed(site, staff.disable(site.folder, site.keys, code), "user_disabled", code, None, reason)


def enable(site: Site, code: str, reason: str = "") -> None:
    """Let a disabled person unlock again.

    Raises:
        NotYourRole, UnknownUser, UserCodeRefused, CannotWrite: nothing was changed.
    """
    from anifro_desktop.store import staff

    _check_role(site, "enable a person")
    if any(one.person.code == code and one.state == REMOVED for one in members(site)):
        raise UserCodeRefused(code, "removed")
    _changed(site, staff.enable(site.folder, site.keys, code), "user_enabled", code, None, reason)


def change(site: Site, person: Person, reason: str) -> None:
    """Give a person other roles or a corrected name. For who may no longer see identities, their key is changed.

    Raises:
        NotYourRole, NoReason, UserCodeRefused, UnknownUser, LastAdministrator, CannotWrite, CannotSave.
    """
    from anifro_desktop.store import rekeying, staff
    from anifro_desktop.store.vault import databases_of

    _check_role(site, "change a person")
    _check_reason(reason)
    _check_person(person)
    before = member(site, person.code).person
    user = User(person.code, person.name, tuple(person.roles))
    facts: Json = {"old": list(before.roles), "new": list(person.roles)}
    lost = sorted(set(databases_of("site", before.roles)) - set(databases_of("site", person.roles)))
    if not lost:
        _changed(
            site, staff.change_user(site.folder, site.keys, user), "user_changed", user.code, facts, reason
        )
        return
    keys = rekeying.begin(site.folder, site.keys, lost, user=user)
    _changed(site, keys, "user_changed", user.code, facts, reason)
    go_on_renewing(site)


def reset(site: Site, code: str, passphrase: str, reason: str, *, cost: Cost | None = None) -> None:
    """Give somebody who forgot the passphrase one for a single unlocking.

    Raises:
        NotYourRole, NoReason, UnknownUser, PassphraseTooShort, CannotWrite: nothing was changed.
    """
    from anifro_desktop.store import attempts, lending, staff

    _check_role(site, "reset a passphrase")
    _check_reason(reason)
    keys = staff.reset(site.folder, site.keys, code, passphrase, cost=cost)
    attempts.forget(site.folder, code)
    _changed(site, keys, lending.RESET, code, lending.key_told(keys.signers[code][0]), reason)


def change_passphrase(site: Site, old: str, new: str, *, cost: Cost | None = None) -> None:
    """Change one's own passphrase.

    Raises:
        WrongPassphrase, TryLater, PassphraseTooShort, CannotWrite: nothing was changed.
    """
    from anifro_desktop.store import staff
    from anifro_desktop.store.vault import open_vault

    code = site.keys.user.code
    now = replace(site.keys, secrets=open_vault(site.folder, code, old).secrets)
    keys = staff.change_passphrase(site.folder, now, new, cost=cost)
    _changed(site, keys, "passphrase_changed", code)


def remove(site: Site, code: str, reason: str) -> None:
    """Take a person's keys for ever: the databases go under new ones.

    What was written before can still be read by who kept the folder, or a backup, of then.

    Raises:
        NotYourRole, NoReason, UnknownUser, LastAdministrator, CannotWrite: nothing was changed.
        CannotSave: the person is out; the next unlocking goes on with the keys.
    """
    from anifro_desktop.store import rekeying

    _check_role(site, "remove a person")
    _check_reason(reason)
    keys = rekeying.begin(site.folder, site.keys, ("clinical", "identity"), without=code)
    _changed(site, keys, "user_removed", code, None, reason)
    go_on_renewing(site)


def renew_keys(site: Site, reason: str) -> None:
    """Put both databases under new keys: a passphrase, or a copy of the folder, is in wrong hands.

    Raises:
        NotYourRole, NoReason, CannotWrite: nothing was changed. CannotSave: see `remove`.
    """
    from anifro_desktop.store import rekeying

    _check_role(site, "change the keys")
    _check_reason(reason)
    keys = rekeying.begin(site.folder, site.keys, ("clinical", "identity"))
    _changed(site, keys, "keys_renewing", "", None, reason)
    go_on_renewing(site)


def go_on_renewing(site: Site) -> None:
    """Finish a change of keys, if one was begun and the person holds all keys that it is about.

    Raises:
        CannotSave, CannotWrite: both keys are still held; the next unlocking goes on.
    """
    from anifro_desktop.store import rekeying

    if not rekeying.unfinished(site.keys):
        return
    site.clinical.rekey(site.keys)
    if site.identities is not None:
        site.identities.rekey(site.keys)
    keys = rekeying.finish(site.folder, site.keys)
    _changed(site, keys, "keys_renewed")


def make_sheet(site: Site) -> Sheet:
    """Make a new recovery sheet. If it takes the place of another, the databases go under new keys, which the one
    before cannot open with any copy of the key file.

    Raises:
        NotYourRole, CannotWrite: nothing was changed. CannotSave: nobody saw the new sheet, make it again.
    """
    from anifro_desktop.store import sheet

    _check_role(site, "print a recovery sheet")
    secret, keys = sheet.make(site.folder, site.keys)
    number = sheet.number(site.folder)
    _changed(site, keys, "sheet_made", "", number)
    go_on_renewing(site)
    return Sheet(number, sheet.printed(secret))


def recover(
    folder: Path, typed: str, code: str, passphrase: str, clock: Clock, *, cost: Cost | None = None
) -> None:
    """Give an administrator of a locked site a new passphrase, with what stands on the recovery sheet.

    Raises:
        SheetMistyped, NoSheet, WrongSheet, PassphraseTooShort, UserCodeRefused: try again; nothing was changed.
        OtherInstance, CannotWrite: the same.
    """
    from anifro_desktop.store import attempts, lending, sheet, staff
    from anifro_desktop.store.clinical import ClinicalStore
    from anifro_desktop.store.instance import InstanceLock

    secret = sheet.typed(typed)
    with InstanceLock(folder):
        keys = sheet.open_with(folder, secret)
        if not any(user.code == code and "site_admin" in user.roles for user in staff.active(folder, keys)):
            raise UserCodeRefused(code, "administrator")
        keys = staff.reset(folder, keys, code, passphrase, cost=cost, temporary=False)
        attempts.forget(folder, code)
        clinical = ClinicalStore(folder, keys, clock)
        try:
            with clinical.transaction():
                clinical.log(lending.RECOVERED, code, lending.key_told(keys.signers[code][0]))
                clinical.set_setting(SHEET_CHECKED, 0)  # it has left its envelope
        finally:
            clinical.close()


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


def _check_person(person: Person) -> None:
    """Whether code and roles can be those of a person of a site."""
    plain = person.code.isascii() and person.code.isalnum() and person.code == person.code.upper()
    faults = {
        "code": not plain or not 2 <= len(person.code) <= _LONGEST_CODE,
        "name": not person.name.strip(),
        "roles": not person.roles or set(person.roles) - set(ROLES),
    }
    for why, wrong in faults.items():
        if wrong:
            raise UserCodeRefused(person.code, why)


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


def _changed(
    site: Site, keys: Keys, act: str, about: str = "", detail: Json = None, reason: str = ""
) -> None:
    """Go on with the keys as they are now, and tell the trail."""
    site.keys = keys
    if site.identities is not None:
        site.identities.keys = keys
    with site.clinical.transaction():
        site.clinical.take_keys(keys)
        site.clinical.log(act, about, detail, reason)
