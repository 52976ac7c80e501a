"""Unlocking: who, and the passphrase. The first screen of every day.

A wrong passphrase is said in one sentence and the next try waits, longer each time, in plain sight. The work
(Argon2id, half a second) runs beside the window. Nothing typed here is kept longer than the try.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.asking import ask_worker
from anifro_desktop.ui.fields import Labelled, PassphraseField
from anifro_desktop.ui.frontdoor import FrontDoor
from anifro_desktop.ui.tasks import Tasks
from anifro_desktop.ui.widgets import Banner, ComboBox, Heading, LinkButton, Option, PrimaryButton, Text
from anifro_desktop.ui.words import role_name

translate = QCoreApplication.translate


class UnlockPage(FrontDoor):
    """people: who may unlock (`workflows.model.Person`); open_site: the work, given a person's code and passphrase."""

    unlocked = Signal(object)  # what `open_site` returned
    forgotten = Signal()  # nobody remembers: what can be done?
    restore_wanted = Signal()  # a backup is to take the place of the site

    def __init__(
        self,
        people: Sequence[Any],
        open_site: Callable[[str, str], Any],
        tasks: Tasks,
        language: str,
        person: str = "",
        line: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(language, line, 540, parent)
        self._open_site, self._tasks = open_site, tasks
        self._left = 0
        self._error = ""
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)  # never before the wait is over
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._count_down)
        self.person = ComboBox([Option(one.code, _named(one)) for one in people])
        self.person.picked.connect(self._to_passphrase)
        known = [one.code for one in people]
        self.person.set_chosen(person if person in known else known[0] if known else None)
        self.passphrase = PassphraseField(self.tr("Passphrase"))
        self.passphrase.entered.connect(self.unlock)
        self.passphrase.edit.textEdited.connect(lambda _text: self._quiet())
        self.button = PrimaryButton(self.tr("Unlock"))
        self.button.clicked.connect(self.unlock)
        self.forgot = LinkButton(self.tr("I forgot the passphrase"))
        self.forgot.clicked.connect(self.forgotten)
        self.restore = LinkButton(self.tr("Put a backup back"))
        self.restore.clicked.connect(self.restore_wanted)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(theme.px(6))
        self.progress.setAccessibleName(self.tr("Unlocking"))
        self.progress.hide()
        self.banner = Banner("danger")
        self.note = Banner("info")
        self._arrange()

    def _arrange(self) -> None:
        body = self.card.body
        body.addWidget(Heading(self.tr("Unlock this site"), 2))
        body.addWidget(self.note)
        body.addWidget(Labelled(self.tr("Person"), self.person))
        body.addWidget(self.passphrase)
        body.addWidget(self.banner)
        body.addWidget(self.progress)
        line = QHBoxLayout()
        line.addWidget(self.button)
        line.addStretch(1)
        line.addWidget(self.forgot)
        body.addLayout(line)
        body.addWidget(
            Text(
                self.tr(
                    "Nobody can read a forgotten passphrase out, not even Pisa. Another administrator or the recovery "
                    "sheet gives a new one."
                ),
                "hint",
                "muted",
            )
        )
        body.addWidget(self.restore)

    def first_focus(self) -> None:
        """The passphrase, since the person is usually the one of last time."""
        self.passphrase.edit.setFocus()

    def unlock(self) -> None:
        """Try the passphrase, unless one is being tried or a wait is running."""
        if self._left or not self.button.isEnabled():
            return
        code, passphrase = self.person.currentData(), self.passphrase.text
        if not passphrase:
            self.passphrase.say(self.tr("Type the passphrase."))
            return
        self._busy(True)
        open_site = self._open_site
        ask_worker(self._tasks, self, lambda: open_site(str(code), passphrase), self._done, self._failed)

    def _busy(self, busy: bool) -> None:
        self.button.setEnabled(not busy)
        self.progress.setVisible(busy)
        self.person.setEnabled(not busy)
        self.passphrase.edit.setReadOnly(busy)
        self.languages.setEnabled(not busy)
        self.forgot.setEnabled(not busy)
        self.restore.setEnabled(not busy)
        if busy:
            self._quiet()

    def _quiet(self) -> None:
        self.passphrase.say("")
        if not self._left:
            self.banner.hide()

    def _done(self, site: Any) -> None:
        self.passphrase.edit.clear()
        self.unlocked.emit(site)

    def _failed(self, error: Exception) -> None:
        from anifro_desktop.ui.messages import sentence  # not needed for the first screen

        self._busy(False)
        self.passphrase.edit.selectAll()
        self.passphrase.edit.setFocus()
        self._left = int(getattr(error, "params", {}).get("wait", 0))
        self._error = sentence(error)
        self._say()
        if self._left:
            self.button.setEnabled(False)
            self._timer.start()

    def _say(self) -> None:
        wait = self.tr("The next try is possible in %n second(s).", "", self._left) if self._left else ""
        self.banner.say(self._error, wait)

    def _to_passphrase(self, _key: str) -> None:
        self.passphrase.edit.setFocus()

    def _count_down(self) -> None:
        self._left -= 1
        if self._left > 0:
            self._say()
            return
        self._left = 0
        self._timer.stop()
        self.button.setEnabled(True)
        self.banner.say(self._error, self.tr("Try again."))


def _named(person: Any) -> str:
    roles = ", ".join(role_name(role) for role in person.roles)
    return f"{person.name} ({person.code}) · {roles}"
