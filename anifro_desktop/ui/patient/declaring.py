"""The last part of every page on which a mistake is mended: the reason, what will happen, the passphrase, the act."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from anifro_desktop.forms.model import CodeList
from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.fields import Labelled
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.signer import SignerFields
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.widgets import (
    Banner,
    Button,
    Card,
    DangerButton,
    Heading,
    LineEdit,
    Option,
    SegmentedChoice,
    Text,
)
from anifro_desktop.ui.widgets.flow import FlowLayout


class DeclaringCard(Card):
    """Emits what was given once all of it is there; the page does the act and tells back what was refused."""

    given = Signal(int, str, str, str)  # reason, words, passphrase, code of the person (empty: not asked)
    back_wanted = Signal()

    def __init__(self, reasons: CodeList, asks_code: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._other = reasons.codes[-1].value
        self._reason: int | None = None
        self.body.setSpacing(theme.px(10))
        self.body.addWidget(Heading(translate("Mistakes", "Why"), 3, self))
        self.reasons = SegmentedChoice(
            [Option(str(code.value), code.label.get(texts.language())) for code in reasons.codes], self
        )
        self.reasons.setAccessibleName(translate("Mistakes", "Why"))
        self.reasons.chosen.connect(self.choose_reason)
        self.words = LineEdit(40, self)
        self.words.setMaxLength(200)
        told = Labelled(translate("Mistakes", "In words (stays at this site)"), self.words, parent=self)
        self.body.addWidget(self.reasons)
        self.body.addWidget(told)
        self._told = told
        self.body.addWidget(Heading(translate("Mistakes", "What will happen"), 3, self))
        self.outcome = Text("", parent=self)
        self.body.addWidget(self.outcome)
        self.banner = Banner("danger", self)
        self.body.addWidget(self.banner)
        self.signer = SignerFields(translate("Mistakes", "Passphrase of the investigator"), asks_code)
        self.signer.entered.connect(self._go)
        self.passphrase = self.signer.passphrase
        self.body.addWidget(self.signer)
        self.back = Button(translate("Mistakes", "Go back"), parent=self)
        self.back.clicked.connect(self.back_wanted)
        self.act = DangerButton("", parent=self)
        self.act.clicked.connect(self._go)
        acts = FlowLayout(gap=theme.px(8))
        acts.addWidget(self.act)
        acts.addWidget(self.back)
        self.body.addLayout(acts)

    def show_outcome(self, words: str, act: str, possible: bool = True) -> None:
        """Say what will happen, and what the act is called."""
        self.outcome.setText(words)
        self.act.setText(act)
        self.act.setEnabled(possible)
        self.signer.setEnabled(possible)
        self.banner.hide()

    def choose_reason(self, key: str) -> None:
        """Take a reason; "other" needs words."""
        self._reason = int(key)
        self.reasons.set_chosen(key)
        self._told.say("")
        if self._reason == self._other:
            self.words.setFocus()

    def _go(self) -> None:
        words = self.words.text().strip()
        if self._reason is None:
            self.banner.say(translate("Mistakes", "Choose why."), tone="warning")
            self.reasons.setFocus()
        elif self._reason == self._other and not words:
            self._told.say(translate("Mistakes", "Say it in words."))
            self.words.setFocus()
        elif self.signer.complete() and self.act.isEnabled():
            self.act.setEnabled(False)
            self.banner.hide()
            self.given.emit(self._reason, words, self.signer.secret, self.signer.person)

    def refused(self, error: Exception) -> None:
        """It was not done: a wrong code or passphrase is said at its field, anything else above it."""
        self.act.setEnabled(True)
        if not self.signer.refused(error):
            self.banner.say(sentence(error), tone="danger")
