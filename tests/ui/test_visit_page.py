"""A visit within the program: saved on the disk, reviewed, signed with the passphrase, amended with a reason."""

from __future__ import annotations

from typing import Any

import pytest
from pages import month_6_answers
from PySide6.QtWidgets import QApplication
from shell_driver import TODAY, Program

from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.workflows import patients, visits

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def page(program: Program) -> Any:
    """A new unscheduled visit of an enrolled patient, open on the desk."""
    program.unlock()
    site = program.shell.desk.site
    program.settle()
    row = next(one for one in patients.patients(site) if one.status == "enrolled" and one.draft is None)
    program.shell.open_visit(row.subject, "unscheduled", TODAY)
    program.until(lambda: type(program.page).__name__ == "VisitPage")
    program.page.program = program
    return program.page


def _fill(page: Any) -> None:
    """Answer everything but the date and kind of the visit, which the program wrote, and the damage index, which is
    only offered at this visit."""
    asked = page.visit.session
    left = {"visit_date", "visit_planned", *(item.id for item in asked.definitions.form("damage").fields)}
    for field, value in month_6_answers().items():
        if field not in left and asked.state(field).visible:
            page.view.binding.put(field, value)
    _agree(page)


def _agree(page: Any) -> None:
    """Answer what is new since this patient's last visit as the other answers say."""
    asked = page.visit.session
    for field in [problem.field for problem in asked.problems() if problem.severity == "contradiction"]:
        page.view.binding.put(field, asked.state(field).suggestion.value)
    page.program.until(lambda: page.autosave.state.kind == "saved")


def _review(page: Any) -> Any:
    page.view.act("review")
    page.program.until(lambda: page.review is not None)
    return page.review


def _sign(page: Any, passphrase: str = PASSPHRASE) -> None:
    review = _review(page) if page.review is None else page.review
    review.sign.choice.segments[0].click()
    if review.sign.signer.code is not None:
        review.sign.signer.code.edit.setText("U01")
    review.sign.passphrase.edit.setText(passphrase)
    review.sign.sign_button.click()
    page.program.settle()


def test_answers_are_on_the_disk_once_saved_is_said(page: Any) -> None:
    page.view.go.to_field("seizure")
    page.view.binding.choose("seizure", 0)
    page.program.until(lambda: page.autosave.state.kind == "saved")
    assert page.view.header.saved.text().startswith("Saved ")
    draft = page.program.shell.desk.site.clinical.draft(page.visit.id)
    assert {entry.field: entry.value_json for entry in draft}["seizure"] == 0


def test_signing_makes_it_readable_only_and_amending_opens_it_again(page: Any) -> None:
    _fill(page)
    _sign(page)
    assert page.visit.state == "signed"
    assert page.review is None
    assert page.view.binding.read_only
    assert page.view.header.badge.text == "Signed"
    page.view.amend_asked.emit(3, "")
    page.program.until(lambda: page.visit.state == "amending")
    assert not page.view.binding.read_only
    page.view.binding.choose("fever", 1)
    _agree(page)
    _sign(page)
    assert page.visit.state == "signed"
    site = page.program.shell.desk.site
    found = {one.ver for one in site.clinical.revisions(page.visit.subject, page.visit.key)}
    assert max(found) == 2


def test_a_wrong_passphrase_signs_nothing_and_is_said_at_the_field(page: Any) -> None:
    _fill(page)
    _sign(page, "not this one at all")
    assert page.visit.state == "draft"
    assert page.review is not None
    assert page.review.sign.passphrase.problem.isVisible()
    _sign(page)
    assert page.visit.state == "signed"


def test_a_visit_can_wait_for_its_signature(page: Any) -> None:
    _fill(page)
    _review(page).sign.complete_button.click()
    page.program.until(lambda: page.visit.state == "complete")
    assert page.view.binding.read_only
    assert page.view.header.badge.text == "Complete, not signed"
    _sign(page)
    assert page.visit.state == "signed"


def test_the_review_leads_back_to_a_question(page: Any) -> None:
    page.view.binding.type_text("platelets", "1,2,3")
    review = _review(page)
    assert QApplication.focusWidget() is review.links[0]
    review.links[0].click()
    page.program.settle()
    assert page.review is None
    assert page.view.field == "platelets"


def test_going_back_from_the_review_keeps_the_place(page: Any) -> None:
    page.view.go.to_field("rash")
    _review(page).sign.back_button.click()
    page.program.settle()
    assert page.review is None
    assert page.place().field == "rash"


def test_what_is_typed_is_saved_before_the_review_opens(page: Any) -> None:
    page.view.go.to_field("platelets")
    line = page.view.body.view.rows["platelets"].editor.line
    page.program.type(line, "84")
    _review(page)
    draft = page.program.shell.desk.site.clinical.draft(page.visit.id)
    assert {entry.field: entry.value_json for entry in draft}["platelets"] == 84


def test_the_place_is_known_when_the_visit_is_opened_again(page: Any) -> None:
    program, subject, key = page.program, page.visit.subject, page.visit.key
    page.view.go.to_field("rash")
    page.view.binding.choose("rash", 0)
    program.until(lambda: page.autosave.state.kind == "saved")
    program.shell.show_place("today")
    program.settle()
    opened = visits.open_visit(program.shell.desk.site, subject, key, TODAY)
    assert opened.place.field == "rash"
