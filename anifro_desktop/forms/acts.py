"""What an act over a whole section would answer: "all remaining absent" and "same as last visit".

Both answer open questions only: asked now, without an answer and without anything typed.
"""

from __future__ import annotations

from collections.abc import Iterable

from anifro_desktop.forms.errors import UnknownField
from anifro_desktop.forms.judging import Judge
from anifro_desktop.forms.model import Field, Form
from anifro_desktop.forms.sheet import EMPTY, Cell, Sheet
from anifro_desktop.forms.state import PastVisit
from anifro_desktop.record import Missing, Note

_PRESENT = 1


def section_fields(forms: Iterable[Form], form_id: str, section_id: str) -> tuple[Field, ...]:
    """The fields of one section.

    Raises:
        UnknownField: there is no such section.
    """
    for form in forms:
        for section in form.sections:
            if (form.id, section.id) == (form_id, section_id):
                return section.fields
    raise UnknownField(f"{form_id}/{section_id}")


def all_absent(fields: Iterable[Field], sheet: Sheet, judge: Judge) -> dict[str, Cell]:
    """Absent for every open question whose list has such a code and for which nothing suggests that it is present."""
    note = Note("all_absent")
    return {
        item.id: Cell(item.codes.absent, "", note)
        for item in fields
        if item.codes is not None
        and item.codes.absent is not None
        and not item.computed
        and _is_open(item, sheet)
        and judge.suggested(item.id) != _PRESENT
    }


def unchanged(item: Field, previous: PastVisit | None) -> Cell | None:
    """The answer of the visit before, confirmed; None where that is not offered (`Field.carry`) or there is none."""
    past = previous.answers.get(item.id) if previous is not None else None
    if not item.carry or past is None or isinstance(past, Missing):
        return None
    return Cell(past, "", Note("unchanged"))


def all_unchanged(fields: Iterable[Field], sheet: Sheet, previous: PastVisit | None) -> dict[str, Cell]:
    """The same for every open question."""
    found = {item.id: unchanged(item, previous) for item in fields if _is_open(item, sheet)}
    return {name: cell for name, cell in found.items() if cell is not None}


def _is_open(item: Field, sheet: Sheet) -> bool:
    return item.id not in sheet.hidden and sheet.cell(item.id) == EMPTY
