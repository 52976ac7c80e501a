"""The program's own small SVG icons (folder `icons`), drawn in any colour; sharp at any scale."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from anifro_desktop.ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon
    from PySide6.QtSvg import QSvgRenderer

_FOLDER = Path(__file__).parent / "icons"
_SHARP = 2  # pixels per logical pixel that an icon keeps, so that it stays sharp on dense screens


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    # Not at the top: the unlock screen has no icon and shall not wait for them.
    from PySide6.QtCore import QByteArray
    from PySide6.QtSvg import QSvgRenderer

    source = (_FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))


def paint(painter: QPainter, box: QRectF, name: str, ink: QColor) -> None:
    """Draw the icon `name` into `box`."""
    _renderer(name, ink.name()).render(painter, box)


def icon(name: str, ink: str = "text", side: int = 18) -> QIcon:
    """The icon for a button, in a named colour of the theme, `side` logical pixels at 100 %."""
    from PySide6.QtGui import QIcon

    pixels = theme.px(side) * _SHARP
    picture = QPixmap(pixels, pixels)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint(painter, QRectF(picture.rect()), name, theme.colour(ink))
    painter.end()
    picture.setDevicePixelRatio(_SHARP)
    return QIcon(picture)
