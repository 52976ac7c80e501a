"""A document as plain blocks, and its two writings: Markdown, and one HTML page that needs nothing beside it.

Texts mark code with backticks and nothing else; everything else in them is shown as it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_CODE = re.compile(r"`([^`]*)`")
_STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --page: #ffffff; --line: #c9d1d9; --mark: #f3f5f7; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --page: #14181d; --line: #444c56; --mark: #20262d; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); margin: 0 auto;
  max-width: 76rem; padding: 1rem 1.5rem 4rem; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0 1.4rem; font-size: .9rem; }
th, td { border: 1px solid var(--line); padding: .3rem .5rem; text-align: left; vertical-align: top; }
th { background: var(--mark); }
code { background: var(--mark); padding: 0 .2em; overflow-wrap: anywhere; }
nav ul { columns: 3 14rem; }
@media print { nav { display: none; } tr { break-inside: avoid; } }
"""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. level: 1 to 4. anchor: where links lead, or empty."""

    level: int
    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. Each row has as many cells as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Words | Bullets | Table


def markdown(blocks: Iterable[Block]) -> str:
    """The document as Markdown."""
    return "\n\n".join(_markdown(block) for block in blocks) + "\n"


def page(blocks: Iterable[Block], lang: str) -> str:
    """The document as one HTML page, with a table of its contents. lang: "it" or "en"."""
    given = list(blocks)
    title = next(block.text for block in given if isinstance(block, Heading))
    body = "\n".join(_with_contents(given))
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def fragment(blocks: Iterable[Block]) -> str:
    """The blocks as HTML to be set into a page of one's own."""
    return "\n".join(_html(block, number) for number, block in enumerate(blocks))


def _markdown(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {text}"
        case Words(text):
            return text
        case Bullets(items):
            return "\n".join(f"- {item}" for item in items)
        case Table(head, rows):
            lines = [head, ("---",) * len(head), *rows]
            return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _with_contents(blocks: list[Block]) -> Iterator[str]:
    """The blocks, the contents after the first heading."""
    first = True
    for number, block in enumerate(blocks):
        yield _html(block, number)
        if first and isinstance(block, Heading):
            first = False
            yield _contents(blocks)


def _contents(blocks: list[Block]) -> str:
    links = "".join(
        f'<li><a href="#{_anchor(block, number)}">{_inline(block.text)}</a></li>'
        for number, block in enumerate(blocks)
        if isinstance(block, Heading) and (block.level == 2 or (block.level == 3 and block.anchor))
    )
    return f"<nav><ul>{links}</ul></nav>"


def _html(block: Block, number: int) -> str:
    match block:
        case Heading(level, text):
            return f'<h{level} id="{_anchor(block, number)}">{_inline(text)}</h{level}>'
        case Words(text):
            return f"<p>{_inline(text)}</p>"
        case Bullets(items):
            return "<ul>" + "".join(f"<li>{_inline(item)}</li>" for item in items) + "</ul>"
        case Table(head, rows):
            top = "".join(f'<th scope="col">{_inline(text)}</th>' for text in head)
            body = "".join(
                "<tr>" + "".join(f"<td>{_inline(text)}</td>" for text in row) + "</tr>" for row in rows
            )
            return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _anchor(block: Heading, number: int) -> str:
    return block.anchor or f"h{number}"


def _inline(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", html.escape(text, quote=False))
