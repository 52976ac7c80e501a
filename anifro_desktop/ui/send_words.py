"""What the centre's answers mean, in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from anifro_desktop.ui.counted import COUNTED
from anifro_desktop.ui.refusals import SENTENCES
from anifro_desktop.workflows.model import Received

translate = QCoreApplication.translate


def verdict(answers: Sequence[Received]) -> tuple[str, str, str]:
    """The answers that came in together: title, words, tone. Bundles that never arrived come first."""
    asked = _asked(answers)
    strange = [one for one in answers if one.state == "refused"]
    forms = _forms(answers)
    answers = [one for one in answers if one.state not in ("queries", "refused", *_OF_FORMS)]
    if not answers and forms:
        return forms, " ".join(filter(None, (asked, _where_forms()))), "info"
    if not answers:
        words = [asked, *([COUNTED.strange_answers(len(strange))] if strange else [])]
        return translate("Answers", "Questions from Pisa"), " ".join(words), "info"
    newest = max(answers, key=lambda one: one.acked_to)
    words = [*_missing(newest), *_differences(answers)]
    tone = "warning" if words else "success"
    words += [asked] if asked else []
    words += [f"{forms} {_where_forms()}"] if forms else []
    words += [COUNTED.strange_answers(len(strange))] if strange else []
    if all(one.state == "repeated" for one in answers):
        words.append(translate("Answers", "This answer was already known; nothing changed."))
    if not words:
        words.append(translate("Answers", "Nothing is missing."))
    return _title(newest), " ".join(words), tone


def _asked(answers: Sequence[Received]) -> str:
    """The questions that came with them; nothing where no file of questions did."""
    files = [one for one in answers if one.state == "queries"]
    asked, said = sum(one.asked for one in files), sum(one.said for one in files)
    if not files:
        return ""
    if not asked and not said:
        return translate("Answers", "No question is new.")
    return COUNTED.asked_by_pisa(asked, said)


_OF_FORMS = ("forms", "repeated_forms")


def _forms(answers: Sequence[Received]) -> str:
    """A version of the forms that came with them; nothing where none did, or one that was known beside other files."""
    states = [one.state for one in answers]
    if "forms" in states:
        return translate("Answers", "A new version of the forms came.")
    if set(states) == {"repeated_forms"}:
        return translate("Answers", "This version of the forms was already known.")
    return ""


def _where_forms() -> str:
    return translate("Answers", "It is put into use in Settings.")


def _title(newest: Received) -> str:
    if not newest.acked_to:
        return translate("Answers", "Pisa is still waiting for the first bundle.")
    words = translate("Answers", "Pisa has everything up to bundle {number}.")
    return words.format(number=f"{newest.acked_to:04d}")


def _missing(newest: Received) -> list[str]:
    numbers = ", ".join(f"{seq:04d}" for seq in newest.missing)
    return [COUNTED.lost_bundles(len(newest.missing), numbers)] if newest.missing else []


def _differences(answers: Sequence[Received]) -> list[str]:
    count = sum(one.differences for one in answers)
    return [COUNTED.differing_scores(count)] if count else []


def note(code: str) -> str:
    """The centre's remark on a bundle, by its code; nothing where there is none or it is not known here."""
    if code == "score_differs":
        return translate("Answers", "Some scores came out differently in Pisa.")
    return translate("Refusals", SENTENCES[code]) if code in SENTENCES else ""
