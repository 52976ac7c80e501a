"""What is said right after unlocking: a draft that was recovered, and tries that failed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from anifro_desktop.forms.model import Definitions
from anifro_desktop.ui import texts
from anifro_desktop.ui.counted import COUNTED
from anifro_desktop.ui.entry_words import entry_name
from anifro_desktop.ui.translation import clock
from anifro_desktop.workflows.model import Opening, Recovered

translate = QCoreApplication.translate


def _question(definitions: Definitions, field: str) -> str:
    """What a question is called on the form; nothing for none."""
    found = definitions.fields.get(field)
    return found.label.get(texts.language()) if found is not None else ""


def failed(opening: Opening) -> str:
    """Wrong passphrases since the last unlocking, or nothing."""
    count = opening.failed_attempts
    return COUNTED.wrong_passphrases(count) if count else ""


def recovered(draft: Recovered) -> tuple[str, str]:
    """Which draft was found: patient, visit, question, time of its last save; and how many answers it holds."""
    from anifro_desktop import forms

    place, known = draft.place, forms.load()
    where = [place.subject, entry_name(known, place.visit), _question(known, place.field)]
    title = translate("Opening", "Recovered: {place}, saved {time}").format(
        place=", ".join(word for word in where if word), time=clock(draft.when)
    )
    return title, COUNTED.recovered_answers(draft.fields)
