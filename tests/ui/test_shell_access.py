"""Reach and size of every page of the shell: a name for each control, room for each word, no trap for the focus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from patient_parts import add, on, open_page
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLineEdit,
    QWidget,
)
from shell_driver import Program

from anifro_desktop.ui.widgets import Button

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
PLACES = (
    *("today", "patients", "send", "settings", "new_visit", "enrol", "identity"),
    *("patient", "event", "mistake", "twice"),
    *("people", "passphrase", "sheet"),
)
LEAST = 24


def visit(program: Program, place: str) -> None:
    """Go to a page and wait until it shows what it has."""
    if place == "new_visit":
        program.shell.show_new_visit(program.rows[0])
        program.until(
            lambda: type(program.page).__name__ == "NewVisitPage" and program.page.open_button.isEnabled()
        )
    elif place in ("enrol", "identity"):
        program.shell.enrol()
        program.until(lambda: type(program.page).__name__ == "EnrolPage")
        if place == "identity":
            program.page.view.act("beside")
            program.settle()
    elif place in ("patient", "event", "mistake", "twice"):
        about_a_patient(program, place)
    else:
        program.shell.show_place(place)
        program.until(lambda: program.shell._at.page == place)


def about_a_patient(program: Program, place: str) -> None:
    """The page of a patient, and those that are reached from it."""
    page = open_page(program, program.rows[0].subject)
    if place in ("event", "mistake"):
        page = add(program, "herpes")
        program.settle()
    if place == "mistake":
        page.view.act("mistake")
        on(program, "MistakePage")
        program.page.choice.segments[1].click()
        program.page.picker.search.setText("sintetic")
    elif place == "twice":
        page.twice_wanted.emit(page.subject)
        on(program, "TwicePage")
        program.page.picker.search.setText("sintetic")
    program.settle()


@pytest.fixture
def inside(program: Program) -> Program:
    program.unlock()
    program.until(lambda: program.page.table.items)
    program.rows = program.page.table.items
    return program


def large(program: Program) -> None:
    program.shell.desk.preferences_wanted.emit(replace(program.window.preferences, text=200))
    program.settle()


def controls(root: QWidget) -> Iterator[QWidget]:
    """All that can be pressed, typed into or tabbed to."""
    for widget in root.findChildren(QWidget):
        kinds = isinstance(widget, QAbstractButton | QLineEdit | QAbstractItemView)
        # A scroll area as such is no control; Qt tells assistive technology so.
        plain_area = isinstance(widget, QAbstractScrollArea) and not isinstance(widget, QAbstractItemView)
        if (
            widget.isVisible()
            and (kinds or widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
            and not plain_area
        ):
            yield widget


@pytest.mark.parametrize("place", PLACES)
def test_every_control_has_a_name_and_a_role(inside: Program, place: str) -> None:
    visit(inside, place)
    found = list(controls(inside.window))
    assert len(found) >= 8
    for widget in found:
        seen = QAccessible.queryAccessibleInterface(widget)
        assert seen.text(QAccessible.Text.Name).strip(), f"{type(widget).__name__} on {place} has no name"
        assert seen.role() != QAccessible.Role.NoRole


@pytest.mark.parametrize("place", PLACES)
def test_at_200_percent_nothing_is_cut_or_sideways(inside: Program, place: str) -> None:
    large(inside)
    visit(inside, place)
    inside.settle()
    inside.bot.wait(30)
    for widget in controls(inside.window):
        at = widget.mapTo(inside.window, QPoint(0, 0))
        assert at.x() >= 0, f"{widget.accessibleName()} on {place} begins outside"
        assert at.x() + widget.width() <= inside.window.width(), (
            f"{widget.accessibleName()} on {place} ends outside"
        )
        if isinstance(widget, Button):
            assert widget.width() >= widget.sizeHint().width(), f"{widget.text()} on {place} is cut"
        if isinstance(widget, QAbstractButton):
            assert min(widget.width(), widget.height()) >= LEAST


@pytest.mark.parametrize("place", PLACES)
def test_tab_goes_everywhere_and_comes_back(inside: Program, place: str) -> None:
    visit(inside, place)
    inside.settle()
    start = QApplication.focusWidget()
    seen: list[QWidget] = []
    for _ in range(250):
        inside.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if QApplication.focusWidget() is start:
            break
        seen.append(QApplication.focusWidget())
    assert QApplication.focusWidget() is start, (
        f"the focus is trapped in {type(seen[-1]).__name__} on {place}"
    )
    assert inside.shell.rail.buttons["lock"] in seen
    inside.bot.keyClick(start, Qt.Key.Key_Tab)
    inside.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is start, "Shift+Tab does not undo a Tab"


def test_what_has_the_focus_is_in_sight_with_some_context(inside: Program) -> None:
    large(inside)
    visit(inside, "settings")
    inside.page.names.setFocus()
    inside.bot.wait(30)
    area = inside.page.scroller.viewport()
    focused = QApplication.focusWidget()
    top = focused.mapTo(area, QPoint(0, 0)).y()
    assert top >= 0
    assert top + focused.height() <= area.height()


def test_the_front_door_is_named_too(program: Program) -> None:
    for widget in controls(program.window):
        seen = QAccessible.queryAccessibleInterface(widget)
        assert seen.text(QAccessible.Text.Name).strip(), type(widget).__name__
    assert program.front.passphrase.edit.accessibleName() == "Passphrase"
    assert program.front.person.accessibleName() == "Person"
