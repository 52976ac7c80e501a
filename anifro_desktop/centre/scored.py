"""The score columns of the data set: which part of which result goes where, and how it becomes a cell.

The columns themselves stand in `scored_activity`, `scored_organs`, `scored_patient` and `scored_classes`. Names and
labels stand there because no definition describes a result. Unknown is empty (`.`), never 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from anifro_desktop.centre import carried
from anifro_desktop.centre.stata import Cell, Kind
from anifro_desktop.forms.model import Label

MET = {0: Label("non raggiunto", "not met"), 1: Label("raggiunto", "met")}
YES_NO = {0: Label("no", "no"), 1: Label("sì", "yes")}
# Words of a result, with the code and the label that each becomes.
Words = Mapping[str, tuple[int, Label]]


@dataclass(frozen=True, slots=True)
class ScoreVariable:
    """A column from a result. part: a part of it, or `value`, `minimum` or `maximum`. words: where it is a word, the
    code that each becomes."""

    rule: str
    part: str
    name: str
    kind: Kind
    label: Label
    codes: Mapping[int, Label] | None = None
    words: Mapping[str, int] | None = None


def state(rule: str, part: str, name: str, it: str, en: str) -> ScoreVariable:
    """A column of something met or not met."""
    return ScoreVariable(rule, part, name, "whole", Label(it, en), MET)


def yes_no(rule: str, part: str, name: str, it: str, en: str) -> ScoreVariable:
    """A column of something that is so or not."""
    return ScoreVariable(rule, part, name, "whole", Label(it, en), YES_NO)


def whole(rule: str, part: str, name: str, it: str, en: str) -> ScoreVariable:
    """A column of points or of a count."""
    return ScoreVariable(rule, part, name, "whole", Label(it, en))


def number(rule: str, part: str, name: str, it: str, en: str) -> ScoreVariable:
    """A column of a measured number."""
    return ScoreVariable(rule, part, name, "number", Label(it, en))


def category(rule: str, part: str, name: str, it: str, en: str, words: Words) -> ScoreVariable:
    """A column of a word."""
    codes = dict(words.values())
    return ScoreVariable(
        rule, part, name, "whole", Label(it, en), codes, {word: code for word, (code, _) in words.items()}
    )


def score_cell(scores: carried.Scores, item: ScoreVariable) -> Cell:
    """The cell of a score variable: numbers and yes/no as numbers, a word as its code; None for what is unknown, or
    cannot be, of which `rescoring` tells."""
    found = carried.found(scores, item.rule, item.part)
    if item.words is not None:
        return item.words.get(found) if isinstance(found, str) else None
    if isinstance(found, bool):
        return int(found)
    read = carried.number(scores, item.rule, item.part)
    if read is None or item.kind == "number":
        return read
    return int(read) if read.is_integer() else None
