"""Enrolling: consent first, identity typed once and compared, the code at the end; not eligible is kept as such."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shell_driver import CLOCK, Program

from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.workflows import patients, site

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

# A made-up person: 12 May 1984, with the check letter that this code must have.
TAX_CODE = "SNTDRA84E52G224K"


@pytest.fixture
def enrolling(program: Program) -> Program:
    program.unlock()
    program.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    program.until(lambda: type(program.page).__name__ == "EnrolPage")
    return program


def answer_form(program: Program, criterion: str = "1") -> None:
    """Fill the form by keys alone, from the first question on."""
    program.page.form.focus_field("consent_date")
    for text in ("20112026", "1.0", "23112026"):
        program.bot.keyClicks(QApplication.focusWidget(), text)
        program.key(Qt.Key.Key_Return)
    for digit in ("1", "1", "1", criterion, "1"):
        program.bot.keyClicks(QApplication.focusWidget(), digit)
    program.settle()


def type_identity(program: Program, surname: str = "Nuova-Sintetica", name: str = "Zaira") -> None:
    card = program.page.identity
    program.type(card.surname.edit, surname)
    program.type(card.name.edit, name)
    program.type(card.birth.edit, "12051984")


def save_identity(program: Program) -> None:
    program.page.identity.save.click()
    program.until(lambda: program.page.identity.state.text().startswith("Identity saved"))


def finish(program: Program) -> None:
    program.click(program.page.finish)
    program.until(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    program.bot.keyClicks(dialog.passphrase.edit, PASSPHRASE)
    program.bot.keyClick(dialog.passphrase.edit, Qt.Key.Key_Return)
    program.until(lambda: type(program.page).__name__ == "EnrolledPage")


def test_the_focus_begins_at_the_consent(enrolling: Program) -> None:
    field = enrolling.page.form.field_of(QApplication.focusWidget())
    assert field == "consent_date"


def test_an_enrolment_ends_with_the_code_to_write_on_the_folder(enrolling: Program) -> None:
    subject = enrolling.page.visit.subject
    answer_form(enrolling)
    type_identity(enrolling)
    save_identity(enrolling)
    assert enrolling.page.visit.session.answers["age_at_enrolment"] == 42
    assert "all criteria met" in enrolling.page.header.line.text()
    finish(enrolling)
    assert enrolling.page.code.text() == subject
    enrolling.click(enrolling.page.visit)
    enrolling.until(
        lambda: type(enrolling.page).__name__ == "NewVisitPage" and enrolling.page.open_button.isEnabled()
    )
    assert enrolling.page.choice.chosen_key == "baseline"


def test_not_eligible_is_kept_as_a_screening_failure(enrolling: Program) -> None:
    answer_form(enrolling, criterion="2")
    type_identity(enrolling)
    save_identity(enrolling)
    assert "a criterion is not met" in enrolling.page.header.line.text()
    finish(enrolling)
    assert "Not eligible" in enrolling.page.header.line.text()
    assert enrolling.page.visit.isHidden()


def test_what_is_missing_is_named_and_leads_there(enrolling: Program) -> None:
    enrolling.click(enrolling.page.finish)
    enrolling.until(enrolling.page.banner.isVisible)
    said = enrolling.page.banner.accessibleName()
    assert "cannot be finished yet" in said
    assert "questions without an answer" in said
    assert QApplication.activeModalWidget() is None


def test_a_wrong_tax_code_is_said_at_the_field(enrolling: Program) -> None:
    type_identity(enrolling)
    card = enrolling.page.identity
    enrolling.type(card.tax_code.edit, TAX_CODE[:-1] + "Z")
    enrolling.key(Qt.Key.Key_Tab)
    assert "check letter" in card.tax_code.problem.text()
    assert "check letter" in card.tax_code.edit.accessibleDescription()
    card.save.click()
    assert card.tax_code.edit.hasFocus()
    assert not enrolling.tasks.busy


def test_a_tax_code_of_another_birth_date_is_pointed_out(enrolling: Program) -> None:
    card = enrolling.page.identity
    enrolling.type(card.birth.edit, "13051984")
    enrolling.type(card.tax_code.edit, TAX_CODE)
    enrolling.key(Qt.Key.Key_Tab)
    assert card.tax_code.problem.isHidden()
    assert card.differs.isVisible()


def test_two_digits_are_no_year_of_birth(enrolling: Program) -> None:
    card = enrolling.page.identity
    enrolling.type(card.birth.edit, "120584")
    enrolling.key(Qt.Key.Key_Tab)
    enrolling.key(Qt.Key.Key_Tab)
    enrolling.key(Qt.Key.Key_Tab)
    assert "four digits" in card.birth.problem.text()


def test_a_possible_double_must_be_answered(enrolling: Program) -> None:
    opened_row = enrolling.shell.desk.site
    known = next(iter(opened_row.names.values()))
    type_identity(enrolling, known.surname, known.name)
    enrolling.page.identity.save.click()
    enrolling.until(enrolling.page.identity.banner.isVisible)
    lines = enrolling.page.identity._doubles
    assert any(known.full_name in line.double.name for line in lines)
    enrolling.page.identity.save.click()
    enrolling.settle()
    assert not enrolling.page.identity.state.text().startswith("Identity saved")
    for line in lines:
        line.choice.segments[1].click()
    save_identity(enrolling)


def test_the_same_person_leads_to_the_code_known(enrolling: Program) -> None:
    subject, known = next(iter(enrolling.shell.desk.site.names.items()))
    type_identity(enrolling, known.surname, known.name)
    enrolling.page.identity.save.click()
    enrolling.until(lambda: enrolling.page.identity._doubles)
    line = next(one for one in enrolling.page.identity._doubles if one.double.subject == subject)
    line.choice.segments[0].click()
    assert f"Already here as {subject}" in enrolling.page.identity.banner.accessibleName()
    enrolling.page.identity.same_person.emit(subject)
    enrolling.until(lambda: type(enrolling.page).__name__ == "PatientsPage" and enrolling.page.table.items)
    assert enrolling.page.table.item.subject == subject


def test_an_enrolment_left_is_gone_on_with(enrolling: Program) -> None:
    subject = enrolling.page.visit.subject
    answer_form(enrolling)
    enrolling.shell.show_place("today")
    enrolling.until(lambda: type(enrolling.page).__name__ == "TodayPage" and enrolling.page.table.items)
    row = next(one for one in enrolling.page.table.items if one.subject == subject)
    enrolling.shell.open_patient(row)
    enrolling.until(lambda: type(enrolling.page).__name__ == "EnrolPage")
    assert enrolling.page.visit.session.answers["sex"] == 1


def test_names_lie_in_the_identity_file_only(enrolling: Program) -> None:
    answer_form(enrolling)
    type_identity(enrolling, "Canarino-Sintetico", "Quirino")
    save_identity(enrolling)
    enrolling.window.close()
    enrolling.bot.waitUntil(lambda: not enrolling.window.isVisible(), timeout=20_000)
    opened = site.unlock(enrolling.folder, "U01", PASSPHRASE, CLOCK)
    try:
        assert any(row.name == "Canarino-Sintetico Quirino" for row in patients.patients(opened))
    finally:
        opened.close()
    for path in enrolling.folder.rglob("*"):
        if path.is_file():
            assert b"Canarino" not in path.read_bytes(), path.name


def test_the_age_is_shown_once_the_birth_date_is_left(enrolling: Program) -> None:
    type_identity(enrolling)
    enrolling.type(enrolling.page.identity.hospital.edit, "SYN1")
    assert enrolling.page.identity.age.text() == "42 years old today"
    assert [part.text() for part in enrolling.page.identity.birth.parts] == ["12", "05", "1984"]
