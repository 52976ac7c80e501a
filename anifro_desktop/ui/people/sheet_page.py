"""Where a recovery sheet is made: a page of the open site, and once right after a new site's first unlocking."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.frontdoor import FrontDoor
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.people.sheet_panel import SheetPanel
from anifro_desktop.ui.widgets import Button, Card, Heading, Hint, PrimaryButton, Text


class SheetPage(Page):
    """Make a recovery sheet; for a site administrator."""

    back_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Recovery sheet"), f"{desk.site.code} · {desk.site.name}", parent)
        self.back = Button(self.tr("Back to people"))
        self.back.clicked.connect(self.back_wanted)
        self.header.acts.addWidget(self.back)
        self.panel = SheetPanel(desk)
        self.panel.finished.connect(lambda _number: self.back.setFocus())
        card = Card()
        may = desk.site.may("site_admin")
        if not may:
            card.body.addWidget(Text(self.tr("Only a site administrator makes a recovery sheet.")))
        card.body.addWidget(self.panel)
        self.panel.setVisible(may)
        self.add_column(720).addWidget(card)

    def first_focus(self) -> None:
        self.panel.first_focus()

    def refresh(self) -> None:
        self.panel.refresh()


class FirstSheet(FrontDoor):
    """The last step of making a site, once it is unlocked: the recovery sheet, now or later."""

    done = Signal()

    def __init__(self, desk: Desk, line: str = "", parent: QWidget | None = None) -> None:
        super().__init__(desk.language, line, 660, parent)
        self.languages.hide()  # another language would make the page anew, without the sheet that was made
        self.panel = SheetPanel(desk)
        self.panel.finished.connect(self._finished)
        self.later = Button(self.tr("Later"))
        self.later.clicked.connect(self.done)
        self.why = Hint(
            self.tr(
                "Later is possible: Today asks for it until it is done. Until then, a passphrase that is forgotten "
                "loses what was not yet sent to Pisa, unless there is another administrator."
            )
        )
        self.go_on = PrimaryButton(self.tr("Go on"))
        self.go_on.clicked.connect(self.done)
        self.go_on.hide()
        acts = QHBoxLayout()
        acts.addWidget(self.go_on)
        acts.addWidget(self.later)
        acts.addStretch(1)
        body = self.card.body
        body.addWidget(Heading(self.tr("The recovery sheet"), 2))
        body.addWidget(self.panel)
        body.addWidget(self.why)
        body.addLayout(acts)

    def first_focus(self) -> None:
        """The way on."""
        self.panel.first_focus()

    def _finished(self, _number: int) -> None:
        self.later.hide()
        self.why.hide()
        self.go_on.show()
        self.go_on.setFocus()
