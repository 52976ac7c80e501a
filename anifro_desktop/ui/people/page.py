"""The people of the site: who may unlock, in which roles; what a site administrator does about it; what was done.

Everybody may read it; only a site administrator changes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from anifro_desktop.ui import icons, texts, theme
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.people import words
from anifro_desktop.ui.people.dialogs import AddDialog, AskDialog, ChangeDialog, OnceDialog, next_code
from anifro_desktop.ui.people.history import HistoryCard
from anifro_desktop.ui.rows import Column, Rows
from anifro_desktop.ui.widgets import Button, Card, PrimaryButton, Text
from anifro_desktop.ui.widgets.flow import FlowLayout
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.people import Member
from anifro_desktop.workflows.recovery import Standing


class PeoplePage(Page):
    """Reached from the settings, from Find and from the menu."""

    place_wanted = Signal(str)  # another page: `passphrase`, `sheet`

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("People"), self.tr("Who may unlock this site, and in which roles"), parent)
        self._desk = desk
        self._members: tuple[Member, ...] = ()
        self.dialog: Any = None
        self.own = Button(self.tr("Change my passphrase…"))
        self.own.clicked.connect(lambda: self.place_wanted.emit("passphrase"))
        self.add = PrimaryButton(self.tr("Add a person…"), icon=icons.icon("enrol", "on_accent"))
        self.add.clicked.connect(self.ask_to_add)
        self.header.acts.addWidget(self.own)
        self.header.acts.addWidget(self.add)
        self.history = HistoryCard()
        for card in (self._list_card(), self._keys_card(), self.history):
            self.body.addWidget(card)
        self.body.addStretch(1)

    # The list

    def _list_card(self) -> Card:
        card = Card()
        card.body.setContentsMargins(1, theme.px(6), 1, theme.px(12))
        self.table = Rows(
            self.tr("People"),
            (
                Column(self.tr("Code"), lambda one: one.person.code, 64, strong=True),
                Column(self.tr("Name"), lambda one: one.person.name, 160),
                Column(self.tr("Roles"), lambda one: words.roles_text(one.person.roles), 150, wraps=True),
                Column(
                    self.tr("State"),
                    lambda one: words.state(one)[0],
                    190,
                    tone=lambda one: words.state(one)[1],
                ),
                Column(self.tr("Failed tries"), _failed, 130, drop=1),
            ),
            stretch=2,
            unrolled=True,
        )
        self.table.current.connect(lambda _one: self._show_acts())
        self.table.opened.connect(lambda _one: self.ask_to_change())
        card.body.addWidget(self.table)
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.px(12), theme.px(6), theme.px(12), 0)
        self.only = Text("", ink="muted")
        foot.addWidget(self.only)
        self.acts = QWidget()
        flow = FlowLayout(self.acts, theme.px(8))
        self.change = self._act(flow, self.tr("Change…"), self.ask_to_change)
        self.reset = self._act(flow, self.tr("Reset the passphrase…"), self.ask_to_reset)
        self.disable = self._act(flow, self.tr("Disable…"), self.ask_to_disable)
        self.enable = self._act(flow, self.tr("Enable…"), self.ask_to_enable)
        self.remove = self._act(flow, self.tr("Remove…"), self.ask_to_remove)
        foot.addWidget(self.acts)
        card.body.addLayout(foot)
        return card

    def _act(self, flow: FlowLayout, text: str, act: Any) -> Button:
        button = Button(text)
        button.clicked.connect(act)
        flow.addWidget(button)
        return button

    def _keys_card(self) -> Card:
        self.keys = Card(self.tr("Recovery sheet and keys"))
        self.sheet_state = Text()
        self.sheet = Button(self.tr("Make a recovery sheet…"))
        self.sheet.clicked.connect(lambda: self.place_wanted.emit("sheet"))
        self.renew = Button(self.tr("Renew the keys…"))
        self.renew.clicked.connect(self.ask_to_renew)
        self.keys.body.addWidget(self.sheet_state)
        self.keys.body.addWidget(self.sheet, 0, Qt.AlignmentFlag.AlignLeft)
        self.keys.body.addWidget(
            Text(
                self.tr(
                    "Where a passphrase or a copy of the folder may be in wrong hands: change that passphrase first, "
                    "then have both databases put under new keys."
                )
            )
        )
        self.keys.body.addWidget(self.renew, 0, Qt.AlignmentFlag.AlignLeft)
        return self.keys

    def first_focus(self) -> None:
        self.table.setFocus()

    def refresh(self) -> None:
        site = self._desk.site

        def read() -> tuple[Any, ...]:
            from anifro_desktop.workflows import people, recovery

            return people.members(site), people.history(site), recovery.standing(site)

        self._desk.run(self, read, lambda answer: self._show(*answer))

    def _show(self, members: tuple[Member, ...], acts: Sequence[Any], standing: Standing) -> None:
        self._members = members
        self.table.show_items(members, key=lambda one: one.person.code)
        self._show_acts()
        self.history.show_acts(acts)
        self.sheet_state.setText(sheet_words(standing))

    def _show_acts(self) -> None:
        """What may be done with the person under the cursor."""
        site, one = self._desk.site, self.table.item
        admin = site.may("site_admin")
        for part in (self.acts, self.keys, self.add):
            part.setVisible(admin)
        self.only.setVisible(not admin)
        if not admin:
            self.only.setText(self._who_may())
        state = one.state if one is not None else ""
        other = one is not None and one.person.code != site.person.code
        self.change.setVisible(state == "active")
        self.reset.setVisible(state == "active" and other)
        self.disable.setVisible(state == "active" and other)
        self.enable.setVisible(state == "disabled")
        self.remove.setVisible(state in ("active", "disabled") and other)

    def _who_may(self) -> str:
        names = [
            one.person.name
            for one in self._members
            if one.state == "active" and "site_admin" in one.person.roles
        ]
        return self.tr("Only a site administrator changes this: {names}.").format(names=texts.listed(names))

    # Acts

    def ask_to_add(self) -> None:
        """Ask for another person."""
        self.dialog = AddDialog(self._desk, next_code(self._members), self._show_once, self)
        self.dialog.open()

    def ask_to_change(self) -> None:
        """Ask for other roles or a corrected name."""
        one = self.table.item
        if one is None or one.state != "active" or not self._desk.site.may("site_admin"):
            return
        self.dialog = ChangeDialog(self._desk, one, self._changed, self)
        self.dialog.open()

    def ask_to_disable(self) -> None:
        """Keep somebody from unlocking."""
        text = self.tr(
            "{name} can no longer unlock until enabled again. Who left for good is better removed: the keys "
            "are changed then."
        )
        during = self.tr("The person is being disabled…")
        self._ask(self.tr("Disable {code}"), text, during, self.tr("Disable"), "disable")

    def ask_to_enable(self) -> None:
        """Let somebody unlock again."""
        text = self.tr("{name} can unlock again, with the passphrase of before.")
        during = self.tr("The person is being enabled…")
        self._ask(self.tr("Enable {code}"), text, during, self.tr("Enable"), "enable", reasoned=False)

    def ask_to_remove(self) -> None:
        """Take somebody's keys for ever."""
        text = self.tr(
            "{name} never unlocks again, and the databases get new keys. Backups and copies of the folder made before "
            "stay readable to whoever has them with a passphrase of then. The key that signs the files for Pisa stays "
            "the same: tell Pisa on the telephone who was removed. What {name} signed stays signed."
        )
        during = self.tr("The databases are being put under new keys. This takes a moment…")
        self._ask(self.tr("Remove {code}"), text, during, self.tr("Remove"), "remove")

    def _ask(self, title: str, text: str, during: str, verb: str, act: str, reasoned: bool = True) -> None:
        person, site = self.table.item.person, self._desk.site

        def work(reason: str) -> None:
            from anifro_desktop.workflows import people

            getattr(people, act)(site, person.code, *([reason] if reasoned else []))

        shown = (title.format(code=person.code), text.format(name=person.name), during, verb)
        self.dialog = AskDialog(self._desk, shown, work, lambda _none: self._changed(), self, reasoned)
        self.dialog.open()

    def ask_to_reset(self) -> None:
        """Give who forgot the passphrase one for a single unlocking."""
        person, site = self.table.item.person, self._desk.site

        def work(reason: str) -> str:
            from anifro_desktop.workflows import people

            once = people.one_time()
            people.reset(site, person.code, once, reason)
            return once

        shown = (
            self.tr("Reset the passphrase of {code}").format(code=person.code),
            self.tr(
                "{name} gets a passphrase for one unlocking. The present one opens nothing any more."
            ).format(name=person.name),
            self.tr("The passphrase is being reset…"),
            self.tr("Reset the passphrase"),
        )
        self.dialog = AskDialog(self._desk, shown, work, lambda once: self._show_once(person, once), self)
        self.dialog.open()

    def ask_to_renew(self) -> None:
        """Put both databases under new keys."""
        site = self._desk.site

        def work(reason: str) -> None:
            from anifro_desktop.workflows import people

            people.renew_keys(site, reason)

        shown = (
            self.tr("Renew the keys"),
            self.tr(
                "Both databases are put under new keys. First, whoever's passphrase is known to others must choose a "
                "new one or be given one: with the old one and an old copy, the new keys would be opened too. Copies "
                "of the folder made before stay readable with a passphrase of then. The key that signs the files for "
                "Pisa stays the same: tell Pisa on the telephone what happened."
            ),
            self.tr("The databases are being put under new keys. This takes a moment…"),
            self.tr("Renew the keys"),
        )
        self.dialog = AskDialog(self._desk, shown, work, lambda _none: self._renewed(), self)
        self.dialog.open()

    def _show_once(self, person: Person, once: str) -> None:
        self._changed()
        self.dialog = OnceDialog(person, once, self)
        self.dialog.open()

    def _renewed(self) -> None:
        self._changed()
        self.banner.say(self.tr("The databases have new keys."), tone="success")

    def _changed(self) -> None:
        self.banner.hide()
        self._desk.changed.emit()
        self.refresh()
        self.table.setFocus()


def _failed(one: Member) -> str:
    return str(one.failed) if one.failed else "–"


def sheet_words(standing: Standing) -> str:
    """How it is with the recovery sheet, in a sentence or two."""
    translate = texts.translate
    if not standing.number:
        return translate(
            "People",
            "There is no recovery sheet yet. Without one, and without another administrator, a forgotten passphrase "
            "loses what was not yet sent to Pisa.",
        )
    if standing.unseen > standing.number:
        return translate(
            "People",
            "Recovery sheet {unseen} was made and never checked on paper, so sheet {number} still opens this site: "
            "make a new one, print it and type two groups back.",
        ).format(unseen=standing.unseen, number=standing.number)
    if not standing.kept:
        return translate(
            "People",
            "Recovery sheet {number} was made but not checked, or it was used: make a new one, print it and close it "
            "in an envelope.",
        ).format(number=standing.number)
    return translate(
        "People",
        "Recovery sheet {number} opens this site. If it is lost or was seen, make a new one: the databases then get "
        "new keys, and earlier sheets open only backups of before.",
    ).format(number=standing.number)
