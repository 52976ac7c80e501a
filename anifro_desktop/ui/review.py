"""Review and sign: on one page all that is wrong, missing or unusual, each a link to its question; then the signature.

Hard problems and unsettled contradictions stand on top and block signing, never saving. After signing the visit can
be read; what was signed stays as it is.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from anifro_desktop.forms.session import VisitSession
from anifro_desktop.ui import theme
from anifro_desktop.ui.fields import PassphraseField
from anifro_desktop.ui.review_facts import Finding, findings
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.header import visit_line
from anifro_desktop.ui.widgets import (
    Banner,
    Button,
    Card,
    Heading,
    Hint,
    Option,
    PrimaryButton,
    SegmentedChoice,
    Surface,
    Text,
)
from anifro_desktop.ui.widgets.flow import FlowLayout
from anifro_desktop.ui.widgets.link_row import LinkRow
from anifro_desktop.ui.widgets.scroll import Scroll
from anifro_desktop.workflows.facts import Person


class SignCard(Card):
    """The signature: its meaning, the printed name, the passphrase, and the verbs.

    Somebody who may not sign can complete the visit, which then waits for an investigator.
    """

    sign = Signal(str, str)  # meaning (`responsible`, `reviewed`), passphrase
    complete = Signal()
    back = Signal()

    def __init__(self, person: Person, ready: bool, completed: bool, parent: QWidget | None = None) -> None:
        super().__init__(translate("Review", "Signature"), parent)
        self._meaning = ""
        may_sign = "investigator" in person.roles
        self.choice = SegmentedChoice(
            [
                Option("responsible", translate("Review", "I am responsible for these data"), "1"),
                Option("reviewed", translate("Review", "I have reviewed these data"), "2"),
            ],
            self,
        )
        self.choice.setProperty("ring", True)
        self.choice.setAccessibleName(translate("Review", "Meaning of the signature"))
        self.choice.chosen.connect(self._choose)
        self.passphrase = PassphraseField(
            translate("Review", "Passphrase of the person signing"), parent=self
        )
        self.passphrase.entered.connect(self._sign)
        self.passphrase.setMaximumWidth(theme.px(480))
        self.sign_button = PrimaryButton(translate("Review", "Sign"), parent=self)
        self.sign_button.clicked.connect(self._sign)
        self.complete_button = Button(translate("Review", "Complete without signing"), parent=self)
        self.complete_button.clicked.connect(self.complete)
        self.back_button = Button(translate("Review", "Go back"), parent=self)
        self.back_button.clicked.connect(self.back)
        name = translate("Review", "Signed by: {name} ({code})").format(name=person.name, code=person.code)
        self._lay_out(may_sign, ready, name)
        self.complete_button.setVisible(not completed)

    def _lay_out(self, may_sign: bool, ready: bool, name: str) -> None:
        if may_sign:
            self.body.addWidget(Text(name, "strong", parent=self))
            self.body.addWidget(Text(translate("Review", "The signature means"), parent=self))
            self.body.addWidget(self.choice)
            self.body.addWidget(self.passphrase)
        else:
            text = translate(
                "Review", "An investigator signs. It can be completed here, and waits for the signature."
            )
            self.body.addWidget(Text(text, parent=self))
        if not ready:
            text = translate("Review", "It can be signed once the points above are settled.")
            self.body.addWidget(Text(text, "body", "danger", self))
        for part in (self.choice, self.passphrase, self.sign_button):
            part.setVisible(may_sign)
            part.setEnabled(ready)
        acts = FlowLayout(gap=theme.px(8))
        for button in (self.sign_button, self.complete_button, self.back_button):
            acts.addWidget(button)
        self.body.addLayout(acts)

    def _choose(self, meaning: str) -> None:
        self._meaning = meaning
        self.choice.set_chosen(meaning)
        self.passphrase.edit.setFocus()

    def _sign(self) -> None:
        if not self._meaning:
            self.say(translate("Review", "Choose what the signature means."))
            self.choice.setFocus()
        elif not self.passphrase.text:
            self.say(translate("Review", "Type the passphrase."))
        elif self.sign_button.isEnabled():
            self.say("")
            self.set_busy(True)
            self.sign.emit(self._meaning, self.passphrase.text)

    def set_busy(self, busy: bool) -> None:
        """While a signature is being made nothing can be pressed twice."""
        for button in (self.sign_button, self.complete_button):
            button.setEnabled(not busy)

    def say(self, problem: str) -> None:
        """Why it was not signed."""
        self.passphrase.say(problem)
        if problem:
            self.passphrase.edit.selectAll()
            self.passphrase.edit.setFocus()


class ReviewPage(QWidget):
    """Made anew each time it is shown, from the session as it stands."""

    go_to = Signal(str)  # field that a link leads to
    sign_asked = Signal(str, str)  # meaning, passphrase
    complete_asked = Signal()
    back_asked = Signal()

    def __init__(
        self, session: VisitSession, person: Person, state: str = "draft", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.links: list[LinkRow] = []
        self.findings = findings(session)
        self.banner = Banner("danger", self)
        self.sign = SignCard(person, session.can_sign(), state == "complete")
        self.sign.sign.connect(self.sign_asked)
        self.sign.complete.connect(self.complete_asked)
        self.sign.back.connect(self.back_asked)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(theme.px(20), theme.px(14), theme.px(20), theme.px(20))
        self._column.setSpacing(theme.px(12))
        self._column.addWidget(self.banner)
        self._add_cards()
        self._column.addWidget(self.sign)
        self._column.addStretch(1)
        area = Scroll(self)
        area.setWidget(content)
        self._area = area
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._head())
        box.addWidget(area, 1)

    def _head(self) -> Surface:
        head = Surface("surface", "b", self)
        box = QVBoxLayout(head)
        box.setContentsMargins(theme.px(20), theme.px(10), theme.px(20), theme.px(10))
        box.setSpacing(0)
        title = translate("Review", "Review and sign · {code}").format(code=self.session.subject.code)
        box.addWidget(Heading(title, 1, head))
        box.addWidget(Hint(visit_line(self.session), head))
        return head

    def _add_cards(self) -> None:
        groups = (
            ("block", translate("Review", "To settle before signing"), "alert", "danger"),
            ("look", translate("Review", "Unusual, worth a look"), "alert", "warning"),
            ("window", translate("Review", "Out of the visit window"), "alert", "warning"),
            ("open", translate("Review", "Without an answer"), "info", "info"),
            ("missing", translate("Review", "Missing, with a reason"), "info", "info"),
            ("kept", translate("Review", "Kept with a reason"), "info", "info"),
        )
        if not any(found.group == "block" for found in self.findings):
            card = Card(translate("Review", "Nothing stands in the way of a signature"))
            self._column.addWidget(card)
        for group, title, symbol, tone in groups:
            found = [one for one in self.findings if one.group == group]
            if found:
                self._column.addWidget(self._card(f"{title} ({len(found)})", found, symbol, tone))

    def _card(self, title: str, found: list[Finding], symbol: str, tone: str) -> Card:
        card = Card(title)
        card.body.setSpacing(theme.px(2))
        for one in found:
            link = LinkRow(one.title, one.words, symbol, tone, card)
            link.clicked.connect(lambda _=False, field=one.field: self.go_to.emit(field))
            card.body.addWidget(link)
            self.links.append(link)
        return card

    def first_focus(self) -> None:
        """The list when there is something to settle, else the signature."""
        if self.links and self.findings[0].group == "block":
            self.links[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.sign.choice.isVisibleTo(self):
            self.sign.choice.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.sign.complete_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def refused(self, sentence: str, passphrase: bool) -> None:
        """The act was refused. passphrase: the passphrase was wrong, so it is said there."""
        self.sign.set_busy(False)
        if passphrase:
            self.sign.say(sentence)
        else:
            self.banner.say(sentence, tone="danger")
            self._area.ensureWidgetVisible(self.banner)
