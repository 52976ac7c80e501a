"""Signing in the window: the person's code once, one form or all, what changed since, giving up; what is not signed."""

from __future__ import annotations

from typing import Any

import pytest
from patient_parts import enrolled, on, save
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from shell_driver import Program

from anifro_desktop.ui.messages import Dialog
from anifro_desktop.ui.rows import Rows
from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.workflows import events, visits

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def inside(program: Program) -> Program:
    program.unlock()
    program.site = program.window.shell.desk.site
    return program


def hospital(site: Any) -> tuple[str, str]:
    """A patient with a stay in hospital, in draft."""
    subject = enrolled(site)
    event = events.open_event(site, subject, "hospitalisation")
    for field, text in {"hs_admission": "20/09/2026", "hosp_reason": "1"}.items():
        event.session.set_text(field, text)
    save(site, event)
    return subject, event.key


def review(program: Program, subject: str, key: str) -> Any:
    program.shell.open_visit(subject, key)
    on(program, "VisitPage")
    program.page.show_review()
    program.until(lambda: program.page.review is not None)
    return program.page.review


def amended(program: Program, subject: str, key: str) -> Any:
    """The signed record, its day of admission one day earlier, completed."""
    site = program.site
    visit = visits.open_visit(site, subject, key, site.today())
    visits.sign_confirmed(site, visit, "responsible")
    visits.amend(site, visit, 3, "letter of discharge")
    visit.session.set_text("hs_admission", "19/09/2026")
    visits.save_draft(site, visit, visit.session.entries(["hs_admission"]))
    visits.complete(site, visit)
    return visit


def test_the_first_signature_asks_for_the_code_and_the_next_does_not(inside: Program) -> None:
    subject, key = hospital(inside.site)
    page = review(inside, subject, key)
    page.sign.choice.segments[0].setFocus()
    inside.key(Qt.Key.Key_Space)
    assert QApplication.focusWidget() is page.sign.signer.code.edit
    inside.bot.keyClicks(page.sign.signer.code.edit, "U07")
    inside.key(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.sign.passphrase.edit
    inside.bot.keyClicks(page.sign.passphrase.edit, PASSPHRASE)
    inside.key(Qt.Key.Key_Return)
    inside.until(page.sign.signer.code.problem.isVisible)
    assert "unlocked by U01" in page.sign.signer.code.problem.text()
    page.sign.signer.code.edit.clear()
    inside.bot.keyClicks(page.sign.signer.code.edit, "u01")
    page.sign.passphrase.edit.setFocus()
    inside.key(Qt.Key.Key_Return)
    inside.until(lambda: inside.page.visit.state == "signed")
    second, other = hospital(inside.site)
    assert review(inside, second, other).sign.signer.code is None


def test_what_changed_since_the_signature_stands_in_the_review_and_leads_to_its_question(
    inside: Program,
) -> None:
    subject, key = hospital(inside.site)
    amended(inside, subject, key)
    page = review(inside, subject, key)
    (link,) = page.changed_links
    assert "20/09/2026 → 19/09/2026" in link.accessibleName()
    assert "letter of discharge" in link.accessibleName()
    titles = [label.text() for label in page.findChildren(QLabel)]
    assert any(one.startswith("Changed since it was signed by Irene Sintetica, 23/11/2026") for one in titles)
    link.setFocus()
    inside.key(Qt.Key.Key_Return)
    inside.until(lambda: inside.page.review is None)
    assert inside.page.view.field == "hs_admission"


def test_the_page_of_the_patient_says_changed_and_old_and_new(inside: Program) -> None:
    subject, key = hospital(inside.site)
    amended(inside, subject, key)
    inside.shell.show_patient(subject)
    on(inside, "PatientPage")
    inside.until(lambda: inside.page.events.items)
    model = inside.page.events.model()
    cells = [str(model.data(model.index(0, column))) for column in range(model.columnCount())]
    assert "Changed since signed" in cells
    inside.page.events.setFocus()
    inside.page.events.selectRow(0)
    assert "20/09/2026 → 19/09/2026" in inside.page.events_changed.text()
    assert inside.page.events_changed.isVisible()


def test_the_audit_trail_of_the_record_is_read_from_the_review(inside: Program) -> None:
    subject, key = hospital(inside.site)
    page = review(inside, subject, key)
    inside.click(page.sign.audit_button)
    inside.until(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert dialog.findChild(Rows).items
    inside.bot.keyClick(dialog, Qt.Key.Key_Escape)
    inside.until(lambda: QApplication.activeModalWidget() is None)
    assert inside.page.review is page


def test_one_form_of_a_visit_is_signed_alone(inside: Program) -> None:
    subject = enrolled(inside.site)
    page = review(inside, subject, "baseline")
    scope = page.sign.scope
    assert scope.isVisible()
    vitals = scope.findData("vitals")
    scope.setFocus()
    scope.setCurrentIndex(vitals)
    scope.activated.emit(vitals)
    page.sign.choice.segments[1].click()
    inside.bot.keyClicks(page.sign.signer.code.edit, "U01")
    inside.bot.keyClicks(page.sign.passphrase.edit, PASSPHRASE)
    inside.click(page.sign.sign_button)
    inside.until(lambda: inside.page.review is None)
    assert inside.page.visit.state == "complete"
    signed = [item.form for item in inside.site.clinical.revisions(subject, "baseline") if item.signature]
    assert signed == ["vitals"]


def test_an_amendment_is_given_up_after_being_asked(inside: Program) -> None:
    subject, key = hospital(inside.site)
    visit = visits.open_visit(inside.site, subject, key, inside.site.today())
    visits.sign_confirmed(inside.site, visit, "responsible")
    visits.amend(inside.site, visit, 3, "")
    page = review(inside, subject, key)
    inside.click(page.sign.give_up_button)
    inside.until(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Dialog)
    inside.bot.keyClick(dialog, Qt.Key.Key_Escape)
    inside.until(lambda: QApplication.activeModalWidget() is None)
    assert inside.page.visit.state == "amending"
    inside.click(page.sign.give_up_button)
    inside.until(lambda: QApplication.activeModalWidget() is not None)
    give_up = next(
        one
        for one in QApplication.activeModalWidget().findChildren(type(page.sign.back_button))
        if one.text() == "Give it up"
    )
    inside.click(give_up)
    inside.until(lambda: inside.page.visit.state == "signed")
    assert inside.page.view.binding.read_only


def test_what_is_not_signed_is_listed_from_the_sending_page_and_opened_by_keys(inside: Program) -> None:
    subject, _ = hospital(inside.site)
    inside.shell.show_place("send")
    on(inside, "SendPage")
    inside.until(inside.page.unsigned.isVisible)
    assert "of endpoint forms are not signed" in inside.page.unsigned.accessibleName()
    inside.page.unsigned.setFocus()
    inside.key(Qt.Key.Key_Return)
    on(inside, "SignOffPage")
    inside.until(lambda: inside.page.table.items)
    page = inside.page
    endpoints = {(one.subject, one.form) for one in page.table.items}
    assert (subject, "hospitalisation") not in endpoints
    page.show_kind("every")
    assert (subject, "hospitalisation") in {(one.subject, one.form) for one in page.table.items}
    page.show_visit("hs-001")
    assert {one.form for one in page.table.items} == {"hospitalisation"}
    page.table.setFocus()
    place = [one.subject for one in page.table.items].index(subject)
    page.table.selectRow(place)
    inside.key(Qt.Key.Key_Return)
    on(inside, "VisitPage")
    assert inside.page.visit.subject == subject
