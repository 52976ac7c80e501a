"""Backups, in the settings: the newest one, where a second copy goes, make one now, try the newest, the list.

Making one goes on behind the window and outlasts this card (`backing_up`), so why one failed is said on whatever page
is shown then; what was made is said here. One is tried only while none is being made.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.backup_words import near_words
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.fields import Labelled, PassphraseField
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.people.acting import ActDialog, work_bar
from anifro_desktop.ui.rows import Column, Rows
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.translation import day_time
from anifro_desktop.ui.widgets import Banner, Button, Card, Divider, LineEdit, Text
from anifro_desktop.ui.widgets.flow import FlowLayout
from anifro_desktop.workflows.backups import KEEPERS, Backup
from anifro_desktop.workflows.restoring import Drill

_MOST_ROWS = 6  # of the list, before it scrolls


@dataclass(frozen=True, slots=True)
class State:
    """How it is with the backups of a site. second: where a second copy goes; same_disk: on the disk of the data;
    tried: when one was last tried with success, as the trail tells."""

    backups: tuple[Backup, ...]
    second: Path | None
    same_disk: bool
    tried: Any


class BackupCard(Card):
    """A typed folder does what the dialog does, so that all of it works from the keyboard alone."""

    shown = Signal()  # what holds now was read and is shown

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("Backup"))
        self._desk = desk
        self._state = State((), None, False, None)
        self.dialog: DrillDialog | None = None
        self._leading = ""  # what somebody came for, until it is shown
        self.may = desk.site.identities is not None
        self.newest = Text("", "strong", parent=self)
        self.tried = Text("", parent=self)
        self.banner = Banner(parent=self)
        self.during = work_bar(self.tr("A backup is being made and verified"))
        self.make_button = self._button(self.tr("Back up now"), self.make)
        self.try_button = self._button(self.tr("Try the newest backup…"), self.ask_to_try)
        self.second = Text("", parent=self)
        self.path = LineEdit(40)
        self.path.returnPressed.connect(self.use_here)
        self.place = Labelled(
            self.tr("Folder for the second copy"),
            self.path,
            self.tr("A stick, another disk, or a folder of the hospital's network"),
            parent=self,
        )
        self.use_button = self._button(self.tr("Use this folder"), self.use_here)
        self.choose_button = self._button(self.tr("Choose a folder…"), self._choose)
        self.none_button = self._button(self.tr("No second copy"), self.give_up)
        self.table = self._list()
        self._arrange()
        if desk.backup is not None:
            desk.backup.made.connect(self._made)
            desk.backup.busy_changed.connect(self._show_busy)
        self._show_busy(self._making)

    def _button(self, words: str, act: Any) -> Button:
        button = Button(words, parent=self)
        button.clicked.connect(act)
        return button

    def _list(self) -> Rows:
        return Rows(
            self.tr("Backups, newest first"),
            (
                Column(self.tr("Made on"), lambda one: day_time(one.utc), 180, strong=True),
                Column(self.tr("Where"), where, 140),
                Column(self.tr("State"), lambda one: state(one)[0], 110, tone=lambda one: state(one)[1]),
                Column(self.tr("Tried on"), lambda one: day_time(one.tried), 160, drop=1),
                Column(self.tr("Size"), size, 112, drop=2),
            ),
            parent=self,
        )

    def _arrange(self) -> None:
        body = self.body
        body.addWidget(self.newest)
        body.addWidget(self.tried)
        self.only = Text(
            self.tr(
                "A backup holds the patients' names: an investigator, a person of data entry or a site administrator "
                "makes and tries one."
            ),
            parent=self,
        )
        self.only.setVisible(not self.may)
        body.addWidget(self.only)
        for part in (self.banner, self.during, self._acts(self.make_button, self.try_button, shown=self.may)):
            body.addWidget(part)
        body.addWidget(Divider(self))
        body.addWidget(self.second)
        keeper = self._desk.site.may(*KEEPERS)
        self.place.setVisible(keeper)
        body.addWidget(self.place)
        body.addWidget(self._acts(self.use_button, self.choose_button, self.none_button, shown=keeper))
        body.addWidget(Divider(self))
        body.addWidget(self.table)
        body.addWidget(
            Text(
                self.tr("To put a backup back, lock the site: the unlock page has “Put a backup back”."),
                "hint",
                "muted",
                self,
            )
        )

    def _acts(self, *buttons: Button, shown: bool) -> QWidget:
        holder = QWidget(self)
        flow = FlowLayout(holder, theme.px(8))
        for button in buttons:
            flow.addWidget(button)
        holder.setVisible(shown)
        return holder

    # What holds

    def refresh(self) -> None:
        """Read and show what holds now."""
        site = self._desk.site

        def read() -> State:
            from anifro_desktop.workflows import backups

            second = backups.second(site)
            near = second is not None and backups.same_disk(site, second)
            return State(backups.listed(site), second, near, backups.last_drill(site))

        self._desk.run(self, read, self._show)

    def _show(self, known: State) -> None:
        self._state = known
        self.newest.setText(newest_words(known.backups))
        self.tried.setText(
            self.tr("Last tried, and found good, on {day}.").format(day=day_time(known.tried))
            if known.tried
            else self.tr(
                "None was tried yet: a backup that nobody has opened is only a hope. Try one each month."
            )
        )
        self.second.setText(second_words(known))
        self.none_button.setVisible(known.second is not None)
        self.table.setVisible(bool(known.backups))
        self.table.show_items(known.backups, key=lambda one: one.path)
        rows = min(len(known.backups), _MOST_ROWS)
        self.table.setFixedHeight(theme.px(40) * max(rows, 1) + theme.px(37))
        self._show_busy(self._making)
        wanted = {"second": self.path, "drill": self.try_button}.get(self._leading)
        if wanted is not None:
            self._leading = ""
            wanted.setFocus()
        self.shown.emit()

    def lead(self, what: str) -> None:
        """Put the focus on what somebody came for as soon as what holds now is shown: `second` or `drill`."""
        self._leading = what

    @property
    def _making(self) -> bool:
        return self._desk.backup is not None and self._desk.backup.busy

    def _show_busy(self, busy: bool) -> None:
        self.during.setVisible(busy and self.may)
        self.make_button.setEnabled(not busy)
        self.try_button.setEnabled(not busy and any(one.whole for one in self._state.backups))

    # Making one

    def make(self) -> None:
        """Make a backup now."""
        if self._desk.backup is not None:
            self.banner.hide()
            self._desk.backup.make(self._desk.site)

    def _made(self, made: Any) -> None:
        where_to = self.tr("It lies on this computer and in the second place.")
        if made.trouble is not None:
            where_to = self.tr("There is no second copy of it: {why}").format(why=sentence(made.trouble))
        elif made.second is None:
            where_to = self.tr("It lies on this computer.")
        if made.behind:
            where_to = self.tr(
                "But the data here are older than they once were, so it takes the place of no other: have everything "
                "checked in the audit trail, and read what to do."
            )
        self.banner.say(
            self.tr("A backup was made and verified on {day}.").format(day=day_time(made.utc)),
            where_to,
            tone="warning" if made.trouble is not None or made.behind else "success",
        )
        self.refresh()

    # Trying one

    def ask_to_try(self) -> None:
        """Ask for the passphrase that opens the newest backup."""
        self.banner.hide()
        self.dialog = DrillDialog(self._desk, self._tried, self)
        self.dialog.finished.connect(lambda _: self.refresh())
        self.dialog.open()

    def _tried(self, drill: Drill) -> None:
        day = day_time(self._desk.site.clock.now())
        if not drill.ours:
            self.banner.say(
                self.tr(
                    "Tried on {day}: the backup opens and is sound, but its data are not the beginning of these."
                ).format(day=day),
                self.tr("Leave the data folder as it is and call the centre."),
                tone="danger",
            )
            return
        self.banner.say(
            self.tr("Tried on {day}: the backup of {made} opens and is whole.").format(
                day=day, made=day_time(drill.utc)
            ),
            self.tr(
                "Read: {entries} entries of the trail, {rows} rows. Entries newer than the backup: {behind}."
            ).format(entries=drill.entries, rows=drill.rows, behind=drill.behind),
            tone="success",
        )

    # The second place

    def use_here(self) -> None:
        """Keep a second copy in the folder whose path stands in the line."""
        typed = self.path.text().strip()
        if not typed:
            self.banner.say(self.tr("Write the folder for the second copy, or choose it."), tone="warning")
            self.path.setFocus()
            return
        self._set_second(Path(typed).expanduser().absolute())

    def give_up(self) -> None:
        """Keep no second copy any more."""
        self._set_second(None)

    def _set_second(self, folder: Path | None) -> None:
        site = self._desk.site

        def work() -> None:
            from anifro_desktop.workflows import backups

            backups.set_second(site, folder)

        self.banner.hide()
        self._desk.run(self, work, lambda _none: self._second_set(folder), self._refused)

    def _second_set(self, folder: Path | None) -> None:
        if folder is None:
            words = self.tr("Backups have no second copy any more.")
        else:
            words = self.tr("From now on each backup has a second copy there.")
        self.path.clear()
        self.banner.say(words, tone="success")
        self.refresh()

    def _refused(self, error: Exception) -> None:
        self.banner.say(sentence(error), tone="danger")

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder for the second copy"))
        if chosen:
            self.path.setText(chosen)
            self.use_here()


class DrillDialog(ActDialog):
    """The passphrase, then the newest backup opened as if it were needed. tried: called with the `Drill`."""

    def __init__(self, desk: Desk, tried: Any, parent: QWidget) -> None:
        super().__init__(
            desk,
            translate("BackupCard", "Try the newest backup"),
            translate(
                "BackupCard",
                "The backup is opened beside the data with your passphrase and checked in full, as if it were needed. "
                "The result stands in the audit trail with its date.",
            ),
            translate("BackupCard", "The backup is being opened and checked. This takes a moment…"),
            parent,
        )
        self._tried = tried
        self.passphrase = PassphraseField(translate("BackupCard", "Your passphrase"))
        self.rows.addWidget(self.passphrase)
        self.finish(translate("BackupCard", "Try it"), self._go)
        self.passphrase.edit.setFocus()

    def _go(self) -> None:
        passphrase, site = self.passphrase.text, self._desk.site
        self.passphrase.say("" if passphrase else translate("BackupCard", "Type the passphrase."))
        if not passphrase:
            self.passphrase.edit.setFocus()
            return

        def work() -> Drill:
            from anifro_desktop.workflows import restoring

            return restoring.drill(site, passphrase)

        self.work(work, self._tried)


def where(one: Backup) -> str:
    """In which of the two places it lies."""
    return translate("BackupCard", "Second place") if one.second else translate("BackupCard", "This computer")


def state(one: Backup) -> tuple[str, str]:
    """Whether it is whole, and the tone for it."""
    if one.whole and one.behind:
        return translate("BackupCard", "Of older data"), "warning"
    if one.whole:
        return translate("BackupCard", "Whole"), "success"
    return translate("BackupCard", "Damaged"), "danger"


def size(one: Backup) -> str:
    """In megabytes; a dash where that cannot be read."""
    return "–" if one.size is None else f"{texts.number(one.size / (1 << 20), 1)} MB"


def newest_words(backups: tuple[Backup, ...]) -> str:
    """When the newest whole backup was made, and where it lies."""
    newest = next((one for one in backups if one.whole), None)
    if newest is None:
        return translate("BackupCard", "There is no whole backup of this site yet.")
    places = {one.second for one in backups if one.whole and one.name == newest.name}
    if places == {False, True}:
        words = translate("BackupCard", "Newest backup: {day}, on this computer and in the second place.")
    elif places == {True}:
        words = translate("BackupCard", "Newest backup: {day}, in the second place only.")
    else:
        words = translate("BackupCard", "Newest backup: {day}, on this computer.")
    return words.format(day=day_time(newest.utc))


def second_words(known: State) -> str:
    """Where the second copy goes, and what is wrong with that."""
    if known.second is None:
        return translate(
            "BackupCard",
            "Backups have no second copy: a fault or the theft of this computer takes the data and all backups. Choose "
            "a stick, another disk or a folder of the hospital's network.",
        )
    words = translate("BackupCard", "Second copies go to {folder}.").format(folder=known.second)
    if known.same_disk:
        return f"{words} {near_words()}"
    return words
