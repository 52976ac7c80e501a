"""What a visit page asks or shows in a dialog; each gives the focus back to the question it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anifro_desktop.forms.model import Form
from anifro_desktop.forms.questionnaires import is_questionnaire, to_choose
from anifro_desktop.study.visit_keys import is_visit
from anifro_desktop.ui import texts
from anifro_desktop.ui.messages import Dialog
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit import absent, dialogs

if TYPE_CHECKING:
    from collections.abc import Callable

    from anifro_desktop.ui.visit.view import VisitView
    from anifro_desktop.workflows.audit.model import History


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
            absent.title_text(form.id, count),
            absent.body_text(form.id, name),
            page,
        )
        dialog.add_act(translate("Prompts", "Go back"))
        words = absent.act_text(form.id, count)
        main = dialog.add_act(words, lambda: page.binding.all_absent(form.id, page.field), main=True)
        dialog.open()
        main.setFocus()
        self._opened(dialog)

    def hand_over(self) -> None:
        """Ask before the patient gets the computer: for the form on show, or for all questionnaires still due."""
        page = self._page
        shown = page.body.page.form
        due = [one.form for one in page.body.pages if is_questionnaire(one.form) and one.done < one.total]
        forms = [shown] if is_questionnaire(shown) else due
        if not forms or page.binding.read_only:
            return
        dialog = Dialog(
            translate("Prompts", "Hand the computer to the patient?"),
            translate(
                "Prompts",
                "Only the questions will be seen, one at a time in large type. Your passphrase is needed to come back.",
            ),
            page,
        )
        dialog.add_act(translate("Prompts", "Go back"))
        if len(forms) == 1 and len(due) > 1:
            words = translate("Prompts", "All {count} questionnaires").format(count=len(due))
            dialog.add_act(words, lambda: self._hand(due))
        words = translate("Prompts", "Hand over {name}").format(name=_names(forms))
        main = dialog.add_act(words, lambda: self._hand(forms), main=True)
        dialog.open()
        main.setFocus()
        self._opened(dialog)

    def _hand(self, forms: list[Form]) -> None:
        """Hand over, unless something is still to be chosen by the clinic; then go there."""
        page = self._page
        choices = (to_choose(page.session, form) for form in forms)
        first = next((item for item in choices if item is not None), None)
        if first is None:
            page.hand_over_asked.emit(tuple(forms))
            return
        page.go.to_field(first.id)
        dialog = Dialog(
            translate("Prompts", "One answer is needed first"),
            translate("Prompts", "Answer “{question}”, then hand the computer over.").format(
                question=first.label.get(texts.language())
            ),
            page,
        )
        dialog.add_act(translate("Prompts", "To the question"), main=True)
        dialog.open()
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
        title = translate("Prompts", "Amend this visit?")
        dialog = dialogs.ReasonDialog(
            title if is_visit(page.session.visit.key) else translate("Prompts", "Amend this record?"),
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

    def history(self, history: History, erase: Callable[[], object] | None = None) -> None:
        """Show every value that a question had, with who, when and why. erase: what a name typed there is erased with,
        by who may."""
        from anifro_desktop.ui.audit.history import show_history  # when it is asked for: not with every visit

        self._opened(show_history(self._page, history, erase=erase))

    def asked(self, dialog: Dialog) -> None:
        """A dialog with what the centre asks, made by the page, which knows how to answer."""
        self._opened(dialog)

    def keys(self) -> None:
        """Show all keys."""
        self._opened(dialogs.show_keys(self._page, not self._page.session.visit.key, self._page.monitor))


def _names(forms: list[Form]) -> str:
    if len(forms) == 1:
        return forms[0].label.get(texts.language())
    return translate("Prompts", "{count} questionnaires").format(count=len(forms))
