"""The site's archive, in the settings: what it is for, where it is to go, written, checked.

Writing reads every patient on the database's worker and takes up to some minutes, so it goes on in a dialog that
nothing can be typed beside; it says how far it has come and can be stopped, and then leaves nothing.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.fields import Labelled, TextField
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.people.acting import ActDialog, work_bar
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.translation import day_time
from anifro_desktop.ui.widgets import Banner, Button, Card, LineEdit, Option, Text
from anifro_desktop.ui.widgets.checks import Checks
from anifro_desktop.ui.widgets.flow import FlowLayout
from anifro_desktop.workflows.archive.model import Archived

_ARCHIVERS = (
    "investigator",
    "site_admin",
)  # as `workflows.archive.making` asks, which is imported when it works
_NAMES = "names"
_MOST_FAULTS = 3  # that are said; the checker in the archive lists them all


class ArchiveCard(Card):
    """A typed folder does what the dialog does, so that all of it works from the keyboard alone."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("Archive of the site"))
        self._desk = desk
        self.dialog: WriteDialog | None = None
        may = desk.site.may(*_ARCHIVERS)
        self.banner = Banner(parent=self)
        self.during = work_bar(self.tr("The archive is being checked"))
        self.path = LineEdit(40)
        place = Labelled(
            self.tr("Folder"),
            self.path,
            self.tr("A stick or another disk to write to; to check, the folder of the archive itself"),
            parent=self,
        )
        self.path.returnPressed.connect(self.ask_to_write if may else self.check)
        self.choose_button = self._button(self.tr("Choose a folder…"), self._choose)
        self.write_button = self._button(self.tr("Write the archive…"), self.ask_to_write)
        self.check_button = self._button(self.tr("Check an archive…"), self.check)
        self.write_button.setVisible(may)
        self.body.addWidget(Text(self._about(), "hint", "muted", self))
        if not may:
            self.body.addWidget(
                Text(self.tr("An investigator or a site administrator writes the archive."), parent=self)
            )
        self.body.addWidget(self.banner)
        self.body.addWidget(self.during)
        self.body.addWidget(place)
        buttons = FlowLayout(gap=theme.px(8))
        for button in (self.choose_button, self.write_button, self.check_button):
            buttons.addWidget(button)
        self.body.addLayout(buttons)

    def _button(self, words: str, act: Any) -> Button:
        button = Button(words, parent=self)
        button.clicked.connect(act)
        return button

    def _about(self) -> str:
        return self.tr(
            "For the close-out: every patient as a certified PDF and as ODM, with the whole audit trail and the public "
            "keys, to be read and checked for decades without this program. It holds real dates and stays at the site."
        )

    def _folder(self) -> Path | None:
        typed = self.path.text().strip()
        self.banner.hide()
        if not typed:
            self.banner.say(self.tr("Write the folder, or choose it."), tone="warning")
            self.path.setFocus()
            return None
        return Path(typed).expanduser().absolute()

    def _refused(self, error: Exception) -> None:
        self._show_busy(False)
        self.banner.say(sentence(error), tone="danger")

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder of the archive"), self.path.text())
        if chosen:
            self.path.setText(chosen)

    # Writing

    def ask_to_write(self) -> None:
        """Ask whether names go in, if an archive can be written to the folder in the line."""
        folder = self._folder()
        self.dialog = None
        if folder is None:
            return
        site = self._desk.site

        def look() -> None:
            from anifro_desktop.files import FolderGone
            from anifro_desktop.workflows.archive import making

            if not folder.is_dir():
                raise FolderGone("The folder is not there: connect it and try again.", name=folder.name)
            making.check(site, folder)

        self._desk.run(self, look, lambda _none: self._ask(folder), self._refused)

    def _ask(self, folder: Path) -> None:
        self.dialog = WriteDialog(self._desk, folder, self._written, self)
        self.dialog.finished.connect(self._come_back)
        self.dialog.open()

    def _come_back(self) -> None:
        """The focus is again where the dialog was asked for."""
        self.window().activateWindow()
        self.write_button.setFocus()

    def _written(self, made: Archived) -> None:
        lines = [
            self.tr(
                "It lies in {folder}: {versions} versions of forms, {entries} entries of the trail, {size} MB."
            ),
            self.tr(
                "To check it without this program: python3 verify_archive.py, in that folder; README.txt there says "
                "how to read it."
            ),
            self.tr("It holds the patients' names: keep it as the site's data are kept.")
            if made.identities
            else self.tr(
                "It holds real dates, and free texts may hold a name: it stays at the site, never in a cloud."
            ),
            self.tr("Write this hash of SHA256SUMS on the paper that goes with it: {sha256}."),
        ]
        if made.findings:
            lines.append(
                self.tr(
                    "The check before it found something wrong, which every paper says: see the audit trail, “Check "
                    "everything”."
                )
            )
        self.banner.say(
            self.tr("The archive is written: %n patient(s).", "", made.subjects),
            " ".join(lines).format(
                folder=made.folder,
                versions=made.versions,
                entries=made.entries,
                size=texts.number(made.size / (1 << 20), 1),
                sha256=_grouped(made.sha256),
            ),
            tone="warning" if made.findings else "success",
        )

    # Checking

    def check(self) -> None:
        """Check the archive whose folder stands in the line."""
        folder, site = self._folder(), self._desk.site
        if folder is None:
            return

        def work() -> Any:
            from anifro_desktop.workflows.archive import proving

            return proving.prove(site, folder)

        self._show_busy(True)
        self._desk.run(self, work, self._checked, self._refused)

    def _show_busy(self, busy: bool) -> None:
        self.during.setVisible(busy)
        for button in (self.choose_button, self.write_button, self.check_button):
            button.setEnabled(not busy)

    def _checked(self, proved: Any) -> None:
        self._show_busy(False)
        self.check_button.setFocus()
        known = (
            self.tr("It is the one that this site wrote on {day}.").format(day=day_time(proved.made))
            if proved.made is not None
            else self.tr(
                "The audit trail here does not know it: it is of another site or of before a restore. Its hash is "
                "{sha256}; compare it with the one that was noted."
            ).format(sha256=_grouped(proved.sha256))
        )
        if not proved.faults:
            title = self.tr("The archive is whole.")
            counted = self.tr(
                "Entries of the trail: {entries}; versions: {versions}; signatures: {signatures}."
            ).format(entries=proved.entries, versions=proved.versions, signatures=proved.signatures)
            self.banner.say(title, f"{known} {counted}", tone="success" if proved.made else "warning")
            return
        found = [fault.get(texts.language()) for fault in proved.faults[:_MOST_FAULTS]]
        self.banner.say(
            self.tr("The archive is not as it was written. Faults: {count}.").format(
                count=len(proved.faults)
            ),
            " ".join(
                (
                    self.tr("Among them: {faults}.").format(faults="; ".join(found)),
                    self.tr("Keep it, write a new one, and tell the centre."),
                )
            ),
            tone="danger",
        )


