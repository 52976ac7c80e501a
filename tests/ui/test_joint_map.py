"""The joint count on the body map: by keyboard alone, by mouse, undone, read only, heard, measured, and as a table."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import pytest
from map_pages import SCREENS, MapDesk, session
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from anifro_desktop.forms.model import Check, Condition, Label
from anifro_desktop.record import Missing
from anifro_desktop.scores.joints import JOINTS_28, JOINTS_68
from anifro_desktop.ui import preferences, theme
from anifro_desktop.ui.visit.maps.joint_figure import places

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TENDER, SWOLLEN, BOTH = 1, 2, 3


@pytest.fixture(autouse=True)
def maps_wanted() -> Iterator[None]:
    preferences.prefer_body_maps(True)
    yield
    preferences.prefer_body_maps(True)


def opened(method: int = 1, size: tuple[int, int] = SCREENS[1.0], state: str = "draft", **more) -> MapDesk:
    desk = MapDesk(session({"joint_method": method, **more.pop("answers", {})}, **more), state, size)
    desk.go("j_r_wrist")
    return desk


@pytest.fixture
def desk(qtbot) -> Iterator[MapDesk]:
    made = opened()
    yield made
    made.close()


def test_the_whole_count_by_keyboard_alone(desk: MapDesk) -> None:
    """Letters toggle and stay, digits answer and go on, Enter goes on: 28 joints in reading order."""
    presses = itertools.cycle(
        [("T", "Enter"), ("S", "Enter"), ("T", "S", "Enter"), ("0",), ("Delete", "Enter")]
    )
    states = itertools.cycle([TENDER, SWOLLEN, BOTH, 0, 0])
    expected = {}
    for _ in JOINTS_28:
        joint = desk.at
        expected[f"j_{joint}"] = next(states)
        desk.press(*next(presses))
        assert desk.at != joint
    assert set(expected) == {f"j_{joint}" for joint in JOINTS_28}
    assert {field: desk.session.answers[field] for field in expected} == expected
    assert desk.field == "swollen_not_sle"
    counted = [
        sum(state in of for state in expected.values()) for of in ((TENDER, BOTH), (SWOLLEN, BOTH), (BOTH,))
    ]
    assert [total.partition(": ")[2].split(".")[0] for total in desk.totals()] == [
        str(count) for count in counted
    ]


def test_letters_toggle_and_backspace_leaves_the_joint_unanswered(desk: MapDesk) -> None:
    field = "j_r_wrist"
    for key, state in (("T", TENDER), ("S", BOTH), ("T", SWOLLEN), ("S", 0), ("Backspace", None)):
        desk.press(key)
        assert desk.session.answers.get(field) == state
        assert desk.at == "r_wrist"


def test_arrows_go_to_the_neighbour_and_reach_every_joint(desk: MapDesk) -> None:
    desk.go("j_r_mcp2")
    for key, joint in (("Left", "r_mcp3"), ("Down", "r_pip3"), ("Right", "r_pip2"), ("Up", "r_mcp2")):
        desk.press(key)
        assert desk.at == joint
    desk.go("joint_method")
    desk.press("2")
    figure = desk.map.figure
    assert set(figure.shown) == set(JOINTS_68)
    reached, waiting = set(), ["r_wrist"]
    while waiting:
        joint = waiting.pop()
        reached.add(joint)
        ways = (figure.neighbour(joint, dx, dy) for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)))
        waiting += [other for other in ways if other and other not in reached]
    assert reached == set(JOINTS_68)


def test_the_map_is_one_stop_for_tab_and_its_question_the_next(desk: MapDesk) -> None:
    desk.go("j_l_knee")
    desk.press("Tab")
    assert (desk.at, desk.field) == ("", "j_l_knee")
    desk.press("Tab")
    assert desk.field == "swollen_not_sle"
    desk.press("Shift+Tab", "Shift+Tab")
    assert desk.at == "l_knee"


def test_clicks_go_round_and_a_hip_is_never_swollen(qtbot) -> None:
    desk = opened(method=2)
    for joint, round_ in (("l_mcp3", (1, 2, 3, 0, 1)), ("r_hip", (1, 0, 1))):
        for state in round_:
            desk.click_spot(joint)
            assert desk.session.answers[f"j_{joint}"] == state
        assert desk.at == joint
    desk.press("S")
    assert desk.session.answers["j_r_hip"] == TENDER
    desk.press("Space")
    assert desk.session.answers["j_r_hip"] == 0
    desk.press("0")
    assert "j_r_hip" not in desk.session.answers  # the same digit again
    desk.press("0")
    assert desk.session.answers["j_r_hip"] == 0
    assert desk.at == "l_hip"
    desk.close()


def test_undo_takes_one_key_back_and_returns_to_its_joint(desk: MapDesk) -> None:
    desk.press("T", "S", "Enter", "T", "Ctrl+Z", "Ctrl+Z")
    assert desk.at == "r_wrist"
    assert desk.session.answers["j_r_wrist"] == TENDER
    assert "j_r_mcp1" not in desk.session.answers
    assert desk.spot("r_wrist").look.lines == ("T",)
    desk.press("Ctrl+Y")
    assert desk.spot("r_wrist").look.lines == ("TS",)


def test_a_signed_visit_is_read_and_not_changed(qtbot) -> None:
    desk = opened(state="signed", answers={"j_r_wrist": TENDER})
    desk.press("S", "Delete", "Backspace", "2")
    desk.click_spot("l_knee")
    assert desk.session.answers["j_r_wrist"] == TENDER
    assert "j_l_knee" not in desk.session.answers
    assert desk.at == "l_knee"
    desk.press("Up")
    assert desk.at == "l_thumb_ip"
    desk.close()


@pytest.mark.parametrize("lang", ["it", "en"])
def test_every_joint_says_its_name_side_and_state(qtbot, translations, lang: str) -> None:
    translations.use(lang)
    answers = {"j_l_mcp4": TENDER, "j_l_mcp5": Missing.NOT_DONE}
    desk = opened(method=2, answers=answers, previous={"joint_method": 1, "j_l_mcp4": BOTH}, lang=lang)
    definitions = desk.session.definitions.fields
    said = {}
    for joint in JOINTS_68:
        seen = QAccessible.queryAccessibleInterface(desk.spot(joint))
        assert seen.role() == QAccessible.Role.Button
        said[joint] = seen.text(QAccessible.Text.Name)
        assert said[joint].startswith(definitions[f"j_{joint}"].label.get(lang) + ": ")
    assert len(set(said.values())) == 68
    tender, gone, open_ = {
        "it": ("MCF 4 sinistra: dolente", "MCF 5 sinistra: non eseguito", "Anca destra: senza risposta"),
        "en": ("Left MCP 4: tender", "Left MCP 5: not done", "Right hip: no answer"),
    }[lang]
    assert (said["l_mcp4"], said["l_mcp5"], said["r_hip"]) == (tender, gone, open_)
    both = "dolente e tumefatta" if lang == "it" else "tender and swollen"
    assert both in desk.spot("l_mcp4").accessibleDescription()
    assert both in desk.spot("l_mcp4").toolTip()
    desk.close()


def test_states_differ_without_colour_and_the_visit_before_is_marked(qtbot) -> None:
    answers = {"j_r_mcp1": 0, "j_r_mcp2": 1, "j_r_mcp3": 2, "j_r_mcp4": 3, "j_r_mcp5": Missing.NOT_DONE}
    desk = opened(answers=answers, previous={"joint_method": 1, "j_r_mcp1": SWOLLEN, "j_r_mcp2": 0})
    looks = [desk.spot(f"r_mcp{number}").look for number in range(1, 6)] + [desk.spot("r_wrist").look]
    assert len({(look.lines, look.sign, look.open) for look in looks}) == 6
    assert [look.before for look in looks] == [True, False, False, False, False, False]
    grey = [
        desk.spot(joint).grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        for joint in ("r_mcp1", "r_mcp2", "r_mcp3", "r_mcp4", "r_mcp5", "l_wrist")
    ]
    assert all(one != other for one, other in itertools.combinations(grey, 2))
    desk.close()


@pytest.mark.parametrize("scale", [1.0, 2.0, 2.5])
@pytest.mark.parametrize("method", [1, 2])
def test_targets_are_large_enough_apart_and_never_sideways(qapp, qtbot, scale: float, method: int) -> None:
    theme.apply(qapp, "light", scale)
    desk = opened(method, SCREENS[scale])
    form = desk.view.body.view
    spots = desk.shown_spots()
    assert len(spots) == (28 if method == 1 else 68)
    assert all(min(spot.width(), spot.height()) >= 24 for spot in spots)
    boxes = desk.targets()
    assert not any(one.intersects(other) for one, other in itertools.combinations(boxes, 2))
    assert all(form.rect().contains(box) for box in boxes)
    for area in desk.view.findChildren(QScrollArea):
        assert not area.isVisible() or area.widget().width() <= area.viewport().width()
    desk.close()


def test_where_the_map_cannot_fit_the_table_is_shown_and_nothing_offered(qapp, qtbot) -> None:
    theme.apply(qapp, "light", 2.5)
    desk = opened(size=(1000, 740))
    assert not desk.map.isVisible()
    assert not desk.view.body.view.maps.switch.isVisible()
    assert desk.row("j_r_wrist").isVisible()
    desk.view.resize(1206, 740)
    desk.settle()
    assert desk.map.isVisible()
    desk.close()


def test_map_and_table_agree_and_the_choice_holds_for_the_next_visit(desk: MapDesk) -> None:
    desk.press("T", "Enter", "T", "S")
    desk.press("F7")
    assert not desk.map.isVisible()
    assert desk.field == "j_r_mcp1"
    assert (desk.chosen("j_r_wrist"), desk.chosen("j_r_mcp1")) == ("Tender", "Tender and swollen")
    assert desk.chosen("j_l_knee") == ""
    desk.go("j_l_knee")
    desk.press("2")
    other = MapDesk(session({"joint_method": 1}))
    other.go("j_l_knee")
    assert other.at == ""
    other.close()
    QTest.mouseClick(desk.view.body.view.maps.switch.segments[0], Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.spot("l_knee").look.lines == ("S",)
    assert desk.spot("r_mcp1").look.lines == ("TS",)


def test_counts_are_ranges_until_every_joint_is_known(desk: MapDesk) -> None:
    desk.press("T", "S")
    assert desk.totals()[:3] == [
        "tender, of 28: 1 to 28. before: 5",
        "swollen, of 28: 1 to 28. before: 4",
        "tender and swollen, of 28: 1 to 28. before: 3",
    ]
    desk.press("Ctrl+Enter")
    desk.press("Enter")
    assert desk.totals()[2] == "tender and swollen, of 28: 1. before: 3"
    assert len(desk.totals()) == 3
    desk.go("joint_method")
    desk.press("2")
    assert desk.totals()[3:] == ["tender, of 68: 1 to 41", "swollen, of 66: 1 to 39"]


def test_all_remaining_normal_by_its_button_is_one_step(desk: MapDesk) -> None:
    desk.press("T")
    button = desk.view.body.head.absent_button
    assert button.text() == "All remaining normal"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.settle()
    desk.press("Enter")
    answers = [desk.session.answers[f"j_{joint}"] for joint in JOINTS_28]
    assert sorted(answers) == [0] * 27 + [TENDER]
    assert desk.spot("l_knee").look.sign == "tick"
    assert desk.at == "r_wrist"
    desk.press("Ctrl+Z")
    assert desk.spot("l_knee").look.open


def test_what_is_wrong_stands_at_the_joint_and_beside_it(qtbot) -> None:
    """No check of the study speaks of a single joint today; one that does is shown."""
    made = session({"joint_method": 1})
    when = Condition("", frozenset({"j_r_wrist"}), lambda answers: answers.get("j_r_wrist") == SWOLLEN)
    check = Check(
        "wrist_probe", "joints", "j_r_wrist", "soft", when, Label("Da rivedere.", "To be seen again.")
    )
    definitions = replace(made.definitions, checks=(*made.definitions.checks, check))
    desk = MapDesk(session({"joint_method": 1}, definitions=definitions))
    desk.go("j_r_wrist")
    desk.press("S")
    assert desk.spot("r_wrist").look.problem == "warning"
    assert "To be seen again." in desk.spot("r_wrist").accessibleDescription()
    assert desk.notice("j_r_wrist") == "To be seen again."
    desk.press("S")
    assert desk.spot("r_wrist").look.problem == ""
    desk.close()


def test_a_missing_reason_is_given_at_the_joint(desk: MapDesk) -> None:
    desk.go("j_r_pip2")
    desk.press("4", "d")
    assert desk.session.answers["j_r_pip2"] is Missing.NOT_DONE
    assert desk.spot("r_pip2").look.sign == "none"
    assert desk.at == "r_pip3"


def test_same_as_last_visit_and_the_next_open_question(qtbot) -> None:
    desk = opened(previous={"joint_method": 1, "j_r_wrist": SWOLLEN})
    desk.press("Ctrl+D")
    assert desk.spot("r_wrist").look.lines == ("S",)
    desk.press("Ctrl+Down")
    assert desk.at == "r_mcp1"
    desk.close()


def test_the_place_is_kept_through_another_language_and_size(qapp, desk: MapDesk) -> None:
    desk.go("j_l_pip4")
    assert desk.view.place.field == "j_l_pip4"
    theme.apply(qapp, "dark", 2.0)
    desk.settle()
    assert desk.at == "l_pip4"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_joint_in_focus_is_in_sight(qapp, qtbot, scale: float) -> None:
    theme.apply(qapp, "light", scale)
    desk = opened(2, SCREENS[scale])
    view = desk.view.body.area.viewport()
    for joint in JOINTS_68:
        desk.go(f"j_{joint}")
        spot = desk.spot(joint)
        top = spot.mapTo(view, QPoint(0, 0)).y()
        assert 0 <= top <= view.height() - spot.height()
        assert QApplication.focusWidget() is spot
    desk.close()


def test_right_and_left_mirror_each_other() -> None:
    found = places()
    assert set(found) == set(JOINTS_68)
    for name, (x, y) in found.items():
        if name.startswith("r_"):
            other = found["l_" + name[2:]]
            assert x < other[0]
            assert y == other[1]
