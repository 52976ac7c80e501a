"""The page of one patient: the course of the visits at the left, the events at the right, and what can be done.

The cursor stands on what is next: the visit begun and not finished, else the one that is due. Enter opens; a planned
visit is then asked for its date, a missed one whether it was made after all. Reading only: it emits wishes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from anifro_desktop.thread import ANSWERED, OPEN
from anifro_desktop.ui import change_words, icons, texts, theme, worklist
from anifro_desktop.ui.commands import add_key
from anifro_desktop.ui.counted import COUNTED
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.gap_words import gap_words
from anifro_desktop.ui.messages import Dialog
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.patient import columns, mistakes_list
from anifro_desktop.ui.rows import Rows
from anifro_desktop.ui.search import SearchLine
from anifro_desktop.ui.widgets import Banner, Button, Card, Hint, PrimaryButton
from anifro_desktop.ui.widgets.link_row import LinkRow
from anifro_desktop.ui.words import patient_status, sex_and_age, visit_name

if TYPE_CHECKING:
    from anifro_desktop.workflows.timeline import Course, Line

_SEARCHED = 8  # events from which on they can be searched


class PatientPage(Page):
    """subject: whose page. at: the key on which the cursor begins; by default on what is next."""

    entry_wanted = Signal(str, str)  # subject, key of what there is (empty: the enrolment)
    new_visit_wanted = Signal(object)  # the PatientRow
    event_wanted = Signal(str)  # subject: add an event
    missed_wanted = Signal(str, str)  # subject, planned visit: note that it was missed
    gap_wanted = Signal(object)  # a Gap of anifrolumab: say what it is
    twice_wanted = Signal(str)  # subject: this person was enrolled twice
    patient_wanted = Signal(str)  # another subject
    queries_wanted = Signal(str)  # subject: what the centre asks about this patient
    move_wanted = Signal(str)  # subject: hand over to another computer, or change what was said of it
    back_wanted = Signal()

    def __init__(self, desk: Desk, subject: str, at: str = "", parent: QWidget | None = None) -> None:
        super().__init__(subject, "", parent)
        self._desk, self.subject, self._at = desk, subject, at
        self._waiting = True
        self.course: Course | None = None
        self._make_header()
        self.gap = Banner("warning", self)
        self.body.addWidget(self.gap)
        self.asked = LinkRow("", "", "alert", "warning")
        self.asked.clicked.connect(lambda: self.queries_wanted.emit(self.subject))
        self.asked.hide()
        self.body.addWidget(self.asked)
        direction = QBoxLayout.Direction
        beside = QBoxLayout(direction.LeftToRight if theme.scale() <= 1.25 else direction.TopToBottom)
        beside.setSpacing(theme.px(16))
        beside.addWidget(self._visits_card(), 6)
        beside.addWidget(self._events_card(), 5)
        self.body.addLayout(beside, 1)

    # Building

    def _make_header(self) -> None:
        self.back = Button(self.tr("Back"), icon=icons.icon("back"))
        self.back.clicked.connect(self.back_wanted)
        self.add_event = Button(self.tr("Add event"), "Ctrl+E", icons.icon("enrol"))
        self.add_event.clicked.connect(lambda: self.event_wanted.emit(self.subject))
        self.new_visit = PrimaryButton(self.tr("New visit"))
        self.new_visit.setToolTip("Ctrl+Shift+N")
        self.new_visit.clicked.connect(self._new_visit)
        self.more = Button(self.tr("More"), icon=icons.icon("menu"))
        self.menu = QMenu(self)
        self.menu.setAccessibleName(self.tr("More"))
        for words, act in (
            (self.tr("Medical history"), lambda: self.entry_wanted.emit(self.subject, "history")),
            (self.tr("Enrolment and identity"), lambda: self.entry_wanted.emit(self.subject, "")),
            (self.tr("Questions from Pisa"), lambda: self.queries_wanted.emit(self.subject)),
            (self.tr("What was entered by mistake…"), self._show_mistakes),
            (self.tr("This person was enrolled twice…"), lambda: self.twice_wanted.emit(self.subject)),
            (self.tr("Move to another computer…"), lambda: self.move_wanted.emit(self.subject)),
        ):
            self.menu.addAction(words).triggered.connect(lambda _=False, act=act: act())
        self.more.setMenu(self.menu)
        for button in (self.back, self.more, self.add_event, self.new_visit):
            self.header.acts.addWidget(button)
        add_key(self, "Ctrl+E", self.add_event.click)
        add_key(self, "Ctrl+Shift+N", self.new_visit.click)
        add_key(self, "Alt+Left", self.back.click)

    def _visits_card(self) -> Card:
        card = Card(self.tr("Visits"))
        card.body.setContentsMargins(1, theme.px(12), 1, theme.px(10))
        card.heading.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        self.visits = Rows(
            self.tr("Visits of this patient"), columns.visit_columns(self._is_changed), stretch=2
        )
        self.visits.current.connect(lambda line: self._say_changed(line, self.visits_changed))
        self.visits_changed: Hint = Hint()
        self.visits_changed.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        self.visits_changed.hide()
        self.visits.opened.connect(self._open_line)
        self.visits.setMinimumHeight(theme.px(230))
        add_key(self.visits, "M", self._note_missed, alone=True)
        add_key(self.visits, "G", self._account_for, alone=True)
        card.body.addWidget(self.visits, 1)
        card.body.addWidget(self.visits_changed)
        return card

    def _events_card(self) -> Card:
        card = Card(self.tr("Events"))
        card.body.setContentsMargins(1, theme.px(12), 1, theme.px(10))
        card.heading.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        self.search = SearchLine(24)
        self.search.setPlaceholderText(self.tr("Kind, words, date or number"))
        self.search.setAccessibleName(self.tr("Find among the events"))
        self.search.textChanged.connect(lambda _text: self._list_events())
        self.search.down.connect(self._to_events)
        holder = QWidget()
        line = QBoxLayout(QBoxLayout.Direction.LeftToRight, holder)
        line.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        line.addWidget(self.search)
        self._searching = holder
        self._searching.hide()
        definitions = self._desk.site.definitions
        self.events = Rows(
            self.tr("Events of this patient"), columns.event_columns(definitions, self._is_changed), stretch=1
        )
        self.events.current.connect(lambda row: self._say_changed(row, self.events_changed))
        self.events_changed: Hint = Hint()
        self.events_changed.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        self.events_changed.hide()
        self.events.opened.connect(lambda row: self.entry_wanted.emit(self.subject, row.key))
        self.events.setMinimumHeight(theme.px(200))
        self.none = Hint(
            self.tr("No event yet. Ctrl+E adds one: an adverse event, a dose, a stay in hospital…")
        )
        self.none.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        self.none.hide()
        card.body.addWidget(holder)
        card.body.addWidget(self.none)
        card.body.addWidget(self.events, 1)
        card.body.addWidget(self.events_changed)
        return card

    # What it shows

    def refresh(self) -> None:
        site, subject = self._desk.site, self.subject

        def read() -> Course:
            from anifro_desktop.workflows import timeline

            return timeline.course(site, subject)

        def count() -> Any:
            from anifro_desktop.workflows import queries

            return queries.counts(site, subject)

        self._desk.run(self, read, self._show)
        self._desk.run(self, count, self._show_asked)

    def _show_asked(self, counts: Any) -> None:
        """What the centre asks about this patient, while something of it is not settled."""
        ours, theirs = counts[OPEN], counts[ANSWERED]
        self.asked.setVisible(bool(ours or theirs))
        words = self.tr("waiting for us: {ours} · waiting for Pisa: {theirs}").format(
            ours=ours, theirs=theirs
        )
        self.asked.set_words(COUNTED.questions_of_pisa(ours + theirs), words)

    def first_focus(self) -> None:
        self.visits.setFocus()

    def _show(self, course: Course) -> None:
        self.course = course
        row = course.row
        name = worklist.shown_name(row, self._desk.preferences.hide_names)
        parts = (name, sex_and_age(row.sex, row.age), patient_status(row.status))
        self.header.line.setText(" · ".join(part for part in parts if part))
        self.visits.show_items(course.lines, key=lambda line: (line.key, line.made))
        self._list_events()
        self._searching.setVisible(len(course.events) > _SEARCHED)
        self.none.setVisible(not course.events)
        self._say_end(course)
        self._say_gap(course)
        if self._waiting:
            self._waiting = False
            self._put_cursor(course)

    def _is_changed(self, key: str) -> bool:
        return self.course is not None and key in self.course.changes

    def _say_changed(self, item: Any, hint: Hint) -> None:
        """Under the list, what of the chosen line differs from what was signed: old and new."""
        changes = (
            self.course.changes.get(item.key, ()) if self.course is not None and item is not None else ()
        )
        hint.setVisible(bool(changes))
        if changes:
            words = self.tr("Changed since it was signed: {changes}.")
            hint.setText(words.format(changes=change_words.in_a_line(changes)))

    def _to_events(self) -> None:
        self.events.setFocus()

    def _list_events(self) -> None:
        if self.course is not None:
            definitions, typed = self._desk.site.definitions, self.search.text()
            rows = [row for row in self.course.events if columns.matches(row, definitions, typed)]
            self.events.show_items(rows, key=lambda row: row.key)

    def _say_end(self, course: Course) -> None:
        """Why nothing more can be entered, where that is so."""
        row, on = course.row, "–" if course.row.ended is None else texts.full_date(course.row.ended)
        if row.status == "withdrawn":
            words = self.tr("Consent withdrawn on {date}").format(date=on)
            self.banner.say(words, self.tr("Nothing of a later day can be entered."), tone="warning")
        elif row.status == "dead":
            words = self.tr("Died on {date}").format(date=on)
            self.banner.say(words, self.tr("Nothing of a later day can be entered."), tone="warning")
        elif row.status == "joined":
            kept = row.goes_on_as
            go = (self.tr("Open {subject}").format(subject=kept), lambda: self.patient_wanted.emit(kept))
            words = self.tr("Enrolled twice: this patient goes on as {subject}").format(subject=kept)
            self.banner.say(words, self.tr("Nothing more is entered under this code."), (go,), "warning")
        elif row.status == "moved":
            act = (self.tr("Change this…"), lambda: self.move_wanted.emit(self.subject))
            words = self.tr("This patient goes on at {other}").format(other=row.moved_to)
            self.banner.say(words, self.tr("Here the record is only read."), (act,), "info")
        self.new_visit.setEnabled(row.status not in ("screening", "screening_failure", "joined", "moved"))
        self.add_event.setEnabled(self.new_visit.isEnabled())

    def _say_gap(self, course: Course) -> None:
        """Ask what a gap of anifrolumab is, while there is one."""
        gap = course.gap
        if gap is None:
            self.gap.hide()
            return
        act = self.tr("Go on with it (G)") if gap.key else self.tr("Record it (G)")
        self.gap.say(
            COUNTED.days_without_dose(gap.days), gap_words(gap), ((act, self._account_for),), "warning"
        )

    def _put_cursor(self, course: Course) -> None:
        keys = [row.key for row in course.events]
        if self._at in keys:
            self.events.selectRow(keys.index(self._at))
            self.events.setFocus()
            return
        at = _place(course.lines, self._at)
        self.visits.selectRow(at)
        self.visits.setFocus()

    # What is wished

    def _new_visit(self) -> None:
        if self.course is not None:
            self.new_visit_wanted.emit(self.course.row)

    def _open_line(self, line: Line) -> None:
        if line.made or line.state == "none":
            self.entry_wanted.emit(self.subject, line.key)
        elif line.state in ("missed", "excused"):
            self._ask_missed(line)
        else:
            self._new_visit()

    def _ask_missed(self, line: Line) -> None:
        name = visit_name(line.key)
        dialog = Dialog(
            self.tr("{visit} was not made in its window").format(visit=name),
            self.tr(
                "If it was made and not entered yet, enter it with its date. If it was not made, note it as missed, "
                "with the reason."
            ),
            self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.add_act(self.tr("Go back"))
        dialog.add_act(self.tr("Enter a visit"), self._new_visit)
        if line.state == "missed":
            dialog.add_act(self.tr("Note it as missed"), lambda: self._missed(line.key), main=True).setFocus()
        dialog.open()

    def _note_missed(self) -> None:
        """One key on a planned visit that nobody made."""
        line = self.visits.item
        if line is not None and line.state in ("missed", "overdue"):
            self._missed(line.key)

    def _account_for(self) -> None:
        """One key, or one click, on what is asked of a gap."""
        if self.course is not None and self.course.gap is not None:
            self.gap_wanted.emit(self.course.gap)

    def _missed(self, key: str) -> None:
        self.missed_wanted.emit(self.subject, key)

    def _show_mistakes(self) -> None:
        mistakes_list.show(
            self._desk, self.subject, lambda key: self.entry_wanted.emit(self.subject, key), self
        )


def _place(lines: Sequence[Line], key: str) -> int:
    """The place of a key, that of what there is before that of the planned visit it missed; else of what is next."""
    found = [place for place, line in enumerate(lines) if key and line.key == key]
    made = [place for place in found if lines[place].made]
    return next(iter((*made, *found)), _next(lines))


def _next(lines: Sequence[Line]) -> int:
    """The place of what is next: what was begun, else what is due, else the last visit made."""
    for states in (("draft", "amending"), ("due", "overdue"), ("coming",)):
        for place, line in enumerate(lines):
            if line.state in states:
                return place
    return max((place for place, line in enumerate(lines) if line.made), default=0)
