"""A drawn SVG made fit to stand inside a page: no style sheets, no names that clash with another figure's."""

from __future__ import annotations

import re
from html import escape

from anifro_desktop.centre.publishing.figures import INK

_STYLE = re.compile(r' style="([^"]*)"')
_SHEET = re.compile(r"<style[^>]*>.*?</style>", re.S)
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.S)
_ROOT = re.compile(r"<svg[^>]*>", re.S)
_BOX = re.compile(r'viewBox="([^"]*)"')


def inline(svg: bytes, name: str, title: str, description: str) -> str:
    """The figure as an element of HTML, with the ink of the page, a title and a description."""
    text = plain(svg).replace(INK, "currentColor")
    text = re.sub(r' id="([^"]*)"', rf' id="{name}-\1"', text)
    text = re.sub(r'(?:xlink:)?href="#([^"]*)"', rf'href="#{name}-\1"', text)
    text = re.sub(r"url\(#([^)]*)\)", rf"url(#{name}-\1)", text)
    box = _BOX.search(text)
    head = (
        f'<svg viewBox="{box.group(1) if box else ""}" role="img" stroke-linejoin="round" stroke-linecap="butt" '
        f'aria-labelledby="{name}-title {name}-desc"><title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(description)}</desc>'
    )
    return _ROOT.sub(lambda _: head, text[text.index("<svg") :], count=1).strip()


def plain(svg: bytes) -> str:
    """The figure with attributes in the place of styles, as readers of plain SVG take it."""
    text = _SHEET.sub("", _METADATA.sub("", svg.decode()))
    return _STYLE.sub(lambda found: "".join(_attributes(found.group(1))), text)


def _attributes(style: str) -> list[str]:
    pairs = (part.split(":", 1) for part in style.split(";") if ":" in part)
    return [f' {key.strip()}="{value.strip()}"' for key, value in pairs]
