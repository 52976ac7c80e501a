"""What a visit page asks or shows in a dialog; each gives the focus back to the question it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anifro_desktop.ui import texts
from anifro_desktop.ui.messages import Dialog
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit import dialogs

if TYPE_CHECKING:
    from anifro_desktop.ui.visit.view import VisitView


class Prompts:
    """The dialogs of one page. `open_one` is the one on screen, if any."""

    def __init__(self, page: VisitView) -> None:
        self._page = page
        self.open_one: Dialog | None = None

    def _opened(self, dialog: Dialog) -> None:
        self.open_one = dialog
        dialog.finished.connect(self._closed)

    def _closed(self) -> None:
        self.open_one = None
        self._page.window().activateWindow()
        if self._page.field:
            self._page.go.to_field(self._page.field)

    def all_absent(self) -> None:
        """Ask once, with the count, before answering all that is open with absent."""
        page = self._page
        form = page.body.page.form
        count = page.binding.open_absent_count(form.id)
        if not count or page.binding.read_only:
            return
        name = form.label.get(texts.language())
        dialog = Dialog(
            translate("Prompts", "Mark {count} questions as absent?").format(count=count),
            translate(
                "Prompts",
                "All questions of {form} without an answer become absent, in one step that can be undone. Those for "
                "which other answers suggest present stay open.",
            ).format(form=name),
            page,
        )
        dialog.add_act(translate("Prompts", "Go back"))
        words = translate("Prompts", "Mark {count} absent").format(count=count)
        main = dialog.add_act(words, lambda: page.binding.all_absent(form.id, page.field), main=True)
        dialog.open()
        main.setFocus()
        self._opened(dialog)

    def keep(self, field: str) -> None:
        """Ask for the reason to keep an answer against a check or a suggestion."""
        page = self._page
        state = page.binding.state(field)
        if page.binding.read_only or state.problem is None or state.problem.severity == "hard":
            return
        dialog = dialogs.ReasonDialog(
            translate("Prompts", "Keep this answer?"),
            page.binding.problem_text(state.problem),
            page.session.definitions.code_lists["override_reason"],
            (
                translate("Prompts", "Keep the answer"),
                lambda reason, words: page.binding.explain(field, reason, words),
            ),
            page,
        )
        dialog.open()
        self._opened(dialog)

    def amend(self) -> None:
        """Ask why a completed or signed visit is changed."""
        page = self._page
        dialog = dialogs.ReasonDialog(
            translate("Prompts", "Amend this visit?"),
            translate(
                "Prompts",
                "The signed version stays as it is. The changes become a new version, with this reason, that has to "
                "be signed again.",
            ),
            page.session.definitions.code_lists["change_reason"],
            (translate("Prompts", "Amend"), page.amend_asked.emit),
            page,
        )
        dialog.open()
        self._opened(dialog)

    def definition(self, field: str) -> None:
        """Show what a question means and where that comes from."""
        definitions = self._page.session.definitions
        self._opened(dialogs.show_definition(self._page, definitions, definitions.fields[field]))

    def keys(self) -> None:
        """Show all keys."""
        self._opened(dialogs.show_keys(self._page))
