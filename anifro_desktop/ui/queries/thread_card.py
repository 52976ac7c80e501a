"""One question with all that was said, and the place to answer it.

What is typed stays with its question while another one is looked at, and until it was really said.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from anifro_desktop.forms.library import Library
from anifro_desktop.forms.screening import MOST
from anifro_desktop.thread import OPEN, UNSETTLED, Thread
from anifro_desktop.ui import theme
from anifro_desktop.ui.fields import Labelled
from anifro_desktop.ui.queries import words
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.widgets import Badge, Button, Card, Hint, LineEdit, PrimaryButton, Text
from anifro_desktop.ui.widgets.flow import FlowLayout

ANSWER, ASK_BACK, CORRECTED = "answer", "ask_back", "corrected"


class ThreadCard(Card):
    """library: whose words name the place. answers: the person may answer. go: a way to the record is offered."""

    said = Signal(str, str, str)  # what (ANSWER, ASK_BACK, CORRECTED), id of the question, words
    go_wanted = Signal(object)  # the Thread: show its record

    def __init__(self, library: Library, answers: bool, go: bool, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._library, self._answers = library, answers
        self.shown: Thread | None = None
        self._typed: dict[str, str] = {}
        self.badge = Badge()
        self._messages = QVBoxLayout()
        self._messages.setSpacing(theme.px(2))
        self.lines: list[Text] = []
        self.words = LineEdit(60)
        self.words.setMaxLength(MOST)
        self.words.textChanged.connect(self._keep)
        self.words.returnPressed.connect(self._answer)
        self.field = Labelled(
            translate("Queries", "Your answer"),
            self.words,
            translate("Queries", "It leaves for Pisa: no names, no dates, at most 200 characters."),
        )
        self.answer = PrimaryButton(translate("Queries", "Answer"))
        self.answer.clicked.connect(self._answer)
        self.back = Button(translate("Queries", "Ask Pisa back"))
        self.back.clicked.connect(lambda: self._say(ASK_BACK))
        self.corrected = Button(translate("Queries", "It was amended"))
        self.corrected.clicked.connect(lambda: self._say(CORRECTED))
        self.go = Button(translate("Queries", "Go to the question"))
        self.go.clicked.connect(lambda: self.go_wanted.emit(self.shown))
        self._go = go
        acts = FlowLayout(gap=theme.px(8))
        for button in (self.answer, self.back, self.corrected, self.go):
            acts.addWidget(button)
        self.body.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(self._messages)
        self.body.addWidget(self.field)
        self.body.addLayout(acts)
        self.hide()

    def show_thread(self, thread: Thread | None) -> None:
        """Show a question, or none."""
        self.setVisible(thread is not None)
        self.shown = thread
        if thread is None:
            return
        self.set_title(f"{thread.query.subject} · {words.place(thread.query, self._library)}")
        self.badge.set(*words.state(thread))
        self._show_messages(thread)
        may = self._answers and thread.state in UNSETTLED
        for part in (self.field, self.answer, self.back):
            part.setVisible(may)
        self.corrected.setVisible(may and thread.state == OPEN)
        self.go.setVisible(self._go)
        self.field.say("")
        self.words.setText(self._typed.get(thread.query.id, ""))

    def _show_messages(self, thread: Thread) -> None:
        while item := self._messages.takeAt(0):
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.lines = []
        for act in thread.acts:
            self._messages.addWidget(Hint(words.head(act)))
            if act.text:
                line = Text(words.body(act))
                line.setContentsMargins(theme.px(12), 0, 0, theme.px(4))
                self._messages.addWidget(line)
                self.lines.append(line)

    def refuse(self, problem: str) -> None:
        """Say at the answer why it was not said; what was typed stays."""
        self.field.say(problem)
        self.words.setFocus()

    def forget(self, query: str) -> None:
        """What was typed is said now."""
        self._typed.pop(query, None)

    def _keep(self, text: str) -> None:
        if self.shown is not None:
            self._typed[self.shown.query.id] = text

    def _answer(self) -> None:
        self._say(ANSWER)

    def _say(self, what: str) -> None:
        if self.shown is not None and self.words.isVisible():
            self.said.emit(what, self.shown.query.id, self.words.text())
