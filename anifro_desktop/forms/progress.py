"""How far a section is: its required questions that are asked now, and what needs attention."""

from __future__ import annotations

from collections.abc import Callable

from anifro_desktop.forms.model import Field, Form, Section
from anifro_desktop.forms.sheet import Sheet
from anifro_desktop.forms.state import Problem, SectionState, SectionStatus


def section_state(
    form: Form, section: Section, sheet: Sheet, problem: Callable[[str], Problem | None], optional: bool
) -> SectionState:
    """The state of one section. A missing reason answers a question; what the program computes is not counted.

    optional: nothing of the form is required at this visit.
    """
    visible = tuple(item for item in section.fields if item.id not in sheet.hidden)
    counted = tuple(item for item in visible if item.required and not item.computed and not optional)
    done = sum(item.id in sheet.answers for item in counted)
    unsettled = any(
        found is not None and not found.settled for found in (problem(item.id) for item in visible)
    )
    status = _status(counted or visible, visible, sheet)
    if unsettled:
        status = "attention"
    return SectionState(form.id, section, tuple(item.id for item in visible), done, len(counted), status)


def _status(needed: tuple[Field, ...], visible: tuple[Field, ...], sheet: Sheet) -> SectionStatus:
    if all(item.id in sheet.answers for item in needed):
        return "done"
    return "started" if any(item.id in sheet.answers for item in visible) else "open"
