"""Review and sign: on one page all that is wrong, missing or unusual, each a link to its question; then the signature.

Hard problems and unsettled contradictions stand on top and block signing, never saving; what changed since an earlier
signature stands before the new one, old and new. All forms can be signed, or one of them. From here the signer reaches
the answers and the audit trail of the record. After signing it can be read; what was signed stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from anifro_desktop.forms.session import VisitSession
from anifro_desktop.ui import change_words, texts, theme
from anifro_desktop.ui.fields import Labelled
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.review_facts import Finding, findings
from anifro_desktop.ui.signer import SignerFields
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.header import visit_line
from anifro_desktop.ui.widgets import (
    Banner,
    Button,
    Card,
    ComboBox,
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

if TYPE_CHECKING:
    from anifro_desktop.workflows.signing import Change, Standing

_ALL = "*"  # all forms


@dataclass(frozen=True, slots=True)
class Asked:
    """A signature that is asked for. meaning: `responsible` or `reviewed`; person: code typed beside the passphrase,
    empty where it was not asked for; form: empty for all."""

    meaning: str
    passphrase: str
    person: str = ""
    form: str = ""


class SignCard(Card):
    """The signature: what is signed, its meaning, the printed name, who signs, and the verbs.

    Somebody who may not sign can complete the visit, which then waits for an investigator. forms: those that can be
    signed alone, with how many problems block each. state: of the record. asks_code: see `SignerFields`.
    """

    sign = Signal(object)  # Asked
    complete = Signal()
    give_up = Signal()
    audit = Signal()
    back = Signal()

    def __init__(
        self,
        person: Person,
        ready: bool,
        state: str,
        forms: Sequence[tuple[str, str, int]] = (),
        asks_code: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(translate("Review", "Signature"), parent)
        self._meaning = self._form = ""
        self._all_ready = ready
        self._blocked = {form: blocked for form, _, blocked in forms}
        may_sign = "investigator" in person.roles
        options = [Option(_ALL, translate("Review", "All forms"))]
        self.scope = ComboBox([*options, *(Option(form, name) for form, name, _ in forms)], parent=self)
        self.scope.set_chosen(_ALL)
        self.scope.picked.connect(self.choose_form)
        self._scope = Labelled(translate("Review", "What is signed"), self.scope, parent=self)
        self._scope.setVisible(may_sign and len(forms) > 1)
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
        self.signer = SignerFields(translate("Review", "Passphrase of the person signing"), asks_code, self)
        self.signer.entered.connect(self._sign)
        self.signer.setMaximumWidth(theme.px(480))
        self.passphrase = self.signer.passphrase
        self.sign_button = PrimaryButton(translate("Review", "Sign"), parent=self)
        self.sign_button.clicked.connect(self._sign)
        self.complete_button = Button(translate("Review", "Complete without signing"), parent=self)
        self.complete_button.clicked.connect(self.complete)
        self.give_up_button = Button(translate("Review", "Give up the amendment…"), parent=self)
        self.give_up_button.clicked.connect(self.give_up)
        self.audit_button = Button(translate("Review", "Audit trail of this record"), parent=self)
        self.audit_button.clicked.connect(self.audit)
        self.back_button = Button(translate("Review", "Go back"), parent=self)
        self.back_button.setToolTip(translate("Review", "Back to the answers as they were entered"))
        self.back_button.clicked.connect(self.back)
        name = translate("Review", "Signed by: {name} ({code})").format(name=person.name, code=person.code)
        self._lay_out(may_sign, name)
        self.complete_button.setVisible(state != "complete")
        self.give_up_button.setVisible(state == "amending")

    def _lay_out(self, may_sign: bool, name: str) -> None:
        if may_sign:
            self.body.addWidget(Text(name, "strong", parent=self))
            self.body.addWidget(self._scope, 0, Qt.AlignmentFlag.AlignLeft)
            self.body.addWidget(Text(translate("Review", "The signature means"), parent=self))
            self.body.addWidget(self.choice)
            self.body.addWidget(self.signer)
        else:
            text = translate(
                "Review", "An investigator signs. It can be completed here, and waits for the signature."
            )
            self.body.addWidget(Text(text, parent=self))
        text = translate("Review", "It can be signed once the points above are settled.")
        self.blocked = Text(text, "body", "danger", self)
        self.body.addWidget(self.blocked)
        for part in (self.choice, self.signer, self.sign_button):
            part.setVisible(may_sign)
        self._show_ready()
        acts = FlowLayout(gap=theme.px(8))
        for button in (
            self.sign_button,
            self.complete_button,
            self.give_up_button,
            self.audit_button,
            self.back_button,
        ):
            acts.addWidget(button)
        self.body.addLayout(acts)

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way of what is to be signed."""
        return not self._blocked[self._form] if self._form else self._all_ready

    def choose_form(self, key: str) -> None:
        """Sign all forms, or one."""
        self._form = "" if key == _ALL else key
        self.scope.set_chosen(key)
        self._show_ready()

    def _show_ready(self) -> None:
        self.blocked.setVisible(not self.ready)
        for part in (self.choice, self.signer, self.sign_button):
            part.setEnabled(self.ready)

    def _choose(self, meaning: str) -> None:
        self._meaning = meaning
        self.choice.set_chosen(meaning)
        self.signer.focus()

    def _sign(self) -> None:
        if not self._meaning:
            self.say(translate("Review", "Choose what the signature means."))
            self.choice.setFocus()
        elif self.sign_button.isEnabled() and self.signer.complete():
            self.set_busy(True)
            self.sign.emit(Asked(self._meaning, self.signer.secret, self.signer.person, self._form))

    def set_busy(self, busy: bool) -> None:
        """While a signature is being made nothing can be pressed twice."""
        for button in (self.sign_button, self.complete_button, self.give_up_button):
            button.setEnabled(not busy)
        if not busy:
            self._show_ready()

    def say(self, problem: str) -> None:
        """Why it was not signed."""
        self.passphrase.say(problem)
        if problem:
            self.passphrase.edit.selectAll()
            self.passphrase.edit.setFocus()


