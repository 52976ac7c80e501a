"""The lines over the questions of a form: its name, what it is about, and the acts for all of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.absent import button_text
from anifro_desktop.ui.visit.pages import FormPage
from anifro_desktop.ui.visit.said_line import source_words
from anifro_desktop.ui.widgets import Badge, Button, Heading, Hint, LinkButton
from anifro_desktop.ui.widgets.flow import FlowLayout

BESIDE = 620


class FormHead(QWidget):
    """Title left, acts right; under each other where there is little room."""

    all_absent = Signal()
    same = Signal()
    hand_over = Signal()
    asked_wanted = Signal()  # show what the centre asks about this form
    source_wanted = Signal()  # mark, or unmark, it as verified with its source

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Heading("", 2, self)
        self.hint = Hint("", self)
        self.hand_button = Button(translate("Visit", "Hand to the patient"), "F9", parent=self)
        self.hand_button.clicked.connect(self.hand_over)
        self.absent_button = Button("", "Ctrl ⏎", parent=self)
        self.absent_button.clicked.connect(self.all_absent)
        self.same_button = Button(translate("Visit", "Same as last visit"), "Ctrl ⇧ D", parent=self)
        self.same_button.clicked.connect(self.same)
        self.asked_button = LinkButton("", "hint", self)
        self.asked_button.clicked.connect(self.asked_wanted)
        self.source = Badge("", parent=self)
        self.source_button = Button("", "Ctrl ⇧ S", parent=self)
        self.source_button.clicked.connect(self.source_wanted)
        self._acts = FlowLayout(gap=theme.px(6))
        for part in (self.asked_button, self.source, self.source_button):
            part.hide()
            self._acts.addWidget(part)
        self._acts.addWidget(self.hand_button)
        self._acts.addWidget(self.same_button)
        self._acts.addWidget(self.absent_button)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(theme.px(2), 0, 0, theme.px(2))
        self._grid.setHorizontalSpacing(theme.px(10))
        self._grid.setVerticalSpacing(theme.px(3))
        self._grid.setColumnStretch(0, 1)
        self._beside: bool | None = None
        self._some = self._told = False
        self._holder = QWidget(self)
        self._holder.setLayout(self._acts)
        self._arrange(True)

    def show_page(self, page: FormPage, absent: int, same: bool, hand: bool = False) -> None:
        """Take the form's words.

        absent: how many questions could be answered with absent. same: the visit before has answers to confirm. hand:
        the patient can answer it alone.
        """
        lang = texts.language()
        self.title.setText(page.form.label.get(lang))
        self.hint.setText(page.form.help.get(lang))
        self.hint.setVisible(bool(self.hint.text()))
        self.absent_button.setText(button_text(page.form.id))
        self.absent_button.setVisible(absent > 0)
        self.same_button.setVisible(same)
        self.hand_button.setVisible(hand)
        self._some = absent > 0 or same or hand
        self._show_holder()

    def show_said(self, asked: str, source: str, marks: bool) -> None:
        """Say what others said of the form as a whole.

        asked: questions of the centre in words, empty for none. source: `verified`, `changed` since, or nothing. marks:
        the person may verify it.
        """
        self.asked_button.setText(asked)
        self.asked_button.setVisible(bool(asked))
        self.source.set(*source_words(source))
        taken = source == "verified"
        self.source_button.setText(
            translate("Visit", "Take the verification back")
            if taken
            else translate("Visit", "Verified with its source")
        )
        self.source_button.setVisible(marks)
        self._told = bool(asked or source or marks)
        self._show_holder()

    def _show_holder(self) -> None:
        self._holder.setVisible(self._some or self._told)

    def _arrange(self, beside: bool) -> None:
        if beside == self._beside:
            return
        self._beside = beside
        self._grid.addWidget(self.title, 0, 0)
        self._grid.addWidget(self._holder, 0 if beside else 2, 1 if beside else 0)
        self._grid.addWidget(self.hint, 1, 0, 1, 2 if beside else 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.width() >= theme.px(BESIDE))
