"""Sending: what leaves and what stays is said before; the bundle is saved by keys alone; answers come back in words."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from shell_driver import CENTRE, CLOCK, TODAY, Program

from anifro_desktop.sync.connection import webdav
from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.workflows import connecting, patients, sending, site, visits

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def sign_one_more(folder: Path) -> str:
    """An unscheduled visit, signed, so that there is something to send; the subject."""
    opened = site.unlock(folder, "U01", PASSPHRASE, CLOCK)
    try:
        subject = patients.patients(opened)[0].subject
        visit = visits.open_visit(opened, subject, "unscheduled", TODAY)
        visits.sign(opened, visit, "responsible", PASSPHRASE)
    finally:
        opened.close()
    return subject


def go(program: Program) -> Program:
    program.unlock()
    program.shell.show_place("send")
    program.until(lambda: type(program.page).__name__ == "SendPage" and program.page._preview is not None)
    return program


def texts(program: Program) -> str:
    return "\n".join(label.text() for label in program.page.findChildren(QLabel))


def card(program: Program) -> Path:
    return next(program.folder.glob("card-*.anfk"))


def stick(program: Program) -> Path:
    return program.folder.parent / "stick"


def test_what_leaves_and_what_stays_is_said(program: Program) -> None:
    sign_one_more(program.folder)
    go(program)
    said = texts(program)
    assert "Study codes, never names" in said
    assert "Dates, as days from the enrolment" in said
    assert "Names, birth dates, tax codes" in said
    assert "of 1 patient" in program.page.header.line.text()
    assert program.page.save.isEnabled()


def test_the_exact_columns_can_be_read(program: Program) -> None:
    subject = sign_one_more(program.folder)
    go(program)
    dialog = program.page.leaves.show_details()
    said = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert subject in said
    assert "Platelets (platelets)" in said
    assert "consent_version" not in said
    dialog.accept()


def test_a_draft_is_held_back_with_its_reason_and_leads_to_the_patient(program: Program) -> None:
    program.unlock()
    program.until(lambda: program.page.table.items)
    subject = program.page.table.items[0].subject
    program.shell.open_visit(subject, "unscheduled", TODAY)
    program.until(lambda: type(program.page).__name__ == "VisitPage")
    program.shell.show_place("send")
    program.until(lambda: type(program.page).__name__ == "SendPage" and program.page._preview is not None)
    assert "still a draft" in texts(program)
    program.page.stays.patient_wanted.emit(subject)
    program.until(lambda: type(program.page).__name__ == "PatientsPage" and program.page.table.items)
    assert program.page.table.item.subject == subject


def test_a_bundle_is_saved_from_the_keyboard_alone(program: Program) -> None:
    sign_one_more(program.folder)
    go(program)
    folder = program.folder.parent / "usb"
    folder.mkdir()
    program.page.path.setFocus()
    QTest.keyClicks(QApplication.focusWidget(), str(folder))
    program.key(Qt.Key.Key_Return)
    program.until(program.page.banner.isVisible)
    assert "Bundle 0002 is in the folder" in program.page.banner.accessibleName()
    assert len(list(folder.glob("*.anfb"))) == 1
    assert [row.seq for row in program.page.table.items] == [2, 1]
    assert program.page.table.items[0].state == "sent"
    assert not program.page.save.isEnabled(), "nothing new is left"
    assert program.page.header.line.text() == "Nothing new to send"


def test_with_nothing_new_what_was_sent_stands_first_for_eye_and_key(program: Program) -> None:
    sign_one_more(program.folder)
    go(program)
    page = program.page

    def heights() -> tuple[int, int]:
        leaves, sent = (one.mapTo(page, one.rect().topLeft()).y() for one in (page.leaves, page.table))
        return leaves, sent

    def after_path() -> list[QWidget | None]:
        page.path.setFocus()
        found: list[QWidget | None] = []
        for _ in range(12):
            program.key(Qt.Key.Key_Tab)
            found.append(QApplication.focusWidget())
        return found

    leaves, sent = heights()
    assert leaves < sent, "what is to be looked at before it leaves stands first"
    folder = program.folder.parent / "usb"
    folder.mkdir()
    page.path.setText(str(folder))
    page.save_here()
    program.until(page.banner.isVisible)
    program.until(lambda: page.header.line.text() == "Nothing new to send")
    leaves, sent = heights()
    assert sent < leaves
    assert sent + page.table.minimumHeight() <= page.height(), "it is seen without scrolling"
    reached = after_path()
    assert page.table in reached
    assert page.again in reached
    held = [one for one in reached if one and page.stays.isAncestorOf(one)]
    assert not held or reached.index(page.log) < reached.index(held[0])


def test_nothing_typed_asks_for_a_folder(program: Program) -> None:
    sign_one_more(program.folder)
    go(program)
    program.click(program.page.save_here_button)
    assert "Type or choose a folder" in program.page.banner.accessibleName()
    assert program.page.path.hasFocus()


def test_a_folder_that_is_not_there_is_said_and_nothing_is_lost(program: Program) -> None:
    sign_one_more(program.folder)
    go(program)
    program.type(program.page.path, str(program.folder.parent / "gone"))
    program.key(Qt.Key.Key_Return)
    program.until(program.page.banner.isVisible)
    assert "stick" in program.page.banner.accessibleName()
    assert str(program.folder.parent) not in program.page.banner.accessibleName(), "no path in a message"


def test_an_answer_says_that_pisa_has_everything(program: Program) -> None:
    answer = CENTRE.answer(card(program), stick(program), [1])
    go(program)
    program.page.path.setText(str(answer))
    program.click(program.page.bring_here_button)
    program.until(program.page.banner.isVisible)
    assert "Pisa has everything up to bundle 0001" in program.page.banner.accessibleName()
    assert "Nothing is missing" in program.page.banner.accessibleName()
    program.until(lambda: program.page.table.items[0].state == "merged")
    assert "merged by Pisa" in program.page.table.model().data(program.page.table.model().index(0, 4))


def test_a_lost_bundle_is_named_and_can_be_saved_again_as_it_was(program: Program) -> None:
    sign_one_more(program.folder)
    go(program)
    program.page.path.setText(str(stick(program)))
    program.click(program.page.save_here_button)
    program.until(program.page.banner.isVisible)
    first = next(stick(program).glob("*-00000001-*.anfb"))
    sealed = first.read_bytes()
    answer = CENTRE.answer(card(program), stick(program), [2])
    first.unlink()
    program.page.path.setText(str(answer))
    program.click(program.page.bring_here_button)
    program.until(lambda: "never arrived" in program.page.banner.accessibleName())
    assert "1 bundle never arrived: 0001" in program.page.banner.accessibleName()
    program.page.path.setText(str(stick(program)))
    program.page.table.selectRow(1)
    program.click(program.page.again)
    program.until(first.exists)
    assert first.read_bytes() == sealed


def test_somebody_elses_file_is_refused_in_words(program: Program) -> None:
    go(program)
    program.page.path.setText(str(next(stick(program).glob("*.anfb"))))
    program.click(program.page.bring_here_button)
    program.until(program.page.banner.isVisible)
    assert "Traceback" not in program.page.banner.accessibleName()
    assert program.page.banner.accessibleName().endswith(".")


def test_whose_keys_are_used_stands_at_the_foot(program: Program) -> None:
    go(program)
    assert CENTRE.fingerprint in program.page.sealed_for.text()
    assert "Signed by P03" in program.page.signed_by.text()


@pytest.mark.parametrize(
    ("why", "said"), [("revoked", "has revoked this computer"), ("fork", "an older copy of the data")]
)
def test_a_site_that_may_not_send_says_so_when_the_page_opens(program: Program, why: str, said: str) -> None:
    opened = site.unlock(program.folder, "U01", PASSPHRASE, CLOCK)
    try:
        opened.clinical.lock_sending(why)
    finally:
        opened.close()
    go(program)
    program.until(program.page.banner.isVisible)
    assert said in program.page.banner.accessibleName()


def test_a_revoked_computer_promises_no_other_try(program: Program) -> None:
    sign_one_more(program.folder)
    opened = site.unlock(program.folder, "U01", PASSPHRASE, CLOCK)
    try:
        connecting.connect(opened, webdav("https://files.example/p03/"))
        due = (CLOCK.now() + timedelta(minutes=5)).isoformat()
        for row in sending.prepare(opened):
            opened.clinical.add_delivery(
                row.epoch, row.seq, "webdav", "files.example", "not_carried.busy", due
            )
        opened.clinical.lock_sending("revoked")
    finally:
        opened.close()
    go(program)
    program.until(program.page.server.isVisible)
    program.until(program.page.banner.isVisible)
    assert not program.page.server.waiting.isVisible()
