"""What the verbs refuse. Sentences say what to do; they never hold an answer or an identity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from anifro_desktop.errors import EnvironmentRefusal, Refusal
from anifro_desktop.forms.model import Label


class WorkflowRefusal(Refusal):
    """Base of this package's refusals."""

    code: ClassVar[str] = "workflow"


class NotYourRole(WorkflowRefusal):
    """An act that another role is for."""

    code = "not_your_role"

    def __init__(self, act: str, role: str) -> None:
        super().__init__(
            f"Only a person with the role {role} may {act}: ask one of them.", act=act, role=role
        )


class NoReason(WorkflowRefusal):
    """A change of people or keys without a reason."""

    code = "no_reason"

    def __init__(self) -> None:
        super().__init__(
            "Nothing was changed: say why in a few words, since the reason stays in the audit trail."
        )


class InForce(EnvironmentRefusal):
    """An act on people or keys that holds, while the disk refused what follows it. act: as the trail calls it; about: a
    person's code, or the number of a sheet."""

    code = "in_force"
    _REST = "the disk is full or failed: free some space and unlock again, and the program goes on by itself."
    _TEXT: ClassVar[Mapping[str, str]] = {
        "user_removed": f"{{about}} is out, but the databases do not have their new keys yet, since {_REST}",
        "keys_renewing": f"The new keys are made, but the databases are not all under them yet, since {_REST}",
        "passphrase_reset": "{about} has no passphrase any more, since the disk is full or failed before the new one "
        "could be shown: free some space and reset it again.",
        "user_added": "{about} is added, but the passphrase could not be shown, since the disk is full or failed: free "
        "some space and reset the passphrase.",
        "sheet_made": "A recovery sheet was made that nobody has seen, and those of before open the folder, since the "
        "disk is full or failed: free some space and make a new one.",
        "sheet_shown": f"Recovery sheet {{about}} is in force: keep it. What follows is not done yet, since {_REST}",
        "recovered": f"{{about}} has the new passphrase, but the audit trail does not tell of it yet, since {_REST}",
    }
    _OTHER = f"What was asked holds, but what follows it is not done yet, since {_REST}"

    def __init__(self, act: str, about: str) -> None:
        super().__init__(self._TEXT.get(act, self._OTHER).format(about=about), act=act, about=about)


class SheetsBeside(EnvironmentRefusal):
    """A new recovery sheet that was shown, and could not end those before it."""

    code = "sheets_beside"

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Recovery sheet {number} opens this site, and so do those before it, since the disk is full or failed: "
            "keep them all, free some space and do the same again.",
            number=number,
        )


class WrongSigner(WorkflowRefusal):
    """A signature that does not name the person who unlocked the site. user: that person's code."""

    code = "wrong_signer"

    def __init__(self, user: str) -> None:
        super().__init__(
            f"Nothing was signed: the first signature after unlocking needs your own code beside the passphrase. The "
            f"site is unlocked by {user}; if that is not you, lock it and unlock it as yourself.",
            user=user,
        )


class NotCompleted(WorkflowRefusal):
    """An amendment, or the end of one, where there is none to begin or to end. state: as it is."""

    code = "not_completed"

    def __init__(self, state: str) -> None:
        super().__init__(
            "Nothing was changed: only what is complete can be amended, and only an amendment can be given up. Open "
            "the list again and see how it stands.",
            state=state,
        )


class NotReady(WorkflowRefusal):
    """A form that cannot be signed yet."""

    code = "not_ready"

    def __init__(self, problems: int) -> None:
        count = "1 problem stands" if problems == 1 else f"{problems} problems stand"
        super().__init__(
            f"Nothing was signed: {count} in the way. Open Review and settle each of them.",
            problems=problems,
        )


