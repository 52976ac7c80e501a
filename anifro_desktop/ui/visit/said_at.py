"""What the centre asks about an open record, and what a monitor verified of it: read, shown at the questions, acted on.

Read anew when the page is shown, and after whatever changes it; an answer or a mark is an act of its own and never part
of the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from anifro_desktop.study.visit_keys import key_before
from anifro_desktop.thread import UNSETTLED, Thread
from anifro_desktop.ui.counted import COUNTED
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.queries import words
from anifro_desktop.ui.queries.at_question import QuestionDialog
from anifro_desktop.ui.visit.said_line import Said

if TYPE_CHECKING:
    from anifro_desktop.ui.desk import Desk
    from anifro_desktop.workflows.source_marks import Verified

_VERIFIED, _CHANGED = "verified", "changed"


class SaidAt(QObject):
    """Belongs to one `VisitPage`."""

    def __init__(self, desk: Desk, page: Any) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._threads: tuple[Thread, ...] = ()
        self._marks: Mapping[tuple[str, str], Verified] = {}

    def refresh(self) -> None:
        """Read it again and show it."""
        site, visit = self._desk.site, self._page.visit
        key = key_before(visit.key)

        def read() -> tuple[Any, Any]:
            from anifro_desktop.workflows import queries, source_marks

            return queries.threads(site, visit.subject, key), source_marks.verified(site, visit.subject, key)

        self._desk.run(self._page, read, lambda found: self._show(*found), self._refused)

    def _show(self, threads: tuple[Thread, ...], marks: Mapping[tuple[str, str], Verified]) -> None:
        self._threads, self._marks = threads, marks
        fields = {one.query.field for one in threads} | {field for _, field in marks}
        fields |= {field for one in marks.values() for field in one.changed}
        said = {field: self._said(field) for field in fields if field}
        forms = {form.id: self._of_form(form.id) for form in self._page.visit.session.forms}
        self._page.view.show_said(said, forms)

    def _said(self, field: str) -> Said:
        own = [one for one in self._threads if one.query.field == field]
        asked, tone = words.at_question(own)
        settled = all(one.state not in UNSETTLED for one in own)
        return Said(asked, tone or "warning", settled, self._source(field))

    def _source(self, field: str) -> str:
        """The mark of a question; where only its form was marked, whether it was this question that changed."""
        form = self._page.visit.session.definitions.fields.get(field)
        own = self._marks.get((form.form, field)) if form is not None else None
        if own is not None:
            return own.state
        whole = self._marks.get((form.form, "")) if form is not None else None
        return _CHANGED if whole is not None and field in whole.changed else ""

    def _of_form(self, form: str) -> tuple[str, str]:
        """The questions in a form that are not settled, in words, and its mark. What is asked about the whole visit
        stands at its first form."""
        own = [one for one in self._about(form) if one.state in UNSETTLED]
        mark = self._marks.get((form, ""))
        return (COUNTED.questions_of_pisa(len(own)) if own else "", mark.state if mark is not None else "")

    def _about(self, form: str) -> list[Thread]:
        first = self._page.visit.session.forms[0].id
        return [one for one in self._threads if (one.query.form or first) == form]

    def show(self, field: str, form: str) -> None:
        """The threads about a question, or about a form, in a dialog."""
        found = [one for one in self._threads if one.query.field == field] if field else self._about(form)
        if not found:
            return
        closed = self._page.visit.state in ("complete", "signed")
        amend = self._page.view.prompts.amend if closed else None
        dialog = QuestionDialog(self._desk, found, self.refresh, amend, self._page)
        dialog.open()
        dialog.first_focus()
        self._page.view.prompts.asked(dialog)

    def mark(self, form: str, field: str) -> None:
        """Mark as verified, or take the mark back where it holds."""
        site, visit = self._desk.site, self._page.visit
        known = self._marks.get((form, field))
        where = (visit.subject, key_before(visit.key), form, field)

        def work() -> None:
            from anifro_desktop.workflows import source_marks

            if known is not None and known.state == _VERIFIED:
                source_marks.unmark(site, *where)
            else:
                source_marks.mark(site, *where)

        def marked(_answer: object) -> None:
            self._desk.changed.emit()
            self.refresh()

        self._desk.run(self._page, work, marked, self._refused)

    def _refused(self, error: Exception) -> None:
        self._page.banner.say(sentence(error), tone="danger")
