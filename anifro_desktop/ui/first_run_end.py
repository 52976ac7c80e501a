"""The last steps of the first run: the passphrase, the second place for backups, the summary, and what is to do once
the site is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.asking import ask_worker
from anifro_desktop.ui.backup_words import near_words
from anifro_desktop.ui.fields import Labelled, TextField, say_all
from anifro_desktop.ui.first_run_steps import Draft, PersonStep, SiteStep, Step, WelcomeStep, Works
from anifro_desktop.ui.new_passphrase import NewPassphrase
from anifro_desktop.ui.people.words import roles_text
from anifro_desktop.ui.tasks import Tasks
from anifro_desktop.ui.widgets import Button, Divider, Hint, LineEdit, PrimaryButton, Text

_TYPING_PAUSE = 200  # milliseconds before a place is looked at


class PassphraseStep(Step):
    """The passphrase, twice, with its strength in words and why it matters."""

    key = "passphrase"

    @property
    def title(self) -> str:
        return self.tr("The passphrase")

    def build(self) -> None:
        self.box.addWidget(
            Text(
                self.tr(
                    "It encrypts everything on this computer. Nobody can read it out: not the program, not the "
                    "hospital, not Pisa. If it is lost, another administrator or the recovery sheet gives a new "
                    "one; without either, what was not yet sent to Pisa is lost with it."
                )
            )
        )
        self.box.addWidget(
            Text(
                self.tr(
                    "The recovery sheet is printed after the first unlocking. It belongs in a sealed envelope in the "
                    "unit's safe, never near this computer."
                )
            )
        )
        self.new = NewPassphrase(self.tasks, self._names)
        self.new.entered.connect(self.submitted)
        self.first, self.second, self.words = self.new.first, self.new.second, self.new.words
        self.first.edit.setText(self.draft.passphrase)
        self.second.edit.setText(self.draft.again)
        self.box.addWidget(self.new)

    def _names(self) -> tuple[str, ...]:
        return (self.draft.site_name, self.draft.person_name, self.draft.site_code)

    def enter(self) -> None:
        self.new.judge()

    def first_focus(self) -> bool:
        self.first.edit.setFocus()
        return True

    def keep(self) -> None:
        self.draft.passphrase = self.first.text
        self.draft.again = self.second.text

    def complete(self) -> bool:
        return self.new.complete()


class BackupStep(Step):
    """Where a second copy of each backup goes; it may be left for later."""

    key = "backups"

    @property
    def title(self) -> str:
        return self.tr("A second place for the backups")

    def build(self) -> None:
        self.box.addWidget(
            Text(
                self.tr(
                    "Each day the program makes an encrypted backup on this computer. A fault or the theft of the "
                    "computer would take it too, so each is copied to a second place: a stick, another disk or a "
                    "folder of the hospital's network."
                )
            )
        )
        self.path = TextField(
            self.tr("Folder for the second copy"),
            self.tr("Choose it or type where it lies. Left empty, it is asked for under Today"),
            40,
            self.draft.second,
        )
        self.path.edit.returnPressed.connect(self.submitted)
        choose = Button(self.tr("Choose a folder…"))
        choose.clicked.connect(self._choose)
        self.path.box.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeft)
        self.near = NearWords(self.tasks, self.works)
        self.path.box.addWidget(self.near)
        self.path.edit.textChanged.connect(lambda _text: self.near.typed(self.path.text))
        self.box.addWidget(self.path)

    def enter(self) -> None:
        self.near.ask(self.path.text)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder for the second copy"), self.path.text)
        if chosen:
            self.path.edit.setText(chosen)

    def first_focus(self) -> bool:
        self.path.edit.setFocus()
        return True

    def keep(self) -> None:
        self.draft.second = self.path.text

    def complete(self) -> bool:
        typed = self.draft.second
        absent = bool(typed) and not Path(typed).expanduser().is_dir()
        said = self.tr("There is no such folder: connect its disk or stick, or choose another one.")
        return say_all([(self.path, said if absent else "")])


class NearWords(Text):
    """The warning that a second place is on the disk of the data; hidden where it is not, or not known yet."""

    def __init__(self, tasks: Tasks, works: Works, parent: QWidget | None = None) -> None:
        super().__init__(near_words(), "hint", "warning", parent)
        self._tasks, self._works, self._asked = tasks, works, ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE)
        self._pause.timeout.connect(lambda: self.ask(self._asked))
        self.hide()

    def typed(self, place: str) -> None:
        """Find out about another place once no more is typed."""
        self._asked = place
        self.hide()
        self._pause.start()

    def ask(self, place: str) -> None:
        """Find out about another place."""
        self._pause.stop()
        self._asked = place
        self.hide()
        if place:
            near = self._works.near
            ask_worker(self._tasks, self, lambda: near(place), lambda found: self._show(place, found))

    def _show(self, place: str, found: bool) -> None:
        if place == self._asked:
            self.setVisible(found)


class SummaryStep(Step):
    """Everything once more, before anything is made."""

    key = "summary"

    @property
    def title(self) -> str:
        return self.tr("Before the site is created")

    def build(self) -> None:
        self.table = QGridLayout()
        self.table.setHorizontalSpacing(theme.px(18))
        self.table.setVerticalSpacing(theme.px(8))
        self.table.setColumnStretch(1, 1)
        self.box.addLayout(self.table)
        self.box.addWidget(Divider())
        self.box.addWidget(
            Text(
                self.tr(
                    "Creating the site makes two encrypted files on this computer: one for the study data, one for "
                    "names. It takes a few seconds."
                )
            )
        )

    def enter(self) -> None:
        while item := self.table.takeAt(0):
            if item.widget():
                item.widget().deleteLater()
        draft = self.draft
        rows = (
            (self.tr("Site"), f"{draft.site_code} · {draft.site_name}"),
            (self.tr("The centre's file"), Path(draft.keyset_path).name),
            (self.tr("Fingerprint as read out"), draft.fingerprint),
            (
                self.tr("First person"),
                f"{draft.person_name} ({draft.person_code}) · {roles_text(draft.roles)}",
            ),
            (self.tr("Second copy of backups"), draft.second or self.tr("not chosen yet")),
            (self.tr("Passphrase"), self.tr("%n character(s), typed twice", "", len(draft.passphrase))),
        )
        for row, (name, value) in enumerate(rows):
            self.table.addWidget(Text(name, "body", "muted"), 2 * row, 0)
            self.table.addWidget(Text(value, "strong"), 2 * row, 1)
            if value == draft.second:
                near = NearWords(self.tasks, self.works)
                self.table.addWidget(near, 2 * row + 1, 1)
                near.ask(draft.second)


class MadeStep(Step):
    """The site is made: its own fingerprint to read to the centre, and where its card lies."""

    key = "made"

    def __init__(self, created: Any) -> None:
        self._created = created
        super().__init__(Draft())

    @property
    def title(self) -> str:
        return self.tr("The site has been created")

    def build(self) -> None:
        self.box.addWidget(
            Text(
                self.tr(
                    "1. Send this file, the site's card, to the centre. It holds no secret and no patient."
                )
            )
        )
        self.card_path = LineEdit(50)
        self.card_path.setReadOnly(True)
        self.card_path.setText(str(self._created.card))
        self.card_path.setCursorPosition(0)
        self.box.addWidget(Labelled(self.tr("The site's card"), self.card_path))
        self.box.addWidget(Text(self.tr("2. Call the centre and read this fingerprint out, group by group.")))
        self.fingerprint = Text(self._created.fingerprint, "heading")
        self.fingerprint.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.fingerprint.setAccessibleName(self.tr("Fingerprint of the site"))
        self.box.addWidget(self.fingerprint)
        self.box.addWidget(
            Hint(
                self.tr(
                    "Patients can be enrolled at once; Pisa accepts data after it has registered the card. After the "
                    "first unlocking the recovery sheet is printed."
                )
            )
        )
        self.button = PrimaryButton(self.tr("Go to unlock"))
        self.button.clicked.connect(self.submitted)
        self.box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def first_focus(self) -> bool:
        self.button.setFocus()
        return True


STEPS: tuple[type[Step], ...] = (WelcomeStep, SiteStep, PersonStep, PassphraseStep, BackupStep, SummaryStep)
