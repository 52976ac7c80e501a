"""The step of an enrolment at which the person is named: once, into its own file, on this computer only."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from anifro_desktop.identity import Identity
from anifro_desktop.ui import icons
from anifro_desktop.ui.commands import add_key
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.identity_card import IdentityCard
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.widgets import Button, Card, Hint, PrimaryButton


class IdentityStep(Page):
    """The identity of one subject, and the way to the end of the enrolment."""

    back_wanted = Signal()  # to the questions

    def __init__(
        self, desk: Desk, subject: str, identity: Identity | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(subject, "", parent)
        self.setAccessibleName(self.tr("Identity"))
        self.back = Button(self.tr("Back to the questions"), icon=icons.icon("back"))
        self.back.clicked.connect(self.back_wanted)
        self.header.acts.addWidget(self.back)
        self.card = IdentityCard(desk, subject, identity)
        self.end = Card()
        self.end.body.addWidget(Hint(self.tr("Once the identity is saved, the enrolment is signed.")))
        self.finish = PrimaryButton(self.tr("Finish the enrolment"))
        self.end.body.addWidget(self.finish, 0, Qt.AlignmentFlag.AlignLeft)
        column = self.add_column(620)
        column.addWidget(self.card)
        column.addWidget(self.end)
        add_key(self, "Alt+Left", self.back_wanted.emit)

    def first_focus(self) -> None:
        self.card.surname.edit.setFocus()

    def set_line(self, line: str) -> None:
        """How far the enrolment is."""
        self.header.line.setText(line)

    def set_read_only(self, read_only: bool) -> None:
        """Take or refuse typing."""
        self.card.set_read_only(read_only)
        self.end.setVisible(not read_only)
