"""Moving a patient to another computer: handed over with a file, or what is said of a hand-over changed afterwards.

What the page offers follows from how the patient stands: kept here, handed over, or taken over here. Before anything is
done it says what will happen.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from anifro_desktop.ui import icons
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.fields import PassphraseField, TextField, say_all
from anifro_desktop.ui.importing.paths import FileField
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.people.acting import waiting, work_bar
from anifro_desktop.ui.widgets import Banner, Button, Card, DangerButton, Text

if TYPE_CHECKING:
    from anifro_desktop.workflows.transfer import HandedOver

_CARD_BYTES = 1 << 16


class GivePage(Page):
    """subject: the patient."""

    back_wanted = Signal()

    def __init__(self, desk: Desk, subject: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Move to another computer"), subject, parent)
        self._desk, self._subject = desk, subject
        self.back = Button(self.tr("Back"), icon=icons.icon("back"))
        self.back.clicked.connect(self.back_wanted)
        self.header.acts.addWidget(self.back)
        self.busy = work_bar(self.tr("Everything is checked, and the file is sealed"))
        self.refused = Banner("danger")
        self.give, self.again, self.turn = self._give_card(), self._again_card(), self._turn_card()
        column = self.add_column(820)
        for part in (self.busy, self.refused, self.give, self.again, self.turn):
            column.addWidget(part)
            part.hide()

    # Building

    def _give_card(self) -> Card:
        card = Card(self.tr("Hand over"))
        card.body.addWidget(
            Text(
                self.tr(
                    "Everything of the patient goes into one file that only the other computer can open: versions, "
                    "drafts, signatures, the audit trail, and who the patient is. Bring it there by hand, never by way "
                    "of Pisa. From then on the record is only read here. Pisa learns of it with the next sending of "
                    "both sides."
                )
            )
        )
        self.card_file = FileField(
            self.tr("Card of the computer that goes on"), self.tr("A file card-….anfk of that computer"), card
        )
        self.card_file.button.clicked.connect(partial(self._choose_file, self.card_file))
        self.mark = TextField(
            self.tr("Its fingerprint"), self.tr("As it is read out there: five groups of five letters"), 40
        )
        self.folder = FileField(
            self.tr("Folder for the file"), self.tr("A stick that stays in your hands"), card
        )
        self.folder.button.clicked.connect(partial(self._choose_folder, self.folder))
        self.passphrase = PassphraseField(self.tr("Your passphrase"))
        self.passphrase.entered.connect(self.hand_over)
        self.hand_button = DangerButton(self.tr("Hand over"))
        self.hand_button.clicked.connect(self.hand_over)
        for part in (self.card_file, self.mark, self.folder, self.passphrase, self.hand_button):
            card.body.addWidget(part)
        return card

    def _again_card(self) -> Card:
        card = Card(self.tr("The file once more"))
        card.body.addWidget(
            Text(self.tr("If the file did not arrive, the very same one can be written again."))
        )
        self.again_folder = FileField(
            self.tr("Folder for the file"), self.tr("A stick that stays in your hands"), card
        )
        self.again_folder.button.clicked.connect(partial(self._choose_folder, self.again_folder))
        self.again_button = Button(self.tr("Write the file again"))
        self.again_button.clicked.connect(self.write_again)
        card.body.addWidget(self.again_folder)
        card.body.addWidget(self.again_button)
        return card

    def _turn_card(self) -> Card:
        card = Card(self.tr("Change who goes on"))
        self.turn_words = Text("")
        self.reason = TextField(self.tr("Reason"), self.tr("It stays in the audit trail"), 40)
        self.turn_passphrase = PassphraseField(self.tr("Your passphrase"))
        self.turn_passphrase.entered.connect(self.change)
        self.turn_button = DangerButton("")
        self.turn_button.clicked.connect(self.change)
        for part in (self.turn_words, self.reason, self.turn_passphrase, self.turn_button):
            card.body.addWidget(part)
        return card

    def first_focus(self) -> None:
        self.back.setFocus()

    # What it shows

    def refresh(self) -> None:
        site, subject = self._desk.site, self._subject

        def read() -> tuple[str, str]:
            from anifro_desktop.workflows import transfer

            return transfer.standing(site, subject)

        self._desk.run(self, read, lambda found: self._show(*found))

    def _show(self, act: str, other: str) -> None:
        """act: what was said last of a hand-over of this patient, or nothing; other: the other computer."""
        self._act = act
        self.give.setVisible(act in ("", "taken", "taken_back"))
        self.again.setVisible(act == "handed")
        words = self._turn_texts(other).get(act)
        self.turn.setVisible(words is not None)
        if words is not None:
            self.turn_words.setText(words[0])
            self.turn_button.setText(words[1])
        if act == "":
            self.card_file.edit.setFocus()

    def _turn_texts(self, other: str) -> dict[str, tuple[str, str]]:
        return {
            "handed": (
                self.tr(
                    "The patient was handed over to {other}. Only if the file was never used there and never will be, "
                    "the patient can be taken back: telephone first. If both go on, Pisa sees it and asks."
                ).format(other=other),
                self.tr("Take the patient back"),
            ),
            "taken_back": (
                self.tr(
                    "The patient was taken back from {other}. If the file had been used there all the same, leave the "
                    "patient there: what was entered here since stays, to be read only."
                ).format(other=other),
                self.tr("Leave the patient there"),
            ),
            "taken": (
                self.tr(
                    "The patient was taken over from {other}. If that was a mistake and the old computer goes on, give "
                    "the patient up here: what was entered here stays, to be read only."
                ).format(other=other),
                self.tr("Give the patient up"),
            ),
        }

    # Acting

    def hand_over(self) -> None:
        """Hand over, once everything is given."""
        complete = self.card_file.given(self.tr("Say where the card is.")) and say_all(
            [
                (self.mark, "" if self.mark.text else self.tr("Type the fingerprint.")),
                (self.passphrase, "" if self.passphrase.text else self.tr("Type the passphrase.")),
            ]
        )
        if not complete or not self.folder.given(self.tr("Say where the file goes.")):
            return
        site, subject = self._desk.site, self._subject
        given = (self.card_file.path, self.mark.text, self.folder.path, self.passphrase.text)

        def work() -> HandedOver:
            from anifro_desktop.files import read_regular
            from anifro_desktop.workflows import transfer

            card, mark, folder, passphrase = given
            return transfer.hand_over(
                site, subject, read_regular(card, _CARD_BYTES), mark, folder, passphrase
            )

        self._do(work, self._handed)

    def write_again(self) -> None:
        """Write the file of before once more."""
        if not self.again_folder.given(self.tr("Say where the file goes.")):
            return
        site, subject, folder = self._desk.site, self._subject, self.again_folder.path

        def work() -> HandedOver:
            from anifro_desktop.workflows import transfer

            return transfer.write_again(site, subject, folder)

        self._do(work, self._handed)

    def change(self) -> None:
        """Change who goes on, once why and the passphrase are typed."""
        complete = say_all(
            [
                (self.reason, "" if self.reason.text else self.tr("Type why.")),
                (self.turn_passphrase, "" if self.turn_passphrase.text else self.tr("Type the passphrase.")),
            ]
        )
        if not complete:
            return
        site, act = self._desk.site, self._act
        given = (self._subject, self.reason.text, self.turn_passphrase.text)

        def work() -> None:
            from anifro_desktop.workflows import transfer

            turns: dict[str, Callable[..., None]] = {
                "handed": transfer.take_back,
                "taken_back": transfer.confirm_handed,
                "taken": transfer.give_up,
            }
            turns[act](site, *given)

        self._do(work, self._turned)

    def _do(self, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        self._show_busy(True)
        self._desk.run(self, work, done, self._failed)

    def _handed(self, made: HandedOver) -> None:
        words = self.tr(
            "In the folder: {name} and {card}. Read this fingerprint out there: {fingerprint}"
        ).format(name=made.name, card=made.card, fingerprint=made.fingerprint)
        title = self.tr("Handed over to {other}").format(other=f"{made.site}/{made.writer[:8]}")
        self._said(title, words)

    def _turned(self, _none: object) -> None:
        self._said(self.tr("Done. Pisa learns of it with the next sending."), "")

    def _said(self, title: str, words: str) -> None:
        self._show_busy(False)
        for field in (self.passphrase, self.turn_passphrase, self.reason):
            field.edit.clear()
        self.banner.say(title, words, tone="success")
        self._desk.changed.emit()
        self.refresh()
        self.back.setFocus()

    def _failed(self, error: Exception) -> None:
        self._show_busy(False)
        self.refused.say(waiting(error))
        self.refused.show()

    def _show_busy(self, busy: bool) -> None:
        self.busy.setVisible(busy)
        for control in (self.back, self.hand_button, self.again_button, self.turn_button):
            control.setEnabled(not busy)
        if busy:
            self.refused.hide()
            self.banner.hide()

    def _choose_file(self, field: FileField) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Card of the computer that goes on"), "", self.tr("Cards (*.anfk)")
        )
        if chosen:
            field.edit.setText(chosen)

    def _choose_folder(self, field: FileField) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Folder for the file"), str(Path(field.text)) if field.text else ""
        )
        if chosen:
            field.edit.setText(chosen)