class WriteDialog(ActDialog):
    """Whether names go in, and why; then how far the writing has come. written: called with the `Archived`."""

    step = Signal(int, int)  # patients done, and of how many

    def __init__(self, desk: Desk, folder: Path, written: Any, parent: QWidget) -> None:
        from anifro_desktop.ui.archive_paper import Printing  # when it is needed: it draws

        super().__init__(
            desk,
            translate("ArchiveCard", "Write the archive"),
            translate(
                "ArchiveCard", "Everything is checked first, then written into a new folder in {folder}."
            ).format(folder=folder),
            translate("ArchiveCard", "Everything is being checked…"),
            parent,
        )
        self._folder, self._written = folder, written
        self._stopped = threading.Event()
        self._printer = Printing()
        self.names = Checks(
            [
                (
                    Option(_NAMES, translate("ArchiveCard", "With the patients' names")),
                    translate("ArchiveCard", "else study codes only; free texts may hold a name even so"),
                )
            ]
        )
        self.names.setAccessibleName(translate("ArchiveCard", "With the patients' names"))
        self.names.changed.connect(self._show_reason)
        self.reason = TextField(
            translate("ArchiveCard", "Why names are to be in it"),
            translate("ArchiveCard", "It stands in the audit trail"),
            40,
        )
        self.reason.edit.setMaxLength(200)
        self.rows.addWidget(self.names)
        self.rows.addWidget(self.reason)
        self.names.setVisible(desk.site.identities is not None)
        self.finish(translate("ArchiveCard", "Write it"), self._go)
        self.stop = self.add_button(translate("ArchiveCard", "Stop"))
        self.stop.clicked.connect(self._stop)
        self.stop.hide()
        self.step.connect(self._show_step, Qt.ConnectionType.QueuedConnection)
        self._show_reason()
        self.go.setFocus()

    def _show_reason(self) -> None:
        self.reason.setVisible(_NAMES in self.names.ticked)

    def _go(self) -> None:
        identities, reason = _NAMES in self.names.ticked, self.reason.text
        wrong = identities and not reason
        self.reason.say(translate("ArchiveCard", "Type the reason.") if wrong else "")
        if wrong:
            self.reason.edit.setFocus()
            return
        site, folder, lang, printer = self._desk.site, self._folder, self._desk.language, self._printer
        stopped, step = self._stopped, self.step.emit
        stopped.clear()

        def told(done: int, of: int) -> None:
            from anifro_desktop.workflows.errors import CannotArchive

            if stopped.is_set():
                raise CannotArchive("stopped")
            step(done, of)

        def work() -> Archived:
            from anifro_desktop.workflows.archive import making

            return making.archive(
                site, folder, lang, printer, identities=identities, reason=reason, step=told
            )

        self.progress.setRange(0, 0)
        self.during.setText(translate("ArchiveCard", "Everything is being checked…"))
        self.work(work, self._written)

    def _show_step(self, done: int, of: int) -> None:
        if not of:  # everything is still being checked
            return
        self.progress.setRange(0, max(of, 1))
        self.progress.setValue(done)
        if not self._stopped.is_set():
            words = translate("ArchiveCard", "Patients written: {done} of {all}")
            self.during.setText(words.format(done=done, all=of))

    def _stop(self) -> None:
        self._stopped.set()
        self.stop.setEnabled(False)
        self.during.setText(translate("ArchiveCard", "Stopping; nothing of it stays…"))

    def reject(self) -> None:
        """Escape goes back, or stops what is being written."""
        if self.busy:
            self._stop()
        else:
            super().reject()

    def _show_busy(self, busy: bool) -> None:
        super()._show_busy(busy)
        self.back.setVisible(not busy)
        self.go.setVisible(not busy)
        self.stop.setVisible(busy)
        self.stop.setEnabled(busy)
        self.names.setEnabled(not busy)
        self.reason.edit.setReadOnly(busy)
        if busy:
            self.stop.setFocus()


def _grouped(sha256: str) -> str:
    """A hash to be compared by eye: eight characters at a time."""
    return " ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8))
