"""The keys of the exchange with Pisa, in the settings: those of this computer, made anew, and those of Pisa, which a
person compares when their root is another. An expired keyset is said, and stops nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.fields import Labelled
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.widgets import Banner, Button, Card, LineEdit, PrimaryButton, Text
from anifro_desktop.ui.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from anifro_desktop.workflows.centre_keys import CentreKeys
    from anifro_desktop.workflows.own_keys import KeyState


class ExchangeKeysCard(Card):
    """What is typed stays until it was used."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Keys for the exchange with Pisa"), parent)
        self._desk = desk
        self.banner = Banner(parent=self)
        self.own = Text("", parent=self)
        self.centre = Text("", parent=self)
        self.warning = Banner(parent=self)
        self.compared = LineEdit(32)
        self.compared_line = Labelled(
            self.tr("Fingerprint as Pisa reads it out"),
            self.compared,
            self.tr("It must be that of the new root"),
        )
        self.accept_button = PrimaryButton(self.tr("It is the same: use the new keys"), parent=self)
        self.accept_button.clicked.connect(self.accept)
        self.reason = LineEdit(40)
        self.reason_line = Labelled(self.tr("Why new keys are needed"), self.reason)
        self.renew_button = Button(self.tr("New signing keys"), parent=self)
        self.renew_button.clicked.connect(self.renew)
        for part in (self.banner, self.own, self.centre, self.warning, self.compared_line):
            self.body.addWidget(part)
        for buttons, after in ((self.accept_button, self.reason_line), (self.renew_button, None)):
            row = FlowLayout(gap=theme.px(8))
            row.addWidget(buttons)
            self.body.addLayout(row)
            if after is not None:
                self.body.addWidget(after)
        self.compared_line.hide()
        self.accept_button.hide()
        self.refresh()

    def refresh(self) -> None:
        """Show how the keys stand."""
        site = self._desk.site

        def work() -> tuple[KeyState, CentreKeys]:
            from anifro_desktop.workflows import centre_keys, own_keys

            return own_keys.state(site), centre_keys.state(site)

        self._desk.run(self, work, self._show, self._refused)

    def _show(self, states: tuple[KeyState, CentreKeys]) -> None:
        own, centre = states
        self._show_own(own)
        self._show_centre(centre)
        for part in (self.reason_line, self.renew_button):
            part.setVisible(self._desk.site.may("site_admin"))

    def _show_own(self, now: KeyState) -> None:
        told = self.tr("This computer signs with the keys of the card {fingerprint}.")
        if now.told:
            told += " " + self.tr(
                "New keys were announced in bundle {number}: they hold from Pisa's receipt on."
            )
        elif now.coming:
            told += " " + self.tr("New keys are ready: the next sending announces them to Pisa.")
        self.own.setText(told.format(fingerprint=now.fingerprint, number=now.told))

    def _show_centre(self, now: CentreKeys) -> None:
        told = self.tr("Keys of Pisa: version {version}, valid until {day}; fingerprint {fingerprint}.")
        day = now.expires.strftime("%d/%m/%Y")
        self.centre.setText(told.format(version=now.version, day=day, fingerprint=now.fingerprint))
        self.warning.hide()
        if now.waiting:
            words = self.tr(
                "Pisa has a new root key, signed by the old one too. Fingerprint before: {old}; new: {new}. Have the "
                "new one read out on the telephone before you go on."
            )
            self.warning.say(words.format(old=now.fingerprint, new=now.waiting), tone="warning")
        elif now.expired:
            words = self.tr(
                "The keys of Pisa have expired: work and sending go on; ask Pisa for the new ones."
            )
            self.warning.say(words, tone="warning")
        may = bool(now.waiting) and self._desk.site.may("site_admin")
        for part in (self.compared_line, self.accept_button):
            part.setVisible(may)

    def renew(self) -> None:
        """Make new keys, for the reason in the line."""
        site, reason = self._desk.site, self.reason.text()

        def work() -> None:
            from anifro_desktop.workflows import own_keys

            own_keys.renew(site, reason)

        self.banner.hide()
        self._desk.run(self, work, self._renewed, self._refused)

    def _renewed(self, _: object) -> None:
        self.reason.clear()
        self.refresh()
        self.banner.say(
            self.tr("New keys are made: the next sending announces them, and nothing is sent again."),
            tone="success",
        )

    def accept(self) -> None:
        """Use the centre's keys that wait, if the typed fingerprint is theirs."""
        site, typed = self._desk.site, self.compared.text()

        def work() -> None:
            from anifro_desktop.workflows import centre_keys

            centre_keys.accept(site, typed)

        self.banner.hide()
        self._desk.run(self, work, self._accepted, self._refused)

    def _accepted(self, _: object) -> None:
        self.compared.clear()
        self.refresh()
        self.banner.say(self.tr("The new keys of Pisa are in use."), tone="success")

    def _refused(self, error: Exception) -> None:
        self.banner.say(sentence(error), tone="danger")
