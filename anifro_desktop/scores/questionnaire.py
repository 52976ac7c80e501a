"""What the questionnaires of the patient share: items by number, scales that some of their items are enough for.

Items are numbered from 1 in the order of the questionnaire. An answer out of range is refused before a rule sees it
(setting `questionnaires.out_of_range`), so that only an empty answer is missing. No wording of any item is kept here
or anywhere else in the program.

Missing answers: each instrument says how many items of a scale must be answered; the scale is then the mean of those,
which is the same as putting the person's mean in the place of the others. Such a scale is a result, and a warning
`partly_answered_<scale>` says what it rests on; with fewer answers it is unknown.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from anifro_desktop.scores.model import Part

PARTLY = "partly_answered"

Answer = float | None


@dataclass(frozen=True, slots=True)
class Scale:
    """Some items that make one score from 0 to 100. items: their numbers. fewest: answers needed for a score.
    low, high: least and greatest value of an item after it was recoded."""

    items: tuple[int, ...]
    fewest: int
    low: float
    high: float


def names(numbers: Iterable[int]) -> tuple[str, ...]:
    """The items as `Score.missing` names them, `answers.5` for item 5."""
    return tuple(f"answers.{number}" for number in numbers)


def recode(given: Iterable[Answer], tables: Iterable[Sequence[float]]) -> list[Answer]:
    """Every answer, counted from 1, read in the table of its item; one that was not given stays so."""
    return [
        None if answer is None else table[int(answer) - 1]
        for answer, table in zip(given, tables, strict=True)
    ]


def profile(
    scales: Mapping[str, Scale], recoded: Sequence[Answer]
) -> tuple[dict[str, Part], tuple[str, ...]]:
    """The scales of recoded items, from 0 to 100 or None, and the warnings for those that lack some answers."""
    scores: dict[str, Part] = {}
    warnings = []
    for name, scale in scales.items():
        known = [value for item in scale.items if (value := recoded[item - 1]) is not None]
        count = len(known)
        if count < scale.fewest:
            scores[name] = None
            continue
        above = math.fsum(known) - count * scale.low
        scores[name] = 100 * above / (count * (scale.high - scale.low))
        if count < len(scale.items):
            warnings.append(f"{PARTLY}_{name.lower()}")
    return scores, tuple(warnings)


def unanswered(named: Iterable[str], given: Iterable[Answer]) -> tuple[str, ...]:
    """The names of the items without an answer."""
    return tuple([name for name, answer in zip(named, given, strict=True) if answer is None])
