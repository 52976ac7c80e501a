"""Taking a patient over from another computer: the file is checked and what comes is shown, before it is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from anifro_desktop.ui import icons, texts
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.fields import PassphraseField, TextField, say_all
from anifro_desktop.ui.importing.paths import FileField
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.people.acting import waiting, work_bar
from anifro_desktop.ui.widgets import Banner, Button, Card, PrimaryButton, Text
from anifro_desktop.ui.words import visit_name, visit_state

if TYPE_CHECKING:
    from anifro_desktop.workflows.transfer import Coming

_CARD_BYTES = 1 << 16


class TakePage(Page):
    """Nothing is written before what comes was shown."""

    back_wanted = Signal()
    patient_wanted = Signal(str)  # the patient who was taken over

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Take a patient over"), self.tr("From another computer"), parent)
        self._desk = desk
        self.back = Button(self.tr("Back"), icon=icons.icon("back"))
        self.back.clicked.connect(self.back_wanted)
        self.header.acts.addWidget(self.back)
        self.busy = work_bar(self.tr("The file is checked"))
        self.refused = Banner("danger")
        self.file_card, self.comes_card = self._file(), self._comes()
        column = self.add_column(820)
        for part in (self.busy, self.refused, self.file_card, self.comes_card):
            column.addWidget(part)
        for part in (self.busy, self.refused, self.comes_card):
            part.hide()

    def _file(self) -> Card:
        card = Card(self.tr("The file"))
        self.file = FileField(
            self.tr("File of the hand-over"), self.tr("The card of the old computer lies beside it"), card
        )
        self.file.button.clicked.connect(self._choose)
        self.mark = TextField(
            self.tr("Fingerprint of the old computer"),
            self.tr("As it is read out there: five groups of five letters"),
            40,
        )
        self.mark.edit.returnPressed.connect(self.look)
        self.look_button = Button(self.tr("Show what comes"))
        self.look_button.clicked.connect(self.look)
        for part in (self.file, self.mark, self.look_button):
            card.body.addWidget(part)
        return card

    def _comes(self) -> Card:
        card = Card(self.tr("What comes"))
        self.who, self.what, self.alike = Text("", "strong"), Text(""), Banner("warning")
        self.passphrase = PassphraseField(self.tr("Your passphrase"))
        self.passphrase.entered.connect(self.take)
        self.take_button = PrimaryButton(self.tr("Take the patient over"))
        self.take_button.clicked.connect(self.take)
        for part in (self.who, self.what, self.alike, self.passphrase, self.take_button):
            card.body.addWidget(part)
        return card

    def first_focus(self) -> None:
        self.file.edit.setFocus()

    def look(self) -> None:
        """Check the file, and show what it holds."""
        self.comes_card.hide()
        given = self.file.given(self.tr("Say where the file is.")) and say_all(
            [(self.mark, "" if self.mark.text else self.tr("Type the fingerprint."))]
        )
        if given:
            self._work("", self._show)

    def take(self) -> None:
        """Write what was shown."""
        missing = "" if self.passphrase.text else self.tr("Type the passphrase.")
        if say_all([(self.passphrase, missing)]) and self.comes_card.isVisible():
            self._work(self.passphrase.text, self._taken)

    def _work(self, passphrase: str, done) -> None:
        site, file, mark = self._desk.site, self.file.path, self.mark.text

        def work() -> Coming:
            from anifro_desktop.files import read_regular
            from anifro_desktop.sync.bundle import MAX_FILE
            from anifro_desktop.workflows import transfer

            card = read_regular(transfer.card_beside(file), _CARD_BYTES)
            data = read_regular(file, MAX_FILE)
            if passphrase:
                return transfer.take(site, data, card, mark, passphrase)
            return transfer.look(site, data, card, mark)

        self._show_busy(True)
        self._desk.run(self, work, done, self._failed)

    def _show(self, coming: Coming) -> None:
        self._show_busy(False)
        hidden = self._desk.preferences.hide_names
        name = "" if hidden or not coming.person else f" · {coming.person}"
        self.who.setText(f"{coming.subject}{name}")
        visits = texts.listed([f"{visit_name(key)} ({visit_state(state)})" for key, state in coming.visits])
        where = f"{coming.site}/{coming.writer[:8]}"
        parts = [
            self.tr("From {other}.").format(other=where),
            self.tr("This patient was handed over from here before and comes back.") if coming.back else "",
            self.tr("Visits: {visits}.").format(visits=visits) if visits else self.tr("No visit yet."),
            self.tr(
                "Events: {events}; drafts: {drafts}; versions: {versions}; signatures: {signatures}."
            ).format(
                events=len(coming.events),
                drafts=coming.drafts,
                versions=coming.versions,
                signatures=coming.signatures,
            ),
            self.tr("From then on the patient is kept here; the old computer only reads."),
            self.tr(
                "What Pisa asks about the patient comes with its next answer, once both computers have sent."
            ),
        ]
        self.what.setText(" ".join(part for part in parts if part))
        self.alike.hide()
        if coming.alike:
            codes = texts.listed([one.subject for one in coming.alike])
            self.alike.say(
                self.tr("Somebody alike is here already: {codes}. Look first.").format(codes=codes)
            )
        self.comes_card.show()
        self.passphrase.edit.setFocus()

    def _taken(self, coming: Coming) -> None:
        self._show_busy(False)
        self._desk.changed.emit()
        self.patient_wanted.emit(coming.subject)

    def _failed(self, error: Exception) -> None:
        self._show_busy(False)
        self.refused.say(waiting(error))
        self.refused.show()

    def _show_busy(self, busy: bool) -> None:
        self.busy.setVisible(busy)
        for control in (self.back, self.look_button, self.take_button):
            control.setEnabled(not busy)
        if busy:
            self.refused.hide()

    def _choose(self) -> None:
        start = str(Path(self.file.text).parent) if self.file.text else ""
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("File of the hand-over"), start, self.tr("Hand-overs (*.anfb)")
        )
        if chosen:
            self.file.edit.setText(chosen)
            self.mark.edit.setFocus()
