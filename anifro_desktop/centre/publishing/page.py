"""The report as one page of HTML that needs nothing else: no network, no other file.

Each count that has records behind it is a button that shows them below its row. Above `MOST_RECORDS` mentions in all,
the page would be too heavy to open: it points to `records.csv` instead.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from html import escape

from anifro_desktop.centre.analysis.table import Cell, Contents, Figure, Record, Section, Table
from anifro_desktop.centre.publishing import told as words
from anifro_desktop.centre.publishing.listing import mentions
from anifro_desktop.centre.publishing.page_style import SCRIPT, STYLE
from anifro_desktop.centre.publishing.told import told
from anifro_desktop.centre.publishing.vector import inline
from anifro_desktop.forms.model import Label

MOST_RECORDS = 300_000


def page(
    contents: Contents, drawings: Mapping[str, bytes], lang: str, most_records: int = MOST_RECORDS
) -> bytes:
    """The whole page. drawings: SVG of each figure, by name."""
    return _Page(contents, drawings, lang, mentions(contents) <= most_records).made().encode()


class _Page:
    """The page in the making: it keeps the records that buttons show, each subject once."""

    def __init__(self, contents: Contents, drawings: Mapping[str, bytes], lang: str, traced: bool) -> None:
        self.contents, self.drawings, self.lang, self.traced = contents, drawings, lang, traced
        self.subjects: dict[tuple[str, str], int] = {}
        self.behind: list[list[tuple[int, str]]] = []

    def made(self) -> str:
        """Head, contents, sections, and the data of the records."""
        title = f"{words.TITLE.get(self.lang)} - {words.STUDY.get(self.lang)}"
        body = "\n".join(self._section(section) for section in self.contents.sections)
        data = {
            "words": words.BEHIND.get(self.lang),
            "subjects": list(self.subjects),
            "behind": self.behind,
        }
        kept = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        return (
            f'<!doctype html>\n<html lang="{self.lang}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_policy()}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
            f'<a class="skip" href="#main">{self._say(words.SKIP)}</a>\n{self._head()}\n{self._index()}\n'
            f'<main id="main" tabindex="-1">\n{body or self._note(words.NOTHING)}\n</main>\n'
            f'<script type="application/json" id="records">{kept}</script>\n'
            f"<script>{SCRIPT}</script>\n</body>\n</html>\n"
        )

    def _say(self, label: Label) -> str:
        return escape(label.get(self.lang))

    def _note(self, label: Label, more: str = "") -> str:
        return f'<p class="note{more}">{self._say(label)}</p>'

    def _notes(self, notes: Iterable[Label]) -> str:
        return "".join(map(self._note, notes))

    def _head(self) -> str:
        facts = "".join(
            f"<dt>{self._say(named.label)}</dt><dd>{escape(text)}</dd>" for named, text in self.contents.facts
        )
        how = self._note(words.HOW_TO_OPEN, " how") if self.traced else self._note(words.LOOK_ELSEWHERE)
        return (
            f'<header>\n<h1>{self._say(words.TITLE)}</h1>\n<p class="study">{self._say(words.STUDY)}</p>\n'
            f'<dl aria-label="{self._say(words.FACTS)}">{facts}</dl>\n{self._notes(self.contents.notes)}'
            f"{self._note(words.READING)}{how}\n</header>"
        )

    def _index(self) -> str:
        entries = ""
        for section in self.contents.sections:
            inner = "".join(
                f'<li><a href="#{prefix}-{item.name}">{self._say(item.title)}</a></li>'
                for prefix, items in (("t", section.tables), ("f", section.figures))
                for item in items
            )
            inner = f"<ol>{inner}</ol>" if inner else ""
            entries += f'<li><a href="#s-{section.name}">{self._say(section.title)}</a>{inner}</li>\n'
        title = self._say(words.CONTENTS)
        return f'<nav aria-label="{title}">\n<h2>{title}</h2>\n<ol>\n{entries}</ol>\n</nav>'

    def _section(self, section: Section) -> str:
        parts = [*map(self._table, section.tables), *map(self._figure, section.figures)]
        return (
            f'<section aria-labelledby="s-{section.name}">\n'
            f'<h2 id="s-{section.name}">{self._say(section.title)}</h2>\n{self._notes(section.notes)}\n'
            + "\n".join(parts)
            + "\n</section>"
        )

    def _table(self, table: Table) -> str:
        head = "".join(f'<th scope="col" class="head">{self._say(one.label)}</th>' for one in table.heads)
        head += "".join(f'<th scope="col">{self._say(one.label)}</th>' for one in table.columns)
        rows = []
        for row in table.rows:
            heads = "".join(f'<th scope="row">{self._say(one.label)}</th>' for one in row.heads)
            of = ", ".join(one.label.get(self.lang) for one in row.heads)
            cells = "".join(
                f"<td>{self._cell(cell, f'{of}: {column.label.get(self.lang)}')}</td>"
                for column, cell in zip(table.columns, row.cells, strict=True)
            )
            rows.append(f"<tr>{heads}{cells}</tr>")
        empty = "" if rows else self._note(words.EMPTY)
        title = self._say(table.title)
        return (
            f'<div class="wide" id="t-{table.name}" tabindex="0" role="region" aria-label="{title}">'
            f"<table><caption>{title}</caption><thead><tr>{head}</tr></thead>\n<tbody>\n"
            + "\n".join(rows)
            + f"\n</tbody></table></div>\n{empty}{self._notes(table.notes)}"
        )

    def _cell(self, cell: Cell, of: str) -> str:
        text = escape(told(cell, self.lang))
        if not cell.behind or not self.traced:
            return text
        number = len(self.behind)
        self.behind.append([self._placed(record) for record in cell.behind])
        return (
            f'<button type="button" aria-expanded="false" data-n="{number}" data-of="{escape(of)}">'
            f"{text}</button>"
        )

    def _placed(self, record: Record) -> tuple[int, str]:
        return self.subjects.setdefault((record.site, record.subject), len(self.subjects)), record.key

    def _figure(self, figure: Figure) -> str:
        title = figure.title.get(self.lang)
        series = "; ".join(one.label.get(self.lang) for one in figure.series)
        described = f"{figure.y.get(self.lang)} / {figure.x.get(self.lang)}: {series}"
        drawing = inline(self.drawings[figure.name], f"g-{figure.name}", title, described)
        return (
            f'<figure id="f-{figure.name}"><figcaption>{escape(title)}</figcaption>\n{drawing}\n'
            f'<p class="note">{self._source(figure)}</p>{self._notes(figure.notes)}</figure>'
        )

    def _source(self, figure: Figure) -> str:
        for table in self.contents.tables():
            if table.name == figure.table:
                title = self._say(table.title)
                return f'{self._say(words.NUMBERS_IN)} <a href="#t-{table.name}">{title}</a>.'
        return ""


def _policy() -> str:
    return (
        f"default-src 'none'; style-src {_hash(STYLE)}; script-src {_hash(SCRIPT)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