class DateRefused(WorkflowRefusal):
    """A date that cannot be. why: `future`, `before_birth`, `no_enrolment`, `enrolment_fixed`, `withdrawn` or
    `dead`."""

    code = "visit_date"
    _TEXT: ClassVar[dict[str, str]] = {
        "future": "The visit date lies in the future: enter the day of the visit, or check this computer's clock.",
        "before_birth": "The visit date lies before the birth date: correct one of the two.",
        "no_enrolment": "This patient is not enrolled yet: finish the enrolment first.",
        "enrolment_fixed": "Visits count their days from the enrolment date, so it can no longer be changed: put the "
        "date back that was there.",
        "withdrawn": "The patient withdrew consent before that day, so nothing of it may be collected: check the date, "
        "or correct that of the withdrawal.",
        "dead": "The patient died before that day: check the date, or correct that of the death.",
    }

    def __init__(self, why: str) -> None:
        super().__init__(self._TEXT[why], why=why)


class LaterEntries(WorkflowRefusal):
    """An end of the study with entries after it. keys, names: theirs."""

    code = "later_entries"

    def __init__(self, keys: Sequence[str], names: Sequence[Label]) -> None:
        self.keys, self.names = tuple(keys), tuple(names)
        entries = self._entries("en")
        super().__init__(
            f"Not completed, since the record goes on after that date: {entries}. Correct the date of each, or mark it "
            "as entered by mistake, then complete this again.",
            count=len(keys),
            entries=entries,
        )

    def _entries(self, lang: str) -> str:
        return ", ".join(name.get(lang) for name in self.names)

    def blanks(self, lang: str) -> Mapping[str, str | int]:
        return {**self.params, "entries": self._entries(lang)}


class IsVoid(WorkflowRefusal):
    """Work on what was declared a mistake."""

    code = "is_void"

    def __init__(self) -> None:
        super().__init__(
            "This was marked as entered by mistake: it can be read, but not changed. Enter it anew where it belongs."
        )


class VoidRefused(WorkflowRefusal):
    """Something that cannot be declared a mistake by itself. why: `enrolment`."""

    code = "void_refused"
    _TEXT: ClassVar[dict[str, str]] = {
        "enrolment": "An enrolment is not marked as a mistake by itself: amend it or, if the patient was enrolled "
        "twice, join the two.",
    }

    def __init__(self, why: str) -> None:
        super().__init__(self._TEXT[why], why=why)


class MoveRefused(WorkflowRefusal):
    """Something that cannot go to another patient. why: `same`, `enrolment`, `taken`, `not_enrolled`, `joined`,
    `ended`."""

    code = "move_refused"
    _TEXT: ClassVar[dict[str, str]] = {
        "same": "It already belongs to this patient: choose another one.",
        "enrolment": "An enrolment cannot go to another patient: if somebody was enrolled twice, join the two.",
        "taken": "The other patient already has this visit: mark one of the two as entered by mistake first.",
        "not_enrolled": "The other patient is not enrolled: finish that enrolment first, or choose another patient.",
        "joined": "The other patient was enrolled twice and goes on under another code: choose that one.",
        "ended": "The other patient had left the study by that date: check the date and the patient.",
    }

    def __init__(self, why: str) -> None:
        super().__init__(self._TEXT[why], why=why)


class JoinRefused(WorkflowRefusal):
    """Two enrolments that cannot be joined. why: `same`, `not_enrolled`, `joined` or `ended`."""

    code = "join_refused"
    _TEXT: ClassVar[dict[str, str]] = {
        "same": "These are one and the same enrolment: choose the other one.",
        "not_enrolled": "The enrolment to keep is not finished: finish it first, or keep the other one.",
        "joined": "One of the two was joined before: choose the code under which that patient goes on.",
        "ended": "The enrolment to keep ended before something that the other one holds: correct the dates first.",
    }

    def __init__(self, why: str) -> None:
        super().__init__(self._TEXT[why], why=why)


class SubjectJoined(WorkflowRefusal):
    """Work on a patient who goes on under another code. kept: that code."""

    code = "subject_joined"

    def __init__(self, kept: str) -> None:
        super().__init__(f"This patient was enrolled twice and goes on as {kept}: open that code.", kept=kept)


class UnknownVisit(WorkflowRefusal):
    """A visit key that the protocol does not have."""

    code = "unknown_visit"

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no visit {key}: choose a planned visit or `unscheduled`.", visit=key)


