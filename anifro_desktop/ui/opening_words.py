"""What is said right after unlocking: a draft that was recovered, tries that failed, what the quick check found; and
once in a session, that the clock cannot be believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from anifro_desktop.forms.model import Definitions
from anifro_desktop.ui import texts
from anifro_desktop.ui.counted import COUNTED
from anifro_desktop.ui.entry_words import entry_name
from anifro_desktop.ui.translation import clock, day_time
from anifro_desktop.workflows.model import Opening, Recovered

if TYPE_CHECKING:
    from anifro_desktop.store.clock import Doubt

translate = QCoreApplication.translate


def _question(definitions: Definitions, field: str) -> str:
    """What a question is called on the form; nothing for none."""
    found = definitions.fields.get(field)
    return found.label.get(texts.language()) if found is not None else ""


def failed(opening: Opening) -> str:
    """Wrong passphrases since the last unlocking, or nothing."""
    count = opening.failed_attempts
    return COUNTED.wrong_passphrases(count) if count else ""


def clock_doubt(doubt: Doubt) -> tuple[str, str]:
    """That this computer's clock cannot be believed, and what follows."""
    words = (
        translate(
            "Opening", "This computer's clock went back: it shows {shown}, and the last entry is of {last}"
        )
        if doubt.went_back
        else translate(
            "Opening", "This computer's clock jumped ahead: it shows {shown}, a moment after {last}"
        )
    )
    return words.format(shown=day_time(doubt.shown), last=day_time(doubt.last)), translate(
        "Opening",
        "Set date and time of this computer right. Nothing is lost: the order of entries is kept, and times are marked "
        "as suspect in the audit trail until the clock goes on from the last one.",
    )


def findings(opening: Opening) -> tuple[str, str]:
    """What the check at unlocking found, and what to do."""
    words = translate("Opening", "The check at unlocking found something wrong ({count})")
    return words.format(count=len(opening.findings)), translate(
        "Opening",
        "Leave the data folder as it is. “Check everything” in the audit trail says what it is and what to do.",
    )


def recovered(draft: Recovered) -> tuple[str, str]:
    """Which draft was found: patient, visit, question, time of its last save; and how many answers it holds."""
    from anifro_desktop import forms

    place, known = draft.place, forms.load()
    where = [place.subject, entry_name(known, place.visit), _question(known, place.field)]
    title = translate("Opening", "Recovered: {place}, saved {time}").format(
        place=", ".join(word for word in where if word), time=clock(draft.when)
    )
    return title, COUNTED.recovered_answers(draft.fields)
