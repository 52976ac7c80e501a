"""A look before anything leaves: texts that are held back, and patients who could be recognised. On the page *Send*.

Nothing here keeps anybody from sending: what is held back stays held back, and a warning is read.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from anifro_desktop.ui import sync_words, texts, theme
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.fields import TextField, say_all
from anifro_desktop.ui.messages import Dialog, sentence
from anifro_desktop.ui.widgets import Card, Heading, Hint, LinkButton, Text
from anifro_desktop.ui.words import visit_name

if TYPE_CHECKING:
    from anifro_desktop.workflows.held_texts import HeldText
    from anifro_desktop.workflows.rarity import Rarity

_MOST_TEXTS, _MOST_PATIENTS = 5, 4  # that are shown; the rest is counted


class LookCard(Card):
    """Hidden while there is nothing to look at."""

    released = Signal()  # a text was let go: what leaves is another now
    looked = Signal(int)  # how many texts are held back

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Look at this before it leaves"), parent)
        self._desk = desk
        self.dialog: ReleaseDialog | None = None
        self.held = QVBoxLayout()
        self.held.setSpacing(theme.px(8))
        self.links: list[LinkButton] = []
        self.rare_title = Heading("", 3)
        self.rare = Text()
        self.body.addLayout(self.held)
        self.body.addWidget(self.rare_title)
        self.body.addWidget(self.rare)
        self.hide()

    def refresh(self) -> None:
        """Look again."""
        site = self._desk.site

        def read() -> Any:
            from anifro_desktop.workflows import held_texts, rarity

            return held_texts.held(site), rarity.rarity(site)

        self._desk.run(self, read, lambda answer: self._show(*answer))

    def _show(self, held: tuple[HeldText, ...], rare: Rarity) -> None:
        self._show_texts(held)
        self.looked.emit(len(held))
        few = bool(rare.few or rare.standing)
        self.rare_title.setVisible(few)
        self.rare.setVisible(few)
        self.rare_title.setText(self.tr("%n patient(s) could be recognised", "", _recognisable(rare)))
        self.rare.setText(self._rare_words(rare))
        self.setVisible(bool(held) or few)

    def _show_texts(self, held: tuple[HeldText, ...]) -> None:
        while item := self.held.takeAt(0):
            if item.widget():
                item.widget().hide()
                item.widget().deleteLater()
        self.links = []
        if held:
            self.held.addWidget(Heading(self.tr("%n text(s) held back", "", len(held)), 3))
            self.held.addWidget(
                Hint(self.tr("Pisa is told that there are words, not which, until somebody lets them go."))
            )
        for one in held[:_MOST_TEXTS]:
            self.held.addWidget(self._text(one))
        if len(held) > _MOST_TEXTS:
            self.held.addWidget(Hint(self.tr("and %n more", "", len(held) - _MOST_TEXTS)))

    def _text(self, one: HeldText) -> QWidget:
        line = QWidget()
        box = QVBoxLayout(line)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(1))
        where = " · ".join(
            part for part in (one.subject, visit_name(one.visit), self.tr("answer to Pisa")) if part
        )
        box.addWidget(Text(where, "hint", "muted"))
        words = Text()
        words.setTextFormat(Qt.TextFormat.RichText)
        words.setText(marked(one))
        words.setAccessibleName(one.text)
        box.addWidget(words)
        foot = QHBoxLayout()
        kinds = texts.listed([sync_words.found(why) for why in dict.fromkeys(hit.why for hit in one.hits)])
        foot.addWidget(Hint(self.tr("Found: {kinds}.").format(kinds=kinds)), 1)
        link = LinkButton(self.tr("It tells of nobody…"), "body")
        link.setAccessibleName(self.tr("Let this text of {subject} go").format(subject=one.subject))
        link.clicked.connect(lambda: self.ask(one))
        self.links.append(link)
        foot.addWidget(link)
        box.addLayout(foot)
        return line

    def _rare_words(self, rare: Rarity) -> str:
        from anifro_desktop.workflows.rarity import FEW

        parts = []
        if rare.few:
            words = self.tr(
                "{few} of {patients} enrolled here share sex, ten years of age and half-year with fewer than {least}: "
                "a reader in Pisa who knows them may recognise them."
            )
            parts.append(words.format(few=rare.few, patients=rare.patients, least=FEW))
        lines = [
            f"{one.subject}: {', '.join(fact.get(texts.language()) for fact in one.facts)}"
            for one in rare.standing[:_MOST_PATIENTS]
        ]
        more = len(rare.standing) - _MOST_PATIENTS
        parts += (
            [self.tr("Standing out most: {patients}.").format(patients="; ".join(lines))] if lines else []
        )
        parts += [self.tr("And %n more.", "", more)] if more > 0 else []
        parts.append(self.tr("Nothing is held back for it; the audit trail notes that it was said."))
        return " ".join(parts)

    def ask(self, one: HeldText) -> None:
        """Ask why a text may go."""
        self.dialog = ReleaseDialog(self._desk, one, self.window())
        self.dialog.done_with.connect(self._released)
        self.dialog.open()

    def _released(self) -> None:
        self.refresh()
        self.released.emit()


def _recognisable(rare: Rarity) -> int:
    return max(rare.few, len(rare.standing))


def marked(one: HeldText) -> str:
    """The text with what was found in it marked, as rich text."""
    ink, ground = theme.tokens().tone("warning")
    style = f"background-color: {ground.name()}; color: {ink.name()}; font-weight: 600"
    parts, at = [], 0
    for hit in one.hits:
        found = escape(one.text[hit.start : hit.end])
        parts += [escape(one.text[at : hit.start]), f'<span style="{style}">{found}</span>']
        at = hit.end
    return f"“{''.join(parts)}{escape(one.text[at:])}”"


class ReleaseDialog(Dialog):
    """Why a text may go: the reason stays in the audit trail."""

    done_with = Signal()

    def __init__(self, desk: Desk, one: HeldText, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Let this text go"), "", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._one = desk, one
        words = Text()
        words.setTextFormat(Qt.TextFormat.RichText)
        words.setText(marked(one))
        self.body.addWidget(words)
        self.body.addWidget(
            Hint(self.tr("It leaves as it stands, with the next bundle. It cannot be taken back from Pisa."))
        )
        self.reason = TextField(self.tr("Why it tells of nobody"))
        self.reason.edit.setMaxLength(200)
        self.reason.edit.returnPressed.connect(self.go)
        self.body.addWidget(self.reason)
        self.refused = Text("", "body", "danger")
        self.refused.hide()
        self.body.addWidget(self.refused)
        self.add_act(self.tr("Keep it here"))
        self.act = self.add_button(self.tr("Let it go"), main=True)
        self.act.clicked.connect(self.go)
        self.reason.edit.setFocus()

    def go(self) -> None:
        """Let it go, if a reason was typed."""
        reason = self.reason.text
        if not say_all([(self.reason, "" if reason else self.tr("Type why."))]):
            return
        site, item = self._desk.site, self._one.item

        def work() -> None:
            from anifro_desktop.workflows import held_texts

            held_texts.let_go(site, item, reason)

        self.act.setEnabled(False)
        self._desk.run(self, work, lambda _: self._done(), self._refused)

    def _done(self) -> None:
        self.done_with.emit()
        self.accept()

    def _refused(self, error: Exception) -> None:
        self.act.setEnabled(True)
        self.refused.setText(sentence(error))
        self.refused.show()
