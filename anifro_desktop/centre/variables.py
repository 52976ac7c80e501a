"""The variables of the data set: one column for each exported field, each score and each thing the centre
adds.

Names, labels and codes of fields come from the definitions; only what no definition describes is written
here, in both languages. The scores are those the site computed and signed; `rescored` says whether the centre
agrees.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from anifro_desktop.centre.assembling import Subject, Visit
from anifro_desktop.centre.scored import SCORES, ScoreVariable, score_cell
from anifro_desktop.centre.stata import Cell, Column, Kind, shorten
from anifro_desktop.forms.model import Definitions, Field, Label
from anifro_desktop.record import Answers, Missing

UNSCHEDULED = 99  # code of `planned_visit`
_SITE = Label("Centro", "Site")
_CODE = Label("Codice del soggetto", "Subject code")
_YES_NO = {0: Label("no", "no"), 1: Label("sì", "yes")}
RESCORED_CODES = {"same": 1, "differs": 0, "not_verifiable": 2}
_RESCORED = {
    0: Label("il centro calcola diversamente", "the centre computes otherwise"),
    1: Label("uguali al centro", "same at the centre"),
    2: Label("non verificabili", "not verifiable"),
}


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """What a line of `subject.dta` is made from."""

    subject: Subject


@dataclass(frozen=True, slots=True)
class VisitRow:
    """What a line of `visit.dta` is made from.

    number: 1, 2, 3 ... by study day. serves: months of the planned visit that this one counts for, None if
    for none. rescored: a key of `RESCORED_CODES`. dose_day: study day of the first dose, or None.
    """

    visit: Visit
    number: int
    serves: int | None
    rescored: str
    dose_day: int | None


@dataclass(frozen=True, slots=True)
class Variable:
    """A column, and how its cell comes from a row."""

    column: Column
    cell: Callable[[Any], Cell]


def subject_variables(definitions: Definitions, lang: str) -> tuple[Variable, ...]:
    """The columns of `subject.dta`. visit_no is 0 there, so that the three keys stand in every file."""
    number = Label("Numero della visita", "Visit number")
    whole = {0: Label("il soggetto", "the subject")}
    signed = Label("Moduli del soggetto firmati", "Forms of the subject signed")
    return (
        _text("site", _SITE, lang, lambda row: row.subject.site),
        _text("subj_id", _CODE, lang, lambda row: row.subject.code),
        _whole("visit_no", number, lang, lambda row: 0, whole),
        *_fields(definitions, "subject", lang, lambda row: row.subject.answers),
        _whole("signed", signed, lang, lambda row: int(row.subject.signed), _YES_NO),
    )


def visit_variables(definitions: Definitions, lang: str) -> tuple[Variable, ...]:
    """The columns of `visit.dta`."""
    return (
        *_visit_keys(lang),
        *_visit_days(definitions, lang),
        *_fields(definitions, "visit", lang, lambda row: row.visit.answers),
        *(_score(item, lang) for item in SCORES),
        *_visit_flags(lang),
    )


def _visit_keys(lang: str) -> tuple[Variable, ...]:
    number = Label("Numero della visita, per giorno", "Visit number, by day")
    name = Label("Nome della visita nel centro", "The site's name of the visit")
    return (
        _text("site", _SITE, lang, lambda row: row.visit.site),
        _text("subj_id", _CODE, lang, lambda row: row.visit.subject),
        _whole("visit_no", number, lang, lambda row: row.number),
        _text("visit_key", name, lang, lambda row: row.visit.key),
    )


def _visit_days(definitions: Definitions, lang: str) -> tuple[Variable, ...]:
    dose = Label("Giorni dalla prima dose di anifrolumab", "Days since the first anifrolumab dose")
    serves = Label(
        "Visita programmata per cui conta, assegnata dal centro",
        "Planned visit it counts for, by the centre",
    )
    codes = {code.value: code.label for code in definitions.code_lists["planned_visit"].codes}
    return (
        _whole("dose_dy", dose, lang, _since_dose),
        _whole("serves", serves, lang, _serves, codes),
    )


def _visit_flags(lang: str) -> tuple[Variable, ...]:
    signed = Label("Visita firmata", "Visit signed")
    rescored = Label("Punteggi ricalcolati dal centro", "Scores computed again by the centre")
    return (
        _whole("signed", signed, lang, lambda row: int(row.visit.signed), _YES_NO),
        _whole("rescored", rescored, lang, lambda row: RESCORED_CODES[row.rescored], _RESCORED),
    )


def name_of(field: Field) -> str:
    """The variable of a field: its id, where a date, which travels as days, ends in `_dy`."""
    return f"{field.id.removesuffix('_date')}_dy" if field.type == "date" else field.id


def _fields(
    definitions: Definitions, level: str, lang: str, answers: Callable[[Any], Answers]
) -> tuple[Variable, ...]:
    forms = [form for form in definitions.forms if form.level == level]
    return tuple(_field(item, lang, answers) for form in forms for item in form.fields if item.export)


def _field(field: Field, lang: str, answers: Callable[[Any], Answers]) -> Variable:
    label = field.label.get(lang)
    if field.unit_label is not None and field.type != "date":
        label = f"{label} ({field.unit_label.get(lang)})"
    if field.type == "date":
        label = f"{label} ({'giorni dall’arruolamento' if lang == 'it' else 'days since enrolment'})"
    if field.type == "text":
        return Variable(
            Column(name_of(field), shorten(label), "text"), lambda row: _words(answers(row).get(field.id))
        )
    kind: Kind = "number" if field.type == "decimal" else "whole"
    column = Column(name_of(field), shorten(label), kind, _codes(field, lang), reasons=True)
    return Variable(column, lambda row: _number(answers(row).get(field.id)))


def _codes(field: Field, lang: str) -> dict[int, str]:
    if field.codes is None:
        return {}
    offered = {code.value: code.label.get(lang) for code in field.codes.codes}
    gone = "codice ritirato" if lang == "it" else "withdrawn code"
    return {**offered, **{value: f"{gone} {value}" for value in field.codes.withdrawn}}


def _number(answer: Any) -> Cell:
    if isinstance(answer, Decimal):
        return float(answer)
    return answer if isinstance(answer, int | Missing) else None


def _words(answer: Any) -> str:
    """A text variable of Stata's has no missing value: a reason leaves it empty."""
    return answer if isinstance(answer, str) and not isinstance(answer, Missing) else ""


def _score(item: ScoreVariable, lang: str) -> Variable:
    codes = {value: label.get(lang) for value, label in (item.codes or {}).items()}
    column = Column(item.name, shorten(item.label.get(lang)), item.kind, codes)
    return Variable(column, lambda row: score_cell(row.visit.scores, item))


def _text(name: str, label: Label, lang: str, cell: Callable[[Any], str]) -> Variable:
    return Variable(Column(name, shorten(label.get(lang)), "text"), cell)


def _whole(
    name: str,
    label: Label,
    lang: str,
    cell: Callable[[Any], int | None],
    codes: Mapping[int, Label] | None = None,
) -> Variable:
    labels = {value: text.get(lang) for value, text in (codes or {}).items()}
    return Variable(Column(name, shorten(label.get(lang)), "whole", labels), cell)


def _serves(row: VisitRow) -> int:
    return UNSCHEDULED if row.serves is None else row.serves


def _since_dose(row: VisitRow) -> int | None:
    if row.visit.day is None or row.dose_day is None:
        return None
    return row.visit.day - row.dose_day
