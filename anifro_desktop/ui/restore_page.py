"""Putting a backup back, before a site is open: where it lies, which one, who opens it; then what was restored.

Reached from the first run, from the unlock page, and where a site is damaged. A site that is here is kept beside.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.asking import ask_worker
from anifro_desktop.ui.fields import Labelled, PassphraseField, TextField, say_all
from anifro_desktop.ui.frontdoor import FrontDoor
from anifro_desktop.ui.people.acting import waiting, work_bar
from anifro_desktop.ui.sheet_rows import SheetRows
from anifro_desktop.ui.tasks import Tasks
from anifro_desktop.ui.translation import day_time
from anifro_desktop.ui.widgets import (
    Banner,
    Button,
    ComboBox,
    Heading,
    Option,
    PrimaryButton,
    SegmentedChoice,
    Text,
)
from anifro_desktop.ui.widgets.flow import FlowLayout
from anifro_desktop.workflows.backups import Backup
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.restoring import Restored, Step


@dataclass(frozen=True, slots=True)
class Offer:
    """A backup that may be put back, and the administrators who can open it."""

    backup: Backup
    people: tuple[Person, ...]


def find(place: Path) -> tuple[Offer, ...]:
    """The backups in a folder, or the one that the folder is, whole ones first and newest first."""
    from anifro_desktop.errors import Refusal
    from anifro_desktop.workflows import backups, people

    def admitted(backup: Path) -> tuple[Person, ...]:
        try:
            return people.administrators(backup)
        except Refusal:
            return ()

    itself = [one for one in backups.found(place.parent) if one.path.name == place.name]
    found = itself or list(backups.found(place))
    ordered = sorted(found, key=lambda one: not one.whole)
    return tuple(Offer(one, admitted(one.path)) for one in ordered)


class RestorePage(FrontDoor):
    """holds: whether a site is here now. place: where backups are looked for at first. restore: the work, given a
    backup, a person's code and passphrase, or what was typed from a recovery sheet, and whom to tell how far it is."""

    step = Signal(int, int)  # entries checked, of how many; from the worker
    back_wanted = Signal()
    restored = Signal(str)  # the site is there; the person of this code may unlock it

    def __init__(
        self,
        holds: bool,
        place: Path,
        restore: Callable[[Path, str, str, str, Step], Restored],
        tasks: Tasks,
        language: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(language, "", 660, parent)
        self.languages.hide()  # another language would make the page anew, without what was typed
        self._holds, self._restore, self._tasks = holds, restore, tasks
        self._offers: tuple[Offer, ...] = ()
        self._stopped = threading.Event()
        self.step.connect(self._show_step, Qt.ConnectionType.QueuedConnection)
        self.asking = QWidget()
        self._box = QVBoxLayout(self.asking)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.px(14))
        self.card.body.addWidget(self.asking)
        self._ask_where()
        self._ask_which()
        self._ask_who()
        self._add_foot()
        self._show_offers(())
        self.path.edit.setText(str(place) if place.is_dir() else "")
        if place.is_dir():
            self._look(place, say=False)

    # What is asked

    def _ask_where(self) -> None:
        self._box.addWidget(Heading(self.tr("Put a backup back"), 2))
        words = (
            self.tr(
                "This folder holds a site, and the backup takes its place. The files of now are kept: they are moved "
                "into a folder beside. What was entered after the backup has to be typed again."
            )
            if self._holds
            else self.tr(
                "The site of the backup is made on this computer, with its patients, its people and their passphrases "
                "of that day. It must no longer be used on the computer it comes from."
            )
        )
        self._box.addWidget(Text(words))
        self.path = TextField(
            self.tr("Folder with the backups"),
            self.tr("On the stick, the other disk or the network folder"),
            40,
        )
        self.path.edit.returnPressed.connect(self.look)
        self._box.addWidget(self.path)
        holder = QWidget()
        flow = FlowLayout(holder, theme.px(8))
        self.look_button = Button(self.tr("Look there"))
        self.look_button.clicked.connect(self.look)
        self.choose_button = Button(self.tr("Choose the folder…"))
        self.choose_button.clicked.connect(self._choose)
        flow.addWidget(self.look_button)
        flow.addWidget(self.choose_button)
        self._box.addWidget(holder)

    def _ask_which(self) -> None:
        self.backup = ComboBox()
        self.backup.picked.connect(self._pick)
        self.which = Labelled(self.tr("Backup"), self.backup)
        self._box.addWidget(self.which)

    def _ask_who(self) -> None:
        self.means = SegmentedChoice(
            (
                Option("passphrase", self.tr("An administrator's passphrase")),
                Option("sheet", self.tr("The recovery sheet")),
            )
        )
        self.means.set_chosen("passphrase")
        self.means.chosen.connect(self._open_with)
        self.how = Labelled(self.tr("What opens the backup"), self.means)
        self.person = ComboBox()
        self.person.picked.connect(self.person.set_chosen)
        self.who = Labelled(self.tr("Site administrator"), self.person)
        self.passphrase = PassphraseField(
            self.tr("Passphrase"), self.tr("The one of the day on which the backup was made")
        )
        self.passphrase.entered.connect(self.go)
        self.sheet = SheetRows()
        self.sheet.entered.connect(self.go)
        for part in (self.how, self.who, self.passphrase, self.sheet):
            self._box.addWidget(part)

    def _add_foot(self) -> None:
        self.banner = Banner("danger")
        self.progress = work_bar(self.tr("The backup is being checked and put back"))
        self.during = Text("", "hint", "muted")
        self.during.hide()
        self.stop = Button(self.tr("Stop"))
        self.stop.clicked.connect(self._stop)
        self.stop.hide()
        self.button = PrimaryButton(self.tr("Put this backup back"))
        self.button.clicked.connect(self.go)
        self.back = Button(self.tr("Back"))
        self.back.clicked.connect(self.back_wanted)
        self.foot = self.add_foot(
            (self.banner, self.during, self.progress), (self.button, self.stop, self.back)
        )

    def first_focus(self) -> None:
        """Where the backups are."""
        self.path.edit.setFocus()

    # Looking for backups

    def look(self) -> None:
        """List the backups in the folder whose path stands in the line."""
        typed = self.path.edit.text().strip()
        if not typed:
            self.path.say(self.tr("Write the folder with the backups, or choose it."))
            self.path.edit.setFocus()
            return
        self._look(Path(typed).expanduser().absolute(), say=True)

    def _look(self, place: Path, say: bool) -> None:
        self.path.say("")
        self.banner.hide()

        def done(offers: tuple[Offer, ...]) -> None:
            self._show_offers(offers)
            if not offers and say:
                self.path.say(
                    self.tr(
                        "There is no backup: choose the folder that holds folders whose names begin with backup-."
                    )
                )
                self.path.edit.setFocus()
            elif say:
                self._first_secret()

        ask_worker(self._tasks, self, lambda: find(place), done, self._failed)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Folder with the backups"), self.path.edit.text()
        )
        if chosen:
            self.path.edit.setText(chosen)
            self.look()

    def _show_offers(self, offers: tuple[Offer, ...]) -> None:
        self._offers = offers
        self.backup.set_options([Option(str(at), offered(one.backup)) for at, one in enumerate(offers)])
        for part in (self.which, self.how, self.button):
            part.setVisible(bool(offers))
        if offers:
            self._pick("0")
        else:
            self._open_with(self.means.chosen_key or "passphrase")

    def _pick(self, key: str) -> None:
        self.backup.set_chosen(key)
        people: Sequence[Person] = self._offers[int(key)].people
        before = self.person.currentData()
        self.person.set_options([Option(one.code, f"{one.name} ({one.code})") for one in people])
        codes = [one.code for one in people]
        self.person.set_chosen(before if before in codes else codes[0] if codes else None)
        self._open_with(self.means.chosen_key or "passphrase")

    def _open_with(self, means: str) -> None:
        self.means.set_chosen(means)
        here = bool(self._offers)
        for part in (self.who, self.passphrase):
            part.setVisible(here and means == "passphrase")
        self.sheet.setVisible(here and means == "sheet")

    @property
    def _by_sheet(self) -> bool:
        return self.means.chosen_key == "sheet"

    def _first_secret(self) -> None:
        if self._by_sheet:
            self.sheet.first_focus()
        else:
            self.passphrase.edit.setFocus()

    # Putting it back

    def go(self) -> None:
        """Put the chosen backup back, once what opens it is typed."""
        if not self.button.isEnabled() or not self._offers or not self._complete():
            return
        offer = self._offers[int(self.backup.currentData())]
        user = str(self.person.currentData() or "")
        sheet = self.sheet.text if self._by_sheet else ""
        passphrase = "" if self._by_sheet else self.passphrase.text
        restore, stopped, step = self._restore, self._stopped, self.step.emit
        stopped.clear()

        def told(done: int, of: int) -> None:
            from anifro_desktop.workflows.errors import RestoreStopped

            if stopped.is_set():
                raise RestoreStopped
            step(done, of)

        self.during.setText(
            self.tr("The backup is being checked. Until it is put in place, nothing is changed…")
        )
        self.progress.setRange(0, 0)
        self._show_busy(True)
        ask_worker(
            self._tasks,
            self,
            lambda: restore(offer.backup.path, user, passphrase, sheet, told),
            lambda done: self._done(done, user, bool(sheet)),
            self._failed,
        )

    def _complete(self) -> bool:
        if self._by_sheet:
            return say_all([*self.sheet.checks()])
        return say_all([(self.passphrase, "" if self.passphrase.text else self.tr("Type the passphrase."))])

    def _show_step(self, done: int, of: int) -> None:
        self.progress.setRange(0, of)
        self.progress.setValue(done)
        if done == of:  # from here on nothing can be given up
            self.stop.setEnabled(False)
            self.during.setText(self.tr("The backup is being put in place…"))

    def _stop(self) -> None:
        """Give it up, as long as nothing was changed."""
        self._stopped.set()
        self.stop.setEnabled(False)
        self.during.setText(self.tr("Stopping; everything stays as it was…"))

    def _show_busy(self, busy: bool) -> None:
        self.stop.setVisible(busy)
        self.stop.setEnabled(busy)
        self.progress.setVisible(busy)
        self.during.setVisible(busy)
        for control in (
            self.button,
            self.back,
            self.look_button,
            self.choose_button,
            self.backup,
            self.person,
        ):
            control.setEnabled(not busy)
        for edit in (self.path.edit, self.passphrase.edit):
            edit.setReadOnly(busy)
        self.sheet.set_read_only(busy)
        self.means.set_read_only(busy)
        if busy:
            self.banner.hide()
            self.stop.setFocus()

    def _failed(self, error: Exception) -> None:
        self._show_busy(False)
        self.banner.say(waiting(error))
        if self._offers:
            self._first_secret()

    # What was restored

    def _done(self, done: Restored, user: str, by_sheet: bool) -> None:
        self._show_busy(False)
        self.passphrase.edit.clear()
        self.sheet.forget()
        self.asking.hide()
        self.foot.hide()
        self.told = [Text(line) for line in told(done, by_sheet)]
        self.on = PrimaryButton(self.tr("Go to unlock"))
        self.on.clicked.connect(lambda: self.restored.emit(user))
        result = QWidget()
        column = QVBoxLayout(result)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.card.body.spacing())
        column.addWidget(Heading(self.tr("The backup is back"), 2))
        for part in self.told:
            column.addWidget(part)
        line = QHBoxLayout()
        line.addWidget(self.on)
        line.addStretch(1)
        column.addLayout(line)
        self.card.body.addWidget(result)
        self.scroller.verticalScrollBar().setValue(0)
        result.show()  # at once: the focus goes into it
        self.on.setFocus()


