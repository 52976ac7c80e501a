"""The end of an enrolment: the signature under it, and the code to write on the folder."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.messages import Dialog, sentence
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.signer import SignerFields
from anifro_desktop.ui.widgets import Button, Card, Heading, Hint, PrimaryButton, Text
from anifro_desktop.ui.widgets.flow import FlowLayout
from anifro_desktop.ui.words import patient_status, sex_and_age
from anifro_desktop.workflows.model import PatientRow

translate = QCoreApplication.translate


class FinishDialog(Dialog):
    """The signature under an enrolment: meaning, who signs, and the verbs. sign: told passphrase and person's code."""

    def __init__(
        self, failure: bool, sign: Callable[[str, str], object], parent: QWidget, asks_code: bool = False
    ) -> None:
        words = (
            translate(
                "Enrolment",
                "A criterion is not met: the person is kept as a screening failure, under the code only.",
            )
            if failure
            else translate(
                "Enrolment", "All criteria are met: the person is enrolled, and the first visit can begin."
            )
        )
        super().__init__(translate("Enrolment", "Sign the enrolment"), words, parent)
        self._sign = sign
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.body.addWidget(
            Text(translate("Enrolment", "Meaning: I am responsible for what is entered here."))
        )
        self.signer = SignerFields(translate("Enrolment", "Passphrase of the person signing"), asks_code)
        self.signer.entered.connect(self._go)
        self.passphrase = self.signer.passphrase
        self.body.addWidget(self.signer)
        self.add_act(translate("Enrolment", "Go back"))
        self.button = self.add_button(translate("Enrolment", "Sign"), main=True)
        self.button.clicked.connect(self._go)
        self.signer.focus()

    def _go(self) -> None:
        if self.signer.complete() and self.button.isEnabled():
            self.button.setEnabled(False)
            self._sign(self.signer.secret, self.signer.person)

    def refused(self, error: Exception) -> None:
        """The signature was refused."""
        self.button.setEnabled(True)
        if not self.signer.refused(error):
            self.passphrase.say(sentence(error))
            self.passphrase.edit.selectAll()
            self.passphrase.edit.setFocus()


class EnrolledPage(Page):
    """The end of an enrolment: the code, large, to write on the folder."""

    visit_wanted = Signal(object)  # the PatientRow: begin the first visit
    history_wanted = Signal(str)  # subject: fill in the medical history
    back_wanted = Signal()

    def __init__(self, row: PatientRow, parent: QWidget | None = None) -> None:
        enrolled = row.status == "enrolled"
        super().__init__(self.tr("Enrolment"), patient_status(row.status), parent)
        card = Card()
        card.setMaximumWidth(theme.px(720))
        card.body.setSpacing(theme.px(14))
        words = (
            self.tr("The patient is enrolled. Write this code on the folder:")
            if enrolled
            else self.tr("Kept as a screening failure under this code:")
        )
        card.body.addWidget(Heading(words, 2))
        self.code = Text(row.subject, "figure")
        font = theme.font("figure")
        font.setPixelSize(theme.px(54))
        self.code.setFont(font)
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.code.setAccessibleName(self.tr("Study code {code}").format(code=row.subject))
        card.body.addWidget(self.code)
        card.body.addWidget(Text(sex_and_age(row.sex, row.age), ink="muted"))
        card.body.addWidget(
            Hint(
                self.tr(
                    "The code says nothing about the person. The name stays on this computer, the code goes to Pisa."
                )
            )
        )
        acts = FlowLayout(gap=theme.px(8))
        self.visit = PrimaryButton(self.tr("Begin the first visit"))
        self.visit.clicked.connect(lambda: self.visit_wanted.emit(row))
        self.history = Button(self.tr("Fill in the medical history"))
        self.history.clicked.connect(lambda: self.history_wanted.emit(row.subject))
        self.back = Button(self.tr("Back to Today")) if enrolled else PrimaryButton(self.tr("Back to Today"))
        self.back.clicked.connect(self.back_wanted)
        for button in (self.visit, self.history, self.back):
            acts.addWidget(button)
        card.body.addLayout(acts)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.visit.setVisible(enrolled)
        self.history.setVisible(enrolled)
        self._main = self.visit if enrolled else self.back

    def first_focus(self) -> None:
        self._main.setFocus()
