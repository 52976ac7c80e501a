"""What the tests of the pages about people share: the way there, who works at the site, how a dialog is answered."""

from __future__ import annotations

from typing import Any

import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget
from shell_driver import Program

from anifro_desktop.store.vault import FLOOR
from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.workflows import people, site
from anifro_desktop.workflows.facts import Person

NURSE = Person("U02", "Nadia Finta", ("data_entry",))
GIVEN = "KDXQ-BA3M-Q7RT-ZZ2A-LMNO"
OWN = "copper window slate harbour moss"


def add_beforehand(program: Program, person: Person = NURSE, temporary: bool = False) -> None:
    """Let a person work at the site, before the program is used."""
    opened = site.unlock(program.folder, "U01", PASSPHRASE, program.window._clock)
    people.add(opened, person, GIVEN, temporary=temporary, cost=FLOOR)
    opened.close()
    program.window.show_start()


def unlock_as(program: Program, code: str, passphrase: str) -> None:
    """Choose a person, type the passphrase and Enter; wait for whatever comes."""
    page = program.front
    page.person.set_chosen(code)
    program.type(page.passphrase.edit, passphrase)
    program.key(Qt.Key.Key_Return)
    program.until(lambda: program.front is not page and not shiboken6.isValid(page))


def show(program: Program, place: str) -> Any:
    """Go to a page about people and wait until it shows what it has."""
    program.shell.show_place(place)
    program.settle()
    return program.page


def choose(program: Program, code: str) -> None:
    """Put the cursor on a person."""
    table = program.page.table
    row = next(at for at, one in enumerate(table.items) if one.person.code == code)
    table.setFocus()
    while table.currentIndex().row() != row:
        program.key(Qt.Key.Key_Down if table.currentIndex().row() < row else Qt.Key.Key_Up)


def dialog(program: Program) -> Any:
    """The dialog of the page, once it has the keys."""
    program.bot.waitUntil(program.page.dialog.isActiveWindow)
    return program.page.dialog


def answer(program: Program, reason: str = "") -> None:
    """Type the reason into the dialog that is open and press its act; wait until it is done."""
    asked = dialog(program)
    if reason:
        program.type(asked.reason.edit, reason)
    program.click(asked.go)
    program.settle()


def words(widget: QWidget) -> str:
    """All texts in sight."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def left_of(widget: QWidget) -> int:
    """Where a widget begins in its window, pixels."""
    return widget.mapTo(widget.window(), QPoint(0, 0)).x()


def in_sight(widget: QWidget) -> bool:
    """Whether all of it can be seen: inside the window, scrolled to, and not cut."""
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


def states(program: Program) -> dict[str, str]:
    """The states of the people listed."""
    return {one.person.code: one.state for one in program.page.table.items}
