"""The codebook of the data set: one line a variable of a table, in both languages and in full, with its unit, codes,
missing values and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from anifro_desktop.centre.columns import Variable
from anifro_desktop.centre.stata import REASON_LABELS, Column
from anifro_desktop.centre.tabling import Packs, plans
from anifro_desktop.forms.model import Definitions

NOT_ENTERED = {"it": "non inserito", "en": "not entered"}


class Line(NamedTuple):
    """One line. type: `text`, `whole` or `number`. codes: `value=label`, parted by ` | `. missing: the same, of why a
    value is missing; nothing at all is "not entered". source: `answer`, `score` or `centre`; field: the question, or
    the rule and its part."""

    file: str
    variable: str
    label_it: str
    label_en: str
    type: str
    unit_it: str
    unit_en: str
    codes_it: str
    codes_en: str
    missing_it: str
    missing_en: str
    source: str
    field: str


def lines(definitions: Definitions, packs: Packs = ()) -> Iterator[Line]:
    """Every variable of every table. packs: those of the records, oldest first."""
    for name, plan in plans(definitions).items():
        both = zip(plan.variables("it", packs), plan.variables("en", packs), strict=True)
        for italian, english in both:
            yield _line(name, italian, english)


def _line(table: str, italian: Variable, english: Variable) -> Line:
    origin, column = italian.origin, italian.column
    return Line(
        file=table,
        variable=column.name,
        label_it=origin.label.it,
        label_en=origin.label.en,
        type=column.kind,
        unit_it=origin.unit.it if origin.unit else "",
        unit_en=origin.unit.en if origin.unit else "",
        codes_it=_codes(column.codes),
        codes_en=_codes(english.column.codes),
        missing_it=_missing(column, "it"),
        missing_en=_missing(column, "en"),
        source=origin.source,
        field=origin.field,
    )


def _codes(codes: Mapping[int, str]) -> str:
    return " | ".join(f"{code}={label}" for code, label in codes.items())


def _missing(column: Column, lang: str) -> str:
    """Why a value may be missing, each by the sign that stands for it."""
    reasons = REASON_LABELS[lang] if column.reasons else {}
    return " | ".join([f"={NOT_ENTERED[lang]}", *(f".{letter}={label}" for letter, label in reasons.items())])
