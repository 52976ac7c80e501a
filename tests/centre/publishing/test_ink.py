"""A figure as operators of a PDF page: what they say is worked out by hand from the figure."""

from __future__ import annotations

from anifro_desktop.centre.publishing.ink import Stroke, size, strokes

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 200 100">'


def drawn(inside: str) -> list[Stroke]:
    return list(strokes(f"{HEAD}{inside}</svg>".encode()))


def test_a_line_with_dashes_a_marker_and_a_glyph_are_drawn_where_they_stand() -> None:
    line = '<path d="M 1 2 \nL 3.5 -4 \nz\n" style="fill: none; stroke: #ff0000; stroke-width: 0.8; '
    line += 'stroke-dasharray: 4,1; stroke-dashoffset: 2; stroke-linecap: square"/>'
    glyph = '<defs><path id="g" d="M 0 0 Q 3 0 3 3" transform="scale(0.5)"/></defs>'
    text = '<g style="fill: #000000" transform="translate(10 20) rotate(-90) scale(0.1 -0.1)">'
    text += '<use xlink:href="#g"/><use xlink:href="#g" transform="translate(60 0)"/></g>'
    ((opaque, clip, told),) = drawn(f'{line}{glyph}{text}<use xlink:href="#g" x="7" y="9"/>')
    assert (opaque, clip) == ((1.0, 1.0), "")
    curve = "0 0 m\n2 0 3 1 3 3 c"  # two thirds of the way from each end to the point between them
    turned = "1 0 0 1 10 20 cm 0 -1 1 0 0 0 cm 0.1 0 0 -0.1 0 0 cm"
    half = "0.5 0 0 0.5 0 0 cm"
    assert told.split("q ")[1:] == [
        "1 0 0 RG 0.8 w 1 j 2 J [4 1] 2 d 1 2 m\n3.5 -4 l\nh S Q\n",
        f"{turned} {half} 0 0 0 rg {curve} f Q\n",
        f"{turned} 1 0 0 1 60 0 cm {half} 0 0 0 rg {curve} f Q\n",
        f"1 0 0 1 7 9 cm {half} 0 0 0 rg {curve} f Q",
    ]


def test_what_is_seen_through_or_cut_off_stands_apart_and_what_is_not_seen_is_not_there() -> None:
    clip = '<defs><clipPath id="c"><rect x="1" y="2" width="3" height="4"/></clipPath></defs>'
    band = '<g clip-path="url(#c)"><path d="M 0 0 L 9 9 z" style="fill: #0000ff; fill-opacity: 0.15"/></g>'
    unseen = '<path d="M 0 0 L 1 1" style="fill: none"/>'
    found = drawn(f'{clip}{band}{unseen}<path d="M 5 5 L 6 6" style="fill: none; stroke: #000000"/>')
    assert [one[:2] for one in found] == [((0.15, 1.0), "1 2 3 4 re W n"), ((1.0, 1.0), "")]
    assert size(f"{HEAD}</svg>".encode()) == (200.0, 100.0)
