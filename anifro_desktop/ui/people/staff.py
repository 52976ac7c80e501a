"""Where the pages about people are: the places the shell knows by name, and the card of the settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.widgets import Button, Card, Text
from anifro_desktop.ui.widgets.flow import FlowLayout

PLACES = ("people", "passphrase", "sheet")


def page(key: str, desk: Desk, show_place: Callable[[str], object]) -> Any:
    """The page of a place, with its ways on."""
    if key == "passphrase":
        from anifro_desktop.ui.people.own import PassphrasePage

        own = PassphrasePage(desk)
        own.back_wanted.connect(lambda: show_place("settings"))
        return own
    if key == "sheet":
        from anifro_desktop.ui.people.sheet_page import SheetPage

        sheet = SheetPage(desk)
        sheet.back_wanted.connect(lambda: show_place("people"))
        return sheet
    from anifro_desktop.ui.people.page import PeoplePage

    people = PeoplePage(desk)
    people.place_wanted.connect(show_place)
    return people


class PeopleCard(Card):
    """The way to the people and to one's own passphrase."""

    place_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("People"))
        admin = desk.site.may("site_admin")
        words = (
            self.tr(
                "Add, change and remove people, reset a passphrase, make the recovery sheet, renew the keys."
            )
            if admin
            else self.tr("Who may unlock this site, and in which roles. A site administrator changes it.")
        )
        self.body.addWidget(Text(words, "hint", "muted"))
        holder = QWidget()
        flow = FlowLayout(holder, theme.px(8))
        self.people = Button(self.tr("People of this site"))
        self.people.clicked.connect(lambda: self.place_wanted.emit("people"))
        self.own = Button(self.tr("Change my passphrase"))
        self.own.clicked.connect(lambda: self.place_wanted.emit("passphrase"))
        flow.addWidget(self.people)
        flow.addWidget(self.own)
        self.body.addWidget(holder)
