"""Acts that tests of a patient's screens share: a patient of their own, and the ways of a person between the pages.

All patients are synthetic.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shell_driver import Program

from anifro_desktop.identity import Identity
from anifro_desktop.ui.rows import Rows
from anifro_desktop.workflows import events, patients, visits
from anifro_desktop.workflows.model import OpenVisit

DAY_0 = date(2026, 3, 4)
_ENROLMENT = {
    "consent_date": "04/03/2026",
    "consent_version": "1.0",
    "enrolment_date": "04/03/2026",
    "sex": "1",
    "incl_informed_consent": "1",
    "incl_classification": "1",
    "incl_active_disease": "1",
    "incl_anifrolumab": "1",
}


def enrolled(site: Any, surname: str = "Prova-Sintetica", seen: bool = True) -> str:
    """A woman enrolled on 4 March 2026, without any event; seen at baseline, and not at month 6."""
    opened = patients.start_enrolment(site)
    patients.save_identity(site, opened.subject, Identity(surname, "Zita", date(1984, 5, 12)))
    for field, text in _ENROLMENT.items():
        opened.session.set_text(field, text)
    save(site, opened)
    subject = patients.finish_confirmed(site, opened).subject
    if seen:
        visits.complete(site, visits.open_visit(site, subject, "baseline", DAY_0))
    return subject


def save(site: Any, opened: OpenVisit) -> None:
    """Keep all that was answered."""
    answered = [field for field in opened.session.answers if field in opened.session.definitions.fields]
    visits.save_draft(site, opened, opened.session.entries(answered))


def on(program: Program, page: str) -> None:
    """Wait for a page."""
    program.until(lambda: type(program.page).__name__ == page)


def last_dose(site: Any, subject: str, on: date) -> None:
    """The last dose of anifrolumab of a patient, into the vein."""
    dose = events.open_event(site, subject, "administration")
    for field, text in {"ad_given": "1", "ad_date": f"{on:%d/%m/%Y}", "ad_route": "1"}.items():
        dose.session.set_text(field, text)
    save(site, dose)
    visits.complete(site, dose)


def pause(site: Any, subject: str) -> None:
    """Anifrolumab paused today, as a draft."""
    change = events.open_event(site, subject, "drug_change")
    for field, text in {"dc_drug": "15", "dc_what": "5", "dc_date": f"{site.today():%d/%m/%Y}"}.items():
        change.session.set_text(field, text)
    save(site, change)


def open_page(program: Program, subject: str) -> Any:
    """The page of a patient, filled."""
    program.shell.show_patient(subject)
    return on_patient(program)


def on_patient(program: Program) -> Any:
    """Wait for the page of a patient."""
    program.until(lambda: type(program.page).__name__ == "PatientPage" and program.page.course is not None)
    return program.page


def add(program: Program, letters: str) -> Any:
    """Add an event by the first letters of its kind; its page."""
    program.key(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    program.until(lambda: QApplication.activeModalWidget() is not None)
    line = program.shell.openings.kinds.line
    program.bot.keyClicks(line, letters)
    program.bot.keyClick(line, Qt.Key.Key_Return)
    program.until(lambda: type(program.page).__name__ == "VisitPage" and "-" in program.page.visit.key)
    return program.page


def shown(table: Rows) -> str:
    """All that a table says."""
    model = table.model()
    return "\n".join(
        str(model.data(model.index(row, column)))
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    )
