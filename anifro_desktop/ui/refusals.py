"""The sentence for every refusal a person can meet at a screen: what happened, to what, what to do next.

By stable code, or by code and one parameter's value (`cannot_save.full`). The English stands here, the Italian in
`resources/i18n/anifro_it.ts` (context `Refusals`); a test walks every refusal of the program and asks for its sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from anifro_desktop.ui.network_refusals import NETWORK

SENTENCES: Mapping[str, Any] = MappingProxyType(  # Any: the type that Qt gives to its marker is `object`
    {
        **NETWORK,
        # The machine
        "environment": QT_TRANSLATE_NOOP(
            "Refusals", "This computer cannot do it now: try again, and if it happens again call the centre."
        ),
        "files": QT_TRANSLATE_NOOP(
            "Refusals",
            "A file could not be read or written: check that the disk or stick is connected and try again.",
        ),
        "cannot_write": QT_TRANSLATE_NOOP(
            "Refusals", "A file could not be written: check that the folder may be written to and try again."
        ),
        "disk_full": QT_TRANSLATE_NOOP(
            "Refusals", "The disk is full: free some space and try again. Nothing was changed."
        ),
        "folder_closed": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing can be written into the folder {name}: check that it is there and that you may write to it, or "
            "choose another one.",
        ),
        "folder_gone": QT_TRANSLATE_NOOP(
            "Refusals", "The folder or the stick is not there: connect it again and try again."
        ),
        "cannot_read": QT_TRANSLATE_NOOP(
            "Refusals", "The file cannot be read: check that it is there and that its stick is connected."
        ),
        "not_regular": QT_TRANSLATE_NOOP(
            "Refusals", "This is not an ordinary file: choose the file itself, not a link or a folder."
        ),
        "too_large": QT_TRANSLATE_NOOP(
            "Refusals", "The file is larger than any file of the study: check that the right one was chosen."
        ),
        "bad_json": QT_TRANSLATE_NOOP("Refusals", "The file is damaged: get it again from its source."),
        "other_instance": QT_TRANSLATE_NOOP(
            "Refusals", "The program is already open on this data: use its window, or close it first."
        ),
        "unsafe_folder.network": QT_TRANSLATE_NOOP(
            "Refusals",
            "The data folder lies on a network share, where databases get damaged: choose a folder on "
            "this computer's disk.",
        ),
        "unsafe_folder.cloud": QT_TRANSLATE_NOOP(
            "Refusals",
            "The data folder is synchronised with a cloud service, where databases get damaged: choose "
            "another folder on this computer.",
        ),
        "server_trouble": QT_TRANSLATE_NOOP(
            "Refusals", "The database server cannot be used: check that it runs, its address and the network."
        ),
        "not_on_server": QT_TRANSLATE_NOOP(
            "Refusals", "These data lie on a database server, not in a file: let the server make its backups."
        ),
        "not_storable": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was saved, because a value in it is none that the database can hold: report it to the "
            "study's technical support.",
        ),
        "old_sqlite": QT_TRANSLATE_NOOP(
            "Refusals",
            "The database library {version} is too old to keep data safely: install this program again.",
        ),
        "kdf_memory": QT_TRANSLATE_NOOP(
            "Refusals", "Unlocking needs {mebibytes} MB of free memory: close other programs and try again."
        ),
        "definition_faults": QT_TRANSLATE_NOOP(
            "Refusals", "The forms of this installation are damaged: install this program again."
        ),
        "protocol_faults": QT_TRANSLATE_NOOP(
            "Refusals", "The protocol settings of this installation are damaged: install this program again."
        ),
        "wording_faults": QT_TRANSLATE_NOOP(
            "Refusals", "The wording was not loaded: correct the file and load it again."
        ),
        # Keys and people
        "wrong_passphrase": QT_TRANSLATE_NOOP(
            "Refusals", "The passphrase is not right: check the capitals key and the keyboard."
        ),
        "unknown_user": QT_TRANSLATE_NOOP(
            "Refusals", "There is no active person {user} on this computer: ask the site administrator."
        ),
        "try_later": QT_TRANSLATE_NOOP("Refusals", "The passphrase was wrong several times."),
        "user_disabled": QT_TRANSLATE_NOOP(
            "Refusals", "{user} was disabled and may not unlock: ask the site administrator."
        ),
        "last_administrator": QT_TRANSLATE_NOOP(
            "Refusals",
            "{user} cannot be left without this: another administrator has to be added first, and do it.",
        ),
        "user_code": QT_TRANSLATE_NOOP(
            "Refusals",
            "A person needs a code of 2 to 12 capital letters or digits, a name, and at least one role: correct"
            " them.",
        ),
        "user_code.characters": QT_TRANSLATE_NOOP(
            "Refusals",
            "The name of {user} holds characters that cannot be read, such as a line break: type it again.",
        ),
        "user_code.telling": QT_TRANSLATE_NOOP(
            "Refusals",
            "The code leaves the hospital with everything that {user} enters, and holds a part of the name: choose "
            "another, such as U02.",
        ),
        "in_force.user_removed": QT_TRANSLATE_NOOP(
            "Refusals",
            "{about} is out, but the databases do not have their new keys yet, since the disk is full or failed: free "
            "some space and unlock again, and the program goes on by itself.",
        ),
        "in_force.keys_renewing": QT_TRANSLATE_NOOP(
            "Refusals",
            "The new keys are made, but the databases are not all under them yet, since the disk is full or failed: "
            "free some space and unlock again, and the program goes on by itself.",
        ),
        "in_force.passphrase_reset": QT_TRANSLATE_NOOP(
            "Refusals",
            "{about} has no passphrase any more, since the disk is full or failed before the new one could be shown: "
            "free some space and reset it again.",
        ),
        "in_force.user_added": QT_TRANSLATE_NOOP(
            "Refusals",
            "{about} is added, but the passphrase could not be shown, since the disk is full or failed: free some "
            "space and reset the passphrase.",
        ),
        "in_force.sheet_made": QT_TRANSLATE_NOOP(
            "Refusals",
            "A recovery sheet was made that nobody has seen, and those of before open this site, since the disk is "
            "full or failed: free some space and make a new one.",
        ),
        "in_force.sheet_shown": QT_TRANSLATE_NOOP(
            "Refusals",
            "Recovery sheet {about} is in force: keep it. What follows is not done yet, since the disk is full or "
            "failed: free some space and unlock again, and the program goes on by itself.",
        ),
        "in_force.recovered": QT_TRANSLATE_NOOP(
            "Refusals",
            "{about} has the new passphrase, but the audit trail does not tell of it yet, since the disk is full or "
            "failed: free some space and unlock again, and the program goes on by itself.",
        ),
        "in_force": QT_TRANSLATE_NOOP(
            "Refusals",
            "What was asked holds, but what follows it is not done yet, since the disk is full or failed: free some "
            "space and unlock again, and the program goes on by itself.",
        ),
        "sheets_beside": QT_TRANSLATE_NOOP(
            "Refusals",
            "Recovery sheet {number} opens this site, and so do those before it, since the disk is full or failed: "
            "keep them all, free some space and do the same again.",
        ),
        "no_sheet": QT_TRANSLATE_NOOP(
            "Refusals",
            "No recovery sheet was made for this site: ask an administrator to reset the passphrase.",
        ),
        "sheet_mistyped": QT_TRANSLATE_NOOP(
            "Refusals",
            "Row {row} is not as printed on the sheet: compare it letter by letter and type it again.",
        ),
        "sheet_mistyped.0": QT_TRANSLATE_NOOP(
            "Refusals", "The sheet has four rows of four groups of four letters: type all of them."
        ),
        "wrong_sheet": QT_TRANSLATE_NOOP(
            "Refusals",
            "This recovery sheet does not open this site: look for the newest sheet, by its number.",
        ),
        "key_file_old": QT_TRANSLATE_NOOP(
            "Refusals",
            "The key file is older than the database: somebody put an old copy back. Restore the newest backup.",
        ),
        "passphrase_too_short": QT_TRANSLATE_NOOP(
            "Refusals",
            "The passphrase is shorter than {least} characters: use a longer one, for example five random"
            " words.",
        ),
        "kdf_refused": QT_TRANSLATE_NOOP(
            "Refusals",
            "The key file asks for settings outside the allowed range, it may have been tampered with: "
            "restore it from a backup.",
        ),
        "crypto": QT_TRANSLATE_NOOP("Refusals", "Something sealed could not be opened: ask for a new copy."),
        "cannot_open": QT_TRANSLATE_NOOP(
            "Refusals",
            "What was sealed does not open with this key: it was made for another one or was changed. Ask"
            " for a new copy.",
        ),
        "bad_key": QT_TRANSLATE_NOOP("Refusals", "A key is not usable: ask its owner to send it again."),
        "role_refused": QT_TRANSLATE_NOOP(
            "Refusals", "Your role does not allow this: ask the site administrator who may do it."
        ),
        "not_your_role": QT_TRANSLATE_NOOP(
            "Refusals", "Your role does not allow this: ask the site administrator who may do it."
        ),
        "not_your_role.sign": QT_TRANSLATE_NOOP(
            "Refusals", "Only an investigator may sign: ask one of them."
        ),
        "not_your_role.see identities": QT_TRANSLATE_NOOP(
            "Refusals", "Your role does not see names: ask an investigator or a person for data entry."
        ),
        "not_your_role.open a new visit": QT_TRANSLATE_NOOP(
            "Refusals", "Only an investigator or a person for data entry may open a visit: ask one of them."
        ),
        "not_your_role.enter answers": QT_TRANSLATE_NOOP(
            "Refusals", "Only an investigator or a person for data entry may enter answers: ask one of them."
        ),
        "not_your_role.enrol a patient": QT_TRANSLATE_NOOP(
            "Refusals",
            "Only an investigator or a person for data entry may enrol a patient: ask one of them.",
        ),
        "not_your_role.import records": QT_TRANSLATE_NOOP(
            "Refusals", "Only an investigator or a person for data entry may import: ask one of them."
        ),
        # Import; all faults of a file stand in both languages beside it
        "faulty_mapping": QT_TRANSLATE_NOOP("Refusals", "{faults}"),
        "faulty_table": QT_TRANSLATE_NOOP("Refusals", "{faults}"),
        "draft_there": QT_TRANSLATE_NOOP(
            "Refusals",
            "No draft was written: a mapping file of the table's name stands beside it already. Go on with that one, "
            "or move it away.",
        ),
        # The store
        "vault_exists": QT_TRANSLATE_NOOP(
            "Refusals",
            "This folder already holds a site: unlock it, or choose an empty folder for a new one.",
        ),
        "vault_missing": QT_TRANSLATE_NOOP(
            "Refusals",
            "The key file keyslots.json is missing from the data folder: choose the right folder or "
            "restore it from a backup.",
        ),
        "vault_damaged": QT_TRANSLATE_NOOP(
            "Refusals",
            "The key file and its copy are damaged or were changed: restore keyslots.json from a backup. "
            "The data itself was not touched.",
        ),
        "vault_missing.alone": QT_TRANSLATE_NOOP(
            "Refusals",
            "The key file keyslots.json is gone, and the data in this folder do not open without it: look for it where "
            "it was moved, copy it from the newest backup, or put that backup back.",
        ),
        "database_missing": QT_TRANSLATE_NOOP(
            "Refusals",
            "{name} is missing from the data folder: look for it where it was moved, or restore a backup.",
        ),
        "database_damaged": QT_TRANSLATE_NOOP(
            "Refusals",
            "{name} is damaged, or is not the file its key belongs to: nothing was changed. Restore a backup.",
        ),
        "newer_schema": QT_TRANSLATE_NOOP(
            "Refusals", "{name} was written by a newer version of this program: install that version."
        ),
        "store": QT_TRANSLATE_NOOP(
            "Refusals",
            "The data could not be used: close the program, open it again and call the centre if it "
            "happens again.",
        ),
        "store_environment": QT_TRANSLATE_NOOP(
            "Refusals", "This computer did not let the data be used: try again."
        ),
        "output_refused.there": QT_TRANSLATE_NOOP(
            "Refusals", "There is a file {name} already, and nothing is written over it: choose another name."
        ),
        "output_refused.folder": QT_TRANSLATE_NOOP(
            "Refusals", "{name} is a folder of the data themselves: choose another folder."
        ),
        "output_refused.data": QT_TRANSLATE_NOOP(
            "Refusals", "{name} would stand among the data themselves: choose another folder."
        ),
        "not_compacted": QT_TRANSLATE_NOOP(
            "Refusals",
            "It is erased in the data and the trail, but the file could not be written anew, since the disk is full or"
            " failed, and may still hold it: make room and do the same once more.",
        ),
        "cannot_save.full": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was saved, because the disk is full: free some space and try again."
        ),
        "cannot_save.readonly": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was saved, because the data folder may not be written to: check its permissions and "
            "try again.",
        ),
        "cannot_save.busy": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was saved, because another program is using the data: close it and try again.",
        ),
        "cannot_save.io": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was saved, because the disk reported an error: try again, and if it happens again "
            "copy the data folder to another disk.",
        ),
        "cannot_save": QT_TRANSLATE_NOOP("Refusals", "Nothing was saved: try again."),
        "conflict": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was saved, because it was already written: open it again and repeat the change.",
        ),
        "user_code_taken": QT_TRANSLATE_NOOP(
            "Refusals",
            "The code {user} was given to somebody already, and a code is one person's for ever: choose another one.",
        ),
        "not_found.subject": QT_TRANSLATE_NOOP(
            "Refusals", "There is no patient of that study code here: check the code."
        ),
        "not_found": QT_TRANSLATE_NOOP("Refusals", "{name} is not here any more: open the list again."),
        "not_draft": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was saved, because this visit is closed: choose Amend, give a reason and repeat the "
            "change.",
        ),
        "no_reason": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: say why in a few words, since the reason stays in the audit trail.",
        ),
        "passphrase_not_chosen": QT_TRANSLATE_NOOP(
            "Refusals",
            "Somebody else knows your passphrase: lock, unlock again, and choose one of your own first.",
        ),
        "reason_needed": QT_TRANSLATE_NOOP(
            "Refusals", "What was completed is changed only with a reason: choose one and repeat the change."
        ),
        # Forms
        "forms": QT_TRANSLATE_NOOP("Refusals", "This answer was not taken: check it and repeat it."),
        "unknown_field": QT_TRANSLATE_NOOP(
            "Refusals", "This question does not belong to this visit: open the visit again."
        ),
        "missing_not_allowed": QT_TRANSLATE_NOOP(
            "Refusals", "This question cannot be left without an answer: answer it."
        ),
        "wrong_kind": QT_TRANSLATE_NOOP(
            "Refusals", "This is not an answer of the kind that is asked: answer again."
        ),
        "derived_field": QT_TRANSLATE_NOOP(
            "Refusals", "This is worked out from other answers: change those instead."
        ),
        "nothing_to_explain": QT_TRANSLATE_NOOP("Refusals", "Nothing here asks for a reason any more."),
        "reason_refused": QT_TRANSLATE_NOOP(
            "Refusals", "Choose one of the listed reasons; “other” needs a few words."
        ),
        "bad_entry": QT_TRANSLATE_NOOP(
            "Refusals", "A stored answer does not fit its question ({field}): call the centre."
        ),
        "not_exportable": QT_TRANSLATE_NOOP(
            "Refusals", "The question {field} holds something that may not leave: correct it and send again."
        ),
        # Patients and visits
        "workflow": QT_TRANSLATE_NOOP("Refusals", "This was not done: try again."),
        "refused": QT_TRANSLATE_NOOP("Refusals", "This was not done: try again."),
        "site_code": QT_TRANSLATE_NOOP(
            "Refusals", "A site code has 2 to 6 figures or capital letters, without I, L, O and U."
        ),
        "wrong_signer": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was signed: the first signature after unlocking needs your own code beside the passphrase. The "
            "site is unlocked by {user}; if that is not you, lock it and unlock it as yourself.",
        ),
        "not_completed": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: only what is complete can be amended, and only an amendment can be given up. Open "
            "the list again and see how it stands.",
        ),
        "data_altered": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was sent: the full check found {count} places where the data are not what was entered here. "
            "Leave the data folder as it is, see “Check everything” in the audit trail, and call the study centre.",
        ),
        "not_ready.1": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was signed: 1 problem stands in the way. Open the review and settle it."
        ),
        "not_ready": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was signed: {problems} problems stand in the way. Open the review and settle each of"
            " them.",
        ),
        "visit_date.future": QT_TRANSLATE_NOOP(
            "Refusals",
            "The date lies in the future: type the day of the visit, or check this computer's clock.",
        ),
        "visit_date.before_enrolment": QT_TRANSLATE_NOOP(
            "Refusals", "The date lies before the enrolment: type the day of the visit."
        ),
        "visit_date.before_birth": QT_TRANSLATE_NOOP(
            "Refusals", "The date lies before the birth date: correct one of the two."
        ),
        "visit_date.no_enrolment": QT_TRANSLATE_NOOP(
            "Refusals", "This patient is not enrolled yet: finish the enrolment first."
        ),
        "visit_date.enrolment_fixed": QT_TRANSLATE_NOOP(
            "Refusals",
            "Visits count their days from the enrolment date, so it can no longer be changed: put back the "
            "date that was there.",
        ),
        "visit_date.withdrawn": QT_TRANSLATE_NOOP(
            "Refusals",
            "The patient withdrew consent before that day, so nothing of it may be collected: check the date, "
            "or correct that of the withdrawal.",
        ),
        "visit_date.dead": QT_TRANSLATE_NOOP(
            "Refusals",
            "The patient died before that day: check the date, or correct that of the death.",
        ),
        "later_entries": QT_TRANSLATE_NOOP(
            "Refusals",
            "Not completed, since the record goes on after that date: {entries}. Correct the date of each, or "
            "mark it as entered by mistake, then complete this again.",
        ),
        "pack.unknown": QT_TRANSLATE_NOOP(
            "Refusals",
            "This visit was begun under a version of the forms that this program does not have: move it to the version "
            "in use, or install the program that it was begun with.",
        ),
        "pack.foreign": QT_TRANSLATE_NOOP(
            "Refusals",
            "A score of this visit was defined otherwise in its version of the forms: open it again, move it to the "
            "version in use, then complete it.",
        ),
        "pack.not_open": QT_TRANSLATE_NOOP(
            "Refusals", "A completed visit stays under its own version of the forms: amend it first."
        ),
        "is_void": QT_TRANSLATE_NOOP(
            "Refusals",
            "This was marked as entered by mistake: it can be read, but not changed. Enter it anew where it "
            "belongs.",
        ),
        "void_refused": QT_TRANSLATE_NOOP(
            "Refusals",
            "An enrolment is not marked as a mistake by itself: amend it or, if the patient was enrolled "
            "twice, join the two.",
        ),
        "move_refused": QT_TRANSLATE_NOOP(
            "Refusals",
            "This cannot be moved to that patient: choose another one.",
        ),
        "move_refused.same": QT_TRANSLATE_NOOP(
            "Refusals",
            "It already belongs to this patient: choose another one.",
        ),
        "move_refused.enrolment": QT_TRANSLATE_NOOP(
            "Refusals",
            "An enrolment cannot go to another patient: if somebody was enrolled twice, join the two.",
        ),
        "move_refused.taken": QT_TRANSLATE_NOOP(
            "Refusals",
            "The other patient already has this visit: mark one of the two as entered by mistake first.",
        ),
        "move_refused.not_enrolled": QT_TRANSLATE_NOOP(
            "Refusals",
            "The other patient is not enrolled: finish that enrolment first, or choose another patient.",
        ),
        "move_refused.joined": QT_TRANSLATE_NOOP(
            "Refusals",
            "The other patient was enrolled twice and goes on under another code: choose that one.",
        ),
        "move_refused.ended": QT_TRANSLATE_NOOP(
            "Refusals",
            "The other patient had left the study by that date: check the date and the patient.",
        ),
        "join_refused": QT_TRANSLATE_NOOP(
            "Refusals",
            "These two enrolments cannot be joined: check both codes.",
        ),
        "join_refused.same": QT_TRANSLATE_NOOP(
            "Refusals",
            "These are one and the same enrolment: choose the other one.",
        ),
        "join_refused.not_enrolled": QT_TRANSLATE_NOOP(
            "Refusals",
            "The enrolment to keep is not finished: finish it first, or keep the other one.",
        ),
        "join_refused.joined": QT_TRANSLATE_NOOP(
            "Refusals",
            "One of the two was joined before: choose the code under which that patient goes on.",
        ),
        "join_refused.ended": QT_TRANSLATE_NOOP(
            "Refusals",
            "The enrolment to keep ended before something that the other one holds: correct the dates first.",
        ),
        "subject_away": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed, because {subject} was handed over to another computer: go on there; here the record "
            "is only read. If the file was never used there, take the patient back first.",
        ),
        "handover_refused.other_study": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: the card is of another study; ask the other computer for its own.",
        ),
        "handover_refused.own_card": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: this is the card of this computer; take the card of the one that goes on with "
            "the patient.",
        ),
        "handover_refused.away": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: this patient was handed over already; write the same file again, or take the "
            "patient back first.",
        ),
        "handover_refused.joined": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: this patient was enrolled twice and goes on under another code; hand that one "
            "over.",
        ),
        "handover_refused.nothing": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: there is no hand-over of this patient that could be changed so; look at the "
            "patient's page for who goes on.",
        ),
        "handover_refused.not_taken": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: this patient was not taken over here, so there is nothing to give up.",
        ),
        "handover_refused.no_reason": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: say why in a few words, since it stays in the audit trail.",
        ),
        "handover_refused.other_receiver": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was taken: the file is for another computer; take it over there.",
        ),
        "handover_refused.practice": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was taken: synthetic patients and real ones do not go to one another's computers; ask for "
            "the file that was meant for this one.",
        ),
        "handover_refused.used": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was taken: this file was used here before; if the patient was handed over again since, ask "
            "for the newer file.",
        ),
        "handover_refused.here": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was taken: this patient is kept on this computer already; telephone the other one, since "
            "only one of the two may go on.",
        ),
        "handover_refused.unknown_pack": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was taken: the patient has visits under a version of the forms that this program does not "
            "know; update it and try again.",
        ),
        "handover_refused.unsound": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was taken: a version or a signature in the file does not hold; telephone the computer that "
            "handed over, and have the patient handed over again.",
        ),
        "handover_refused.differs": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was taken: this computer has versions of the patient's record that the file lacks; telephone"
            " Pisa before anybody goes on.",
        ),
        "bad_handover": QT_TRANSLATE_NOOP(
            "Refusals",
            "The hand-over cannot be understood: ask for the patient to be handed over again.",
        ),
        "bad_pack": QT_TRANSLATE_NOOP(
            "Refusals",
            "The new version of the forms cannot be understood: ask the study centre to send it again.",
        ),
        "forms_refused.older": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: this version of the forms is older than one that came before; ask Pisa for the "
            "newest.",
        ),
        "forms_refused.other": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: another version of the forms came under this number before; telephone Pisa.",
        ),
        "forms_refused.broken": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: this version of the forms takes back what was published, or is not what it says"
            " it is; report it to Pisa.",
        ),
        "forms_refused.held": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: this version of the forms needs a newer version of the program; it is kept; "
            "update the program, then put it into use.",
        ),
        "forms_refused.none": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: there is no new version of the forms to put into use; read Pisa's files first.",
        ),
        "subject_joined": QT_TRANSLATE_NOOP(
            "Refusals",
            "This patient was enrolled twice and goes on as {kept}: open that code.",
        ),
        "unknown_visit": QT_TRANSLATE_NOOP(
            "Refusals", "The protocol has no visit of this name: choose one of the list."
        ),
        "identity_needed": QT_TRANSLATE_NOOP(
            "Refusals", "Surname, name and birth date are needed first: type them and save the identity."
        ),
        "identity_refused.tax_code": QT_TRANSLATE_NOOP(
            "Refusals", "The check letter of the tax code does not fit: read it again from the card."
        ),
        "identity_refused.birth_date": QT_TRANSLATE_NOOP(
            "Refusals", "The birth date lies in the future or after the enrolment: correct it."
        ),
        "identity_refused.characters": QT_TRANSLATE_NOOP(
            "Refusals",
            "A name or number holds a line break or other characters that cannot be read: type it again.",
        ),
        "no_site_here": QT_TRANSLATE_NOOP(
            "Refusals",
            "This folder belongs to a coordinating centre, not to a site: choose the site's folder.",
        ),
        # Sending
        "nothing_to_send": QT_TRANSLATE_NOOP(
            "Refusals",
            "There is nothing new to send: sign a visit first. What was sent before can be saved again.",
        ),
        "writer_revoked": QT_TRANSLATE_NOOP(
            "Refusals",
            "Pisa has revoked this computer and takes nothing more from it; what was entered here stays readable. "
            "Call Pisa: the work goes on with a new site, made on another computer.",
        ),
        "no_keyset_waits": QT_TRANSLATE_NOOP(
            "Refusals", "No new key of Pisa waits to be confirmed: nothing was changed."
        ),
        "sending_locked": QT_TRANSLATE_NOOP(
            "Refusals",
            "Sending is locked: Pisa has bundles that this computer does not know, so an older copy of "
            "the data is in use. Call the centre; then restore the newest backup, or begin sending anew.",
        ),
        "not_locked": QT_TRANSLATE_NOOP(
            "Refusals", "Sending is not locked: send as usual; what Pisa misses will be asked for."
        ),
        "no_room": QT_TRANSLATE_NOOP(
            "Refusals",
            "{needed} MB must be free on that disk and {free} MB are: free some space or choose another disk, "
            "and try again. Nothing was changed.",
        ),
        "no_backup": QT_TRANSLATE_NOOP(
            "Refusals", "There is no whole backup of this site here: make one first."
        ),
        "backup_place.missing": QT_TRANSLATE_NOOP(
            "Refusals",
            "The folder for the backups is not there: connect its disk or stick, or choose another folder.",
        ),
        "backup_place.cloud": QT_TRANSLATE_NOOP(
            "Refusals",
            "That folder is synchronised with a cloud service, and no identity may leave the hospital: choose "
            "a stick, another disk or a folder of the hospital's network.",
        ),
        "backup_place.inside": QT_TRANSLATE_NOOP(
            "Refusals",
            "That folder lies in the data folder, where one fault takes both: choose another disk or a stick.",
        ),
        "backup_missing": QT_TRANSLATE_NOOP(
            "Refusals", "This is not a backup: choose the folder whose name begins with backup-."
        ),
        "backup_damaged": QT_TRANSLATE_NOOP(
            "Refusals",
            "The backup {name} is damaged or was changed ({what}): choose another one. Nothing of this "
            "computer's data was touched.",
        ),
        "backup_unsound": QT_TRANSLATE_NOOP(
            "Refusals",
            "The check of the copy found {count} faults in the data, so it was not used; earlier backups are "
            "kept: check the data and call the centre.",
        ),
        "backup_foreign.site": QT_TRANSLATE_NOOP(
            "Refusals", "This backup is of another site: choose another one."
        ),
        "backup_foreign.writer": QT_TRANSLATE_NOOP(
            "Refusals", "This backup is of another computer of this site: choose another one."
        ),
        "backup_foreign.centre": QT_TRANSLATE_NOOP(
            "Refusals", "This is not the backup of a site: choose another one."
        ),
        "restore_stuck": QT_TRANSLATE_NOOP(
            "Refusals",
            "A restore was interrupted and its note cannot be read: leave the data folder as it is and call "
            "the centre.",
        ),
        "not_for_this_site": QT_TRANSLATE_NOOP(
            "Refusals", "This file is not an answer for this computer: check which file was chosen."
        ),
        "unknown_centre_keys": QT_TRANSLATE_NOOP(
            "Refusals",
            "Signed with keys of Pisa that are not known here: fetch its newest key file, take it in, then this file "
            "again; if there is none, call Pisa.",
        ),
        "no_receipt_here": QT_TRANSLATE_NOOP(
            "Refusals",
            "There is no answer for this computer in that folder: check the stick or ask the centre.",
        ),
        "not_pseudonymised": QT_TRANSLATE_NOOP(
            "Refusals",
            "Something about to leave still holds a date or a text that may not ({field}): nothing was "
            "sent. Tell the centre.",
        ),
        "sync": QT_TRANSLATE_NOOP("Refusals", "The file could not be used: ask for a new copy."),
        "bad_name": QT_TRANSLATE_NOOP(
            "Refusals",
            "The file does not have the name of a study file: check that the right one was chosen.",
        ),
        "key_file": QT_TRANSLATE_NOOP(
            "Refusals", "The centre's file cannot be trusted: get it again from the centre."
        ),
        "key_file_damaged": QT_TRANSLATE_NOOP(
            "Refusals",
            "The centre's file is damaged, was changed, or is another file: get it again from the centre.",
        ),
        "wrong_fingerprint": QT_TRANSLATE_NOOP(
            "Refusals",
            "The fingerprint typed is not that of the file. Do not use the file: call the centre and "
            "compare again, group by group.",
        ),
        "old_keyset": QT_TRANSLATE_NOOP(
            "Refusals",
            "The keyset {version} does not follow the keyset {current} in use: ask the centre for the newest.",
        ),
        "foreign_keyset": QT_TRANSLATE_NOOP(
            "Refusals", "The keyset is not signed by the centre of this site. Do not use it: call the centre."
        ),
        "crowded_folder": QT_TRANSLATE_NOOP(
            "Refusals", "The folder holds more than {limit} files: choose the folder used for the study only."
        ),
        "damaged_copy": QT_TRANSLATE_NOOP(
            "Refusals", "The file was copied only in part or is damaged: copy it again."
        ),
        # Reasons why a file of the study is not read
        "not_a_bundle": QT_TRANSLATE_NOOP(
            "Refusals", "This is not a file of the study: check that the right file was chosen."
        ),
        "truncated": QT_TRANSLATE_NOOP(
            "Refusals", "The file is incomplete, or something was added to it: copy it again from its source."
        ),
        "unknown_format": QT_TRANSLATE_NOOP(
            "Refusals",
            "The file is damaged or of a newer version: update the program or copy the file again.",
        ),
        "weak_suite": QT_TRANSLATE_NOOP(
            "Refusals", "The file is protected less than agreed: ask for it to be sent again."
        ),
        "bad_header": QT_TRANSLATE_NOOP(
            "Refusals", "The address of the file is damaged: copy it again from its source."
        ),
        "wrong_type": QT_TRANSLATE_NOOP(
            "Refusals", "This file is of another kind than this place takes: check which file was chosen."
        ),
        "unknown_key": QT_TRANSLATE_NOOP(
            "Refusals", "The sender of the file is not known here: call the centre."
        ),
        "replaced_key": QT_TRANSLATE_NOOP(
            "Refusals", "The file is signed with keys that its sender has replaced since: call the sender."
        ),
        "revoked_key": QT_TRANSLATE_NOOP(
            "Refusals", "The file is from a computer whose keys were revoked: call the sender."
        ),
        "bad_signature": QT_TRANSLATE_NOOP(
            "Refusals",
            "The file was changed after signing, or was signed by somebody else: ask for a new copy.",
        ),
        "needs_upgrade": QT_TRANSLATE_NOOP(
            "Refusals",
            "The file needs a newer version of this program: update the program and take it in again.",
        ),
        "wrong_recipient": QT_TRANSLATE_NOOP(
            "Refusals", "The file is sealed for somebody else: check where it was meant to go."
        ),
        "cannot_decrypt": QT_TRANSLATE_NOOP(
            "Refusals", "The file does not open with the key of this site: ask the centre to send it again."
        ),
        "bad_frame": QT_TRANSLATE_NOOP(
            "Refusals",
            "The content of the file is not packed as it should be: ask the centre to send it again.",
        ),
        "bad_lines": QT_TRANSLATE_NOOP(
            "Refusals", "The content of the file is not what this program writes: tell the centre."
        ),
        "bad_count": QT_TRANSLATE_NOOP("Refusals", "A part of the file is missing: tell the centre."),
        "manifest_mismatch": QT_TRANSLATE_NOOP(
            "Refusals", "The content of the file does not belong to its address: tell the centre."
        ),
        "bad_record": QT_TRANSLATE_NOOP(
            "Refusals", "A record in the file breaks the rules of the study: tell the centre."
        ),
        "foreign_subject": QT_TRANSLATE_NOOP(
            "Refusals", "The file holds a patient of another site: tell the centre."
        ),
        "bad_receipt": QT_TRANSLATE_NOOP(
            "Refusals", "The answer cannot be understood: ask the centre to send it again."
        ),
        "not_in_trail.subject": QT_TRANSLATE_NOOP(
            "Refusals", "There is no patient of that study code here: check the code."
        ),
        "not_in_trail.visit": QT_TRANSLATE_NOOP(
            "Refusals", "This patient has no visit or event {name}: choose one of the list."
        ),
        "not_in_trail.field": QT_TRANSLATE_NOOP(
            "Refusals", "There is no question or result of that name: choose one of the list."
        ),
        "not_in_trail": QT_TRANSLATE_NOOP(
            "Refusals", "The audit trail has nothing of that name: choose from the lists of the filter."
        ),
        "cannot_note_seen.reason": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was noted: say what it was, since that stays in the audit trail."
        ),
        "cannot_note_seen.nothing": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was noted: the check finds nothing that could be noted as seen; what else it finds is mended as "
            "it says.",
        ),
        "cannot_note_seen": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was noted: these data are older than they were, which no note mends; restore the newest backup.",
        ),
        "query_refused.settled": QT_TRANSLATE_NOOP(
            "Refusals",
            "Pisa has closed this question: nothing was said to it; telephone Pisa if it should be opened again.",
        ),
        "query_refused.no_words": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was said: write an answer in a few words."
        ),
        "query_refused.long": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was said: an answer has at most 200 characters; shorten it."
        ),
        "query_refused.characters": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was said: the words have characters that cannot be read; type them again."
        ),
        "query_refused.full": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was said: this question takes no more answers; telephone Pisa, where it can be asked anew.",
        ),
        "query_refused.identifying": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was said: these words look like a name, a number or a date, which may not leave the hospital; "
            "say it without them (days are counted from enrolment).",
        ),
        "query_refused.not_changed": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was said: this record was not changed since the question; amend it first, or answer in words.",
        ),
        "text_stays": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was let go: a date does not leave the hospital, whoever lets it go; answer once more without it "
            "(days are counted from enrolment).",
        ),
        "mark_refused.not_completed": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was marked: only what was completed can be compared with its source; wait until it is.",
        ),
        "mark_refused.amending": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was marked: this record is being amended; mark it when that is completed."
        ),
        "mark_refused.not_marked": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was changed: there is no mark here to take back."
        ),
        "cannot_erase.reason": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was erased: say why, since the reason stays in the audit trail."
        ),
        "cannot_erase.repeated": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was erased: the reason stays in the audit trail, so give it without the words that are to go.",
        ),
        "cannot_erase.no_words": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was erased: there are no words of a reason at this entry of the audit trail; choose another one.",
        ),
        "cannot_erase.amending": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was erased: this visit is being amended; complete it first."
        ),
        "cannot_erase": QT_TRANSLATE_NOOP("Refusals", "Nothing was erased: check what was asked for."),
        "restore_stopped": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: it was stopped before the backup took its place. Start again when ready.",
        ),
        "cannot_archive.reason": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was written: say why names are to be in the archive."
        ),
        "cannot_archive.inside": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was written: that folder is inside the data folder; choose another disk or a stick.",
        ),
        "cannot_archive.cloud": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was written: that folder is synchronised with a cloud service, and real dates may not leave "
            "the hospital; choose a stick or another disk.",
        ),
        "cannot_archive.there": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was written: an archive of this very second is there already; try again in a moment.",
        ),
        "cannot_archive.stopped": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was written: the archive was stopped before its end."
        ),
        "cannot_archive.none": QT_TRANSLATE_NOOP(
            "Refusals",
            "There is no archive in that folder: choose the one whose name begins with archive-.",
        ),
        "cannot_archive": QT_TRANSLATE_NOOP("Refusals", "Nothing was written: try again."),
        "bad_query": QT_TRANSLATE_NOOP(
            "Refusals", "The centre's questions cannot be understood: ask for them to be sent again."
        ),
    }
)
