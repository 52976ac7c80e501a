"""Who the patient is: typed once, into its own file, never sent. Compared with the people known here for a double.

The check letter of the tax code and the birth date are looked at when their field is left. A possible double must be
answered ("the same person" or "another person") before the identity is saved.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from anifro_desktop.identity import Identity, normal_tax_code, tax_code_facts
from anifro_desktop.ui.datefield import DateField
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.fields import TextField
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.widgets import Banner, Card, Hint, Option, PrimaryButton, SegmentedChoice, Text
from anifro_desktop.workflows.model import Double

SAME, OTHER = "same", "other"


class DoubleLine(QWidget):
    """One known person who may be the same, and the answer to that."""

    answered = Signal()

    def __init__(self, double: Double, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.double = double
        words = self.tr("{name}, {subject}: {alike} % alike")
        question = words.format(name=double.name, subject=double.subject, alike=double.alike)
        self.choice = SegmentedChoice(
            (Option(SAME, self.tr("It is the same person")), Option(OTHER, self.tr("Another person")))
        )
        self.choice.setAccessibleName(question)
        self.choice.chosen.connect(self._chosen)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(Text(question, "strong", parent=self))
        box.addWidget(self.choice)

    def _chosen(self, key: str) -> None:
        self.choice.set_chosen(key)
        self.answered.emit()


class IdentityCard(Card):
    """The form of an identity. It emits what was saved and, if it is the same person, whose record that is."""

    saved = Signal(object)  # the Identity that is on the disk now
    same_person = Signal(str)  # subject that is already here

    def __init__(
        self, desk: Desk, subject: str, identity: Identity | None, parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("Identity, on this computer only"))
        self._desk, self._subject = desk, subject
        self._doubles: list[DoubleLine] = []
        self._checked: Identity | None = None
        known = identity or Identity()
        self.surname = TextField(self.tr("Surname"), text=known.surname)
        self.name = TextField(self.tr("Name"), text=known.name)
        self.birth = DateField(self.tr("Birth date"), full_year=True)
        self.birth.set_value(known.birth_date)
        self.tax_code = TextField(self.tr("Tax code"), text=known.tax_code)
        self.hospital = TextField(self.tr("Hospital number"), text=known.hospital_number)
        self.banner = Banner("warning")
        self.doubles_box = QVBoxLayout()
        self.save = PrimaryButton(self.tr("Check and save the identity"))
        self.save.clicked.connect(self.check)
        self.state = Hint(self.tr("Kept in its own encrypted file. Nothing of it is ever sent."))
        self._arrange()
        self._birth_left()

    def _arrange(self) -> None:
        for field in (self.surname, self.name, self.birth, self.tax_code, self.hospital):
            self.body.addWidget(field)
        self.age = Hint("")
        self.body.insertWidget(self.body.indexOf(self.birth) + 1, self.age)
        words = self.tr("The tax code says another birth date: check both.")
        self.differs = Text(words, "hint", "warning")
        self.differs.hide()
        self.body.insertWidget(self.body.indexOf(self.tax_code) + 1, self.differs)
        self.birth.left.connect(self._birth_left)
        self.tax_code.left.connect(self._tax_left)
        for field in (self.surname, self.name, self.tax_code, self.hospital):
            field.edit.textEdited.connect(lambda _text: self._touched())
        for part in self.birth.parts:
            part.textEdited.connect(lambda _text: self._touched())
        self.body.addWidget(self.banner)
        self.body.addLayout(self.doubles_box)
        self.body.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.state)
        self.body.addStretch(1)

    def set_read_only(self, read_only: bool) -> None:
        """Take or refuse typing."""
        for field in (self.surname, self.name, self.tax_code, self.hospital):
            field.edit.setReadOnly(read_only)
        for part in self.birth.parts:
            part.setReadOnly(read_only)
        self.save.setVisible(not read_only)

    @property
    def identity(self) -> Identity:
        """What is typed."""
        return Identity(
            surname=self.surname.text,
            name=self.name.text,
            birth_date=self.birth.value,
            tax_code=normal_tax_code(self.tax_code.text) or self.tax_code.text,
            hospital_number=self.hospital.text,
        )

    def _touched(self) -> None:
        self._checked = None
        self.state.setText(self.tr("Not saved yet"))
        self.state.set_ink("warning")

    def _birth_left(self) -> None:
        self.birth.spread()
        today, born = self._desk.site.today(), self.birth.value
        problem = self.birth.fault()
        if born is not None and born > today:
            problem = self.tr("The birth date lies in the future: correct it.")
        self.birth.say(problem)
        self.age.setVisible(born is not None and not problem)
        if born is not None and not problem:
            years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
            self.age.setText(self.tr("%n year(s) old today", "", years))

    def _tax_left(self) -> None:
        """A wrong code is refused when saving; one that belongs to another birth date is said, and may be kept."""
        code = self.identity.tax_code
        wrong = bool(code) and normal_tax_code(code) is None
        self.tax_code.say(
            self.tr("The check letter does not fit: read it again from the card.") if wrong else ""
        )
        facts = tax_code_facts(code)
        differs = facts is not None and not facts.agrees(None, self.birth.value)
        self.differs.setVisible(differs)

    def _complete(self) -> bool:
        self._birth_left()
        self._tax_left()
        self.surname.say("" if self.surname.text else self.tr("Type the surname."))
        self.name.say("" if self.name.text else self.tr("Type the name."))
        if not self.birth.value and not self.birth.fault():
            self.birth.say(self.tr("Type the birth date."))
        fields = (self.surname, self.name, self.birth, self.tax_code)
        wrong = [field for field in fields if not field.problem.isHidden()]
        if wrong:
            wrong[0].edit.setFocus()
        return not wrong

    def check(self) -> None:
        """Look for problems and for doubles; save when there are none, or when each double is another person."""
        if not self._complete():
            return
        if self._checked == self.identity and self._doubles:
            self._settle()
            return
        site, subject, identity = self._desk.site, self._subject, self.identity

        def read() -> list[Double]:
            from anifro_desktop.workflows import patients

            return patients.doubles(site, subject, identity)

        self._desk.run(self, read, lambda found: self._found(identity, found), self._refused)

    def _found(self, identity: Identity, found: Sequence[Double]) -> None:
        self._checked = identity
        self._clear_doubles()
        if not found:
            self.banner.hide()
            self._save(identity)
            return
        self.banner.say(
            self.tr("This person may be known here already"),
            self.tr("Answer for each, then save."),
            tone="warning",
        )
        for double in found:
            line = DoubleLine(double)
            line.answered.connect(self._settle_same)
            self._doubles.append(line)
            self.doubles_box.addWidget(line)
        self._doubles[0].choice.setFocus()

    def _clear_doubles(self) -> None:
        for line in self._doubles:
            line.hide()
            line.deleteLater()
        self._doubles = []

    def _settle_same(self) -> None:
        same = next((line for line in self._doubles if line.choice.chosen_key == SAME), None)
        if same is None:
            if all(line.choice.chosen_key == OTHER for line in self._doubles):
                self.save.setFocus()
            return
        subject = same.double.subject
        text = self.tr(
            "Nothing of the identity was saved. Work on under the code {subject}; this enrolment stays in screening, "
            "without a name, and is not sent."
        )
        self.banner.say(
            self.tr("Already here as {subject}").format(subject=subject),
            text.format(subject=subject),
            ((self.tr("Open {subject}").format(subject=subject), lambda: self.same_person.emit(subject)),),
            tone="warning",
        )

    def _settle(self) -> None:
        if all(line.choice.chosen_key == OTHER for line in self._doubles):
            identity = self.identity
            self._clear_doubles()
            self.banner.hide()
            self._save(identity)
        else:
            self._doubles[0].choice.setFocus()

    def _save(self, identity: Identity) -> None:
        site, subject = self._desk.site, self._subject

        def work() -> Any:
            from anifro_desktop.workflows import patients

            return patients.save_identity(site, subject, identity)

        self._desk.run(self, work, lambda _saved: self._is_saved(identity), self._refused)

    def _is_saved(self, identity: Identity) -> None:
        self.state.setText(self.tr("Identity saved. It stays on this computer."))
        self.state.set_ink("success")
        self.saved.emit(identity)

    def _refused(self, error: Exception) -> None:
        self.banner.say(sentence(error), self.tr("The identity is not saved."), tone="danger")
