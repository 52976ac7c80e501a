"""The cards beside the list of today: what has to be told and by when, gaps of anifrolumab, missed visits, what helps
where a passphrase is lost, backups, what came from Pisa, what waits to be sent, enrolment.

The first six are there only while they have something to say; each of their lines leads to its work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from anifro_desktop.forms.library import Library
from anifro_desktop.forms.model import Definitions
from anifro_desktop.thread import ANSWERED, OPEN, Thread
from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.counted import COUNTED
from anifro_desktop.ui.entry_words import entry_name
from anifro_desktop.ui.gap_words import gap_words
from anifro_desktop.ui.translation import day_time
from anifro_desktop.ui.widgets import Button, Card, Heading, Hint, Text
from anifro_desktop.ui.widgets.link_row import LinkRow
from anifro_desktop.ui.words import bundle_state, visit_name
from anifro_desktop.workflows.model import PatientRow

if TYPE_CHECKING:
    from anifro_desktop.workflows.backups import Upkeep
    from anifro_desktop.workflows.gaps import Gap
    from anifro_desktop.workflows.recovery import Standing
    from anifro_desktop.workflows.safety import Clock
    from anifro_desktop.workflows.timeline import Missed

_MOST = 3  # lines of a card
SAE = "sae"


class _LinesCard(Card):
    """A card of lines that lead somewhere; hidden while there is none."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._title = title
        self.lines: list[LinkRow] = []
        self._box = QVBoxLayout()
        self._box.setSpacing(theme.px(2))
        self._more = Hint("", self)
        self.body.addLayout(self._box)
        self.body.addWidget(self._more)
        self.hide()

    def _clear(self) -> None:
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = []

    def _add(self, line: LinkRow) -> None:
        self.lines.append(line)
        self._box.addWidget(line)

    def _show_count(self, count: int) -> None:
        self.set_title(f"{self._title} ({count})")
        left = count - len(self.lines)
        self._more.setText(COUNTED.more_of_these(left))
        self._more.setVisible(left > 0)
        self.setVisible(count > 0)


@dataclass(frozen=True, slots=True)
class Safeguards:
    """What helps where a passphrase is lost: the recovery sheet, and how many administrators can unlock."""

    sheet: Standing
    administrators: int


class KeysCard(_LinesCard):
    """What there is to do for a site administrator so that a lost passphrase is no disaster: the recovery sheet until
    one is printed and was read back, and another administrator until there is one."""

    sheet_wanted = Signal()
    people_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._title = self.tr("For the administrator")

    def show_safeguards(self, known: Safeguards | None) -> None:
        """List what is missing. None: the person is no administrator."""
        self._clear()
        if known is not None:
            self._ask_for_sheet(known.sheet)
            if known.administrators == 1:
                self._ask_for_another()
        self._show_count(len(self.lines))

    def _ask_for_sheet(self, standing: Standing) -> None:
        if standing.kept and not standing.unseen:
            return
        line = LinkRow(self.tr("Print the recovery sheet"), self._why(standing), "keys", "warning")
        line.clicked.connect(self.sheet_wanted)
        self._add(line)

    def _why(self, standing: Standing) -> str:
        """What is missing about the sheet."""
        if not standing.number:
            return self.tr("Without one, a forgotten passphrase may lose what was not yet sent.")
        if standing.unseen > standing.number:
            return self.tr(
                "Sheet {unseen} was made and never checked on paper: sheet {number} still opens this site."
            ).format(unseen=standing.unseen, number=standing.number)
        return self.tr("Sheet {number} was made but not checked, or it was used.").format(
            number=standing.number
        )

    def _ask_for_another(self) -> None:
        words = self.tr(
            "If that passphrase is lost, only the recovery sheet helps. Give another person the role."
        )
        line = LinkRow(self.tr("There is only one administrator"), words, "alert", "warning")
        line.clicked.connect(self.people_wanted)
        self._add(line)


