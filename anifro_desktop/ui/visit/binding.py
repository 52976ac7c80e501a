"""The one thin object between a visit session and its screen.

Everything the screen does to answers goes through here; everything that changed comes out of here, once. It knows
no widget and keeps no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from anifro_desktop.forms.model import Field
from anifro_desktop.forms.session import Change, VisitSession
from anifro_desktop.forms.state import FieldState, Problem
from anifro_desktop.forms.wording import Wording
from anifro_desktop.record import Missing, Value
from anifro_desktop.ui import texts
from anifro_desktop.workflows.model import Place

if TYPE_CHECKING:
    from anifro_desktop.forms.screening import Tokens


class VisitBinding(QObject):
    """Acts on the session and tells what they changed."""

    changed = Signal(object, bool)  # a Change; True where fields are to show it even while being typed into
    entries_ready = Signal(object, object)  # tuple of Entry to save, and the Place it was done at
    read_only_changed = Signal(bool)  # answers can (no longer) be changed

    def __init__(
        self,
        session: VisitSession,
        read_only: bool = False,
        parent: QObject | None = None,
        wording: Wording | None = None,
    ) -> None:
        super().__init__(parent)
        self.wording = wording or Wording()
        self.session = session
        self.known: Tokens | None = None  # whom the screening of free texts knows
        self.read_only = read_only
        # How many steps of the session each act took: "all absent" over a form is one act.
        self._done: list[int] = []
        self._undone: list[int] = []
        session.lang = texts.language()

    def set_read_only(self, read_only: bool) -> None:
        """Allow or refuse changes from now on."""
        if read_only != self.read_only:
            self.read_only = read_only
            self.read_only_changed.emit(read_only)

    def field(self, field: str) -> Field:
        """The field, with the site's own wording where it has loaded one."""
        return self.wording.named(self.session.definitions.fields[field])

    def telling(self, state: FieldState) -> tuple[str, ...]:
        """What in a free text may tell who somebody is, by kind."""
        if state.field.type != "text" or not isinstance(state.value, str) or self.read_only:
            return ()
        from anifro_desktop.forms.screening import NOBODY, screen

        return screen(state.value, self.known or NOBODY).why

    def state(self, field: str) -> FieldState:
        """The field as it stands."""
        state = self.session.state(field)
        named = self.wording.named(state.field)
        return state if named is state.field else replace(state, field=named)

    def problem_text(self, problem: Problem) -> str:
        """What is wrong, in the language in use."""
        return self.session.problem_text(problem, texts.language())

    def type_text(self, field: str, text: str) -> None:
        """What was typed, as typed. The field being typed into is not rewritten by it."""
        self._do(field, lambda: self.session.set_text(field, text), force=False)

    def choose(self, field: str, value: Value) -> None:
        """Answer with a value; the value it has already is taken back, as the same key again clears."""
        if self.session.state(field).value == value:
            self.clear(field)
        else:
            self._do(field, lambda: self.session.set_value(field, value))

    def put(self, field: str, value: Value) -> None:
        """Answer with a value, also if it is the one it has."""
        self._do(field, lambda: self.session.set_value(field, value))

    def put_all(self, values: Mapping[str, Value | None]) -> None:
        """Answer several questions, or take their answers back (None), as one step."""
        session = self.session
        self._do_all(
            next(iter(values), ""),
            [
                partial(session.clear, field) if value is None else partial(session.set_value, field, value)
                for field, value in values.items()
            ],
        )

    def miss(self, field: str, reason: Missing) -> None:
        """Say why there is no value; the same reason again clears."""
        if self.session.state(field).value is reason:
            self.clear(field)
        else:
            self._do(field, lambda: self.session.set_missing(field, reason))

    def clear(self, field: str) -> None:
        """Take the answer back."""
        self._do(field, lambda: self.session.clear(field))

    def accept(self, field: str) -> None:
        """Take the suggested answer."""
        if self.session.state(field).suggestion is not None:
            self._do(field, lambda: self.session.accept_suggestion(field))

    def explain(self, field: str, reason: int, text: str) -> None:
        """Keep an answer against a check or a suggestion, with a reason."""
        self._do(field, lambda: self.session.explain(field, reason, text))

    def same_as_last(self, field: str) -> None:
        """Confirm the answer of the visit before as unchanged, where that is offered."""
        state = self.session.state(field)
        if state.previous is not None and state.field.carry:
            self._do(field, lambda: self.session.same_as_last(field))

    def same_form(self, form: str, field: str = "") -> None:
        """Confirm every open question of a form as unchanged, as one step."""
        session = self.session
        self._do_all(field, [partial(session.same_section, form, part) for part in self._parts(form)])

    def all_absent(self, form: str, field: str = "") -> None:
        """Answer every open present/absent question of a form with absent, as one step."""
        session = self.session
        self._do_all(field, [partial(session.all_absent, form, part) for part in self._parts(form)])

    def open_absent_count(self, form: str) -> int:
        """How many questions `all_absent` would answer."""
        return sum(self.session.open_absent_count(form, part) for part in self._parts(form))

    def _parts(self, form: str) -> list[str]:
        return [section.id for section in self.session.definitions.form(form).sections]

    def undo(self) -> str | None:
        """Take the last act back; a field it touched, to go to."""
        may = self.session.can_undo and not self.read_only
        return self._step(self.session.undo, self._done, self._undone) if may else None

    def redo(self) -> str | None:
        """Do again what was taken back; a field it touched, to go to."""
        may = self.session.can_redo and not self.read_only
        return self._step(self.session.redo, self._undone, self._done) if may else None

    def _step(self, act: Callable[[], Change | None], source: list[int], target: list[int]) -> str | None:
        size = source.pop() if source else 1
        change = _joined([act() or Change() for _ in range(size)])
        target.append(size)
        self._tell(change, "", force=True)
        touched = [name for name in self.session.definitions.fields if name in change.fields]
        return touched[0] if touched else None

    def _do(self, field: str, act: Callable[[], Change], force: bool = True) -> None:
        self._do_all(field, [act], force)

    def _do_all(self, field: str, acts: Sequence[Callable[[], Change]], force: bool = True) -> None:
        """Do all of these; to the user they are one step."""
        if self.read_only:
            return
        changes = [change for act in acts if (change := act())]
        if changes:
            self._done.append(len(changes))
            self._undone.clear()
            self._tell(_joined(changes), field, force)

    def _tell(self, change: Change, field: str, force: bool) -> None:
        self.changed.emit(change, force)
        self.entries_ready.emit(self.session.entries(change.fields), self.place(field))

    def place(self, field: str = "") -> Place:
        """Where somebody is who works at `field`."""
        form = self.session.definitions.fields[field].form if field else ""
        return Place(self.session.subject.code, self.session.visit.key, form, field)


def _joined(changes: Sequence[Change]) -> Change:
    """Several changes as one."""
    return Change(
        frozenset().union(*(change.fields for change in changes)),
        frozenset().union(*(change.visible for change in changes)),
        frozenset().union(*(change.redraw for change in changes)),
        frozenset().union(*(change.scores for change in changes)),
    )
