"""What is photographed of sending: texts held back, patients who could be recognised, the log and the counts."""

from __future__ import annotations

import uuid

from anifro_desktop.thread import RAISE, Act, Query
from anifro_desktop.ui.screens import practice
from anifro_desktop.ui.screens.stage import Stage


def answered(stage: Stage) -> None:
    """Before the site is unlocked: a question of the centre was answered with a name and a date."""
    from anifro_desktop.workflows import queries, site

    opened = site.unlock(stage.folder, "U01", practice.PASSPHRASE, stage.window._clock)
    try:
        subject, person = next(iter(opened.names.items()))
        query = Query(str(uuid.uuid4()), subject, "other", "baseline")
        opened.clinical.keep_query(query)
        opened.clinical.keep_act(Act(str(uuid.uuid4()), query.id, 1, RAISE, "Il rash come è andato?"))
        words = f"visto dalla dott.ssa Finta il 12/10, {person.surname} sta meglio"
        queries.answer(opened, query.id, words, keep=True)
    finally:
        opened.close()


def looked_over(stage: Stage) -> None:
    """The look before it leaves, the dialog that asks why, and what became of each bundle."""
    shell = stage.window.shell
    shell.show_place("send")
    stage.on("SendPage")
    look = stage.page.look
    stage.until(lambda: look.links)
    stage.page.scroller.ensureWidgetVisible(look)
    stage.snap("send-look")
    look.links[0].click()
    stage.snap("send-release", look.dialog)
    look.dialog.reject()
    shell.show_place("synclog")
    stage.on("SyncLogPage")
    stage.until(lambda: stage.page.table.items)
    stage.snap("sync-log")
