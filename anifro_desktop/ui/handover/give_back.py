"""The end of a hand-over: the patient gives the computer back, and the clinic's passphrase leads back to the visit."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.fields import PassphraseField
from anifro_desktop.ui.handover import big
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.widgets import Card, PrimaryButton
from anifro_desktop.ui.widgets.flow import FlowLayout


class GiveBack(QWidget):
    """How far it came, the way back to the questions, and the passphrase."""

    go_on = Signal()  # to the first question without an answer, else to the last
    passphrase_given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = big.BigText(
            translate("HandOver", "Please give the tablet or computer back"), "title", parent=self
        )
        self.count = big.BigText("", "body", parent=self)
        self.questions = big.BigButton("", parent=self)
        self.questions.clicked.connect(self.go_on)
        acts = FlowLayout(gap=big.px(6))
        acts.addWidget(self.questions)
        box = QVBoxLayout(self)
        box.setContentsMargins(big.px(24), big.px(20), big.px(24), big.px(12))
        box.setSpacing(big.px(10))
        for part in (self.title, self.count):
            box.addWidget(part)
        box.addLayout(acts)
        box.addStretch(1)
        box.addWidget(self._staff(), 0, Qt.AlignmentFlag.AlignLeft)

    def _staff(self) -> Card:
        card = Card(translate("HandOver", "For the clinic"), self)
        card.setMinimumWidth(theme.px(420))
        self.passphrase = PassphraseField(
            translate("HandOver", "Passphrase of the person who handed it over"), parent=card
        )
        self.passphrase.entered.connect(self._try)
        self.button = PrimaryButton(translate("HandOver", "Back to the visit"), parent=card)
        self.button.clicked.connect(self._try)
        card.body.addWidget(self.passphrase)
        card.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def show_count(self, answered: int, asked: int) -> None:
        """How many questions have an answer."""
        done = answered == asked
        said = (
            translate("HandOver", "Thank you. All {asked} questions have an answer.")
            if done
            else translate("HandOver", "{answered} of {asked} questions have an answer.")
        )
        self.count.setText(said.format(answered=answered, asked=asked))
        self.questions.setText(
            translate("HandOver", "Back to the questions")
            if done
            else translate("HandOver", "To the questions without an answer")
        )
        self.passphrase.edit.clear()
        self.passphrase.say("")
        self.questions.setFocus(Qt.FocusReason.OtherFocusReason)

    def _try(self) -> None:
        if not self.button.isEnabled():
            return
        if not self.passphrase.text:
            self.passphrase.say(translate("HandOver", "Type the passphrase."))
            return
        self.passphrase.say("")
        self.button.setEnabled(False)
        self.passphrase_given.emit(self.passphrase.text)

    def refused(self, sentence: str) -> None:
        """The computer stays with the patient."""
        self.button.setEnabled(True)
        self.passphrase.say(sentence)
        self.passphrase.edit.selectAll()
        self.passphrase.edit.setFocus()
