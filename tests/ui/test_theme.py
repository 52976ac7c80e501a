"""Every colour pair that a person must tell apart has the contrast it needs, in every palette."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from anifro_desktop.ui import icons, theme
from anifro_desktop.ui.widgets import Badge, Button, Heading, Option, Segment, SegmentedChoice, Text

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ICONS = Path(icons.__file__).parent / "icons"
PALETTES = (theme.LIGHT, theme.DARK, theme.CONTRAST)
GROUNDS = ("page", "surface", "hover", "neutral_soft")
TONES = ("accent", "info", "success", "warning", "danger")
each_palette = pytest.mark.parametrize("look", PALETTES, ids=lambda look: look.name)


@each_palette
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", ["text", "muted"])
def test_text_can_be_read_on_every_ground(look: theme.Tokens, ground: str, ink: str) -> None:
    assert theme.contrast(getattr(look, ink), getattr(look, ground)) >= 4.5


@each_palette
@pytest.mark.parametrize("tone", theme.TONES)
def test_a_tone_can_be_read_on_its_own_soft_ground(look: theme.Tokens, tone: str) -> None:
    ink, ground = look.tone(tone)
    assert theme.contrast(ink, ground) >= 4.5


@each_palette
@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("ground", ["page", "surface"])
def test_a_tone_can_be_read_on_plain_grounds(look: theme.Tokens, tone: str, ground: str) -> None:
    assert theme.contrast(getattr(look, tone), getattr(look, ground)) >= 4.5


@each_palette
def test_what_is_chosen_differs_from_what_is_not(look: theme.Tokens) -> None:
    assert theme.contrast(look.accent, look.surface) >= 3
    assert theme.contrast(look.on_accent, look.accent) >= 4.5


@each_palette
@pytest.mark.parametrize("ground", ["page", "surface", "accent_soft"])
def test_borders_of_controls_and_the_focus_ring_are_seen(look: theme.Tokens, ground: str) -> None:
    assert theme.contrast(look.focus, getattr(look, ground)) >= 3
    assert theme.contrast(look.border, getattr(look, ground)) >= 3


@each_palette
def test_accent_and_warning_can_be_read_where_a_section_is_chosen(look: theme.Tokens) -> None:
    for ink in ("accent", "warning", "muted", "text"):
        assert theme.contrast(getattr(look, ink), look.accent_soft) >= 4.5


@each_palette
def test_the_rail_can_be_read(look: theme.Tokens) -> None:
    assert theme.contrast(look.on_rail, look.rail) >= 4.5
    assert theme.contrast(look.on_rail, look.rail_chosen) >= 4.5


@each_palette
def test_disabled_and_placeholder_text_of_qt_can_be_read(look: theme.Tokens) -> None:
    made = theme.palette(look)
    group, role = QPalette.ColorGroup, QPalette.ColorRole
    pairs = (
        (group.Disabled, role.Text, role.Base),
        (group.Disabled, role.ButtonText, role.Button),
        (group.Disabled, role.WindowText, role.Window),
        (group.Active, role.PlaceholderText, role.Base),
        (group.Active, role.HighlightedText, role.Highlight),
        (group.Active, role.ToolTipText, role.ToolTipBase),
    )
    for state, ink, ground in pairs:
        assert theme.contrast(made.color(state, ink), made.color(state, ground)) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert theme.contrast("#123456", "#123456") == pytest.approx(1)


def test_the_scheme_is_set_by_us_and_followed_by_open_screens(qapp: QApplication, qtbot) -> None:
    label = Text("x")
    qtbot.addWidget(label)
    theme.apply(qapp, "dark", 1.0)
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == theme.DARK.page
    assert label.palette().color(QPalette.ColorRole.WindowText).name() == theme.DARK.text
    theme.apply(qapp, "contrast", 1.0)
    assert qapp.palette().color(QPalette.ColorRole.Base).name() == theme.CONTRAST.surface


def test_the_text_scale_grows_fonts_and_targets(qapp: QApplication, qtbot) -> None:
    heading, button = Heading("Title"), Button("Go on")
    qtbot.addWidget(heading)
    qtbot.addWidget(button)
    small = heading.font().pixelSize(), button.sizeHint().height()
    theme.apply(qapp, "light", 2.0)
    assert heading.font().pixelSize() == 2 * small[0]
    assert button.sizeHint().height() >= 2 * small[1] - 2


@pytest.mark.parametrize(("wanted", "given"), [(0.5, 1.0), (1.75, 1.75), (9.0, 2.5)])
def test_the_text_scale_stays_between_100_and_250_per_cent(
    qapp: QApplication, wanted: float, given: float
) -> None:
    theme.apply(qapp, "light", wanted)
    assert theme.scale() == given


def test_the_appearance_tells_and_keeps_what_was_chosen(qapp: QApplication, qtbot) -> None:
    appearance = theme.Appearance(qapp, "light", 1.0)
    with qtbot.waitSignal(appearance.changed) as told:
        appearance.set("dark", 1.5)
    assert told.args == ["dark", 1.5]
    assert theme.tokens() is theme.DARK
    assert theme.scale() == 1.5
    appearance.deleteLater()


def test_targets_are_large_enough_at_100_per_cent(qtbot) -> None:
    choice = SegmentedChoice([Option("a", "A", "1"), Option("b", "B", "2")])
    qtbot.addWidget(choice)
    assert all(one.sizeHint().height() >= 32 and one.sizeHint().width() >= 24 for one in choice.segments)
    assert Button("x").sizeHint().height() >= 32


def test_a_segment_shows_what_it_is_told_and_none_may_be_chosen(qtbot) -> None:
    choice = SegmentedChoice([Option("a", "A"), Option("b", "B")])
    qtbot.addWidget(choice)
    choice.show()
    with qtbot.waitSignal(choice.chosen) as told:
        choice.segments[1].click()
    assert told.args == ["b"]
    assert not any(one.isChecked() for one in choice.segments)
    choice.set_chosen("b")
    assert [one.isChecked() for one in choice.segments] == [False, True]
    choice.set_chosen(None)
    assert not any(one.isChecked() for one in choice.segments)


def test_chosen_is_filled_and_ticked_in_every_palette(qapp: QApplication, qtbot) -> None:
    """Filled: the ground is the accent. Ticked: the ink of the tick is on it, where the key stood before."""
    for scheme in ("light", "dark", "contrast"):
        theme.apply(qapp, scheme, 1.0)
        choice = SegmentedChoice([Option("a", "Present", "1"), Option("b", "Absent", "2")])
        qtbot.addWidget(choice)
        choice.resize(choice.sizeHint())
        choice.set_chosen("a")
        picture = choice.segments[0].grab().toImage()
        assert picture.pixelColor(picture.width() // 2, 3).name() == theme.tokens().accent
        inks = {picture.pixelColor(x, picture.height() // 2 + 2).name() for x in range(8, 24)}
        assert theme.tokens().on_accent in inks


@pytest.mark.parametrize("name", sorted(path.stem for path in ICONS.glob("*.svg")))
def test_every_icon_can_be_drawn(qapp: QApplication, name: str) -> None:
    picture = icons.icon(name).pixmap(24, 24).toImage()
    assert any(picture.pixelColor(x, y).alpha() for x in range(24) for y in range(24))


def test_a_badge_says_its_word_to_assistive_technology(qtbot) -> None:
    badge = Badge("Draft")
    qtbot.addWidget(badge)
    badge.set("Signed", "success")
    assert badge.accessibleName() == "Signed"
    assert isinstance(SegmentedChoice([Option("a", "A")]).segments[0], Segment)
