"""Today: who is late, who is due, what is a draft, what waits to be told or sent.

Arrows and Enter open the visit due; P opens the patient's page, M notes a visit as missed, G records what a gap of
anifrolumab is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from anifro_desktop.ui import icons, theme, worklist
from anifro_desktop.ui.commands import add_key
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.rows import Rows
from anifro_desktop.ui.today_side import (
    BackupCare,
    EnrolmentCard,
    FromPisa,
    FromPisaCard,
    GapCard,
    KeysCard,
    MissedCard,
    QueriesCard,
    Safeguards,
    SafetyCard,
    SendingCard,
)
from anifro_desktop.ui.widgets import (
    Button,
    Card,
    Heading,
    Option,
    PrimaryButton,
    SegmentedChoice,
    Text,
)
from anifro_desktop.workflows.model import PatientRow

if TYPE_CHECKING:
    from anifro_desktop.workflows.site import Site

_CARDS = 290  # width of the cards at the right, logical pixels at 100 %


class TodayPage(Page):
    """The first page of the day."""

    patient_wanted = Signal(object)  # a PatientRow: open what is next for this patient
    page_wanted = Signal(str)  # subject: open this patient's page
    entry_wanted = Signal(str, str)  # subject, key of an event
    missed_wanted = Signal(str, str)  # subject, planned visit: note that it was missed
    gap_wanted = Signal(object)  # a Gap of anifrolumab: say what it is
    enrol_wanted = Signal()
    find_wanted = Signal()
    send_wanted = Signal()
    query_wanted = Signal(str, str, str)  # subject, key, field: a question of the centre waits there
    queries_wanted = Signal()
    sheet_wanted = Signal()
    people_wanted = Signal()
    backup_wanted = Signal(str)  # what for: `second` or `drill`
    settings_wanted = Signal(str)  # the card there: `keys` or `forms`

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Today"), f"{desk.site.code} · {desk.site.name}", parent)
        self._desk = desk
        self._rows: Sequence[PatientRow] = ()
        self._gaps: dict[str, Any] = {}
        self._filter = "all"
        self._loaded = False
        self.find_button = Button(self.tr("Find"), "Ctrl+K", icons.icon("search"))
        self.find_button.clicked.connect(self.find_wanted)
        self.enrol = PrimaryButton(self.tr("Enrol patient"), icon=icons.icon("enrol", "on_accent"))
        self.enrol.clicked.connect(self.enrol_wanted)
        self.header.acts.addWidget(self.find_button)
        self.header.acts.addWidget(self.enrol)
        columns = QBoxLayout(
            QBoxLayout.Direction.LeftToRight if theme.scale() <= 1.5 else QBoxLayout.Direction.TopToBottom
        )
        columns.setSpacing(theme.px(16))
        columns.addWidget(self._list_card(), 1)
        columns.addLayout(self._side())
        self.body.addLayout(columns, 1)

    def _list_card(self) -> Card:
        card = Card()
        card.body.setContentsMargins(1, theme.px(10), 1, theme.px(10))
        self.filters = SegmentedChoice()
        self.filters.setAccessibleName(self.tr("Which visits to list"))
        self.filters.chosen.connect(self.show_only)
        self.names = Button(icon=icons.icon("visible"))
        self.names.clicked.connect(self._toggle_names)
        top = QHBoxLayout()
        top.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        top.setSpacing(theme.px(8))
        self.open = Button(self.tr("Patient"), "P")
        self.open.setAccessibleName(self.tr("Open the page of this patient"))
        self.open.clicked.connect(self._open_page)
        top.addWidget(self.filters, 1)
        top.addWidget(self.open, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.names, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(top)
        today, hidden = self._desk.site.today(), self._desk.preferences.hide_names
        self.names.setText(self.tr("Show names") if hidden else self.tr("Hide names"))
        self.names.setIcon(icons.icon("hidden" if hidden else "visible"))
        self.table = Rows(
            self.tr("Visits"),
            (
                worklist.code_column(),
                worklist.name_column(hidden),
                worklist.visit_column(),
                worklist.window_column(today, self._desk.site.definitions),
                *worklist.clinical_columns(),
            ),
            stretch=1,
        )
        self.table.setMinimumHeight(theme.px(240))
        self.table.opened.connect(self.patient_wanted)
        add_key(self.table, "P", self._open_page, alone=True)
        add_key(self.table, "M", self._note_missed, alone=True)
        add_key(self.table, "G", self._account_for, alone=True)
        self.empty = self._empty_state()
        self._both = QStackedWidget()
        self._both.addWidget(self.table)
        self._both.addWidget(self.empty)
        card.body.addWidget(self._both, 1)
        return card

    def _empty_state(self) -> QWidget:
        empty = QWidget()
        self.empty_title = Heading("", 2)
        self.empty_text = Text("", ink="muted")
        box = QVBoxLayout(empty)
        box.setContentsMargins(theme.px(24), theme.px(24), theme.px(24), theme.px(24))
        box.addWidget(self.empty_title)
        box.addWidget(self.empty_text)
        self.empty_act = PrimaryButton(self.tr("Enrol the first patient"))
        self.empty_act.clicked.connect(self.enrol_wanted)
        box.addWidget(self.empty_act, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch(1)
        return empty

    def _side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(theme.px(14))
        definitions = self._desk.site.definitions
        self.safety = SafetyCard(definitions)
        self.safety.entry_wanted.connect(self.entry_wanted)
        self.gaps = GapCard()
        self.gaps.gap_wanted.connect(self.gap_wanted)
        self.queries = QueriesCard(self._desk.site.library)
        self.queries.query_wanted.connect(self.query_wanted)
        self.queries.all_wanted.connect(self.queries_wanted)
        self.missed = MissedCard()
        self.missed.missed_wanted.connect(self.missed_wanted)
        self.keys = KeysCard()
        self.keys.sheet_wanted.connect(self.sheet_wanted)
        self.keys.people_wanted.connect(self.people_wanted)
        self.backups = BackupCare()
        self.backups.backup_wanted.connect(self.backup_wanted)
        self.pisa = FromPisaCard()
        self.pisa.card_wanted.connect(self.settings_wanted)
        self.sending = SendingCard()
        self.sending.prepare.clicked.connect(self.send_wanted)
        self.enrolment = EnrolmentCard()
        asking = (self.safety, self.queries, self.gaps, self.missed, self.pisa, self.keys, self.backups)
        for card in (*asking, self.sending, self.enrolment):
            if theme.scale() <= 1.5:
                card.setFixedWidth(theme.px(_CARDS))
            side.addWidget(card)
        side.addStretch(1)
        return side

    def first_focus(self) -> None:
        if self.table.items:
            self.table.setFocus()
        elif self.empty_act.isVisible():
            self.empty_act.setFocus()
        else:
            self.enrol.setFocus()

    def refresh(self) -> None:
        site = self._desk.site

        def read() -> tuple[Any, ...]:
            from anifro_desktop.workflows import backups, gaps, patients, queries, safety, sending, timeline

            keys = _safeguards(site) if site.may("site_admin") else None
            rows = patients.patients(site)
            lists = (rows, patients.event_drafts(site, rows), sending.preview(site), sending.sent(site))
            tasks = (safety.safety_clocks(site), timeline.missed_visits(site), gaps.gaps(site))
            asked = queries.threads(site, unsettled=True)
            return (*lists, *tasks, keys, backups.upkeep(site), asked, _from_pisa(site))

        self._desk.run(self, read, lambda answer: self._show(*answer))

    def _show(
        self,
        rows: Sequence[PatientRow],
        event_drafts: Sequence[PatientRow],
        preview: Any,
        sent: Sequence[Any],
        clocks: Sequence[Any],
        missed: Sequence[Any],
        gaps: Sequence[Any],
        keys: Safeguards | None,
        upkeep: Any,
        asked: Sequence[Any],
        pisa: FromPisa,
    ) -> None:
        waiting = not self._loaded and (self.enrol.hasFocus() or self.window().focusWidget() is None)
        self._rows, self._loaded = (*rows, *event_drafts), True
        self._show_filters()
        self._list()
        if waiting:
            self.first_focus()
        self.safety.show_clocks(clocks, self._desk.site.clock.now())
        self._gaps = {gap.subject: gap for gap in gaps}
        self.gaps.show_gaps(gaps)
        self.queries.show_threads(asked)
        self.missed.show_missed(missed)
        self.keys.show_safeguards(keys)
        self.backups.show_upkeep(upkeep)
        self.pisa.show_waiting(pisa)
        self.sending.show_waiting(preview, sent)
        self.enrolment.show_rows(rows)

    def _show_filters(self) -> None:
        counts = {one: sum(worklist.kind(row) == one for row in self._rows) for one in worklist.KINDS}
        words = {
            "late": self.tr("Late"),
            "due": self.tr("Due"),
            "draft": self.tr("Drafts"),
            "coming": self.tr("On schedule"),
        }
        options = [Option("all", self.tr("To do"))]
        options += [Option(one, f"{words[one]} {counts[one]}") for one in worklist.KINDS]
        had_focus = any(segment.hasFocus() for segment in self.filters.segments)
        self.filters.set_options(options)
        self.filters.set_chosen(self._filter)
        if had_focus:
            self.filters.setFocus()

    def show_only(self, kind: str) -> None:
        """List all that is to do, or one kind of it."""
        self._filter = kind
        self.filters.set_chosen(kind)
        self._list()

    def _list(self) -> None:
        today = self._desk.site.today()
        if self._filter == "all":
            rows = worklist.urgent_first(self._rows, today)
        else:
            rows = [row for row in self._rows if worklist.kind(row) == self._filter]
            rows.sort(key=lambda row: (row.due.closes if row.due else today, row.subject))
        self.table.show_items(rows, key=lambda row: (row.subject, row.draft or ""))
        self._both.setCurrentWidget(self.table if rows else self.empty)
        if not rows:
            self._say_empty()

    def _say_empty(self) -> None:
        nobody = not self._rows
        self.empty_act.setVisible(nobody)
        if nobody:
            self.empty_title.setText(self.tr("No patients yet"))
            self.empty_text.setText(
                self.tr(
                    "Enrol the first patient: consent first, then eligibility, then the name, which stays here."
                )
            )
        elif self._filter == "all":
            self.empty_title.setText(self.tr("Nothing is due"))
            self.empty_text.setText(
                self.tr("No visit is late, due or in draft. All patients are under Patients (Alt+2).")
            )
        else:
            self.empty_title.setText(self.tr("None of this kind"))
            self.empty_text.setText(self.tr("Choose “To do” to see the other visits."))

    def _open_page(self) -> None:
        if self.table.item is not None:
            self.page_wanted.emit(self.table.item.subject)

    def _note_missed(self) -> None:
        """One key on a visit whose window closed without it."""
        row = self.table.item
        if row is not None and row.due is not None and row.due.state == "late":
            self.missed_wanted.emit(row.subject, row.due.visit)

    def _account_for(self) -> None:
        """One key on a patient long without anifrolumab."""
        row = self.table.item
        if row is not None and row.subject in self._gaps:
            self.gap_wanted.emit(self._gaps[row.subject])

    def _toggle_names(self) -> None:
        from dataclasses import replace

        wanted = replace(self._desk.preferences, hide_names=not self._desk.preferences.hide_names)
        self._desk.preferences_wanted.emit(wanted)


def _from_pisa(site: Site) -> FromPisa:
    from anifro_desktop.workflows import centre_keys, new_forms

    return FromPisa(new_forms.waiting_id(site), centre_keys.state(site).waiting)


def _safeguards(site: Site) -> Safeguards:
    from anifro_desktop.workflows import people, recovery

    here = [one for one in people.members(site) if one.state == "active" and "site_admin" in one.person.roles]
    return Safeguards(recovery.standing(site), len(here))