def offered(one: Backup) -> str:
    """A backup in the list: its moment, whether it is whole, its name."""
    if one.whole:
        return f"{day_time(one.utc)} · {one.name}"
    damaged = texts.translate("RestorePage", "damaged")
    return f"{day_time(one.utc)} · {one.name} · {damaged}"


def told(done: Restored, by_sheet: bool) -> list[str]:
    """What was restored and what is to be done now, a sentence or two for each thing."""
    translate = texts.translate
    lines = [
        translate(
            "RestorePage", "The data are those of {day}. What was entered afterwards has to be typed again."
        ).format(day=day_time(done.of)),
        translate(
            "RestorePage",
            "Sending begins anew (epoch {epoch}): the first bundle carries everything again. Tell Pisa.",
        ).format(epoch=done.epoch),
    ]
    if done.aside is not None:
        lines.append(
            translate(
                "RestorePage",
                "The files of before are in the data folder under {folder}. Nothing was deleted.",
            ).format(folder=done.aside.name)
        )
    if done.returned:
        lines.append(
            translate(
                "RestorePage",
                "These people may unlock again, as on that day: {codes}. Check the people of the site.",
            ).format(codes=texts.listed(done.returned))
        )
    if by_sheet:
        lines.append(
            translate(
                "RestorePage",
                "On the unlock page, “I forgot the passphrase” gives an administrator a new passphrase with the same "
                "recovery sheet.",
            )
        )
    return lines
