"""The import, in the settings: what it is for, and the way to its page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.widgets import Button, Card, Text


def may_import(desk: Desk) -> bool:
    """Whether the person may take rows over, as the work itself asks."""
    from anifro_desktop.workflows.importing.taking import may_import

    return may_import(desk.site)


class ImportCard(Card):
    """Who may not enter is told so, and sees no way on."""

    wanted = Signal()  # show the page

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("Import from a spreadsheet"))
        may = may_import(desk)
        words = (
            self.tr(
                "What a site has in a spreadsheet or a REDCap export becomes patients, visits and events here. Each "
                "row is tried first."
            )
            if may
            else self.tr(
                "An investigator or a person of data entry imports what a site has in a spreadsheet."
            )
        )
        self.body.addWidget(Text(words, "hint", "muted", self))
        self.go_button = Button(self.tr("Import…"), parent=self)
        self.go_button.clicked.connect(self.wanted)
        self.go_button.setVisible(may)
        row = QHBoxLayout()
        row.addWidget(self.go_button)
        row.addStretch(1)
        self.body.addLayout(row)
