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
    newest = max(answers, key=lambda one: one.acked_to)
    words = [*_missing(newest), *_differences(answers)]
    tone = "warning" if words else "success"
    if all(one.state == "repeated" for one in answers):
        words.append(translate("Answers", "This answer was already known; nothing changed."))
    if not words:
        words.append(translate("Answers", "Nothing is missing."))
    return _title(newest), " ".join(words), tone


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
