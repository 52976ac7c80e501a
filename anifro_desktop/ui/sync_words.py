"""What the exchange with Pisa says of itself on the screen: finds in a text, events of a bundle, differences."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from anifro_desktop.ui import send_words
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.refusals import SENTENCES
from anifro_desktop.workflows.reconciling import WRONG, Gap
from anifro_desktop.workflows.synclog import Event

translate = QCoreApplication.translate
_TONES = {
    "sealed": "neutral",
    "put": "info",
    "failed": "warning",
    "merged": "success",
    "held": "info",
    "refused": "danger",
    "asked_again": "warning",
}


def found(why: str) -> str:
    """What kind of thing was found in a text."""
    return {
        "identity": translate("Sync", "name or number of somebody known here"),
        "tax_code": translate("Sync", "tax code"),
        "email": translate("Sync", "e-mail address"),
        "iban": translate("Sync", "IBAN"),
        "health_card": translate("Sync", "health card"),
        "phone": translate("Sync", "telephone number"),
        "date": translate("Sync", "date"),
        "address": translate("Sync", "address"),
        "title": translate("Sync", "name after a title"),
        "hospital_number": translate("Sync", "hospital number"),
        "too_long": translate("Sync", "text too long"),
    }.get(why, why)


def event(one: Event) -> tuple[str, str]:
    """What happened, and its tone."""
    words = {
        "sealed": translate("Sync", "Sealed here"),
        "put": translate("Sync", "Put on {place}"),
        "failed": translate("Sync", "Did not come to {place}"),
        "merged": translate("Sync", "Merged by Pisa"),
        "held": translate("Sync", "Received; Pisa waits for an earlier one"),
        "refused": translate("Sync", "Refused by Pisa"),
        "asked_again": translate("Sync", "Pisa asks for it again"),
    }
    return words[one.event].format(place=one.place), _TONES[one.event]


def why(one: Event) -> str:
    """The reason of an event in a sentence; nothing where there is none."""
    if one.event != "failed":
        return send_words.note(one.code)
    return failure(one.code, one.place)


def failure(code: str, place: str) -> str:
    """Why a bundle did not come to a place."""
    from anifro_desktop.sync.outages import NotCarried

    kind, _, reason = code.partition(".")
    if kind == NotCarried.code:
        return sentence(NotCarried(reason, place))
    words = {
        "disk_full": translate("Sync", "The medium is full."),
        "folder_gone": translate("Sync", "The medium is gone."),
        "cannot_write": translate("Sync", "It cannot be written to."),
        "damaged_copy": translate("Sync", "The copy is damaged."),
    }
    return words.get(kind) or (translate("Refusals", SENTENCES[code]) if code in SENTENCES else code)


def gap(one: Gap) -> tuple[str, str]:
    """A difference in a sentence that says what to do, and its tone."""
    words = {
        "not_sealed": translate(
            "Sync", "{count} version(s) have not left yet: sign what is missing and send a bundle."
        ),
        "not_received": translate(
            "Sync",
            "{count} version(s) are in bundles that Pisa has not acknowledged ({bundles}): bring in its answer, or "
            "save them again.",
        ),
        "not_merged": translate(
            "Sync",
            "{count} version(s) came to Pisa and were not taken: telephone Pisa with these codes: {subjects}.",
        ),
        "more_there": translate(
            "Sync",
            "Pisa has {count} version(s) that are not here, as after a restore: telephone Pisa with these codes and "
            "enter them again: {subjects}.",
        ),
        "out_of_step": translate(
            "Sync",
            "{count} version(s) count as sent and are in no bundle ({subjects}): run the full check in the settings "
            "and telephone the coordinating centre.",
        ),
        "not_told": translate(
            "Sync", "Pisa's answer does not say how much it merged: ask Pisa to update the program."
        ),
    }
    bundles = ", ".join(f"{seq:04d}" for seq in one.bundles)
    text = words[one.kind].format(count=one.count, bundles=bundles, subjects=", ".join(one.subjects))
    return text, "danger" if one.kind in WRONG else "info"


def step(what: str, done: int, of: int) -> str:
    """How far a sending is."""
    words = {
        "checking": translate("Sync", "Checking everything before it leaves…"),
        "sealing": translate("Sync", "Sealing: {done} of {of}…"),
        "copying": translate("Sync", "Copying: bundle {done} of {of}…"),
    }
    return words[what].format(done=done, of=of)
