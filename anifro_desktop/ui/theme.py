"""The look: colours, fonts and sizes of every screen, set by us and tested for contrast.

Rules kept here:
- Fusion with a palette of ours. The system's style and its defaults decide nothing; only whether dark is
  wanted and which interface font there is are asked of it.
- Text has at least 4.5:1 on every ground it stands on; borders of controls, the focus ring and the chosen
  state at least 3:1. `tests/ui/test_theme.py` measures it for each palette, so a colour is changed here and
  nowhere else.
- Sizes are logical pixels at 100 %; `px()` turns them into those of the text scale, so that a screen grows as
  one.
"""

from __future__ import annotations

import sys
from typing import ClassVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from anifro_desktop.ui.tokens import CONTRAST, DARK, LIGHT, TONES, Tokens

__all__ = [
    "CONTRAST",
    "DARK",
    "LIGHT",
    "SCHEMES",
    "TONES",
    "Appearance",
    "Tokens",
    "apply",
    "colour",
    "contrast",
    "font",
    "palette",
    "px",
    "resolve",
    "scale",
    "signals",
    "tokens",
]

MIN_SCALE, MAX_SCALE = 1.0, 2.5
SCHEMES = ("system", "light", "dark", "contrast")


_BY_SCHEME = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}

# Sizes of text at 100 %, in logical pixels, and their weight.
_STEPS: dict[str, tuple[int, QFont.Weight]] = {
    "figure": (26, QFont.Weight.Bold),
    "title": (19, QFont.Weight.Bold),
    "heading": (16, QFont.Weight.Bold),
    "strong": (14, QFont.Weight.DemiBold),
    "body": (14, QFont.Weight.Normal),
    "hint": (13, QFont.Weight.Normal),
    "small": (12, QFont.Weight.Normal),
    "small_strong": (12, QFont.Weight.DemiBold),
}


class _Signals(QObject):
    changed = (
        Signal()
    )  # colours or text scale are different now: widgets with a font of their own take it anew


class _State:
    tokens: Tokens = LIGHT
    scale: float = 1.0
    styled: bool = False  # whether the style was chosen
    fonts: ClassVar[dict[str, QFont]] = {}  # made once for the scale in force
    signals: _Signals | None = None


def signals() -> _Signals:
    """The object whose `changed` says that colours or scale are different now.

    It lives as long as the program.
    """
    if _State.signals is None:
        _State.signals = _Signals()
    return _State.signals


def tokens() -> Tokens:
    """The colours in force."""
    return _State.tokens


def colour(name: str) -> QColor:
    """One colour in force, by its name in `Tokens`."""
    return QColor(getattr(_State.tokens, name))


def scale() -> float:
    """The text scale in force, 1.0 to 2.5."""
    return _State.scale


def px(size: float) -> int:
    """A length given in logical pixels at 100 %, at the scale in force."""
    return round(size * _State.scale)


def font(step: str = "body") -> QFont:
    """The font of a text step: figure, title, heading, strong, body, hint, small, small_strong."""
    known = _State.fonts.get(step)
    if known is None:
        size, weight = _STEPS[step]
        known = QFont()
        known.setFamilies(_families())
        known.setPixelSize(px(size))
        known.setWeight(weight)
        _State.fonts[step] = known
    return QFont(known)


def _families() -> list[str]:
    if sys.platform == "win32":
        return ["Segoe UI", "Segoe UI Symbol"]
    if sys.platform == "darwin":
        from PySide6.QtGui import QFontDatabase

        return [QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()]
    return ["Inter", "Noto Sans", "DejaVu Sans"]


def resolve(scheme: str) -> Tokens:
    """The tokens of a scheme; `system` follows what the system says, and is light where it says nothing."""
    if scheme == "system":
        dark = QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return _BY_SCHEME[scheme]


def arguments(program: str) -> list[str]:
    """What to make the application with, so that it begins in our style: choosing it later is slower."""
    _State.styled = True
    return [program, "-style", "Fusion"]


def apply(app: QApplication, scheme: str = "system", text_scale: float = 1.0) -> None:
    """Set colours and text scale of the whole program; open screens follow at once.

    Args:
        scheme: one of `SCHEMES`.
        text_scale: 1.0 to 2.5 (clamped).
    """
    if not _State.styled:
        if app.style().objectName().lower() != "fusion":
            app.setStyle("Fusion")
        _State.styled = True
    _State.tokens = resolve(scheme)
    _State.scale = min(max(text_scale, MIN_SCALE), MAX_SCALE)
    _State.fonts.clear()
    app.setPalette(palette(_State.tokens))
    app.setFont(font("body"))
    signals().changed.emit()


_ROLE = QPalette.ColorRole
_ROLES = {
    _ROLE.Window: "page",
    _ROLE.WindowText: "text",
    _ROLE.Base: "surface",
    _ROLE.AlternateBase: "page",
    _ROLE.Text: "text",
    _ROLE.PlaceholderText: "muted",
    _ROLE.Button: "surface",
    _ROLE.ButtonText: "text",
    _ROLE.BrightText: "danger",
    _ROLE.Highlight: "accent",
    _ROLE.HighlightedText: "on_accent",
    _ROLE.Accent: "accent",
    _ROLE.Link: "accent",
    _ROLE.LinkVisited: "accent",
    _ROLE.ToolTipBase: "surface",
    _ROLE.ToolTipText: "text",
    _ROLE.Light: "hover",
    _ROLE.Midlight: "divider",
    _ROLE.Mid: "border",
    _ROLE.Dark: "border",
    _ROLE.Shadow: "border",
}
_DISABLED = {
    _ROLE.WindowText: "muted",
    _ROLE.Text: "muted",
    _ROLE.ButtonText: "muted",
    _ROLE.Highlight: "neutral_soft",
    _ROLE.HighlightedText: "muted",
}


def palette(look: Tokens) -> QPalette:
    """The Qt palette of a set of tokens, with disabled text that can still be read."""
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(role, QColor(getattr(look, name)))
    for role, name in _DISABLED.items():
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(getattr(look, name)))
    return made


def contrast(one: str | QColor, other: str | QColor) -> float:
    """The contrast of two colours as WCAG 2.2 defines it, 1.0 to 21.0."""
    light, dark = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(of: QColor) -> float:
    channels = (of.redF(), of.greenF(), of.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class Appearance(QObject):
    """The user's choice of scheme and text scale, kept in force while the system changes its own mind."""

    changed = Signal(str, float)  # scheme and scale that are in force now: for the settings

    def __init__(self, app: QApplication, scheme: str = "system", text_scale: float = 1.0) -> None:
        super().__init__(app)
        self._app = app
        self.scheme = scheme
        self.scale = text_scale
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        apply(app, scheme, text_scale)

    def set(self, scheme: str | None = None, text_scale: float | None = None) -> None:
        """Choose another scheme, another scale, or both."""
        self.scheme = scheme or self.scheme
        self.scale = min(max(text_scale or self.scale, MIN_SCALE), MAX_SCALE)
        apply(self._app, self.scheme, self.scale)
        self.changed.emit(self.scheme, self.scale)

    def _system_changed(self) -> None:
        if self.scheme == "system":
            apply(self._app, self.scheme, self.scale)
