"""Enrolling: consent first, eligibility one criterion per line, the identity typed once, and at the end the code.

The answers are a visit session like any other, saved as they are typed. Finishing signs the form: the patient is then
enrolled, or kept as a screening failure, and the code is shown large, to be written on the folder.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

from anifro_desktop.forms.state import Change
from anifro_desktop.identity import Identity
from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.enrol_end import FinishDialog
from anifro_desktop.ui.identity_card import IdentityCard
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.translation import clock
from anifro_desktop.ui.visit.autosave import Autosave, SaveState
from anifro_desktop.ui.visit.binding import VisitBinding
from anifro_desktop.ui.visit.dialogs import ReasonDialog
from anifro_desktop.ui.visit.form_view import FormView
from anifro_desktop.ui.visit.pages import pages
from anifro_desktop.ui.widgets import Badge, Card, LinkButton, PrimaryButton, Text
from anifro_desktop.ui.words import visit_state
from anifro_desktop.workflows.model import OpenVisit, PatientRow, Place

translate = QCoreApplication.translate


class EnrolPage(Page):
    """visit: the open enrolment. identity: what is known of the person. may_identify: whether this role may see it."""

    finished = Signal(object)  # the PatientRow, enrolled or not eligible
    same_person = Signal(str)  # subject that this person is known as

    def __init__(
        self,
        desk: Desk,
        visit: OpenVisit,
        identity: Identity | None,
        may_identify: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Enrolment"), visit.subject, parent)
        self._desk, self.visit = desk, visit
        self._field = visit.place.field
        read_only = visit.state not in ("draft", "amending")
        self.binding = VisitBinding(visit.session, read_only, self)
        self.autosave = Autosave(desk.tasks, self._save, self)
        self.binding.entries_ready.connect(self.autosave.put)
        self.binding.changed.connect(self._changed)
        self.autosave.state_changed.connect(self._show_save)
        self._make_header(read_only)
        self.form = FormView(self.binding, pages(visit.session)[0])
        self.form.keep_asked.connect(self._ask_reason)
        self.identity = IdentityCard(desk, visit.subject, identity)
        self.identity.set_read_only(read_only)
        self.identity.saved.connect(self._identity_saved)
        self.identity.same_person.connect(self.same_person)
        self.form.passed_end.connect(self.identity.surname.edit.setFocus)
        form_card = Card()
        form_card.body.setContentsMargins(theme.px(1), theme.px(8), theme.px(1), theme.px(8))
        form_card.body.addWidget(self.form)
        form_card.body.addStretch(1)
        direction = QBoxLayout.Direction
        columns = QBoxLayout(direction.LeftToRight if theme.scale() <= 1.25 else direction.TopToBottom)
        columns.setSpacing(theme.px(16))
        columns.addWidget(form_card, 5)
        columns.addWidget(self.identity, 3)
        self.body.addLayout(columns)
        self.identity.setVisible(may_identify)
        self.body.addStretch(1)
        QApplication.instance().focusChanged.connect(self._focus_changed)
        self._say_status()

    def _make_header(self, read_only: bool) -> None:
        self.badge = Badge(visit_state(self.visit.state), "warning" if not read_only else "success")
        self.saved = Text("", "hint", "muted")
        self.saved.setWordWrap(False)
        self.retry_link = LinkButton(self.tr("Try again"))
        self.retry_link.clicked.connect(self.autosave.retry)
        self.finish = PrimaryButton(self.tr("Finish the enrolment"))
        self.finish.clicked.connect(self.ask_to_finish)
        for part in (self.badge, self.saved, self.retry_link, self.finish):
            self.header.acts.addWidget(part)
        self.finish.setVisible(not read_only)
        self.retry_link.hide()

    # The life of the page

    def first_focus(self) -> None:
        fields = self.form.page.asked
        wanted = self.visit.place.field
        opened = next((one for one in fields if not self.visit.session.state(one).answered), None)
        target = wanted if wanted in fields else opened
        if target is not None:
            self.form.focus_field(target)
        elif not self.identity.isHidden():
            self.identity.surname.edit.setFocus()

    def settle(self, then: Callable[[], object], failed: Callable[[Exception], object]) -> None:
        """Give out what is being typed, and call `then` once all of it is on the disk."""
        self.form.commit()
        if self.autosave.state.kind == "failed" and self.autosave.state.error is not None:
            failed(self.autosave.state.error)
        else:
            self.autosave.settle(then)

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        row = self.form.focus_changed(now)
        if row is not None:
            self._field = row.field.id

    def place(self) -> Place:
        """Where somebody is, for the next time."""
        return self.binding.place(self._field)

    # Answers

    def _save(self, entries: Any, place: Any) -> Any:
        from anifro_desktop.workflows import visits

        return visits.save_draft(self._desk.site, self.visit, entries, place)

    def _changed(self, change: Change, force: bool) -> None:
        if change.visible:
            self.form.show_page(pages(self.visit.session)[0])
        self.form.redraw(change, force)
        self._say_status()

    def _show_save(self, state: SaveState) -> None:
        failed = state.kind == "failed"
        self.retry_link.setVisible(failed)
        self.saved.set_ink("danger" if failed else "muted")
        if state.kind == "saving":
            self.saved.setText(self.tr("Saving…"))
        elif state.kind == "saved" and state.when is not None:
            self.saved.setText(self.tr("Saved {time}").format(time=clock(state.when)))
        elif failed and state.error is not None:
            self.saved.setText(self.tr("Not saved"))
            self.banner.say(self.tr("The last answers are not saved"), sentence(state.error), tone="danger")

    def _say_status(self) -> None:
        outcome = self.visit.session.answers.get("screening_outcome")
        words = self.tr("criteria not all answered")
        if outcome in (1, 2):
            words = self.tr("all criteria met") if outcome == 1 else self.tr("a criterion is not met")
        self.header.line.setText(f"{self.visit.subject} · {words}")

    def _ask_reason(self, field: str) -> None:
        state = self.visit.session.state(field)
        if state.problem is None:
            return
        dialog = ReasonDialog(
            self.tr("Keep this answer"),
            self.binding.problem_text(state.problem),
            self.visit.session.definitions.code_lists["override_reason"],
            (self.tr("Keep it"), lambda reason, text: self.binding.explain(field, reason, text)),
            self,
        )
        dialog.open()

    # Identity, and the end

    def _identity_saved(self, identity: Identity) -> None:
        """The age follows from the birth date; the date itself stays in its own file."""
        self._desk.changed.emit()
        visit = self.visit

        def work() -> None:
            from anifro_desktop.workflows import patients

            patients.apply_age(visit, identity)

        self._desk.run(self, work, lambda _none: self._age_known(), self._refused)

    def _age_known(self) -> None:
        fields = frozenset(
            one for one in self.form.page.fields if self.visit.session.state(one).field.computed
        )
        self.autosave.put(self.visit.session.entries(fields), None)
        self.form.show_page(pages(self.visit.session)[0])
        self.form.redraw(Change(redraw=frozenset(self.form.page.fields)), True)
        self._say_status()
        self.finish.setFocus()

    def _refused(self, error: Exception) -> None:
        self.banner.say(sentence(error), tone="danger")

    def ask_to_finish(self) -> None:
        """Say what stands in the way, or ask for the passphrase that signs the enrolment."""
        self.form.commit()
        session = self.visit.session
        hard = [one for one in session.problems() if not one.settled and one.severity != "soft"]
        fields = self.form.page.asked
        unanswered = [
            one for one in fields if session.state(one).field.required and not session.state(one).answered
        ]
        if hard or unanswered:
            self._point_to((hard[0].field if hard else unanswered[0]), len(hard), len(unanswered))
            return
        self.banner.hide()
        outcome = session.answers.get("screening_outcome")
        self.dialog = FinishDialog(outcome == 2, self._finish, self)
        self.dialog.open()

    def _point_to(self, field: str, problems: int, unanswered: int) -> None:
        parts = []
        if problems:
            parts.append(self.tr("%n problem(s) to settle", "", problems))
        if unanswered:
            parts.append(self.tr("%n question(s) without an answer", "", unanswered))
        label = self.visit.session.definitions.fields[field].label.get(texts.language())
        act = (self.tr("Go to “{question}”").format(question=label), lambda: self.form.focus_field(field))
        self.banner.say(
            self.tr("The enrolment cannot be finished yet"), " · ".join(parts) + ".", (act,), tone="warning"
        )

    def _finish(self, passphrase: str) -> None:
        def sign() -> None:
            site, visit = self._desk.site, self.visit

            def work() -> PatientRow:
                from anifro_desktop.workflows import patients

                return patients.finish_enrolment(site, visit, passphrase)

            self._desk.run(self, work, self._is_finished, self._not_finished)

        self.settle(sign, self._not_finished)

    def _not_finished(self, error: Exception) -> None:
        if self.dialog.isVisible():
            self.dialog.say(sentence(error))
        else:
            self._refused(error)

    def _is_finished(self, row: PatientRow) -> None:
        self.dialog.accept()
        self._desk.changed.emit()
        self.finished.emit(row)
