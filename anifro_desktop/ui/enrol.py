"""Enrolling: consent first, eligibility one criterion per line with the classification criteria beside, the identity
typed once, and at the end the code.

The answers are a session like that of any visit, with the same keys, saved as they are typed; the three sets of
classification criteria are worked out in the panel. Finishing signs the form: the patient is then enrolled, or kept as
a screening failure. Only the questions of the enrolment itself have to be answered; criteria may stay open.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from anifro_desktop.forms.model import Field
from anifro_desktop.forms.session import VisitSession
from anifro_desktop.forms.state import Change
from anifro_desktop.identity import Identity
from anifro_desktop.ui import texts
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.enrol_end import FinishDialog
from anifro_desktop.ui.enrol_identity import IdentityStep
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.page import VisitPage
from anifro_desktop.workflows.model import OpenVisit, PatientRow, Saved

FORM = "enrolment"


class EnrolPage(VisitPage):
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
        super().__init__(desk, visit, parent)
        self.setAccessibleName(translate("Enrolment", "Enrolment"))
        self._known, self._may_identify = identity is not None, may_identify
        self.step = IdentityStep(desk, visit.subject, identity)
        self.identity, self.finish = self.step.card, self.step.finish
        self.step.finish.clicked.connect(self.ask_to_finish)
        self.step.back_wanted.connect(self._to_questions)
        self.identity.saved.connect(self._identity_saved)
        self.identity.same_person.connect(self.same_person)
        self._stack.addWidget(self.step)
        self._take_state()

    def _take_state(self) -> None:
        """Whether something may be changed, here and at the identity."""
        self.step.set_read_only(self.visit.state not in ("draft", "amending"))

    # The identity

    def first_focus(self) -> None:
        if self._stack.currentWidget() is self.step:
            self.step.first_focus()
        else:
            self.view.first_focus()

    def _beside(self) -> None:
        """The identity, where this role may see it."""
        if self._may_identify:
            self.banner.hide()
            self.step.set_line(self.view.header.line.text())
            self._stack.setCurrentWidget(self.step)
            self.step.first_focus()

    def _to_questions(self) -> None:
        self._stack.setCurrentWidget(self.view)
        self.view.first_focus()

    def go_to_field(self, field: str) -> None:
        self._stack.setCurrentWidget(self.view)
        self.view.go.to_field(field)

    def _identity_saved(self, identity: Identity) -> None:
        """The age follows from the birth date; the date itself stays in its own file."""
        self._known = True
        self._desk.changed.emit()
        visit = self.visit

        def work() -> None:
            from anifro_desktop.workflows import patients

            patients.apply_age(visit, identity)

        self._desk.run(self, work, lambda _none: self._age_known(), self._refused)

    def _age_known(self) -> None:
        """What follows from the age is shown and saved as if it had been typed."""
        session = self.visit.session
        fields = [field for form in session.forms for field in form.fields]
        worked_out = frozenset(field.id for field in fields if not _is_asked(field))
        self.autosave.put(session.entries(worked_out), None)
        every = frozenset(field.id for field in fields)
        self.view.binding.changed.emit(Change(redraw=every, visible=every), True)
        self.step.set_line(self.view.header.line.text())
        self.finish.setFocus()

    # The end

    def show_review(self) -> None:
        """There is no review: from the last question on to the identity, and from there to the signature."""
        if self._may_identify and not self._known:
            self._beside()
        else:
            self.ask_to_finish()

    def ask_to_finish(self) -> None:
        """Say what stands in the way, or ask for the passphrase that signs the enrolment."""
        self.view.flush()
        hard, unanswered = _in_the_way(self.visit.session)
        if hard or unanswered:
            self._point_to((*hard, *unanswered)[0], len(hard), len(unanswered))
            return
        if self._may_identify and not self._known:
            self._beside()
            self.banner.say(
                translate("Enrolment", "The enrolment cannot be finished yet"),
                translate("Enrolment", "Type who the patient is, and save it."),
                tone="warning",
            )
            return
        self.banner.hide()
        outcome = self.visit.session.answers.get("screening_outcome")
        self.dialog = FinishDialog(outcome == 2, self._finish, self, not self._desk.site.signer_named)
        self.dialog.open()

    def _point_to(self, field: str, problems: int, unanswered: int) -> None:
        parts = []
        if problems:
            parts.append(self.tr("%n problem(s) to settle", "", problems))
        if unanswered:
            parts.append(self.tr("%n question(s) without an answer", "", unanswered))
        label = self.visit.session.definitions.fields[field].label.get(texts.language())
        go = translate("Enrolment", "Go to “{question}”").format(question=label)
        self.banner.say(
            translate("Enrolment", "The enrolment cannot be finished yet"),
            " · ".join(parts) + ".",
            ((go, lambda: self.go_to_field(field)),),
            tone="warning",
        )

    def _finish(self, passphrase: str, person: str) -> None:
        def sign() -> None:
            site, visit = self._desk.site, self.visit

            def work() -> PatientRow:
                from anifro_desktop.workflows import patients

                return patients.finish_enrolment(site, visit, passphrase, person=person)

            self._desk.run(self, work, self._is_finished, self._not_finished)

        self.settle(sign, self._not_finished)

    def _not_finished(self, error: Exception) -> None:
        if self.dialog.isVisible():
            self.dialog.refused(error)
        else:
            self._refused(error)

    def _is_finished(self, row: PatientRow) -> None:
        self.dialog.accept()
        self._desk.changed.emit()
        self.finished.emit(row)

    def _amended(self, saved: Saved) -> None:
        super()._amended(saved)
        self._take_state()


def _in_the_way(session: VisitSession) -> tuple[list[str], list[str]]:
    """What hinders the signature: questions with a problem, and those of the enrolment form without an answer."""
    hard = [one.field for one in session.problems() if not one.settled and one.severity != "soft"]
    asked = (
        field for section in session.sections() if section.form == FORM for field in section.visible_fields
    )
    states = (session.state(field) for field in asked)
    open_ = [
        one.field.id for one in states if _is_asked(one.field) and one.field.required and not one.answered
    ]
    return hard, open_


def _is_asked(field: Field) -> bool:
    """Whether a person answers it; the program works out the others."""
    return not (field.computed or field.derive)
