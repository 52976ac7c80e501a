"""An open record that should not be there: declared a mistake, or taken to the patient it belongs to.

Nothing is deleted: what was typed stays readable, marked as a mistake, and what is moved begins there as a draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from anifro_desktop.ui import icons
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.entry_words import entry_name
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.patient.declaring import DeclaringCard
from anifro_desktop.ui.patient.picker import PatientPicker
from anifro_desktop.ui.widgets import Button, Card, Option, SegmentedChoice
from anifro_desktop.workflows.model import OpenVisit, PatientRow

VOID, MOVE = "void", "move"
REASONS, WRONG_PATIENT = "void_reason", "1"


class MistakePage(Page):
    """visit: the record in question."""

    voided = Signal(str, str)  # subject, and what was done in words
    moved = Signal(str, str, str)  # subject and key where it stands now, and what was done in words
    back_wanted = Signal()

    def __init__(self, desk: Desk, visit: OpenVisit, parent: QWidget | None = None) -> None:
        self._name = entry_name(visit.session.definitions, visit.key)
        super().__init__(self.tr("Entered by mistake"), f"{visit.subject} · {self._name}", parent)
        self._desk, self._visit = desk, visit
        self._act = ""
        back = Button(self.tr("Back"), icon=icons.icon("back"))
        back.clicked.connect(self.back_wanted)
        self.header.acts.addWidget(back)
        what = Card(self.tr("What is wrong"))
        self.choice = SegmentedChoice(
            (
                Option(VOID, self.tr("It should not be there")),
                Option(MOVE, self.tr("It belongs to another patient")),
            )
        )
        self.choice.setAccessibleName(self.tr("What is wrong"))
        self.choice.chosen.connect(self._choose)
        self.picker = PatientPicker(self.tr("The patient it belongs to"), desk.preferences.hide_names)
        self.picker.chosen.connect(lambda _row: self._say())
        self.picker.hide()
        what.body.addWidget(self.choice)
        what.body.addWidget(self.picker)
        self.card = DeclaringCard(desk.site.definitions.code_lists[REASONS], not desk.site.signer_named)
        self.card.given.connect(self._given)
        self.card.back_wanted.connect(self.back_wanted)
        column = self.add_column(820)
        column.addWidget(what)
        column.addWidget(self.card)
        self._say()

    def first_focus(self) -> None:
        self.choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        site = self._desk.site

        def read() -> list[PatientRow]:
            from anifro_desktop.workflows import patients

            return patients.patients(site)

        self._desk.run(self, read, self._offer)

    def _offer(self, rows: Sequence[PatientRow]) -> None:
        others = [row for row in rows if row.subject != self._visit.subject and row.enrolled is not None]
        self.picker.offer([row for row in others if row.status != "joined"])

    def _choose(self, act: str) -> None:
        self._act = act
        self.choice.set_chosen(act)
        self.picker.setVisible(act == MOVE)
        if act == MOVE:
            self.card.choose_reason(WRONG_PATIENT)
            self.picker.search.setFocus()
        self._say()

    def _say(self) -> None:
        """What will happen, as it is chosen now."""
        subject, to = self._visit.subject, self.picker.row
        if self._act == VOID:
            words = self.tr(
                "{entry} of {subject} is declared a mistake. What was typed stays readable on the patient's page; it "
                "counts for nothing, and the centre takes it back."
            )
            self.card.show_outcome(
                words.format(entry=self._name, subject=subject), self.tr("Declare a mistake")
            )
        elif self._act == MOVE and to is not None:
            words = self.tr(
                "All answers of {entry} go from {subject} to {other} and begin there as a draft, to be looked "
                "through and signed. Under {subject} it is declared a mistake and stays readable."
            )
            words = words.format(entry=self._name, subject=subject, other=to.subject)
            self.card.show_outcome(words, self.tr("Move to {other}").format(other=to.subject))
        elif self._act == MOVE:
            self.card.show_outcome(self.tr("Choose the patient it belongs to."), self.tr("Move"), False)
        else:
            self.card.show_outcome(
                self.tr("Choose what is wrong first."), self.tr("Declare a mistake"), False
            )

    def _given(self, reason: int, text: str, passphrase: str, person: str) -> None:
        site, subject, key = self._desk.site, self._visit.subject, self._visit.key
        to = self.picker.row.subject if self._act == MOVE and self.picker.row is not None else ""

        def work() -> Any:
            from anifro_desktop.workflows import mistakes

            if to:
                return mistakes.move(site, subject, key, to, reason, text, passphrase, person=person)
            return mistakes.void(site, subject, key, reason, text, passphrase, person=person)

        self._desk.run(self, work, self._done, self.card.refused)

    def _done(self, moved: Any) -> None:
        subject = self._visit.subject
        if moved is None:
            words = self.tr("{entry} was declared a mistake").format(entry=self._name)
            self.voided.emit(subject, words)
        else:
            words = self.tr("{entry} was moved here from {subject}: look it through and sign it")
            self.moved.emit(moved.subject, moved.key, words.format(entry=self._name, subject=subject))
