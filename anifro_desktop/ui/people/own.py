"""One's own passphrase: changed while the site is open, or chosen before anything is seen of it.

Whoever unlocked with a passphrase for one unlocking sees nothing else before another is chosen; going away locks.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.fields import PassphraseField, say_all
from anifro_desktop.ui.frontdoor import FrontDoor
from anifro_desktop.ui.new_passphrase import NewPassphrase
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.people.acting import waiting, work_bar
from anifro_desktop.ui.widgets import Banner, Button, Card, Heading, PrimaryButton, Text

_ABOUT_THE_OLD = ("wrong_passphrase", "try_later")


def _names(desk: Desk) -> tuple[str, ...]:
    """What a thief would try first."""
    site = desk.site
    return (site.name, site.code, site.person.name, site.person.code)


def _change(desk: Desk, owner: QWidget, old: str, new: str, done: Callable[[], object], failed) -> None:
    site = desk.site

    def work() -> None:
        from anifro_desktop.workflows import people

        people.change_passphrase(site, old, new)

    desk.run(owner, work, lambda _none: done(), failed)


class PassphrasePage(Page):
    """Change one's own passphrase."""

    back_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("My passphrase"), desk.site.person.name, parent)
        self._desk = desk
        back = Button(self.tr("Back"))
        back.clicked.connect(self.back_wanted)
        self.header.acts.addWidget(back)
        self.old = PassphraseField(self.tr("Present passphrase"))
        self.new = NewPassphrase(desk.tasks, lambda: _names(desk), self.tr("New passphrase"))
        self.old.entered.connect(self.new.first.edit.setFocus)
        self.new.entered.connect(self.change)
        self.progress = work_bar(self.tr("The passphrase is being changed"))
        self.button = PrimaryButton(self.tr("Change the passphrase"))
        self.button.clicked.connect(self.change)
        card = Card()
        card.body.setSpacing(theme.px(14))
        text = self.tr(
            "It encrypts everything on this computer, and nobody can read it out. Your signatures stay valid."
        )
        for part in (Text(text), self.old, self.new, self.progress):
            card.body.addWidget(part)
        card.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column = self.add_column(620)
        column.addWidget(card)

    def first_focus(self) -> None:
        self.old.edit.setFocus()

    def change(self) -> None:
        """Change it, once all three are typed."""
        if not self.button.isEnabled():
            return
        missing = "" if self.old.text else self.tr("Type the present passphrase.")
        if not say_all([(self.old, missing)]) or not self.new.complete(self.old.text):
            return
        self._busy(True)
        _change(self._desk, self, self.old.text, self.new.first.text, self._done, self._failed)

    def _busy(self, busy: bool) -> None:
        self.banner.hide()
        self.progress.setVisible(busy)
        self.button.setEnabled(not busy)
        self.old.edit.setReadOnly(busy)
        self.new.set_read_only(busy)

    def _done(self) -> None:
        self._busy(False)
        self.old.edit.clear()
        self.new.forget()
        self.banner.say(
            self.tr("Your passphrase was changed."),
            self.tr("The old one opens nothing any more."),
            tone="success",
        )
        self._desk.changed.emit()
        self.old.edit.setFocus()

    def _failed(self, error: Exception) -> None:
        self._busy(False)
        if getattr(error, "code", "") in _ABOUT_THE_OLD:
            say_all([(self.old, waiting(error))])
            self.old.edit.selectAll()
        else:
            self.banner.say(waiting(error), tone="danger")


class OwnPassphrase(FrontDoor):
    """Before anything is seen: choose a passphrase of one's own. given: the one for this unlocking, just typed."""

    chosen = Signal()
    lock_wanted = Signal()

    def __init__(self, desk: Desk, given: str, line: str = "", parent: QWidget | None = None) -> None:
        super().__init__(desk.language, line, 620, parent)
        self._desk, self._given = desk, given
        self.languages.hide()  # another language would make the page anew, without what was typed
        self.new = NewPassphrase(desk.tasks, lambda: _names(desk), self.tr("Your own passphrase"))
        self.new.entered.connect(self.choose)
        self.banner = Banner("danger")
        self.progress = work_bar(self.tr("The passphrase is being changed"))
        self.button = PrimaryButton(self.tr("Go on with this passphrase"))
        self.button.clicked.connect(self.choose)
        self.leave = Button(self.tr("Lock"))
        self.leave.clicked.connect(self.lock_wanted)
        body = self.card.body
        body.addWidget(Heading(self.tr("Choose a passphrase of your own"), 2))
        text = self.tr(
            "{name}, the passphrase you were given holds for this unlocking only. Choose one that nobody else knows: "
            "your signature depends on it."
        )
        body.addWidget(Text(text.format(name=desk.site.person.name)))
        for part in (self.new, self.banner, self.progress):
            body.addWidget(part)
        line_of_acts = QHBoxLayout()
        line_of_acts.addWidget(self.button)
        line_of_acts.addStretch(1)
        line_of_acts.addWidget(self.leave)
        body.addLayout(line_of_acts)

    def first_focus(self) -> None:
        """The first of the two."""
        self.new.first.edit.setFocus()

    def choose(self) -> None:
        """Take it, once it is strong enough and typed twice."""
        if not self.button.isEnabled() or not self.new.complete(self._given):
            return
        self._busy(True)
        _change(self._desk, self, self._given, self.new.first.text, self._done, self._failed)

    def _busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.button.setEnabled(not busy)
        self.leave.setEnabled(not busy)
        self.new.set_read_only(busy)
        if busy:
            self.banner.hide()

    def _done(self) -> None:
        self._given = ""
        self.new.forget()
        self.chosen.emit()

    def _failed(self, error: Exception) -> None:
        self._busy(False)
        self.banner.say(waiting(error))