class BackupCare(_LinesCard):
    """Backups, for a site administrator: a second place that is missing, and the trial of each month."""

    backup_wanted = Signal(str)  # what for: `second` or `drill`

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._title = self.tr("Backups")

    def show_upkeep(self, upkeep: Upkeep) -> None:
        """List what there is to see to."""
        self._clear()
        if upkeep.second:
            words = self.tr("A fault or the theft of this computer would take the data and all backups.")
            self._lead("second", self.tr("Choose a second place"), words)
        if upkeep.drill:
            words = self.tr("None was tried for a month. Trying one takes a minute.")
            self._lead("drill", self.tr("Try the newest backup"), words)
        self._show_count(len(self.lines))

    def _lead(self, to: str, title: str, words: str) -> None:
        line = LinkRow(title, words, "alert", "warning")
        line.clicked.connect(lambda: self.backup_wanted.emit(to))
        self._add(line)


class SafetyCard(_LinesCard):
    """Adverse events that somebody has to be told of, the soonest first."""

    entry_wanted = Signal(str, str)  # subject, key of the event

    def __init__(self, definitions: Definitions, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._title = self.tr("To tell in time")
        self._definitions = definitions

    def show_clocks(self, clocks: Sequence[Clock], now: datetime) -> None:
        """List those that run: nobody was told yet."""
        self._clear()
        running = [clock for clock in clocks if not clock.sent]
        for clock in running[:_MOST]:
            tone = "danger" if clock.overdue else "warning"
            title = f"{clock.subject} · {entry_name(self._definitions, clock.key)}"
            line = LinkRow(title, self._words(clock, now), "alert", tone)
            line.clicked.connect(lambda _=False, one=clock: self.entry_wanted.emit(one.subject, one.key))
            self._add(line)
        self._show_count(len(running))

    def _words(self, clock: Clock, now: datetime) -> str:
        if clock.due is None:
            return self.tr("Serious: say when it became known, so that the time to tell it can be reckoned.")
        whom = (
            self.tr("Study centre, by {time}: {left}.")
            if clock.what == SAE
            else self.tr("If the drug is suspected, drug authority, by {time}: {left}.")
        )
        hours = round((clock.due - now).total_seconds() / 3600)
        left = self.tr("overdue") if clock.overdue else COUNTED.hours_left(max(hours, 0))
        return whom.format(time=f"{clock.due:%d/%m/%Y %H:%M}", left=left)


class GapCard(_LinesCard):
    """Patients long without a dose of anifrolumab, until the site has said what the gap is."""

    gap_wanted = Signal(object)  # the Gap

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._title = self.tr("Anifrolumab not given")

    def show_gaps(self, gaps: Sequence[Gap]) -> None:
        """List them, the longest first."""
        self._clear()
        for one in gaps[:_MOST]:
            title = f"{one.subject} · {COUNTED.days_without_dose(one.days)}"
            line = LinkRow(title, gap_words(one), "alert", "warning")
            line.clicked.connect(lambda _=False, one=one: self.gap_wanted.emit(one))
            self._add(line)
        self._show_count(len(gaps))


class MissedCard(_LinesCard):
    """Planned visits whose window closed without them, until the reason is noted."""

    missed_wanted = Signal(str, str)  # subject, planned visit

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._title = self.tr("Missed visits")

    def show_missed(self, missed: Sequence[Missed]) -> None:
        """List them, the latest first."""
        self._clear()
        for one in missed[:_MOST]:
            words = self.tr("Window closed {date}. Note why it was missed.").format(
                date=texts.full_date(one.closed)
            )
            line = LinkRow(f"{one.subject} · {visit_name(one.key)}", words, "today", "warning")
            line.clicked.connect(lambda _=False, one=one: self.missed_wanted.emit(one.subject, one.key))
            self._add(line)
        self._show_count(len(missed))


class QueriesCard(_LinesCard):
    """Questions of the centre that wait for an answer."""

    query_wanted = Signal(str, str, str)  # subject, key, field
    all_wanted = Signal()

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._title = self.tr("Questions from Pisa")
        self._library = library
        self.all = Button(self.tr("All questions"))
        self.all.clicked.connect(self.all_wanted)
        self.body.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)

    def show_threads(self, threads: Sequence[Thread]) -> None:
        """List those that wait for us; shown also while some wait for Pisa."""
        from anifro_desktop.ui.queries import words

        self._clear()
        ours = [one for one in threads if one.state == OPEN]
        for one in ours[:_MOST]:
            query = one.query
            title = f"{query.subject} · {words.place(query, self._library)}"
            line = LinkRow(title, one.text, "alert", "warning")
            line.clicked.connect(
                lambda _=False, query=query: self.query_wanted.emit(query.subject, query.visit, query.field)
            )
            self._add(line)
        self._show_count(len(ours))
        waiting = sum(one.state == ANSWERED for one in threads)
        if waiting:
            self._more.setText(self.tr("%n answered, waiting for Pisa", "", waiting))
            self._more.show()
            self.show()


