"""A record of an older version of the forms at the screen: read as it is, moved only when somebody says so."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from patient_parts import enrolled, save
from PySide6.QtWidgets import QApplication
from shell_driver import TODAY, Program

from anifro_desktop.ui.messages import Dialog
from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.ui.widgets import Button, Text
from anifro_desktop.workflows import visits

sys.path.insert(0, str(Path(__file__).parents[1] / "forms"))

from pack_builders import BEFORE, CURRENT, GONE_CODE, LIBRARY, OLDER, WITHDRAWN

from anifro_desktop.forms.library import Library

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TYPED = {
    "body_mass_kg": "61",
    "height_cm": "250",
    WITHDRAWN: "90",
    "dsdna_method": str(GONE_CODE),
    "phga": "1",
}


def under(program: Program, packs: Library) -> None:
    program.site.library, program.site.definitions = packs, packs.current


@pytest.fixture
def inside(program: Program) -> Program:
    """Inside, after an amendment, with a baseline that was begun before it."""
    program.unlock()
    program.until(lambda: program.page.table.items)
    program.site = program.shell.desk.site
    under(program, BEFORE)
    program.subject = enrolled(program.site, seen=False)
    visit = visits.open_visit(program.site, program.subject, "baseline", TODAY)
    for name, text in TYPED.items():
        visit.session.set_text(name, text)
    save(program.site, visit)
    under(program, LIBRARY)
    return program


def opened(program: Program) -> Dialog:
    """The question that is asked over the visit."""
    program.shell.open_visit(program.subject, "baseline")
    program.until(lambda: isinstance(QApplication.activeModalWidget(), Dialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Dialog)
    return dialog


def words(dialog: Dialog) -> str:
    return "\n".join(text.text() for text in dialog.findChildren(Text))


def button(dialog: Dialog, text: str) -> Button:
    return next(one for one in dialog.findChildren(Button) if one.text() == text)


def test_the_preview_says_it_in_words(inside: Program) -> None:
    dialog = opened(inside)
    said = words(dialog)
    assert "begun under version 2026.1. The version in use is 2027.1" in said
    assert "4 answers stay as they are." in said
    assert "To be answered again, kept as typed: Height: 250; " in said
    assert "No longer asked, kept and readable: Waist: 90." in said
    assert "New questions: Heart rate." in said
    dialog.reject()
    inside.settle()
    assert inside.page.view.session.definitions.digest == OLDER.digest
    assert [one.text() for one in dialog.findChildren(Button)] == [
        "Keep reading the old one",
        "Move to the new version",
    ]


def test_a_visit_that_is_not_moved_is_shown_with_every_form_and_asks_again(inside: Program) -> None:
    button(opened(inside), "Keep reading the old one").click()
    inside.settle()
    view = inside.page.view
    for field in ("body_mass_kg", "pred1_mg", "phga", "dsdna_method"):
        view.go.to_field(field)
        inside.settle()
    opened(inside).reject()
    row = next(one for one in inside.site.clinical.visits(inside.subject) if one.key == "baseline")
    assert row.pack == OLDER.digest


def test_moving_shows_the_new_version_and_what_was_laid_aside(inside: Program) -> None:
    button(opened(inside), "Move to the new version").click()
    inside.until(lambda: inside.page.view.session.definitions is CURRENT)
    inside.settle()
    assert str(inside.page.view.session.answers["weight_kg"]) == "61"
    assert "Waist: 90" in inside.page.banner.accessibleName()
    assert inside.page.view.session.state("height_cm").raw_text == "250"
    assert inside.page.visit.recovered is None
    # It is not asked again, and what was laid aside stays to be read.
    inside.shell.show_place("today")
    inside.settle()
    inside.shell.open_visit(inside.subject, "baseline")
    inside.until(lambda: type(inside.page).__name__ == "VisitPage")
    inside.settle()
    assert QApplication.activeModalWidget() is None
    assert "Waist: 90" in inside.page.banner.accessibleName()


def test_a_version_that_is_not_here_is_moved_or_left(inside: Program) -> None:
    under(inside, Library.of(CURRENT))
    dialog = opened(inside)
    assert "that this program does not have" in words(dialog)
    button(dialog, "Go back").click()
    inside.until(lambda: type(inside.page).__name__ != "VisitPage")
    button(opened(inside), "Move to the new version").click()
    inside.until(lambda: inside.site.clinical.visits(inside.subject)[-1].pack == CURRENT.digest)
    inside.settle()


def test_amending_an_older_record_asks_the_same(inside: Program) -> None:
    button(opened(inside), "Keep reading the old one").click()
    inside.settle()
    visit: Any = inside.page.visit
    visit.session.set_text("height_cm", "168")
    save(inside.site, visit)
    visits.sign(inside.site, visit, "responsible", PASSPHRASE)
    inside.shell.show_place("today")
    inside.settle()
    inside.shell.open_visit(inside.subject, "baseline")
    inside.until(lambda: type(inside.page).__name__ == "VisitPage")
    inside.settle()
    assert QApplication.activeModalWidget() is None  # a signed record is read as it is
    inside.page._amend(2, "")
    inside.until(lambda: isinstance(QApplication.activeModalWidget(), Dialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Dialog)
    button(dialog, "Move to the new version").click()
    inside.until(lambda: inside.page.view.session.definitions is CURRENT)
    inside.settle()
    assert inside.page.visit.state == "amending"


def test_in_italian_too(inside: Program, translations: Any) -> None:
    inside.settle()
    translations.use("it")
    dialog = opened(inside)
    assert "Non più chieste, conservate e leggibili: Circonferenza vita: 90." in words(dialog)
    assert [one.text() for one in dialog.findChildren(Button)] == [
        "Continuare a leggere la vecchia",
        "Passare alla nuova versione",
    ]
    dialog.reject()
    inside.settle()
