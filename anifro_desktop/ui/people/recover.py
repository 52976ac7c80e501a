"""A forgotten passphrase, on a locked site: another administrator resets it, or the recovery sheet gives a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from anifro_desktop.ui.asking import ask_worker
from anifro_desktop.ui.fields import Labelled, say_all
from anifro_desktop.ui.frontdoor import FrontDoor
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.new_passphrase import NewPassphrase
from anifro_desktop.ui.people.acting import work_bar
from anifro_desktop.ui.sheet_rows import SheetRows
from anifro_desktop.ui.tasks import Tasks
from anifro_desktop.ui.widgets import Banner, Button, ComboBox, Heading, Option, PrimaryButton, Text


class RecoverPage(FrontDoor):
    """administrators: who may get a new passphrase; number: of the sheet that holds, 0 if there is none; recover: the
    work, given the sheet as typed, a code and a passphrase."""

    back_wanted = Signal()
    recovered = Signal(str)  # the administrator of this code has a new passphrase

    def __init__(
        self,
        administrators: Sequence[Any],
        number: int,
        recover: Callable[[str, str, str], Any],
        tasks: Tasks,
        language: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(language, "", 660, parent)
        self.languages.hide()  # another language would make the page anew, without what was typed
        self._people = {one.code: one for one in administrators}
        self._recover, self._tasks, self._number = recover, tasks, number
        self.banner = Banner("danger")
        self.progress = work_bar(self.tr("The new passphrase is being set"))
        self.back = Button(self.tr("Back to unlock"))
        self.back.clicked.connect(self.back_wanted)
        self._say_what_can_be_done()
        if number:
            self._add_sheet(administrators)
        else:
            self.add_foot((self.banner, self.progress), (self.back,))

    def _add_sheet(self, administrators: Sequence[Any]) -> None:
        """Where the sheet is copied to, for whom, and the new passphrase; only made where there is a sheet."""
        self.sheet = SheetRows()
        self.person = ComboBox([Option(one.code, f"{one.name} ({one.code})") for one in administrators])
        self.person.set_chosen(administrators[0].code if administrators else None)
        self.new = NewPassphrase(self._tasks, self._names, self.tr("New passphrase"))
        self.sheet.entered.connect(self.new.first.edit.setFocus)
        self.new.entered.connect(self.go)
        self.button = PrimaryButton(self.tr("Set the new passphrase"))
        self.button.clicked.connect(self.go)
        body = self.card.body
        body.addWidget(self.sheet)
        body.addWidget(Labelled(self.tr("Administrator who gets the new passphrase"), self.person))
        body.addWidget(self.new)
        self.add_foot((self.banner, self.progress), (self.button, self.back))

    def _say_what_can_be_done(self) -> None:
        body = self.card.body
        body.addWidget(Heading(self.tr("A forgotten passphrase"), 2))
        body.addWidget(
            Text(
                self.tr(
                    "1. Ask another site administrator: under People, “Reset the passphrase” gives a passphrase for "
                    "one unlocking. Nothing is lost."
                )
            )
        )
        if self._number:
            words = self.tr(
                "2. If no administrator can unlock, fetch the envelope with recovery sheet {number} and copy its four "
                "rows here. An administrator gets a new passphrase."
            ).format(number=self._number)
        else:
            words = self.tr(
                "2. No recovery sheet was made for this site: if no administrator can unlock, what was not sent to "
                "Pisa cannot be read any more. Call the centre."
            )
        body.addWidget(Text(words))

    def first_focus(self) -> None:
        """The first row, or the way back."""
        if self._number:
            self.sheet.first_focus()
        else:
            self.back.setFocus()

    def _names(self) -> tuple[str, ...]:
        one = self._people.get(str(self.person.currentData()))
        return (one.name, one.code) if one is not None else ()

    def go(self) -> None:
        """Set the new passphrase, once the sheet is as printed and the passphrase strong enough."""
        if not self.button.isEnabled() or not say_all([*self.sheet.checks()]) or not self.new.complete():
            return
        self._busy(True)
        typed = self.sheet.text
        code, passphrase, recover = str(self.person.currentData()), self.new.first.text, self._recover
        ask_worker(
            self._tasks,
            self,
            lambda: recover(typed, code, passphrase),
            lambda _none: self._done(code),
            self._failed,
        )

    def _busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        for control in (self.button, self.back, self.person):
            control.setEnabled(not busy)
        self.sheet.set_read_only(busy)
        self.new.set_read_only(busy)
        if busy:
            self.banner.hide()

    def _done(self, code: str) -> None:
        self.sheet.forget()
        self.new.forget()
        self.recovered.emit(code)

    def _failed(self, error: Exception) -> None:
        self._busy(False)
        self.banner.say(sentence(error))
