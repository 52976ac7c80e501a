"""What keys, passphrases, recovery sheets and roles refuse."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

PEOPLE: Mapping[str, Any] = MappingProxyType(
    {
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
        "user_code_taken": QT_TRANSLATE_NOOP(
            "Refusals",
            "The code {user} was given to somebody already, and a code is one person's for ever: choose another one.",
        ),
        "no_reason": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: say why in a few words, since the reason stays in the audit trail.",
        ),
        "passphrase_not_chosen": QT_TRANSLATE_NOOP(
            "Refusals",
            "Somebody else knows your passphrase: lock, unlock again, and choose one of your own first.",
        ),
        "wrong_signer": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was signed: the first signature after unlocking needs your own code beside the passphrase. The "
            "site is unlocked by {user}; if that is not you, lock it and unlock it as yourself.",
        ),
    }
)
