"""A visit within the program: the view being filled, saved as it is typed, then the review and the signature.

The view and the review know no workflow; what they ask for is done here, on the worker, and told back to them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from anifro_desktop.forms.state import Entry
from anifro_desktop.study.visit_keys import is_event, key_before
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.handover.handing import Handing
from anifro_desktop.ui.messages import Dialog, sentence
from anifro_desktop.ui.review import Asked, ReviewPage
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.autosave import Autosave, SaveState
from anifro_desktop.ui.visit.said_at import SaidAt
from anifro_desktop.ui.visit.view import VisitView
from anifro_desktop.ui.widgets import Banner
from anifro_desktop.workflows.model import OpenVisit, Place, Saved

_TRAIL = 200  # entries of a record that the review shows; the audit page has all


class VisitPage(QWidget):
    """What the shell shows for an open visit."""

    back_wanted = Signal()  # to the page before
    event_wanted = Signal()  # add an event of this patient, then come back here
    mistake_wanted = Signal()  # this should not be here
    erase_wanted = Signal(str)  # an identity was typed into this question
    again_wanted = Signal()  # open this record anew, as it stands now
    older = Signal(object)  # amended, and of an older version of the forms: the `Move` to the one in use

    def __init__(self, desk: Desk, visit: OpenVisit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self.visit = desk, visit
        self.banner = Banner(parent=self)
        self.autosave = Autosave(desk.tasks, self._save, self)
        self.view = VisitView(
            visit.session,
            visit.state,
            visit.place,
            visit.recovered,
            wording=desk.site.wording,
            monitor=desk.site.may("monitor"),
            known=desk.site.known,
        )
        self.said = SaidAt(desk, self)
        self.handing = Handing(desk, self)
        self.view.hand_over_asked.connect(self.handing.begin)
        self.view.entries_ready.connect(self.autosave.put)
        self.view.retry_asked.connect(self.autosave.retry)
        self.view.review_asked.connect(self.show_review)
        self.view.amend_asked.connect(self._amend)
        self.view.beside_asked.connect(self._beside)
        self.view.mistake_asked.connect(self._mistake)
        self.view.back_asked.connect(self.back_wanted)
        self.view.history_asked.connect(self._ask_history)
        self.view.asked_wanted.connect(self.said.show)
        self.view.source_asked.connect(self.said.mark)
        self.autosave.state_changed.connect(self._save_state)
        self.review: ReviewPage | None = None
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.view)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.banner)
        box.addWidget(self._stack, 1)

    # What the shell asks

    def refresh(self) -> None:
        """The session is what holds; what others said of it may be new."""
        self.said.refresh()

    def first_focus(self) -> None:
        """Put the focus where work goes on."""
        if self.review is not None:
            self.review.first_focus()
        else:
            self.view.first_focus()

    def place(self) -> Place:
        """Where somebody is, for the next time."""
        return self.visit.place if self.visit.state == "void" else self.view.place

    def _beside(self) -> None:
        if self.visit.state != "void":
            self.event_wanted.emit()

    def _mistake(self) -> None:
        if self.visit.state != "void":
            self.mistake_wanted.emit()

    def go_to_field(self, field: str) -> None:
        """Show a question, from the review too."""
        self.close_review()
        self.view.go.to_field(field)

    def settle(self, then: Callable[[], object], failed: Callable[[Exception], object]) -> None:
        """Give out what is being typed; call `then` once all of it is on the disk, `failed` where it cannot be."""
        self.handing.flush()
        self.view.flush()
        if self.autosave.state.kind == "failed" and self.autosave.state.error is not None:
            failed(self.autosave.state.error)
        else:
            self.autosave.settle(then)

    # Saving

    def _save(self, entries: tuple[Entry, ...], place: Place | None) -> Saved:
        from anifro_desktop.workflows import visits

        return visits.save_draft(self._desk.site, self.visit, entries, place)

    def _save_state(self, state: SaveState) -> None:
        self.view.set_save_state(state)
        self.handing.set_save_state(state)
        if state.kind == "saved":
            self._desk.changed.emit()

    def _ask_history(self, field: str) -> None:
        """Every value of a question, once what was just typed is among them."""
        site, visit = self._desk.site, self.visit

        def read() -> Any:
            from anifro_desktop.workflows.audit import item

            return item.history(site, visit.subject, key_before(visit.key), field)

        erase = partial(self.erase_wanted.emit, field) if site.may("site_admin") else None

        def show(history: Any) -> None:
            self.view.prompts.history(history, erase)

        self.settle(lambda: self._desk.run(self, read, show, self._refused), self._refused)

    # Review, signature, amendment

    def show_review(self) -> None:
        """Show the review once everything is saved, with what changed since an earlier signature."""
        site, visit = self._desk.site, self.visit

        def read() -> tuple[Any, bool]:
            from anifro_desktop.workflows import signing

            return signing.standings(site, visit), signing.needs_code(site)

        self.settle(
            lambda: self._desk.run(self, read, lambda found: self._open_review(*found), self._refused),
            self._refused,
        )

    def _open_review(self, standings: Any, asks_code: bool) -> None:
        self.close_review()
        person, state = self._desk.site.person, self.visit.state
        review = ReviewPage(self.visit.session, person, state, standings, asks_code)
        review.go_to.connect(self.go_to_field)
        review.back_asked.connect(self._back)
        review.sign_asked.connect(self._sign)
        review.complete_asked.connect(self._complete)
        review.give_up_asked.connect(self._ask_to_give_up)
        review.audit_asked.connect(self._ask_trail)
        self.review = review
        self._stack.addWidget(review)
        self._stack.setCurrentWidget(review)
        review.first_focus()

    def close_review(self) -> None:
        """Back to the questions."""
        if self.review is not None:
            self._stack.setCurrentWidget(self.view)
            self._stack.removeWidget(self.review)
            self.review.deleteLater()
            self.review = None

    def _back(self) -> None:
        self.close_review()
        self.view.first_focus()

    def _sign(self, asked: Asked) -> None:
        def work() -> Saved:
            from anifro_desktop.workflows import visits

            site, visit = self._desk.site, self.visit
            return visits.sign(
                site, visit, asked.meaning, asked.passphrase, person=asked.person, form=asked.form
            )

        self._desk.run(self, work, self._finished, self._review_refused)

    def _complete(self) -> None:
        def work() -> Saved:
            from anifro_desktop.workflows import visits

            return visits.complete(self._desk.site, self.visit)

        self._desk.run(self, work, self._finished, self._review_refused)

    def _ask_to_give_up(self) -> None:
        """Ask once: what was typed leaves the record, though not the audit trail."""
        dialog = Dialog(
            translate("Visit", "Give up this amendment?"),
            translate(
                "Visit",
                "The record stands again as it was completed, and signed if it was. What was typed in the "
                "amendment is no answer any more; it stays in the audit trail.",
            ),
            self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        stay = dialog.add_act(translate("Visit", "Go back"), main=True)
        dialog.add_act(translate("Visit", "Give it up"), self._give_up)
        dialog.open()
        stay.setFocus()

    def _give_up(self) -> None:
        def work() -> Saved:
            from anifro_desktop.workflows import visits

            return visits.give_up(self._desk.site, self.visit)

        def given_up(_saved: Saved) -> None:
            self._desk.changed.emit()
            self.again_wanted.emit()

        self._desk.run(self, work, given_up, self._review_refused)

    def _ask_trail(self) -> None:
        """The entries of the audit trail about this record, in a dialog over the review."""
        site, visit = self._desk.site, self.visit

        def read() -> Any:
            from anifro_desktop.workflows.audit import finding
            from anifro_desktop.workflows.audit.model import Filter

            found = finding.find(site, Filter(subject=visit.subject, visit=key_before(visit.key)))
            return finding.lines(site, found[:_TRAIL]), len(found)

        def show(found: Any) -> None:
            from anifro_desktop.ui.audit.of_record import show_trail

            show_trail(self, *found)

        self._desk.run(self, read, show, self._review_refused)

    def _finished(self, _saved: Saved) -> None:
        """Completed or signed: shown as such, to be read. After an event the next wish is mostly to go back."""
        self.close_review()
        self.view.set_visit_state(self.visit.state)
        if is_event(self.visit.key):
            self.view.header.back_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.view.first_focus()
        self._desk.changed.emit()
        self.said.refresh()

    def _review_refused(self, error: Exception) -> None:
        if self.review is None:
            self._refused(error)
            return
        self.review.refused(error)

    def _amend(self, reason: int, text: str) -> None:
        def work() -> tuple[Saved, Any]:
            from anifro_desktop.workflows import moving, visits

            saved = visits.amend(self._desk.site, self.visit, reason, text)
            return saved, moving.preview(self._desk.site, self.visit)

        def amended(answer: tuple[Saved, Any]) -> None:
            self._amended(answer[0])
            if answer[1] is not None:
                self.older.emit(answer[1])

        self._desk.run(self, work, amended, self._refused)

    def _amended(self, _saved: Any) -> None:
        self.view.set_visit_state(self.visit.state)
        self.view.first_focus()
        self._desk.changed.emit()
        self.said.refresh()

    def _refused(self, error: Exception) -> None:
        self.banner.say(sentence(error), tone="danger")
