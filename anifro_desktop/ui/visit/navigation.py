"""Going from question to question and from part to part of a visit page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from anifro_desktop.ui.visit.pages import first_open

if TYPE_CHECKING:
    from anifro_desktop.ui.visit.view import VisitView


class Navigator:
    """The ways of one page."""

    def __init__(self, page: VisitView) -> None:
        self._page = page

    def form_of(self, field: str) -> str | None:
        """The form that asks a question now."""
        definition = self._page.session.definitions.fields.get(field)
        if definition is None or definition.form not in {form.id for form in self._page.session.forms}:
            return None
        return definition.form if self._page.session.state(field).visible else None

    def to_field(self, field: str) -> bool:
        """Open the form of a question and put the focus on it; False if it is not asked."""
        form = self.form_of(field)
        if form is None:
            return False
        body = self._page.body
        body.show_form(form)
        if not body.view.focus_field(field):
            return False
        self._page.field = field
        return True

    def open_form(self, form: str) -> None:
        """Show a form with the focus on its first open question, else on its first."""
        body = self._page.body
        body.show_form(form)
        asked = body.page.asked
        if asked:
            self.to_field(first_open(self._page.session, asked) or asked[0])

    def step_form(self, step: int) -> None:
        """One form on or back; nothing beyond the ends."""
        body = self._page.body
        at = body.pages.index(body.page) + step
        if 0 <= at < len(body.pages):
            self.open_form(body.pages[at].form.id)

    def past_end(self) -> None:
        """On from the last question of a form: the next form, after the last one the review."""
        body = self._page.body
        if body.pages.index(body.page) + 1 < len(body.pages):
            self.step_form(1)
        else:
            self._page.act("review")

    def next_open(self) -> None:
        """The next question without an answer, through all forms, from the start again after the last."""
        self._page.flush()  # what was typed may open the question after it, or spare it
        body, session = self._page.body, self._page.session
        fields = [field for page in body.pages for field in body.asked(page)]
        at = fields.index(self._page.field) + 1 if self._page.field in fields else 0
        ahead = tuple(fields[at:] + fields[:at])
        if target := first_open(session, ahead):
            self.to_field(target)

    def switch_part(self) -> None:
        """From the list to the questions, to the scores, to the list."""
        page = self._page
        body, now = page.body, page.focusWidget()
        if body.panel is not None and not any(
            _inside(part, now) for part in (body.panel, body.list, body.bar)
        ):
            body.panel.focus_first()
        elif body.list_scroll.isVisible() and not _inside(body.list, now):
            body.list.focus_chosen()
        elif body.bar.isVisible() and not _inside(body.bar, now):
            body.bar.current.setFocus()
        elif not self.to_field(page.field):
            self.open_form(body.form)


def _inside(part: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and (widget is part or part.isAncestorOf(widget))
