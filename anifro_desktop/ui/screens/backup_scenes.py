"""What is photographed of backups: the settings, a drill with its result, one put back here, one put back elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from anifro_desktop.ui.screens import practice
from anifro_desktop.ui.screens.stage import Stage


def backups(stage: Stage) -> None:
    """The card, a second place, a drill; then the site is locked and its newest backup put back."""
    shell = stage.window.shell
    stage.until(lambda: not stage.window.backup.busy)
    shell.show_place("settings")
    stage.on("SettingsPage")
    card = stage.page.backup
    stage.until(lambda: card.table.items)
    _show(stage, card)
    stage.snap("backup")
    second = _second(stage)
    second.mkdir(exist_ok=True)
    card.path.setText(str(second))
    card.use_here()
    stage.until(card.none_button.isVisible)
    card.make()
    stage.until(lambda: not stage.window.backup.busy)
    card.ask_to_try()
    stage.snap("backup-drill", card.dialog)
    card.dialog.passphrase.edit.setText(practice.PASSPHRASE)
    card.dialog.go.click()
    stage.until(card.banner.isVisible)
    _show(stage, card)
    stage.snap("backup-tried")
    stage.window.lock()
    stage.until(lambda: stage.window.shell is None)
    stage.window._show_restore()
    page: Any = stage.window.page
    stage.until(page.backup.count)
    stage.snap("restore-here")
    page.passphrase.edit.setText(practice.PASSPHRASE)
    page.go()
    stage.until(lambda: not page.asking.isVisible())
    stage.snap("restored")


def elsewhere(stage: Stage) -> None:
    """On a new computer, with the recovery sheet. Needs the second place of `backups`."""
    stage.window._show_restore()
    page: Any = stage.window.page
    page.path.edit.setText(str(_second(stage)))
    page.look()
    stage.until(page.backup.count)
    page.means.segments[1].click()
    page.sheet.fields[0].edit.setText("ABCD EFGH IJKL MNOP")
    page.go()
    stage.snap("restore-elsewhere")
    page.back.click()


def _second(stage: Stage) -> Path:
    return stage.folder.parent / "backups"


def _show(stage: Stage, card: Any) -> None:
    """The card from its top."""
    bar = stage.page.scroller.verticalScrollBar()
    top = card.mapTo(stage.page.scroller.widget(), card.rect().topLeft()).y()
    bar.setValue(min(top - 8, bar.maximum()))