class PackRefused(WorkflowRefusal):
    """A visit of another version of the forms. why: `unknown` (this program does not have it), `foreign` (it computes a
    result otherwise) or `not_open` (it is not being filled, so it stays as it is)."""

    code = "pack"
    _TEXT: ClassVar[dict[str, str]] = {
        "unknown": "This visit was begun under a version of the forms that this program does not have: move it to the "
        "version in use, or install the program that it was begun with.",
        "foreign": "A score of this visit was defined otherwise in its version of the forms: move the visit to the "
        "version in use, then complete it.",
        "not_open": "A completed visit stays under its own version of the forms: amend it first.",
    }

    def __init__(self, why: str) -> None:
        super().__init__(self._TEXT[why], why=why)


class IdentityNeeded(WorkflowRefusal):
    """An enrolment without a person."""

    code = "identity_needed"

    def __init__(self) -> None:
        super().__init__("Surname, name and birth date are needed before the enrolment can be finished.")


class IdentityRefused(WorkflowRefusal):
    """An identity that cannot be right. why: `tax_code`, `birth_date` or `characters`. part: the field."""

    code = "identity_refused"
    _TEXT: ClassVar[dict[str, str]] = {
        "characters": "A name or number holds a line break or other characters that cannot be read: type it again.",
        "tax_code": "The tax code has a wrong check letter: read it again from the card.",
        "birth_date": "The birth date lies in the future or after the enrolment: correct it.",
    }

    def __init__(self, why: str, part: str = "") -> None:
        super().__init__(self._TEXT[why], why=why, part=part or why)


class UserCodeRefused(WorkflowRefusal):
    """What cannot be of a person here. why: `code`, `name`, `characters`, `telling`, `roles`,
    `removed` or `administrator` (not one)."""

    code = "user_code"
    _TEXT: ClassVar[dict[str, str]] = {
        "code": "A person's code has 2 to 12 capital letters or digits, such as U02: correct it.",
        "name": "A person needs a name: give it.",
        "characters": "The name of {user} holds characters that cannot be read, such as a line break: type it again.",
        "telling": "The code leaves the hospital with everything that {user} enters, and holds a part of the name: "
        "choose another, such as U02.",
        "roles": "A person's roles are one or more of investigator, data_entry, site_admin and monitor, with commas "
        "between: correct them.",
        "removed": "{user} was removed, which is for ever: add the person again under a new code.",
        "administrator": "Only a site administrator gets a new passphrase with the recovery sheet, and {user} is none "
        "here: choose another code.",
    }

    def __init__(self, user: str, why: str) -> None:
        super().__init__(self._TEXT[why].format(user=user), user=user, why=why)


class OutputRefused(WorkflowRefusal):
    """A file that is not written. why: `there` (something has its name), or `data` (it would be among a site's or
    centre's data), or `folder` (all would)."""

    code = "output_refused"
    _TEXT: ClassVar[dict[str, str]] = {
        "there": "There is a file {name} already, and nothing is written over it: choose another name.",
        "data": "{name} would stand among the data themselves: choose another folder.",
        "folder": "{name} is a folder of the data themselves: choose another folder.",
    }

    def __init__(self, why: str, name: str) -> None:
        super().__init__(self._TEXT[why].format(name=name), why=why, name=name)


class NoSiteHere(WorkflowRefusal):
    """A folder of something else: of a centre."""

    code = "no_site_here"

    def __init__(self) -> None:
        super().__init__(
            "This folder belongs to a coordinating centre, not to a site: choose the site's folder."
        )


class DataAltered(WorkflowRefusal):
    """An export of data that are not what was entered here. count: of findings."""

    code = "data_altered"

    def __init__(self, count: int) -> None:
        found = "1 place" if count == 1 else f"{count} places"
        super().__init__(
            f"Nothing was sent: the full check found {found} where the data are not what was entered here. Leave the "
            "data folder as it is, read with 'site verify' what was found, and call the study centre.",
            count=count,
        )


class BackupPlace(WorkflowRefusal):
    """A folder that backups cannot go to. why: `missing`, `cloud` or `inside`."""

    code = "backup_place"
    _TEXT: ClassVar[dict[str, str]] = {
        "missing": "The folder for the backups is not there: connect its disk or stick, or choose another folder.",
        "cloud": "That folder is synchronised with a cloud service, and no identity may leave the hospital: choose a "
        "stick, another disk or a folder of the hospital's network.",
        "inside": "That folder lies in the data folder, where one fault takes both: choose another disk or a stick.",
    }

    def __init__(self, why: str) -> None:
        super().__init__(self._TEXT[why], why=why)


