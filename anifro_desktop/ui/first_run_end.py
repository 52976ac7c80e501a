"""The last steps of the first run: the passphrase, the summary, and what is to do once the site is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout

from anifro_desktop.ui import theme
from anifro_desktop.ui.asking import ask_worker
from anifro_desktop.ui.fields import Labelled, PassphraseField
from anifro_desktop.ui.first_run_steps import Draft, PersonStep, SiteStep, Step, WelcomeStep, say_all
from anifro_desktop.ui.strength import MINIMUM, Strength, strength
from anifro_desktop.ui.widgets import Divider, Hint, LineEdit, PrimaryButton, Text
from anifro_desktop.ui.widgets.progress import ProgressLine

translate = QCoreApplication.translate

_TYPING_PAUSE = 200  # milliseconds before a passphrase is judged


class PassphraseStep(Step):
    """The passphrase, twice, with its strength in words and why it matters."""

    key = "passphrase"

    @property
    def title(self) -> str:
        return self.tr("The passphrase")

    def build(self) -> None:
        self.judged: Strength | None = None
        self.box.addWidget(
            Text(
                self.tr(
                    "It encrypts everything on this computer. Nobody can recover it: not the program, not the "
                    "hospital, not Pisa. If it is lost, what was not yet sent to Pisa is lost with it."
                )
            )
        )
        self.box.addWidget(
            Text(
                self.tr(
                    "Write it on paper, close it in an envelope, and keep the envelope in the unit's safe, never "
                    "near this computer."
                )
            )
        )
        self.first = PassphraseField(
            self.tr("Passphrase"),
            self.tr(
                "At least {least} characters. Five words that have nothing to do with each other are best"
            ).format(least=MINIMUM),
        )
        self.meter = ProgressLine()
        self.words = Text("", "hint", "muted")
        self.second = PassphraseField(self.tr("The same again"))
        self.second.entered.connect(self.submitted)
        self.first.entered.connect(self.second.edit.setFocus)
        self.first.edit.setText(self.draft.passphrase)
        self.second.edit.setText(self.draft.again)
        for part in (self.first, self.meter, self.words, self.second):
            self.box.addWidget(part)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE)
        self._pause.timeout.connect(self._judge)
        self.first.edit.textChanged.connect(lambda _text: self._pause.start())

    def enter(self) -> None:
        self._judge()

    def first_focus(self) -> bool:
        self.first.edit.setFocus()
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        """What is no longer shown is not judged any more."""
        self._pause.stop()
        super().hideEvent(event)

    def _judge(self) -> None:
        text, names = self.first.text, (self.draft.site_name, self.draft.person_name, self.draft.site_code)
        ask_worker(self.tasks, self, lambda: strength(text, names), self._judged)

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

    def keep(self) -> None:
        self.draft.passphrase = self.first.text
        self.draft.again = self.second.text

    def complete(self) -> bool:
        passphrase = self.draft.passphrase
        names = (self.draft.site_name, self.draft.person_name, self.draft.site_code)
        first = ""
        if len(passphrase) < MINIMUM:
            first = self.tr("The passphrase needs at least {least} characters.").format(least=MINIMUM)
        elif not strength(passphrase, names).accepted:
            first = self.tr(
                "This passphrase would be guessed quickly: add words that do not belong together."
            )
        same = passphrase == self.draft.again
        second = "" if first or same else self.tr("The two are not the same: type it again.")
        return say_all([(self.first, first), (self.second, second)])


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
        role = self.tr("investigator") if draft.role == "investigator" else self.tr("data entry")
        rows = (
            (self.tr("Site"), f"{draft.site_code} · {draft.site_name}"),
            (self.tr("The centre's file"), Path(draft.keyset_path).name),
            (self.tr("Fingerprint as read out"), draft.fingerprint),
            (self.tr("First person"), f"{draft.person_name} ({draft.person_code}) · {role}"),
            (self.tr("Passphrase"), self.tr("%n character(s), typed twice", "", len(draft.passphrase))),
        )
        for row, (name, value) in enumerate(rows):
            self.table.addWidget(Text(name, "body", "muted"), row, 0)
            self.table.addWidget(Text(value, "strong"), row, 1)


class MadeStep(Step):
    """The site is made: its own fingerprint to read to the centre, and where its card lies."""

    key = "made"

    def __init__(self, created: Any) -> None:
        self._created = created
        super().__init__(Draft(), None)

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
                    "Patients can be enrolled at once; Pisa accepts data after it has registered the card."
                )
            )
        )
        self.button = PrimaryButton(self.tr("Go to unlock"))
        self.button.clicked.connect(self.submitted)
        self.box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def first_focus(self) -> bool:
        self.button.setFocus()
        return True


STEPS: tuple[type[Step], ...] = (WelcomeStep, SiteStep, PersonStep, PassphraseStep, SummaryStep)
