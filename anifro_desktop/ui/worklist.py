"""What the lists of patients say of one patient: which visit is next, how urgent it is, the columns of the tables.

Pure reading of `workflows.model.PatientRow`; no widget is made here but the columns that the tables share.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from anifro_desktop.forms.model import Definitions
from anifro_desktop.study.visit_keys import is_event
from anifro_desktop.ui import texts
from anifro_desktop.ui.counted import COUNTED
from anifro_desktop.ui.entry_words import entry_name
from anifro_desktop.ui.rows import Column
from anifro_desktop.ui.words import disease_state, patient_status, visit_name
from anifro_desktop.workflows.model import Due, PatientRow

translate = QCoreApplication.translate

KINDS = ("late", "due", "draft", "coming")
_SOON = 30  # days before its window opens from which a visit is listed among all


def kind(row: PatientRow) -> str:
    """`draft`, `late`, `due`, `coming`, or "" where nothing is expected any more."""
    if row.draft is not None or row.status == "screening":
        return "draft"
    return row.due.state if row.due is not None and row.due.state in KINDS else ""


def visit_key(row: PatientRow) -> str | None:
    """The visit to open next: the draft before the one that is due. Empty for the enrolment, None for nothing."""
    if row.draft is not None:
        return row.draft
    if row.status == "screening":
        return ""
    return row.due.visit if row.due is not None else None


def urgent_first(rows: Sequence[PatientRow], today: date) -> list[PatientRow]:
    """Late (longest first), drafts, due (closing first), then what opens within 30 days."""

    def order(row: PatientRow) -> tuple[int, int, str]:
        what, due = kind(row), row.due
        closes = due.closes.toordinal() if due is not None else 0
        rank = {"late": 0, "draft": 1, "due": 2, "coming": 3}.get(what, 4)
        return rank, -due.days_late if what == "late" and due is not None else closes, row.subject

    return sorted((row for row in rows if kind(row) and not _far(row, today)), key=order)


def _far(row: PatientRow, today: date) -> bool:
    return kind(row) == "coming" and row.due is not None and (row.due.opens - today).days > _SOON


def window_badge(row: PatientRow, today: date) -> str:
    """The short word on the visit's window."""
    what, due = kind(row), row.due
    if what == "draft":
        return _draft_badge(row)
    if due is None or not what:
        return ""
    late, left, ahead = due.days_late, (due.closes - today).days, max((due.opens - today).days, 0)
    if what == "late":
        return COUNTED.days_late(late)
    if what == "due" and left > 0:
        return COUNTED.days_left(left)
    if what == "due":
        return translate("Worklist", "last day")
    return COUNTED.in_days(ahead)


def _draft_badge(row: PatientRow) -> str:
    if row.status == "screening" and not row.draft:
        return patient_status(row.status)
    if not row.draft_total:
        return translate("Worklist", "draft")
    words = translate("Worklist", "draft, {done} of {all}")
    return words.format(done=row.draft_done, all=row.draft_total)


def window_tone(row: PatientRow) -> str:
    """The tone of that word; the word says it, the tone only helps."""
    return {"late": "danger", "due": "accent", "draft": "warning"}.get(kind(row), "neutral")


def window_dates(due: Due | None, today: date) -> str:
    """From when to when, `24 nov – 21 gen 2027`; this year's number is left out."""
    if due is None:
        return ""
    days = (texts.short_date(day).removesuffix(f" {today.year}") for day in (due.opens, due.closes))
    return " – ".join(days)


def shown_name(row: PatientRow, hidden: bool) -> str:
    """The name, or dots while names are hidden."""
    return "• • •" if hidden and row.name else row.name or "–"


def latest_sledai(row: PatientRow) -> str:
    """The last visit's SLEDAI-2K, a question mark where it is unknown, a dash before any visit."""
    if not row.sledai:
        return "–"
    last = row.sledai[-1]
    return "?" if last is None else texts.number(last)


def state_word(row: PatientRow) -> str:
    """DORIS, LLDAS, active, unknown, or a dash before any completed visit."""
    return disease_state(row.doris, row.lldas, bool(row.sledai))[0]


def state_tone(row: PatientRow) -> str:
    """The tone of that word, empty before any completed visit."""
    return disease_state(row.doris, row.lldas, True)[1] if row.sledai else ""


def dose(row: PatientRow) -> str:
    """Prednisone equivalent at the last completed visit, mg a day."""
    return "–" if row.pred_eq is None else f"{texts.number(row.pred_eq, None)} mg"


def code_column() -> Column:
    """The study code."""
    return Column(translate("Worklist", "Study code"), lambda row: row.subject, 122, strong=True)


def name_column(hidden: bool) -> Column:
    """The name, which is on this computer only."""
    return Column(
        translate("Worklist", "Name (this computer only)"), lambda row: shown_name(row, hidden), 150, drop=3
    )


def clinical_columns() -> tuple[Column, ...]:
    """Last state, SLEDAI-2K with its course, prednisone equivalent."""
    return (
        Column(translate("Worklist", "Last state"), state_word, 92, tone=state_tone, drop=2),
        Column(translate("Worklist", "SLEDAI-2K"), latest_sledai, 104, values=lambda row: row.sledai, drop=1),
        Column(translate("Worklist", "Prednisone eq."), dose, 104, drop=4),
    )


def visit_column() -> Column:
    """The visit to open next. Of an event in draft its kind, whose name has room in the next column."""

    def name(row: PatientRow) -> str:
        key = visit_key(row)
        if key is None:
            return "–"
        return translate("Worklist", "Event") if is_event(key) else visit_name(key)

    return Column(translate("Worklist", "Visit"), name, 98)


def window_column(today: date, definitions: Definitions) -> Column:
    """Its window, as a badge and as dates; of an event in draft which it is."""

    def after(row: PatientRow) -> str:
        if row.draft is not None and is_event(row.draft):
            return entry_name(definitions, row.draft)
        return window_dates(row.due, today) if kind(row) in ("due", "coming") else ""

    return Column(
        translate("Worklist", "Window"),
        lambda row: window_badge(row, today),
        334,
        tone=window_tone,
        after=after,
        drop=0,
    )
