"""The centre's questions as a list: who waits for whom; under it the chosen one, and its answer.

Enter goes to the question in its visit; Tab to the answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from anifro_desktop.thread import ANSWERED, OPEN, Thread
from anifro_desktop.ui import icons, theme
from anifro_desktop.ui.commands import add_key
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.fields import Labelled
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.queries import words
from anifro_desktop.ui.queries.saying import say
from anifro_desktop.ui.queries.thread_card import ThreadCard
from anifro_desktop.ui.rows import Column, Rows
from anifro_desktop.ui.translation import day_time
from anifro_desktop.ui.widgets import Button, Card, ComboBox, Hint, Option, SegmentedChoice

US, CENTRE, SETTLED = "us", "centre", "settled"
_ANY = "*"


@dataclass(frozen=True, slots=True)
class Line:
    """A question of the list. made: its visit or event is here."""

    thread: Thread
    made: bool


class QueriesPage(Page):
    """Reached from today, the page of a patient and Find. subject: list only this patient's at first."""

    entry_wanted = Signal(str, str, str)  # subject, key, field
    patient_wanted = Signal(str)  # subject: of what is not there to be opened
    back_wanted = Signal()

    def __init__(self, desk: Desk, subject: str = "", parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Questions from Pisa"), "", parent)
        self._desk = desk
        self._lines: tuple[Line, ...] = ()
        self._which, self._subject, self._loaded = US, subject or _ANY, False
        self.back = Button(self.tr("Back"), icon=icons.icon("back"))
        self.back.clicked.connect(self.back_wanted)
        add_key(self, "Alt+Left", self.back.click)
        self.header.acts.addWidget(self.back)
        self.body.addLayout(self._filters())
        self.body.addWidget(self._list_card(), 1)
        answers = desk.site.may("investigator", "data_entry")
        self.card = ThreadCard(desk.site.library, answers, go=True)
        self.card.said.connect(self._say)
        self.card.go_wanted.connect(self._go_to)
        self.body.addWidget(self.card)

    def _filters(self) -> QBoxLayout:
        self.which = SegmentedChoice()
        self.which.setAccessibleName(self.tr("Which questions"))
        self.which.chosen.connect(self.show_which)
        self.patient = ComboBox()
        self.patient.picked.connect(self.show_patient)
        wide = theme.scale() <= 1.5
        box = QBoxLayout(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        box.setSpacing(theme.px(16))
        box.addWidget(Labelled(self.tr("Which questions"), self.which))
        box.addWidget(Labelled(self.tr("Patient"), self.patient))
        box.addStretch(1)
        return box

    def _list_card(self) -> Card:
        card = Card()
        card.body.setContentsMargins(1, theme.px(8), 1, theme.px(10))
        self.table = Rows(self.tr("Questions"), self._columns(), stretch=2)
        self.table.opened.connect(lambda line: self._go_to(line.thread))
        self.table.current.connect(self._show_line)
        self.table.setMinimumHeight(theme.px(150))
        self.none = Hint("")
        self.none.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        card.body.addWidget(self.none)
        card.body.addWidget(self.table, 1)
        return card

    def _columns(self) -> tuple[Column, ...]:
        library = self._desk.site.library
        return (
            Column(self.tr("Patient"), lambda one: one.thread.query.subject, 120, strong=True),
            Column(self.tr("Where"), lambda one: words.place(one.thread.query, library), 250),
            Column(self.tr("Question"), lambda one: one.thread.text, 220),
            Column(
                self.tr("State"),
                lambda one: words.state(one.thread)[0],
                150,
                tone=lambda one: words.state(one.thread)[1],
                drop=1,
            ),
            Column(self.tr("Kind"), lambda one: words.kind(one.thread.query), 120, drop=3),
            Column(self.tr("Last word"), _last, 160, drop=2),
        )

    # What it shows

    def first_focus(self) -> None:
        (self.table if self.table.items else self.which).setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        site = self._desk.site

        def read() -> tuple[Line, ...]:
            from anifro_desktop.workflows import queries

            made = {(row.subject, row.key) for row in site.clinical.entries()}
            return tuple(
                Line(one, not one.query.visit or (one.query.subject, one.query.visit) in made)
                for one in queries.threads(site)
            )

        self._desk.run(self, read, self._show)

    def show_which(self, key: str) -> None:
        """List those that wait for us, for Pisa, or the settled ones."""
        self._which = key
        self.which.set_chosen(key)
        self._list()

    def show_patient(self, subject: str) -> None:
        """List those about one patient, or all (`*`)."""
        self._subject = subject
        self.patient.set_chosen(subject)
        self._show_counts()
        self._list()

    def _show(self, lines: Sequence[Line]) -> None:
        first, self._loaded = not self._loaded, True
        self._lines = tuple(lines)
        subjects = dict.fromkeys(sorted(line.thread.query.subject for line in lines))
        if self._subject != _ANY:
            subjects.setdefault(self._subject)
        self.patient.set_options([Option(_ANY, self.tr("all")), *(Option(one, one) for one in subjects)])
        self.patient.set_chosen(self._subject)
        if first:
            counts = self._counts()
            self._which = next((key for key in (US, CENTRE, SETTLED) if counts[key]), US)
        self._show_counts()
        self._list()
        if first:
            self.first_focus()

    def _counts(self) -> Mapping[str, int]:
        own = [line.thread for line in self._of_patient()]
        return {key: sum(_group(one) == key for one in own) for key in (US, CENTRE, SETTLED)}

    def _show_counts(self) -> None:
        counts = self._counts()
        titles = {
            US: self.tr("Waiting for us ({count})"),
            CENTRE: self.tr("Waiting for Pisa ({count})"),
            SETTLED: self.tr("Closed ({count})"),
        }
        self.which.set_options([Option(key, text.format(count=counts[key])) for key, text in titles.items()])
        self.which.set_chosen(self._which)

    def _of_patient(self) -> list[Line]:
        return [line for line in self._lines if self._subject in (_ANY, line.thread.query.subject)]

    def _list(self) -> None:
        rows = [line for line in self._of_patient() if _group(line.thread) == self._which]
        self.table.show_items(rows, key=lambda line: line.thread.query.id)
        self.table.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.none.setText(
            {
                US: self.tr("No question of Pisa waits for an answer."),
                CENTRE: self.tr("No answer waits to be looked at in Pisa."),
                SETTLED: self.tr("No question is closed yet."),
            }[self._which]
        )
        self.header.line.setText(self.tr("%n question(s)", "", len(rows)))
        self._show_line(self.table.item if rows else None)

    def _show_line(self, line: Line | None) -> None:
        self.card.show_thread(None if line is None else line.thread)

    # What is done

    def _say(self, what: str, query: str, text: str) -> None:
        say(self._desk, self.card, what, query, text, self._said)

    def _said(self) -> None:
        self.banner.say(
            self.tr("Noted"), self.tr("It leaves with the next bundle that is sent to Pisa."), tone="success"
        )
        self.refresh()

    def _go_to(self, thread: Thread) -> None:
        query = thread.query
        made = next((line.made for line in self._lines if line.thread.query.id == query.id), False)
        if made:
            self.entry_wanted.emit(query.subject, query.visit, query.field)
        else:
            self.patient_wanted.emit(query.subject)


def _group(thread: Thread) -> str:
    return {OPEN: US, ANSWERED: CENTRE}.get(thread.state, SETTLED)


def _last(line: Any) -> str:
    last = line.thread.last
    return day_time(datetime.fromisoformat(last.at)) if last is not None and last.at else "–"
