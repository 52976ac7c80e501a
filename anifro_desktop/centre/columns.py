"""Columns of the data set in the making: a name, a label in the language asked for, and how a cell comes from a row.

The rows of a table may be of any one type; its variables know which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from anifro_desktop.centre.carried import Scores
from anifro_desktop.centre.scored import YES_NO, ScoreVariable, score_cell
from anifro_desktop.centre.stata import Cell, Column, Kind, shorten
from anifro_desktop.forms.model import Label
from anifro_desktop.scores.model import Tri

SITE = Label("Centro", "Site")
CODE = Label("Codice del soggetto", "Subject code")
PACK = Label("Versione delle schede", "Version of the forms")


@dataclass(frozen=True, slots=True)
class Origin:
    """What the codebook tells of a column beside its name. label: in full. source: `answer`, `score` (as the site
    computed and signed it) or `centre`. field: the question, or the rule and its part. unit: as a person reads it."""

    label: Label
    source: Literal["answer", "score", "centre"] = "centre"
    field: str = ""
    unit: Label | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """A column, how its cell comes from a row, and where it comes from."""

    column: Column
    cell: Callable[[Any], Cell]
    origin: Origin


def text(name: str, label: Label, lang: str, cell: Callable[[Any], str]) -> Variable:
    """A column of texts."""
    return Variable(Column(name, shorten(label.get(lang)), "text"), cell, Origin(label))


def whole(
    name: str,
    label: Label,
    lang: str,
    cell: Callable[[Any], int | None],
    codes: Mapping[int, Label] | None = None,
) -> Variable:
    """A column of whole numbers, or of codes with their labels."""
    labels = {value: words.get(lang) for value, words in (codes or {}).items()}
    return Variable(Column(name, shorten(label.get(lang)), "whole", labels), cell, Origin(label))


def number(name: str, label: Label, lang: str, cell: Callable[[Any], float | None]) -> Variable:
    """A column of measured numbers."""
    return Variable(Column(name, shorten(label.get(lang)), "number"), cell, Origin(label))


def yes_no(name: str, label: Label, lang: str, cell: Callable[[Any], Tri]) -> Variable:
    """A column of yes, no or unknown."""

    def coded(row: Any) -> int | None:
        known = cell(row)
        return None if known is None else int(known)

    return whole(name, label, lang, coded, YES_NO)


def scores(items: Iterable[ScoreVariable], lang: str, of: Callable[[Any], Scores]) -> tuple[Variable, ...]:
    """The columns of some results. of: the results that a row carries."""
    return tuple(_score(item, lang, of) for item in items)


def _score(item: ScoreVariable, lang: str, of: Callable[[Any], Scores]) -> Variable:
    kind: Kind = item.kind
    codes = {value: label.get(lang) for value, label in (item.codes or {}).items()}
    column = Column(item.name, shorten(item.label.get(lang)), kind, codes)
    origin = Origin(item.label, "score", f"{item.rule}.{item.part}")
    return Variable(column, lambda row: score_cell(of(row), item), origin)
