"""What is photographed of the close-out: erasing a name that was typed by mistake, what is not signed, the archive."""

from __future__ import annotations

import shutil
from typing import Any

from anifro_desktop.ui.screens import practice
from anifro_desktop.ui.screens.stage import Stage

_WRITTEN, _GAVE = "vista con Clorinda Sbagliatissima", "riferito da Clorinda Sbagliatissima"


def name_typed(stage: Stage) -> str:
    """Before the site is unlocked: a name in a comment and in the reason for a change, and the comment corrected; the
    patient."""
    from anifro_desktop.workflows import patients, site, visits

    clock = stage.window._clock
    opened = site.unlock(stage.folder, "U01", practice.PASSPHRASE, clock)
    try:
        rows = [row for row in patients.patients(opened) if any(one.key == "baseline" for one in row.visits)]
        visit = visits.open_visit(opened, rows[0].subject, "baseline", clock.now().date())
        visits.amend(opened, visit, 2, _GAVE)
        for text in (_WRITTEN, "sta meglio"):
            changed = visit.session.set_text("summary_comment", text)
            visits.save_draft(opened, visit, visit.session.entries(changed.fields))
        visits.complete(opened, visit)
    finally:
        opened.close()
    return rows[0].subject


def erasing(stage: Stage, subject: str) -> None:
    """F8 at the comment, the page with the former text chosen, a refused reason, and what was erased of a reason."""
    shell = stage.window.shell
    shell.open_visit(subject, "baseline", None, "summary_comment")
    stage.on("VisitPage")
    prompts = stage.page.view.prompts
    stage.page.view.history_asked.emit("summary_comment")
    stage.until(lambda: prompts.open_one is not None)
    stage.snap("history-erase", prompts.open_one)
    prompts.open_one.erase.click()
    stage.on("ErasePage")
    page: Any = stage.page
    stage.until(lambda: page.table.items)
    stage.snap("erase-answer")
    page.reason.edit.setText("Sbagliatissima, digitato per errore")
    page.passphrase.edit.setText(practice.PASSPHRASE)
    page.go()
    stage.until(page.refused.isVisible)
    page.scroller.ensureWidgetVisible(page.act)
    stage.snap("erase-refused")
    page.kind.segments[1].click()
    stage.until(lambda: page.table.items)
    page.table.selectRow(next(at for at, one in enumerate(page.table.items) if one.text == _GAVE))
    page.reason.edit.setText("un nome in un motivo")
    page.passphrase.edit.setText(practice.PASSPHRASE)
    page.go()
    stage.until(page.banner.isVisible)
    page.scroller.verticalScrollBar().setValue(0)
    stage.snap("erased")


def archive(stage: Stage) -> None:
    """The dialog that asks, what was written, and what a check says of it."""
    stick = stage.folder.parent / "archivio"
    shutil.rmtree(stick, ignore_errors=True)
    stick.mkdir()
    stage.window.shell.show_place("settings")
    stage.on("SettingsPage")
    card = stage.page.archive
    card.path.setText(str(stick))
    card.ask_to_write()
    stage.until(lambda: card.dialog is not None and card.dialog.isVisible())
    dialog = card.dialog
    dialog.names.tick(("names",))
    stage.snap("archive-asked", dialog)
    dialog.names.tick(())
    dialog.go.click()
    stage.until(card.banner.isVisible)
    _show(stage, card)
    stage.snap("archive-written")
    card.path.setText(str(next(stick.iterdir())))
    card.check()
    stage.until(lambda: not card.during.isVisible() and card.banner.isVisible())
    _show(stage, card)
    stage.snap("archive-checked")


def unsigned(stage: Stage) -> None:
    """What is not signed, or no longer, before data are cut."""
    stage.window.shell.show_place("signoff")
    stage.on("SignOffPage")
    stage.until(lambda: stage.page.table.items)
    stage.snap("sign-off")


def _show(stage: Stage, card: Any) -> None:
    """The card from its top."""
    bar = stage.page.scroller.verticalScrollBar()
    top = card.mapTo(stage.page.scroller.widget(), card.rect().topLeft()).y()
    bar.setValue(min(top - 8, bar.maximum()))
