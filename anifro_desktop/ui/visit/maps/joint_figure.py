"""The figure of the joint count: a person facing us, hands and feet drawn enlarged so that every joint is a target.

The right side of the patient is on the left of the picture. Joints are named as in `scores.joints`; places are in units
of the drawing (28 for a spot, 29 at least between two neighbours).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QWidget

from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.maps.figure import Figure, Places
from anifro_desktop.ui.visit.maps.shapes import Point, limb, mirrored, plate, together

SIDE = 28
WIDTH = 440
TO_THE_KNEES, WHOLE = 348, 464
_FINGERS = {1: 134, 2: 105, 3: 76, 4: 47, 5: 18}  # across the right hand: the thumb is inside
_TOES = {1: 180, 2: 151, 3: 122, 4: 93, 5: 64}
_BOW = {1: 0, 2: 0, 3: 3, 4: 0, 5: -6}  # a long middle finger, a short little one


def _right() -> dict[str, Point]:
    """The joints of the patient's right side."""
    places: dict[str, Point] = {
        "tmj": (203, 48),
        "sternoclavicular": (205, 96),
        "acromioclavicular": (175, 82),
        "shoulder": (145, 96),
        "elbow": (134, 156),
        "wrist": (76, 196),
        "mcp1": (134, 224),
        "thumb_ip": (134, 254),
        "hip": (190, 234),
        "knee": (192, 304),
        "ankle": (150, 352),
        "midfoot": (130, 382),
        "great_toe_ip": (180, 444),
    }
    places |= {f"mcp{n}": (_FINGERS[n], 236 + _BOW[n]) for n in range(2, 6)}
    places |= {f"pip{n}": (_FINGERS[n], 266 + _BOW[n]) for n in range(2, 6)}
    places |= {f"dip{n}": (_FINGERS[n], 296 + _BOW[n]) for n in range(2, 6)}
    places |= {f"mtp{n}": (_TOES[n], 414) for n in range(1, 6)}
    return places | {f"toe_pip{n}": (_TOES[n], 444) for n in range(2, 6)}


def places() -> Places:
    """The middle of every joint of the 68, by its name."""
    right = _right()
    return {f"r_{name}": at for name, at in right.items()} | {
        f"l_{name}": (WIDTH - x, y) for name, (x, y) in right.items()
    }


def _half() -> QPainterPath:
    """Arm, hand, leg and foot of the patient's right side."""
    parts = [
        limb(32, (152, 96), (134, 156)),
        limb(26, (134, 156), (80, 192)),
        plate(14, (64, 196), (94, 196), (114, 232), (12, 228)),
        limb(25, (100, 204), (134, 226), (134, 266)),
        *(limb(25, (_FINGERS[n], 232), (_FINGERS[n], 304 + _BOW[n])) for n in range(2, 6)),
        limb(44, (194, 234), (191, 302)),
        limb(32, (191, 302), (150, 354)),
        plate(20, (140, 356), (160, 360), (182, 412), (66, 412)),
        *(limb(25, (_TOES[n], 408), (_TOES[n], 450)) for n in range(1, 6)),
    ]
    return together(parts)


@cache
def _body() -> QPainterPath:
    """The whole outline, made once."""
    trunk = plate(
        20, (160, 92), (280, 92), (266, 140), (252, 186), (252, 236), (188, 236), (188, 186), (174, 140)
    )
    head = QPainterPath()
    head.addEllipse(QPointF(WIDTH / 2, 40), 31, 36)
    neck = limb(30, (WIDTH / 2, 64), (WIDTH / 2, 90))
    half = _half()
    return together([trunk, neck, head, half, mirrored(half, WIDTH / 2)])


class JointFigure(Figure):
    """The person with the joints that are asked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(places(), (WIDTH, WHOLE), SIDE, parent)

    def draw(self, painter: QPainter) -> None:
        self.draw_shape(painter, _body(), "neutral_soft")

    def words(self) -> Sequence[tuple[Point, str]]:
        sides = (36, translate("Map", "Right")), (WIDTH - 36, translate("Map", "Left"))
        found: list[tuple[Point, str]] = [((x, 150), word) for x, word in sides]
        rows = [(160, 240, translate("Map", "MCP")), (160, 272, translate("Map", "PIP"))]
        if self.base[1] == WHOLE:
            rows += [(160, 302, translate("Map", "DIP"))]
            rows += [(32, 414, translate("Map", "MTP")), (32, 444, translate("Map", "PIP"))]
        for x, y, word in rows:
            found += [((x, y), word), ((WIDTH - x, y), word)]
        return found
