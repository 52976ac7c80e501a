"""Why a file of the study, or a key file, is not read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

FILES: Mapping[str, Any] = MappingProxyType(
    {
        "bad_handover": QT_TRANSLATE_NOOP(
            "Refusals",
            "The hand-over cannot be understood: ask for the patient to be handed over again.",
        ),
        "bad_pack": QT_TRANSLATE_NOOP(
            "Refusals",
            "The new version of the forms cannot be understood: ask the study centre to send it again.",
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
        "bad_query": QT_TRANSLATE_NOOP(
            "Refusals", "The centre's questions cannot be understood: ask for them to be sent again."
        ),
    }
)
