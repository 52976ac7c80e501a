"""Blank paper forms, from the definitions alone: what is printed for the day on which no computer works.

Each form is HTML that a printer of pages (`ui.paper`) sets on A4. What is asked, in which order, with which options,
units and conditions is the same as on the screen; scores are not printed, since nobody is to work them out by hand.
How questions share tables and conditions is in `paper_plan`.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

from anifro_desktop.forms import texts
from anifro_desktop.forms.model import Definitions, Field, Form, Label, Section
from anifro_desktop.forms.paper_plan import Run, asked, condition, letters, opening, runs, standing
from anifro_desktop.forms.paper_words import condition_words, word
from anifro_desktop.record import Missing

TEXT_MM = 182.0  # width of what is printed on a page; the length of a line to mark follows from it
LINE_MM = 100.0
_CODE_WIDTH, _MISSING_WIDTH = 9.5, 8.0  # columns of a table, in per cent
_BOX, _CELL = "[&nbsp;&nbsp;]", "|__"
_STYLE = """
body { font-size: 9pt; } h1 { font-size: 14pt; margin: 0; } h2 { font-size: 11pt; margin: 8px 0 2px 0; }
td, th { padding: 3px 4px; border-bottom: 1px solid #999999; vertical-align: top; }
.close td, .close th { padding: 1px 3px; }
.small { font-size: 7.5pt; color: #444444; } .head { font-size: 6.5pt; color: #444444; } p.small { margin: 2px 0; }
"""
_BARE = "border: 0px; padding: 0px;"


def form_html(definitions: Definitions, form: Form, lang: str) -> str:
    """One blank form in Italian ("it") or English ("en")."""
    body = "".join(_Page(definitions, form, lang).sections())
    told = f"<p>{html.escape(form.help.get(lang))}</p>" if form.help.get(lang) else ""
    return (
        f"<html><head><style>{_STYLE}</style></head><body>"
        f"<p class='small'>{word('study', lang)} · {html.escape(definitions.digest[:16])}</p>"
        f"<h1>{html.escape(form.label.get(lang))}</h1>{_head(form, lang)}"
        f"<p class='small'>{word('no_names', lang)}</p>{told}{body}</body></html>"
    )


def printable(definitions: Definitions) -> tuple[Form, ...]:
    """The forms that a person fills, in order."""
    return tuple(form for form in definitions.forms if not form.derived)


def _head(form: Form, lang: str) -> str:
    visit = f" &nbsp; {word('visit', lang)} ____________" if form.level == "visit" else ""
    return (
        f"<p>{word('code', lang)} ______-________-____{visit} &nbsp; {word('date', lang)}"
        f" {_digits((2, 2, 4), ' / ')}</p><p>{word('by', lang)} {'_' * 40}</p>"
    )


class _Page:
    """One form being set."""

    def __init__(self, definitions: Definitions, form: Form, lang: str) -> None:
        self._definitions, self._form, self._lang = definitions, form, lang
        self._from, self._standing = standing(form)
        self._letters = letters(form)
        self._legend = bool(self._letters)
        self._opening = opening(form, lang)
        self._open = ""  # columns of the table that is still open
        self._told: set[Label] = set()  # helps that are said once

    def sections(self) -> Iterator[str]:
        """The sections in order, those in which a person is asked something."""
        for section in self._form.sections:
            if asked(section):
                yield from self._section(section)
        yield self._close()

    def _section(self, section: Section) -> Iterator[str]:
        if section.id == self._from:
            said = self._condition(self._standing)
            yield f"{self._close()}<p><b>{word('rest', self._lang)}: {said}</b></p>"
        title = html.escape(section.label.get(self._lang)) if len(self._form.sections) > 1 else ""
        for run in runs(section):
            if run.codes:
                yield from self._table(run, title)
            else:
                yield self._close() + (f"<h2>{title}</h2>" if title else "")
                yield from self._rows(run)
            title = ""

    def _close(self) -> str:
        """The end of the table that is still open, if one is."""
        columns, self._open = self._open, ""
        return "</table>" if columns else ""

    def _rows(self, run: Run) -> Iterator[str]:
        """Questions that stand alone. A line ends their table: inside one its length would not be exact."""
        rows: list[str] = []
        for item in run.fields:
            rows.append(self._row(item))
            if item.line or item is run.fields[-1]:
                yield f"<table width='100%' cellspacing='0'>{''.join(rows)}</table>"
                rows = []
            if item.line:
                yield f"<p>&nbsp;</p>{_line(item, self._lang)}<p>&nbsp;</p>"

    def _table(self, run: Run, title: str) -> Iterator[str]:
        """Questions that take the same answers: a column for each answer. A table goes on over sections."""
        whole = next(iter(run.conditions)) if len(run.conditions) == 1 else ""
        notes, columns = "".join(self._notes(run, whole)), self._columns(run)
        rows = "".join(self._table_row(run, item, whole) for item in run.fields)
        if columns == self._open and not notes:
            width = len(run.codes) + len(self._reasons(run.fields[0])) + 1
            yield f"<tr><td colspan='{width}'><b>{title}</b></td></tr>{rows}" if title else rows
            return
        heading = f"<h2>{title}</h2>" if title else ""
        yield f"{self._close()}{heading}{notes}<table class='close' width='100%' cellspacing='0'>{columns}{rows}"
        self._open = columns

    def _notes(self, run: Run, whole: str) -> Iterator[str]:
        """What is said above a table. whole: the condition that all its questions have."""
        if self._legend:
            self._legend = False
            for text, letter in self._letters.items():
                yield f"<p class='small'>({letter}) {self._condition(text)}</p>"
        if whole and whole != self._standing and whole not in self._letters:
            yield f"<p class='small'>{self._condition(whole)}</p>"
        if run.shared_help and run.shared_help not in self._told:
            self._told.add(run.shared_help)
            yield f"<p class='small'>{self._help(run.shared_help)}</p>"

    def _columns(self, run: Run) -> str:
        """The head of a table, which each further page repeats."""
        words = [
            (f"{code.value}&nbsp;{html.escape(code.label.get(self._lang))}", _CODE_WIDTH)
            for code in run.codes
        ]
        words += [(reason, _MISSING_WIDTH) for reason in self._reasons(run.fields[0])]
        cells = "".join(
            f"<td width='{width}%' align='center'><span class='head'>{text}</span></td>"
            for text, width in words
        )
        first = 100 - sum(width for _, width in words)
        return f"<thead><tr><td width='{first}%'></td>{cells}</tr></thead>"

    def _table_row(self, run: Run, item: Field, whole: str) -> str:
        assert item.codes is not None
        label = html.escape(item.label.get(self._lang))
        when = condition(item)
        if when in self._letters:
            label += f" <span class='small'>({self._letters[when]})</span>"
        elif when not in ("", whole, self._standing):
            label += f"<br><span class='small'>{self._condition(when)}</span>"
        if item.help != run.shared_help:
            label += f"<br><span class='small'>{self._help(item.help)}</span>"
        offered = set(item.codes.values)
        boxes = [f"{_BOX}&nbsp;{code.value}" if code.value in offered else "" for code in run.codes]
        boxes += [_BOX] * len(self._reasons(item))
        cells = "".join(f"<td align='center'>{box}</td>" for box in boxes)
        return f"<tr><td>{label}</td>{cells}</tr>"

    def _row(self, item: Field) -> str:
        label = html.escape(item.label.get(self._lang))
        when = condition(item)
        if when and when != self._standing:
            label += f"<br><span class='small'>{self._condition(when)}</span>"
        if item.line:
            label += f"<br><span class='small'>{self._help(item.help)}</span>"
        return f"<tr><td width='38%'>{label}</td><td>{self._answer(item)}</td></tr>"

    def _answer(self, item: Field) -> str:
        lang = self._lang
        if item.codes is not None:
            options = [
                f"{_BOX}&nbsp;{code.value}&nbsp;{html.escape(code.label.get(lang))}"
                for code in item.codes.codes
            ]
            answer = " &nbsp; ".join(options)
        else:
            unit = "" if item.unit_label is None else f" {html.escape(item.unit_label.get(lang))}"
            answer = _blank(item, lang) + unit
        said = " &nbsp; ".join(f"{_BOX}&nbsp;{reason}" for reason in self._reasons(item))
        return f"{answer}<br><span class='small'>{said}</span>" if said else answer

    def _reasons(self, item: Field) -> list[str]:
        """Why a value may be missing, in words."""
        return [
            html.escape(texts.MISSING[reason].get(self._lang).lower())
            for reason in Missing
            if reason in item.missing
        ]

    def _help(self, help_: Label) -> str:
        return html.escape(help_.get(self._lang).removeprefix(self._opening))

    def _condition(self, text: str) -> str:
        return f"{word('only_if', self._lang)} {condition_words(self._definitions, text, self._lang)}"


def _line(item: Field, lang: str) -> str:
    """A line of 100 mm to put a mark on: words beside its ends, and below the marks between them."""
    words = [html.escape(label.get(lang)) for label in item.line]
    steps = len(words) - 1
    half = LINE_MM / TEXT_MM * 100 / (2 * steps)
    side = (100 - half * 2 * steps) / 2
    drawn = "border-bottom: 1px solid #000000;"
    cells = []
    for place in range(2 * steps):
        ticks = "border-left: 1px solid #000000;" if place % 2 == 0 else ""
        ticks += "border-right: 1px solid #000000;" if place == 2 * steps - 1 else ""
        cells.append(f"<td width='{half}%' style='{_BARE}{drawn}{ticks}'>&nbsp;</td>")
    ends = (
        f"<td width='{side}%' align='right' style='{_BARE}'>{words[0]}&nbsp;&nbsp;</td>",
        f"<td width='{side}%' style='{_BARE}'>&nbsp;&nbsp;{words[-1]}</td>",
    )
    empty = f"<td style='{_BARE}'></td>"
    between = "".join(f"<td colspan='2' align='center' style='{_BARE}'>{text}</td>" for text in words[1:-1])
    below = f"<tr>{empty * 2}{between}{empty * 2}</tr>" if between else ""
    return f"<table width='100%' cellspacing='0'><tr>{ends[0]}{''.join(cells)}{ends[1]}</tr>{below}</table>"


def _blank(item: Field, lang: str) -> str:
    """Room for an answer: a cell for each digit that it can have, or a line."""
    if item.type in ("date", "partial_date"):
        return _digits((2, 2, 4), " / ")
    if item.type == "moment":
        return f"{_digits((2, 2, 4), ' / ')} &nbsp; {_digits((2, 2), ' : ')}"
    if item.hard is None:
        return "_" * 60
    whole = max(len(str(int(end))) for end in (item.hard.low, item.hard.high))
    point = "," if lang == "it" else "."
    return _digits((whole, item.decimals), f" {point} ") if item.decimals else _digits((whole,), "")


def _digits(groups: tuple[int, ...], between: str) -> str:
    return between.join(_CELL * count + "|" for count in groups)
