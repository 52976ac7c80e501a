"""What is photographed of the people of the site, their passphrases and the recovery sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from anifro_desktop.store.vault import FLOOR
from anifro_desktop.ui.people.dialogs import OnceDialog
from anifro_desktop.ui.screens import practice
from anifro_desktop.ui.screens.stage import Stage
from anifro_desktop.workflows import people, site
from anifro_desktop.workflows.facts import Person

_NURSE = Person("U02", "Nadia Finta", ("data_entry",))
_MONITOR = Person("U03", "Marco Inventato", ("monitor",))
_GIVEN = "KDXQ-BA3M-Q7RT-ZZ2A-LMNO"


def locked(stage: Stage) -> None:
    """Before the site is seen: a forgotten passphrase, then one for a single unlocking. Leaves it locked."""
    opened = site.unlock(stage.folder, practice.PERSON.code, practice.PASSPHRASE, stage.window._clock)
    people.add(opened, _NURSE, _GIVEN, cost=FLOOR)
    people.add(opened, _MONITOR, _GIVEN, cost=FLOOR)
    people.disable(opened, _MONITOR.code, "visit over")
    people.sheet_shown(opened, people.make_sheet(opened).number)
    opened.close()
    stage.window.show_start()
    stage.window._show_recover()
    page: Any = stage.window.page
    page.sheet.fields[0].edit.setText("ABCD EFGH IJKL MNOP")
    page.go()
    stage.snap("recover")
    stage.window.show_start()
    front: Any = stage.window.page
    front.person.set_chosen(_NURSE.code)
    front.passphrase.edit.setText(_GIVEN)
    front.unlock()
    stage.until(lambda: stage.window.page is not front)
    stage.snap("own-passphrase")
    stage.window.lock()
    stage.window._person = practice.PERSON.code
    stage.window.show_start()


def staff(stage: Stage) -> None:
    """The list, what is asked, a passphrase shown once, one's own, a recovery sheet."""
    shell = stage.window.shell
    shell.show_place("people")
    stage.on("PeoplePage")
    stage.snap("people")
    page = stage.page
    page.ask_to_add()
    stage.snap("people-add", page.dialog)
    page.dialog.reject()
    page.table.selectRow(1)
    page.ask_to_remove()
    stage.snap("people-remove", page.dialog)
    page.dialog.reject()
    once = OnceDialog(_NURSE, _GIVEN, page)
    once.open()
    stage.snap("people-once", once)
    once.accept()
    shell.show_place("passphrase")
    stage.on("PassphrasePage")
    stage.snap("my-passphrase")
    shell.show_place("sheet")
    stage.on("SheetPage")
    stage.snap("sheet")
    panel = stage.page.panel
    panel.make()
    stage.until(panel.taking.isVisible)
    panel.path.setText(str(Path(stage.folder.parent) / "recovery-sheet.pdf"))
    panel.save_here()
    stage.until(panel.checking.isVisible)
    panel.path.clear()
    stage.snap("sheet-type-back")
    shell.show_place("today")
    stage.on("TodayPage")
