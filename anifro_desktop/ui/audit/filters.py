"""What is looked for in the trail. It says what it was set to; what that finds is the page's."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from anifro_desktop.forms.model import Label
from anifro_desktop.study.subject_code import check_code
from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.datefield import DateField
from anifro_desktop.ui.fields import Labelled
from anifro_desktop.ui.widgets import Button, Card, ComboBox, LineEdit, Option
from anifro_desktop.ui.widgets.flow import FlowLayout
from anifro_desktop.workflows.audit import words
from anifro_desktop.workflows.audit.model import Choices, Filter

_ANY = "*"
_ENROLMENT = "enrolment"  # an empty key would be no choice of a list


class Filters(Card):
    """Patient, visit, form, question, kind, person, changes, days."""

    changed = Signal()  # look again
    patient_chosen = Signal(str)  # code, or empty: the visits of this patient are wanted

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._choices = Choices(())
        self.patient = LineEdit(16)
        self.patient.setPlaceholderText(self.tr("Study code"))
        self.patient.editingFinished.connect(self._patient_typed)
        self.visit, self.form, self.kind = ComboBox(), ComboBox(), ComboBox()
        self.person, self.after = ComboBox(), ComboBox()
        self.question = LineEdit(16)
        self.question.setPlaceholderText(self.tr("Words or name"))
        self.question.editingFinished.connect(self._typed)
        self.since = DateField(self.tr("From"))
        self.until = DateField(self.tr("To"))
        self.clear = Button(self.tr("Clear"))
        self.clear.clicked.connect(self.reset)
        self._subject = self._asked_question = ""
        self._days = ("", "")
        held = FlowLayout(None, theme.px(10))
        for label, control in (
            (self.tr("Patient"), self.patient),
            (self.tr("Visit or event"), self.visit),
            (self.tr("Form"), self.form),
            (self.tr("Question"), self.question),
            (self.tr("Kind"), self.kind),
            (self.tr("Person"), self.person),
            (self.tr("Changes"), self.after),
        ):
            held.addWidget(Labelled(label, control))
        for day in (self.since, self.until):
            held.addWidget(day)
            day.left.connect(self._day_left)
        held.addWidget(Labelled(self.tr("All filters"), self.clear))
        self.clear.setAccessibleName(self.tr("Clear all filters"))
        self.body.addLayout(held)
        for box in (self.visit, self.form, self.kind, self.person, self.after):
            box.picked.connect(lambda key, box=box: self._picked(box, key))
            box.setMaximumWidth(theme.px(230))
        self._fill()

    def show_choices(self, choices: Choices) -> None:
        """Offer what there is here; what was chosen stays, where it is still offered."""
        self._choices = choices
        self._fill()

    @property
    def wanted(self) -> Filter:
        """What is looked for, but for the question, whose words the page looks up."""
        kind, after = _key(self.kind), _key(self.after)
        visit = _key(self.visit)
        return Filter(
            subject=self._subject,
            visit=None if not visit else "" if visit == _ENROLMENT else visit,
            form=_key(self.form),
            by=_key(self.person),
            kinds=(kind,) if kind else (),
            since=self.since.value,
            until=self.until.value,
            after=after,
        )

    @property
    def question_text(self) -> str:
        """What was typed for a question."""
        return " ".join(self.question.text().split())

    def show_after(self, after: str) -> None:
        """Look for changes after completion or signature of everything."""
        self.reset()
        self.after.set_chosen(after)
        self.changed.emit()

    def reset(self) -> None:
        """Look for everything again."""
        self.patient.clear()
        self.question.clear()
        self._subject = self._asked_question = ""
        for box in (self.visit, self.form, self.kind, self.person, self.after):
            box.set_chosen(_ANY)
        for day in (self.since, self.until):
            day.set_value(None)
            day.say("")
        self._days = ("", "")
        self.patient_chosen.emit("")
        self.changed.emit()

    def _fill(self) -> None:
        lang = texts.language()
        anything = Option(_ANY, self.tr("All"))
        visits = [Option(key or _ENROLMENT, label.get(lang)) for key, label in self._choices.visits.items()]
        forms = [Option(key, label.get(lang)) for key, label in self._choices.forms.items()]
        people = [Option(code, f"{code} {name}".strip()) for code, name in self._choices.people.items()]
        for box, options in (
            (self.visit, visits),
            (self.form, forms),
            (self.kind, _options(words.KINDS, lang)),
            (self.person, people),
            (self.after, _options(words.AFTER, lang)),
        ):
            chosen = _key(box) or _ANY
            box.set_options([anything, *options])
            box.set_chosen(chosen if box.findData(chosen) >= 0 else _ANY)
        self.visit.setEnabled(bool(self._subject))

    def _picked(self, box: ComboBox, key: str) -> None:
        box.set_chosen(key)
        self.changed.emit()

    def _patient_typed(self) -> None:
        typed = self.patient.text().strip()
        code = check_code(typed) or typed.upper()
        if code == self._subject:
            return
        self._subject = code
        self.patient.setText(code)
        self.visit.set_chosen(_ANY)
        self.patient_chosen.emit(code)
        self.changed.emit()

    def _typed(self) -> None:
        if self.question_text != self._asked_question:
            self._asked_question = self.question_text
            self.changed.emit()

    def _day_left(self) -> None:
        for day in (self.since, self.until):
            day.say(day.fault())
        now = (self.since.text, self.until.text)
        if now != self._days and not (self.since.fault() or self.until.fault()):
            self._days = now
            self.changed.emit()


def _options(labels: Mapping[str, Label], lang: str) -> list[Option]:
    return [Option(key, label.get(lang)) for key, label in labels.items()]


def _key(box: ComboBox) -> str:
    """The key chosen, nothing for all."""
    data = box.currentData()
    return "" if data in (None, _ANY) else str(data)
