"""What stands under a key, in words of the definitions: `Month 6`, `Unscheduled 2`, of an event `Adverse event 3`."""

from __future__ import annotations

from anifro_desktop.forms.model import Definitions, Label
from anifro_desktop.study.schedule import EARLY, TIMETABLE, UNSCHEDULED
from anifro_desktop.study.visit_keys import event_number, is_event, kind_of

# The visits that can be made, and their codes in the list `planned_visit`: months, early termination, unscheduled.
VISIT_CODES = {visit.key: visit.months for visit in TIMETABLE} | {EARLY: 98, UNSCHEDULED: 99}


def entry_name(definitions: Definitions, key: str) -> Label:
    """The name of a visit, an event or a form of the subject, in both languages."""
    if is_event(key):
        return _numbered(definitions.event_form(key).label, event_number(key))
    kind = kind_of(key)
    if not kind:
        return definitions.form(key or "enrolment").label
    label = definitions.code_lists["planned_visit"].label(VISIT_CODES[kind])
    assert label is not None
    return _numbered(label, int(key[1:])) if kind == UNSCHEDULED and key != kind else label


def _numbered(label: Label, number: int) -> Label:
    return Label(f"{label.it} {number}", f"{label.en} {number}")