class ReviewPage(QWidget):
    """Made anew each time it is shown, from the session as it stands."""

    go_to = Signal(str)  # field that a link leads to
    sign_asked = Signal(object)  # Asked
    complete_asked = Signal()
    give_up_asked = Signal()
    audit_asked = Signal()
    back_asked = Signal()

    def __init__(
        self,
        session: VisitSession,
        person: Person,
        state: str = "draft",
        standings: Sequence[Standing] = (),
        asks_code: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.links: list[LinkRow] = []
        self.changed_links: list[LinkRow] = []
        self.findings = findings(session)
        self.banner = Banner("danger", self)
        self._standings = standings
        self.sign = SignCard(person, session.can_sign(), state, self._forms(), asks_code)
        self.sign.sign.connect(self.sign_asked)
        self.sign.complete.connect(self.complete_asked)
        self.sign.give_up.connect(self.give_up_asked)
        self.sign.audit.connect(self.audit_asked)
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

    def _forms(self) -> list[tuple[str, str, int]]:
        """The forms that can be signed alone: id, name, problems in the way."""
        signed = {one.form for one in self._standings if one.state == "signed"}
        fields, lang = self.session.definitions.fields, texts.language()
        blocks = [fields[found.field].form for found in self.findings if found.group == "block"]
        forms = [form for form in self.session.forms if form.id not in signed]
        return [(form.id, form.label.get(lang), blocks.count(form.id)) for form in forms]

    def _add_changes(self) -> None:
        """What was signed and is otherwise now: old and new, each with the way to its question."""
        changes = [one for standing in self._standings for one in standing.changes]
        if not changes:
            return
        card = Card(f"{change_words.signed_by(self._standings)} ({len(changes)})")
        card.body.setSpacing(theme.px(2))
        for one in changes:
            heading = change_words.title(self.session.definitions, one)
            link = LinkRow(heading, change_words.detail(one), "alert", "warning", card)
            field = self._leads_to(one)
            link.clicked.connect(lambda _=False, field=field: self.go_to.emit(field))
            card.body.addWidget(link)
            self.changed_links.append(link)
        self._column.addWidget(card)

    def _leads_to(self, change: Change) -> str:
        """The question of a change; of a result, the first question of the form that carries it."""
        if change.field in self.session.definitions.fields:
            return change.field
        return next(item.id for item in self.session.definitions.form(change.form).fields)

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
            if group == "block":
                self._add_changes()

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

    def refused(self, error: Exception) -> None:
        """The act was refused: a wrong code or passphrase is said at its field."""
        self.sign.set_busy(False)
        if not self.sign.signer.refused(error):
            self.banner.say(sentence(error), tone="danger")
            self._area.ensureWidgetVisible(self.banner)
