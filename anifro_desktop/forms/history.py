"""Acts on a sheet that can be undone: each act is one step, over any number of fields.

After every step conditional and derived fields are worked out anew, and a reason given for a contradiction or an
unusual value falls where an answer it rests on has changed (as part of the same step, so that undo brings it back).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from anifro_desktop.forms.plan import Plan
from anifro_desktop.forms.sheet import Cell, Sheet
from anifro_desktop.record import Value

_Step = dict[str, tuple[Cell, Cell]]  # field: cell before and after


@dataclass(frozen=True, slots=True)
class Moved:
    """What a step did. fields: cells that differ; visible: shown or hidden; redraw: everything that may look
    different; answers: fields whose visible answer differs."""

    fields: frozenset[str]
    visible: frozenset[str]
    redraw: frozenset[str]
    answers: frozenset[str]

    def joined(self, other: Moved) -> Moved:
        """Both together."""
        return Moved(
            self.fields | other.fields,
            self.visible | other.visible,
            self.redraw | other.redraw,
            self.answers | other.answers,
        )


class History:
    """The steps of one session."""

    __slots__ = ("_done", "_plan", "_sheet", "_undone")

    def __init__(self, plan: Plan, sheet: Sheet) -> None:
        self._plan = plan
        self._sheet = sheet
        self._done: list[_Step] = []
        self._undone: list[_Step] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back last."""
        return bool(self._undone)

    def forget(self) -> None:
        """Begin anew: nothing can be taken back."""
        self._done.clear()
        self._undone.clear()

    def do(self, edit: Mapping[str, Cell]) -> Moved | None:
        """Put cells as one step; None if that changes nothing."""
        step: _Step = {}
        moved = self._put(edit, step)
        if not step:
            return None
        self._done.append(step)
        self._undone.clear()
        return moved

    def undo(self) -> Moved | None:
        """Take the last step back."""
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(step)
        return self._restore({field: before for field, (before, _) in step.items()})

    def redo(self) -> Moved | None:
        """Do again what was taken back last."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        return self._restore({field: after for field, (_, after) in step.items()})

    def extend(self, edit: Mapping[str, Cell]) -> Moved:
        """Add to the last step what only became visible through it."""
        return self._put(edit, self._done[-1])

    def _put(self, edit: Mapping[str, Cell], step: _Step) -> Moved:
        before = self._visible(edit)
        changed: set[str] = set()
        for field, cell in edit.items():
            changed |= self._write(field, cell, step)
        moved = self._settled(changed, before)
        fallen: set[str] = set()
        for field in {found for name in moved.answers for found in self._plan.looks.get(name, ())}:
            cell = self._sheet.cell(field)
            if field not in edit and cell.note is not None and cell.note.kind == "override":
                fallen |= self._write(field, replace(cell, note=None), step)
        return replace(moved, fields=moved.fields | fallen)

    def _write(self, field: str, cell: Cell, step: _Step) -> set[str]:
        old = self._sheet.cell(field)
        if old == cell:
            return set()
        step[field] = (step[field][0] if field in step else old, cell)
        self._sheet.write(field, cell)
        return {field}

    def _restore(self, cells: Mapping[str, Cell]) -> Moved:
        before = self._visible(cells)
        for field, cell in cells.items():
            self._sheet.write(field, cell)
        return self._settled(set(cells), before)

    def _visible(self, fields: Iterable[str]) -> dict[str, Value | None]:
        return {field: self._sheet.answers.get(field) for field in fields}

    def _settled(self, changed: set[str], before: Mapping[str, Value | None]) -> Moved:
        toggled, derived = self._sheet.refresh()
        answers = {field for field, old in before.items() if self._sheet.answers.get(field) != old}
        answers |= toggled | derived
        looks = {found for name in answers for found in self._plan.looks.get(name, ())}
        fields = changed | derived
        return Moved(
            frozenset(fields), frozenset(toggled), frozenset(fields | toggled | looks), frozenset(answers)
        )