@dataclass(frozen=True, slots=True)
class FromPisa:
    """What came from the centre and waits to be used: the id of a version of the forms, the fingerprint of a root."""

    forms: str
    root: str


class FromPisaCard(_LinesCard):
    """What came from Pisa and waits for a site administrator; everybody sees it."""

    card_wanted = Signal(str)  # a card of the settings: `keys` or `forms`

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._title = self.tr("Come from Pisa")

    def show_waiting(self, found: FromPisa) -> None:
        """List it."""
        self._clear()
        if found.root:
            words = self.tr(
                "A site administrator compares its fingerprint by telephone; until then Pisa's new answers cannot be "
                "read."
            )
            self._lead("keys", self.tr("A new root of Pisa's keys waits"), words)
        if found.forms:
            title = self.tr("Version {id} of the forms waits").format(id=found.forms)
            words = self.tr("See what it changes; a site administrator puts it into use.")
            self._lead("forms", title, words)
        self._show_count(len(self.lines))

    def _lead(self, to: str, title: str, words: str) -> None:
        line = LinkRow(title, words, "alert", "warning")
        line.clicked.connect(lambda: self.card_wanted.emit(to))
        self._add(line)


class SendingCard(Card):
    """How much waits to be sent, and what became of the last bundle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("To send to Pisa"))
        self._said = 0
        self.figure = Heading("0", 1)
        self.figure.setFont(theme.font("figure"))
        self.figure.setWordWrap(False)
        self.waiting = Text("", ink="muted")
        line = QHBoxLayout()
        line.setSpacing(theme.px(10))
        line.addWidget(self.figure)
        line.addWidget(self.waiting, 1, Qt.AlignmentFlag.AlignBottom)
        self.last = Hint()
        self.prepare = Button(self.tr("Look at what would leave"))
        self.body.addLayout(line)
        self.body.addWidget(self.last)
        self.body.addWidget(self.prepare, 0, Qt.AlignmentFlag.AlignLeft)

    def show_waiting(self, preview: Any, sent: Sequence[Any]) -> None:
        """Count what the next bundle would hold."""
        records = sum(len(one.records) for one in preview.leaving)
        self._said = preview.answers + preview.marks
        self.figure.setText(str(records))
        self.waiting.setText(
            self.tr("records of %n patient(s)", "", len(preview.leaving))
            if records
            else self.tr("records: nothing new is signed")
        )
        self.last.setText(self._last_words(preview, sent))

    def _last_words(self, preview: Any, sent: Sequence[Any]) -> str:
        words = []
        if self._said:
            words.append(self.tr("%n answer(s) and mark(s) beside them.", "", self._said))
        held = len({(one.subject, one.visit) for one in preview.held_back})
        if held:
            words.append(self.tr("%n visit(s) held back until signed.", "", held))
        if sent:
            newest = max(sent, key=lambda one: one.seq)
            last = self.tr("Bundle {number}, {when}: {state}.")
            state = bundle_state(newest.state)[0]
            words.append(last.format(number=f"{newest.seq:04d}", when=day_time(newest.made), state=state))
        else:
            words.append(self.tr("Nothing has been sent yet."))
        return " ".join(words)


class EnrolmentCard(Card):
    """How many are enrolled, in screening, and not eligible."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("Enrolment"))
        self.enrolled = Text()
        self.screened = Hint()
        self.body.addWidget(self.enrolled)
        self.body.addWidget(self.screened)

    def show_rows(self, rows: Sequence[PatientRow]) -> None:
        """Count them; whoever was enrolled counts, also after having left the study."""

        def count(*states: str) -> int:
            return sum(row.status in states for row in rows)

        self.enrolled.setText(self.tr("%n patient(s) enrolled", "", count("enrolled", "withdrawn", "dead")))
        words = self.tr("{screening} in screening · {failed} not eligible")
        self.screened.setText(words.format(screening=count("screening"), failed=count("screening_failure")))
