"""One hand-over of a visit page: begun once all is saved, ended by the passphrase, back at the question asked last."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from anifro_desktop.forms.model import Form
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.handover.view import HandOver
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.visit.autosave import SaveState

if TYPE_CHECKING:
    from anifro_desktop.ui.visit.page import VisitPage


class Handing(QObject):
    """Belongs to one page; `view` is what the patient sees, while the computer is in the patient's hands."""

    begun = Signal(object)  # a HandOver: show it alone
    ended = Signal()  # show the page again

    def __init__(self, desk: Desk, page: VisitPage) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.view: HandOver | None = None

    def begin(self, forms: Sequence[Form]) -> None:
        """Hand these forms over once all that was typed is on the disk."""
        self._page.settle(partial(self._note, tuple(forms)), self._desk.refused.emit)

    def _note(self, forms: tuple[Form, ...]) -> None:
        site, visit = self._desk.site, self._page.visit

        def work() -> None:
            from anifro_desktop.workflows import handing

            handing.hand_over(site, visit, [form.id for form in forms])

        self._desk.run(self, work, lambda _: self._show(forms))

    def _show(self, forms: tuple[Form, ...]) -> None:
        view = HandOver(self._page.view.binding, forms)
        view.question_changed.connect(self._follow)
        view.passphrase_given.connect(self._take_back)
        self.view = view
        self.begun.emit(view)
        view.begin()

    def _follow(self, field: str) -> None:
        """The place of the visit is the question that is asked: for a lock, and for the way back."""
        self._page.view.field = field

    def _take_back(self, passphrase: str) -> None:
        site, visit = self._desk.site, self._page.visit

        def work() -> None:
            from anifro_desktop.workflows import handing

            handing.take_back(site, visit, passphrase)

        self._desk.run(self, work, lambda _: self._end(), self._refused)

    def _end(self) -> None:
        self.view = None
        self.ended.emit()
        self._page.first_focus()

    def _refused(self, error: Exception) -> None:
        if self.view is not None:
            self.view.refused(sentence(error))

    # What the page tells

    def flush(self) -> None:
        """Give out what is still being typed."""
        if self.view is not None:
            self.view.flush()

    def set_save_state(self, state: SaveState) -> None:
        """Say how saving goes."""
        if self.view is not None:
            self.view.set_save_state(state)
