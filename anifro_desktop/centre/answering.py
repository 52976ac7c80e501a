"""Answers as they travelled, typed by the definitions of their fields.

Rules kept here:
- A date is a whole number of days since enrolment. One known to its month or year only travelled as calendar months or
  years from that of enrolment, and stays so (`Apart`): no day is made up for it.
- What these definitions do not know is passed over and stays stored; a record of these very definitions with anything
  in it that they do not allow is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from anifro_desktop.forms.model import Definitions, Field
from anifro_desktop.forms.types import DATED, TYPES
from anifro_desktop.record import Missing, Revision

PARTIAL = "partial_date"
# The calendar of the forms has 300 years; no honest difference is longer.
_MOST_YEARS = 300
_MOST = {"days": _MOST_YEARS * 366, "months": _MOST_YEARS * 12, "years": _MOST_YEARS}


@dataclass(frozen=True, slots=True)
class Apart:
    """A date of which the day is not known: calendar months from that of enrolment, or years; the other is None."""

    months: int | None = None
    years: int | None = None


class BadAnswer(ValueError):
    """A value that its field cannot hold; names the field, never the value."""


def typed(field: Field, value: Any) -> Any:
    """The answer of a field from the JSON in which it travelled; None for "not answered".

    A date or moment is a day, an int; a partial date a day or an `Apart`.

    Raises:
        BadAnswer: the JSON is not what this field's type travels as.
    """
    try:
        if isinstance(value, dict):
            return _of_object(field, value)
        if field.codes is not None and type(value) is int and field.codes.label(value) is not None:
            return value  # first: most answers
        if value is None:
            return None
        if field.type in DATED:
            return _count(field, "days", value)
        return TYPES[field.type].from_json(value, field)
    except ValueError as error:
        raise BadAnswer(field.id) from error


def _of_object(field: Field, value: Mapping[str, Any]) -> Missing | Apart:
    if set(value) == {"missing"}:
        return Missing(str(value["missing"]))
    if field.type == PARTIAL and len(value) == 1:
        ((unit, number),) = value.items()
        if unit in ("months", "years"):
            return Apart(**{unit: _count(field, unit, number)})
    _bad(field)


def _count(field: Field, unit: str, value: Any) -> int:
    return value if type(value) is int and abs(value) <= _MOST[unit] else _bad(field)


def _bad(field: Field) -> NoReturn:
    raise BadAnswer(field.id)


def answers_of(revision: Revision, definitions: Definitions) -> dict[str, Any]:
    """The typed answers of one revision.

    What these definitions do not know, or cannot read because the record follows newer ones, is passed over:
    it stays stored, and re-scoring says that the visit cannot be verified. Records of these definitions were
    checked before.
    """
    answers = {}
    for name, value in revision.values.items():
        field = definitions.fields.get(name)
        if field is None:
            continue
        try:
            answer = typed(field, value)
        except BadAnswer:
            continue
        if answer is not None:
            answers[field.id] = answer  # its own name, and not that of each record: the subjects share it
    return answers


def check_answers(revision: Revision, definitions: Definitions) -> None:
    """Refuse a revision of these definitions with anything in it that they do not allow.

    Raises:
        BadAnswer: an unknown field, a field of another form, one that may not leave a site, or a value its
        field cannot hold.
    """
    for name, value in revision.values.items():
        field = definitions.fields.get(name)
        if field is None or field.form != revision.form or not field.export:
            raise BadAnswer(name if field is not None else "")
        typed(field, value)
