"""Erasing what was typed by mistake in the window, by keys and clicks: chosen, said beforehand, done, refused, left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from people_parts import GIVEN, add_beforehand, unlock_as, words
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shell_driver import CLOCK, PATIENCE, Program

from anifro_desktop.identity import Identity
from anifro_desktop.ui.rows import Rows
from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.workflows import erasing, patients, site, visits
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.site import Site

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NAME = "Sbagliatissima"
WRITTEN, GAVE = f"saw {NAME} outside", f"told by Clorinda {NAME}"
WHY = "a name in a free text"
FORMER, REASON, EARLIER, WHOLE = range(4)  # the segments
_KEY = Qt.Key


def beforehand(program: Program, act: Callable[[Site], Any]) -> Any:
    """Do something at the site before the program is used."""
    opened = site.unlock(program.folder, "U01", PASSPHRASE, CLOCK)
    try:
        return act(opened)
    finally:
        opened.close()


@pytest.fixture
def named(program: Program) -> str:
    """A patient in whose baseline a name was typed as a comment and as a reason, and corrected since."""

    def act(opened: Site) -> str:
        rows = [row for row in patients.patients(opened) if any(one.key == "baseline" for one in row.visits)]
        visit = visits.open_visit(opened, rows[0].subject, "baseline", CLOCK.now().date())
        visits.amend(opened, visit, 2, GAVE)
        for text in (WRITTEN, "well"):
            changed = visit.session.set_text("summary_comment", text)
            visits.save_draft(opened, visit, visit.session.entries(changed.fields))
        visits.complete(opened, visit)
        visits.sign_confirmed(opened, visit, "responsible")
        return rows[0].subject

    return str(beforehand(program, act))


def by_command(program: Program) -> Any:
    """The page, found with Ctrl+K."""
    program.unlock()
    program.key(_KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    program.until(lambda: program.shell.commands.finder is not None)
    finder = program.shell.commands.finder
    program.bot.waitUntil(finder.isActiveWindow)
    QTest.keyClicks(finder.line, "erase")
    program.key(_KEY.Key_Return)
    program.until(lambda: type(program.page).__name__ == "ErasePage")
    come_back(program)
    return program.page


def come_back(program: Program) -> None:
    """As the system does when a dialog is closed."""
    program.window.activateWindow()
    program.bot.waitUntil(program.window.isActiveWindow)


def choose(program: Program, page: Any, subject: str, kind: int) -> None:
    """Choose the patient and what it is."""
    program.type(page.picker.search, subject)
    program.settle()
    program.click(page.kind.segments[kind])
    program.settle()


def erase(program: Program, page: Any, why: str = WHY, passphrase: str = PASSPHRASE) -> None:
    """Type why and the passphrase, and Enter."""
    for field, text in ((page.reason.edit, why), (page.passphrase.edit, passphrase)):
        field.clear()
        program.type(field, text)
    program.key(_KEY.Key_Return)
    program.settle()


def trail(program: Program) -> str:
    """All that the trail says, in words; read on the worker as everything is."""
    found: list[str] = []

    def read() -> str:
        return repr([one.entry for one in program.shell.desk.site.clinical.audit_entries()])

    program.tasks.run(read, found.append)
    program.until(lambda: found)
    return found[0]


def test_a_former_answer_is_chosen_said_and_erased(program: Program, named: str) -> None:
    page = by_command(program)
    assert not page.act.isEnabled()
    choose(program, page, named, FORMER)
    row = next(at for at, one in enumerate(page.table.items) if one.field == "summary_comment")
    page.table.setFocus()
    page.table.selectRow(row)
    assert WRITTEN in page.chosen.text()
    said = words(page)
    assert "SHA-256" in said
    assert "Bundles already sent" in said
    assert "Backups" in said
    erase(program, page)
    assert page.banner.isVisible()
    assert "Erased" in page.banner.accessibleName()
    assert page.passphrase.text == ""
    assert WRITTEN not in trail(program)
    assert all(one.text != WRITTEN for one in page.table.items), "the list is read anew"


def test_the_words_of_a_reason_are_erased_and_the_forms_wait_for_a_signature(
    program: Program, named: str
) -> None:
    page = by_command(program)
    choose(program, page, named, REASON)
    row = next(at for at, one in enumerate(page.table.items) if one.text == GAVE)
    page.table.selectRow(row)
    assert GAVE in page.chosen.text()
    assert "signed again" in words(page)
    erase(program, page, "a name in a reason")
    assert "Erased" in page.banner.accessibleName()
    assert GAVE not in trail(program)
    program.shell.show_place("signoff")
    program.settle()
    assert named in {one.subject for one in program.page.findChild(Rows).items}


def test_nothing_is_chosen_by_itself_and_why_something_was_erased_is_not_offered(
    program: Program, named: str
) -> None:
    page = by_command(program)
    choose(program, page, named, REASON)
    assert page.table.items
    assert page.table.item is None
    assert not page.act.isEnabled()
    assert not page.chosen.isVisible()
    page.kind.segments[REASON].setFocus()
    program.key(_KEY.Key_Tab)  # coming by is not choosing
    assert QApplication.focusWidget() is page.table
    assert not page.act.isEnabled()
    program.key(_KEY.Key_Down)
    assert page.table.item.text == GAVE
    assert page.act.isEnabled()
    erase(program, page, "a name in a reason")
    assert "Erased" in page.banner.accessibleName()
    assert list(page.table.items) == []
    assert not page.act.isEnabled()
    assert "are not listed" in words(page)
    program.click(page.kind.segments[FORMER])
    program.settle()
    assert page.table.items
    assert page.table.item is None
    assert not page.act.isEnabled()
    assert "are not listed" not in words(page)


def test_the_reason_of_an_erasure_can_be_erased_from_its_entry_of_the_trail(
    program: Program, named: str
) -> None:
    def act(opened: Site) -> None:
        erasing.erase_text(opened, named, "baseline", "summary_comment", "on behalf of Anna", PASSPHRASE)

    beforehand(program, act)
    program.unlock()
    program.shell.show_place("audit")
    program.until(lambda: type(program.page).__name__ == "AuditPage" and program.page.entries.table.items)
    table = program.page.entries.table
    table.selectRow(next(at for at, one in enumerate(table.items) if "Anna" in one.reason.en))
    program.click(program.page.entries.detail.erase)
    program.until(lambda: type(program.page).__name__ == "ErasePage" and program.page.table.items)
    assert program.page.table.item.text == "on behalf of Anna", "it was asked for"
    erase(program, program.page)
    assert "Erased" in program.page.banner.accessibleName()
    assert "Anna" not in trail(program)


def test_what_an_identity_was_before_goes_and_the_present_one_stays(program: Program) -> None:
    def act(opened: Site) -> str:
        subject = patients.patients(opened)[0].subject
        right = opened.names[subject]
        patients.save_identity(opened, subject, Identity("Errata", "Clorinda", right.birth_date))
        patients.save_identity(opened, subject, right)
        return subject

    subject = beforehand(program, act)
    page = by_command(program)
    choose(program, page, subject, EARLIER)
    assert "Errata" in [one.text for one in page.table.items]
    erase(program, page, "typed under the wrong code")
    assert "Erased" in page.banner.accessibleName()
    assert list(page.table.items) == []
    assert program.shell.desk.site.names[subject].surname != "Errata"


def test_a_whole_identity_goes_and_what_to_do_then_is_said(program: Program) -> None:
    subject = str(beforehand(program, lambda opened: patients.patients(opened)[0].subject))
    page = by_command(program)
    choose(program, page, subject, WHOLE)
    assert page.table.items
    erase(program, page, "no patient of this study")
    assert "type the right one" in page.banner.accessibleName()
    assert subject not in program.shell.desk.site.names


def test_f8_leads_to_the_erasure_of_that_very_question(program: Program, named: str) -> None:
    program.unlock()
    program.shell.open_visit(named, "baseline", None, "summary_comment")
    program.until(
        lambda: type(program.page).__name__ == "VisitPage" and program.page.view.field == "summary_comment"
    )
    visit = program.page
    program.key(_KEY.Key_F8)
    program.until(lambda: visit.view.prompts.open_one is not None)
    dialog = visit.view.prompts.open_one
    program.bot.waitUntil(dialog.isActiveWindow)
    program.click(dialog.erase)
    program.until(lambda: type(program.page).__name__ == "ErasePage" and program.page.table.items)
    page = program.page
    assert not page.picker.isVisible()
    assert page.table.item.field == "summary_comment"
    assert WRITTEN in page.chosen.text()
    assert QApplication.focusWidget() is page.reason.edit
    program.click(page.back)
    program.until(lambda: type(program.page).__name__ == "VisitPage")
    assert WRITTEN in trail(program), "going back erases nothing"


def test_an_entry_of_the_trail_leads_to_the_erasure_of_its_reason(program: Program, named: str) -> None:
    program.unlock()
    program.shell.show_place("audit")
    program.until(lambda: type(program.page).__name__ == "AuditPage" and program.page.entries.table.items)
    audit = program.page
    program.type(audit.filters.patient, named)
    program.key(_KEY.Key_Return)
    program.settle()
    table = audit.entries.table
    row = next(at for at, line in enumerate(table.items) if GAVE in line.reason.en)
    table.selectRow(row)
    program.click(audit.entries.detail.erase)
    program.until(lambda: type(program.page).__name__ == "ErasePage" and program.page.table.items)
    page = program.page
    assert page.table.item.text == GAVE
    erase(program, page, "a name in a reason")
    assert "Erased" in page.banner.accessibleName()
    assert GAVE not in trail(program)


@pytest.mark.parametrize(
    ("why", "passphrase", "said"),
    [
        ("", PASSPHRASE, "Type why"),
        (WHY, "", "Type the passphrase"),
        (WHY, "not this one at all", "not right"),
        (f"{NAME} was named", PASSPHRASE, "without the words"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_erased(
    program: Program, named: str, why: str, passphrase: str, said: str
) -> None:
    page = by_command(program)
    choose(program, page, named, REASON)
    page.table.selectRow(next(at for at, one in enumerate(page.table.items) if one.text == GAVE))
    erase(program, page, why, passphrase)
    problems = (page.reason.problem.text(), page.passphrase.problem.text(), page.refused.accessibleName())
    assert said in " ".join(problems)
    assert GAVE in trail(program)
    assert page.reason.text == why


def test_where_there_is_nothing_to_erase_it_is_said(program: Program) -> None:
    subject = str(beforehand(program, lambda opened: patients.patients(opened)[0].subject))
    page = by_command(program)
    choose(program, page, subject, EARLIER)
    assert "nothing" in page.none.text()
    assert not page.act.isEnabled()


def test_a_full_disk_is_said_and_what_was_typed_stays(
    program: Program, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from anifro_desktop.store.errors import CannotSave

    page = by_command(program)
    choose(program, page, named, REASON)
    page.table.selectRow(0)

    def full() -> None:
        raise CannotSave("full")

    monkeypatch.setattr(program.shell.desk.site.clinical, "compact", full)
    erase(program, page)
    assert page.refused.isVisible()
    assert "full" in page.refused.accessibleName()
    assert page.reason.text == WHY


def test_who_may_not_sees_no_way_to_it(program: Program, named: str) -> None:
    add_beforehand(program, Person("U02", "Marco Inventato", ("investigator",)))
    unlock_as(program, "U02", GIVEN)
    program.until(lambda: program.shell is not None and program.shell.page is not None)
    program.key(_KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    program.until(lambda: program.shell.commands.finder is not None)
    finder = program.shell.commands.finder
    assert not any("Erase" in target.text for target in finder._targets)
    finder.reject()
    come_back(program)
    program.shell.show_place("audit")
    program.until(lambda: type(program.page).__name__ == "AuditPage" and program.page.entries.table.items)
    assert not program.page.entries.detail.erase.isVisible()
    program.shell.open_visit(named, "baseline", None, "summary_comment")
    program.until(
        lambda: type(program.page).__name__ == "VisitPage" and program.page.view.field == "summary_comment"
    )
    program.key(_KEY.Key_F8)
    program.until(lambda: program.page.view.prompts.open_one is not None)
    assert program.page.view.prompts.open_one.erase is None


def test_the_page_comes_back_in_another_size(program: Program, named: str) -> None:
    page = by_command(program)
    choose(program, page, named, REASON)
    program.key(_KEY.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    program.bot.waitUntil(lambda: program.page is not page, timeout=PATIENCE)
    program.until(lambda: type(program.page).__name__ == "ErasePage")
