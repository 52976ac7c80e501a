"""The page shown where the program cannot begin: what is wrong with the data folder, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from anifro_desktop.ui.frontdoor import FrontDoor
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.widgets import Button, Heading, Hint, LinkButton, PrimaryButton, Text

# What a backup helps against: files of the site that are gone or damaged.
_BY_BACKUP = ("vault_missing", "vault_damaged", "database_missing", "database_damaged")


class TroublePage(FrontDoor):
    """error: the refusal that stood in the way; folder: the data folder's name as it is shown."""

    again_wanted = Signal()
    close_wanted = Signal()
    restore_wanted = Signal()  # a backup is to take the place of what cannot be used

    def __init__(self, error: Exception, folder: str, language: str, parent: QWidget | None = None) -> None:
        super().__init__(language, "", 560, parent)
        self.card.body.addWidget(Heading(self.tr("The program cannot begin"), 2))
        self.text = Text(sentence(error))
        self.card.body.addWidget(self.text)
        self.card.body.addWidget(Hint(self.tr("Data folder: {folder}").format(folder=folder)))
        self.again = PrimaryButton(self.tr("Try again"))
        self.again.clicked.connect(self.again_wanted)
        close = Button(self.tr("Close the program"))
        close.clicked.connect(self.close_wanted)
        line = QHBoxLayout()
        line.addWidget(self.again)
        line.addWidget(close)
        line.addStretch(1)
        self.card.body.addLayout(line)
        self.restore = LinkButton(self.tr("Put a backup back"))
        self.restore.clicked.connect(self.restore_wanted)
        self.card.body.addWidget(self.restore)
        self.restore.setVisible(getattr(error, "code", "") in _BY_BACKUP)

    def first_focus(self) -> None:
        """The way on."""
        self.again.setFocus()
