"""A figure drawn by matplotlib as SVG, as the operators of a PDF page.

Only what matplotlib writes is read: paths, uses of paths, groups that move, style or clip them. A library for any SVG
takes a hundred times as long, most of it for the glyphs of the texts.

Source of the operators: ISO 32000-1:2008, 8.4 and 8.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple
from xml.etree import ElementTree

_SVG, _HREF = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
_TOKEN = re.compile(r"[A-Za-z]|-?[\d.]+(?:e-?\d+)?")
_MOVE = re.compile(r"(translate|scale|rotate)\(([^)]*)\)")
_ARGUMENTS = {"M": 2, "L": 2, "Q": 4, "C": 6, "z": 0}
_JOINS, _CAPS = {"miter": 0, "round": 1, "bevel": 2}, {"butt": 0, "round": 1, "square": 2}
_Point = tuple[float, float]


class Stroke(NamedTuple):
    """Operators in the units of the figure. opaque: of what is filled and of what is stroked, 0 to 1; clip: operators
    of the area beyond which nothing is seen."""

    opaque: tuple[float, float]
    clip: str
    operators: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an element stands: what it has from the groups around it."""

    style: Mapping[str, str] = field(default_factory=dict)
    moves: str = ""
    clip: str = ""


def strokes(svg: bytes) -> Iterator[Stroke]:
    """What is drawn, in order; neighbours with the same opacity and area together."""
    root = _read(svg)
    named = {one.get("id", ""): one for one in root.iter() if one.tag in (f"{_SVG}path", f"{_SVG}clipPath")}
    drawn = _drawn(root, _Place(), named)
    for (opaque, clip), some in groupby(drawn, key=lambda one: (one.opaque, one.clip)):
        yield Stroke(opaque, clip, "\n".join(one.operators for one in some))


def size(svg: bytes) -> tuple[float, float]:
    """Width and height of a figure in its own units."""
    _, _, width, height = map(float, _read(svg).get("viewBox", "").split())
    return width, height


