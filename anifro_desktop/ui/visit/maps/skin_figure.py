"""The figure of the CLASI: a person from the front, the head drawn enlarged, and from behind.

Thirteen areas as in `scores.clasi`, each a region of the drawing and a spot on it; regions on both sides of the body
(arms, hands, legs, feet, ears) have one spot. Units of the drawing: 40 for a spot, 41 at least between two.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QWidget

from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.maps.figure import Figure, Places
from anifro_desktop.ui.visit.maps.shapes import Point, limb, mirrored, plate, together

SIDE = 40
WIDTH, HEIGHT = 330, 450
FRONT, BACK = 96, 262  # the middle lines

PLACES: Places = {
    "scalp": (FRONT, 26),
    "ears": (36, 70),
    "nose_malar": (FRONT, 70),
    "rest_of_face": (FRONT, 112),
    "v_neck": (FRONT, 155),
    "posterior_neck_shoulders": (BACK, 104),
    "chest": (FRONT, 196),
    "abdomen": (FRONT, 240),
    "back_buttocks": (BACK, 178),
    "arms": (36, 214),
    "hands": (22, 272),
    "legs": (76, 326),
    "feet": (72, 408),
}


def _both(*parts: QPainterPath) -> QPainterPath:
    """Parts of one side, and of the other side of the person seen from the front."""
    side = together(parts)
    return together([side, mirrored(side, FRONT)])


def _ellipse(middle: Point, across: float, down: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(*middle), across, down)
    return path


def _box(left: float, top: float, width: float, height: float) -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(left, top, width, height))
    return path


@cache
def regions() -> Mapping[str, tuple[QPainterPath, ...]]:
    """The outlines of every area, seen from the front; of two of them from behind."""
    head = _ellipse((FRONT, 72), 46, 62)
    scalp, face = head.intersected(_box(0, 0, WIDTH, 46)), head.subtracted(_box(0, 0, WIDTH, 46))
    malar = together(
        [
            _ellipse((FRONT - 22, 72), 20, 13),
            _ellipse((FRONT + 22, 72), 20, 13),
            limb(16, (FRONT, 62), (FRONT, 82)),
        ]
    )
    trunk = plate(20, (62, 168), (130, 168), (124, 256), (68, 256))
    v_neck = plate(8, (80, 132), (112, 132), (112, 150), (FRONT, 176), (80, 150))
    chest = trunk.intersected(_box(0, 0, WIDTH, 218)).subtracted(v_neck)
    behind = plate(20, (BACK - 34, 124), (BACK + 34, 124), (BACK + 30, 240), (BACK - 30, 240))
    nape = together([plate(10, (BACK - 12, 78), (BACK + 12, 78), (BACK + 38, 122), (BACK - 38, 122))])
    return {
        "legs": (_both(limb(36, (78, 272), (72, 384))),),
        "feet": (_both(limb(26, (72, 400), (62, 412))),),
        "hands": (_both(_ellipse((22, 272), 15, 20)),),
        "arms": (_both(limb(26, (54, 172), (36, 206), (26, 252))),),
        "abdomen": (trunk.subtracted(_box(0, 0, WIDTH, 218)),),
        "chest": (chest,),
        "v_neck": (v_neck,),
        "ears": (_both(_ellipse((48, 74), 9, 16)),),
        "rest_of_face": (face.subtracted(malar),),
        "nose_malar": (malar,),
        "scalp": (scalp,),
        "back_buttocks": (behind.subtracted(nape),),
        "posterior_neck_shoulders": (nape,),
    }


@cache
def _behind() -> QPainterPath:
    """What of the person from behind belongs to areas of the front."""
    side = together(
        [
            limb(24, (BACK - 40, 128), (BACK - 52, 180), (BACK - 54, 226)),
            limb(32, (BACK - 18, 250), (BACK - 20, 352)),
            limb(22, (BACK - 20, 372), (BACK - 24, 380)),
            _ellipse((BACK - 54, 240), 11, 15),
        ]
    )
    return together([side, mirrored(side, BACK), _ellipse((BACK, 48), 27, 36)])


class SkinFigure(Figure):
    """The person with the areas; affected ones are coloured, that in focus is outlined."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(PLACES, (WIDTH, HEIGHT), SIDE, parent)

    def drawn_with(self) -> Hashable:
        return self.current, tuple(self.fills.items())

    def draw(self, painter: QPainter) -> None:
        self.draw_shape(painter, _behind(), "neutral_soft")
        for key, shapes in regions().items():
            for shape in shapes:
                self.draw_shape(painter, shape, self.fills.get(key, "neutral_soft"))
        for shape in regions().get(self.current, ()):
            self.draw_shape(painter, shape, "accent_soft", "accent")

    def words(self) -> Sequence[tuple[Point, str]]:
        return (
            ((FRONT, HEIGHT - 10), translate("Map", "Front")),
            ((BACK, HEIGHT - 10), translate("Map", "Back")),
        )
