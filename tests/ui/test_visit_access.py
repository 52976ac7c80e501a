"""Reach and size: names for everything, targets, nothing cut and nothing sideways at any text size."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pages import VisitDesk, everything, half_done, month_6
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QScrollArea, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.visit.autosave import SaveState
from anifro_desktop.ui.visit.row import QuestionRow
from anifro_desktop.ui.widgets import Segment

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

FORMS = ("vitals", "joints", "laboratory", "sledai2k", "sledas", "phga", "treatment", "visit_summary")


@pytest.fixture
def half(qtbot) -> Iterator[VisitDesk]:
    made = VisitDesk(month_6(half_done(), "en"))
    yield made
    made.close()


def _interactive(root: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, QLineEdit, QComboBox)
    return [
        one
        for one in everything(root)
        if isinstance(one, kinds) or one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


@pytest.mark.parametrize("form", FORMS)
def test_every_control_has_a_name_a_role_and_a_state(half: VisitDesk, form: str) -> None:
    half.view.body.show_form(form)
    half.settle()
    nameless = []
    for widget in _interactive(half.view):
        seen = QAccessible.queryAccessibleInterface(widget)
        assert seen is not None
        assert seen.isValid()
        if not seen.text(QAccessible.Text.Name).strip():
            nameless.append(f"{type(widget).__name__} {widget.objectName()}")
        assert seen.role() != QAccessible.Role.NoRole
    assert not nameless


def test_segments_are_radio_buttons_with_question_state_and_group(half: VisitDesk) -> None:
    half.go("rash")
    segment = half.row("rash").editor.choice.segments[0]
    seen = QAccessible.queryAccessibleInterface(segment)
    assert seen.role() == QAccessible.Role.RadioButton
    assert seen.text(QAccessible.Text.Name) == "Rash: Present"
    assert seen.state().checked
    group = QAccessible.queryAccessibleInterface(half.row("rash").editor.choice)
    assert group.role() == QAccessible.Role.Grouping
    assert group.text(QAccessible.Text.Name) == "Rash"


def test_a_field_is_described_by_unit_last_visit_and_problem(half: VisitDesk) -> None:
    half.go("platelets")
    half.press("Ctrl+A")
    half.type("1,2,3")
    half.press("Enter")
    told = QAccessible.queryAccessibleInterface(half.row("platelets").editor.line)
    description = told.text(QAccessible.Text.Description)
    assert "×10⁹/L" in description
    assert "Baseline 23/05/2026: 84" in description
    assert "separator" in description


def test_sections_say_state_in_words_and_count(half: VisitDesk) -> None:
    names = {button.accessibleName() for button in half.view.body.list.findChildren(QAbstractButton)}
    assert "SLEDAI-2K, to check · 19 of 24" in names
    assert "Vital signs, done · 2 of 2" in names
    assert "Physician's global, open · 0 of 1" in names
    assert "Treatment, started · 29 of 30" in names


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_targets_are_large_enough_and_do_not_overlap(qapp, qtbot, form: str, scale: float) -> None:
    theme.apply(qapp, "light", scale)
    desk = VisitDesk(month_6(half_done(), "en"), size=(1238, 740))
    desk.view.body.show_form(form)
    desk.settle()
    boxes = []
    for widget in _interactive(desk.view.body.view):
        assert widget.width() >= 24, widget
        assert widget.height() >= (32 if isinstance(widget, Segment) else 24), widget
        boxes.append(QRect(widget.mapTo(desk.view, QPoint(0, 0)), widget.size()))
    for number, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[number + 1 :])
    desk.close()


# The program's rail takes 64 logical pixels of a screen of 1366 by 768.
@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0, 2.5])
@pytest.mark.parametrize("form", ["sledai2k", "laboratory", "treatment", "visit_summary"])
def test_nothing_is_cut_and_nothing_scrolls_sideways(
    qapp, qtbot, translations, lang: str, scale: float, form: str
) -> None:
    translations.use(lang)
    theme.apply(qapp, "light", scale)
    size = (round(1366 - 64 * scale), 740)
    desk = VisitDesk(month_6(half_done(), lang), size=size)
    desk.view.go.open_form(form)
    desk.settle()
    assert desk.view.width() == size[0]
    for area in desk.view.findChildren(QScrollArea):
        inner = area.widget()
        if inner is not None and area.isVisible():
            assert area.horizontalScrollBar().maximum() == 0
            assert inner.width() <= area.viewport().width()
    for widget in everything(desk.view.body.view):
        left = widget.mapTo(desk.view.body.view, QPoint(0, 0)).x()
        assert left >= 0
        assert left + widget.width() <= desk.view.body.view.width(), widget
    for widget in everything(desk.view):
        if isinstance(widget, Segment):
            assert widget.width() >= QFontMetrics(theme.font("body")).horizontalAdvance(widget.text())
    desk.close()


def test_at_200_per_cent_the_scores_stand_under_the_questions(qapp, qtbot) -> None:
    theme.apply(qapp, "light", 2.0)
    desk = VisitDesk(month_6(half_done(), "en"), size=(1238, 740))
    desk.view.go.open_form("vitals")
    desk.settle()
    body = desk.view.body
    assert not body.panel_scroll.isVisible()
    assert body.area.widget().isAncestorOf(body.panel)
    assert body.panel.y() >= body.view.y() + body.view.height()
    desk.press("F6")
    assert body.panel.isAncestorOf(QApplication.focusWidget())
    top = QApplication.focusWidget().mapTo(body.area.viewport(), QPoint(0, 0)).y()
    assert 0 <= top < body.area.viewport().height()
    desk.close()


def test_the_text_size_can_change_under_an_open_visit(qapp, half: VisitDesk) -> None:
    half.go("rash")
    theme.apply(qapp, "dark", 2.0)
    half.settle()
    assert half.field == "rash"
    assert not half.view.body.panel_scroll.isVisible()
    theme.apply(qapp, "light", 1.0)
    half.settle()
    assert half.field == "rash"
    assert half.view.body.panel_scroll.isVisible()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_focus_stays_in_sight_with_a_line_of_context(qapp, qtbot, scale: float) -> None:
    theme.apply(qapp, "light", scale)
    desk = VisitDesk(month_6(half_done(), "en"), size=(1238, 740))
    desk.go("seizure")
    view = desk.view.body.area.viewport()
    for _ in range(23):
        desk.press("Down")
        row = desk.row(desk.field)
        assert isinstance(row, QuestionRow)
        assert row.active
        top = row.mapTo(view, QPoint(0, 0)).y()
        assert top >= 0
        assert top + row.height() <= view.height() or top <= theme.px(60)
    desk.close()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_question_far_down_is_in_sight_when_its_form_is_first_opened(qapp, qtbot, scale: float) -> None:
    theme.apply(qapp, "light", scale)
    desk = VisitDesk(month_6(half_done(), "en"), size=(1238, 740))
    desk.go("thrombocytopenia")
    view, row = desk.view.body.area.viewport(), desk.row("thrombocytopenia")
    top = row.mapTo(view, QPoint(0, 0)).y()
    assert 0 <= top < view.height() - row.height() // 2
    desk.close()


def test_the_time_of_the_save_is_not_cut(qapp, qtbot) -> None:
    for scale in (1.0, 2.0, 2.5):
        theme.apply(qapp, "light", scale)
        desk = VisitDesk(month_6(half_done(), "en"), size=(round(1366 - 64 * scale), 740))
        desk.view.set_save_state(SaveState("saving"))
        desk.settle()
        desk.view.set_save_state(SaveState("saved", datetime(2026, 11, 22, 13, 32, 7, tzinfo=UTC)))
        desk.settle()
        saved = desk.view.header.saved
        assert saved.isVisible()
        assert saved.width() >= QFontMetrics(saved.font()).horizontalAdvance(saved.text())
        desk.close()


def test_only_the_row_with_the_focus_has_the_ring(half: VisitDesk) -> None:
    half.go("rash")
    active = [row.field.id for row in half.view.body.view.rows.values() if row.active]
    assert active == ["rash"]
    picture = half.row("rash").grab().toImage()
    assert picture.pixelColor(picture.width() // 2, 1).name() == theme.tokens().focus
    assert picture.pixelColor(picture.width() // 2, 0).name() == theme.tokens().focus
