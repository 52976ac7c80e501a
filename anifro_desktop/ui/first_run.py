"""First run: a new site from the centre's file to the first unlock. Nothing is made before the last step.

Language → site and the centre's file → person → passphrase → place for backups → summary → made. Going back keeps
everything; so does changing the language, since all that was typed lives in one `Draft` that the window keeps until the
site is made.
The steps themselves stand in `first_run_steps.py`.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.asking import ask_worker
from anifro_desktop.ui.first_run_end import STEPS, MadeStep
from anifro_desktop.ui.first_run_steps import Draft, Step, Works
from anifro_desktop.ui.frontdoor import FrontDoor
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.tasks import Tasks
from anifro_desktop.ui.widgets import Banner, Button, Heading, Hint, PrimaryButton

# Where to go back to when making the site is refused for something typed in an earlier step.
_STEP_OF_REFUSAL = {
    "wrong_fingerprint": "site",
    "key_file": "site",
    "site_code": "site",
    "cannot_read": "site",
    "not_regular": "site",
    "too_large": "site",
    "passphrase": "passphrase",
    "backup_place": "backups",
}


class FirstRun(FrontDoor):
    """works: what is done with a `Draft`, on the worker."""

    restore_wanted = Signal()  # no new site: a backup is to be put back
    finished = Signal(str)  # the site is made and may be unlocked, by the person of this code

    def __init__(
        self,
        draft: Draft,
        works: Works,
        tasks: Tasks,
        language: str,
        line: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(language, line, 620, parent)
        self.draft = draft
        self._works, self._tasks = works, tasks
        self.steps: list[Step] = [kind(draft, tasks, works) for kind in STEPS]
        self.count = Hint()
        self.title = Heading("", 2)
        self.banner = Banner("danger")
        self.shown = QVBoxLayout()
        for step in self.steps:
            step.hide()
            self.shown.addWidget(step)
            step.submitted.connect(self.forward)
            step.restore_wanted.connect(self.restore_wanted)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(theme.px(6))
        self.progress.hide()
        self.back_button = Button(self.tr("Back"))
        self.back_button.clicked.connect(self.back)
        self.next_button = PrimaryButton(self.tr("Continue"))
        self.next_button.clicked.connect(self.forward)
        acts = QHBoxLayout()
        acts.addWidget(self.back_button)
        acts.addStretch(1)
        acts.addWidget(self.next_button)
        for part in (self.count, self.title, self.banner):
            self.card.body.addWidget(part)
        self.card.body.addLayout(self.shown)
        self.card.body.addWidget(self.progress)
        self.card.body.addLayout(acts)
        self._show(draft.step)

    def first_focus(self) -> None:
        """The first question of the step, or the way on."""
        if not self._current.first_focus():
            self.next_button.setFocus()

    @property
    def _current(self) -> Step:
        return self.steps[self.draft.step]

    def _show(self, index: int) -> None:
        self.draft.step = index
        step = self.steps[index]
        step.enter()
        for other in self.steps:
            other.setVisible(other is step)
        count = self.tr("Step {number} of {all}")
        self.count.setText(count.format(number=index + 1, all=len(self.steps)))
        self.title.setText(step.title)
        self.back_button.setVisible(index > 0)
        last = index == len(self.steps) - 1
        self.next_button.setText(self.tr("Create the site") if last else self.tr("Continue"))
        self.next_button.updateGeometry()
        self.scroller.verticalScrollBar().setValue(0)
        self.first_focus()

    def back(self) -> None:
        """One step back; what was typed stays."""
        self._current.keep()
        self.banner.hide()
        self._show(max(self.draft.step - 1, 0))

    def forward(self) -> None:
        """One step on if this one is complete; from the last one, make the site."""
        if not self.next_button.isEnabled():
            return
        self._current.keep()
        self.banner.hide()
        if not self._current.complete():
            return
        step, draft, works = self._current, self.draft, self._works
        if draft.step == len(self.steps) - 1:
            self._busy(True, self.tr("Making the site"))
            ask_worker(self._tasks, self, lambda: works.make(draft), self._made, self._not_made)
        elif step.proved:
            self._busy(True, self.tr("Checking the file"))
            ask_worker(
                self._tasks, self, lambda: works.prove(draft), lambda _none: self._go_on(), self._refused
            )
        else:
            self._go_on()

    def _go_on(self) -> None:
        self._busy(False)
        self._show(self.draft.step + 1)

    def keep(self) -> None:
        """Take what is typed in the step shown into the draft (before the page is made anew)."""
        self._current.keep()

    def _busy(self, busy: bool, name: str = "") -> None:
        """name: what is being done, for assistive technology."""
        self.progress.setAccessibleName(name)
        self.progress.setVisible(busy)
        self._current.set_read_only(busy)
        self.next_button.setEnabled(not busy)
        self.back_button.setEnabled(not busy)
        self.languages.setEnabled(not busy)

    def _refused(self, error: Exception) -> None:
        """What was typed in this step is refused: said at its field, else above."""
        self._busy(False)
        if not self._current.point(_code(error), sentence(error)):
            self.banner.say(sentence(error))

    def _not_made(self, error: Exception) -> None:
        self._busy(False)
        code = _code(error)
        wanted = next((step for part, step in _STEP_OF_REFUSAL.items() if code.startswith(part)), None)
        if wanted is not None:
            self._show(next(index for index, step in enumerate(self.steps) if step.key == wanted))
            self._current.point(code, sentence(error))
        self.banner.say(sentence(error), self.tr("Nothing was created. What was typed is still here."))

    def _made(self, created: Any) -> None:
        self._busy(False)
        person = self.draft.person_code
        self.draft.forget()
        made = MadeStep(created)
        self._current.hide()
        self.shown.addWidget(made)
        self.count.hide()
        self.title.setText(made.title)
        self.back_button.hide()
        self.next_button.hide()
        self.languages.hide()
        made.submitted.connect(lambda: self.finished.emit(person))
        made.first_focus()


def _code(error: Exception) -> str:
    return str(getattr(error, "code", ""))
