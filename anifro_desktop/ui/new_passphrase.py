"""A passphrase that is being chosen: typed twice, with its strength in words. Wherever somebody chooses one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.asking import ask_worker
from anifro_desktop.ui.fields import PassphraseField, say_all
from anifro_desktop.ui.strength import MINIMUM, Strength, strength
from anifro_desktop.ui.tasks import Tasks
from anifro_desktop.ui.widgets import Text
from anifro_desktop.ui.widgets.progress import ProgressLine

translate = QCoreApplication.translate

_TYPING_PAUSE = 200  # milliseconds before a passphrase is judged


class NewPassphrase(QWidget):
    """label: of the first field. names: what a thief would try first, asked for at each judgement."""

    entered = Signal()  # Enter in the second field

    def __init__(
        self,
        tasks: Tasks,
        names: Callable[[], tuple[str, ...]],
        label: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._names = tasks, names
        self.judged: Strength | None = None
        self.first = PassphraseField(
            label or self.tr("Passphrase"),
            self.tr(
                "At least {least} characters. Five words that have nothing to do with each other are best"
            ).format(least=MINIMUM),
        )
        self.meter = ProgressLine()
        self.words = Text("", "hint", "muted")
        self.second = PassphraseField(self.tr("The same again"))
        self.second.entered.connect(self.entered)
        self.first.entered.connect(self.second.edit.setFocus)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(14))
        for part in (self.first, self.meter, self.words, self.second):
            box.addWidget(part)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE)
        self._pause.timeout.connect(self.judge)
        self.first.edit.textChanged.connect(lambda _text: self._pause.start())
        self.first.edit.textChanged.connect(self.second.changed)  # perhaps they are the same now

    def hideEvent(self, event: QHideEvent) -> None:
        """What is no longer shown is not judged any more."""
        self._pause.stop()
        super().hideEvent(event)

    def judge(self) -> None:
        """Say how strong it is, a moment later."""
        text, names = self.first.text, self._names()
        ask_worker(self._tasks, self, lambda: strength(text, names), self._judged)

    def _judged(self, judged: Strength) -> None:
        self.judged = judged
        if not self.first.text:
            words = ""
        elif not judged.long_enough:
            left = MINIMUM - len(self.first.text)
            words = self.tr("%n character(s) still missing", "", max(left, 1))
        else:
            words = self.tr("Strength: {words}").format(words=translate("Strength", judged.words))
        self.words.setText(words)
        self.words.set_ink("success" if judged.accepted else "warning")
        self.meter.set_share((judged.score + 1) / 5 if self.first.text else 0)

    def complete(self, old: str = "") -> bool:
        """Whether it may be taken; says at each field what is wrong, and moves to the first. old: not this one."""
        passphrase = self.first.text
        first = ""
        if len(passphrase) < MINIMUM:
            first = self.tr("The passphrase needs at least {least} characters.").format(least=MINIMUM)
        elif passphrase == old:
            first = self.tr("This is the passphrase of before: choose another one.")
        elif not strength(passphrase, self._names()).accepted:
            first = self.tr(
                "This passphrase would be guessed quickly: add words that do not belong together."
            )
        same = passphrase == self.second.text
        second = "" if first or same else self.tr("The two are not the same: type it again.")
        return say_all([(self.first, first), (self.second, second)])

    def set_read_only(self, read_only: bool) -> None:
        """Take no typing, while it is being used."""
        for field in (self.first, self.second):
            field.edit.setReadOnly(read_only)

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        for field in (self.first, self.second):
            field.edit.clear()
            field.say("")
