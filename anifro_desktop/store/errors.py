"""What the store refuses. No message or parameter ever holds an answer, an identity, a key or a path."""

from __future__ import annotations

from typing import ClassVar

from anifro_desktop.errors import EnvironmentRefusal, Refusal
from anifro_desktop.study.subject_code import check_code


class StoreError(Refusal):
    """Base of this package's refusals about what is stored."""

    code = "store"


class StoreEnvironment(EnvironmentRefusal, StoreError):
    """Base of this package's refusals about the machine."""

    code = "store_environment"


class WrongPassphrase(StoreError):
    """The passphrase does not open this user's slot."""

    code = "wrong_passphrase"

    def __init__(self, user: str, wait: int = 0) -> None:
        super().__init__(
            f"The passphrase of user {user} is not right: check the keyboard's layout and capitals, and try again.",
            user=user,
            wait=wait,
        )


class TryLater(StoreError):
    """Too many wrong passphrases in a row. seconds: until the next try."""

    code = "try_later"

    def __init__(self, user: str, seconds: int) -> None:
        super().__init__(
            f"The passphrase of user {user} was wrong several times: wait {seconds} s and try again.",
            user=user,
            wait=seconds,
        )


class UnknownUser(StoreError):
    """No active user of this code."""

    code = "unknown_user"

    def __init__(self, user: str) -> None:
        super().__init__(
            f"There is no active user {user} on this computer: ask a site administrator.", user=user
        )


class UserDisabled(StoreError):
    """A person whom an administrator keeps from unlocking."""

    code = "user_disabled"

    def __init__(self, user: str) -> None:
        super().__init__(f"User {user} was disabled and may not unlock: ask a site administrator.", user=user)


class LastAdministrator(StoreError):
    """Nobody would be left to change people, or somebody would lock himself out."""

    code = "last_administrator"

    def __init__(self, user: str) -> None:
        super().__init__(
            f"User {user} cannot be left without this: another administrator has to be added first, and do it.",
            user=user,
        )


class NoSheet(StoreError):
    """No recovery sheet was ever made for this folder."""

    code = "no_sheet"

    def __init__(self) -> None:
        super().__init__(
            "No recovery sheet was made for this folder: ask an administrator to reset the passphrase."
        )


class SheetMistyped(StoreError):
    """What was typed is not as printed. row: 1 to 4; 0: letters are missing or too many."""

    code = "sheet_mistyped"

    def __init__(self, row: int) -> None:
        super().__init__(
            f"Row {row} is not as printed on the sheet: compare it letter by letter and type it again."
            if row
            else "The sheet has four rows of four groups of four letters: type all of them.",
            row=row,
        )


class WrongSheet(StoreError):
    """A sheet of another site, or one that a newer sheet replaced."""

    code = "wrong_sheet"

    def __init__(self) -> None:
        super().__init__(
            "This recovery sheet does not open this folder: look for the newest sheet of this site, by its number."
        )


class PassphraseTooShort(StoreError):
    """Fewer characters than the least allowed."""

    code = "passphrase_too_short"

    def __init__(self, least: int) -> None:
        super().__init__(
            f"The passphrase is shorter than {least} characters: use a longer one, for example five random words.",
            least=least,
        )


class VaultExists(StoreError):
    """The folder already holds keys."""

    code = "vault_exists"

    def __init__(self) -> None:
        super().__init__(
            "This folder already holds a site or a centre: unlock it, or choose an empty folder for a new one."
        )


class VaultMissing(StoreError):
    """No key file and no copy of it. why: `alone` where a site's databases are there without it."""

    code = "vault_missing"
    _TEXT: ClassVar[dict[str, str]] = {
        "": "This folder holds no key file: choose the right folder, or restore keyslots.json from a backup.",
        "alone": "The key file keyslots.json is gone, and the databases in this folder do not open without it: make no "
        "new site; look for the file where it was moved, copy it from the newest backup, or restore that backup.",
    }

    def __init__(self, why: str = "") -> None:
        super().__init__(self._TEXT[why], why=why)


