"""A visit being filled: sections left, questions in the middle, live scores right, a header above.

It puts the parts together and owns focus and shortcuts; what answers mean is the session's. Everything it shows can
be made anew from the session, which happens when the language or the text size changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from anifro_desktop.forms.session import VisitSession
from anifro_desktop.forms.state import Change
from anifro_desktop.forms.wording import Wording
from anifro_desktop.study.visit_keys import is_visit
from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.visit.autosave import SaveState
from anifro_desktop.ui.visit.binding import VisitBinding
from anifro_desktop.ui.visit.body import VisitBody
from anifro_desktop.ui.visit.header import VisitHeader
from anifro_desktop.ui.visit.keys import acts
from anifro_desktop.ui.visit.navigation import Navigator
from anifro_desktop.ui.visit.pages import pages
from anifro_desktop.ui.visit.prompts import Prompts
from anifro_desktop.ui.visit.said_line import Said
from anifro_desktop.ui.visit.status import StatusLine, VisitBanner
from anifro_desktop.workflows.model import Place, Recovered

if TYPE_CHECKING:
    from anifro_desktop.forms.screening import Tokens


class VisitView(QWidget):
    """A visit (or, with the subject's forms, the enrolment) being filled.

    Args:
        state: `draft`, `complete`, `signed`, `amending`, `void`; complete and signed ones can only be read until
            amended, a void one can only be read.
        place: where it was left. recovered: what was found after a crash, said once. wording: of questionnaires.
        monitor: the person may verify it with its source.
    """

    entries_ready = Signal(object, object)  # tuple of Entry to save, and the Place it was done at
    review_asked = Signal()  # all typing is given out: show the review
    amend_asked = Signal(int, str)  # reason code and words
    retry_asked = Signal()  # try the failed save again
    place_changed = Signal(object)  # Place the focus is at now
    hand_over_asked = Signal(object)  # tuple of Form: the patient is to answer these alone
    beside_asked = Signal()  # to what is filled beside this: an event, or the identity of an enrolment
    mistake_asked = Signal()  # it should not be here
    back_asked = Signal()  # to the page before
    history_asked = Signal(str)  # every value that this question had
    asked_wanted = Signal(str, str)  # field and form (one may be empty): show what the centre asks about it
    source_asked = Signal(str, str)  # form and field: mark it as verified with its source, or take that back

    def __init__(
        self,
        session: VisitSession,
        state: str = "draft",
        place: Place | None = None,
        recovered: Recovered | None = None,
        parent: QWidget | None = None,
        wording: Wording | None = None,
        monitor: bool = False,
        known: Tokens | None = None,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.visit_state = state
        self.binding = VisitBinding(session, _closed(state), self, wording)
        self.binding.known = known
        self.binding.changed.connect(self._changed)
        self.binding.entries_ready.connect(self.entries_ready)
        self.binding.read_only_changed.connect(self._read_only_changed)
        self.field = place.field if place is not None else ""
        self._save_state = SaveState()
        self._recovered = recovered
        self.monitor = monitor
        self._told: tuple[Any, Any] = ({}, {})
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self.go = Navigator(self)
        self.prompts = Prompts(self)
        self._parts: list[QWidget] = []
        self._build()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)
        theme.signals().changed.connect(self._look_changed)
        self._stale = False

    # Building

    def _build(self) -> None:
        self.menu = QMenu(self)
        self._make_actions()
        found = pages(self.session)
        self.header = VisitHeader(self.session, self.visit_state, self.menu, self)
        self.header.undo.connect(partial(self.act, "undo"))
        self.header.review.connect(partial(self.act, "review"))
        self.header.beside.connect(partial(self.act, "beside"))
        self.header.back.connect(partial(self.act, "back"))
        self.header.retry.connect(self.retry_asked)
        self.header.set_saving(self._save_state)
        self.banner = VisitBanner(self)
        self.banner.amend.connect(self.prompts.amend)
        self.body = VisitBody(self.binding, found, self)
        self.body.form_asked.connect(self.go.open_form)
        self.body.step_asked.connect(self.go.step_form)
        self.body.field_asked.connect(self.go.to_field)
        self.body.end_reached.connect(self.go.past_end)
        self.body.keep_asked.connect(self.prompts.keep)
        self.body.asked_wanted.connect(lambda field: self.asked_wanted.emit(field, ""))
        self.body.head.asked_wanted.connect(lambda: self.asked_wanted.emit("", self.body.form))
        self.body.head.source_wanted.connect(partial(self.act, "source"))
        self.body.head.all_absent.connect(partial(self.act, "all_absent"))
        self.body.head.same.connect(partial(self.act, "same_section"))
        self.body.head.hand_over.connect(partial(self.act, "hand_over"))
        self.status = StatusLine(self)
        self._parts = [self.header, self.banner, self.body, self.status]
        for part in self._parts:
            self._box.addWidget(part, 1 if part is self.body else 0)
        self.body.show_form(self.go.form_of(self.field) or found[0].form.id)
        self.body.show_said(*self._told, self.monitor)
        self._show_state()

    def retranslate(self) -> None:
        """Say everything again, in the language and at the size in force; the focus stays at its question."""
        self.flush()
        self.session.lang = texts.language()
        field, form, focused = self.field, self.body.form, self.focusWidget() is not None
        for part in (*self._parts, self.menu):
            self._box.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._build()
        self.body.show_form(form)
        if focused and field and self.isVisible():
            self.go.to_field(field)

    def _look_changed(self) -> None:
        """Made anew at once while it is seen, else when it is next shown."""
        self._stale = not self.isVisible()
        if not self._stale:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.retranslate()

    def _make_actions(self) -> None:
        for old in self.actions():
            self.removeAction(old)
            old.deleteLater()
        for entry in acts(enrolment=not self.session.visit.key, monitor=self.monitor):
            action = QAction(entry.text, self)
            action.setShortcuts([QKeySequence(keys) for keys in entry.keys])
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(partial(self._triggered, entry.id))
            self.addAction(action)
            self.menu.addAction(action)

    def _triggered(self, act: str, _checked: bool = False) -> None:
        self.act(act)

    def _show_state(self) -> None:
        self.header.set_state(self.visit_state)
        self.header.set_undo(self.session.can_undo and not self.binding.read_only)
        self.banner.show_state(self.visit_state, self._recovered, is_visit(self.session.visit.key))
        self.status.show_session(self.session)
        self.body.refresh_progress()

    def _read_only_changed(self, read_only: bool) -> None:
        for view in self.body.views.values():
            view.set_read_only(read_only)

    # What the shell tells

    def set_save_state(self, state: SaveState) -> None:
        """Say how saving goes (connect `Autosave.state_changed`)."""
        self._save_state = state
        self.header.set_saving(state)

    def set_visit_state(self, state: str) -> None:
        """The visit was completed, signed, or opened for amendment."""
        self.visit_state = state
        self.binding.set_read_only(_closed(state))
        self._show_state()

    def show_said(self, said: Mapping[str, Said], of_forms: Mapping[str, tuple[str, str]]) -> None:
        """What others said about questions and forms: see `VisitBody.show_said`."""
        self._told = (said, of_forms)
        self.body.show_said(said, of_forms, self.monitor)

    def flush(self) -> None:
        """Give out what is still being typed (before a lock, a review, the end)."""
        for view in self.body.views.values():
            view.commit()

    def first_focus(self) -> None:
        """Put the focus where it was left, else on the first open question of the form on show."""
        if not (self.field and self.go.to_field(self.field)):
            self.go.open_form(self.body.form)

    @property
    def place(self) -> Place:
        """Where the focus is, or was last."""
        return self.binding.place(self.field)

    # What happens

    def act(self, act: str) -> None:
        """Do one of the acts of `keys.acts`."""
        field = self.field
        doing: dict[str, Callable[[], object]] = {
            "next_open": self.go.next_open,
            "next_section": partial(self.go.step_form, 1),
            "previous_section": partial(self.go.step_form, -1),
            "all_absent": self.prompts.all_absent,
            "same_item": partial(self._at_field, self.binding.same_as_last),
            "same_section": partial(self._same_section, field),
            "missing": self._ask_missing,
            "accept": partial(self._at_field, self.binding.accept),
            "keep": partial(self._at_field, self.prompts.keep),
            "definition": partial(self._at_field, self.prompts.definition),
            "history": partial(self._at_field, self.history_asked.emit),
            "asked": self._ask_about,
            "source": lambda: self.source_asked.emit(self.body.form, ""),
            "source_item": partial(
                self._at_field, lambda field: self.source_asked.emit(self.body.form, field)
            ),
            "hand_over": self.prompts.hand_over,
            "switch": self.go.switch_part,
            "map": self._switch_map,
            "undo": partial(self._back_to, self.binding.undo),
            "redo": partial(self._back_to, self.binding.redo),
            "review": self._review,
            "beside": self.beside_asked.emit,
            "mistake": self.mistake_asked.emit,
            "back": self.back_asked.emit,
            "sheet": self.prompts.keys,
        }
        doing[act]()

    def _at_field(self, act: Callable[[str], object]) -> None:
        self.flush()
        if self.field:
            act(self.field)

    def _ask_about(self) -> None:
        """What the centre asks about this question; else to the next question that it asks about."""
        self.flush()
        asked = [field for page in self.body.pages for field in page.asked if self._is_asked(field)]
        if self._is_asked(self.field):
            self.asked_wanted.emit(self.field, "")
        elif asked:
            order = [field for page in self.body.pages for field in page.asked]
            at = order.index(self.field) if self.field in order else -1
            self.go.to_field(next((field for field in asked if order.index(field) > at), asked[0]))
        elif self._told[1].get(self.body.form, ("", ""))[0]:
            self.asked_wanted.emit("", self.body.form)

    def _is_asked(self, field: str) -> bool:
        return field in self._told[0] and bool(self._told[0][field].asked)

    def _same_section(self, field: str) -> None:
        """What it answers may take the question away that the focus was in."""
        self.binding.same_form(self.body.form, field)
        if field and self.go.form_of(field) is None:
            self.go.open_form(self.body.form)

    def _back_to(self, act: Callable[[], str | None]) -> None:
        self.flush()
        if touched := act():
            self.go.to_field(touched)

    def _ask_missing(self) -> None:
        row = self.body.view.rows.get(self.field)
        if row is not None and not self.binding.read_only:
            row.editor.ask_reason()

    def _switch_map(self) -> None:
        """Map or table; the focus stays at its question."""
        self.flush()
        self.body.view.maps.toggle()
        if self.field:
            self.go.to_field(self.field)

    def _review(self) -> None:
        self.flush()
        self.review_asked.emit()

    def _changed(self, change: Change, force: bool) -> None:
        self.body.show_change(change, force)
        if not self.session.visit.key:
            self.header.show_line()
        self.header.set_undo(self.session.can_undo)
        self.status.show_session(self.session)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.status.setVisible(self.height() >= theme.px(560))

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.isAncestorOf(now):
            return
        row = self.body.view.focus_changed(now)
        if row is None:
            self.body.keep_in_sight(now)
            return
        self.body.keep_in_sight(row)
        if row.field.id != self.field:
            self.field = row.field.id
            self.place_changed.emit(self.place)


def _closed(state: str) -> bool:
    return state not in ("draft", "amending")
