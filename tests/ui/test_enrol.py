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
    program.page.go_to_field("consent_date")
    for text in ("20112026", "1.0"):
        program.bot.keyClicks(QApplication.focusWidget(), text)
        program.key(Qt.Key.Key_Return)
    program.bot.keyClicks(QApplication.focusWidget(), "1")
    program.bot.keyClicks(QApplication.focusWidget(), "1")
    program.bot.keyClicks(QApplication.focusWidget(), "23112026")
    program.key(Qt.Key.Key_Return)
    for digit in ("1", "1", "1", criterion, "1"):
        program.bot.keyClicks(QApplication.focusWidget(), digit)
    program.settle()


def to_identity(program: Program) -> None:
    """To the step at which the person is named."""
    program.key(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    program.until(program.page.identity.surname.edit.hasFocus)


def type_identity(program: Program, surname: str = "Nuova-Sintetica", name: str = "Zaira") -> None:
    to_identity(program)
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
    if dialog.signer.code is not None:  # the first signature since unlocking
        program.bot.keyClicks(dialog.signer.code.edit, "U01")
    program.bot.keyClicks(dialog.passphrase.edit, PASSPHRASE)
    program.bot.keyClick(dialog.passphrase.edit, Qt.Key.Key_Return)
    program.until(lambda: type(program.page).__name__ == "EnrolledPage")


def test_the_focus_begins_at_the_consent(enrolling: Program) -> None:
    assert enrolling.page.view.body.view.field_of(QApplication.focusWidget()) == "consent_date"


def test_an_enrolment_ends_with_the_code_to_write_on_the_folder(enrolling: Program) -> None:
    subject = enrolling.page.visit.subject
    answer_form(enrolling)
    type_identity(enrolling)
    save_identity(enrolling)
    assert enrolling.page.visit.session.answers["age_at_enrolment"] == 42
    assert "all criteria met" in enrolling.page.view.header.line.text()
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
    assert "a criterion is not met" in enrolling.page.view.header.line.text()
    finish(enrolling)
    assert "Not eligible" in enrolling.page.header.line.text()
    assert enrolling.page.visit.isHidden()


def test_what_is_missing_is_named_and_leads_there(enrolling: Program) -> None:
    to_identity(enrolling)
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
    to_identity(enrolling)
    card = enrolling.page.identity
    enrolling.type(card.birth.edit, "13051984")
    enrolling.type(card.tax_code.edit, TAX_CODE)
    enrolling.key(Qt.Key.Key_Tab)
    assert card.tax_code.problem.isHidden()
    assert card.differs.isVisible()


def test_two_digits_are_no_year_of_birth(enrolling: Program) -> None:
    to_identity(enrolling)
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
    enrolling.until(lambda: type(enrolling.page).__name__ == "PatientPage")
    assert enrolling.page.subject == subject


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


def test_the_three_sets_are_worked_out_beside_and_the_result_is_suggested(enrolling: Program) -> None:
    page = enrolling.page
    panel = page.view.body.panel
    assert list(panel.blocks) == ["acr1997", "slicc2012", "eular2019"]
    assert "unknown" in panel.blocks["acr1997"].accessibleName()
    for field in ("cl_malar_rash", "cl_oral_ulcers", "cl_synovitis", "cl_dsdna"):
        page.view.binding.put(field, 1)
    page.view.binding.put("cl_erosive", 0)
    page.view.binding.put("cl_ana", 2)
    assert panel.blocks["acr1997"].accessibleName().startswith("ACR 1997 classified")
    assert panel.blocks["acr1997"].lines[0].accessibleName() == "met: 5–11 of 11 criteria, 4 needed"
    assert "classified" in panel.blocks["eular2019"].accessibleName()
    page.go_to_field("incl_classification")
    enrolling.settle()
    enrolling.key(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert page.visit.session.answers["incl_classification"] == 1


def test_what_would_settle_a_set_is_a_link_to_its_question(enrolling: Program) -> None:
    page = enrolling.page
    line = page.view.body.panel.blocks["eular2019"].lines[-1]
    assert line.accessibleName() == "could be settled by"
    line.go_to.emit("cl_ana")
    enrolling.settle()
    assert page.view.field == "cl_ana"
    assert page.view.body.form == "classification"


def test_the_rest_of_the_criteria_is_absent_with_one_key(enrolling: Program) -> None:
    page = enrolling.page
    page.go_to_field("cl_malar_rash")
    page.view.binding.put("cl_malar_rash", 1)
    enrolling.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    enrolling.until(lambda: QApplication.activeModalWidget() is not None)
    enrolling.bot.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Return)
    enrolling.settle()
    assert page.visit.session.answers["cl_seizure"] == 0
    assert page.visit.session.answers["cl_malar_rash"] == 1


def test_after_the_last_criterion_comes_the_identity(enrolling: Program) -> None:
    page = enrolling.page
    page.view.go.open_form("classification")
    page.view.body.end_button.setFocus()
    assert page.view.body.end_button.text() == "To the identity"
    enrolling.key(Qt.Key.Key_Return)
    enrolling.until(page.identity.surname.edit.hasFocus)
    enrolling.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    enrolling.until(page.view.isVisible)


def test_nothing_is_signed_before_the_identity_is_saved(enrolling: Program) -> None:
    answer_form(enrolling)
    to_identity(enrolling)
    enrolling.click(enrolling.page.finish)
    enrolling.until(enrolling.page.banner.isVisible)
    assert "who the patient is" in enrolling.page.banner.accessibleName()
    assert QApplication.activeModalWidget() is None


def test_the_history_is_offered_after_the_enrolment(enrolling: Program) -> None:
    subject = enrolling.page.visit.subject
    answer_form(enrolling)
    type_identity(enrolling)
    save_identity(enrolling)
    finish(enrolling)
    enrolling.click(enrolling.page.history)
    enrolling.until(lambda: type(enrolling.page).__name__ == "VisitPage")
    assert (enrolling.page.visit.subject, enrolling.page.visit.key) == (subject, "history")


def test_a_signed_enrolment_can_be_amended_and_finished_again(enrolling: Program) -> None:
    subject = enrolling.page.visit.subject
    answer_form(enrolling)
    type_identity(enrolling)
    save_identity(enrolling)
    finish(enrolling)
    enrolling.shell.open_visit(subject, "")
    enrolling.until(lambda: type(enrolling.page).__name__ == "EnrolPage")
    assert enrolling.page.view.binding.read_only
    enrolling.page.view.amend_asked.emit(3, "")
    enrolling.until(lambda: enrolling.page.visit.state == "amending")
    enrolling.page.view.binding.put("cl_malar_rash", 1)
    enrolling.page.ask_to_finish()
    enrolling.until(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    enrolling.bot.keyClicks(dialog.passphrase.edit, PASSPHRASE)
    enrolling.bot.keyClick(dialog.passphrase.edit, Qt.Key.Key_Return)
    enrolling.until(lambda: type(enrolling.page).__name__ == "EnrolledPage")
    held = enrolling.shell.desk.site.clinical.revisions(subject, "", "classification")
    assert held[0].values["cl_malar_rash"] == 1
