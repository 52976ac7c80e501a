"""A new visit: its date first (today unless said otherwise), then the planned visit whose window holds that date.

A date in the future or before the enrolment is refused in words. The visit proposed has the focus, so that Enter
twice from the list opens the visit due; any other one may be chosen, an unscheduled one always.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from anifro_desktop.ui import texts, theme, worklist
from anifro_desktop.ui.datefield import DateField
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.widgets import (
    Button,
    Card,
    Heading,
    Hint,
    Option,
    PrimaryButton,
    SegmentedChoice,
)
from anifro_desktop.ui.words import sex_and_age, visit_name
from anifro_desktop.workflows.model import PatientRow, VisitChoice

_PAUSE = 250  # milliseconds after typing before the date is read


class NewVisitPage(Page):
    """The date and kind of a visit that is about to be opened."""

    open_wanted = Signal(str, str, object)  # subject, visit key, date
    back_wanted = Signal()

    def __init__(self, desk: Desk, row: PatientRow, parent: QWidget | None = None) -> None:
        who = sex_and_age(row.sex, row.age)
        name = worklist.shown_name(row, desk.preferences.hide_names)
        super().__init__(row.subject, " · ".join(part for part in (name, who) if part), parent)
        self._desk, self._row = desk, row
        self._choices: Sequence[VisitChoice] = ()
        self._asked: date | None = None
        back = Button(self.tr("Back to the list"))
        back.clicked.connect(self.back_wanted)
        self.header.acts.addWidget(back)
        card = Card()
        card.setMaximumWidth(theme.px(760))
        card.body.setSpacing(theme.px(14))
        card.body.addWidget(Heading(self.tr("New visit"), 2))
        self.today_button = Button(self.tr("Today"))
        self.today_button.clicked.connect(self._take_today)
        label, hint = self.tr("Date of the visit"), self.tr("The day the patient was seen")
        self.day = DateField(label, hint, after=self.today_button)
        self.day.set_value(desk.site.today())
        self.day.left.connect(self._look)
        for part in self.day.parts:
            part.textEdited.connect(self._soon)
            part.returnPressed.connect(self._entered)
        card.body.addWidget(self.day)
        self.which = Heading(self.tr("Which visit"), 3)
        self.choice = SegmentedChoice()
        self.choice.setAccessibleName(self.tr("Which visit"))
        self.choice.chosen.connect(self._chosen)
        self.why = Hint()
        self.open_button = PrimaryButton(self.tr("Open the visit"))
        self.open_button.clicked.connect(self._open)
        self.open_button.setEnabled(False)
        for widget in (self.which, self.choice, self.why):
            card.body.addWidget(widget)
        card.body.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._look)
        self._focus_open = False

    def _soon(self, _text: str) -> None:
        """Look at the date once the typing pauses."""
        self._pause.start()

    def first_focus(self) -> None:
        if self.open_button.isEnabled():
            self.open_button.setFocus()
        else:
            self._focus_open = True
            self.day.edit.setFocus()

    def refresh(self) -> None:
        self._asked = None
        self._look()

    def _entered(self) -> None:
        self._focus_open = True
        self._look()
        if self.open_button.isEnabled():
            self.open_button.setFocus()

    def _take_today(self) -> None:
        self.day.set_value(self._desk.site.today())
        self._entered()

    def _look(self) -> None:
        """Ask which visits are possible on the date typed; say what is wrong with it."""
        self._pause.stop()
        on = self.day.value
        if on is None:
            self._none(self.day.fault())
            return
        if on == self._asked:
            return
        self._asked = on
        site, subject = self._desk.site, self._row.subject

        def read() -> tuple[date, list[VisitChoice]]:
            from anifro_desktop.workflows import visits

            return on, visits.visit_choices(site, subject, on)

        self._desk.run(self, read, lambda answer: self._offer(*answer), self._refused)

    def _refused(self, error: Exception) -> None:
        self._none(sentence(error))

    def _none(self, problem: str) -> None:
        self._asked = None if self.day.value is None else self._asked
        self._choices = ()
        self.choice.set_options(())
        self.day.say(problem)
        self.why.setText("")
        for part in (self.which, self.choice, self.why):
            part.setVisible(False)
        self.open_button.setEnabled(False)

    def _offer(self, on: date, choices: Sequence[VisitChoice]) -> None:
        if on != self._asked:
            return
        self.day.say("")
        self._choices = choices
        self.choice.set_options([Option(one.key, visit_name(one.key)) for one in choices])
        for part in (self.which, self.choice, self.why):
            part.setVisible(True)
        proposed = next((one.key for one in choices if one.proposed), None)
        if proposed is not None:
            self._chosen(proposed)
        self.open_button.setEnabled(proposed is not None)
        if self._focus_open and proposed is not None:
            self._focus_open = False
            self.open_button.setFocus()

    def _chosen(self, key: str) -> None:
        self.choice.set_chosen(key)
        self.open_button.setEnabled(True)
        one = next(one for one in self._choices if one.key == key)
        on = self.day.value
        if one.opens is None or one.closes is None or on is None:
            words = self.tr("Outside every planned visit's window: an unscheduled visit.")
            if not one.proposed:
                words = self.tr("An unscheduled visit: it does not count as a planned one.")
        else:
            inside = one.opens <= on <= one.closes
            words = (
                self.tr("In its window, {opens} to {closes}.")
                if inside
                else self.tr("Outside its window, {opens} to {closes}: it will be marked as out of window.")
            )
            words = words.format(opens=texts.full_date(one.opens), closes=texts.full_date(one.closes))
        self.why.setText(words)

    def _open(self) -> None:
        key, on = self.choice.chosen_key, self.day.value
        if key is not None and on is not None:
            self.open_wanted.emit(self._row.subject, key, on)
