"""What this package refuses. No sentence holds an answer, an identity, a key or a path."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from anifro_desktop.errors import Refusal

# Every reason why a bundle is not read, and what a person does about it. Translations use the same codes.
BUNDLE_CODES: Mapping[str, str] = MappingProxyType(
    {
        "not_a_bundle": "This is not a file of the study: check that the right file was chosen.",
        "truncated": "The file is incomplete or has something added: copy it again from its source.",
        "unknown_format": "The file is damaged or of a newer version: update the program or copy it again.",
        "weak_suite": "The file is protected less than agreed for its sender: ask for it to be sent again.",
        "bad_header": "The file's address is damaged: copy it again from its source.",
        "wrong_type": "The file is of another kind than this place takes: check which file was chosen.",
        "unknown_key": "The sender is not known here or no longer valid: register its keys first.",
        "replaced_key": "The file is signed with keys that its sender has replaced since: call the sender; if its "
        "computer was restored from a backup, it makes new keys and has its new card registered.",
        "revoked_key": "The file is from a computer whose keys were revoked: nothing of it is taken; call the site.",
        "bad_signature": "The file was changed after signing, or signed by another: ask for a new copy.",
        "needs_upgrade": "The file needs a newer version of this program: it is kept; update the program.",
        "wrong_recipient": "The file is sealed for someone else: check where it was meant to go.",
        "cannot_decrypt": "The file does not open with our key: ask its sender to send it again.",
        "bad_frame": "The file's content is not packed as it should be: ask its sender to send it again.",
        "too_large": "The file's content is larger than allowed: ask its sender to send smaller parts.",
        "bad_lines": "The file's content is not what this program writes: report it to the centre.",
        "bad_count": "Part of the file's content is missing: report it to the centre.",
        "manifest_mismatch": "The file's content does not belong to its address: report it to the centre.",
        "bad_record": "A record in the file breaks the rules of the study: report it to the centre.",
        "foreign_subject": "The file holds a subject of another site: report it to the centre.",
        "bad_receipt": "The receipt cannot be understood: ask the study centre to send it again.",
        "bad_handover": "The hand-over cannot be understood: ask for the patient to be handed over again.",
        "bad_pack": "The new version of the forms cannot be understood: ask the study centre to send it again.",
        "bad_query": "The centre's questions cannot be understood: ask for them to be sent again.",
    }
)


class SyncError(Refusal):
    """Base of this package's refusals."""

    code = "sync"


class BundleRefused(SyncError):
    """The one exception of untrusted bytes. `code` is a key of `BUNDLE_CODES`; `detail` is for the log."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(BUNDLE_CODES[code])
        # One exception type with many reasons, so the code is the instance's here, unlike elsewhere.
        self.code = code  # type: ignore[misc]
        self.detail = detail


class NotPseudonymised(SyncError):
    """Something about to leave the site still carries a date, a time or a free text."""

    code = "not_pseudonymised"

    def __init__(self, record: str, field: str) -> None:
        super().__init__(
            f"Record {record} still has a date or text in {field} that may not leave the site: nothing was "
            "sent; report this to the study centre.",
            record=record,
            field=field,
        )


class NameRefused(SyncError):
    """A file name that no bundle has."""

    code = "bad_name"

    def __init__(self) -> None:
        super().__init__(
            "The file does not have the name of a study file: check that the right file was chosen."
        )


class KeyFileRefused(SyncError):
    """A keyset or an enrolment card that cannot be trusted; the base of the named reasons."""

    code = "key_file"


CARD = "enrolment card"


class KeyFileDamaged(KeyFileRefused):
    """Not a key file, or its signature does not fit its content."""

    code = "key_file_damaged"

    def __init__(self, what: str) -> None:
        sentence = f"The {what} is damaged or was changed: get it again from its source."
        if what == CARD:
            sentence = (
                "The file is not the card of a site, or was damaged or changed: have the site send its file "
                "card-....anfk again."
            )
        super().__init__(sentence, what=what)


class WrongFingerprint(KeyFileRefused):
    """The fingerprint that a person read out is not that of the file."""

    code = "wrong_fingerprint"

    def __init__(self, what: str) -> None:
        # The right one is not said: it would be copied, where it is to be asked for.
        super().__init__(
            f"The fingerprint of the {what} is not the one given: do not use it; call the other side and compare "
            "again.",
            what=what,
        )


class OldKeyset(KeyFileRefused):
    """A keyset older than the one in use, or another one of the same number."""

    code = "old_keyset"

    def __init__(self, version: int, current: int) -> None:
        super().__init__(
            f"Keyset {version} does not follow keyset {current} in use: ask the study centre for the newest.",
            version=version,
            current=current,
        )


class ForeignKeyset(KeyFileRefused):
    """A keyset of another study or signed by another root."""

    code = "foreign_keyset"

    def __init__(self) -> None:
        super().__init__(
            "The keyset is not signed by the centre this site belongs to: do not use it; call the centre."
        )


class CrowdedFolder(SyncError):
    """A folder with far more files than the study will ever have."""

    code = "crowded_folder"

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(
            f"The folder {name} holds more than {limit} files: choose the folder used for the study only.",
            name=name,
            limit=limit,
        )


class DamagedCopy(SyncError):
    """A file whose content is not the one its name promises: copied only in part, or changed."""

    code = "damaged_copy"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} was copied only in part or is damaged: copy it again.", name=name)
