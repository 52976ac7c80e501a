"""All patients: found by code or by name, each with the visits there are. Names are on this computer only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from anifro_desktop.identity import folded
from anifro_desktop.study.subject_code import check_code
from anifro_desktop.ui import icons, texts, theme, worklist
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.rows import Column, Rows
from anifro_desktop.ui.search import SearchLine
from anifro_desktop.ui.widgets import Button, Card, Heading, Hint, PrimaryButton
from anifro_desktop.ui.words import patient_status, sex_and_age, state_tone, visit_name, visit_state
from anifro_desktop.workflows.model import PatientRow, VisitRow


class PatientsPage(Page):
    """The list at the left, the patient it stands on at the right."""

    patient_wanted = Signal(str)  # subject: open this patient's page
    visit_wanted = Signal(str, str)  # subject, key of a visit that exists (empty: the enrolment)
    new_visit_wanted = Signal(object)  # a PatientRow
    enrol_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Patients"), f"{desk.site.code} · {desk.site.name}", parent)
        self._desk = desk
        self._rows: Sequence[PatientRow] = ()
        self.enrol = PrimaryButton(self.tr("Enrol patient"), icon=icons.icon("enrol", "on_accent"))
        self.enrol.clicked.connect(self.enrol_wanted)
        self.header.acts.addWidget(self.enrol)
        direction = QBoxLayout.Direction
        columns = QBoxLayout(direction.LeftToRight if theme.scale() <= 1.5 else direction.TopToBottom)
        columns.setSpacing(theme.px(16))
        columns.addWidget(self._list_card(), 3)
        columns.addWidget(self._patient_card(), 2)
        self.body.addLayout(columns, 1)

    def _list_card(self) -> Card:
        card = Card()
        card.body.setContentsMargins(1, theme.px(10), 1, theme.px(10))
        self.search = SearchLine(30)
        self.search.setPlaceholderText(self.tr("Study code or name"))
        self.search.setAccessibleName(self.tr("Find by study code or name"))
        self.search.textChanged.connect(lambda _text: self._list())
        self.search.down.connect(self._to_list)
        self.search.returnPressed.connect(self._to_list)
        self.count = Hint()
        self.count.setWordWrap(False)
        line = QHBoxLayout()
        line.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        line.setSpacing(theme.px(12))
        line.addWidget(self.search, 1)
        line.addWidget(self.count)
        card.body.addLayout(line)
        hidden = self._desk.preferences.hide_names
        self.table = Rows(
            self.tr("Patients"),
            (
                worklist.code_column(),
                worklist.name_column(hidden),
                Column(self.tr("Status"), lambda row: patient_status(row.status), 110, drop=1),
                Column(self.tr("Enrolled"), _day, 110, drop=4),
                *worklist.clinical_columns(),
            ),
        )
        self.table.setMinimumHeight(theme.px(240))
        self.table.current.connect(self._show_patient)
        self.table.opened.connect(lambda row: self.patient_wanted.emit(row.subject))
        card.body.addWidget(self.table, 1)
        return card

    def _patient_card(self) -> Card:
        self.card = Card(" ")
        self.who = Hint()
        self.open = PrimaryButton(self.tr("Open the patient"))
        self.open.clicked.connect(lambda: self.patient_wanted.emit(self.table.item.subject))
        self.new_visit = Button(self.tr("New visit"))
        self.new_visit.clicked.connect(lambda: self.new_visit_wanted.emit(self.table.item))
        acts = QHBoxLayout()
        acts.addWidget(self.open)
        acts.addWidget(self.new_visit)
        acts.addStretch(1)
        self.visits = Rows(
            self.tr("Visits of this patient"),
            (
                Column(self.tr("Visit"), lambda visit: visit_name(visit.key), 108, strong=True),
                Column(self.tr("Date"), lambda visit: texts.full_date(visit.date), 100),
                Column(self.tr("Day"), lambda visit: str(visit.day).replace("-", "−"), 60, drop=3),
                Column(
                    self.tr("State"),
                    lambda visit: visit_state(visit.state),
                    150,
                    tone=lambda visit: state_tone(visit.state),
                ),
                Column(self.tr("Window"), self._window, 90, drop=2),
            ),
            stretch=3,
        )
        self.visits.opened.connect(lambda visit: self.visit_wanted.emit(self.table.item.subject, visit.key))
        self.visits.setMinimumHeight(theme.px(160))
        self.card.body.addWidget(self.who)
        self.card.body.addLayout(acts)
        self.card.body.addWidget(Heading(self.tr("Visits"), 3))
        self.none = Hint(self.tr("No visit yet."))
        self.card.body.addWidget(self.none)
        self.card.body.addWidget(self.visits, 1)
        return self.card

    def _window(self, visit: VisitRow) -> str:
        if visit.in_window is None:
            return "–"
        return self.tr("within") if visit.in_window else self.tr("outside")

    def first_focus(self) -> None:
        self.search.setFocus()

    def _to_list(self) -> None:
        self.table.setFocus()

    def show_subject(self, subject: str) -> None:
        """Put the cursor on this patient."""
        self._wanted = subject
        self._list()
        self.table.setFocus()

    _wanted = ""

    def refresh(self) -> None:
        site = self._desk.site

        def read() -> list[PatientRow]:
            from anifro_desktop.workflows import patients

            return patients.patients(site)

        self._desk.run(self, read, self._show)

    def _show(self, rows: Sequence[PatientRow]) -> None:
        self._rows = rows
        self._list()

    def _list(self) -> None:
        wanted, code = folded(self.search.text()), check_code(self.search.text())
        rows = [
            row
            for row in self._rows
            if row.subject == code or wanted in folded(row.name) or wanted in folded(row.subject)
        ]
        rows.sort(key=lambda row: row.subject)
        self.table.show_items(rows, key=lambda row: row.subject)
        if self._wanted and rows:
            at = next((n for n, row in enumerate(rows) if row.subject == self._wanted), None)
            if at is not None:
                self.table.selectRow(at)
                self._wanted = ""
        words = self.tr("%n patient(s)", "", len(rows))
        self.count.setText(words)
        self._show_patient(self.table.item)

    def _show_patient(self, row: PatientRow | None) -> None:
        self.card.setEnabled(row is not None)
        if row is None:
            self.card.set_title(self.tr("No patient chosen"))
            self.who.setText(
                self.tr("Nobody here matches what was typed.")
                if self._rows
                else self.tr("Enrol the first patient with the button above.")
            )
            self.visits.show_items(())
            self.none.hide()
            return
        self.card.set_title(row.subject)
        name = worklist.shown_name(row, self._desk.preferences.hide_names)
        parts = (name, sex_and_age(row.sex, row.age), patient_status(row.status))
        self.who.setText(" · ".join(part for part in parts if part))
        self.new_visit.setEnabled(row.status == "enrolled")
        self.visits.show_items(row.visits, key=lambda visit: visit.key)
        self.none.setVisible(not row.visits)
        self.visits.setVisible(bool(row.visits))


def _day(row: PatientRow) -> str:
    return texts.full_date(row.enrolled) if row.enrolled else "–"
