"""What is photographed of the audit trail: the history of a question, the entries, the review, a check that found
something."""

from __future__ import annotations

from typing import Any

from anifro_desktop.ui.screens import practice
from anifro_desktop.ui.screens.stage import Stage
from anifro_desktop.workflows import visits

_QUESTION, _CORRECTED, _SOURCE = "platelets", "131", 2


def audit(stage: Stage) -> None:
    """A signed value is corrected, then looked at from every side."""
    shell = stage.window.shell
    subject = _correct(stage)
    shell.open_visit(subject, "baseline", None, _QUESTION)
    stage.until(lambda: type(stage.page).__name__ == "VisitPage" and stage.page.visit.key == "baseline")
    stage.page.view.act("history")
    stage.until(lambda: stage.page.view.prompts.open_one is not None)
    stage.snap("item-history", stage.page.view.prompts.open_one)
    stage.page.view.prompts.open_one.reject()
    shell.show_place("audit")
    stage.on("AuditPage")
    stage.until(lambda: stage.page.entries.table.items)
    stage.snap("audit")
    filters = stage.page.filters
    filters.patient.setText(subject)
    filters.patient.editingFinished.emit()
    filters.question.setText(_QUESTION)
    filters.question.editingFinished.emit()
    stage.until(lambda: len(stage.page.entries.table.items) < 40)
    stage.page.entries.table.setFocus()
    stage.snap("audit-question")
    stage.page.show_tab("review")
    stage.until(lambda: stage.page.reviewing.report is not None and stage.page.reviewing.tables)
    stage.snap("audit-review")
    _damage(stage)
    stage.page.show_tab("entries")
    stage.page.prove()
    stage.until(lambda: stage.page.dialog is not None)
    stage.snap("audit-findings", stage.page.dialog)
    stage.page.dialog.reject()


def _on_worker(stage: Stage, work: Any) -> Any:
    answers: list[Any] = []
    stage.tasks.run(work, answers.append)
    stage.until(lambda: answers)
    return answers[0]


def _correct(stage: Stage) -> str:
    """A value of a signed baseline, amended, completed and signed again; the patient."""
    site = stage.window.shell.desk.site

    def work() -> str:
        from anifro_desktop.workflows import patients

        rows = [row for row in patients.patients(site) if row.status == "enrolled"]
        signed = {row.subject: {one.key: one.state for one in row.visits} for row in rows}
        subject = next(code for code, held in signed.items() if held.get("baseline") == "signed")
        visit = visits.open_visit(site, subject, "baseline", site.today())
        visits.amend(site, visit, _SOURCE, "referto del 2 marzo")
        changed = visit.session.set_text(_QUESTION, _CORRECTED)
        visits.save_draft(site, visit, visit.session.entries(changed.fields))
        visits.complete(site, visit)
        if visit.session.can_sign():
            visits.sign(site, visit, "responsible", practice.PASSPHRASE)
        return subject

    return str(_on_worker(stage, work))


def _damage(stage: Stage) -> None:
    """Change a value behind the program's back."""
    site = stage.window.shell.desk.site

    def work() -> bool:
        with site.clinical.transaction() as tx:
            tx.connection.exec_driver_sql(
                f"UPDATE draft_values SET value = '300' WHERE field = '{_QUESTION}' AND value = '{_CORRECTED}'"  # noqa: S608 - two constants
            )
        return True

    _on_worker(stage, work)