class VaultDamaged(StoreError):
    """Neither the key file nor its copy can be trusted."""

    code = "vault_damaged"

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The key file and its copy are damaged or were changed ({what}): restore keyslots.json from a backup.",
            what=what,
        )


class KeyFileOld(StoreError):
    """A key file from before people or keys were changed."""

    code = "key_file_old"

    def __init__(self) -> None:
        super().__init__(
            "The key file is older than the database: somebody put an old copy back; restore keyslots.json from the "
            "newest backup."
        )


class RoleRefused(StoreError):
    """The user's roles do not allow this."""

    code = "role_refused"

    def __init__(self, act: str, roles: str) -> None:
        super().__init__(f"Your roles do not allow you to {act}: ask a person who is {roles}.", roles=roles)


class DatabaseMissing(StoreError):
    """A database that was there is gone."""

    code = "database_missing"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is missing from the data folder: look for it where it was moved, or restore a backup.",
            name=name,
        )


class DatabaseDamaged(StoreError):
    """A database that does not open with its key, or whose pages do not check."""

    code = "database_damaged"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is damaged or is not the file its key belongs to: nothing was changed; restore a backup.",
            name=name,
        )


class NewerSchema(StoreError):
    """Written by a later version of the program."""

    code = "newer_schema"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} was written by a newer version of this program: install that version and try again.",
            name=name,
        )


class OldSqlite(StoreEnvironment):
    """A SQLite library with a known corruption bug."""

    code = "old_sqlite"

    def __init__(self, version: str) -> None:
        super().__init__(
            f"The database library {version} is too old to keep data safely: install this program again.",
            version=version,
        )


_CANNOT_SAVE = {
    "full": "the disk is full: free some space and try again; what you typed is still on the screen.",
    "readonly": "the data folder may not be written to: check its permissions and try again.",
    "busy": "another program is using the data file: close it and try again.",
    "io": "the disk reported an error: try again, and if it happens again copy the data folder to another disk.",
    "part": "one part of it could not be saved: try again.",
    "server": "the database server did not answer: check that it runs and is reached, and try again.",
}


class CannotSave(StoreEnvironment):
    """A save that was rolled back as a whole. why: `full`, `readonly`, `busy`, `io`, `part` or
    `server`."""

    code = "cannot_save"

    def __init__(self, why: str, sentence: str = "") -> None:
        super().__init__(sentence or f"Nothing was saved, because {_CANNOT_SAVE[why]}", why=why)


class NotCompacted(CannotSave):
    """What was erased is gone from the rows, and the file was not written anew without it. why: as of `CannotSave`."""

    code = "not_compacted"

    def __init__(self, why: str) -> None:
        super().__init__(
            why,
            "It is erased in the data and the trail, but the file could not be written anew, since the disk is full or "
            "failed, and may still hold it: make room and do the same once more.",
        )


class ServerTrouble(StoreEnvironment):
    """A database server that cannot be used. why: `url`, `password`, `tls`, `unreachable`, `login`, `missing`,
    `foreign`, `encoding` or `library`."""

    code = "server_trouble"
    _TEXT: ClassVar[dict[str, str]] = {
        "url": "The address of the database is not one: give it as postgresql://user@computer/database.",
        "password": "A password does not belong into the address of the database, where others may read it: leave it "
        "out, and give it from a file or when asked.",
        "tls": "The connection to another computer must check its certificate: leave sslmode out of the address, or "
        "set it to verify-full.",
        "unreachable": "The database server does not answer, or its certificate is not the right one: check that it "
        "runs, its address and the network, and try again.",
        "login": "The database server refused the login: check user and password, and that the user owns the "
        "database.",
        "missing": "The server has no database of this name: let its administrator make one that is empty.",
        "foreign": "This database holds something else already: let the server's administrator make an empty one.",
        "encoding": "This database does not keep texts as UTF-8: let the server's administrator make an empty one "
        "that does.",
        "library": "The library psycopg is missing: install the program with its centre part.",
    }

    def __init__(self, why: str) -> None:
        super().__init__(self._TEXT[why], why=why)