class NoBackup(WorkflowRefusal):
    """No backup to try."""

    code = "no_backup"

    def __init__(self) -> None:
        super().__init__("There is no whole backup of this site here: make one first.")


class NotInTrail(WorkflowRefusal):
    """A filter of the audit trail, or of what is not signed, that names what does not exist. what: `subject`, `visit`,
    `visit_of_all`, `form`, `field`, `kind` or `after`; near: a name that it may have meant. A patient's is not
    repeated: it may be an identity."""

    code = "not_in_trail"
    _TEXT: ClassVar[dict[str, str]] = {
        "subject": "There is no patient of that study code here: check the code.",
        "visit": "This patient has no visit or event {name}: check the key, such as m06 or ae-001.",
        "visit_of_all": "No patient here has a visit or event {name}: check the key, such as m06 or ae-001.",
        "form": "There is no form {name}: see the codebook for the names.",
        "field": "There is no question or result {name}: see the codebook for the names.",
        "kind": "There is no kind {name} of entries: see --help for the kinds.",
        "after": "Entries can be looked for after completion or after signature.",
    }

    def __init__(self, what: str, name: str, near: str = "") -> None:
        shown = "" if what == "subject" else f"{name} ({near}?)" if near else name
        super().__init__(self._TEXT[what].format(name=shown), what=what, name=shown)


class CannotNoteSeen(WorkflowRefusal):
    """What a check found that is not noted as seen. why: `reason`, `nothing` or `older`."""

    code = "cannot_note_seen"
    _TEXT: ClassVar[dict[str, str]] = {
        "reason": "Nothing was noted: say what it was, since that stays in the audit trail.",
        "nothing": "Nothing was noted: the check finds nothing that could be noted as seen; what else it finds is "
        "mended as it says.",
        "older": "Nothing was noted: these data are older than they were, which no note mends; restore the newest "
        "backup.",
    }

    def __init__(self, why: str) -> None:
        super().__init__(self._TEXT[why], why=why)


class CannotErase(WorkflowRefusal):
    """An erasure that is not made. why: `reason`, `repeated`, `no_words` or `amending`."""

    code = "cannot_erase"
    _TEXT: ClassVar[dict[str, str]] = {
        "reason": "Nothing was erased: say why, since the reason stays in the audit trail.",
        "repeated": "Nothing was erased: the reason stays in the audit trail, so give it without the words that are to "
        "go.",
        "no_words": "Nothing was erased: there are no words of a reason for change at this entry of the audit trail; "
        "check its number. Words kept beside an answer go with the answer: correct it, then erase its question.",
        "amending": "Nothing was erased: this visit is being amended; complete it first, so that what stands there is "
        "what stays.",
    }

    def __init__(self, why: str) -> None:
        super().__init__(self._TEXT[why], why=why)


class RestoreStopped(WorkflowRefusal):
    """A restore that was given up before the backup became the site."""

    code = "restore_stopped"

    def __init__(self) -> None:
        super().__init__(
            "Nothing was changed: it was stopped before the backup took its place. Start again when ready."
        )


class CannotArchive(WorkflowRefusal):
    """An archive that is not made, or is none. why: `reason`, `inside`, `cloud`, `there`, `stopped` or `none`."""

    code = "cannot_archive"
    _TEXT: ClassVar[dict[str, str]] = {
        "reason": "Nothing was written: say why names are to be in the archive, since the reason stays in the audit "
        "trail.",
        "stopped": "Nothing was written: the archive was stopped before its end.",
        "none": "There is no archive in that folder: choose the one whose name begins with archive-.",
        "there": "Nothing was written: an archive of this very second is there already; try again.",
        "inside": "Nothing was written: that folder is inside the data folder; choose another disk or a stick.",
        "cloud": "Nothing was written: that folder is synchronised with a cloud, and real dates may not leave the "
        "hospital; choose a stick, another disk or a folder of the hospital's network.",
    }

    def __init__(self, why: str) -> None:
        super().__init__(self._TEXT[why], why=why)
