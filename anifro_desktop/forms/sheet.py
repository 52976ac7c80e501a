"""The answers of one visit as they lie: cells by field, what is visible now, and the names conditions may read.

A hidden field is blank to everyone but keeps its cell, so that it comes back when its condition does. Derived fields
are written here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from anifro_desktop.forms.model import Field
from anifro_desktop.forms.plan import Plan, named
from anifro_desktop.record import Note, Value


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer with everything about it. raw_text: typed but not understood (then value is None)."""

    value: Value | None = None
    raw_text: str = ""
    note: Note | None = None


EMPTY = Cell()


class Sheet:
    """Cells, and what follows from them. answers: the visible ones; env: what conditions read; hidden: fields not
    asked now. All three are kept up to date by `refresh`, which works out again only what reads something that was
    written, shown, hidden or derived since it last did."""

    __slots__ = ("_due", "_plan", "_steps", "answers", "cells", "env", "hidden")

    def __init__(self, plan: Plan, facts: Mapping[str, Any]) -> None:
        self._plan = plan
        self.cells: dict[str, Cell] = {}
        self.answers: dict[str, Value] = {}
        self.env: dict[str, Any] = {name: fact for name, fact in facts.items() if fact is not None}
        self.hidden: set[str] = {item.id for item in plan.steps if item.show_if is not None}
        self._steps = tuple((item, named(item)) for item in plan.steps)
        self._due: set[str] = {item.id for item in plan.steps}

    def cell(self, field: str) -> Cell:
        """The cell of a field, hidden or not."""
        return self.cells.get(field, EMPTY)

    def write(self, field: str, cell: Cell) -> None:
        """Put a cell; `refresh` must follow before anything is read."""
        self._due.add(field)
        if cell == EMPTY:
            self.cells.pop(field, None)
        else:
            self.cells[field] = cell
        if field not in self.hidden:
            self._show(field, cell.value)

    def refresh(self) -> tuple[set[str], set[str]]:
        """Work out derived and hidden fields; those shown or hidden by it, and derived fields that changed."""
        toggled: set[str] = set()
        derived: set[str] = set()
        due = self._due
        for item, names in self._steps:
            if names.isdisjoint(due):
                continue
            if item.derive and self._derive(item):
                derived.add(item.id)
            if item.show_if is not None and self._toggle(item):
                toggled.add(item.id)
                due.add(item.id)
        self._due = set()
        for name, quantity in self._plan.quantities.items():
            value = quantity.value(self.env)
            if name not in self.env or self.env[name] != value:
                self.env[name] = value
                self._due.add(name)
        return toggled, derived

    def _derive(self, item: Field) -> bool:
        value = next((rule.value for rule in item.derive if rule.when.test(self.env)), None)
        old = self.cell(item.id)
        if value == old.value:
            return False
        self.write(item.id, replace(old, value=value))
        return True

    def _toggle(self, item: Field) -> bool:
        condition = item.show_if
        assert condition is not None
        cell = self.cells.get(item.id)
        value = None if cell is None else cell.value
        if item.id in condition.names:  # it asks for itself: the remembered value is meant
            self._show(item.id, value)
        visible = condition.test(self.env) is True
        self._show(item.id, value if visible else None)
        if visible is (item.id not in self.hidden):
            return False
        if visible:
            self.hidden.discard(item.id)
        else:
            self.hidden.add(item.id)
        return True

    def _show(self, field: str, value: Value | None) -> None:
        if value is None:
            self.answers.pop(field, None)
            self.env.pop(field, None)
        else:
            self.answers[field] = self.env[field] = value
