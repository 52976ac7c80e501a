"""What the centre's answers mean, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from anifro_desktop.ui.counted import COUNTED
from anifro_desktop.ui.refusals import SENTENCES
from anifro_desktop.workflows.model import Received

translate = QCoreApplication.translate


_RECEIPTS = ("receipt", "repeated")
_NO_KEYS = "unknown_centre_keys"  # why a file was refused: a newer keyset of the centre is needed first


def verdict(answers: Sequence[Received]) -> tuple[str, str, str]:
    """The answers that came in together: title, words, tone. Bundles that never arrived come first."""
    receipts = [one for one in answers if one.state in _RECEIPTS]
    news = [*_keys(answers), *_forms(answers)]
    pressing = any(one.pressing for one in news) or any(one.why == _NO_KEYS for one in answers)
    strange = _strange(answers)
    if receipts:
        newest = max(receipts, key=lambda one: one.acked_to)
        words = [*_missing(newest), *_differences(receipts)]
        tone = "warning" if words or pressing else "success"
        words += [_asked(answers), *(f"{one.title} {one.words}".strip() for one in news), *strange]
        if all(one.state == "repeated" for one in receipts):
            words.append(translate("Answers", "This answer was already known; nothing changed."))
        said = " ".join(filter(None, words))
        return _title(newest), said or translate("Answers", "Nothing is missing."), tone
    asked = _asked(answers)
    if not news and asked:
        news = [_News(translate("Answers", "Questions from Pisa"))]
    if not news:
        news = [_News(translate("Answers", "A later answer of Pisa has already said this; nothing changed."))]
    first, *others = news
    words = [asked, first.words, *(f"{one.title} {one.words}".strip() for one in others), *strange]
    return first.title, " ".join(filter(None, words)), "warning" if pressing else "info"


@dataclass(frozen=True, slots=True)
class _News:
    """Something that came beside receipts and questions. words: what to do; pressing: it has to be done."""

    title: str
    words: str = ""
    pressing: bool = False


def _keys(answers: Sequence[Received]) -> list[_News]:
    """Keys of the centre that came with them; known ones are told of only where nothing else came."""
    states = [one.state for one in answers]
    news = []
    if "keyset_waits" in states:
        title = translate("Answers", "Pisa has a new root of its keys: it waits to be compared.")
        words = translate(
            "Answers", "A site administrator compares its fingerprint by telephone, in Settings."
        )
        news.append(_News(title, words, pressing=True))
    if "keyset" in states:
        news.append(_News(translate("Answers", "Pisa has new keys: they are in use.")))
    if set(states) == {"repeated_keyset"}:
        news.append(_News(translate("Answers", "These keys of Pisa were already known; nothing changed.")))
    return news


def _strange(answers: Sequence[Received]) -> list[str]:
    """Files that were not used, and what helps."""
    refused = [one for one in answers if one.state == "refused"]
    unknown = sum(one.why == _NO_KEYS for one in refused)
    words = [COUNTED.strange_answers(len(refused) - unknown)] if len(refused) > unknown else []
    return words + ([translate("Refusals", SENTENCES[_NO_KEYS])] if unknown else [])


def _asked(answers: Sequence[Received]) -> str:
    """The questions that came with them; nothing where no file of questions did."""
    files = [one for one in answers if one.state == "queries"]
    asked, said = sum(one.asked for one in files), sum(one.said for one in files)
    if not files:
        return ""
    if not asked and not said:
        return translate("Answers", "No question is new.")
    return COUNTED.asked_by_pisa(asked, said)


def _forms(answers: Sequence[Received]) -> list[_News]:
    """A version of the forms that came with them; nothing where none did, or one that was known beside other files."""
    states = [one.state for one in answers]
    where = translate("Answers", "It is put into use in Settings.")
    if "forms" in states:
        return [_News(translate("Answers", "A new version of the forms came."), where)]
    if set(states) == {"repeated_forms"}:
        return [_News(translate("Answers", "This version of the forms was already known."), where)]
    return []


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