class NotOnServer(StoreError):
    """What is done to a file cannot be done to a database on a server."""

    code = "not_on_server"

    def __init__(self) -> None:
        super().__init__(
            "The data of this centre lie on a database server, not in a file: let the server make its backups."
        )


class Conflict(StoreError):
    """A row that is already there, or that the database's own rules forbid to write."""

    code = "conflict"

    def __init__(self, what: str = "row") -> None:
        super().__init__(
            f"Nothing was saved, because this {what} was already written: open it again and repeat your change.",
            what=what,
        )


class NotStorable(StoreError):
    """A value that a column cannot hold: what came with it was not saved."""

    code = "not_storable"

    def __init__(self) -> None:
        super().__init__(
            "Nothing was saved, because a value in it is none that the database can hold: report it to the study's "
            "technical support."
        )


class UserCodeTaken(Conflict):
    """A code for a new person that somebody has or had."""

    code = "user_code_taken"

    def __init__(self, user: str) -> None:
        StoreError.__init__(
            self,
            f"The code {user} was given to somebody already, and a code is one person's for ever: choose another one.",
            user=user,
        )


class NotFound(StoreError):
    """A subject, visit, record or bundle that is not here. A subject's code is repeated only where it has the form of
    one: else it may be a name."""

    code = "not_found"

    def __init__(self, what: str, name: str) -> None:
        if what in ("subject", "identity") and check_code(name) is None:
            super().__init__(
                "There is no patient of that study code here: check the code.", what=what, name=""
            )
        else:
            super().__init__(f"There is no {what} {name} here: open the list again.", what=what, name=name)


class NotDraft(StoreError):
    """A draft saved into a visit that is no longer a draft."""

    code = "not_draft"
    states: ClassVar[tuple[str, ...]] = ("draft", "amending")

    def __init__(self, state: str) -> None:
        super().__init__(
            f"Nothing was saved, because this visit is {state}: choose Amend, give a reason and repeat the change.",
            state=state,
        )


class SubjectAway(StoreError):
    """A change of a subject that was handed over to another computer."""

    code = "subject_away"

    def __init__(self, subject: str) -> None:
        super().__init__(
            f"Nothing was changed, because {subject} was handed over to another computer: go on there; here the "
            "record is only read. If the file was never used there, take the patient back first.",
            subject=subject,
        )


class ReasonNeeded(StoreError):
    """A change of something completed, without a reason."""

    code = "reason_needed"

    def __init__(self) -> None:
        super().__init__(
            "A completed form can only be changed with a reason: choose one and repeat the change."
        )


class PassphraseNotChosen(StoreError):
    """Somebody whose passphrase an administrator chose, who is to choose another before anything else."""

    code = "passphrase_not_chosen"

    def __init__(self, user: str) -> None:
        super().__init__(
            f"{user} has a passphrase for one unlocking, which somebody else knows: choose your own first "
            "('site users passphrase', or in the window).",
            user=user,
        )


class OtherInstance(StoreEnvironment):
    """The data folder is in use by another instance of the program."""

    code = "other_instance"

    def __init__(self) -> None:
        super().__init__(
            "The program is already open on this data folder: use its window, or close it first."
        )


class UnsafeFolder(StoreEnvironment):
    """A data folder where an encrypted database gets damaged. kind: `network` or `cloud`."""

    code = "unsafe_folder"

    def __init__(self, kind: str, name: str) -> None:
        where = "on a network share" if kind == "network" else "synchronised with a cloud service"
        super().__init__(
            f"The data folder is {where} ({name}), where databases get damaged: choose one on this computer's disk.",
            kind=kind,
            name=name,
        )


class NoRoom(StoreEnvironment):
    """Too little space for something that must not run out of it half-way. needed, free: megabytes."""

    code = "no_room"

    def __init__(self, needed: int, free: int) -> None:
        super().__init__(
            f"Nothing was changed, because {needed} MB must be free on that disk and {free} MB are: free some space "
            "or choose another disk, and try again.",
            needed=needed,
            free=free,
        )
