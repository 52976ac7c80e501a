"""Import from a spreadsheet: the files, a trial of every row, and only then, with the passphrase, the rows themselves.

Rules kept here:
- What is entered is what was tried: the very bytes that were read, by the very mapping.
- A trial that was stopped shows nothing; rows that were entered are told, also where something stopped them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from anifro_desktop.ui import icons
from anifro_desktop.ui.commands import add_key
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.importing.card import may_import
from anifro_desktop.ui.importing.entering import EnterDialog
from anifro_desktop.ui.importing.files import FilesCard
from anifro_desktop.ui.importing.results import ResultsCard
from anifro_desktop.ui.importing.running import Runner, RunningLine
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.widgets import Button, Card, Text

if TYPE_CHECKING:
    from anifro_desktop.workflows.importing.taking import Import, Taken

_WIDEST = 1080


class ImportPage(Page):
    """Reached from the settings, from Find and from the menu."""

    back_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Import from a spreadsheet"), "", parent)
        self._desk = desk
        self._run: Import | None = None  # the last one that went on to its end, or was stopped
        self.dialog: EnterDialog | None = None
        self.back = Button(self.tr("Back"), icon=icons.icon("back"))
        self.back.clicked.connect(self.back_wanted)
        add_key(self, "Alt+Left", self.back.click)
        self.header.acts.addWidget(self.back)
        self.may = may_import(desk)
        self.runner = Runner(desk, self)
        self.work = RunningLine(self.runner, self)
        self.layout().insertWidget(1, self.work)
        column = self.add_column(_WIDEST)
        self.files, self.results = FilesCard(desk), ResultsCard(desk)
        self.only = self._only()
        for part in (self.only, self.files, self.results):
            column.addWidget(part)
        self.only.setVisible(not self.may)
        self.files.setVisible(self.may)
        self._connect()

    def _only(self) -> Card:
        card = Card()
        card.body.addWidget(
            Text(
                self.tr(
                    "Importing enrols patients and enters answers: only an investigator or a person for data entry may "
                    "import. Ask one of them."
                )
            )
        )
        return card

    def _connect(self) -> None:
        self.files.try_wanted.connect(self.try_rows)
        self.files.changed.connect(self._forget)
        self.files.said.connect(self._come_to)
        self.results.said.connect(self._come_to)
        self.results.enter_wanted.connect(self.ask_to_enter)
        self.runner.began.connect(lambda: self.files.show_busy(True))
        self.runner.ended.connect(self._ended)
        self.runner.failed.connect(self._failed)

    def first_focus(self) -> None:
        (self.files.table.edit if self.may else self.back).setFocus()

    @property
    def typed(self) -> tuple[str, ...]:
        """What stands in the lines for the files."""
        return tuple(edit.text() for edit in self.files.edits)

    def type_again(self, typed: Sequence[str]) -> None:
        """Put back what stood there."""
        for edit, text in zip(self.files.edits, typed, strict=True):
            edit.setText(text)

    # A trial

    def try_rows(self) -> None:
        """Read the two files and try every row."""
        site, table, mapping = self._desk.site, self.files.table.path, self.files.mapping.path

        def work() -> Import:
            from anifro_desktop.workflows.importing.chosen import try_files

            return try_files(site, table, mapping)

        self._forget()
        self.files.show_busy(True)
        self._desk.run(self, work, self._go_over, self.files.refuse)

    def _forget(self) -> None:
        self._run = None
        self.results.hide()

    def _go_over(self, run: Import) -> None:
        self._run = run
        self.results.hide()
        self.runner.start(run)

    # Entering

    def ask_to_enter(self) -> None:
        """Ask who enters the rows that were accepted."""
        if self._run is not None and not self.runner.busy:
            self.dialog = EnterDialog(self._desk, self._run, self._go_over, self)
            self.dialog.open()

    # The end

    def _ended(self, taken: Taken) -> None:
        self.files.show_busy(False)
        if not taken.whole and not taken.applied:
            self.files.say(self.tr("Stopped: nothing was changed."), "", "warning")
            self._run = None
            return
        self._show(taken)
        self.results.say(*self._words(taken))
        self._come_to_results()

    def _failed(self, error: Exception, taken: Taken) -> None:
        self.files.show_busy(False)
        if not taken.applied:
            self.files.refuse(error)
            return
        self._show(taken)
        self.results.say(sentence(error), self._kept(taken), "danger")
        self._come_to_results()

    def _show(self, taken: Taken) -> None:
        from anifro_desktop.workflows.importing.telling import Teller

        self.results.show_taken(taken, Teller(self._desk.language, sentence), self.files.table.path)
        if taken.applied:
            self._desk.changed.emit()

    def _come_to_results(self) -> None:
        self.results.table.setFocus()
        self._come_to(self.results.banner)  # the focus alone would bring the list

    def _come_to(self, part: QWidget) -> None:
        """Bring something in sight, once it has its place."""
        QTimer.singleShot(0, self, lambda: self.scroller.ensureWidgetVisible(part))

    def _words(self, taken: Taken) -> tuple[str, str, str]:
        """What happened, what is left to do, and the tone."""
        ready, refused = taken.count("new"), taken.count("refused")
        mend = self.tr("Refused: {count}. Mend these rows in the file, or the mapping, and try again.")
        rest = mend.format(count=refused) if refused else ""
        if not taken.applied:
            words = self.tr("Every row was tried; nothing was changed.")
            if not ready:
                words = self.tr("Nothing new in this file; nothing was changed.")
            return words, rest, "warning" if refused else "info"
        if not taken.whole:
            return self.tr("Stopped: %n row(s) are entered.", "", ready), self._again(), "warning"
        entered = self.tr("%n row(s) are entered as transcriptions.", "", ready)
        again = self.tr("The same file entered again changes nothing.")
        return entered, " ".join(filter(None, (rest, again))), "warning" if refused else "success"

    def _kept(self, taken: Taken) -> str:
        entered = self.tr("%n row(s) are entered and stay.", "", taken.count("new"))
        return f"{entered} {self._again()}"

    def _again(self) -> str:
        return self.tr("Try the same file again to go on: what is there already is recognised.")
