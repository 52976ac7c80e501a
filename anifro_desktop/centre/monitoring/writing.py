"""Tables as text for people, CSV for spreadsheets and JSON for programs.

The text is rounded, CSV and JSON are not: there is one line a number, with the records behind it, and names are the
same in every language.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from anifro_desktop.centre.analysis.table import Cell, Section, Table
from anifro_desktop.centre.monitoring.watching import ALL, place

COLUMNS = ("table", "row", "column", "kind", "value", "low", "high", "records")


def of_site(section: Section, site: str) -> Section:
    """The lines of one site, and those of all sites together beside them."""
    kept = {place(site).name, ALL.name}
    tables = [
        replace(table, rows=tuple(row for row in table.rows if kept & {head.name for head in row.heads}))
        for table in section.tables
    ]
    return replace(section, tables=tuple(tables))


def as_text(section: Section, lang: str) -> list[str]:
    """A section in lines."""
    lines = [section.title.get(lang)]
    for table in section.tables:
        lines += [
            "",
            table.title.get(lang),
            *_table(table, lang),
            *(f"  {note.get(lang)}" for note in table.notes),
        ]
    return [*lines, "", *(note.get(lang) for note in section.notes)]


def _table(table: Table, lang: str) -> Iterator[str]:
    for row in table.rows:
        told = [
            f"{column.label.get(lang)} {_said(cell, lang)}"
            for column, cell in zip(table.columns, row.cells, strict=True)
        ]
        yield f"  {' · '.join(head.label.get(lang) for head in row.heads)}: {'; '.join(told)}"
    if not table.rows:
        yield {"it": "  niente", "en": "  nothing"}[lang]


def _said(cell: Cell, lang: str) -> str:
    if cell.value is None:
        return "–"
    if cell.kind == "share":
        text = f"{100 * cell.value:.1f} %"
        if cell.low is not None and cell.high is not None:
            text += f" ({100 * cell.low:.1f}–{100 * cell.high:.1f})"
    elif cell.kind == "p":
        text = "<0.001" if cell.value < 0.001 else f"{cell.value:.3f}"
    else:
        text = f"{cell.value:g}"
    return text.replace(".", ",") if lang == "it" else text


def as_csv(section: Section) -> str:
    """One line a number; the heads of its row joined with `/`, the records with a space."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for table, row, column, cell in _cells(section):
        numbers = ["" if one is None else f"{one:.15g}" for one in (cell.value, cell.low, cell.high)]
        behind = " ".join("/".join(filter(None, (one.subject, one.key))) for one in cell.behind)
        writer.writerow((table, "/".join(row), column, cell.kind, *numbers, behind))
    return text.getvalue()


def as_json(section: Section) -> list[dict[str, Any]]:
    """The same as objects."""
    return [
        {
            "table": table, "row": list(row), "column": column, "kind": cell.kind, "value": cell.value,
            "low": cell.low, "high": cell.high, "records": [[one.subject, one.key] for one in cell.behind],
        }
        for table, row, column, cell in _cells(section)
    ]  # fmt: skip


def _cells(section: Section) -> Iterator[tuple[str, tuple[str, ...], str, Cell]]:
    for table in section.tables:
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                yield table.name, tuple(head.name for head in row.heads), column.name, cell
