"""What the two tables of a patient's page say: the visits with their state and results, the events with theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from anifro_desktop.forms.model import Definitions
from anifro_desktop.ui import texts
from anifro_desktop.ui.entry_words import form_name
from anifro_desktop.ui.rows import Column
from anifro_desktop.ui.words import disease_state, state_tone, visit_name, visit_state

if TYPE_CHECKING:
    from anifro_desktop.workflows.events import EventRow
    from anifro_desktop.workflows.timeline import Line

translate = QCoreApplication.translate


def visit_columns(changed: Callable[[str], bool]) -> tuple[Column, ...]:
    """Name, date, state with the window where it matters, and the results kept with a visit. changed: whether what
    stands under a key differs from what was signed there."""

    def state(line: Line) -> str:
        return "changed" if line.state == "complete" and changed(line.key) else line.state

    return (
        Column(translate("Patient", "Visit"), lambda line: visit_name(line.key), 140, strong=True),
        Column(translate("Patient", "Date"), _date, 104, drop=1),
        Column(
            translate("Patient", "State"),
            lambda line: visit_state(state(line)),
            232,
            tone=lambda line: state_tone(state(line)),
            after=window_words,
        ),
        Column(translate("Patient", "SLEDAI-2K"), _sledai, 104, drop=3),
        Column(translate("Patient", "Disease"), _disease, 92, tone=_disease_tone, drop=2),
        Column(translate("Patient", "Prednisone eq."), _dose, 106, drop=4),
    )


def event_columns(definitions: Definitions, changed: Callable[[str], bool]) -> tuple[Column, ...]:
    """Kind, what it is called, when it began, state, key. changed: as for `visit_columns`."""

    def kind(row: EventRow) -> str:
        return form_name(definitions.form(row.form))

    def state(row: EventRow) -> str:
        return "changed" if row.state == "complete" and changed(row.key) else row.state

    return (
        Column(translate("Patient", "Event"), kind, 180, strong=True),
        Column(translate("Patient", "What"), lambda row: row.title.get(texts.language()) or "–", 130, drop=1),
        Column(translate("Patient", "Began"), lambda row: row.began or "–", 110),
        Column(
            translate("Patient", "State"),
            lambda row: visit_state(state(row)),
            130,
            tone=lambda row: state_tone(state(row)),
        ),
        Column(translate("Patient", "Number"), lambda row: row.key, 76, drop=2),
    )


def window_words(line: Line) -> str:
    """Until when a planned visit can be made; of a visit that was made, whether it lies outside its window."""
    if line.made:
        return translate("Patient", "out of window") if line.in_window is False else ""
    if line.window is None:
        return ""
    day, words = line.window.closes, translate("Patient", "until {date}")
    if line.state == "coming":
        day, words = line.window.opens, translate("Patient", "from {date}")
    elif line.state in ("missed", "excused"):
        words = translate("Patient", "closed {date}")
    return words.format(date=texts.full_date(day))


def matches(row: EventRow, definitions: Definitions, typed: str) -> bool:
    """Whether every word typed occurs in an event's kind, title, date or number."""
    label = definitions.form(row.form).label
    hay = f"{label.it} {label.en} {row.title.it} {row.title.en} {row.began} {row.key}".casefold()
    return all(word in hay for word in typed.casefold().split())


def _date(line: Line) -> str:
    return "–" if line.on is None else texts.full_date(line.on)


def _sledai(line: Line) -> str:
    if not line.scored:
        return "–"
    return "?" if line.sledai is None else texts.number(line.sledai)


def _disease(line: Line) -> str:
    return disease_state(line.doris, line.lldas, line.scored)[0]


def _disease_tone(line: Line) -> str:
    return disease_state(line.doris, line.lldas, True)[1] if line.scored else ""


def _dose(line: Line) -> str:
    if not line.scored:
        return "–"
    return "?" if line.pred_eq is None else f"{texts.number(line.pred_eq)} mg"
