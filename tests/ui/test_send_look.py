"""Sending: a look at texts and rare patients before, how far it is, and what became of it after."""

from __future__ import annotations

import csv
import uuid
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from shell_driver import CENTRE, CLOCK, TODAY, Program
from test_send import card, go, sign_one_more, stick

from anifro_desktop.thread import RAISE, Act, Query
from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.workflows import held_texts, queries, site
from anifro_desktop.workflows.delivering import Step, Waits

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def answered_with_a_name(program: Program) -> str:
    """A question of the centre, answered with the name of the first patient; that name."""
    opened = site.unlock(program.folder, "U01", PASSPHRASE, CLOCK)
    try:
        subject, person = next(iter(opened.names.items()))
        query = Query(str(uuid.uuid4()), subject, "other", "baseline")
        opened.clinical.keep_query(query)
        opened.clinical.keep_act(Act(str(uuid.uuid4()), query.id, 1, RAISE, "Come mai?"))
        queries.answer(opened, query.id, f"lo dice {person.surname}", keep=True)
        return person.surname
    finally:
        opened.close()


def said(program: Program) -> str:
    return "\n".join(label.text() for label in program.page.findChildren(QLabel) if label.isVisible())


def test_a_text_that_names_somebody_is_shown_and_let_go_with_a_reason(program: Program) -> None:
    surname = answered_with_a_name(program)
    go(program)
    look = program.page.look
    program.until(lambda: look.isVisible() and look.links)
    assert program.page.stays.held_title.text() == "1 text held back"
    assert program.page.header.line.text() == "Bundle 0002 · 1 answer or mark"
    assert "1 text held back" in said(program)
    assert "Pisa is told" in said(program)
    assert surname in said(program)
    assert "name or number of somebody known here" in said(program)
    look.links[0].setFocus()
    program.key(Qt.Key.Key_Space)
    dialog = look.dialog
    assert dialog is not None
    program.click(dialog.act)
    assert dialog.isVisible(), "a reason is asked for"
    program.type(dialog.reason.edit, "a street of that name")
    QTest.keyClick(dialog.reason.edit, Qt.Key.Key_Return)
    program.until(lambda: not look.links)
    assert held_texts.held(program.shell.desk.site) == ()
    program.until(lambda: program.page.stays.held_title.text() == "Nothing is held back")


def test_patients_who_could_be_recognised_are_named_and_nothing_is_held_back(program: Program) -> None:
    sign_one_more(program.folder)
    go(program)
    program.until(program.page.look.isVisible)
    assert "could be recognised" in said(program)
    assert "Nothing is held back for it" in said(program)
    assert program.page.save.isEnabled()


def test_how_far_it_is_can_be_read_and_it_can_be_stopped(program: Program) -> None:
    sign_one_more(program.folder)
    go(program)
    watch = program.page._watch()
    assert program.page.stop.hasFocus()
    watch.told(Step("sealing", 3, 12))
    program.until(lambda: "4 of 12" in program.page.how_far.text())
    assert (program.page.progress.value(), program.page.progress.maximum()) == (3, 12)
    program.key(Qt.Key.Key_Space)
    assert watch.halt.stopped
    assert "Stopping" in program.page.how_far.text()
    program.page._busy(False)
    assert program.page.path.hasFocus()
    assert not program.page.work.isVisible()


def test_after_stopping_nothing_is_sealed_and_it_is_said(program: Program) -> None:
    sign_one_more(program.folder)
    go(program)
    program.page.path.setText(str(stick(program)))
    before = len(list(stick(program).glob("*.anfb")))
    program.page.save_here()
    program.page.stop.click()
    program.until(program.page.banner.isVisible)
    if "Stopped" in program.page.banner.accessibleName():
        assert len(list(stick(program).glob("*.anfb"))) == before
        assert program.page.save.isEnabled()


def test_what_did_not_come_to_the_server_says_why_and_when_again(program: Program) -> None:
    sign_one_more(program.folder)
    go(program)
    now = program.shell.desk.site.clock.now()
    server = program.page.server
    server._show("dav.example", Waits((2,), "not_carried.busy", "dav.example", 1, now + timedelta(minutes=5)))
    told = server.waiting.text()
    assert "0002" in told
    assert "dav.example is busy" in told
    assert "Tried again by itself after" in told
    assert 280_000 <= server._again.interval() <= 300_000
    server._show("dav.example", Waits((2,), "not_carried.login", "dav.example", 1, None))
    assert "Send again when that is settled" in server.waiting.text()
    assert not server._again.isActive()


def test_a_comment_that_names_somebody_is_warned_of_and_saved_all_the_same(program: Program) -> None:
    program.unlock()
    site_open = program.shell.desk.site
    subject, person = next(iter(site_open.names.items()))
    program.shell.open_visit(subject, "unscheduled", TODAY, "summary_comment")
    program.until(lambda: type(program.page).__name__ == "VisitPage")
    program.until(lambda: program.page.view.field == "summary_comment")
    QTest.keyClicks(QApplication.focusWidget(), f"detto da {person.surname}")
    program.key(Qt.Key.Key_Tab)
    program.until(lambda: "may tell who somebody is" in said(program))
    visit = program.page.visit.id
    program.until(lambda: any(one.field == "summary_comment" for one in site_open.clinical.draft(visit)))


def test_the_log_and_the_counts_after_the_centre_answered(program: Program) -> None:
    answer = CENTRE.answer(card(program), stick(program), [1])
    go(program)
    program.page.path.setText(str(answer))
    program.click(program.page.bring_here_button)
    program.until(program.page.banner.isVisible)
    program.page.log.setFocus()
    program.key(Qt.Key.Key_Space)
    program.until(lambda: type(program.page).__name__ == "SyncLogPage" and program.page.table.items)
    assert [one.event for one in program.page.table.items] == ["sealed", "put", "merged"]
    program.until(lambda: "Versions of forms completed here" in said(program))
    assert "does not say how much it merged" in said(program)
    program.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    program.until(lambda: type(program.page).__name__ == "SendPage")


def test_the_log_is_saved_as_a_table_that_names_nobody(program: Program) -> None:
    program.unlock()
    program.shell.show_place("synclog")
    program.until(lambda: type(program.page).__name__ == "SyncLogPage" and program.page.table.items)
    path = program.folder.parent / "log.csv"
    program.page.save_as(path)
    program.until(program.page.banner.isVisible)
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    assert rows[0]["event"] == "sealed"
    assert all(
        person.surname not in path.read_text("utf-8-sig") for person in program.shell.desk.site.names.values()
    )
