"""The colours of the three palettes, each by what it is for.

A colour is changed here and nowhere else; `tests/ui/test_theme.py` measures every pair that must be told apart.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

TONES = ("neutral", "accent", "info", "success", "warning", "danger")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by what they are for, as `#rrggbb`.

    page: ground behind everything; surface: cards, bars, fields; divider: hairlines that carry no meaning;
    border: outlines of controls; hover: a control under the pointer. `*_soft`: ground of a badge or banner of
    that tone, on which the tone itself is legible. on_accent: text and ticks on the accent.
    """

    name: str
    page: str
    surface: str
    divider: str
    border: str
    hover: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    focus: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    success: str
    success_soft: str
    info: str
    info_soft: str
    neutral_soft: str
    rail: str
    rail_chosen: str
    on_rail: str

    def tone(self, tone: str) -> tuple[QColor, QColor]:
        """Text colour and soft ground of one of `TONES`."""
        if tone == "neutral":
            return QColor(self.muted), QColor(self.neutral_soft)
        return QColor(getattr(self, tone)), QColor(getattr(self, f"{tone}_soft"))


LIGHT = Tokens(
    name="light",
    page="#f2f6f7",
    surface="#ffffff",
    divider="#dde4e7",
    border="#78888f",
    hover="#eaf1f2",
    text="#15232a",
    muted="#52636b",
    accent="#0b6e6e",
    on_accent="#ffffff",
    accent_soft="#e1f0ef",
    focus="#0b5a5a",
    danger="#a8201a",
    danger_soft="#fce7e5",
    warning="#85480a",
    warning_soft="#fdf0df",
    success="#17653a",
    success_soft="#e0f3e7",
    info="#1b5799",
    info_soft="#e2edf9",
    neutral_soft="#e8eef0",
    rail="#0e2a30",
    rail_chosen="#1b4a50",
    on_rail="#dbe8ea",
)

DARK = Tokens(
    name="dark",
    page="#0f1719",
    surface="#182326",
    divider="#2c3b40",
    border="#7d9198",
    hover="#223135",
    text="#e8eff0",
    muted="#a9b8bd",
    accent="#4fb8ae",
    on_accent="#04201e",
    accent_soft="#173a39",
    focus="#7ad7ce",
    danger="#ff9a91",
    danger_soft="#43201e",
    warning="#f5b861",
    warning_soft="#3d2c10",
    success="#83d49f",
    success_soft="#17351f",
    info="#93c1f5",
    info_soft="#182e47",
    neutral_soft="#27353a",
    rail="#0a1113",
    rail_chosen="#1d3b3e",
    on_rail="#d5e2e4",
)

CONTRAST = Tokens(
    name="contrast",
    page="#000000",
    surface="#000000",
    divider="#9a9a9a",
    border="#ffffff",
    hover="#262626",
    text="#ffffff",
    muted="#e6e6e6",
    accent="#ffd60a",
    on_accent="#000000",
    accent_soft="#2b2600",
    focus="#ffd60a",
    danger="#ffb3ad",
    danger_soft="#330805",
    warning="#ffcf7a",
    warning_soft="#2e1d00",
    success="#9df0b8",
    success_soft="#04260f",
    info="#a9d2ff",
    info_soft="#051d36",
    neutral_soft="#1f1f1f",
    rail="#000000",
    rail_chosen="#333333",
    on_rail="#ffffff",
)