@lru_cache(maxsize=2)  # of a figure its size is asked for, then it is drawn; two stand beside each other
def _read(svg: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - matplotlib wrote it in this process: nothing from elsewhere


def put(sheet: Any, svg: bytes, left: float, top: float, width: float, spoken: str) -> None:
    """Draw a figure on a page of fpdf. left, top, width: mm; spoken: what it is called for those who do not see it."""
    scale = width * sheet.k / size(svg)[0]
    across, down = left * sheet.k, sheet.h_pt - top * sheet.k
    at = f"{scale:.6f} 0 0 {-scale:.6f} {across:.3f} {down:.3f} cm"
    with sheet._marked_sequence(alt_text=spoken):
        for one in strokes(svg):
            whole = "\n".join(filter(None, ("q", at, one.clip, one.operators, "Q")))
            if one.opaque == (1.0, 1.0):
                sheet._out(whole)
                continue
            with sheet.local_context(fill_opacity=one.opaque[0], stroke_opacity=one.opaque[1]):
                sheet._out(whole)


def _drawn(
    element: ElementTree.Element, place: _Place, named: Mapping[str, ElementTree.Element]
) -> Iterator[Stroke]:
    here = _entered(element, place, named)
    kind = element.tag.removeprefix(_SVG)
    if kind in ("svg", "g"):
        for one in element:
            yield from _drawn(one, here, named)
    elif kind == "use":
        at = f"1 0 0 1 {element.get('x', '0')} {element.get('y', '0')} cm"
        moved = replace(here, moves=f"{here.moves} {at}" if at != "1 0 0 1 0 0 cm" else here.moves)
        yield from _drawn(named[element.get(_HREF, "")[1:]], moved, named)
    elif kind == "path":
        paint, how = _painted(here.style)
        if paint:
            path = _path(element.get("d", ""))
            fill = float(here.style.get("fill-opacity", "1")) * float(here.style.get("opacity", "1"))
            line = float(here.style.get("stroke-opacity", "1")) * float(here.style.get("opacity", "1"))
            yield Stroke((fill, line), here.clip, f"q{here.moves} {how} {path} {paint} Q")


def _entered(element: ElementTree.Element, place: _Place, named: Mapping[str, ElementTree.Element]) -> _Place:
    style, moves, clip = place.style, place.moves, place.clip
    if told := element.get("style"):
        style = {**style, **_style(told)}
    if told := element.get("transform"):
        moves += f" {_moves(told)}"
    if told := element.get("clip-path"):
        (area,) = named[told.removeprefix("url(#").removesuffix(")")]
        clip = " ".join([*(area.get(name, "0") for name in ("x", "y", "width", "height")), "re W n"])
    return _Place(style, moves, clip)


@lru_cache(maxsize=256)
def _style(told: str) -> Mapping[str, str]:
    pairs = (part.split(":", 1) for part in told.split(";") if ":" in part)
    return {name.strip(): value.strip() for name, value in pairs}


def _moves(told: str) -> str:
    """Moves as matrices, the outer one first."""
    return " ".join(_matrix(kind, list(map(float, given.split()))) for kind, given in _MOVE.findall(told))


def _matrix(kind: str, given: list[float]) -> str:
    if kind == "translate":
        return f"1 0 0 1 {given[0]:g} {given[1] if len(given) > 1 else 0:g} cm"
    if kind == "scale":
        return f"{given[0]:g} 0 0 {given[-1]:g} 0 0 cm"
    turned = {0.0: (1, 0), 90.0: (0, 1), -90.0: (0, -1), 180.0: (-1, 0)}
    cosine, sine = turned[given[0]]
    return f"{cosine} {sine} {-sine} {cosine} 0 0 cm"


def _painted(style: Mapping[str, str]) -> tuple[str, str]:
    """The operator that paints a path, empty if nothing is seen, and those that say how."""
    fill, line = style.get("fill", "#000000"), style.get("stroke", "none")
    how = []
    if fill != "none":
        how.append(f"{_colour(fill)} rg")
    if line != "none":
        how += [f"{_colour(line)} RG", f"{style.get('stroke-width', '1')} w"]
        how.append(f"{_JOINS[style.get('stroke-linejoin', 'round')]} j")
        how.append(f"{_CAPS[style.get('stroke-linecap', 'butt')]} J")
        dashes = style.get("stroke-dasharray", "").replace(",", " ")
        how.append(f"[{dashes}] {style.get('stroke-dashoffset', '0')} d")
    paint = {(True, True): "B", (True, False): "f", (False, True): "S", (False, False): ""}
    return paint[fill != "none", line != "none"], " ".join(how)


@lru_cache(maxsize=256)
def _colour(told: str) -> str:
    return " ".join(f"{int(told[place : place + 2], 16) / 255:.4g}" for place in (1, 3, 5))


@lru_cache(maxsize=1024)
def _path(told: str) -> str:
    """The operators of a path; a curve of two ends and one point becomes one of two points."""
    tokens = _TOKEN.findall(told)
    found: list[str] = []
    place, at = 0, (0.0, 0.0)
    while place < len(tokens):
        kind = tokens[place]
        count = _ARGUMENTS[kind]
        given = [float(one) for one in tokens[place + 1 : place + 1 + count]]
        place += 1 + count
        if kind == "z":
            found.append("h")
            continue
        if kind == "Q":
            given = _cubic(at, given)
        found.append(" ".join([*(f"{one:.7g}" for one in given), {"M": "m", "L": "l"}.get(kind, "c")]))
        at = (given[-2], given[-1])
    return "\n".join(found)


def _cubic(start: _Point, given: list[float]) -> list[float]:
    middle, end = (given[0], given[1]), (given[2], given[3])
    first = [one + 2 / 3 * (over - one) for one, over in zip(start, middle, strict=True)]
    second = [one + 2 / 3 * (over - one) for one, over in zip(end, middle, strict=True)]
    return [*first, *second, *end]
