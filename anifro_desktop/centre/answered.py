"""The columns of the fields that leave a site: names, labels and codes come from the definitions.

The column of a question that another may stand for (the PhGA, marked on another scale) holds what it comes to
(`forms.derived`); what was marked stands beside it.

A date or moment is one column of days, `<name>_dy`. A date that may be known to its month or year only is three:
`<name>_dy` where the day is known, `<name>_mo` calendar months from that of enrolment, `<name>_yr` calendar years; a
missing reason stands in the first.

Where older packs are among the records, a question that was renamed is one column, whose label says what it was called
and until when; one that was withdrawn keeps its column, with its words as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from anifro_desktop.centre.answering import PARTIAL, Apart
from anifro_desktop.centre.columns import Origin, Variable
from anifro_desktop.centre.packs import last_known, named_before
from anifro_desktop.centre.stata import Cell, Column, Kind, shorten
from anifro_desktop.forms.derived import STOOD_FOR
from anifro_desktop.forms.model import Definitions, Field, Form, Label
from anifro_desktop.forms.types import DATED
from anifro_desktop.record import Missing

Given = Callable[[Any], Mapping[str, Any]]

_UNTIL = Label("fino a", "until")
_DAYS = Label("giorni dall’arruolamento", "days since enrolment")
_MONTHS = Label("se il giorno non è noto: mesi di calendario", "if the day is not known: calendar months")
_YEARS = Label("se il mese non è noto: anni di calendario", "if the month is not known: calendar years")


def names_of(field: Field) -> tuple[str, ...]:
    """The variables of a field: its id; of a date, which travels as a difference, with the unit at its end."""
    stem = field.id.removesuffix("_date")
    if field.type == PARTIAL:
        return f"{stem}_dy", f"{stem}_mo", f"{stem}_yr"
    return (f"{stem}_dy",) if field.type in DATED else (field.id,)


def fields(
    forms: Sequence[Form], lang: str, answers: Given, packs: Sequence[Definitions] = ()
) -> tuple[Variable, ...]:
    """The columns of every field of some forms that leaves a site. answers: those that a row holds, under today's ids.
    packs: those of the records, oldest first."""
    levels, ids = {form.level for form in forms}, {form.id for form in forms}
    before = named_before(packs)
    sent = [item for form in forms for item in form.fields if item.export]
    noted = [(item, _named(before.get(item.id), lang)) for item in sent]
    now = {item.id for item in sent}
    for item, form, last in last_known(packs):
        if item.id not in now and form.level in levels and (form.level != "event" or form.id in ids):
            noted.append((item, f" ({_UNTIL.get(lang)} {last})"))
    return tuple(variable for item, note in noted for variable in _field(item, lang, answers, note))


def _named(before: tuple[str, str] | None, lang: str) -> str:
    return "" if before is None else f" ({_UNTIL.get(lang)} {before[1]}: {before[0]})"


def _field(field: Field, lang: str, answers: Given, note: str) -> tuple[Variable, ...]:
    if field.type in DATED:
        return _dates(field, lang, answers, note)
    (name,) = names_of(field)
    origin = Origin(field.label, "answer", field.id, field.unit_label)
    label = field.label.get(lang)
    if field.unit_label is not None:
        label = f"{label} ({field.unit_label.get(lang)})"
    if field.type == "text":
        column = Column(name, shorten(label, note), "text")
        return (Variable(column, lambda row: _words(answers(row).get(field.id)), origin),)
    kind: Kind = "number" if field.type == "decimal" else "whole"
    column = Column(name, shorten(label, note), kind, _codes(field, lang), reasons=True)
    if (read := STOOD_FOR.get(field.id)) is not None:
        return (Variable(column, lambda row: _number(read(answers(row))), origin),)
    return (Variable(column, lambda row: _number(answers(row).get(field.id)), origin),)


def _dates(field: Field, lang: str, answers: Given, note: str) -> tuple[Variable, ...]:
    """Days, and for a partial date months and years."""

    def apart(row: Any) -> Apart:
        found = answers(row).get(field.id)
        return found if isinstance(found, Apart) else Apart()

    cells: tuple[Callable[[Any], Cell], ...] = (
        lambda row: _number(answers(row).get(field.id)),
        lambda row: apart(row).months,
        lambda row: apart(row).years,
    )
    made = []
    for name, unit, cell in zip(names_of(field), (_DAYS, _MONTHS, _YEARS), cells, strict=False):
        label = shorten(f"{field.label.get(lang)} ({unit.get(lang)})", note)
        origin = Origin(field.label, "answer", field.id, unit)
        made.append(Variable(Column(name, label, "whole", reasons=unit is _DAYS), cell, origin))
    return tuple(made)


def _codes(field: Field, lang: str) -> dict[int, str]:
    if field.codes is None:
        return {}
    gone = "codice ritirato" if lang == "it" else "withdrawn code"
    return {
        **{code.value: code.label.get(lang) for code in field.codes.codes},
        **{code.value: f"{code.label.get(lang)} ({gone})" for code in field.codes.withdrawn},
    }


def _number(answer: Any) -> Cell:
    if isinstance(answer, Decimal):
        return float(answer)
    return answer if isinstance(answer, int | Missing) else None


def _words(answer: Any) -> str:
    """A text variable of Stata's has no missing value: a reason leaves it empty."""
    return answer if isinstance(answer, str) and not isinstance(answer, Missing) else ""
