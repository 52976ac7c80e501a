"""The CLASI on the body map: grades by digits, areas by arrows, undone, read only, heard, measured, and as a table."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from map_pages import SCREENS, MapDesk, session
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from anifro_desktop.forms.organ_inputs import CLASI_FIELDS, CLASI_PATIENT
from anifro_desktop.record import Missing
from anifro_desktop.scores.clasi import AREAS
from anifro_desktop.ui import preferences, theme
from anifro_desktop.ui.visit.maps.skin_map import area_fields

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

# Erythema, scale, dyspigmentation, scars as an area is typed in; 1 and 2 are present and absent where there is no
# grade, and 0 is none everywhere.
SCALP, QUIET, MALAR = ("2", "1", "2", "4"), ("0", "0", "0", "0"), ("3", "2", "1", "0")


@pytest.fixture(autouse=True)
def maps_wanted() -> Iterator[None]:
    preferences.prefer_body_maps(True)
    yield
    preferences.prefer_body_maps(True)


def opened(size: tuple[int, int] = SCREENS[1.0], state: str = "draft", **more) -> MapDesk:
    desk = MapDesk(session({"skin_involved": 1, **more.pop("answers", {})}, **more), state, size)
    desk.go("clasi_e_scalp")
    desk.press("Esc")
    return desk


@pytest.fixture
def desk(qtbot) -> Iterator[MapDesk]:
    made = opened()
    yield made
    made.close()


def test_the_whole_index_by_digits_alone(desk: MapDesk) -> None:
    """From the first area on every digit answers and goes on, area by area, then to what is asked once."""
    assert desk.at == "scalp"
    for area in AREAS:
        desk.press(*{"scalp": SCALP, "nose_malar": MALAR}.get(area, QUIET))
    answers = desk.session.answers
    fields = area_fields()
    assert [answers[field] for field in fields["scalp"]] == [2, 1, 0, 4]
    assert [answers[field] for field in fields["nose_malar"]] == [3, 2, 1, 0]
    assert [answers[field] for field in fields["feet"]] == [0, 0, 0, 0]
    assert all(field in answers for parts in fields.values() for field in parts)
    assert desk.field == "clasi_mucous"
    assert desk.spot("nose_malar").look.lines == ("A3", "D1")
    assert desk.spot("scalp").look.lines == ("A2", "D4")
    assert desk.spot("feet").look.sign == "tick"


def test_arrows_go_to_the_neighbour_and_reach_every_area(desk: MapDesk) -> None:
    for key, area in (("Down", "nose_malar"), ("Left", "ears"), ("Right", "nose_malar"), ("Up", "scalp")):
        desk.press(key)
        assert desk.at == area
    reached, waiting = set(), ["scalp"]
    while waiting:
        area = waiting.pop()
        reached.add(area)
        ways = (desk.map.figure.neighbour(area, dx, dy) for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)))
        waiting += [other for other in ways if other and other not in reached]
    assert reached == set(AREAS)


def test_the_questions_of_the_area_in_focus_stand_beside_the_figure(desk: MapDesk) -> None:
    desk.press("Down")
    assert desk.map.heading.text() == "Nose and malar area"
    seen = {field for field, row in desk.view.body.view.rows.items() if row.isVisible()}
    mapped = {field for fields in area_fields().values() for field in fields}
    assert seen & mapped == set(area_fields()["nose_malar"])
    assert {"skin_involved", "clasi_mucous", "clasi_alopecia"} <= seen
    desk.press("Enter")
    assert desk.field == "clasi_e_nose_malar"
    desk.press("Down", "Down")
    assert desk.field == "clasi_d_nose_malar"
    desk.press("Esc")
    assert desk.at == "nose_malar"


def test_delete_answers_the_rest_of_an_area_and_backspace_takes_it_back(desk: MapDesk) -> None:
    desk.press("2", "Esc", "Delete")
    fields = area_fields()["scalp"]
    assert [desk.session.answers[field] for field in fields] == [2, 0, 0, 0]
    desk.press("Backspace")
    assert not any(field in desk.session.answers for field in fields)
    desk.press("Ctrl+Z")
    assert [desk.session.answers[field] for field in fields] == [2, 0, 0, 0]
    desk.press("Ctrl+Z")
    assert [desk.session.answers.get(field) for field in fields] == [2, None, None, None]


def test_a_click_leads_to_the_questions_of_the_area(desk: MapDesk) -> None:
    desk.click_spot("arms")
    assert desk.field == "clasi_e_arms"
    desk.click("clasi_s_arms", "Hypertrophic")
    assert desk.spot("arms").look.lines == ("A2?", "D?")


def test_undo_returns_to_the_area_and_its_question(desk: MapDesk) -> None:
    desk.press("1", "2", "Ctrl+Z")
    assert desk.field == "clasi_s_scalp"
    assert desk.spot("scalp").look.lines == ("A1?", "D?")
    desk.go("clasi_e_legs")
    desk.press("Ctrl+Z")
    assert desk.map.current == "scalp"
    assert desk.spot("scalp").look.lines == ("?",)


def test_a_signed_visit_is_read_and_not_changed(qtbot) -> None:
    desk = opened(state="signed", answers={"clasi_e_scalp": 2})
    desk.press("1", "Esc", "Delete", "Backspace")
    assert desk.session.answers["clasi_e_scalp"] == 2
    assert "clasi_s_scalp" not in desk.session.answers
    desk.close()


@pytest.mark.parametrize("lang", ["it", "en"])
def test_every_area_says_its_name_and_its_grades(qtbot, translations, lang: str) -> None:
    translations.use(lang)
    arms = dict(zip(area_fields()["arms"], (3, Missing.NOT_DONE, 0), strict=False))
    desk = opened(answers=arms, previous={"skin_involved": 1, "clasi_e_arms": 1}, lang=lang)
    said = {}
    for area in AREAS:
        seen = QAccessible.queryAccessibleInterface(desk.spot(area))
        assert seen.role() == QAccessible.Role.Button
        said[area] = seen.text(QAccessible.Text.Name)
    assert len(set(said.values())) == len(AREAS)
    expected = {
        "it": (
            "Braccia: eritema 3, desquamazione non eseguito, discromia 0, cicatrici senza risposta",
            "Cuoio capelluto: senza risposta",
            "eritema 1",
        ),
        "en": (
            "Arms: erythema 3, scale not done, dyspigmentation 0, scarring no answer",
            "Scalp: no answer",
            "erythema 1",
        ),
    }[lang]
    assert (said["arms"], said["scalp"]) == expected[:2]
    assert expected[2] in desk.spot("arms").accessibleDescription()
    assert desk.spot("arms").look.before
    assert not desk.spot("legs").look.before
    desk.close()


@pytest.mark.parametrize("scale", [1.0, 2.0, 2.5])
def test_targets_are_large_enough_apart_and_never_sideways(qapp, qtbot, scale: float) -> None:
    theme.apply(qapp, "light", scale)
    desk = opened(SCREENS[scale])
    form = desk.view.body.view
    assert len(desk.shown_spots()) == len(AREAS)
    assert all(min(spot.width(), spot.height()) >= 24 for spot in desk.shown_spots())
    boxes = desk.targets()
    assert not any(one.intersects(other) for one, other in itertools.combinations(boxes, 2))
    assert all(form.rect().contains(box) for box in boxes)
    for area in desk.view.findChildren(QScrollArea):
        assert not area.isVisible() or area.widget().width() <= area.viewport().width()
    desk.close()


def test_map_and_table_agree(desk: MapDesk) -> None:
    desk.press("3", "Esc", "Down", "1", "F7")
    assert not desk.map.isVisible()
    assert desk.field == "clasi_s_nose_malar"
    assert (desk.chosen("clasi_e_scalp"), desk.chosen("clasi_e_nose_malar")) == ("Dark red", "Pink")
    desk.go("clasi_scalp_scar")
    desk.press("5")
    desk.press("F7")
    assert desk.spot("scalp").look.lines == ("A3?", "D5?")


def test_without_skin_involvement_there_is_neither_map_nor_switch(qtbot) -> None:
    desk = MapDesk(session({"skin_involved": 0}))
    desk.go("skin_involved")
    assert not desk.map.isVisible()
    assert not desk.view.body.view.maps.switch.isVisible()
    desk.press("1")
    assert desk.map.isVisible()
    desk.close()


def test_totals_are_ranges_of_the_score_until_all_is_known(qtbot) -> None:
    desk = opened(previous={"skin_involved": 0})
    desk.press("3")
    assert desk.totals() == ["activity, of 70: 3 to 70", "damage, of 56: 0 to 56"]
    desk.press("Ctrl+Enter", "Enter")
    assert desk.totals() == ["activity, of 70: 3. before: 0", "damage, of 56: 0"]
    desk.close()


def test_all_remaining_absent_by_its_button(desk: MapDesk) -> None:
    desk.press("1", "Esc")
    QTest.mouseClick(desk.view.body.head.absent_button, Qt.MouseButton.LeftButton)
    desk.settle()
    desk.press("Enter")
    assert desk.spot("scalp").look.lines == ("A1", "D0")
    assert all(desk.spot(area).look.sign == "tick" for area in AREAS if area != "scalp")


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_question_in_focus_is_in_sight(qapp, qtbot, scale: float) -> None:
    theme.apply(qapp, "light", scale)
    desk = opened(SCREENS[scale])
    view = desk.view.body.area.viewport()
    for field in area_fields()["feet"]:
        desk.go(field)
        row = desk.row(field)
        top = row.mapTo(view, QPoint(0, 0)).y()
        assert 0 <= top <= view.height() - row.height()
        assert row.isAncestorOf(QApplication.focusWidget())
    desk.close()


def test_every_question_of_an_area_belongs_to_a_spot() -> None:
    mapped = [field for fields in area_fields().values() for field in fields]
    asked = [field for fields in CLASI_FIELDS.values() for field in fields.values()]
    assert sorted(mapped) == sorted([*asked, CLASI_PATIENT["scalp_scarring"]])
